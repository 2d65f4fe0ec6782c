/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a place between two neighbours is compared with (numsys_choice).  */

#ifndef NUMSYS_KERNELS_CHOICE_H
#define NUMSYS_KERNELS_CHOICE_H

#include "numsys/kernels/kernels.h"

static inline uint32_t
numsys_choice_threshold (const numsys_choice *choice, int negative, int is_odd,
                         uint32_t word)
{
  uint32_t threshold = (word & choice->mask) + choice->base[negative];

  return is_odd && choice->flips ? ~threshold : threshold;
}

#endif
