/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked.  */

#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "experiments/verify/question.h"
#include "numsys/spec.h"

/* Steps that the oracle tells apart, as a power of two. */
#define MOST_STEPS 59

static const char *const others[]
  = { "compare", "convert", "sum", "dot", NULL };

const char *
verify_operation_name (unsigned operation)
{
  if (operation < NUMSYS_OPERATIONS)
    return numsys_operation_name ((numsys_operation) operation);
  return others[operation - NUMSYS_OPERATIONS];
}

int
verify_operation_find (const char *name)
{
  for (unsigned i = 0; i < VERIFY_OPERATIONS; i++)
    if (strcmp (verify_operation_name (i), name) == 0)
      return (int) i;
  return -1;
}

static int
describe (const numsys *system, oracle_system *out, numsys_error *error)
{
  const numsys_type *type = numsys_type_of (system);
  int64_t values[NUMSYS_MOST_PARAMS] = {0};

  for (size_t i = 0; type->params[i].key != NULL; i++)
    values[i] = numsys_value (system, i);
  if (oracle_system_of (type, values, out) == 0)
    return 0;
  numsys_error_set (error, "%s has no codes to judge; fixed, float and lns "
                    "have", numsys_spec (system));
  return -1;
}

/* A result that wraps is right modulo its range: the oracle must know every
   step. */
static int
check_wrap (const verify_question *q, numsys_error *error)
{
  const oracle_system *to = &q->result;
  const int bits = to->bits, fraction = to->fraction;
  int most = 2 * bits - fraction > bits + fraction ? 2 * bits - fraction
                                                   : bits + fraction;

  if (to->family != ORACLE_FIXED || !to->wraps || q->kind == VERIFY_COMPARE)
    return 0;
  if (q->kind == VERIFY_CONVERT && q->operand.family != ORACLE_FIXED)
    most = MOST_STEPS + 1;
  else if (q->kind == VERIFY_CONVERT)
    most = q->operand.bits - q->operand.fraction + fraction;
  else if (q->kind != VERIFY_APPLY)
    most += 13;
  if (most + 2 <= MOST_STEPS)
    return 0;
  numsys_error_set (error, "%s of %s may wrap from more than 2^%d steps, "
                    "which the oracle does not tell apart", q->name,
                    numsys_spec (q->to), MOST_STEPS);
  return -1;
}

static void
set_kind (verify_question *q, unsigned operation, size_t length)
{
  if (operation < NUMSYS_OPERATIONS)
    {
      q->kind = VERIFY_APPLY;
      q->operation = (numsys_operation) operation;
      q->operands = numsys_operation_arity (q->operation);
      return;
    }
  q->kind = (verify_kind) (VERIFY_COMPARE + operation - NUMSYS_OPERATIONS);
  q->length = q->kind > VERIFY_CONVERT ? length : 0;
  q->operands = q->kind == VERIFY_COMPARE ? 2
                : q->kind == VERIFY_CONVERT ? 1
                : q->kind == VERIFY_SUM ? length : 2 * length;
}

int
verify_question_of (unsigned operation, const numsys *from, const numsys *to,
                    const char *to_name, size_t length, verify_question *out,
                    numsys_error *error)
{
  memset (out, 0, sizeof *out);
  set_kind (out, operation, length);
  out->from = from;
  out->to = out->kind == VERIFY_CONVERT ? to : from;
  snprintf (out->name, sizeof out->name, "%s",
            verify_operation_name (operation));
  if (out->kind == VERIFY_CONVERT)
    snprintf (out->name, sizeof out->name, "convert to %.48s", to_name);
  if (describe (out->from, &out->operand, error) != 0
      || describe (out->to, &out->result, error) != 0)
    return -1;
  return check_wrap (out, error);
}

int
verify_rounds (const verify_question *question)
{
  return question->kind != VERIFY_COMPARE;
}

int64_t
verify_rank (const oracle_system *system, const oracle_result *read)
{
  int64_t rank = 0;

  if (read->class == ORACLE_NAN)
    return 0;
  if (read->class == ORACLE_INFINITE)
    rank = oracle_most_step (system, read->negative) + 1;
  else if (!read->is_zero)
    rank = read->step;
  if (system->family == ORACLE_LNS && !read->is_zero)
    rank += 1 - oracle_least_step (system);
  return read->negative ? -rank : rank;
}
