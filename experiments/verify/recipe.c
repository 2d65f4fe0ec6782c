/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results less what does not matter to where they lie.  */

#include <config.h>

#include "experiments/verify/recipe.h"

/* Steps of products of three operands fit into a key up to this width. */
#define MOST_FMA_BITS 20

static void
swap_up (int64_t *a, int64_t *b)
{
  const int64_t t = *a;

  if (*a >= *b)
    return;
  *a = *b;
  *b = t;
}

/* a + b, b's sign given against a's: positive a, of the greater magnitude. */
static void
recipe_of_sum (const verify_question *q, int64_t a, int64_t b,
               int a_negative, int b_negative, verify_recipe *out)
{
  const int is_log = q->operand.family == ORACLE_LNS;

  out->flip = a >= b ? a_negative : b_negative;
  out->negative = a_negative != b_negative;
  swap_up (&a, &b);
  out->shift = is_log ? b : 0;
  out->step[0] = a - out->shift;
  out->step[1] = b - out->shift;
  out->key = is_log ? (uint64_t) out->step[0]
             : (uint64_t) a << oracle_code_bits (&q->operand) | (uint64_t) b;
}

static void
recipe_of_product (const verify_question *q, int64_t a, int64_t b,
                   verify_recipe *out)
{
  swap_up (&a, &b);
  if (q->operand.family == ORACLE_LNS)
    {
      a += b;
      b = 0;
    }
  out->step[0] = a;
  out->step[1] = b;
  out->key = (uint64_t) a << oracle_code_bits (&q->operand) | (uint64_t) b;
  if (q->operand.family == ORACLE_LNS)
    out->key = (uint64_t) a;
}

static void
recipe_of_quotient (const verify_question *q, int64_t a, int64_t b,
                    verify_recipe *out)
{
  const unsigned bits = oracle_code_bits (&q->operand);

  if (q->operand.family == ORACLE_LNS)
    {
      out->step[0] = a - b;
      out->key = (uint64_t) (a - b + (INT64_C (1) << bits));
      return;
    }
  out->step[0] = a;
  out->step[1] = b;
  out->key = (uint64_t) a << bits | (uint64_t) b;
}

/* In an LNS a b is a value again, of some step: a b + c is a sum. */
static void
recipe_of_fma (const verify_question *q, const oracle_result read[],
               verify_recipe *out)
{
  const unsigned bits = oracle_code_bits (&q->operand);
  const int negative = read[0].negative != read[1].negative;
  int64_t a = read[0].step, b = read[1].step;

  if (q->operand.family == ORACLE_LNS)
    {
      recipe_of_sum (q, a + b - q->operand.bias, read[2].step, negative,
                     read[2].negative, out);
      out->step[2] = out->step[1];
      out->step[1] = q->operand.bias;    /* the step of 1 */
      return;
    }
  if (bits > MOST_FMA_BITS)
    {
      out->tag = 0;
      return;
    }
  swap_up (&a, &b);
  out->flip = negative;
  out->negative = negative != read[2].negative;
  out->step[0] = a;
  out->step[1] = b;
  out->step[2] = read[2].step;
  out->key = ((uint64_t) a << bits | (uint64_t) b) << bits
             | (uint64_t) read[2].step;
}

/* b, where a is zero; negate: what becomes of b's sign. */
static void
recipe_of_value (const verify_question *q, const oracle_result *b, int negate,
                 verify_recipe *out)
{
  const int is_log = q->operand.family == ORACLE_LNS;

  *out = (verify_recipe) { .tag = VERIFY_ALONE };
  out->flip = b->negative != negate;
  out->shift = is_log ? b->step : 0;
  out->step[0] = b->step - out->shift;
  out->key = (uint64_t) out->step[0];
}

/* The least or the greatest is one of the two; zeros, whose order is that of
   their signs, are left out.  */
static void
recipe_of_extreme (const verify_question *q, const oracle_result read[],
                   verify_recipe *out)
{
  const int a_is_less = verify_rank (&q->operand, &read[0])
                        < verify_rank (&q->operand, &read[1]);
  const oracle_result *extreme
    = &read[a_is_less != (q->operation == NUMSYS_MIN)];

  if (!extreme->is_zero)
    recipe_of_value (q, extreme, 0, out);
}

static int
is_extreme (const verify_question *q)
{
  return q->kind == VERIFY_APPLY
         && (q->operation == NUMSYS_MIN || q->operation == NUMSYS_MAX);
}

/* A sum of which one operand is zero. */
static void
recipe_of_zero (const verify_question *q, const oracle_result read[],
                verify_recipe *out)
{
  if (q->kind != VERIFY_APPLY || (q->operation != NUMSYS_ADD
                                  && q->operation != NUMSYS_SUBTRACT)
      || read[0].is_zero == read[1].is_zero)
    return;
  if (read[0].is_zero)
    recipe_of_value (q, &read[1], q->operation == NUMSYS_SUBTRACT, out);
  else
    recipe_of_value (q, &read[0], 0, out);
}

