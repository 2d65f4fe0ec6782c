/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The default slots, and what the element functions share with them.  Not
   installed.  */

#ifndef NUMSYS_ARITHMETIC_H
#define NUMSYS_ARITHMETIC_H

#include "numsys/kernels/codes.h"
#include "numsys/numsys.h"
#include "numsys/place.h"

/* An operand: of a finite one the magnitude c 2^(k / gamma), c = 0 being a
   zero, with a sign. */
typedef struct numsys_number
{
  numsys_class class;
  int negative;
  numsys_magnitude magnitude;
  int64_t gamma;
} numsys_number;

numsys_number numsys_number_of_double (double x);
numsys_number numsys_number_of_code (const numsys_target *target,
                                     uint32_t code);

/* A sum in the making: products are gathered in exact.a, and what is not a
   finite number, or is zero, beside it. */
typedef struct numsys_gathering
{
  numsys_exact exact;
  int is_nan;
  int infinite[2];       /* an infinity of this sign came, */
  int finite[2];         /* or a finite number, zero included */
  size_t most_terms;     /* the sum is reduced when it has more */
} numsys_gathering;

void numsys_gathering_init (numsys_gathering *gathering);
void numsys_gathering_clear (numsys_gathering *gathering);

/* Empties it; gamma is that of the numbers to come. */
void numsys_gathering_begin (numsys_gathering *gathering, int64_t gamma);
/* Adds a, or a b. */
void numsys_gather (numsys_gathering *gathering, numsys_number a);
void numsys_gather_product (numsys_gathering *gathering, numsys_number a,
                            numsys_number b);
/* Adds the finite number whose magnitude but not sign is the term that the
   caller appended to exact.a. */
void numsys_gather_term (numsys_gathering *gathering, int negative);

/* The place of the sum, unbounded upwards.  An exact zero has the sign that
   all terms share, or else + (- under `down'), as in IEEE 754. */
numsys_place numsys_gathering_place (numsys_gathering *gathering,
                                     const numsys_target *target,
                                     const numsys_context *context,
                                     uint64_t i, numsys_events *events);

/* The size of a code as an element: 1, 2 or 4. */
size_t numsys_code_size (const numsys_target *target);

/* The default slots of numsys_type, from a ladder. */
void numsys_default_apply (const numsys_target *target,
                           numsys_operation operation,
                           const numsys_context *context, size_t n,
                           const void *a, const void *b, const void *c,
                           void *out, numsys_events *events);
/* One result, element i of a call; operands not used are not looked at. */
uint32_t numsys_default_code (const numsys_target *target,
                              numsys_operation operation,
                              const numsys_context *context, uint64_t i,
                              const uint32_t operand[3],
                              numsys_events *events);
void numsys_default_dot (const numsys_target *target,
                         const numsys_context *context, size_t n,
                         const void *a, const void *b, void *out,
                         numsys_events *events);

/* One code from another system, element i of a call, by way of exact
   numbers.  (convert.c) */
uint32_t numsys_default_convert_code (const numsys_target *from,
                                      const numsys_target *to,
                                      const numsys_context *context,
                                      uint64_t i, uint32_t code,
                                      numsys_events *events);

/* numsys_convert's, the same for any systems. */
void numsys_default_convert (const numsys *from, const numsys *to,
                             const numsys_context *context, size_t n,
                             const void *in, void *out,
                             numsys_events *events);

#endif
