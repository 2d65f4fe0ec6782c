/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roles of tensors in training, and their quantizers.  */

#ifndef EXPERIMENTS_WORKLOADS_ROLES_H
#define EXPERIMENTS_WORKLOADS_ROLES_H

#include "numsys/numsys.h"

typedef enum training_role
{
  TRAINING_W,   /* weights, as a product reads them */
  TRAINING_A,   /* activations, inputs of the net included */
  TRAINING_E,   /* activation gradients ("errors") */
  TRAINING_G,   /* weight gradients */
  TRAINING_U,   /* stored weights: there is no other copy */
  TRAINING_M,   /* optimizer: first moments */
  TRAINING_V    /* optimizer: second moments */
} training_role;

#define TRAINING_ROLES 7

extern const char *const training_role_names[TRAINING_ROLES];   /* W A E ... */
extern const char *const training_role_meanings[TRAINING_ROLES];

/* What was counted of one role over the run. */
typedef struct training_role_counts
{
  uint64_t values;              /* values quantized */
  numsys_events events;
} training_role_counts;

/* A tensor about to be quantized: x (rows, columns), and how.  Stored weights
   (U) are shown once they are stored.  */
typedef struct roles_tensor
{
  training_role role;
  unsigned layer;                      /* from 0 */
  int is_bias;                         /* of a weight, gradient or moment */
  size_t rows, columns;
  int channel_axis;
  const float *x;
  const numsys_quantizer *quantizer;   /* NULL: float32 */
  const numsys_random *random;
} roles_tensor;

/* Who looks at the tensors of a step, and changes nothing. */
typedef struct roles_watch
{
  void *closure;
  void (*see) (void *closure, const roles_tensor *tensor);
} roles_watch;

/* The quantizers of one run, and what they did so far. */
typedef struct roles
{
  numsys_quantizer *quantizer[TRAINING_ROLES];   /* owned; NULL: float32 */
  training_role_counts counts[TRAINING_ROLES];
  uint64_t seed;
  uint32_t step;       /* of training: names the random words */
  unsigned pass;       /* 0: training; 1, 2...: batches of an evaluation, which
                          draw words of their own and are not counted */
  const roles_watch *watch;   /* of training passes; NULL: nobody */
  int wants_scales;    /* a product reads them (roles_scale) */
  unsigned threads;    /* that quantize; 0: one */
} roles;

/* From the specs of the roles, NULL or fp32 being float32.  0, or -1 and a
   sentence that names the role. */
int roles_init (roles *all, const char *const spec[TRAINING_ROLES],
                uint64_t seed, numsys_error *error);
void roles_clear (roles *all);   /* a zeroed one is allowed */

/* x (rows, columns) in a role; index, below ROLES_TENSORS, tells the tensors
   of a role apart.  Returns x itself when the role is float32, else out,
   filled; out may be x. */
const float *roles_quantize (roles *all, training_role role, unsigned index,
                             size_t rows, size_t columns, int channel_axis,
                             const float x[], float out[]);

/* Shows and counts as roles_quantize does, for an x that was quantized before,
   with these events. */
void roles_note (roles *all, training_role role, unsigned index, size_t rows,
                 size_t columns, int channel_axis, const float x[],
                 const numsys_events *events);

/* The scale that roles_quantize takes from x when there is one for all of it
   and a product wants it; else none. */
numsys_scale roles_scale (const roles *all, training_role role, size_t n,
                          const float x[]);

#define ROLES_TENSORS 64

/* Shows x to who watches, if anybody; index as above. */
void roles_show (const roles *all, training_role role, unsigned index,
                 size_t rows, size_t columns, int channel_axis,
                 const float x[], const numsys_random *random);

/* The random words of one tensor at the present step and pass. */
numsys_random roles_random (const roles *all, training_role role,
                            unsigned index);

#endif
