/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizers: what is refused, what is counted, and the laws that hold for
   every system, rounding and scale.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/numsys.h"
#include "tests/numsys/opening.h"
#include "tests/tap/tap.h"

enum { N = 3000 };

static const char *const systems[] = {
  "lns:8,8", "lns:8,8,zero=code,underflow=flush", "lns:8,8,zero=none",
  "lns:4,1", "lns:6,3", "lns:16,2048", "lns:8,100000", "e4m3", "e5m2", "bf16",
  "e2m1", "float:3,4,subnormals=no", "float:4,0,specials=none", "int8",
  "int4", "fixed:16,8",
};

enum { system_count = sizeof systems / sizeof systems[0] };

static const char *const steps[] = { "grid", "pow2", "real" };

static const struct { const char *spec, *sentence; } refused[] = {
  { "lns:9,1", "lns: bits=9 with gamma=1 spans" },
  { "lns:16,8388608", "gamma=8388608 puts values closer together" },
  { "lns:8,8,bias=5000,scale=none", "bias=5000 puts values beyond normal" },
  { "lns:14,33,scale-step=pow2", NULL },
  { "fixed:25,0", "fixed: bits=25 has integers that float32 cannot tell" },
  { "fixed:24,0,no,scale-step=real", "at real scales" },
  { "fixed:24,0,no", NULL },
  { "float:11,20", "float: exponent=11 with significand=20 spans" },
  { "float:5,24", "float: significand=24 has values" },
  { "float:8,23,scale-step=real", "training allows up to significand=22" },
  { "float:4,3,bias=300,scale=none", "bias=300 puts values beyond" },
  { "float:4,3,bias=300", NULL },
  { "mpfr:24", "mpfr cannot stand in for float32" },
  { "e4m3:rounding=up", "has no key 'rounding'" },
  { "fp32", NULL },
};

enum { refused_count = sizeof refused / sizeof refused[0] };

static void
check_refusals (void)
{
  for (size_t i = 0; i < refused_count; i++)
    {
      numsys_error error = { "" };
      const char *sentence = refused[i].sentence;
      numsys_quantizer *quantizer = numsys_quantizer_new (refused[i].spec,
                                                          &error);

      ok (sentence == NULL ? quantizer != NULL
                           : quantizer == NULL
                               && strstr (error.text, sentence) != NULL,
          "%s is %s", refused[i].spec,
          sentence == NULL ? "allowed" : "refused in one sentence");
      if (error.text[0] != '\0')
        diag ("%s", error.text);
      numsys_quantizer_free (quantizer);
    }
}

/* Numbers given, what they become, and what is counted. */
static const struct
{
  const char *spec;
  size_t n;
  float x[10], wanted[10];
  numsys_events events;
} cases[] = {
  { "int8:scale=none", 10,
    { 0.4f, -0.5f, 0, 127.5f, 127.4f, -128.5f, -129, INFINITY, NAN, 1.5f },
    { 0, 0, 0, 127, 127, -128, -128, 127, NAN, 2 }, { 3, 3, 2, 0, 1 } },
  { "int8:round=nearest-away,scale=none", 4, { 2.5f, -2.5f, 3.5f, 0.5f },
    { 3, -3, 4, 1 }, { 0, 0, 0, 0, 0 } },
  /* Ties in value: at gamma 1 middles are floats; the code is even or odd. */
  { "lns:8,1,bias=64,round=nearest-linear,scale=none", 4,
    { 1.5f, 3, -6, 0x1.7ffffep+1f }, { 1, 4, -4, 2 }, { 0, 0, 0, 0, 0 } },
  { "fixed:4,0,overflow=wrap,scale=none", 5, { 8, -9, 23.5f, 0x1p40f, -NAN },
    { -8, 7, -8, 0, NAN }, { 4, 0, 0, 0, 1 } },
  { "fixed:4,0,no,scale=none", 4, { -3, 15.5f, 3.5f, -0.4f },
    { 0, 15, 4, 0 }, { 2, 2, 1, 0, 0 } },
  { "e4m3:scale=none", 8,
    { 464, 465, -INFINITY, 0x1p-10f, 0x1.8p-10f, 0, 17, 19 },
    { 448, 448, -448, 0, 0x1p-9f, 0, 16, 20 }, { 2, 2, 1, 0, 0 } },
  { "fp16:scale=none", 5, { 65519, 65520, -INFINITY, 0x1p-25f, -0x1p-26f },
    { 65504, INFINITY, -INFINITY, 0, -0.0f }, { 1, 0, 2, 0, 0 } },
  { "e4m3:overflow=infinity,scale=none", 3, { 480, -INFINITY, 1 },
    { NAN, NAN, 1 }, { 2, 0, 0, 0, 2 } },
  { "lns:8,8,bias=64,scale=none", 8,
    { 0x1p-8f, 0x1.ep-9f, 0x1.fp-9f, -0x1p-140f, 0, 0x1p8f, -INFINITY, 1 },
    { 0x1p-8f, 0x1p-8f, 0x1p-8f, -0x1p-8f, 0, 0x1.d5818ep7f, -0x1.d5818ep7f,
      1 }, { 2, 2, 0, 2, 0 } },
  { "lns:8,8,bias=64,zero=flag,underflow=flush,scale=none", 4,
    { 0x1.ep-9f, 0x1.fp-9f, -0x1p-140f, 0 }, { 0, 0x1p-8f, 0, 0 },
    { 0, 0, 2, 0, 0 } },
  { "lns:8,8,bias=64,zero=none,scale=none", 3, { 0, -0.0f, 0x1p-9f },
    { 0x1p-8f, -0x1p-8f, 0x1p-8f }, { 0, 0, 0, 3, 0 } },
};

