/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elementary functions whose bits do not depend on the C library, the CPU or
   contraction: for initial weights, softmax and schedules.  Errors are
   measured against MPFR in tests/numsys/elementary-t.c.  */

#ifndef NUMSYS_ELEMENTARY_H
#define NUMSYS_ELEMENTARY_H

double numsys_exp (double x);
double numsys_exp2 (double x);
double numsys_log (double x);
double numsys_log2 (double x);
double numsys_cos (double x);   /* |x| <= 2^20 */

#endif
