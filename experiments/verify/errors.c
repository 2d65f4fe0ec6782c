/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a result is from the exact one.  For tables only: nothing is judged
   by these doubles.  */

#include <config.h>

#include <math.h>

#include "experiments/verify/finding.h"

/* |x|, at value's precision. */
static void
set_magnitude (mpfr_t value, const oracle_number *x, mpfr_t scratch)
{
  mpfr_t bottom;

  mpfr_init2 (bottom, mpfr_get_prec (value));
  oracle_sum_bounds (&x->top, value, scratch);
  oracle_sum_bounds (&x->bottom, bottom, scratch);
  mpfr_div (value, value, bottom, MPFR_RNDN);
  if (x->power == 2)
    mpfr_sqrt (value, value, MPFR_RNDN);
  mpfr_clear (bottom);
}

/* (step - x) / x, in many bits, of the neighbours. */
static void
measure_steps (const verify_judge *judge, finding *found)
{
  const oracle_system *system = &judge->question->result;
  oracle_sum sum;
  mpfr_t value, scratch, x;

  oracle_sum_init (&sum);
  mpfr_inits2 (192, value, scratch, x, (mpfr_ptr) NULL);
  set_magnitude (x, &judge->x, scratch);
  for (int i = found->place.hit; i < 2; i++)
    {
      oracle_sum_zero (&sum);
      oracle_step_value (system, found->place.below + i, &sum);
      oracle_sum_bounds (&sum, value, scratch);
      mpfr_sub (value, value, x, MPFR_RNDN);
      mpfr_div (value, value, x, MPFR_RNDN);
      *(i == 0 ? &found->below : &found->above)
        = mpfr_get_d (value, MPFR_RNDN);
    }
  mpfr_clears (value, scratch, x, (mpfr_ptr) NULL);
  oracle_sum_clear (&sum);
}

/* (step - x) / x of a sum in an LNS, to about a double. */
static double
relative_log (const verify_judge *judge, int64_t step)
{
  const double gamma = (double) judge->question->result.gamma;
  const double d = (double) judge->recipe.key;
  const double small = exp2 (-d / gamma);
  const double log
    = log1p (judge->recipe.tag == VERIFY_OPPOSITE ? -small : small);

  return expm1 (((double) step - d) / gamma * M_LN2 - log);
}

double
verify_log_sum_part (const verify_judge *judge, int is_log)
{
  const int64_t step = judge->found->place.below;
  const double below = relative_log (judge, step);

  if (is_log)
    return -log1p (below) / M_LN2 * (double) judge->question->result.gamma;
  return below / (below - relative_log (judge, step + 1));
}

/* Whether the exact result is at least the smallest value that is not zero,
   and no greater than the largest. */
static int
is_within_range (const verify_judge *judge)
{
  const oracle_system *system = &judge->question->result;
  const oracle_place *place = &judge->place;
  const int64_t least = oracle_least_step (system);
  const int64_t most = oracle_most_step (system, place->negative);

  return judge->question->kind != VERIFY_COMPARE
         && place->class == ORACLE_FINITE && !place->zero
         && place->below >= (least > 0 || system->family == ORACLE_LNS
                             ? least : 1)
         && (place->below < most || (place->below == most && place->hit));
}

/* Whether the finding has its errors. */
static int
measure (verify_judge *judge)
{
  finding *found = judge->found;
  const oracle_place *place = &found->place;

  if (!is_within_range (judge))
    return 0;
  if (found->is_measured)
    return 1;
  found->is_measured = 1;
  if (verify_is_log_sum (judge))
    {
      found->below = relative_log (judge, place->below);
      found->above = relative_log (judge, place->below + 1);
      return 1;
    }
  verify_make_exact (judge);
  measure_steps (judge, found);
  return 1;
}

/* log2 of one step over another's value, both of one sign. */
static double
log2_ratio (const oracle_system *system, int64_t a, int64_t b)
{
  oracle_number number[2];
  double value[2];
  const int64_t step[2] = { a, b };

  if (system->family == ORACLE_LNS)
    return (double) (a - b) / (double) system->gamma;
  for (int k = 0; k < 2; k++)
    {
      oracle_number_init (&number[k]);
      oracle_step_value (system, step[k], &number[k].top);
      value[k] = oracle_to_double (&number[k]);
      oracle_number_clear (&number[k]);
    }
  return log2 (value[0]) - log2 (value[1]);
}

/* (result - x) / |x| */
static double
relative_of (const verify_judge *judge, const oracle_result *result)
{
  const oracle_place *place = &judge->place;
  const finding *found = judge->found;
  double error, ratio;

  if (result->is_zero)
    error = -1;
  else if (result->negative == place->negative
           && result->step == place->below)
    error = found->below;
  else if (result->negative == place->negative
           && result->step == place->below + 1)
    error = found->above;
  else
    {
      ratio = exp2 (log2_ratio (&judge->question->result, result->step,
                                place->below + 1))
              * (1 + found->above);
      error = (result->negative == place->negative ? ratio : -ratio) - 1;
    }
  return place->negative ? -error : error;
}

verify_error
verify_judge_measure (verify_judge *judge, const oracle_result *result)
{
  verify_error error = { NAN, NAN, NAN };

  if (result->class != ORACLE_FINITE || !measure (judge))
    return error;
  error.gap = judge->found->above - judge->found->below;
  error.relative = relative_of (judge, result);
  error.outward = judge->place.negative ? -error.relative : error.relative;
  return error;
}

double
verify_judge_log_error (verify_judge *judge, const oracle_result *result)
{
  const oracle_system *system = &judge->question->result;

  if (system->family != ORACLE_LNS || result->class != ORACLE_FINITE
      || result->is_zero || !measure (judge)
      || result->negative != judge->place.negative)
    return NAN;
  return (double) (result->step - judge->place.below)
         + log1p (judge->found->below) / M_LN2 * (double) system->gamma;
}

double
verify_judge_exact (verify_judge *judge)
{
  mpfr_t low, high;
  double x = INFINITY;

  verify_exact (judge->question, judge->operand, judge->i, &judge->x);
  if (judge->x.class == ORACLE_NAN)
    return NAN;
  if (oracle_number_is_zero (&judge->x))
    x = 0;
  else if (judge->x.class == ORACLE_FINITE)
    {
      mpfr_inits2 (128, low, high, (mpfr_ptr) NULL);
      oracle_number_log2 (&judge->x, low, high);
      mpfr_exp2 (low, low, MPFR_RNDN);
      x = mpfr_get_d (low, MPFR_RNDN);
      mpfr_clears (low, high, (mpfr_ptr) NULL);
    }
  return judge->x.negative ? -x : x;
}
