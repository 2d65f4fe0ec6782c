/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of one system that lie next to the thresholds of another.  */

#ifndef TESTS_NUMSYS_THRESHOLDS_H
#define TESTS_NUMSYS_THRESHOLDS_H

#include "numsys/numsys.h"

/* The code of from that is near to a value of to, or to one of the middles over
   it: the value is one of code word, which of the three word kind decides. */
uint32_t thresholds_code (const numsys *from, const numsys *to, uint32_t word,
                          uint32_t kind);

#endif
