/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys quantize: numbers in, their values or codes in a number system out.

   The input is one array: a line is a row (a channel), and rows have equal
   lengths.  Numbers are taken as float32, which training works on.  */

#include <config.h>

#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/command.h"
#include "experiments/results/memory.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

typedef struct array
{
  size_t rows, columns, count;
  float *x;
} array;

typedef struct request
{
  const char *spec, *file;
  int codes;
  uint32_t seed;
} request;

/* Adds the numbers of a line as a row; -1 when a word is no number or the row
   is of another length than those before. */
static int
read_row (array *in, char *line, const char *where, size_t number,
          numsys_error *error)
{
  const size_t before = in->count;
  char *word;

  while ((word = strsep (&line, " \t\r,")) != NULL)
    {
      char *end;

      if (*word == '\0')
        continue;
      in->x = memory_grow (in->x, in->count, sizeof in->x[0]);
      in->x[in->count++] = strtof (word, &end);
      if (end != word && *end == '\0')
        continue;
      numsys_error_set (error, "%s:%zu: '%s' is not a number", where, number,
                        word);
      return -1;
    }
  if (in->count == before)
    return 0;
  if (in->rows++ == 0)
    in->columns = in->count;
  if (in->count - before == in->columns)
    return 0;
  numsys_error_set (error, "%s:%zu: the length of this row is %zu, of the "
                    "first %zu", where, number, in->count - before,
                    in->columns);
  return -1;
}

static int
read_array (array *in, const char *file, numsys_error *error)
{
  const int is_standard = file == NULL || strcmp (file, "-") == 0;
  const char *where = is_standard ? "standard input" : file;
  char *text = memory_read_file (is_standard ? "/dev/stdin" : file, NULL);
  char *rest = text, *line;
  int result = 0;

  memset (in, 0, sizeof *in);
  if (text == NULL)
    {
      numsys_error_set (error, "cannot read %s: %s", where, strerror (errno));
      return -1;
    }
  for (size_t number = 1; result == 0 && (line = strsep (&rest, "\n")) != NULL;
       number++)
    result = read_row (in, line, where, number, error);
  free (text);
  return result;
}

/* Codes, at one scale for all or one a row; blocks have no place for theirs. */
static int
print_codes (const numsys_quantizer *quantizer, const array *in,
             const numsys_random *random, numsys_events *events,
             numsys_error *error)
{
  const numsys_scaling scaling = numsys_quantizer_scaling (quantizer);
  const size_t each = scaling == NUMSYS_SCALE_CHANNEL ? in->columns
                                                      : in->count;
  const unsigned bits
    = numsys_code_bits (numsys_quantizer_system (quantizer));
  uint32_t *code = memory_new (in->count, sizeof code[0]);

  if (scaling == NUMSYS_SCALE_BLOCK)
    {
      numsys_error_set (error, "codes of blocks cannot be shown: say "
                        "scale=tensor, channel or none");
      free (code);
      return -1;
    }
  for (size_t i = 0; i < in->count; i += each)
    {
      const numsys_scale scale = numsys_quantizer_scale (
        quantizer, numsys_largest (each, in->x + i));

      printf ("# scale %" PRId64 "\n", scale.steps);
      numsys_quantize_to_codes (quantizer, scale, each, in->x + i, random, i,
                                code + i, events);
      for (size_t j = i; j < i + each; j++)
        printf ("0x%0*" PRIx32 "%c", (int) (bits + 3) / 4, code[j],
                (j + 1) % in->columns == 0 ? '\n' : ' ');
    }
  free (code);
  return 0;
}

static void
print_numbers (const numsys_quantizer *quantizer, const array *in,
               const numsys_random *random, numsys_events *events)
{
  numsys_quantize (quantizer, in->rows, in->columns, 0, in->x, random, in->x,
                   events);
  for (size_t i = 0; i < in->count; i++)
    printf ("%.9g%c", (double) in->x[i],
            (i + 1) % in->columns == 0 ? '\n' : ' ');
}

static int
quantize (const request *asked, numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (asked->spec, error);
  const numsys_random random = { { asked->seed, 0 }, { 0, 0 } };
  numsys_events events = { 0, 0, 0, 0, 0 };
  array in;
  int result;

  if (quantizer == NULL)
    return -1;
  result = read_array (&in, asked->file, error);
  if (result == 0 && asked->codes && in.count > 0)
    result = print_codes (quantizer, &in, &random, &events, error);
  else if (result == 0)
    print_numbers (quantizer, &in, &random, &events);
  if (result == 0)
    fprintf (stderr, "numsys: %s: %zu numbers; overflow %" PRIu64
             ", saturated %" PRIu64 ", flushed %" PRIu64 ", raised %" PRIu64
             ", nan %" PRIu64 ".\n", numsys_quantizer_spec (quantizer),
             in.count, events.overflow, events.saturated, events.flushed,
             events.raised, events.nan);
  free (in.x);
  numsys_quantizer_free (quantizer);
  return result;
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
    case 's':
      asked->seed = (uint32_t) strtoul (argument, &end, 10);
      if (end == argument || *end != '\0')
        argp_error (state, "--seed '%s' is not a whole number", argument);
      return 0;
    case ARGP_KEY_ARG:
      if (state->arg_num == 0)
        asked->spec = argument;
      else if (state->arg_num == 1)
        asked->file = argument;
      else
        argp_error (state, "one file at a time: '%s' is too much", argument);
      return 0;
    case ARGP_KEY_NO_ARGS:
      argp_error (state, "into which number system? ('numsys systems' lists "
                  "them)");
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
    { "seed", 's', "N", 0, "Of stochastic rounding (default: 1)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "SPEC [FILE]",
    "Rounds the numbers of a text file, or of standard input, into a number "
    "system.  A line is a row; the file is one tensor, scaled as SPEC says "
    "(scale=tensor unless given: scale=none leaves numbers where they are).  "
    "What happened to numbers is counted on standard error.", NULL, NULL, NULL
  };
  request asked = { NULL, NULL, 0, 1 };
  numsys_error error;

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  return quantize (&asked, &error) == 0 ? COMMAND_DONE
                                        : command_fail (&error);
}

const command command_quantize = {
  .name = "quantize",
  .summary = "round numbers of a text file into a number system",
  .run = run,
};
