/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The datapath of an LNS dot product, bit-true: this scalar code is its
   definition, and the same integers are asked of any hardware or kernel.

   An operand is a stored exponent e, 0 <= e <= top, a sign, and whether it is
   zero.  Of two operands with gammas ga and gb, L being their least common
   multiple:

     p = e_a L/ga + e_b L/gb,  p = q L + r, 0 <= r < L;  signs are XORed
     C[r] = to-linear (r) of the approximation for L steps an octave, with F
            fraction bits (numsys/approx/approx.h)

   The accumulator is a two's complement integer of A bits with unit 2^lsb,
   the product of two stored exponents 0 being 1: biases are not seen here.

   Direct (binning=0): a product becomes the term +-C[r] 2^(q - F - lsb), made
   an integer by `round': zero cuts its magnitude, nearest adds a half to it
   first, down takes the floor of the signed term (what a two's complement
   shifter does).  Terms are added in the order stated; a product with zero adds
   nothing.  Every addition is exact and then brought into range: saturate
   holds it to -2^(A-1) .. 2^(A-1) - 1, wrap reduces it modulo 2^A.  Orders:

     sequential   one accumulator from 0, products in turn
     pairwise     a tree of adders: of n products the largest power of two
                  below n first, the rest after; one alone is added to 0
     blocked      blocks of N products each as sequential; their sums, in
                  turn, from 0

   Binning (binning=1): a product becomes +-2^(q - lsb), made an integer as
   above, and is added to bin r, one of L accumulators of A bits.  At the end
   the sum of C[r] bin[r] 2^-F, exact until then, is made an integer by `round'
   and brought into range once.  It equals direct when nothing is discarded.

   By default lsb leaves `headroom' bits above the largest product:
   lsb = floor (p_top / L) + 1 + headroom - (A - 1).  */

#ifndef NUMSYS_DATAPATH_DATAPATH_H
#define NUMSYS_DATAPATH_DATAPATH_H

#include "numsys/numsys.h"

typedef struct numsys_datapath numsys_datapath;

/* One number as the hardware sees it: 0 is zero, and others are 2 (e + 1), or 1
   more if negative. */
typedef uint32_t numsys_datapath_number;

static inline numsys_datapath_number
numsys_datapath_number_of (int64_t e, int is_negative)
{
  return 2 * ((uint32_t) e + 1) + (is_negative != 0);
}

/* The stored exponent of one that is not zero. */
static inline int64_t
numsys_datapath_exponent (numsys_datapath_number x)
{
  return (int64_t) (x / 2) - 1;
}

/* -1, 1, or 0 for zero. */
static inline int
numsys_datapath_sign (numsys_datapath_number x)
{
  return x == 0 ? 0 : x % 2 != 0 ? -1 : 1;
}

/* What numbers of an operand may be. */
typedef struct numsys_datapath_operand
{
  int64_t gamma;
  int64_t top;    /* largest stored exponent */
} numsys_datapath_operand;

/* What happened, added to by each call. */
typedef struct numsys_datapath_events
{
  uint64_t products;    /* of two nonzero numbers */
  uint64_t truncated;   /* of these, terms that lost a nonzero part */
  uint64_t vanished;    /* ... that became 0 */
  uint64_t overflow;    /* additions that left the range, the last rounding of
                           bins included */
} numsys_datapath_events;

extern const numsys_param numsys_datapath_params[];

/* Writes a spec `datapath:acc=24,approx=hybrid:4,...' in canonical form, all
   values expanded.  0, or -1 and a sentence. */
int numsys_datapath_canonical (const char *spec, char out[], size_t room,
                               numsys_error *error);

/* The datapath of a spec for these operands, owned by the caller; or NULL and
   a sentence. */
numsys_datapath *numsys_datapath_new (const char *spec,
                                      numsys_datapath_operand a,
                                      numsys_datapath_operand b,
                                      numsys_error *error);
void numsys_datapath_free (numsys_datapath *path);   /* NULL is allowed */

int64_t numsys_datapath_gamma (const numsys_datapath *path);   /* L */
unsigned numsys_datapath_bits (const numsys_datapath *path);   /* A */
int64_t numsys_datapath_lsb (const numsys_datapath *path);
int numsys_datapath_gives_lns (const numsys_datapath *path);   /* back=lns */

