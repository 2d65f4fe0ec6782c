/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products by a plan: panels of b, of which copies stay near, meet tiles
   of a; sums of a run are then added to accumulators.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

/* Bytes of b that a tile reads again and again: most of a first cache. */
enum { NEAR = 1 << 15, WORD = 64 };

typedef struct job
{
  const numsys_datapath_product *product;
  const numsys_sums_kernel *kernel;
  numsys_datapath_plan plan;
  numsys_datapath_tables tables;
  size_t size;            /* of a number: float or double */
  size_t rows;            /* m made whole tiles */
  size_t depth;           /* k's whose numbers of b stay near */
  size_t words;           /* of signs of k numbers */
  unsigned char *factor;  /* of a: tiles of k groups */
  uint32_t *place;
  unsigned char *panel;   /* of b: depth groups of copies of columns */
  unsigned char *sum;     /* (rows, columns) of a run */
  uint64_t *sign[2];      /* as numsys_sums_kernel's differ takes them; of a,
                             row by row */
  uint64_t *row_sign;     /* a word of each row of a, by sign */
  unsigned char *flag;    /* (m, n): may have overflowed */
  int64_t *out;
} job;

static int
alloc (job *work)
{
  const size_t m = work->product->m, n = work->product->n,
               k = work->product->k, columns = work->tables.columns;
  const size_t group = work->tables.copies * columns * work->size;

  work->rows = (m + work->kernel->rows - 1) / work->kernel->rows
               * work->kernel->rows;
  work->depth = NEAR / group > 1 ? NEAR / group : 1;
  work->words = (k + WORD - 1) / WORD;
  work->factor = calloc (work->rows * k + 1, work->size);
  work->place = calloc (work->rows * k + 1, sizeof *work->place);
  work->panel = aligned_alloc (64, (work->depth * group + 63) / 64 * 64);
  work->sum = aligned_alloc (
    64, (work->rows * columns * work->size + 64) / 64 * 64);
  work->flag = calloc (m * n + 1, 1);
  work->sign[0] = malloc ((2 * work->words * m + 1) * sizeof (uint64_t));
  work->sign[1] = malloc ((2 * work->words * n + 1) * sizeof (uint64_t));
  work->row_sign = malloc ((2 * m + 1) * sizeof (uint64_t));
  return work->factor != NULL && work->place != NULL && work->panel != NULL
         && work->sum != NULL && work->flag != NULL && work->sign[0] != NULL
         && work->sign[1] != NULL && work->row_sign != NULL ? 0 : -1;
}

static void
clear (job *work)
{
  free (work->plan.run);
  numsys_datapath_tables_clear (&work->tables);
  free (work->factor);
  free (work->place);
  free (work->panel);
  free (work->sum);
  free (work->flag);
  free (work->sign[0]);
  free (work->sign[1]);
  free (work->row_sign);
}

/* Where the factors of a tile begin, rows from i on, k's from p on, count of
   them: what is read in turn lies so. */
static size_t
place_of (const job *work, size_t i, size_t p, size_t count)
{
  return p * work->rows + i * count;
}

/* A tile of a; rows beyond m stay zero. */
static void
pack_tile (job *work, size_t i, size_t p, size_t count)
{
  const size_t m = work->product->m, tile = work->kernel->rows;
  const size_t high = m - i < tile ? m - i : tile;
  const size_t first = place_of (work, i, p, count);
  const int32_t *index = work->product->index[0] + p * m + i;
  uint32_t *place = work->place + first;
  float *narrow = (float *) (void *) work->factor + first;
  double *wide = (double *) (void *) work->factor + first;

  for (size_t q = 0; q < count; q++)
    for (size_t r = 0; r < high; r++)
      {
        const numsys_datapath_code *x
          = work->tables.code[0] + index[q * m + r];
        const size_t at = q * tile + r;
        const uint32_t few = (uint32_t) x->bits;

        place[at] = (uint32_t) x->place;
        if (work->plan.is_wide)
          memcpy (wide + at, &x->bits, sizeof *wide);
        else
          memcpy (narrow + at, &few, sizeof *narrow);
      }
}

/* How many k's of a run are near together, of those from `done' on. */
static size_t
near (const job *work, const numsys_datapath_run *run, size_t done)
{
  const size_t rest = run->count - done;

  return rest < work->depth ? rest : work->depth;
}

static void
pack_a (job *work)
{
  for (size_t r = 0; r < work->plan.runs; r++)
    {
      const numsys_datapath_run *run = &work->plan.run[r];

      for (size_t done = 0; done < run->count; done += near (work, run, done))
        for (size_t i = 0; i < work->product->m; i += work->kernel->rows)
          pack_tile (work, i, run->first + done, near (work, run, done));
    }
}

static void
pack_signs (job *work)
{
  const numsys_datapath_product *product = work->product;
  const size_t m = product->m, n = product->n;
  uint64_t *own = work->row_sign;

  for (size_t w = 0; w < work->words; w++)
    {
      const size_t p = w * WORD;
      const size_t rows = product->k - p < WORD ? product->k - p : WORD;
      uint64_t *sign = work->sign[1] + 2 * w * n;

      work->kernel->signs (rows, n, product->index[1] + p * n, sign,
                           sign + n);
      work->kernel->signs (rows, m, product->index[0] + p * m, own, own + m);
      for (size_t i = 0; i < m; i++)
        {
          work->sign[0][2 * (i * work->words + w)] = own[i];
          work->sign[0][2 * (i * work->words + w) + 1] = own[m + i];
        }
    }
}

