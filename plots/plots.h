/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures: committed gnuplot scripts that draw what tables say.  */

#ifndef PLOTS_PLOTS_H
#define PLOTS_PLOTS_H

#include <stdio.h>
#include "numsys/type.h"

/* One figure.  Strings are borrowed.  The script FOLDER/figures/NAME.gp is
   given the variables `tables', the folder that holds its tables, `out' and
   `format', the file to write and its kind, and `note'.  */
typedef struct plots_figure
{
  const char *folder;   /* style.gp lies here */
  const char *name;
  const char *tables;
  const char *note;     /* a few words to print into the figure, as "quick
                           size"; "" for none */
  const char *const *set; /* settings of gnuplot's that go before the figure's
                             own, as "xrange=[0:1]"; ended by NULL; NULL: none.
                             Each must have passed plots_check_set. */
} plots_figure;

/* Whether NAME=VALUE may go to gnuplot: the name of a look (xrange, ytics, key
   ...), and a value that can call nothing, run nothing and write nothing.  0,
   or -1 and a sentence. */
int plots_check_set (const char *assignment, numsys_error *error);

typedef enum plots_status
{
  PLOTS_DRAWN = 0,
  PLOTS_NO_GNUPLOT = 1,
  PLOTS_FAILED = -1
} plots_status;

/* The kinds of file that a figure can be, as suffixes: svg, pdf, png.  Ended by
   NULL.  */
extern const char *const plots_formats[];

/* Draws OUT_FOLDER/NAME.FORMAT, whole or not at all: whatever goes wrong, an
   older file of that name stays as it was and nothing else is left.  Unless
   drawn, error has the sentence that says why not.  gnuplot is what the
   environment variable GNUPLOT names, or else found on PATH.  */
plots_status plots_draw (const plots_figure *figure, const char *out_folder,
                         const char *format, numsys_error *error);

/* The same into a file of any name. */
plots_status plots_draw_as (const plots_figure *figure, const char *file,
                            const char *format, numsys_error *error);

/* The format that a file's name ends with; NULL and a sentence when it is none
   of them. */
const char *plots_format_of (const char *file, numsys_error *error);

/* A table NAME.tsv, as text. */
typedef struct plots_table
{
  const char *name, *text;
} plots_table;

/* Draws a figure of these tables, ended by a NULL name, into a file of the
   format that its name says; figure's own `tables' do not matter. */
plots_status plots_draw_file (const plots_figure *figure,
                              const plots_table tables[], const char *file,
                              numsys_error *error);

/* The figure as text for a terminal, written to stream. */
plots_status plots_print (const plots_figure *figure, FILE *stream,
                          numsys_error *error);

#endif
