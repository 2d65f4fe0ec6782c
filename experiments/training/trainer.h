/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run is made of while it lasts: between training.c, which runs it, and
   the engines, which compute.  */

#ifndef EXPERIMENTS_TRAINING_TRAINER_H
#define EXPERIMENTS_TRAINING_TRAINER_H

#include "experiments/training/batches.h"
#include "experiments/probes/plan.h"
#include "experiments/probes/watch.h"
#include "experiments/training/training.h"
#include "experiments/workloads/init.h"
#include "experiments/workloads/model.h"
#include "optim/optim.h"

/* Weights that no bound of the rule limits may grow to this multiple of the
   largest initial one before U saturates: a power of two. */
#define TRAINER_HEADROOM 8

typedef struct trainer trainer;

/* One way to compute a run.  Batches lie in run->x and run->label. */
typedef struct trainer_engine
{
  /* Takes over the initial weights in run->model; -1 and a sentence. */
  int (*init) (trainer *run, numsys_error *error);
  void (*clear) (trainer *run);   /* also after an init that failed */

  /* Forward, backward and update by the first n examples: their mean loss.
     Nothing is updated when it is not finite. */
  double (*step) (trainer *run, size_t n, double lr);

  /* Forward alone: the sum of losses; *right grows by the examples predicted
     right.  pass is 1 for the first batch of an evaluation, then 2, ... */
  double (*evaluate) (trainer *run, unsigned pass, size_t n, size_t *right);

  /* Whether all weights are. */
  int (*is_finite) (const trainer *run);

  /* How far the weights are from the truth's, relative to these; NaN without
     a truth.  NULL: there never is one. */
  double (*distance) (const trainer *run);
} trainer_engine;

extern const trainer_engine trainer_float;       /* float32 and quantizers */
extern const trainer_engine trainer_reference;   /* elements of one system */

/* Everything that settings name, read and checked. */
typedef struct trainer_parts
{
  net_shape shape;               /* of a net; or no layers, and */
  objective function;            /* type NULL: a net */
  roles all;
  const init_type *init;
  const trainer_engine *engine;
  products product;              /* of the float engine */
  int follows_data;              /* U's scale is chosen anew at each step */
  numsys *system;                /* of the reference */
  numsys *truth;                 /* of the run beside it; NULL: none */
  optim *rule;
  optim_schedule *schedule;
} trainer_parts;

struct trainer
{
  const training_settings *settings;
  trainer_parts parts;
  net model;
  batches_part train, validation, test;
  uint32_t *order;
  float *x;                /* (batch, features), the model's; NULL: an
                              objective has none */
  uint8_t *label;          /* (batch) */
  void *state;             /* of the engine */
  optim_counts counts;
  double truth_loss;       /* of the last step; NaN without a truth */
  uint64_t dragged;        /* stored weights that new scales of U moved */
  training_role_counts *role;   /* what was counted: TRAINING_ROLES of them */
  struct probe *probe;          /* NULL: nothing is measured */
  const step_watch *watch;   /* of the present step; NULL: nobody */
  const step_watch *shown;   /* who watches one step, or NULL */
  uint64_t shown_step;
};

/* Where a run is. */
typedef struct trainer_loop
{
  probe_plan probes;
  uint64_t epoch_steps, steps, every;   /* every: points of the curve */
  double loss;           /* sum since the last point of the curve */
  double truth_loss;     /* likewise */
  uint64_t summed;       /* steps in them */
} trainer_loop;

/* The beginning of a run on so many examples. */
trainer_loop trainer_loop_of (const training_settings *settings,
                              size_t examples);

/* Reads settings; features and classes are the data's.  0, or -1 and a
   sentence. */
int trainer_parts_init (trainer_parts *parts,
                        const training_settings *settings, size_t features,
                        size_t classes, numsys_error *error);
void trainer_parts_clear (trainer_parts *parts);

/* The engine, products and truth that settings name; after the roles, whose
   quantizers a product may need.  0, or -1 and a sentence. */
int trainer_read_products (trainer_parts *parts,
                           const training_settings *settings,
                           numsys_error *error);

/* Whether this is reference:SYSTEM. */
int trainer_is_reference (const char *product);

/* Whether the model is an objective, which has no examples. */
int trainer_is_objective (const trainer_parts *parts);

/* How many weights the model has. */
size_t trainer_parameters (const net_shape *shape, const objective *function);

/* What each product counted so far, "" where there is nothing to tell. */
void trainer_parts_tell (const trainer_parts *parts,
                         char out[PRODUCTS][TRAINING_TOLD]);

/* Splits the data: training, validation off its end, test.  0, or -1 and a
   sentence. */
int trainer_split (const training_settings *settings, const data_set *set,
                   batches_part *train, batches_part *validation,
                   batches_part *test, numsys_error *error);

/* 0, or -1 and a sentence; to be cleared in either case. */
int trainer_init (trainer *run, const training_settings *settings,
                  const data_set *set, numsys_error *error);
void trainer_clear (trainer *run);

/* Who watches from the next step on; NULL: nobody. */
void trainer_set_watch (trainer *run, const step_watch *watch);

/* Stores parameter i in U as codes from now on, if steps and Q_W take them; -1
   when memory ran out. */
int trainer_keep_codes (trainer *run, const optim_tensor *memory, unsigned i,
                        numsys_scale scale);

/* The step of parameter i of the float engine, floats or codes; storage as
   optim_step takes it. */
void trainer_lone_step (trainer *run, optim_tensor *memory, unsigned i,
                        double lr, const optim_storage *storage);

/* The same told to run->watch, storage being without a watch of its own.
   Weights whose scale follows the data are stored after the step, so their
   update is not told. */
void trainer_watched_step (trainer *run, optim_tensor *memory, unsigned i,
                           double lr, optim_storage *storage);

/* The same by the run's threads, told to nobody; storage->stored may be called
   by all of them. */
void trainer_shared_step (trainer *run, optim_tensor *memory, unsigned i,
                          double lr, const optim_storage *storage);

/* One step by the examples order[from..from + batch): their mean loss. */
double trainer_step (trainer *run, size_t from, double lr);

/* Mean loss and accuracy in percent over a part; NaN when it is empty.  An
   objective has no accuracy: NaN. */
void trainer_evaluate (trainer *run, const batches_part *part, double *loss,
                       double *accuracy);

#endif
