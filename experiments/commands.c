/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands.  */

#include <config.h>

#include <stdio.h>
#include <string.h>

#include "experiments/command.h"

const command *const commands[] = {
  &command_run,
  &command_studies,
  &command_plot,
  &command_results,
  &command_systems,
  &command_quantize,
  &command_verify,
  &command_cases,
  &command_table,
  &command_data,
  &command_bench,
  &command_export,
  NULL,
};

const command *
command_find (const char *name)
{
  for (const command *const *c = commands; *c != NULL; c++)
    if (strcmp ((*c)->name, name) == 0)
      return *c;
  return NULL;
}

int
command_fail (const numsys_error *error)
{
  const size_t length = strlen (error->text);
  const char last = length > 0 ? error->text[length - 1] : '\0';

  fflush (stdout);
  fprintf (stderr, "numsys: %s%s\n", error->text,
           last == '.' || last == '?' ? "" : ".");
  return COMMAND_FAILED;
}
