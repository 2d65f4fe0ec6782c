/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Datapaths: their constants, and the term of every possible product.  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/datapath/inside.h"
#include "numsys/exact.h"

#define MOST_PRODUCTS (INT64_C (1) << 22)

numsys_datapath_wide
numsys_datapath_round (numsys_datapath_wide x, int64_t shift, int64_t mode,
                       unsigned char *is_cut)
{
  const int negative = x < 0;
  numsys_datapath_wide unit, half, magnitude = negative ? -x : x, whole;

  if (shift > 120)
    shift = 120;   /* above every x: 2^119 is not reached */
  unit = (numsys_datapath_wide) 1 << shift;
  half = unit / 2;
  whole = magnitude / unit;
  if (whole * unit != magnitude)
    *is_cut = 1;
  if (mode == ROUND_NEAREST && magnitude - whole * unit >= half && shift > 0)
    whole++;
  if (mode == ROUND_DOWN && negative && whole * unit != magnitude)
    whole++;
  return negative ? -whole : whole;
}

/* +-constant 2^exponent as the accumulator takes it. */
static numsys_datapath_term
term_of (const numsys_datapath *path, int64_t constant, int64_t exponent,
         int negative)
{
  const int64_t acc = path->values[DATAPATH_ACC];
  const numsys_datapath_wide limit = (numsys_datapath_wide) 1 << acc;
  numsys_datapath_term term = { 0, 0, 0 };
  numsys_datapath_wide x = constant;

  if (exponent < 0)
    x = numsys_datapath_round (negative ? -x : x, -exponent,
                               path->values[DATAPATH_ROUND], &term.is_cut);
  else
    {
      /* A constant has 32 bits at most; 2^acc divides what is shifted more. */
      x <<= exponent > acc ? acc : exponent;
      x = negative ? -x : x;
    }
  if (x >= limit || x <= -limit)
    {
      term.is_over = 1;
      if (path->values[DATAPATH_OVERFLOW] == OVERFLOW_WRAP)
        x %= limit;
      else
        x = x < 0 ? -limit : limit;
    }
  term.value = (int64_t) x;
  return term;
}

static int
make_terms (numsys_datapath *path)
{
  const int64_t lsb = path->values[DATAPATH_LSB];
  const int64_t fraction = path->values[DATAPATH_FRACTION];
  const int64_t L = path->gamma;

  for (int negative = 0; negative < 2; negative++)
    {
      path->term[negative]
        = calloc ((size_t) path->top + 1, sizeof *path->term[negative]);
      if (path->term[negative] == NULL)
        return -1;
      for (int64_t p = 0; p <= path->top; p++)
        path->term[negative][p]
          = path->values[DATAPATH_BINNING]
              ? term_of (path, 1, p / L - lsb, negative)
              : term_of (path, path->constant[p % L], p / L - fraction - lsb,
                         negative);
    }
  return 0;
}

/* What bounds are made of. */
static int
make_bounds (numsys_datapath *path)
{
  int64_t most = 0;

  path->most = calloc ((size_t) path->top + 1, sizeof *path->most);
  if (path->most == NULL)
    return -1;
  for (int64_t p = 0; p <= path->top; p++)
    {
      for (int negative = 0; negative < 2; negative++)
        {
          const numsys_datapath_term *term = &path->term[negative][p];
          const int64_t size
            = term->is_over ? INT64_C (1) << path->values[DATAPATH_ACC]
              : term->value < 0 ? -term->value : term->value;

          most = size > most ? size : most;
          path->is_cut |= term->is_cut;
        }
      path->most[p] = most;
    }
  return 0;
}

static int
make_constants (numsys_datapath *path)
{
  const size_t n = (size_t) path->gamma;
  int64_t *r = calloc (n, sizeof *r);

  path->constant = calloc (n, sizeof *path->constant);
  path->power = calloc (n, sizeof *path->power);
  for (size_t i = 0; r != NULL && i < n; i++)
    r[i] = (int64_t) i;
  if (r == NULL || path->constant == NULL || path->power == NULL)
    {
      free (r);
      return -1;
    }
  numsys_approx_apply (path->approx, NUMSYS_APPROX_TO_LINEAR, n, r,
                       path->constant);
  for (size_t i = 0; i < n; i++)
    path->power[i] = numsys_exact_pow2 ((uint32_t) i, (uint32_t) n,
                                        DATAPATH_POWER_FRACTION, NULL);
  free (r);
  return 0;
}

