/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much was right, and how wrong the rest.  */

#include <config.h>

#include <math.h>

#include "experiments/verify/verify.h"

void
verify_tally_add (verify_tally *tally, const verify_tally *later)
{
  tally->cases += later->cases;
  tally->wrong += later->wrong;
  tally->miscounted += later->miscounted;
  tally->unranked += later->unranked;
  if (later->most_steps > tally->most_steps)
    {
      tally->most_steps = later->most_steps;
      tally->worst = later->worst;
    }
  tally->sum_steps += later->sum_steps;
  tally->measured += later->measured;
  tally->most_ulp = fmax (tally->most_ulp, later->most_ulp);
  tally->sum_ulp += later->sum_ulp;
  tally->most_relative = fmax (tally->most_relative, later->most_relative);
  tally->sum_relative += later->sum_relative;
  tally->sum_signed += later->sum_signed;
  tally->sum_outward += later->sum_outward;
  for (size_t i = 0; i < later->shown && tally->shown < VERIFY_SHOWN; i++)
    tally->first[tally->shown++] = later->first[i];
}

static void
measure (verify_tally *tally, verify_judge *judge, const oracle_result *seen)
{
  const verify_error error = verify_judge_measure (judge, seen);
  const double size = fabs (error.relative);

  if (isnan (error.relative))
    return;
  tally->measured++;
  tally->most_ulp = fmax (tally->most_ulp, size / error.gap);
  tally->sum_ulp += size / error.gap;
  tally->most_relative = fmax (tally->most_relative, size);
  tally->sum_relative += size;
  tally->sum_signed += error.relative;
  tally->sum_outward += error.outward;
}

/* Counts the steps between the right code and a wrong one. */
static int64_t
count_steps (verify_tally *tally, const oracle_system *system,
             const oracle_result *right, const oracle_result *seen)
{
  int64_t steps;

  if ((right->class == ORACLE_NAN) != (seen->class == ORACLE_NAN))
    {
      tally->unranked++;
      return 0;
    }
  steps = verify_rank (system, seen) - verify_rank (system, right);
  tally->sum_steps += fabs ((double) steps);
  return steps;
}

static void
keep (verify_tally *tally, const verify_wrong *wrong)
{
  const uint64_t steps
    = (uint64_t) (wrong->steps < 0 ? -wrong->steps : wrong->steps);

  if (tally->shown < VERIFY_SHOWN)
    tally->first[tally->shown++] = *wrong;
  if (steps > tally->most_steps)
    {
      tally->most_steps = steps;
      tally->worst = *wrong;
    }
}

static int
is_shown (const verify_tally *tally, int64_t steps)
{
  return tally->shown < VERIFY_SHOWN
         || (uint64_t) (steps < 0 ? -steps : steps) > tally->most_steps;
}

void
verify_tally_case (verify_tally *tally, verify_judge *judge,
                   const verify_question *question, uint32_t *const operand[],
                   size_t i, uint64_t number, uint32_t word, uint32_t seen,
                   int all, numsys_events *right_events)
{
  const int has_code = question->kind != VERIFY_COMPARE;
  oracle_result right, read = {0};
  verify_wrong wrong = { .number = number, .word = word, .seen = seen };

  verify_judge_settle (judge, tally->rounding, word, &right);
  numsys_events_add (right_events, &right.events);
  tally->cases++;
  if (seen == right.code && !all)
    return;
  if (has_code)
    oracle_read_step (&question->result, seen, &read);
  if (has_code)
    measure (tally, judge, &read);
  if (seen == right.code)
    return;
  tally->wrong++;
  if (has_code)
    wrong.steps = count_steps (tally, &question->result, &right, &read);
  if (!is_shown (tally, wrong.steps))
    return;
  wrong.wanted = right.code;
  if (has_code)
    wrong.exact = verify_judge_exact (judge);
  for (size_t k = 0; k < question->operands && k < VERIFY_SHOWN_OPERANDS; k++)
    wrong.operand[k] = operand[k][i];
  keep (tally, &wrong);
}
