/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring a quantizer piece by piece, against quantizing the whole array
   and looking at it number by number.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/probes/measure.h"
#include "tests/tap/tap.h"

enum { rows = 37, columns = 229, count = rows * columns };

static float x[count], q[count];
static uint32_t seen_code[1 << ANALYSIS_CODES_MOST_BITS];

/* Numbers of many sizes, zeros, and what is no number. */
static void
fill (void)
{
  const numsys_random random = { { 5, 0 }, { 0, 0 } };

  for (size_t i = 0; i < count; i++)
    x[i] = (float) (numsys_random_normal (&random, i)
                    * exp2 ((double) (i % 23) - 11)
                    * (1 + (double) (i / columns)));
  for (size_t i = 0; i < count; i += 97)
    x[i] = i % 2 == 0 ? 0 : -0.f;
  x[5] = NAN;
  x[700] = INFINITY;
}

static int
same_error (const analysis_error *a, const analysis_error *b)
{
  return a->values == b->values && a->zeros == b->zeros && a->nan == b->nan
         && a->infinite == b->infinite && a->pairs == b->pairs
         && a->largest == b->largest
         && fabs (a->noise - b->noise) <= 1e-12 * fabs (b->noise)
         && fabs (a->log_squares - b->log_squares)
              <= 1e-12 * fabs (b->log_squares);
}

static int
same_events (const numsys_events *a, const numsys_events *b)
{
  return a->overflow == b->overflow && a->saturated == b->saturated
         && a->flushed == b->flushed && a->raised == b->raised
         && a->nan == b->nan;
}

/* Different finite values of q, each scaled as the whole array is. */
static size_t
different_values (void)
{
  static float sorted[count];
  size_t used = 0;

  for (size_t i = 0; i < count; i++)
    {
      size_t j = 0;

      if (!isfinite (q[i]))
        continue;
      while (j < used && sorted[j] != q[i])
        j++;
      sorted[j] = q[i];
      used += j == used;
    }
  return used;
}

static void
test (const char *spec, int channel_axis)
{
  const numsys_random random = { { 9, 0 }, { 1, 0 } };
  const measure_array array = { rows, columns, channel_axis, x, &random };
  numsys_events events = { 0, 0, 0, 0, 0 };
  analysis_error error;
  numsys_error why;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &why);
  measure m;

  if (quantizer == NULL || measure_init (&m, quantizer) != 0)
    bail_out ("%s: %s", spec, why.text);
  numsys_quantize (quantizer, rows, columns, channel_axis, x, &random, q,
                   &events);
  memset (&error, 0, sizeof error);
  analysis_error_add (&error, count, x, q);
  measure_add (&m, &array);
  ok (same_error (&error, &m.error), "%s, axis %d: error of the whole array",
      spec, channel_axis);
  ok (same_events (&events, &m.events), "...its events");
  if (m.has_codes && numsys_quantizer_scaling (quantizer)
                       <= NUMSYS_SCALE_TENSOR)
    is_int ((int64_t) different_values (),
            (int64_t) measure_codes (&m).used,
            "...and as many codes as values");
  else
    ok (!m.has_codes || measure_codes (&m).total + 2 >= count,
        "...and every finite value has a code");
  measure_reset (&m);
  is_int (0, (int64_t) m.error.values, "...reset: nothing is left");
  measure_clear (&m);
  numsys_quantizer_free (quantizer);
}

/* Frequencies n[0..size), plainly. */
static analysis_frequencies
plain (size_t size, const uint32_t n[])
{
  analysis_frequencies seen = { 0, 0, 0 };

  for (size_t i = 0; i < size; i++)
    {
      seen.used += n[i] > 0;
      seen.total += n[i];
      seen.sum += n[i] > 0 ? n[i] * log2 (n[i]) : 0;
    }
  return seen;
}

