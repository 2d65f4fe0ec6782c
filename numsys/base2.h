/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Powers of two and logarithms to base two in integers, within bounds that are
   proved (base2.c).  Not installed.  */

#ifndef NUMSYS_BASE2_H
#define NUMSYS_BASE2_H

#include <stdint.h>

/* Results are in units of 2^-NUMSYS_BASE2_UNIT, and err by less than so
   many. */
#define NUMSYS_BASE2_UNIT 62
#define NUMSYS_BASE2_POWER_ERROR 8
#define NUMSYS_BASE2_LOG_ERROR 2

/* 2^(num / den), 0 <= num < den < 2^32. */
uint64_t numsys_base2_power (uint64_t num, uint64_t den);

/* log2 (c / 2^31), 2^31 <= c < 2^32. */
uint64_t numsys_base2_log (uint32_t c);

#endif
