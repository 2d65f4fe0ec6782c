/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scalars and factors of the element form in a wide MPFR system: at least 192
   bits and 64 more than the system they serve (but 10000 at most), so that
   rounding them once to that system is, but for ties closer than 2^-150,
   correct rounding.  A power of two is 2^n e^(f ln 2) with |f| <= 1/2, exact
   for whole exponents.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/elementary.h"
#include "optim/elements.h"

/* Where single elements live. */
enum
{
  ONE, LN2, POWER0, POWER1, BIAS0, BIAS1, RATIO, ONE_MINUS, EXPONENT, OF,
  RESULT, RMS, WORK, CONSTANT, REGISTERS
};

struct optim_wide
{
  numsys *system;
  numsys_context context;
  int64_t bits;
  void *elements;
};

static void *
at (const optim_wide *wide, int i)
{
  return numsys_element (wide->system, wide->elements, (size_t) i);
}

static void
apply (const optim_wide *wide, numsys_operation operation, const void *a,
       const void *b, void *out)
{
  numsys_events events = { 0, 0, 0, 0, 0 };

  numsys_apply (wide->system, operation, &wide->context, 1, a, b, NULL, out,
                &events);
}

static void *
set (const optim_wide *wide, double x, int i)
{
  numsys_events events = { 0, 0, 0, 0, 0 };

  numsys_encode (wide->system, &wide->context, 1, &x, at (wide, i), &events);
  return at (wide, i);
}

static void
evaluate (const optim_wide *wide, numsys_function function, const void *a,
          void *out)
{
  numsys_events events = { 0, 0, 0, 0, 0 };

  numsys_evaluate (wide->system, function, &wide->context, 1, a, out,
                   &events);
}

optim_wide *
optim_wide_new (const numsys *narrow)
{
  optim_wide *wide = calloc (1, sizeof *wide);
  numsys_error error;
  char spec[40];

  if (wide == NULL)
    return NULL;
  wide->bits = 192;
  if (numsys_type_of (narrow) == &numsys_mpfr
      && numsys_value (narrow, 0) + 64 > wide->bits)
    wide->bits = numsys_value (narrow, 0) + 64;
  if (wide->bits > 10000)
    wide->bits = 10000;
  snprintf (spec, sizeof spec, "mpfr:%d", (int) wide->bits);
  wide->system = numsys_new (spec, &error);
  if (wide->system != NULL)
    wide->elements = numsys_elements_new (wide->system, REGISTERS);
  if (wide->elements == NULL)
    {
      optim_wide_free (wide);
      return NULL;
    }
  wide->context = numsys_context_of (NUMSYS_NEAREST);
  set (wide, 1, ONE);
  set (wide, 1, POWER0);
  set (wide, 1, POWER1);
  evaluate (wide, NUMSYS_LOG, set (wide, 2, CONSTANT), at (wide, LN2));
  return wide;
}

void
optim_wide_free (optim_wide *wide)
{
  if (wide == NULL)
    return;
  if (wide->elements != NULL)
    numsys_elements_free (wide->system, REGISTERS, wide->elements);
  numsys_free (wide->system);
  free (wide);
}

const numsys *
optim_wide_system (const optim_wide *wide)
{
  return wide->system;
}

const void *
optim_wide_bias (optim_wide *wide, int which, double beta)
{
  void *power = at (wide, POWER0 + which), *bias = at (wide, BIAS0 + which);

  apply (wide, NUMSYS_MULTIPLY, power, set (wide, beta, CONSTANT), power);
  apply (wide, NUMSYS_SUBTRACT, at (wide, ONE), power, bias);
  return bias;
}

const void *
optim_wide_ratio (optim_wide *wide, double a, const void *b)
{
  apply (wide, NUMSYS_DIVIDE, set (wide, a, CONSTANT), b, at (wide, RATIO));
  return at (wide, RATIO);
}

const void *
optim_wide_quotient (optim_wide *wide, double a, double b)
{
  return optim_wide_ratio (wide, a, set (wide, b, WORK));
}

const void *
optim_wide_one_minus (optim_wide *wide, double a, double b)
{
  void *product = set (wide, a, ONE_MINUS);

  apply (wide, NUMSYS_MULTIPLY, product, set (wide, b, CONSTANT), product);
  apply (wide, NUMSYS_SUBTRACT, at (wide, ONE), product, product);
  return product;
}

const void *
optim_wide_exponent (optim_wide *wide, double a, double b, double c, double d)
{
  void *sum = set (wide, -a, EXPONENT), *product = set (wide, c, WORK);

  apply (wide, NUMSYS_MULTIPLY, sum, set (wide, b, CONSTANT), sum);
  apply (wide, NUMSYS_MULTIPLY, product, set (wide, d, CONSTANT), product);
  apply (wide, NUMSYS_SUBTRACT, sum, product, sum);
  return sum;
}

const void *
optim_wide_of (optim_wide *wide, const numsys *system, const void *element,
               int negate)
{
  numsys_events events = { 0, 0, 0, 0, 0 };
  void *x = at (wide, OF);

  numsys_convert (system, wide->system, &wide->context, 1, element, x,
                  &events);
  if (negate)
    apply (wide, NUMSYS_SUBTRACT, set (wide, 0, CONSTANT), x, x);
  return x;
}

const void *
optim_wide_power (optim_wide *wide, int base_e, const void *x)
{
  void *y = at (wide, RESULT);
  double rough, n;

  if (base_e)
    {
      evaluate (wide, NUMSYS_EXP, x, y);
      return y;
    }
  numsys_decode (wide->system, 1, x, &rough);
  /* Far beyond any float, and NaN: a double is as good. */
  if (!(fabs (rough) < 1000))
    return set (wide, numsys_exp2 (rough), RESULT);
  n = rint (rough);
  apply (wide, NUMSYS_SUBTRACT, x, set (wide, n, CONSTANT), y);
  apply (wide, NUMSYS_MULTIPLY, y, at (wide, LN2), y);
  evaluate (wide, NUMSYS_EXP, y, y);
  apply (wide, NUMSYS_MULTIPLY, y, set (wide, numsys_exp2 (n), CONSTANT), y);
  return y;
}

const void *
optim_wide_rms (optim_wide *wide, double scale, const numsys *system, size_t n,
                const void *w)
{
  numsys_events events = { 0, 0, 0, 0, 0 };
  void *copy = numsys_elements_new (wide->system, n);
  void *rms = at (wide, RMS);

  if (copy == NULL)
    return NULL;
  numsys_convert (system, wide->system, &wide->context, n, w, copy, &events);
  numsys_dot (wide->system, &wide->context, n, copy, copy, rms, &events);
  apply (wide, NUMSYS_DIVIDE, rms, set (wide, (double) n, CONSTANT), rms);
  apply (wide, NUMSYS_SQRT, rms, NULL, rms);
  apply (wide, NUMSYS_MULTIPLY, rms, set (wide, scale, CONSTANT), rms);
  numsys_elements_free (wide->system, n, copy);
  return rms;
}

const void *
optim_wide_level (optim_wide *wide, const void *most, double base_lr,
                  unsigned level)
{
  void *y = at (wide, RESULT);

  optim_wide_power (wide, 1,
                    optim_wide_exponent (wide, base_lr, level, 0, 0));
  apply (wide, NUMSYS_MULTIPLY, y, most, y);
  return y;
}
