/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of products each of which is made an integer (numsys/datapath/fast.c):
   the narrow ones in float32, the wide ones in double.  A number is 0 for zero,
   and else 2 (e + 1), or 1 more if it is negative, e being q gamma + r with
   0 <= r < gamma <= 4096 and e < 2^21.  */

#ifndef NUMSYS_KERNELS_SUMS_H
#define NUMSYS_KERNELS_SUMS_H

#include <stddef.h>
#include <stdint.h>

/* What numbers become: bits of float32 or of double, and a place. */
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

/* No tile has more columns. */
enum { NUMSYS_SUMS_COLUMNS = 64 };

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
  /* Copies n bytes, cache lines of `to' at once, which then need not be read to
     be written. */
  void (*store) (size_t n, const void *from, void *to);

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

  /* Makes n codes of an LNS, e of `width' bits under a sign, numbers, in place;
     if has_zero, the number of an x that is 0 is 0. */
  void (*numbers) (size_t n, unsigned width, int has_zero, const float x[],
                   uint32_t code[]);
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

#endif
