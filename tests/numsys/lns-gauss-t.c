/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian logarithms against the oracle.

   A sum of two values d steps apart lies as far above the larger one wherever
   the two are, so that all d prove all pairs.  For the gammas of 16 bits every
   d is put to the oracle.  With gamma 2^23 there are 27 2^23 of them, more
   than it can answer.  There the machine's long doubles of 64 bits tell what is
   not within MARGIN of an edge: the functions used are within 2^-60 of the
   truth, relatively, glibc claiming some units in the last place (2^-63), and
   a logarithm of at most 24, rounded some times and multiplied by 2^23, is
   within 2^-30 then.  The oracle judges what is near an edge, and one d in
   SAMPLE.  */

#include <config.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include "numsys/lns_gauss.h"
#include "numsys/oracle/oracle.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* Of a step. */
#define MARGIN 0x1p-22L
#define SAMPLE 4096

/* d / gamma of all d whose logarithm is not settled, and more. */
#define OCTAVES 27

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

/* The step and side of a value whose distance from every edge is more than the
   margin, else -1 - 2^62. */
#define UNDECIDED (-1 - (INT64_C (1) << 62))

static int64_t
place_of (long double value, long double middle)
{
  const long double step = floorl (value);
  const long double part = value - step;
  numsys_side side = NUMSYS_SIDE_BELOW;

  if (part < MARGIN || part > 1 - MARGIN || fabsl (part - 0.5L) < MARGIN
      || fabsl (part - middle) < MARGIN)
    return UNDECIDED;
  if (part > 0.5L)
    side = part > middle ? NUMSYS_SIDE_ABOVE : NUMSYS_SIDE_INNER;
  return NUMSYS_STEP_SIDE ((int64_t) step, side);
}

/* gamma log2 (1 +- 2^(-d/gamma)), gamma a power of two. */
static long double
machine (int64_t gamma, int is_difference, uint64_t d)
{
  const long double ln2 = 0xb.17217f7d1cf79acp-4L;
  const long double u = (long double) d / (long double) gamma;
  const long double log
    = is_difference ? u < 1 ? logl (-expm1l (-u * ln2)) : log1pl (-exp2l (-u))
                    : log1pl (exp2l (-u));

  return log / ln2 * (long double) gamma;
}

/* Judges every d of a range; how many are wrong, and how many were asked. */
static uint64_t
scan (asker *a, const numsys_gauss *gauss, int is_difference, uint64_t first,
      uint64_t end, uint64_t *asked)
{
  const long double middle = machine (gauss->gamma, 0, 1) - (gauss->gamma - 1);
  uint64_t wrong = 0;

  for (uint64_t d = first; d < end; d++)
    {
      const int64_t wanted
        = place_of (machine (gauss->gamma, is_difference, d), middle);

      if (wanted != UNDECIDED
          && wanted == numsys_gauss_move (gauss, is_difference, d)
          && d % SAMPLE != 0)
        continue;
      wrong += all (a, gauss, is_difference, d, d + 1);
      ++*asked;
    }
  return wrong;
}

/* The first d of every octave, n of each. */
static void
scanned (int64_t gamma, int is_difference, uint64_t n)
{
  numsys_gauss *gauss = numsys_gauss_new (gamma);
  uint64_t asked = 0;
  uint64_t wrong = 0;
  asker a;

  if (gauss == NULL)
    bail_out ("out of memory");
  asker_init (&a, gamma);
  for (uint64_t i = 0; i < OCTAVES; i++)
    {
      const uint64_t first = i * (uint64_t) gamma + 1;

      wrong += scan (&a, gauss, is_difference, first, first + n, &asked);
    }
  is_int (0, (int64_t) wrong, "gamma %" PRId64 ": %" PRIu64 " of %" PRId64
          " %ss in each of %d octaves, %" PRIu64 " by the oracle too", gamma, n,
          gamma, is_difference ? "difference" : "sum", OCTAVES, asked);
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

  plan (LENGTH (every) + LENGTH (some) + (is_long ? LENGTH (sixteen) : 1) + 2);
  for (size_t i = 0; i < LENGTH (every); i++)
    complete (every[i], (uint64_t) every[i] * 12);
  for (size_t i = 0; i < LENGTH (some); i++)
    sample (some[i], is_long ? 20000 : 500);
  for (size_t i = 0; i < (is_long ? LENGTH (sixteen) : 1); i++)
    complete (sixteen[i], 1 << 15);
  for (int k = 0; k < 2; k++)
    if (LDBL_MANT_DIG < 64)
      skip ("no long double of 64 bits");
    else
      scanned (8388608, k, is_long ? 8388608 : 4000);
  return 0;
}
