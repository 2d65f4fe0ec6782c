/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shifts of LNS values against integer adds on their stored exponents, and
   fractions of a step by each rounding.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "tests/numsys/opening.h"
#include "tests/tap/tap.h"

/* lns:8,8 has stored exponents 0..127; by 100 and more it leaves the range. */
enum { CODES = 128, REACH = 140 };

static const numsys_scale scale = { -3, 0 };

static float
value_of (const numsys_quantizer *quantizer, uint32_t code)
{
  float x;

  numsys_quantize_from_codes (quantizer, scale, 1, &code, &x);
  return x;
}

static uint32_t
code_of (const numsys_quantizer *quantizer, float x)
{
  uint32_t code;

  numsys_quantize_to_codes (quantizer, scale, 1, &x, NULL, 0, &code, NULL);
  return code;
}

/* Every exponent and sign, every number of whole steps. */
static void
check_whole (const char *spec, int flushes)
{
  numsys_quantizer *quantizer = open_quantizer (spec);
  numsys_events events = { 0 };
  uint64_t over = 0, under = 0;
  size_t wrong = 0;

  for (int code = 0; code < 2 * CODES; code++)
    for (int k = -REACH; k <= REACH; k++)
      {
        float x = value_of (quantizer, (uint32_t) code), steps = (float) k;
        int e = code % CODES + k;
        float wanted;

        over += e >= CODES;
        under += e < 0;
        if (e >= CODES)
          e = CODES - 1;
        wanted = e < 0 && flushes
                   ? 0 : value_of (quantizer, (uint32_t) (e < 0 ? 0 : e));
        if (code >= CODES && wanted != 0)
          wanted = -wanted;
        numsys_quantize_shift (quantizer, scale, 1, &x, &steps, NULL, 0, &x,
                               &events);
        wrong += memcmp (&wanted, &x, sizeof x) != 0;
      }
  is_int (0, (int64_t) wrong, "%s: e + k", spec);
  ok (events.overflow == over && events.saturated == over
        && (flushes ? events.flushed : events.raised) == under
        && events.flushed + events.raised == under,
      "...and what leaves the range is counted");
  numsys_quantizer_free (quantizer);
}

/* From e = 40 (even) and 41 (odd) of 1 and -1. */
static const struct
{
  const char *rounding;
  uint32_t code;
  float steps;
  uint32_t wanted;
} fractions[] = {
  { "nearest", 40, 0.5f, 40 },        { "nearest", 41, 0.5f, 42 },
  { "nearest", 40, -0.5f, 40 },       { "nearest", 40, 2.49f, 42 },
  { "nearest", 40, 0x1.000002p-1f, 41 },
  { "nearest", 40, -0x1p-140f, 40 },  { "nearest", 168, 1.5f, 170 },
  { "nearest-away", 40, 0.5f, 41 },   { "nearest-away", 40, -0.5f, 40 },
  { "up", 40, 0x1p-140f, 41 },        { "up", 168, 0.75f, 168 },
  { "up", 40, -0x1p-140f, 40 },       { "down", 40, -0x1p-140f, 39 },
  { "down", 168, 0.25f, 169 },        { "zero", 40, 0.99f, 40 },
  { "zero", 168, -0.01f, 167 },       { "odd", 40, 0.01f, 41 },
  { "odd", 41, 0.99f, 41 },           { "odd", 41, 1.0f, 42 },
  /* In value the middle lies above the half: 0.5108 of a step at gamma 8. */
  { "nearest-linear", 40, 0.51f, 40 },
  { "nearest-linear", 40, 0.512f, 41 },
};

enum { fraction_count = sizeof fractions / sizeof fractions[0] };

static void
check_fractions (void)
{
  for (size_t i = 0; i < fraction_count; i++)
    {
      char spec[100] = "lns:8,8,round=";
      numsys_quantizer *quantizer
        = open_quantizer (strcat (spec, fractions[i].rounding));
      float x = value_of (quantizer, fractions[i].code);

      numsys_quantize_shift (quantizer, scale, 1, &x, &fractions[i].steps,
                             NULL, 0, &x, NULL);
      is_int (fractions[i].wanted, code_of (quantizer, x), "%s: %u + %g",
              fractions[i].rounding, (unsigned) fractions[i].code,
              fractions[i].steps);
      numsys_quantizer_free (quantizer);
    }
}

