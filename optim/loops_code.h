/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops of loops.h, each operation rounded once and none fused, for the
   files that compile them.  Not installed.  */

#ifndef OPTIM_LOOPS_CODE_H
#define OPTIM_LOOPS_CODE_H

#include <math.h>
#include "optim/loops.h"

static void
second_moment (size_t n, float beta, float rest, const float g[restrict],
               float v[restrict])
{
  for (size_t i = 0; i < n; i++)
    v[i] = beta * v[i] + rest * (g[i] * g[i]);
}

static void
normalize (size_t n, float bias, float bound, const float g[restrict],
           const float v[restrict], float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    {
      float x = g[i] / sqrtf (v[i] / bias);

      x = x == x ? x : 0;
      x = x > bound ? bound : x;
      out[i] = x < -bound ? -bound : x;
    }
}

/* Adding 3/2 2^23 to a float rounds that to an integer. */
static void
signed_integers (size_t n, const float w[restrict], float x[restrict])
{
  for (size_t i = 0; i < n; i++)
    {
      const float j = (x[i] + 0x1.8p23f) - 0x1.8p23f;

      x[i] = w[i] > 0 ? j : w[i] < 0 ? -j : 0;
    }
}

static void
signed_scaled (size_t n, float lr, const float w[restrict], float x[restrict])
{
  for (size_t i = 0; i < n; i++)
    {
      const float y = lr * x[i];

      x[i] = w[i] > 0 ? -y : w[i] < 0 ? y : 0;
    }
}

static void
look_up (size_t n, const float table[restrict], const float j[restrict],
         float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    out[i] = table[(int) j[i]];
}

static void
moves (size_t n, double gamma, double lr, const float j[restrict],
       float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    out[i] = (float) (gamma * -(lr * j[i]));
}

static void
additive (size_t n, float keep, const float w[restrict],
          const float d[restrict], float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    out[i] = keep * w[i] - d[i];
}

static void
multiplied (size_t n, const float w[restrict], const float factor[restrict],
            float out[restrict])
{
  for (size_t i = 0; i < n; i++)
    out[i] = w[i] * factor[i];
}

static void
held (size_t n, float limit, float x[restrict])
{
  for (size_t i = 0; i < n; i++)
    {
      const float y = x[i] > limit ? limit : x[i];

      x[i] = y < -limit ? -limit : y;
    }
}

static optim_tally
count (size_t n, int decays, float limit, const float proposal[restrict],
       const float w[restrict], const float fresh[restrict])
{
  const unsigned has_limit = limit < INFINITY;
  unsigned updates = 0, swallowed = 0, flips = 0, bounded = 0;

  for (size_t i = 0; i < n; i++)
    {
      const unsigned due
        = (proposal[i] != 0) | ((unsigned) decays & (w[i] != 0));

      updates += due;
      swallowed += due & (fresh[i] == w[i]);
      flips += ((w[i] < 0) & (fresh[i] > 0)) | ((w[i] > 0) & (fresh[i] < 0));
      bounded += has_limit & (fabsf (fresh[i]) >= limit);
    }
  return (optim_tally) { updates, swallowed, flips, bounded };
}

static inline unsigned
is_value (const optim_layout *layout, uint32_t code)
{
  return (code & ~layout->sign) - layout->least
         <= layout->most - layout->least;
}

static void
signs (size_t n, const optim_layout *layout, const uint32_t code[restrict],
       float out[restrict])
{
  const optim_layout is = *layout;

  for (size_t i = 0; i < n; i++)
    {
      const float sign = code[i] & is.sign ? -1 : 1;

      out[i] = is_value (&is, code[i]) ? sign : 0;
    }
}

static void
held_codes (size_t n, const optim_layout *layout, uint32_t limit,
            uint32_t code[restrict])
{
  const optim_layout is = *layout;

  for (size_t i = 0; i < n; i++)
    {
      const uint32_t sign = code[i] & is.sign, e = code[i] ^ sign;

      code[i] = is_value (&is, code[i]) && e > limit ? limit | sign : code[i];
    }
}

static optim_tally
count_codes (size_t n, const optim_layout *layout, int decays, uint32_t limit,
             const float proposal[restrict], const uint32_t from[restrict],
             const uint32_t to[restrict])
{
  const optim_layout is = *layout;
  unsigned updates = 0, swallowed = 0, bounded = 0;

  for (size_t i = 0; i < n; i++)
    {
      const unsigned due = (proposal[i] != 0)
                           | ((unsigned) decays & is_value (&is, from[i]));

      updates += due;
      swallowed += due & (to[i] == from[i]);
      bounded += is_value (&is, to[i]) & ((to[i] & ~is.sign) >= limit);
    }
  return (optim_tally) { updates, swallowed, 0, bounded };
}

static void
adam_moments (size_t n, const optim_constants *c, float decay,
              const float g[restrict], const float w[restrict],
              float m[restrict], float v[restrict])
{
  const float keep1 = c->beta1, rest1 = c->rest1;
  const float keep2 = c->beta2, rest2 = c->rest2;

  for (size_t i = 0; i < n; i++)
    {
      const float shrunk = g[i] + decay * w[i];
      const float h = decay != 0 ? shrunk : g[i];

      m[i] = keep1 * m[i] + rest1 * h;
      v[i] = keep2 * v[i] + rest2 * (h * h);
    }
}

static void
adam_direction (size_t n, const optim_constants *c, float epsilon,
                const float m[restrict], const float v[restrict],
                float out[restrict])
{
  const float lr = c->lr, bias = c->bias2;

  for (size_t i = 0; i < n; i++)
    out[i] = lr * m[i] / (sqrtf (v[i] / bias) + epsilon);
}

#endif
