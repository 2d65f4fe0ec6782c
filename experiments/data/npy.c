/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NPY: a magic, a version, the length of a heading and the heading, a Python
   dictionary such as

     {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }

   then the elements.  */

#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/data/npy.h"
#include "numsys/spec.h"

static const char magic[] = "\x93NUMPY";

enum { magic_length = 6, before_heading_1 = 10, before_heading_2 = 12 };

typedef struct heading
{
  char descr[16];
  int is_fortran;
  npy_array array;   /* dimensions, shape, count */
} heading;

int
npy_is (const void *bytes, size_t length)
{
  return length >= magic_length && memcmp (bytes, magic, magic_length) == 0;
}

static int
fail (numsys_error *error, const char *what, const char *why)
{
  numsys_error_set (error, "%s: %s", what, why);
  return -1;
}

/* --- The heading --- */

static const char *
skip_spaces (const char *at)
{
  return at + strspn (at, " \t\n");
}

/* What follows 'key': in the dictionary, or NULL. */
static const char *
value_of (const char *text, const char *key)
{
  const size_t length = strlen (key);

  for (const char *at = strstr (text, key); at != NULL;
       at = strstr (at + 1, key))
    if (at > text && (at[-1] == '\'' || at[-1] == '"')
        && at[length] == at[-1])
      {
        at = skip_spaces (at + length + 1);
        return *at == ':' ? skip_spaces (at + 1) : NULL;
      }
  return NULL;
}

static int
read_descr (const char *text, heading *h)
{
  const char *at = value_of (text, "descr");
  const char *end = at == NULL || (*at != '\'' && *at != '"')
                      ? NULL : strchr (at + 1, *at);

  if (end == NULL)
    return -1;
  snprintf (h->descr, sizeof h->descr, "%.*s", (int) (end - at - 1), at + 1);
  return 0;
}

static int
read_order (const char *text, heading *h)
{
  const char *at = value_of (text, "fortran_order");

  if (at == NULL)
    return -1;
  h->is_fortran = strncmp (at, "True", 4) == 0;
  return h->is_fortran || strncmp (at, "False", 5) == 0 ? 0 : -1;
}

/* (), (3,), (3, 4) */
static int
read_shape (const char *text, npy_array *array)
{
  const char *at = value_of (text, "shape");

  array->count = 1;
  if (at == NULL || *at != '(')
    return -1;
  for (at = skip_spaces (at + 1); *at != ')'; at = skip_spaces (at))
    {
      char *end;
      unsigned long long length;

      if (*at < '0' || *at > '9' || array->dimensions == NPY_MOST_DIMENSIONS)
        return -1;
      length = strtoull (at, &end, 10);
      if (length > 0 && array->count > SIZE_MAX / 16 / length)
        return -1;
      array->count *= (size_t) length;
      array->shape[array->dimensions++] = (size_t) length;
      at = skip_spaces (end);
      if (*at == ',')
        at++;
      else if (*at != ')')
        return -1;
    }
  return 0;
}

/* The bytes before the elements, or 0 and a sentence. */
static size_t
read_heading (const unsigned char *bytes, size_t length, const char *what,
              heading *h, numsys_error *error)
{
  const unsigned version = length > magic_length ? bytes[magic_length] : 1;
  const size_t start = version == 1 ? before_heading_1 : before_heading_2;
  size_t rest = 0;
  char *text;
  int trouble;

  memset (h, 0, sizeof *h);
  if (version < 1 || version > 3)
    {
      numsys_error_set (error, "%s: version %u of the npy format (1, 2 and 3 "
                        "are known)", what, version);
      return 0;
    }
  for (size_t i = start; length >= start && i-- > magic_length + 2;)
    rest = rest << 8 | bytes[i];
  if (length < start || length - start < rest)
    {
      fail (error, what, "the file ends within its heading");
      return 0;
    }
  text = strndup ((const char *) bytes + start, rest);
  trouble = text == NULL || read_descr (text, h) != 0
            || read_order (text, h) != 0 || read_shape (text, &h->array) != 0;
  free (text);
  if (!trouble)
    return start + rest;
  fail (error, what, "its heading does not say descr, fortran_order and shape "
        "as the npy format does");
  return 0;
}

