/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holding the element path of the library against the oracle.  */

#ifndef TESTS_NUMSYS_JUDGING_H
#define TESTS_NUMSYS_JUDGING_H

#include "numsys/numsys.h"
#include "numsys/oracle/oracle.h"

/* The system of a spec; the test ends if there is none. */
numsys *judging_open (const char *spec);

/* The oracle's own description of a system. */
oracle_system judging_system (const numsys *system);

/* What was judged, and how much of it was wrong. */
typedef struct judgement
{
  const numsys *system;        /* of the results */
  oracle_system oracle;
  const char *what;
  int quiet;                   /* wrong results are wanted */
  unsigned random_bits;
  uint64_t seed;
  uint64_t cases, wrong;
} judgement;

void judging_begin (judgement *j, const numsys *system, const char *what);

/* Computes n results by the library, adding to events. */
typedef void judging_compute (const void *data, const numsys_context *context,
                              void *out, numsys_events *events);
/* What result i would be, exactly. */
typedef void judging_number (const void *data, size_t i, oracle_number *x);

/* Computes under every rounding, and judges codes and events. */
void judging_batch (judgement *j, size_t n, judging_compute *compute,
                    judging_number *number, const void *data);

#endif
