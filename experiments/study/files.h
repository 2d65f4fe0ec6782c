/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program's own files are: studies, figure scripts.  */

#ifndef EXPERIMENTS_STUDY_FILES_H
#define EXPERIMENTS_STUDY_FILES_H

/* PATH below the top of the source tree (experiments/studies, plots/figures)
   as this program finds it: in the tree that NUMSYS_TOP_SRCDIR names, in the
   source tree when it runs where it was built, else where it is installed.
   Owned by the caller; it need not exist. */
char *files_path (const char *path);

#endif
