/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing by the threads of a run.  */

#include <config.h>
#include <math.h>
#include "experiments/workloads/threads.h"

/* Numbers: cuts lie on the cache lines of arrays that begin on one. */
enum { STEP = 1024 };

typedef struct part
{
  float largest;
  numsys_events events;
} part;

typedef struct job
{
  const numsys_quantizer *quantizer;
  size_t columns;
  const float *x;
  const numsys_random *random;
  float *out;
  numsys_scale scale;
  part part[THREADS_MOST];
} job;

static void
find_largest (void *closure, unsigned which, size_t first, size_t n)
{
  job *all = closure;

  all->part[which].largest = numsys_largest (n, all->x + first);
}

static void
quantize_numbers (void *closure, unsigned which, size_t first, size_t n)
{
  job *all = closure;
  numsys_events events = { 0, 0, 0, 0, 0 };

  numsys_quantize_at (all->quantizer, all->scale, n, all->x + first,
                      all->random, first, all->out + first, &events);
  all->part[which].events = events;
}

static void
quantize_rows (void *closure, unsigned which, size_t first, size_t n)
{
  job *all = closure;
  const size_t at = first * all->columns;
  numsys_events events = { 0, 0, 0, 0, 0 };

  numsys_quantize (all->quantizer, n, all->columns, 0, all->x + at, NULL,
                   all->out + at, &events);
  all->part[which].events = events;
}

static int
shares_scale (const numsys_quantizer *quantizer)
{
  const numsys_scaling scaling = numsys_quantizer_scaling (quantizer);

  return scaling == NUMSYS_SCALE_NONE || scaling == NUMSYS_SCALE_TENSOR;
}

/* Whether rows may be quantized apart: each has scales of its own, and no
   random words that are counted from the first row on.  A lone column is left
   whole, as its rows share no scale but are quantized side by side. */
static int
may_cut_rows (const numsys_quantizer *quantizer, size_t columns,
              int channel_axis)
{
  return columns > 1 && !numsys_quantizer_is_stochastic (quantizer)
         && (channel_axis == 0
             || numsys_quantizer_scaling (quantizer) == NUMSYS_SCALE_BLOCK);
}

static unsigned
quantize_shared (job *all, unsigned threads, size_t n)
{
  float largest = 0;
  unsigned parts = 1;

  if (numsys_quantizer_scaling (all->quantizer) == NUMSYS_SCALE_TENSOR)
    parts = threads_cut (threads, n, STEP, find_largest, all);
  else
    all->part[0].largest = 0;
  for (unsigned i = 0; i < parts; i++)
    largest = fmaxf (largest, all->part[i].largest);
  all->scale = numsys_quantizer_scale (all->quantizer, largest);
  return threads_cut (threads, n, STEP, quantize_numbers, all);
}

numsys_scale
threads_quantize (unsigned threads, const numsys_quantizer *quantizer,
                  size_t rows, size_t columns, int channel_axis,
                  const float x[], const numsys_random *random, float out[],
                  numsys_events *events)
{
  const size_t n = rows * columns;
  job all;   /* parts are not cleared: it is large */
  unsigned parts = 0;

  all.quantizer = quantizer;
  all.columns = columns;
  all.x = x;
  all.random = random;
  all.out = out;
  all.scale = (numsys_scale) { 0, 0 };
  if (!threads_pay_for_numbers (threads, n))
    threads = 1;
  if (shares_scale (quantizer))
    parts = quantize_shared (&all, threads, n);
  else if (threads > 1 && may_cut_rows (quantizer, columns, channel_axis))
    parts = threads_cut (threads, rows, 1, quantize_rows, &all);
  else
    numsys_quantize (quantizer, rows, columns, channel_axis, x, random, out,
                     events);
  for (unsigned i = 0; events != NULL && i < parts; i++)
    numsys_events_add (events, &all.part[i].events);
  return all.scale;
}
