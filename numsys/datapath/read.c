/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floats on the grid of an LNS quantizer, as stored exponents.  */

#include <config.h>
#include "numsys/datapath/inside.h"
#include "numsys/families.h"
#include "numsys/kernels/kernels.h"
#include "numsys/quantizer.h"

int
numsys_datapath_can_read (const numsys_quantizer *quantizer,
                          numsys_error *error)
{
  const numsys_quantizer_values *values = &quantizer->values;

  if (numsys_type_of (quantizer->system) != &numsys_lns)
    numsys_error_set (error, "%s, but a datapath multiplies numbers of an lns",
                      quantizer->spec);
  else if (values->scaling != NUMSYS_SCALE_NONE
           && values->scaling != NUMSYS_SCALE_TENSOR)
    numsys_error_set (error, "%s, but a datapath takes one scale a tensor: "
                      "others vary along an axis that is added up; take "
                      "scale=tensor or scale=none", quantizer->spec);
  else if (values->scaling != NUMSYS_SCALE_NONE
           && values->scale_step == NUMSYS_STEP_REAL)
    numsys_error_set (error, "%s, but a datapath takes scales that are biases: "
                      "scale-step=grid or pow2", quantizer->spec);
  else
    return 0;
  return -1;
}

numsys_datapath_operand
numsys_datapath_operand_of (const numsys_quantizer *quantizer)
{
  const numsys_lns_state *state = numsys_state (quantizer->system);

  return (numsys_datapath_operand) {
    state->gamma, (INT64_C (1) << (state->bits - 1)) - 1
  };
}

void
numsys_datapath_read (const numsys_quantizer *quantizer, numsys_scale scale,
                      size_t n, const float x[], numsys_datapath_number out[],
                      int64_t *bias)
{
  enum { SOME = 4096 };   /* a first cache holds them */
  static const numsys_random any;
  const numsys_sums_kernel *kernel = numsys_kernels_best ()->sums;
  const numsys_lns_state *state = numsys_state (quantizer->system);

  *bias = state->bias - scale.steps;
  for (size_t done = 0, some; done < n; done += some)
    {
      some = n - done < SOME ? n - done : SOME;
      /* By the exact-hit rule a value of the grid is its code under every
         rounding, whatever the random words. */
      numsys_quantize_to_codes (quantizer, scale, some, x + done, &any, 0,
                                out + done, NULL);
      kernel->numbers (some, state->bits - 1,
                       state->zero != NUMSYS_ZERO_NONE, x + done, out + done);
    }
}
