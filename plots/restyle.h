/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside plots: what the user sets, as commands of gnuplot's.  */

#ifndef PLOTS_RESTYLE_H
#define PLOTS_RESTYLE_H

#include "plots/plots.h"

/* "set NAME VALUE; ..." of a figure, owned by the caller; NULL without
   memory. */
char *plots_restyle (const plots_figure *figure);

#endif
