/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A datapath as the unit that test vectors are for.  */

#ifndef EXPERIMENTS_VERIFY_UNIT_H
#define EXPERIMENTS_VERIFY_UNIT_H

#include "experiments/verify/question.h"
#include "experiments/verify/vectors.h"
#include "numsys/datapath/datapath.h"
#include "numsys/spec.h"

/* What stands before its name in headings. */
#define VERIFY_UNIT_HEADING "# cases: "

/* Its results are those of the scalar definition. */
typedef struct verify_unit
{
  const verify_vectors *asked;
  verify_question question;          /* codes of a dot product */
  char kind[2 * NUMSYS_SPEC_TEXT];   /* what the heading says */
  numsys_datapath *path;
  int64_t *bins;
  numsys_datapath_number *number;    /* both vectors */
  int operand_digits, result_digits;
} verify_unit;

/* 0, or -1 and a sentence; to be cleared in either case. */
int verify_unit_init (verify_unit *unit, const verify_vectors *asked,
                      numsys_error *error);
void verify_unit_clear (verify_unit *unit);

/* What the accumulator holds, of the codes of both vectors. */
int64_t verify_unit_result (const verify_unit *unit, const uint32_t code[]);

/* Ones where the accumulator has bits. */
uint64_t verify_unit_mask (const verify_unit *unit);

/* The smallest code that stands for a number. */
uint32_t verify_unit_least (const verify_unit *unit);

#endif
