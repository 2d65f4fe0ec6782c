/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Implementations that are wrong on purpose, each in a way that has been met in
   practice: the judge must catch every one, and pass the right ones.  */

#include <config.h>
#include <math.h>
#include <string.h>
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))
#define MOST 4096

/* Inputs, and the system they are encoded in. */
typedef struct input
{
  const numsys *system;
  size_t n;
  double x[MOST];
} input;

static void
number (const void *data, size_t i, oracle_number *x)
{
  const input *in = data;
  mpfr_t value;

  mpfr_init2 (value, 53);
  mpfr_set_d (value, in->x[i], MPFR_RNDN);
  oracle_number_mpfr (x, value);
  mpfr_clear (value);
}

static void
right (const void *data, const numsys_context *context, void *out,
       numsys_events *events)
{
  const input *in = data;

  numsys_encode (in->system, context, in->n, in->x, out, events);
}

/* Encodes under another rounding than asked for. */
static void
instead (const void *data, const numsys_context *context,
         numsys_rounding asked, numsys_rounding taken, void *out,
         numsys_events *events)
{
  numsys_context other = *context;

  if (other.rounding == asked)
    other.rounding = taken;
  right (data, &other, out, events);
}

static void
half_away (const void *data, const numsys_context *context, void *out,
           numsys_events *events)
{
  instead (data, context, NUMSYS_NEAREST, NUMSYS_NEAREST_AWAY, out, events);
}

static void
linear_for_log (const void *data, const numsys_context *context, void *out,
                numsys_events *events)
{
  instead (data, context, NUMSYS_NEAREST, NUMSYS_NEAREST_LINEAR, out, events);
}

static void
zero_for_down (const void *data, const numsys_context *context, void *out,
             numsys_events *events)
{
  instead (data, context, NUMSYS_DOWN, NUMSYS_ZERO, out, events);
}

static void
log_for_linear (const void *data, const numsys_context *context, void *out,
                numsys_events *events)
{
  instead (data, context, NUMSYS_STOCHASTIC, NUMSYS_STOCHASTIC_LOG, out,
           events);
}

/* Uses one random word for all. */
static void
same_word (const void *data, const numsys_context *context, void *out,
           numsys_events *events)
{
  const input *in = data;

  for (size_t i = 0; i < in->n; i++)
    numsys_encode (in->system, context, 1, &in->x[i],
                   numsys_element (in->system, out, i), events);
}

/* Rounds to float32 before rounding to the system. */
static void
rounded_twice (const void *data, const numsys_context *context, void *out,
               numsys_events *events)
{
  input in = *(const input *) data;

  for (size_t i = 0; i < in.n; i++)
    in.x[i] = (float) in.x[i];
  right (&in, context, out, events);
}

/* Takes x 2^octaves for x where |x| < 1: the wrapped exponent. */
static void
wrapped_under_one (const void *data, const numsys_context *context, void *out,
                   numsys_events *events)
{
  input in = *(const input *) data;

  for (size_t i = 0; i < in.n; i++)
    if (fabs (in.x[i]) < 1)
      in.x[i] *= 16;
  right (&in, context, out, events);
}

static void
zero_as_one (const void *data, const numsys_context *context, void *out,
             numsys_events *events)
{
  input in = *(const input *) data;

  for (size_t i = 0; i < in.n; i++)
    if (in.x[i] == 0)
      in.x[i] = 1;
  right (&in, context, out, events);
}

static void
lost_sign (const void *data, const numsys_context *context, void *out,
           numsys_events *events)
{
  input in = *(const input *) data;

  for (size_t i = 0; i < in.n; i++)
    in.x[i] = fabs (in.x[i]);
  right (&in, context, out, events);
}

/* The right codes, but nothing counted. */
static void
silent (const void *data, const numsys_context *context, void *out,
        numsys_events *events)
{
  const numsys_events before = *events;

  right (data, context, out, events);
  *events = before;
}

/* Counts an overflow, but not that it was held to the largest. */
static void
miscounted (const void *data, const numsys_context *context, void *out,
            numsys_events *events)
{
  right (data, context, out, events);
  events->saturated = 0;
}

typedef struct mutant
{
  const char *what;
  judging_compute *compute;
  const char *systems[3];      /* where it must be caught */
} mutant;

static const mutant mutants[] = {
  { "ties away instead of to even", half_away, { "e4m3", "int8", "fp16" } },
  { "nearest value for nearest logarithm", linear_for_log,
    { "lns8", "lns:6,1", "lns:8,3,zero=none" } },
  { "towards zero instead of down", zero_for_down, { "e4m3", "int8", "lns8" } },
  { "stochastic in the logarithm", log_for_linear,
    { "lns8", "lns:6,1", "lns:6,2" } },
  { "one random word for all", same_word, { "e4m3", "int8", "lns8" } },
  { "double rounding by way of float32", rounded_twice,
    { "fp16", "e4m3", "lns8" } },
  { "exponent wrapped under 1", wrapped_under_one,
    { "e4m3", "lns8", "lns:6,1" } },
  { "zero encoded as 1", zero_as_one, { "e4m3", "lns8", "int8" } },
  { "sign lost", lost_sign, { "e4m3", "lns8", "int8" } },
  { "events not counted", silent, { "e4m3", "lns8", "int8" } },
  { "saturation not counted", miscounted, { "e4m3", "lns8", "int8" } },
};

/* Values and middles of steps, evenly spread, and their neighbours.  */
static void
fill (input *in, const oracle_system *oracle)
{
  const int64_t least = oracle_least_step (oracle);
  const int64_t most = oracle_most_step (oracle, 0);
  const int64_t stride = (most - least) / 200 + 1;
  oracle_number value;
  double last = 0;

  oracle_number_init (&value);
  in->n = 0;
  for (int64_t step = least - 1; step <= most + 2; step += stride)
    {
      double x, middle;

      oracle_step_value (oracle, step, &value.top);
      x = oracle_to_double (&value);
      middle = last + (x - last) / 2;
      last = x;
      for (int i = 0; i < 2; i++)
        {
          const double near[] = { x, middle, nextafter (middle, 0),
                                  nextafter (middle, 1e9) };

          for (size_t k = 0; k < LENGTH (near) && in->n < MOST; k++)
            in->x[in->n++] = i ? -near[k] : near[k];
        }
    }
  in->x[0] = 0;
  oracle_number_clear (&value);
}

static uint64_t
wrong_results (const char *spec, judging_compute *compute, int quiet)
{
  static input in;
  numsys *system = judging_open (spec);
  judgement j;

  judging_begin (&j, system, "encode");
  j.quiet = quiet;
  in.system = system;
  fill (&in, &j.oracle);
  judging_batch (&j, in.n, compute, number, &in);
  numsys_free (system);
  return j.wrong;
}

int
main (void)
{
  plan (LENGTH (mutants) * 3 + 3);
  for (size_t i = 0; i < 3; i++)
    ok (wrong_results (mutants[0].systems[i], right, 0) == 0,
        "%s: the library is right", mutants[0].systems[i]);
  for (size_t i = 0; i < LENGTH (mutants); i++)
    for (size_t k = 0; k < 3; k++)
      ok (wrong_results (mutants[i].systems[k], mutants[i].compute, 1) > 0,
          "%s: %s, caught", mutants[i].systems[k], mutants[i].what);
  return 0;
}
