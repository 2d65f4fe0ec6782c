/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net in the elements of one system: softmax and cross-entropy.  */

#include <config.h>
#include "experiments/workloads/reference.h"

static void *
at (const reference *model, const void *elements, size_t i)
{
  return numsys_element (model->system, elements, i);
}

/* The first element that no other exceeds. */
static size_t
index_of_largest (const reference *model, size_t n, const void *x)
{
  size_t largest = 0;
  signed char order;

  for (size_t j = 1; j < n; j++)
    {
      numsys_compare (model->system, 1, at (model, x, j),
                      at (model, x, largest), &order);
      if (order == 1)
        largest = j;
    }
  return largest;
}

/* out = a operation b, element by element, b being one. */
static void
apply (const reference *model, numsys_operation operation, size_t n,
       const void *a, const void *b, void *out, numsys_events *events)
{
  for (size_t j = 0; j < n; j++)
    numsys_apply (model->system, operation, &model->context, 1,
                  at (model, a, j), b, NULL, at (model, out, j), events);
}

/* One example: its loss, and the gradient e of its logits z; count is the
   number of examples. */
static void
one_example (const reference *model, size_t label, size_t largest,
             const void *z, void *work, void *loss, void *e,
             const reference_events *events)
{
  const size_t n = model->layer[model->layers - 1].out;
  const numsys *system = model->system;
  const numsys_context *context = &model->context;
  void *wanted = at (model, e, label);

  apply (model, NUMSYS_SUBTRACT, n, z, at (model, z, largest), work,
         events->A);
  numsys_convert (system, system, context, 1, at (model, work, label), loss,
                  events->A);
  numsys_evaluate (system, NUMSYS_EXP, context, n, work, work, events->A);
  numsys_dot (system, context, n, work, NULL, model->sum, events->A);
  apply (model, NUMSYS_DIVIDE, n, work, model->sum, e, events->E);
  apply (model, NUMSYS_SUBTRACT, 1, wanted, model->one, wanted, events->E);
  apply (model, NUMSYS_DIVIDE, n, e, model->count, e, events->E);
  numsys_evaluate (system, NUMSYS_LOG, context, 1, model->sum, model->sum,
                   events->A);
  apply (model, NUMSYS_SUBTRACT, 1, model->sum, loss, loss, events->A);
}

const void *
reference_loss (reference *model, size_t n, const uint8_t label[],
                size_t *right, const reference_events *events)
{
  const reference_layer *last = &model->layer[model->layers - 1];
  const double count = (double) n, one = 1;

  numsys_encode (model->system, &model->context, 1, &count, model->count,
                 events->A);
  numsys_encode (model->system, &model->context, 1, &one, model->one,
                 events->A);
  for (size_t i = 0; i < n; i++)
    {
      const void *z = at (model, last->y, i * last->out);
      const size_t largest = index_of_largest (model, last->out, z);

      *right += largest == label[i];
      one_example (model, label[i], largest, z, model->work,
                   at (model, model->loss, i),
                   at (model, last->e, i * last->out), events);
    }
  numsys_dot (model->system, &model->context, n, model->loss, NULL,
              model->sum, events->A);
  apply (model, NUMSYS_DIVIDE, 1, model->sum, model->count, model->mean,
         events->A);
  return model->mean;
}
