/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a number system must supply.

   A number system is a set of real numbers with codes, and its arithmetic.
   A family of systems (all fixed-point systems, say) is one constant of type
   numsys_type in a file of its own; to add one, write its file and name it in
   registry.c.  One member of a family is a family and its parameters' values.

   Slots work on arrays of opaque elements.  An element of a coded system is
   its code, in the fewest of 1, 2 or 4 bytes that hold it; an element of the
   system `mpfr' is an mpfr_t.  No slot prints, aborts or keeps global state.  */

#ifndef NUMSYS_TYPE_H
#define NUMSYS_TYPE_H

#include <stddef.h>
#include <stdint.h>

/* What went wrong, as one sentence that names the offender and what is
   allowed, without a final newline.  */
typedef struct numsys_error
{
  char text[400];
} numsys_error;

/* One parameter of a family.  A list of them ends with key == NULL. */
typedef struct numsys_param
{
  const char *key;
  int64_t preset;             /* default, or NUMSYS_DERIVED */
  int64_t least, most;        /* allowed values, both included */
  const char *const *words;   /* NULL for an integer; else the value is the
                                 index of a word of this NULL-ended list */
  const char *meaning;        /* one line */
} numsys_param;

/* Default of a parameter that the family derives from the others. */
#define NUMSYS_DERIVED INT64_MIN

/* Most parameters that a family may have. */
#define NUMSYS_MOST_PARAMS 8

/* What a spec is read for; some defaults differ (lns: a zero code and flush
   for arithmetic, a zero flag and clamp for training). */
typedef enum numsys_purpose
{
  NUMSYS_FOR_ARITHMETIC,
  NUMSYS_FOR_TRAINING
} numsys_purpose;

typedef enum numsys_rounding
{
  NUMSYS_NEAREST,        /* ties to the even code; in an LNS nearest is meant
                            of the logarithm */
  NUMSYS_NEAREST_AWAY,   /* ties away from zero */
  NUMSYS_UP,             /* towards +infinity */
  NUMSYS_DOWN,           /* towards -infinity */
  NUMSYS_ZERO,           /* towards zero */
  NUMSYS_ODD,            /* inexact results go to the neighbour of odd code */
  NUMSYS_STOCHASTIC,     /* up with p = (x - lo) / (hi - lo) */
  NUMSYS_NEAREST_LINEAR, /* LNS: nearest value, not nearest logarithm */
  NUMSYS_STOCHASTIC_LOG  /* LNS: away with p = frac (gamma log2 |x|) */
} numsys_rounding;

#define NUMSYS_ROUNDINGS 9

/* Trouble with numbers is data: counts, added to by each call.  Judged by the
   result rounded with unbounded range. */
typedef struct numsys_events
{
  uint64_t overflow;   /* beyond the largest value, whatever came of it */
  uint64_t saturated;  /* ... of these, held to the largest value */
  uint64_t flushed;    /* nonzero, became zero */
  uint64_t raised;     /* nonzero, below the smallest value, became it */
  uint64_t nan;        /* NaN given, or made */
} numsys_events;

/* Adds more to sum. */
void numsys_events_add (numsys_events *sum, const numsys_events *more);

/* Names a sequence of random words, one for each index (random.h).  Key is
   the seed; stream says role, layer and step.  */
typedef struct numsys_random
{
  uint32_t key[2];
  uint32_t stream[2];
} numsys_random;

/* How results are rounded: an argument of every operation.  Element i of a
   call draws word first + i, so results do not depend on how an array is cut.
   A stochastic rounding with R random bits takes u, the top R bits of the
   word, and moves away from lo when (u + 1/2) / 2^R < p.  */
typedef struct numsys_context
{
  numsys_rounding rounding;
  unsigned random_bits;    /* 1..32 */
  numsys_random random;
  uint64_t first;
} numsys_context;

typedef enum numsys_class
{
  NUMSYS_FINITE,
  NUMSYS_INFINITE,
  NUMSYS_NAN
} numsys_class;

/* What a code stands for: a sign, and a rung on the system's ladder of
   magnitudes.  Rung 0 is zero, rung 1 the smallest magnitude, and so on
   upwards without gap.  */
typedef struct numsys_place
{
  numsys_class class;
  int negative;
  uint64_t rung;           /* of finite values only */
} numsys_place;

/* The magnitude c 2^(k / gamma), exactly; gamma is the system's (1 unless the
   system is logarithmic). */
typedef struct numsys_magnitude
{
  uint64_t c;
  int64_t k;
} numsys_magnitude;

/* The coded half of a family: a finite ladder of magnitudes.  From these slots
   alone the default slots (arithmetic.c) give correctly rounded operations.  */
typedef struct numsys_ladder
{
  /* Width of a code, sign included. */
  unsigned (*code_bits) (const void *state);

  /* The base factor of the logarithm; 1 for systems that have none. */
  int64_t (*gamma) (const void *state);

  /* The magnitude of a rung.  Rungs above the largest exist too, as if the
     range were unbounded (to 2^40 rungs above): rounding comes first, range
     after.  rung 0 gives c = 0.  */
  numsys_magnitude (*magnitude) (const void *state, uint64_t rung);

  /* The largest rung of this sign; 0 when the sign has no values. */
  uint64_t (*top) (const void *state, int negative);

  /* Whether zero has a code. */
  int (*has_zero) (const void *state);

  /* 1: nonzero values below half a rung are raised to rung 1 (clamp); 0: they
     round like any other, zero being rung 0.  In an LNS `half a rung' is the
     log midpoint below the smallest value.  */
  int (*clamps) (const void *state);

  /* The code of a place within range, or of an infinity if there is one, or of
     what stands for NaN: zero, or else the smallest, in systems without.  Its
     lowest bit decides ties, so it must be right for any rung.  */
  uint32_t (*code) (const void *state, numsys_place place);

  numsys_place (*place) (const void *state, uint32_t code);

  /* What becomes of a finite result whose rung, after rounding with unbounded
     range, lies above top, or of an infinite one: a place within range, an
     infinity or a NaN.  Counts nothing.  */
  numsys_place (*overflow) (const void *state, numsys_place place,
                            numsys_rounding rounding);

  /* 1: the magnitudes are powers 2^(k / gamma), one for each integer k in
     turn, and nearest is meant of the logarithm.  */
  int is_logarithmic;

  /* A rung near fraction 2^exponent, 1 <= fraction < 2: where the search for
     the right one begins, no more.  NULL: it begins at the bottom.  */
  uint64_t (*guess) (const void *state, double fraction, int64_t exponent);

  /* Overflow wraps modulo 2^bits rungs, bits returned; 0 or NULL: it does
     not.  Rungs given to overflow are then right modulo 2^bits.  */
  unsigned (*wraps) (const void *state);
} numsys_ladder;

