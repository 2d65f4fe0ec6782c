/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run: a workload trained once.  */

#ifndef EXPERIMENTS_TRAINING_TRAINING_H
#define EXPERIMENTS_TRAINING_TRAINING_H

#include <stdint.h>
#include <stdio.h>
#include "experiments/data/data.h"
#include "experiments/workloads/product.h"
#include "experiments/workloads/roles.h"

/* What a run is told.  Strings are specs; all are borrowed.  Product
   reference:SYSTEM computes in SYSTEM alone: every role must be fp32. */
typedef struct training_settings
{
  const char *data;         /* name of the data set; NULL: not checked */
  const char *model;        /* mlp:256-128 (hidden widths), logistic,
                               quadratic:10,condition=100, rosenbrock:2 */
  const char *role[TRAINING_ROLES];   /* quantizers; fp32 is the identity */
  const char *optimizer;    /* lns-madam:p_scale=3 */
  const char *schedule;     /* cosine */
  const char *product;      /* sgemm, fixed-order, datapath:KEYS,
                               accumulate:SYSTEM, reference:SYSTEM */
  const char *product_dx, *product_dw;   /* of the error below and of weight
                               gradients; NULL or same: as product */
  const char *truth;        /* mpfr:256: the run is done in this system too,
                               and its distance told; NULL or `-': none */
  const char *init;         /* he */
  const char *U_scale;      /* initial (NULL too) or data */
  double lr;
  double bias_init;         /* standard deviation of initial biases */
  uint64_t seed;            /* initial weights, order of the data, rounding */
  uint64_t epochs;
  uint64_t batch;           /* examples that fill none are left out of an
                               epoch, others in each */
  uint64_t train_limit;     /* examples used, 0: all but validation */
  uint64_t validation;      /* examples split off the training part's end */
  uint64_t test_limit;      /* 0: all */
  uint64_t curve_every;     /* steps between points of the curve, 0: epochs */
  const char *probe;        /* steps that are measured: epoch, none, 100; NULL:
                               none */
  const char *probe_specs;  /* further quantizers; NULL or `-': none */
  unsigned threads;         /* of this run; 0: one.  Changes no bit */
} training_settings;

typedef enum training_status
{
  TRAINING_FINISHED,
  TRAINING_DIVERGED         /* loss or weights no longer finite: a result */
} training_status;

/* A point of the training curve. */
typedef struct training_point
{
  uint64_t step;
  double epoch;
  double lr;
  double train_loss;            /* mean since the last point */
  double validation_loss;       /* NaN where not evaluated */
  double validation_accuracy;   /* percent */
  /* With a truth, else NaN: */
  double distance;              /* of the weights from the truth's, relative
                                   to these; NaN when the run diverged */
  double truth_loss;            /* as train_loss */
} training_point;

#define TRAINING_TOLD 160   /* room for a line of counts */

typedef struct training_result
{
  training_status status;
  int has_examples;             /* else of an objective: its value after the
                                   last step is test_loss, and there are no
                                   accuracies and no validation */
  int has_truth;
  uint64_t steps;               /* done */
  uint64_t parameters;
  double train_loss, validation_loss, validation_accuracy;
  double test_loss, test_accuracy;   /* accuracies in percent */
  double distance;              /* of the last point */
  training_role_counts role[TRAINING_ROLES];   /* M and V: not counted */
  uint64_t updates, swallowed, flips, bounded;   /* as optim_counts */
  uint64_t dragged;             /* stored weights that new scales of U moved */
  double seconds, steps_per_second;  /* clock: never part of a result file */
  char product[PRODUCTS][TRAINING_TOLD];   /* what each product counted,
                                   evaluations included; "": nothing */
  training_point *curve;        /* owned */
  size_t points;
  char *probe_block[4];         /* owned, as probe.h says, or NULL */
} training_result;

/* Told now and then how far a run is; may be NULL.  Nonzero stops the run. */
typedef int (*training_progress) (void *closure, uint64_t step,
                                  uint64_t steps);

/* Checks everything that can be checked without data: 0, or -1 and the
   sentence that names the offender. */
int training_check (const training_settings *settings, numsys_error *error);

/* Prints which tensors are quantized how: every tensor of the model, every
   role; reads well to someone who has never seen the project. */
int training_role_table (const training_settings *settings,
                         const data_set *set, FILE *stream,
                         numsys_error *error);

/* Trains.  0 and a result (free it), also when the run diverged; -1 and a
   sentence when a setting is wrong or memory ran out; 1 when stopped. */
int training_run (const training_settings *settings, const data_set *set,
                  training_progress progress, void *closure,
                  training_result *result, numsys_error *error);
void training_result_free (training_result *result);

/* Trains up to this step (from 1) and shows its tensors to watch, as roles.h
   says: the same numbers as in the run.  0, or -1 and a sentence. */
int training_show (const training_settings *settings, const data_set *set,
                   uint64_t step, const roles_watch *watch,
                   numsys_error *error);

/* Steps of the whole run, and a prediction of its cost in multiply-adds. */
uint64_t training_steps (const training_settings *settings,
                         const data_set *set);
double training_cost (const training_settings *settings, const data_set *set);

#endif
