/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge with a memory says what the oracle says without one, of every
   system, operation and rounding.  */

#include <config.h>
#include <math.h>
#include "experiments/verify/verify.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define CORNERS 30
#define DRAWN 50
/* Corners are done by then. */
#define FIRST_DRAWN 20000

static const char *const specs[] = {
  "e4m3", "e5m2", "fp16", "fp32", "float:4,3,subnormals=no", "e2m1", "int8",
  "fixed:8,4,signed=no", "fixed:6,2,overflow=wrap", "lns8", "lns:16,256",
  "lns:8,3,zero=flag", "lns:6,2,zero=none", "lns:8,5,underflow=clamp",
  "lns:7,1,zero=flag,underflow=flush",
};

static numsys *
open_system (const char *spec)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);

  if (system == NULL)
    bail_out ("%s: %s", spec, error.text);
  return system;
}

/* The oracle asked anew. */
static void
ask (const verify_question *question, const verify_batch *batch, size_t i,
     const oracle_rule *rule, oracle_result *right)
{
  oracle_number x;

  oracle_number_init (&x);
  verify_exact (question, batch->operand, i, &x);
  oracle_judge (&question->result, &x, rule, right);
  oracle_number_clear (&x);
}

static int
is_same (const oracle_result *a, const oracle_result *b)
{
  return a->code == b->code && a->events.overflow == b->events.overflow
         && a->events.saturated == b->events.saturated
         && a->events.flushed == b->events.flushed
         && a->events.raised == b->events.raised
         && a->events.nan == b->events.nan;
}

/* Cases on which the two differ, under every rounding. */
static uint64_t
differences (const verify_plan *plan, uint64_t first, size_t n)
{
  verify_judge *judge = verify_judge_new (plan->question, plan->random_bits);
  verify_batch batch;
  oracle_result right, seen;
  uint64_t wrong = 0;

  verify_batch_init (&batch, plan->question, n);
  verify_batch_fill (&batch, plan, first, n);
  for (size_t i = 0; i < n * NUMSYS_ROUNDINGS; i++)
    {
      const oracle_rule rule = { (numsys_rounding) (i % NUMSYS_ROUNDINGS),
                                 plan->random_bits,
                                 batch.word[i / NUMSYS_ROUNDINGS] };

      verify_judge_take (judge, batch.operand, i / NUMSYS_ROUNDINGS);
      verify_judge_settle (judge, rule.rounding, rule.word, &seen);
      ask (plan->question, &batch, i / NUMSYS_ROUNDINGS, &rule, &right);
      wrong += !is_same (&right, &seen);
    }
  verify_batch_clear (&batch, plan->question);
  verify_judge_free (judge);
  return wrong;
}

/* Sums by ascending d, far beyond the one from which on no oracle is asked:
   the judge's answers are still the oracle's.  */
static void
test_settled (numsys_operation operation, numsys_rounding rounding)
{
  numsys *system = open_system ("lns:8,8");
  verify_question question;
  verify_plan plan;
  verify_batch batch;
  verify_judge *judge = NULL;
  oracle_result right, seen;
  numsys_error error;
  uint64_t wrong = 0;

  if (verify_question_of (operation, system, NULL, "", 0, &question, &error))
    bail_out ("%s", error.text);
  verify_plan_init (&plan, &question, 0, 3, 0, 32);
  plan.source = &verify_differences;
  judge = verify_judge_new (&question, 32);
  verify_batch_init (&batch, &question, verify_plan_count (&plan));
  verify_batch_fill (&batch, &plan, 0, verify_plan_count (&plan));
  for (size_t i = 0; i < batch.n; i += 3)
    {
      const oracle_rule rule = { rounding, 32, batch.word[i] };

      verify_judge_take (judge, batch.operand, i);
      verify_judge_settle (judge, rounding, rule.word, &seen);
      ask (&question, &batch, i, &rule, &right);
      wrong += !is_same (&right, &seen);
    }
  is_int (0, (int64_t) wrong, "%s by every d, %s", question.name,
          numsys_rounding_name (rounding));
  verify_batch_clear (&batch, &question);
  verify_judge_free (judge);
  verify_plan_clear (&plan);
  numsys_free (system);
}

