/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holding the float path of the library against the oracle.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "tests/numsys/quantizing.h"
#include "tests/tap/tap.h"

/* Cases in one call of the library, and wrong ones shown of a system. */
#define CHUNK 2048
#define SHOWN 5

/* So many cases are tried with one random word each. */
#define MANY 20000

static void
quantize (const numsys_float_path *path, const void *plan, numsys_scale scale,
          size_t n, const float x[], const uint32_t random[], float out[],
          numsys_events *events)
{
  path->quantize (plan, scale, n, x, random, out, events);
}

static void
encode (const numsys_float_path *path, const void *plan, numsys_scale scale,
        size_t n, const float x[], const uint32_t random[], uint32_t codes[],
        numsys_events *events)
{
  path->encode (plan, scale, n, x, random, sizeof *codes, codes, events);
}

const quantizing_path quantizing_library = { quantize, encode };

static numsys_scale
library_scale (const quantizing *q)
{
  return (numsys_scale) { q->scale.steps, q->scale.largest };
}

static float
result_float (const quantizing *q, const oracle_result *result)
{
  float x;

  if (result->class != ORACLE_FINITE)
    x = result->class == ORACLE_NAN ? NAN : INFINITY;
  else if (result->is_zero)
    x = 0;
  else
    x = quantizing_value (q, result->step);
  return result->negative ? -x : x;
}

static int
same_float (float a, float b)
{
  return (isnan (a) && isnan (b)) || memcmp (&a, &b, sizeof a) == 0;
}

/* The inputs and results of one call. */
typedef struct batch
{
  size_t n;
  float x[CHUNK], out[CHUNK], wanted[CHUNK];
  uint32_t word[CHUNK], codes[CHUNK], wanted_codes[CHUNK];
  numsys_events events, code_events, wanted_events;
} batch;

static void
add_events (numsys_events *sum, const numsys_events *events)
{
  sum->overflow += events->overflow;
  sum->saturated += events->saturated;
  sum->flushed += events->flushed;
  sum->raised += events->raised;
  sum->nan += events->nan;
}

static void
append (const quantizing *q, const floatcase *c, int negative,
        numsys_rounding rounding, int w, batch *chunk)
{
  const size_t i = chunk->n++;
  oracle_place place = c->place;
  oracle_result result;

  place.negative = negative;
  oracle_settle (&q->oracle, &place, rounding,
                 c->leaves[rounding == NUMSYS_STOCHASTIC_LOG][w], &result);
  chunk->x[i] = negative ? -c->x : c->x;
  chunk->word[i] = c->word[w];
  /* A NaN stays one on the way from float to float, in every system. */
  chunk->wanted[i] = place.class == ORACLE_NAN ? NAN
                                               : result_float (q, &result);
  chunk->wanted_codes[i] = result.code;
  add_events (&chunk->wanted_events, &result.events);
}

static void
show (const quantizing *q, numsys_rounding rounding, const batch *c, size_t i)
{
  diag ("%s scale %" PRId64 ", %s: %a (word %#" PRIx32 ") wanted %a code %#"
        PRIx32 ", saw %a code %#" PRIx32, q->spec, q->scale.steps,
        numsys_rounding_name (rounding), c->x[i], c->word[i], c->wanted[i],
        c->wanted_codes[i], c->out[i], c->codes[i]);
}

static void
show_events (const quantizing *q, numsys_rounding rounding, const batch *c)
{
  const numsys_events *events[3]
    = { &c->wanted_events, &c->events, &c->code_events };

  diag ("%s, %s, events wanted, of floats, of codes:", q->spec,
        numsys_rounding_name (rounding));
  for (int i = 0; i < 3; i++)
    diag ("  overflow %u saturated %u flushed %u raised %u nan %u",
          (unsigned) events[i]->overflow, (unsigned) events[i]->saturated,
          (unsigned) events[i]->flushed, (unsigned) events[i]->raised,
          (unsigned) events[i]->nan);
}

static void
judge_chunk (quantizing *q, const quantizing_path *path, const void *plan,
             numsys_rounding rounding, batch *c)
{
  const numsys_float_path *slots = numsys_type_of (q->system)->float_path;

  path->quantize (slots, plan, library_scale (q), c->n, c->x, c->word, c->out,
                  &c->events);
  path->encode (slots, plan, library_scale (q), c->n, c->x, c->word, c->codes,
                &c->code_events);
  for (size_t i = 0; i < c->n; i++)
    if ((!same_float (c->wanted[i], c->out[i])
         || c->wanted_codes[i] != c->codes[i])
        && q->wrong++ < SHOWN && !q->quiet)
      show (q, rounding, c, i);
  if ((memcmp (&c->events, &c->wanted_events, sizeof c->events) != 0
       || memcmp (&c->code_events, &c->wanted_events, sizeof c->events) != 0)
      && q->wrong++ < SHOWN && !q->quiet)
    show_events (q, rounding, c);
  q->judged += 2 * c->n;
  c->n = 0;
  c->events = c->code_events = c->wanted_events = (numsys_events) {0};
}

void
quantizing_judge (quantizing *q, const quantizing_path *path,
                  numsys_rounding rounding)
{
  static batch chunk;
  const numsys_float_path *slots = numsys_type_of (q->system)->float_path;
  const int is_stochastic = rounding == NUMSYS_STOCHASTIC
                            || rounding == NUMSYS_STOCHASTIC_LOG;
  const int words = is_stochastic && q->cases.n < MANY ? FLOATCASES_WORDS : 1;
  void *plan = malloc (slots->plan_size);

  if (plan == NULL || slots->plan (plan, numsys_state (q->system), rounding,
                                   q->random_bits) != 0)
    bail_out ("out of memory");
  for (int negative = 0; negative < 2; negative++)
    for (int w = 0; w < words; w++)
      for (size_t i = 0; i < q->cases.n; i++)
        {
          append (q, &q->cases.list[i], negative, rounding, w, &chunk);
          if (chunk.n == CHUNK)
            judge_chunk (q, path, plan, rounding, &chunk);
        }
  judge_chunk (q, path, plan, rounding, &chunk);
  slots->unplan (plan);
  free (plan);
}

void
quantizing_judge_decode (quantizing *q)
{
  const numsys_float_path *slots = numsys_type_of (q->system)->float_path;
  const uint64_t codes = UINT64_C (1) << oracle_code_bits (&q->oracle);
  void *plan = malloc (slots->plan_size);

  if (plan == NULL || slots->plan (plan, numsys_state (q->system),
                                   NUMSYS_NEAREST, 32) != 0)
    bail_out ("out of memory");
  for (uint64_t i = 0; i < codes; i += (uint64_t) q->stride)
    {
      const uint32_t code = (uint32_t) i;
      oracle_result result = {0};
      float seen;

      if (!oracle_code_is_canonical (&q->oracle, code))
        continue;
      oracle_read_step (&q->oracle, code, &result);
      slots->decode (plan, library_scale (q), 1, sizeof code, &code, &seen);
      q->judged++;
      if (!same_float (result_float (q, &result), seen)
          && q->wrong++ < SHOWN && !q->quiet)
        diag ("%s: code %#" PRIx32 " wanted %a, saw %a", q->spec, code,
              result_float (q, &result), seen);
    }
  slots->unplan (plan);
  free (plan);
}
