/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponential and logarithm of elements, each rounded once.

   MPFR rounds its own numbers.  For a coded system, the argument and the
   function are bounded from both sides, more narrowly until both bounds round
   to one code: every rounding is monotone, so that code is the result's.  This
   ends: e^x for x != 0 and ln x for x != 1 are transcendental (Lindemann), and
   every threshold between codes is algebraic; the exceptions are exact.  */

#include <config.h>
#include <string.h>
#include "numsys/mpfr.h"

enum
{
  first_precision = 96,
  last_precision = 1 << 16   /* never reached: see above */
};

/* Bounds of an argument, or of a result. */
typedef struct bounds
{
  mpfr_t below, above;
} bounds;

static void
bounds_init (bounds *x, mpfr_prec_t precision)
{
  mpfr_init2 (x->below, precision);
  mpfr_init2 (x->above, precision);
}

static void
bounds_clear (bounds *x)
{
  mpfr_clear (x->below);
  mpfr_clear (x->above);
}

static void
set_number (bounds *x, numsys_number a)
{
  const numsys_context down = numsys_context_of (NUMSYS_DOWN);
  const numsys_context up = numsys_context_of (NUMSYS_UP);
  numsys_events ignored = { 0, 0, 0, 0, 0 };

  numsys_mpfr_set_number (x->below, a, &down, 0, &ignored);
  numsys_mpfr_set_number (x->above, a, &up, 0, &ignored);
}

/* Holds an argument of the exponential to where its result is within MPFR's
   range and what a ladder can place (2^40 rungs above its largest).  Beyond
   lie only results too large or too small for a system, but for an LNS of
   gamma 1 whose range passes 2^(2^29).  */
static void
hold (mpfr_ptr x, int64_t gamma)
{
  const int64_t placed = (INT64_C (1) << 38) / gamma;
  const int64_t ranged = INT64_C (1) << 29;
  const long limit = (long) (placed < ranged ? placed : ranged);

  if (mpfr_inf_p (x) || mpfr_nan_p (x))
    return;
  if (mpfr_cmp_si (x, limit) > 0)
    mpfr_set_si (x, limit, MPFR_RNDN);
  if (mpfr_cmp_si (x, -limit) < 0)
    mpfr_set_si (x, -limit, MPFR_RNDN);
}

static void
apply (bounds *x, numsys_function function, int64_t gamma)
{
  if (function == NUMSYS_LOG)
    {
      mpfr_log (x->below, x->below, MPFR_RNDD);
      mpfr_log (x->above, x->above, MPFR_RNDU);
      return;
    }
  hold (x->below, gamma);
  hold (x->above, gamma);
  mpfr_exp (x->below, x->below, MPFR_RNDD);
  mpfr_exp (x->above, x->above, MPFR_RNDU);
}

/* Element i of out, by bounds of this precision; 0 if they do not agree. */
static int
settle (const numsys *system, numsys_function function, numsys_number a,
        mpfr_prec_t precision, const numsys_context *context, size_t i,
        void *out, numsys_events *events)
{
  const size_t size = numsys_element_size (system);
  numsys_events of_below = { 0, 0, 0, 0, 0 }, of_above = of_below;
  uint32_t code;
  bounds x;

  bounds_init (&x, precision);
  set_number (&x, a);
  apply (&x, function, a.gamma);
  numsys_mpfr_put (system, x.below, context, i, out, &of_below);
  code = numsys_code_load (out, size, i);
  numsys_mpfr_put (system, x.above, context, i, out, &of_above);
  bounds_clear (&x);
  if (code != numsys_code_load (out, size, i)
      || memcmp (&of_below, &of_above, sizeof of_below) != 0)
    return 0;
  numsys_events_add (events, &of_below);
  return 1;
}

static void
evaluate_codes (const numsys *system, numsys_function function,
                const numsys_context *context, size_t n, const void *a,
                void *out, numsys_events *events)
{
  const numsys_target target
    = numsys_target_of (numsys_type_of (system)->ladder,
                        numsys_state (system));
  const size_t size = numsys_code_size (&target);

  for (size_t i = 0; i < n; i++)
    {
      const numsys_number x
        = numsys_number_of_code (&target, numsys_code_load (a, size, i));
      mpfr_prec_t precision = first_precision;

      while (!settle (system, function, x, precision, context, i, out, events)
             && precision < last_precision)
        precision *= 2;
    }
}

void
numsys_evaluate (const numsys *system, numsys_function function,
                 const numsys_context *context, size_t n, const void *a,
                 void *out, numsys_events *events)
{
  const mpfr_t *big = a;
  mpfr_t *to = out;
  numsys_events ignored = { 0 };

  if (events == NULL)
    events = &ignored;
  if (numsys_type_of (system)->ladder != NULL)
    {
      evaluate_codes (system, function, context, n, a, out, events);
      return;
    }
  for (size_t i = 0; i < n; i++)
    {
      const numsys_result x = {
        .kind = function == NUMSYS_EXP ? NUMSYS_RESULT_EXP
                                       : NUMSYS_RESULT_LOG,
        .a = big[i],
      };

      numsys_mpfr_round (to[i], &x, context, i, events);
    }
}
