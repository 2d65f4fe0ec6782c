/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer Madam (arXiv 2006.14560): a weight is a sign and a level n,

     w = sign wmax e^(-base_lr n),  n in 0 .. levels - 1
     n = n + round (gn lr / base_lr) sign w,  held to 0 .. levels - 1

   with wmax = p_scale rms (w at the start) and the normalized gradient gn of
   normalize.c.  lr / base_lr is what its authors call lr_factor: a schedule
   that lowers lr lowers it.  The product gn lr / base_lr is rounded once (to
   float32 or in the system), then to an integer, ties to even.  wmax is rounded
   once, and so is each weight.

   Signs are those of the initial weights.  Levels start uniformly at random,
   as published, so the first step leaves the initial magnitudes: level i is
   word i, scaled, of the sequence named by seed and by a hash of the initial
   weights, which sets tensors apart.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/elementary.h"
#include "optim/elements.h"
#include "optim/type.h"

enum { p_scale, g_bound, beta, base_lr, levels, seed };

static const optim_param params[] = {
  { "p_scale", 3, 1e-6, 1e6,
    "largest weight, in root mean squares of the initial ones", 0 },
  { "g_bound", 10, 1e-3, 1000, "bound of the normalized gradient", 0 },
  { "beta", 0.999, 0, 0.99999, "share of the mean square kept", 0 },
  { "base_lr", 0.001, 1e-6, 1, "logarithm of the ratio of two levels", 0 },
  { "levels", 4096, 2, 65536, "how many levels there are", 1 },
  { "seed", 0, 0, 9007199254740991, "of the initial levels", 1 },
  { NULL, 0, 0, 0, NULL, 0 },
};

/* Adding it to a float rounds that to an integer, ties to even. */
static const float shifter = 0x1.8p23f;

/* Fowler, Noll and Vo's hash of the weights' bits. */
static uint64_t
hash (uint64_t h, float w)
{
  uint32_t bits;

  memcpy (&bits, &w, sizeof bits);
  for (int i = 0; i < 4; i++, bits >>= 8)
    h = (h ^ (bits & 0xFF)) * UINT64_C (0x100000001B3);
  return h;
}

static const uint64_t hash_of_nothing = UINT64_C (0xCBF29CE484222325);

/* n levels for the weights of this hash; NULL when memory ran out. */
static uint16_t *
draw_levels (const double values[], uint64_t h, size_t n)
{
  const uint64_t key = (uint64_t) values[seed];
  const numsys_random random = {
    { (uint32_t) key, (uint32_t) (key >> 32) },
    { (uint32_t) h, (uint32_t) (h >> 32) },
  };
  uint16_t *out = calloc (n + 1, sizeof *out);

  for (size_t i = 0; out != NULL && i < n; i++)
    {
      uint32_t word;

      numsys_random_words (&random, i, 1, &word);
      out[i] = (uint16_t) (word * (uint64_t) values[levels] >> 32);
    }
  return out;
}

static int
start (optim_tensor *tensor, const float w[])
{
  const size_t count = (size_t) tensor->values[levels];
  uint64_t h = hash_of_nothing;

  for (size_t i = 0; i < tensor->n; i++)
    h = hash (h, w[i]);
  tensor->levels = draw_levels (tensor->values, h, tensor->n);
  tensor->magnitudes = calloc (count, sizeof *tensor->magnitudes);
  if (tensor->levels == NULL || tensor->magnitudes == NULL)
    return -1;
  for (size_t i = 0; i < count; i++)
    tensor->magnitudes[i]
      = (float) (tensor->bound
                 * numsys_exp (-tensor->values[base_lr] * (double) i));
  return 0;
}

static void
constants (optim_tensor *tensor, double lr)
{
  tensor->c.lr = (float) (lr / tensor->values[base_lr]);
  optim_second_constants (tensor, tensor->values[beta]);
}

/* Levels moved by whole j, held to 0 .. top. */
static void
move (size_t n, int top, const float j[restrict], uint16_t level[restrict])
{
  for (size_t i = 0; i < n; i++)
    {
      const int x = level[i] + (int) j[i];

      level[i] = (uint16_t) (x < 0 ? 0 : x > top ? top : x);
    }
}

static void
update (optim_tensor *tensor, size_t first, size_t n, const float g[],
        const float w[], float out[])
{
  const float lr = tensor->c.lr;

  optim_normalize (tensor, tensor->values[g_bound], first, n, g, out);
  for (size_t i = 0; i < n; i++)
    {
      float x = out[i] * lr;

      /* Beyond the range of levels nothing matters. */
      x = x > 65536 ? 65536 : x < -65536 ? -65536 : x;
      x = (x + shifter) - shifter;
      out[i] = w[i] > 0 ? x : w[i] < 0 ? -x : 0;
    }
  move (n, (int) tensor->values[levels] - 1, out, tensor->levels + first);
}

static int
element_start (optim_elements *e, const void *w)
{
  uint64_t h = hash_of_nothing;

  numsys_decode (e->system, e->n, w, e->x);
  for (size_t i = 0; i < e->n; i++)
    h = hash (h, (float) e->x[i]);
  e->levels = draw_levels (e->values, h, e->n);
  return e->levels == NULL ? -1 : 0;
}

/* Weight i from its level. */
static void
set_weight (optim_elements *e, int sign, void *w, size_t i)
{
  const void *most = optim_wide_of (
    e->wide, e->system, numsys_element (e->system, e->limits, sign < 0), 0);

  optim_elements_set_wide (
    e, optim_wide_level (e->wide, most, e->values[base_lr], e->levels[i]), w,
    i);
}

static void
element_step (optim_elements *e, double lr, const void *g, void *w)
{
  optim_elements_normalize (e, e->values[beta], e->values[g_bound], g);
  optim_elements_fill_wide (
    e, optim_wide_quotient (e->wide, lr, e->values[base_lr]), e->c);
  optim_elements_apply (e, NUMSYS_MULTIPLY, e->c, e->a, e->b);
  numsys_decode (e->system, e->n, e->b, e->x);
  for (size_t i = 0; i < e->n; i++)
    {
      const int sign = optim_elements_sign (e, w, i);
      const float j = (float) (fmax (-65536, fmin (65536, rint (e->x[i])))
                               * sign);

      if (sign == 0)
        continue;
      move (1, (int) e->values[levels] - 1, &j, &e->levels[i]);
      set_weight (e, sign, w, i);
    }
}

const optim_type optim_integer_madam = {
  .name = "integer-madam",
  .summary = "Madam on weights of a sign and an integer level",
  .params = params,
  .lr = 0.01,
  .kind = OPTIM_LEVELS,
  .has_v = 1,
  .is_bounded = 1,
  .start = start,
  .constants = constants,
  .moments = optim_second_moment,
  .update = update,
  .element_start = element_start,
  .element_step = element_step,
};
