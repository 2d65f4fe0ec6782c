/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors whose dot products studies take, and these exactly: by the slots of
   mpfr, which round the exact sum of the exact products once.  */

#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/tables/vectors.h"

enum
{
  PURPOSE_VECTORS = 210,
  SEED = 1,
  APART = 1 << 20   /* of a vector's first number from the next one's */
};

const char *const vectors_kinds[VECTORS_KINDS] = { "normal", "magnitude" };

static void
draw (unsigned which, vectors_kind kind, size_t m, size_t n, float x[])
{
  const numsys_random random
    = numsys_random_of (SEED, PURPOSE_VECTORS, which, 0);

  for (size_t i = 0; i < m; i++)
    for (size_t p = 0; p < n; p++)
      {
        const double normal
          = numsys_random_normal (&random, (uint64_t) i * APART + p);

        x[i * n + p] = (float) (which == 0 ? fmax (0, normal)
                                : kind == VECTORS_MAGNITUDE ? fabs (normal)
                                                            : normal);
      }
}

/* x (m, n) to the format's grid; its scale when there is one for all. */
static numsys_scale
quantize (const numsys_quantizer *format, size_t m, size_t n, float x[])
{
  numsys_scale scale = { 0, 0 };

  if (numsys_quantizer_is_identity (format))
    return scale;
  if (numsys_quantizer_scaling (format) == NUMSYS_SCALE_TENSOR)
    scale = numsys_quantizer_scale (format, numsys_largest (m * n, x));
  numsys_quantize (format, m, n, 0, x, NULL, x, NULL);
  return scale;
}

/* Rows of x (m, n) as elements. */
static void **
encode_rows (const numsys *system, size_t m, size_t n, const float x[])
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  double *row = memory_new (n, sizeof row[0]);
  void **rows = memory_new (m, sizeof rows[0]);
  numsys_events ignored = { 0 };

  for (size_t i = 0; i < m; i++)
    {
      rows[i] = numsys_elements_new (system, n);
      if (rows[i] == NULL)
        memory_exhausted ();
      for (size_t p = 0; p < n; p++)
        row[p] = x[i * n + p];
      numsys_encode (system, &context, n, row, rows[i], &ignored);
    }
  free (row);
  return rows;
}

static void
free_rows (const numsys *system, size_t m, size_t n, void **rows)
{
  for (size_t i = 0; i < m; i++)
    numsys_elements_free (system, n, rows[i]);
  free (rows);
}

static double
size_of (size_t n, const float a[], const float w[])
{
  double sum = 0;

  for (size_t p = 0; p < n; p++)
    sum += fabs ((double) a[p] * w[p]);
  return sum;
}

/* w is (m, n) here. */
static void
sum_exactly (vectors *out, const float w[])
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  const size_t m = out->m, n = out->n;
  numsys_error error;
  numsys *system = numsys_new ("mpfr:53", &error);
  void *sum = system != NULL ? numsys_elements_new (system, 1) : NULL;
  void **rows[2];
  numsys_events ignored = { 0 };

  if (sum == NULL)
    memory_exhausted ();
  rows[0] = encode_rows (system, m, n, out->a);
  rows[1] = encode_rows (system, m, n, w);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < m; j++)
      {
        numsys_dot (system, &context, n, rows[0][i], rows[1][j], sum,
                    &ignored);
        numsys_decode (system, 1, sum, &out->exact[i * m + j]);
        out->size[i * m + j] = size_of (n, out->a + i * n, w + j * n);
      }
  free_rows (system, m, n, rows[0]);
  free_rows (system, m, n, rows[1]);
  numsys_elements_free (system, 1, sum);
  numsys_free (system);
}

void
vectors_init (vectors *out, const numsys_quantizer *format, vectors_kind kind,
              size_t m, size_t n)
{
  float *w = memory_new (m * n, sizeof w[0]);

  *out = (vectors) { .m = m, .n = n };
  out->a = memory_new (m * n, sizeof out->a[0]);
  out->w = memory_new (m * n, sizeof out->w[0]);
  out->exact = memory_new (m * m, sizeof out->exact[0]);
  out->size = memory_new (m * m, sizeof out->size[0]);
  draw (0, kind, m, n, out->a);
  draw (1, kind, m, n, w);
  out->scale[0] = quantize (format, m, n, out->a);
  out->scale[1] = quantize (format, m, n, w);
  sum_exactly (out, w);
  for (size_t i = 0; i < m; i++)
    for (size_t p = 0; p < n; p++)
      out->w[p * m + i] = w[i * n + p];
  free (w);
}

void
vectors_clear (vectors *old)
{
  free (old->a);
  free (old->w);
  free (old->exact);
  free (old->size);
}
