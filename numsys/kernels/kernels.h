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
  int saturates;          /* what is over becomes the largest; or else is not
                             for here */
  int has_signed_zero;
  unsigned width;
  int is_complement;
} numsys_dyadic_rounding;

/* Any rounding on an LNS grid anchored at 1, of which what lies under the
   smallest value is raised to it.  k is an exponent: that of the value
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
} numsys_lns_rounding;

/* Moves on an LNS grid: normal values are looked up as above, each of them a
   threshold reached or more, and moved by steps[i], of which a fraction f is
   decided: to nearest, or by choice, whose place is f itself or the sum of
   growth[j] f^(j + 1), within 2^-22.  k, a stored exponent less an offset, is
   that of 2^(k / gamma).  */
enum { NUMSYS_GROWTH_TERMS = 6 };

typedef struct numsys_lns_moves
{
  unsigned index_bits;
  const uint32_t *first, *threshold;
  const int32_t *value;
  int32_t gamma;
  int32_t parity;         /* of the offset: ties go to even stored exponents */
  int32_t least, most;    /* k, held to these; within 2^29 */
  uint32_t smallest, largest;   /* bits of their values, normal floats */
  int is_nearest;         /* ties to even ... */
  int ties_away;          /* ... or up */
  numsys_choice choice;   /* when not nearest */
  int is_linear;          /* the place is that of values: growth */
  double growth[NUMSYS_GROWTH_TERMS];
} numsys_lns_moves;

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

/* Columns that kernels take side by side. */
enum { NUMSYS_COLUMNS = 16 };

/* No tile has more numbers. */
enum { NUMSYS_LARGEST_TILE = 256 };

/* Sums of products each of which is made an integer (numsys/datapath/fast.c):
   the narrow ones in float32, the wide ones in double.  A number is 0 for zero,
   and else 2 (e + 1), or 1 more if it is negative, e being q gamma + r with
   0 <= r < gamma <= 4096 and e < 2^21.  */
typedef struct numsys_sums_form
{
  uint32_t gamma;
  uint32_t base;      /* q + base is the exponent of its bits, modulo 2^32 */
  uint32_t adds[2];   /* to the bits of positive, of negative numbers */
  uint32_t times;     /* its place is r times */
  size_t group;       /* so many lie together: the rows of a tile, or its
                         columns */
} numsys_sums_form;

/* What copies are made of: table[place + i step], to which bits are added, i
   being less than `copies' and place less than `places'.  The bits are those of
   float32 or of double; 16 more may be read than are asked for. */
typedef struct numsys_sums_table
{
  size_t copies, step, places;
  const uint32_t *narrow;
  const uint64_t *wide;
} numsys_sums_table;

/* Rows of k that events are counted for side by side. */
enum { NUMSYS_SUMS_LANES = 16 };

/* No tile has more rows or columns. */
enum { NUMSYS_SUMS_ROWS = 8, NUMSYS_SUMS_COLUMNS = 64 };

