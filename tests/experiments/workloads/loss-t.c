/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Softmax and cross-entropy against the C library's long double.  */

#include <math.h>

#include "experiments/workloads/loss.h"
#include "tests/tap/tap.h"

enum
{
  batch = 4,
  classes = 3
};

static const float logits[batch * classes] = {
  0, 0, 0,
  1, -2, 0.5f,
  200, -300, 100,
  -1e30f, 1e30f, 0,
};
static const uint8_t label[batch] = { 0, 1, 0, 1 };

static long double
softmax (size_t i, size_t j)
{
  long double sum = 0;

  for (size_t l = 0; l < classes; l++)
    sum += expl ((long double) logits[i * classes + l]
                 - logits[i * classes + j]);
  return 1 / sum;
}

static void
test_values (void)
{
  float e[batch * classes];
  long double loss = 0, worst = 0;
  size_t right = 0;
  double seen = loss_softmax (batch, classes, logits, label, e, &right);

  for (size_t i = 0; i < batch; i++)
    {
      loss -= logl (softmax (i, label[i]));
      for (size_t j = 0; j < classes; j++)
        {
          const long double wanted
            = (softmax (i, j) - (j == label[i])) / batch;

          worst = fmaxl (worst, fabsl (wanted - e[i * classes + j]));
        }
    }
  is_near ((double) loss, seen, 1e-14, "the sum of losses");
  ok (worst < 2e-8, "...gradients to the last place of a float");
  is_int (3, (int64_t) right, "...three predictions right, one by a tie");
  is_double (seen, loss_softmax (batch, classes, logits, label, NULL, &right),
             "...the same without gradients");
  is_int (6, (int64_t) right, "...right ones are added");
}

/* A net that has diverged is a result: it guesses the first class. */
static void
test_not_finite (void)
{
  const float bad[] = { NAN, NAN, INFINITY, 0 };
  const uint8_t zeros[] = { 0, 0 };
  size_t right = 0;

  ok (!isfinite (loss_softmax (2, 2, bad, zeros, NULL, &right)),
      "the loss of what is not finite is not finite");
  is_int (2, (int64_t) right, "...and the first class is guessed");
}

int
main (void)
{
  plan (7);
  test_values ();
  test_not_finite ();
  return 0;
}
