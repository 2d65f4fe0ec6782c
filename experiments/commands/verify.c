/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys verify: operations of a number system, judged by the oracle.  */

#include <config.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/command.h"
#include "experiments/study/files.h"
#include "experiments/driver/progress.h"
#include "experiments/results/memory.h"
#include "experiments/verify/figure.h"
#include "experiments/verify/options.h"
#include "experiments/verify/report.h"
#include "numsys/spec.h"

enum
{
  KEY_EXHAUSTIVE = 256,
  KEY_TAP,
  KEY_FIGURE,
  KEY_APPROX,
  KEY_FRACTION
};

typedef struct request
{
  verify_options given;
  const char *figure;        /* a file, or NULL */
  const char *approx;        /* a spec, or NULL: the library is judged */
  unsigned fraction;
  int exhaustive, tap, quiet;
  unsigned jobs;
  const verify_subject *subject;
} request;

typedef struct watch
{
  progress progress;
  uint64_t cases;
} watch;

static void
show (void *closure, uint64_t done, uint64_t wrong)
{
  watch *on = closure;

  progress_show (&on->progress, (size_t) done, (size_t) on->cases,
                 (size_t) wrong,
                 on->cases > 0 ? (double) done / (double) on->cases : 0);
}

/* One operation, under the roundings asked for. */
static void
verify_one (const request *asked, const verify_question *question,
            verify_report *report)
{
  const verify_options *given = &asked->given;
  verify_tally tally[NUMSYS_ROUNDINGS];
  size_t roundings
    = verify_options_roundings (given, question, tally);
  verify_plan plan;
  watch on;
  const verify_observer observer = { show, &on };

  verify_plan_init (&plan, question, asked->exhaustive, given->seed,
                    verify_options_count (given, question),
                    given->random_bits);
  on.cases = verify_plan_count (&plan);
  progress_begin (&on.progress, "cases",
                  asked->quiet || !isatty (STDERR_FILENO));
  verify_conduct (&plan, asked->subject, asked->jobs, roundings, tally,
                  &observer);
  progress_erase (&on.progress);
  verify_report_add (report, &plan, roundings, tally);
  verify_plan_clear (&plan);
}

/* Conversion to a system, or to every alias. */
static int
verify_conversions (const request *asked, unsigned operation,
                    const numsys *from, verify_report *report,
                    numsys_error *error)
{
  const numsys_alias *alias = numsys_aliases;
  const char *name = asked->given.to;
  int status = 0;

  do
    {
      verify_question question;
      numsys *to;

      if (asked->given.to == NULL)
        name = alias->name;
      to = numsys_new (name, error);
      if (to == NULL)
        return -1;
      status = verify_question_of (operation, from, to, name, 0, &question,
                                   error);
      if (status == 0)
        verify_one (asked, &question, report);
      numsys_free (to);
      alias++;
    }
  while (status == 0 && asked->given.to == NULL && alias->name != NULL);
  return status;
}

static int
verify_all_of (const request *asked, const numsys *system,
               verify_report *report, numsys_error *error)
{
  const verify_options *given = &asked->given;
  verify_question question;
  int status = 0;

  for (unsigned k = 0; k < VERIFY_OPERATIONS && status == 0; k++)
    {
      if ((given->operation != NULL
           && strcmp (given->operation, verify_operation_name (k)) != 0)
          || (asked->approx != NULL && !verify_is_approximated (k)))
        continue;
      if (strcmp (verify_operation_name (k), "convert") == 0)
        {
          status = verify_conversions (asked, k, system, report, error);
          continue;
        }
      status = verify_question_of (k, system, NULL, "", given->length,
                                   &question, error);
      if (status == 0)
        verify_one (asked, &question, report);
    }
  return status;
}

static int
draw (const request *asked, const numsys *system, numsys_error *error)
{
  const int rounding = asked->given.rounding;
  char *scripts = files_path ("plots");
  const int status
    = verify_figure_draw (system, asked->subject,
                          rounding >= 0 ? (numsys_rounding) rounding
                                        : NUMSYS_NEAREST,
                          scripts, asked->figure, error);

  free (scripts);
  return status;
}

/* Whether all that is asked for can be done. */
static int
check (const request *asked, const numsys *system, numsys_error *error)
{
  if (numsys_code_bits (system) == 0)
    {
      numsys_error_set (error, "%s has no codes to judge; fixed, float and "
                        "lns have", numsys_spec (system));
      return -1;
    }
  if (asked->approx != NULL
      && verify_approximation_check (asked->given.operation,
                                     asked->given.rounding, error) != 0)
    return -1;
  return asked->figure == NULL
         ? 0 : verify_figure_check (system, asked->figure, error);
}

