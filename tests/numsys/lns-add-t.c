/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and differences of an LNS by every kernel set: all pairs of codes, under
   every rounding, against the default slot.  Zeros in every form, edges of both
   kinds and cancellation are among them; lengths are no multiples of any
   vector's.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/arithmetic.h"
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define MOST_CODES 128

static const char *const specs[] = {
  "lns:6,2", "lns:6,3,underflow=clamp", "lns:6,1,zero=flag,underflow=flush",
  "lns:6,4,zero=flag,underflow=clamp", "lns:6,2,zero=none",
  "lns:6,16",
};

static const char *const sets[] = { "portable", "avx2", "avx512" };

static uint8_t operand[2][MOST_CODES * MOST_CODES];
static uint8_t seen[MOST_CODES * MOST_CODES];
static uint8_t wanted[MOST_CODES * MOST_CODES];

/* All pairs, those that are no code too: bits above a code's do not occur. */
static size_t
fill (const numsys *system)
{
  const size_t codes = (size_t) 1 << numsys_code_bits (system);

  for (size_t i = 0; i < codes * codes; i++)
    {
      operand[0][i] = (uint8_t) (i / codes);
      operand[1][i] = (uint8_t) (i % codes);
    }
  return codes * codes - 3;
}

/* Whether one operation under one rounding is as the default. */
static int
is_right (const numsys *system, numsys_operation operation, int rounding,
          size_t n)
{
  const numsys_context context = numsys_context_of ((numsys_rounding) rounding);
  const numsys_target target
    = numsys_target_of (numsys_type_of (system)->ladder, numsys_state (system));
  numsys_events events = { 0 };
  numsys_events wanted_events = { 0 };

  memset (seen, 0xFF, sizeof seen);
  numsys_apply (system, operation, &context, n, operand[0], operand[1], NULL,
                seen, &events);
  numsys_default_apply (&target, operation, &context, n, operand[0],
                        operand[1], NULL, wanted, &wanted_events);
  return memcmp (seen, wanted, n) == 0
         && memcmp (&events, &wanted_events, sizeof events) == 0;
}

static void
check (const char *set, const char *spec)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);
  size_t wrong = 0;
  size_t n;

  if (system == NULL)
    bail_out ("%s", error.text);
  n = fill (system);
  for (int rounding = 0; rounding < NUMSYS_ROUNDINGS; rounding++)
    for (int i = 0; i < 2; i++)
      wrong += !is_right (system, i == 0 ? NUMSYS_ADD : NUMSYS_SUBTRACT,
                          rounding, n);
  is_int (0, (int64_t) wrong, "%s: %s, %zu sums and differences under every"
          " rounding", set, spec, n);
  numsys_free (system);
}

int
main (void)
{
  plan (LENGTH (sets) * LENGTH (specs));
  for (size_t i = 0; i < LENGTH (sets); i++)
    {
      numsys_kernels_use (sets[i]);
      for (size_t j = 0; j < LENGTH (specs); j++)
        if (strcmp (numsys_isa (), sets[i]) == 0)
          check (sets[i], specs[j]);
        else
          skip ("this processor lacks the instruction set");
    }
  return 0;
}
