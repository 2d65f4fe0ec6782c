/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of matrix products by a datapath.  Not installed.

   A product of two numbers is a power of two, from a, times a number that
   depends on b and on the remainder of a: with all those of b at hand, `copies'
   of them, it takes one multiply-add.  Where its sum rounds to integers, that
   cuts as the datapath does:

     down      as it is
     nearest   to even, but there are no ties: magnitudes of b are one unit of
               their last place larger, far less than what tells products apart
     zero      down, and a unit more for each negative product at the end;
               negative factors being one unit of their last place larger, each
               is cut, even if it is an integer  */

#ifndef NUMSYS_DATAPATH_MATRIX_H
#define NUMSYS_DATAPATH_MATRIX_H

#include "numsys/datapath/inside.h"
#include "numsys/kernels/kernels.h"

/* One that is asked for.  A number is known by its index: 0 is zero, others are
   2 (e + 1) + (sign < 0). */
typedef struct numsys_datapath_product
{
  const numsys_datapath *path;
  size_t m, n, k;
  const numsys_datapath_matrix *a, *b;
  int32_t *index[2];   /* of a (k, m) and b (k, n) */
} numsys_datapath_product;

/* --- plan.c --- */

/* Some k's in turn, and a bound on the sum of the magnitudes of their terms:
   an accumulator this far within its range does not overflow among them. */
typedef struct numsys_datapath_run
{
  size_t first, count;
  int64_t bound;
} numsys_datapath_run;

typedef struct numsys_datapath_plan
{
  int is_wide;              /* sums in double; else in float32 */
  int is_nearest;           /* products to nearest; else down */
  int adds[2];              /* a unit of the last place to positive, to negative
                               numbers of b */
  int differs;              /* adds one to negative numbers of a, and for each
                               negative product at the end */
  size_t runs;
  numsys_datapath_run *run; /* owned by the caller */
} numsys_datapath_plan;

/* 0, 1 when there is no fast form, -1 when memory ran out. */
int numsys_datapath_plan_make (const numsys_datapath_product *product,
                               numsys_datapath_plan *plan);

/* --- pack.c --- */

/* What a number becomes. */
typedef struct numsys_datapath_code
{
  uint64_t bits;    /* of a: the factor; of b: what is added to the table */
  int32_t place;    /* of a: where its row is; of b: where in the table */
} numsys_datapath_code;

typedef struct numsys_datapath_tables
{
  size_t copies, times, last, columns;
  uint64_t *table;
  uint32_t *narrow;                /* the same bits of float32 */
  numsys_datapath_code *code[2];   /* by index */
} numsys_datapath_tables;

/* Fills an operand's index, (k, n). */
void numsys_datapath_index (const numsys_datapath_matrix *x, size_t n,
                            size_t k, int32_t out[]);

/* 0, or -1 when memory ran out; to be cleared anyway. */
int numsys_datapath_tables_make (const numsys_datapath *path,
                                 const numsys_datapath_plan *plan,
                                 size_t columns, numsys_datapath_tables *out);
void numsys_datapath_tables_clear (numsys_datapath_tables *tables);

/* --- fast.c --- */

/* What numsys_datapath_multiply gives.  0, 1 when there is no fast form, -1
   when memory ran out; events are added to when it is 0. */
int numsys_datapath_fast (const numsys_datapath_product *product,
                          int64_t out[], numsys_datapath_events *events);

/* --- count.c --- */

/* Adds products, truncated and vanished.  0, or -1 when memory ran out. */
int numsys_datapath_count (const numsys_datapath_product *product,
                           numsys_datapath_events *events);

#endif
