/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of an array, shown or written.  */

#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "experiments/codes.h"
#include "experiments/results/memory.h"
#include "numsys/spec.h"

/* Codes of numbers first .. first + n - 1, which are whole rows. */
static void
print_codes (const numsys *system, const array *in, size_t first, size_t n,
             const void *elements)
{
  const int digits = (int) (numsys_code_bits (system) + 3) / 4;
  uint32_t code;

  for (size_t i = first; i < first + n; i++)
    {
      numsys_to_codes (system, 1, numsys_element (system, elements, i), &code);
      printf ("0x%0*" PRIx32 "%c", digits, code,
              (i + 1) % in->columns == 0 ? '\n' : ' ');
    }
}

int
codes_show (const numsys_quantizer *quantizer, const array *in,
            const numsys_random *random, const char *path,
            numsys_events *events, numsys_error *error)
{
  const numsys_scaling scaling = numsys_quantizer_scaling (quantizer);
  const numsys *system = numsys_quantizer_system (quantizer);
  const size_t size = numsys_element_size (system);
  const size_t each = scaling == NUMSYS_SCALE_CHANNEL ? in->columns
                                                      : in->count;
  void *elements;
  int result = 0;

  if (scaling == NUMSYS_SCALE_BLOCK)
    {
      numsys_error_set (error, "codes of blocks cannot be shown: say "
                        "scale=tensor, channel or none");
      return -1;
    }
  elements = memory_new (in->count, size);
  for (size_t i = 0; i < in->count; i += each)
    {
      const numsys_scale scale = numsys_quantizer_scale (
        quantizer, numsys_largest (each, in->x + i));

      printf ("# scale %" PRId64 "\n", scale.steps);
      numsys_quantize_to_elements (quantizer, scale, each, in->x + i, random,
                                   i, numsys_element (system, elements, i),
                                   events);
      if (path == NULL)
        print_codes (system, in, i, each, elements);
    }
  if (path != NULL)
    result = array_write_codes (path, in, size, elements, error);
  free (elements);
  return result;
}
