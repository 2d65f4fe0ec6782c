/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: finds the command and hands over.  */

#include <config.h>

#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/command.h"
#include "experiments/results/memory.h"
#include "experiments/workloads/product.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

const char *argp_program_version = PACKAGE_STRING;

static const char introduction[]
  = "Studies number systems: what training needs of base, bits and range, "
    "every\noperation correctly rounded.\n"
    "\n"
    "Commands ('numsys COMMAND --help' says more):";

static void
print_help (FILE *stream)
{
  fprintf (stream, "Usage: numsys COMMAND [ARGUMENT...]\n%s\n", introduction);
  for (const command *const *c = commands; *c != NULL; c++)
    fprintf (stream, "  %-10s %s\n", (*c)->name, (*c)->summary);
  fputs ("\n"
         "First steps:\n"
         "  numsys systems lns:8,8            what one number system is\n"
         "  numsys run base-bitwidth --smoke  a study in seconds, its figures "
         "in\n"
         "                                    results/base-bitwidth/figures\n"
         "\n"
         "Exit status: 0 done, 1 failed, 2 wrong usage.\n", stream);
}

/* The version, and what of this machine bears on speed, and on the bits of
   product=sgemm. */
static void
print_version (void)
{
  printf ("%s\ninstruction set: %s\nBLAS (product=sgemm): %s\n",
          argp_program_version, numsys_isa (), product_blas_name ());
}

static int
unknown_command (const char *name)
{
  const char *words[32];
  char near[64], list[200] = "";
  numsys_error error;
  size_t n = 0;

  for (; commands[n] != NULL; n++)
    {
      words[n] = commands[n]->name;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", words[n]);
    }
  numsys_nearest_word (name, n, words, near);
  numsys_error_set (&error, "unknown command '%s'%s (commands: %s)", name,
                    near, list);
  command_fail (&error);
  return COMMAND_USAGE;
}

/* Runs argv[1], or does what stands in its place. */
static int
dispatch (int argc, char **argv)
{
  const command *found;
  char *name;
  int status;

  if (argc < 2)
    {
      print_help (stderr);
      return COMMAND_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-?") == 0
      || strcmp (argv[1], "help") == 0)
    print_help (stdout);
  else if (strcmp (argv[1], "--version") == 0 || strcmp (argv[1], "-V") == 0)
    print_version ();
  else
    {
      found = command_find (argv[1]);
      if (found == NULL)
        return unknown_command (argv[1]);
      name = memory_format ("numsys %s", found->name);
      argv[1] = name;
      status = found->run (argc - 1, argv + 1);
      free (name);
      return status;
    }
  return COMMAND_DONE;
}

int
main (int argc, char **argv)
{
  int status;

  argp_err_exit_status = COMMAND_USAGE;
  /* A file that grows past its limit is a sentence, not a death. */
  signal (SIGXFSZ, SIG_IGN);
  status = dispatch (argc, argv);
  errno = 0;
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      numsys_error error;
      numsys_error_set (&error, "cannot write to standard output%s%s",
                        errno != 0 ? ": " : "",
                        errno != 0 ? strerror (errno) : "");
      return command_fail (&error);
    }
  return status;
}
