/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizing numbers that are codes of another system.  */

#include <config.h>
#include <math.h>
#include "numsys/quantizer.h"

/* Floats made at a time. */
enum { PIECE = 1024 };

static size_t
piece_of (size_t n)
{
  return n < PIECE ? n : PIECE;
}

int
numsys_quantizer_takes_codes (const numsys_quantizer *quantizer,
                              const numsys_quantizer *from)
{
  const numsys_float_path *path = quantizer->path;

  return path->takes_codes != NULL && path == from->path
         && numsys_quantizer_can_shift (quantizer)
         && numsys_quantizer_can_shift (from)
         && path->takes_codes (quantizer->plan, from->plan);
}

void
numsys_quantize_codes_at (const numsys_quantizer *quantizer,
                          numsys_scale scale, const numsys_quantizer *from,
                          numsys_scale from_scale, size_t n,
                          const uint32_t codes[], const numsys_random *random,
                          uint64_t first, float out[], numsys_events *events)
{
  const numsys_float_path *path = quantizer->path;
  numsys_events ignored = { 0 };
  float x[PIECE];

  if (events == NULL)
    events = &ignored;
  if (numsys_quantizer_takes_codes (quantizer, from))
    {
      path->quantize_codes (quantizer->plan, scale, from->plan, from_scale, n,
                            codes, out, events);
      return;
    }
  for (size_t i = 0, length; i < n; i += length)
    {
      length = piece_of (n - i);
      numsys_quantize_from_codes (from, from_scale, length, codes + i, x);
      numsys_quantize_at (quantizer, scale, length, x, random, first + i,
                          out + i, events);
    }
}

float
numsys_largest_of_codes (const numsys_quantizer *quantizer, numsys_scale scale,
                         size_t n, const uint32_t codes[])
{
  const numsys_float_path *path = quantizer->path;
  float x[PIECE], most = 0;
  uint32_t code;

  if (path->largest_code != NULL && n > 0)
    {
      code = path->largest_code (quantizer->plan, n, codes);
      numsys_quantize_from_codes (quantizer, scale, 1, &code, &most);
      return most;
    }
  for (size_t i = 0, length; i < n; i += length)
    {
      length = piece_of (n - i);
      numsys_quantize_from_codes (quantizer, scale, length, codes + i, x);
      most = fmaxf (most, quantizer->kernels->largest (length, x));
    }
  return most;
}