enum { case_count = sizeof cases / sizeof cases[0] };

static int
is_same (float a, float b)
{
  return memcmp (&a, &b, sizeof a) == 0 || (isnan (a) && isnan (b));
}

static void
check_cases (void)
{
  for (size_t i = 0; i < case_count; i++)
    {
      numsys_quantizer *quantizer = open_quantizer (cases[i].spec);
      numsys_events events = { 0 };
      float seen[10];
      size_t wrong = 0;

      numsys_quantize (quantizer, 1, cases[i].n, 0, cases[i].x, NULL, seen,
                       &events);
      for (size_t j = 0; j < cases[i].n; j++)
        if (!is_same (cases[i].wanted[j], seen[j]) && ++wrong)
          diag ("%a: wanted %a, seen %a", cases[i].x[j], cases[i].wanted[j],
                seen[j]);
      ok (wrong == 0, "%s: values worked out by hand", cases[i].spec);
      ok (memcmp (&cases[i].events, &events, sizeof events) == 0,
          "%s: events counted by hand (%d %d %d %d %d)", cases[i].spec,
          (int) events.overflow, (int) events.saturated, (int) events.flushed,
          (int) events.raised, (int) events.nan);
      numsys_quantizer_free (quantizer);
    }
}

static void
make_data (float x[])
{
  numsys_random random = numsys_random_of (3, 1, 0, 0);

  for (size_t i = 0; i < N; i++)
    x[i] = (float) (0.03 * numsys_random_normal (&random, i));
}

