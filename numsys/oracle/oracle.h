/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge of number systems: from a system's parameters, as plain integers,
   it says which code is right.

   It shares nothing with the systems it judges but the names of roundings,
   operations and events in type.h.  A result is kept as an exact number
   (number.h) and compared with the bounds between codes by directed MPFR
   intervals; there is no rounding before the one that is judged.  Two steps,
   so that dear comparisons serve many roundings: `locate' finds between which
   two values a number lies, `settle' says what a rounding makes of that.  */

#ifndef NUMSYS_ORACLE_ORACLE_H
#define NUMSYS_ORACLE_ORACLE_H

#include "numsys/oracle/number.h"
#include "numsys/type.h"

typedef enum oracle_family
{
  ORACLE_FIXED,
  ORACLE_FLOAT,
  ORACLE_LNS
} oracle_family;

/* specials of a float */
enum { ORACLE_IEEE, ORACLE_ONE_NAN, ORACLE_NO_SPECIALS };

/* zero of an LNS */
enum { ORACLE_ZERO_CODE, ORACLE_ZERO_FLAG, ORACLE_ZERO_NONE };

/* What is not its family's is 0. */
typedef struct oracle_system
{
  oracle_family family;
  int bits;          /* fixed, lns */
  int fraction;      /* fixed: k 2^-fraction, */
  int is_signed;     /* k in two's complement */
  int wraps;
  int exponent;      /* float: width of the exponent field, */
  int significand;   /* of the stored significand */
  int specials;
  int subnormals;
  int saturates;
  int64_t gamma;     /* lns: +-2^((e - bias) / gamma) */
  int zero;
  int flushes;
  int64_t bias;      /* float, lns */
} oracle_system;

/* Where a magnitude lies.  Steps count the magnitudes of a system upwards as
   if its range were unbounded: of fixed, k; of float, the code's exponent and
   significand fields as one integer, less the fields of missing subnormals; of
   lns, e, which may be negative.  Step 0 of fixed and float is zero.  */
typedef struct oracle_place
{
  oracle_class class;
  int negative;
  int zero;            /* the number is zero, */
  int cancels;         /* made by cancellation */
  int made;            /* the number is an infinity made of finite ones */
  int64_t below;       /* greatest step not above the magnitude */
  int hit;             /* the magnitude is that step's, */
  int over;            /* or rather, by the exact-hit rule, that step's float,
                          which is greater (1) or less (-1) than the step */
  int side;            /* against the middle above `below' that `nearest'
                          takes: -1, 0 (a tie), 1 */
  int side_linear;     /* against the arithmetic middle */
} oracle_place;

typedef struct oracle_result
{
  uint32_t code;
  oracle_class class;  /* of what the code stands for, which is: */
  int negative;
  int is_zero;
  int64_t step;        /* if not is_zero */
  numsys_events events;
} oracle_result;

/* A rounding, and the random word that a stochastic one draws. */
typedef struct oracle_rule
{
  numsys_rounding rounding;
  unsigned random_bits;
  uint32_t word;
} oracle_rule;

/* --- Descriptions (parameters.c) --- */

/* The system that these values of a family's parameters mean; -1 when the
   oracle knows no such family. */
int oracle_system_of (const numsys_type *type, const int64_t values[],
                      oracle_system *out);

/* --- Codes (system.c) --- */

unsigned oracle_code_bits (const oracle_system *system);
/* Whether this code is one that the system itself would write. */
int oracle_code_is_canonical (const oracle_system *system, uint32_t code);
/* The exact value of a code. */
void oracle_value (const oracle_system *system, uint32_t code,
                   oracle_number *value);
/* The magnitude of a step, as a sum of one term. */
void oracle_step_value (const oracle_system *system, int64_t step,
                        oracle_sum *value);
/* Fills in what a code stands for. */
void oracle_read_step (const oracle_system *system, uint32_t code,
                       oracle_result *result);
/* Least and greatest steps that are not zero and have codes of this sign;
   greatest < least when there are none.  */
int64_t oracle_least_step (const oracle_system *system);
int64_t oracle_most_step (const oracle_system *system, int negative);
/* The code of a step, and its lowest bit for steps beyond all codes. */
uint32_t oracle_step_code (const oracle_system *system, int negative,
                           int64_t step);
int oracle_step_is_odd (const oracle_system *system, int64_t step);

/* --- Results (operation.c); out is none of the operands --- */

/* Operands not used are NULL. */
void oracle_apply (numsys_operation operation, const oracle_number *a,
                   const oracle_number *b, const oracle_number *c,
                   oracle_number *out);
/* sum += a b, or a when b is NULL; begun as zero. */
void oracle_accumulate (oracle_number *sum, const oracle_number *a,
                        const oracle_number *b);
/* -1, 0, 1, or 2 when either is NaN. */
int oracle_compare (const oracle_number *a, const oracle_number *b);

/* --- Judgement (locate.c, settle.c) --- */

void oracle_locate (const oracle_system *system, const oracle_number *x,
                    oracle_place *place);
/* The middle between a step and the next, of logarithms in an LNS unless
   linear.  */
void oracle_middle (const oracle_system *system, int64_t step, int linear,
                    oracle_sum *middle);
/* Whether a stochastic rounding, given the place of x, leaves `below'. */
int oracle_leaves (const oracle_system *system, const oracle_number *x,
                   const oracle_place *place, const oracle_rule *rule);
/* The result of a rule; leaves is read by stochastic ones only. */
void oracle_settle (const oracle_system *system, const oracle_place *place,
                    numsys_rounding rounding, int leaves,
                    oracle_result *result);
/* All of it at once. */
void oracle_judge (const oracle_system *system, const oracle_number *x,
                   const oracle_rule *rule, oracle_result *result);

/* --- Systems without codes (mpfr.c) --- */

/* Whether seen is x rounded by the rule to seen's precision. */
int oracle_is_right_mpfr (const oracle_number *x, const oracle_rule *rule,
                          const mpfr_t seen);

/* --- Doubles and the float path (floats.c) --- */

/* The double nearest to a code's value. */
double oracle_to_double (const oracle_number *x);
/* A scale: so many steps, of 2^(1/gamma) in an LNS and of 2 elsewhere; or, if
   largest > 0, what makes the largest positive value that.  */
typedef struct oracle_scale
{
  int64_t steps;
  float largest;
} oracle_scale;

/* The float32 nearest to a step times a scale. */
float oracle_step_float (const oracle_system *system, oracle_scale scale,
                         int64_t step);
/* The greatest float not above the middle over a step, of logarithms in an LNS
   unless linear, times a scale.  */
float oracle_middle_float (const oracle_system *system, oracle_scale scale,
                           int64_t step, int linear);
/* x divided by the scale, exactly. */
void oracle_unscale (const oracle_system *system, oracle_scale scale, float x,
                     oracle_number *out);
/* Place of x, already unscaled, by the exact-hit rule: a float nearest to a
   step's value is that step.  */
void oracle_locate_float (const oracle_system *system, oracle_scale scale,
                          float x, const oracle_number *unscaled,
                          oracle_place *place);
/* As oracle_leaves.  On the float path the lo and hi of p are the neighbours'
   floats (beyond range, what floats of any exponent would be), so that the
   mean of what comes out is x.  */
int oracle_leaves_float (const oracle_system *system, oracle_scale scale,
                         float x, const oracle_number *unscaled,
                         const oracle_place *place, const oracle_rule *rule);

#endif
