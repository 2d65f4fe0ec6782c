/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a study without runs may list.  */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiments/study/study.h"
#include "experiments/workloads/product.h"
#include "numsys/approx/approx.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

static int
check_format (const char *item, numsys_error *error)
{
  numsys_quantizer *quantizer = numsys_quantizer_new (item, error);

  if (quantizer == NULL)
    return -1;
  numsys_quantizer_free (quantizer);
  return 0;
}

/* What a spec may be does not depend on the LNS. */
static int
check_approximation (const char *item, numsys_error *error)
{
  numsys_approx *approx = numsys_approx_new (item, 1, 0, error);

  if (approx == NULL)
    return -1;
  numsys_approx_free (approx);
  return 0;
}

static int
check_product (const char *item, numsys_error *error)
{
  char text[NUMSYS_SPEC_TEXT];

  return product_check (item, error) != 0
           ? -1 : product_canonical (item, text, sizeof text, error);
}

static int
check_number (const char *item, long least, long most, numsys_error *error)
{
  char *end;
  const long value = strtol (item, &end, 10);

  if (end != item && *end == '\0' && value >= least && value <= most)
    return 0;
  numsys_error_set (error, "'%s' is not a whole number from %ld to %ld", item,
                    least, most);
  return -1;
}

static int
check_fraction (const char *item, numsys_error *error)
{
  return check_number (item, 0, NUMSYS_APPROX_MOST_FRACTION, error);
}

static int
check_length (const char *item, numsys_error *error)
{
  return check_number (item, 1, 1 << 20, error);
}

static int
check_vectors (const char *item, numsys_error *error)
{
  return check_number (item, 1, 1024, error);
}

const study_list study_lists[STUDY_LISTS] = {
  [STUDY_FORMATS] = { "formats", check_format },
  [STUDY_APPROXIMATIONS] = { "approximations", check_approximation },
  [STUDY_FRACTIONS] = { "fractions", check_fraction },
  [STUDY_PRODUCTS] = { "products", check_product },
  [STUDY_LENGTHS] = { "lengths", check_length },
  [STUDY_VECTORS] = { "vectors", check_vectors },
};

int
study_find_list (const char *name)
{
  for (int i = 0; i < STUDY_LISTS; i++)
    if (strcmp (study_lists[i].name, name) == 0)
      return i;
  return -1;
}
