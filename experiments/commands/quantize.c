/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys quantize: an array in, its values, its codes, or what would be lost of
   it, out.  Numbers are taken as float32, which training works on.  */

#include <config.h>

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "experiments/array.h"
#include "experiments/codes.h"
#include "experiments/command.h"
#include "experiments/results/memory.h"
#include "experiments/statistics.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

typedef struct request
{
  int codes, stats, exponents;
  uint32_t seed;
  const char *out, *figure;    /* or NULL */
  size_t arguments;
  const char **argument;       /* as given */
  size_t files;
  const char **file;           /* of --file */
} request;

static void
print_numbers (const array *in)
{
  for (size_t i = 0; i < in->count; i++)
    printf ("%.9g%c", (double) in->x[i],
            (i + 1) % in->columns == 0 ? '\n' : ' ');
}

static void
count_events (const numsys_quantizer *quantizer, size_t count,
              const numsys_events *events)
{
  fprintf (stderr, "numsys: %s: %zu numbers; overflow %" PRIu64
           ", saturated %" PRIu64 ", flushed %" PRIu64 ", raised %" PRIu64
           ", nan %" PRIu64 ".\n", numsys_quantizer_spec (quantizer), count,
           events->overflow, events->saturated, events->flushed,
           events->raised, events->nan);
}

/* Values or codes of one array in one system. */
static int
quantize (const request *asked, const char *spec, const char *file,
          numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, error);
  const numsys_random random = { { asked->seed, 0 }, { 0, 0 } };
  numsys_events events = { 0, 0, 0, 0, 0 };
  array in;
  int result;

  if (quantizer == NULL)
    return -1;
  result = array_read (file, &in, error);
  if (result == 0 && asked->codes)
    result = in.count > 0 || asked->out != NULL
               ? codes_show (quantizer, &in, &random, asked->out, &events,
                             error)
               : 0;
  else if (result == 0)
    {
      numsys_quantize (quantizer, in.rows, in.columns, 0, in.x, &random, in.x,
                       &events);
      if (asked->out != NULL)
        result = array_write (asked->out, &in, in.x, error);
      else
        print_numbers (&in);
    }
  if (result == 0)
    count_events (quantizer, in.count, &events);
  array_free (&in);
  numsys_quantizer_free (quantizer);
  return result;
}

/* --- Arguments --- */

static int
is_spec (const char *text)
{
  numsys_error ignored;
  numsys_quantizer *quantizer = numsys_quantizer_new (text, &ignored);

  numsys_quantizer_free (quantizer);
  return quantizer != NULL;
}

/* Specs and files: an argument that is no spec, but names a file, is one. */
static int
show_statistics (const request *asked, numsys_error *error)
{
  statistics_request out = {
    .seed = asked->seed,
    .exponents = asked->exponents,
    .is_for_people = isatty (STDOUT_FILENO),
  };
  const size_t all = asked->arguments + asked->files;
  int result;

  out.spec = memory_new (all + 1, sizeof out.spec[0]);
  out.file = memory_new (all + 1, sizeof out.file[0]);
  for (size_t i = 0; i < asked->arguments; i++)
    {
      const char *text = asked->argument[i];

      if (!is_spec (text)
          && (strcmp (text, "-") == 0 || access (text, F_OK) == 0))
        out.file[out.files++] = text;
      else
        out.spec[out.specs++] = text;
    }
  for (size_t i = 0; i < asked->files; i++)
    out.file[out.files++] = asked->file[i];
  if (out.specs == 0 && !out.exponents)
    {
      numsys_error_set (error, "the statistics of which number systems? "
                        "(lns:8,8 e4m3, say)");
      result = -1;
    }
  else if (asked->figure != NULL)
    result = statistics_draw (&out, asked->figure, error);
  else
    result = statistics_print (&out, stdout, error);
  free (out.spec);
  free (out.file);
  return result;
}

static void
keep (const char ***list, size_t *count, const char *text)
{
  *list = memory_grow (*list, *count, sizeof **list);
  (*list)[(*count)++] = text;
}

