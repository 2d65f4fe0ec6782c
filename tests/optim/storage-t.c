/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps on stored weights: bounds on grids, quantized weights, moments.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "numsys/random.h"
#include "optim/type.h"
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

enum { n = 1600 };

/* The bound on a grid whose scale was not made from wmax. */
static void
check_limit (const char *spec)
{
  numsys_quantizer *U = quantizer_of (spec);
  const numsys_random any = numsys_random_of (0, 0, 0, 0);
  const float up = 1;
  float w[n], limit, above;
  optim_tensor *tensor;
  optim_storage storage = { .U = U };

  draw (1, 1, n, w);
  tensor = tensor_of ("lns-madam", n, w);
  storage.scale = numsys_quantizer_scale (U, 1000);
  limit = optim_storage_limit (tensor, &storage);
  numsys_quantize_shift (U, storage.scale, 1, &limit, &up, &any, 0, &above,
                         NULL);
  ok (limit <= optim_tensor_bound (tensor)
        && above > optim_tensor_bound (tensor),
      "%s: the bound is the largest stored value not above wmax", spec);
  storage.scale = numsys_quantizer_scale (U, optim_tensor_bound (tensor));
  limit = optim_storage_limit (tensor, &storage);
  numsys_quantize_shift (U, storage.scale, 1, &limit, &up, &any, 0, &above,
                         NULL);
  ok (above == limit
        && fabs (log2 (limit / optim_tensor_bound (tensor))) < 0.0626,
      "...or the largest value of a grid made from wmax");
  optim_tensor_free (tensor);
  numsys_quantizer_free (U);
}

/* Any rule on any grid but shifts: float32's step, then Q_U; counts agree. */
static void
check_quantized (const char *rule, const char *spec, double lr)
{
  numsys_quantizer *U = quantizer_of (spec);
  const numsys_random random = numsys_random_of (3, 1, 0, 0);
  float w[n], plain[n], before[n], g[n];
  optim_counts counts = { .updates = 0 };
  optim_tensor *tensor, *twin;
  optim_storage storage = { .U = U, .random = &random };
  int wrong = 0;
  unsigned swallowed = 0;

  draw (1, 1, n, w);
  tensor = tensor_of (rule, n, w);
  twin = tensor_of (rule, n, w);
  storage.scale = numsys_quantizer_scale (U, 4);
  numsys_quantize_at (U, storage.scale, n, w, &random, 0, w, NULL);
  memcpy (plain, w, sizeof w);
  memcpy (before, w, sizeof w);
  draw (2, 0, n, g);
  optim_step (tensor, lr, &storage, n, g, w, &counts);
  optim_step (twin, lr, NULL, n, g, plain, NULL);
  numsys_quantize_at (U, storage.scale, n, plain, &random, 0, plain, NULL);
  for (size_t i = 0; i < n; i++)
    {
      wrong += plain[i] != w[i];
      swallowed += g[i] != 0 && w[i] == before[i]
                   && (before[i] != 0 || !strcmp (rule, "sgd"));
    }
  is_int (0, wrong, "%s stored in %s: float32's step, quantized", rule, spec);
  ok (counts.swallowed == swallowed && swallowed > 0,
      "...and %u swallowed updates are counted", swallowed);
  optim_tensor_free (tensor);
  optim_tensor_free (twin);
  numsys_quantizer_free (U);
}

/* Moments lie on their grids, and what they were quantized to is used. */
static void
check_moments (void)
{
  numsys_quantizer *M = quantizer_of ("int8"), *V = quantizer_of ("e4m3");
  float w[n], plain[n], g[n], again[n];
  optim_tensor *tensor, *twin;
  const optim_storage storage = { .M = M, .V = V };
  int differ = 0;

  draw (1, 1, n, w);
  memcpy (plain, w, sizeof w);
  tensor = tensor_of ("adam", n, w);
  twin = tensor_of ("adam", n, w);
  for (uint64_t t = 0; t < 3; t++)
    {
      draw (100 + t, 1, n, g);
      optim_step (tensor, 0.01, &storage, n, g, w, NULL);
      optim_step (twin, 0.01, NULL, n, g, plain, NULL);
    }
  numsys_quantize (M, 1, n, 0, tensor->m, NULL, again, NULL);
  ok (memcmp (again, tensor->m, sizeof again) == 0, "m lies on M's grid");
  numsys_quantize (V, 1, n, 0, tensor->v, NULL, again, NULL);
  ok (memcmp (again, tensor->v, sizeof again) == 0, "v lies on V's grid");
  for (size_t i = 0; i < n; i++)
    differ += w[i] != plain[i];
  ok (differ > n / 2, "...and weights feel it");
  optim_tensor_free (tensor);
  optim_tensor_free (twin);
  numsys_quantizer_free (M);
  numsys_quantizer_free (V);
}

/* What a step tells of stored slices. */
typedef struct told
{
  const float *w;
  float seen[n];
  size_t next;
  int is_in_order;
} told;

static void
see (void *closure, size_t first, size_t count)
{
  told *t = closure;

  t->is_in_order &= first == t->next && first + count <= n;
  t->next = first + count;
  memcpy (t->seen + first, t->w + first, count * sizeof *t->seen);
}

static void
check_told (void)
{
  numsys_quantizer *U = quantizer_of ("lns:16,2048");
  float w[n], g[n];
  told t = { .w = w, .is_in_order = 1 };
  optim_storage storage = { .U = U, .stored = see, .closure = &t };
  optim_tensor *tensor;

  draw (1, 1, n, w);
  draw (2, 1, n, g);
  tensor = tensor_of ("lns-madam", n, w);
  storage.scale = numsys_quantizer_scale (U, optim_tensor_bound (tensor));
  numsys_quantize_at (U, storage.scale, n, w, NULL, 0, w, NULL);
  optim_step (tensor, 0x1p-7, &storage, n, g, w, NULL);
  ok (t.is_in_order && t.next == n && memcmp (t.seen, w, sizeof w) == 0,
      "slices are told of in order, once they are stored");
  optim_tensor_free (tensor);
  numsys_quantizer_free (U);
}

int
main (void)
{
  plan (2 * 3 + 2 * 4 + 3 + 1);
  check_limit ("lns:16,2048");
  check_limit ("lns:8,8");
  check_limit ("lns:10,32,round=stochastic");
  check_quantized ("sgd", "bf16", 0.001);
  check_quantized ("lns-madam", "bf16", 0x1p-9);
  check_quantized ("lns-madam", "fixed:16,12,round=stochastic", 0x1p-7);
  check_quantized ("sgd", "lns:8,8", 0.01);
  check_moments ();
  check_told ();
  return 0;
}
