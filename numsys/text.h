/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in text, taken apart without rounding.  Not installed.  */

#ifndef NUMSYS_TEXT_H
#define NUMSYS_TEXT_H

#include <gmp.h>
#include "numsys/type.h"

/* A finite number is +-c 2^twos 10^tens. */
typedef struct numsys_text
{
  numsys_class class;
  int negative;
  mpz_t c;
  int64_t twos, tens;
} numsys_text;

/* Decimal powers further from zero than this are refused. */
#define NUMSYS_TEXT_TENS 1000000

void numsys_text_init (numsys_text *number);
void numsys_text_clear (numsys_text *number);

/* Reads a decimal number, C's hexadecimal notation, inf, infinity or nan; 0,
   or -1 and a sentence. */
int numsys_text_read (numsys_text *number, const char *text,
                      numsys_error *error);

#endif
