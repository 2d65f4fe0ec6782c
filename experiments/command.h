/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's commands.  To add one, write its file in commands/, declare
   it here and name it in commands.c.  */

#ifndef EXPERIMENTS_COMMAND_H
#define EXPERIMENTS_COMMAND_H

#include "numsys/type.h"

/* Exit statuses of the program. */
enum
{
  COMMAND_DONE = 0,
  COMMAND_FAILED = 1,
  COMMAND_USAGE = 2
};

typedef struct command
{
  const char *name;
  const char *summary;   /* one line, for --help */
  /* Gives the exit status; argv[0] is "numsys NAME".  Options are argp's. */
  int (*run) (int argc, char **argv);
} command;

extern const command *const commands[];   /* ended by NULL */

extern const command command_bench;
extern const command command_cases;
extern const command command_data;
extern const command command_export;
extern const command command_plot;
extern const command command_quantize;
extern const command command_results;
extern const command command_run;
extern const command command_studies;
extern const command command_systems;
extern const command command_verify;
extern const command command_table;

/* The command of this name, or NULL. */
const command *command_find (const char *name);

/* "numsys: SENTENCE." on standard error; gives COMMAND_FAILED. */
int command_fail (const numsys_error *error);

#endif
