/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs of codes before an oracle with a memory.  */

#include <config.h>
#include <string.h>
#include "tests/numsys/pairs.h"
#include "tests/tap/tap.h"

#define SHOWN 3

enum { SUM, DIFFERENCE, PRODUCT, QUOTIENT, KINDS = PAIRS_KINDS };

int
pairs_is_drawn (int rounding)
{
  return rounding == NUMSYS_STOCHASTIC || rounding == NUMSYS_STOCHASTIC_LOG;
}

static const numsys_operation operation_of[KINDS] = {
  NUMSYS_ADD, NUMSYS_SUBTRACT, NUMSYS_MULTIPLY, NUMSYS_DIVIDE,
};

/* Of magnitudes a and b, for a difference a > b. */
static void
ask (const pairs *j, int kind, int64_t a, int64_t b, pairs_verdict *v)
{
  oracle_number x, y, result;
  oracle_rule rule = { .random_bits = PAIRS_RANDOM_BITS };

  oracle_number_init (&x);
  oracle_number_init (&y);
  oracle_number_init (&result);
  oracle_number_zero (&x, 0);
  oracle_number_zero (&y, 0);
  oracle_step_value (&j->oracle, a, &x.top);
  oracle_step_value (&j->oracle, b, &y.top);
  oracle_apply (operation_of[kind], &x, &y, NULL, &result);
  oracle_locate (&j->oracle, &result, &v->place);
  v->is_known = 1;
  for (int i = 0; i < 2; i++)
    {
      rule.rounding = i == 0 ? NUMSYS_STOCHASTIC : NUMSYS_STOCHASTIC_LOG;
      v->stays[i] = 0;
      for (uint32_t bit = 1 << (PAIRS_RANDOM_BITS - 1); bit != 0; bit /= 2)
        {
          rule.word = (v->stays[i] + bit - 1) << (32 - PAIRS_RANDOM_BITS);
          if (oracle_leaves (&j->oracle, &result, &v->place, &rule))
            v->stays[i] += bit;
        }
      rule.word = v->stays[i] << (32 - PAIRS_RANDOM_BITS);
      v->stays[i] += oracle_leaves (&j->oracle, &result, &v->place, &rule);
    }
  oracle_number_clear (&x);
  oracle_number_clear (&y);
  oracle_number_clear (&result);
}

/* For an LNS, sums and differences are asked for far above all codes, and
   moved down. */
static pairs_verdict
look_up (pairs *j, int kind, int64_t a, int64_t b)
{
  const int is_lns = j->oracle.family == ORACLE_LNS;
  const int moves = is_lns && (kind == SUM || kind == DIFFERENCE);
  const int64_t far = 4 * j->steps;
  const int64_t at = !is_lns ? a * j->steps + b
                     : kind == PRODUCT ? a + b
                     : a - b + (kind == QUOTIENT ? j->steps : 0);
  const int64_t room = is_lns ? 2 * j->steps : j->steps * j->steps;
  pairs_verdict *v = &j->verdicts[kind * room + at];
  pairs_verdict here;

  if (!v->is_known)
    ask (j, kind, moves ? far + a - b : a, moves ? far : b, v);
  here = *v;
  if (moves)
    here.place.below += b - far;
  return here;
}

static void
settle (pairs *j, size_t i, int rounding, const oracle_place *place,
        int leaves)
{
  uint32_t code;
  oracle_result result;
  numsys_events *wanted = &j->wanted[rounding];

  oracle_settle (&j->oracle, place, (numsys_rounding) rounding, leaves,
                 &result);
  wanted->overflow += result.events.overflow;
  wanted->saturated += result.events.saturated;
  wanted->flushed += result.events.flushed;
  wanted->raised += result.events.raised;
  wanted->nan += result.events.nan;
  j->cases++;
  if (j->size == 1)
    code = ((const uint8_t *) j->seen[rounding])[i];
  else
    code = ((const uint16_t *) j->seen[rounding])[i];
  if (code != result.code && j->wrong++ < SHOWN)
    diag ("%s, %s, %s: of %#zx and %#zx wanted %#x, saw %#x",
          numsys_spec (j->system), numsys_operation_name (j->operation),
          numsys_rounding_name ((numsys_rounding) rounding), i / j->codes,
          i % j->codes, (unsigned) result.code, (unsigned) code);
}

