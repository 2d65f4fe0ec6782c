/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approximations of an LNS unit: four functions on integers, bit-true.

   gamma steps make an octave.  A step count k stands for 2^(k/gamma).  With F
   fraction bits an integer m stands for m 2^-F.  The functions, and what they
   approximate:

     sum          d >= 0             gamma log2 (1 + 2^(-d/gamma)), in steps
     difference   d >= 1             -gamma log2 (1 - 2^(-d/gamma)), in steps
     to-linear    0 <= r < gamma     2^F 2^(r/gamma)
     from-linear  2^F <= m < 2^(F+1) gamma log2 (m 2^-F), in steps, 0..gamma

   so that 2^(a/gamma) + 2^(b/gamma), a >= b, is 2^((a + sum (a - b))/gamma),
   and their difference 2^((a - difference (a - b))/gamma).

   An approximation is named by a spec, NAME or NAME:ENTRIES.  Its formulas
   stand at the head of its file and in the manual; its constants are correctly
   rounded; its errors are measured (numsys_approx_measure).  To add one, write
   its file and name it in registry.c.  Objects are immutable once made.  */

#ifndef NUMSYS_APPROX_APPROX_H
#define NUMSYS_APPROX_APPROX_H

#include "numsys/numsys.h"

#define NUMSYS_APPROX_MOST_GAMMA 65536
#define NUMSYS_APPROX_MOST_FRACTION 30
#define NUMSYS_APPROX_MOST_TABLES 6
#define NUMSYS_APPROX_MOST_PARAMS 2

typedef struct numsys_approx numsys_approx;

typedef enum numsys_approx_function
{
  NUMSYS_APPROX_SUM,
  NUMSYS_APPROX_DIFFERENCE,
  NUMSYS_APPROX_TO_LINEAR,
  NUMSYS_APPROX_FROM_LINEAR
} numsys_approx_function;

#define NUMSYS_APPROX_FUNCTIONS 4

extern const char *const
  numsys_approx_function_names[NUMSYS_APPROX_FUNCTIONS];

/* A table that the hardware holds: entry[i], of index first + i, stands for
   entry[i] 2^-fraction. */
typedef struct numsys_approx_table
{
  const char *name;
  const char *meaning;     /* of entry i, as a formula */
  int64_t first;
  size_t n;
  unsigned fraction;
  unsigned bits;           /* least width of an entry, unsigned */
  int64_t *entry;
  unsigned functions;      /* that read it: bits 1 << SUM and so on */
  /* The constant of an index, times 2^fraction, rounded as the table's. */
  int64_t (*constant) (const numsys_approx *approx, int64_t index,
                       unsigned fraction);
} numsys_approx_table;

/* One of the four functions, over an array. */
typedef void numsys_approx_map (const numsys_approx *approx, size_t n,
                                const int64_t x[], int64_t out[]);

typedef struct numsys_approx_type
{
  const char *name;
  const char *summary;           /* one line */
  const numsys_param *params;
  /* Fills in derived values and makes the tables (parts.h); gamma, fraction
     and where sum and difference vanish are known.  0, or -1 and why not. */
  int (*prepare) (numsys_approx *approx, numsys_error *error);
  numsys_approx_map *map[NUMSYS_APPROX_FUNCTIONS];
} numsys_approx_type;

/* Every approximation, ended by NULL. */
extern const numsys_approx_type *const numsys_approx_types[];

/* A new approximation of gamma steps an octave with this many fraction bits,
   owned by the caller; or NULL and a sentence. */
numsys_approx *numsys_approx_new (const char *spec, int64_t gamma,
                                  unsigned fraction, numsys_error *error);
void numsys_approx_free (numsys_approx *approx);   /* NULL is allowed */

const char *numsys_approx_spec (const numsys_approx *approx);   /* canonical */
int64_t numsys_approx_gamma (const numsys_approx *approx);
unsigned numsys_approx_fraction (const numsys_approx *approx);

/* One of the four functions of x[0..n), each within its domain. */
void numsys_approx_apply (const numsys_approx *approx,
                          numsys_approx_function function, size_t n,
                          const int64_t x[], int64_t out[]);

/* The table of this index, NULL after the last. */
const numsys_approx_table *numsys_approx_table_of (const numsys_approx *approx,
                                                   size_t index);
/* Bits of all tables together. */
uint64_t numsys_approx_bits (const numsys_approx *approx);
/* Bits of those that a set of functions (bits 1 << SUM and so on) reads. */
uint64_t numsys_approx_bits_of (const numsys_approx *approx,
                                unsigned functions);

/* The least d from which the correctly rounded sum, or difference, is 0. */
int64_t numsys_approx_end (const numsys_approx *approx,
                           numsys_approx_function function);

/* How wrong a function is: in steps, and by the relative error of the number
   that it stands for.  mean is that of magnitudes, bias that with signs;
   least and most are the ends with signs. */
typedef struct numsys_approx_error
{
  uint64_t judged;
  double largest, least, most, mean, bias;               /* steps */
  double relative_largest, relative_mean, relative_bias;
  int64_t where;                                         /* of the largest */
} numsys_approx_error;

/* Over every argument: of sum and difference up to where both the exact and
   the approximated function vanish; of from-linear every 2^(F - 16)-th m when
   F > 16. */
numsys_approx_error numsys_approx_measure (const numsys_approx *approx,
                                           numsys_approx_function function);

/* The same over first <= x < end, all within the domain; end may lie behind
   where sum and difference vanish. */
numsys_approx_error numsys_approx_measure_between (
  const numsys_approx *approx, numsys_approx_function function, int64_t first,
  int64_t end);

/* out = a + b or a - b (NUMSYS_ADD, NUMSYS_SUBTRACT) on codes of an LNS of the
   approximation's gamma, by sum and difference; range, underflow, zero and
   cancellation are those of the exact operations.  out may be an operand. */
void numsys_approx_add (const numsys_approx *approx, const numsys *system,
                        numsys_operation operation, size_t n,
                        const uint32_t a[], const uint32_t b[],
                        uint32_t out[], numsys_events *events);

#endif
