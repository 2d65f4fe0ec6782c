/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving values of an LNS by steps, against integers: every code by whole
   steps, halves and other fractions, under every instruction set.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

static const char *const specs[] = {
  "lns:8,8", "lns:6,3", "lns:8,8,zero=code", "lns:9,16,zero=none",
  "lns:12,128", "lns:8,8,underflow=flush",
};

static const char *const sets[] = { "portable", "avx2", "avx512" };

static const numsys_rounding roundings[] = {
  NUMSYS_NEAREST, NUMSYS_NEAREST_AWAY, NUMSYS_UP, NUMSYS_DOWN, NUMSYS_ZERO,
  NUMSYS_ODD,
};

static const float moves[] = {
  0, 1, -1, 7, -9, 100, -100, 0.5f, -0.5f, 1.5f, -1.5f, 2.5f, 0.25f, -0.25f,
  0.49999997f, -0.49999997f, 0.50000006f, 3.4999998f, 0x1p-30f, -0x1p-30f,
  0x1p-149f, 5000, -5000, 0x1p23f, -0x1p24f, 0x1p30f, -0x1p100f, INFINITY,
  -INFINITY,
};

enum
{
  spec_count = sizeof specs / sizeof specs[0],
  set_count = sizeof sets / sizeof sets[0],
  rounding_count = sizeof roundings / sizeof roundings[0],
  move_count = sizeof moves / sizeof moves[0],
  most_codes = 1 << 12
};

/* A grid's stored exponents run from first to top. */
typedef struct grid
{
  numsys_quantizer *quantizer;
  numsys_scale scale;
  numsys_rounding rounding;
  int64_t first, top;
  int flushes;                   /* what rounds below first becomes zero */
  size_t n;                      /* values other than zero */
  float values[most_codes];
  int64_t exponents[most_codes];
  float magnitudes[most_codes];  /* by exponent */
} grid;

static void
open_grid (const char *spec, numsys_rounding rounding, grid *out)
{
  char full[80];
  numsys_error error;
  const numsys *system;
  const numsys_ladder *ladder;

  strcpy (full, spec);
  strcat (full, ",round=");
  strcat (full, numsys_rounding_name (rounding));
  out->quantizer = numsys_quantizer_new (full, &error);
  if (out->quantizer == NULL)
    bail_out ("%s", error.text);
  system = numsys_quantizer_system (out->quantizer);
  ladder = numsys_type_of (system)->ladder;
  out->rounding = rounding;
  out->scale = numsys_quantizer_scale (out->quantizer, 3);
  out->first = strstr (spec, "zero=code") != NULL;
  out->top = (int64_t) ladder->top (numsys_state (system), 0) - 1
             + out->first;
  out->flushes = strstr (spec, "flush") != NULL;
  out->n = 0;
  for (uint32_t code = 0; code < UINT32_C (1) << numsys_code_bits (system);
       code++)
    {
      const numsys_place place = ladder->place (numsys_state (system), code);

      if (place.class != NUMSYS_FINITE || place.rung == 0)
        continue;
      numsys_quantize_from_codes (out->quantizer, out->scale, 1, &code,
                                  &out->values[out->n]);
      out->exponents[out->n] = (int64_t) place.rung - 1 + out->first;
      out->magnitudes[out->exponents[out->n]] = fabsf (out->values[out->n]);
      out->n++;
    }
}

/* e + by, rounded without bounds; sign that of the value. */
static double
rounded (numsys_rounding rounding, int sign, int64_t e, double by)
{
  const double below = (double) e + floor (by);
  const double part = by - floor (by);

  if (part == 0)
    return below;
  switch (rounding)
    {
    case NUMSYS_NEAREST:
      return below + (part > 0.5 || (part == 0.5 && fmod (below, 2) != 0));
    case NUMSYS_NEAREST_AWAY: return below + (part >= 0.5);
    case NUMSYS_UP: return below + (sign > 0);
    case NUMSYS_DOWN: return below + (sign < 0);
    case NUMSYS_ODD: return below + (fmod (below, 2) == 0);
    default: return below;
    }
}

static int
wrong_moves (const grid *g, float by)
{
  static float steps[most_codes], out[most_codes];
  numsys_events events = { 0 }, wanted = { 0 };
  int wrong = 0;

  for (size_t i = 0; i < g->n; i++)
    steps[i] = by;
  numsys_quantize_shift (g->quantizer, g->scale, g->n, g->values, steps, NULL,
                         0, out, &events);
  for (size_t i = 0; i < g->n; i++)
    {
      const int sign = g->values[i] > 0 ? 1 : -1;
      double e = isinf (by) ? by
                 : rounded (g->rounding, sign, g->exponents[i], by);

      if (e < (double) g->first && g->flushes)
        {
          wanted.flushed++;
          wrong += out[i] != 0;
          continue;
        }
      wanted.raised += e < (double) g->first;
      wanted.overflow += e > (double) g->top;
      e = fmax ((double) g->first, fmin ((double) g->top, e));
      wrong += out[i] != (float) sign * g->magnitudes[(int64_t) e];
    }
  wanted.saturated = wanted.overflow;
  return wrong + (memcmp (&wanted, &events, sizeof events) != 0);
}

static void
check_moves (const char *set)
{
  static grid g;

  numsys_kernels_use (set);
  for (size_t s = 0; s < spec_count; s++)
    {
      int wrong = 0;

      /* Where tiny values become zero, directed roundings are for another
         test: here, the nearest ones.  */
      for (size_t r = 0; r < rounding_count && (s < 5 || r < 2); r++)
        {
          open_grid (specs[s], roundings[r], &g);
          for (size_t i = 0; i < move_count; i++)
            wrong += wrong_moves (&g, moves[i]);
          numsys_quantizer_free (g.quantizer);
        }
      is_int (0, wrong, "%s, %s: exponents move as integers do", set,
              specs[s]);
    }
}

/* Zero stays where it has a code; NaN steps make what NaN makes. */
static void
check_special (void)
{
  const float x[] = { 0, -0.0f, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0 };
  float steps[17], out[17], lone;
  numsys_events events = { 0 };
  int wrong = 0;
  static grid g;

  open_grid ("lns:8,8", NUMSYS_NEAREST, &g);
  for (size_t i = 0; i < 17; i++)
    steps[i] = i == 4 ? NAN : (float) i;
  g.scale = numsys_quantizer_scale (g.quantizer, 64);
  numsys_quantize_shift (g.quantizer, g.scale, 17, x, steps, NULL, 0, out,
                         &events);
  ok (out[0] == 0 && out[1] == 0 && out[16] == 0, "zero stays");
  is_int (1, (int64_t) events.nan, "a step that is NaN is counted");
  for (size_t i = 0; i < 17; i++)
    {
      numsys_quantize_shift (g.quantizer, g.scale, 1, &x[i], &steps[i], NULL,
                             0, &lone, NULL);
      wrong += memcmp (&lone, &out[i], sizeof lone) != 0;
    }
  is_int (0, wrong, "among others a value moves as alone");
  numsys_quantizer_free (g.quantizer);
}

int
main (void)
{
  plan (set_count * spec_count + 3);
  for (size_t i = 0; i < set_count; i++)
    check_moves (sets[i]);
  check_special ();
  return 0;
}
