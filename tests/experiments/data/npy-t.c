/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NPY files, made here byte by byte.  */

#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/data/npy.h"
#include "tests/tap/tap.h"

typedef struct file
{
  char bytes[2000];
  size_t length;
} file;

/* A file of this version, heading and data. */
static file
file_of (unsigned version, const char *text, size_t n, const void *data)
{
  const size_t length = strlen (text), from = version == 1 ? 10 : 12;
  file f = { .length = from + length + n };

  memcpy (f.bytes, "\x93NUMPY", 6);
  f.bytes[6] = (char) version;
  f.bytes[8] = (char) (length & 255);
  f.bytes[9] = (char) (length >> 8);
  memcpy (f.bytes + from, text, length);
  memcpy (f.bytes + from + length, data, n);
  return f;
}

static npy_array
parsed (const file *f)
{
  numsys_error error;
  npy_array array;

  if (npy_parse (f->bytes, f->length, "x.npy", &array, &error) != 0)
    bail_out ("%s", error.text);
  return array;
}

static void
refuses (const file *f, const char *says, const char *what)
{
  numsys_error error = { "" };
  npy_array array;
  const int status = npy_parse (f->bytes, f->length, "x.npy", &array, &error);

  if (!ok (status == -1 && strstr (error.text, says) != NULL
             && strncmp (error.text, "x.npy: ", 7) == 0, "%s", what))
    diag ("%s", error.text);
}

static void
test_types (void)
{
  static const unsigned char halves[] = {
    0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x7c, 0x01, 0x7e,
    0x00, 0x80 };
  static const unsigned char big[] = { 0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0 };
  static const unsigned char singles[] = { 0, 0, 0x80, 0x3f, 0, 0, 0x20,
                                           0xc0 };
  /* 0.1, 1e300, -2.5 */
  static const unsigned char doubles[] = {
    0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f, 0x9c, 0x75, 0x00, 0x88,
    0x3c, 0xe4, 0x37, 0x7e, 0, 0, 0, 0, 0, 0, 0x04, 0xc0 };
  file f = file_of (1, "{'descr': '<f2', 'fortran_order': False, "
                    "'shape': (7,), }\n", sizeof halves, halves);
  npy_array a = parsed (&f);

  is_int (7, (int64_t) a.count, "float16: all are there");
  is_double (1, a.x[0], "...1");
  is_double (-2, a.x[1], "...-2");
  is_double (65504, a.x[2], "...the largest");
  is_double (0x1p-24, a.x[3], "...the smallest subnormal");
  is_double (INFINITY, a.x[4], "...infinity");
  is_double (NAN, a.x[5], "...NaN");
  is_double (-0., a.x[6], "...minus zero");
  npy_free (&a);
  f = file_of (2, "{\"shape\": (2,), \"fortran_order\": False,"
               "\"descr\": \"<f4\"}", sizeof singles, singles);
  a = parsed (&f);
  is_double (1, a.x[0], "float32, version 2, another order of keys");
  is_double (-2.5, a.x[1], "...the second");
  npy_free (&a);
  f = file_of (3, "{'descr': '>f4', 'fortran_order': False, 'shape': (2,)}",
               sizeof big, big);
  a = parsed (&f);
  is_double (1, a.x[0], "float32 with the high byte first, version 3");
  is_double (-2.5, a.x[1], "...the second");
  npy_free (&a);
  f = file_of (1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}",
               sizeof doubles, doubles);
  a = parsed (&f);
  is_double (0.1f, a.x[0], "float64: rounded to float32");
  is_double (INFINITY, a.x[1], "...beyond its range to infinity");
  is_double (-2.5, a.x[2], "...or kept");
  npy_free (&a);
}

