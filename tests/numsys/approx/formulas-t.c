/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every approximation against its formulas, worked again in long double.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "numsys/approx/approx.h"
#include "tests/numsys/approx/opening.h"
#include "tests/tap/tap.h"

static int64_t
halves_up (long double x)
{
  return (int64_t) floorl (x + 0.5L);
}

static long double
nearest (long double x)
{
  return nearbyintl (x);
}

static long double
gauss (int sign, long double d, int64_t gamma)
{
  return sign * (long double) gamma
         * log2l (1 + sign * exp2l (-d / (long double) gamma));
}

typedef struct setting
{
  int64_t gamma, N;
  unsigned F;
  int64_t end[2];   /* where the rounded sum and difference vanish */
} setting;

typedef int64_t formula (const setting *s, numsys_approx_function f,
                         int64_t x);

static int64_t linear_domain (formula *own, const setting *s, int sign,
                              int64_t d);

static int64_t
mitchell (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), gamma = s->gamma;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    return halves_up (one * (1 + x / gamma));
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    return halves_up (gamma * (x / one - 1));
  return linear_domain (mitchell, s, f == NUMSYS_APPROX_SUM ? 1 : -1, x);
}

static int64_t
hybrid (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), gamma = s->gamma, N = s->N;
  long double i, T;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    {
      i = floorl (x * N / gamma);
      T = nearest (one * exp2l (i / N));
      return (int64_t) T + halves_up (T * (x / gamma - i / N));
    }
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    {
      i = N - 1;
      while ((T = nearest (one * exp2l (i / N))) > x)
        i--;
      return halves_up (gamma * (i / N + (x - T) / one
                                           * nearest (one * exp2l (-i / N))
                                           / one));
    }
  return linear_domain (hybrid, s, f == NUMSYS_APPROX_SUM ? 1 : -1, x);
}

static int64_t
linear_domain (formula *own, const setting *s, int sign, int64_t d)
{
  const int64_t Q = (d + s->gamma - 1) / s->gamma;
  long double W, fraction;
  int octave;

  if (Q >= (int64_t) s->F + 2)
    return 0;
  W = exp2l (s->F + (unsigned) Q)
      + sign * own (s, NUMSYS_APPROX_TO_LINEAR, Q * s->gamma - d);
  fraction = 2 * frexpl (fmaxl (W, 1), &octave);
  octave -= 1 + (int) s->F + (int) Q;
  return sign
         * (octave * s->gamma
            + own (s, NUMSYS_APPROX_FROM_LINEAR,
                   (int64_t) floorl (ldexpl (fraction, (int) s->F))));
}

/* The least power of two w with N w >= length. */
static int64_t
width (int64_t length, int64_t N)
{
  int64_t w = 1;

  while (N * w < length)
    w *= 2;
  return w;
}

/* Where the rounded function vanishes. */
static int64_t
vanishes (int sign, int64_t gamma)
{
  int64_t d = 1;

  while (gauss (sign, d, gamma) >= 0.5L)
    d++;
  return d;
}

static int64_t
table (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), N = s->N;
  const int sign = f == NUMSYS_APPROX_SUM ? 1 : -1;
  const int64_t first = f == NUMSYS_APPROX_DIFFERENCE;
  int64_t w;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    return (int64_t) nearest (one * exp2l (floorl (x * N / s->gamma) / N));
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    return (int64_t) nearest (
      s->gamma * log2l (1 + (floorl ((x / one - 1) * N) + 0.5L) / N));
  if (x >= s->end[f])
    return 0;
  w = width (s->end[f] - first, s->N);
  return (int64_t) nearest (
    gauss (sign, first + (x - first) / w * w + (w - 1) / 2.0L, s->gamma));
}

static int64_t
chord (long double from, long double to, long double share)
{
  return halves_up (share == 0 ? from : from + (to - from) * share);
}

