/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Error against the distance of the operands, drawn.  */

#ifndef EXPERIMENTS_VERIFY_FIGURE_H
#define EXPERIMENTS_VERIFY_FIGURE_H

#include "experiments/verify/verify.h"

/* Whether a figure can be drawn of a system into a file of this name; -1 and a
   sentence if not: LNS only, and svg, pdf or png.  */
int verify_figure_check (const numsys *system, const char *file,
                         numsys_error *error);

/* Draws sums and differences of an LNS as a subject answers them under a
   rounding; scripts is the folder of style.gp.  0, or -1 and a sentence;
   nothing half-written is left.  */
int verify_figure_draw (const numsys *system, const verify_subject *subject,
                        numsys_rounding rounding, const char *scripts,
                        const char *file, numsys_error *error);

#endif
