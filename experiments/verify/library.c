/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The library as the subject, by its public calls. */

#include <config.h>

#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/verify/verify.h"

static void *
new_elements (const numsys *system, size_t n)
{
  void *elements = numsys_elements_new (system, n);

  if (elements == NULL)
    memory_exhausted ();
  return elements;
}

static void
answer_compare (const verify_question *q, const verify_batch *batch,
                void *const element[], uint32_t out[])
{
  signed char *order = memory_new (batch->n, sizeof order[0]);

  numsys_compare (q->from, batch->n, element[0], element[1], order);
  for (size_t i = 0; i < batch->n; i++)
    out[i] = (uint32_t) (int) order[i];
  free (order);
}

/* Operations of at most three operands, n cases a call. */
static void
answer_elements (const verify_question *q, const numsys_context *context,
                 const verify_batch *batch, uint32_t out[],
                 numsys_events *events)
{
  const size_t n = batch->n;
  void *element[3] = { NULL, NULL, NULL };
  void *result = new_elements (q->to, n);

  for (size_t k = 0; k < q->operands; k++)
    {
      element[k] = new_elements (q->from, n);
      numsys_from_codes (q->from, n, batch->operand[k], element[k]);
    }
  if (q->kind == VERIFY_COMPARE)
    answer_compare (q, batch, element, out);
  else if (q->kind == VERIFY_CONVERT)
    numsys_convert (q->from, q->to, context, n, element[0], result, events);
  else
    numsys_apply (q->from, q->operation, context, n, element[0], element[1],
                  element[2], result, events);
  if (q->kind != VERIFY_COMPARE)
    numsys_to_codes (q->to, n, result, out);
  for (size_t k = 0; k < q->operands; k++)
    numsys_elements_free (q->from, n, element[k]);
  numsys_elements_free (q->to, n, result);
}

/* Sums and dot products: one case a call. */
static void
answer_vectors (const verify_question *q, const numsys_context *context,
                const verify_batch *batch, uint32_t out[],
                numsys_events *events)
{
  const size_t length = q->length;
  const int vectors = q->kind == VERIFY_DOT ? 2 : 1;
  uint32_t *code = memory_new (length, sizeof code[0]);
  void *element[2] = { NULL, NULL };
  void *result = new_elements (q->to, 1);

  for (int v = 0; v < vectors; v++)
    element[v] = new_elements (q->from, length);
  for (size_t i = 0; i < batch->n; i++)
    {
      numsys_context one = *context;

      one.first += i;
      for (int v = 0; v < vectors; v++)
        {
          for (size_t k = 0; k < length; k++)
            code[k] = batch->operand[(size_t) v * length + k][i];
          numsys_from_codes (q->from, length, code, element[v]);
        }
      numsys_dot (q->from, &one, length, element[0], element[1], result,
                  events);
      numsys_to_codes (q->to, 1, result, &out[i]);
    }
  for (int v = 0; v < vectors; v++)
    numsys_elements_free (q->from, length, element[v]);
  numsys_elements_free (q->to, 1, result);
  free (code);
}

static void
answer (const void *data, const verify_question *question,
        const numsys_context *context, const verify_batch *batch,
        uint32_t out[], numsys_events *events)
{
  (void) data;
  if (question->kind == VERIFY_SUM || question->kind == VERIFY_DOT)
    answer_vectors (question, context, batch, out, events);
  else
    answer_elements (question, context, batch, out, events);
}

const verify_subject verify_library = {
  .name = "numsys",
  .counts = 1,
  .answer = answer,
};
