/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fast batch kernels, one set an instruction set.  The portable set defines
   the bits; every other is held to it bit for bit.  */

#ifndef NUMSYS_KERNELS_KERNELS_H
#define NUMSYS_KERNELS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Matrix products in fixed order.  a holds k groups of `rows' numbers, b k
   groups of `columns'; c (rows, columns) with row length ldc: each of its
   numbers becomes the end of a chain of k fused multiply-adds that starts from
   what it was.  */
typedef struct numsys_product_kernel
{
  size_t rows, columns;
  void (*tile) (size_t k, const float a[], const float b[], float c[],
                size_t ldc);
} numsys_product_kernel;

/* No tile has more numbers. */
enum { NUMSYS_LARGEST_TILE = 256 };

typedef struct numsys_kernels
{
  const char *name;           /* portable, avx2, avx512 */
  int (*usable) (void);       /* whether this processor has it */

  /* Largest magnitude, NaN and infinity left out. */
  float (*largest) (size_t n, const float x[]);

  const numsys_product_kernel *product;

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
   when it is usable. */
const numsys_kernels *numsys_kernels_best (void);

#endif
