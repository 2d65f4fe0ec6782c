/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floats at which a quantizer may go wrong, each located by the oracle.  */

#include <config.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include "numsys/random.h"
#include "tests/numsys/floatcases.h"
#include "tests/tap/tap.h"

#define SEED 41

static void
grow (floatcases *cases, size_t more)
{
  if (cases->n + more <= cases->room)
    return;
  cases->room = 2 * cases->room + more;
  cases->list = realloc (cases->list, cases->room * sizeof *cases->list);
  if (cases->list == NULL)
    bail_out ("out of memory");
}

void
floatcases_clear (floatcases *cases)
{
  free (cases->list);
  *cases = (floatcases) {0};
}

/* A float, and what the oracle needs to know of it. */
typedef struct task
{
  const oracle_system *system;
  oracle_scale scale;
  unsigned random_bits;
  float x;
  oracle_number unscaled;
  oracle_place place;
} task;

static int
leaves (const task *t, numsys_rounding rounding, uint32_t word)
{
  const oracle_rule rule = { rounding, t->random_bits, word };

  return oracle_leaves_float (t->system, t->scale, t->x, &t->unscaled,
                              &t->place, &rule);
}

/* The last random word with which x leaves, or the next, which is the first
   with which it stays.  */
static uint32_t
turning_word (const task *t, numsys_rounding rounding, int next)
{
  const unsigned unused = 32 - t->random_bits;
  uint64_t least = 0, end = UINT64_C (1) << t->random_bits;

  while (least < end)
    {
      uint64_t middle = (least + end) / 2;

      if (leaves (t, rounding, (uint32_t) (middle << unused)))
        least = middle + 1;
      else
        end = middle;
    }
  return (uint32_t) (((least > 0 && !next ? least - 1 : least)) << unused);
}

/* Random words; in one case of eight, one where a stochastic rounding turns. */
static void
draw (const task *t, size_t n, floatcase *c)
{
  const numsys_random random = numsys_random_of (SEED, 4, 0, 0);

  numsys_random_words (&random, FLOATCASES_WORDS * n, FLOATCASES_WORDS,
                       c->word);
  if (n % 8 == 0 && !t->place.hit)
    c->word[0] = turning_word (t, n % 16 == 0 ? NUMSYS_STOCHASTIC
                                              : NUMSYS_STOCHASTIC_LOG,
                               n % 32 < 16);
  for (int w = 0; w < FLOATCASES_WORDS; w++)
    {
      const int leaves_linear = leaves (t, NUMSYS_STOCHASTIC, c->word[w]);

      c->leaves[0][w] = (unsigned char) leaves_linear;
      c->leaves[1][w] = (unsigned char)
        (t->system->family == ORACLE_LNS
         ? leaves (t, NUMSYS_STOCHASTIC_LOG, c->word[w]) : leaves_linear);
    }
}

void
floatcases_add (floatcases *cases, const oracle_system *system,
                oracle_scale scale, unsigned random_bits, float x)
{
  task t = { .system = system, .scale = scale, .random_bits = random_bits,
             .x = x };
  floatcase *c;

  grow (cases, 1);
  c = &cases->list[cases->n++];
  oracle_number_init (&t.unscaled);
  oracle_unscale (system, scale, x, &t.unscaled);
  oracle_locate_float (system, scale, x, &t.unscaled, &t.place);
  *c = (floatcase) { .x = x, .place = t.place };
  draw (&t, cases->n, c);
  oracle_number_clear (&t.unscaled);
}

static void
add_run (floatcases *cases, const oracle_system *system, oracle_scale scale,
         unsigned random_bits, float x, int below, int above)
{
  for (int i = 0; i < below; i++)
    x = nextafterf (x, 0);
  for (int i = -below; i <= above; i++, x = nextafterf (x, INFINITY))
    if (isfinite (x))
      floatcases_add (cases, system, scale, random_bits, x);
}

void
floatcases_add_step (floatcases *cases, const oracle_system *system,
                     oracle_scale scale, unsigned random_bits,
                     int64_t step)
{
  const float middle = oracle_middle_float (system, scale, step, 0);
  const float linear = oracle_middle_float (system, scale, step, 1);

  add_run (cases, system, scale, random_bits,
           oracle_step_float (system, scale, step), 1, 1);
  add_run (cases, system, scale, random_bits, middle, 1, 2);
  if (linear != middle)
    add_run (cases, system, scale, random_bits, linear, 1, 2);
}

