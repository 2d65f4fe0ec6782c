/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps on stored codes are steps on what the codes stand for: the same
   weights, counts and moments, and a watch sees the same, for every rule that
   keeps codes, by every rounding.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "optim/type.h"
#include "tests/optim/help.h"
#include "tests/tap/tap.h"

enum { n = 2201, steps = 5 };

/* As rules that multiply take them. */
static const char *const rules[] = {
  "lns-madam", "lns-madam:weight_decay=0.1", "lns-madam:p_scale=0", "madam",
  "madam:p_scale=1.5", "signmul", "signmul:p_scale=1",
};

/* M of e4m3 or none. */
static const struct { const char *U; int has_M; } stores[] = {
  { "lns:16,2048", 0 },
  { "lns:16,2048,zero=code", 1 },
  { "lns:8,16,zero=flag,underflow=flush", 0 },
  { "lns:7,4,zero=none", 1 },
};

static const char *const sets[] = { "portable", "avx2", "avx512" };

enum
{
  rule_count = sizeof rules / sizeof rules[0],
  store_count = sizeof stores / sizeof stores[0],
  set_count = sizeof sets / sizeof sets[0]
};

/* One tensor, by floats or by codes. */
typedef struct side
{
  optim_tensor *tensor;
  optim_storage storage;
  optim_watch watch;
  optim_counts counts;
  double seen;         /* a sum of all that was told */
} side;

static void
see (void *closure, const optim_slice *slice)
{
  side *s = closure;

  for (size_t i = 0; i < slice->n; i++)
    s->seen += (slice->before[i] + 3 * slice->exact[i]
                + 7 * slice->stored[i] + 11 * slice->proposal[i])
               * (double) (1 + (slice->first + i) % 61);
}

static void
begin (side *s, const char *rule, const numsys_quantizer *U,
       const numsys_quantizer *M, const float w[])
{
  float bound;

  *s = (side) { .tensor = tensor_of (rule, n, w) };
  bound = optim_tensor_bound (s->tensor);
  s->storage = (optim_storage) { .U = U, .M = M, .V = M };
  /* With M the grid reaches beyond the rule's bound. */
  s->storage.scale
    = numsys_quantizer_scale (U, bound > 0 && M == NULL ? bound : 5);
  s->watch = (optim_watch) { .closure = s, .slice = see };
}

/* Gradients, some of them not numbers, at odd steps; watched every third. */
static void
prepare (side *s, uint32_t t, const numsys_random *random, float g[])
{
  draw (100 + t, t, n, g);
  for (size_t i = t; t % 2 != 0 && i < n; i += 300)
    g[i] = i % 3 == 0 ? NAN : i % 3 == 1 ? INFINITY : 0;
  s->storage.random = random;
  s->storage.watch = t % 3 == 2 ? &s->watch : NULL;
}

static void
step_codes (side *s, double lr, const float g[], void *w, int in_parts)
{
  if (!in_parts)
    {
      optim_step_codes (s->tensor, lr, &s->storage, n, g, w, &s->counts);
      return;
    }
  optim_step_begin (s->tensor, lr, &s->storage, n, g, NULL);
  optim_step_codes_part (s->tensor, &s->storage, 1100, n - 1100, g, w,
                         &s->counts);
  optim_step_codes_part (s->tensor, &s->storage, 0, 1100, g, w, &s->counts);
}

/* Whether elements are those of floats. */
static int
are_of (const side *s, const float w[], const void *elements)
{
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  static uint32_t wanted[n];

  numsys_quantize_to_elements (s->storage.U, s->storage.scale, n, w, &any, 0,
                               wanted, NULL);
  return memcmp (wanted, elements,
                 n * numsys_element_size (
                   numsys_quantizer_system (s->storage.U))) == 0;
}

static int
is_same_moment (const float a[], const float b[])
{
  return (a == NULL) == (b == NULL)
         && (a == NULL || memcmp (a, b, n * sizeof *a) == 0);
}

