/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families of number systems.  Parser, help, manual and tests walk this
   list.  */

#include <config.h>
#include "numsys/type.h"

const numsys_type *const numsys_types[] = {
  &numsys_fixed,
  &numsys_float,
  &numsys_lns,
  &numsys_mpfr,
  NULL,
};
