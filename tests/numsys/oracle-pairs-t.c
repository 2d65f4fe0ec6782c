/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All pairs of codes of every alias of at most 8 bits, and of every LNS of at
   most 10 bits with some gammas, under every rounding, judged by the oracle.

   The oracle is asked once for each pair of magnitudes, and of an LNS once for
   each difference or sum of steps, since there a result's place moves with its
   operands.  A draw of 3 bits is judged by the least word that does not leave
   the lower neighbour.  Cases that do not move along (zeros, specials,
   cancellation, a draw against zero) are put to the oracle one by one.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/random.h"
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define MOST_BITS 10
#define RANDOM_BITS 3
#define SHOWN 3

enum { SUM, DIFFERENCE, PRODUCT, QUOTIENT, KINDS };

static const int64_t gammas[] = { 1, 2, 3, 4, 8, 16 };

/* Where a result lies, as a positive one; from which word on a stochastic and
   a stochastic-log draw stay. */
typedef struct verdict
{
  int is_known;
  oracle_place place;
  uint32_t stays[2];
} verdict;

typedef struct judge
{
  const numsys *system;
  oracle_system oracle;
  numsys_operation operation;
  size_t codes, size;            /* a code has size bytes */
  int64_t steps;                 /* more than any code's step */
  verdict *verdicts;
  numsys_context contexts[NUMSYS_ROUNDINGS];
  void *operands[2];
  uint32_t *words[NUMSYS_ROUNDINGS];   /* of stochastic roundings */
  void *seen[NUMSYS_ROUNDINGS];
  numsys_events wanted[NUMSYS_ROUNDINGS];
  numsys_events counted[NUMSYS_ROUNDINGS];
  uint64_t cases, wrong;
} judge;

static int
is_stochastic (int rounding)
{
  return rounding == NUMSYS_STOCHASTIC || rounding == NUMSYS_STOCHASTIC_LOG;
}

static const numsys_operation operation_of[KINDS] = {
  NUMSYS_ADD, NUMSYS_SUBTRACT, NUMSYS_MULTIPLY, NUMSYS_DIVIDE,
};

/* Of magnitudes a and b, for a difference a > b. */
static void
ask (const judge *j, int kind, int64_t a, int64_t b, verdict *v)
{
  oracle_number x, y, result;
  oracle_rule rule = { .random_bits = RANDOM_BITS };

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
      for (uint32_t bit = 1 << (RANDOM_BITS - 1); bit != 0; bit /= 2)
        {
          rule.word = (v->stays[i] + bit - 1) << (32 - RANDOM_BITS);
          if (oracle_leaves (&j->oracle, &result, &v->place, &rule))
            v->stays[i] += bit;
        }
      rule.word = v->stays[i] << (32 - RANDOM_BITS);
      v->stays[i] += oracle_leaves (&j->oracle, &result, &v->place, &rule);
    }
  oracle_number_clear (&x);
  oracle_number_clear (&y);
  oracle_number_clear (&result);
}

/* For an LNS, sums and differences are asked for far above all codes, and
   moved down. */
static verdict
look_up (judge *j, int kind, int64_t a, int64_t b)
{
  const int is_lns = j->oracle.family == ORACLE_LNS;
  const int moves = is_lns && (kind == SUM || kind == DIFFERENCE);
  const int64_t far = 4 * j->steps;
  const int64_t at = !is_lns ? a * j->steps + b
                     : kind == PRODUCT ? a + b
                     : a - b + (kind == QUOTIENT ? j->steps : 0);
  const int64_t room = is_lns ? 2 * j->steps : j->steps * j->steps;
  verdict *v = &j->verdicts[kind * room + at];
  verdict here;

  if (!v->is_known)
    ask (j, kind, moves ? far + a - b : a, moves ? far : b, v);
  here = *v;
  if (moves)
    here.place.below += b - far;
  return here;
}

static void
settle (judge *j, size_t i, int rounding, const oracle_place *place,
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
judge_alone (judge *j, size_t i, int only)
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
        const oracle_rule rule = { (numsys_rounding) r, RANDOM_BITS,
                                   is_stochastic (r) ? j->words[r][i] : 0 };

        settle (j, i, r, &place,
                is_stochastic (r)
                  && oracle_leaves (&j->oracle, &result, &place, &rule));
      }
  oracle_number_clear (&a);
  oracle_number_clear (&b);
  oracle_number_clear (&result);
}

/* Whether stochastic rounds between zero and the smallest value a result that
   was asked for elsewhere. */
static int
draws_against_zero (const judge *j, const verdict *v)
{
  return j->operation <= NUMSYS_SUBTRACT
         && j->oracle.family == ORACLE_LNS && j->oracle.flushes
         && v->place.below < oracle_least_step (&j->oracle);
}

