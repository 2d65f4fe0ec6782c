/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fast form a product has, by what its operands hold.  */

#include <config.h>
#include "numsys/datapath/matrix.h"

enum
{
  MOST_COPIES = 64, MOST_GAMMA = 4096, MOST_EXPONENT = 1 << 21,
  NEAR = 1 << 15   /* bytes of b that a tile reads again and again: most of a
                      first cache */
};

/* What float32 and double can do. */
static const struct form
{
  int64_t exponent;       /* within minus and plus that */
  int64_t constant;       /* and a unit in the last place less than a half of
                             what tells products apart */
  int64_t whole;          /* constants where nothing is cut */
  int64_t term, sum;      /* magnitudes of a term, of what a chunk adds */
  int64_t all;            /* and of what chunks add up to, or the accumulator
                             holds */
} forms[2] = {
  { 120, INT64_C (1) << 21, INT64_C (1) << 24, INT64_C (1) << 20,
    (INT64_C (1) << 22) - 1, INT32_MAX },
  { 500, INT64_C (1) << 48, INT64_C (1) << 48, INT64_C (1) << 49,
    (INT64_C (1) << 51) - 1, INT64_MAX },
};

static int
fits (const numsys_datapath *path, const struct form *form)
{
  const int64_t L = path->gamma, most = path->is_cut ? form->constant
                                                     : form->whole;
  const int64_t unit = path->tops[0] / L - path->values[DATAPATH_FRACTION]
                       - path->values[DATAPATH_LSB];

  if (L > MOST_GAMMA || L / path->times[0] > MOST_COPIES
      || path->tops[0] / L > form->exponent || unit < -form->exponent
      || unit + path->tops[1] / L + 34 > form->exponent
      || path->tops[1] / path->times[1] >= MOST_EXPONENT)
    return 0;
  for (int64_t r = 0; r < L; r++)
    if (path->constant[r] <= 0 || path->constant[r] >= most)
      return 0;
  return 1;
}

/* Of the magnitudes of the terms of each p < k. */
static void
find_bounds (const numsys_datapath_product *product, int64_t more,
             int64_t bound[])
{
  const numsys_datapath *path = product->path;

  for (size_t p = 0; p < product->k; p++)
    {
      const int64_t a = product->rows[0].most[p];
      const int64_t b = product->rows[1].most[p];

      bound[p] = a < 0 || b < 0
                   ? 0 : path->most[a * path->times[0] + b * path->times[1]]
                           + more;
    }
}

/* Whether no term is too large, nor all, nor the sums of those k's that the
   order adds up by themselves. */
static int
holds (const numsys_datapath_product *product, const struct form *form,
       const int64_t bound[])
{
  const int64_t *values = product->path->values;
  const int64_t high = product->path->high;
  const size_t unit = values[DATAPATH_ORDER] == ORDER_PAIRWISE ? product->k
                      : values[DATAPATH_ORDER] == ORDER_BLOCKED
                        ? (size_t) values[DATAPATH_BLOCK] : 1;
  int64_t of_unit = 0, all = 0;

  for (size_t p = 0; p < product->k; p++)
    {
      of_unit = p % unit == 0 ? bound[p] : of_unit + bound[p];
      if (bound[p] > form->term || of_unit > high)
        return 0;
      all = all > high - bound[p] ? high : all + bound[p];
    }
  return all <= form->all;
}

/* Cuts k into chunks. */
static void
cut (const numsys_datapath_product *product, const struct form *form,
     const int64_t bound[], numsys_datapath_plan *plan)
{
  const int64_t high = product->path->high;
  const int64_t most = form->sum < high / 2 ? form->sum : high / 2;
  const size_t k = product->k;
  int64_t room = high;   /* as much may be added without a look at sums */

  plan->chunks = 0;
  for (size_t p = 0, count; p < k; p += count)
    {
      numsys_datapath_chunk *chunk = &plan->chunk[plan->chunks++];
      int64_t sum = bound[p];

      for (count = 1; count < plan->depth && p + count < k
                      && sum + bound[p + count] <= most; count++)
        sum += bound[p + count];
      *chunk = (numsys_datapath_chunk) { p, count, INT64_MAX };
      if (sum > room)
        {
          room = sum > high / 2 ? sum : high / 2;
          /* What negative products lack until the end is at most 1 each. */
          chunk->limit = high - room - (plan->differs ? (int64_t) p : 0);
        }
      room -= sum;
    }
}

static int
take (const numsys_datapath_product *product, const numsys_sums_kernel *kernel,
      int is_wide, const int64_t bound[], numsys_datapath_plan *plan)
{
  const size_t size = is_wide ? sizeof (double) : sizeof (float);
  const size_t copies
    = (size_t) (product->path->gamma / product->path->times[0]);

  if (!fits (product->path, &forms[is_wide])
      || !holds (product, &forms[is_wide], bound))
    return 0;
  plan->is_wide = is_wide;
  plan->columns = is_wide ? kernel->wide_columns : kernel->columns;
  plan->depth = NEAR / (copies * plan->columns * size);
  plan->depth = plan->depth > 1 ? plan->depth : 1;
  cut (product, &forms[is_wide], bound, plan);
  return 1;
}

/* Float32 unless its chunks are so short that double is faster. */
static int
choose (const numsys_datapath_product *product,
        const numsys_sums_kernel *kernel, const int64_t bound[],
        numsys_datapath_plan *plan)
{
  enum { SHORT = 4 };
  const int narrow = take (product, kernel, 0, bound, plan);

  if (narrow && (plan->chunks * SHORT <= product->k + SHORT
                 || plan->depth < SHORT
                 || product->path->high / 2 <= forms[0].sum))
    return 1;
  return take (product, kernel, 1, bound, plan)
         || (narrow && take (product, kernel, 0, bound, plan));
}

static void
set_rounding (const numsys_datapath *path, numsys_datapath_plan *plan)
{
  const int64_t round = path->values[DATAPATH_ROUND];

  plan->is_nearest = !path->is_cut || round == ROUND_NEAREST;
  plan->differs = path->is_cut && round == ROUND_ZERO;
  plan->adds[0] = path->is_cut && round == ROUND_NEAREST;
  plan->adds[1] = path->is_cut && round != ROUND_DOWN;
}

int
numsys_datapath_plan_make (const numsys_datapath_product *product,
                           const numsys_sums_kernel *kernel,
                           numsys_datapath_plan *plan)
{
  const size_t k = product->k;
  int64_t *bound
    = numsys_datapath_take (product->scratch, k, sizeof *bound);

  *plan = (numsys_datapath_plan) {
    .chunk = numsys_datapath_take (product->scratch, k, sizeof *plan->chunk)
  };
  if (bound == NULL || plan->chunk == NULL)
    return -1;
  set_rounding (product->path, plan);
  find_bounds (product, plan->differs, bound);
  return choose (product, kernel, bound, plan) ? 0 : 1;
}
