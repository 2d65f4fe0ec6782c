/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of products.  */

#include <config.h>
#include <string.h>
#include "experiments/workloads/products.h"

const product_type *
product_find (const char *name)
{
  for (const product_type *const *type = product_types; *type != NULL; type++)
    if (strcmp ((*type)->name, name) == 0)
      return *type;
  return NULL;
}

const product_type *const product_types[] = {
  &product_sgemm,
  &product_fixed_order,
  NULL,
};