/* The copies of `columns' numbers from column j on, those beyond n zero. */
static void
pack_group (job *work, size_t j, size_t p, unsigned char out[])
{
  const numsys_datapath_tables *tables = &work->tables;
  const size_t n = work->product->n;
  const size_t width = n - j < tables->columns ? n - j : tables->columns;
  const int32_t *index = work->product->index[1] + p * n + j;
  int32_t place[NUMSYS_SUMS_COLUMNS];
  uint32_t narrow[NUMSYS_SUMS_COLUMNS];
  uint64_t wide[NUMSYS_SUMS_COLUMNS];

  for (size_t i = 0; i < width; i++)
    {
      const numsys_datapath_code *x = tables->code[1] + index[i];

      place[i] = x->place;
      if (work->plan.is_wide)
        wide[i] = x->bits;
      else
        narrow[i] = (uint32_t) x->bits;
    }
  for (size_t i = width; i < tables->columns; i++)
    {
      place[i] = NUMSYS_SUMS_ZERO;
      wide[i] = narrow[i] = 0;
    }
  if (work->plan.is_wide)
    work->kernel->wide_spread (tables->copies, tables->times, tables->last,
                               tables->table, place, wide,
                               (uint64_t *) (void *) out);
  else
    work->kernel->spread (tables->copies, tables->times, tables->last,
                          tables->narrow, place, narrow,
                          (uint32_t *) (void *) out);
}

/* Adds the products of k's from p on, `count' at most depth, to the sums. */
static void
add_near (job *work, size_t j, size_t p, size_t count)
{
  const numsys_sums_kernel *kernel = work->kernel;
  const size_t columns = work->tables.columns;
  const size_t step = work->tables.copies * columns;

  for (size_t q = 0; q < count; q++)
    pack_group (work, j, p + q, work->panel + q * step * work->size);
  for (size_t i = 0; i < work->rows; i += kernel->rows)
    {
      const size_t at = place_of (work, i, p, count);
      void *factor = work->factor + at * work->size;
      void *sum = work->sum + i * columns * work->size;

      if (work->plan.is_wide)
        kernel->wide_tile (work->plan.is_nearest, count, factor,
                           work->place + at,
                           (const double *) (void *) work->panel, step, sum);
      else
        kernel->tile (work->plan.is_nearest, count, factor, work->place + at,
                      (const float *) (void *) work->panel, step, sum);
    }
}

/* Adds a run to `width' columns from j on. */
static void
add_run (job *work, const numsys_datapath_run *run, size_t j, size_t width)
{
  const size_t n = work->product->n, columns = work->tables.columns;
  /* What negative products lack until the end is at most 1 each. */
  const int64_t limit = work->product->path->high - run->bound
                        - (work->plan.differs ? (int64_t) run->first : 0);

  memset (work->sum, 0, work->rows * columns * work->size);
  for (size_t done = 0; done < run->count; done += near (work, run, done))
    add_near (work, j, run->first + done, near (work, run, done));
  for (size_t i = 0; i < work->product->m; i++)
    {
      void *sum = work->sum + i * columns * work->size;
      const size_t at = i * n + j;

      if (work->plan.is_wide)
        work->kernel->wide_add (width, sum, limit, work->out + at,
                                work->flag + at);
      else
        work->kernel->add (width, sum, limit, work->out + at,
                           work->flag + at);
    }
}

/* What may have overflowed, by the definition. */
static void
settle (job *work, numsys_datapath_events *events)
{
  const numsys_datapath_product *product = work->product;
  const numsys_datapath_matrix *a = product->a, *b = product->b;

  for (size_t i = 0; i < product->m; i++)
    for (size_t j = 0; j < product->n; j++)
      if (work->flag[i * product->n + j])
        {
          numsys_datapath_events seen = { .overflow = 0 };

          work->out[i * product->n + j] = numsys_datapath_dot (
            product->path, product->k, a->number + i * a->outer, a->inner,
            b->number + j * b->outer, b->inner, NULL, &seen);
          events->overflow += seen.overflow;
        }
}

static int
run_fast (job *work, numsys_datapath_events *events)
{
  const size_t m = work->product->m, n = work->product->n,
               columns = work->tables.columns;

  if (numsys_datapath_count (work->product, events) != 0)
    return -1;
  memset (work->out, 0, m * n * sizeof *work->out);
  pack_a (work);
  for (size_t j = 0; j < n; j += columns)
    for (size_t r = 0; r < work->plan.runs; r++)
      add_run (work, &work->plan.run[r], j, n - j < columns ? n - j : columns);
  if (work->plan.differs)
    pack_signs (work);
  for (size_t i = 0; work->plan.differs && i < m; i++)
    work->kernel->differ (work->words, work->sign[0] + 2 * i * work->words, n,
                          work->sign[1], work->out + i * n);
  settle (work, events);
  return 0;
}

static int
prepare (job *work)
{
  int status = numsys_datapath_plan_make (work->product, &work->plan);

  work->size = work->plan.is_wide ? sizeof (double) : sizeof (float);
  if (status == 0)
    status = numsys_datapath_tables_make (
      work->product->path, &work->plan,
      work->plan.is_wide ? work->kernel->wide_columns : work->kernel->columns,
      &work->tables);
  return status == 0 ? alloc (work) : status;
}

int
numsys_datapath_fast (const numsys_datapath_product *product, int64_t out[],
                      numsys_datapath_events *events)
{
  job work = { .product = product, .out = out,
               .kernel = numsys_kernels_best ()->sums };
  int status = prepare (&work);

  if (status == 0)
    status = run_fast (&work, events);
  clear (&work);
  return status;
}
