/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A datapath as the unit that test vectors are for.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/verify/unit.h"
#include "numsys/type.h"

void
verify_unit_clear (verify_unit *u)
{
  numsys_datapath_free (u->path);
  free (u->bins);
  free (u->number);
}

int
verify_unit_init (verify_unit *u, const verify_vectors *asked,
                  numsys_error *error)
{
  char spec[NUMSYS_SPEC_TEXT];
  numsys_datapath_operand operand;
  const oracle_system *system = &u->question.operand;

  *u = (verify_unit) { .asked = asked };
  if (verify_question_of ((unsigned) verify_operation_find ("dot"),
                          asked->system, NULL, "", asked->length,
                          &u->question, error) != 0
      || numsys_datapath_canonical (asked->spec, spec, sizeof spec, error)
           != 0)
    return -1;
  if (system->family != ORACLE_LNS)
    {
      numsys_error_set (error, "%s is no lns: the datapath adds products of "
                        "logarithmic numbers", numsys_spec (asked->system));
      return -1;
    }
  operand = (numsys_datapath_operand) {
    system->gamma, (INT64_C (1) << (system->bits - 1)) - 1,
  };
  u->path = numsys_datapath_new (spec, operand, operand, error);
  if (u->path == NULL)
    return -1;
  u->bins = memory_new ((size_t) numsys_datapath_gamma (u->path),
                        sizeof u->bins[0]);
  u->number = memory_new (2 * asked->length, sizeof u->number[0]);
  u->operand_digits
    = ((int) numsys_code_bits (asked->system) + 3) / 4;
  u->result_digits = ((int) numsys_datapath_bits (u->path) + 3) / 4;
  snprintf (u->kind, sizeof u->kind, "%s of %s", spec,
            numsys_spec (asked->system));
  return 0;
}

/* The number that a code stands for: its sign over its stored exponent. */
static numsys_datapath_number
number_of (const verify_unit *u, uint32_t code)
{
  const unsigned bits = (unsigned) u->question.operand.bits;
  const uint32_t half = UINT32_C (1) << (bits - 1);
  const numsys *system = u->asked->system;
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;

  return ladder->place (numsys_state (system), code).rung == 0 ? 0
         : numsys_datapath_number_of (code & (half - 1),
                                      (code & half) != 0);
}

int64_t
verify_unit_result (const verify_unit *u, const uint32_t code[])
{
  const size_t n = u->asked->length;
  numsys_datapath_events events = { 0, 0, 0, 0 };

  for (size_t i = 0; i < 2 * n; i++)
    u->number[i] = number_of (u, code[i]);
  return numsys_datapath_dot (u->path, n, u->number, 1, u->number + n, 1,
                              u->bins, &events);
}

uint64_t
verify_unit_mask (const verify_unit *u)
{
  return UINT64_MAX >> (64 - numsys_datapath_bits (u->path));
}

uint32_t
verify_unit_least (const verify_unit *u)
{
  return number_of (u, 0) == 0 ? 1 : 0;
}
