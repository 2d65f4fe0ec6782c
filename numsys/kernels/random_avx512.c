/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of random words with AVX-512, sixteen side by side: a block's words
   lie in the lower halves of 64-bit lanes, whose upper halves mean nothing,
   since the multiplication does not read them.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/philox.h"

enum { LANES = 8, VECTORS = 2, BLOCKS = LANES * VECTORS };

static inline void
philox_round (__m512i x[4], __m512i key0, __m512i key1)
{
  const __m512i even
    = _mm512_mul_epu32 (_mm512_set1_epi64 (NUMSYS_PHILOX_EVEN), x[0]);
  const __m512i odd
    = _mm512_mul_epu32 (_mm512_set1_epi64 (NUMSYS_PHILOX_ODD), x[2]);

  x[0] = _mm512_xor_si512 (_mm512_srli_epi64 (odd, 32),
                           _mm512_xor_si512 (x[1], key0));
  x[1] = odd;
  x[2] = _mm512_xor_si512 (_mm512_srli_epi64 (even, 32),
                           _mm512_xor_si512 (x[3], key1));
  x[3] = even;
}

/* Eight blocks, one after the other. */
static inline void
store (const __m512i x[4], uint32_t out[4 * LANES])
{
  const __m512i a
    = _mm512_mask_blend_epi32 (0xAAAA, x[0], _mm512_slli_epi64 (x[1], 32));
  const __m512i b
    = _mm512_mask_blend_epi32 (0xAAAA, x[2], _mm512_slli_epi64 (x[3], 32));

  _mm512_storeu_si512 (out, _mm512_permutex2var_epi64 (
    a, _mm512_set_epi64 (11, 3, 10, 2, 9, 1, 8, 0), b));
  _mm512_storeu_si512 (out + 16, _mm512_permutex2var_epi64 (
    a, _mm512_set_epi64 (15, 7, 14, 6, 13, 5, 12, 4), b));
}

static inline void
blocks (const uint32_t key[2], const uint32_t stream[2], uint64_t first,
        uint32_t out[4 * BLOCKS])
{
  __m512i x[VECTORS][4];
  uint32_t k[2] = { key[0], key[1] };

#pragma GCC unroll 2
  for (int v = 0; v < VECTORS; v++)
    {
      const __m512i at = _mm512_add_epi64 (
        _mm512_set1_epi64 ((long long) (first + (uint64_t) (v * LANES))),
        _mm512_set_epi64 (7, 6, 5, 4, 3, 2, 1, 0));

      x[v][0] = at;
      x[v][1] = _mm512_srli_epi64 (at, 32);
      x[v][2] = _mm512_set1_epi64 (stream[0]);
      x[v][3] = _mm512_set1_epi64 (stream[1]);
    }
#pragma GCC unroll 7
  for (int round = 0; round < NUMSYS_PHILOX_ROUNDS; round++)
    {
      const __m512i key0 = _mm512_set1_epi64 (k[0]);
      const __m512i key1 = _mm512_set1_epi64 (k[1]);

#pragma GCC unroll 2
      for (int v = 0; v < VECTORS; v++)
        philox_round (x[v], key0, key1);
      numsys_philox_next_key (k);
    }
#pragma GCC unroll 2
  for (int v = 0; v < VECTORS; v++)
    store (x[v], out + v * 4 * LANES);
}

void
numsys_avx512_random (const uint32_t key[2], const uint32_t stream[2],
                    uint64_t first, size_t n, uint32_t out[])
{
  uint32_t last[4 * BLOCKS];

  for (; n >= BLOCKS; n -= BLOCKS, first += BLOCKS, out += 4 * BLOCKS)
    blocks (key, stream, first, out);
  if (n == 0)
    return;
  blocks (key, stream, first, last);
  for (size_t i = 0; i < 4 * n; i++)
    out[i] = last[i];
}
