/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Array sizes for the levels of memory.  */

#include <config.h>
#include <unistd.h>
#include "experiments/bench/bench.h"

/* Where the system does not tell, or the last level is shared by more than we
   have, bytes that are surely right. */
static const long usual_l2 = 1L << 20;
static const long least_memory = 1L << 27, most_memory = 1L << 28;

/* A cache of so many bytes is used to 3/8: two arrays, and room for tables. */
static size_t
floats_in (long bytes)
{
  return (size_t) (bytes / 8 * 3 / 8) / 1024 * 1024;
}

void
bench_places (bench_place places[BENCH_PLACES])
{
  long l2 = sysconf (_SC_LEVEL2_CACHE_SIZE);
  long l3 = sysconf (_SC_LEVEL3_CACHE_SIZE);
  long memory;

  if (l2 <= 0)
    l2 = usual_l2;
  if (l3 <= 0)
    l3 = 8 * l2;
  memory = 4 * l3 < least_memory ? least_memory : 4 * l3;
  if (memory > most_memory)
    memory = most_memory;
  places[0] = (bench_place) { "L2", floats_in (l2) };
  /* Several times L2, and less than a core's share of L3. */
  places[1] = (bench_place) { "L3", floats_in (8 * l2 < l3 ? 8 * l2 : l3) };
  places[2] = (bench_place) { "memory", (size_t) memory / 8 };
}
