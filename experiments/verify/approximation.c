/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An approximation of an LNS's sums and differences as the subject.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/verify/verify.h"
#include "numsys/spec.h"

static void
answer (const void *data, const verify_question *question,
        const numsys_context *context, const verify_batch *batch,
        uint32_t out[], numsys_events *events)
{
  (void) context;
  numsys_approx_add (data, question->from, question->operation, batch->n,
                     batch->operand[0], batch->operand[1], out, events);
}

int
verify_is_approximated (unsigned operation)
{
  return operation == NUMSYS_ADD || operation == NUMSYS_SUBTRACT;
}

int
verify_approximation_check (const char *operation, int rounding,
                            numsys_error *error)
{
  if (operation != NULL
      && !verify_is_approximated ((unsigned) verify_operation_find (operation)))
    numsys_error_set (error, "an approximation adds and subtracts; it has no "
                      "%s", operation);
  else if (rounding >= 0 && rounding != NUMSYS_NEAREST)
    numsys_error_set (error, "an approximation rounds to nearest, not %s",
                      numsys_rounding_name ((numsys_rounding) rounding));
  else
    return 0;
  return -1;
}

int
verify_approximation_open (const char *spec, unsigned fraction,
                           const numsys *system, verify_approximation *out,
                           numsys_error *error)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;

  *out = (verify_approximation) { NULL, NULL, { 0 } };
  if (ladder == NULL || !ladder->is_logarithmic)
    {
      numsys_error_set (error, "%s is not logarithmic: approximations are "
                        "those of an lns", numsys_spec (system));
      return -1;
    }
  out->approx = numsys_approx_new (spec, ladder->gamma (numsys_state (system)),
                                   fraction, error);
  if (out->approx == NULL)
    return -1;
  out->name = memory_format ("%s with %u fraction bits, in",
                             numsys_approx_spec (out->approx), fraction);
  out->subject = (verify_subject) { .name = out->name, .data = out->approx,
                                    .counts = 1, .answer = answer };
  return 0;
}

void
verify_approximation_close (verify_approximation *approximation)
{
  numsys_approx_free (approximation->approx);
  free (approximation->name);
}
