/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside plots: running a program and reading what it complains of.  */

#ifndef PLOTS_SPAWN_H
#define PLOTS_SPAWN_H

#include "numsys/type.h"
#include "plots/plots.h"

/* Runs words[0], found on PATH, with words (ended by NULL), and waits.  What
   it prints is dropped; any complaint (standard error) is a failure, except
   remarks of the font library's.  what names the job in sentences.  */
plots_status plots_spawn (const char *const words[], const char *what,
                          numsys_error *error);

#endif
