/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of another implementation, judged line by line.  */

#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/verify/answers.h"
#include "experiments/verify/report.h"
#include "numsys/spec.h"

/* Malformed lines that are named. */
#define NAMED 5

/* What came in. */
typedef struct answers
{
  const verify_format *format;
  FILE *from;
  verify_judge *judge;
  verify_batch batch;          /* of one case */
  verify_tally tally;
  uint64_t line, malformed;
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
                     in->batch.operand, 0, in->line, in->batch.word[0], seen,
                     0, &events);
  if (in->tally.shown > shown)
    show_wrong (in);
}

/* -1 when no line can be judged. */
static int
check_line (answers *in, const char *line, numsys_error *error)
{
  numsys_error why;
  uint32_t seen;

  in->line++;
  switch (verify_read_case (line, in->format, &in->batch, 0, &seen, &why))
    {
    case VERIFY_LINE_CASE:
      check_case (in, seen);
      return 0;
    case VERIFY_LINE_EMPTY:
      return 0;
    case VERIFY_LINE_BAD:
      if (in->malformed++ < NAMED)
        {
          fflush (stdout);
          fprintf (stderr, "numsys: line %" PRIu64 ": %s.\n", in->line,
                   why.text);
        }
      return 0;
    default:
      numsys_error_set (error, "line %" PRIu64 ": %s", in->line, why.text);
      return -1;
    }
}

/* Counts, and how far off. */
static void
print_summary (const answers *in)
{
  const verify_tally *tally = &in->tally;
  const uint64_t ranked = tally->wrong - tally->unranked;

  if (tally->wrong > tally->shown)
    printf ("... and %" PRIu64 " more\n", tally->wrong - tally->shown);
  printf ("%" PRIu64 " cases judged, %" PRIu64 " wrong, %" PRIu64
          " malformed line%s\n", tally->cases, tally->wrong, in->malformed,
          in->malformed == 1 ? "" : "s");
  if (ranked > 0 && in->format->question->kind != VERIFY_COMPARE)
    printf ("wrong by %" PRIu64 " steps at most, %.3g in the mean; by %.3g of "
            "the exact result at most, %+.2g in the mean\n",
            tally->most_steps, tally->sum_steps / (double) ranked,
            tally->most_relative,
            tally->measured > 0
            ? tally->sum_signed / (double) tally->measured : 0);
}

static int
check_all (answers *in, numsys_error *error)
{
  char *line = NULL;
  size_t room = 0;
  int status = 0;

  while (status == 0 && getline (&line, &room, in->from) >= 0)
    status = check_line (in, line, error);
  if (status == 0 && ferror (in->from))
    {
      numsys_error_set (error, "cannot read the answers: %s",
                        strerror (errno));
      status = -1;
    }
  free (line);
  if (status != 0)
    return status;
  print_summary (in);
  if (in->tally.wrong > 0 || in->malformed > 0)
    return 1;
  if (in->tally.cases > 0)
    return 0;
  numsys_error_set (error, "there is no case to judge");
  return -1;
}

int
verify_answers (const verify_format *format, FILE *from, numsys_error *error)
{
  answers in = { .format = format, .from = from };
  int status;

  in.tally.rounding = format->rounding;
  in.judge = verify_judge_new (format->question, format->random_bits);
  verify_batch_init (&in.batch, format->question, 1);
  status = check_all (&in, error);
  verify_batch_clear (&in.batch, format->question);
  verify_judge_free (in.judge);
  return status;
}
