/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often each of a system's codes is used, streamed.  */

#ifndef ANALYSIS_CODES_H
#define ANALYSIS_CODES_H

#include <stddef.h>
#include <stdint.h>
#include "analysis/frequencies.h"

#define ANALYSIS_CODES_MOST_BITS 20

typedef struct analysis_codes
{
  unsigned bits;
  uint64_t *count;   /* owned; 2^bits of them */
} analysis_codes;

/* Codes of at most ANALYSIS_CODES_MOST_BITS bits, none seen.  -1 when memory
   ran out. */
int analysis_codes_init (analysis_codes *codes, unsigned bits);
void analysis_codes_clear (analysis_codes *codes);   /* zeroed: allowed */

/* Forgets what was seen. */
void analysis_codes_reset (analysis_codes *codes);

/* code[i], below 2^bits, occurred count[i] times. */
void analysis_codes_add (analysis_codes *codes, size_t n,
                         const uint32_t code[], const uint64_t count[]);

/* Both of the same bits. */
void analysis_codes_merge (analysis_codes *into, const analysis_codes *from);

analysis_frequencies
analysis_codes_frequencies (const analysis_codes *codes);

#endif
