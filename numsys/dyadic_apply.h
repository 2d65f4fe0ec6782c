/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of fixed and floating point many codes at a time.  Not
   installed.  */

#ifndef NUMSYS_DYADIC_APPLY_H
#define NUMSYS_DYADIC_APPLY_H

#include "numsys/apply.h"
#include "numsys/dyadic.h"
#include "numsys/kernels/kernels.h"

/* What kernels need for one operation of one system. */
typedef struct numsys_dyadic_apply
{
  const numsys_kernels *kernels;
  numsys_odd_loop *loop;       /* NULL: kernels cannot */
  numsys_dyadic_codes codes;
  numsys_dyadic_rounding rounding;
} numsys_dyadic_apply;

/* For operations that no family leaves to places (place.h). */
void numsys_dyadic_apply_init (const numsys_call *call,
                               const numsys_dyadic *dyadic,
                               numsys_dyadic_apply *out);

/* Element i of a block by the family's own integers; the caller's facts. */
typedef uint32_t numsys_block_one (const numsys_call *call, const void *facts,
                                   const numsys_block *block, size_t i);

/* A block by kernels, and what these leave one by one. */
void numsys_dyadic_apply_block (const numsys_call *call,
                                const numsys_dyadic_apply *apply,
                                numsys_block_one *one, const void *facts,
                                const numsys_block *block);

#endif
