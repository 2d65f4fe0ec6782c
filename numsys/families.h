/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the built-in families: what their element slots and their
   float paths, which lie in files apart, agree on.  Not installed.  */

#ifndef NUMSYS_FAMILIES_H
#define NUMSYS_FAMILIES_H

#include "numsys/type.h"

/* k 2^-fraction, k an integer of bits bits, two's complement if is_signed. */
typedef struct numsys_fixed_state
{
  int bits;       /* 2..32 */
  int fraction;   /* -64..64 */
  int is_signed;
  int wraps;      /* overflow: 0 saturates, 1 wraps modulo 2^bits */
} numsys_fixed_state;

typedef enum numsys_specials
{
  NUMSYS_SPECIALS_IEEE,   /* top exponent: infinities and NaNs */
  NUMSYS_SPECIALS_NAN,    /* one NaN, the code of all ones (as e4m3) */
  NUMSYS_SPECIALS_NONE    /* every code is a number (as e2m1) */
} numsys_specials;

/* IEEE-like: sign, exponent field, trailing significand. */
typedef struct numsys_float_state
{
  int exponent;      /* width of the exponent field, 1..11 */
  int significand;   /* stored significand bits, 0..30; 1 + both <= 32 */
  int bias;          /* value 2^(field - bias) (1 + f) */
  numsys_specials specials;
  int subnormals;    /* 0: field 0 holds zero only */
  int saturates;     /* overflow: 1 to the largest, 0 to infinity, or to NaN
                        where there is no infinity */
} numsys_float_state;

typedef enum numsys_zero
{
  NUMSYS_ZERO_CODE,   /* stored exponent 0 means zero */
  NUMSYS_ZERO_FLAG,   /* zero beside the codes: a code is bits + 1 wide and
                         zero is 2^bits, above every other code */
  NUMSYS_ZERO_NONE    /* no zero: it is raised to the smallest, counted */
} numsys_zero;

/* +-2^((e - bias) / gamma), 0 <= e < 2^(bits - 1) */
typedef struct numsys_lns_state
{
  int bits;        /* 2..32 */
  int64_t gamma;   /* 1..2^23 */
  numsys_zero zero;
  int64_t bias;
  int flushes;     /* underflow: 0 clamp (raise to the smallest), 1 flush to
                      zero below the log midpoint under the smallest */
  struct numsys_lns_tables *tables;   /* lns_tables.h; NULL until prepared */
} numsys_lns_state;

typedef struct numsys_mpfr_state
{
  long precision;  /* 2..10000 bits; exponents as wide as MPFR's */
} numsys_mpfr_state;

/* numsys_type's apply. */
void numsys_fixed_apply (const void *state, numsys_operation operation,
                         const numsys_context *context, size_t n,
                         const void *a, const void *b, const void *c,
                         void *out, numsys_events *events);
void numsys_float_apply (const void *state, numsys_operation operation,
                         const numsys_context *context, size_t n,
                         const void *a, const void *b, const void *c,
                         void *out, numsys_events *events);
void numsys_lns_apply (const void *state, numsys_operation operation,
                       const numsys_context *context, size_t n, const void *a,
                       const void *b, const void *c, void *out,
                       numsys_events *events);

/* ...convert... */
int numsys_fixed_convert (const void *state, const numsys_type *from_type,
                          const void *from_state,
                          const numsys_context *context, size_t n,
                          const void *in, void *out, numsys_events *events);
int numsys_float_convert (const void *state, const numsys_type *from_type,
                          const void *from_state,
                          const numsys_context *context, size_t n,
                          const void *in, void *out, numsys_events *events);
int numsys_lns_convert (const void *state, const numsys_type *from_type,
                        const void *from_state, const numsys_context *context,
                        size_t n, const void *in, void *out,
                        numsys_events *events);
/* ...and dot. */
void numsys_float_dot (const void *state, const numsys_context *context,
                       size_t n, const void *a, const void *b, void *out,
                       numsys_events *events);
void numsys_fixed_dot (const void *state, const numsys_context *context,
                       size_t n, const void *a, const void *b, void *out,
                       numsys_events *events);
void numsys_lns_dot (const void *state, const numsys_context *context,
                     size_t n, const void *a, const void *b, void *out,
                     numsys_events *events);

extern const numsys_float_path numsys_fixed_float_path;
extern const numsys_float_path numsys_float_float_path;
extern const numsys_float_path numsys_lns_float_path;

#endif
