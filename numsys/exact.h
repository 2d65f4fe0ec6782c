/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact arithmetic on sums of terms c 2^(k / gamma), c and k integers.

   Every value of every coded system is one such term, and every question that
   correct rounding asks is the sign of such a sum.  Memory comes from GMP's
   allocation functions, whose policy holds when it runs out.  Not
   installed.  */

#ifndef NUMSYS_EXACT_H
#define NUMSYS_EXACT_H

#include <stddef.h>
#include <stdint.h>
#include <gmp.h>

/* Wide enough for the least common multiple of two gammas and of the fine
   steps 2^(1 / (gamma 2^33)) of stochastic-log. */
__extension__ typedef __int128 numsys_wide;

/* c 2^(q + r / gamma), 0 <= r < gamma; gamma is the sum's. */
typedef struct numsys_term
{
  mpz_t c;
  int64_t q;
  numsys_wide r;
} numsys_term;

typedef struct numsys_sum
{
  numsys_wide gamma;
  size_t n;              /* terms in use */
  size_t made;           /* terms whose c is initialised */
  numsys_term *terms;
} numsys_sum;

/* fraction 2^exponent, 1 <= fraction < 2, within a millionth of a magnitude:
   where to look first, never what to believe. */
typedef struct numsys_near
{
  double fraction;
  int64_t exponent;
} numsys_near;

void numsys_sum_init (numsys_sum *sum);
void numsys_sum_clear (numsys_sum *sum);

/* sum = 0, its terms to come having this gamma. */
void numsys_sum_zero (numsys_sum *sum, numsys_wide gamma);

/* Appends a term with exponent k / gamma and returns its coefficient, for the
   caller to set. */
mpz_ptr numsys_sum_extend (numsys_sum *sum, numsys_wide k);

/* sum += a b, or sum -= a b if negate; b == NULL stands for 1.  sum is
   neither a nor b. */
void numsys_sum_add_product (numsys_sum *sum, int negate, const numsys_sum *a,
                             const numsys_sum *b);

void numsys_sum_negate (numsys_sum *sum);

/* Writes sum with as few terms as are needed; its value stays. */
void numsys_sum_reduce (numsys_sum *sum);

/* -1, 0 or 1, never a guess; sum may be reduced.  near may be NULL, and is
   not set for 0. */
int numsys_sum_sign (numsys_sum *sum, numsys_near *near);

/* floor (2^fraction_bits 2^(num / den)), 0 <= num < den, fraction_bits <= 62;
   exact, which may be NULL, says whether nothing was cut off. */
uint64_t numsys_exact_pow2 (uint32_t num, uint32_t den, unsigned fraction_bits,
                            int *exact);

#endif
