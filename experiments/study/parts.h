/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the parts of a study file.  Each gives 0, or -1 and a sentence with
   file and line.  */

#ifndef EXPERIMENTS_STUDY_PARTS_H
#define EXPERIMENTS_STUDY_PARTS_H

#include <libconfig.h>

#include "experiments/study/study.h"

/* A setting of libconfig, and whom to tell. */
typedef struct study_place
{
  const study_file *study;
  const config_setting_t *at;
  numsys_error *error;
} study_place;

/* The same, elsewhere in the file. */
study_place study_inside (study_place where, const config_setting_t *at);
study_place study_element (study_place where, int i);

/* The member of a group, or NULL. */
const config_setting_t *study_member (study_place where, const char *name);

/* Says what is wrong here: -1. */
int study_wrong (study_place where, const char *what);

/* Members must be among words, ended by NULL. */
int study_members (study_place where, const char *const words[]);

/* { NAME = VALUE; ... } */
int study_read_layer (study_place where, study_layer *layer);

/* [VALUE, ...], each as text, ended by NULL; count may be NULL.  To be freed
   in either case. */
int study_read_texts (study_place where, char ***texts, size_t *count);
void study_free_texts (char **texts);   /* NULL is allowed */

/* [VALUE, ...], or ( { name = "..."; NAME = VALUE; ... }, ... ). */
int study_read_axis (study_place where, const char *name,
                     study_group *group);

/* { NAME = axis; ... } */
int study_read_axes (study_place where, study_group *group);

/* The groups of the file's root, or the root as the only one. */
int study_read_groups (study_place where, study_file *study);

#endif
