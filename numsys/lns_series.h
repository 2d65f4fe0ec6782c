/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three smooth functions in pieces of polynomials, in fixed point:

     1  F (u) = log2 (1 + 2^-u)                  0 <= u < reach
     2  E (u) = log2 (u / (1 - 2^-u))            0 <= u < reach
     3  L (m) = log2 (1 + m)                     0 <= m < 1

   so that log2 (1 - 2^-u) = log2 u - E (u).  Values come in units of
   2^-NUMSYS_SERIES_UNIT.

   Each is within 2^-44 + 2^-56 of the truth.  The first part of the error is
   what comes after the fifth power of Taylor's series, |f^(6)| h^6 / 6!, h
   half a piece.  With l = ln 2, v = l u and the partial fractions of the hyperbolic
   tangent and cotangent, where sums go over all odd, all nonzero k,

     F' (u) = -1/2 + sum 1 / (v - pi i k),
     E' (u) = 1/2 - sum 1 / (v - 2 pi i k);

   five more derivatives give

     F: l^5 2 (1 + 3^-6 + ...) pi^-6 h^6 / 6 < 5.6e-5 2^-30 < 2^-44,
     E: l^5 2 (1 + 2^-6 + ...) (2 pi)^-6 h^6 / 6 < 9e-7 2^-24 < 2^-44,

   h being 2^-5 and 2^-4; and for L, h = 2^-7, the series beyond the fifth
   power stays below

     h^6 / (6 l (1 - h)) < 0.25 2^-42 = 2^-44.

   The second part: a coefficient is rounded to a unit (1/2), and each of the
   five steps of Horner's rule cuts off less than one and multiplies by at most
   1/2 what came before: less than 4 units of 2^-58 in all.

   So F is known within 2^-43, and log2 (1 - 2^-u) within 2^-42.  Not
   installed.  */

#ifndef NUMSYS_LNS_SERIES_H
#define NUMSYS_LNS_SERIES_H

#include <stddef.h>
#include <stdint.h>

#define NUMSYS_SERIES_UNIT 58   /* a unit is 2^-58 */
#define NUMSYS_SERIES_ERROR (INT64_C (1) << (NUMSYS_SERIES_UNIT - 42))
#define NUMSYS_SERIES_TERMS 6

/* Pieces are 2 to minus these long. */
#define NUMSYS_SERIES_PIECES_F 4
#define NUMSYS_SERIES_PIECES_E 3
#define NUMSYS_SERIES_PIECES_L 6

/* Coefficients of powers of t, |t| <= 1/2 over the piece. */
typedef struct numsys_piece
{
  int64_t c[NUMSYS_SERIES_TERMS];
} numsys_piece;

typedef struct numsys_series
{
  numsys_piece *f, *e;
  numsys_piece l[1 << NUMSYS_SERIES_PIECES_L];
} numsys_series;

/* F and E for 0 <= u < reach; NULL when memory ran out. */
numsys_series *numsys_series_new (unsigned reach);
void numsys_series_free (numsys_series *series);   /* NULL is allowed */

/* gamma log2 ((1 + 2^(1/gamma)) / 2) and log2 (gamma / 2^whole), 1 <= gamma /
   2^whole < 2, rounded down to units. */
uint64_t numsys_series_middle (int64_t gamma);
int64_t numsys_series_log2 (int64_t gamma, unsigned whole);

#endif
