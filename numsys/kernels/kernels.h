/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fast batch kernels, one set an instruction set.  The portable set defines
   the bits; every other is held to it bit for bit.  */

#ifndef NUMSYS_KERNELS_KERNELS_H
#define NUMSYS_KERNELS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* What quantizing meets, beside ordinary numbers. */
typedef struct numsys_counts
{
  uint64_t small;   /* under the threshold below the smallest value; zeros
                       only where there is no zero */
  uint64_t over;    /* beyond the threshold above the largest value */
  uint64_t nan;
} numsys_counts;

/* The kernels below round float32 numbers to nearest, x[0..n) to out[0..n),
   which may be x; counts are added to.  Constants called bits are those of a
   magnitude as float32; magnitudes in order have bits in order.  */

/* LNS.  Thresholds within an octave are mantissas, of 23 bits; number i of
   them reached, a value is bits value[i] above those of its octave's power of
   two.  */
typedef struct numsys_lns_nearest
{
  unsigned index_bits;          /* top mantissa bits that choose a bin */
  const uint32_t *first;        /* of each bin: thresholds below it */
  const uint32_t *threshold;    /* ascending, a last one above all mantissas */
  const int32_t *value;         /* one more than thresholds */
  const uint32_t *packed;       /* of each bin: (first << 23) + 2^23 less its
                                   threshold, so that adding a mantissa gives
                                   the count of thresholds above bit 23; NULL
                                   when the count does not fit */
  uint32_t smallest, largest;   /* bits of values */
  uint32_t small;               /* bits: from here on, the smallest value */
  uint32_t zero;                /* bits: from here on, not zero: 0 where there
                                   is none, 1, or small */
  uint32_t over;                /* bits: from here on, over; not above those
                                   of infinity */
} numsys_lns_nearest;

/* Moves on an LNS grid: normal values are looked up as above, each of them a
   threshold reached or more, and moved by steps[i], rounded to nearest.  k, a
   stored exponent less an offset, is that of 2^(k / gamma).  */
typedef struct numsys_lns_moves
{
  unsigned index_bits;
  const uint32_t *first, *threshold;
  const int32_t *value;
  int32_t gamma;
  int32_t parity;         /* of the offset: ties go to even stored exponents */
  int32_t least, most;    /* k, held to these; within 2^29 */
  int ties_away;          /* ... or up */
  int whole_only;         /* steps that are not whole are not for here */
} numsys_lns_moves;

/* Floating point, ties to even. */
typedef struct numsys_float_nearest
{
  unsigned drop;        /* mantissa bits cut off, 0..23 */
  uint32_t normal;      /* bits: from here on, spacing follows the exponent */
  float shifter;        /* 3/2 2^23 spacings below `normal': adding it rounds */
  uint32_t smallest;    /* bits of the smallest value */
  uint32_t small;       /* bits: from here on, not zero */
  uint32_t over;        /* bits: from here on, over */
  uint32_t beyond;      /* bits of what is over, NaN or infinity may be */
  uint32_t infinite;    /* bits of what becomes of infinity */
} numsys_float_nearest;

/* Fixed point: integers least..most times unit, ties to even. */
typedef struct numsys_fixed_nearest
{
  float unit, inverse;  /* powers of two */
  float least, most;
} numsys_fixed_nearest;

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

  void (*lns_nearest) (const numsys_lns_nearest *plan, size_t n,
                       const float x[], float out[], numsys_counts *counts);
  /* Moves values up to the first that is not for here: zero, subnormal, not
     finite, moved too far or to a subnormal.  Returns how many, at least one
     if n > 0 and the first is for here; maybe not all that are.  */
  size_t (*lns_move) (const numsys_lns_moves *moves, size_t n,
                      const float x[], const float steps[], float out[],
                      numsys_counts *counts);
  void (*float_nearest) (const numsys_float_nearest *plan, size_t n,
                         const float x[], float out[],
                         numsys_counts *counts);
  void (*fixed_nearest) (const numsys_fixed_nearest *plan, size_t n,
                         const float x[], float out[],
                         numsys_counts *counts);

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
