/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations of float:8,23 against the machine's own IEEE arithmetic, in
   all its directions, and dot products in which all but the last bits cancel.
   (The oracle judges all systems, in tests of its own.)  */

#include <config.h>
#include <fenv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

/* Pairs of a pass, and passes of a long check. */
#define PAIRS 1000000
#define PASSES 100

static const struct
{
  numsys_rounding rounding;
  int machine;
} directions[] = {
  { NUMSYS_NEAREST, FE_TONEAREST },
  { NUMSYS_UP, FE_UPWARD },
  { NUMSYS_DOWN, FE_DOWNWARD },
  { NUMSYS_ZERO, FE_TOWARDZERO },
};

static const float corners[] = {
  0.0f, 0x1p-149f, 0x1p-148f, 0x1.fffffcp-127f, 0x1p-126f, 0x1.000002p-126f,
  0x1p-75f, 0x1p-24f, 0x1.8p-24f, 0.5f, 0x1.fffffep-1f, 1.0f, 0x1.000002p0f,
  0x1.8p0f, 3.0f, 0x1p23f, 0x1.000002p24f, 0x1p63f, 0x1.fffffep127f, INFINITY,
  NAN,
};

#define CORNERS (sizeof corners / sizeof corners[0])
#define OPERANDS (PAIRS + 4 * CORNERS * CORNERS)

static uint32_t codes[3][OPERANDS];
static uint32_t seen[OPERANDS];
static float wanted[OPERANDS];

static float
float_of (uint32_t code)
{
  float x;

  memcpy (&x, &code, sizeof x);
  return x;
}

static uint32_t
code_of (float x)
{
  uint32_t code;

  memcpy (&code, &x, sizeof code);
  return code;
}

/* Corners of both signs in all pairs, then random bits: half of them anywhere,
   half with exponents near each other, where sums round and cancel. */
static void
fill (uint64_t pass)
{
  const numsys_random random = numsys_random_of (1 + pass, 0, 0, 0);
  size_t n = 0;

  for (size_t i = 0; i < 2 * CORNERS; i++)
    for (size_t j = 0; j < 2 * CORNERS; j++, n++)
      {
        codes[0][n] = code_of (corners[i / 2]) ^ (uint32_t) (i % 2) << 31;
        codes[1][n] = code_of (corners[j / 2]) ^ (uint32_t) (j % 2) << 31;
        codes[2][n] = code_of (corners[(i + 3 * j) % CORNERS]);
      }
  for (int j = 0; j < 3; j++)
    numsys_random_words (&random, (uint64_t) j * OPERANDS, OPERANDS - n,
                         &codes[j][n]);
  for (; n < OPERANDS; n += 2)
    for (int j = 0; j < 3; j++)
      codes[j][n] = (codes[j][n] & 0x87ffffff) | 0x38000000;
}

/* Volatile, so that the machine rounds at run time as it was told. */
static float
machine (numsys_operation operation, float x, float y, float z)
{
  volatile float a = x;
  volatile float b = y;
  volatile float c = z;

  switch (operation)
    {
    case NUMSYS_ADD:
      return a + b;
    case NUMSYS_SUBTRACT:
      return a - b;
    case NUMSYS_MULTIPLY:
      return a * b;
    case NUMSYS_DIVIDE:
      return a / b;
    case NUMSYS_SQRT:
      return sqrtf (a);
    case NUMSYS_FMA:
      return fmaf (a, b, c);
    case NUMSYS_MIN:
      return isnan (a) || isnan (b) ? NAN
             : a == b ? (signbit (a) ? a : b) : a < b ? a : b;
    case NUMSYS_MAX:
      return isnan (a) || isnan (b) ? NAN
             : a == b ? (signbit (a) ? b : a) : a > b ? a : b;
    case NUMSYS_NEGATE:
      return -a;
    default:
      return fabsf (a);
    }
}

