/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fp16 against the processor's own conversions, in its four directions: floats
   to codes by the float path and by elements, all codes to floats.  A long
   check takes all floats each time.  */

#include <config.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

#if defined __x86_64__ && defined __GNUC__
#include <cpuid.h>
#include <immintrin.h>

/* clang 14 does not know this feature by name. */
static int
has_f16c (void)
{
  unsigned a, b, c, d;

  return __get_cpuid (1, &a, &b, &c, &d) && (c & bit_F16C) != 0
         && __builtin_cpu_supports ("avx");
}

#define HAS_F16C has_f16c ()
#define WITH_F16C __attribute__ ((target ("f16c")))
#else
#define HAS_F16C 0
#endif

#define WAYS 4
#define CODES 65536
/* Floats at a time, which caches hold. */
#define LENGTH 8192
/* From one to the next unless all are taken; prime to powers of two. */
#define STRIDE 1021
#define SHOWN 3

static const char *const specs[WAYS] = {
  "fp16:scale=none,round=nearest", "fp16:scale=none,round=down",
  "fp16:scale=none,round=up", "fp16:scale=none,round=zero",
};

static const numsys_rounding roundings[WAYS] = {
  NUMSYS_NEAREST, NUMSYS_DOWN, NUMSYS_UP, NUMSYS_ZERO,
};

static float x[LENGTH];
static uint32_t seen[LENGTH];

#ifdef WITH_F16C
/* n floats, a multiple of 8, each direction having an instruction's own. */
static WITH_F16C void
narrow (int way, size_t n, uint16_t out[])
{
  for (size_t i = 0; i < n; i += 8)
    {
      const __m256 in = _mm256_loadu_ps (x + i);
      const __m128i half = way == 0 ? _mm256_cvtps_ph (in, 0)
                           : way == 1 ? _mm256_cvtps_ph (in, 1)
                           : way == 2 ? _mm256_cvtps_ph (in, 2)
                                      : _mm256_cvtps_ph (in, 3);

      _mm_storeu_si128 ((__m128i *) (out + i), half);
    }
}

static WITH_F16C float
widen (uint16_t code)
{
  return _mm_cvtss_f32 (_mm_cvtph_ps (_mm_cvtsi32_si128 (code)));
}
#else
static void
narrow (int way, size_t n, uint16_t out[])
{
  (void) way;
  memset (out, 0, n * sizeof out[0]);
}

static float
widen (uint16_t code)
{
  return code;
}
#endif

/* Floats first, first + stride and so on; after the last the first again. */
static void
fill (uint64_t first, uint32_t stride)
{
  const uint32_t bits = (uint32_t) first;

  for (uint32_t i = 0; i < LENGTH; i++)
    {
      const uint32_t word = bits + i * stride;

      memcpy (&x[i], &word, sizeof word);
    }
}

/* All NaNs are one. */
static int
is_wrong (float given, uint32_t saw, uint32_t wanted)
{
  const int is_nan = (saw & 0x7fff) > 0x7c00;

  return isnan (given) ? !is_nan : saw != wanted;
}

static uint64_t
count_wrong (int way)
{
  static uint16_t wanted[LENGTH];
  uint32_t wrong = 0;
  int shown = 0;

  narrow (way, LENGTH, wanted);
  for (size_t i = 0; i < LENGTH; i++)
    wrong += (uint32_t) is_wrong (x[i], seen[i], wanted[i]);
  for (size_t i = 0; wrong > 0 && i < LENGTH && shown < SHOWN; i++)
    if (is_wrong (x[i], seen[i], wanted[i]))
      {
        diag ("%a gives %#x, not %#x", x[i], (unsigned) seen[i],
              (unsigned) wanted[i]);
        shown++;
      }
  return wrong;
}

static void
check_path (int way, uint32_t stride)
{
  numsys_error error;
  numsys_quantizer *q = numsys_quantizer_new (specs[way], &error);
  uint64_t wrong = 0, floats = 0;

  if (q == NULL)
    bail_out ("%s", error.text);
  for (uint64_t first = 0; first <= UINT32_MAX; first += (uint64_t) stride * LENGTH)
    {
      fill (first, stride);
      numsys_quantize_to_codes (q, (numsys_scale) { 0, 0 }, LENGTH, x, NULL,
                                0, seen, NULL);
      wrong += count_wrong (way);
      floats += LENGTH;
    }
  is_int (0, (int64_t) wrong, "%s: %" PRIu64 " floats quantized as the"
          " processor does", specs[way], floats);
  numsys_quantizer_free (q);
}

static void
check_elements (int way, uint32_t stride)
{
  const numsys_context context = numsys_context_of (roundings[way]);
  numsys_events events = { 0 };
  numsys_error error;
  numsys *from = numsys_new ("fp32", &error);
  numsys *to = numsys_new ("fp16", &error);
  static uint16_t out[LENGTH];
  uint64_t wrong = 0, floats = 0;

  if (from == NULL || to == NULL)
    bail_out ("%s", error.text);
  for (uint64_t first = 0; first <= UINT32_MAX; first += (uint64_t) stride * LENGTH)
    {
      fill (first, stride);
      numsys_convert (from, to, &context, LENGTH, x, out, &events);
      numsys_to_codes (to, LENGTH, out, seen);
      wrong += count_wrong (way);
      floats += LENGTH;
    }
  is_int (0, (int64_t) wrong, "%s: %" PRIu64 " elements converted as the"
          " processor does", numsys_rounding_name (roundings[way]), floats);
  numsys_free (from);
  numsys_free (to);
}

static void
check_codes (void)
{
  numsys_error error;
  numsys *fp16 = numsys_new ("fp16", &error);
  static uint16_t codes[CODES];
  static double values[CODES];
  size_t wrong = 0;

  if (fp16 == NULL)
    bail_out ("%s", error.text);
  for (size_t i = 0; i < CODES; i++)
    codes[i] = (uint16_t) i;
  numsys_decode (fp16, CODES, codes, values);
  for (size_t i = 0; i < CODES; i++)
    {
      const double wanted = widen (codes[i]);

      wrong += isnan (wanted) ? !isnan (values[i])
                              : memcmp (&wanted, &values[i], sizeof wanted)
                                != 0;
    }
  is_int (0, (int64_t) wrong, "all codes are the processor's numbers");
  numsys_free (fp16);
}

int
main (void)
{
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;

  plan (2 * WAYS + 1);
  for (int way = 0; way < WAYS; way++)
    if (HAS_F16C)
      {
        check_path (way, is_long ? 1 : STRIDE);
        check_elements (way, is_long ? 1 : STRIDE);
      }
    else
      for (int i = 0; i < 2; i++)
        skip ("this processor lacks F16C");
  if (HAS_F16C)
    check_codes ();
  else
    skip ("this processor lacks F16C");
  return 0;
}
