/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic roundings are unbiased: over many values and many draws of each, a
   number goes up as often as its place between its neighbours says.  Judged
   twice: by the mean of all draws, whose error in gaps between neighbours would
   show from five standard deviations on, and by the chi-squared sum over
   values, which sees biases that cancel.  With NUMSYS_CHECK_LONG, 10^9 draws a
   rounding.  The seeds are fixed, so that this passes always or never.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

enum { VALUES = 2000 };

static const char *const specs[] = {
  "lns:8,8", "lns:8,1,bias=60", "lns:16,2048,bias=20480", "e4m3", "bf16",
  "fixed:8,6",
};
static const char *const roundings[] = { "stochastic", "stochastic-log" };

enum { spec_count = sizeof specs / sizeof specs[0], rounding_count = 2 };

/* How far what was seen is from what was wanted. */
typedef struct verdict
{
  double bias;         /* mean, in gaps */
  double detectable;   /* five standard deviations of it */
  double squares;      /* (chi squared - values) / (2 values)^(1/2) */
} verdict;

static numsys_quantizer *
open_quantizer (const char *spec, const char *rounding)
{
  char text[200];
  numsys_error error;
  numsys_quantizer *quantizer;

  strcpy (text, spec);
  strcat (text, strchr (spec, ':') == NULL ? ":" : ",");
  strcat (text, "scale=none,round=");
  strcat (text, rounding);
  quantizer = numsys_quantizer_new (text, &error);
  if (quantizer == NULL)
    bail_out ("%s: %s", text, error.text);
  return quantizer;
}

static float
round_one (const numsys_quantizer *quantizer, float x)
{
  numsys_quantize_at (quantizer, (numsys_scale) { 0, 0 }, 1, &x, NULL, 0, &x,
                      NULL);
  return x;
}

/* The share of draws that should go up; values of an LNS are powers, so places
   between logarithms come from the exact power, not its float. */
static double
share (const char *spec, int is_log, float x, float low, float high)
{
  int bits, gamma;
  double place;

  if (!is_log || sscanf (spec, "lns:%d,%d", &bits, &gamma) != 2)
    return ((double) x - low) / ((double) high - low);
  place = gamma * log2 (x);
  return place - rint (gamma * log2 (low));
}

/* Draws of one number that went up. */
static size_t
count_up (const numsys_quantizer *quantizer, float x, float high, size_t n,
          uint64_t first)
{
  static float in[4096], out[4096];
  const numsys_random random = numsys_random_of (11, 3, 0, 0);
  size_t up = 0;

  for (size_t i = 0; i < 4096; i++)
    in[i] = x;
  for (size_t i = 0, length; i < n; i += length)
    {
      length = n - i < 4096 ? n - i : 4096;
      numsys_quantize_at (quantizer, (numsys_scale) { 0, 0 }, length, in,
                          &random, first + i, out, NULL);
      for (size_t j = 0; j < length; j++)
        up += out[j] == high;
    }
  return up;
}

/* A fifth of an octave and more above 1/16, inside all these systems. */
static verdict
judge (const char *spec, const char *rounding, size_t draws)
{
  const numsys_random random = numsys_random_of (7, 1, 0, 0);
  numsys_quantizer *drawn = open_quantizer (spec, rounding);
  numsys_quantizer *down = open_quantizer (spec, "down");
  numsys_quantizer *up = open_quantizer (spec, "up");
  const int is_log = strncmp (rounding, "stochastic-log", 14) == 0;
  double excess = 0, variance = 0, squares = 0;
  size_t values = 0, n = draws / VALUES;

  for (size_t i = 0; values < VALUES; i++)
    {
      float x = 0.0625f * (float) exp2 (4 * numsys_random_uniform (&random, i));
      float low = round_one (down, x), high = round_one (up, x);
      double p = share (spec, is_log, x, low, high), more;

      if (low == high || p < 1e-3 || p > 1 - 1e-3)
        continue;
      more = (double) count_up (drawn, x, high, n, values * n)
             - (double) n * p;
      excess += more;
      variance += (double) n * p * (1 - p);
      squares += more * more / ((double) n * p * (1 - p));
      values++;
    }
  numsys_quantizer_free (drawn);
  numsys_quantizer_free (down);
  numsys_quantizer_free (up);
  return (verdict) { excess / (double) (n * VALUES),
                     5 * sqrt (variance) / (double) (n * VALUES),
                     (squares - VALUES) / sqrt (2. * VALUES) };
}

static int
is_unbiased (const verdict *seen)
{
  return fabs (seen->bias) < seen->detectable && fabs (seen->squares) < 5;
}

int
main (void)
{
  const size_t draws
    = getenv ("NUMSYS_CHECK_LONG") != NULL ? 1000000000 : 4000000;

  plan (spec_count * rounding_count + 2);
  for (size_t i = 0; i < spec_count; i++)
    for (size_t j = 0; j < rounding_count; j++)
      {
        const verdict seen = judge (specs[i], roundings[j], draws);

        ok (is_unbiased (&seen), "%s, %s: bias %+.1e gaps of %.1e detectable, "
            "chi squared %+.1f deviations, %.0e draws", specs[i],
            roundings[j], seen.bias, seen.detectable, seen.squares,
            (double) draws);
      }
  for (size_t j = 0; j < rounding_count; j++)
    {
      char few[64] = "";
      verdict seen;

      strcat (strcat (few, roundings[j]), ",random-bits=4");
      seen = judge ("lns:8,8", few, draws);
      ok (!is_unbiased (&seen), "lns:8,8, %s: the bias of four bits shows "
          "(chi squared %+.0f deviations)", few, seen.squares);
    }
  return 0;
}
