/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrix products of training: float32, row-major.  */

#ifndef EXPERIMENTS_WORKLOADS_PRODUCT_H
#define EXPERIMENTS_WORKLOADS_PRODUCT_H

#include <stddef.h>
#include "experiments/workloads/roles.h"

/* The numbers of an array as a product read them, rows close together, kept so
   that the next product which takes the array need not read it again. */
typedef struct product_reading
{
  const numsys_quantizer *quantizer;   /* whose numbers they are; NULL: not
                                          read since the array changed */
  uint32_t *number;                    /* owned */
  size_t room;                         /* for so many of them */
  int64_t bias;
} product_reading;

/* The array has changed. */
void product_forget (product_reading *reading);
void product_reading_clear (product_reading *reading);   /* zeroed: allowed */

/* op(data), op being identity or transposition of the array as stored, whose
   rows are stride numbers apart; and what the numbers are. */
typedef struct product_operand
{
  const float *data;
  size_t stride;
  int transpose;
  numsys_scale scale;         /* of a quantizer with one scale a tensor */
  product_reading *reading;   /* of all of the array; NULL: none is kept */
} product_operand;

/* One way to multiply.  A product without values has no state. */
typedef struct product_type
{
  const char *name;
  const char *summary;
  const char *usage;     /* its spec, in lists of what is allowed */
  /* 1: the same bits on every machine and instruction set. */
  int is_portable;
  /* 1: reads the scales of its operands. */
  int needs_scales;
  /* 1: each output is computed alone, in no state: threads may share C. */
  int may_be_cut;

  /* Writes a spec in canonical form; NULL: the name alone is allowed.  0, or
     -1 and a sentence. */
  int (*canonical) (const char *spec, char out[], size_t room,
                    numsys_error *error);
  /* State for operands in these quantizers (NULL: float32), neither of more
     than room numbers; NULL and a sentence.  A sibling, if any, is a state of
     the same type: both multiply in turn, and may share memory until one of
     them is closed.  The slot may be NULL. */
  void *(*open) (const char *spec, const numsys_quantizer *a,
                 const numsys_quantizer *b, size_t room, void *sibling,
                 numsys_error *error);
  void (*close) (void *state);

  /* C (m, n) = op(A) (m, k) op(B) (k, n); ldc is C's row length.  beta 0
     overwrites C, 1 adds to it. */
  void (*multiply) (void *state, size_t m, size_t n, size_t k,
                    const product_operand *a, const product_operand *b,
                    int beta, float c[], size_t ldc);

  /* Bits of what a sum is kept in; NULL: float32's. */
  unsigned (*bits) (const void *state);
  /* One line of what happened so far, for the results; NULL: nothing to
     tell. */
  void (*tell) (const void *state, char out[], size_t room);
} product_type;

/* Ended by NULL. */
extern const product_type *const product_types[];
/* The type of a spec NAME or NAME:..., or NULL. */
const product_type *product_find (const char *spec);
/* 0 when a spec has a type; -1 and a sentence. */
int product_check (const char *spec, numsys_error *error);
/* Canonical form of a spec whose type has one; other text as it is.  0, or -1
   and a sentence. */
int product_canonical (const char *spec, char out[], size_t room,
                       numsys_error *error);

/* The three products of a layer. */
enum
{
  PRODUCT_FORWARD,   /* y = x W' */
  PRODUCT_DX,        /* error below = e W */
  PRODUCT_DW,        /* weight gradient = e' x */
  PRODUCTS
};

extern const char *const product_names[PRODUCTS];   /* forward dx dw */

typedef struct products
{
  const product_type *type[PRODUCTS];
  void *state[PRODUCTS];   /* owned */
  unsigned threads;        /* that multiply; 0: one */
} products;

/* Makes the products of these specs, NULL standing for that of the forward
   one; every operand has at most room numbers.  0, or -1 and a sentence. */
int products_init (products *all, const char *const spec[PRODUCTS],
                   roles *played, size_t room, numsys_error *error);
void products_clear (products *all);   /* a zeroed one is allowed */

void products_multiply (const products *all, int which, size_t m, size_t n,
                        size_t k, const product_operand *a,
                        const product_operand *b, int beta, float c[],
                        size_t ldc);

/* The BLAS and its core, as in "OpenBLAS 0.3.21 Cooperlake". */
const char *product_blas_name (void);

#endif
