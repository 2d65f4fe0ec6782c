/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws that every coded system obeys, whatever it is: all families and all
   aliases are walked, and systems of each setting besides.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/random.h"
#include "tests/numsys/opening.h"
#include "tests/tap/tap.h"

/* Doubles given to each system. */
#define DOUBLES 1000
#define LAWS 6

static const char *const others[] = {
  "fixed:5,2,signed=no", "fixed:9,20", "fixed:32,0", "fixed:8,-64",
  "float:1,6,specials=none", "float:3,4,subnormals=no",
  "float:4,3,specials=nan,overflow=infinity", "float:5,2,overflow=saturate",
  "float:11,4", "lns:3,1", "lns:12,64",
  "lns:8,3,zero=flag,underflow=clamp", "lns:8,16,zero=flag,underflow=flush",
  "lns:9,5,zero=none,bias=0", "lns:10,1,underflow=clamp",
  "lns:16,8388608,bias=20000",
};

#define OTHERS (sizeof others / sizeof *others)

static int
is_logarithmic (const numsys *system)
{
  return numsys_type_of (system)->ladder->is_logarithmic;
}

/* Whether -x has a chance to become minus what x becomes. */
static int
has_negatives (const numsys *system)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;

  return ladder->top (numsys_state (system), 1) != 0;
}

/* Doubles over the range of a system and beyond both ends, in order. */
static void
spread (const numsys *system, double x[])
{
  const numsys_random random = numsys_random_of (1, 0, 0, 2);
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  void *ends = numsys_elements_new (system, 2);
  uint32_t codes[2];
  double low, high, values[2];

  codes[0] = ladder->code (state, (numsys_place) { .rung = 1 });
  codes[1] = ladder->code (
    state, (numsys_place) { .rung = ladder->top (state, 0) });
  numsys_from_codes (system, 2, codes, ends);
  numsys_decode (system, 2, ends, values);
  low = log2 (values[0]) - 3;
  high = log2 (values[1]) + 3;
  for (size_t i = 0; i < DOUBLES / 2; i++)
    {
      double at = (double) i + numsys_random_uniform (&random, i);
      double magnitude = exp2 (low + (high - low) * at / (DOUBLES / 2));

      x[DOUBLES / 2 + i] = magnitude;
      x[DOUBLES / 2 - 1 - i] = -magnitude;
    }
  numsys_elements_free (system, 2, ends);
}

/* x rounded, as doubles. */
static void
rounded (const numsys *system, numsys_rounding rounding, size_t n,
         const double x[], double out[])
{
  const numsys_context context = numsys_context_of (rounding);
  numsys_events events = { 0 };
  void *elements = numsys_elements_new (system, n);

  numsys_encode (system, &context, n, x, elements, &events);
  numsys_decode (system, n, elements, out);
  numsys_elements_free (system, n, elements);
}

/* Of an LNS the double nearest to a value is not the value, so that only
   roundings to nearest find back. */
static void
rounding_twice (const numsys *system, const double x[])
{
  const int most = is_logarithmic (system) ? NUMSYS_NEAREST_AWAY : NUMSYS_ODD;
  double once[DOUBLES], twice[DOUBLES];
  size_t wrong = 0;

  for (int r = 0; r <= most; r++)
    {
      rounded (system, (numsys_rounding) r, DOUBLES, x, once);
      rounded (system, (numsys_rounding) r, DOUBLES, once, twice);
      for (size_t i = 0; i < DOUBLES; i++)
        wrong += !isnan (once[i]) && once[i] != twice[i];
    }
  is_int (0, (int64_t) wrong, "%s: rounding twice is rounding once",
          numsys_spec (system));
}

static void
order (const numsys *system, const double x[])
{
  double out[DOUBLES];
  size_t wrong = 0;

  for (int r = 0; r <= NUMSYS_STOCHASTIC_LOG; r++)
    {
      if (r == NUMSYS_STOCHASTIC || r == NUMSYS_STOCHASTIC_LOG)
        continue;
      rounded (system, (numsys_rounding) r, DOUBLES, x, out);
      for (size_t i = 1; i < DOUBLES; i++)
        wrong += out[i - 1] > out[i];
    }
  is_int (0, (int64_t) wrong, "%s: order is kept", numsys_spec (system));
}

static void
direction (const numsys *system, const double x[])
{
  double up[DOUBLES], down[DOUBLES], zero[DOUBLES];
  size_t wrong = 0;

  rounded (system, NUMSYS_UP, DOUBLES, x, up);
  rounded (system, NUMSYS_DOWN, DOUBLES, x, down);
  rounded (system, NUMSYS_ZERO, DOUBLES, x, zero);
  for (size_t i = 0; i < DOUBLES; i++)
    {
      /* Out of range and raised values go where they must. */
      int inside = down[i] != up[i] && fabs (x[i]) < up[DOUBLES - 1]
                   && fabs (x[i]) > fabs (zero[DOUBLES / 2]);

      wrong += inside && !(down[i] <= x[i] && x[i] <= up[i]);
      wrong += inside && zero[i] != (x[i] < 0 ? up[i] : down[i]);
    }
  is_int (0, (int64_t) wrong, "%s: up is up, and down down",
          numsys_spec (system));
}

