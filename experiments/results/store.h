/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: one text file a run, named by the run's identity.

   DIR/runs/ab/abcdef....tsv holds `#key value' lines (settings, status, final
   metrics), then blocks of tab-separated numbers with a heading line each,
   two blank lines apart (gnuplot's index), and last `#content HASH', the hash
   of all bytes before it.  It is written under a temporary name, synced and
   renamed: a file that exists is whole.  Clock values and provenance that may
   differ between equal runs go to DIR/runs/ab/HASH.time, never into it.  */

#ifndef EXPERIMENTS_RESULTS_STORE_H
#define EXPERIMENTS_RESULTS_STORE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "numsys/type.h"

/* Raised whenever any number that a run yields changes, or the default of any
   setting; the golden-run test forces it.  Part of every run's identity. */
#define STORE_NUMERICS 1

/* 128-bit hash in hexadecimal, and room for its end. */
typedef struct store_hash
{
  char text[33];
} store_hash;

store_hash store_hash_of (const char *text, size_t length);

/* Makes a folder and those above it; one that is there already is fine. */
int store_make_folder (const char *path, numsys_error *error);

/* Writes a whole file at once: temporary name, fsync, rename.  write gets the
   stream and returns -1 on trouble.  0, or -1 and a sentence; then nothing is
   left behind. */
int store_write_file (const char *path,
                      int (*write) (FILE *stream, const void *closure),
                      const void *closure, numsys_error *error);

#endif
