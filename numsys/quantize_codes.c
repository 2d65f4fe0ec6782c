/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing arrays to codes and from them, as 32 bits or as elements.  */

#include <config.h>
#include "numsys/kernels/codes.h"
#include "numsys/quantizer.h"

/* Codes of so many bits have their values in a table, if there are more codes
   to decode than values. */
enum { TABLE_BITS = 12 };

/* Codes of `size' bytes. */
static void
encode (const numsys_quantizer *quantizer, numsys_scale scale, size_t n,
        const float x[], const numsys_random *random, uint64_t first,
        size_t size, void *codes, numsys_events *events)
{
  numsys_events ignored = { 0 };
  uint32_t words[NUMSYS_PIECE];

  for (size_t i = 0, length; i < n; i += length)
    {
      length = numsys_quantizer_piece (quantizer, n - i);
      quantizer->path->encode (
        quantizer->plan, scale, length, x + i,
        numsys_quantizer_draw (quantizer, random, first + i, length, words),
        size, (char *) codes + i * size, events == NULL ? &ignored : events);
    }
}

void
numsys_quantize_to_codes (const numsys_quantizer *quantizer,
                          numsys_scale scale, size_t n, const float x[],
                          const numsys_random *random, uint64_t first,
                          uint32_t codes[], numsys_events *events)
{
  encode (quantizer, scale, n, x, random, first, sizeof *codes, codes, events);
}

void
numsys_quantize_to_elements (const numsys_quantizer *quantizer,
                             numsys_scale scale, size_t n, const float x[],
                             const numsys_random *random, uint64_t first,
                             void *elements, numsys_events *events)
{
  encode (quantizer, scale, n, x, random, first,
          numsys_element_size (quantizer->system), elements, events);
}

/* A loop of its own for each size. */
static inline __attribute__ ((always_inline)) void
look_up (const float table[], uint32_t mask, size_t n, size_t size,
         const void *codes, float out[])
{
  for (size_t i = 0; i < n; i++)
    out[i] = table[numsys_code_load (codes, size, i) & mask];
}

/* Bits of codes that mean nothing are not looked at. */
static void
decode_by_table (const numsys_quantizer *quantizer, numsys_scale scale,
                 uint32_t count, size_t n, size_t size, const void *codes,
                 float out[])
{
  float table[1 << TABLE_BITS];
  uint32_t all[1 << TABLE_BITS];

  for (uint32_t code = 0; code < count; code++)
    all[code] = code;
  quantizer->path->decode (quantizer->plan, scale, count, sizeof *all, all,
                           table);
  if (size == 1)
    look_up (table, count - 1, n, 1, codes, out);
  else if (size == 2)
    look_up (table, count - 1, n, 2, codes, out);
  else
    look_up (table, count - 1, n, 4, codes, out);
}

static void
decode (const numsys_quantizer *quantizer, numsys_scale scale, size_t n,
        size_t size, const void *codes, float out[])
{
  const unsigned bits = numsys_code_bits (quantizer->system);

  if (bits <= TABLE_BITS && n > (size_t) 1 << bits
      && !quantizer->kernels->decodes_in_vectors)
    decode_by_table (quantizer, scale, UINT32_C (1) << bits, n, size, codes,
                     out);
  else
    quantizer->path->decode (quantizer->plan, scale, n, size, codes, out);
}

void
numsys_quantize_from_codes (const numsys_quantizer *quantizer,
                            numsys_scale scale, size_t n,
                            const uint32_t codes[], float out[])
{
  decode (quantizer, scale, n, sizeof *codes, codes, out);
}

void
numsys_quantize_from_elements (const numsys_quantizer *quantizer,
                               numsys_scale scale, size_t n,
                               const void *elements, float out[])
{
  decode (quantizer, scale, n, numsys_element_size (quantizer->system),
          elements, out);
}
