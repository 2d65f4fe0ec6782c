/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table: what is lost when products are summed, |seen - exact| / sum |terms|
   over the dot products of m vectors of activations with m of weights
   (vectors.h), the exact sum being that of the quantized numbers: quantizing
   itself is not counted.  A sum without terms has no error, an infinite one an
   infinite error.  Each product of the study is taken with each format that it
   can multiply.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/analysis.h"
#include "experiments/results/memory.h"
#include "experiments/tables/select.h"
#include "experiments/tables/tables.h"
#include "experiments/tables/vectors.h"
#include "experiments/workloads/product.h"
#include "numsys/spec.h"

/* A product of the study, opened for a format. */
typedef struct summer
{
  const char *name;
  const product_type *type;
  void *state;
} summer;

/* What a row is of. */
typedef struct place
{
  const char *format;
  vectors_kind kind;
  const vectors *drawn;
} place;

/* The errors of all dot products. */
static void
measure (const vectors *drawn, const summer *by, double error[])
{
  const size_t m = drawn->m;
  const product_operand a = { drawn->a, drawn->n, 0, drawn->scale[0], NULL };
  const product_operand w = { drawn->w, m, 0, drawn->scale[1], NULL };
  float *seen = memory_new (m * m, sizeof seen[0]);

  by->type->multiply (by->state, m, m, drawn->n, &a, &w, 0, seen, m);
  for (size_t i = 0; i < m * m; i++)
    error[i] = drawn->size[i] == 0
               ? 0 : fabs (seen[i] - drawn->exact[i]) / drawn->size[i];
  free (seen);
}

static void
write_row (results_table *table, const place *at, const summer *by)
{
  const size_t count = at->drawn->m * at->drawn->m;
  const size_t row = table_add_row (table);
  double *error = memory_new (count, sizeof error[0]), sum = 0;
  analysis_order order;

  measure (at->drawn, by, error);
  for (size_t i = 0; i < count; i++)
    sum += error[i];
  order = analysis_order_of (count, error);
  select_set_text (table, row, "format", at->format);
  select_set_text (table, row, "weights", vectors_kinds[at->kind]);
  select_set_text (table, row, "product", by->name);
  select_set (table, row, "bits",
              by->type->bits != NULL ? by->type->bits (by->state) : 32);
  select_set (table, row, "length", (double) at->drawn->n);
  select_set (table, row, "sums", (double) count);
  select_set (table, row, "mean", sum / (double) count);
  select_set (table, row, "lower", order.lower);
  select_set (table, row, "median", order.median);
  select_set (table, row, "upper", order.upper);
  select_set (table, row, "most", order.most);
  free (error);
}

static size_t
longest (const report_data *data)
{
  size_t most = 0;

  for (const char *const *length = data->list[STUDY_LENGTHS];
       *length != NULL; length++)
    {
      const size_t n = strtoul (*length, NULL, 10);

      most = n > most ? n : most;
    }
  return most;
}

static size_t
count_of (const char *const list[])
{
  size_t n = 0;

  while (list[n] != NULL)
    n++;
  return n;
}

/* The products that can multiply a format: how many.  used[i] is set for
   each, why says what is wrong with the last one that cannot. */
static size_t
open_all (const report_data *data, const numsys_quantizer *format, size_t room,
          summer by[], int used[], numsys_error *why)
{
  const char *const *product = data->list[STUDY_PRODUCTS];
  size_t n = 0;

  for (size_t i = 0; product[i] != NULL; i++)
    {
      const product_type *type = product_find (product[i]);
      void *state = NULL;

      if (type == NULL)
        {
          product_check (product[i], why);
          continue;
        }
      if (type->open != NULL
          && (state = type->open (product[i], format, format, room, NULL,
                                  why)) == NULL)
        continue;
      used[i] = 1;
      by[n++] = (summer) { product[i], type, state };
    }
  return n;
}

static void
close_all (summer by[], size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (by[i].type->close != NULL)
      by[i].type->close (by[i].state);
}

/* Every row of one format. */
static void
write_lengths (results_table *table, const report_data *data, place at,
               const numsys_quantizer *quantizer, size_t m, const summer by[],
               size_t n)
{
  for (int kind = 0; kind < VECTORS_KINDS; kind++)
    for (const char *const *length = data->list[STUDY_LENGTHS];
         *length != NULL; length++)
      {
        vectors drawn;

        vectors_init (&drawn, quantizer, (vectors_kind) kind, m,
                      strtoul (*length, NULL, 10));
        at.kind = (vectors_kind) kind;
        at.drawn = &drawn;
        for (size_t i = 0; i < n; i++)
          write_row (table, &at, &by[i]);
        vectors_clear (&drawn);
      }
}

static int
write_format (results_table *table, const report_data *data,
              const char *format, size_t m, int used[], numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (format, error);
  summer *by = memory_new (count_of (data->list[STUDY_PRODUCTS]),
                           sizeof by[0]);
  numsys_error why = { "" };
  size_t n;

  if (quantizer != NULL && numsys_quantizer_is_stochastic (quantizer))
    numsys_error_set (error, "The table accumulation has no number for %s, "
                      "which rounds by chance.", format);
  else if (quantizer != NULL)
    {
      n = open_all (data, quantizer, m * longest (data), by, used, &why);
      write_lengths (table, data, (place) { .format = format }, quantizer, m,
                     by, n);
      close_all (by, n);
      free (by);
      numsys_quantizer_free (quantizer);
      return 0;
    }
  free (by);
  numsys_quantizer_free (quantizer);
  return -1;
}

/* Whether every product found a format: 0, or -1 and a sentence. */
static int
check_used (const report_data *data, const int used[], numsys_error *error)
{
  const char *const *product = data->list[STUDY_PRODUCTS];

  for (size_t i = 0; product[i] != NULL; i++)
    if (!used[i])
      {
        numsys_error_set (error, "The product %s can multiply none of the "
                          "study's formats.", product[i]);
        return -1;
      }
  return 0;
}

static results_table *
make (const report_data *data, numsys_error *error)
{
  const char *const *vectors_list = data->list[STUDY_VECTORS];
  const size_t m
    = vectors_list[0] != NULL ? strtoul (vectors_list[0], NULL, 10) : 0;
  int *used = memory_new (count_of (data->list[STUDY_PRODUCTS]) + 1,
                          sizeof used[0]);
  results_table *table = table_new ();
  int result = 0;

  for (const char *const *format = data->list[STUDY_FORMATS];
       m > 0 && *format != NULL && result == 0; format++)
    result = write_format (table, data, *format, m, used, error);
  if (result == 0 && table_rows (table) > 0)
    result = check_used (data, used, error);
  else if (result == 0)
    {
      numsys_error_set (error, "The table accumulation has no rows: the study "
                        "must name formats, products, lengths and vectors.");
      result = -1;
    }
  free (used);
  if (result == 0)
    return table;
  table_free (table);
  return NULL;
}

const report_table tables_accumulation = {
  .name = "accumulation",
  .summary = "errors of dot products by accumulator, order and length",
  .make = make,
};
