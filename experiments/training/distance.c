/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far two paths are apart, in the elements of the truth.  */

#include <config.h>
#include <math.h>
#include "experiments/training/trajectory.h"

/* Where it is computed: elements of one system. */
typedef struct place
{
  const numsys *system;
  numsys_context context;
  numsys_events ignored;
  void *difference;            /* as long as the longest array */
  void *square[2], *sum;       /* of w - w*, of w*; of one array */
} place;

static void
apply (place *at, numsys_operation operation, size_t n, const void *a,
       const void *b, void *out)
{
  numsys_apply (at->system, operation, &at->context, n, a, b, NULL, out,
                &at->ignored);
}

/* Adds x . x to a sum. */
static void
add_square (place *at, size_t n, const void *x, void *square)
{
  numsys_dot (at->system, &at->context, n, x, x, at->sum, &at->ignored);
  apply (at, NUMSYS_ADD, 1, square, at->sum, square);
}

static double
distance (place *at, const trajectory *path, const trajectory *truth)
{
  double x;

  for (size_t i = 0; i < truth->arrays; i++)
    {
      const size_t n = truth->length[i];

      numsys_convert (path->system, at->system, &at->context, n, path->w[i],
                      at->difference, &at->ignored);
      apply (at, NUMSYS_SUBTRACT, n, at->difference, truth->w[i],
             at->difference);
      add_square (at, n, at->difference, at->square[0]);
      add_square (at, n, truth->w[i], at->square[1]);
    }
  apply (at, NUMSYS_DIVIDE, 1, at->square[0], at->square[1], at->sum);
  apply (at, NUMSYS_SQRT, 1, at->sum, NULL, at->sum);
  numsys_decode (at->system, 1, at->sum, &x);
  return x;
}

double
trajectory_distance (const trajectory *path, const trajectory *truth)
{
  const numsys *system = truth->system;
  size_t longest = 0;
  double result;
  void *elements;

  for (size_t i = 0; i < truth->arrays; i++)
    longest = truth->length[i] > longest ? truth->length[i] : longest;
  elements = numsys_elements_new (system, longest + 3);
  if (elements == NULL)
    return (double) NAN;
  result = distance (&(place) {
    .system = system,
    .context = numsys_context_of (NUMSYS_NEAREST),
    .difference = elements,
    .square = { numsys_element (system, elements, longest),
                numsys_element (system, elements, longest + 1) },
    .sum = numsys_element (system, elements, longest + 2),
  }, path, truth);
  numsys_elements_free (system, longest + 3, elements);
  return result;
}
