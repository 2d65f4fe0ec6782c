/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roundings as kernels take them.  Not installed.  */

#ifndef NUMSYS_CHOICE_H
#define NUMSYS_CHOICE_H

#include "numsys/kernels/kernels.h"
#include "numsys/type.h"

/* To nearest is the middle of the values on both sides. */
numsys_choice numsys_choice_of (numsys_rounding rounding,
                                unsigned random_bits);

#endif
