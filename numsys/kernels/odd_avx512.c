/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations rounded to odd, with AVX-512.  */

#include <config.h>
#include "numsys/kernels/avx512.h"
#include "numsys/kernels/odd_code.h"

const numsys_odd_loops numsys_avx512_odd = ODD_LOOPS;
