/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of the program (never of the library): each call succeeds, or ends
   the program with a sentence and exit status 1.  Free with free.  */

#ifndef EXPERIMENTS_RESULTS_MEMORY_H
#define EXPERIMENTS_RESULTS_MEMORY_H

#include <stddef.h>

/* Says so and ends the program, for memory that was asked for elsewhere. */
void memory_exhausted (void) __attribute__ ((noreturn));

/* count zeroed items. */
void *memory_new (size_t count, size_t size);

/* Room for one more item than used; grows by doubling when used is a power of
   two or zero, so items and used alone say how much room there is. */
void *memory_grow (void *items, size_t used, size_t size);

char *memory_copy (const char *text);
char *memory_format (const char *format, ...)
  __attribute__ ((format (printf, 1, 2)));

/* A file's bytes and a final NUL, or NULL with errno set; length may be
   NULL. */
char *memory_read_file (const char *path, size_t *length);

#endif