static int64_t
linear (const setting *s, numsys_approx_function f, int64_t x)
{
  const long double one = exp2l (s->F), N = s->N;
  const int sign = f == NUMSYS_APPROX_SUM ? 1 : -1;
  const int64_t first = f == NUMSYS_APPROX_DIFFERENCE;
  long double i;
  int64_t w, length;

  if (f == NUMSYS_APPROX_TO_LINEAR)
    {
      i = floorl (x * N / s->gamma);
      return chord (nearest (one * exp2l (i / N)),
                    nearest (one * exp2l ((i + 1) / N)),
                    x * N / s->gamma - i);
    }
  if (f == NUMSYS_APPROX_FROM_LINEAR)
    {
      i = floorl ((x / one - 1) * N);
      return chord (nearest (one * s->gamma * log2l (1 + i / N)) / one,
                    nearest (one * s->gamma * log2l (1 + (i + 1) / N)) / one,
                    (x / one - 1) * N - i);
    }
  length = s->end[f] - first;
  w = width (length, s->N);
  if ((x - first) / w * w >= (length + w - 1) / w * w)
    return 0;
  i = (long double) ((x - first) / w);
  return chord (nearest (one * gauss (sign, first + i * w, s->gamma)) / one,
                nearest (one * gauss (sign, first + (i + 1) * w, s->gamma))
                  / one,
                (long double) ((x - first) % w) / w);
}

static int64_t
cotransform (const setting *s, numsys_approx_function f, int64_t x)
{
  const int64_t y = x % s->N, high = x - y;
  int64_t p, q, out;

  if (f != NUMSYS_APPROX_DIFFERENCE)
    return f == NUMSYS_APPROX_SUM ? (int64_t) nearest (gauss (1, x, s->gamma))
           : f == NUMSYS_APPROX_TO_LINEAR
             ? (int64_t) nearest (exp2l (s->F + (long double) x / s->gamma))
             : (int64_t) nearest (s->gamma * log2l (x / exp2l (s->F)));
  if (x >= s->end[f])
    return 0;
  if (y == 0 || high == 0)
    return (int64_t) nearest (gauss (-1, x, s->gamma));
  p = (int64_t) nearest (gauss (-1, high, s->gamma));
  q = high + (int64_t) nearest (gauss (-1, y, s->gamma));
  out = (p < q ? p : q)
        - (int64_t) nearest (gauss (1, llabs (p - q), s->gamma));
  return out < 0 ? 0 : out;
}

static void
test_formulas (void)
{
  static const struct { const char *name; formula *own; int has_entries; }
  each[] = {
    { "mitchell", mitchell, 0 }, { "hybrid", hybrid, 1 },
    { "table", table, 1 },       { "linear", linear, 1 },
    { "cotransform", cotransform, 1 },
  };
  static const setting settings[] = {
    { .gamma = 8, .N = 1, .F = 12 },   { .gamma = 8, .N = 4, .F = 12 },
    { .gamma = 8, .N = 16, .F = 9 },   { .gamma = 1, .N = 2, .F = 10 },
    { .gamma = 3, .N = 2, .F = 12 },   { .gamma = 100, .N = 8, .F = 12 },
    { .gamma = 256, .N = 16, .F = 10 }, { .gamma = 64, .N = 64, .F = 13 },
  };

  for (size_t e = 0; e < sizeof each / sizeof each[0]; e++)
    for (int f = 0; f < NUMSYS_APPROX_FUNCTIONS; f++)
      {
        size_t wrong = 0;

        for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
          {
            setting with_ends = settings[i], *s = &with_ends;
            char spec[32];
            numsys_approx *approx;

            s->end[0] = vanishes (1, s->gamma);
            s->end[1] = vanishes (-1, s->gamma);
            snprintf (spec, sizeof spec, each[e].has_entries ? "%s:%d" : "%s",
                      each[e].name, (int) s->N);
            approx = open_approx (spec, s->gamma, s->F);
            is_string (spec, numsys_approx_spec (approx), "%s is canonical",
                       spec);
            for (int64_t x = first_of (f, s->F);
                 x < end_of (f, s->gamma, s->F); x++)
              if (each[e].own (s, f, x) != at (approx, f, x) && wrong++ == 0)
                diag ("%s gamma %d F %u, %s (%d): %d, not %d", spec,
                      (int) s->gamma, s->F, numsys_approx_function_names[f],
                      (int) x, (int) at (approx, f, x),
                      (int) each[e].own (s, f, x));
            numsys_approx_free (approx);
          }
        ok (wrong == 0, "%s: %s is its formula", each[e].name,
            numsys_approx_function_names[f]);
      }
}

int
main (void)
{
  plan (5 * 4 * 9);
  test_formulas ();
  return 0;
}
