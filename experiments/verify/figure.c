/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Error against the distance of the operands, drawn.  */

#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/verify/figure.h"
#include "numsys/spec.h"
#include "plots/plots.h"

#define NAME "error-by-difference"

/* Stretches of d that a curve has, and the octaves it goes on after which a
   right result is the larger operand. */
#define STRETCHES 300
#define OCTAVES_BEYOND 2

int
verify_figure_check (const numsys *system, const char *file,
                     numsys_error *error)
{
  if (strcmp (numsys_type_of (system)->name, "lns") != 0)
    numsys_error_set (error, "a figure shows sums and differences of an LNS, "
                      "which %s is not", numsys_spec (system));
  else if (plots_format_of (file, error) != NULL)
    return 0;
  return -1;
}

/* The d at which a sum is its larger operand for good, and some more. */
static int64_t
last_d (const oracle_system *system)
{
  const int64_t all
    = oracle_most_step (system, 0) - oracle_least_step (system);
  const double octaves = log2 (2 * (double) system->gamma / M_LN2) + 1
                         + OCTAVES_BEYOND;
  const double d = ceil (octaves * (double) system->gamma);

  return d < (double) all ? (int64_t) d : all;
}

/* What is drawn of one operation. */
typedef struct curve
{
  const verify_question *question;
  const verify_subject *subject;
  numsys_rounding rounding;
  verify_judge *judge;
  verify_batch batch;
} curve;

/* Least and greatest error for first <= d < end, the larger operand in the
   middle of its range. */
static void
measure (curve *c, int64_t first, int64_t end, double *least, double *most)
{
  const oracle_system *system = &c->question->operand;
  const numsys_context context = numsys_context_of (c->rounding);
  const size_t n = (size_t) (end - first);
  uint32_t *seen = memory_new (n, sizeof seen[0]);
  numsys_events ignored = {0};

  *least = INFINITY;
  *most = -INFINITY;
  verify_batch_init (&c->batch, c->question, n);
  c->batch.n = n;
  for (size_t i = 0; i < n; i++)
    {
      const int64_t d = first + (int64_t) i;
      const int64_t large = (oracle_least_step (system) + d
                             + oracle_most_step (system, 0)) / 2;

      c->batch.operand[0][i] = oracle_step_code (system, 0, large);
      c->batch.operand[1][i] = oracle_step_code (system, 0, large - d);
    }
  c->subject->answer (c->subject->data, c->question, &context, &c->batch, seen,
                      &ignored);
  for (size_t i = 0; i < n; i++)
    {
      oracle_result read;
      double error;

      oracle_read_step (&c->question->result, seen[i], &read);
      verify_judge_take (c->judge, c->batch.operand, i);
      error = verify_judge_log_error (c->judge, &read);
      *least = fmin (*least, error);
      *most = fmax (*most, error);
    }
  verify_batch_clear (&c->batch, c->question);
  free (seen);
}

static void
write_curve (FILE *stream, curve *c, const char *name)
{
  const oracle_system *system = &c->question->operand;
  const int64_t last = last_d (system);
  const int64_t each = last / STRETCHES + 1;

  for (int64_t d = 0; d <= last; d += each)
    {
      const int64_t end = d + each <= last ? d + each : last + 1;
      double least, most;

      measure (c, d, end, &least, &most);
      if (isfinite (least) && isfinite (most))
        fprintf (stream, "%s\t%.17g\t%.17g\t%.17g\n", name,
                 (double) (d + end - 1) / 2 / (double) system->gamma, least,
                 most);
    }
}

/* The table, owned by the caller; NULL and a sentence. */
static char *
make_table (const numsys *system, const verify_subject *subject,
            numsys_rounding rounding, numsys_error *error)
{
  static const struct { unsigned operation; const char *name; } curves[]
    = { { NUMSYS_ADD, "sum" }, { NUMSYS_SUBTRACT, "difference" } };
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream (&text, &length);
  int status = 0;

  if (stream == NULL)
    memory_exhausted ();
  fputs ("operation\toctaves\tleast\tmost\n", stream);
  for (size_t i = 0; status == 0 && i < 2; i++)
    {
      verify_question question;
      curve c = { .question = &question, .subject = subject,
                  .rounding = rounding };

      status = verify_question_of (curves[i].operation, system, NULL, "", 0,
                                   &question, error);
      if (status != 0)
        break;
      c.judge = verify_judge_new (&question, 32);
      write_curve (stream, &c, curves[i].name);
      verify_judge_free (c.judge);
    }
  if (fclose (stream) != 0)
    memory_exhausted ();
  if (status == 0)
    return text;
  free (text);
  return NULL;
}

int
verify_figure_draw (const numsys *system, const verify_subject *subject,
                    numsys_rounding rounding, const char *scripts,
                    const char *file, numsys_error *error)
{
  const plots_figure figure = { .folder = scripts, .name = NAME, .note = "" };
  char *text = make_table (system, subject, rounding, error);
  const plots_table tables[] = { { NAME, text }, { NULL, NULL } };
  plots_status status = PLOTS_FAILED;

  if (text != NULL)
    status = plots_draw_file (&figure, tables, file, error);
  free (text);
  return status == PLOTS_DRAWN ? 0 : -1;
}
