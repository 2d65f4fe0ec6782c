/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of probes, read.  */

#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/probes/plan.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

int
probe_plan_read (const char *text, probe_plan *plan, numsys_error *error)
{
  long long every;
  char *end;

  *plan = (probe_plan) { .when = PROBE_NEVER };
  if (strcmp (text, "none") == 0)
    return 0;
  plan->when = PROBE_EPOCHS;
  if (strcmp (text, "epoch") == 0)
    return 0;
  errno = 0;
  every = strtoll (text, &end, 10);
  if (end == text || *end != '\0' || errno != 0 || every < 1)
    {
      numsys_error_set (error, "'%s' is not none, epoch or a whole number of "
                        "steps from 1 up", text);
      return -1;
    }
  *plan = (probe_plan) { .when = PROBE_STEPS, .every = (uint64_t) every };
  return 0;
}

int
probe_plan_is_due (const probe_plan *plan, uint64_t step, uint64_t epoch_steps,
                   uint64_t steps)
{
  switch (plan->when)
    {
    case PROBE_EPOCHS:
      return step == 1 || step % epoch_steps == 0;
    case PROBE_STEPS:
      return step == 1 || step == steps || step % plan->every == 0;
    default:
      return 0;
    }
}

/* Whether word stands in a list between single spaces. */
static int
has_word (const char *list, const char *word)
{
  const size_t length = strlen (word);

  for (const char *at = list; (at = strstr (at, word)) != NULL; at++)
    if ((at == list || at[-1] == ' ')
        && (at[length] == ' ' || at[length] == '\0'))
      return 1;
  return 0;
}

/* Adds one spec, length bytes long, unless it is there. */
static int
add_spec (const char *word, size_t length, size_t size, char out[],
          size_t *count, numsys_error *error)
{
  const size_t used = strlen (out);
  char spec[NUMSYS_SPEC_TEXT];
  numsys_quantizer *quantizer;
  const char *canonical;
  int fits = 1;

  if (length >= sizeof spec)
    {
      numsys_error_set (error, "'%.40s...' is too long for a spec", word);
      return -1;
    }
  snprintf (spec, sizeof spec, "%.*s", (int) length, word);
  quantizer = numsys_quantizer_new (spec, error);
  if (quantizer == NULL)
    return -1;
  canonical = numsys_quantizer_spec (quantizer);
  if (!has_word (out, canonical))
    {
      fits = ++*count <= PROBE_MOST_SPECS
             && used + strlen (canonical) + 2 <= size;
      if (fits)
        snprintf (out + used, size - used, "%s%s", used > 0 ? " " : "",
                  canonical);
      else
        numsys_error_set (error, "more specs than the %d allowed, or too long "
                          "ones", PROBE_MOST_SPECS);
    }
  numsys_quantizer_free (quantizer);
  return fits ? 0 : -1;
}

int
probe_specs_canonical (const char *list, size_t size, char out[],
                       numsys_error *error)
{
  size_t count = 0;

  out[0] = '\0';
  while (*(list += strspn (list, " ")) != '\0')
    {
      const size_t length = strcspn (list, " ");

      if ((length != 1 || *list != '-')
          && add_spec (list, length, size, out, &count, error) != 0)
        return -1;
      list += length;
    }
  if (out[0] == '\0')
    snprintf (out, size, PROBE_NO_SPECS);
  return 0;
}
