/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data sets of labelled examples.  */

#ifndef EXPERIMENTS_DATA_DATA_H
#define EXPERIMENTS_DATA_DATA_H

#include <stddef.h>
#include <stdint.h>
#include "numsys/type.h"

/* Labelled examples.  x (count, features) bytes, row-major; label < classes. */
typedef struct data_split
{
  size_t count;
  uint8_t *x;
  uint8_t *label;
} data_split;

/* The official training and test parts; a validation split is taken off the
   training part by whoever trains. */
typedef struct data_set
{
  const char *name;       /* of its source, below */
  size_t features, classes;   /* 0 when there are no examples */
  data_split train, test;
  uint64_t hash;          /* xxh3 of all of it: identity of a run */
} data_set;

/* A source of a data set: what it is called and where it is looked for. */
typedef struct data_source
{
  const char *name;       /* fashion-mnist, mnist, none */
  const char *summary;
  const char *folder;     /* where Debian puts it, or NULL: the user says */
  const char *package;    /* Debian package, or NULL */
  int is_made;            /* of nothing: no folder is looked for */
  int (*load) (const struct data_source *source, const char *folder,
               data_set *set, numsys_error *error);
} data_source;

extern const data_source *const data_sources[];   /* ended by NULL */
const data_source *data_find (const char *name);

/* Loads a set from folder (NULL: the source's own).  0, or -1 and a sentence
   that names the file.  The caller owns the set. */
int data_load (const char *name, const char *folder, data_set *set,
               numsys_error *error);
void data_free (data_set *set);   /* a zeroed set is allowed */

#endif
