/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies: a question, and the grids of runs that answer it.

   A study file is a list of assignments NAME = VALUE in layers, the later one
   holding: the study's settings, its group's, a point of each axis, the
   group's `let', the size's settings, and what the user set.  A group with
   `tuning' seeds stands for a second one, search-NAME, with the same grid.  A
   study may ask about formats alone, and what is done with them: then it has
   no runs but lists.  A VALUE may use other names, which need not be settings:
   "lns:bits=${bits},gamma=${gamma * 2 ^ 8}".  */

#ifndef EXPERIMENTS_STUDY_STUDY_H
#define EXPERIMENTS_STUDY_STUDY_H

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

/* An axis of a grid.  Each point's first assignment is to the axis's own name:
   what results call the point.  Named points have further ones. */
typedef struct study_axis
{
  char *name;
  unsigned line;
  int has_named_points;
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

/* What a study without runs names in their place. */
enum
{
  STUDY_FORMATS,          /* quantizers; only this list says: no runs */
  STUDY_APPROXIMATIONS,   /* of LNS sums and differences */
  STUDY_FRACTIONS,        /* fraction bits of their constants */
  STUDY_PRODUCTS,         /* ways to sum products */
  STUDY_LENGTHS,          /* of vectors */
  STUDY_VECTORS,          /* how many */
  STUDY_LISTS
};

typedef struct study_list
{
  const char *name;
  /* Whether an item is one: 0, or -1 and a sentence. */
  int (*check) (const char *item, numsys_error *error);
} study_list;

extern const study_list study_lists[STUDY_LISTS];
/* The list of this name, or -1. */
int study_find_list (const char *name);

typedef struct study_file
{
  char *path;
  char *name;          /* of the file, without folder and ending */
  char *question;
  char *size;          /* smoke, quick or full */
  int has_size;        /* the file says what that is; else it is the full one */
  study_layer settings, over;   /* over: of the size, then of the user */
  size_t groups;
  study_group *group;
  char **list[STUDY_LISTS];     /* of a study without runs, and */
  char **tables, **figures;     /* ended by NULL */
} study_file;

/* Reads a study file at a size; 0, or -1 and a sentence with file and line.
   The caller frees study in either case. */
int study_read (const char *path, const char *size, study_file *study,
                numsys_error *error);
void study_free (study_file *study);   /* a zeroed one is allowed */

/* NAME=VALUE of the command line: an axis or list of that name keeps this point
   only, and every run has the setting of that name.  -1 and a sentence when nothing
   has that name. */
int study_set (study_file *study, const char *assignment,
               numsys_error *error);

/* --- For study_read --- */

/* Copies name and value. */
void study_assign (study_layer *layer, const char *name, const char *value,
                   unsigned line);

/* Drops the last group. */
void study_drop_group (study_file *study);

/* Leaves of axis the points called values[0..n), in that order; where each
   point is but a value, new ones are made.  -1 and a sentence when there is no
   such point. */
int study_restrict (study_axis *axis, size_t n, const char *const values[],
                    numsys_error *error);

/* Whether every name is a setting or used by a value, and lists hold what they
   should:
   0, or -1 and a sentence with file and line. */
int study_check_names (const study_file *study, numsys_error *error);

#endif
