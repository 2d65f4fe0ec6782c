/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Specs of datapaths.  */

#include <config.h>
#include <stdio.h>
#include <string.h>
#include "numsys/datapath/inside.h"

#define WHAT "datapath"

static const char *const rounds[] = { "zero", "nearest", "down", NULL };
static const char *const orders[]
  = { "sequential", "pairwise", "blocked", NULL };
static const char *const overflows[] = { "saturate", "wrap", NULL };
static const char *const backs[] = { "float", "lns", NULL };

const numsys_param numsys_datapath_params[] = {
  [DATAPATH_ACC] = { "acc", 24, 4, 60, NULL, "bits of the accumulator" },
  [DATAPATH_FRACTION] = { "fraction", 12, 0, NUMSYS_APPROX_MOST_FRACTION, NULL,
                          "fraction bits of remainder constants" },
  [DATAPATH_LSB] = { "lsb", NUMSYS_DERIVED, -(1 << 20), 1 << 20, NULL,
                     "log2 of the accumulator's unit (default: by "
                     "headroom)" },
  [DATAPATH_HEADROOM] = { "headroom", 6, -60, 60, NULL,
                          "bits above the largest product" },
  [DATAPATH_ROUND] = { "round", ROUND_ZERO, 0, 2, rounds,
                       "how a term is made an integer" },
  [DATAPATH_ORDER] = { "order", ORDER_SEQUENTIAL, 0, 2, orders,
                       "order of accumulation" },
  [DATAPATH_BLOCK] = { "block", 16, 1, 1 << 20, NULL,
                       "products in a block of order=blocked" },
  [DATAPATH_OVERFLOW] = { "overflow", OVERFLOW_SATURATE, 0, 1, overflows,
                          "what becomes of sums beyond the range" },
  [DATAPATH_BINNING] = { "binning", 0, 0, 1, NULL,
                         "1: a bin for each remainder, constants last" },
  [DATAPATH_BACK] = { "back", BACK_FLOAT, 0, 1, backs,
                      "results rounded to float32, or to LNS steps" },
  [DATAPATH_PARAMS] = { NULL, 0, 0, 0, NULL, NULL },
};

/* Takes `approx=A' out of a split spec. */
static void
take_approx (numsys_split *split, char out[NUMSYS_SPEC_TEXT])
{
  size_t kept = 0;

  strcpy (out, "exact");
  for (size_t i = 0; i < split->count; i++)
    if (split->key[i] != NULL && strcmp (split->key[i], "approx") == 0)
      snprintf (out, NUMSYS_SPEC_TEXT, "%s", split->value[i]);
    else
      {
        split->key[kept] = split->key[i];
        split->value[kept++] = split->value[i];
      }
  split->count = kept;
}

int
numsys_datapath_parse (const char *spec, numsys_datapath_spec *out,
                       numsys_error *error)
{
  numsys_approx *approx;
  numsys_split split;

  if (numsys_spec_split (spec, WHAT, &split, error) != 0)
    return -1;
  if (strcmp (split.name, WHAT) != 0)
    {
      numsys_error_set (error, "'%s' is no " WHAT ": its spec begins with "
                        WHAT ":", spec);
      return -1;
    }
  take_approx (&split, out->approx);
  if (numsys_params_read (WHAT, numsys_datapath_params, &split, out->values,
                          error) != 0)
    return -1;
  if (out->values[DATAPATH_BINNING]
      && out->values[DATAPATH_ORDER] != ORDER_SEQUENTIAL)
    {
      numsys_error_set (error, WHAT ": order=%s is not for binning=1, whose "
                        "bins are filled in turn: order=sequential",
                        orders[out->values[DATAPATH_ORDER]]);
      return -1;
    }
  /* Any gamma will do to see whether it is one, and to name it. */
  approx = numsys_approx_new (out->approx, 1, 1, error);
  if (approx == NULL)
    return -1;
  if (strchr (out->approx, '=') != NULL)
    snprintf (out->approx, sizeof out->approx, "%s",
              numsys_approx_spec (approx));
  numsys_approx_free (approx);
  return 0;
}

int
numsys_datapath_canonical (const char *spec, char out[], size_t room,
                           numsys_error *error)
{
  numsys_datapath_spec parsed;
  char text[NUMSYS_SPEC_TEXT] = "";

  if (numsys_datapath_parse (spec, &parsed, error) != 0)
    return -1;
  for (size_t i = 0; i < DATAPATH_PARAMS; i++)
    if (parsed.values[i] != NUMSYS_DERIVED
        && (i != DATAPATH_HEADROOM
            || parsed.values[DATAPATH_LSB] == NUMSYS_DERIVED)
        && (i != DATAPATH_BLOCK
            || parsed.values[DATAPATH_ORDER] == ORDER_BLOCKED))
      numsys_param_print (text, ',', &numsys_datapath_params[i],
                          parsed.values[i]);
  snprintf (out, room, WHAT ":approx=%s%s", parsed.approx, text);
  return 0;
}
