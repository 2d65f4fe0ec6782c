/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approximations that a test cannot do without, one argument at a time.  */

#ifndef TESTS_NUMSYS_APPROX_OPENING_H
#define TESTS_NUMSYS_APPROX_OPENING_H

#include "numsys/approx/approx.h"
#include "tests/tap/tap.h"

static inline numsys_approx *
open_approx (const char *spec, int64_t gamma, unsigned fraction)
{
  numsys_error error;
  numsys_approx *approx = numsys_approx_new (spec, gamma, fraction, &error);

  if (approx == NULL)
    bail_out ("%s: %s", spec, error.text);
  return approx;
}

static inline int64_t
at (const numsys_approx *approx, numsys_approx_function function, int64_t x)
{
  int64_t out;

  numsys_approx_apply (approx, function, 1, &x, &out);
  return out;
}

/* The arguments of a function: first_of to end_of less 1; sums and differences
   go on, towards nothing. */
static inline int64_t
first_of (numsys_approx_function function, unsigned fraction)
{
  return function == NUMSYS_APPROX_DIFFERENCE    ? 1
         : function == NUMSYS_APPROX_FROM_LINEAR ? INT64_C (1) << fraction
                                                 : 0;
}

static inline int64_t
end_of (numsys_approx_function function, int64_t gamma, unsigned fraction)
{
  return function == NUMSYS_APPROX_TO_LINEAR     ? gamma
         : function == NUMSYS_APPROX_FROM_LINEAR ? INT64_C (2) << fraction
                                                 : 16 * gamma;
}

#endif
