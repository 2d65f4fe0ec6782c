/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addition of codes by exact sums and differences against the correctly rounded
   operation, for every pair of codes.  */

#include <config.h>
#include "numsys/approx/approx.h"
#include "tests/numsys/approx/opening.h"
#include "tests/tap/tap.h"

static void
check_add (const char *spec, numsys_operation operation)
{
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  numsys_events wanted_events = { 0 }, events = { 0 };
  numsys_error error;
  numsys *system = numsys_new (spec, &error);
  numsys_approx *exact = open_approx ("exact", numsys_value (system, 1), 8);
  const uint32_t codes = UINT32_C (1) << numsys_code_bits (system);
  void *element = numsys_elements_new (system, 3);
  size_t wrong = 0;

  for (uint32_t a = 0; a < codes; a++)
    for (uint32_t b = 0; b < codes; b++)
      {
        uint32_t wanted, seen, both[2] = { a, b };

        numsys_from_codes (system, 2, both, element);
        numsys_apply (system, operation, &context, 1, element,
                      numsys_element (system, element, 1), NULL,
                      numsys_element (system, element, 2), &wanted_events);
        numsys_to_codes (system, 1, numsys_element (system, element, 2),
                         &wanted);
        numsys_approx_add (exact, system, operation, 1, &a, &b, &seen,
                           &events);
        if (wanted != seen && wrong++ == 0)
          diag ("%s: %x and %x give %x, not %x", spec, a, b, seen, wanted);
      }
  ok (wrong == 0, "%s: %s by exact sums is correctly rounded, every pair",
      spec, numsys_operation_name (operation));
  ok (wanted_events.overflow == events.overflow
        && wanted_events.saturated == events.saturated
        && wanted_events.flushed == events.flushed
        && wanted_events.raised == events.raised,
      "...and counts the same events");
  numsys_elements_free (system, 3, element);
  numsys_approx_free (exact);
  numsys_free (system);
}

int
main (void)
{
  static const char *const specs[] = {
    "lns:6,8", "lns:7,1", "lns:6,3,underflow=clamp", "lns:6,8,zero=flag",
    "lns:6,4,zero=none", "lns:5,32,zero=flag,underflow=clamp",
  };

  plan (24);
  for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++)
    {
      check_add (specs[i], NUMSYS_ADD);
      check_add (specs[i], NUMSYS_SUBTRACT);
    }
  return 0;
}
