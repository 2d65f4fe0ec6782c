/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of one gamma, each made when it is first asked for, by any
   thread, and kept.  Not installed.  */

#ifndef NUMSYS_LNS_TABLES_H
#define NUMSYS_LNS_TABLES_H

#include "numsys/lns_gauss.h"
#include "numsys/lns_roots.h"

typedef struct numsys_lns_tables numsys_lns_tables;

/* NULL when memory ran out. */
numsys_lns_tables *numsys_lns_tables_new (int64_t gamma);
void numsys_lns_tables_free (numsys_lns_tables *tables);  /* NULL is allowed */

/* NULL when memory ran out, for now. */
const numsys_gauss *numsys_lns_gauss_of (numsys_lns_tables *tables);
const numsys_roots *numsys_lns_roots_of (numsys_lns_tables *tables);

#endif
