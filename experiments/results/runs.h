/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder DIR/runs: one file a run, found by the run's hash.  */

#ifndef EXPERIMENTS_RESULTS_RUNS_H
#define EXPERIMENTS_RESULTS_RUNS_H

#include "experiments/results/store.h"
#include "experiments/results/table.h"

/* DIR/runs/ab/HASH followed by suffix: .tsv the result, .time clocks and
   provenance, .failed why there is none.  Owned by the caller. */
char *runs_path (const char *dir, const store_hash *hash, const char *suffix);

/* A result file, or .time or .failed, read: its `#key value' lines. */
typedef struct runs_file
{
  char *text;
  size_t count;
  struct runs_field
  {
    const char *key, *value;
  } *field;
  const char *blocks;    /* what follows the header */
} runs_file;

/* 0; 1 when there is no such file; -1 and a sentence when it cannot be read
   or, being a result, its content is not what its last line says. */
int runs_read (const char *path, runs_file *file, numsys_error *error);
void runs_free (runs_file *file);   /* a zeroed one is allowed */

/* NULL when there is no such key. */
const char *runs_value (const runs_file *file, const char *key);
/* The index-th block as it stands, length bytes of whole lines; NULL when there
   is none. */
const char *runs_block_text (const runs_file *file, size_t index,
                             size_t *length);
/* The index-th block, or NULL and a sentence. */
results_table *runs_block (const runs_file *file, size_t index,
                           numsys_error *error);

/* Writes text, and for a result its content line, whole or not at all; makes
   the folders. */
int runs_write (const char *path, const char *text, int is_result,
                numsys_error *error);

/* Calls visit for each file of that suffix, in order of hashes; stops when it
   returns nonzero, and returns that.  -1 and a sentence when there is no
   DIR/runs. */
int runs_each (const char *dir, const char *suffix,
               int (*visit) (void *closure, const char *path,
                             const store_hash *hash),
               void *closure, numsys_error *error);

/* Removes temporary files that killed processes of this machine left, and any
   older than a day. */
void runs_clean (const char *dir);

#endif
