/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing codes is quantizing what they stand for: the same bits and
   counts as by way of floats, for every code, at several scales, under every
   instruction set.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "tests/numsys/opening.h"

enum { most_codes = 1 << 17 };

/* Shifted, or by way of floats. */
static const struct { const char *from, *to; int is_shifted; } pairs[] = {
  { "lns:16,2048", "lns:8,8", 1 },
  { "lns:16,2048,round=stochastic", "lns:6,4,round=nearest-away", 1 },
  { "lns:16,1024,zero=code", "lns:9,16,zero=code,underflow=clamp", 1 },
  { "lns:12,16,zero=none", "lns:5,1", 1 },
  { "lns:12,16,zero=none", "lns:9,8", 1 },
  { "lns:12,16", "lns:12,16", 1 },
  { "lns:10,8", "lns:9,16", 0 },
  { "lns:12,100", "lns:8,8", 0 },
  { "lns:16,2048", "lns:8,8,underflow=flush", 0 },
  { "lns:16,2048", "lns:8,8,zero=none", 0 },
  { "lns:16,2048", "lns:8,8,scale-step=real", 0 },
  { "lns:16,2048", "lns:8,8,round=stochastic", 0 },
  { "lns:16,2048", "lns:8,8,round=nearest-linear", 0 },
  { "lns:16,2048", "lns:8,8,round=up", 0 },
  { "lns:16,2048", "e4m3", 0 },
  { "bf16", "lns:8,8", 0 },
  { "e4m3", "fp32", 0 },
};

static const char *const sets[] = { "portable", "avx2", "avx512" };

enum
{
  pair_count = sizeof pairs / sizeof pairs[0],
  set_count = sizeof sets / sizeof sets[0]
};

/* Magnitudes that scales are made from: at the last ones much of the source is
   out of range. */
static const float largest[] = { 1, 1.04f, 1.0905f, 1e-3f, 60000 };

/* Every code that stands for something, in an order that mixes them. */
static size_t
all_codes (const numsys *system, uint32_t codes[])
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const uint32_t end = UINT32_C (1) << numsys_code_bits (system);
  size_t n = 0;

  for (uint32_t i = 0; i < end; i++)
    {
      const uint32_t code = i * UINT32_C (40503) % end;

      if (ladder->code (state, ladder->place (state, code)) == code)
        codes[n++] = code;
    }
  return n;
}

static int
differences (const numsys_quantizer *from, const numsys_quantizer *to,
             float most)
{
  static uint32_t codes[most_codes];
  static float x[most_codes], wanted[most_codes], seen[most_codes];
  const numsys_random random = numsys_random_of (5, 1, 0, 0);
  const numsys_scale from_scale = numsys_quantizer_scale (from, 1);
  const numsys_scale scale = numsys_quantizer_scale (to, most);
  const size_t n = all_codes (numsys_quantizer_system (from), codes);
  numsys_events by_value = { 0 }, by_code = { 0 };
  int wrong = 0;

  numsys_quantize_from_codes (from, from_scale, n, codes, x);
  numsys_quantize_at (to, scale, n, x, &random, 3, wanted, &by_value);
  numsys_quantize_codes_at (to, scale, from, from_scale, 5, codes, &random, 3,
                            seen, &by_code);
  numsys_quantize_codes_at (to, scale, from, from_scale, n - 5, codes + 5,
                            &random, 8, seen + 5, &by_code);
  for (size_t i = 0; i < n; i++)
    wrong += memcmp (&seen[i], &wanted[i], sizeof seen[i]) != 0;
  wrong += memcmp (&by_value, &by_code, sizeof by_code) != 0;
  wrong += numsys_largest_of_codes (from, from_scale, n, codes)
           != numsys_largest (n, x);
  wrong += numsys_largest_of_codes (from, from_scale, 3, codes + 9)
           != numsys_largest (3, x + 9);
  return wrong;
}

int
main (void)
{
  plan (2 * set_count * pair_count);
  for (size_t s = 0; s < set_count; s++)
    {
      numsys_kernels_use (sets[s]);
      for (size_t i = 0; i < pair_count; i++)
        {
          numsys_quantizer *from = open_quantizer (pairs[i].from);
          numsys_quantizer *to = open_quantizer (pairs[i].to);
          int wrong = 0;

          for (size_t j = 0; j < sizeof largest / sizeof largest[0]; j++)
            wrong += differences (from, to, largest[j]);
          is_int (0, wrong, "%s: codes of %s in %s", sets[s], pairs[i].from,
                  pairs[i].to);
          ok (numsys_quantizer_takes_codes (to, from) == pairs[i].is_shifted,
              "...%s", pairs[i].is_shifted ? "shifted" : "by way of floats");
          numsys_quantizer_free (from);
          numsys_quantizer_free (to);
        }
    }
  return 0;
}
