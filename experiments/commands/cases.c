/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys cases: test vectors for a simulator, an FPGA or a library, and the
   judgement of what it answered.  */

#include <config.h>

#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/command.h"
#include "experiments/results/memory.h"
#include "experiments/verify/lines.h"
#include "experiments/verify/options.h"
#include "experiments/verify/report.h"
#include "numsys/spec.h"

/* Cases at a time, and malformed lines that are named. */
#define BATCH 4096
#define NAMED 5

#define KEY_ALL 256
/* More cases than this are not listed by --all. */
#define MOST_ALL (UINT64_C (1) << 33)

typedef struct request
{
  const char *action;
  verify_options given;
  int all;
} request;

/* --- gen --- */

static int
generate (const request *asked, const verify_format *format,
          numsys_error *error)
{
  verify_plan plan;
  verify_batch batch;
  verify_judge *judge;
  oracle_result result;
  uint64_t count;

  verify_plan_init (&plan, format->question, asked->all, asked->given.seed,
                    verify_options_count (&asked->given, format->question),
                    format->random_bits);
  if (!asked->all)
    plan.source = &verify_drawn;
  count = verify_plan_count (&plan);
  if (asked->all && (plan.source != &verify_all || count > MOST_ALL))
    {
      numsys_error_set (error, "%s of %s has too many cases for --all; --count "
                        "draws some", format->question->name,
                        numsys_spec (format->question->from));
      verify_plan_clear (&plan);
      return -1;
    }
  judge = verify_judge_new (format->question, format->random_bits);
  verify_batch_init (&batch, format->question, BATCH);
  verify_write_heading (stdout, format, &plan);
  for (uint64_t first = 0; first < count && !ferror (stdout); first += BATCH)
    {
      verify_batch_fill (&batch, &plan, first,
                         count - first < BATCH ? count - first : BATCH);
      for (size_t i = 0; i < batch.n; i++)
        {
          verify_judge_take (judge, batch.operand, i);
          verify_judge_settle (judge, format->rounding, batch.word[i],
                               &result);
          verify_write_case (stdout, format, &batch, i, result.code);
        }
    }
  verify_batch_clear (&batch, format->question);
  verify_judge_free (judge);
  verify_plan_clear (&plan);
  return 0;
}

/* --- check --- */

/* What came in. */
typedef struct answers
{
  const verify_format *format;
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

  while (status == 0 && getline (&line, &room, stdin) >= 0)
    status = check_line (in, line, error);
  if (status == 0 && ferror (stdin))
    {
      numsys_error_set (error, "cannot read standard input: %s",
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
  numsys_error_set (error, "standard input has no case to judge");
  return -1;
}

/* 0, 1 when something was wrong, -1 and a sentence. */
static int
check (const request *asked, const verify_format *format, numsys_error *error)
{
  answers in = { .format = format };
  int status;

  in.tally.rounding = format->rounding;
  in.judge = verify_judge_new (format->question, asked->given.random_bits);
  verify_batch_init (&in.batch, format->question, 1);
  status = check_all (&in, error);
  verify_batch_clear (&in.batch, format->question);
  verify_judge_free (in.judge);
  return status;
}

/* --- Arguments --- */

static int
cases_of (const request *asked, const numsys *from, const numsys *to,
          numsys_error *error)
{
  const verify_options *given = &asked->given;
  const unsigned operation
    = (unsigned) verify_operation_find (given->operation);
  verify_question question;
  verify_format format = { .question = &question,
                           .random_bits = given->random_bits };

  if (verify_question_of (operation, from, to, given->to != NULL ? given->to
                                                                 : "",
                          given->length, &question, error) != 0)
    return -1;
  format.rounding = given->rounding >= 0 && verify_rounds (&question)
                    ? (numsys_rounding) given->rounding : NUMSYS_NEAREST;
  return strcmp (asked->action, "gen") == 0
         ? generate (asked, &format, error) : check (asked, &format, error);
}

static int
cases (const request *asked)
{
  numsys_error error;
  numsys *from = numsys_new (asked->given.spec, &error);
  numsys *to = NULL;
  int status = -1;

  if (from != NULL && asked->given.to != NULL)
    to = numsys_new (asked->given.to, &error);
  if (from != NULL && (to != NULL || asked->given.to == NULL))
    status = cases_of (asked, from, to, &error);
  numsys_free (to);
  numsys_free (from);
  if (status < 0)
    return command_fail (&error);
  return status == 0 ? COMMAND_DONE : COMMAND_FAILED;
}

static void
read_argument (request *asked, char *argument, struct argp_state *state)
{
  switch (state->arg_num)
    {
    case 0:
      asked->action = argument;
      if (strcmp (argument, "gen") != 0 && strcmp (argument, "check") != 0)
        argp_error (state, "gen or check, not '%s'", argument);
      break;
    case 1:
      asked->given.spec = argument;
      break;
    case 2:
      verify_options_operation (&asked->given, argument, state);
      break;
    default:
      argp_error (state, "one operation at a time: '%s' is too much",
                  argument);
    }
}

static void
check_arguments (const request *asked, struct argp_state *state)
{
  const char *operation = asked->given.operation;

  if (operation == NULL)
    argp_error (state, "gen or check, a system and an operation are needed");
  else if (strcmp (operation, "convert") == 0 && asked->given.to == NULL)
    argp_error (state, "convert --to which system?");
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;

  switch (key)
    {
    case ARGP_KEY_INIT:
      state->child_inputs[0] = &asked->given;
      break;
    case KEY_ALL:
      asked->all = 1;
      break;
    case ARGP_KEY_ARG:
      read_argument (asked, argument, state);
      break;
    case ARGP_KEY_END:
      check_arguments (asked, state);
      break;
    default:
      return ARGP_ERR_UNKNOWN;
    }
  return 0;
}

static int
run (int argc, char **argv)
{
  static const struct argp_option options[] = {
    { "all", KEY_ALL, NULL, 0,
      "gen: every code to 16 bits, pair to 16, triple to 10", 0 },
    { NULL, 0, NULL, 0, NULL, 0 }
  };
  static const struct argp_child children[] = {
    { &verify_options_argp, 0, NULL, 0 }, { NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "gen SPEC OP\ncheck SPEC OP",
    "Test vectors, a case a line: hexadecimal codes of the operands, then of "
    "the result; for stochastic roundings the random word stands between.  "
    "gen prints corners first, then random cases, with the right results, "
    "and says in its first lines what they are.  check judges lines on "
    "standard input that have the operands and another's result: it explains "
    "the first wrong ones, counts the rest, names malformed lines by number, "
    "and ends with 1 when anything is wrong.", children, NULL, NULL
  };
  request asked = { .given = verify_options_default };

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  return cases (&asked);
}

const command command_cases = {
  .name = "cases",
  .summary = "test vectors for other implementations, and their judgement",
  .run = run,
};
