/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stochastic-log against MPFR at the very word where it turns: gamma is so
   large that doubles cannot tell on which side of p that word lies.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <mpfr.h>
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

enum { SAMPLES = 3000, PRECISION = 160 };

/* p = frac (gamma log2 x), and the least u with (u + 1/2) / 2^32 >= p. */
static uint64_t
turning_word (float x, int64_t gamma)
{
  mpfr_t p;
  uint64_t u;

  mpfr_init2 (p, PRECISION);
  mpfr_set_flt (p, x, MPFR_RNDN);
  mpfr_log2 (p, p, MPFR_RNDN);
  mpfr_mul_si (p, p, gamma, MPFR_RNDN);
  mpfr_frac (p, p, MPFR_RNDN);
  if (mpfr_sgn (p) < 0)
    mpfr_add_ui (p, p, 1, MPFR_RNDN);
  mpfr_mul_2ui (p, p, 32, MPFR_RNDN);
  mpfr_sub_d (p, p, 0.5, MPFR_RNDN);
  u = mpfr_sgn (p) <= 0 ? 0 : mpfr_get_ui (p, MPFR_RNDU);
  mpfr_clear (p);
  return u;
}

/* Words under the turning one move away from zero, others do not. */
static size_t
count_wrong (const numsys_float_path *path, const void *constants,
             int64_t gamma)
{
  const numsys_scale unscaled = { 0, 0 };
  numsys_random random = numsys_random_of (9, 1, 0, 0);
  size_t wrong = 0;

  for (uint64_t i = 0; i < SAMPLES; i++)
    {
      float x = (float) exp2 (0.004 * numsys_random_uniform (&random, i));
      uint64_t u = turning_word (x, gamma);
      const float both[2] = { x, -x };
      const uint32_t zero[2] = { 0, 0 };
      const uint32_t words[2] = { (uint32_t) (u - 1), (uint32_t) u };
      numsys_events events = { 0 };
      float most[2], seen[2];

      if (u < 2 || u > UINT32_MAX)
        continue;
      path->quantize (constants, unscaled, 2, both, zero, most, &events);
      if (most[0] == x)   /* an exact hit */
        continue;
      path->quantize (constants, unscaled, 2, both, words, seen, &events);
      wrong += seen[0] != most[0] || fabsf (seen[1]) >= x;
    }
  return wrong;
}

static void
check_draws (const char *spec, int64_t gamma)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);
  const numsys_float_path *path;
  void *constants;

  if (system == NULL)
    bail_out ("%s: %s", spec, error.text);
  path = numsys_type_of (system)->float_path;
  constants = malloc (path->plan_size);
  if (constants == NULL
      || path->plan (constants, numsys_state (system), NUMSYS_STOCHASTIC_LOG,
                     32) != 0)
    bail_out ("out of memory");
  is_int (0, (int64_t) count_wrong (path, constants, gamma),
          "%s: the word before it moves, the word at it stays", spec);
  path->unplan (constants);
  free (constants);
  numsys_free (system);
}

int
main (void)
{
  plan (4);
  check_draws ("lns:16,8", 8);
  check_draws ("lns:16,2048", 2048);
  check_draws ("lns:24,65536", 65536);
  check_draws ("lns:24,5000000", 5000000);
  return 0;
}
