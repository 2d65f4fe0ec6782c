/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the float paths of fixed and floating point have in common: all but the
   kernels of the rounding to nearest.  Not installed.  */

#ifndef NUMSYS_DYADIC_PATH_H
#define NUMSYS_DYADIC_PATH_H

#include "numsys/dyadic.h"
#include "numsys/families.h"
#include "numsys/kernels/kernels.h"

/* What a system's float path and its arithmetic in float32 work on. */
numsys_dyadic numsys_fixed_dyadic (const numsys_fixed_state *state);
numsys_dyadic numsys_float_dyadic (const numsys_float_state *state);

/* Fewer numbers are not worth a kernel's constants. */
enum { NUMSYS_DYADIC_FEW = 16 };

typedef struct numsys_dyadic_plan
{
  numsys_rounding rounding;
  unsigned random_bits;
  const numsys_kernels *kernels;
  numsys_dyadic dyadic;
  numsys_dyadic_scaling scaling;
} numsys_dyadic_plan;

void numsys_dyadic_plan_init (numsys_dyadic_plan *plan,
                              const numsys_dyadic *dyadic,
                              numsys_rounding rounding, unsigned random_bits);

void numsys_dyadic_plan_grid (const numsys_dyadic_plan *plan,
                              numsys_scale scale, numsys_dyadic_grid *grid);

/* Slots of numsys_float_path; plan is a numsys_dyadic_plan. */
void numsys_dyadic_unplan (void *plan);
numsys_scale numsys_dyadic_plan_scale (const void *plan, float largest,
                                       numsys_scale_step step);
void numsys_dyadic_plan_quantize (const void *plan, numsys_scale scale,
                                  size_t n, const float x[],
                                  const uint32_t random[], float out[],
                                  numsys_events *events);
void numsys_dyadic_plan_encode (const void *plan, numsys_scale scale, size_t n,
                                const float x[], const uint32_t random[],
                                size_t size, void *codes,
                                numsys_events *events);
void numsys_dyadic_plan_decode (const void *plan, numsys_scale scale, size_t n,
                                size_t size, const void *codes, float out[]);

#endif
