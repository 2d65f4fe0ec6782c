/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The studies that the program knows by name: *.cfg in its folder.  */

#ifndef EXPERIMENTS_STUDY_STUDIES_H
#define EXPERIMENTS_STUDY_STUDIES_H

#include "numsys/type.h"

/* The file of a study: study itself when it has a slash or ends in .cfg, else
   that of the name.  Owned by the caller; NULL and a sentence when there is
   none. */
char *studies_find (const char *study, numsys_error *error);

/* Names in order, ended by NULL; free each, and the list. */
char **studies_list (void);

#endif
