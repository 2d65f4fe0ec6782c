/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as elements of the system `mpfr', rounded once; i is the index of
   the random word.  Not installed.  */

#ifndef NUMSYS_MPFR_H
#define NUMSYS_MPFR_H

#include <mpfr.h>
#include "numsys/arithmetic.h"
#include "numsys/numsys.h"

/* A result to be rounded. */
typedef enum numsys_result_kind
{
  NUMSYS_RESULT_ADD,
  NUMSYS_RESULT_SUBTRACT,
  NUMSYS_RESULT_MULTIPLY,
  NUMSYS_RESULT_DIVIDE,
  NUMSYS_RESULT_SQRT,
  NUMSYS_RESULT_FMA,
  NUMSYS_RESULT_SET,    /* a */
  NUMSYS_RESULT_EXP,    /* e^a */
  NUMSYS_RESULT_LOG,    /* ln a */
  NUMSYS_RESULT_SUM,    /* of n terms */
  NUMSYS_RESULT_ROOT    /* 2^shift times the degree-th root of a */
} numsys_result_kind;

typedef struct numsys_result
{
  numsys_result_kind kind;
  mpfr_srcptr a, b, c;
  mpfr_ptr *terms;
  unsigned long n, degree;
  long shift;
} numsys_result;

/* out = x; out may be an operand. */
void numsys_mpfr_round (mpfr_ptr out, const numsys_result *x,
                        const numsys_context *context, uint64_t i,
                        numsys_events *events);

/* out = a. */
void numsys_mpfr_set (mpfr_ptr out, mpfr_srcptr a,
                      const numsys_context *context, uint64_t i,
                      numsys_events *events);

/* out = a / b. */
void numsys_mpfr_set_quotient (mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b,
                               const numsys_context *context, uint64_t i,
                               numsys_events *events);

/* out = a, a number of another system; c = 1 unless gamma = 1. */
void numsys_mpfr_set_number (mpfr_ptr out, numsys_number a,
                             const numsys_context *context, uint64_t i,
                             numsys_events *events);

/* Element i of a system = x, draws word i.  (convert.c) */
void numsys_mpfr_put (const numsys *system, mpfr_srcptr x,
                      const numsys_context *context, uint64_t i, void *out,
                      numsys_events *events);

#endif
