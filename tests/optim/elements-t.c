/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The element form of each rule over 200 steps: in float:8,23 every operation
   is float32's, so the weights must be the float form's, bit for bit; in an
   LNS, multiplicative steps add to codes.  */

#include <config.h>
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

enum { n = 40 };

static void
check_float32 (const setting *rule)
{
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  numsys *system = system_of ("float:8,23");
  optim *r = rule_of (rule->spec);
  float w[n], g[n];
  double seen[n];
  void *we = numsys_elements_new (system, n);
  void *ge = numsys_elements_new (system, n);
  optim_tensor *tensor;
  optim_elements *memory;
  int wrong = 0;

  draw (1, 0, n, w);
  encode (system, n, w, we);
  tensor = optim_tensor_new (r, n, w);
  memory = optim_elements_new (r, system, &nearest, n, we);
  for (int t = 0; t < setting_steps; t++)
    {
      draw (100 + (uint64_t) t, 2, n, g);
      encode (system, n, g, ge);
      optim_step (tensor, rate (rule, t), NULL, n, g, w, NULL);
      optim_elements_step (memory, rate (rule, t), ge, we, NULL);
      numsys_decode (system, n, we, seen);
      for (size_t i = 0; i < n; i++)
        wrong += seen[i] != w[i];
    }
  is_int (0, wrong, "%s: float:8,23 gives float32's bits", rule->spec);
  optim_elements_free (memory);
  optim_tensor_free (tensor);
  numsys_elements_free (system, n, we);
  numsys_elements_free (system, n, ge);
  optim_free (r);
  numsys_free (system);
}

/* In an LNS a dyadic multiplicative step adds to the code. */
static void
check_lns (void)
{
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  numsys *system = system_of ("lns:16,256");
  optim *r = rule_of ("lns-madam:p_scale=0");
  float w[n], g[n];
  uint32_t before[n], after[n];
  void *we = numsys_elements_new (system, n);
  void *ge = numsys_elements_new (system, n);
  optim_elements *memory;
  int odd = 0, moves = 0, first = 0;

  draw (1, 0, n, w);
  encode (system, n, w, we);
  memory = optim_elements_new (r, system, &nearest, n, we);
  for (int t = 0; t < 20; t++)
    {
      draw (100 + (uint64_t) t, 2, n, g);
      encode (system, n, g, ge);
      numsys_to_codes (system, n, we, before);
      optim_elements_step (memory, 0x1p-6, ge, we, NULL);
      numsys_to_codes (system, n, we, after);
      for (size_t i = 0; i < n; i++)
        {
          const int64_t change = (int64_t) after[i] - before[i];

          odd += change % 4 != 0;
          moves += change != 0;
          first += t == 0 && w[i] != 0 && g[i] != 0
                   && change != ((g[i] > 0) == (w[i] > 0) ? -4 : 4);
        }
    }
  ok (odd == 0 && moves > n, "lns: codes move by multiples of gamma lr");
  is_int (0, first, "...by that itself in the first step");
  optim_elements_free (memory);
  numsys_elements_free (system, n, we);
  numsys_elements_free (system, n, ge);
  optim_free (r);
  numsys_free (system);
}

int
main (void)
{
  plan (setting_count + 2);
  for (size_t i = 0; i < setting_count; i++)
    check_float32 (&settings[i]);
  check_lns ();
  return 0;
}
