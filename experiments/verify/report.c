/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, as a table or as TAP.  */

#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiments/verify/report.h"

void
verify_report_begin (verify_report *report, const char *spec,
                     const char *subject, uint64_t seed)
{
  fprintf (report->stream,
           "# %s %s, judged by %s's oracle; seed %" PRIu64 "\n", subject,
           spec, PACKAGE_STRING, seed);
  if (!report->is_tap)
    fprintf (report->stream,
             "# steps: from the right code; ulp, relative, bias%s: from the "
             "exact result, within range\n"
             "%-16s %-14s %-15s %12s %9s %15s %15s %19s %10s\n",
             report->is_outward ? " (of magnitudes)" : "", "operation",
             "rounding", "cases are", "cases", "wrong", "steps max mean",
             "ulp max mean", "relative max mean", "bias");
}

static double
mean (double sum, uint64_t count)
{
  return count > 0 ? sum / (double) count : 0;
}

static void
print_pair (FILE *stream, int width, double most, double average)
{
  fprintf (stream, " %*.3g %*.2g", width, most, width - 1, average);
}

/* How the cases of a rounding came about. */
static const char *
proof_of (const verify_plan *plan, const verify_tally *tally,
          char text[64])
{
  snprintf (text, 64, "%s%s", verify_plan_proof (plan),
            verify_is_stochastic (tally->rounding)
            && plan->source->is_proof ? ", a random word each" : "");
  return text;
}

static void
print_line (verify_report *report, const verify_plan *plan,
            const char *rounding, const verify_tally *tally)
{
  FILE *stream = report->stream;

  fprintf (stream, "%-16s %-14s %-15s %12" PRIu64 " %9" PRIu64,
           plan->question->name, rounding, verify_plan_proof (plan),
           tally->cases, tally->wrong);
  if (plan->question->kind == VERIFY_COMPARE)
    fprintf (stream, " %15s %15s %19s %10s\n", "-", "-", "-", "-");
  else
    {
      print_pair (stream, 7, (double) tally->most_steps,
                  mean (tally->sum_steps, tally->cases));
      print_pair (stream, 7, tally->most_ulp,
                  mean (tally->sum_ulp, tally->measured));
      print_pair (stream, 9, tally->most_relative,
                  mean (tally->sum_relative, tally->measured));
      fprintf (stream, " %+10.2g\n",
               mean (report->is_outward ? tally->sum_outward
                                        : tally->sum_signed,
                     tally->measured));
    }
}

static void
print_wrong (verify_report *report, const verify_plan *plan,
             const verify_tally *tally, const verify_wrong *wrong,
             const char *what)
{
  char *text = verify_explain (plan->question, wrong,
                               verify_is_stochastic (tally->rounding));

  fprintf (report->stream, "%s%s case %" PRIu64 ": %s\n",
           report->is_tap ? "# " : "  ", what, wrong->number, text);
  free (text);
}

/* The first wrong cases, and the worst. */
static void
print_details (verify_report *report, const verify_plan *plan,
               const verify_tally *tally)
{
  const char *margin = report->is_tap ? "# " : "  ";

  for (size_t i = 0; i < tally->shown; i++)
    print_wrong (report, plan, tally, &tally->first[i],
                 i == 0 ? "first wrong:" : "then");
  if (tally->most_steps > 0)
    print_wrong (report, plan, tally, &tally->worst, "worst:");
  if (tally->miscounted > 0)
    fprintf (report->stream, "%s%" PRIu64 " of these have the right code but "
             "wrong events\n", margin, tally->miscounted);
  if (tally->unranked > 0)
    fprintf (report->stream, "%s%" PRIu64 " of these are NaN for a number, or "
             "the reverse\n", margin, tally->unranked);
}

static const char *
rounding_name (const verify_plan *plan, const verify_tally *tally)
{
  return verify_rounds (plan->question)
         ? numsys_rounding_name (tally->rounding) : "-";
}

static void
add_tap (verify_report *report, const verify_plan *plan,
         const verify_tally *tally)
{
  char proof[64];

  fprintf (report->stream,
           "%sok %u - %s, %s: %s, %" PRIu64 " cases, %" PRIu64 " wrong\n",
           tally->wrong == 0 && tally->cases > 0 ? "" : "not ",
           report->lines, plan->question->name, rounding_name (plan, tally),
           proof_of (plan, tally, proof), tally->cases, tally->wrong);
}

void
verify_report_add (verify_report *report, const verify_plan *plan,
                   size_t roundings, const verify_tally tally[])
{
  verify_tally sum = tally[0];
  char all[24];

  for (size_t r = 1; r < roundings; r++)
    verify_tally_add (&sum, &tally[r]);
  report->cases += sum.cases;
  report->wrong += sum.wrong;
  if (!report->is_tap && sum.wrong == 0 && roundings > 1)
    {
      snprintf (all, sizeof all, "all %zu", roundings);
      report->lines++;
      print_line (report, plan, all, &sum);
      return;
    }
  for (size_t r = 0; r < roundings; r++)
    {
      report->lines++;
      if (report->is_tap)
        add_tap (report, plan, &tally[r]);
      else
        print_line (report, plan, rounding_name (plan, &tally[r]), &tally[r]);
      print_details (report, plan, &tally[r]);
    }
  fflush (report->stream);
}

void
verify_report_end (verify_report *report)
{
  if (report->is_tap)
    fprintf (report->stream, "1..%u\n", report->lines);
  else
    fprintf (report->stream, "# %" PRIu64 " results judged, %" PRIu64
             " wrong\n", report->cases, report->wrong);
}
