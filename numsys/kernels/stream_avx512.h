/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing large arrays past the caches, which need not read them then.  */

#ifndef NUMSYS_KERNELS_STREAM_AVX512_H
#define NUMSYS_KERNELS_STREAM_AVX512_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

/* Nothing to a file that is not built for it. */
#ifdef __AVX512F__

/* Numbers from which on an array has no place in caches, and bytes that are
   asked for ahead of their use. */
enum { NUMSYS_LARGE = 1 << 23, NUMSYS_AHEAD = 3072 };

static inline int
numsys_streams (size_t n, const float x[], const float out[])
{
  return n >= NUMSYS_LARGE && x != out;
}

/* Numbers before the first that lies on a cache line's start. */
static inline size_t
numsys_before_line (const float out[])
{
  return -(uintptr_t) out % 64 / sizeof *out;
}

/* Stores what came of x.  Streams, once done, want _mm_sfence. */
static inline __attribute__ ((always_inline)) void
numsys_store (const float x[], float out[], __m512i result, int streams)
{
  if (streams)
    {
      _mm_prefetch ((const void *) ((uintptr_t) x + NUMSYS_AHEAD),
                    _MM_HINT_T0);
      _mm512_stream_si512 ((void *) out, result);
    }
  else
    _mm512_storeu_si512 (out, result);
}

#endif
#endif
