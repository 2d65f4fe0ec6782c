/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The approximations.  Specs, manual and tests walk this list.  */

#include <config.h>
#include "numsys/approx/parts.h"

const numsys_approx_type *const numsys_approx_types[] = {
  &numsys_approx_exact,
  &numsys_approx_table_lookup,
  &numsys_approx_mitchell,
  &numsys_approx_hybrid,
  &numsys_approx_linear,
  &numsys_approx_cotransform,
  NULL,
};
