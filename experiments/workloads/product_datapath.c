/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products by the bit-true LNS datapath (numsys/datapath/datapath.h): what the
   quantizers gave is read back as stored exponents, every output is one dot
   product in the accumulator, and leaves it rounded once to float32 or, by
   back=lns, to a step.  With beta 1 it is then added to C in float32.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "experiments/workloads/products.h"
#include "numsys/datapath/datapath.h"
#include "numsys/spec.h"

typedef struct datapath_state
{
  numsys_datapath *path;
  const numsys_quantizer *quantizer[2];
  numsys_datapath_number *number[2];   /* as stored, rows close together */
  numsys_datapath_scratch *scratch;
  int shares_scratch;                  /* its sibling's */
  int64_t *bins;                       /* for when memory runs out */
  numsys_datapath_events events;
} datapath_state;

static void
close_state (void *vstate)
{
  datapath_state *state = vstate;

  numsys_datapath_free (state->path);
  free (state->number[0]);
  free (state->number[1]);
  if (!state->shares_scratch)
    numsys_datapath_scratch_free (state->scratch);
  free (state->bins);
  free (state);
}

static int
can_read (const numsys_quantizer *quantizer, numsys_error *error)
{
  if (quantizer != NULL)
    return numsys_datapath_can_read (quantizer, error);
  numsys_error_set (error, "fp32, but a datapath multiplies numbers of an "
                    "lns");
  return -1;
}

static int
make (datapath_state *state, const char *spec, size_t room,
      datapath_state *sibling, numsys_error *error)
{
  state->path = numsys_datapath_new (
    spec, numsys_datapath_operand_of (state->quantizer[0]),
    numsys_datapath_operand_of (state->quantizer[1]), error);
  if (state->path == NULL)
    return -1;
  state->number[0] = calloc (room, sizeof *state->number[0]);
  state->number[1] = calloc (room, sizeof *state->number[1]);
  if (sibling != NULL)
    {
      state->scratch = sibling->scratch;
      state->shares_scratch = 1;
    }
  else
    state->scratch = numsys_datapath_scratch_new ();
  state->bins = calloc ((size_t) numsys_datapath_gamma (state->path),
                        sizeof *state->bins);
  if (state->number[0] != NULL && state->number[1] != NULL
      && state->scratch != NULL && state->bins != NULL)
    return 0;
  numsys_error_set (error, "out of memory");
  return -1;
}

static void *
open_state (const char *spec, const numsys_quantizer *a,
            const numsys_quantizer *b, size_t room, void *sibling,
            numsys_error *error)
{
  datapath_state *state;

  if (can_read (a, error) != 0 || can_read (b, error) != 0)
    return NULL;
  state = calloc (1, sizeof *state);
  if (state == NULL)
    {
      numsys_error_set (error, "out of memory");
      return NULL;
    }
  state->quantizer[0] = a;
  state->quantizer[1] = b;
  if (make (state, spec, room, sibling, error) == 0)
    return state;
  close_state (state);
  return NULL;
}

static void
read_array (const numsys_quantizer *quantizer, const product_operand *from,
            size_t rows, size_t columns, numsys_datapath_number to[],
            int64_t *bias)
{
  const int is_close = from->stride == columns;
  const size_t lines = is_close ? 1 : rows;
  const size_t length = is_close ? rows * columns : columns;

  for (size_t i = 0; i < lines; i++)
    numsys_datapath_read (quantizer, from->scale, length,
                          from->data + i * from->stride, to + i * columns,
                          bias);
}

/* Whether the operand's reading holds the numbers of its array now.  One that
   has no memory to keep them is done without. */
static int
has_read (const numsys_quantizer *quantizer, const product_operand *from,
          size_t rows, size_t columns)
{
  product_reading *reading = from->reading;
  const size_t n = rows * columns;

  if (reading == NULL || reading->quantizer == quantizer)
    return reading != NULL;
  if (reading->room < n)
    {
      product_reading_clear (reading);
      reading->number = malloc (n * sizeof *reading->number);
      if (reading->number == NULL)
        return 0;
      reading->room = n;
    }
  read_array (quantizer, from, rows, columns, reading->number,
              &reading->bias);
  reading->quantizer = quantizer;
  return 1;
}

/* An operand whose array has so many rows and columns; its outer axis, rows of
   op(A) or columns of op(B), lies along the rows if by_rows. */
static numsys_datapath_matrix
read_operand (datapath_state *state, int which, int by_rows, size_t rows,
              size_t columns, const product_operand *from, int64_t *bias)
{
  const numsys_quantizer *quantizer = state->quantizer[which];
  const numsys_datapath_number *number = state->number[which];

  if (has_read (quantizer, from, rows, columns))
    {
      number = from->reading->number;
      *bias = from->reading->bias;
    }
  else
    read_array (quantizer, from, rows, columns, state->number[which], bias);
  return (numsys_datapath_matrix) { number, by_rows ? columns : 1,
                                    by_rows ? 1 : columns };
}

/* The same results, one by one. */
static void
multiply_plainly (datapath_state *state, size_t m, size_t n, size_t k,
                  const numsys_datapath_matrix *a,
                  const numsys_datapath_matrix *b,
                  const numsys_datapath_results *to)
{
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        const int64_t sum = numsys_datapath_dot (
          state->path, k, a->number + i * a->outer, a->inner,
          b->number + j * b->outer, b->inner, state->bins, &state->events);
        float *c = to->c + i * to->stride + j, x;

        numsys_datapath_back (state->path, 1, &sum, to->offset, &x);
        *c = to->adds ? *c + x : x;
      }
}

static void
multiply (void *vstate, size_t m, size_t n, size_t k, const product_operand *a,
          const product_operand *b, int beta, float c[], size_t ldc)
{
  datapath_state *state = vstate;
  int64_t bias_a = 0, bias_b = 0;
  const numsys_datapath_matrix x
    = read_operand (state, 0, !a->transpose, a->transpose ? k : m,
                    a->transpose ? m : k, a, &bias_a);
  const numsys_datapath_matrix y
    = read_operand (state, 1, b->transpose, b->transpose ? n : k,
                    b->transpose ? k : n, b, &bias_b);
  const numsys_datapath_results to
    = { c, ldc, numsys_datapath_offset (state->path, bias_a, bias_b), beta };

  if (numsys_datapath_multiply_back (state->path, m, n, k, &x, &y, &to,
                                     state->scratch, &state->events) != 0)
    multiply_plainly (state, m, n, k, &x, &y, &to);
}

static void
tell (const void *vstate, char out[], size_t room)
{
  const datapath_state *state = vstate;
  const numsys_datapath_events *events = &state->events;

  snprintf (out, room, "products=%" PRIu64 " truncated=%" PRIu64
            " vanished=%" PRIu64 " overflow=%" PRIu64, events->products,
            events->truncated, events->vanished, events->overflow);
}

static unsigned
bits (const void *vstate)
{
  const datapath_state *state = vstate;

  return numsys_datapath_bits (state->path);
}

const product_type product_datapath = {
  .name = "datapath",
  .summary = "the bit-true LNS datapath",
  .usage = "datapath:KEYS",
  .is_portable = 1,
  .needs_scales = 1,
  .canonical = numsys_datapath_canonical,
  .open = open_state,
  .close = close_state,
  .multiply = multiply,
  .bits = bits,
  .tell = tell,
};
