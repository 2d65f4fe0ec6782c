/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products whose sums are kept in a number system, accumulate:SYSTEM,order=...:
   Q rounds to SYSTEM (without a scale), a b is never rounded by itself, and of
   the k products of an output

     sequential    s = Q(s + a b), in turn, from 0
     blocked       sequential sums of block products each, from 0; s = Q(s + sum)
                   in turn
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
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/workloads/accumulate.h"
#include "experiments/workloads/products.h"
#include "numsys/spec.h"

enum { SEQUENTIAL, PAIRWISE, BLOCKED, COMPENSATED, EXACT };

static const char *const orders[]
  = { "sequential", "pairwise", "blocked", "compensated", "exact", NULL };

static const numsys_param params[] = {
  { "order", SEQUENTIAL, 0, EXACT, orders, "order of accumulation" },
  { "block", 16, 1, 1 << 20, NULL, "products in a block of order=blocked" },
  { NULL, 0, 0, 0, NULL, NULL },
};

enum
{
  tile = 128,   /* outputs that go together */
  levels = 64   /* of a tree */
};

typedef struct accumulate_state
{
  numsys_quantizer *quantizer;   /* NULL: float32 */
  int64_t order;
  size_t block;
  numsys_events events;
  float level[levels][tile];
} accumulate_state;

/* A call, and the tile of C that is being computed: row i, columns j.. */
typedef struct accumulate_job
{
  accumulate_state *state;
  const product_operand *a, *b;
  size_t i, j, wide;
} accumulate_job;

static void
round_to_system (accumulate_state *state, size_t n, float x[])
{
  if (state->quantizer != NULL)
    numsys_quantize_at (state->quantizer, (numsys_scale) { 0, 0 }, n, x, NULL,
                        0, x, &state->events);
}

static float
element (const product_operand *x, size_t row, size_t column)
{
  return x->transpose ? x->data[column * x->stride + row]
                      : x->data[row * x->stride + column];
}

/* out = Q(s + a b) for product p; out may be s. */
static void
add_product (const accumulate_job *job, size_t p, const float s[], float sign,
             float out[])
{
  const float a = element (job->a, job->i, p);
  const int rounds = job->state->quantizer != NULL;

  for (size_t c = 0; c < job->wide; c++)
    out[c] = accumulate_add (sign * s[c], a, element (job->b, p, job->j + c),
                             rounds);
  round_to_system (job->state, job->wide, out);
}

/* out = Q(x + sign y) */
static void
add (const accumulate_job *job, const float x[], const float y[], float sign,
     float out[])
{
  const int rounds = job->state->quantizer != NULL;

  for (size_t c = 0; c < job->wide; c++)
    out[c] = accumulate_add (x[c], sign, y[c], rounds);
  round_to_system (job->state, job->wide, out);
}

static void
zero (float x[])
{
  memset (x, 0, tile * sizeof x[0]);
}

static void
sequential (const accumulate_job *job, size_t first, size_t end, float s[])
{
  zero (s);
  for (size_t p = first; p < end; p++)
    add_product (job, p, s, 1, s);
}

static void
blocked (const accumulate_job *job, size_t k, float s[])
{
  const size_t block = job->state->block;
  float part[tile];

  zero (s);
  for (size_t p = 0; p < k; p += block)
    {
      sequential (job, p, k - p < block ? k : p + block, part);
      add (job, s, part, 1, s);
    }
}

/* Trees of 2^l products, those of greater l left of them, wait in level[l];
   bit l of their number tells whether one does. */
static void
pairwise (const accumulate_job *job, size_t k, float s[])
{
  float (*level)[tile] = job->state->level;
  float none[tile];
  int any = 0;

  zero (none);
  zero (s);
  for (size_t p = 0; p < k; p++)
    {
      unsigned l = 0;

      add_product (job, p, none, 1, s);
      for (; (p >> l & 1) != 0; l++)
        add (job, level[l], s, 1, s);
      memcpy (level[l], s, sizeof level[l]);
    }
  for (unsigned l = 0; l < levels && k >> l != 0; l++)
    if ((k >> l & 1) != 0)
      {
        if (any)
          add (job, level[l], s, 1, s);
        else
          memcpy (s, level[l], sizeof level[l]);
        any = 1;
      }
}

static void
compensated (const accumulate_job *job, size_t k, float s[])
{
  float c[tile], y[tile], t[tile];

  zero (s);
  zero (c);
  for (size_t p = 0; p < k; p++)
    {
      add_product (job, p, c, -1, y);
      add (job, s, y, 1, t);
      add (job, t, s, -1, c);
      add (job, c, y, -1, c);
      memcpy (s, t, sizeof t);
    }
}

static void
exact (const accumulate_job *job, size_t k, float s[])
{
  for (size_t c = 0; c < job->wide; c++)
    {
      accumulate_exact sum;

      accumulate_exact_zero (&sum);
      for (size_t p = 0; p < k; p++)
        accumulate_exact_add (&sum, element (job->a, job->i, p),
                              element (job->b, p, job->j + c));
      s[c] = accumulate_exact_sum (&sum, job->state->quantizer != NULL);
    }
  round_to_system (job->state, job->wide, s);
}

static void
multiply (void *vstate, size_t m, size_t n, size_t k, const product_operand *a,
          const product_operand *b, int beta, float c[], size_t ldc)
{
  accumulate_job job = { vstate, a, b, 0, 0, 0 };
  float s[tile];

  for (job.i = 0; job.i < m; job.i++)
    for (job.j = 0; job.j < n; job.j += tile)
      {
        float *out = c + job.i * ldc + job.j;

        job.wide = n - job.j < tile ? n - job.j : tile;
        switch (job.state->order)
          {
          case PAIRWISE: pairwise (&job, k, s); break;
          case BLOCKED: blocked (&job, k, s); break;
          case COMPENSATED: compensated (&job, k, s); break;
          case EXACT: exact (&job, k, s); break;
          default: sequential (&job, 0, k, s);
          }
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
  if (parsed.values[0] == BLOCKED)
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
            const numsys_quantizer *b, size_t room, numsys_error *error)
{
  accumulate_spec parsed;
  accumulate_state *state;
  int is_identity;

  (void) a;
  (void) b;
  (void) room;
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

const product_type product_accumulate = {
  .name = "accumulate",
  .summary = "sums kept in a number system, in a stated order",
  .usage = "accumulate:SYSTEM",
  .is_portable = 1,
  .canonical = canonical,
  .open = open_state,
  .close = close_state,
  .multiply = multiply,
  .tell = tell,
};
