/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes in arrays of unsigned numbers of `size' bytes: 1, 2 or 4.  */

#ifndef NUMSYS_KERNELS_CODES_H
#define NUMSYS_KERNELS_CODES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t
numsys_code_load (const void *codes, size_t size, size_t i)
{
  const unsigned char *from = (const unsigned char *) codes + i * size;
  uint32_t code;
  uint16_t narrow;

  if (size == 1)
    return *from;
  if (size == 2)
    {
      memcpy (&narrow, from, sizeof narrow);
      return narrow;
    }
  memcpy (&code, from, sizeof code);
  return code;
}

static inline void
numsys_code_store (void *codes, size_t size, size_t i, uint32_t code)
{
  unsigned char *to = (unsigned char *) codes + i * size;
  const uint16_t narrow = (uint16_t) code;

  if (size == 1)
    *to = (unsigned char) code;
  else if (size == 2)
    memcpy (to, &narrow, sizeof narrow);
  else
    memcpy (to, &code, sizeof code);
}

#endif
