/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting: every number once; and what is quantized in parts is what is
   quantized whole.  */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/workloads/threads.h"
#include "tests/tap/tap.h"

enum { most = 3000 };

typedef struct seen
{
  unsigned char times[most];
  size_t step;
  unsigned char wrong[THREADS_MOST];   /* firsts, in each part */
} seen;

static void
see (void *closure, unsigned part, size_t first, size_t n)
{
  seen *all = closure;

  all->wrong[part] = first % all->step != 0 || n == 0;
  for (size_t i = 0; i < n; i++)
    all->times[first + i]++;
}

static void
check_cut (unsigned threads, size_t n, size_t step)
{
  seen all = { .step = step };
  const unsigned parts = threads_cut (threads, n, step, see, &all);
  int wrong = parts > (threads > 0 ? threads : 1);

  for (unsigned i = 0; i < parts; i++)
    wrong += all.wrong[i];
  for (size_t i = 0; i < most; i++)
    wrong += all.times[i] != (i < n);
  is_int (0, wrong, "%zu by %u threads in steps of %zu", n, threads, step);
}

/* Some numbers are tiny, one is huge, two are not finite. */
static void
fill (size_t n, float x[])
{
  uint32_t word = 1;

  for (size_t i = 0; i < n; i++)
    {
      word = word * 1664525u + 1013904223u;
      x[i] = ((float) (word >> 8) - 0x1p23f) * (i % 7919 == 0 ? 1e-9f : 1e-3f);
    }
  x[n - 1] *= 1e4f;
  x[n / 2] = INFINITY;
  x[n / 3] = NAN;
}

static void
check_quantize (const char *spec, size_t rows, size_t columns, int axis)
{
  const size_t n = rows * columns;
  const numsys_random random = numsys_random_of (7, 1, 2, 3);
  numsys_error error;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &error);
  float *x = malloc (n * sizeof *x), *wanted = malloc (n * sizeof *x);
  numsys_events events = { 0, 0, 0, 0, 0 }, parts = { 0, 0, 0, 0, 0 };
  int same = 1;

  if (quantizer == NULL || x == NULL || wanted == NULL)
    bail_out ("no memory, or %s", error.text);
  fill (n, x);
  numsys_quantize (quantizer, rows, columns, axis, x, &random, wanted,
                   &events);
  for (unsigned threads = 0; threads <= 5; threads++)
    {
      float *out = malloc (n * sizeof *out);

      if (out == NULL)
        bail_out ("no memory");
      parts = (numsys_events) { 0, 0, 0, 0, 0 };
      threads_quantize (threads, quantizer, rows, columns, axis, x, &random,
                        out, &parts);
      same &= memcmp (wanted, out, n * sizeof *out) == 0
              && memcmp (&events, &parts, sizeof events) == 0;
      free (out);
    }
  ok (same, "%s, %zu by %zu, channels along axis %d: values and events are the "
      "same by 0 to 5 threads", spec, rows, columns, axis);
  free (x);
  free (wanted);
  numsys_quantizer_free (quantizer);
}

int
main (void)
{
  static const char *const specs[] = {
    "lns:8,8", "lns:8,8,round=stochastic-log", "int8:scale=none",
    "e4m3:scale=channel", "e4m3:scale=channel,round=stochastic",
    "int8:scale=block=32", "bf16:round=stochastic",
  };
  const size_t count = sizeof specs / sizeof specs[0];

  plan (7 + 3 * (unsigned) count);
  check_cut (0, 5, 1);
  check_cut (1, most, 32);
  check_cut (2, most, 32);
  check_cut (3, 10, 24);
  check_cut (7, 10, 1);
  check_cut (THREADS_MOST, most, 1);
  check_cut (5, 0, 32);
  for (size_t i = 0; i < count; i++)
    {
      check_quantize (specs[i], 401, 511, 0);
      check_quantize (specs[i], 401, 511, 1);
      check_quantize (specs[i], 200001, 1, 0);
    }
  return 0;
}