/* Codes are those that quantizing to codes says, all zeros being one. */
static void
test_codes (const char *spec)
{
  const measure_array array = { rows, columns, 0, x, NULL };
  numsys_error why;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &why);
  static uint32_t code[count];
  size_t each = count;
  analysis_frequencies wanted, seen;
  measure m;

  if (quantizer == NULL || measure_init (&m, quantizer) != 0)
    bail_out ("%s: %s", spec, why.text);
  measure_add (&m, &array);
  memset (seen_code, 0, sizeof seen_code);
  if (numsys_quantizer_scaling (quantizer) == NUMSYS_SCALE_CHANNEL)
    each = columns;
  for (size_t i = 0; i < count; i += each)
    numsys_quantize_to_codes (
      quantizer,
      numsys_quantizer_scale (quantizer, numsys_largest (each, x + i)), each,
      x + i, NULL, 0, code + i, NULL);
  numsys_quantize (quantizer, rows, columns, 0, x, NULL, q, NULL);
  for (size_t i = 0; i < count; i++)
    if (isfinite (q[i]))
      seen_code[q[i] == 0 ? sizeof seen_code / sizeof seen_code[0] - 1
                          : code[i]]++;
  wanted = plain (sizeof seen_code / sizeof seen_code[0], seen_code);
  seen = measure_codes (&m);
  is_int ((int64_t) wanted.used, (int64_t) seen.used,
          "%s: codes are counted right", spec);
  is_int ((int64_t) wanted.total, (int64_t) seen.total, "...all of them");
  is_near (wanted.sum, seen.sum, 1e-12 * wanted.sum, "...and each");
  measure_clear (&m);
  numsys_quantizer_free (quantizer);
}

/* Arrays of one number n times; NaN is no number. */
static void
test_same (const char *spec, size_t n, float value, uint64_t codes,
           const char *what)
{
  const measure_array array = { 1, n, 0, x, NULL };
  numsys_error why;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &why);
  analysis_frequencies seen;
  measure m;

  if (quantizer == NULL || measure_init (&m, quantizer) != 0)
    bail_out ("%s: %s", spec, why.text);
  for (size_t i = 0; i < n; i++)
    x[i] = value;
  measure_add (&m, &array);
  seen = measure_codes (&m);
  is_int ((int64_t) n, (int64_t) m.error.values, "%s, %s: values", spec,
          what);
  is_int ((int64_t) codes, (int64_t) seen.used, "...codes");
  is_double (codes > 0 ? 0 : (double) NAN,
             analysis_frequencies_entropy (&seen), "...their entropy");
  measure_clear (&m);
  numsys_quantizer_free (quantizer);
}

int
main (void)
{
  static const char *const specs[] = {
    "lns:8,8", "lns:8,8,zero=none", "lns:8,8,scale=channel",
    "lns:8,8,round=stochastic-log", "e4m3", "e5m2", "int8", "bf16", "tf32",
    "fp32", "lns:8,8,scale=block=16", "e4m3:scale=block=100",
    "int8:scale=channel,round=stochastic", "lns:16,2048",
    "e5m2:scale=channel,scale-step=real", "e2m1:scale=none",
  };
  static const char *const same[]
    = { "lns:8,8", "e5m2", "lns:8,8,scale=block=16" };
  const size_t n = sizeof specs / sizeof specs[0];

  plan ((unsigned) (2 * 4 * n) + 7 * 3 + 3 * 5 * 3);
  fill ();
  for (size_t i = 0; i < n; i++)
    for (int axis = 0; axis < 2; axis++)
      test (specs[i], axis);
  test_codes ("lns:8,8");
  test_codes ("e4m3");
  test_codes ("int8");
  test_codes ("bf16");
  test_codes ("lns:16,2048");
  test_codes ("lns:8,8,scale=channel");
  test_codes ("int8:scale=channel");
  for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
    {
      test_same (same[i], 0, 0, 0, "empty");
      test_same (same[i], 100, 0, 1, "all zero");
      test_same (same[i], 100, 0.3f, 1, "constant");
      test_same (same[i], 100, NAN, 0, "all NaN");
      /* An LNS saturates. */
      test_same (same[i], 100, INFINITY, strncmp (same[i], "lns", 3) == 0,
                 "all infinite");
    }
  return 0;
}
