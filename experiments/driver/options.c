/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which study, of which size, on which data, with what set otherwise.  */

#include <config.h>

#include "experiments/driver/options.h"
#include "experiments/results/memory.h"

/* Apart from all keys of the commands. */
enum
{
  KEY_SMOKE = 512,
  KEY_QUICK,
  KEY_DATA
};

static const struct argp_option options[] = {
  { NULL, 0, NULL, 0, "The study:", 1 },
  { "smoke", KEY_SMOKE, NULL, 0, "Seconds: only proves that it works", 0 },
  { "quick", KEY_QUICK, NULL, 0, "Minutes: a smaller study", 0 },
  { "set", 's', "NAME=VALUE", 0,
    "Override a setting, or keep one point of an axis or list; may be "
    "repeated", 0 },
  { "data", KEY_DATA, "DIR", 0, "Where the data set is", 0 },
  { NULL, 0, NULL, 0, NULL, 0 }
};

static void
add_setting (opening_options *out, const char *assignment)
{
  out->set = memory_grow (out->set, out->asked.sets, sizeof out->set[0]);
  out->set[out->asked.sets++] = assignment;
  out->asked.set = out->set;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  opening_options *out = state->input;

  switch (key)
    {
    case KEY_SMOKE:
    case KEY_QUICK:
      out->asked.size = key == KEY_SMOKE ? "smoke" : "quick";
      break;
    case 's':
      add_setting (out, argument);
      break;
    case KEY_DATA:
      out->asked.data = argument;
      break;
    case ARGP_KEY_ARG:
      if (out->asked.study != NULL)
        argp_error (state, "one study at a time: '%s' is too much", argument);
      out->asked.study = argument;
      break;
    case ARGP_KEY_NO_ARGS:
      argp_error (state, "which study? ('numsys studies' lists them)");
      break;
    default:
      return ARGP_ERR_UNKNOWN;
    }
  return 0;
}

const struct argp opening_options_argp = {
  options, parse, NULL, NULL, NULL, NULL, NULL
};
