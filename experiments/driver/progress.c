/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress on standard error.  */

#include <config.h>

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "experiments/driver/progress.h"

#define TERMINAL_SECONDS 0.1
#define PLAIN_SECONDS 30

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

void
progress_duration (double seconds, char out[32])
{
  const unsigned long s = seconds < 1 ? 1 : (unsigned long) (seconds + 0.5);

  if (s >= 3600)
    snprintf (out, 32, "%lu h %lu min", s / 3600, s / 60 % 60);
  else if (s >= 60)
    snprintf (out, 32, "%lu min %lu s", s / 60, s % 60);
  else
    snprintf (out, 32, "%lu s", s);
}

void
progress_begin (progress *state, const char *unit, int quiet)
{
  state->unit = unit;
  state->begun = now ();
  state->shown = state->begun;
  state->is_terminal = isatty (STDERR_FILENO);
  state->quiet = quiet;
}

static void
print_line (const progress *state, size_t done, size_t count, size_t broken,
            const char *rest)
{
  char failed[48] = "";

  if (broken > 0)
    snprintf (failed, sizeof failed, ", %zu failed", broken);
  fprintf (stderr, "%s%zu of %zu %s done%s, %s%s",
           state->is_terminal ? "\r\033[K" : "numsys: ", done, count,
           state->unit, failed, rest, state->is_terminal ? "" : "\n");
  fflush (stderr);
}

void
progress_show (progress *state, size_t done, size_t count, size_t broken,
               double part)
{
  const double t = now ();
  char left[32], rest[64] = "time left not yet known";

  if (state->quiet
      || t - state->shown < (state->is_terminal ? TERMINAL_SECONDS
                                                : PLAIN_SECONDS))
    return;
  state->shown = t;
  if (part > 0 && t - state->begun > 1)
    {
      progress_duration ((t - state->begun) * (1 - part) / part, left);
      snprintf (rest, sizeof rest, "about %s left", left);
    }
  print_line (state, done, count, broken, rest);
}

void
progress_end (progress *state, size_t done, size_t count, size_t broken)
{
  char took[32], rest[64];

  if (state->quiet)
    return;
  progress_duration (now () - state->begun, took);
  snprintf (rest, sizeof rest, "%s", took);
  print_line (state, done, count, broken, rest);
  if (state->is_terminal)
    putc ('\n', stderr);
}

void
progress_erase (progress *state)
{
  if (state->quiet || !state->is_terminal)
    return;
  fputs ("\r\033[K", stderr);
  fflush (stderr);
}
