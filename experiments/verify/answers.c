/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of another implementation, judged line by line.  */

#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiments/verify/answers.h"
#include "experiments/verify/reading.h"
#include "experiments/verify/report.h"
#include "numsys/spec.h"

/* What came in. */
typedef struct answers
{
  const verify_format *format;
  verify_judge *judge;
  verify_batch batch;          /* of one case */
  verify_tally tally;
  verify_reading reading;
} answers;

static void
show_wrong (const answers *in)
{
  const verify_wrong *wrong = &in->tally.first[in->tally.shown - 1];
  char *text = verify_explain (in->format->question, wrong,
                               verify_is_stochastic (in->format->rounding));

  printf ("line %" PRIu64 ": %s\n", wrong->number, text);
  free (text);
}

static void
check_case (answers *in, uint32_t seen)
{
  const size_t shown = in->tally.shown;
  numsys_events events = {0};

  verify_judge_take (in->judge, in->batch.operand, 0);
  verify_tally_case (&in->tally, in->judge, in->format->question,
                     in->batch.operand, 0, in->reading.line, in->batch.word[0], seen,
                     0, &events);
  if (in->tally.shown > shown)
    show_wrong (in);
}

/* -1 when no line can be judged. */
static int
check_line (void *closure, const char *line, numsys_error *error)
{
  answers *in = closure;
  numsys_error why;
  uint32_t seen;

  switch (verify_read_case (line, in->format, &in->batch, 0, &seen, &why))
    {
    case VERIFY_LINE_CASE:
      check_case (in, seen);
      return 0;
    case VERIFY_LINE_EMPTY:
      return 0;
    case VERIFY_LINE_BAD:
      verify_reading_malformed (&in->reading, &why);
      return 0;
    default:
      numsys_error_set (error, "line %" PRIu64 ": %s", in->reading.line,
                        why.text);
      return -1;
    }
}

/* Counts, and how far off. */
static void
print_summary (const answers *in)
{
  const verify_tally *tally = &in->tally;
  const uint64_t ranked = tally->wrong - tally->unranked;

  verify_reading_print (&in->reading, tally->cases, tally->wrong,
                        tally->shown);
  if (ranked > 0 && in->format->question->kind != VERIFY_COMPARE)
    printf ("wrong by %" PRIu64 " steps at most, %.3g in the mean; by %.3g of "
            "the exact result at most, %+.2g in the mean\n",
            tally->most_steps, tally->sum_steps / (double) ranked,
            tally->most_relative,
            tally->measured > 0
            ? tally->sum_signed / (double) tally->measured : 0);
}

int
verify_answers (const verify_format *format, FILE *from, numsys_error *error)
{
  answers in = { .format = format };
  int status;

  in.tally.rounding = format->rounding;
  in.judge = verify_judge_new (format->question, format->random_bits);
  verify_batch_init (&in.batch, format->question, 1);
  status = verify_reading_each (&in.reading, from, check_line, &in, error);
  if (status == 0)
    {
      print_summary (&in);
      status = verify_reading_verdict (&in.reading, in.tally.cases,
                                       in.tally.wrong, error);
    }
  verify_batch_clear (&in.batch, format->question);
  verify_judge_free (in.judge);
  return status;
}
