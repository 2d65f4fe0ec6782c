/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conducting: slices of cases, judged side by side and joined in order.  */

#include <config.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/verify/verify.h"

/* Cases of a slice, and slices of a wave for each job. */
#define SLICE 4096
#define WAVE 16

/* What all jobs share. */
typedef struct conduct
{
  const verify_plan *plan;
  const verify_subject *subject;
  size_t roundings;
  const verify_tally *asked;     /* for its roundings */
  uint64_t cases;
  uint64_t wave;                 /* its first slice; */
  size_t slices;                 /* how many, */
  atomic_size_t next;            /* which is next, */
  verify_tally *tally;           /* tally[slice * roundings + rounding] */
} conduct;

/* What each has of its own. */
typedef struct job
{
  conduct *all;
  verify_judge *judge;
  verify_batch batch;
  uint32_t *seen;                /* seen[rounding * SLICE + i] */
} job;

static void
job_init (job *own, conduct *all)
{
  own->all = all;
  own->judge = verify_judge_new (all->plan->question, all->plan->random_bits);
  verify_batch_init (&own->batch, all->plan->question, SLICE);
  own->seen = memory_new (SLICE * all->roundings, sizeof own->seen[0]);
}

static void
job_clear (job *own)
{
  verify_judge_free (own->judge);
  verify_batch_clear (&own->batch, own->all->plan->question);
  free (own->seen);
}

/* One case of a batch as a batch. */
static void
answer_one (const job *own, numsys_rounding rounding, size_t i,
            numsys_events *events)
{
  const verify_question *question = own->all->plan->question;
  const numsys_context context
    = verify_context_of (own->all->plan, rounding, own->batch.first + i);
  verify_batch one;
  uint32_t seen;

  verify_batch_init (&one, question, 1);
  one.first = own->batch.first + i;
  one.n = 1;
  for (size_t k = 0; k < question->operands; k++)
    one.operand[k][0] = own->batch.operand[k][i];
  one.word[0] = own->batch.word[i];
  own->all->subject->answer (own->all->subject->data, question, &context,
                             &one, &seen, events);
  verify_batch_clear (&one, question);
}

/* The events of a batch are not the right ones: counts the cases, code right,
   whose are not, or, if each case alone has the right ones, one case.  */
static void
count_events (job *own, verify_tally *tally, const uint32_t seen[])
{
  const verify_question *question = own->all->plan->question;
  const uint64_t before = tally->miscounted;
  verify_wrong wrong = { .events_only = 1 };

  for (size_t i = 0; i < own->batch.n; i++)
    {
      numsys_events events = {0};
      oracle_result right;

      verify_judge_take (own->judge, own->batch.operand, i);
      verify_judge_settle (own->judge, tally->rounding, own->batch.word[i],
                           &right);
      answer_one (own, tally->rounding, i, &events);
      if (right.code != seen[i]
          || memcmp (&events, &right.events, sizeof events) == 0)
        continue;
      tally->miscounted++;
      wrong.number = own->batch.first + i;
      wrong.word = own->batch.word[i];
      wrong.wanted = wrong.seen = right.code;
      for (size_t k = 0; k < question->operands && k < VERIFY_SHOWN_OPERANDS;
           k++)
        wrong.operand[k] = own->batch.operand[k][i];
      if (tally->shown < VERIFY_SHOWN)
        tally->first[tally->shown++] = wrong;
    }
  if (tally->miscounted == before && tally->wrong == 0)
    tally->miscounted++;
  tally->wrong += tally->miscounted - before;
}

static void
judge_slice (job *own, size_t slice)
{
  const conduct *all = own->all;
  const verify_plan *plan = all->plan;
  const uint64_t first = (all->wave + slice) * SLICE;
  const uint64_t rest = all->cases - first;
  verify_tally *tally = &all->tally[slice * all->roundings];
  numsys_events *seen = memory_new (all->roundings, sizeof seen[0]);
  numsys_events *right = memory_new (all->roundings, sizeof right[0]);

  verify_batch_fill (&own->batch, plan, first, rest < SLICE ? rest : SLICE);
  for (size_t r = 0; r < all->roundings; r++)
    {
      const numsys_context context
        = verify_context_of (plan, all->asked[r].rounding, first);

      tally[r] = (verify_tally) { .rounding = all->asked[r].rounding };
      all->subject->answer (all->subject->data, plan->question, &context,
                            &own->batch, &own->seen[r * SLICE], &seen[r]);
    }
  for (size_t i = 0; i < own->batch.n; i++)
    {
      verify_judge_take (own->judge, own->batch.operand, i);
      for (size_t r = 0; r < all->roundings; r++)
        verify_tally_case (&tally[r], own->judge, plan->question,
                           own->batch.operand, i, first + i,
                           own->batch.word[i], own->seen[r * SLICE + i], 1,
                           &right[r]);
    }
  for (size_t r = 0; r < all->roundings && all->subject->counts; r++)
    if (memcmp (&seen[r], &right[r], sizeof seen[r]) != 0)
      count_events (own, &tally[r], &own->seen[r * SLICE]);
  free (seen);
  free (right);
}

static void *
work (void *data)
{
  job *own = data;
  size_t slice;

  while ((slice = atomic_fetch_add (&own->all->next, 1)) < own->all->slices)
    judge_slice (own, slice);
  return NULL;
}

static void *
work_apart (void *data)
{
  work (data);
  mpfr_free_cache ();
  return NULL;
}

/* One wave: the caller's thread works too. */
static void
run_wave (conduct *all, unsigned jobs, job own[])
{
  pthread_t *thread = memory_new (jobs, sizeof thread[0]);
  unsigned started = 1;

  atomic_store (&all->next, 0);
  while (started < jobs
         && pthread_create (&thread[started], NULL, work_apart, &own[started])
            == 0)
    started++;
  work (&own[0]);
  for (unsigned i = 1; i < started; i++)
    pthread_join (thread[i], NULL);
  free (thread);
}

void
verify_conduct (const verify_plan *plan, const verify_subject *subject,
                unsigned jobs, size_t roundings, verify_tally tally[],
                const verify_observer *observer)
{
  conduct all = { .plan = plan, .subject = subject, .roundings = roundings,
                  .asked = tally, .cases = verify_plan_count (plan) };
  const uint64_t slices = (all.cases + SLICE - 1) / SLICE;
  job *own;

  if (!mpfr_buildopt_tls_p ())
    jobs = 1;
  if (jobs > slices)
    jobs = slices > 0 ? (unsigned) slices : 1;
  own = memory_new (jobs, sizeof own[0]);
  all.tally = memory_new (WAVE * jobs * roundings, sizeof all.tally[0]);
  for (unsigned i = 0; i < jobs; i++)
    job_init (&own[i], &all);
  for (size_t r = 0; r < roundings; r++)
    tally[r] = (verify_tally) { .rounding = tally[r].rounding };
  for (all.wave = 0; all.wave < slices; all.wave += all.slices)
    {
      all.slices = slices - all.wave < WAVE * jobs
                   ? (size_t) (slices - all.wave) : WAVE * jobs;
      run_wave (&all, jobs, own);
      for (size_t i = 0; i < all.slices * roundings; i++)
        verify_tally_add (&tally[i % roundings], &all.tally[i]);
      if (observer != NULL && observer->show != NULL)
        observer->show (observer->closure, tally[0].cases, tally[0].wrong);
    }
  for (unsigned i = 0; i < jobs; i++)
    job_clear (&own[i]);
  free (own);
  free (all.tally);
}
