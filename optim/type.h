/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an update rule must supply, and the memory that rules share.  To add a
   rule, write its file and name it in registry.c.  Not installed.

   The float form of a step has three parts.  `moments' brings the moments up
   to date; they are stored, and quantized when M or V is given; `update' reads
   them as stored and makes a proposal for each weight.  What a proposal is and
   what becomes of it (step.c) depends on the rule's kind:

     additive   d: the weight becomes keep w - d
     real       x: the weight becomes w B^x, B being 2 or e
     integer    j: the weight becomes w 2^(-lr j); or, with a decay,
                w e^(-lr j - decay)
     levels     j, the change of a level that `update' made; the magnitude
                becomes that of the level

   A proposal is 0 just when the rule leaves the weight alone.  Slots work on
   slices of a tensor, n elements from first; g, w and out are slices and do
   not overlap.  */

#ifndef OPTIM_TYPE_H
#define OPTIM_TYPE_H

#include "numsys/spec.h"
#include "optim/optim.h"

#define OPTIM_MOST_PARAMS 8

typedef enum optim_kind
{
  OPTIM_ADDITIVE,
  OPTIM_REAL,
  OPTIM_INTEGER,
  OPTIM_LEVELS
} optim_kind;

struct optim_type
{
  const char *name;
  const char *summary;
  const optim_param *params;
  double lr;               /* customary learning rate */
  optim_kind kind;
  int base_e;              /* real: B is e, not 2 */
  int is_never_nan;        /* proposals, whatever gradients are */
  int has_m, has_v;        /* moments kept */
  int is_bounded;          /* parameter 0 is p_scale: |w| <= p_scale rms (w at
                              the start); 0: no bound */

  /* Integer rules: the largest |j|. */
  int (*reach) (const double values[]);

  /* Memory of its own, from w as initialised; -1 when memory ran out; NULL:
     none. */
  int (*start) (optim_tensor *tensor, const float w[]);

  /* Fills tensor->c for step tensor->t. */
  void (*constants) (optim_tensor *tensor, double lr);

  /* NULL: no moments.  Multiplicative rules do not read w here, and no more of
     it than its sign in update. */
  void (*moments) (optim_tensor *tensor, size_t first, size_t n,
                   const float g[], const float w[]);
  void (*update) (optim_tensor *tensor, size_t first, size_t n,
                  const float g[], const float w[], float out[]);

  /* The same in a number system (elements.h). */
  int (*element_start) (optim_elements *memory, const void *w);
  void (*element_step) (optim_elements *memory, double lr, const void *g,
                        void *w);
};

struct optim
{
  const optim_type *type;
  double values[OPTIM_MOST_PARAMS];
  char spec[512];
};

/* Constants of a step, each a double rounded once to float32. */
typedef struct optim_constants
{
  float lr;
  float beta1, rest1;
  float beta2, rest2, bias2;   /* beta, 1 - beta, 1 - beta^t */
  float keep;                  /* additive */
  double decay;                /* integer */
} optim_constants;

struct optim_loops;

struct optim_tensor
{
  const optim_type *type;
  double values[OPTIM_MOST_PARAMS];
  size_t n;
  const struct optim_loops *loops;   /* of this step */
  uint64_t t;              /* steps begun */
  float *m, *v;            /* NULL: not kept */
  double lr;               /* of this step */
  float bound;             /* wmax; 0: none */
  double power1, power2;   /* beta^t */
  optim_constants c;
  int reach;               /* integer rules: tables of j + reach */
  float *factors;          /* what j multiplies a weight by */
  double *exponents;       /* its logarithm to base 2 */
  float *moves;            /* that in steps of an LNS grid; with a decay */
  uint16_t *levels;        /* levels: of each weight, and their magnitudes */
  float *magnitudes;
};

extern const optim_type optim_adam;
extern const optim_type optim_adamw;
extern const optim_type optim_integer_madam;
extern const optim_type optim_lns_madam;
extern const optim_type optim_madam;
extern const optim_type optim_mul;
extern const optim_type optim_sgd;
extern const optim_type optim_signmul;

/* --- values.c: values of specs, for rules and schedules --- */

/* The values that a spec gives, over presets. */
int optim_values_read (const numsys_split *split,
                       const optim_param params[], double values[],
                       numsys_error *error);
/* name:key=value,... with the fewest digits that read back. */
void optim_values_print (const char *name, const optim_param params[],
                         const double values[], size_t size, char out[]);
/* "unknown WHAT 'NAME'", the nearest of names[0..n), and all of them. */
void optim_unknown_name (const char *what, const char *name, size_t n,
                         const char *const names[], numsys_error *error);

/* --- factor.c --- */

/* out = B^x. */
void optim_factors (int base_e, size_t n, const float x[], float out[]);
/* Fills the tables of an integer rule for a learning rate. */
void optim_factor_tables (optim_tensor *tensor, double lr);

/* --- adam.c, for adamw.c too --- */

void optim_adam_constants (optim_tensor *tensor, double lr);
void optim_adam_moments (optim_tensor *tensor, double decay, size_t first,
                         size_t n, const float g[], const float w[]);
void optim_adam_update (optim_tensor *tensor, size_t first, size_t n,
                        const float g[], const float w[], float out[]);

/* --- normalize.c: what the rules of Madam's family share --- */

/* Constants of the second moment, for step tensor->t. */
void optim_second_constants (optim_tensor *tensor, double beta);
/* v = beta v + (1 - beta) g^2 */
void optim_second_moment (optim_tensor *tensor, size_t first, size_t n,
                          const float g[], const float w[]);
/* out = g / sqrt (v / (1 - beta^t)), NaN taken as 0, held to +-bound. */
void optim_normalize (const optim_tensor *tensor, double bound, size_t first,
                      size_t n, const float g[], float out[]);

/* --- storage.c --- */

/* The largest magnitude that weights may have in storage; INFINITY: any. */
float optim_storage_limit (const optim_tensor *tensor,
                           const optim_storage *storage);
/* Whether updates of this tensor are integer adds on stored exponents. */
int optim_storage_shifts (const optim_tensor *tensor,
                          const optim_storage *storage);
/* Brings moments to M's and V's grids. */
void optim_storage_moments (optim_tensor *tensor,
                            const optim_storage *storage);

#endif
