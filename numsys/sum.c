/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of terms c 2^(q + r / gamma): making them, and writing them with few
   terms.  Their sign is in exact.c.  */

#include <config.h>
#include <stdlib.h>
#include "numsys/exact.h"

static numsys_wide
greatest_common_divisor (numsys_wide a, numsys_wide b)
{
  while (b != 0)
    {
      numsys_wide rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* Makes gamma a multiple of factor; values stay. */
static void
refine (numsys_sum *sum, numsys_wide factor)
{
  numsys_wide times;

  if (sum->gamma == factor || factor == 1)
    return;
  times = factor / greatest_common_divisor (sum->gamma, factor);
  if (times == 1)
    return;
  sum->gamma *= times;
  for (size_t i = 0; i < sum->n; i++)
    sum->terms[i].r *= times;
}

void
numsys_sum_init (numsys_sum *sum)
{
  *sum = (numsys_sum) { .gamma = 1 };
}

void
numsys_sum_clear (numsys_sum *sum)
{
  void (*release) (void *, size_t);

  for (size_t i = 0; i < sum->made; i++)
    mpz_clear (sum->terms[i].c);
  mp_get_memory_functions (NULL, NULL, &release);
  if (sum->made != 0)
    release (sum->terms, sum->made * sizeof *sum->terms);
}

void
numsys_sum_zero (numsys_sum *sum, numsys_wide gamma)
{
  sum->gamma = gamma;
  sum->n = 0;
}

/* Twice the terms, or a first few. */
static void
grow (numsys_sum *sum)
{
  const size_t size = sizeof *sum->terms;
  size_t made = sum->made == 0 ? 8 : 2 * sum->made;
  void *(*allocate) (size_t);
  void *(*reallocate) (void *, size_t, size_t);

  mp_get_memory_functions (&allocate, &reallocate, NULL);
  sum->terms = sum->made == 0
                 ? allocate (made * size)
                 : reallocate (sum->terms, sum->made * size, made * size);
  for (size_t i = sum->made; i < made; i++)
    mpz_init (sum->terms[i].c);
  sum->made = made;
}

/* The next term, its c to be set. */
static numsys_term *
append (numsys_sum *sum)
{
  if (sum->n == sum->made)
    grow (sum);
  return &sum->terms[sum->n++];
}

mpz_ptr
numsys_sum_extend (numsys_sum *sum, numsys_wide k)
{
  numsys_term *term = append (sum);
  numsys_wide gamma = sum->gamma;

  if (gamma == 1)
    {
      term->q = (int64_t) k;
      term->r = 0;
    }
  else
    {
      /* Division of 64 bits is several times faster. */
      if (k == (int64_t) k && gamma == (int64_t) gamma)
        term->q = (int64_t) k / (int64_t) gamma;
      else
        term->q = (int64_t) (k / gamma);
      term->r = k - term->q * gamma;
      if (term->r < 0)
        {
          term->r += gamma;
          term->q--;
        }
    }
  return term->c;
}

void
numsys_sum_add_product (numsys_sum *sum, int negate, const numsys_sum *a,
                        const numsys_sum *b)
{
  static const numsys_term one;   /* of its q and r only */
  size_t count = b == NULL ? 1 : b->n;
  numsys_wide times_a, times_b;

  refine (sum, a->gamma);
  if (b != NULL)
    refine (sum, b->gamma);
  times_a = sum->gamma == a->gamma ? 1 : sum->gamma / a->gamma;
  times_b = b == NULL || sum->gamma == b->gamma ? 1 : sum->gamma / b->gamma;
  for (size_t i = 0; i < a->n; i++)
    for (size_t j = 0; j < count; j++)
      {
        numsys_term *term = append (sum);
        const numsys_term *other = b == NULL ? &one : &b->terms[j];

        term->q = a->terms[i].q + other->q;
        term->r = a->terms[i].r * times_a + other->r * times_b;
        if (term->r >= sum->gamma)
          {
            term->r -= sum->gamma;
            term->q++;
          }
        if (b == NULL)
          mpz_set (term->c, a->terms[i].c);
        else
          mpz_mul (term->c, a->terms[i].c, other->c);
        if (negate)
          mpz_neg (term->c, term->c);
      }
}

void
numsys_sum_negate (numsys_sum *sum)
{
  for (size_t i = 0; i < sum->n; i++)
    mpz_neg (sum->terms[i].c, sum->terms[i].c);
}

/* By group, then from high to low. */
static int
order (const void *a, const void *b)
{
  const numsys_term *x = a;
  const numsys_term *y = b;

  if (x->r != y->r)
    return x->r < y->r ? -1 : 1;
  return (x->q < y->q) - (x->q > y->q);
}

static void
swap (numsys_term *a, numsys_term *b)
{
  numsys_term t = *a;

  *a = *b;
  *b = t;
}

static void
sort (numsys_sum *sum)
{
  if (sum->n > 16)
    {
      qsort (sum->terms, sum->n, sizeof *sum->terms, order);
      return;
    }
  for (size_t i = 1; i < sum->n; i++)
    for (size_t j = i; j > 0; j--)
      {
        if (order (&sum->terms[j - 1], &sum->terms[j]) <= 0)
          break;
        swap (&sum->terms[j - 1], &sum->terms[j]);
      }
}

/* Exponents further apart than this begin a new segment: n terms of the most
   bits here, all with exponents that much lower, stay below 1. */
static uint64_t
far_apart (const numsys_sum *sum)
{
  size_t bits = 0;

  for (size_t i = 0; i < sum->n; i++)
    {
      size_t size = mpz_sizeinbase (sum->terms[i].c, 2);

      bits = size > bits ? size : bits;
    }
  return bits + 64;
}

void
numsys_sum_reduce (numsys_sum *sum)
{
  uint64_t far = far_apart (sum);
  size_t kept = 0;

  sort (sum);
  for (size_t i = 0; i < sum->n; i++)
    {
      numsys_term *term = &sum->terms[i];
      numsys_term *last = kept == 0 ? NULL : &sum->terms[kept - 1];

      if (mpz_sgn (term->c) == 0)
        continue;
      if (last == NULL || last->r != term->r
          || (uint64_t) last->q - (uint64_t) term->q > far)
        {
          swap (&sum->terms[kept++], term);
          continue;
        }
      mpz_mul_2exp (last->c, last->c, (mp_bitcnt_t) (last->q - term->q));
      mpz_add (last->c, last->c, term->c);
      last->q = term->q;
      if (mpz_sgn (last->c) == 0)
        kept--;
    }
  sum->n = kept;
}
