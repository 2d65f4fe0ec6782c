/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of products, and the three products of a layer.  */

#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/workloads/products.h"
#include "experiments/workloads/threads.h"
#include "numsys/spec.h"

/* Rows and columns between which C is cut: of whole tiles, whichever kernel
   works on them. */
enum { ROW_STEP = 24, COLUMN_STEP = 32 };

const char *const product_names[PRODUCTS] = { "forward", "dx", "dw" };

/* The roles of each product's operands. */
static const training_role operands[PRODUCTS][2] = {
  [PRODUCT_FORWARD] = { TRAINING_A, TRAINING_W },
  [PRODUCT_DX] = { TRAINING_E, TRAINING_W },
  [PRODUCT_DW] = { TRAINING_E, TRAINING_A },
};

const product_type *
product_find (const char *spec)
{
  const size_t length = strcspn (spec, ":");

  for (const product_type *const *type = product_types; *type != NULL; type++)
    if (strlen ((*type)->name) == length
        && strncmp ((*type)->name, spec, length) == 0
        && (spec[length] == '\0' || (*type)->canonical != NULL))
      return *type;
  return NULL;
}

int
product_canonical (const char *spec, char out[], size_t room,
                   numsys_error *error)
{
  const product_type *type = product_find (spec);

  snprintf (out, room, "%s", spec);
  return type == NULL || type->canonical == NULL
           ? 0 : type->canonical (spec, out, room, error);
}

void
product_forget (product_reading *reading)
{
  reading->quantizer = NULL;
}

void
product_reading_clear (product_reading *reading)
{
  free (reading->number);
  *reading = (product_reading) { .quantizer = NULL };
}

/* The sentence for a spec that names no product. */
static int
unknown (const char *spec, numsys_error *error)
{
  const char *words[16];
  char near[64], list[200] = "";
  size_t n = 0;

  for (; product_types[n] != NULL; n++)
    {
      words[n] = product_types[n]->name;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s, ",
                product_types[n]->usage);
    }
  numsys_error_set (error, "unknown product '%s'%s (products: "
                    "%sreference:SYSTEM)", spec,
                    numsys_nearest_word (spec, n, words, near), list);
  return -1;
}

int
product_check (const char *spec, numsys_error *error)
{
  return product_find (spec) != NULL ? 0 : unknown (spec, error);
}

static int
init_one (products *all, int which, const char *spec, roles *played,
          size_t room, numsys_error *error)
{
  const product_type *type = product_find (spec);
  numsys_error why = { "" };
  void *sibling = NULL;

  all->type[which] = type;
  if (type == NULL)
    return unknown (spec, error);
  played->wants_scales |= type->needs_scales;
  if (type->open == NULL)
    return 0;
  for (int i = 0; i < which && sibling == NULL; i++)
    if (all->type[i] == type)
      sibling = all->state[i];
  all->state[which]
    = type->open (spec, played->quantizer[operands[which][0]],
                  played->quantizer[operands[which][1]], room, sibling, &why);
  if (all->state[which] != NULL)
    return 0;
  numsys_error_set (error, "product %s (%s of %s and %s): %s", type->name,
                    product_names[which],
                    training_role_names[operands[which][0]],
                    training_role_names[operands[which][1]], why.text);
  return -1;
}

int
products_init (products *all, const char *const spec[PRODUCTS], roles *played,
               size_t room, numsys_error *error)
{
  *all = (products) { .type = { NULL } };
  for (int i = 0; i < PRODUCTS; i++)
    if (init_one (all, i, spec[i] != NULL ? spec[i] : spec[PRODUCT_FORWARD],
                  played, room, error) != 0)
      {
        products_clear (all);
        return -1;
      }
  return 0;
}

void
products_clear (products *all)
{
  for (int i = 0; i < PRODUCTS; i++)
    if (all->state[i] != NULL)
      all->type[i]->close (all->state[i]);
  *all = (products) { .type = { NULL } };
}

/* A product whose rows or columns threads share. */
typedef struct shared_product
{
  const product_type *type;
  void *state;
  size_t m, n, k;
  const product_operand *a, *b;
  int beta;
  float *c;
  size_t ldc;
} shared_product;

static void
multiply_rows (void *closure, unsigned part, size_t first, size_t m)
{
  const shared_product *p = closure;
  product_operand a = *p->a;

  (void) part;
  a.data += first * (a.transpose ? 1 : a.stride);
  p->type->multiply (p->state, m, p->n, p->k, &a, p->b, p->beta,
                     p->c + first * p->ldc, p->ldc);
}

static void
multiply_columns (void *closure, unsigned part, size_t first, size_t n)
{
  const shared_product *p = closure;
  product_operand b = *p->b;

  (void) part;
  b.data += first * (b.transpose ? b.stride : 1);
  p->type->multiply (p->state, p->m, n, p->k, p->a, &b, p->beta,
                     p->c + first, p->ldc);
}

/* The longer side is cut: each thread packs the other's operand. */
void
products_multiply (const products *all, int which, size_t m, size_t n,
                   size_t k, const product_operand *a,
                   const product_operand *b, int beta, float c[], size_t ldc)
{
  const product_type *type = all->type[which];
  shared_product p = { type, all->state[which], m, n, k, a, b, beta, c, ldc };

  if (!type->may_be_cut || !threads_pay_for_product (all->threads, m, n, k))
    type->multiply (p.state, m, n, k, a, b, beta, c, ldc);
  else if (m > n)
    threads_cut (all->threads, m, ROW_STEP, multiply_rows, &p);
  else
    threads_cut (all->threads, n, COLUMN_STEP, multiply_columns, &p);
}

const product_type *const product_types[] = {
  &product_sgemm,
  &product_fixed_order,
  &product_datapath,
  &product_accumulate,
  NULL,
};
