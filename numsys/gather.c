/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operands, and exact sums of their products: addition, subtraction,
   multiplication, fused multiply-add, sums, dot products and conversions are
   all gathered here, and rounded once.  */

#include <config.h>
#include <math.h>
#include "numsys/arithmetic.h"

/* Sums of at most this many terms are not worth reducing. */
#define FEW_TERMS 256

numsys_number
numsys_number_of_double (double x)
{
  numsys_number number = { NUMSYS_FINITE, signbit (x) != 0, { 0, 0 }, 1 };
  int exponent;

  if (isnan (x))
    number.class = NUMSYS_NAN;
  else if (isinf (x))
    number.class = NUMSYS_INFINITE;
  else if (x != 0)
    {
      number.magnitude.c = (uint64_t) ldexp (frexp (fabs (x), &exponent), 53);
      number.magnitude.k = exponent - 53;
    }
  return number;
}

numsys_number
numsys_number_of_code (const numsys_target *target, uint32_t code)
{
  numsys_place place = target->ladder->place (target->state, code);
  numsys_number number = { place.class, place.negative, { 0, 0 },
                           target->gamma };

  if (place.class == NUMSYS_FINITE && place.rung != 0)
    number.magnitude = target->ladder->magnitude (target->state, place.rung);
  return number;
}

void
numsys_gathering_init (numsys_gathering *gathering)
{
  *gathering = (numsys_gathering) { .is_nan = 0 };
  numsys_exact_init (&gathering->exact);
}

void
numsys_gathering_clear (numsys_gathering *gathering)
{
  numsys_exact_clear (&gathering->exact);
}

void
numsys_gathering_begin (numsys_gathering *gathering, int64_t gamma)
{
  gathering->is_nan = 0;
  gathering->infinite[0] = gathering->infinite[1] = 0;
  gathering->finite[0] = gathering->finite[1] = 0;
  gathering->most_terms = FEW_TERMS;
  gathering->exact.form = NUMSYS_FORM_SUM;
  numsys_sum_zero (&gathering->exact.a, gamma);
}

void
numsys_gather_term (numsys_gathering *gathering, int negative)
{
  numsys_sum *sum = &gathering->exact.a;
  mpz_ptr c = sum->terms[sum->n - 1].c;

  gathering->finite[negative] = 1;
  if (negative)
    mpz_neg (c, c);
  if (sum->n > gathering->most_terms)
    {
      numsys_sum_reduce (sum);
      gathering->most_terms = 2 * sum->n + FEW_TERMS;
    }
}

void
numsys_gather (numsys_gathering *gathering, numsys_number a)
{
  if (a.class == NUMSYS_NAN)
    gathering->is_nan = 1;
  else if (a.class == NUMSYS_INFINITE)
    gathering->infinite[a.negative] = 1;
  else if (a.magnitude.c == 0)
    gathering->finite[a.negative] = 1;
  else
    {
      mpz_set_ui (numsys_sum_extend (&gathering->exact.a, a.magnitude.k),
                  a.magnitude.c);
      numsys_gather_term (gathering, a.negative);
    }
}

static int
is_zero (numsys_number a)
{
  return a.class == NUMSYS_FINITE && a.magnitude.c == 0;
}

void
numsys_gather_product (numsys_gathering *gathering, numsys_number a,
                       numsys_number b)
{
  int negative = a.negative != b.negative;
  mpz_ptr c;

  if (a.class == NUMSYS_NAN || b.class == NUMSYS_NAN)
    gathering->is_nan = 1;
  else if (a.class == NUMSYS_INFINITE || b.class == NUMSYS_INFINITE)
    {
      if (is_zero (a) || is_zero (b))
        gathering->is_nan = 1;
      else
        gathering->infinite[negative] = 1;
    }
  else if (is_zero (a) || is_zero (b))
    gathering->finite[negative] = 1;
  else
    {
      c = numsys_sum_extend (&gathering->exact.a,
                             (numsys_wide) a.magnitude.k + b.magnitude.k);
      mpz_set_ui (c, a.magnitude.c);
      mpz_mul_ui (c, c, b.magnitude.c);
      numsys_gather_term (gathering, negative);
    }
}

numsys_place
numsys_gathering_place (numsys_gathering *gathering,
                        const numsys_target *target,
                        const numsys_context *context, uint64_t i,
                        numsys_events *events)
{
  numsys_sum *sum = &gathering->exact.a;
  const int *infinite = gathering->infinite;
  const int *finite = gathering->finite;
  int sign;

  if (gathering->is_nan || (infinite[0] && infinite[1]))
    return (numsys_place) { NUMSYS_NAN, 0, 0 };
  if (infinite[0] || infinite[1])
    return (numsys_place) { NUMSYS_INFINITE, infinite[1], 0 };
  sign = sum->n == 1 ? mpz_sgn (sum->terms[0].c) : numsys_sum_sign (sum, NULL);
  if (sign == 0)
    {
      int negative = finite[0] == finite[1]
                       ? context->rounding == NUMSYS_DOWN && finite[0]
                       : finite[1];

      return (numsys_place) { NUMSYS_FINITE, negative, 0 };
    }
  if (sign < 0)
    numsys_sum_negate (sum);
  if (sum->n > 8)
    numsys_sum_reduce (sum);
  return numsys_place_of (&gathering->exact, sign < 0, target, context, i,
                          events);
}
