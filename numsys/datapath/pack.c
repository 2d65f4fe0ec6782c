/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as the factors of a fast product: tables of their bits.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/matrix.h"

enum { MANTISSA = 23, WIDE_MANTISSA = 52 };

static inline int32_t
index_of (numsys_datapath_number x)
{
  const int32_t index = 2 * (x.e + 1) + (int32_t) ((uint32_t) x.sign >> 31);

  return index & -(x.sign != 0);
}

/* Rows that lie along p: in squares, which caches hold. */
static void
index_across (const numsys_datapath_matrix *x, size_t n, size_t k,
              int32_t out[])
{
  enum { SIDE = 16 };

  for (size_t q = 0; q < k; q += SIDE)
    for (size_t i = 0; i < n; i++)
      {
        const numsys_datapath_number *row = x->number + i * x->outer + q;
        const size_t side = k - q < SIDE ? k - q : SIDE;
        int32_t *to = out + q * n + i;

        for (size_t p = 0; p < side; p++, to += n)
          *to = index_of (row[p]);
      }
}

void
numsys_datapath_index (const numsys_datapath_matrix *x, size_t n, size_t k,
                       int32_t out[])
{
  if (x->inner == 1)
    index_across (x, n, k, out);
  else
    for (size_t p = 0; p < k; p++)
      for (size_t i = 0; i < n; i++)
        out[p * n + i] = index_of (x->number[i * x->outer + p * x->inner]);
}

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
            numsys_datapath_tables *out)
{
  const int64_t L = path->gamma;
  const int64_t unit = path->tops[0] / L - path->values[DATAPATH_FRACTION]
                       - path->values[DATAPATH_LSB];

  for (int64_t x = 0; x < 2 * L; x++)
    {
      out->table[x] = bits_of (is_wide, path->constant[x % L], x / L + unit);
      out->narrow[x] = (uint32_t) out->table[x];
    }
}

/* Factors: powers of two, the largest 1. */
static void
fill_a (const numsys_datapath *path, const numsys_datapath_plan *plan,
        numsys_datapath_tables *out)
{
  const int64_t L = path->gamma, copies = (int64_t) out->copies;
  const int64_t top = path->tops[0] / path->times[0];

  for (int64_t e = 0; e <= top; e++)
    for (int negative = 0; negative < 2; negative++)
      out->code[0][2 * (e + 1) + negative] = (numsys_datapath_code) {
        bits_of (plan->is_wide, negative ? -1 : 1,
                 e / copies - path->tops[0] / L)
          + (uint64_t) (negative && plan->differs),
        (int32_t) (e % copies * (int64_t) out->columns)
      };
}

static void
fill_b (const numsys_datapath *path, const numsys_datapath_plan *plan,
        numsys_datapath_tables *out)
{
  const unsigned mantissa = plan->is_wide ? WIDE_MANTISSA : MANTISSA;
  const unsigned sign = plan->is_wide ? 63 : 31;
  const int64_t L = path->gamma;
  const int64_t top = path->tops[1] / path->times[1];

  for (int64_t e = 0; e <= top; e++)
    for (unsigned negative = 0; negative < 2; negative++)
      out->code[1][2 * (e + 1) + negative] = (numsys_datapath_code) {
        ((uint64_t) (e * path->times[1] / L) << mantissa)
          + ((uint64_t) negative << sign) + (uint64_t) plan->adds[negative],
        (int32_t) (e * path->times[1] % L)
      };
  out->code[1][0].place = NUMSYS_SUMS_ZERO;
}

int
numsys_datapath_tables_make (const numsys_datapath *path,
                             const numsys_datapath_plan *plan,
                             size_t columns, numsys_datapath_tables *out)
{
  const size_t L = (size_t) path->gamma;

  *out = (numsys_datapath_tables) {
    .times = (size_t) path->times[0], .columns = columns
  };
  out->copies = L / out->times;
  out->last = L - 1 + (out->copies - 1) * out->times;
  out->table = malloc (2 * L * sizeof *out->table);
  out->narrow = malloc (2 * L * sizeof *out->narrow);
  for (int which = 0; which < 2; which++)
    out->code[which] = calloc (
      2 * (size_t) (path->tops[which] / path->times[which] + 2),
      sizeof *out->code[which]);
  if (out->table == NULL || out->narrow == NULL || out->code[0] == NULL
      || out->code[1] == NULL)
    return -1;
  fill_table (path, plan->is_wide, out);
  fill_a (path, plan, out);
  fill_b (path, plan, out);
  return 0;
}

void
numsys_datapath_tables_clear (numsys_datapath_tables *tables)
{
  free (tables->table);
  free (tables->narrow);
  free (tables->code[0]);
  free (tables->code[1]);
}
