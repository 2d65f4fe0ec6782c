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
  numsys_datapath_number *number[2];   /* (m, k) and (n, k) */
  numsys_datapath_number *line;        /* a row as stored */
  int64_t *bins;
  numsys_datapath_events events;
} datapath_state;

static void
close_state (void *vstate)
{
  datapath_state *state = vstate;

  numsys_datapath_free (state->path);
  free (state->number[0]);
  free (state->number[1]);
  free (state->line);
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
      numsys_error *error)
{
  state->path = numsys_datapath_new (
    spec, numsys_datapath_operand_of (state->quantizer[0]),
    numsys_datapath_operand_of (state->quantizer[1]), error);
  if (state->path == NULL)
    return -1;
  state->number[0] = calloc (room, sizeof *state->number[0]);
  state->number[1] = calloc (room, sizeof *state->number[1]);
  state->line = calloc (room, sizeof *state->line);
  state->bins = calloc ((size_t) numsys_datapath_gamma (state->path),
                        sizeof *state->bins);
  if (state->number[0] != NULL && state->number[1] != NULL
      && state->line != NULL && state->bins != NULL)
    return 0;
  numsys_error_set (error, "out of memory");
  return -1;
}

static void *
open_state (const char *spec, const numsys_quantizer *a,
            const numsys_quantizer *b, size_t room, numsys_error *error)
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
  if (make (state, spec, room, error) == 0)
    return state;
  close_state (state);
  return NULL;
}

/* An operand as (outer, k): outer counts rows of op(A) or columns of op(B), and
   lies along rows as stored if by_rows. */
static int64_t
read_operand (datapath_state *state, int which, int by_rows, size_t outer,
              size_t k, const product_operand *from)
{
  const size_t rows = by_rows ? outer : k, columns = by_rows ? k : outer;
  numsys_datapath_number *to = state->number[which];
  int64_t bias = 0;

  for (size_t i = 0; i < rows; i++)
    {
      numsys_datapath_read (state->quantizer[which], from->scale, columns,
                            from->data + i * from->stride,
                            by_rows ? to + i * k : state->line, &bias);
      for (size_t j = 0; !by_rows && j < columns; j++)
        to[j * k + i] = state->line[j];
    }
  return bias;
}

static float
value (const numsys_datapath *path, int64_t accumulator, int64_t offset)
{
  float power;

  if (accumulator == 0 || !numsys_datapath_gives_lns (path))
    return numsys_datapath_float (path, accumulator, offset);
  power = numsys_datapath_power (
    path, numsys_datapath_steps (path, accumulator, offset));
  return accumulator < 0 ? -power : power;
}

static void
multiply (void *vstate, size_t m, size_t n, size_t k, const product_operand *a,
          const product_operand *b, int beta, float c[], size_t ldc)
{
  datapath_state *state = vstate;
  const int64_t bias_a = read_operand (state, 0, !a->transpose, m, k, a);
  const int64_t bias_b = read_operand (state, 1, b->transpose, n, k, b);
  const int64_t offset = numsys_datapath_offset (state->path, bias_a, bias_b);

  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++)
      {
        const int64_t accumulator = numsys_datapath_dot (
          state->path, k, state->number[0] + i * k, 1,
          state->number[1] + j * k, 1, state->bins, &state->events);
        const float x = value (state->path, accumulator, offset);

        c[i * ldc + j] = beta ? c[i * ldc + j] + x : x;
      }
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
