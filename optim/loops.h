/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over weights that steps spend their time in, compiled once for each
   instruction set: the same C, so the same bits.  Not installed.  */

#ifndef OPTIM_LOOPS_H
#define OPTIM_LOOPS_H

#include <stdint.h>
#include "optim/type.h"

/* What `count' adds up over a slice. */
typedef struct optim_tally
{
  unsigned updates, swallowed, flips, bounded;
} optim_tally;

/* Codes of an LNS: stored exponents below a sign bit.  Without that, codes of
   values lie in least .. most; others are zero. */
typedef struct optim_layout
{
  uint32_t sign, least, most;
} optim_layout;

typedef struct optim_loops
{
  const char *name;   /* as numsys_isa names it */

  /* v = beta v + rest g g */
  void (*second_moment) (size_t n, float beta, float rest, const float g[],
                         float v[]);
  /* g / sqrt (v / bias), NaN taken as 0, held to +-bound */
  void (*normalize) (size_t n, float bias, float bound, const float g[],
                     const float v[], float out[]);
  /* x rounded to integers, ties to even, with the sign of w; 0 where w is */
  void (*signed_integers) (size_t n, const float w[], float x[]);
  /* -lr x with the sign of w; 0 where w is */
  void (*signed_scaled) (size_t n, float lr, const float w[], float x[]);
  /* table[j] of integers j */
  void (*look_up) (size_t n, const float table[], const float j[],
                   float out[]);
  /* gamma -(lr j), each operation rounded to double, then to float */
  void (*moves) (size_t n, double gamma, double lr, const float j[],
                 float out[]);
  /* keep w - d */
  void (*additive) (size_t n, float keep, const float w[], const float d[],
                    float out[]);
  void (*multiplied) (size_t n, const float w[], const float factor[],
                      float out[]);
  /* x held to +-limit */
  void (*held) (size_t n, float limit, float x[]);
  /* decays: a weight is due to change though its proposal is 0. */
  optim_tally (*count) (size_t n, int decays, float limit,
                        const float proposal[], const float w[],
                        const float fresh[]);
  /* The same of codes: -1, 0 or 1; magnitudes held; which neither bound nor
     move if they are zero. */
  void (*signs) (size_t n, const optim_layout *layout, const uint32_t code[],
                 float out[]);
  void (*held_codes) (size_t n, const optim_layout *layout, uint32_t limit,
                      uint32_t code[]);
  optim_tally (*count_codes) (size_t n, const optim_layout *layout, int decays,
                              uint32_t limit, const float proposal[],
                              const uint32_t from[], const uint32_t to[]);
  void (*adam_moments) (size_t n, const optim_constants *c, float decay,
                        const float g[], const float w[], float m[],
                        float v[]);
  void (*adam_direction) (size_t n, const optim_constants *c, float epsilon,
                          const float m[], const float v[], float out[]);
} optim_loops;

extern const optim_loops optim_loops_portable;
extern const optim_loops optim_loops_avx2;
extern const optim_loops optim_loops_avx512;

/* Those of the instruction set in use. */
const optim_loops *optim_loops_best (void);

#endif
