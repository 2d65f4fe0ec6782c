/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wrong result in words.  */

#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/verify/report.h"

int
verify_digits (const oracle_system *system)
{
  return (int) (oracle_code_bits (system) + 3) / 4;
}

int
verify_is_stochastic (numsys_rounding rounding)
{
  return rounding == NUMSYS_STOCHASTIC || rounding == NUMSYS_STOCHASTIC_LOG;
}

/* A code and its value. */
static void
print_code (FILE *stream, const oracle_system *system, uint32_t code)
{
  oracle_number value;

  oracle_number_init (&value);
  oracle_value (system, code, &value);
  fprintf (stream, "0x%0*" PRIx32 " (%a)", verify_digits (system), code,
           oracle_to_double (&value));
  oracle_number_clear (&value);
}

static void
print_result (FILE *stream, const verify_question *question, uint32_t code)
{
  if (question->kind == VERIFY_COMPARE)
    fprintf (stream, "%" PRId32, (int32_t) code);
  else
    print_code (stream, &question->result, code);
}

static void
print_distance (FILE *stream, const verify_wrong *wrong)
{
  const int64_t steps = wrong->steps;

  if (steps != 0)
    fprintf (stream, ", %" PRId64 " step%s too %s", steps < 0 ? -steps : steps,
             steps == 1 || steps == -1 ? "" : "s",
             steps < 0 ? "low" : "high");
}

char *
verify_explain (const verify_question *question, const verify_wrong *wrong,
                int shows_word)
{
  char *text = NULL;
  size_t size;
  FILE *stream = open_memstream (&text, &size);

  if (stream == NULL)
    memory_exhausted ();
  fputs (question->name, stream);
  for (size_t k = 0; k < question->operands && k < VERIFY_SHOWN_OPERANDS; k++)
    {
      fputs (k > 0 ? ", " : " ", stream);
      print_code (stream, &question->operand, wrong->operand[k]);
    }
  if (question->operands > VERIFY_SHOWN_OPERANDS)
    fputs (", ...", stream);
  if (shows_word)
    fprintf (stream, ", random word 0x%08" PRIx32, wrong->word);
  if (wrong->events_only)
    fputs (": the code is right, the events counted are not: ", stream);
  else
    {
      fputs (": wanted ", stream);
      print_result (stream, question, wrong->wanted);
      fputs (", saw ", stream);
    }
  print_result (stream, question, wrong->seen);
  print_distance (stream, wrong);
  if (question->kind != VERIFY_COMPARE && !wrong->events_only)
    fprintf (stream, "; exactly %a", wrong->exact);
  if (fclose (stream) != 0)
    memory_exhausted ();
  return text;
}
