/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every code, pair or triple that a system writes; the last operand runs
   fastest. */

#include <config.h>

#include "experiments/verify/verify.h"

static uint64_t
count (const verify_plan *plan)
{
  uint64_t cases = 1;

  for (size_t k = 0; k < plan->question->operands; k++)
    cases *= plan->code_count;
  return cases;
}

static void
fill (const verify_plan *plan, verify_batch *batch)
{
  const size_t operands = plan->question->operands;

  for (size_t i = 0; i < batch->n; i++)
    {
      uint64_t rest = batch->first + i;

      for (size_t k = operands; k-- > 0; rest /= plan->code_count)
        batch->operand[k][i] = plan->codes[rest % plan->code_count];
    }
}

const verify_source verify_all = {
  .name = "all",
  .is_proof = 1,
  .count = count,
  .fill = fill,
};
