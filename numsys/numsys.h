/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number systems for users: name one by a spec, then encode, decode, compute
   and quantize arrays in it.

   A spec is NAME:key=value,key=value; values without a key are taken in the
   order of the family's parameters (lns:8,8 is lns:bits=8,gamma=8).  Aliases
   (e4m3, bf16, int8, ...) stand for specs and may carry further keys:
   e4m3:round=stochastic.  Objects are immutable once made and may be shared
   between threads.  */

#ifndef NUMSYS_NUMSYS_H
#define NUMSYS_NUMSYS_H

#include "numsys/random.h"
#include "numsys/type.h"

typedef struct numsys numsys;

/* An alias and what it stands for.  Ended by name == NULL. */
typedef struct numsys_alias
{
  const char *name;
  const char *spec;
  const char *meaning;
} numsys_alias;

extern const numsys_alias numsys_aliases[];

/* --- Systems (system.c, spec.c) --- */

/* The family of this name, or NULL. */
const numsys_type *numsys_find (const char *name);

/* A new system, owned by the caller, or NULL and the sentence that says why
   not.  Quantizer keys are refused here. */
numsys *numsys_new (const char *spec, numsys_error *error);
void numsys_free (numsys *system);   /* NULL is allowed */

/* Canonical spec: it gives the same system again for any purpose. */
const char *numsys_spec (const numsys *system);
const numsys_type *numsys_type_of (const numsys *system);
const void *numsys_state (const numsys *system);
/* The value of the i-th parameter of the family. */
int64_t numsys_value (const numsys *system, size_t i);

/* Bits of a code, sign included; 0 for a system without codes (mpfr). */
unsigned numsys_code_bits (const numsys *system);

/* Name of a rounding in specs, and the rounding of a name or -1. */
const char *numsys_rounding_name (numsys_rounding rounding);
int numsys_rounding_find (const char *name);

/* To nearest, or another rounding without randomness. */
numsys_context numsys_context_of (numsys_rounding rounding);

/* --- Elements (elements.c); arrays of n, out may be an operand.  Counts are
   added to events, which may be NULL --- */

size_t numsys_element_size (const numsys *system);
/* n elements, all zero (raised where there is no zero), or NULL when memory
   ran out; free with numsys_elements_free. */
void *numsys_elements_new (const numsys *system, size_t n);
void numsys_elements_free (const numsys *system, size_t n, void *elements);
/* Address of element i. */
void *numsys_element (const numsys *system, const void *elements, size_t i);

/* Rounds doubles to elements. */
void numsys_encode (const numsys *system, const numsys_context *context,
                    size_t n, const double x[], void *out,
                    numsys_events *events);
/* Rounds a number in decimal or C's hexadecimal notation, inf or nan, once;
   -1 and a sentence when text is none of these. */
int numsys_encode_text (const numsys *system, const numsys_context *context,
                        const char *text, void *out, numsys_events *events,
                        numsys_error *error);
/* The doubles nearest to elements (ties to even; infinite beyond range). */
void numsys_decode (const numsys *system, size_t n, const void *elements,
                    double x[]);
/* Codes of elements and back; coded systems only. */
void numsys_to_codes (const numsys *system, size_t n, const void *elements,
                      uint32_t codes[]);
void numsys_from_codes (const numsys *system, size_t n, const uint32_t codes[],
                        void *elements);

/* out = a + b, a - b, a b, a / b, sqrt a, a b + c, each rounded once; the
   lesser and the greater of a and b, -a, |a|. */
void numsys_apply (const numsys *system, numsys_operation operation,
                   const numsys_context *context, size_t n, const void *a,
                   const void *b, const void *c, void *out,
                   numsys_events *events);
/* One element: sum of a[i], or of a[i] b[i] when b is not NULL, rounded
   once. */
void numsys_dot (const numsys *system, const numsys_context *context, size_t n,
                 const void *a, const void *b, void *out,
                 numsys_events *events);
/* -1, 0, 1, or 2 when either is NaN. */
void numsys_compare (const numsys *system, size_t n, const void *a,
                     const void *b, signed char out[]);
/* Each element of `from' rounded once into `to'. */
void numsys_convert (const numsys *from, const numsys *to,
                     const numsys_context *context, size_t n, const void *in,
                     void *out, numsys_events *events);

/* --- Functions (function.c): softmax and cross-entropy need them --- */

typedef enum numsys_function
{
  NUMSYS_EXP,   /* e^a */
  NUMSYS_LOG    /* natural logarithm: of 0 -infinity, below 0 NaN */
} numsys_function;

/* out = f (a), each rounded once.  Slow: by way of MPFR. */
void numsys_evaluate (const numsys *system, numsys_function function,
                      const numsys_context *context, size_t n, const void *a,
                      void *out, numsys_events *events);

/* add subtract multiply divide sqrt fma min max negate abs, and its operands
   (1..3). */
const char *numsys_operation_name (numsys_operation operation);
int numsys_operation_find (const char *name);
unsigned numsys_operation_arity (numsys_operation operation);

/* --- Quantizers (quantizer.c): a system, a rounding and a scaling --- */

typedef struct numsys_quantizer numsys_quantizer;

