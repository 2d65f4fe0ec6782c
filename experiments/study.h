/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies: a question, and the grid of runs that answers it.

   A study file is a list of assignments NAME = VALUE in layers, the later one
   holding: the study's settings, its group's, a point of each axis, the
   group's `let', the size's settings, and what the user set.  A VALUE may use
   other names: "lns:bits=${bits},gamma=${gamma * 2 ^ 8}".  */

#ifndef EXPERIMENTS_STUDY_H
#define EXPERIMENTS_STUDY_H

#include <stddef.h>
#include "numsys/type.h"

/* NAME = VALUE, and the line that says so (0: the command line). */
typedef struct study_assignment
{
  char *name, *value;
  unsigned line;
} study_assignment;

typedef struct study_layer
{
  size_t count;
  study_assignment *item;
} study_layer;

/* An axis of a grid: each point assigns to the axis's own name, and perhaps to
   further ones. */
typedef struct study_axis
{
  char *name;
  size_t points;
  study_layer *point;
} study_axis;

/* A grid of runs: every combination of its axes' points, the last axis
   fastest; seeds are the last of all. */
typedef struct study_group
{
  char *name;
  unsigned line;
  study_layer settings, let;
  size_t axes;
  study_axis *axis;
} study_group;

typedef struct study
{
  char *name;          /* of its file, without folder and ending */
  char *path;
  char *question;
  const char *size;    /* smoke, quick or full */
  study_layer settings, over;   /* over: of the size, then of the user */
  size_t groups;
  study_group *group;
  char **tables, **figures;     /* ended by NULL */
} study_file;

/* Reads a study file at a size; 0, or -1 and a sentence with file and line. */
int study_read (const char *path, const char *size, study_file *study,
                numsys_error *error);
void study_free (study_file *study);   /* a zeroed one is allowed */

/* NAME=VALUE of the command line: an axis of that name keeps this value only
   (a named point, or a new value); else every run has it.  -1 and a sentence
   when nothing has that name. */
int study_set (study_file *study, const char *assignment, numsys_error *error);

#endif