/* Without memory; only one rounding, or all if rounding is negative. */
static void
judge_alone (pairs *j, size_t i, int only)
{
  const unsigned arity = numsys_operation_arity (j->operation);
  oracle_number a, b, result;
  oracle_place place;

  oracle_number_init (&a);
  oracle_number_init (&b);
  oracle_number_init (&result);
  oracle_value (&j->oracle, (uint32_t) (arity > 1 ? i / j->codes : i), &a);
  oracle_value (&j->oracle, (uint32_t) (i % j->codes), &b);
  oracle_apply (j->operation, &a, arity > 1 ? &b : NULL, NULL, &result);
  oracle_locate (&j->oracle, &result, &place);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    if (only < 0 || r == only)
      {
        const oracle_rule rule = { (numsys_rounding) r, PAIRS_RANDOM_BITS,
                                   pairs_is_drawn (r) ? j->words[r][i] : 0 };

        settle (j, i, r, &place,
                pairs_is_drawn (r)
                  && oracle_leaves (&j->oracle, &result, &place, &rule));
      }
  oracle_number_clear (&a);
  oracle_number_clear (&b);
  oracle_number_clear (&result);
}

/* Whether stochastic rounds between zero and the smallest value a result that
   was asked for elsewhere. */
static int
draws_against_zero (const pairs *j, const pairs_verdict *v)
{
  return j->operation <= NUMSYS_SUBTRACT
         && j->oracle.family == ORACLE_LNS && j->oracle.flushes
         && v->place.below < oracle_least_step (&j->oracle);
}

static void
judge_pair (pairs *j, size_t i, const oracle_result *a, oracle_result b)
{
  const int64_t large = a->step > b.step ? a->step : b.step;
  const int64_t small = a->step > b.step ? b.step : a->step;
  int kind = j->operation == NUMSYS_MULTIPLY ? PRODUCT
             : j->operation == NUMSYS_DIVIDE ? QUOTIENT : SUM;
  int negative = a->negative != b.negative;
  pairs_verdict v;

  b.negative ^= j->operation == NUMSYS_SUBTRACT;
  if (kind == SUM && a->negative != b.negative)
    kind = DIFFERENCE;
  if (kind == SUM || kind == DIFFERENCE)
    negative = large == a->step ? a->negative : b.negative;
  if (a->class != ORACLE_FINITE || b.class != ORACLE_FINITE || a->is_zero
      || b.is_zero || (kind == DIFFERENCE && large == small)
      || kind == KINDS)
    {
      judge_alone (j, i, -1);
      return;
    }
  v = kind == QUOTIENT ? look_up (j, kind, a->step, b.step)
                       : look_up (j, kind, large, small);
  v.place.negative = negative;
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    if (r == NUMSYS_STOCHASTIC && draws_against_zero (j, &v))
      judge_alone (j, i, r);
    else
      settle (j, i, r, &v.place,
              pairs_is_drawn (r)
                && j->words[r][i] >> (32 - PAIRS_RANDOM_BITS)
                     < v.stays[r == NUMSYS_STOCHASTIC_LOG]);
}

void
pairs_judge (pairs *j, numsys_operation operation)
{
  const int is_unary = numsys_operation_arity (operation) == 1;
  const int has_memory = operation <= NUMSYS_DIVIDE;
  const size_t n = is_unary ? j->codes : j->codes * j->codes;
  oracle_result a = { 0 };
  oracle_result b = { 0 };

  j->operation = operation;
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      j->wanted[r] = j->counted[r] = (numsys_events) { 0 };
      numsys_apply (j->system, operation, &j->contexts[r], n,
                    j->operands[is_unary],
                    is_unary ? NULL : j->operands[1], NULL, j->seen[r],
                    &j->counted[r]);
    }
  for (size_t i = 0; i < n; i++)
    if (has_memory)
      {
        oracle_read_step (&j->oracle, (uint32_t) (i / j->codes), &a);
        oracle_read_step (&j->oracle, (uint32_t) (i % j->codes), &b);
        judge_pair (j, i, &a, b);
      }
    else
      judge_alone (j, i, -1);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    if (memcmp (&j->wanted[r], &j->counted[r], sizeof j->wanted[r]) != 0
        && j->wrong++ < SHOWN)
      diag ("%s, %s, %s: events differ", numsys_spec (j->system),
            numsys_operation_name (operation),
            numsys_rounding_name ((numsys_rounding) r));
}
