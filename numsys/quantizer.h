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

/* Random words are made a piece of an array at a time. */
enum { NUMSYS_PIECE = 4096 };

/* Elements of n that one call of a path takes. */
size_t numsys_quantizer_piece (const numsys_quantizer *quantizer, size_t n);

/* Words first .. first + n - 1, n being at most a piece, or NULL when none are
   drawn.  (quantize.c) */
const uint32_t *numsys_quantizer_draw (const numsys_quantizer *quantizer,
                                       const numsys_random *random,
                                       uint64_t first, size_t n,
                                       uint32_t words[]);

#endif
