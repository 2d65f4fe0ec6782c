/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys export: a tensor of a run, at a step, as an npy file.  Nothing of it
   was stored: the run is done again up to that step, and gives the same bits.
   */

#include <config.h>

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/array.h"
#include "experiments/command.h"
#include "experiments/driver/options.h"
#include "experiments/results/memory.h"
#include "numsys/spec.h"

enum { KEY_BIAS = 256 };

typedef struct request
{
  opening_options study;
  const char *run, *out;
  int role;                /* -1: not given */
  unsigned layer;
  uint64_t step;
  int is_bias, is_quantized;
  array found;             /* x NULL: not yet */
} request;

static const struct argp_option options[] = {
  { "run", 'r', "RUN", 0, "Which run: its number in the study's order, from "
    "1, or the beginning of its hash (default: 1)", 0 },
  { "role", 'R', "ROLE", 0, "W A E G U M or V", 0 },
  { "layer", 'l', "N", 0, "From 1 (default: 1)", 0 },
  { "bias", KEY_BIAS, NULL, 0, "Of G U M V: the biases' part", 0 },
  { "step", 't', "N", 0, "From 1 (default: 1)", 0 },
  { "quantized", 'z', NULL, 0, "As the role's quantizer gives it (U always "
    "is); otherwise as it takes it", 0 },
  { "out", 'o', "FILE", 0, "The npy file to write", 0 },
  { NULL, 0, NULL, 0, NULL, 0 }
};

/* Keeps the tensor that is asked for. */
static void
see (void *closure, const roles_tensor *tensor)
{
  request *asked = closure;
  const size_t n = tensor->rows * tensor->columns;

  if ((int) tensor->role != asked->role || tensor->layer + 1 != asked->layer
      || tensor->is_bias != asked->is_bias || asked->found.x != NULL)
    return;
  asked->found = (array) {
    .rows = tensor->rows, .columns = tensor->columns, .count = n,
    .x = memory_new (n, sizeof (float)), .dimensions = 2,
    .shape = { tensor->rows, tensor->columns },
  };
  if (tensor->rows == 1 || tensor->columns == 1)
    {
      asked->found.dimensions = 1;
      asked->found.shape[0] = n;
    }
  if (asked->is_quantized && tensor->quantizer != NULL
      && tensor->role != TRAINING_U)
    numsys_quantize (tensor->quantizer, tensor->rows, tensor->columns,
                     tensor->channel_axis, tensor->x, tensor->random,
                     asked->found.x, NULL);
  else
    memcpy (asked->found.x, tensor->x, n * sizeof (float));
}

/* The run of this number, or whose hash begins so. */
static const grid_run *
find_run (const grid *runs, const char *text, numsys_error *error)
{
  char *end;
  const unsigned long number = strtoul (text, &end, 10);
  const grid_run *found = NULL;

  if (*end == '\0' && end != text && strlen (text) < 8 && number >= 1
      && number <= runs->count)
    return &runs->run[number - 1];
  for (size_t i = 0; i < runs->count; i++)
    if (*text != '\0'
        && strncmp (runs->run[i].hash.text, text, strlen (text)) == 0)
      {
        if (found != NULL && strcmp (found->hash.text,
                                     runs->run[i].hash.text) != 0)
          {
            numsys_error_set (error, "several runs have hashes that begin "
                              "with %s", text);
            return NULL;
          }
        found = &runs->run[i];
      }
  if (found == NULL)
    numsys_error_set (error, "the study has no run '%s': its runs are 1 to "
                      "%zu, or named by their hashes", text, runs->count);
  return found;
}

static int
show_run (request *asked, opening *opened, numsys_error *error)
{
  const grid_run *run = find_run (&opened->runs, asked->run, error);
  const roles_watch watch = { .closure = asked, .see = see };
  training_settings settings;

  if (run == NULL)
    return -1;
  settings = settings_for_training (&run->settings);
  settings.probe = NULL;
  if (training_show (&settings,
                     sets_find (&opened->sets,
                                settings_get (&run->settings, "data")),
                     asked->step, &watch, error) != 0)
    return -1;
  if (asked->found.x != NULL)
    return 0;
  numsys_error_set (error, "run %.8s has no %s of role %s in layer %u",
                    run->hash.text, asked->is_bias ? "biases" : "tensor",
                    training_role_names[asked->role], asked->layer);
  return -1;
}

static int
export (request *asked, numsys_error *error)
{
  opening opened;
  int result = opening_open (&asked->study.asked, &opened, error);

  if (result == 0)
    result = show_run (asked, &opened, error);
  if (result == 0)
    result = array_write (asked->out, &asked->found, asked->found.x, error);
  array_free (&asked->found);
  opening_close (&opened);
  return result;
}

/* --- Arguments --- */

static uint64_t
read_number (const char *text, const char *what, struct argp_state *state)
{
  char *end;
  const unsigned long long number = strtoull (text, &end, 10);

  if (end == text || *end != '\0' || *text == '-' || number < 1
      || number > UINT32_MAX)
    argp_error (state, "--%s '%s' is not a whole number from 1 up", what,
                text);
  return number;
}

static int
read_role (const char *text, struct argp_state *state)
{
  for (int i = 0; i < TRAINING_ROLES; i++)
    if (strcmp (training_role_names[i], text) == 0)
      return i;
  argp_error (state, "--role '%s' is none of W A E G U M V", text);
  return -1;
}

static void
check (const request *asked, struct argp_state *state)
{
  if (asked->role < 0)
    argp_error (state, "which --role: W A E G U M or V?");
  if (asked->out == NULL)
    argp_error (state, "write to which file? (--out FILE.npy)");
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;

  switch (key)
    {
    case ARGP_KEY_INIT:
      state->child_inputs[0] = &asked->study;
      break;
    case 'r':
      asked->run = argument;
      break;
    case 'R':
      asked->role = read_role (argument, state);
      break;
    case 'l':
      asked->layer = (unsigned) read_number (argument, "layer", state);
      break;
    case 't':
      asked->step = read_number (argument, "step", state);
      break;
    case KEY_BIAS:
      asked->is_bias = 1;
      break;
    case 'z':
      asked->is_quantized = 1;
      break;
    case 'o':
      asked->out = argument;
      break;
    case ARGP_KEY_END:
      check (asked, state);
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
    { &opening_options_argp, 0, NULL, 0 }, { NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "STUDY --role ROLE --out FILE",
    "Writes a tensor of a run as an npy file of float32: the run is done "
    "again up to that step, bit for bit.  Weights W are those that products "
    "read in the step, U those stored after it; A and E are of one batch.",
    children, NULL, NULL
  };
  request asked = {
    .study.asked.size = "full", .run = "1", .role = -1, .layer = 1, .step = 1,
  };
  numsys_error error;
  int result;

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  result = export (&asked, &error);
  free (asked.study.set);
  return result == 0 ? COMMAND_DONE : command_fail (&error);
}

const command command_export = {
  .name = "export",
  .summary = "a tensor of a run, at a step, as an npy file",
  .run = run,
};
