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

/* --- scratch.c --- */

/* n things of some bytes each, on a cache line's boundary, the scratch's until
   it is reset; NULL when memory ran out. */
void *numsys_datapath_take (numsys_datapath_scratch *scratch, size_t n,
                            size_t size);
void *numsys_datapath_take_zeros (numsys_datapath_scratch *scratch, size_t n,
                                  size_t size);
void numsys_datapath_scratch_reset (numsys_datapath_scratch *scratch);

/* --- rows.c --- */

/* An operand as rows of k, in scratch memory where it is turned. */
typedef struct numsys_datapath_rows
{
  size_t n, stride;                    /* number i of row p lies at */
  const numsys_datapath_number *row;   /* row[p stride + i] */
  int64_t *most;                       /* the largest e of a row, or -1 */
  size_t *there;                       /* how many of a row are not zero */
} numsys_datapath_rows;

/* 0, or -1 when memory ran out. */
int numsys_datapath_rows_make (const numsys_datapath_matrix *x, size_t n,
                               size_t k, numsys_datapath_scratch *scratch,
                               numsys_datapath_rows *out);

/* One that is asked for: accumulators or, where `out' is NULL, floats. */
typedef struct numsys_datapath_product
{
  const numsys_datapath *path;
  size_t m, n, k;
  const numsys_datapath_matrix *a, *b;
  int64_t *out;
  const numsys_datapath_results *results;
  numsys_datapath_scratch *scratch;
  numsys_datapath_rows rows[2];
} numsys_datapath_product;

/* --- results.c --- */

/* Asks for the memory of what will be put there. */
void numsys_datapath_ask (const numsys_datapath_product *product, size_t i,
                          size_t j, size_t wide);

/* So many rows at once. */
enum { NUMSYS_DATAPATH_ROWS = 16 };

/* Puts accumulators where they are wanted: those of `high' rows from i on and
   `wide' columns from j on, no more than NUMSYS_DATAPATH_ROWS and
   NUMSYS_SUMS_COLUMNS, rows of x being `stride' apart.  Rows are put together
   so that what is stored meanwhile, and waits for memory, holds up no row that
   is read: its own stores must be done first. */
void numsys_datapath_put (const numsys_datapath_product *product, size_t i,
                          size_t high, size_t j, size_t wide,
                          const int64_t x[], size_t stride);

/* --- plan.c --- */

/* Some k's in turn that a tile takes at once. */
typedef struct numsys_datapath_chunk
{
  size_t first, count;
  int64_t limit;   /* sums not beyond that do not overflow before the next
                      chunk that has a limit; INT64_MAX: none has to be known */
} numsys_datapath_chunk;

typedef struct numsys_datapath_plan
{
  int is_wide;              /* sums in double; else in float32 */
  int is_nearest;           /* products to nearest; else down */
  int adds[2];              /* a unit of the last place to positive, to negative
                               numbers of b */
  int differs;              /* adds one to negative numbers of a, and for each
                               negative product at the end */
  size_t columns;           /* of a tile */
  size_t depth;             /* no chunk is longer */
  size_t chunks;
  numsys_datapath_chunk *chunk;   /* in scratch memory */
} numsys_datapath_plan;

/* 0, 1 when there is no fast form, -1 when memory ran out. */
int numsys_datapath_plan_make (const numsys_datapath_product *product,
                               const numsys_sums_kernel *kernel,
                               numsys_datapath_plan *plan);

/* --- pack.c --- */

/* What numbers become. */
typedef struct numsys_datapath_pack
{
  numsys_sums_form form[2];   /* factors of a; places and bits of b, for */
  numsys_sums_table table;
  uint32_t *narrow;           /* the table's, in scratch memory */
  uint64_t *wide;
} numsys_datapath_pack;

/* 0, or -1 when memory ran out. */
int numsys_datapath_pack_make (const numsys_datapath_product *product,
                               const numsys_sums_kernel *kernel,
                               const numsys_datapath_plan *plan,
                               numsys_datapath_pack *out);

/* --- fast.c --- */

/* What numsys_datapath_multiply gives.  0, 1 when there is no fast form, -1
   when memory ran out before a result was put; events are added to when it is
   0. */
int numsys_datapath_fast (const numsys_datapath_product *product,
                          numsys_datapath_events *events);

/* --- signs.c --- */

/* Signs as the kernel's `differ' takes them, 64 k's a word, in scratch memory:
   those of row i of a at a + 2 words i, and of the columns of b from j on, j
   being a multiple of `columns', at b + 2 words j. */
typedef struct numsys_datapath_signs
{
  size_t words;
  uint64_t *a, *b;
} numsys_datapath_signs;

/* 0, or -1 when memory ran out. */
int numsys_datapath_signs_make (const numsys_datapath_product *product,
                                const numsys_sums_kernel *kernel,
                                size_t columns, numsys_datapath_signs *out);

/* --- losses.c --- */

enum { NUMSYS_DATAPATH_WHOLE, NUMSYS_DATAPATH_NONZERO, NUMSYS_DATAPATH_KINDS };
enum { NUMSYS_DATAPATH_ALL, NUMSYS_DATAPATH_ALIKE, NUMSYS_DATAPATH_REACHES };

/* Of a factor, how many terms lose nothing (WHOLE), or are not 0 (NONZERO), are
   sums of rows: how many numbers of b have some e or more (ALL), or one that is
   a multiple of an octave above it (ALIKE); rows of b lie by sign, which of
   these, and e.  A number's place is (number signs)/2; those of the factor at a
   place are row[first[place]] to row[first[place + 1] - 1]. */
typedef struct numsys_datapath_losses
{
  size_t signs;      /* 1 when they do not matter, else 2 */
  size_t factors;    /* places of a */
  size_t size;       /* e's of b */
  uint32_t *first[NUMSYS_DATAPATH_KINDS], *row[NUMSYS_DATAPATH_KINDS];
} numsys_datapath_losses;

/* 0, 1 when a kind needs more rows than there is room for, -1 when memory ran
   out. */
int numsys_datapath_losses_make (const numsys_datapath_product *product,
                                 size_t room, numsys_datapath_losses *out);

/* --- count.c --- */

/* Adds products, truncated and vanished.  0, or -1 when memory ran out. */
int numsys_datapath_count (const numsys_datapath_product *product,
                           const numsys_sums_kernel *kernel,
                           numsys_datapath_events *events);

#endif
