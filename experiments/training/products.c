/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who computes a run: the engine, its products, and the truth beside it.  */

#include <config.h>
#include <string.h>
#include "experiments/training/trainer.h"
#include "numsys/spec.h"

#define REFERENCE "reference"

int
trainer_is_reference (const char *spec)
{
  return spec != NULL
         && strncmp (spec, REFERENCE ":", strlen (REFERENCE) + 1) == 0;
}

/* NULL where a product is the forward one. */
static const char *
other_product (const char *spec)
{
  return spec == NULL || strcmp (spec, "same") == 0 ? NULL : spec;
}

static int
read_reference (trainer_parts *parts, const training_settings *settings,
                numsys_error *error)
{
  numsys_error why = { "" };

  parts->engine = &trainer_reference;
  parts->system = numsys_new (settings->product + strlen (REFERENCE) + 1,
                              &why);
  if (parts->system == NULL)
    numsys_error_set (error, "product " REFERENCE ": %s", why.text);
  return parts->system != NULL ? 0 : -1;
}

/* The numbers of the largest operand of a product. */
static size_t
largest_operand (const net_shape *shape, size_t batch)
{
  size_t most = 0;

  for (size_t l = 0; l < shape->layers; l++)
    {
      const size_t in = shape->width[l], out = shape->width[l + 1];
      const size_t wide = in > out ? in : out;

      if (most < in * out)
        most = in * out;
      if (most < batch * wide)
        most = batch * wide;
    }
  return most;
}

static int
read_products (trainer_parts *parts, const training_settings *settings,
               numsys_error *error)
{
  const char *const spec[PRODUCTS] = {
    settings->product, other_product (settings->product_dx),
    other_product (settings->product_dw),
  };

  if ((trainer_is_reference (spec[PRODUCT_FORWARD])
       && (spec[PRODUCT_DX] != NULL || spec[PRODUCT_DW] != NULL))
      || trainer_is_reference (spec[PRODUCT_DX])
      || trainer_is_reference (spec[PRODUCT_DW]))
    {
      numsys_error_set (error, "product " REFERENCE " computes all three "
                        "products: product-dx and product-dw must be same");
      return -1;
    }
  if (trainer_is_reference (settings->product))
    return read_reference (parts, settings, error);
  if (trainer_is_objective (parts))
    {
      numsys_error_set (error, "model %s is computed by product " REFERENCE
                        ":SYSTEM alone, not by %s", settings->model,
                        settings->product);
      return -1;
    }
  parts->engine = &trainer_float;
  return products_init (&parts->product, spec, &parts->all,
                        largest_operand (&parts->shape, settings->batch),
                        error);
}

/* The system of the run beside, and whether the engine can do one. */
static int
read_truth (trainer_parts *parts, const training_settings *settings,
            numsys_error *error)
{
  numsys_error why = { "" };

  if (settings->truth == NULL || strcmp (settings->truth, "-") == 0)
    return 0;
  if (parts->system == NULL)
    {
      numsys_error_set (error, "truth = %s, but product %s is compared with "
                        "no truth: product must be " REFERENCE ":SYSTEM",
                        settings->truth, settings->product);
      return -1;
    }
  parts->truth = numsys_new (settings->truth, &why);
  if (parts->truth == NULL)
    numsys_error_set (error, "truth: %s", why.text);
  return parts->truth != NULL ? 0 : -1;
}

int
trainer_read_products (trainer_parts *parts,
                       const training_settings *settings,
                       numsys_error *error)
{
  return read_products (parts, settings, error) == 0
           ? read_truth (parts, settings, error) : -1;
}
