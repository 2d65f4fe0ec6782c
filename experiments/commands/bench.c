/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys bench: the library's speed against the machine's limits.  */

#include <config.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/bench/bench.h"
#include "experiments/command.h"
#include "experiments/study/files.h"
#include "experiments/results/memory.h"
#include "experiments/results/store.h"
#include "experiments/results/table.h"
#include "numsys/spec.h"
#include "plots/plots.h"

#define MOST_REPETITIONS 100000

typedef struct request
{
  const char *only;         /* NULL: all */
  const char *out;          /* NULL: nowhere */
  size_t repetitions;
} request;

/* --- Results --- */

static void
add_result (results_table *table, const bench_type *type, const char *place,
            const bench_list *list, size_t i, const bench_result *result)
{
  const size_t row = table_add_row (table);
  const bench_item *item = &list->items[i];
  const struct { const char *column; double x; } numbers[] = {
    { "median", result->median }, { "best", result->best },
    { "spread", result->spread }, { "ratio", result->ratio },
    { "best_ratio", result->best_ratio },
  };

  table_set_text (table, row, table_column (table, "benchmark"), type->name);
  table_set_text (table, row, table_column (table, "place"), place);
  table_set_text (table, row, table_column (table, "item"), item->name);
  table_set_text (table, row, table_column (table, "unit"), type->unit);
  table_set_text (table, row, table_column (table, "against"),
                  list->items[item->against].name);
  for (size_t j = 0; j < sizeof numbers / sizeof numbers[0]; j++)
    table_set_number (table, row, table_column (table, numbers[j].column),
                      numbers[j].x);
}

static void
print_heading (const bench_type *type, const char *place)
{
  printf ("\n%s%s%s: %s\n%-64s %10s %10s %7s %7s %7s\n", type->name,
          place[0] == '-' ? "" : ", ", place[0] == '-' ? "" : place,
          type->summary, "", type->unit, "best", "spread", "ratio",
          "of best");
}

static int
measure (const bench_type *type, const bench_place *place,
         const request *asked, results_table *table, numsys_error *error)
{
  const char *name = type->is_placed ? place->name : "-";
  bench_list list = { .count = 0 };
  const int status = type->fill (&list, place, error);

  if (status == 0)
    {
      bench_measure (&list, asked->repetitions);
      print_heading (type, name);
    }
  for (size_t i = 0; status == 0 && i < list.count; i++)
    {
      const bench_result result
        = bench_result_of (&list, i, asked->repetitions);

      printf ("%-64s %10.4g %10.4g %6.1f%% %7.3f %7.3f\n", list.items[i].name,
              result.median, result.best, 100 * result.spread, result.ratio,
              result.best_ratio);
      add_result (table, type, name, &list, i, &result);
    }
  fflush (stdout);
  bench_clear (&list);
  return status;
}

static int
measure_all (const request *asked, const bench_place places[BENCH_PLACES],
             results_table *table, numsys_error *error)
{
  for (const bench_type *const *type = bench_types; *type != NULL; type++)
    {
      const int count = (*type)->is_placed ? BENCH_PLACES : 1;

      if (asked->only != NULL && strcmp ((*type)->name, asked->only) != 0)
        continue;
      for (int i = 0; i < count; i++)
        if (measure (*type, &places[i], asked, table, error) != 0)
          return -1;
    }
  return 0;
}

/* --- Files --- */

static int
write_table (const char *dir, const char *name, const results_table *table,
             numsys_error *error)
{
  char *path = memory_format ("%s/%s.tsv", dir, name);
  const int status = table_write (table, path, error);

  free (path);
  return status;
}

/* What the figure draws: medians of quantizing, an item a row, a place a
   column. */
static results_table *
figure_table (const results_table *table)
{
  results_table *wide = table_new ();
  const int item = table_column (wide, "item");
  size_t row = 0;

  for (size_t i = 0; i < table_rows (table); i++)
    {
      const char *name = table_text (table, i, table_find (table, "item"));
      const char *place = table_text (table, i, table_find (table, "place"));
      const char *benchmark
        = table_text (table, i, table_find (table, "benchmark"));

      if (strcmp (benchmark, bench_quantize.name) != 0)
        continue;
      for (row = 0; row < table_rows (wide); row++)
        if (strcmp (table_text (wide, row, item), name) == 0)
          break;
      if (row == table_rows (wide))
        table_set_text (wide, table_add_row (wide), item, name);
      table_set_text (wide, row, table_column (wide, place),
                      table_text (table, i, table_find (table, "median")));
    }
  return wide;
}

