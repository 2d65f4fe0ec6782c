/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of random words with AVX2, eight side by side: a block's words lie
   in the lower halves of 64-bit lanes, whose upper halves mean nothing, since
   the multiplication does not read them.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/philox.h"

enum { LANES = 4, VECTORS = 2, BLOCKS = LANES * VECTORS };

/* The keys of all rounds, in all lanes: in memory, where an operation reads
   them as it goes. */
typedef struct schedule
{
  __m256i key[NUMSYS_PHILOX_ROUNDS][2];
} schedule;

static schedule
schedule_of (const uint32_t key[2])
{
  uint32_t k[2] = { key[0], key[1] };
  schedule keys;

  for (int round = 0; round < NUMSYS_PHILOX_ROUNDS; round++)
    {
      for (int i = 0; i < 2; i++)
        keys.key[round][i] = _mm256_set1_epi64x (k[i]);
      numsys_philox_next_key (k);
    }
  return keys;
}

static inline void
philox_round (__m256i x[4], const __m256i key[2])
{
  const __m256i even
    = _mm256_mul_epu32 (_mm256_set1_epi64x (NUMSYS_PHILOX_EVEN), x[0]);
  const __m256i odd
    = _mm256_mul_epu32 (_mm256_set1_epi64x (NUMSYS_PHILOX_ODD), x[2]);

  x[0] = _mm256_xor_si256 (_mm256_srli_epi64 (odd, 32),
                           _mm256_xor_si256 (x[1], key[0]));
  x[1] = odd;
  x[2] = _mm256_xor_si256 (_mm256_srli_epi64 (even, 32),
                           _mm256_xor_si256 (x[3], key[1]));
  x[3] = even;
}

/* Four blocks, one after the other. */
static inline void
store (const __m256i x[4], uint32_t out[4 * LANES])
{
  const __m256i a
    = _mm256_blend_epi32 (x[0], _mm256_slli_epi64 (x[1], 32), 0xAA);
  const __m256i b
    = _mm256_blend_epi32 (x[2], _mm256_slli_epi64 (x[3], 32), 0xAA);
  const __m256i even = _mm256_unpacklo_epi64 (a, b);
  const __m256i odd = _mm256_unpackhi_epi64 (a, b);

  _mm256_storeu_si256 ((__m256i *) out,
                       _mm256_permute2x128_si256 (even, odd, 0x20));
  _mm256_storeu_si256 ((__m256i *) (out + 8),
                       _mm256_permute2x128_si256 (even, odd, 0x31));
}

static inline void
blocks (const schedule *keys, const uint32_t stream[2], uint64_t first,
        uint32_t out[4 * BLOCKS])
{
  __m256i x[VECTORS][4];

#pragma GCC unroll 2
  for (int v = 0; v < VECTORS; v++)
    {
      const __m256i at = _mm256_add_epi64 (
        _mm256_set1_epi64x ((long long) (first + (uint64_t) (v * LANES))),
        _mm256_set_epi64x (3, 2, 1, 0));

      x[v][0] = at;
      x[v][1] = _mm256_srli_epi64 (at, 32);
      x[v][2] = _mm256_set1_epi64x (stream[0]);
      x[v][3] = _mm256_set1_epi64x (stream[1]);
    }
#pragma GCC unroll 7
  for (int round = 0; round < NUMSYS_PHILOX_ROUNDS; round++)
#pragma GCC unroll 2
    for (int v = 0; v < VECTORS; v++)
      philox_round (x[v], keys->key[round]);
#pragma GCC unroll 2
  for (int v = 0; v < VECTORS; v++)
    store (x[v], out + v * 4 * LANES);
}

void
numsys_avx2_random (const uint32_t key[2], const uint32_t stream[2],
                    uint64_t first, size_t n, uint32_t out[])
{
  const schedule keys = schedule_of (key);
  uint32_t last[4 * BLOCKS];

  for (; n >= BLOCKS; n -= BLOCKS, first += BLOCKS, out += 4 * BLOCKS)
    blocks (&keys, stream, first, out);
  if (n == 0)
    return;
  blocks (&keys, stream, first, last);
  for (size_t i = 0; i < 4 * n; i++)
    out[i] = last[i];
}
