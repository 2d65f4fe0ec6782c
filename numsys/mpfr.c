/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MPFR's numbers as a number system: the reference is one system more.  How
   results are rounded is in mpfr_result.c.  */

#include <config.h>
#include "numsys/families.h"
#include "numsys/mpfr.h"

static const numsys_param params[] = {
  { "precision", 53, 2, 10000, NULL, "significand bits" },
  { NULL, 0, 0, 0, NULL, NULL },
};

void
numsys_mpfr_set (mpfr_ptr out, mpfr_srcptr a, const numsys_context *context,
                 uint64_t i, numsys_events *events)
{
  const numsys_result x = { .kind = NUMSYS_RESULT_SET, .a = a };

  numsys_mpfr_round (out, &x, context, i, events);
}

void
numsys_mpfr_set_quotient (mpfr_ptr out, mpfr_srcptr a, mpfr_srcptr b,
                          const numsys_context *context, uint64_t i,
                          numsys_events *events)
{
  const numsys_result x = { .kind = NUMSYS_RESULT_DIVIDE, .a = a, .b = b };

  numsys_mpfr_round (out, &x, context, i, events);
}

/* c 2^(k / gamma) = 2^q root (c 2^r) with k = q gamma + r; a negative number is
   rounded as the positive one is in the mirror. */
static void
set_finite (mpfr_ptr out, numsys_number a, const numsys_context *context,
            uint64_t i, numsys_events *events)
{
  numsys_context mirrored = *context;
  int64_t r = a.magnitude.k % a.gamma;
  numsys_result x = { .kind = NUMSYS_RESULT_ROOT,
                      .degree = (unsigned long) a.gamma };
  mpfr_t radicand;

  if (r < 0)
    r += a.gamma;
  if (r == 0)
    x.degree = 1;
  if (a.negative && context->rounding == NUMSYS_UP)
    mirrored.rounding = NUMSYS_DOWN;
  if (a.negative && context->rounding == NUMSYS_DOWN)
    mirrored.rounding = NUMSYS_UP;
  mpfr_init2 (radicand, 64);
  mpfr_set_uj_2exp (radicand, a.magnitude.c, r, MPFR_RNDN);
  x.a = radicand;
  x.shift = (long) ((a.magnitude.k - r) / a.gamma);
  numsys_mpfr_round (out, &x, &mirrored, i, events);
  mpfr_setsign (out, out, a.negative, MPFR_RNDN);
  mpfr_clear (radicand);
}

void
numsys_mpfr_set_number (mpfr_ptr out, numsys_number a,
                        const numsys_context *context, uint64_t i,
                        numsys_events *events)
{
  if (a.class == NUMSYS_NAN)
    {
      mpfr_set_nan (out);
      events->nan++;
    }
  else if (a.class == NUMSYS_INFINITE)
    mpfr_set_inf (out, a.negative ? -1 : 1);
  else if (a.magnitude.c == 0)
    mpfr_set_zero (out, a.negative ? -1 : 1);
  else
    set_finite (out, a, context, i, events);
}

static int
mpfr_check (int64_t values[], numsys_purpose purpose, numsys_error *error)
{
  (void) values;
  (void) purpose;
  (void) error;
  return 0;
}

static void
system_init (void *vstate, const int64_t values[])
{
  numsys_mpfr_state *state = vstate;

  state->precision = (long) values[0];
}

static int
elements_make (const void *vstate, size_t n, void *elements)
{
  const numsys_mpfr_state *state = vstate;
  mpfr_t *x = elements;

  for (size_t i = 0; i < n; i++)
    {
      mpfr_init2 (x[i], state->precision);
      mpfr_set_zero (x[i], 1);
    }
  return 0;
}

static void
elements_unmake (const void *vstate, size_t n, void *elements)
{
  mpfr_t *x = elements;

  (void) vstate;
  for (size_t i = 0; i < n; i++)
    mpfr_clear (x[i]);
}

