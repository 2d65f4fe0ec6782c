/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All pairs of codes of every alias of at most 8 bits, and of every LNS of at
   most 10 bits with some gammas, under every rounding, before the oracle.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "numsys/random.h"
#include "tests/numsys/pairs.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define MOST_BITS 10

static const int64_t gammas[] = { 1, 2, 3, 4, 8, 16 };

static void *
allocate (size_t n, size_t size)
{
  void *memory = calloc (n, size);

  if (memory == NULL)
    bail_out ("out of memory");
  return memory;
}

/* Every code against every code, in operands. */
static void
fill (pairs *j, size_t n)
{
  uint32_t *codes = allocate (n, sizeof *codes);

  for (int k = 0; k < 2; k++)
    {
      j->operands[k] = numsys_elements_new (j->system, n);
      if (j->operands[k] == NULL)
        bail_out ("out of memory");
      for (size_t i = 0; i < n; i++)
        codes[i] = (uint32_t) (k == 0 ? i / j->codes : i % j->codes);
      numsys_from_codes (j->system, n, codes, j->operands[k]);
    }
  free (codes);
}

static void
begin (pairs *j, const char *spec)
{
  size_t n;

  *j = (pairs) { .system = judging_open (spec) };
  j->oracle = judging_system (j->system);
  j->codes = (size_t) 1 << numsys_code_bits (j->system);
  j->size = numsys_element_size (j->system);
  n = j->codes * j->codes;
  j->steps = oracle_most_step (&j->oracle, 1) + 1;
  if (j->steps <= oracle_most_step (&j->oracle, 0))
    j->steps = oracle_most_step (&j->oracle, 0) + 1;
  j->verdicts
    = allocate (PAIRS_KINDS * (size_t) (j->oracle.family == ORACLE_LNS
                                          ? 2 * j->steps
                                          : j->steps * j->steps),
                sizeof *j->verdicts);
  fill (j, n);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      j->contexts[r] = numsys_context_of ((numsys_rounding) r);
      j->contexts[r].random_bits = PAIRS_RANDOM_BITS;
      j->contexts[r].random = numsys_random_of (1, 2, (unsigned) r, 0);
      j->seen[r] = allocate (n, numsys_element_size (j->system));
      if (!pairs_is_drawn (r))
        continue;
      j->words[r] = allocate (n, sizeof *j->words[r]);
      numsys_random_words (&j->contexts[r].random, 0, n, j->words[r]);
    }
}

static void
end (pairs *j)
{
  const size_t n = j->codes * j->codes;

  for (int k = 0; k < 2; k++)
    numsys_elements_free (j->system, n, j->operands[k]);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      free (j->seen[r]);
      free (j->words[r]);
    }
  free (j->verdicts);
  numsys_free ((numsys *) j->system);
}

/* Operations that have no memory are left to small systems. */
static uint64_t
all_pairs (const char *spec, unsigned bits_alone)
{
  pairs j;

  begin (&j, spec);
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
    {
      const unsigned arity
        = numsys_operation_arity ((numsys_operation) operation);

      if (arity == 1 || operation <= NUMSYS_DIVIDE
          || (arity == 2 && numsys_code_bits (j.system) <= bits_alone))
        pairs_judge (&j, (numsys_operation) operation);
    }
  ok (j.wrong == 0, "%s: all pairs, %" PRIu64 " results, %" PRIu64 " wrong",
      spec, j.cases, j.wrong);
  end (&j);
  return j.cases;
}

static int
is_small (const numsys_alias *alias)
{
  numsys *system = judging_open (alias->name);
  const int small = numsys_code_bits (system) <= 8;

  numsys_free (system);
  return small;
}

int
main (void)
{
  const unsigned bits_alone = getenv ("NUMSYS_CHECK_LONG") != NULL ? 8 : 6;
  size_t count = (MOST_BITS - 1) * LENGTH (gammas);
  uint64_t cases = 0;

  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    count += (size_t) is_small (alias);
  plan ((unsigned) count + 1);
  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    if (is_small (alias))
      cases += all_pairs (alias->name, bits_alone);
  for (int bits = 2; bits <= MOST_BITS; bits++)
    for (size_t i = 0; i < LENGTH (gammas); i++)
      {
        char spec[32];

        snprintf (spec, sizeof spec, "lns:%d,%d", bits, (int) gammas[i]);
        cases += all_pairs (spec, bits_alone);
      }
  ok (cases > 300000000, "%" PRIu64 " results judged", cases);
  return 0;
}
