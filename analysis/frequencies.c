/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entropy of counts.  */

#include <config.h>
#include <math.h>
#include "analysis/frequencies.h"
#include "analysis/logarithm.h"
#include "analysis/sums.h"
#include "numsys/elementary.h"

enum { slice_length = 512 };   /* a multiple of ANALYSIS_LANES */

static void
add_slice (analysis_frequencies *f, size_t n, const uint64_t count[])
{
  double number[slice_length], product[slice_length];
  const size_t padded = analysis_padded (n);

  for (size_t i = 0; i < padded; i++)
    {
      number[i] = i < n && count[i] > 0 ? (double) count[i] : 1;
      f->used += i < n && count[i] > 0;
      f->total += i < n ? count[i] : 0;
    }
  analysis_log2 (padded, number, product);
  for (size_t i = 0; i < padded; i++)
    product[i] *= number[i];
  f->sum += analysis_sum (padded, product);
}

void
analysis_frequencies_add (analysis_frequencies *frequencies, size_t n,
                          const uint64_t count[])
{
  for (size_t i = 0; i < n; i += slice_length)
    add_slice (frequencies, n - i < slice_length ? n - i : slice_length,
               count + i);
}

/* With n of N: - sum (n / N) log2 (n / N) = log2 N - sum (n log2 n) / N. */
double
analysis_frequencies_entropy (const analysis_frequencies *frequencies)
{
  const double total = (double) frequencies->total;

  if (frequencies->used <= 1)
    return frequencies->used == 0 ? (double) NAN : 0;
  return numsys_log2 (total) - frequencies->sum / total;
}
