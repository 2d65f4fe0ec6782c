/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements of coded systems: results worked out by hand, with their events,
   where exactness, ties or the end of the range decide.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/numsys.h"
#include "tests/numsys/opening.h"
#include "tests/tap/tap.h"

/* Letters of the events that happened: Overflow Saturated Flushed Raised
   Nan. */
static const char *
letters (const numsys_events *events, char text[6])
{
  char *at = text;

  if (events->overflow != 0)
    *at++ = 'O';
  if (events->saturated != 0)
    *at++ = 'S';
  if (events->flushed != 0)
    *at++ = 'F';
  if (events->raised != 0)
    *at++ = 'R';
  if (events->nan != 0)
    *at++ = 'N';
  *at = '\0';
  return text;
}

#define NEAREST NUMSYS_NEAREST

static void
test_encode (void)
{
  static const struct
  {
    const char *spec;
    numsys_rounding rounding;
    double x;
    uint32_t code;
    const char *events;
  } cases[] = {
    { "fp16", NEAREST, 65504, 0x7bff, "" },
    { "fp16", NEAREST, 65519.99, 0x7bff, "" },
    { "fp16", NEAREST, 65520, 0x7c00, "O" },
    { "fp16", NUMSYS_ZERO, 65536, 0x7bff, "OS" },
    { "fp16", NUMSYS_ODD, 65536, 0x7bff, "OS" },
    { "fp16", NUMSYS_UP, -65536, 0xfbff, "OS" },
    { "fp16", NUMSYS_DOWN, -65536, 0xfc00, "O" },
    { "fp16", NEAREST, -INFINITY, 0xfc00, "" },
    { "fp16", NEAREST, NAN, 0x7e00, "N" },
    { "fp16", NEAREST, 0x1p-25, 0x0000, "F" },
    { "fp16", NUMSYS_NEAREST_AWAY, 0x1p-25, 0x0001, "" },
    { "fp16", NUMSYS_ODD, -0x1p-60, 0x8001, "" },
    { "fp16", NEAREST, -0x1p-26, 0x8000, "F" },
    { "fp16", NEAREST, 0x1.8p-24, 0x0002, "" },
    { "fp16", NEAREST, 0x1.ffcp-15, 0x0400, "" },
    { "fp16", NEAREST, -0.0, 0x8000, "" },
    { "float:5,10,overflow=saturate", NEAREST, 1e9, 0x7bff, "OS" },
    { "float:5,10,overflow=saturate", NEAREST, INFINITY, 0x7c00, "" },
    { "float:5,10,subnormals=no", NEAREST, 0x1p-15, 0x0000, "F" },
    { "float:5,10,subnormals=no", NEAREST, 0x1.8p-15, 0x0400, "" },
    { "e4m3", NEAREST, 448, 0x7e, "" },
    { "e4m3", NEAREST, 463.9, 0x7e, "" },
    { "e4m3", NEAREST, 464, 0x7e, "" },
    { "e4m3", NEAREST, 465, 0x7e, "OS" },
    { "e4m3", NEAREST, -INFINITY, 0xfe, "OS" },
    { "e4m3", NEAREST, NAN, 0x7f, "N" },
    { "float:4,3,specials=nan,overflow=infinity", NEAREST, 465, 0x7f, "ON" },
    { "e2m1", NEAREST, NAN, 0, "N" },
    { "e2m1", NEAREST, -6.99, 0xf, "" },
    { "e2m1", NEAREST, -7, 0xf, "OS" },
    { "int8", NEAREST, -128.5, 0x80, "" },
    { "int8", NEAREST, -128.6, 0x80, "OS" },
    { "int8", NEAREST, 0.5, 0, "F" },
    { "int8", NEAREST, 1.5, 2, "" },
    { "int8", NEAREST, NAN, 0, "N" },
    { "int8", NEAREST, INFINITY, 0x7f, "OS" },
    { "fixed:8,0,overflow=wrap", NEAREST, 128, 0x80, "O" },
    { "fixed:8,0,overflow=wrap", NEAREST, -383, 0x81, "O" },
    { "fixed:8,0,overflow=wrap", NEAREST, 0x1p300, 0, "O" },
    { "fixed:8,0,overflow=wrap", NEAREST, -INFINITY, 0x80, "OS" },
    { "fixed:8,0,signed=no", NEAREST, -3, 0, "OS" },
    { "fixed:8,0,signed=no", NEAREST, -0.25, 0, "F" },
    { "fixed:8,0,signed=no,overflow=wrap", NEAREST, -3, 0xfd, "O" },
    { "lns:8,1", NEAREST, 1, 64, "" },
    { "lns:8,1", NEAREST, -2, 0xc1, "" },
    { "lns:8,1", NEAREST, 0x1p-63, 1, "" },
    { "lns:8,1", NEAREST, 0x1.6ap-64, 0, "F" },
    { "lns:8,1", NEAREST, 0x1.6bp-64, 1, "" },
    { "lns:8,1", NUMSYS_NEAREST_LINEAR, 0x1.01p-64, 1, "" },
    { "lns:8,1", NUMSYS_UP, 0x1p-1000, 1, "" },
    { "lns:8,1", NEAREST, 1e300, 127, "OS" },
    { "lns:8,1", NEAREST, NAN, 0, "N" },
    { "lns:8,1,zero=flag,underflow=clamp", NEAREST, 0, 256, "" },
    { "lns:8,1,zero=flag,underflow=clamp", NEAREST, -0x1p-70, 128, "R" },
    { "lns:8,1,zero=flag,underflow=clamp", NEAREST, 0x1.8p-65, 0, "" },
    { "lns:8,1,zero=flag,underflow=clamp", NUMSYS_UP, 0x1p-65, 0, "R" },
    { "lns:8,1,zero=none", NEAREST, 0, 0, "R" },
    { "lns:8,1,zero=none", NEAREST, NAN, 0, "N" },
  };

  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    {
      numsys *system = open_system (cases[i].spec);
      const numsys_context context = numsys_context_of (cases[i].rounding);
      numsys_events events = { 0 };
      void *element = numsys_elements_new (system, 1);
      uint32_t code;
      char text[6];

      numsys_encode (system, &context, 1, &cases[i].x, element, &events);
      numsys_to_codes (system, 1, element, &code);
      ok (code == cases[i].code
            && strcmp (cases[i].events, letters (&events, text)) == 0,
          "%s, %s of %a: code %#x, events '%s'", cases[i].spec,
          numsys_rounding_name (cases[i].rounding), cases[i].x, code, text);
      numsys_elements_free (system, 1, element);
      numsys_free (system);
    }
}

