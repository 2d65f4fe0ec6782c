/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: named columns of text, in memory, and as files of tab-separated
   lines under a heading.

   A field is never empty: what is missing or does not apply is `-', which
   gnuplot takes with `set datafile missing "-"'.  Numbers have all digits.  */

#ifndef EXPERIMENTS_RESULTS_TABLE_H
#define EXPERIMENTS_RESULTS_TABLE_H

#include <stddef.h>
#include <stdio.h>
#include "numsys/type.h"

typedef struct results_table results_table;

/* Room for any number as text. */
#define TABLE_NUMBER 32

/* A table without columns or rows, owned by the caller. */
results_table *table_new (void);
void table_free (results_table *table);   /* NULL is allowed */

/* The column of this name, or -1. */
int table_find (const results_table *table, const char *name);
/* The same, made at the right end if there is none. */
int table_column (results_table *table, const char *name);
size_t table_columns (const results_table *table);
const char *table_name (const results_table *table, int column);

size_t table_rows (const results_table *table);
/* Adds a row of `-' and returns its index. */
size_t table_add_row (results_table *table);

/* Text is copied; tabs and newlines in it become spaces, nothing becomes
   `-'. */
void table_set_text (results_table *table, size_t row, int column,
                     const char *text);
/* With as many digits, 15 to 17, as it takes to read it back exactly; inf,
   -inf, nan. */
void table_set_number (results_table *table, size_t row, int column,
                       double x);

/* `-' when column is -1. */
const char *table_text (const results_table *table, size_t row,
                        int column);
/* NaN when the text is no number, or column is -1. */
double table_number (const results_table *table, size_t row, int column);

/* A number as tables print it. */
void table_number_text (double x, char out[TABLE_NUMBER]);

/* From text: a heading, then lines of as many fields; what names it in
   sentences.  NULL and a sentence when it is anything else. */
results_table *table_parse (const char *text, const char *what,
                            numsys_error *error);
results_table *table_read (const char *path, numsys_error *error);

/* Whole or not at all, as store_write_file.  Makes no folder. */
int table_write (const results_table *table, const char *path,
                 numsys_error *error);
void table_print (const results_table *table, FILE *stream);

#endif