/* What went wrong, over some steps. */
static int
differences (const char *rule, const char *spec, int has_M,
             numsys_rounding rounding)
{
  char full[100];
  static float w[n], g[n];
  numsys_quantizer *U, *M = has_M ? quantizer_of ("e4m3") : NULL;
  const numsys_random any = { { 0, 0 }, { 0, 0 } };
  side floats, elements;
  void *stored;
  int wrong = 0;

  snprintf (full, sizeof full, "%s,round=%s", spec,
            numsys_rounding_name (rounding));
  U = quantizer_of (full);
  draw (1, 1, n, w);
  w[3] = w[2000] = 0;
  begin (&floats, rule, U, M, w);
  begin (&elements, rule, U, M, w);
  numsys_quantize_at (U, floats.storage.scale, n, w, &any, 0, w, NULL);
  stored = numsys_elements_new (numsys_quantizer_system (U), n);
  numsys_quantize_to_elements (U, floats.storage.scale, n, w, &any, 0, stored,
                               NULL);
  wrong += !optim_keeps_codes (elements.tensor, &elements.storage);
  for (uint32_t t = 0; t < steps; t++)
    {
      const numsys_random random = numsys_random_of (9, 1, 2, t);
      const double lr = 0.06 * (t + 1);

      prepare (&floats, t, &random, g);
      prepare (&elements, t, &random, g);
      optim_step (floats.tensor, lr, &floats.storage, n, g, w,
                  &floats.counts);
      step_codes (&elements, lr, g, stored, t % 2 != 0);
      wrong += !are_of (&floats, w, stored);
    }
  wrong += memcmp (&floats.counts, &elements.counts, sizeof floats.counts)
           != 0;
  wrong += floats.counts.updates == 0 || floats.seen == 0;
  wrong += floats.counts.swallowed == floats.counts.updates;
  wrong += !is_same_moment (floats.tensor->m, elements.tensor->m)
           || !is_same_moment (floats.tensor->v, elements.tensor->v);
  wrong += !(fabs (floats.seen - elements.seen)
             <= 1e-9 * fabs (floats.seen));
  numsys_elements_free (numsys_quantizer_system (U), n, stored);
  optim_tensor_free (floats.tensor);
  optim_tensor_free (elements.tensor);
  numsys_quantizer_free (U);
  numsys_quantizer_free (M);
  return wrong;
}

/* Codes are for multiplicative rules on an LNS, and steps that are numbers. */
static void
check_keeping (const char *rule, const char *spec, int wanted)
{
  float w[n];
  numsys_quantizer *U = spec == NULL ? NULL : quantizer_of (spec);
  const optim_storage storage = { .U = U };
  optim_tensor *tensor;

  draw (1, 1, n, w);
  tensor = tensor_of (rule, n, w);
  is_int (wanted, optim_keeps_codes (tensor, &storage), "%s in %s: %s", rule,
          spec == NULL ? "float32" : spec, wanted ? "codes" : "floats");
  optim_tensor_free (tensor);
  numsys_quantizer_free (U);
}

int
main (void)
{
  plan (set_count * rule_count * store_count + 6);
  for (size_t s = 0; s < set_count; s++)
    {
      numsys_kernels_use (sets[s]);
      for (size_t i = 0; i < rule_count * store_count; i++)
        {
          const char *rule = rules[i % rule_count];
          const char *U = stores[i / rule_count].U;
          int wrong = 0;

          for (int rounding = 0; rounding < NUMSYS_ROUNDINGS; rounding++)
            wrong += differences (rule, U, stores[i / rule_count].has_M,
                                  (numsys_rounding) rounding);
          is_int (0, wrong, "%s: %s in %s steps as its floats do", sets[s],
                  rule, U);
        }
    }
  check_keeping ("lns-madam", "lns:16,2048", 1);
  check_keeping ("lns-madam", NULL, 0);
  check_keeping ("lns-madam", "lns:8,8,scale-step=real", 0);
  check_keeping ("lns-madam", "bf16", 0);
  check_keeping ("mul", "lns:16,2048", 0);
  check_keeping ("sgd", "lns:16,2048", 0);
  return 0;
}
