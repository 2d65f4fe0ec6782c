/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The float path against the oracle: every code of every alias, and of
   logarithmic systems of 2 to 16 bits for nine gammas and all policies, with
   the floats beside each value and each threshold, under all roundings.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "tests/numsys/judging.h"
#include "tests/numsys/quantizing.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define SPEC 120

static const int64_t gammas[] = { 1, 2, 3, 4, 8, 16, 64, 256, 2048 };

static const char *const policies[] = {
  "zero=code,underflow=clamp", "zero=code,underflow=flush",
  "zero=flag,underflow=clamp", "zero=flag,underflow=flush",
  "zero=none,underflow=clamp",
};

/* Systems of settings that no alias has. */
static const char *const others[] = {
  "float:4,3,specials=nan,overflow=infinity",
  "float:5,2,overflow=saturate", "float:3,2,subnormals=no",
  "float:8,7,subnormals=no", "float:4,0,specials=none", "float:3,3,bias=9",
  "fixed:8,7", "fixed:8,3,signed=no", "fixed:12,-4", "fixed:6,2,overflow=wrap",
};

/* What was judged in all. */
typedef struct tally
{
  uint64_t judged, wrong, systems, refused;
} tally;

static void
judge_system (const char *spec, oracle_scale scale, unsigned random_bits,
              const floatcases_octave *octave, tally *total)
{
  quantizing q;

  if (!quantizing_open (&q, spec, scale, random_bits, octave))
    total->refused++;
  else if (quantizing_is_one_to_one (&q))
    {
      for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
        quantizing_judge (&q, &quantizing_library, (numsys_rounding) r);
      quantizing_judge_decode (&q);
      total->systems++;
    }
  else if (scale.steps == 0 && scale.largest == 0)
    {
      q.wrong++;
      diag ("%s: two codes share a float, and it is not refused", spec);
    }
  total->judged += q.judged;
  total->wrong += q.wrong;
  quantizing_close (&q);
}

static void
report (const char *what, const tally *part, tally *all)
{
  ok (part->wrong == 0 && part->judged > 0,
      "%s: %" PRIu64 " systems (%" PRIu64 " refused), %" PRIu64
      " cases judged, %" PRIu64 " wrong", what, part->systems, part->refused,
      part->judged, part->wrong);
  all->judged += part->judged;
  all->wrong += part->wrong;
}

/* Too many codes for more than one scale in a short check. */
static int
is_large (const oracle_system *oracle)
{
  return oracle_code_bits (oracle) > 10
         && getenv ("NUMSYS_CHECK_LONG") == NULL;
}

/* One system, at some scales. */
static void
judge_alone (const char *spec, tally *all)
{
  static const oracle_scale scales[]
    = { { 0, 0 }, { 3, 0 }, { -5, 0 }, { 0, 1 }, { 0, 0x1.92p-5f } };
  numsys *system = judging_open (spec);
  const oracle_system oracle = judging_system (system);
  const size_t n = is_large (&oracle) ? 1 : LENGTH (scales);
  floatcases_octave octave;
  tally part = {0};

  for (size_t i = 0; i < n; i++)
    {
      const unsigned random_bits = i == 0 ? 32 : 4;
      const int has_octave
        = scales[i].largest == 0
          && floatcases_octave_init (&octave, &oracle, random_bits);

      judge_system (spec, scales[i], random_bits,
                    has_octave ? &octave : NULL, &part);
      if (has_octave)
        floatcases_octave_clear (&octave);
    }
  numsys_free (system);
  report (spec, &part, all);
}

/* Every width and policy of one gamma. */
static void
judge_gamma (int64_t gamma, tally *all)
{
  const oracle_system lns = { .family = ORACLE_LNS, .gamma = gamma };
  floatcases_octave octave;
  tally part = {0};
  char spec[SPEC];

  floatcases_octave_init (&octave, &lns, 32);
  for (int bits = 2; bits <= 16; bits++)
    for (size_t i = 0; i < LENGTH (policies); i++)
      {
        snprintf (spec, sizeof spec, "lns:bits=%d,gamma=%" PRId64 ",%s", bits,
                  gamma, policies[i]);
        judge_system (spec, (oracle_scale) {0}, 32, &octave, &part);
        if (bits == 5 || bits == 8)
          judge_system (spec, (oracle_scale) { 7 * bits - 40, 0 }, 32, &octave,
                        &part);
      }
  snprintf (spec, sizeof spec, "lns of gamma %" PRId64, gamma);
  report (spec, &part, all);
  floatcases_octave_clear (&octave);
}

int
main (void)
{
  tally all = {0};
  size_t aliases = 0;

  while (numsys_aliases[aliases].name != NULL)
    aliases++;
  plan ((unsigned) (aliases + LENGTH (others) + LENGTH (gammas) + 1));
  for (size_t i = 0; i < aliases; i++)
    judge_alone (numsys_aliases[i].name, &all);
  for (size_t i = 0; i < LENGTH (others); i++)
    judge_alone (others[i], &all);
  for (size_t i = 0; i < LENGTH (gammas); i++)
    judge_gamma (gammas[i], &all);
  ok (all.wrong == 0, "%" PRIu64 " cases judged, %" PRIu64 " wrong",
      all.judged, all.wrong);
  return 0;
}
