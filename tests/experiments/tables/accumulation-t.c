/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of sums that are bounded, or none, whatever is drawn.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "tests/experiments/tables/help.h"
#include "tests/tap/tap.h"

static const char *const formats[] = { "lns:8,8", "int8", NULL };
static const char *const products[] = {
  "accumulate:fp32,order=exact", "accumulate:bf16,order=exact",
  "accumulate:bf16", "datapath:acc=20", "fixed-order", NULL
};
static const char *const lengths[] = { "1", "300", NULL };
static const char *const four[] = { "4", NULL };

static int
is (const results_table *table, size_t row, const char *column,
    const char *text)
{
  return strcmp (help_text (table, row, column), text) == 0;
}

/* The largest of a column over the rows of a product with a format (NULL:
   any). */
static double
most (const results_table *table, const char *product, const char *format,
      const char *column)
{
  double x = 0;

  for (size_t i = 0; i < table_rows (table); i++)
    if (is (table, i, "product", product)
        && (format == NULL || is (table, i, "format", format)))
      x = fmax (x, help_number (table, i, column));
  return x;
}

static double
one (const results_table *table, const char *product, const char *weights,
     const char *length, const char *column)
{
  for (size_t i = 0; i < table_rows (table); i++)
    if (is (table, i, "product", product) && is (table, i, "weights", weights)
        && is (table, i, "length", length) && is (table, i, "format", "lns:8,8"))
      return help_number (table, i, column);
  return NAN;
}

static void
test_table (const results_table *table)
{
  size_t wrong = 0;

  is_int (2 * 2 * (5 + 4), (int64_t) table_rows (table),
          "a row a length, a kind of weights, a format and a product of it");
  is_double (0, most (table, "datapath:acc=20", "int8", "bits"),
             "a datapath does not multiply int8");
  is_double (20, most (table, "datapath:acc=20", NULL, "bits"),
             "...its accumulator's bits");
  is_double (16, most (table, "accumulate:bf16", NULL, "bits"), "...bf16's");
  is_double (32, most (table, "fixed-order", NULL, "bits"), "...float32's");
  is_double (16, help_number (table, 0, "sums"), "each vector with each");
  ok (most (table, products[0], NULL, "most") <= 0x1p-24
        && most (table, products[0], "lns:8,8", "most") > 0,
      "an exact sum in fp32 is rounded once: %.3g",
      most (table, products[0], NULL, "most"));
  ok (most (table, products[1], NULL, "most") <= 0x1p-8
        && most (table, products[1], NULL, "most") > 0x1p-11,
      "...in bf16: %.3g", most (table, products[1], NULL, "most"));
  is_double (0, most (table, "fixed-order", "int8", "most"),
             "int8 in float32 loses nothing");
  ok (one (table, "accumulate:bf16", "magnitude", "300", "mean")
        > 2 * one (table, products[1], "magnitude", "300", "mean"),
      "a long sum in bf16 is worse than one rounding");
  ok (one (table, "accumulate:bf16", "magnitude", "300", "mean")
        > 2 * one (table, "accumulate:bf16", "normal", "300", "mean"),
      "...and worse where it grows than where it walks at random");
  for (size_t i = 0; i < table_rows (table); i++)
    {
      const double least = help_number (table, i, "lower");
      const double middle = help_number (table, i, "median");
      const double upper = help_number (table, i, "upper");
      const double largest = help_number (table, i, "most");

      wrong += !(0 <= least && least <= middle && middle <= upper
                 && upper <= largest)
               || !(help_number (table, i, "mean") <= largest);
    }
  is_int (0, (int64_t) wrong, "quartiles are in order");
}

static void
refuses (const char *const *of, const char *const *by, const char *const *m,
         const char *wanted)
{
  report_others others = { .dir = NULL };
  report_data data = { .others = &others };
  numsys_error error = { "" };

  data.list[STUDY_FORMATS] = of;
  data.list[STUDY_PRODUCTS] = by;
  data.list[STUDY_LENGTHS] = lengths;
  data.list[STUDY_VECTORS] = m;
  ok (help_make ("accumulation", &data, &error) == NULL
        && strstr (error.text, wanted) != NULL, "refused: %s", error.text);
}

int
main (void)
{
  static const char *const chance[] = { "int8:round=stochastic", NULL };
  static const char *const unknown[] = { "int7x", NULL };
  report_others others = { .dir = NULL };
  report_data data = { .others = &others };
  numsys_error error;
  results_table *table;

  data.list[STUDY_FORMATS] = formats;
  data.list[STUDY_PRODUCTS] = products;
  data.list[STUDY_LENGTHS] = lengths;
  data.list[STUDY_VECTORS] = four;
  plan (12 + 4);
  table = help_make ("accumulation", &data, &error);
  if (table == NULL)
    bail_out ("%s", error.text);
  test_table (table);
  table_free (table);
  refuses (formats + 1, products, four,
           "The product datapath:acc=20 can multiply none of");
  refuses (chance, products, four, "rounds by chance");
  refuses (unknown, products, four, "int7x");
  refuses (formats, products, four + 1, "has no rows");
  return 0;
}
