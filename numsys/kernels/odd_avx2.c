/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations rounded to odd, with AVX2.  */

#include <config.h>
#include "numsys/kernels/avx2.h"
#include "numsys/kernels/odd_code.h"

const numsys_odd_loops numsys_avx2_odd = ODD_LOOPS;
