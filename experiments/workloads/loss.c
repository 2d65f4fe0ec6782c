/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Softmax and cross-entropy, in double and in a fixed order, with our own exp
   and log: the same bits on every machine.  */

#include <config.h>
#include "experiments/workloads/loss.h"
#include "numsys/elementary.h"

static size_t
index_of_largest (size_t n, const float x[])
{
  size_t largest = 0;

  for (size_t j = 1; j < n; j++)
    if (x[j] > x[largest])
      largest = j;
  return largest;
}

/* Sum of exp (z - largest), at least 1. */
static double
sum_of_exp (size_t n, const float z[], double largest)
{
  double sum = 0;

  for (size_t j = 0; j < n; j++)
    sum += numsys_exp (z[j] - largest);
  return sum;
}

double
loss_softmax (size_t batch, size_t classes, const float logits[],
              const uint8_t label[], float e[], size_t *right)
{
  double loss = 0;

  for (size_t i = 0; i < batch; i++)
    {
      const float *z = logits + i * classes;
      const size_t first = index_of_largest (classes, z);
      const double largest = z[first];
      const double sum = sum_of_exp (classes, z, largest);

      loss += numsys_log (sum) - (z[label[i]] - largest);
      *right += first == label[i];
      for (size_t j = 0; e != NULL && j < classes; j++)
        {
          const double p = numsys_exp (z[j] - largest) / sum;

          e[i * classes + j]
            = (float) ((p - (j == label[i])) / (double) batch);
        }
    }
  return loss;
}
