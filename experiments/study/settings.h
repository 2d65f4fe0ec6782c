/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of a run, under the names that study files, the command line
   and results use.  One table describes them all.  */

#ifndef EXPERIMENTS_STUDY_SETTINGS_H
#define EXPERIMENTS_STUDY_SETTINGS_H

#include "experiments/training/training.h"

typedef enum settings_kind
{
  SETTINGS_TEXT,
  SETTINGS_INTEGER,
  SETTINGS_REAL       /* 0.03, or a power as 2^-5 */
} settings_kind;

#define SETTINGS_ROOM 8192   /* for any canonical value */

typedef struct settings_entry
{
  const char *key;
  const char *preset;
  settings_kind kind;
  double least, most;      /* of numbers */
  size_t offset;           /* in training_settings, or SETTINGS_NOWHERE */
  /* Texts: writes value in canonical form, or -1 and a sentence; NULL: as it
     is. */
  int (*canonical) (const char *value, char out[SETTINGS_ROOM],
                    numsys_error *error);
  const char *meaning;
} settings_entry;

#define SETTINGS_COUNT 28
#define SETTINGS_NOWHERE ((size_t) -1)

extern const settings_entry settings_table[SETTINGS_COUNT];

/* A value for every entry of the table, canonical: equal settings have equal
   texts. */
typedef struct settings_values
{
  char *value[SETTINGS_COUNT];   /* owned */
} settings_values;

/* The index of a key, or -1. */
int settings_find (const char *key);

/* A sentence that says there is no such key, and the nearest one; others are
   further names that would have been allowed, or NULL. */
void settings_unknown (const char *key, size_t n, const char *const others[],
                       numsys_error *error);

/* All defaults. */
void settings_init (settings_values *settings);
void settings_free (settings_values *settings);   /* a zeroed one is allowed */

/* 0, or -1 and a sentence; then nothing has changed. */
int settings_set (settings_values *settings, int index, const char *value,
                  numsys_error *error);

/* The value of this key, which must exist. */
const char *settings_get (const settings_values *settings, const char *key);

/* Whether one of the three products is of this type (sgemm, ...). */
int settings_multiplies_by (const settings_values *settings, const char *name);

/* As training takes them; borrows from settings. */
training_settings settings_for_training (const settings_values *settings);

#endif