/* What the options do not allow together. */
static void
check (const request *asked, struct argp_state *state)
{
  if (asked->figure != NULL && (!asked->stats || asked->exponents))
    argp_error (state, "--figure draws --stats");
  if (asked->stats || asked->exponents)
    {
      if (asked->codes || asked->out != NULL)
        argp_error (state, "--stats goes neither with --codes nor with "
                    "--out");
      return;
    }
  if (asked->arguments == 0)
    argp_error (state, "into which number system? ('numsys systems' lists "
                "them)");
  if (asked->arguments - 1 + asked->files > 1)
    argp_error (state, "one file at a time: '%s' is too much",
                asked->files > 0 ? asked->file[asked->files - 1]
                                 : asked->argument[2]);
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;
  char *end;

  switch (key)
    {
    case 'c':
      asked->codes = 1;
      return 0;
    case 't':
      asked->stats = 1;
      return 0;
    case 'e':
      asked->exponents = 1;
      return 0;
    case 'g':
      asked->figure = argument;
      return 0;
    case 'o':
      asked->out = argument;
      return 0;
    case 'f':
      keep (&asked->file, &asked->files, argument);
      return 0;
    case 's':
      asked->seed = (uint32_t) strtoul (argument, &end, 10);
      if (end == argument || *end != '\0')
        argp_error (state, "--seed '%s' is not a whole number", argument);
      return 0;
    case ARGP_KEY_ARG:
      keep (&asked->argument, &asked->arguments, argument);
      return 0;
    case ARGP_KEY_END:
      check (asked, state);
      return 0;
    default:
      return ARGP_ERR_UNKNOWN;
    }
}

static int
run (int argc, char **argv)
{
  static const struct argp_option options[] = {
    { "codes", 'c', NULL, 0, "Print codes in place of values", 0 },
    { "stats", 't', NULL, 0, "Print what the SPECs would do to each FILE: "
      "error, use of codes, events; a line each, all columns and digits when "
      "the output is no terminal", 0 },
    { "exponents", 'e', NULL, 0,
      "Print how many numbers have which floor (log2 |x|)", 0 },
    { "figure", 'g', "FILE", 0, "Draw the statistics of one array into FILE "
      "(.svg, .pdf or .png) in place of printing them", 0 },
    { "file", 'f', "FILE", 0, "The same as FILE; may be repeated", 0 },
    { "out", 'o', "FILE", 0, "Write values there, or codes as unsigned "
      "integers of 8, 16 or 32 bits, as an npy file", 0 },
    { "seed", 's', "N", 0, "Of stochastic rounding (default: 1)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "SPEC [FILE]\n--stats [--figure FILE] SPEC... [FILE...]\n"
    "--exponents [FILE...]",
    "Rounds the numbers of a file, or of standard input, into a number "
    "system.  A file is NumPy's npy (float16, float32 or float64, any shape) "
    "or text; it is one tensor, scaled as SPEC says (scale=tensor unless "
    "given: scale=none leaves numbers where they are).  A line of text is a "
    "row, and so is what shares the first index of an npy array: "
    "scale=channel gives each row its own scale.  Numbers are taken as "
    "float32: others are rounded to it first, once.  What happened to numbers "
    "is counted on standard error.", NULL, NULL, NULL
  };
  request asked = { .seed = 1 };
  numsys_error error;
  int result;

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  if (asked.stats || asked.exponents)
    result = show_statistics (&asked, &error);
  else
    result = quantize (&asked, asked.argument[0],
                       asked.files > 0 ? asked.file[0]
                       : asked.arguments > 1 ? asked.argument[1] : NULL,
                       &error);
  free (asked.argument);
  free (asked.file);
  return result == 0 ? COMMAND_DONE : command_fail (&error);
}

const command command_quantize = {
  .name = "quantize",
  .summary = "round an array into a number system, or see what would be lost",
  .run = run,
};
