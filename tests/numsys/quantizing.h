/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holding the float path of the library against the oracle.  */

#ifndef TESTS_NUMSYS_QUANTIZING_H
#define TESTS_NUMSYS_QUANTIZING_H

#include "numsys/numsys.h"
#include "tests/numsys/floatcases.h"

/* One system at one scale, its cases and the floats of its steps. */
typedef struct quantizing
{
  const char *spec;
  numsys *system;
  oracle_system oracle;
  oracle_scale scale;
  unsigned random_bits;
  int64_t least, most;         /* steps of both signs */
  float *values;               /* of least .. most; NULL: too many, found one
                                  by one, and the cases are a sample */
  int64_t stride;              /* 1, or from one step of the sample to the
                                  next */
  floatcases cases;
  int quiet;                   /* wrong results are wanted */
  uint64_t judged, wrong;
} quantizing;

/* Opens a system and makes its cases, from an octave if it is an LNS of that
   gamma.  Returns 0 when the float path refuses the system, which is counted
   as wrong if the floats of all codes are normal, finite and apart.  */
int quantizing_open (quantizing *q, const char *spec, oracle_scale scale,
                     unsigned random_bits, const floatcases_octave *octave);
void quantizing_close (quantizing *q);

/* The float of a step. */
float quantizing_value (const quantizing *q, int64_t step);

/* Whether the floats of all codes are finite, not zero, and apart. */
int quantizing_is_one_to_one (const quantizing *q);

/* --- quantized.c --- */

/* What is judged: the float path's own functions, or wrong ones. */
typedef struct quantizing_path
{
  void (*quantize) (const numsys_float_path *path, const void *plan,
                    numsys_scale scale, size_t n, const float x[],
                    const uint32_t random[], float out[],
                    numsys_events *events);
  void (*encode) (const numsys_float_path *path, const void *plan,
                  numsys_scale scale, size_t n, const float x[],
                  const uint32_t random[], uint32_t codes[],
                  numsys_events *events);
} quantizing_path;

extern const quantizing_path quantizing_library;

/* Judges one rounding. */
void quantizing_judge (quantizing *q, const quantizing_path *path,
                       numsys_rounding rounding);

/* Judges the floats of all codes. */
void quantizing_judge_decode (quantizing *q);

#endif
