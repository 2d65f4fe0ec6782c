/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A quantizer's inside.  Not installed.  */

#ifndef NUMSYS_QUANTIZER_H
#define NUMSYS_QUANTIZER_H

#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "numsys/spec.h"

struct numsys_quantizer
{
  numsys *system;
  const numsys_float_path *path;
  const numsys_kernels *kernels;
  numsys_quantizer_values values;
  int is_identity;
  char spec[NUMSYS_SPEC_TEXT];
  max_align_t plan[];
};

#endif
