/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of terms c 2^q. */

#include <config.h>
#include <stdlib.h>
#include "numsys/oracle/number.h"

void
oracle_sum_init (oracle_sum *sum)
{
  *sum = (oracle_sum) {0};
}

void
oracle_sum_clear (oracle_sum *sum)
{
  for (size_t i = 0; i < sum->room; i++)
    {
      mpz_clear (sum->c[i]);
      mpq_clear (sum->q[i]);
    }
  free (sum->c);
  free (sum->q);
  *sum = (oracle_sum) {0};
}

void
oracle_sum_zero (oracle_sum *sum)
{
  sum->n = 0;
}

/* Makes room for one more term.  A judge without memory can judge nothing. */
static void
grow (oracle_sum *sum)
{
  const size_t room = 2 * sum->room + 4;

  if (sum->n < sum->room)
    return;
  sum->c = realloc (sum->c, room * sizeof *sum->c);
  sum->q = realloc (sum->q, room * sizeof *sum->q);
  if (sum->c == NULL || sum->q == NULL)
    abort ();
  for (size_t i = sum->room; i < room; i++)
    {
      mpz_init (sum->c[i]);
      mpq_init (sum->q[i]);
    }
  sum->room = room;
}

void
oracle_sum_add (oracle_sum *sum, const mpz_t c, const mpq_t q)
{
  if (mpz_sgn (c) == 0)
    return;
  grow (sum);
  mpz_set (sum->c[sum->n], c);
  mpq_set (sum->q[sum->n], q);
  sum->n++;
}

void
oracle_sum_add_product (oracle_sum *sum, int sign, const oracle_sum *a,
                        const oracle_sum *b)
{
  for (size_t i = 0; i < a->n; i++)
    for (size_t j = 0; j < b->n; j++)
      {
        grow (sum);
        mpz_mul (sum->c[sum->n], a->c[i], b->c[j]);
        if (sign < 0)
          mpz_neg (sum->c[sum->n], sum->c[sum->n]);
        mpq_add (sum->q[sum->n], a->q[i], b->q[j]);
        sum->n++;
      }
}
