/* SPDX-License-Identifier: GPL-3.0-or-later */
/* float32 to integers of 8 and 16 bits, and back: what the machine does where
   numbers need no more than one of its instructions, at the speed of memory.  */

#include <config.h>
#include "experiments/bench/bench.h"
#include "numsys/numsys.h"

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>
#include <string.h>

#define WIDE __attribute__ ((target ("avx512f,avx512bw")))

static int
is_wide (void)
{
  return strcmp (numsys_isa (), "avx512") == 0;
}

WIDE static __m512i
pair (const float x[])
{
  return _mm512_packs_epi32 (_mm512_cvtps_epi32 (_mm512_loadu_ps (x)),
                             _mm512_cvtps_epi32 (_mm512_loadu_ps (x + 16)));
}

WIDE static size_t
wide_to_int8 (size_t n, const float x[], int8_t out[])
{
  const __m512i order = _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10,
                                           14, 3, 7, 11, 15);
  size_t i;

  for (i = 0; n - i >= 64; i += 64)
    _mm512_storeu_si512 (
      out + i, _mm512_permutexvar_epi32 (
                 order, _mm512_packs_epi16 (pair (x + i), pair (x + i + 32))));
  return i;
}

WIDE static size_t
wide_to_int16 (size_t n, const float x[], int16_t out[])
{
  const __m512i order = _mm512_setr_epi64 (0, 2, 4, 6, 1, 3, 5, 7);
  size_t i;

  for (i = 0; n - i >= 32; i += 32)
    _mm512_storeu_si512 (out + i,
                         _mm512_permutexvar_epi64 (order, pair (x + i)));
  return i;
}

WIDE static size_t
wide_from_int8 (size_t n, const int8_t x[], float out[])
{
  size_t i;

  for (i = 0; n - i >= 16; i += 16)
    _mm512_storeu_ps (out + i,
                      _mm512_cvtepi32_ps (_mm512_cvtepi8_epi32 (
                        _mm_loadu_si128 ((const void *) (x + i)))));
  return i;
}
#else
static int
is_wide (void)
{
  return 0;
}

static size_t
wide_to_int8 (size_t n, const float x[], int8_t out[])
{
  return (void) n, (void) x, (void) out, 0;
}

static size_t
wide_to_int16 (size_t n, const float x[], int16_t out[])
{
  return (void) n, (void) x, (void) out, 0;
}

static size_t
wide_from_int8 (size_t n, const int8_t x[], float out[])
{
  return (void) n, (void) x, (void) out, 0;
}
#endif

void
bench_to_int8 (size_t n, const float x[], int8_t out[])
{
  for (size_t i = is_wide () ? wide_to_int8 (n, x, out) : 0; i < n; i++)
    out[i] = (int8_t) x[i];
}

void
bench_to_int16 (size_t n, const float x[], int16_t out[])
{
  for (size_t i = is_wide () ? wide_to_int16 (n, x, out) : 0; i < n; i++)
    out[i] = (int16_t) x[i];
}

void
bench_from_int8 (size_t n, const int8_t x[], float out[])
{
  for (size_t i = is_wide () ? wide_from_int8 (n, x, out) : 0; i < n; i++)
    out[i] = x[i];
}
