/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timing in turns, by the processor time of the one thread that works: what
   else the machine does then costs caches and clock rate only.  */

#include <config.h>
#include <stdlib.h>
#include <time.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"

/* A repetition takes at least so many seconds: far more than the clock's
   grain, far less than the machine's moods. */
static const double least_seconds = 5e-4;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static double
seconds_of (const bench_item *item)
{
  const double start = now ();

  for (size_t i = 0; i < item->calls; i++)
    item->run (item->data);
  return now () - start;
}

/* Finds how many calls take long enough; a warm-up too. */
static void
calibrate (bench_item *item)
{
  item->calls = 1;
  item->run (item->data);
  while (seconds_of (item) < least_seconds)
    item->calls *= 2;
}

void
bench_measure (bench_list *list, size_t repetitions)
{
  for (size_t i = 0; i < list->count; i++)
    {
      list->items[i].seconds = memory_new (repetitions, sizeof (double));
      calibrate (&list->items[i]);
    }
  for (size_t r = 0; r < repetitions; r++)
    for (size_t i = 0; i < list->count; i++)
      {
        bench_item *item = &list->items[i];

        item->seconds[r] = seconds_of (item) / (double) item->calls;
      }
}

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Quartile q of sorted x[0..n): the element nearest to its place. */
static double
quartile (size_t n, const double x[], size_t q)
{
  return x[(q * (n - 1) + 2) / 4];
}

bench_result
bench_result_of (const bench_list *list, size_t number, size_t repetitions)
{
  const bench_item *item = &list->items[number];
  const bench_item *other = &list->items[item->against];
  const size_t n = repetitions;
  double *x = memory_new (n, sizeof *x), *y = memory_new (n, sizeof *y);
  bench_result result;

  for (size_t r = 0; r < n; r++)
    x[r] = item->seconds[r];
  qsort (x, n, sizeof *x, compare);
  result.median = item->work / quartile (n, x, 2);
  result.best = item->work / x[0];
  result.spread = (quartile (n, x, 3) - quartile (n, x, 1))
                  / quartile (n, x, 2);
  for (size_t r = 0; r < n; r++)
    y[r] = (item->work / item->seconds[r])
           / (other->work / other->seconds[r]);
  qsort (y, n, sizeof *y, compare);
  result.ratio = quartile (n, y, 2);
  for (size_t r = 0; r < n; r++)
    y[r] = other->seconds[r];
  qsort (y, n, sizeof *y, compare);
  result.best_ratio = result.best / (other->work / y[0]);
  free (x);
  free (y);
  return result;
}
