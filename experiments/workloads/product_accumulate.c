/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products whose sums are kept in a number system, accumulate:SYSTEM,order=...:
   Q rounds to SYSTEM (without a scale), a b is never rounded by itself, and of
   the k products of an output

     sequential    s = Q(s + a b), in turn, from 0
     blocked       sequential sums of block products each, from 0; then
                   s = Q(s + sum) in turn
     pairwise      Q(a b), then a tree of Q(x + y): of n the largest power of
                   two below n first, the rest after
     compensated   y = Q(a b - c), t = Q(s + y), c = Q(Q(t - s) - y), s = t, in
                   turn, from s = c = 0 (W. Kahan, Communications of the ACM,
                   1965)
     exact         Q(the exact sum)

   What Q rounds is the exact number, rounded to odd in float32 on the way: for
   a system of up to 22 significant bits, and for fp32, this is one rounding.
   With beta 1 the sum is then added to C in float32.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/workloads/accumulate_tile.h"
#include "experiments/workloads/products.h"
#include "numsys/spec.h"

static const char *const orders[]
  = { "sequential", "pairwise", "blocked", "compensated", "exact", NULL };

static const numsys_param params[] = {
  { "order", ACCUMULATE_SEQUENTIAL, 0, ACCUMULATE_EXACT, orders,
    "order of accumulation" },
  { "block", 16, 1, 1 << 20, NULL, "products in a block of order=blocked" },
  { NULL, 0, 0, 0, NULL, NULL },
};

static void
multiply (void *vstate, size_t m, size_t n, size_t k, const product_operand *a,
          const product_operand *b, int beta, float c[], size_t ldc)
{
  accumulate_job job = { vstate, a, b, 0, 0, 0 };
  float s[ACCUMULATE_TILE];

  for (job.i = 0; job.i < m; job.i++)
    for (job.j = 0; job.j < n; job.j += ACCUMULATE_TILE)
      {
        float *out = c + job.i * ldc + job.j;

        job.wide = n - job.j < ACCUMULATE_TILE ? n - job.j : ACCUMULATE_TILE;
        accumulate_tile (&job, k, s);
        for (size_t j = 0; j < job.wide; j++)
          out[j] = beta ? out[j] + s[j] : s[j];
      }
}

/* --- Specs --- */

/* A spec taken apart: SYSTEM and what is ours. */
typedef struct accumulate_spec
{
  char system[NUMSYS_SPEC_TEXT];
  int64_t values[2];
} accumulate_spec;

static int
is_ours (const char *item)
{
  for (size_t i = 0; params[i].key != NULL; i++)
    {
      const size_t length = strlen (params[i].key);

      if (strncmp (item, params[i].key, length) == 0 && item[length] == '=')
        return 1;
    }
  return 0;
}

/* "order=X,block=N" go to one text, all other items to another. */
static int
parse (const char *spec, accumulate_spec *out, numsys_error *error)
{
  char ours[NUMSYS_SPEC_TEXT] = "accumulate";
  const char *item = strchr (spec, ':');
  numsys_split split;

  out->system[0] = '\0';
  if (item == NULL || item[1] == '\0' || strlen (spec) >= NUMSYS_SPEC_TEXT)
    {
      numsys_error_set (error, "product accumulate needs the number system of "
                        "its sums, as accumulate:fp16,order=pairwise");
      return -1;
    }
  while (item != NULL)
    {
      const size_t length = strcspn (++item, ",");
      char *to = is_ours (item) ? ours : out->system;
      const char *mark = to == ours ? strchr (ours, ':') ? "," : ":"
                         : to[0] == '\0' ? "" : ",";

      snprintf (to + strlen (to), NUMSYS_SPEC_TEXT - strlen (to), "%s%.*s",
                mark, (int) length, item);
      item = strchr (item, ',');
    }
  return numsys_spec_split (ours, "product", &split, error) == 0
           ? numsys_params_read ("product accumulate", params, &split,
                                 out->values, error)
           : -1;
}

/* The quantizer of a system without a scale; NULL, and a sentence unless it is
   the identity. */
static numsys_quantizer *
open_quantizer (const char *system, int *is_identity, numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (system, error);
  char spec[NUMSYS_SPEC_TEXT];

  *is_identity = 0;
  if (quantizer == NULL)
    return NULL;
  if (numsys_quantizer_is_identity (quantizer))
    *is_identity = 1;
  else if (numsys_quantizer_is_stochastic (quantizer))
    numsys_error_set (error, "%s, but sums are rounded without random words: "
                      "take a rounding that is not stochastic", system);
  else
    {
      numsys_quantizer_free (quantizer);
      snprintf (spec, sizeof spec, "%s%sscale=none", system,
                strchr (system, ':') != NULL ? "," : ":");
      return numsys_quantizer_new (strstr (system, "scale=none") != NULL
                                     ? system : spec, error);
    }
  numsys_quantizer_free (quantizer);
  return NULL;
}

static int
canonical (const char *spec, char out[], size_t room, numsys_error *error)
{
  accumulate_spec parsed;
  numsys_quantizer *quantizer;
  char text[NUMSYS_SPEC_TEXT] = "";
  int is_identity;

  if (parse (spec, &parsed, error) != 0)
    return -1;
  quantizer = open_quantizer (parsed.system, &is_identity, error);
  if (quantizer == NULL && !is_identity)
    return -1;
  numsys_param_print (text, ',', &params[0], parsed.values[0]);
  if (parsed.values[0] == ACCUMULATE_BLOCKED)
    numsys_param_print (text, ',', &params[1], parsed.values[1]);
  snprintf (out, room, "accumulate:%s%s",
            is_identity ? "fp32" : numsys_quantizer_spec (quantizer), text);
  numsys_quantizer_free (quantizer);
  return 0;
}

static void
close_state (void *vstate)
{
  accumulate_state *state = vstate;

  numsys_quantizer_free (state->quantizer);
  free (state);
}

static void *
open_state (const char *spec, const numsys_quantizer *a,
            const numsys_quantizer *b, size_t room, void *sibling,
            numsys_error *error)
{
  accumulate_spec parsed;
  accumulate_state *state;
  int is_identity;

  (void) a;
  (void) b;
  (void) room;
  (void) sibling;
  if (parse (spec, &parsed, error) != 0)
    return NULL;
  state = calloc (1, sizeof *state);
  if (state == NULL)
    {
      numsys_error_set (error, "out of memory");
      return NULL;
    }
  state->order = parsed.values[0];
  state->block = (size_t) parsed.values[1];
  state->quantizer = open_quantizer (parsed.system, &is_identity, error);
  if (state->quantizer != NULL || is_identity)
    return state;
  close_state (state);
  return NULL;
}

static void
tell (const void *vstate, char out[], size_t room)
{
  const accumulate_state *state = vstate;
  const numsys_events *events = &state->events;

  snprintf (out, room, "overflow=%" PRIu64 " saturated=%" PRIu64
            " flushed=%" PRIu64 " raised=%" PRIu64 " nan=%" PRIu64,
            events->overflow, events->saturated, events->flushed,
            events->raised, events->nan);
}

static unsigned
bits (const void *vstate)
{
  const accumulate_state *state = vstate;

  return state->quantizer == NULL
           ? 32 : numsys_code_bits (numsys_quantizer_system (state->quantizer));
}

const product_type product_accumulate = {
  .name = "accumulate",
  .summary = "sums kept in a number system, in a stated order",
  .usage = "accumulate:SYSTEM",
  .is_portable = 1,
  .canonical = canonical,
  .open = open_state,
  .close = close_state,
  .multiply = multiply,
  .bits = bits,
  .tell = tell,
};
