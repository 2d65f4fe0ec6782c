/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The default slots: operations on the codes of any ladder, each exact first
   and rounded once (place.c).  Infinities, NaN and the sign of zero follow
   IEEE 754; a system without them saturates, or puts zero for NaN, and counts
   (range.c).  */

#include <config.h>
#include <string.h>
#include "numsys/arithmetic.h"

size_t
numsys_code_size (const numsys_target *target)
{
  unsigned bits = target->ladder->code_bits (target->state);

  return bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
}

static numsys_place
special (numsys_class class, int negative)
{
  return (numsys_place) { class, negative, 0 };
}

static void
set_term (numsys_sum *sum, numsys_number a)
{
  numsys_sum_zero (sum, a.gamma);
  mpz_set_ui (numsys_sum_extend (sum, a.magnitude.k), a.magnitude.c);
}

/* What an operation works with. */
typedef struct slot_call
{
  const numsys_target *target;
  const numsys_context *context;
  numsys_gathering *gathering;
  numsys_events *events;
} slot_call;

static numsys_place
divide (const slot_call *call, numsys_number a, numsys_number b, uint64_t i)
{
  numsys_exact *x = &call->gathering->exact;
  int negative = a.negative != b.negative;
  int a_finite = a.class == NUMSYS_FINITE;
  int b_finite = b.class == NUMSYS_FINITE;
  int a_zero = a_finite && a.magnitude.c == 0;
  int b_zero = b_finite && b.magnitude.c == 0;

  if (a.class == NUMSYS_NAN || b.class == NUMSYS_NAN
      || (a_zero && b_zero) || (!a_finite && !b_finite))
    return special (NUMSYS_NAN, 0);
  if (!a_finite)
    return special (NUMSYS_INFINITE, negative);
  if (b_zero)
    {
      /* Infinite made of finite numbers; range.c counts what it changes. */
      if (call->target->ladder->overflow (call->target->state,
                                          special (NUMSYS_INFINITE, negative),
                                          call->context->rounding).class
          == NUMSYS_INFINITE)
        call->events->overflow++;
      return special (NUMSYS_INFINITE, negative);
    }
  if (a_zero || !b_finite)
    return special (NUMSYS_FINITE, negative);
  x->form = NUMSYS_FORM_QUOTIENT;
  set_term (&x->a, a);
  set_term (&x->b, b);
  return numsys_place_of (x, negative, call->target, call->context, i,
                          call->events);
}

static numsys_place
square_root (const slot_call *call, numsys_number a, uint64_t i)
{
  numsys_exact *x = &call->gathering->exact;
  int is_zero = a.class == NUMSYS_FINITE && a.magnitude.c == 0;

  if (a.class == NUMSYS_NAN || (a.negative && !is_zero))
    return special (NUMSYS_NAN, 0);
  if (a.class == NUMSYS_INFINITE || is_zero)
    return special (a.class, a.negative);
  x->form = NUMSYS_FORM_ROOT;
  set_term (&x->a, a);
  return numsys_place_of (x, 0, call->target, call->context, i, call->events);
}

static numsys_place
operate (const slot_call *call, numsys_operation operation,
         const numsys_number operand[3], uint64_t i)
{
  numsys_gathering *gathering = call->gathering;
  numsys_number b = operand[1];

  numsys_gathering_begin (gathering, call->target->gamma);
  switch (operation)
    {
    case NUMSYS_ADD:
    case NUMSYS_SUBTRACT:
      b.negative ^= operation == NUMSYS_SUBTRACT;
      numsys_gather (gathering, operand[0]);
      numsys_gather (gathering, b);
      break;
    case NUMSYS_MULTIPLY:
    case NUMSYS_FMA:
      numsys_gather_product (gathering, operand[0], b);
      if (operation == NUMSYS_FMA)
        numsys_gather (gathering, operand[2]);
      break;
    case NUMSYS_DIVIDE:
      return divide (call, operand[0], b, i);
    case NUMSYS_SQRT:
      return square_root (call, operand[0], i);
    default:
      break;
    }
  return numsys_gathering_place (gathering, call->target, call->context, i,
                                 call->events);
}

/* The code of one result; operands not used are zeros of no matter. */
static uint32_t
result (const slot_call *call, numsys_operation operation,
        const uint32_t operand[3], uint64_t i)
{
  const numsys_target *target = call->target;
  numsys_number number[3];
  numsys_place place;

  if (numsys_place_has (operation))
    place = numsys_place_operate (
      operation, target->ladder->place (target->state, operand[0]),
      target->ladder->place (target->state, operand[1]));
  else
    {
      for (int j = 0; j < 3; j++)
        number[j] = numsys_number_of_code (target, operand[j]);
      place = operate (call, operation, number, i);
    }
  return numsys_place_code (place, target, call->context->rounding,
                            call->events);
}

uint32_t
numsys_default_code (const numsys_target *target, numsys_operation operation,
                     const numsys_context *context, uint64_t i,
                     const uint32_t operand[3], numsys_events *events)
{
  numsys_gathering gathering;
  const slot_call call = { target, context, &gathering, events };
  uint32_t code;

  numsys_gathering_init (&gathering);
  code = result (&call, operation, operand, i);
  numsys_gathering_clear (&gathering);
  return code;
}

void
numsys_default_apply (const numsys_target *target, numsys_operation operation,
                      const numsys_context *context, size_t n, const void *a,
                      const void *b, const void *c, void *out,
                      numsys_events *events)
{
  const size_t size = numsys_code_size (target);
  const void *const from[3] = { a, b, c };
  numsys_gathering gathering;
  const slot_call call = { target, context, &gathering, events };

  numsys_gathering_init (&gathering);
  for (size_t i = 0; i < n; i++)
    {
      uint32_t operand[3] = { 0 };

      for (int j = 0; j < 3; j++)
        if (from[j] != NULL)
          operand[j] = numsys_code_load (from[j], size, i);
      numsys_code_store (out, size, i,
                         result (&call, operation, operand, i));
    }
  numsys_gathering_clear (&gathering);
}

void
numsys_default_dot (const numsys_target *target, const numsys_context *context,
                    size_t n, const void *a, const void *b, void *out,
                    numsys_events *events)
{
  const size_t size = numsys_code_size (target);
  numsys_gathering gathering;
  numsys_place place;

  numsys_gathering_init (&gathering);
  numsys_gathering_begin (&gathering, target->gamma);
  for (size_t i = 0; i < n; i++)
    {
      numsys_number x
        = numsys_number_of_code (target, numsys_code_load (a, size, i));

      if (b == NULL)
        numsys_gather (&gathering, x);
      else
        numsys_gather_product (
          &gathering, x,
          numsys_number_of_code (target, numsys_code_load (b, size, i)));
    }
  place = numsys_gathering_place (&gathering, target, context, 0, events);
  numsys_code_store (
    out, size, 0,
    numsys_place_code (place, target, context->rounding, events));
  numsys_gathering_clear (&gathering);
}
