/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holding the element path of the library against the oracle.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/random.h"
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

/* Wrong results shown for one thing judged. */
#define SHOWN 5

numsys *
judging_open (const char *spec)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);

  if (system == NULL)
    bail_out ("%s: %s", spec, error.text);
  return system;
}

oracle_system
judging_system (const numsys *system)
{
  const numsys_type *type = numsys_type_of (system);
  int64_t values[NUMSYS_MOST_PARAMS] = {0};
  oracle_system oracle;

  for (size_t i = 0; type->params[i].key != NULL; i++)
    values[i] = numsys_value (system, i);
  if (oracle_system_of (type, values, &oracle) != 0)
    bail_out ("%s has no oracle", numsys_spec (system));
  return oracle;
}

void
judging_begin (judgement *j, const numsys *system, const char *what)
{
  *j = (judgement) { .system = system, .what = what,
                                .oracle = judging_system (system),
                                .random_bits = 32, .seed = 1 };
}

static void
add_events (numsys_events *sum, const numsys_events *events)
{
  sum->overflow += events->overflow;
  sum->saturated += events->saturated;
  sum->flushed += events->flushed;
  sum->raised += events->raised;
  sum->nan += events->nan;
}

static void
show_events (const char *who, const numsys_events *events)
{
  diag ("%s: overflow %u saturated %u flushed %u raised %u nan %u", who,
        (unsigned) events->overflow, (unsigned) events->saturated,
        (unsigned) events->flushed, (unsigned) events->raised,
        (unsigned) events->nan);
}

/* What the library made of a batch under one rounding. */
typedef struct outcome
{
  numsys_context context;
  uint32_t *codes;
  numsys_events events, right;
} outcome;

static void
compute_all (judgement *j, size_t n, judging_compute *compute,
             const void *data, outcome seen[])
{
  void *elements = numsys_elements_new (j->system, n);

  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      seen[r] = (outcome) {0};
      seen[r].codes = malloc ((n + 1) * sizeof *seen[r].codes);
      if (elements == NULL || seen[r].codes == NULL)
        bail_out ("out of memory");
      seen[r].context = numsys_context_of ((numsys_rounding) r);
      seen[r].context.random_bits = j->random_bits;
      seen[r].context.random
        = numsys_random_of (j->seed, 1, (unsigned) r, 0);
      seen[r].context.first = j->cases;
      compute (data, &seen[r].context, elements, &seen[r].events);
      numsys_to_codes (j->system, n, elements, seen[r].codes);
    }
  numsys_elements_free (j->system, n, elements);
}

static void
judge_one (judgement *j, const oracle_number *x, size_t i,
           outcome seen[])
{
  oracle_place place;
  oracle_result result;
  oracle_rule rule;

  oracle_locate (&j->oracle, x, &place);
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      const numsys_context *context = &seen[r].context;
      int leaves = 0;

      rule.rounding = (numsys_rounding) r;
      rule.random_bits = context->random_bits;
      numsys_random_words (&context->random, context->first + i, 1,
                           &rule.word);
      if (r == NUMSYS_STOCHASTIC || r == NUMSYS_STOCHASTIC_LOG)
        leaves = oracle_leaves (&j->oracle, x, &place, &rule);
      oracle_settle (&j->oracle, &place, rule.rounding, leaves, &result);
      add_events (&seen[r].right, &result.events);
      if (result.code == seen[r].codes[i])
        continue;
      if (j->wrong++ < SHOWN && !j->quiet)
        diag ("%s, %s, %s, case %zu: wanted %#x, saw %#x",
              numsys_spec (j->system), j->what,
              numsys_rounding_name (rule.rounding), i,
              (unsigned) result.code, (unsigned) seen[r].codes[i]);
    }
}

void
judging_batch (judgement *j, size_t n, judging_compute *compute,
               judging_number *number, const void *data)
{
  outcome seen[NUMSYS_ROUNDINGS];
  oracle_number x;

  compute_all (j, n, compute, data, seen);
  oracle_number_init (&x);
  for (size_t i = 0; i < n; i++)
    {
      number (data, i, &x);
      judge_one (j, &x, i, seen);
    }
  oracle_number_clear (&x);
  j->cases += n * NUMSYS_ROUNDINGS;
  for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
    {
      free (seen[r].codes);
      if (memcmp (&seen[r].events, &seen[r].right, sizeof seen[r].right) == 0)
        continue;
      if (j->wrong++ < SHOWN && !j->quiet)
        {
          diag ("%s, %s, %s: events differ", numsys_spec (j->system),
                j->what, numsys_rounding_name ((numsys_rounding) r));
          show_events ("wanted", &seen[r].right);
          show_events ("saw", &seen[r].events);
        }
    }
}
