/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys systems: what number systems there are, and all about one.  */

#include <config.h>

#include <argp.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/command.h"
#include "experiments/picture.h"
#include "experiments/results/memory.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

#define MOST_LISTED_BITS 20

/* --- The list --- */

static void
print_param (const numsys_param *param)
{
  printf ("    %-12s %s", param->key, param->meaning);
  for (size_t i = 0; param->words != NULL && param->words[i] != NULL; i++)
    printf ("%s%s", i > 0 ? " | " : ": ", param->words[i]);
  if (param->words == NULL)
    printf (": %" PRId64 " to %" PRId64, param->least, param->most);
  if (param->preset == NUMSYS_DERIVED)
    putchar ('\n');
  else if (param->words == NULL)
    printf (" (default %" PRId64 ")\n", param->preset);
  else
    printf (" (default %s)\n", param->words[param->preset]);
}

static void
list_systems (void)
{
  puts ("A number system is named by a spec, FAMILY:key=value,..., or by an "
        "alias;\nvalues without keys come in the order below: lns:8,8 is "
        "lns:bits=8,gamma=8.\n\nFamilies and their keys:");
  for (const numsys_type *const *type = numsys_types; *type != NULL; type++)
    {
      printf ("  %s: %s\n", (*type)->name, (*type)->summary);
      for (const numsys_param *p = (*type)->params; p->key != NULL; p++)
        print_param (p);
    }
  puts ("\nKeys of a role in training, beside the family's (scale=tensor by "
        "default):");
  for (const numsys_param *p = numsys_quantizer_params; p->key != NULL; p++)
    print_param (p);
  puts ("\nAliases:");
  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    printf ("  %-8s %-44s %s\n", alias->name, alias->spec, alias->meaning);
  puts ("\n'numsys systems SPEC' tells all about one of them.");
}

/* --- One system --- */

static void
print_range (const numsys *system)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const uint64_t top = ladder->top (state, 0);
  const double low = picture_log2 (system, 1);
  const double high = picture_log2 (system, top);
  double least = INFINITY, most = 0;

  printf ("  smallest positive  %-12.6g (2^%.6g)\n", exp2 (low), low);
  printf ("  largest            %-12.6g (2^%.6g)\n", exp2 (high), high);
  printf ("  range              %.4g octaves, %.4g decibels\n", high - low,
          20 * (high - low) * log10 (2));
  /* Gaps are widest at the bottom of an octave: those above rung 1 and below
     the top tell the extremes in every family. */
  for (uint64_t rung = 1; rung < top; rung = rung < 4096 ? rung + 1 : top - 1)
    {
      const double gap = exp2 (picture_log2 (system, rung + 1)
                               - picture_log2 (system, rung)) - 1;
      least = fmin (least, gap);
      most = fmax (most, gap);
      if (rung == top - 1)
        break;
    }
  if (top > 1 && most - least < 1e-9 * most)
    printf ("  relative gap       %.4g %%, everywhere\n", 100 * most);
  else if (top > 1)
    printf ("  relative gap       %.4g %% to %.4g %%\n", 100 * least,
            100 * most);
}

static void
print_codes_summary (const numsys *system)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const unsigned bits = numsys_code_bits (system);

  printf ("  code               %u bits, sign included: %.0f codes\n", bits,
          exp2 (bits));
  printf ("  values             %" PRIu64 " positive, %" PRIu64
          " negative, %s zero\n", ladder->top (state, 0),
          ladder->top (state, 1), ladder->has_zero (state) ? "and" : "no");
}

/* What comes of numbers beyond the largest and below the smallest. */
static void
print_policies (const numsys *system)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const double low = picture_log2 (system, 1);
  double x[4] = { INFINITY, NAN, 0, 0 };
  void *element = numsys_elements_new (system, 4);
  numsys_events events = { 0, 0, 0, 0, 0 };
  double y[4];

  if (element == NULL)
    memory_exhausted ();
  x[2] = exp2 (low - 3);
  numsys_encode (system, &context, 4, x, element, &events);
  numsys_decode (system, 4, element, y);
  printf ("  infinity becomes   %g\n  NaN becomes        %g\n", y[0],
          isnan (y[1]) ? NAN : y[1]);
  printf ("  tiny becomes       %g (%g, an eighth of the smallest; %s)\n",
          y[2], x[2], ladder->clamps (numsys_state (system))
                      ? "underflow is raised" : "underflow is flushed");
  numsys_elements_free (system, 4, element);
}