static int64_t
common_multiple (int64_t a, int64_t b)
{
  int64_t x = a, y = b;

  while (y != 0)
    {
      const int64_t rest = x % y;

      x = y;
      y = rest;
    }
  return a / x * b;
}

static int
set_shape (numsys_datapath *path, numsys_datapath_operand a,
           numsys_datapath_operand b, numsys_error *error)
{
  const int64_t acc = path->values[DATAPATH_ACC];

  path->gamma = common_multiple (a.gamma, b.gamma);
  path->times[0] = path->gamma / a.gamma;
  path->times[1] = path->gamma / b.gamma;
  if (path->gamma > NUMSYS_APPROX_MOST_GAMMA
      || a.top > MOST_PRODUCTS / path->times[0]
      || b.top > MOST_PRODUCTS / path->times[1])
    {
      numsys_error_set (error, "a datapath takes gammas up to %d and stored "
                        "exponents up to %" PRId64 " steps, not gamma=%" PRId64
                        " and %" PRId64 " with gamma=%" PRId64 " and %" PRId64,
                        NUMSYS_APPROX_MOST_GAMMA, MOST_PRODUCTS, a.gamma,
                        a.top, b.gamma, b.top);
      return -1;
    }
  path->tops[0] = a.top * path->times[0];
  path->tops[1] = b.top * path->times[1];
  path->top = path->tops[0] + path->tops[1];
  if (path->values[DATAPATH_LSB] == NUMSYS_DERIVED)
    path->values[DATAPATH_LSB]
      = path->top / path->gamma + 1 + path->values[DATAPATH_HEADROOM]
        - (acc - 1);
  path->low = -(INT64_C (1) << (acc - 1));
  path->high = -path->low - 1;
  return 0;
}

numsys_datapath *
numsys_datapath_new (const char *spec, numsys_datapath_operand a,
                     numsys_datapath_operand b, numsys_error *error)
{
  numsys_datapath_spec parsed;
  numsys_datapath *path;

  if (numsys_datapath_parse (spec, &parsed, error) != 0)
    return NULL;
  path = calloc (1, sizeof *path);
  if (path == NULL)
    {
      numsys_error_set (error, "out of memory for a datapath");
      return NULL;
    }
  memcpy (path->values, parsed.values, sizeof path->values);
  if (set_shape (path, a, b, error) == 0)
    path->approx = numsys_approx_new (
      parsed.approx, path->gamma, (unsigned) path->values[DATAPATH_FRACTION],
      error);
  if (path->approx == NULL)
    {
      numsys_datapath_free (path);
      return NULL;
    }
  if (make_constants (path) != 0 || make_terms (path) != 0
      || make_bounds (path) != 0)
    {
      numsys_error_set (error, "out of memory for a datapath");
      numsys_datapath_free (path);
      return NULL;
    }
  return path;
}

void
numsys_datapath_free (numsys_datapath *path)
{
  if (path == NULL)
    return;
  numsys_approx_free (path->approx);
  free (path->constant);
  free (path->power);
  free (path->term[0]);
  free (path->term[1]);
  free (path->most);
  free (path);
}

int64_t
numsys_datapath_gamma (const numsys_datapath *path)
{
  return path->gamma;
}

unsigned
numsys_datapath_bits (const numsys_datapath *path)
{
  return (unsigned) path->values[DATAPATH_ACC];
}

int64_t
numsys_datapath_lsb (const numsys_datapath *path)
{
  return path->values[DATAPATH_LSB];
}

int
numsys_datapath_gives_lns (const numsys_datapath *path)
{
  return path->values[DATAPATH_BACK] == BACK_LNS;
}

int64_t
numsys_datapath_offset (const numsys_datapath *path, int64_t bias_a,
                        int64_t bias_b)
{
  return -(bias_a * path->times[0] + bias_b * path->times[1]);
}
