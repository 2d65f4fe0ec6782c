/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products by a plan: panels of b, of which copies stay near, meet tiles
   of a.  */

#include <config.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

typedef struct job
{
  const numsys_datapath_product *product;
  const numsys_sums_kernel *kernel;
  numsys_datapath_plan plan;
  numsys_datapath_pack pack;
  numsys_datapath_signs signs;   /* where the plan's `differs' */
  size_t size;                   /* of a number and a sum: 4 or 8 bytes */
  size_t rows;                   /* m made whole tiles */
  unsigned char *factor;         /* of a: chunks of tiles of groups */
  uint32_t *place;
  unsigned char *panel;          /* of b: depth groups of copies of columns */
  unsigned char *sum;            /* (rows, columns) */
  uint64_t *flag;                /* (m): bits of columns that may have
                                    overflowed */
} job;

static int
take_room (job *work)
{
  numsys_datapath_scratch *scratch = work->product->scratch;
  const size_t m = work->product->m, k = work->product->k,
               columns = work->plan.columns, tile = work->kernel->rows;
  const size_t group = work->pack.table.copies * columns * work->size;

  work->rows = (m + tile - 1) / tile * tile;
  work->factor = numsys_datapath_take (scratch, work->rows * k, work->size);
  work->place
    = numsys_datapath_take (scratch, work->rows * k, sizeof *work->place);
  work->panel = numsys_datapath_take (scratch, work->plan.depth, group);
  work->sum
    = numsys_datapath_take (scratch, work->rows * columns, work->size);
  work->flag = numsys_datapath_take (scratch, m, sizeof *work->flag);
  return work->factor != NULL && work->place != NULL && work->panel != NULL
         && work->sum != NULL && work->flag != NULL ? 0 : -1;
}

/* The factors of a, as tiles read them: those of a chunk, tile after tile. */
static void
pack_a (job *work)
{
  const numsys_datapath_rows *rows = &work->product->rows[0];
  const size_t tile = work->kernel->rows;

  for (size_t c = 0; c < work->plan.chunks; c++)
    for (size_t q = 0; q < work->plan.chunk[c].count; q++)
      {
        const size_t p = work->plan.chunk[c].first;
        const size_t at = p * work->rows + q * tile;
        const size_t stride = work->plan.chunk[c].count * tile;
        const numsys_datapath_number *row
          = rows->row + (p + q) * rows->stride;
        void *factor = work->factor + at * work->size;

        if (work->plan.is_wide)
          work->kernel->wide_factors (&work->pack.form[0], rows->n, row,
                                      stride, factor, work->place + at);
        else
          work->kernel->factors (&work->pack.form[0], rows->n, row, stride,
                                 factor, work->place + at);
      }
}

/* The copies of the numbers of row p from column j on, those beyond n zero. */
static void
pack_group (job *work, size_t j, size_t p, unsigned char out[])
{
  const numsys_datapath_rows *rows = &work->product->rows[1];
  const size_t columns = work->plan.columns, width = rows->n - j;
  const numsys_datapath_number *number = rows->row + p * rows->stride + j;
  numsys_datapath_number padded[NUMSYS_SUMS_COLUMNS] = { 0 };

  if (width < columns)
    {
      memcpy (padded, number, width * sizeof *number);
      number = padded;
    }
  if (work->plan.is_wide)
    work->kernel->wide_spread (&work->pack.form[1], &work->pack.table, number,
                               (uint64_t *) (void *) out);
  else
    work->kernel->spread (&work->pack.form[1], &work->pack.table, number,
                          (uint32_t *) (void *) out);
}

/* Sums that are beyond the limit of a chunk. */
static void
find_beyond (job *work, int64_t limit, uint64_t flag[])
{
  const int32_t narrow = limit < INT32_MAX ? (int32_t) limit : INT32_MAX;

  for (size_t i = 0; i < work->product->m; i++)
    {
      const void *sum = work->sum + i * work->plan.columns * work->size;

      if (work->plan.is_wide)
        work->kernel->wide_beyond (sum, limit, flag + i);
      else
        work->kernel->beyond (sum, narrow, flag + i);
    }
}

/* Adds the products of a chunk to the sums of columns from j on. */
static void
add_chunk (job *work, const numsys_datapath_chunk *chunk, size_t j)
{
  const numsys_sums_kernel *kernel = work->kernel;
  const size_t columns = work->plan.columns, count = chunk->count;
  const size_t step = work->pack.table.copies * columns;

  for (size_t q = 0; q < count; q++)
    pack_group (work, j, chunk->first + q,
                work->panel + q * step * work->size);
  for (size_t i = 0; i < work->rows; i += kernel->rows)
    {
      const size_t at = chunk->first * work->rows + i * count;
      const void *factor = work->factor + at * work->size;
      const void *panel = work->panel;
      void *sum = work->sum + i * columns * work->size;

      if (work->plan.is_wide)
        kernel->wide_tile (work->plan.is_nearest, count, factor,
                           work->place + at, panel, step, sum);
      else
        kernel->tile (work->plan.is_nearest, count, factor, work->place + at,
                      panel, step, sum);
    }
}