/* Wrong results of one pass. */
static size_t
against_machine (const numsys *fp32, numsys_operation operation, size_t way)
{
  numsys_context context = numsys_context_of (directions[way].rounding);
  numsys_events events = { 0 };
  size_t wrong = 0;

  numsys_apply (fp32, operation, &context, OPERANDS, codes[0], codes[1],
                codes[2], seen, &events);
  fesetround (directions[way].machine);
  for (size_t i = 0; i < OPERANDS; i++)
    wanted[i] = machine (operation, float_of (codes[0][i]),
                         float_of (codes[1][i]), float_of (codes[2][i]));
  fesetround (FE_TONEAREST);
  for (size_t i = 0; i < OPERANDS; i++)
    if (isnan (wanted[i]) ? !isnan (float_of (seen[i]))
                          : code_of (wanted[i]) != seen[i])
      if (wrong++ < 3)
        diag ("%a %a %a gives %a, not %a", float_of (codes[0][i]),
              float_of (codes[1][i]), float_of (codes[2][i]),
              float_of (seen[i]), wanted[i]);
  return wrong;
}

static void
test_machine (void)
{
  const uint64_t passes = getenv ("NUMSYS_CHECK_LONG") != NULL ? PASSES : 1;
  size_t wrong[NUMSYS_OPERATIONS][4] = { { 0 } };
  numsys_error error;
  numsys *fp32 = numsys_new ("float:8,23", &error);

  for (uint64_t pass = 0; pass < passes; pass++)
    {
      fill (pass);
      for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
        for (size_t way = 0; way < 4; way++)
          wrong[operation][way]
            += against_machine (fp32, (numsys_operation) operation, way);
    }
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
    for (size_t way = 0; way < 4; way++)
      is_int (0, (int64_t) wrong[operation][way],
              "float:8,23 %s, %s: %zu as the machine",
              numsys_operation_name ((numsys_operation) operation),
              numsys_rounding_name (directions[way].rounding),
              (size_t) passes * OPERANDS);
  numsys_free (fp32);
}

/* Rounding after each step, or in binary64, would lose the ones. */
static void
test_dot (void)
{
  static const char *const specs[] = { "fp32", "float:11,20", "lns:12,8",
                                       "lns:20,1", "mpfr:2" };
  static const double a[] = { 0x1p60, 1, -0x1p60, 0x1p-60, 1, -1 };
  static const double far[] = { 0x1p100, 0x1p-100 };
  static const double b[] = { 0x1p30, 0x1p-60, 0x1p30, 1, 0x1p-60, 1 };

  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
    {
      numsys_error error;
      numsys *system = numsys_new (specs[i], &error);
      const numsys_context context = numsys_context_of (NUMSYS_UP);
      void *x = numsys_elements_new (system, 6);
      void *y = numsys_elements_new (system, 6);
      numsys_events events = { 0 };
      double left;

      numsys_encode (system, &context, 6, a, x, &events);
      numsys_encode (system, &context, 6, b, y, &events);
      numsys_dot (system, &context, 5, x, y, y, &events);
      numsys_decode (system, 1, y, &left);
      ok (left >= 0x3p-60 && left <= 0x4p-60, "%s: 3 2^-60 is left of a dot "
          "product: %a", specs[i], left);
      numsys_dot (system, &context, 6, x, NULL, y, &events);
      numsys_decode (system, 1, y, &left);
      ok (left > 1 && left <= 2, "%s: 1 + 2^-60 is left of a sum: %a",
          specs[i], left);
      numsys_encode (system, &context, 2, far, x, &events);
      numsys_dot (system, &context, 2, x, NULL, y, &events);
      numsys_decode (system, 1, y, &left);
      ok (left > 0x1p100, "%s: 2^-100 is not lost beside 2^100: %a", specs[i],
          left);
      numsys_elements_free (system, 6, x);
      numsys_elements_free (system, 6, y);
      numsys_free (system);
    }
}

int
main (void)
{
  plan (NUMSYS_OPERATIONS * 4 + 15);
  test_machine ();
  test_dot ();
  return 0;
}
