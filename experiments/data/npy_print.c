/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing NPY, byte by byte: the same on machines of either byte order.  */

#include <config.h>

#include <stdint.h>
#include <string.h>

#include "experiments/data/npy.h"

/* The heading's length is such that elements begin at a multiple of this. */
enum { alignment = 64, before_heading = 10 };

static void
print_bytes (FILE *stream, uint32_t bits, int count)
{
  for (int i = 0; i < count; i++)
    putc ((int) (bits >> 8 * i & 255), stream);
}

/* Returns the number of elements. */
static size_t
print_heading (FILE *stream, const char *descr, size_t dimensions,
               const size_t shape[])
{
  char text[NPY_MOST_DIMENSIONS * 24 + 2 * alignment];
  size_t count = 1, length;

  snprintf (text, sizeof text,
            "{'descr': '%s', 'fortran_order': False, 'shape': (", descr);
  for (size_t i = 0; i < dimensions; i++)
    {
      length = strlen (text);
      snprintf (text + length, sizeof text - length, "%s%zu%s",
                i > 0 ? ", " : "", shape[i], dimensions == 1 ? "," : "");
      count *= shape[i];
    }
  length = strlen (text);
  snprintf (text + length, sizeof text - length, "), }");
  for (length += 4; (before_heading + length + 1) % alignment != 0; length++)
    text[length] = ' ';
  text[length++] = '\n';
  fwrite ("\x93NUMPY\x01\x00", 1, 8, stream);
  print_bytes (stream, (uint32_t) length, 2);
  fwrite (text, 1, length, stream);
  return count;
}

void
npy_print_codes (FILE *stream, size_t dimensions, const size_t shape[],
                 size_t size, const void *codes)
{
  const char *const descr = size == 1 ? "|u1" : size == 2 ? "<u2" : "<u4";
  const size_t count = print_heading (stream, descr, dimensions, shape);
  const uint8_t *const bytes = codes;
  const uint16_t *const words = codes;
  const uint32_t *const longs = codes;

  for (size_t i = 0; i < count; i++)
    print_bytes (stream, size == 1 ? bytes[i] : size == 2 ? words[i] : longs[i],
                 (int) size);
}

void
npy_print (FILE *stream, size_t dimensions, const size_t shape[],
           const float x[])
{
  const size_t count = print_heading (stream, "<f4", dimensions, shape);

  for (size_t i = 0; i < count; i++)
    {
      uint32_t bits;

      memcpy (&bits, &x[i], sizeof bits);
      print_bytes (stream, bits, 4);
    }
}
