/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the numbers of a fast product become: the forms of their bits.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

/* What is added to the exponents of float32 and double. */
enum { BIAS = 127, WIDE_BIAS = 1023 };

/* Numbers after those of a table that kernels may read. */
enum { MORE = 16 };

/* Bits of x 2^exponent in the plan's form, exact. */
static uint64_t
bits_of (int is_wide, int64_t x, int64_t exponent)
{
  const double wide = ldexp ((double) x, (int) exponent);
  const float narrow = (float) wide;
  uint64_t bits;
  uint32_t few;

  memcpy (&bits, &wide, sizeof bits);
  memcpy (&few, &narrow, sizeof few);
  return is_wide ? bits : few;
}

static void
fill_table (const numsys_datapath *path, int is_wide,
            numsys_datapath_pack *out)
{
  const int64_t L = path->gamma;
  const int64_t unit = path->tops[0] / L - path->values[DATAPATH_FRACTION]
                       - path->values[DATAPATH_LSB];

  for (int64_t x = 0; x < 2 * L; x++)
    {
      out->wide[x] = bits_of (is_wide, path->constant[x % L], x / L + unit);
      out->narrow[x] = (uint32_t) out->wide[x];
    }
}

/* Factors are powers of two, the largest 1; what is added to the table
   multiplies by the power of two of b. */
int
numsys_datapath_pack_make (const numsys_datapath_product *product,
                           const numsys_sums_kernel *kernel,
                           const numsys_datapath_plan *plan,
                           numsys_datapath_pack *out)
{
  const numsys_datapath *path = product->path;
  const size_t L = (size_t) path->gamma, times = (size_t) path->times[0];
  const size_t copies = L / times;
  const int64_t bias = plan->is_wide ? WIDE_BIAS : BIAS;

  *out = (numsys_datapath_pack) {
    .narrow = numsys_datapath_take_zeros (product->scratch, 2 * L + MORE,
                                          sizeof *out->narrow),
    .wide = numsys_datapath_take_zeros (product->scratch, 2 * L + MORE,
                                        sizeof *out->wide)
  };
  if (out->narrow == NULL || out->wide == NULL)
    return -1;
  fill_table (path, plan->is_wide, out);
  out->table = (numsys_sums_table) {
    copies, times, L, out->narrow, out->wide
  };
  out->form[0] = (numsys_sums_form) {
    (uint32_t) copies, (uint32_t) (bias - path->tops[0] / path->gamma),
    { 0, (uint32_t) plan->differs }, (uint32_t) plan->columns, kernel->rows
  };
  out->form[1] = (numsys_sums_form) {
    (uint32_t) (path->gamma / path->times[1]), 0,
    { (uint32_t) plan->adds[0], (uint32_t) plan->adds[1] },
    (uint32_t) path->times[1], plan->columns
  };
  return 0;
}
