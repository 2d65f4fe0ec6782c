/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Element functions without events to count in: no other results, in any
   family, though each event happens.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

#define N 6

static const char *const specs[] = {
  "mpfr:24", "fp16", "e2m1", "fixed:8,2", "lns8", "lns:8,3,zero=none",
  "lns:32,8388608",
};

static const double given[2][N] = {
  { NAN, INFINITY, 1e300, 0, -1e-300, 3 },
  { 1, 0, 1e300, 0, 1e-300, 0x1p-70 },
};

/* Everything that rounds, results as doubles. */
enum { RESULTS = N * (NUMSYS_OPERATIONS + 4) + 3 };

static void
compute (const numsys *system, void *const x[3], numsys_events *events,
         double out[RESULTS])
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  numsys_error error;
  double *to = out;

  for (int i = 0; i < 2; i++, to += N)
    {
      numsys_encode (system, &context, N, given[i], x[i], events);
      numsys_decode (system, N, x[i], to);
    }
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++, to += N)
    {
      numsys_apply (system, (numsys_operation) operation, &context, N, x[0],
                    x[1], x[0], x[2], events);
      numsys_decode (system, N, x[2], to);
    }
  numsys_evaluate (system, NUMSYS_LOG, &context, N, x[0], x[2], events);
  numsys_decode (system, N, x[2], to);
  numsys_convert (system, system, &context, N, x[0], x[2], events);
  numsys_decode (system, N, x[2], to += N);
  to += N;
  numsys_encode_text (system, &context, "1e99999", x[2], events, &error);
  numsys_decode (system, 1, x[2], to);
  numsys_dot (system, &context, N, x[0], x[1], x[2], events);
  numsys_decode (system, 1, x[2], to + 1);
  numsys_dot (system, &context, 0, x[0], NULL, x[2], events);
  numsys_decode (system, 1, x[2], to + 2);
}

static void
check (const char *spec)
{
  static double counted[RESULTS], uncounted[RESULTS];
  numsys_error error;
  numsys_events events = { 0 };
  numsys *system = numsys_new (spec, &error);
  size_t wrong = 0;
  void *x[3];

  if (system == NULL)
    bail_out ("%s", error.text);
  for (int i = 0; i < 3; i++)
    x[i] = numsys_elements_new (system, N);
  compute (system, x, &events, counted);
  compute (system, x, NULL, uncounted);
  for (size_t i = 0; i < RESULTS; i++)
    wrong += isnan (counted[i]) ? !isnan (uncounted[i])
                                : counted[i] != uncounted[i];
  is_int (0, (int64_t) wrong, "%s: the same results without events", spec);
  ok (events.nan != 0 && events.overflow != 0, "...where there were some");
  for (int i = 0; i < 3; i++)
    numsys_elements_free (system, N, x[i]);
  numsys_free (system);
}

int
main (void)
{
  plan (2 * (sizeof specs / sizeof *specs));
  for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
    check (specs[i]);
  return 0;
}
