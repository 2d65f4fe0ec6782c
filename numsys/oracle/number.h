/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact numbers: sums of terms c 2^q, c an integer and q a fraction, and
   roots of quotients of such sums.  Every value of a number system, and every
   result of one operation on values, is such a number.  */

#ifndef NUMSYS_ORACLE_NUMBER_H
#define NUMSYS_ORACLE_NUMBER_H

#include <stddef.h>
#include <gmp.h>
#include <mpfr.h>

typedef struct oracle_sum
{
  size_t n, room;     /* terms in use, and made */
  mpz_t *c;
  mpq_t *q;
} oracle_sum;

void oracle_sum_init (oracle_sum *sum);
void oracle_sum_clear (oracle_sum *sum);
/* sum = 0. */
void oracle_sum_zero (oracle_sum *sum);
/* sum += c 2^q. */
void oracle_sum_add (oracle_sum *sum, const mpz_t c, const mpq_t q);
/* sum += sign a b; sum is neither a nor b. */
void oracle_sum_add_product (oracle_sum *sum, int sign, const oracle_sum *a,
                             const oracle_sum *b);
/* -1, 0 or 1, never a guess. */
int oracle_sum_sign (const oracle_sum *sum);
/* Bounds of sum, at the precision of these two; equal when that precision and
   all q are whole enough to hold it.  */
void oracle_sum_bounds (const oracle_sum *sum, mpfr_t below, mpfr_t above);
/* Bounds of log2 sum, sum > 0, at the precision of these two. */
void oracle_sum_log2 (const oracle_sum *sum, mpfr_t below, mpfr_t above);

typedef enum oracle_class
{
  ORACLE_FINITE,
  ORACLE_INFINITE,
  ORACLE_NAN
} oracle_class;

/* A finite number's magnitude to the power `power' (1 or 2) is top / bottom.
   Zero has a sign too: top is 0 then; one that cancellation made takes its
   sign from the rounding.  An infinity is `made' by division of finite
   numbers.  */
typedef struct oracle_number
{
  oracle_class class;
  int negative;
  int cancels;
  int made;
  int power;
  oracle_sum top, bottom;
} oracle_number;

void oracle_number_init (oracle_number *x);
void oracle_number_clear (oracle_number *x);
/* x = 0, 1 or a special. */
void oracle_number_zero (oracle_number *x, int negative);
void oracle_number_special (oracle_number *x, oracle_class class,
                            int negative);
/* x = +-c 2^q; c > 0. */
void oracle_number_term (oracle_number *x, int negative, const mpz_t c,
                         const mpq_t q);
/* x = value; the precise value of a double, or of an mpfr_t. */
void oracle_number_mpfr (oracle_number *x, const mpfr_t value);
void oracle_number_copy (oracle_number *out, const oracle_number *x);
int oracle_number_is_zero (const oracle_number *x);
/* The sign of |x| - bound, x finite. */
int oracle_number_against (const oracle_number *x, const oracle_sum *bound);
/* Bounds of log2 |x|, x finite and not zero. */
void oracle_number_log2 (const oracle_number *x, mpfr_t below, mpfr_t above);

#endif
