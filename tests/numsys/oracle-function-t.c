/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponential and logarithm of every code of small systems, in every rounding,
   judged by the oracle from MPFR's functions in far more bits; and of numbers
   of MPFR.  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

enum { wide = 1200 };   /* bits; no result of so few codes is nearer to a tie */

static const char *const systems[] = {
  "e5m2", "e4m3", "e2m1", "int8", "fixed:8,5", "fixed:8,9,signed=no", "lns8",
  "lns:8,3,zero=flag,underflow=clamp", "lns:7,16,bias=60,zero=none",
  "lns:9,1,bias=128,zero=flag,underflow=flush",
};

typedef struct call
{
  const numsys *system;
  numsys_function function;
  oracle_system oracle;
  size_t n;
  void *elements;
} call;

static void
compute (const void *data, const numsys_context *context, void *out,
         numsys_events *events)
{
  const call *c = data;

  numsys_evaluate (c->system, c->function, context, c->n, c->elements, out,
                   events);
}

/* A code's value, but for its rounding to `wide' bits. */
static void
set_value (mpfr_t x, const call *c, uint32_t code)
{
  oracle_number value;
  mpfr_t above;

  oracle_number_init (&value);
  mpfr_init2 (above, wide);
  oracle_value (&c->oracle, code, &value);
  if (value.class == ORACLE_NAN)
    mpfr_set_nan (x);
  else if (value.class == ORACLE_INFINITE)
    mpfr_set_inf (x, 1);
  else if (oracle_number_is_zero (&value))
    mpfr_set_zero (x, 1);
  else
    oracle_sum_bounds (&value.top, x, above);
  mpfr_setsign (x, x, value.negative, MPFR_RNDN);
  mpfr_clear (above);
  oracle_number_clear (&value);
}

/* e^far and e^-far are beyond every range here, as well as what lies further,
   which would be dear to place.  */
static void
number (const void *data, size_t i, oracle_number *out)
{
  const call *c = data;
  const long far = 600;
  mpfr_t x;

  mpfr_init2 (x, wide);
  set_value (x, c, (uint32_t) i);
  if (c->function == NUMSYS_EXP && mpfr_number_p (x)
      && mpfr_cmpabs_ui (x, (unsigned long) far) > 0)
    mpfr_set_si (x, mpfr_signbit (x) ? -far : far, MPFR_RNDN);
  if (c->function == NUMSYS_EXP)
    mpfr_exp (x, x, MPFR_RNDN);
  else
    mpfr_log (x, x, MPFR_RNDN);
  if (mpfr_number_p (x))
    oracle_number_mpfr (out, x);
  else
    oracle_number_special (out, mpfr_nan_p (x) ? ORACLE_NAN : ORACLE_INFINITE,
                           mpfr_signbit (x) != 0);
  mpfr_clear (x);
}

static void
test_codes (const char *spec, numsys_function function)
{
  const char *name = function == NUMSYS_EXP ? "exp" : "log";
  numsys_error error = { "" };
  numsys *system = numsys_new (spec, &error);
  uint32_t *codes;
  judgement j;
  call c = { .system = system, .function = function };

  if (system == NULL)
    bail_out ("%s: %s", spec, error.text);
  judging_begin (&j, system, name);
  c.oracle = j.oracle;
  c.n = (size_t) 1 << oracle_code_bits (&c.oracle);
  codes = malloc (c.n * sizeof codes[0]);
  c.elements = numsys_elements_new (system, c.n);
  if (codes == NULL || c.elements == NULL)
    bail_out ("out of memory");
  for (size_t i = 0; i < c.n; i++)
    codes[i] = (uint32_t) i;
  numsys_from_codes (system, c.n, codes, c.elements);
  judging_batch (&j, c.n, compute, number, &c);
  ok (j.wrong == 0, "%s: %s of every code, %" PRIu64 " cases judged", spec,
      name, j.cases);
  numsys_elements_free (system, c.n, c.elements);
  free (codes);
  numsys_free (system);
}

/* The element of an mpfr system is an mpfr_t. */
static void
test_mpfr (void)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  numsys_events events = { 0 };
  numsys_error error;
  numsys *system = numsys_new ("mpfr:256", &error);
  mpfr_t *x = numsys_elements_new (system, 1), wanted;
  double three = 3;

  mpfr_init2 (wanted, 256);
  numsys_encode (system, &context, 1, &three, x, &events);
  numsys_evaluate (system, NUMSYS_EXP, &context, 1, x, x, &events);
  mpfr_set_ui (wanted, 3, MPFR_RNDN);
  mpfr_exp (wanted, wanted, MPFR_RNDN);
  ok (mpfr_equal_p (wanted, *x), "mpfr:256: e^3, in its own place");
  numsys_evaluate (system, NUMSYS_LOG, &context, 1, x, x, &events);
  mpfr_log (wanted, wanted, MPFR_RNDN);
  ok (mpfr_equal_p (wanted, *x), "mpfr:256: and its logarithm");
  mpfr_clear (wanted);
  numsys_elements_free (system, 1, x);
  numsys_free (system);
}

int
main (void)
{
  const size_t n = sizeof systems / sizeof systems[0];

  plan ((unsigned) (2 * n + 2));
  for (size_t i = 0; i < n; i++)
    {
      test_codes (systems[i], NUMSYS_EXP);
      test_codes (systems[i], NUMSYS_LOG);
    }
  test_mpfr ();
  return 0;
}