typedef enum numsys_scale_step
{
  NUMSYS_STEP_GRID,   /* LNS: steps of 2^(1/gamma); fixed, float: of 2 */
  NUMSYS_STEP_POW2,
  NUMSYS_STEP_REAL    /* the largest magnitude becomes the largest value */
} numsys_scale_step;

/* One scale: a whole number of steps, of 2^(1/gamma) in an LNS and of 2
   elsewhere (largest = 0); or, for NUMSYS_STEP_REAL, the magnitude that the
   largest positive value takes (largest > 0).  */
typedef struct numsys_scale
{
  int64_t steps;
  float largest;
} numsys_scale;

/* The fast path of training: float32 to float32 on the system's grid times a
   scale.

   Exact-hit rule: a float equal to the float32 nearest to a value of the grid
   is that value, under every rounding.  */
typedef struct numsys_float_path
{
  /* 0 when, at some scale of these steps (is_scaled 0: at scale 0), each
     code's nearest float32 is in range and another's than its neighbours',
     else -1 and the sentence that says why not.  */
  int (*check) (const void *state, numsys_scale_step step, int is_scaled,
                numsys_error *error);

  /* Bytes of a plan: constants for one system and rounding. */
  size_t plan_size;

  /* Fills a plan; -1 when memory ran out. */
  int (*plan) (void *plan, const void *state, numsys_rounding rounding,
               unsigned random_bits);
  void (*unplan) (void *plan);

  /* The least scale of these steps at which largest, once rounded (to nearest
     for roundings to nearest, away from zero for others), does not exceed the
     largest value; held where every value of the grid is a float32 of its own.
     largest = 0 or not finite gives the scale nearest to none.  */
  numsys_scale (*scale) (const void *plan, float largest,
                         numsys_scale_step step);

  /* x[0..n) to out[0..n), which may be x; random[0..n) is read by stochastic
     roundings only and may be NULL otherwise; counts are added to events.  */
  void (*quantize) (const void *plan, numsys_scale scale, size_t n,
                    const float x[], const uint32_t random[], float out[],
                    numsys_events *events);

  /* NUMSYS_COLUMNS (kernels.h) columns of `rows' numbers, rows being `stride'
     numbers apart, each column at its scale, by a rounding to nearest; 0: not
     for here, and nothing is done.  */
  int (*quantize_columns) (const void *plan, const numsys_scale scale[],
                           size_t rows, size_t stride, const float x[],
                           float out[], numsys_events *events);

  /* As quantize, to codes; and codes to float32.  A code takes `size' bytes:
     1, 2 or 4, no fewer than its bits need.  */
  void (*encode) (const void *plan, numsys_scale scale, size_t n,
                  const float x[], const uint32_t random[], size_t size,
                  void *codes, numsys_events *events);
  void (*decode) (const void *plan, numsys_scale scale, size_t n, size_t size,
                  const void *codes, float out[]);

  /* As quantize, of what `from', a plan of this family too, decodes codes to:
     of plans to which takes_codes says 1, at scales that are steps.  NULL: of
     none.  */
  int (*takes_codes) (const void *plan, const void *from);
  void (*quantize_codes) (const void *plan, numsys_scale scale,
                          const void *from, numsys_scale from_scale, size_t n,
                          const uint32_t codes[], float out[],
                          numsys_events *events);

  /* A code of the largest magnitude of n > 0 codes.  NULL: they are decoded. */
  uint32_t (*largest_code) (const void *plan, size_t n,
                            const uint32_t codes[]);

  /* LNS, else NULL: moves values of the grid by a number of steps of
     2^(1/gamma), steps[i] of either sign, a fraction of a step by the plan's
     rounding; zero stays zero.  An integer add on the stored exponent.  */
  void (*shift) (const void *plan, numsys_scale scale, size_t n,
                 const float x[], const float steps[],
                 const uint32_t random[], float out[], numsys_events *events);

  /* The same of codes, where scales do not matter; out may be codes. */
  void (*shift_codes) (const void *plan, size_t n, const uint32_t codes[],
                       const float steps[], const uint32_t random[],
                       uint32_t out[], numsys_events *events);
} numsys_float_path;

