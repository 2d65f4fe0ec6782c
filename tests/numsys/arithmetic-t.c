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

/* Operands a block, which caches hold; blocks, and those of a long check: 10^8
   operands. */
#define BLOCK 8192
#define BLOCKS 122
#define MANY 12208
#define SHOWN 3

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

#define CORNERS (2 * sizeof corners / sizeof corners[0])

_Static_assert (CORNERS * CORNERS < BLOCK, "the first block has all pairs");

/* Codes are the machine's own. */
static float in[3][BLOCK];
static float seen[BLOCK], wanted[BLOCK];

static uint32_t
code_of (float y)
{
  uint32_t code;

  memcpy (&code, &y, sizeof code);
  return code;
}

/* In the first block corners of both signs in all pairs; then random bits: half
   of them anywhere, half with exponents near each other, where sums round and
   cancel. */
static void
fill (uint32_t block)
{
  const numsys_random random = numsys_random_of (1, 0, 0, block);
  static uint32_t codes[BLOCK];
  size_t n = 0;

  for (int j = 0; j < 3; j++)
    {
      numsys_random_words (&random, (uint64_t) j * BLOCK, BLOCK, codes);
      for (size_t i = 0; i < BLOCK; i += 2)
        codes[i] = (codes[i] & 0x87ffffff) | 0x38000000;
      memcpy (in[j], codes, sizeof codes);
    }
  for (size_t i = 0; block == 0 && i < CORNERS; i++)
    for (size_t j = 0; j < CORNERS; j++, n++)
      {
        in[0][n] = i % 2 == 0 ? corners[i / 2] : -corners[i / 2];
        in[1][n] = j % 2 == 0 ? corners[j / 2] : -corners[j / 2];
        in[2][n] = corners[(i + 3 * j) % (CORNERS / 2)];
      }
}

/* The operations that round nothing. */
static float
choose (numsys_operation operation, float a, float b)
{
  switch (operation)
    {
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

/* The machine's results, many at a time.  In a function of its own, which must
   stay one: between changes of the machine's direction all of it is carried
   out. */
static __attribute__ ((noinline)) void
operate (numsys_operation operation)
{
  switch (operation)
    {
    case NUMSYS_ADD:
      for (size_t i = 0; i < BLOCK; i++)
        wanted[i] = in[0][i] + in[1][i];
      break;
    case NUMSYS_SUBTRACT:
      for (size_t i = 0; i < BLOCK; i++)
        wanted[i] = in[0][i] - in[1][i];
      break;
    case NUMSYS_MULTIPLY:
      for (size_t i = 0; i < BLOCK; i++)
        wanted[i] = in[0][i] * in[1][i];
      break;
    case NUMSYS_DIVIDE:
      for (size_t i = 0; i < BLOCK; i++)
        wanted[i] = in[0][i] / in[1][i];
      break;
    case NUMSYS_SQRT:
      for (size_t i = 0; i < BLOCK; i++)
        wanted[i] = sqrtf (in[0][i]);
      break;
    case NUMSYS_FMA:
      for (size_t i = 0; i < BLOCK; i++)
        wanted[i] = fmaf (in[0][i], in[1][i], in[2][i]);
      break;
    default:
      for (size_t i = 0; i < BLOCK; i++)
        wanted[i] = choose (operation, in[0][i], in[1][i]);
    }
}

static size_t
count_wrong (void)
{
  uint32_t wrong = 0;

  for (size_t i = 0; i < BLOCK; i++)
    {
      const uint32_t w = code_of (wanted[i]);
      const uint32_t s = code_of (seen[i]);
      const uint32_t is_nan = (w & 0x7fffffff) > 0x7f800000;

      wrong += is_nan ? (s & 0x7fffffff) <= 0x7f800000 : w != s;
    }
  return wrong;
}

static void
show (size_t most)
{
  for (size_t i = 0; i < BLOCK && most > 0; i++)
    if (isnan (wanted[i]) ? !isnan (seen[i])
                          : code_of (wanted[i]) != code_of (seen[i]))
      {
        diag ("%a %a %a gives %a, not %a", in[0][i], in[1][i], in[2][i],
              seen[i], wanted[i]);
        most--;
      }
}

/* Wrong results of one block. */
static size_t
against_machine (const numsys *fp32, numsys_operation operation, size_t way)
{
  numsys_context context = numsys_context_of (directions[way].rounding);
  numsys_events events = { 0 };
  size_t wrong;

  numsys_apply (fp32, operation, &context, BLOCK, in[0], in[1], in[2], seen,
                &events);
  fesetround (directions[way].machine);
  operate (operation);
  fesetround (FE_TONEAREST);
  wrong = count_wrong ();
  if (wrong > 0)
    show (SHOWN);
  return wrong;
}

static void
test_machine (void)
{
  const uint32_t blocks
    = getenv ("NUMSYS_CHECK_LONG") != NULL ? MANY : BLOCKS;
  size_t wrong[NUMSYS_OPERATIONS][4] = { { 0 } };
  numsys_error error;
  numsys *fp32 = numsys_new ("float:8,23", &error);

  for (uint32_t block = 0; block < blocks; block++)
    {
      fill (block);
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
              (size_t) blocks * BLOCK);
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
