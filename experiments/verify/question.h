/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked: an operation on codes of one system, its result a code of
   the same or another.  */

#ifndef EXPERIMENTS_VERIFY_QUESTION_H
#define EXPERIMENTS_VERIFY_QUESTION_H

#include "numsys/numsys.h"
#include "numsys/oracle/oracle.h"

/* Operations of one or more numbers, by name. */
typedef enum verify_kind
{
  VERIFY_APPLY,     /* those of numsys_apply */
  VERIFY_COMPARE,   /* -1, 0, 1, or 2 when either is NaN; no rounding */
  VERIFY_CONVERT,
  VERIFY_SUM,       /* of a vector */
  VERIFY_DOT        /* of two */
} verify_kind;

/* Every operation's name, ended by NULL: those of numsys_apply first, in
   their order, then the others in the order of verify_kind.  */
#define VERIFY_OPERATIONS (NUMSYS_OPERATIONS + 4)
const char *verify_operation_name (unsigned operation);
/* -1 when there is none such. */
int verify_operation_find (const char *name);

#define VERIFY_MOST_LENGTH 4096

typedef struct verify_question
{
  verify_kind kind;
  numsys_operation operation;     /* of VERIFY_APPLY */
  const numsys *from, *to;        /* of operands, and of the result */
  oracle_system operand, result;  /* what the oracle knows of them */
  size_t length;                  /* of a vector */
  size_t operands;                /* codes a case has: of a dot product all of
                                     the first vector, then the second */
  char name[64];                  /* "add", "convert to e4m3", ... */
} verify_question;

/* Fills in a question; to and its name are read by convert only, length by
   sum and dot only.  0, or -1 and why it cannot be judged.  The systems are
   borrowed.  */
int verify_question_of (unsigned operation, const numsys *from,
                        const numsys *to, const char *to_name, size_t length,
                        verify_question *out, numsys_error *error);

/* Whether results depend on a rounding. */
int verify_rounds (const verify_question *question);

/* Where a code stands in the order of its system's values: of finite ones the
   number of steps from zero, negative below; infinities next to the largest.
   0 of NaN.  */
int64_t verify_rank (const oracle_system *system, const oracle_result *read);

#endif