typedef enum numsys_operation
{
  NUMSYS_ADD, NUMSYS_SUBTRACT, NUMSYS_MULTIPLY, NUMSYS_DIVIDE,  /* a, b */
  NUMSYS_SQRT,                                                  /* a */
  NUMSYS_FMA,                                                   /* a b + c */
  NUMSYS_MIN, NUMSYS_MAX,       /* a, b: IEEE 754-2019's minimum and maximum:
                                   NaN if either is, and -0 under +0 */
  NUMSYS_NEGATE, NUMSYS_ABS     /* a: never rounded, but a value that the
                                   system lacks is out of range */
} numsys_operation;

#define NUMSYS_OPERATIONS 10

typedef struct numsys_type
{
  const char *name;            /* what a spec calls it */
  const char *summary;         /* one line */
  const numsys_param *params;  /* in the order of positional values */

  /* Fills in values[i] == NUMSYS_DERIVED, then 0, or -1 and why not.  Each
     given value lies between least and most already.  */
  int (*check) (int64_t values[], numsys_purpose purpose,
                numsys_error *error);

  size_t state_size;

  /* Fills state from values that passed check; cannot fail. */
  void (*init) (void *state, const int64_t values[]);

  /* Makes what an initialised state needs in memory of its own (tables),
     and frees it; copies of the state share it.  prepare gives -1 when memory
     ran out, and then nothing is to be released.  NULL: nothing is needed.  */
  int (*prepare) (void *state);
  void (*release) (void *state);

  /* Coded systems; NULL: the slots below do everything. */
  const numsys_ladder *ladder;

  /* NULL: the system cannot fill a role of the float path. */
  const numsys_float_path *float_path;

  /* Bytes an element; NULL: 1, 2 or 4 by the code's width. */
  size_t element_size;

  /* Makes and unmakes n elements, made ones being zero; NULL: zero bytes. */
  int (*make) (const void *state, size_t n, void *elements);
  void (*unmake) (const void *state, size_t n, void *elements);

  /* Any operation; out may be an operand; operands not used are NULL.
     NULL: the correctly rounded default from the ladder.  */
  void (*apply) (const void *state, numsys_operation operation,
                 const numsys_context *context, size_t n, const void *a,
                 const void *b, const void *c, void *out,
                 numsys_events *events);

  /* From elements of another system, each rounded once; -1, and nothing is
     done, when the default must.  NULL: it always must.  */
  int (*convert) (const void *state, const struct numsys_type *from_type,
                  const void *from_state, const numsys_context *context,
                  size_t n, const void *in, void *out, numsys_events *events);

  /* sum of a[i], or of a[i] b[i] when b is not NULL, rounded once (word
     `first'); NULL: the default.  */
  void (*dot) (const void *state, const numsys_context *context, size_t n,
               const void *a, const void *b, void *out,
               numsys_events *events);
} numsys_type;

/* Every family, ended by NULL. */
extern const numsys_type *const numsys_types[];

extern const numsys_type numsys_fixed;
extern const numsys_type numsys_float;
extern const numsys_type numsys_lns;
extern const numsys_type numsys_mpfr;

#endif