static void
test_system (const char *spec, unsigned random_bits)
{
  numsys *system = open_system (spec);
  numsys *other = open_system ("lns:8,6");
  uint64_t wrong = 0;

  for (unsigned k = 0; k < VERIFY_OPERATIONS; k++)
    {
      verify_question question;
      verify_plan plan;
      numsys_error error;

      if (verify_question_of (k, system, other, "other", 3, &question, &error)
          != 0)
        bail_out ("%s: %s", spec, error.text);
      if (question.kind == VERIFY_COMPARE)
        continue;
      verify_plan_init (&plan, &question, 0, 7, FIRST_DRAWN, random_bits);
      plan.source = &verify_drawn;
      wrong += differences (&plan, 0, CORNERS);
      wrong += differences (&plan, FIRST_DRAWN, DRAWN);
      verify_plan_clear (&plan);
    }
  is_int (0, (int64_t) wrong, "%s: the memory changes no judgement", spec);
  numsys_free (other);
  numsys_free (system);
}

/* e4m3: 1 + 1/16 lies between 1 and 1 + 1/8, at half the gap. */
static void
test_errors (void)
{
  numsys *system = open_system ("e4m3");
  uint32_t a = 0x38, b = 0x18, *operand[2] = { &a, &b };
  verify_question question;
  verify_judge *judge;
  verify_error error;
  oracle_result right;
  numsys_error why;

  if (verify_question_of (NUMSYS_ADD, system, NULL, "", 0, &question, &why))
    bail_out ("%s", why.text);
  judge = verify_judge_new (&question, 32);
  verify_judge_take (judge, operand, 0);
  verify_judge_settle (judge, NUMSYS_UP, 0, &right);
  error = verify_judge_measure (judge, &right);
  is_int (0x39, right.code, "e4m3: 1 + 1/16 is rounded up to 1 + 1/8");
  is_near (1. / 17, error.relative, 1e-15, "...a seventeenth too high");
  is_near (2. / 17, error.gap, 1e-15, "...half of the gap");
  is_double (1.0625, verify_judge_exact (judge), "...which is exactly 17/16");
  right.negative = 1;
  error = verify_judge_measure (judge, &right);
  is_near (-35. / 17, error.relative, 1e-15, "its opposite is 35/17 too low");
  verify_judge_free (judge);
  numsys_free (system);
}

/* LNS, gamma 8: 1 + 1 is 8 steps above 1; 1 + 2^-3 about 1.359. */
static void
test_log_error (void)
{
  numsys *system = open_system ("lns8");
  uint32_t a = 64, b = 64 - 24, *operand[2] = { &a, &b };
  verify_question question;
  verify_judge *judge;
  oracle_result right;
  numsys_error why;

  if (verify_question_of (NUMSYS_ADD, system, NULL, "", 0, &question, &why))
    bail_out ("%s", why.text);
  judge = verify_judge_new (&question, 32);
  verify_judge_take (judge, operand, 0);
  verify_judge_settle (judge, NUMSYS_NEAREST, 0, &right);
  is_int (65, right.code, "lns8: 1 + 1/8 is a step above 1");
  is_near (1 - 8 * log2 (1.125), verify_judge_log_error (judge, &right), 1e-12,
           "...less what the logarithm says");
  verify_judge_free (judge);
  numsys_free (system);
}

int
main (void)
{
  plan (LENGTH (specs) + 11);
  for (size_t i = 0; i < LENGTH (specs); i++)
    test_system (specs[i], i % 2 == 0 ? 32 : 3);
  for (int k = 0; k < 2; k++)
    {
      test_settled (k == 0 ? NUMSYS_ADD : NUMSYS_SUBTRACT, NUMSYS_STOCHASTIC);
      test_settled (k == 0 ? NUMSYS_ADD : NUMSYS_SUBTRACT,
                    NUMSYS_STOCHASTIC_LOG);
    }
  test_errors ();
  test_log_error ();
  return 0;
}
