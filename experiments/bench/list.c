/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of what is timed, and of what that needs.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "numsys/random.h"

size_t
bench_add (bench_list *list, const char *name, double work, size_t against,
           void (*run) (void *), void *data)
{
  list->items = memory_grow (list->items, list->count, sizeof *list->items);
  list->items[list->count] = (bench_item) {
    .name = memory_copy (name),
    .work = work,
    .against = against,
    .run = run,
    .data = data,
  };
  return list->count++;
}

void *
bench_keep (bench_list *list, void *object, void (*release) (void *))
{
  list->keep = memory_grow (list->keep, list->kept, sizeof *list->keep);
  list->keep[list->kept++] = (struct bench_kept) { object, release };
  return object;
}

float *
bench_floats (bench_list *list, size_t n)
{
  enum { alignment = 64 };
  const size_t bytes
    = (n * sizeof (float) + alignment - 1) / alignment * alignment;
  float *x = aligned_alloc (alignment, bytes);

  if (x == NULL)
    memory_exhausted ();
  memset (x, 0, bytes);
  return bench_keep (list, x, free);
}

/* Few numbers are drawn, since drawing is slow: a period that no branch
   predictor knows. */
void
bench_gaussian (size_t n, float x[])
{
  enum { period = 100003 };
  const numsys_random random = numsys_random_of (1, 0, 0, 0);

  for (size_t i = 0; i < n; i++)
    x[i] = i < period ? (float) numsys_random_normal (&random, i)
                      : x[i - period];
}

void
bench_clear (bench_list *list)
{
  for (size_t i = 0; i < list->count; i++)
    {
      free (list->items[i].name);
      free (list->items[i].seconds);
    }
  for (size_t i = list->kept; i-- > 0;)
    list->keep[i].release (list->keep[i].object);
  free (list->items);
  free (list->keep);
  *list = (bench_list) { .count = 0 };
}
