/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events that no order changes, counted without the products: of some rows of k
   side by side, a lane each, how often each e occurs in b, how many numbers of
   b are at least so large, and so how many products of each e of a are without
   a loss.  */

#include <config.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

enum
{
  LANES = NUMSYS_SUMS_LANES, KINDS = NUMSYS_DATAPATH_KINDS,
  REACHES = NUMSYS_DATAPATH_REACHES
};

/* Rows are of lanes. */
typedef struct counter
{
  const numsys_datapath_product *product;
  const numsys_sums_kernel *kernel;
  numsys_datapath_losses losses;
  uint32_t *often;          /* of b, by place */
  uint32_t *reach;          /* of b, as losses' rows */
  uint32_t *found[KINDS];   /* of a, by place */
  uint64_t total[KINDS];
} counter;

static uint32_t *
take_rows (const counter *work, size_t rows)
{
  return numsys_datapath_take (work->product->scratch, rows,
                               LANES * sizeof (uint32_t));
}

/* As numsys_datapath_losses_make: no more rows than products are added up. */
static int
init (counter *work)
{
  const size_t room = LANES * work->product->m * work->product->n;
  const numsys_datapath_losses *losses = &work->losses;
  const int status = numsys_datapath_losses_make (work->product, room,
                                                  &work->losses);

  if (status != 0)
    return status;
  work->often = take_rows (work, losses->signs * (losses->size + 1));
  work->reach = take_rows (work, losses->signs * REACHES * losses->size);
  for (int kind = 0; kind < KINDS; kind++)
    {
      work->found[kind] = take_rows (work, losses->factors);
      if (work->found[kind] == NULL)
        return -1;
    }
  return work->often != NULL && work->reach != NULL ? 0 : -1;
}

/* Fills found from often. */
static void
find (counter *work)
{
  const numsys_datapath_losses *losses = &work->losses;
  const size_t octave
    = (size_t) (work->product->path->gamma / work->product->path->times[1]);
  const size_t signs = losses->signs, size = losses->size;

  for (size_t sign = 0; sign < signs; sign++)
    {
      const uint32_t *often = work->often + (signs + sign) * LANES;
      uint32_t *reach = work->reach + sign * REACHES * size * LANES;

      work->kernel->accumulate (size, 1, often, signs,
                                reach + NUMSYS_DATAPATH_ALL * size * LANES);
      work->kernel->accumulate (size, octave, often, signs,
                                reach + NUMSYS_DATAPATH_ALIKE * size * LANES);
    }
  for (int kind = 0; kind < KINDS; kind++)
    work->kernel->gather (losses->factors, losses->first[kind],
                          losses->row[kind], work->reach, work->found[kind]);
}

/* Counts the numbers of some rows. */
static inline void
count_places (const numsys_datapath_rows *b, size_t p, size_t lanes,
              unsigned drop, uint32_t often[])
{
  const numsys_datapath_number *row = b->row + p * b->stride;
  const size_t stride = b->stride;

  for (size_t j = 0; j < b->n; j++)
#pragma GCC unroll 16
    for (size_t lane = 0; lane < lanes; lane++)
      often[(size_t) (row[lane * stride + j] >> drop) * LANES + lane]++;
}

/* Adds what was found at the places of the numbers of some rows. */
static inline void
add_found (const numsys_datapath_rows *a, size_t p, size_t lanes,
           unsigned drop, counter *work)
{
  const numsys_datapath_number *row = a->row + p * a->stride;
  const size_t stride = a->stride;
  const uint32_t *found = work->found[NUMSYS_DATAPATH_WHOLE];
  const uint32_t *more = work->found[NUMSYS_DATAPATH_NONZERO];
  uint64_t whole = 0, nonzero = 0;

  for (size_t i = 0; i < a->n; i++)
#pragma GCC unroll 16
    for (size_t lane = 0; lane < lanes; lane++)
      {
        const size_t at
          = (size_t) (row[lane * stride + i] >> drop) * LANES + lane;

        whole += found[at];
        nonzero += more[at];
      }
  work->total[NUMSYS_DATAPATH_WHOLE] += whole;
  work->total[NUMSYS_DATAPATH_NONZERO] += nonzero;
}

/* Of `lanes' rows of k from p on. */
static void
count (counter *work, size_t p, size_t lanes)
{
  const numsys_datapath_rows *rows = work->product->rows;
  const size_t signs = work->losses.signs;
  /* What is usual is made of constants. */
  const int is_usual = lanes == LANES && signs == 1;

  memset (work->often, 0, signs * (work->losses.size + 1) * LANES
                            * sizeof *work->often);
  if (is_usual)
    count_places (&rows[1], p, LANES, 1, work->often);
  else
    count_places (&rows[1], p, lanes, signs == 1, work->often);
  find (work);
  if (is_usual)
    add_found (&rows[0], p, LANES, 1, work);
  else
    add_found (&rows[0], p, lanes, signs == 1, work);
}

/* Product after product, where that is less. */
static void
count_plainly (counter *work)
{
  const numsys_datapath *path = work->product->path;
  const numsys_datapath_rows *a = &work->product->rows[0];
  const numsys_datapath_rows *b = &work->product->rows[1];

  for (size_t p = 0; p < work->product->k; p++)
    for (size_t i = 0; i < a->n; i++)
      for (size_t j = 0; j < b->n; j++)
        {
          const numsys_datapath_number x = a->row[p * a->stride + i];
          const numsys_datapath_number y = b->row[p * b->stride + j];
          const numsys_datapath_term *term;

          if (x == 0 || y == 0)
            continue;
          term = &path->term[x % 2 != y % 2][
            numsys_datapath_exponent (x) * path->times[0]
            + numsys_datapath_exponent (y) * path->times[1]];
          work->total[NUMSYS_DATAPATH_WHOLE] += !term->is_cut;
          work->total[NUMSYS_DATAPATH_NONZERO]
            += term->value != 0 || term->is_over;
        }
}

int
numsys_datapath_count (const numsys_datapath_product *product,
                       const numsys_sums_kernel *kernel,
                       numsys_datapath_events *events)
{
  counter work = { .product = product, .kernel = kernel };
  const size_t k = product->k;
  uint64_t products = 0;
  int status = 0;

  for (size_t p = 0; p < k; p++)
    products += product->rows[0].there[p] * product->rows[1].there[p];
  events->products += products;
  if (!product->path->is_cut)
    return 0;
  status = init (&work);
  for (size_t p = 0; status == 0 && p < k; p += LANES)
    count (&work, p, k - p < LANES ? k - p : LANES);
  if (status > 0)
    count_plainly (&work);
  events->truncated += products - work.total[NUMSYS_DATAPATH_WHOLE];
  events->vanished += products - work.total[NUMSYS_DATAPATH_NONZERO];
  return status < 0 ? -1 : 0;
}
