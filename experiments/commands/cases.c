/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys cases: test vectors for a simulator, an FPGA or a library, and the
   judgement of what it answered.  */

#include <config.h>

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/command.h"
#include "experiments/results/memory.h"
#include "experiments/verify/answers.h"
#include "experiments/verify/lines.h"
#include "experiments/verify/options.h"
#include "experiments/verify/vectors.h"
#include "numsys/spec.h"

/* Cases at a time. */
#define BATCH 4096
/* Of a datapath, where no --count says how many. */
#define DATAPATH_CASES 10000

#define KEY_ALL 256
/* More cases than this are not listed by --all. */
#define MOST_ALL (UINT64_C (1) << 33)

typedef struct request
{
  const char *action;
  verify_options given;
  int all;
} request;

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

/* Whether the operation is a datapath's spec. */
static int
is_datapath (const char *operation)
{
  static const char name[] = "datapath";
  const size_t length = sizeof name - 1;

  return strncmp (operation, name, length) == 0
         && (operation[length] == '\0' || operation[length] == ':');
}

static int
datapath_cases (const request *asked, const numsys *system,
                numsys_error *error)
{
  const verify_options *given = &asked->given;
  const verify_vectors vectors = {
    .system = system,
    .spec = given->operation,
    .length = given->length,
    .count = given->count > 0 ? given->count : DATAPATH_CASES,
    .seed = given->seed,
  };

  if (asked->all)
    {
      numsys_error_set (error, "a datapath has too many cases for --all; "
                        "--count draws some");
      return -1;
    }
  return strcmp (asked->action, "gen") == 0
         ? verify_vectors_generate (&vectors, stdout, error)
         : verify_vectors_check (&vectors, stdin, error);
}

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
         ? generate (asked, &format, error)
         : verify_answers (&format, stdin, error);
}

/* --- Arguments --- */

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
    status = is_datapath (asked->given.operation)
               ? datapath_cases (asked, from, &error)
               : cases_of (asked, from, to, &error);
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
      if (is_datapath (argument))
        asked->given.operation = argument;
      else
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
  else if (is_datapath (operation)
           && (asked->given.rounding >= 0 || asked->given.to != NULL))
    argp_error (state, "a datapath says itself how it rounds, and converts "
                "nothing: no --round and no --to (keys: man numsys)");
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
    "and ends with 1 when anything is wrong.\vOP may be a datapath, as "
    "datapath:acc=24,approx=hybrid:4 (man numsys): dot products of --length "
    "whose result is the accumulator, in two's complement.", children,
    NULL, NULL
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