typedef struct numsys_sums_kernel
{
  size_t rows, columns, wide_columns;

  /* a holds k groups of `rows' factors, place as many places.  b holds k
     groups, `step' numbers apart, of one or more rows of numbers; at its place
     a factor's row of `columns' numbers begins.  To each of c (rows, columns)
     are added k products, of a factor and a number of its row, rounded down or
     to nearest, whose magnitudes add up to less than 2^22 (narrow) or 2^51
     (wide).  Products to nearest are no ties. */
  void (*tile) (int is_nearest, size_t k, const float a[],
                const uint32_t place[], const float b[], size_t step,
                int32_t c[]);
  void (*wide_tile) (int is_nearest, size_t k, const double a[],
                     const uint32_t place[], const double b[], size_t step,
                     int64_t c[]);
  /* Sets bit j of *flag where c[j] is beyond +-limit, j < columns. */
  void (*beyond) (const int32_t c[], int32_t limit, uint64_t *flag);
  void (*wide_beyond) (const int64_t c[], int64_t limit, uint64_t *flag);

  /* Sums as integers of 64 bits. */
  void (*widen) (size_t n, const int32_t c[], int64_t out[]);

  /* Factors of n numbers, and their places: those of number i at
     [i / group stride + i % group], and 0 where the last group has none. */
  void (*factors) (const numsys_sums_form *form, size_t n,
                   const uint32_t number[], size_t stride, float out[],
                   uint32_t place[]);
  void (*wide_factors) (const numsys_sums_form *form, size_t n,
                        const uint32_t number[], size_t stride, double out[],
                        uint32_t place[]);
  /* Copies of a group of numbers: out[i group + j] of number j, 0 for zero. */
  void (*spread) (const numsys_sums_form *form, const numsys_sums_table *table,
                  const uint32_t number[], uint32_t out[]);
  void (*wide_spread) (const numsys_sums_form *form,
                       const numsys_sums_table *table,
                       const uint32_t number[], uint64_t out[]);

  /* Signs that differ.  a: of each of `words' words, 64 signs that are
     positive, then those that are negative; b likewise, n words of each.  Adds
     to sum[j] how many pairs of a and column j of b have one of both. */
  void (*differ) (size_t words, const uint64_t a[], size_t n,
                  const uint64_t b[], int64_t sum[]);
  /* Signs of 64 or fewer rows of n numbers, `stride' apart: to positive[j] and
     negative[j], bit p of those of row p. */
  void (*signs) (size_t rows, size_t n, const uint32_t number[],
                 size_t stride, uint64_t positive[], uint64_t negative[]);

  /* x (n, k) with rows `stride' apart, turned: out (k, n). */
  void (*turn) (size_t n, size_t k, const uint32_t x[], size_t stride,
                uint32_t out[]);
  /* How many of n numbers are not 0; *most: no number of them is larger. */
  size_t (*measure) (size_t n, const uint32_t number[], uint32_t *most);

  /* Rows of NUMSYS_SUMS_LANES integers.  Row i of out: row i stride of x and
     row i + step of out, if i + step < n. */
  void (*accumulate) (size_t n, size_t step, const uint32_t x[],
                      size_t stride, uint32_t out[]);
  /* Row i of out: the sum of the rows of x that row[first[i]] to
     row[first[i + 1] - 1] name. */
  void (*gather) (size_t n, const uint32_t first[], const uint32_t row[],
                  const uint32_t x[], uint32_t out[]);

  /* The floats nearest to x[i] unit, up to the first that is not surely so
     found; returns how many. */
  size_t (*floats) (size_t n, const int64_t x[], double unit, float out[]);
} numsys_sums_kernel;

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
  /* Not for here: not finite, or a place too near. */
  size_t (*lns_round) (const numsys_lns_rounding *plan, size_t n,
                       const float x[], const uint32_t words[], float out[],
                       numsys_counts *counts);
  size_t (*lns_encode) (const numsys_lns_rounding *plan, size_t n,
                        const float x[], const uint32_t words[],
                        uint32_t codes[], numsys_counts *counts);
  /* a + b.  Not for here: a zero where there is none, and what is under the
     smallest value if plan->under says so. */
  size_t (*lns_add) (const numsys_lns_sums *plan, size_t n, const uint32_t a[],
                     const uint32_t b[], uint32_t out[],
                     numsys_counts *counts);
  /* Not for here: not finite, over and not to saturate, or subnormal where
     the spacing follows the exponent even there. */
  size_t (*dyadic_round) (const numsys_dyadic_rounding *plan, size_t n,
                          const float x[], const uint32_t words[],
                          float out[], numsys_counts *counts);
  size_t (*dyadic_encode) (const numsys_dyadic_rounding *plan, size_t n,
                           const float x[], const uint32_t words[],
                           uint32_t codes[], numsys_counts *counts);

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