/* Up to the largest positive value: two's complement has one negative number
   more. */
static void
symmetry (const numsys *system, const double x[])
{
  double out[DOUBLES], other[DOUBLES];
  double largest;
  size_t wrong = 0;

  if (!has_negatives (system))
    {
      skip ("no negative values");
      return;
    }
  rounded (system, NUMSYS_ZERO, 1, &x[DOUBLES - 1], &largest);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      const int mirror = r == NUMSYS_UP ? NUMSYS_DOWN
                         : r == NUMSYS_DOWN ? NUMSYS_UP : r;

      if (r == NUMSYS_STOCHASTIC || r == NUMSYS_STOCHASTIC_LOG)
        continue;
      rounded (system, (numsys_rounding) r, DOUBLES, x, out);
      rounded (system, (numsys_rounding) mirror, DOUBLES, x, other);
      for (size_t i = 0; i < DOUBLES; i++)
        wrong += fabs (x[i]) <= largest && out[i] != -other[DOUBLES - 1 - i];
    }
  is_int (0, (int64_t) wrong, "%s: -x becomes minus what x becomes",
          numsys_spec (system));
}

/* Every code, or 2^15 of them where there are more than 2^17, keeps its value
   by way of a double, and comes back as itself unless another code has that
   value. */
static void
codes_survive (const numsys *system)
{
  enum { MOST = 1 << 17 };
  static uint32_t codes[MOST], back[MOST];
  static double x[MOST];
  static signed char orders[MOST];
  const unsigned bits = numsys_code_bits (system);
  const uint32_t stride = bits <= 17 ? 1 : UINT32_C (1) << (bits - 15);
  const size_t n = (size_t) ((UINT64_C (1) << bits) / stride);
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  void *elements = numsys_elements_new (system, n);
  void *again = numsys_elements_new (system, n);
  numsys_events events = { 0 };
  size_t wrong = 0;

  for (size_t i = 0; i < n; i++)
    codes[i] = (uint32_t) i * stride + (uint32_t) i % stride;
  numsys_from_codes (system, n, codes, elements);
  numsys_to_codes (system, n, elements, back);
  wrong += memcmp (codes, back, n * sizeof *codes) != 0;
  numsys_decode (system, n, elements, x);
  numsys_encode (system, &context, n, x, again, &events);
  numsys_compare (system, n, elements, again, orders);
  numsys_to_codes (system, n, again, back);
  for (size_t i = 0; i < n; i++)
    wrong += isnan (x[i])
               ? orders[i] != 2
               : orders[i] != 0 || (x[i] != 0 && back[i] != codes[i]);
  wrong += events.overflow + events.flushed + events.raised != 0;
  is_int (0, (int64_t) wrong, "%s: %zu codes survive", numsys_spec (system),
          n);
  numsys_elements_free (system, n, elements);
  numsys_elements_free (system, n, again);
}

/* A stochastic rounding's mean is the number, within 4.5 standard deviations;
   in a logarithmic system stochastic-log's mean logarithm is its. */
static void
unbiased (const numsys *system)
{
  enum { DRAWS = 4000 };
  static double x[DRAWS], out[DRAWS];
  numsys_context context = numsys_context_of (NUMSYS_STOCHASTIC);
  void *elements = numsys_elements_new (system, DRAWS);
  numsys_events events = { 0 };
  double value, lo, hi, p, mean = 0;

  /* Near the middle of the ladder. */
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  uint32_t code = ladder->code (
    state, (numsys_place) { .rung = (ladder->top (state, 0) + 1) / 2 });

  numsys_from_codes (system, 1, &code, elements);
  numsys_decode (system, 1, elements, &lo);
  value = lo * 1.0000001;
  rounded (system, NUMSYS_UP, 1, &value, &hi);
  value = lo + 0.3 * (hi - lo);
  for (size_t i = 0; i < DRAWS; i++)
    x[i] = value;
  context.random = numsys_random_of (1, 0, 0, 3);
  numsys_encode (system, &context, DRAWS, x, elements, &events);
  numsys_decode (system, DRAWS, elements, out);
  for (size_t i = 0; i < DRAWS; i++)
    mean += out[i] / DRAWS;
  p = (mean - lo) / (hi - lo);
  is_near (0.3, p, 4.5 * sqrt (0.21 / DRAWS), "%s: stochastic is unbiased",
           numsys_spec (system));
  numsys_elements_free (system, DRAWS, elements);
}

static void
laws (const char *spec)
{
  numsys *system = open_system (spec);
  double x[DOUBLES];

  spread (system, x);
  rounding_twice (system, x);
  order (system, x);
  direction (system, x);
  symmetry (system, x);
  codes_survive (system);
  unbiased (system);
  numsys_free (system);
}

int
main (void)
{
  size_t count = OTHERS;

  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    count++;
  for (const numsys_type *const *type = numsys_types; *type != NULL; type++)
    count += (*type)->ladder != NULL;
  plan ((unsigned) count * LAWS);
  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    laws (alias->name);
  for (const numsys_type *const *type = numsys_types; *type != NULL; type++)
    if ((*type)->ladder != NULL)
      laws ((*type)->name);
  for (size_t i = 0; i < OTHERS; i++)
    laws (others[i]);
  return 0;
}
