/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a system's codes are used: how many occur, and the entropy of their
   frequencies, streamed.  */

#ifndef ANALYSIS_CODES_H
#define ANALYSIS_CODES_H

#include <stddef.h>
#include <stdint.h>

#define ANALYSIS_CODES_MOST_BITS 20

typedef struct analysis_codes
{
  unsigned bits;
  uint64_t total;
  uint64_t *count;   /* owned; 2^bits of them */
} analysis_codes;

/* Codes of at most ANALYSIS_CODES_MOST_BITS bits, none seen.  -1 when memory
   ran out. */
int analysis_codes_init (analysis_codes *codes, unsigned bits);
void analysis_codes_clear (analysis_codes *codes);   /* zeroed: allowed */

/* Forgets what was seen. */
void analysis_codes_reset (analysis_codes *codes);

/* Each code is below 2^bits. */
void analysis_codes_add (analysis_codes *codes, size_t n,
                         const uint32_t code[]);

/* Both of the same bits. */
void analysis_codes_merge (analysis_codes *into, const analysis_codes *from);

typedef struct analysis_codes_result
{
  uint64_t used;         /* different codes */
  double entropy_bits;   /* - sum p log2 p, p being frequencies: 0 for a
                            constant, NaN when no code was seen */
} analysis_codes_result;

analysis_codes_result analysis_codes_of (const analysis_codes *codes);

#endif
