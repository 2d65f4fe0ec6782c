/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and dot products before the oracle.  */

#include <config.h>
#include <stdlib.h>
#include "tests/numsys/vectors.h"
#include "tests/tap/tap.h"

void
vectors_begin (vectors *v, const char *spec, int is_dot, size_t length,
               size_t n)
{
  *v = (vectors) { .system = judging_open (spec), .is_dot = is_dot,
                   .length = length, .n = n, .room = length * n };
  judging_begin (&v->j, v->system, is_dot ? "dot" : "sum");
  for (int k = 0; k < 2; k++)
    {
      v->codes[k] = calloc (v->room, sizeof *v->codes[k]);
      v->elements[k] = numsys_elements_new (v->system, v->room);
      if (v->codes[k] == NULL || v->elements[k] == NULL)
        bail_out ("out of memory");
    }
}

uint64_t
vectors_end (vectors *v)
{
  for (int k = 0; k < 2; k++)
    {
      free (v->codes[k]);
      numsys_elements_free (v->system, v->room, v->elements[k]);
    }
  numsys_free (v->system);
  return v->j.cases;
}

static void
compute (const void *data, const numsys_context *context, void *out,
         numsys_events *events)
{
  const vectors *v = data;
  numsys_context own = *context;

  for (size_t i = 0; i < v->n; i++, own.first++)
    numsys_dot (v->system, &own, v->length,
                numsys_element (v->system, v->elements[0], i * v->length),
                v->is_dot ? numsys_element (v->system, v->elements[1],
                                            i * v->length)
                          : NULL,
                numsys_element (v->system, out, i), events);
}

static int
order (const void *a, const void *b)
{
  const uint64_t *x = a;
  const uint64_t *y = b;

  return (*x > *y) - (*x < *y);
}

/* sum += count times the value of a code, or of a product of two.  1, 2 or 0:
   its sign is positive, negative, or it is zero. */
static int
add_many (const vectors *v, uint64_t codes, long count, oracle_sum *sum)
{
  oracle_number a, b, x;
  int sign = 0;

  oracle_number_init (&a);
  oracle_number_init (&b);
  oracle_number_init (&x);
  oracle_value (&v->j.oracle, (uint32_t) (codes >> 32), &a);
  oracle_value (&v->j.oracle, (uint32_t) codes, &b);
  if (v->is_dot)
    oracle_apply (NUMSYS_MULTIPLY, &a, &b, NULL, &x);
  else
    oracle_number_copy (&x, &a);
  if (x.top.n != 0)
    {
      mpz_mul_si (x.top.c[0], x.top.c[0], x.negative ? -count : count);
      oracle_sum_add (sum, x.top.c[0], x.top.q[0]);
      sign = 1 + x.negative;
    }
  oracle_number_clear (&a);
  oracle_number_clear (&b);
  oracle_number_clear (&x);
  return sign;
}

/* Vector i, equal terms being taken together. */
static void
number (const void *data, size_t i, oracle_number *x)
{
  const vectors *v = data;
  uint64_t *pairs = calloc (v->length + 1, sizeof *pairs);
  int signs = 0;
  int sign;

  if (pairs == NULL)
    bail_out ("out of memory");
  oracle_number_zero (x, 0);
  for (size_t k = 0; k < v->length; k++)
    pairs[k] = (uint64_t) v->codes[0][i * v->length + k] << 32
               | (v->is_dot ? v->codes[1][i * v->length + k] : 0);
  qsort (pairs, v->length, sizeof *pairs, order);
  for (size_t k = 0, next; k < v->length; k = next)
    {
      for (next = k + 1; next < v->length && pairs[next] == pairs[k]; next++)
        ;
      signs |= add_many (v, pairs[k], (long) (next - k), &x->top);
    }
  sign = oracle_sum_sign (&x->top);
  for (size_t k = 0; k < x->top.n && sign < 0; k++)
    mpz_neg (x->top.c[k], x->top.c[k]);
  x->negative = sign < 0;
  if (sign == 0)
    oracle_number_zero (x, 0);
  x->cancels = sign == 0 && signs == 3;
  free (pairs);
}

void
vectors_judge (vectors *v, unsigned random_bits)
{
  for (int k = 0; k < 2; k++)
    numsys_from_codes (v->system, v->n * v->length, v->codes[k],
                       v->elements[k]);
  v->j.random_bits = random_bits;
  judging_batch (&v->j, v->n, compute, number, v);
}
