/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables and figures of a study: all that follows from its results.tsv.

   results.tsv has one row a run, in the order of the study's grid:
     hash                      of the run
     group                     of the study's groups
     the axes' names           gamma, bits, map, ...; `-' where a group has
                               no such axis
     settings that differ      under their keys, in canonical form
     seed
     status                    finished or diverged
     train_loss validation_loss validation_accuracy test_loss test_accuracy
     distance                  of the weights from the truth's, `-' without
     steps parameters updates swallowed flips bounded dragged
     ROLE_values ROLE_overflow ROLE_saturated ROLE_flushed ROLE_raised
     ROLE_nan                  for each role W A E G U M V that was quantized
   Accuracies are in percent.  */

#ifndef EXPERIMENTS_REPORT_REPORT_H
#define EXPERIMENTS_REPORT_REPORT_H

#include "experiments/results/table.h"
#include "experiments/study/study.h"

/* What the tables of a study are made of: borrowed. */
typedef struct report_data
{
  const results_table *results;   /* results.tsv */
  const char *const *axes;        /* names of the study's axes, each once, the
                                     seed left out; ended by NULL */
  /* Lists of a study without runs, each ended by NULL. */
  const char *const *list[STUDY_LISTS];
  struct report_others *others;   /* further tables: report_data_table */
} report_data;

/* Further tables of DIR, read when they are first asked for. */
typedef struct report_others
{
  const char *dir;                /* NULL: there are none */
  size_t count;
  struct report_other
  {
    char *name;
    results_table *table;
  } *item;
} report_others;

/* DIR/NAME.tsv, "curves" say; NULL and a sentence when it is not there. */
const results_table *report_data_table (const report_data *data,
                                        const char *name,
                                        numsys_error *error);
void report_others_free (report_others *others);

/* A table that a study may name: made of its data alone.  To add one, write
   its function and name it in report_tables.  */
typedef struct report_table
{
  const char *name;      /* DIR/tables/NAME.tsv */
  const char *summary;   /* one line */
  /* A new table, owned by the caller, or NULL and a sentence. */
  results_table *(*make) (const report_data *data, numsys_error *error);
} report_table;

extern const report_table *const report_tables[];   /* ended by NULL */

/* How figures are drawn: all as files, as the study has them, when zeroed. */
typedef struct report_options
{
  const char *figure;        /* this one only; NULL: all */
  const char *const *set;    /* as plots_figure's; NULL: none */
  int is_text;               /* print them to standard output, write nothing */
} report_options;

/* Reads DIR/results.tsv, writes DIR/tables/NAME.tsv for each table of the
   study, then draws DIR/figures/NAME.{svg,pdf,png} by plots/figures/NAME.gp
   for each of its figures.  As text, tables are read as they are.  0, or -1
   and a sentence; tables stay when only the drawing failed. */
int report_study (const study_file *study, const char *dir,
                  const report_options *options, numsys_error *error);

/* The drawing alone. */
int report_figures (const study_file *study, const char *dir,
                    const report_options *options, numsys_error *error);

#endif