/* Judges the subject. */
static int
judge (const request *asked, const numsys *system)
{
  verify_report report = { .stream = stdout, .is_tap = asked->tap,
                           .is_outward = asked->approx != NULL };
  numsys_error error;
  int status;

  verify_report_begin (&report, numsys_spec (system), asked->subject->name,
                       asked->given.seed);
  status = verify_all_of (asked, system, &report, &error);
  if (status == 0 && asked->figure != NULL)
    status = draw (asked, system, &error);
  if (status != 0)
    return command_fail (&error);
  verify_report_end (&report);
  return report.wrong == 0 ? COMMAND_DONE : COMMAND_FAILED;
}

/* The same with an approximation as the subject. */
static int
judge_approximation (request *asked, const numsys *system)
{
  verify_approximation approximation;
  numsys_error error;
  int status;

  if (verify_approximation_open (asked->approx, asked->fraction, system,
                                 &approximation, &error) != 0)
    status = command_fail (&error);
  else
    {
      asked->subject = &approximation.subject;
      asked->given.rounding = NUMSYS_NEAREST;
      status = judge (asked, system);
    }
  verify_approximation_close (&approximation);
  return status;
}

static int
verify (request *asked)
{
  numsys_error error;
  numsys *system = numsys_new (asked->given.spec, &error);
  int status;

  if (system == NULL)
    return command_fail (&error);
  if (check (asked, system, &error) != 0)
    {
      numsys_free (system);
      return command_fail (&error);
    }
  status = asked->approx != NULL ? judge_approximation (asked, system)
                                 : judge (asked, system);
  numsys_free (system);
  return status;
}

/* --- Arguments --- */

static const struct argp_option options[] = {
  { "op", 'p', "OP", 0, "One operation (default: every one)", 0 },
  { "approx", KEY_APPROX, "A", 0,
    "Judge the sums and differences of an approximation of an LNS, as "
    "hybrid:4, in place of the library's", 0 },
  { "fraction", KEY_FRACTION, "F", 0,
    "Fraction bits of its linear constants (default: 12)", 0 },
  { "exhaustive", KEY_EXHAUSTIVE, NULL, 0,
    "All pairs to 16 bits, all triples to 10, all differences of any LNS: "
    "takes long", 0 },
  { "jobs", 'j', "N", 0, "Threads (default: one a processor)", 0 },
  { "tap", KEY_TAP, NULL, 0, "Print TAP, a test a rounding", 0 },
  { "figure", KEY_FIGURE, "FILE", 0,
    "Draw the error of sums and differences of an LNS against the distance of "
    "the operands, as .svg, .pdf or .png", 0 },
  { "quiet", 'q', NULL, 0, "Show no progress", 0 },
  { NULL, 0, NULL, 0, NULL, 0 }
};

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;

  switch (key)
    {
    case ARGP_KEY_INIT:
      state->child_inputs[0] = &asked->given;
      break;
    case 'p':
      verify_options_operation (&asked->given, argument, state);
      break;
    case KEY_EXHAUSTIVE:
      asked->exhaustive = 1;
      break;
    case KEY_FIGURE:
      asked->figure = argument;
      break;
    case KEY_APPROX:
      asked->approx = argument;
      break;
    case KEY_FRACTION:
      asked->fraction
        = (unsigned) verify_options_number ("fraction", argument, 0,
                                            NUMSYS_APPROX_MOST_FRACTION,
                                            state);
      break;
    case KEY_TAP:
      asked->tap = 1;
      break;
    case 'j':
      asked->jobs = (unsigned) verify_options_number ("jobs", argument, 1,
                                                      4096, state);
      break;
    case 'q':
      asked->quiet = 1;
      break;
    case ARGP_KEY_ARG:
      if (state->arg_num > 0)
        argp_error (state, "one system at a time: '%s' is too much",
                    argument);
      asked->given.spec = argument;
      break;
    case ARGP_KEY_NO_ARGS:
      argp_error (state, "verify which system?");
      break;
    default:
      return ARGP_ERR_UNKNOWN;
    }
  return 0;
}

static int
run (int argc, char **argv)
{
  static const struct argp_child children[] = {
    { &verify_options_argp, 0, NULL, 0 }, { NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "SPEC",
    "Judges every operation of a number system by the MPFR oracle: all codes, "
    "pairs or triples where that is quick, sums and differences of an LNS by "
    "every difference of exponents, all else at random from a seed.  Ends "
    "with 1 when anything is wrong.\vAn approximation is wrong wherever its "
    "result is not the exact one rounded to nearest: expect 1 of all but "
    "exact; the columns then say how far it is off, in codes (steps), in "
    "units of the last place and relative to the exact result.", children, NULL, NULL
  };
  request asked = { .given = verify_options_default,
                    .fraction = VERIFY_FRACTION,
                    .subject = &verify_library };
  const long processors = sysconf (_SC_NPROCESSORS_ONLN);

  asked.jobs = processors > 0 ? (unsigned) processors : 1;
  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  return verify (&asked);
}

const command command_verify = {
  .name = "verify",
  .summary = "judge a number system's operations by the oracle",
  .run = run,
};