/* --- Elements --- */

static uint64_t
read_bits (const unsigned char *at, size_t size, int is_big)
{
  uint64_t bits = 0;

  for (size_t i = 0; i < size; i++)
    bits |= (uint64_t) at[is_big ? size - 1 - i : i] << 8 * i;
  return bits;
}

/* A float16: exact. */
static float
half (uint64_t bits)
{
  const int field = (int) (bits >> 10 & 31);
  const int fraction = (int) (bits & 1023);
  float x;

  if (field == 31)
    x = fraction == 0 ? INFINITY : NAN;
  else if (field == 0)
    x = ldexpf ((float) fraction, -24);
  else
    x = ldexpf ((float) (fraction + 1024), field - 25);
  return bits >> 15 != 0 ? -x : x;
}

static float
element (const unsigned char *at, size_t size, int is_big)
{
  const uint64_t bits = read_bits (at, size, is_big);
  const uint32_t low = (uint32_t) bits;
  double wide;
  float x;

  switch (size)
    {
    case 2:
      return half (bits);
    case 4:
      memcpy (&x, &low, sizeof x);
      return x;
    default:
      memcpy (&wide, &bits, sizeof wide);
      return (float) wide;
    }
}

/* Where element i of the C order lies in the file, the first index running
   fastest there. */
static size_t
fortran_place (const npy_array *array, size_t i)
{
  size_t place = 0;

  for (size_t k = 0, step = array->count; k < array->dimensions; k++)
    {
      size_t stride = 1;

      for (size_t j = 0; j < k; j++)
        stride *= array->shape[j];
      step /= array->shape[k];
      place += i / step * stride;
      i %= step;
    }
  return place;
}

/* Bytes an element, or 0 and a sentence. */
static size_t
element_size (const heading *h, const char *what, numsys_error *error)
{
  const char order = h->descr[0];

  if ((order == '<' || order == '>') && h->descr[1] == 'f'
      && (h->descr[2] == '2' || h->descr[2] == '4' || h->descr[2] == '8')
      && h->descr[3] == '\0')
    return (size_t) (h->descr[2] - '0');
  numsys_error_set (error, "%s: elements are of type '%s' (allowed: float16 "
                    "'<f2', float32 '<f4', float64 '<f8', or with '>')", what,
                    h->descr);
  return 0;
}

int
npy_parse (const void *bytes, size_t length, const char *what,
           npy_array *array, numsys_error *error)
{
  const unsigned char *at = bytes;
  heading h;
  size_t start, size;

  memset (array, 0, sizeof *array);
  if (!npy_is (bytes, length))
    return fail (error, what, "not an npy file: it does not begin as one");
  start = read_heading (at, length, what, &h, error);
  size = start > 0 ? element_size (&h, what, error) : 0;
  if (size == 0)
    return -1;
  if ((length - start) / size < h.array.count)
    {
      numsys_error_set (error, "%s: the file is cut short: its heading says "
                        "%zu elements, and %zu are there", what,
                        h.array.count, (length - start) / size);
      return -1;
    }
  *array = h.array;
  array->x = malloc (array->count > 0 ? array->count * sizeof *array->x : 1);
  if (array->x == NULL)
    return fail (error, what, "no memory for its elements");
  for (size_t i = 0; i < array->count; i++)
    array->x[i]
      = element (at + start
                   + size * (h.is_fortran ? fortran_place (array, i) : i),
                 size, h.descr[0] == '>');
  return 0;
}

void
npy_free (npy_array *array)
{
  free (array->x);
  memset (array, 0, sizeof *array);
}
