/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversions between coded systems in integers: what the families' slots have
   in common.  Not installed.

   Elements are read as numbers, by the family that they come from, and rounded
   once, by the family that they go to.  What integers leave open is the
   default's.  */

#ifndef NUMSYS_CONVERSION_H
#define NUMSYS_CONVERSION_H

#include "numsys/fixed_apply.h"
#include "numsys/float_apply.h"
#include "numsys/lns_settle.h"

/* A system that codes come from; facts are its family's alone. */
typedef struct numsys_source
{
  const numsys_type *type;
  numsys_target target;
  numsys_fixed_facts fixed;
  numsys_float_facts floating;
  numsys_lns_facts lns;
} numsys_source;

/* A number read: of a finite one the magnitude x, or if x.more, which is of
   irrational powers only, one strictly between x.c and x.c + NUMSYS_READ_WIDTH,
   times 2^x.exponent; of others the sign. */
typedef struct numsys_reading
{
  numsys_class class;
  numsys_binary x;
} numsys_reading;

#define NUMSYS_READ_WIDTH 16

typedef struct numsys_conversion
{
  numsys_call call;       /* of the system that codes go to */
  numsys_source source;
} numsys_conversion;

/* -1 for systems that cannot be read so. */
int numsys_conversion_init (numsys_conversion *conversion,
                            const numsys_type *from_type,
                            const void *from_state,
                            const numsys_ladder *ladder, const void *state,
                            const numsys_context *context,
                            numsys_events *events);

/* Carries out one block, in[0] being the source's codes and x what they stand
   for; family is the caller's. */
typedef void numsys_convert_block (const numsys_conversion *conversion,
                                   const void *family,
                                   const numsys_block *block,
                                   const numsys_reading x[]);

/* Cuts arrays of elements into blocks; x is NULL unless reads. */
void numsys_convert_blocks (const numsys_conversion *conversion,
                            const void *family, numsys_convert_block *convert,
                            int reads, size_t n, const void *in, void *out);

/* Element i of a block by the default. */
uint32_t numsys_conversion_default (const numsys_conversion *conversion,
                                    const numsys_block *block, size_t i);

#endif
