/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where weights and moments are stored.

   Moments take M's and V's grid after each update, as one row, each scale
   from the data; rules read them as stored.  Their random words come from the
   tensor's sequence with the letter M or V added to the key's top byte, U's
   from the sequence itself: word i for weight i.

   The bound wmax in an LNS grid: when the grid's scale was made from wmax the
   grid's largest value, wmax rounded, is the bound and saturation keeps it;
   otherwise the largest value of the grid not above wmax.  */

#include <config.h>
#include <float.h>
#include <math.h>
#include "optim/type.h"

int
optim_storage_shifts (const optim_tensor *tensor, const optim_storage *storage)
{
  return storage->U != NULL
         && (tensor->type->kind == OPTIM_REAL
             || tensor->type->kind == OPTIM_INTEGER)
         && numsys_quantizer_can_shift (storage->U);
}

/* One value on U's grid; U's rounding may be any, and which words a
   stochastic one draws does not matter here. */
static float
on_grid (const optim_storage *storage, float x)
{
  const numsys_random any = { { 0, 0 }, { 0, 0 } };

  numsys_quantize_at (storage->U, storage->scale, 1, &x, &any, 0, &x, NULL);
  return x;
}

static float
next_on_grid (const optim_storage *storage, float x, float steps)
{
  const numsys_random any = { { 0, 0 }, { 0, 0 } };

  numsys_quantize_shift (storage->U, storage->scale, 1, &x, &steps, &any, 0,
                         &x, NULL);
  return x;
}

float
optim_storage_limit (const optim_tensor *tensor, const optim_storage *storage)
{
  const float bound = tensor->bound;
  float below, above;

  if (bound == 0)
    return INFINITY;
  if (!optim_storage_shifts (tensor, storage))
    return bound;
  if (numsys_quantizer_scale (storage->U, bound).steps
      == storage->scale.steps)
    return on_grid (storage, FLT_MAX);
  below = on_grid (storage, bound);
  if (below > bound)
    return next_on_grid (storage, below, -1);
  above = next_on_grid (storage, below, 1);
  return above > bound ? below : above;
}

static void
store_moment (const numsys_quantizer *quantizer,
              const optim_storage *storage, char letter, size_t n, float x[])
{
  const numsys_random *random = storage->random;
  const optim_watch *watch = storage->watch;
  numsys_random own = { { 0, 0 }, { 0, 0 } };
  numsys_events events = { 0, 0, 0, 0, 0 };

  if (x == NULL)
    return;
  if (random != NULL)
    {
      own = *random;
      own.key[1] ^= (uint32_t) letter << 24;
    }
  if (watch != NULL && watch->moments != NULL)
    watch->moments (watch->closure, letter, n, x, &own);
  if (quantizer != NULL)
    numsys_quantize (quantizer, 1, n, 0, x, &own, x, &events);
}

void
optim_storage_moments (optim_tensor *tensor, const optim_storage *storage)
{
  store_moment (storage->M, storage, 'M', tensor->n, tensor->m);
  store_moment (storage->V, storage, 'V', tensor->n, tensor->v);
}
