/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a study and their cost.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/driver/collect.h"
#include "experiments/driver/forecast.h"
#include "experiments/driver/progress.h"
#include "experiments/results/memory.h"
#include "experiments/results/runs.h"
#include "experiments/driver/run.h"

/* Multiply-adds a second that one job is taken to do when nothing was
   measured yet. */
#define ASSUMED_SPEED 2e10

/* Multiply-adds a second of the runs in DIR, or 0. */
static double
measured_speed (const char *dir, const grid *runs)
{
  double cost = 0, seconds = 0;

  for (size_t i = 0; i < runs->count; i++)
    {
      char *path = runs_path (dir, &runs->run[i].hash, RUN_TIME);
      const char *text = NULL;
      numsys_error ignored;
      runs_file file;

      if (runs->run[i].is_first && runs_read (path, &file, &ignored) == 0)
        {
          text = runs_value (&file, "seconds");
          if (text != NULL)
            {
              cost += runs->run[i].cost;
              seconds += strtod (text, NULL);
            }
          runs_free (&file);
        }
      free (path);
    }
  return seconds > 0 ? cost / seconds : 0;
}

static int
is_missing (const grid_run *run, const grid_run *const todo[],
            size_t missing)
{
  for (size_t i = 0; i < missing; i++)
    if (strcmp (todo[i]->hash.text, run->hash.text) == 0)
      return 1;
  return 0;
}

static void
print_run (const grid_run *run, const int varies[SETTINGS_COUNT],
           const char *state)
{
  printf ("%.8s  %-7s  %s", run->hash.text, state, run->group->name);
  for (size_t j = 0; j < run->group->axes; j++)
    if (settings_find (run->group->axis[j].name) < 0)
      printf ("  %s=%s", run->group->axis[j].name, run->label[j]);
  for (int k = 0; k < SETTINGS_COUNT; k++)
    if (varies[k])
      printf ("  %s=%s", settings_table[k].key, run->settings.value[k]);
  printf ("  seed=%s\n", settings_get (&run->settings, "seed"));
}

double
forecast_seconds (const char *dir, const grid *runs,
                  const grid_run *const todo[], size_t missing, unsigned jobs)
{
  double cost = 0, speed = measured_speed (dir, runs);

  for (size_t i = 0; i < missing; i++)
    cost += todo[i]->cost;
  return cost / (speed > 0 ? speed : ASSUMED_SPEED) / jobs;
}

void
forecast_print (const char *dir, const study_file *study, const grid *runs,
                const grid_run *const todo[], size_t missing, unsigned jobs,
                unsigned threads)
{
  int varies[SETTINGS_COUNT];
  double cost = 0, speed = measured_speed (dir, runs);
  const char *by = speed > 0 ? "as runs there took" : "assumed";
  char duration[32];

  collect_varying (runs, varies);
  for (size_t i = 0; i < runs->count; i++)
    print_run (&runs->run[i], varies,
               !runs->run[i].is_first ? "again"
               : is_missing (&runs->run[i], todo, missing) ? "to do"
                                                           : "-");
  for (size_t i = 0; i < missing; i++)
    cost += todo[i]->cost;
  if (speed <= 0)
    speed = ASSUMED_SPEED;
  progress_duration (forecast_seconds (dir, runs, todo, missing, jobs),
                     duration);
  printf ("\n%s (%s): %zu runs to do in %s, %.3g multiply-adds: about %s with "
          "%u jobs of %u threads at %.2g multiply-adds a second each (%s).\n",
          study->name, study->size, missing, dir, cost,
          missing > 0 ? duration : "0 s", jobs, threads, speed, by);
}
