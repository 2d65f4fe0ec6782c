/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What approximations are built of.  Not installed.  */

#ifndef NUMSYS_APPROX_PARTS_H
#define NUMSYS_APPROX_PARTS_H

#include "numsys/approx/approx.h"
#include "numsys/exact.h"
#include "numsys/spec.h"

/* Which functions read a table. */
enum
{
  APPROX_SUM = 1 << NUMSYS_APPROX_SUM,
  APPROX_DIFFERENCE = 1 << NUMSYS_APPROX_DIFFERENCE,
  APPROX_TO_LINEAR = 1 << NUMSYS_APPROX_TO_LINEAR,
  APPROX_FROM_LINEAR = 1 << NUMSYS_APPROX_FROM_LINEAR,
  APPROX_ALL = (1 << NUMSYS_APPROX_FUNCTIONS) - 1
};

struct numsys_approx
{
  const numsys_approx_type *type;
  int64_t gamma;
  unsigned fraction;
  int64_t values[NUMSYS_APPROX_MOST_PARAMS];   /* of type->params */
  int64_t end[2];          /* where sum and difference vanish */
  unsigned shift[2];       /* log2 of the arguments that share an entry */
  size_t tables;
  numsys_approx_table table[NUMSYS_APPROX_MOST_TABLES];
  char spec[NUMSYS_SPEC_TEXT];
};

extern const numsys_approx_type numsys_approx_exact;
extern const numsys_approx_type numsys_approx_table_lookup;
extern const numsys_approx_type numsys_approx_mitchell;
extern const numsys_approx_type numsys_approx_hybrid;
extern const numsys_approx_type numsys_approx_linear;
extern const numsys_approx_type numsys_approx_cotransform;

/* --- Constants (constant.c), each correctly rounded, never a tie --- */

/* Nearest integer to 2^fraction 2^(num/den), -den <= num <= den. */
int64_t numsys_constant_power (int64_t num, int64_t den, unsigned fraction);

/* Nearest integer to 2^fraction gamma log2 (num/den), num >= den > 0. */
int64_t numsys_constant_log (int64_t gamma, int64_t num, int64_t den,
                             unsigned fraction);

/* Nearest integer to 2^fraction times gamma log2 (1 + 2^(-h/(2 gamma))), or
   times -gamma log2 (1 - 2^(-h/(2 gamma))), h >= 1 half steps then. */
int64_t numsys_constant_sum (int64_t gamma, int64_t h, unsigned fraction);
int64_t numsys_constant_difference (int64_t gamma, int64_t h,
                                    unsigned fraction);

/* --- Tables (approx.c) --- */

/* Appends a table of what shape says and fills it.  0, or -1 and a
   sentence. */
int numsys_approx_append (numsys_approx *approx,
                          const numsys_approx_table *shape,
                          numsys_error *error);

/* The parameter `entries', a power of two; preset may be NUMSYS_DERIVED. */
#define NUMSYS_APPROX_ENTRIES(preset, meaning)                                \
  { "entries", preset, 1, 65536, NULL, meaning }

/* 0, or -1 and a sentence when entries is no power of two. */
int numsys_approx_check_entries (const numsys_approx *approx,
                                 numsys_error *error);

/* Least s with n 2^s >= length. */
unsigned numsys_approx_shift (int64_t length, int64_t n);

/* --- Functions that several approximations share --- */

/* The whole tables of exact.c: of sums, of powers and of thresholds. */
int numsys_exact_append_sum (numsys_approx *approx, numsys_error *error);
int numsys_exact_append_linear (numsys_approx *approx, numsys_error *error);
/* Of which the first is table[0] and those of powers and thresholds are the
   last two. */
numsys_approx_map numsys_exact_sum, numsys_exact_to_linear,
  numsys_exact_from_linear;

/* Through the linear domain (detour.c), by the object's own to-linear and
   from-linear. */
numsys_approx_map numsys_detour_sum, numsys_detour_difference;


#endif
