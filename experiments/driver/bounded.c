/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights at their bound, from results.  */

#include <config.h>

#include "experiments/driver/bounded.h"

/* NaN where the results do not say. */
static double
share_of (const results_table *results, size_t row)
{
  const double bounded
    = table_number (results, row, table_find (results, "bounded"));
  const double steps
    = table_number (results, row, table_find (results, "steps"));
  const double parameters
    = table_number (results, row, table_find (results, "parameters"));

  return bounded / (steps * parameters);
}

void
bounded_warn (const results_table *results, FILE *stream)
{
  size_t many = 0, worst = 0;
  double most = 0;

  for (size_t i = 0; i < table_rows (results); i++)
    {
      const double share = share_of (results, i);

      many += share > BOUNDED_MANY;
      if (share > most)
        {
          most = share;
          worst = i;
        }
    }
  if (many > 0)
    fprintf (stream, "numsys: in %zu of %zu runs, more than %g %% of the "
             "weights sat at the bound that the optimizer holds them to (%.0f "
             "%% in run %.8s): such weights cannot grow; a larger p_scale "
             "gives them room.\n", many, table_rows (results),
             100 * BOUNDED_MANY, 100 * most,
             table_text (results, worst, table_find (results, "hash")));
}
