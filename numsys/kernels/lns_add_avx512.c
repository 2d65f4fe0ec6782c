/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of codes of an LNS with AVX-512.  */

#include <config.h>
#include <immintrin.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/portable.h"

enum { LANES = 16, ALL = 0xFFFF };

static inline __m512i
each (uint32_t x)
{
  return _mm512_set1_epi32 ((int32_t) x);
}

static inline __mmask16
is_zero (const numsys_lns_sums *plan, __m512i code, __m512i e)
{
  return _mm512_test_epi32_mask (code, each (plan->flag))
         | _mm512_cmplt_epi32_mask (e, _mm512_set1_epi32 (plan->least));
}

/* Sixteen sums on their way: what they lie at or above, and what they were
   rounded to; lanes where something is zero. */
typedef struct lanes
{
  __m512i sign, moved, below, rounded;
  __mmask16 zero;
} lanes;

/* Sums out of range; of lanes that are not for here, 0 and no counts. */
static __attribute__ ((noinline)) __m512i
settle_edges (const numsys_lns_sums *plan, const lanes *at, __m512i code,
              __mmask16 strange, __mmask16 *done, numsys_counts *counts)
{
  const __m512i least = _mm512_set1_epi32 (plan->least);
  const __mmask16 cancels
    = strange & _mm512_cmpeq_epi32_mask (at->moved,
                                         _mm512_set1_epi32 (INT32_MIN));
  const __mmask16 under
    = strange & ~cancels & _mm512_cmplt_epi32_mask (at->below, least);
  const __mmask16 over = strange & ~cancels & ~under;
  const __mmask16 small
    = under & _mm512_cmplt_epi32_mask (at->rounded, least);
  const __mmask16 zero
    = cancels | (plan->under == NUMSYS_UNDER_FLUSHED ? small : 0);

  *done = (__mmask16) ~((plan->has_zero ? 0 : cancels)
                        | (plan->under == NUMSYS_UNDER_ELSEWHERE ? under : 0));
  if (*done != ALL)
    return code;
  counts->over += (unsigned) __builtin_popcount (over);
  counts->small += (unsigned) __builtin_popcount (small);
  code = _mm512_mask_or_epi32 (code, over, at->sign,
                               _mm512_set1_epi32 (plan->most));
  code = _mm512_mask_or_epi32 (code, under, at->sign, least);
  return _mm512_mask_mov_epi32 (code, zero, each (plan->zero));
}

/* x + y; done has the lanes that are for here. */
static inline __m512i
add (const numsys_lns_sums *plan, __m512i x, __m512i y, __mmask16 *done,
     numsys_counts *counts)
{
  const __m512i low = each (plan->sign - 1);
  const __m512i e = _mm512_and_si512 (x, low);
  const __m512i f = _mm512_and_si512 (y, low);
  const __mmask16 x_zero = is_zero (plan, x, e);
  const __mmask16 y_zero = is_zero (plan, y, f);
  const __mmask16 differ
    = _mm512_test_epi32_mask (_mm512_xor_si512 (x, y), each (plan->sign));
  const __m512i lead
    = _mm512_mask_mov_epi32 (x, _mm512_cmplt_epi32_mask (e, f), y);
  const __m512i apart
    = _mm512_min_epi32 (_mm512_abs_epi32 (_mm512_sub_epi32 (e, f)),
                        _mm512_set1_epi32 (plan->reach));
  const __m512i twice = _mm512_add_epi32 (apart, apart);
  const __m512i moved
    = _mm512_i32gather_epi32 (_mm512_mask_add_epi32 (twice, differ, twice,
                                                     each (1)),
                              plan->table, 4);
  const __m512i below = _mm512_add_epi32 (_mm512_and_si512 (lead, low),
                                          _mm512_srai_epi32 (moved, 3));
  const __mmask16 negative = _mm512_test_epi32_mask (lead, each (plan->sign));
  const __m512i part
    = _mm512_or_si512 (_mm512_and_si512 (moved, each (7)),
                       _mm512_slli_epi32 (_mm512_and_si512 (below, each (1)),
                                          3));
  const __m512i bit
    = _mm512_mask_add_epi32 (part, negative, part, each (16));
  const __m512i rounded
    = _mm512_add_epi32 (below,
                        _mm512_and_si512 (_mm512_srlv_epi32 (each (plan->away),
                                                             bit), each (1)));
  const lanes at = { _mm512_and_si512 (lead, each (plan->sign)), moved, below,
                     rounded, x_zero | y_zero };
  const __mmask16 strange
    = (_mm512_cmplt_epi32_mask (below, _mm512_set1_epi32 (plan->least))
       | _mm512_cmpgt_epi32_mask (rounded, _mm512_set1_epi32 (plan->most)))
      & ~at.zero;
  __m512i code = _mm512_or_si512 (rounded, at.sign);

  *done = ALL;
  if (strange != 0)
    code = settle_edges (plan, &at, code, strange, done, counts);
  code = _mm512_mask_mov_epi32 (code, x_zero, y);
  code = _mm512_mask_mov_epi32 (code, y_zero, x);
  return _mm512_mask_mov_epi32 (code, x_zero & y_zero, each (plan->zero));
}

size_t
numsys_avx512_lns_add (const numsys_lns_sums *plan, size_t n,
                       const uint32_t a[], const uint32_t b[], uint32_t out[],
                       numsys_counts *counts)
{
  const __m512i bits = each ((2 * plan->sign - 1) | plan->flag);
  size_t i;

  for (i = 0; i + LANES <= n; i += LANES)
    {
      const __m512i x = _mm512_and_si512 (_mm512_loadu_si512 (a + i), bits);
      const __m512i y
        = _mm512_xor_si512 (_mm512_and_si512 (_mm512_loadu_si512 (b + i),
                                              bits), each (plan->turn));
      __mmask16 done;
      const __m512i code = add (plan, x, y, &done, counts);

      if (done != ALL)
        break;
      _mm512_storeu_si512 (out + i, code);
    }
  return i + numsys_portable_lns_add (plan, n - i, a + i, b + i, out + i,
                                      counts);
}