void
verify_recipe_of (const verify_question *question, uint32_t *const operand[],
                  size_t i, verify_recipe *out)
{
  oracle_result read[3] = {0};
  int zeros = 0;

  *out = (verify_recipe) {0};
  if (question->operands > 3 || question->kind == VERIFY_COMPARE
      || question->kind > VERIFY_CONVERT)
    return;
  for (size_t k = 0; k < question->operands; k++)
    {
      oracle_read_step (&question->operand, operand[k][i], &read[k]);
      if (read[k].class != ORACLE_FINITE)
        return;
      zeros += read[k].is_zero;
    }
  if (is_extreme (question))
    {
      recipe_of_extreme (question, read, out);
      return;
    }
  if (zeros > 0)
    {
      recipe_of_zero (question, read, out);
      return;
    }
  out->tag = 1;
  out->flip = read[0].negative;
  out->step[0] = read[0].step;
  out->key = (uint64_t) read[0].step;
  if (question->kind == VERIFY_CONVERT)
    return;
  switch (question->operation)
    {
    case NUMSYS_ADD:
    case NUMSYS_SUBTRACT:
      recipe_of_sum (question, read[0].step, read[1].step, read[0].negative,
                     read[1].negative
                       != (question->operation == NUMSYS_SUBTRACT), out);
      break;
    case NUMSYS_MULTIPLY:
      recipe_of_product (question, read[0].step, read[1].step, out);
      out->flip = read[0].negative != read[1].negative;
      break;
    case NUMSYS_DIVIDE:
      recipe_of_quotient (question, read[0].step, read[1].step, out);
      out->flip = read[0].negative != read[1].negative;
      break;
    case NUMSYS_SQRT:
      out->tag = !read[0].negative;
      break;
    case NUMSYS_FMA:
      recipe_of_fma (question, read, out);
      break;
    default:
      out->tag = 0;
    }
  if (out->tag != 0)
    out->tag = 1 + (out->negative != 0);
  else
    *out = (verify_recipe) {0};
}

/* Operands of at most three. */
static void
init (oracle_number number[3])
{
  for (int k = 0; k < 3; k++)
    oracle_number_init (&number[k]);
}

static void
clear (oracle_number number[3])
{
  for (int k = 0; k < 3; k++)
    oracle_number_clear (&number[k]);
}

static void
apply (const verify_question *question, const oracle_number number[3],
       oracle_number *x)
{
  const size_t n = question->operands;
  numsys_operation operation = question->operation;

  if (question->kind == VERIFY_CONVERT)
    oracle_number_copy (x, &number[0]);
  else
    oracle_apply (operation, &number[0], n > 1 ? &number[1] : NULL,
                  n > 2 ? &number[2] : NULL, x);
}

void
verify_recipe_number (const verify_question *question,
                      const verify_recipe *recipe, oracle_number *x)
{
  const size_t last = question->operands - 1;
  verify_question sum = *question;
  oracle_number number[3];

  if (recipe->tag == VERIFY_ALONE)
    {
      oracle_number_zero (x, 0);
      oracle_step_value (&question->operand, recipe->step[0], &x->top);
      return;
    }
  init (number);
  for (size_t k = 0; k <= last; k++)
    oracle_step_value (&question->operand, recipe->step[k], &number[k].top);
  number[last].negative = recipe->negative;
  if (sum.operation == NUMSYS_SUBTRACT)
    sum.operation = NUMSYS_ADD;
  apply (&sum, number, x);
  clear (number);
}

static void
accumulate (const verify_question *question, uint32_t *const operand[],
            size_t i, oracle_number *x)
{
  const int is_dot = question->kind == VERIFY_DOT;
  oracle_number number[3];

  init (number);
  for (size_t k = 0; k < question->length; k++)
    {
      oracle_value (&question->operand, operand[k][i], &number[0]);
      if (is_dot)
        oracle_value (&question->operand, operand[question->length + k][i],
                      &number[1]);
      if (k > 0)
        oracle_accumulate (x, &number[0], is_dot ? &number[1] : NULL);
      else if (is_dot)
        oracle_apply (NUMSYS_MULTIPLY, &number[0], &number[1], NULL, x);
      else
        oracle_number_copy (x, &number[0]);
    }
  clear (number);
}

void
verify_exact (const verify_question *question, uint32_t *const operand[],
              size_t i, oracle_number *x)
{
  oracle_number number[3];

  if (question->kind == VERIFY_SUM || question->kind == VERIFY_DOT)
    {
      accumulate (question, operand, i, x);
      return;
    }
  init (number);
  for (size_t k = 0; k < question->operands; k++)
    oracle_value (&question->operand, operand[k][i], &number[k]);
  apply (question, number, x);
  clear (number);
}
