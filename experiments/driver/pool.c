/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool of processes.  The parent never trains, and has no threads that a fork
   would lose: it starts one child a run, waits for signals, and shows progress
   from counters that all share.  */

#include <config.h>

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "experiments/driver/pool.h"
#include "experiments/driver/progress.h"
#include "experiments/results/memory.h"
#include "experiments/driver/run.h"
#include "numsys/spec.h"

#define TICK_NANOSECONDS 100000000
#define GRACE_TICKS 50   /* from asking children to end to killing them */

/* What a child tells its parent, in memory that they share. */
typedef struct post
{
  _Atomic uint64_t step, steps;
  numsys_error error;      /* read once the child has ended */
} post;

typedef struct worker
{
  pid_t pid;               /* 0: free */
  const grid_run *run;
} worker;

typedef struct pool_state
{
  const pool_work *work;
  worker *worker;
  post *post;              /* one a worker */
  size_t next;             /* run to start */
  unsigned busy;
  double cost, cost_done;
  sigset_t signals;        /* blocked in the parent, who waits for them */
  progress progress;
  pool_tally *tally;
} pool_state;

/* --- In the child --- */

static volatile sig_atomic_t asked_to_end;

static void
ask_to_end (int signal_number)
{
  (void) signal_number;
  asked_to_end = 1;
}

static int
tell (void *closure, uint64_t step, uint64_t steps)
{
  post *mine = closure;

  atomic_store (&mine->step, step);
  atomic_store (&mine->steps, steps);
  return asked_to_end;
}

static void child (const pool_state *pool, const grid_run *run, post *mine,
                   pid_t parent) __attribute__ ((noreturn));

static void
child (const pool_state *pool, const grid_run *run, post *mine, pid_t parent)
{
  struct sigaction action;
  const data_set *set;
  run_outcome outcome;

  memset (&action, 0, sizeof action);
  action.sa_handler = ask_to_end;
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
  /* A parent that was killed leaves no orphans. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () != parent)
    _exit (RUN_STOPPED);
  sigprocmask (SIG_UNBLOCK, &pool->signals, NULL);
  set = pool->work->set (pool->work->closure,
                         settings_get (&run->settings, "data"));
  outcome = run_train (pool->work->dir, run, set, pool->work->jobs,
                       pool->work->threads, tell, mine, &mine->error);
  _exit ((int) outcome);
}

/* --- In the parent --- */

static void
break_run (pool_state *pool, const char *sentence)
{
  if (pool->tally->broken++ == 0)
    numsys_error_set (&pool->tally->first, "%s", sentence);
}

/* Starts the next run in this worker. */
static void
start (pool_state *pool, size_t i)
{
  const grid_run *run = pool->work->run[pool->next++];
  const pid_t parent = getpid ();
  pid_t pid;

  atomic_store (&pool->post[i].step, 0);
  atomic_store (&pool->post[i].steps, 0);
  pool->post[i].error.text[0] = '\0';
  fflush (NULL);
  pid = fork ();
  if (pid == 0)
    child (pool, run, &pool->post[i], parent);
  if (pid < 0)
    {
      break_run (pool, strerror (errno));
      return;
    }
  pool->worker[i] = (worker) { pid, run };
  pool->busy++;
}

/* A child has ended with this status. */
static void
reap (pool_state *pool, size_t i, int status)
{
  const grid_run *run = pool->worker[i].run;
  const char *why = pool->post[i].error.text;
  char sentence[128];

  pool->worker[i].pid = 0;
  pool->busy--;
  pool->cost_done += run->cost;
  if (WIFEXITED (status) && WEXITSTATUS (status) == RUN_DONE)
    pool->tally->done++;
  else if (WIFEXITED (status) && *why != '\0'
           && (WEXITSTATUS (status) == RUN_BROKEN
               || WEXITSTATUS (status) == RUN_NO_STORE))
    {
      break_run (pool, why);
      if (WEXITSTATUS (status) == RUN_NO_STORE)
        pool->next = pool->work->count;
    }
  else if (!pool->tally->interrupted)
    {
      if (WIFSIGNALED (status))
        snprintf (sentence, sizeof sentence, "its process was killed: %s",
                  strsignal (WTERMSIG (status)));
      else
        snprintf (sentence, sizeof sentence,
                  "its process ended with status %d", WEXITSTATUS (status));
      run_store_failure (pool->work->dir, run, sentence);
      break_run (pool, sentence);
    }
}

static void
reap_all (pool_state *pool)
{
  int status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    for (size_t i = 0; i < pool->work->jobs; i++)
      if (pool->worker[i].pid == pid)
        reap (pool, i, status);
}

static void
signal_all (const pool_state *pool, int number)
{
  for (size_t i = 0; i < pool->work->jobs; i++)
    if (pool->worker[i].pid > 0)
      kill (pool->worker[i].pid, number);
}

static void
show (pool_state *pool)
{
  double cost = pool->cost_done;

  for (size_t i = 0; i < pool->work->jobs; i++)
    {
      const uint64_t steps = atomic_load (&pool->post[i].steps);
      if (pool->worker[i].pid > 0 && steps > 0)
        cost += pool->worker[i].run->cost
                * ((double) atomic_load (&pool->post[i].step)
                   / (double) steps);
    }
  progress_show (&pool->progress, pool->tally->done, pool->work->count,
                 pool->tally->broken,
                 pool->cost > 0 ? cost / pool->cost : 0);
}

/* Waits for a signal or a tick; the first request to end goes on to the
   children. */
static void
wait_a_tick (pool_state *pool)
{
  const struct timespec tick = { 0, TICK_NANOSECONDS };
  const int number = sigtimedwait (&pool->signals, NULL, &tick);

  if (number == SIGINT || number == SIGTERM || number == SIGHUP)
    {
      pool->tally->interrupted = 1;
      signal_all (pool, SIGTERM);
    }
  reap_all (pool);
  show (pool);
}

static void
work_off (pool_state *pool)
{
  unsigned ticks = 0;

  while (pool->busy > 0
         || (pool->next < pool->work->count && !pool->tally->interrupted))
    {
      for (size_t i = 0; i < pool->work->jobs; i++)
        if (pool->worker[i].pid == 0 && pool->next < pool->work->count
            && !pool->tally->interrupted)
          start (pool, i);
      wait_a_tick (pool);
      if (pool->tally->interrupted && ++ticks > GRACE_TICKS)
        signal_all (pool, SIGKILL);
    }
}

void
pool_run (const pool_work *work, pool_tally *tally)
{
  pool_state pool = { .work = work, .tally = tally };
  const size_t bytes = work->jobs * sizeof (post);
  sigset_t before;

  memset (tally, 0, sizeof *tally);
  for (size_t i = 0; i < work->count; i++)
    pool.cost += work->run[i]->cost;
  pool.worker = memory_new (work->jobs, sizeof pool.worker[0]);
  pool.post = mmap (NULL, bytes, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (pool.post == MAP_FAILED)
    memory_exhausted ();
  sigemptyset (&pool.signals);
  sigaddset (&pool.signals, SIGCHLD);
  sigaddset (&pool.signals, SIGINT);
  sigaddset (&pool.signals, SIGTERM);
  sigaddset (&pool.signals, SIGHUP);
  sigprocmask (SIG_BLOCK, &pool.signals, &before);
  progress_begin (&pool.progress, "runs", work->quiet);
  work_off (&pool);
  progress_end (&pool.progress, tally->done, work->count, tally->broken);
  sigprocmask (SIG_SETMASK, &before, NULL);
  munmap (pool.post, bytes);
  free (pool.worker);
}
