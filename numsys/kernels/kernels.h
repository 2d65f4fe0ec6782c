/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fast batch kernels, one set an instruction set.  The portable set defines
   the bits; every other is held to it bit for bit.  */

#ifndef NUMSYS_KERNELS_KERNELS_H
#define NUMSYS_KERNELS_KERNELS_H

#include <stddef.h>
#include <stdint.h>
#include "numsys/kernels/dyadic_plans.h"
#include "numsys/kernels/lns_plans.h"
#include "numsys/kernels/sums.h"

/* Matrix products in fixed order.  a (rows, k) has number (i, p) at
   a[i row + p column]; b holds k groups of `columns' numbers; c (rows, columns)
   has row length ldc: each of its numbers becomes the end of a chain of k fused
   multiply-adds that starts from what it was.  */
typedef struct numsys_product_kernel
{
  size_t rows, columns;
  void (*tile) (size_t k, const float a[], size_t row, size_t column,
                const float b[], float c[], size_t ldc);
  /* k groups of `columns' numbers from as many rows, `stride' apart:
     out[p columns + j] = x[j stride + p]. */
  void (*turn) (size_t k, const float x[], size_t stride, float out[]);
} numsys_product_kernel;

/* One operation on float32, c being the third operand of fma and b not read by
   sqrt: its result rounded to odd, to the neighbour below in magnitude, whose
   last bit is set if anything is cut off; NaN if that is not zero or normal.
   Rounding it again, to 22 bits or fewer, is rounding the exact result:
   S. Boldo, G. Melquiond, "Emulation of a FMA and correctly rounded sums",
   IEEE Trans. Computers 57 (2008).  */
typedef void numsys_odd_loop (size_t n, const float a[], const float b[],
                              const float c[], float out[]);

typedef struct numsys_odd_loops
{
  numsys_odd_loop *add, *subtract, *multiply, *divide, *sqrt, *fma;
} numsys_odd_loops;

/* Columns that kernels take side by side. */
enum { NUMSYS_COLUMNS = 16 };

/* No tile has more numbers. */
enum { NUMSYS_LARGEST_TILE = 256 };

/* Those that round take numbers x[0..n) to out[0..n), which may be x; counts
   are added to. */
typedef struct numsys_kernels
{
  const char *name;           /* portable, avx2, avx512 */
  int (*usable) (void);       /* whether this processor has it */

  /* Largest magnitude, NaN and infinity left out; and that of each of
     NUMSYS_COLUMNS columns, rows being `stride' numbers apart. */
  float (*largest) (size_t n, const float x[]);
  void (*largest_columns) (size_t rows, size_t stride, const float x[],
                           float out[]);

  void (*lns_nearest) (const numsys_lns_nearest *plan, size_t n,
                       const float x[], float out[], numsys_counts *counts);
  /* The largest stored exponent of codes, below a sign bit of at most 2^30;
     those with less than least, or with a bit above the sign's, are zero: -1
     if all are. */
  int32_t (*lns_largest) (uint32_t sign, int32_t least, size_t n,
                          const uint32_t codes[]);
  void (*lns_coarsen) (const numsys_lns_coarsening *plan, size_t n,
                       const uint32_t codes[], float out[],
                       numsys_counts *counts);
  /* The kernels below work up to the first number that is not for here, and
     return how many: at least one if n > 0 and the first is for here, maybe
     not all that are.  words has one for each number where a choice reads
     them.  */

  /* Not for here: zero, subnormal, not finite, moved too far or to a
     subnormal, or a place too near to what it is compared with. */
  size_t (*lns_move) (const numsys_lns_moves *moves, size_t n,
                      const float x[], const float steps[],
                      const uint32_t words[], float out[],
                      numsys_counts *counts);
  /* Not for here: moved too far, or a place too near. */
  size_t (*lns_step) (const numsys_lns_steps *plan, size_t n,
                      const uint32_t codes[], const float steps[],
                      const uint32_t words[], uint32_t out[],
                      numsys_counts *counts);
  /* Not for here: not finite, or a place too near. */
  size_t (*lns_round) (const numsys_lns_rounding *plan, size_t n,
                       const float x[], const uint32_t words[], float out[],
                       numsys_counts *counts);
  size_t (*lns_encode) (const numsys_lns_rounding *plan, size_t n,
                        const float x[], const uint32_t words[], size_t size,
                        void *codes, numsys_counts *counts);
  /* a + b.  Not for here: a zero where there is none, and what is under the
     smallest value if plan->under says so. */
  size_t (*lns_add) (const numsys_lns_sums *plan, size_t n, const uint32_t a[],
                     const uint32_t b[], uint32_t out[],
                     numsys_counts *counts);
  /* Not for here: not finite, over where that wraps, or subnormal where the
     spacing follows the exponent even there. */
  size_t (*dyadic_round) (const numsys_dyadic_rounding *plan, size_t n,
                          const float x[], const uint32_t words[],
                          float out[], numsys_counts *counts);
  size_t (*dyadic_encode) (const numsys_dyadic_rounding *plan, size_t n,
                           const float x[], const uint32_t words[],
                           size_t size, void *codes, numsys_counts *counts);

  /* Any codes, whose other bits are not looked at; decodes_in_vectors: faster
     than looking them up. */
  int decodes_in_vectors;
  void (*lns_decode) (const numsys_lns_codes *plan, size_t n, size_t size,
                      const void *codes, float out[]);
  void (*dyadic_decode) (const numsys_dyadic_codes *plan, size_t n,
                         size_t size, const void *codes, float out[]);

  size_t (*float_nearest) (const numsys_float_nearest *plan, size_t n,
                           const float x[], float out[],
                           numsys_counts *counts);

  void (*fixed_nearest) (const numsys_fixed_nearest *plan, size_t n,
                         const float x[], float out[],
                         numsys_counts *counts);

  /* NUMSYS_COLUMNS columns of `rows' numbers, rows being `stride' numbers
     apart: column c as the kernel above does it by plan[c].  The plans are
     those of one system at different scales.  0: nothing done, since they do
     not suit; NULL: no plans do.  */
  int (*lns_columns) (const numsys_lns_nearest plan[], size_t rows,
                      size_t stride, const float x[], float out[],
                      numsys_counts *counts);
  int (*float_columns) (const numsys_float_nearest plan[], size_t rows,
                        size_t stride, const float x[], float out[],
                        numsys_counts *counts);
  int (*fixed_columns) (const numsys_fixed_nearest plan[], size_t rows,
                        size_t stride, const float x[], float out[],
                        numsys_counts *counts);

  const numsys_product_kernel *product;
  const numsys_sums_kernel *sums;
  const numsys_odd_loops *odd;

  /* The words of blocks first .. first + n - 1 of a sequence (random.h). */
  void (*random) (const uint32_t key[2], const uint32_t stream[2],
                  uint64_t first, size_t n, uint32_t out[]);
} numsys_kernels;

extern const numsys_kernels numsys_kernels_portable;
extern const numsys_kernels numsys_kernels_avx2;
extern const numsys_kernels numsys_kernels_avx512;

/* Fastest first, ended by NULL. */
extern const numsys_kernels *const numsys_kernel_sets[];

/* The fastest usable set; NUMSYS_ISA=portable|avx2|avx512 names another, taken
   when it is usable.  The first call chooses. */
const numsys_kernels *numsys_kernels_best (void);

/* For tests: chooses anew as if NUMSYS_ISA named this set; NULL is the
   fastest. */
void numsys_kernels_use (const char *name);

#endif
