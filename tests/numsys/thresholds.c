/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of one system that lie next to the thresholds of another.  Doubles are
   near enough: neighbouring codes are tried too.  */

#include <config.h>
#include <math.h>
#include "tests/numsys/thresholds.h"

uint32_t
thresholds_code (const numsys *from, const numsys *to, uint32_t word,
                 uint32_t kind)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  const uint32_t ones = UINT32_MAX >> (32 - numsys_code_bits (to));
  const uint32_t pair[2] = { word & ones, (word + 1) & ones };
  uint32_t elements[2], element, code;
  numsys_events events = { 0 };
  double x[2];

  numsys_from_codes (to, 2, pair, elements);
  numsys_decode (to, 2, elements, x);
  if (kind % 3 == 1)
    x[0] = x[0] / 2 + x[1] / 2;
  else if (kind % 3 == 2)
    x[0] = copysign (sqrt (fabs (x[0])) * sqrt (fabs (x[1])), x[0]);
  numsys_encode (from, &context, 1, x, &element, &events);
  numsys_to_codes (from, 1, &element, &code);
  return code;
}