static int
draw (const char *dir, const results_table *table, const char *note,
      numsys_error *error)
{
  results_table *wide = figure_table (table);
  char *scripts = files_path ("plots");
  const plots_figure figure = { .folder = scripts, .name = "bench",
                                .tables = dir, .note = note };
  int status = write_table (dir, "quantize", wide, error);

  for (const char *const *format = plots_formats;
       status == 0 && *format != NULL; format++)
    status = plots_draw (&figure, dir, *format, error) == PLOTS_DRAWN ? 0 : -1;
  table_free (wide);
  free (scripts);
  return status;
}

/* The figure shows quantizing, so it wants that to have been measured. */
static int
write_all (const request *asked, const results_table *table,
           const results_table *facts, numsys_error *error)
{
  const char *set = table_text (facts, 1, table_find (facts, "value"));
  char *note = memory_format ("%s, %s", table_text (facts, 0, 1), set);
  int status = store_make_folder (asked->out, error);

  if (status == 0)
    status = write_table (asked->out, "bench", table, error);
  if (status == 0)
    status = write_table (asked->out, "bench.provenance", facts, error);
  if (status == 0
      && (asked->only == NULL
          || strcmp (asked->only, bench_quantize.name) == 0))
    status = draw (asked->out, table, note, error);
  free (note);
  return status;
}

/* --- Arguments --- */

static int
check_name (const char *name, numsys_error *error)
{
  const char *words[16];
  char near[64], list[200] = "";
  size_t n = 0;

  for (; bench_types[n] != NULL; n++)
    {
      words[n] = bench_types[n]->name;
      if (strcmp (words[n], name) == 0)
        return 0;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", words[n]);
    }
  numsys_nearest_word (name, n, words, near);
  numsys_error_set (error, "unknown benchmark '%s'%s (benchmarks: %s)", name,
                    near, list);
  return -1;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;
  numsys_error error;
  char *end;
  long n;

  switch (key)
    {
    case 'o':
      asked->out = argument;
      return 0;
    case 'n':
      if (check_name (argument, &error) != 0)
        argp_error (state, "%s", error.text);
      asked->only = argument;
      return 0;
    case 'r':
      n = strtol (argument, &end, 10);
      if (*end != '\0' || end == argument || n < 1 || n > MOST_REPETITIONS)
        argp_error (state, "--repetitions takes a whole number from 1 to %d, "
                    "not '%s'", MOST_REPETITIONS, argument);
      asked->repetitions = (size_t) n;
      return 0;
    case ARGP_KEY_ARG:
      argp_error (state, "'%s' is too much: a benchmark is named by --only",
                  argument);
      return 0;
    default:
      return ARGP_ERR_UNKNOWN;
    }
}

/* Below the options: what there is to time. */
static char *
list_benchmarks (int key, const char *text, void *input)
{
  char *list;

  (void) input;
  if (key != ARGP_KEY_HELP_POST_DOC)
    return (char *) text;
  list = memory_format ("Benchmarks:\n");
  for (size_t i = 0; bench_types[i] != NULL; i++)
    {
      char *longer = memory_format ("%s  %-10s %s\n", list,
                                    bench_types[i]->name,
                                    bench_types[i]->summary);

      free (list);
      list = longer;
    }
  return list;
}

static int
run (int argc, char **argv)
{
  static const struct argp_option options[] = {
    { "only", 'n', "NAME", 0,
      "Only this benchmark of those below", 0 },
    { "repetitions", 'r', "N", 0, "Turns that each item has (default 31)", 0 },
    { "out", 'o', "DIR", 0,
      "Leave bench.tsv and, of quantizing, a figure in DIR", 0 },
    { NULL, 0, NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "",
    "Times the library against memcpy, BLAS and plain C.  Only ratios within "
    "one run mean something: items take turns, and a ratio is the median of "
    "those of turns; on a busy machine that of the best turns is steadier."
    "\v" "",
    NULL, list_benchmarks, NULL
  };
  request asked = { .repetitions = 31 };
  bench_place places[BENCH_PLACES];
  results_table *facts, *table = table_new ();
  numsys_error error;
  int status;

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  bench_places (places);
  facts = bench_facts (asked.repetitions, places);
  for (size_t i = 0; i < table_rows (facts); i++)
    printf ("%-16s %s\n", table_text (facts, i, 0), table_text (facts, i, 1));
  status = measure_all (&asked, places, table, &error);
  if (status == 0 && asked.out != NULL)
    status = write_all (&asked, table, facts, &error);
  table_free (table);
  table_free (facts);
  return status == 0 ? COMMAND_DONE : command_fail (&error);
}

const command command_bench = {
  .name = "bench",
  .summary = "time the library against the machine's limits",
  .run = run,
};
