/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rounding did to numbers: the error of q[] as a stand-in for x[].

   A stream: begin with a zeroed object, add pieces, ask for the result.  Sums
   are doubles, added in an order that the lengths of the pieces decide and
   nothing else.

   Numbers x that are NaN or infinite are counted and left out.  Relative
   errors (q - x) / x are those of x other than zero; logarithmic ones,
   log2 |q / x|, of pairs that are both finite and not zero: values flushed to
   zero have none, and values raised from below the smallest have large ones.
   A q that is not finite where x is makes errors infinite or NaN.  */

#ifndef ANALYSIS_ERROR_H
#define ANALYSIS_ERROR_H

#include <stddef.h>
#include <stdint.h>

typedef struct analysis_error
{
  uint64_t values;      /* all x */
  uint64_t zeros, nan, infinite;   /* of these */
  uint64_t pairs;       /* with a logarithmic error */
  double signal;        /* sums of x^2, */
  double noise;         /* (q - x)^2, */
  double squares, relative;   /* relative errors squared, relative errors, */
  double log_squares, logs;   /* logarithmic errors likewise */
  double largest;       /* relative error, in magnitude, NaN apart */
} analysis_error;

/* x[i] was rounded to q[i]. */
void analysis_error_add (analysis_error *error, size_t n, const float x[],
                         const float q[]);
/* The same where q is x, in less time. */
void analysis_error_add_exact (analysis_error *error, size_t n,
                               const float x[]);
void analysis_error_merge (analysis_error *into, const analysis_error *from);

/* Each is NaN when there is nothing to tell it from: no finite x (of an empty
   array, say), or only zeros among them where zeros have no error of that
   kind. */
typedef struct analysis_error_result
{
  double sqnr_db;          /* 10 log10 (signal / noise): infinite without
                              noise, NaN when all x and q are zero */
  double rms;              /* root mean square of q - x */
  double relative_rms;     /* ... of (q - x) / x */
  double bias;             /* mean of (q - x) / x */
  double largest_relative; /* |q - x| / |x| */
  double log_rms;          /* root mean square of log2 |q / x| */
  double log_bias;         /* mean of it */
} analysis_error_result;

analysis_error_result analysis_error_of (const analysis_error *error);

#endif