/* The accumulator after the dot product of a[i step_a] and b[i step_b];
   bins, if any, are room for L integers. */
int64_t numsys_datapath_dot (const numsys_datapath *path, size_t n,
                             const numsys_datapath_number a[], size_t step_a,
                             const numsys_datapath_number b[], size_t step_b,
                             int64_t bins[], numsys_datapath_events *events);

/* Where an operand of a matrix product lies: number (i, p), p counting along
   the axis that is added up, at number[i outer + p inner]. */
typedef struct numsys_datapath_matrix
{
  const numsys_datapath_number *number;
  size_t outer, inner;
} numsys_datapath_matrix;

/* Memory that products of any datapaths and shapes use one after the other, so
   that it need not be asked for anew. */
typedef struct numsys_datapath_scratch numsys_datapath_scratch;

/* Owned by the caller; NULL when memory ran out. */
numsys_datapath_scratch *numsys_datapath_scratch_new (void);
/* NULL is allowed. */
void numsys_datapath_scratch_free (numsys_datapath_scratch *scratch);

/* All dot products of the m rows of a and the n of b, k numbers long: out
   (m, n) and the events are what numsys_datapath_dot gives of each.  Scratch
   may be NULL.  0, or -1 when memory ran out; then nothing was written or
   counted. */
int numsys_datapath_multiply (const numsys_datapath *path, size_t m, size_t n,
                              size_t k, const numsys_datapath_matrix *a,
                              const numsys_datapath_matrix *b, int64_t out[],
                              numsys_datapath_scratch *scratch,
                              numsys_datapath_events *events);

/* Where the results of a product are wanted as floats: (m, n), rows `stride'
   apart. */
typedef struct numsys_datapath_results
{
  float *c;
  size_t stride;
  int64_t offset;   /* as numsys_datapath_back takes it */
  int adds;         /* to c, in float32; else they overwrite it */
} numsys_datapath_results;

/* The same, of each accumulator what numsys_datapath_back gives. */
int numsys_datapath_multiply_back (const numsys_datapath *path, size_t m,
                                   size_t n, size_t k,
                                   const numsys_datapath_matrix *a,
                                   const numsys_datapath_matrix *b,
                                   const numsys_datapath_results *results,
                                   numsys_datapath_scratch *scratch,
                                   numsys_datapath_events *events);

/* What biases of the operands (value 2^((e - bias)/gamma)) make of a product:
   steps of L to be added. */
int64_t numsys_datapath_offset (const numsys_datapath *path, int64_t bias_a,
                                int64_t bias_b);

/* The float nearest to accumulator 2^(lsb + offset/L), ties to even, rounded
   once. */
float numsys_datapath_float (const numsys_datapath *path, int64_t accumulator,
                             int64_t offset);

/* The same of n of them. */
void numsys_datapath_floats (const numsys_datapath *path, size_t n,
                             const int64_t accumulator[], int64_t offset,
                             float out[]);

/* Back to LNS: the step count k, the magnitude being 2^(k/L), of an accumulator
   that is not 0: with its magnitude 2^x (1 + f), 0 <= f < 1, k is
   (x + lsb) L + from-linear (floor (2^F (1 + f))) + offset. */
int64_t numsys_datapath_steps (const numsys_datapath *path,
                               int64_t accumulator, int64_t offset);

/* The float nearest to 2^(k/L). */
float numsys_datapath_power (const numsys_datapath *path, int64_t k);

/* What leaves the datapath of n accumulators: the floats of them or, by
   back=lns, of their steps. */
void numsys_datapath_back (const numsys_datapath *path, size_t n,
                           const int64_t accumulator[], int64_t offset,
                           float out[]);

/* Numbers of floats that lie on the grid of an LNS quantizer at this scale
   (all do that it gave); quantizers with steps on their grid only.  *bias is
   what numsys_datapath_offset takes. */
int numsys_datapath_can_read (const numsys_quantizer *quantizer,
                              numsys_error *error);
numsys_datapath_operand
numsys_datapath_operand_of (const numsys_quantizer *quantizer);
void numsys_datapath_read (const numsys_quantizer *quantizer,
                           numsys_scale scale, size_t n, const float x[],
                           numsys_datapath_number out[], int64_t *bias);

#endif
