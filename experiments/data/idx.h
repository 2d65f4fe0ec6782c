/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IDX files, the format of MNIST: a magic number that tells the type of the
   values and how many dimensions they have, the dimensions as big-endian
   32-bit integers, then the values, last dimension fastest.  */

#ifndef EXPERIMENTS_DATA_IDX_H
#define EXPERIMENTS_DATA_IDX_H

#include "experiments/data/data.h"

/* Reads the file of unsigned bytes FOLDER/NAME.gz or else FOLDER/NAME, packed
   by gzip or not, with this many dimensions (1..4).  The caller owns the
   bytes.  path gets the file that was read, for sentences.  0, or -1 and a
   sentence that names the file.  */
int idx_read (const char *folder, const char *name, unsigned dimensions,
              size_t size[], uint8_t **bytes, char path[], size_t room,
              numsys_error *error);

/* A source's load slot: a set of images of ten classes, in the four files that
   MNIST introduced. */
int idx_load (const data_source *source, const char *folder, data_set *set,
              numsys_error *error);

#endif
