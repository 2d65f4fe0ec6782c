/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging: cases from a source, answered by a subject, judged by the oracle,
   gathered in tallies.

   Case i of a source is a pure function of the plan and i, and tallies are
   joined in the order of cases: a report is the same at any number of jobs.  */

#ifndef EXPERIMENTS_VERIFY_VERIFY_H
#define EXPERIMENTS_VERIFY_VERIFY_H

#include "experiments/verify/judge.h"
#include "numsys/approx/approx.h"

/* --- Subjects --- */

/* Cases first .. first + n - 1. */
typedef struct verify_batch
{
  uint64_t first;
  size_t n;
  uint32_t **operand;       /* operand[k][i] */
  uint32_t *word;           /* random words, one a case */
} verify_batch;

/* What is judged: anything that has answers. */
typedef struct verify_subject
{
  const char *name;
  const void *data;
  int counts;               /* its events are judged too */

  /* out[i] = the result's code (of compare: -1, 0, 1, 2); case i draws word
     context->first + i, which is batch->word[i].  Called by several threads
     at a time. */
  void (*answer) (const void *data, const verify_question *question,
                  const numsys_context *context, const verify_batch *batch,
                  uint32_t out[], numsys_events *events);
} verify_subject;

/* The library, by its public calls. */
extern const verify_subject verify_library;

/* Sums and differences of an LNS as an approximation gives them, and what it
   was made with. */
typedef struct verify_approximation
{
  numsys_approx *approx;
  char *name;
  verify_subject subject;
} verify_approximation;

/* Fraction bits of an approximation's linear constants unless said
   otherwise. */
#define VERIFY_FRACTION 12

/* Whether an approximation has an operation. */
int verify_is_approximated (unsigned operation);
/* The same of a name (NULL: all it has) under a rounding (-1: its own); 0, or
   -1 and a sentence. */
int verify_approximation_check (const char *operation, int rounding,
                                numsys_error *error);

/* The approximation of a spec in a system; 0, or -1 and a sentence.  To be
   closed in either case. */
int verify_approximation_open (const char *spec, unsigned fraction,
                               const numsys *system,
                               verify_approximation *out,
                               numsys_error *error);
void verify_approximation_close (verify_approximation *approximation);

/* --- Sources --- */

typedef struct verify_plan verify_plan;

typedef struct verify_source
{
  const char *name;         /* "all pairs", ... */
  int is_proof;             /* a wrong result would be found */
  uint64_t (*count) (const verify_plan *plan);
  void (*fill) (const verify_plan *plan, verify_batch *batch);
} verify_source;

struct verify_plan
{
  const verify_question *question;
  const verify_source *source;
  uint64_t seed;
  uint64_t drawn;           /* cases of a source that draws */
  unsigned random_bits;
  uint32_t *codes;          /* of the operands' system: those that it writes;
                               NULL when it has more than 2^16 */
  size_t code_count;
  uint32_t *corners;        /* codes at the edges */
  size_t corner_count;
};

/* Every code, pair or triple; every difference of an LNS; corners, then drawn
   at random by strata.  */
extern const verify_source verify_all;
extern const verify_source verify_differences;
extern const verify_source verify_drawn;

/* A plan whose source is the surest that is quick, or, if exhaustive, the
   surest there is within 2^32 cases. */
void verify_plan_init (verify_plan *plan, const verify_question *question,
                       int exhaustive, uint64_t seed, uint64_t drawn,
                       unsigned random_bits);
void verify_plan_clear (verify_plan *plan);
uint64_t verify_plan_count (const verify_plan *plan);
/* What was done, in words: "all pairs", ... */
const char *verify_plan_proof (const verify_plan *plan);

/* Room for n cases. */
void verify_batch_init (verify_batch *batch, const verify_question *question,
                        size_t n);
void verify_batch_clear (verify_batch *batch, const verify_question *question);
/* The n cases from first on, n within the room. */
void verify_batch_fill (verify_batch *batch, const verify_plan *plan,
                        uint64_t first, size_t n);
/* The context that case `first' is answered in. */
numsys_context verify_context_of (const verify_plan *plan,
                                  numsys_rounding rounding, uint64_t first);

/* --- Tallies --- */

#define VERIFY_SHOWN 5
#define VERIFY_SHOWN_OPERANDS 16

/* A case that went wrong. */
typedef struct verify_wrong
{
  uint64_t number;          /* the case's, or its line's */
  uint32_t operand[VERIFY_SHOWN_OPERANDS];
  uint32_t word, wanted, seen;
  int64_t steps;            /* from the right code to the one seen */
  double exact;
  int events_only;          /* the code is right, events are not */
} verify_wrong;

typedef struct verify_tally
{
  numsys_rounding rounding;
  uint64_t cases, wrong;
  uint64_t miscounted;      /* of these, right but for events */
  uint64_t unranked;        /* of these, NaN for a number or the reverse */
  uint64_t most_steps;      /* from the right code; */
  double sum_steps;
  uint64_t measured;        /* results within range, against exact ones: */
  double most_ulp, sum_ulp, most_relative, sum_relative;
  double sum_signed, sum_outward;
  size_t shown;             /* the first wrong ones, */
  verify_wrong first[VERIFY_SHOWN];
  verify_wrong worst;       /* and the one with most steps */
} verify_tally;

/* Adds a later tally to an earlier one. */
void verify_tally_add (verify_tally *tally, const verify_tally *later);

/* Judges the seen result of the case that judge has taken up.  number names
   the case. Right results are measured too if all is 1. */
void verify_tally_case (verify_tally *tally, verify_judge *judge,
                        const verify_question *question,
                        uint32_t *const operand[], size_t i, uint64_t number,
                        uint32_t word, uint32_t seen, int all,
                        numsys_events *right);

/* --- Conducting --- */

typedef struct verify_observer
{
  /* Called now and then from the caller's thread; may be NULL. */
  void (*show) (void *closure, uint64_t done, uint64_t wrong);
  void *closure;
} verify_observer;

/* Judges all cases of a plan under each rounding of tally[0..roundings), whose
   other members it fills in.  */
void verify_conduct (const verify_plan *plan, const verify_subject *subject,
                     unsigned jobs, size_t roundings, verify_tally tally[],
                     const verify_observer *observer);

#endif