static int
compare (const void *a, const void *b)
{
  const float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* Quantizing twice is quantizing once, nothing overflows at the data's own
   scale, and codes and elements say the same as floats. */
static void
check_projection (const numsys_quantizer *quantizer, const float x[])
{
  static float once[N], twice[N];
  static uint32_t codes[N];
  static unsigned char elements[4 * N];
  numsys_random random = numsys_random_of (4, 1, 0, 0);
  numsys_scale scale = numsys_quantizer_scale (quantizer,
                                               numsys_largest (N, x));
  numsys_events events = { 0 }, again = { 0 };
  size_t differ = 0;

  numsys_quantize_at (quantizer, scale, N, x, &random, 0, once, &events);
  numsys_quantize_at (quantizer, scale, N, once, &random, 7, twice, &again);
  ok (memcmp (once, twice, sizeof once) == 0 && events.overflow == 0
        && again.flushed + again.raised + again.overflow == 0,
      "%s: twice is once", numsys_quantizer_spec (quantizer));
  numsys_quantize_to_codes (quantizer, scale, N, x, &random, 0, codes, NULL);
  numsys_quantize_from_codes (quantizer, scale, N, codes, twice);
  for (size_t i = 0; i < N; i++)
    differ += !is_same (once[i], twice[i]);
  is_int (0, (int64_t) differ, "...and codes say the same");
  numsys_quantize_to_elements (quantizer, scale, N, x, &random, 0, elements,
                               NULL);
  numsys_quantize_from_elements (quantizer, scale, N, elements, twice);
  for (size_t i = 0; i < N; i++)
    differ += !is_same (once[i], twice[i]);
  is_int (0, (int64_t) differ, "...and elements");
}

/* Without a scale, elements are those that the system itself encodes. */
static void
check_elements (const char *spec, const float x[])
{
  static unsigned char wanted[4 * N], seen[4 * N];
  static double wide[N];
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  numsys_quantizer *quantizer = open_quantizer (spec);
  const numsys *system = numsys_quantizer_system (quantizer);
  numsys_events wanted_events = { 0 }, events = { 0 };

  for (size_t i = 0; i < N; i++)
    wide[i] = x[i];
  numsys_encode (system, &nearest, N, wide, wanted, &wanted_events);
  numsys_quantize_to_elements (quantizer, (numsys_scale) { 0, 0 }, N, x, NULL,
                               0, seen, &events);
  ok (memcmp (wanted, seen, N * numsys_element_size (system)) == 0
        && memcmp (&wanted_events, &events, sizeof events) == 0,
      "%s: elements of %zu bytes are the system's", spec,
      numsys_element_size (system));
  numsys_quantizer_free (quantizer);
}

static const char *const element_specs[] = {
  "lns:8,8,zero=code,bias=80,scale=none",
  "lns:8,8,zero=flag,bias=70,underflow=clamp,scale=none",
  "lns:16,2048,zero=code,scale=none", "e4m3:scale=none", "bf16:scale=none",
  "int8:scale=none", "fixed:16,12,scale=none", "float:8,15,scale=none",
};

enum { element_count = sizeof element_specs / sizeof element_specs[0] };

static void
check_order (const numsys_quantizer *quantizer, const float sorted[])
{
  static float seen[N];
  numsys_scale scale = numsys_quantizer_scale (quantizer,
                                               numsys_largest (N, sorted));
  size_t wrong = 0;

  numsys_quantize_at (quantizer, scale, N, sorted, NULL, 0, seen, NULL);
  for (size_t i = 1; i < N; i++)
    wrong += seen[i] < seen[i - 1];
  is_int (0, (int64_t) wrong, "%s: order is kept",
          numsys_quantizer_spec (quantizer));
}

/* -x becomes minus what x becomes, directions exchanged. */
static void
check_symmetry (const char *system, numsys_rounding rounding, const float x[])
{
  numsys_rounding other = rounding == NUMSYS_UP     ? NUMSYS_DOWN
                          : rounding == NUMSYS_DOWN ? NUMSYS_UP : rounding;
  static float minus[N], seen[N], mirrored[N];
  char spec[200];
  numsys_quantizer *first, *second;
  numsys_scale scale;
  size_t wrong = 0;

  strcat (strcat (strcpy (spec, system), strchr (system, ':') ? "," : ":"),
          "round=");
  first = open_quantizer (strcat (spec, numsys_rounding_name (rounding)));
  *(strrchr (spec, '=') + 1) = '\0';
  second = open_quantizer (strcat (spec, numsys_rounding_name (other)));
  scale = numsys_quantizer_scale (first, numsys_largest (N, x));
  for (size_t i = 0; i < N; i++)
    minus[i] = -x[i];
  numsys_quantize_at (first, scale, N, x, NULL, 0, seen, NULL);
  numsys_quantize_at (second, scale, N, minus, NULL, 0, mirrored, NULL);
  for (size_t i = 0; i < N; i++)
    wrong += seen[i] != -mirrored[i];
  is_int (0, (int64_t) wrong, "%s: symmetric", numsys_quantizer_spec (first));
  numsys_quantizer_free (first);
  numsys_quantizer_free (second);
}

static int
is_stochastic (numsys_rounding rounding)
{
  return rounding == NUMSYS_STOCHASTIC || rounding == NUMSYS_STOCHASTIC_LOG;
}

static void
check_laws (const float x[])
{
  static float sorted[N];

  memcpy (sorted, x, sizeof sorted);
  qsort (sorted, N, sizeof *sorted, compare);
  for (size_t i = 0; i < system_count; i++)
    for (int r = 0; r < NUMSYS_ROUNDINGS; r++)
      {
        char spec[200];
        numsys_quantizer *quantizer;

        strcpy (spec, systems[i]);
        strcat (spec, strchr (spec, ':') == NULL ? ":" : ",");
        strcat (strcat (spec, "scale-step="), steps[(r + (int) i) % 3]);
        strcat (strcat (spec, ",round="),
                numsys_rounding_name ((numsys_rounding) r));
        quantizer = open_quantizer (spec);
        check_projection (quantizer, x);
        if (!is_stochastic ((numsys_rounding) r))
          {
            check_order (quantizer, sorted);
            check_symmetry (systems[i], (numsys_rounding) r, x);
          }
        numsys_quantizer_free (quantizer);
      }
}

int
main (void)
{
  static float x[N];
  const unsigned laws = system_count * (3 * NUMSYS_ROUNDINGS + 2 * 7);

  make_data (x);
  plan (3 + refused_count + 2 * case_count + element_count + laws);
  numsys_quantizer_free (NULL);
  ok (1, "NULL is freed");
  {
    numsys_quantizer *plain = open_quantizer ("fp32");
    numsys_quantizer *scaled = open_quantizer ("fp32:scale=channel");

    ok (numsys_quantizer_is_identity (plain), "fp32 is the identity");
    ok (!numsys_quantizer_is_identity (scaled), "...without keys only");
    numsys_quantizer_free (plain);
    numsys_quantizer_free (scaled);
  }
  check_refusals ();
  check_cases ();
  for (size_t i = 0; i < element_count; i++)
    check_elements (element_specs[i], x);
  check_laws (x);
  return 0;
}