static void
print_values (const numsys *system)
{
  const numsys_param *params = numsys_type_of (system)->params;

  for (size_t i = 0; params[i].key != NULL; i++)
    {
      const int64_t value = numsys_value (system, i);

      if (params[i].words != NULL)
        printf ("  %-18s %-12s %s\n", params[i].key, params[i].words[value],
                params[i].meaning);
      else
        printf ("  %-18s %-12" PRId64 " %s\n", params[i].key, value,
                params[i].meaning);
    }
}

/* The spec that the same text gives in training, or why it cannot. */
static void
print_training (const char *spec)
{
  numsys_error error;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &error);

  if (quantizer != NULL)
    printf ("  as a role          %s\n", numsys_quantizer_spec (quantizer));
  else
    printf ("  as a role          no: %s\n", error.text);
  numsys_quantizer_free (quantizer);
}

static int
list_codes (const numsys *system)
{
  const unsigned bits = numsys_code_bits (system);
  void *element;
  numsys_error error;

  if (bits == 0 || bits > MOST_LISTED_BITS)
    {
      numsys_error_set (&error, "%s has %s to list; at most %d bits are",
                        numsys_spec (system),
                        bits == 0 ? "no codes" : "too many codes",
                        MOST_LISTED_BITS);
      return command_fail (&error);
    }
  element = numsys_elements_new (system, 1);
  if (element == NULL)
    memory_exhausted ();
  puts ("code\tvalue");
  for (uint32_t code = 0; code < UINT32_C (1) << bits; code++)
    {
      double value;

      numsys_from_codes (system, 1, &code, element);
      numsys_decode (system, 1, element, &value);
      printf ("0x%0*" PRIx32 "\t%.17g\n", (int) (bits + 3) / 4, code, value);
    }
  numsys_elements_free (system, 1, element);
  return COMMAND_DONE;
}

/* --- Arguments --- */

typedef struct request
{
  const char *spec;
  int codes;
} request;

static int
show_system (const request *asked)
{
  numsys_error error;
  numsys *system = numsys_new (asked->spec, &error);
  int status = COMMAND_DONE;

  if (system == NULL)
    return command_fail (&error);
  if (asked->codes)
    status = list_codes (system);
  else
    {
      printf ("%s: %s\n", numsys_spec (system),
              numsys_type_of (system)->summary);
      print_values (system);
      if (numsys_type_of (system)->ladder != NULL)
        {
          print_codes_summary (system);
          print_range (system);
          print_policies (system);
        }
      print_training (asked->spec);
      if (numsys_type_of (system)->ladder != NULL)
        picture_print (system, stdout);
    }
  numsys_free (system);
  return status;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;

  if (key == 'c')
    asked->codes = 1;
  else if (key == ARGP_KEY_ARG && state->arg_num == 0)
    asked->spec = argument;
  else if (key == ARGP_KEY_ARG)
    argp_error (state, "one system at a time: '%s' is too much", argument);
  else if (key == ARGP_KEY_END && asked->codes && asked->spec == NULL)
    argp_error (state, "--codes of which system?");
  else
    return ARGP_ERR_UNKNOWN;
  return 0;
}

static int
run (int argc, char **argv)
{
  static const struct argp_option options[] = {
    { "codes", 'c', NULL, 0, "List every code and its value", 0 },
    { NULL, 0, NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "[SPEC]",
    "Lists the number systems, their keys and aliases; or tells all about "
    "one: its values, range and gaps, what becomes of numbers beyond, and a "
    "picture of its number line.", NULL, NULL, NULL
  };
  request asked = { NULL, 0 };

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  if (asked.spec != NULL)
    return show_system (&asked);
  list_systems ();
  return COMMAND_DONE;
}

const command command_systems = {
  .name = "systems",
  .summary = "list the number systems, or tell all about one",
  .run = run,
};
