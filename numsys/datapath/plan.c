/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fast form a product has, by what its operands hold.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

enum { MOST_COPIES = 64, MOST_GAMMA = 4096 };

/* What float32 and double can do. */
static const struct form
{
  int64_t exponent;       /* within minus and plus that */
  int64_t constant;       /* and a unit in the last place less than a half of
                             what tells products apart */
  int64_t whole;          /* constants where nothing is cut */
  int64_t term, sum;      /* magnitudes */
} forms[2] = {
  { 120, INT64_C (1) << 21, INT64_C (1) << 24, INT64_C (1) << 20,
    (INT64_C (1) << 22) - 1 },
  { 500, INT64_C (1) << 48, INT64_C (1) << 48, INT64_C (1) << 49,
    (INT64_C (1) << 51) - 1 },
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
      || unit + path->tops[1] / L + 34 > form->exponent)
    return 0;
  for (int64_t r = 0; r < L; r++)
    if (path->constant[r] <= 0 || path->constant[r] >= most)
      return 0;
  return 1;
}

/* The largest e of n numbers, or -1. */
static int64_t
largest (size_t n, const int32_t index[])
{
  int32_t most = 0;

  for (size_t i = 0; i < n; i++)
    most = index[i] > most ? index[i] : most;
  return most / 2 - 1;
}

/* Of the magnitudes of the terms of each p < k. */
static void
find_bounds (const numsys_datapath_product *product, int64_t more,
             int64_t bound[])
{
  const numsys_datapath *path = product->path;
  const size_t m = product->m, n = product->n;

  for (size_t p = 0; p < product->k; p++)
    {
      const int64_t a = largest (m, product->index[0] + p * m);
      const int64_t b = largest (n, product->index[1] + p * n);

      bound[p] = a < 0 || b < 0
                   ? 0 : path->most[a * path->times[0] + b * path->times[1]]
                           + more;
    }
}

/* As many k's as add up without a doubt about their order. */
static size_t
unit_of (const numsys_datapath_product *product)
{
  switch (product->path->values[DATAPATH_ORDER])
    {
    case ORDER_PAIRWISE: return product->k;
    case ORDER_BLOCKED: return (size_t) product->path->values[DATAPATH_BLOCK];
    default: return 1;
    }
}

/* Cuts k into runs; bound[p] is that of the terms of p.  Whether each unit
   fits. */
static int
cut (const numsys_datapath_product *product, const struct form *form,
     const int64_t bound[], numsys_datapath_plan *plan)
{
  const int64_t high = product->path->high;
  const size_t unit = unit_of (product), k = product->k;

  plan->runs = 0;
  for (size_t p = 0; p < k;)
    {
      numsys_datapath_run *run = plan->run + plan->runs;
      const size_t end = k - p < unit ? k : p + unit;
      int64_t more = 0;

      for (size_t q = p; q < end; q++)
        {
          more += bound[q];
          if (bound[q] > form->term || more > form->sum || more > high)
            return 0;
        }
      if (plan->runs > 0 && run[-1].bound + more <= form->sum
          && run[-1].bound + more <= (plan->runs == 1 ? high : high / 2))
        {
          run[-1].count += end - p;
          run[-1].bound += more;
        }
      else
        {
          *run = (numsys_datapath_run) { p, end - p, more };
          plan->runs++;
        }
      p = end;
    }
  return 1;
}

/* Float32 unless its runs are so short that double is faster. */
static int
choose (const numsys_datapath_product *product, const int64_t bound[],
        numsys_datapath_plan *plan)
{
  enum { SHORT = 12 };
  const int narrow = fits (product->path, &forms[0])
                     && cut (product, &forms[0], bound, plan);

  if (narrow && (plan->runs * SHORT <= product->k + SHORT
                 || product->path->high / 2 <= forms[0].sum))
    return 1;
  plan->is_wide = fits (product->path, &forms[1])
                  && cut (product, &forms[1], bound, plan);
  return plan->is_wide || (narrow && cut (product, &forms[0], bound, plan));
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
                           numsys_datapath_plan *plan)
{
  const size_t k = product->k;
  int64_t *bound = malloc ((k + 1) * sizeof *bound);
  int found = -1;

  *plan = (numsys_datapath_plan) { .run = malloc ((k + 1)
                                                  * sizeof *plan->run) };
  if (bound != NULL && plan->run != NULL)
    {
      set_rounding (product->path, plan);
      find_bounds (product, plan->differs, bound);
      found = choose (product, bound, plan) ? 0 : 1;
    }
  free (bound);
  return found;
}