/* A wide system with the octave of another, and the steps of the octave; 0 if
   there is none.  */
static int64_t
octave_system (const oracle_system *system, oracle_system *wide)
{
  if (system->family == ORACLE_LNS)
    {
      *wide = (oracle_system) { .family = ORACLE_LNS, .gamma = system->gamma,
                                .bits = 32, .zero = ORACLE_ZERO_FLAG };
      return system->gamma;
    }
  if (system->family == ORACLE_FIXED || system->significand > 12)
    return 0;
  *wide = (oracle_system) { .family = ORACLE_FLOAT, .exponent = 8,
                            .significand = system->significand, .bias = 127,
                            .subnormals = 1 };
  return INT64_C (1) << system->significand;
}

/* How many octaves, times period, a step's value lies above 1. */
static int64_t
height (const oracle_system *system, int64_t step)
{
  const int64_t octave = INT64_C (1) << system->significand;

  if (system->family == ORACLE_LNS)
    return step - system->bias;
  return step + (system->subnormals ? 0 : octave - 1) - system->bias * octave;
}

int
floatcases_octave_init (floatcases_octave *octave, const oracle_system *system,
                        unsigned random_bits)
{
  const oracle_scale none = { 0, 0 };
  oracle_system *wide = &octave->system;
  int64_t base;

  *octave = (floatcases_octave) { .random_bits = random_bits };
  octave->period = octave_system (system, wide);
  if (octave->period == 0)
    return 0;
  octave->first = calloc ((size_t) octave->period + 1, sizeof *octave->first);
  octave->value = calloc ((size_t) octave->period, sizeof *octave->value);
  if (octave->first == NULL || octave->value == NULL)
    bail_out ("out of memory");
  base = -height (wide, 0);
  for (int64_t i = 0; i < octave->period; i++)
    {
      octave->value[i] = oracle_step_float (wide, none, base + i);
      floatcases_add_step (&octave->cases, wide, none, random_bits, base + i);
      octave->first[i + 1] = octave->cases.n;
    }
  return 1;
}

void
floatcases_octave_clear (floatcases_octave *octave)
{
  floatcases_clear (&octave->cases);
  free (octave->first);
  free (octave->value);
}

/* Finds the octave of a step and its place there; returns whether floats of
   that octave and beside it are normal, and the step and those beside it not
   of the smallest.  */
static int
split (const floatcases_octave *octave, const oracle_system *system,
       oracle_scale scale, int64_t step, int64_t *exponent, int64_t *rest)
{
  const int64_t least = oracle_least_step (system);
  const int64_t k = height (system, step)
                    + (system->family == ORACLE_LNS ? scale.steps : 0);
  int64_t lowest = least + 1;

  *exponent = k / octave->period - (k % octave->period < 0);
  *rest = k - *exponent * octave->period;
  if (system->family == ORACLE_FLOAT)
    lowest = 2 * octave->period;
  *exponent += system->family == ORACLE_LNS ? 0 : scale.steps;
  return step >= lowest && *exponent > FLT_MIN_EXP
         && *exponent < FLT_MAX_EXP - 1;
}

void
floatcases_octave_add_step (const floatcases_octave *octave,
                            const oracle_system *system, oracle_scale scale,
                            int64_t step, floatcases *cases)
{
  int64_t exponent, rest;

  if (!split (octave, system, scale, step, &exponent, &rest))
    {
      floatcases_add_step (cases, system, scale, octave->random_bits, step);
      return;
    }
  grow (cases, octave->first[rest + 1] - octave->first[rest]);
  for (size_t i = octave->first[rest]; i < octave->first[rest + 1]; i++)
    {
      floatcase *c = &cases->list[cases->n++];

      *c = octave->cases.list[i];
      c->x = ldexpf (c->x, (int) exponent);
      c->place.below += step - rest + height (&octave->system, 0);
    }
}

float
floatcases_octave_value (const floatcases_octave *octave,
                         const oracle_system *system, oracle_scale scale,
                         int64_t step)
{
  int64_t exponent, rest;

  return split (octave, system, scale, step, &exponent, &rest)
         ? ldexpf (octave->value[rest], (int) exponent)
         : oracle_step_float (system, scale, step);
}