static const numsys_result_kind kinds[NUMSYS_OPERATIONS] = {
  [NUMSYS_ADD] = NUMSYS_RESULT_ADD,
  [NUMSYS_SUBTRACT] = NUMSYS_RESULT_SUBTRACT,
  [NUMSYS_MULTIPLY] = NUMSYS_RESULT_MULTIPLY,
  [NUMSYS_DIVIDE] = NUMSYS_RESULT_DIVIDE,
  [NUMSYS_SQRT] = NUMSYS_RESULT_SQRT,
  [NUMSYS_FMA] = NUMSYS_RESULT_FMA,
};

/* min, max, negate and abs, which are exact. */
static void
choose (numsys_operation operation, size_t n, const mpfr_t a[],
        const mpfr_t b[], mpfr_t out[], numsys_events *events)
{
  const int is_binary = operation == NUMSYS_MIN || operation == NUMSYS_MAX;

  for (size_t i = 0; i < n; i++)
    if (mpfr_nan_p (a[i]) || (is_binary && mpfr_nan_p (b[i])))
      {
        mpfr_set_nan (out[i]);
        events->nan++;
      }
    else if (operation == NUMSYS_MIN)
      mpfr_min (out[i], a[i], b[i], MPFR_RNDN);
    else if (operation == NUMSYS_MAX)
      mpfr_max (out[i], a[i], b[i], MPFR_RNDN);
    else if (operation == NUMSYS_NEGATE)
      mpfr_neg (out[i], a[i], MPFR_RNDN);
    else
      mpfr_abs (out[i], a[i], MPFR_RNDN);
}

static void
elements_apply (const void *vstate, numsys_operation operation,
                const numsys_context *context, size_t n, const void *va,
                const void *vb, const void *vc, void *vout,
                numsys_events *events)
{
  const mpfr_t *a = va;
  const mpfr_t *b = vb;
  const mpfr_t *c = vc;
  mpfr_t *out = vout;

  (void) vstate;
  if (operation >= NUMSYS_MIN)
    {
      choose (operation, n, a, b, out, events);
      return;
    }
  for (size_t i = 0; i < n; i++)
    {
      numsys_result x = { .kind = kinds[operation], .a = a[i] };

      if (operation != NUMSYS_SQRT)
        x.b = b[i];
      if (operation == NUMSYS_FMA)
        x.c = c[i];
      numsys_mpfr_round (out[i], &x, context, i, events);
    }
}

/* Products in twice the precision are exact, and mpfr_sum rounds once. */
static void
elements_dot (const void *vstate, const numsys_context *context, size_t n,
              const void *va, const void *vb, void *vout,
              numsys_events *events)
{
  const numsys_mpfr_state *state = vstate;
  const mpfr_t *a = va;
  const mpfr_t *b = vb;
  mpfr_t *out = vout;
  const size_t size = n * sizeof (mpfr_t) + 1;
  const size_t list_size = n * sizeof (mpfr_ptr) + 1;
  void *(*allocate) (size_t);
  void (*release) (void *, size_t);
  numsys_result sum = { .kind = NUMSYS_RESULT_SUM, .n = n };
  mpfr_t *products;

  mp_get_memory_functions (&allocate, NULL, &release);
  products = allocate (size);
  sum.terms = allocate (list_size);
  for (size_t i = 0; i < n; i++)
    {
      sum.terms[i] = products[i];
      mpfr_init2 (products[i], 2 * state->precision);
      if (b == NULL)
        mpfr_set (products[i], a[i], MPFR_RNDN);
      else
        mpfr_mul (products[i], a[i], b[i], MPFR_RNDN);
    }
  numsys_mpfr_round (*out, &sum, context, 0, events);
  for (size_t i = 0; i < n; i++)
    mpfr_clear (products[i]);
  release (sum.terms, list_size);
  release (products, size);
}

const numsys_type numsys_mpfr = {
  .name = "mpfr",
  .summary = "MPFR's floating point of any precision, the reference",
  .params = params,
  .check = mpfr_check,
  .state_size = sizeof (numsys_mpfr_state),
  .init = system_init,
  .element_size = sizeof (mpfr_t),
  .make = elements_make,
  .unmake = elements_unmake,
  .apply = elements_apply,
  .dot = elements_dot,
};
