/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of MPFR, rounded once in any of our ways.

   MPFR rounds correctly to nearest, up, down and towards zero by itself.  For
   the other roundings a result is first cut at EXTRA more bits, its last bit
   set if anything was cut off.  Every threshold between two neighbours of
   `precision' bits (a middle, or one of 2^33 weights of a stochastic rounding)
   has fewer bits than that, so that comparing with it stays exact.

   Exponents are MPFR's.  What passes its range becomes infinite or the largest
   number as MPFR has it, counted as overflow; below it, nearest-away, odd and
   the stochastic roundings do as nearest.  */

#include <config.h>
#include "numsys/mpfr.h"
#include "numsys/random.h"

#define EXTRA 40

static int
compute (mpfr_ptr out, const numsys_result *x, mpfr_rnd_t rounding)
{
  int ternary, scaled;

  switch (x->kind)
    {
    case NUMSYS_RESULT_ADD:
      return mpfr_add (out, x->a, x->b, rounding);
    case NUMSYS_RESULT_SUBTRACT:
      return mpfr_sub (out, x->a, x->b, rounding);
    case NUMSYS_RESULT_MULTIPLY:
      return mpfr_mul (out, x->a, x->b, rounding);
    case NUMSYS_RESULT_DIVIDE:
      return mpfr_div (out, x->a, x->b, rounding);
    case NUMSYS_RESULT_SQRT:
      return mpfr_sqrt (out, x->a, rounding);
    case NUMSYS_RESULT_FMA:
      return mpfr_fma (out, x->a, x->b, x->c, rounding);
    case NUMSYS_RESULT_SET:
      return mpfr_set (out, x->a, rounding);
    case NUMSYS_RESULT_EXP:
      return mpfr_exp (out, x->a, rounding);
    case NUMSYS_RESULT_LOG:
      return mpfr_log (out, x->a, rounding);
    case NUMSYS_RESULT_SUM:
      return mpfr_sum (out, x->terms, x->n, rounding);
    default:
      ternary = mpfr_rootn_ui (out, x->a, x->degree, rounding);
      scaled = mpfr_mul_2si (out, out, x->shift, rounding);
      return scaled != 0 ? scaled : ternary;
    }
}

/* x cut at EXTRA more bits, the last one set if anything was cut off. */
static void
compute_sticky (mpfr_ptr wide, const numsys_result *x)
{
  int ternary = compute (wide, x, MPFR_RNDZ);

  if (ternary == 0)
    return;
  if (mpfr_zero_p (wide))
    compute (wide, x, MPFR_RNDN);
  else if (mpfr_min_prec (wide) < mpfr_get_prec (wide))
    {
      if (mpfr_signbit (wide))
        mpfr_nextbelow (wide);
      else
        mpfr_nextabove (wide);
    }
}

/* Whether |wide| is beyond lo + w (hi - lo), w = m / 2^bits, or at it. */
static int
compare_weight (mpfr_srcptr wide, mpfr_srcptr lo, mpfr_srcptr hi, uint64_t m,
                unsigned bits)
{
  mpfr_t threshold;
  int side;

  mpfr_init2 (threshold, mpfr_get_prec (wide));
  mpfr_sub (threshold, hi, lo, MPFR_RNDN);   /* exact: a power of two */
  mpfr_mul_ui (threshold, threshold, m, MPFR_RNDN);
  mpfr_div_2ui (threshold, threshold, bits, MPFR_RNDN);
  mpfr_add (threshold, lo, threshold, MPFR_RNDN);
  side = mpfr_cmpabs (wide, threshold);
  mpfr_clear (threshold);
  return side;
}

/* Whether wide, strictly between lo and hi, the neighbour away from zero, goes
   to hi. */
static int
goes_away (mpfr_srcptr wide, mpfr_srcptr lo, mpfr_srcptr hi,
           const numsys_context *context, uint64_t i)
{
  uint32_t word;

  if (context->rounding == NUMSYS_ODD)
    return mpfr_min_prec (lo) < mpfr_get_prec (lo);
  if (mpfr_inf_p (hi) || context->rounding == NUMSYS_NEAREST_AWAY)
    {
      /* The middle is where one more bit begins; hi may be infinite. */
      mpfr_t cut;
      int is_odd;

      mpfr_init2 (cut, mpfr_get_prec (lo) + 1);
      mpfr_set (cut, wide, MPFR_RNDZ);
      is_odd = mpfr_min_prec (cut) == mpfr_get_prec (cut);
      mpfr_clear (cut);
      return is_odd;
    }
  numsys_random_words (&context->random, context->first + i, 1, &word);
  word >>= 32 - context->random_bits;
  return compare_weight (wide, lo, hi, 2 * (uint64_t) word + 1,
                         context->random_bits + 1) > 0;
}

static void
round_sticky (mpfr_ptr out, const numsys_result *x,
              const numsys_context *context, uint64_t i)
{
  mpfr_t wide, lo, hi;

  mpfr_init2 (wide, mpfr_get_prec (out) + EXTRA);
  mpfr_inits2 (mpfr_get_prec (out), lo, hi, (mpfr_ptr) NULL);
  compute_sticky (wide, x);
  if (mpfr_set (lo, wide, MPFR_RNDZ) != 0)
    {
      mpfr_set (hi, wide, MPFR_RNDA);
      if (goes_away (wide, lo, hi, context, i))
        mpfr_swap (lo, hi);
    }
  mpfr_set (out, lo, MPFR_RNDN);
  mpfr_clears (wide, lo, hi, (mpfr_ptr) NULL);
}

/* Whether every operand is a finite number. */
static int
is_finite (const numsys_result *x)
{
  for (unsigned long i = 0; i < x->n; i++)
    if (!mpfr_number_p (x->terms[i]))
      return 0;
  return (x->a == NULL || mpfr_number_p (x->a))
         && (x->b == NULL || mpfr_number_p (x->b))
         && (x->c == NULL || mpfr_number_p (x->c));
}

/* What MPFR's flags say of the last result. */
static void
count (mpfr_srcptr out, int was_finite, numsys_events *events)
{
  if (mpfr_nan_p (out))
    events->nan++;
  else if (mpfr_inf_p (out))
    events->overflow += was_finite;
  else if (mpfr_zero_p (out))
    events->flushed += mpfr_underflow_p () != 0;
  else if (mpfr_overflow_p ())
    {
      events->overflow++;
      events->saturated++;
    }
}

void
numsys_mpfr_round (mpfr_ptr out, const numsys_result *x,
                   const numsys_context *context, uint64_t i,
                   numsys_events *events)
{
  int was_finite = is_finite (x);

  mpfr_clear_flags ();
  switch (context->rounding)
    {
    case NUMSYS_NEAREST:
    case NUMSYS_NEAREST_LINEAR:
      compute (out, x, MPFR_RNDN);
      break;
    case NUMSYS_UP:
      compute (out, x, MPFR_RNDU);
      break;
    case NUMSYS_DOWN:
      compute (out, x, MPFR_RNDD);
      break;
    case NUMSYS_ZERO:
      compute (out, x, MPFR_RNDZ);
      break;
    default:
      round_sticky (out, x, context, i);
    }
  count (out, was_finite, events);
}
