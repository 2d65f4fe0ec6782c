/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fast batch kernels, one set an instruction set.  The portable set defines
   the bits; every other is held to it bit for bit.  */

#ifndef NUMSYS_KERNELS_KERNELS_H
#define NUMSYS_KERNELS_KERNELS_H

#include <stddef.h>
#include <stdint.h>
#include "numsys/kernels/sums.h"

/* What quantizing meets, beside ordinary numbers. */
typedef struct numsys_counts
{
  uint64_t small;   /* under the threshold below the smallest value; zeros
                       only where there is no zero */
  uint64_t over;    /* beyond the threshold above the largest value */
  uint64_t under;   /* of these, the negative ones; by roundings to dyadic
                       grids only */
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
  const int32_t *value;         /* one more than thresholds; one beyond may be
                                   read */
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

/* How a magnitude between two neighbours is decided.  It goes away from the one
   below when (word & mask) + base[negative], all its bits flipped if the step
   below is odd and flips is set, is below its place between the two in units of
   2^-32: 0 is always, the largest never.  A draw of all 32 bits stands for the
   middle of its unit; one of fewer has the middle in base.  */
typedef struct numsys_choice
{
  uint32_t mask;          /* bits of a random word drawn; 0: words are not
                             read */
  uint32_t base[2];
  int flips;
} numsys_choice;

/* Any rounding on a grid of floating or fixed point whose spacing is fixed up
   to a power of two and follows the exponent from there: a float of 32 bits is
   c 2^(e - 150), and `drop' bits of c are dropped from e = floor on, more below.
   Codes are the magnitude's step with the sign above `width' bits, or twos
   complement of so many.  */
typedef struct numsys_dyadic_rounding
{
  numsys_choice choice;
  unsigned drop;          /* 0..22 */
  int32_t floor;          /* at least 1 */
  int32_t code_floor;     /* the same, maybe less: codes count from there; if
                             less, subnormal floats are not for here */
  uint32_t largest[2];    /* bits, by sign */
  uint32_t beyond[2];     /* what is over becomes, by sign: bits, the sign's
                             too, ... */
  uint32_t beyond_code[2];        /* ... and codes */
  int wraps;              /* what is over is not for here */
  int has_signed_zero;
  unsigned width;
  int is_complement;
} numsys_dyadic_rounding;

/* Any rounding on an LNS grid anchored at 1, of which what lies under the
   smallest value is raised to it, or by a rounding to nearest to codes maybe
   flushed.  k is an exponent: that of the value
   2^(k / gamma).  */
typedef struct numsys_lns_rounding
{
  numsys_choice choice;
  int is_nearest;         /* to nearest in logarithms: choice is not read */
  int is_log;             /* the place between neighbours is that of
                             logarithms */
  int32_t gamma;
  unsigned index_bits;    /* as numsys_lns_nearest's ... */
  const uint32_t *first, *threshold;
  const int32_t *value;
  const uint32_t *packed;
  unsigned floor_bits;    /* ... and so packed, values but the first being the
                             thresholds; NULL as there */
  const uint32_t *floor_packed;
  int32_t least, most;    /* k */
  uint32_t smallest, largest;   /* bits: their values; smallest is at least
                                   those of 2^-125 */
  int32_t parity;         /* what k is to be added to for the step's */
  int has_zero;
  uint32_t offset;        /* codes: k + offset, a bit of the sign above ... */
  uint32_t sign_code;     /* ... and zero */
  uint32_t zero_code;
  int flushes;            /* codes: what is small becomes zero */
} numsys_lns_rounding;

/* Codes of an LNS to values that are normal floats.  A code is a step with the
   sign above; that of k is k + offset, value as above for slots 0 to gamma - 1
   of an octave.  */
typedef struct numsys_lns_codes
{
  int32_t gamma;
  const int32_t *value;
  int32_t offset;         /* within 2^30 */
  int32_t first;          /* steps below are zero, */
  uint32_t flag;          /* as is what has this bit, or 0 */
  uint32_t sign;          /* bit, at most 2^23 */
} numsys_lns_codes;

/* Codes of floating or fixed point to values that are floats, at a scale that
   is a power of two: a step with the sign above `width' bits, or twos complement
   of so many.  */
typedef struct numsys_dyadic_codes
{
  unsigned width;
  int is_complement;
  unsigned kept;          /* significand bits under the leading one, 1..23, of
                             what is no complement */
  int32_t unit;           /* exponent of the smallest spacing */
  uint32_t first;         /* steps below are zero */
  uint32_t top;           /* the largest step, */
  int has_infinity;       /* above which is infinity, if so, and NaN; or of
                             complements negative numbers */
} numsys_dyadic_codes;

/* How the fraction f of a step is decided: to nearest, or by choice, whose
   place is f itself or the sum of growth[j] f^(j + 1), within 2^-22. */
enum { NUMSYS_GROWTH_TERMS = 6 };

typedef struct numsys_lns_fraction
{
  int is_nearest;         /* ties to even ... */
  int ties_away;          /* ... or up */
  numsys_choice choice;   /* when not nearest */
  int is_linear;          /* the place is that of values: growth */
  double growth[NUMSYS_GROWTH_TERMS];
} numsys_lns_fraction;

/* Moves on an LNS grid: normal values are looked up as above, each of them a
   threshold reached or more, and moved by steps[i].  k, a stored exponent less
   an offset, is that of 2^(k / gamma).  */
typedef struct numsys_lns_moves
{
  numsys_lns_fraction fraction;
  unsigned index_bits;
  const uint32_t *first, *threshold;
  const int32_t *value;
  int32_t gamma;
  int32_t parity;         /* of the offset: ties go to even stored exponents */
  int32_t least, most;    /* k, held to these; within 2^29 */
  uint32_t smallest, largest;   /* bits of their values, normal floats */
} numsys_lns_moves;

/* The same of codes: stored exponents e below a sign bit. */
typedef struct numsys_lns_steps
{
  numsys_lns_fraction fraction;
  uint32_t sign;          /* bit, at most 2^28 */
  int32_t least, most;    /* e of values, held to these */
  uint32_t zero;          /* what codes of less than least, or with a bit above
                             the sign's, become */
} numsys_lns_steps;

/* Codes of an LNS to the nearest values of one whose octave has 2^octave_bits
   of them, at most 16: stored exponents e from first to top, below a sign bit
   of at most 2^28, others being zero.  e + offset is k / 2^shift of its steps;
   half-way over slot i, the step above is nearer if bit i of ties is set.  */
typedef struct numsys_lns_coarsening
{
  uint32_t sign;
  int32_t first, top;
  int32_t offset;
  unsigned shift;
  int32_t below_half;     /* 2^(shift - 1) - 1, or 0 */
  uint32_t ties;
  unsigned octave_bits;
  const int32_t *value;   /* as numsys_lns_nearest's */
  int32_t least, most;    /* steps, held to these */
} numsys_lns_coarsening;

/* What becomes of a number under the smallest value. */
typedef enum numsys_under
{
  NUMSYS_UNDER_RAISED,    /* that value, */
  NUMSYS_UNDER_FLUSHED,   /* or, where not rounded to it, zero; */
  NUMSYS_UNDER_ELSEWHERE  /* the number is not for here */
} numsys_under;

/* Sums of codes of an LNS, nothing being drawn: stored exponents e below a sign
   bit.  Of x and y, |x| >= |y|, min (d, reach) steps apart, table[2 d] tells
   where the sum lies, table[2 d + 1] the difference: 8 times the steps from x
   to the value at or under it, and which of 8 parts of a step it is in;
   INT32_MIN where equals cancel.  The result goes to the next value if bit 16 negative + 8 odd + part of `away' is
   set, odd being that of the value's e.  */
typedef struct numsys_lns_sums
{
  const int32_t *table;
  int32_t reach;
  uint32_t away;
  uint32_t sign;        /* bit, at most 2^27 */
  uint32_t turn;        /* the sign bit if second operands change sign, or 0 */
  uint32_t flag;        /* bit of codes that are zero, or 0 */
  int32_t least, most;  /* e of values; what has less is zero */
  int has_zero;
  uint32_t zero;        /* its code */
  numsys_under under;   /* counted as small unless rounded to the smallest */
} numsys_lns_sums;

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
  uint32_t subnormals;  /* bits less 1 below this are not for here: those of
                           subnormal numbers where the spacing follows the
                           exponent even there, else 0; no other number is
                           then small */
} numsys_float_nearest;

/* Fixed point: integers least..most times unit, ties to even. */
typedef struct numsys_fixed_nearest
{
  float unit, inverse;  /* powers of two */
  float least, most;
} numsys_fixed_nearest;

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
