/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A step done in parts is the step: for every rule, stored in several ways,
   parts of odd lengths, the last one first.  */

#include <string.h>

#include "optim/optim.h"
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

enum
{
  n = 5000,
  steps = 3
};

static const size_t edge[] = { 0, 1, 1025, 3000, n };
enum { parts = sizeof edge / sizeof edge[0] - 1 };

static const struct { const char *U, *M; } stores[] = {
  { NULL, NULL },
  { "lns:16,2048", NULL },
  { "lns:8,8,round=stochastic", NULL },
  { "bf16:round=stochastic", "e4m3:round=stochastic" },
};
enum { storages = sizeof stores / sizeof stores[0] };

static void
step_in_parts (optim_tensor *tensor, double lr, const optim_storage *storage,
               const float g[], float w[], optim_counts *counts)
{
  optim_step_begin (tensor, lr, storage, n, g, w);
  for (size_t i = parts; i-- > 0;)
    optim_step_part (tensor, storage, edge[i], edge[i + 1] - edge[i], g, w,
                     counts);
}

static void
check (const optim_type *type, const char *U, const char *M)
{
  const char *rule = optim_type_name (type);
  numsys_quantizer *stored = U != NULL ? quantizer_of (U) : NULL;
  numsys_quantizer *moments = M != NULL ? quantizer_of (M) : NULL;
  optim_storage storage = { .U = stored, .M = moments, .V = moments };
  float w[n], start[n], again[n], g[n];
  optim_counts counts = { .updates = 0 }, twins = { .updates = 0 };
  optim_tensor *tensor, *twin;

  draw (1, 1, n, w);
  tensor = tensor_of (rule, n, w);
  twin = tensor_of (rule, n, w);
  if (stored != NULL)
    {
      const numsys_random any = numsys_random_of (3, 1, 0, 0);

      storage.scale = numsys_quantizer_scale (stored, 4);
      numsys_quantize_at (stored, storage.scale, n, w, &any, 0, w, NULL);
    }
  memcpy (start, w, sizeof w);
  memcpy (again, w, sizeof w);
  for (uint32_t t = 1; t <= steps; t++)
    {
      const numsys_random random = numsys_random_of (3, 1, 0, t);

      storage.random = &random;
      draw (1 + t, 0, n, g);
      optim_step (tensor, 0.01, &storage, n, g, w, &counts);
      step_in_parts (twin, 0.01, &storage, g, again, &twins);
    }
  ok (memcmp (w, again, sizeof w) == 0 && memcmp (w, start, sizeof w) != 0,
      "%s stored in %s: the same weights", rule, U != NULL ? U : "float32");
  ok (memcmp (&counts, &twins, sizeof counts) == 0 && counts.updates > 0,
      "...and counts");
  optim_tensor_free (tensor);
  optim_tensor_free (twin);
  numsys_quantizer_free (stored);
  numsys_quantizer_free (moments);
}

int
main (void)
{
  unsigned rules = 0;

  while (optim_types[rules] != NULL)
    rules++;
  plan (2 * storages * rules);
  for (unsigned i = 0; i < rules; i++)
    for (size_t j = 0; j < storages; j++)
      check (optim_types[i], stores[j].U, stores[j].M);
  return 0;
}