/* Elements 0 1 2 ... in the file. */
static void
test_order (void)
{
  static const size_t shape[] = { 2, 3, 4 };
  float x[24];
  file f;
  npy_array a;
  size_t bad = 0;

  for (int i = 0; i < 24; i++)
    x[i] = (float) i;
  f = file_of (1, "{'descr': '<f4', 'fortran_order': True, "
               "'shape': (2, 3, 4), }", sizeof x, x);
  a = parsed (&f);
  for (size_t i = 0; i < 2; i++)
    for (size_t j = 0; j < 3; j++)
      for (size_t k = 0; k < 4; k++)
        bad += a.x[(i * 3 + j) * 4 + k] != (float) (i + 2 * (j + 3 * k));
  is_int (0, (int64_t) bad, "Fortran order comes out in C order");
  is_int (3, (int64_t) a.dimensions, "...of three dimensions");
  ok (memcmp (a.shape, shape, sizeof shape) == 0, "...of that shape");
  npy_free (&a);
  f = file_of (1, "{'descr': '<f4', 'fortran_order': False, 'shape': (), }",
               4, x + 3);
  a = parsed (&f);
  is_int (0, (int64_t) a.dimensions, "a single number has no dimension");
  is_double (3, a.x[0], "...and a value");
  npy_free (&a);
  f = file_of (1, "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 0)}",
               0, x);
  a = parsed (&f);
  is_int (0, (int64_t) a.count, "an empty array is one");
  npy_free (&a);
  npy_free (&a);
}

static void
test_refusals (void)
{
  static const char good[]
    = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
  static const float x[] = { 1, 2 };
  file f = file_of (1, good, 7, x);

  refuses (&f, "cut short: its heading says 2 elements, and 1 are there",
           "a file cut short");
  f = file_of (1, good, 8, x);
  f.bytes[1] = 'n';
  refuses (&f, "not an npy file", "another beginning");
  f = file_of (4, good, 8, x);
  refuses (&f, "version 4", "an unknown version");
  f = file_of (1, good, 8, x);
  f.length = 30;
  refuses (&f, "ends within its heading", "half a heading");
  f.length = 7;
  refuses (&f, "ends within its heading", "...or none");
  f = file_of (1, "{'descr': '<i4', 'fortran_order': False, 'shape': (2,)}",
               8, x);
  refuses (&f, "type '<i4' (allowed: float16", "integers");
  f = file_of (1, "{'descr': [('a', '<f4')], 'fortran_order': False, "
               "'shape': (2,)}", 8, x);
  refuses (&f, "heading does not say", "records");
  f = file_of (1, "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}", 8, x);
  refuses (&f, "heading does not say", "a strange order");
  f = file_of (1, "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
               8, x);
  refuses (&f, "heading does not say", "a negative length");
  f = file_of (1, "{'descr': '<f4', 'fortran_order': False, "
               "'shape': (99999999999, 99999999999)}", 8, x);
  refuses (&f, "heading does not say", "more than there can be");
}

static void
test_print (void)
{
  static const size_t shape[] = { 2, 3 };
  static const float x[] = { 1, -2, 0.1f, INFINITY, 5, 6 };
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream (&text, &length);
  numsys_error error;
  npy_array a;

  npy_print (stream, 2, shape, x);
  fclose (stream);
  is_int (0, (int64_t) (length - sizeof x) % 64, "written: elements aligned");
  ok (memcmp (text, "\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', "
              "'fortran_order': False, 'shape': (2, 3), }", 69) == 0,
      "...the heading as NumPy writes it");
  ok (npy_parse (text, length, "x", &a, &error) == 0
        && memcmp (a.x, x, sizeof x) == 0 && a.dimensions == 2
        && memcmp (a.shape, shape, sizeof shape) == 0,
      "...and read back the same");
  npy_free (&a);
  free (text);
  stream = open_memstream (&text, &length);
  npy_print (stream, 1, shape, x);
  fclose (stream);
  ok (strstr (text + 10, "'shape': (2,), }") != NULL,
      "one dimension has its comma");
  free (text);
}

int
main (void)
{
  plan (15 + 6 + 10 + 4);
  test_types ();
  test_order ();
  test_refusals ();
  test_print ();
  return 0;
}
