/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations rounded to odd, in plain C: it defines the bits.  */

#include <config.h>
#include "numsys/kernels/portable.h"
#include "numsys/kernels/odd_code.h"

const numsys_odd_loops numsys_portable_odd = ODD_LOOPS;
