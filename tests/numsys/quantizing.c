/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A system of the float path, and the floats that it is judged by.  */

#include <config.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include "tests/numsys/judging.h"
#include "tests/numsys/quantizing.h"
#include "tests/tap/tap.h"

/* Most steps of which all are judged, and how many of more. */
#define MOST_STEPS (1 << 16)
#define SAMPLE 600

static float
step_value (const quantizing *q, const floatcases_octave *octave, int64_t step)
{
  return octave == NULL
         ? oracle_step_float (&q->oracle, q->scale, step)
         : floatcases_octave_value (octave, &q->oracle, q->scale, step);
}

static void
list_values (quantizing *q, const floatcases_octave *octave)
{
  q->values = calloc ((size_t) (q->most - q->least) + 1, sizeof *q->values);
  if (q->values == NULL)
    bail_out ("out of memory");
  for (int64_t step = q->least; step <= q->most; step++)
    q->values[step - q->least] = step_value (q, octave, step);
}

/* Steps a little beyond both ends, and floats anywhere. */
static void
make_cases (quantizing *q, const floatcases_octave *octave)
{
  const float smallest = oracle_step_float (&q->oracle, q->scale, q->least);
  const float largest = oracle_step_float (&q->oracle, q->scale, q->most);
  /* Where numbers wrap, those far beyond the range, the last two, are not
     numbers of steps that floats tell apart.  */
  const float anywhere[] = {
    0, NAN, INFINITY, FLT_TRUE_MIN, FLT_MIN, 1, smallest / 2, smallest / 3,
    smallest * 0x1p-20f, 2 * largest, 3 * largest, largest * 0x1p20f, FLT_MAX,
  };
  const size_t n = sizeof anywhere / sizeof *anywhere - 2 * !!q->oracle.wraps;
  const int64_t below = q->oracle.family == ORACLE_LNS ? 2 : 1;

  for (int64_t step = q->least - below; step <= q->most + 2; step += q->stride)
    if (octave == NULL)
      floatcases_add_step (&q->cases, &q->oracle, q->scale, q->random_bits,
                           step);
    else
      floatcases_octave_add_step (octave, &q->oracle, q->scale, step,
                                  &q->cases);
  for (size_t i = 0; i < n; i++)
    floatcases_add (&q->cases, &q->oracle, q->scale, q->random_bits,
                    anywhere[i]);
}

/* Whether the float path has no reason to refuse. */
static int
is_owed (const quantizing *q)
{
  const oracle_system *oracle = &q->oracle;
  const float smallest = oracle_step_float (oracle, q->scale, q->least);
  const float largest = oracle_step_float (oracle, q->scale, q->most);

  return smallest >= FLT_MIN && largest <= FLT_MAX
         && oracle->significand < FLT_MANT_DIG && oracle->gamma < 1 << 20
         && (oracle->family != ORACLE_FIXED || oracle->bits <= FLT_MANT_DIG);
}

/* Whether the float path takes the system; q->wrong says if that is wrong. */
static int
is_taken (quantizing *q)
{
  const numsys_float_path *path = numsys_type_of (q->system)->float_path;
  const int is_real = q->scale.largest > 0;
  numsys_error error;

  if (path != NULL
      && path->check (numsys_state (q->system),
                      is_real ? NUMSYS_STEP_REAL : NUMSYS_STEP_GRID,
                      is_real || q->scale.steps != 0, &error) == 0)
    return 1;
  q->wrong = (uint64_t) is_owed (q);
  if (q->wrong != 0)
    diag ("%s is refused: %s", q->spec, path == NULL ? "" : error.text);
  return 0;
}

int
quantizing_open (quantizing *q, const char *spec, oracle_scale scale,
                 unsigned random_bits, const floatcases_octave *octave)
{
  *q = (quantizing) { .spec = spec, .scale = scale,
                      .random_bits = random_bits };
  q->system = judging_open (spec);
  q->oracle = judging_system (q->system);
  q->least = oracle_least_step (&q->oracle);
  q->most = oracle_most_step (&q->oracle, 0);
  if (oracle_most_step (&q->oracle, 1) > q->most)
    q->most = oracle_most_step (&q->oracle, 1);
  if (!is_taken (q))
    return 0;
  q->stride = 1;
  if (q->most - q->least < MOST_STEPS)
    list_values (q, octave);
  else
    q->stride = (q->most - q->least) / SAMPLE | 1;
  make_cases (q, octave);
  return 1;
}

void
quantizing_close (quantizing *q)
{
  numsys_free (q->system);
  free (q->values);
  floatcases_clear (&q->cases);
}

float
quantizing_value (const quantizing *q, int64_t step)
{
  return q->values != NULL ? q->values[step - q->least]
                           : oracle_step_float (&q->oracle, q->scale, step);
}

int
quantizing_is_one_to_one (const quantizing *q)
{
  float last = 0;

  for (int64_t step = q->least; step <= q->most; step += q->stride)
    {
      float value = quantizing_value (q, step);

      if (!(value > last) || isinf (value))
        return 0;
      last = value;
    }
  return 1;
}
