/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arbitrary-precision system against the oracle: operations, sums, and
   conversions from coded systems and back, under every rounding.  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include "numsys/random.h"
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define MOST 2000
#define SEED 7

static const char *const precisions[]
  = { "mpfr:2", "mpfr:5", "mpfr:24", "mpfr:53", "mpfr:200" };

static const char *const coded[] = {
  "e4m3", "e5m2", "e2m1", "fp16", "int8", "lns8", "lns:8,3,zero=flag",
  "lns:6,1,zero=none", "lns:12,100,zero=flag,underflow=flush",
};

static mpfr_srcptr
element (const numsys *system, const void *elements, size_t i)
{
  return numsys_element (system, elements, i);
}

static numsys_context
context_of (int rounding, uint64_t first)
{
  numsys_context context = numsys_context_of ((numsys_rounding) rounding);

  context.random_bits = 16;
  context.random = numsys_random_of (SEED, 1, (unsigned) rounding, 0);
  context.first = first;
  return context;
}

/* Whether element i of seen is x rounded once. */
static int
is_right (const numsys *system, const void *seen, size_t i,
          const numsys_context *context, const oracle_number *x)
{
  oracle_rule rule = { context->rounding, context->random_bits, 0 };
  numsys_rounding r = rule.rounding;

  numsys_random_words (&context->random, context->first + i, 1, &rule.word);
  if (x->class == ORACLE_FINITE && x->top.n == 0 && x->cancels)
    return mpfr_zero_p (element (system, seen, i))
           && (mpfr_signbit (element (system, seen, i)) != 0)
                == (r == NUMSYS_DOWN);
  return oracle_is_right_mpfr (x, &rule, element (system, seen, i));
}

/* Short numbers of few exponents, so that results tie and cancel, and some
   specials.  */
static void
draw (const numsys *system, size_t n, unsigned which, void *out)
{
  const double special[] = { 0., -0., 1. / 0., -1. / 0., 0. / 0. };
  const numsys_random random = numsys_random_of (SEED, 3, which, 0);
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  numsys_events events = {0};

  for (size_t i = 0; i < n; i++)
    {
      uint32_t w[2];
      double x;

      numsys_random_words (&random, 2 * i, 2, w);
      x = (double) ((int32_t) w[0] >> (w[1] & 31))
          / (double) (1 << (w[1] >> 5 & 7));
      if (w[1] >> 8 & 1)
        x *= 0x1.0000001p-40;
      if ((w[1] >> 9 & 31) == 0)
        x = special[(w[1] >> 14) % LENGTH (special)];
      numsys_encode (system, &nearest, 1, &x,
                     numsys_element (system, out, i), &events);
    }
}

static uint64_t
judge_operation (const numsys *system, numsys_operation operation,
                 const oracle_number numbers[3][MOST], void *elements[3],
                 size_t n, uint64_t *wrong)
{
  const unsigned arity = numsys_operation_arity (operation);
  void *out = numsys_elements_new (system, n);
  oracle_number x;

  oracle_number_init (&x);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      const numsys_context context = context_of (r, 100 * operation);
      numsys_events events = {0};

      numsys_apply (system, operation, &context, n, elements[0],
                    arity > 1 ? elements[1] : NULL,
                    arity > 2 ? elements[2] : NULL, out, &events);
      for (size_t i = 0; i < n; i++)
        {
          oracle_apply (operation, &numbers[0][i],
                        arity > 1 ? &numbers[1][i] : NULL,
                        arity > 2 ? &numbers[2][i] : NULL, &x);
          if (is_right (system, out, i, &context, &x) || (*wrong)++ > 5)
            continue;
          diag ("%s, %s, %s: case %zu is wrong", numsys_spec (system),
                numsys_operation_name (operation),
                numsys_rounding_name (context.rounding), i);
        }
    }
  oracle_number_clear (&x);
  numsys_elements_free (system, n, out);
  return NUMSYS_ROUNDINGS * n;
}