static void
test_apply (void)
{
  static const struct
  {
    const char *spec;
    numsys_operation operation;
    numsys_rounding rounding;
    uint32_t a, b;
    uint32_t code;
    const char *events;
  } cases[] = {
    /* Equal powers add to the next power of two: d = 0 gives k + gamma. */
    { "lns:8,8", NUMSYS_ADD, NUMSYS_ODD, 50, 50, 58, "" },
    /* 2^1 - 2^0 = 2^0: d = gamma is the only exact difference but zero. */
    { "lns:8,8", NUMSYS_SUBTRACT, NUMSYS_UP, 58, 50, 50, "" },
    { "lns:8,8", NUMSYS_SUBTRACT, NUMSYS_UP, 50, 50, 0, "" },
    { "lns:8,8", NUMSYS_SUBTRACT, NUMSYS_DOWN, 50, 58, 128 + 50, "" },
    { "lns:8,8", NUMSYS_ADD, NUMSYS_UP, 50, 0, 50, "" },
    { "lns:8,8", NUMSYS_ADD, NEAREST, 127, 127, 127, "OS" },
    { "lns:8,8", NUMSYS_SUBTRACT, NEAREST, 2, 1, 0, "F" },
    { "lns:8,8,zero=none", NUMSYS_SUBTRACT, NEAREST, 9, 9, 0, "R" },
    { "lns:8,8", NUMSYS_MULTIPLY, NEAREST, 60, 128 + 70, 128 + 66, "" },
    { "lns:8,8", NUMSYS_DIVIDE, NEAREST, 60, 70, 54, "" },
    { "lns:8,8", NUMSYS_DIVIDE, NEAREST, 60, 0, 127, "OS" },
    { "lns:8,8", NUMSYS_DIVIDE, NEAREST, 0, 0, 0, "N" },
    /* Square roots of odd k tie: to even codes, or away. */
    { "lns:8,8", NUMSYS_SQRT, NEAREST, 67, 0, 66, "" },
    { "lns:8,8", NUMSYS_SQRT, NEAREST, 65, 0, 64, "" },
    { "lns:8,8", NUMSYS_SQRT, NUMSYS_NEAREST_AWAY, 65, 0, 65, "" },
    { "lns:8,8", NUMSYS_SQRT, NUMSYS_ODD, 66, 0, 65, "" },
    { "lns:8,8", NUMSYS_SQRT, NEAREST, 128 + 66, 0, 0, "N" },
    /* The same half a step under the smallest, where the codes would go on
       with an odd one (flag), or do with 0, which is even (code). */
    { "lns:8,8,zero=flag,bias=-1", NUMSYS_SQRT, NEAREST, 0, 0, 0, "" },
    { "lns:8,8,zero=flag,bias=-1", NUMSYS_SQRT, NUMSYS_ODD, 0, 0, 256, "F" },
    { "lns:8,8,bias=0", NUMSYS_SQRT, NEAREST, 1, 0, 0, "F" },
    { "lns:8,8,bias=0", NUMSYS_SQRT, NUMSYS_ODD, 1, 0, 1, "" },
    { "lns:8,8,bias=0,underflow=clamp", NUMSYS_SQRT, NEAREST, 1, 0, 1, "R" },
    { "int8", NUMSYS_DIVIDE, NEAREST, 7, 2, 4, "" },
    { "int8", NUMSYS_DIVIDE, NEAREST, 0xff, 0, 0x80, "OS" },
    { "int8", NUMSYS_MULTIPLY, NEAREST, 100, 100, 127, "OS" },
    { "fixed:8,0,overflow=wrap", NUMSYS_MULTIPLY, NEAREST, 100, 100, 16, "O" },
    { "fixed:8,64,overflow=wrap", NUMSYS_DIVIDE, NEAREST, 3, 2, 0, "O" },
    { "fixed:32,64,overflow=wrap", NUMSYS_SQRT, NEAREST, 3, 0, 0xbb67ae86,
      "O" },
    { "fp16", NUMSYS_DIVIDE, NEAREST, 0x3c00, 0x8000, 0xfc00, "O" },
    { "fp16", NUMSYS_SUBTRACT, NEAREST, 0x7c00, 0x7c00, 0x7e00, "N" },
    { "fp16", NUMSYS_SUBTRACT, NUMSYS_DOWN, 0x3c00, 0x3c00, 0x8000, "" },
    { "e4m3", NUMSYS_DIVIDE, NEAREST, 0x38, 0, 0x7e, "OS" },
  };

  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    {
      numsys *system = open_system (cases[i].spec);
      const numsys_context context = numsys_context_of (cases[i].rounding);
      const uint32_t in[2] = { cases[i].a, cases[i].b };
      void *x = numsys_elements_new (system, 2);
      numsys_events events = { 0 };
      uint32_t code;
      char text[6];

      numsys_from_codes (system, 2, in, x);
      numsys_apply (system, cases[i].operation, &context, 1, x,
                    numsys_element (system, x, 1), NULL, x, &events);
      numsys_to_codes (system, 1, x, &code);
      ok (code == cases[i].code
            && strcmp (cases[i].events, letters (&events, text)) == 0,
          "%s, %s of %#x, %#x, %s: code %#x, events '%s'", cases[i].spec,
          numsys_operation_name (cases[i].operation), cases[i].a, cases[i].b,
          numsys_rounding_name (cases[i].rounding), code, text);
      numsys_elements_free (system, 2, x);
      numsys_free (system);
    }
}

