/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Benchmarks: what the library does, timed against the machine's limits and
   the plain ways of doing it.  Only ratios within one run mean something, so
   the items of a benchmark take turns, repetition by repetition, and a ratio
   is the median of those of repetitions.

   To add a benchmark, write its file and name it in registry.c.  */

#ifndef EXPERIMENTS_BENCH_BENCH_H
#define EXPERIMENTS_BENCH_BENCH_H

#include <stddef.h>
#include "experiments/results/table.h"
#include "numsys/type.h"

/* Where arrays lie: `floats' numbers in and as many out fit in there. */
typedef struct bench_place
{
  const char *name;      /* L2, L3, memory */
  size_t floats;
} bench_place;

/* One thing to time. */
typedef struct bench_item
{
  char *name;
  double work;           /* of a call, in the benchmark's unit */
  size_t against;        /* the item that ratios are taken to */
  void (*run) (void *data);
  void *data;
  size_t calls;          /* in a repetition */
  double *seconds;       /* of a call, by repetition */
} bench_item;

/* What a benchmark times at one place, in this order, and what it keeps
   meanwhile. */
typedef struct bench_list
{
  size_t count, kept;
  bench_item *items;
  struct bench_kept { void *object; void (*release) (void *); } *keep;
} bench_list;

typedef struct bench_type
{
  const char *name;
  const char *summary;
  const char *unit;      /* of work, a second */
  int is_placed;         /* repeated for each place */
  /* Adds items; -1 and a sentence.  place is the first one when it does not
     matter. */
  int (*fill) (bench_list *list, const bench_place *place,
               numsys_error *error);
} bench_type;

extern const bench_type *const bench_types[];   /* ended by NULL */
extern const bench_type bench_codes;
extern const bench_type bench_datapath;
extern const bench_type bench_narrow;
extern const bench_type bench_product;
extern const bench_type bench_quantize;
extern const bench_type bench_random;
extern const bench_type bench_training;
extern const bench_type bench_update;

/* --- places.c --- */

enum { BENCH_PLACES = 3 };

/* By the caches of this machine, as the system tells them. */
void bench_places (bench_place places[BENCH_PLACES]);

/* --- facts.c --- */

/* Keys and values: processor, instruction set, BLAS and its core, load, sizes of
   places.  Owned by the caller. */
results_table *bench_facts (size_t repetitions,
                            const bench_place places[BENCH_PLACES]);

/* --- list.c --- */

/* Adds an item and gives its number; name is copied. */
size_t bench_add (bench_list *list, const char *name, double work,
                  size_t against, void (*run) (void *), void *data);
/* Hands over an object until the list is cleared; gives it back. */
void *bench_keep (bench_list *list, void *object, void (*release) (void *));
/* n floats, aligned, zero, kept by the list. */
float *bench_floats (bench_list *list, size_t n);
/* Fills them with Gaussian numbers. */
void bench_gaussian (size_t n, float x[]);
void bench_clear (bench_list *list);

/* --- measure.c --- */

/* What came out of an item; spread is the distance of the quartiles over the
   median, ratio the speed over that of the item it is against. */
typedef struct bench_result
{
  double median, best;   /* work a second */
  double spread;
  double ratio, best_ratio;
} bench_result;

/* Times all items, in turns. */
void bench_measure (bench_list *list, size_t repetitions);
bench_result bench_result_of (const bench_list *list, size_t item,
                              size_t repetitions);

/* --- integers.c: float32 to integers and back, as fast as it goes --- */

/* In vectors to nearest and saturating, else as C does it: x is in range. */
void bench_to_int8 (size_t n, const float x[], int8_t out[]);
void bench_to_int16 (size_t n, const float x[], int16_t out[]);
void bench_from_int8 (size_t n, const int8_t x[], float out[]);

/* --- naive.c: what one writes without thinking of speed --- */

void bench_naive_lns (size_t n, int gamma, float scale, int top,
                      const float x[], float out[]);
void bench_naive_float (size_t n, int exponent, int significand,
                        const float x[], float out[]);
void bench_naive_fixed (size_t n, float unit, float most, const float x[],
                        float out[]);

/* --- naive_fast_math.c: the same, compiled to use vectors of libm --- */

void bench_fast_math_lns (size_t n, int gamma, float scale, int top,
                          const float x[], float out[]);

#endif
