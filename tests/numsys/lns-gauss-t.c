/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian logarithms against the oracle.

   A sum of two values d steps apart lies as far above the larger one wherever
   the two are, so that all d prove all pairs.  For the gammas of 16 bits every
   d is put to the oracle.  With gamma 2^23 there are 26 2^23 of them, more
   than it can answer; but both logarithms move one way only with d, so that a
   run of equal values is right when its ends are.  The library's values are
   scanned, and the ends of all runs put to the oracle.  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include "numsys/lns_gauss.h"
#include "numsys/oracle/oracle.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* What the oracle says of 1 +- 2^(-d/gamma), as NUMSYS_STEP_SIDE; `numbers'
   are its own. */
typedef struct asker
{
  oracle_system system;
  oracle_number one, other, result;
} asker;

static void
asker_init (asker *a, int64_t gamma)
{
  *a = (asker) { .system = { .family = ORACLE_LNS, .bits = 32,
                             .gamma = gamma } };
  oracle_number_init (&a->one);
  oracle_number_init (&a->other);
  oracle_number_init (&a->result);
  oracle_number_zero (&a->one, 0);
  oracle_number_zero (&a->other, 0);
  oracle_step_value (&a->system, 0, &a->one.top);
}

static void
asker_clear (asker *a)
{
  oracle_number_clear (&a->one);
  oracle_number_clear (&a->other);
  oracle_number_clear (&a->result);
}

static int64_t
ask (asker *a, int is_difference, uint64_t d)
{
  numsys_side side = NUMSYS_SIDE_BELOW;
  oracle_place place;

  oracle_step_value (&a->system, -(int64_t) d, &a->other.top);
  oracle_apply (is_difference ? NUMSYS_SUBTRACT : NUMSYS_ADD, &a->one,
                &a->other, NULL, &a->result);
  oracle_locate (&a->system, &a->result, &place);
  if (place.hit)
    side = NUMSYS_SIDE_HIT;
  else if (place.side == 0)
    side = NUMSYS_SIDE_LOG_MIDDLE;
  else if (place.side > 0)
    side = place.side_linear < 0 ? NUMSYS_SIDE_INNER
           : place.side_linear == 0 ? NUMSYS_SIDE_MIDDLE : NUMSYS_SIDE_ABOVE;
  return NUMSYS_STEP_SIDE (place.below, side);
}

/* Every d of a range by the oracle; how many are wrong. */
static uint64_t
all (asker *a, const numsys_gauss *gauss, int is_difference, uint64_t first,
     uint64_t end)
{
  uint64_t wrong = 0;

  for (uint64_t d = first; d < end; d++)
    if (ask (a, is_difference, d) != numsys_gauss_move (gauss, is_difference, d)
        && wrong++ < 3)
      diag ("gamma %" PRId64 ", %s of d = %" PRIu64 ": wanted %" PRId64
            ", saw %" PRId64, gauss->gamma,
            is_difference ? "difference" : "sum", d,
            ask (a, is_difference, d),
            numsys_gauss_move (gauss, is_difference, d));
  return wrong;
}

static void
complete (int64_t gamma, uint64_t end)
{
  numsys_gauss *gauss = numsys_gauss_new (gamma);
  uint64_t wrong;
  asker a;

  if (gauss == NULL)
    bail_out ("out of memory");
  asker_init (&a, gamma);
  wrong = all (&a, gauss, 0, 0, end) + all (&a, gauss, 1, 1, end);
  is_int (0, (int64_t) wrong, "gamma %" PRId64 ": sums and differences of all"
          " d below %" PRIu64, gamma, end);
  asker_clear (&a);
  numsys_gauss_free (gauss);
}

/* d, drawn so that every order of magnitude comes as often. */
static uint64_t
drawn (uint64_t *state, uint64_t below)
{
  uint64_t d;

  *state = *state * UINT64_C (6364136223846793005) + 1442695040888963407;
  d = (*state >> 8) % below;
  return (d >> (*state >> 40) % 32) + 1;
}

static void
sample (int64_t gamma, size_t n)
{
  numsys_gauss *gauss = numsys_gauss_new (gamma);
  uint64_t wrong = 0;
  uint64_t state = 1;
  asker a;

  if (gauss == NULL)
    bail_out ("out of memory");
  asker_init (&a, gamma);
  for (int k = 0; k < 2; k++)
    {
      wrong += all (&a, gauss, k, 1, 200);
      wrong += all (&a, gauss, k, (uint64_t) gamma - 50, (uint64_t) gamma + 50);
      wrong += all (&a, gauss, k, gauss->reach - 50, gauss->reach + 50);
      for (size_t i = 0; i < n; i++)
        {
          const uint64_t d = drawn (&state, gauss->reach);

          wrong += all (&a, gauss, k, d, d + 1);
        }
    }
  is_int (0, (int64_t) wrong, "gamma %" PRId64 ": some sums and differences",
          gamma);
  asker_clear (&a);
  numsys_gauss_free (gauss);
}

/* Judges runs; how many ends are wrong. */
static uint64_t
scan (asker *a, const numsys_gauss *gauss, int is_difference, uint64_t first,
      uint64_t end, uint64_t *asked)
{
  int64_t before = numsys_gauss_move (gauss, is_difference, first);
  uint64_t to_ask = first;   /* all under it were */
  uint64_t wrong = 0;

  for (uint64_t d = first; d < end; d++)
    {
      const int64_t here = numsys_gauss_move (gauss, is_difference, d);

      if (here != before || d == first || d == end - 1)
        {
          const uint64_t from = d > to_ask ? d - 1 : d;

          wrong += all (a, gauss, is_difference, from, d + 1);
          *asked += d + 1 - from;
          to_ask = d + 1;
        }
      before = here;
    }
  return wrong;
}

static void
scanned (int64_t gamma, int is_difference, uint64_t first, uint64_t end)
{
  numsys_gauss *gauss = numsys_gauss_new (gamma);
  uint64_t asked = 0;
  uint64_t wrong;
  asker a;

  if (gauss == NULL)
    bail_out ("out of memory");
  asker_init (&a, gamma);
  wrong = scan (&a, gauss, is_difference, first, end, &asked);
  is_int (0, (int64_t) wrong, "gamma %" PRId64 ": every %s from d = %" PRIu64
          " to %" PRIu64 ", the oracle asked %" PRIu64 " times", gamma,
          is_difference ? "difference" : "sum", first, end, asked);
  asker_clear (&a);
  numsys_gauss_free (gauss);
}

int
main (void)
{
  static const int64_t some[] = { 2048, 4096, 4097, 65536, 1000003, 8388607,
                                  8388608 };
  static const int64_t every[] = { 1, 2, 3, 5, 7, 8, 16, 31, 32, 33, 64, 100 };
  static const int64_t sixteen[] = { 2048, 256, 128 };   /* not quick: two */
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;
  const uint64_t far = UINT64_C (1) << 23;

  plan (LENGTH (every) + LENGTH (some) + (is_long ? LENGTH (sixteen) + 2 : 2));
  for (size_t i = 0; i < LENGTH (every); i++)
    complete (every[i], (uint64_t) every[i] * 12);
  for (size_t i = 0; i < LENGTH (some); i++)
    sample (some[i], is_long ? 20000 : 500);
  for (size_t i = 0; i < (is_long ? LENGTH (sixteen) : 1); i++)
    complete (sixteen[i], 1 << 15);
  if (is_long)
    for (int k = 0; k < 2; k++)
      scanned (8388608, k, 1, 27 * far);
  else
    scanned (8388608, 1, 20 * far, 27 * far);
  return 0;
}
