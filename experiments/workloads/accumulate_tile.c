/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders of accumulation, over a tile of outputs at a time.  */

#include <config.h>
#include <string.h>
#include "experiments/workloads/accumulate.h"
#include "experiments/workloads/accumulate_tile.h"

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
  memset (x, 0, ACCUMULATE_TILE * sizeof x[0]);
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
  float part[ACCUMULATE_TILE];

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
  float (*level)[ACCUMULATE_TILE] = job->state->level;
  float none[ACCUMULATE_TILE];
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
  for (unsigned l = 0; l < ACCUMULATE_LEVELS && k >> l != 0; l++)
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
  float c[ACCUMULATE_TILE], y[ACCUMULATE_TILE], t[ACCUMULATE_TILE];

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

void
accumulate_tile (const accumulate_job *job, size_t k, float s[])
{
  switch (job->state->order)
    {
    case ACCUMULATE_PAIRWISE: pairwise (job, k, s); break;
    case ACCUMULATE_BLOCKED: blocked (job, k, s); break;
    case ACCUMULATE_COMPENSATED: compensated (job, k, s); break;
    case ACCUMULATE_EXACT: exact (job, k, s); break;
    default: sequential (job, 0, k, s);
    }
}
