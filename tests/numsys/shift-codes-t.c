/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving codes of an LNS is moving their values: the same codes and the same
   counts as by way of floats, by every rounding and instruction set.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "tests/numsys/opening.h"

enum { n = 4999 };

static const struct { const char *spec; double width; } grids[] = {
  { "lns:16,2048", 8 },
  { "lns:16,2048,zero=code", 3000 },
  { "lns:8,8", 2 },
  { "lns:8,8,underflow=flush", 40 },
  { "lns:6,3,zero=none", 1 },
  { "lns:5,1,zero=code,underflow=flush", 1 },
  { "lns:12,100,random-bits=3", 100 },
  { "lns:28,1048576", 1e6 },
};

static const char *const sets[] = { "portable", "avx2", "avx512" };

enum
{
  grid_count = sizeof grids / sizeof grids[0],
  set_count = sizeof sets / sizeof sets[0]
};

static const float special[] = {
  0, -0.0f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 0x1.fffffep-2f, 0x1.000002p-1f,
  0x1p-149f, -0x1p-149f, -0x1p-30f, 0x1p22f, -0x1p23f, 0x1p30f, -0x1p100f,
  INFINITY, -INFINITY, NAN, 1, -1,
};

enum { special_count = sizeof special / sizeof special[0] };

/* Steps of about this width, a quarter of them halves and a few special. */
static void
make_steps (double width, const uint32_t words[], float steps[])
{
  for (size_t i = 0; i < n; i++)
    {
      const double x = width * ((double) words[i] * 0x1p-31 - 1);

      steps[i] = (float) (words[i] % 4 == 0 ? floor (2 * x) / 2 : x);
      if (words[i] % 64 == 1)
        steps[i] = special[words[i] / 64 % special_count];
    }
}

/* Codes of any values, zeros among them. */
static void
make_codes (const numsys *system, const uint32_t words[], uint32_t codes[])
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const uint64_t top = ladder->top (state, 0);
  const uint64_t first = ladder->has_zero (state) ? 0 : 1;

  for (size_t i = 0; i < n; i++)
    {
      numsys_place place = { .negative = (int) (words[i] & 1) };

      place.rung = first + words[i] / 64 % (top + 1 - first);
      if (words[i] % 32 == 2)
        place.rung = first;
      if (place.rung == 0)
        place.negative = 0;
      codes[i] = ladder->code (state, place);
    }
}

/* Places where the two ways differ, and whether counts do. */
static int
differences (const char *spec, double width, numsys_rounding rounding)
{
  static float x[n], steps[n];
  static uint32_t words[2 * n], codes[n], wanted[n], seen[n];
  const numsys_random random = numsys_random_of (7, 1, 0, (uint32_t) rounding);
  numsys_events by_value = { 0 }, by_code = { 0 };
  char full[100];
  numsys_quantizer *quantizer;
  numsys_scale scale;
  int wrong = 0;

  snprintf (full, sizeof full, "%s,round=%s", spec,
            numsys_rounding_name (rounding));
  quantizer = open_quantizer (full);
  scale = numsys_quantizer_scale (quantizer, 7);
  numsys_random_words (&random, 77, 2 * n, words);
  make_steps (width, words, steps);
  make_codes (numsys_quantizer_system (quantizer), words + n, codes);
  numsys_quantize_from_codes (quantizer, scale, n, codes, x);
  numsys_quantize_shift (quantizer, scale, n, x, steps, &random, 5, x,
                         &by_value);
  numsys_quantize_to_codes (quantizer, scale, n, x, &random, 0, wanted, NULL);
  numsys_quantize_shift_codes (quantizer, 1, codes, steps, &random, 5, seen,
                               &by_code);
  memcpy (seen + 1, codes + 1, (n - 1) * sizeof seen[0]);
  numsys_quantize_shift_codes (quantizer, n - 1, seen + 1, steps + 1, &random,
                               6, seen + 1, &by_code);
  for (size_t i = 0; i < n; i++)
    wrong += seen[i] != wanted[i];
  wrong += memcmp (&by_value, &by_code, sizeof by_code) != 0;
  wrong += by_code.overflow == 0 || by_code.nan == 0;
  numsys_quantizer_free (quantizer);
  return wrong;
}

int
main (void)
{
  plan (set_count * grid_count);
  for (size_t s = 0; s < set_count; s++)
    {
      numsys_kernels_use (sets[s]);
      for (size_t i = 0; i < grid_count; i++)
        {
          int wrong = 0;

          for (int rounding = 0; rounding < NUMSYS_ROUNDINGS; rounding++)
            wrong += differences (grids[i].spec, grids[i].width,
                                  (numsys_rounding) rounding);
          is_int (0, wrong, "%s, %s: codes move as values do", sets[s],
                  grids[i].spec);
        }
    }
  return 0;
}