/* The share of draws that go up, against p; five standard deviations. */
static void
check_draws (const char *spec, float step, double p)
{
  enum { DRAWS = 40000 };
  static float x[DRAWS], steps[DRAWS];
  numsys_quantizer *quantizer = open_quantizer (spec);
  numsys_random random = numsys_random_of (2, 1, 0, 0);
  double up = 0;

  for (size_t i = 0; i < DRAWS; i++)
    {
      x[i] = value_of (quantizer, 40);
      steps[i] = step;
    }
  numsys_quantize_shift (quantizer, scale, DRAWS, x, steps, &random, 0, x,
                         NULL);
  for (size_t i = 0; i < DRAWS; i++)
    up += (x[i] > value_of (quantizer, 40 + (uint32_t) (int) floorf (step)))
          / (double) DRAWS;
  ok (fabs (up - p) < 5 * sqrt (p * (1 - p) / DRAWS),
      "%s: %g of a step moves %.4f of all, %.4f wanted", spec, step, up, p);
  numsys_quantizer_free (quantizer);
}

/* The topmost word stays below 1 by 2^-33: a step of less than that downwards
   leaves it behind, though 1 less the step is no double. */
static void
check_exact_draw (void)
{
  numsys_quantizer *quantizer
    = open_quantizer ("lns:8,8,round=stochastic-log");
  const numsys *system = numsys_quantizer_system (quantizer);
  const numsys_float_path *path = numsys_type_of (system)->float_path;
  void *constants = malloc (path->plan_size);
  const float steps[] = { -0x1.fffffep-34f, -0x1p-33f };
  const uint32_t words[] = { UINT32_MAX, UINT32_MAX };
  float x[] = { value_of (quantizer, 40), value_of (quantizer, 40) };
  numsys_events events = { 0 };

  if (constants == NULL
      || path->plan (constants, numsys_state (system), NUMSYS_STOCHASTIC_LOG,
                     32) != 0)
    bail_out ("out of memory");
  path->shift (constants, scale, 2, x, steps, words, x, &events);
  ok (x[0] == value_of (quantizer, 40) && x[1] == value_of (quantizer, 39),
      "fractions of a step are drawn exactly");
  path->unplan (constants);
  free (constants);
  numsys_quantizer_free (quantizer);
}

static void
check_special (void)
{
  numsys_quantizer *quantizer = open_quantizer ("lns:8,8");
  numsys_quantizer *none = open_quantizer ("lns:8,8,scale-step=real");
  numsys_quantizer *e4m3 = open_quantizer ("e4m3");
  float x[] = { 0, NAN, 1, 1, 1, INFINITY };
  const float steps[] = { 5, 1, NAN, INFINITY, -INFINITY, 0 };
  numsys_events events = { 0 };

  numsys_quantize_shift (quantizer, scale, 6, x, steps, NULL, 0, x, &events);
  ok (x[0] == 0 && isnan (x[1]) && isnan (x[2]),
      "zero stays zero, NaN stays NaN");
  ok (x[3] == value_of (quantizer, CODES - 1) && x[4] == value_of (quantizer, 0)
        && x[5] == x[3], "infinite steps and numbers go to the ends");
  ok (events.nan == 2 && events.overflow == 2 && events.saturated == 2
        && events.raised == 1 && events.flushed == 0, "...all counted");
  ok (numsys_quantizer_can_shift (quantizer)
        && !numsys_quantizer_can_shift (none)
        && !numsys_quantizer_can_shift (e4m3),
      "only an LNS with steps on its grid can shift");
  numsys_quantizer_free (quantizer);
  numsys_quantizer_free (none);
  numsys_quantizer_free (e4m3);
}

int
main (void)
{
  const double gap = exp2 (1.0 / 8) - 1;

  plan (4 + fraction_count + 4 + 1 + 4);
  check_whole ("lns:8,8,zero=flag,underflow=clamp", 0);
  check_whole ("lns:8,8,zero=flag,underflow=flush", 1);
  check_fractions ();
  check_draws ("lns:8,8,round=stochastic-log", 0.3f, 0.3);
  check_draws ("lns:8,8,round=stochastic-log", -0.2f, 0.8);
  check_draws ("lns:8,8,round=stochastic", 0.3f, (exp2 (0.3 / 8) - 1) / gap);
  check_draws ("lns:8,8,round=stochastic", 2.5f, (exp2 (0.5 / 8) - 1) / gap);
  check_exact_draw ();
  check_special ();
  return 0;
}
