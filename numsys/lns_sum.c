/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums of values of an LNS as lists of terms.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/lns_sum.h"

/* Terms are joined while their coefficients stay below this. */
#define MOST_COEFFICIENT (INT64_C (1) << 32)

void
numsys_lns_list_add (numsys_lns_list *list, int64_t step, int64_t c)
{
  const int64_t gamma = list->gamma;
  const int64_t q = step / gamma - (step % gamma < 0);

  list->terms[list->n++] = (numsys_lns_power) { q, step - q * gamma, c };
}

/* By remainder, then from low to high. */
static int
order (const void *a, const void *b)
{
  const numsys_lns_power *x = a;
  const numsys_lns_power *y = b;

  if (x->r != y->r)
    return x->r < y->r ? -1 : 1;
  return (x->q > y->q) - (x->q < y->q);
}

/* low += high, whose exponent is not below low's but whose remainder is the
   same.  0, and low is odd, where a coefficient would be too large. */
static int
join (numsys_lns_power *low, const numsys_lns_power *high)
{
  int64_t apart = high->q - low->q;

  while (apart > 0 && low->c % 2 == 0)
    {
      low->c /= 2;
      low->q++;
      apart--;
    }
  if (apart >= 32 || llabs (high->c) >= MOST_COEFFICIENT >> apart)
    return 0;
  low->c += high->c * (INT64_C (1) << apart);
  return 1;
}

/* Where a term is not joined it stays behind, odd and below all that follow of
   its remainder: their sum is not zero. */
void
numsys_lns_list_reduce (numsys_lns_list *list)
{
  numsys_lns_power *terms = list->terms;
  size_t kept = 0;

  qsort (terms, list->n, sizeof *terms, order);
  for (size_t i = 0; i < list->n; i++)
    {
      if (kept != 0 && terms[kept - 1].c == 0)
        kept--;
      if (kept == 0 || terms[kept - 1].r != terms[i].r
          || !join (&terms[kept - 1], &terms[i]))
        terms[kept++] = terms[i];
    }
  if (kept != 0 && terms[kept - 1].c == 0)
    kept--;
  list->n = kept;
}

int
numsys_lns_list_enclose (const numsys_lns_list *list,
                         const numsys_roots *roots, numsys_lns_enclosure *out)
{
  const int64_t gamma = list->gamma;

  *out = (numsys_lns_enclosure) { .top = INT64_MIN };
  for (size_t i = 0; i < list->n; i++)
    {
      const int64_t step = list->terms[i].q * gamma + list->terms[i].r;

      out->top = step > out->top ? step : out->top;
      out->count += (uint64_t) llabs (list->terms[i].c);
      if (out->count >= NUMSYS_LNS_MOST_COUNT)
        return -1;
    }
  for (size_t i = 0; i < list->n; i++)
    {
      const numsys_lns_power *x = &list->terms[i];

      numsys_lns_enclose (out, roots,
                          (uint64_t) (out->top - (x->q * gamma + x->r)),
                          x->c < 0, (uint64_t) llabs (x->c));
    }
  return 0;
}
