/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Float paths that are wrong on purpose: the judge must catch every one. */

#include <config.h>
#include <math.h>
#include "tests/numsys/quantizing.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define MOST 4096

static void
encode (const numsys_float_path *path, const void *plan, numsys_scale scale,
        size_t n, const float x[], const uint32_t random[], uint32_t codes[],
        numsys_events *events)
{
  path->encode (plan, scale, n, x, random, sizeof *codes, codes, events);
}

/* What everyone writes, for lns:8,8,zero=flag,underflow=clamp. */
static void
naive (const numsys_float_path *path, const void *plan, numsys_scale scale,
       size_t n, const float x[], const uint32_t random[], float out[],
       numsys_events *events)
{
  path->quantize (plan, scale, n, x, random, out, events);
  for (size_t i = 0; i < n; i++)
    if (x[i] != 0 && isfinite (x[i]))
      {
        float k = rintf (8 * log2f (fabsf (x[i])));

        k = fminf (fmaxf (k, -64), 63);
        out[i] = copysignf (exp2f (k / 8), x[i]);
      }
}

/* Each threshold one float too low, or each hit missed. */
static void
one_off (const numsys_float_path *path, const void *plan, numsys_scale scale,
         size_t n, const float x[], const uint32_t random[], float out[],
         numsys_events *events)
{
  float moved[MOST];

  for (size_t i = 0; i < n; i++)
    moved[i] = x[i] == 0 || !isfinite (x[i])
               ? x[i] : nextafterf (x[i], copysignf (INFINITY, x[i]));
  path->quantize (plan, scale, n, moved, random, out, events);
}

static void
biased_words (const numsys_float_path *path, const void *plan,
              numsys_scale scale, size_t n, const float x[],
              const uint32_t random[], float out[], numsys_events *events)
{
  uint32_t words[MOST];

  for (size_t i = 0; i < n; i++)
    words[i] = random[i] < UINT32_MAX ? random[i] + 1 : random[i];
  path->quantize (plan, scale, n, x, words, out, events);
}

static void
silent (const numsys_float_path *path, const void *plan, numsys_scale scale,
        size_t n, const float x[], const uint32_t random[], float out[],
        numsys_events *events)
{
  const numsys_events before = *events;

  path->quantize (plan, scale, n, x, random, out, events);
  *events = before;
}

static void
lost_zero_sign (const numsys_float_path *path, const void *plan,
                numsys_scale scale, size_t n, const float x[],
                const uint32_t random[], float out[], numsys_events *events)
{
  path->quantize (plan, scale, n, x, random, out, events);
  for (size_t i = 0; i < n; i++)
    out[i] += 0.f;
}

/* Codes of the neighbour, one case in a thousand. */
static void
rare_codes (const numsys_float_path *path, const void *plan,
            numsys_scale scale, size_t n, const float x[],
            const uint32_t random[], uint32_t codes[], numsys_events *events)
{
  path->encode (plan, scale, n, x, random, sizeof *codes, codes, events);
  for (size_t i = 500; i < n; i += 1000)
    codes[i] ^= 1;
}

static void
quantize (const numsys_float_path *path, const void *plan, numsys_scale scale,
          size_t n, const float x[], const uint32_t random[], float out[],
          numsys_events *events)
{
  path->quantize (plan, scale, n, x, random, out, events);
}

typedef struct mutant
{
  const char *what;
  quantizing_path path;
  const char *spec;
  numsys_rounding rounding;
} mutant;

#define LNS8 "lns:8,8,zero=flag,underflow=clamp"

static const mutant mutants[] = {
  { "rint (8 log2f |x|)", { naive, encode }, LNS8, NUMSYS_NEAREST },
  { "thresholds one float off", { one_off, encode }, LNS8, NUMSYS_NEAREST },
  { "thresholds one float off", { one_off, encode }, "e4m3", NUMSYS_NEAREST },
  { "thresholds one float off", { one_off, encode }, "int8", NUMSYS_NEAREST },
  { "hits missed", { one_off, encode }, LNS8, NUMSYS_UP },
  { "hits missed", { one_off, encode }, "e4m3", NUMSYS_DOWN },
  { "words one too great", { biased_words, encode }, LNS8,
    NUMSYS_STOCHASTIC },
  { "words one too great", { biased_words, encode }, LNS8,
    NUMSYS_STOCHASTIC_LOG },
  { "words one too great", { biased_words, encode }, "e4m3",
    NUMSYS_STOCHASTIC },
  { "nothing counted", { silent, encode }, LNS8, NUMSYS_NEAREST },
  { "nothing counted", { silent, encode }, "int8", NUMSYS_NEAREST },
  { "+0 for -0", { lost_zero_sign, encode }, "e5m2", NUMSYS_NEAREST },
  { "one code in a thousand", { quantize, rare_codes }, LNS8,
    NUMSYS_NEAREST },
};

static uint64_t
wrong_results (const mutant *m, const quantizing_path *path, int quiet)
{
  const oracle_scale none = { 0, 0 };
  quantizing q;
  uint64_t wrong;

  if (!quantizing_open (&q, m->spec, none, 32, NULL))
    bail_out ("%s is refused", m->spec);
  q.quiet = quiet;
  quantizing_judge (&q, path, m->rounding);
  wrong = q.wrong;
  quantizing_close (&q);
  return wrong;
}

int
main (void)
{
  plan (2 * LENGTH (mutants));
  for (size_t i = 0; i < LENGTH (mutants); i++)
    {
      const mutant *m = &mutants[i];

      ok (wrong_results (m, &quantizing_library, 0) == 0,
          "%s, %s: the library is right", m->spec,
          numsys_rounding_name (m->rounding));
      ok (wrong_results (m, &m->path, 1) > 0, "%s, %s: %s, caught", m->spec,
          numsys_rounding_name (m->rounding), m->what);
    }
  return 0;
}