/* Half a step of 2^(1/8) is a step of 2^(1/16): ties. */
static void
test_convert (void)
{
  static const uint32_t codes[] = { 1024 + 1, 1024 + 3, 3072 + 1, 1024 - 1 };
  static const uint32_t wanted[] = { 1024, 1026, 3072, 1024 };
  static const uint32_t away[] = { 1025, 1026, 3073, 1024 };
  numsys *fine = open_system ("lns:12,16,bias=1024");
  numsys *coarse = open_system ("lns:12,8,bias=1024");
  void *x = numsys_elements_new (fine, 4);
  void *y = numsys_elements_new (coarse, 4);
  numsys_events events = { 0 };
  numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  uint32_t seen[4];

  numsys_from_codes (fine, 4, codes, x);
  numsys_convert (fine, coarse, &context, 4, x, y, &events);
  numsys_to_codes (coarse, 4, y, seen);
  ok (memcmp (wanted, seen, sizeof seen) == 0, "ties of gammas to even");
  context.rounding = NUMSYS_NEAREST_AWAY;
  numsys_convert (fine, coarse, &context, 4, x, y, &events);
  numsys_to_codes (coarse, 4, y, seen);
  ok (memcmp (away, seen, sizeof seen) == 0, "...or away from zero");
  numsys_elements_free (fine, 4, x);
  numsys_elements_free (coarse, 4, y);
  numsys_free (fine);
  numsys_free (coarse);
}

static void
test_memory (void)
{
  static const char *const specs[] = { "int8", "fp16", "fp32", "lns8",
                                       "lns:8,8,zero=flag", "mpfr:10" };

  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
    {
      numsys *system = open_system (specs[i]);
      void *elements = numsys_elements_new (system, 3);
      void *none = numsys_elements_new (system, 0);
      double x[3] = { 1, 1, 1 };

      numsys_decode (system, 3, elements, x);
      ok (x[0] == 0 && x[1] == 0 && x[2] == 0, "%s: elements begin as zero",
          specs[i]);
      ok (none != NULL, "...even none of them");
      numsys_elements_free (system, 3, elements);
      numsys_elements_free (system, 0, none);
      numsys_elements_free (system, 3, NULL);
      numsys_free (system);
    }
  numsys_free (NULL);
}

int
main (void)
{
  plan (58 + 32 + 2 + 12 + 2);
  test_encode ();
  test_apply ();
  test_convert ();
  test_memory ();
  is_int (NUMSYS_FMA, numsys_operation_find ("fma"), "operations by name");
  is_int (-1, numsys_operation_find ("mul"), "...or not");
  return 0;
}
