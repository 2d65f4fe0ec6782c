/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The points of a study's grid, for tables of any study.

   A point is the runs of one group that agree on every axis but the seed.
   Groups called search... are tuning: they have seeds of their own, which no
   reported run has, and choose the axis `rate' for the others.  */

#ifndef EXPERIMENTS_TABLES_POINTS_H
#define EXPERIMENTS_TABLES_POINTS_H

#include "experiments/report/report.h"
#include "experiments/tables/select.h"

/* The axis that a learning rate is chosen along. */
#define POINTS_RATE "rate"

typedef enum points_choice
{
  POINTS_NONE,      /* the point has no rate, or nothing to choose by */
  POINTS_CHOSEN,
  POINTS_EDGE,      /* chosen, but at an end of the rates tried */
  POINTS_NOT_CHOSEN
} points_choice;

typedef struct point
{
  const char *group;          /* borrowed from the results */
  int is_search;
  int is_float32;
  select_rows rows;
  double validation;          /* mean accuracy; NaN when a run diverged */
  points_choice choice;
} point;

typedef struct points
{
  const report_data *data;
  size_t count;
  point *item;                /* in the order of the results */
} points;

/* Every point of the results.  A rate is chosen by validation accuracy among
   the points that agree on all other axes: those of searches, if there are
   any, and then for reported points too; else those of the same group.  */
points points_find (const report_data *data);
void points_free (points *all);

/* What a point is called on an axis: `-' when it has none of that name. */
const char *points_label (const points *all, const point *one,
                          const char *axis);

/* The result that a row of a table beside results.tsv, of one run's curve or
   tensors, belongs to, and in *run the run's place among the point's rows;
   NULL when it is of none. */
const point *points_of_row (const points *all, const results_table *other,
                            size_t row, size_t *run);

/* Whether two points agree on all axes but these, ended by NULL. */
int points_agree (const points *all, const point *one, const point *other,
                  const char *const but[]);

/* A reported point whose rate, if it has one, is the chosen one. */
int points_is_result (const point *one);

/* The float32 result that one is to be compared with: of the same optimizer if
   is_own, else the best of all on validation data; NULL when there is none.  */
const point *points_float32 (const points *all, const point *one, int is_own);

/* "no", "best", "edge" or "-". */
const char *points_choice_name (points_choice choice);

/* The share of what is counted in one column among another's, over the runs;
   NaN when nothing is. */
double points_share (const points *all, const point *one, const char *part,
                     const char *whole);

/* Writes the point's group and its label on each axis. */
void points_set_labels (results_table *table, size_t row, const points *all,
                        const point *one);

#endif
