/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The weights of a dense layer as they are stored, floats or codes, and Q_W of
   them then and there.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include "experiments/workloads/dense.h"
#include "experiments/workloads/threads.h"

int
dense_takes_codes (const roles *all)
{
  const numsys_quantizer *W = all->quantizer[TRAINING_W];
  const numsys_quantizer *U = all->quantizer[TRAINING_U];

  return W != NULL && U != NULL && numsys_quantizer_takes_codes (W, U)
         && numsys_quantizer_scaling (W) != NUMSYS_SCALE_BLOCK;
}

int
dense_keep_codes (dense *layer, const numsys_quantizer *U, numsys_scale scale)
{
  const size_t size = numsys_element_size (numsys_quantizer_system (U));
  const size_t n = layer->out * layer->in;
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  void *w = calloc (n, size);

  if (w == NULL)
    return -1;
  numsys_quantize_to_elements (U, scale, n, layer->weight, &any, 0, w, NULL);
  layer->codes = (dense_codes) { U, scale, w, size };
  return 0;
}

void
dense_drop_codes (dense *layer)
{
  free (layer->codes.w);
  layer->codes.w = NULL;
}

void
dense_decode (dense *layer)
{
  const dense_codes *codes = &layer->codes;

  if (codes->w != NULL)
    numsys_quantize_from_elements (codes->U, codes->scale,
                                   layer->out * layer->in, codes->w,
                                   layer->weight);
}

/* Codes at a time. */
enum { SLICE = 1024 };

/* Codes of weights first .. first + n - 1, n being at most SLICE; perhaps in
   room. */
static const uint32_t *
codes_at (const dense_codes *codes, size_t first, size_t n, uint32_t room[])
{
  const void *w = (const char *) codes->w + first * codes->size;

  if (codes->size == sizeof *room)
    return w;
  numsys_to_codes (numsys_quantizer_system (codes->U), n, w, room);
  return room;
}

/* The largest magnitude of weights first .. first + n - 1. */
static float
largest (const dense *layer, size_t first, size_t n)
{
  const dense_codes *codes = &layer->codes;
  uint32_t room[SLICE];
  float most = 0;

  if (codes->w == NULL)
    return numsys_largest (n, layer->weight + first);
  for (size_t i = 0, length; i < n; i += length)
    {
      length = n - i < SLICE ? n - i : SLICE;
      most = fmaxf (most,
                    numsys_largest_of_codes (
                      codes->U, codes->scale, length,
                      codes_at (codes, first + i, length, room)));
    }
  return most;
}

/* Q_W of them at one scale. */
static void
quantize (dense *layer, const numsys_quantizer *W, numsys_scale scale,
          size_t first, size_t n)
{
  const dense_codes *codes = &layer->codes;
  float *out = layer->weight_gradient + first;
  numsys_events *events = &layer->stored.events;
  uint32_t room[SLICE];

  if (codes->w == NULL)
    numsys_quantize_at (W, scale, n, layer->weight + first, NULL, 0, out,
                        events);
  for (size_t i = 0, length; codes->w != NULL && i < n; i += length)
    {
      length = n - i < SLICE ? n - i : SLICE;
      numsys_quantize_codes_at (W, scale, codes->U, codes->scale, length,
                                codes_at (codes, first + i, length, room),
                                NULL, 0, out + i, events);
    }
}

/* Q_W of whole rows, which share no scale; codes have one a row (or there
   would be none: dense_takes_codes). */
static void
quantize_rows (dense *layer, const numsys_quantizer *W, size_t first,
               size_t rows)
{
  const size_t in = layer->in;

  if (layer->codes.w == NULL)
    numsys_quantize (W, rows, in, DENSE_ROWS, layer->weight + first, NULL,
                     layer->weight_gradient + first, &layer->stored.events);
  for (size_t i = 0; layer->codes.w != NULL && i < rows; i++)
    {
      const size_t at = first + i * in;

      quantize (layer, W, numsys_quantizer_scale (W, largest (layer, at, in)),
                at, in);
    }
}

static int
shares_scale (const numsys_quantizer *quantizer)
{
  const numsys_scaling scaling = numsys_quantizer_scaling (quantizer);

  return scaling == NUMSYS_SCALE_NONE || scaling == NUMSYS_SCALE_TENSOR;
}

/* The whole of W shares a scale, and it is not the one that was taken. */
static void
store_again (dense *layer, const numsys_quantizer *W)
{
  dense_stored *stored = &layer->stored;
  const numsys_scale scale = numsys_quantizer_scale (W, stored->largest);

  if (scale.steps == stored->scale.steps
      && scale.largest == stored->scale.largest)
    return;
  stored->scale = scale;
  stored->events = (numsys_events) { .nan = 0 };
  quantize (layer, W, scale, 0, layer->out * layer->in);
}

void
dense_store (dense *layer, const roles *all, size_t first, size_t n)
{
  const numsys_quantizer *W = all->quantizer[TRAINING_W];
  dense_stored *stored = &layer->stored;

  if (W == NULL || numsys_quantizer_is_stochastic (W))
    return;
  if (first == 0)
    *stored = (dense_stored) { .scale = stored->scale };
  if (shares_scale (W))
    {
      quantize (layer, W, stored->scale, first, n);
      stored->largest = fmaxf (stored->largest, largest (layer, first, n));
      stored->done += n;
      if (stored->done == layer->out * layer->in)
        store_again (layer, W);
    }
  else
    {
      const size_t rows = (first + n - stored->done) / layer->in;

      quantize_rows (layer, W, stored->done, rows);
      stored->done += rows * layer->in;
    }
  stored->is_whole = stored->done == layer->out * layer->in;
}

void
dense_store_all (dense *layer, const roles *all)
{
  const numsys_quantizer *W = all->quantizer[TRAINING_W];
  dense_stored *stored = &layer->stored;

  if (W == NULL || numsys_quantizer_is_stochastic (W))
    return;
  *stored = (dense_stored) { .is_whole = 1 };
  stored->scale
    = threads_quantize (all->threads, W, layer->out, layer->in, DENSE_ROWS,
                        layer->weight, NULL, layer->weight_gradient,
                        &stored->events);
}