static uint64_t
operations (const char *spec, size_t n)
{
  static oracle_number numbers[3][MOST];
  numsys *system = judging_open (spec);
  void *elements[3];
  uint64_t cases = 0, wrong = 0;

  for (unsigned k = 0; k < 3; k++)
    {
      elements[k] = numsys_elements_new (system, n);
      draw (system, n, k, elements[k]);
      for (size_t i = 0; i < n; i++)
        {
          oracle_number_init (&numbers[k][i]);
          oracle_number_mpfr (&numbers[k][i],
                              element (system, elements[k], i));
        }
    }
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
    cases += judge_operation (system, (numsys_operation) operation, numbers,
                              elements, n, &wrong);
  ok (wrong == 0, "%s: %" PRIu64 " operations judged, %" PRIu64 " wrong",
      spec, cases, wrong);
  for (unsigned k = 0; k < 3; k++)
    {
      for (size_t i = 0; i < n; i++)
        oracle_number_clear (&numbers[k][i]);
      numsys_elements_free (system, n, elements[k]);
    }
  numsys_free (system);
  return cases;
}

/* Every code, or 256 spread ones, into mpfr. */
static uint64_t
convert_to (const numsys *from, const numsys *to)
{
  const oracle_system oracle = judging_system (from);
  const uint32_t stride
    = ((UINT32_C (1) << oracle_code_bits (&oracle)) >> 8) | 1;
  void *in = numsys_elements_new (from, 256);
  void *out = numsys_elements_new (to, 256);
  uint64_t wrong = 0;
  uint32_t codes[256];
  oracle_number x;

  oracle_number_init (&x);
  for (uint32_t i = 0; i < 256; i++)
    codes[i] = (i * stride) & ((1u << oracle_code_bits (&oracle)) - 1);
  numsys_from_codes (from, 256, codes, in);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      const numsys_context context = context_of (r, 0);
      numsys_events events = {0};

      numsys_convert (from, to, &context, 256, in, out, &events);
      for (size_t i = 0; i < 256; i++)
        {
          oracle_value (&oracle, codes[i], &x);
          wrong += !is_right (to, out, i, &context, &x);
        }
    }
  ok (wrong == 0, "%s to %s: %d conversions judged, %" PRIu64 " wrong",
      numsys_spec (from), numsys_spec (to), 256 * NUMSYS_ROUNDINGS, wrong);
  oracle_number_clear (&x);
  numsys_elements_free (from, 256, in);
  numsys_elements_free (to, 256, out);
  return 256 * NUMSYS_ROUNDINGS;
}

typedef struct conversion
{
  const numsys *from, *to;
  size_t n;
  const void *elements;
} conversion;

static void
compute_from (const void *data, const numsys_context *context, void *out,
              numsys_events *events)
{
  const conversion *c = data;

  numsys_convert (c->from, c->to, context, c->n, c->elements, out, events);
}

static void
number_from (const void *data, size_t i, oracle_number *x)
{
  const conversion *c = data;

  oracle_number_mpfr (x, element (c->from, c->elements, i));
}

/* Numbers wider than a double, from mpfr to codes. */
static uint64_t
convert_from (const numsys *from, const numsys *to, size_t n)
{
  void *in = numsys_elements_new (from, n);
  const conversion data = { from, to, n, in };
  judgement j;

  draw (from, n, 9, in);
  judging_begin (&j, to, "convert");
  judging_batch (&j, n, compute_from, number_from, &data);
  ok (j.wrong == 0, "%s to %s: %" PRIu64 " conversions judged",
      numsys_spec (from), numsys_spec (to), j.cases);
  numsys_elements_free (from, n, in);
  return j.cases;
}

int
main (void)
{
  const size_t n = getenv ("NUMSYS_CHECK_LONG") != NULL ? MOST : 150;
  uint64_t cases = 0;

  plan (LENGTH (precisions) + 2 * LENGTH (coded) + 1);
  for (size_t i = 0; i < LENGTH (precisions); i++)
    cases += operations (precisions[i], n);
  for (size_t i = 0; i < LENGTH (coded); i++)
    {
      numsys *code = judging_open (coded[i]);
      numsys *real = judging_open (precisions[i % LENGTH (precisions)]);

      cases += convert_to (code, real);
      cases += convert_from (real, code, n);
      numsys_free (code);
      numsys_free (real);
    }
  ok (cases > 0, "%" PRIu64 " cases judged, seed %d", cases, SEED);
  return 0;
}