static void
judge_pair (judge *j, size_t i, const oracle_result *a, oracle_result b)
{
  const int64_t large = a->step > b.step ? a->step : b.step;
  const int64_t small = a->step > b.step ? b.step : a->step;
  int kind = j->operation == NUMSYS_MULTIPLY ? PRODUCT
             : j->operation == NUMSYS_DIVIDE ? QUOTIENT : SUM;
  int negative = a->negative != b.negative;
  verdict v;

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
              is_stochastic (r)
                && j->words[r][i] >> (32 - RANDOM_BITS)
                     < v.stays[r == NUMSYS_STOCHASTIC_LOG]);
}

static void
judge_operation (judge *j, numsys_operation operation)
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

static void *
allocate (size_t n, size_t size)
{
  void *memory = calloc (n, size);

  if (memory == NULL)
    bail_out ("out of memory");
  return memory;
}

/* Every code against every code, in operands. */
static void
fill (judge *j, size_t n)
{
  uint32_t *codes = allocate (n, sizeof *codes);

  for (int k = 0; k < 2; k++)
    {
      j->operands[k] = numsys_elements_new (j->system, n);
      if (j->operands[k] == NULL)
        bail_out ("out of memory");
      for (size_t i = 0; i < n; i++)
        codes[i] = (uint32_t) (k == 0 ? i / j->codes : i % j->codes);
      numsys_from_codes (j->system, n, codes, j->operands[k]);
    }
  free (codes);
}

static void
begin (judge *j, const char *spec)
{
  size_t n;

  *j = (judge) { .system = judging_open (spec) };
  j->oracle = judging_system (j->system);
  j->codes = (size_t) 1 << numsys_code_bits (j->system);
  j->size = numsys_element_size (j->system);
  n = j->codes * j->codes;
  j->steps = oracle_most_step (&j->oracle, 1) + 1;
  if (j->steps <= oracle_most_step (&j->oracle, 0))
    j->steps = oracle_most_step (&j->oracle, 0) + 1;
  j->verdicts = allocate (KINDS * (size_t) (j->oracle.family == ORACLE_LNS
                                              ? 2 * j->steps
                                              : j->steps * j->steps),
                          sizeof *j->verdicts);
  fill (j, n);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      j->contexts[r] = numsys_context_of ((numsys_rounding) r);
      j->contexts[r].random_bits = RANDOM_BITS;
      j->contexts[r].random = numsys_random_of (1, 2, (unsigned) r, 0);
      j->seen[r] = allocate (n, numsys_element_size (j->system));
      if (!is_stochastic (r))
        continue;
      j->words[r] = allocate (n, sizeof *j->words[r]);
      numsys_random_words (&j->contexts[r].random, 0, n, j->words[r]);
    }
}

static void
end (judge *j)
{
  const size_t n = j->codes * j->codes;

  for (int k = 0; k < 2; k++)
    numsys_elements_free (j->system, n, j->operands[k]);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      free (j->seen[r]);
      free (j->words[r]);
    }
  free (j->verdicts);
  numsys_free ((numsys *) j->system);
}

/* Operations that have no memory are left to small systems. */
static uint64_t
all_pairs (const char *spec, unsigned bits_alone)
{
  judge j;

  begin (&j, spec);
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
    {
      const unsigned arity
        = numsys_operation_arity ((numsys_operation) operation);

      if (arity == 1 || operation <= NUMSYS_DIVIDE
          || (arity == 2 && numsys_code_bits (j.system) <= bits_alone))
        judge_operation (&j, (numsys_operation) operation);
    }
  ok (j.wrong == 0, "%s: all pairs, %" PRIu64 " results, %" PRIu64 " wrong",
      spec, j.cases, j.wrong);
  end (&j);
  return j.cases;
}

static int
is_small (const numsys_alias *alias)
{
  numsys *system = judging_open (alias->name);
  const int small = numsys_code_bits (system) <= 8;

  numsys_free (system);
  return small;
}

int
main (void)
{
  const unsigned bits_alone = getenv ("NUMSYS_CHECK_LONG") != NULL ? 8 : 6;
  size_t count = (MOST_BITS - 1) * LENGTH (gammas);
  uint64_t cases = 0;

  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    count += (size_t) is_small (alias);
  plan ((unsigned) count + 1);
  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    if (is_small (alias))
      cases += all_pairs (alias->name, bits_alone);
  for (int bits = 2; bits <= MOST_BITS; bits++)
    for (size_t i = 0; i < LENGTH (gammas); i++)
      {
        char spec[32];

        snprintf (spec, sizeof spec, "lns:%d,%d", bits, (int) gammas[i]);
        cases += all_pairs (spec, bits_alone);
      }
  ok (cases > 300000000, "%" PRIu64 " results judged", cases);
  return 0;
}