typedef enum numsys_scaling
{
  NUMSYS_SCALE_NONE,
  NUMSYS_SCALE_TENSOR,
  NUMSYS_SCALE_CHANNEL,
  NUMSYS_SCALE_BLOCK
} numsys_scaling;

/* Keys a quantizer adds to a spec, in canonical order: round, random-bits,
   scale (none, tensor, channel, block=N), scale-step.  Read for training:
   scale=tensor unless given.  `fp32' without keys is the identity. */
extern const numsys_param numsys_quantizer_params[];

numsys_quantizer *numsys_quantizer_new (const char *spec, numsys_error *error);
void numsys_quantizer_free (numsys_quantizer *quantizer);
const char *numsys_quantizer_spec (const numsys_quantizer *quantizer);
const numsys *numsys_quantizer_system (const numsys_quantizer *quantizer);
int numsys_quantizer_is_identity (const numsys_quantizer *quantizer);
int numsys_quantizer_is_stochastic (const numsys_quantizer *quantizer);
numsys_scaling numsys_quantizer_scaling (const numsys_quantizer *quantizer);
/* N of scale=block=N; 0 for other scalings. */
size_t numsys_quantizer_block (const numsys_quantizer *quantizer);

/* The scale for data whose largest magnitude is this. */
numsys_scale numsys_quantizer_scale (const numsys_quantizer *quantizer,
                                     float largest);

/* x[0..n) to out[0..n), which may be x, at one given scale.  random may be
   NULL unless the rounding is stochastic; x[i] draws word first + i.  Counts
   are added to events, which may be NULL. */
void numsys_quantize_at (const numsys_quantizer *quantizer, numsys_scale scale,
                         size_t n, const float x[],
                         const numsys_random *random, uint64_t first,
                         float out[], numsys_events *events);

/* x (rows, columns), row-major, to out, which may be x, each scale taken from
   the data: one for all; one a channel, a channel being a row (channel_axis
   0) or a column (1); or one for every N elements of a row.  */
void numsys_quantize (const numsys_quantizer *quantizer, size_t rows,
                      size_t columns, int channel_axis, const float x[],
                      const numsys_random *random, float out[],
                      numsys_events *events);

/* LNS with steps on its grid only (numsys_quantizer_can_shift): x[i] on the
   grid of scale, moved by steps[i] steps of 2^(1/gamma). */
int numsys_quantizer_can_shift (const numsys_quantizer *quantizer);
void numsys_quantize_shift (const numsys_quantizer *quantizer,
                            numsys_scale scale, size_t n, const float x[],
                            const float steps[], const numsys_random *random,
                            uint64_t first, float out[],
                            numsys_events *events);

/* The same of codes, at any scale: those of what the floats become, and the
   same counts.  A step that is NaN makes the code that NaN is encoded to.  out
   may be codes. */
void numsys_quantize_shift_codes (const numsys_quantizer *quantizer, size_t n,
                                  const uint32_t codes[], const float steps[],
                                  const numsys_random *random, uint64_t first,
                                  uint32_t out[], numsys_events *events);

/* Codes at one given scale, and the floats of codes. */
void numsys_quantize_to_codes (const numsys_quantizer *quantizer,
                               numsys_scale scale, size_t n, const float x[],
                               const numsys_random *random, uint64_t first,
                               uint32_t codes[], numsys_events *events);
void numsys_quantize_from_codes (const numsys_quantizer *quantizer,
                                 numsys_scale scale, size_t n,
                                 const uint32_t codes[], float out[]);

/* The same, of elements of the quantizer's system (numsys_element_size bytes
   each), with which its arithmetic goes on.  */
void numsys_quantize_to_elements (const numsys_quantizer *quantizer,
                                  numsys_scale scale, size_t n,
                                  const float x[],
                                  const numsys_random *random, uint64_t first,
                                  void *elements, numsys_events *events);
void numsys_quantize_from_elements (const numsys_quantizer *quantizer,
                                    numsys_scale scale, size_t n,
                                    const void *elements, float out[]);

/* numsys_quantize_at of the floats of another quantizer's codes (the same bits
   and counts), and numsys_largest of them.  numsys_quantizer_takes_codes:
   whether that only shifts exponents, and makes no floats: from an LNS to the
   nearest values of one that clamps and has a zero, where both gammas are
   powers of two, the latter at most 16 and not the larger one.  */
int numsys_quantizer_takes_codes (const numsys_quantizer *quantizer,
                                  const numsys_quantizer *from);
void numsys_quantize_codes_at (const numsys_quantizer *quantizer,
                               numsys_scale scale,
                               const numsys_quantizer *from,
                               numsys_scale from_scale, size_t n,
                               const uint32_t codes[],
                               const numsys_random *random, uint64_t first,
                               float out[], numsys_events *events);
float numsys_largest_of_codes (const numsys_quantizer *quantizer,
                               numsys_scale scale, size_t n,
                               const uint32_t codes[]);

/* Largest magnitude of x[0..n), NaN and infinity left out; 0 if n is 0. */
float numsys_largest (size_t n, const float x[]);

/* Name of the instruction set in use: portable, avx2 or avx512.  The
   environment variable NUMSYS_ISA overrides the choice, downwards only. */
const char *numsys_isa (void);

#endif