/* What of row i, from column j on, may have overflowed, by the definition. */
static void
settle (const job *work, size_t i, size_t j, int64_t x[],
        numsys_datapath_events *events)
{
  const numsys_datapath_product *product = work->product;
  const numsys_datapath_matrix *a = product->a, *b = product->b;

  for (uint64_t rest = work->flag[i]; rest != 0; rest &= rest - 1)
    {
      const size_t l = (size_t) __builtin_ctzll (rest);
      numsys_datapath_events seen = { .overflow = 0 };

      if (j + l >= product->n)
        break;
      x[l] = numsys_datapath_dot (
        product->path, product->k, a->number + i * a->outer, a->inner,
        b->number + (j + l) * b->outer, b->inner, NULL, &seen);
      events->overflow += seen.overflow;
    }
}

/* Makes the sums of row i, of `width' columns from j on, accumulators. */
static void
finish (const job *work, size_t i, size_t j, size_t width, int64_t x[],
        numsys_datapath_events *events)
{
  const numsys_datapath_signs *signs = &work->signs;
  const void *sum = work->sum + i * work->plan.columns * work->size;

  if (!work->plan.is_wide)
    work->kernel->widen (width, sum, x);
  if (work->plan.differs)
    work->kernel->differ (signs->words, signs->a + 2 * signs->words * i,
                          width, signs->b + 2 * signs->words * j, x);
  settle (work, i, j, x, events);
}

/* The same of all rows, put some at once; the memory of the next is asked for
   meanwhile. */
static void
put_panel (const job *work, size_t j, size_t width,
           numsys_datapath_events *events)
{
  enum { SOME = NUMSYS_DATAPATH_ROWS };
  const size_t m = work->product->m, columns = work->plan.columns;
  int64_t room[SOME * NUMSYS_SUMS_COLUMNS];

  for (size_t i = 0; i < m; i += SOME)
    {
      const size_t some = m - i < SOME ? m - i : SOME;
      int64_t *x = room;

      if (work->plan.is_wide)
        x = (int64_t *) (void *) (work->sum + i * columns * work->size);
      for (size_t r = 0; r < some; r++)
        {
          if (i + r + SOME < m)
            numsys_datapath_ask (work->product, i + r + SOME, j, width);
          finish (work, i + r, j, width, x + r * columns, events);
        }
      numsys_datapath_put (work->product, i, some, j, width, x, columns);
    }
}

/* Columns from j on. */
static void
run_panel (job *work, size_t j, numsys_datapath_events *events)
{
  const size_t m = work->product->m, n = work->product->n,
               columns = work->plan.columns;

  memset (work->sum, 0, work->rows * columns * work->size);
  memset (work->flag, 0, m * sizeof *work->flag);
  for (size_t c = 0; c < work->plan.chunks; c++)
    {
      const numsys_datapath_chunk *chunk = &work->plan.chunk[c];

      if (chunk->limit != INT64_MAX)
        find_beyond (work, chunk->limit, work->flag);
      add_chunk (work, chunk, j);
    }
  put_panel (work, j, n - j < columns ? n - j : columns, events);
}

/* Takes all memory. */
static int
prepare (job *work)
{
  const numsys_datapath_product *product = work->product;
  int status = numsys_datapath_plan_make (product, work->kernel, &work->plan);

  work->size = work->plan.is_wide ? sizeof (double) : sizeof (float);
  if (status == 0)
    status = numsys_datapath_pack_make (product, work->kernel, &work->plan,
                                        &work->pack);
  if (status == 0)
    status = take_room (work);
  if (status == 0 && work->plan.differs)
    status = numsys_datapath_signs_make (product, work->kernel,
                                         work->plan.columns, &work->signs);
  return status;
}

int
numsys_datapath_fast (const numsys_datapath_product *product,
                      numsys_datapath_events *events)
{
  job work = { .product = product, .kernel = numsys_kernels_best ()->sums };
  const int status = prepare (&work);

  if (status != 0)
    return status;
  if (numsys_datapath_count (product, work.kernel, events) != 0)
    return -1;
  pack_a (&work);
  for (size_t j = 0; j < product->n; j += work.plan.columns)
    run_panel (&work, j, events);
  return 0;
}
