/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float32 to fixed and floating point, to codes of these, and back, whatever the
   rounding.  */

#include <config.h>
#include "numsys/dyadic_kernel.h"
#include "numsys/dyadic_path.h"
#include "numsys/kernels/codes.h"

void
numsys_dyadic_plan_init (numsys_dyadic_plan *plan, const numsys_dyadic *dyadic,
                         numsys_rounding rounding, unsigned random_bits)
{
  *plan = (numsys_dyadic_plan) {
    .rounding = rounding,
    .random_bits = random_bits,
    .kernels = numsys_kernels_best (),
    .dyadic = *dyadic,
  };
  numsys_dyadic_scaling_of (dyadic, rounding, &plan->scaling);
}

void
numsys_dyadic_plan_grid (const numsys_dyadic_plan *plan, numsys_scale scale,
                         numsys_dyadic_grid *grid)
{
  numsys_dyadic_grid_of (&plan->dyadic, scale, plan->rounding,
                         plan->random_bits, grid);
}

void
numsys_dyadic_unplan (void *plan)
{
  (void) plan;
}

numsys_scale
numsys_dyadic_plan_scale (const void *vplan, float largest,
                          numsys_scale_step step)
{
  const numsys_dyadic_plan *plan = vplan;

  return numsys_dyadic_scale (&plan->dyadic, &plan->scaling, largest, step);
}

void
numsys_dyadic_plan_quantize (const void *vplan, numsys_scale scale, size_t n,
                             const float x[], const uint32_t random[],
                             float out[], numsys_events *events)
{
  const numsys_dyadic_plan *plan = vplan;
  numsys_dyadic_rounding rounding;
  numsys_dyadic_grid grid;

  numsys_dyadic_plan_grid (plan, scale, &grid);
  if (n >= NUMSYS_DYADIC_FEW
      && numsys_dyadic_rounding_init (&plan->dyadic, &grid, &rounding))
    numsys_dyadic_round (plan->kernels, &rounding, &grid, n, x, random, out,
                         events);
  else
    numsys_grid_quantize (&grid.grid, n, x, random, out, events);
}

void
numsys_dyadic_plan_encode (const void *vplan, numsys_scale scale, size_t n,
                           const float x[], const uint32_t random[],
                           size_t size, void *codes, numsys_events *events)
{
  const numsys_dyadic_plan *plan = vplan;
  numsys_dyadic_rounding rounding;
  numsys_dyadic_grid grid;
  int has_kernel;

  numsys_dyadic_plan_grid (plan, scale, &grid);
  has_kernel
    = n >= NUMSYS_DYADIC_FEW
      && numsys_dyadic_rounding_init (&plan->dyadic, &grid, &rounding);
  numsys_dyadic_encode (plan->kernels, has_kernel ? &rounding : NULL,
                        &plan->dyadic, &grid, n, x, random, size, codes,
                        events);
}

/* What a code stands for: of twos complement, a negative number above the
   largest; else beyond the largest infinity, if any, and NaN. */
static numsys_rounded
rounded_of (const numsys_dyadic *dyadic, uint32_t code)
{
  const uint32_t mask = UINT32_MAX >> (32 - dyadic->width);
  numsys_rounded rounded = { NUMSYS_FINITE, code >> (dyadic->width & 31) & 1,
                             code & mask };

  if (rounded.step <= dyadic->top[0])
    rounded.negative &= !dyadic->is_complement;
  else if (dyadic->is_complement)
    {
      rounded.negative = 1;
      rounded.step = -code & mask;
    }
  else
    rounded.class = dyadic->has_infinity && rounded.step == dyadic->top[0] + 1
                      ? NUMSYS_INFINITE : NUMSYS_NAN;
  return rounded;
}

void
numsys_dyadic_plan_decode (const void *vplan, numsys_scale scale, size_t n,
                           size_t size, const void *codes, float out[])
{
  const numsys_dyadic_plan *plan = vplan;
  numsys_dyadic_grid grid;

  numsys_dyadic_plan_grid (plan, scale, &grid);
  if (n >= NUMSYS_DYADIC_FEW
      && numsys_dyadic_decode (plan->kernels, &plan->dyadic, &grid, n, size,
                               codes, out))
    return;
  for (size_t i = 0; i < n; i++)
    out[i] = numsys_grid_float (
      &grid.grid,
      rounded_of (&plan->dyadic, numsys_code_load (codes, size, i)));
}
