/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes, encoding, decoding and comparison against the oracle, of every alias
   and of systems with each of the families' settings.  */

#include <config.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/random.h"
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

static const char *const systems[] = {
  "fp32", "tf32", "bf16", "fp16", "e5m2", "e4m3", "e3m2", "e2m3", "e2m1",
  "int16", "int8", "int4", "lns16", "lns8",
  "float:3,2,subnormals=no", "float:4,3,specials=nan,overflow=infinity",
  "float:5,2,overflow=saturate", "float:4,0,specials=none,bias=20",
  "float:1,5,specials=none", "float:11,4",
  "fixed:6,2,overflow=wrap", "fixed:7,9,signed=no", "fixed:32,16",
  "lns:2,1", "lns:7,3,zero=flag,underflow=clamp,bias=-5", "lns:8,1,zero=none",
  "lns:8,4,zero=flag,underflow=flush", "lns:8,2,zero=code,underflow=clamp",
  "lns:20,8388608", "lns:10,100,zero=flag",
};

static int
same_double (double a, double b)
{
  return (isnan (a) && isnan (b)) || memcmp (&a, &b, sizeof a) == 0;
}

/* The codes to look at: all, or count of them. */
typedef struct choice
{
  uint64_t codes, count;
} choice;

static choice
choice_of (const oracle_system *oracle, uint64_t count)
{
  const uint64_t codes = UINT64_C (1) << oracle_code_bits (oracle);

  return (choice) { codes, count < codes ? count : codes };
}

/* Code i of a choice; all bits change from one to the next. */
static uint32_t
chosen (choice c, uint64_t i)
{
  return (uint32_t) (c.count == c.codes
                     ? i : (i * UINT64_C (0x9e3779b97f4a7c15) >> 16) % c.codes);
}

/* Every code: its double, and itself again from its elements. */
static uint64_t
decode (const numsys *system, const char *spec, uint64_t most)
{
  const oracle_system oracle = judging_system (system);
  const choice c = choice_of (&oracle, most);
  void *element = numsys_elements_new (system, 1);
  uint64_t wrong = 0;
  oracle_number value;

  oracle_number_init (&value);
  for (uint64_t i = 0; i < c.count; i++)
    {
      uint32_t code = chosen (c, i), again;
      double x;

      numsys_from_codes (system, 1, &code, element);
      numsys_decode (system, 1, element, &x);
      numsys_to_codes (system, 1, element, &again);
      oracle_value (&oracle, code, &value);
      wrong += !same_double (oracle_to_double (&value), x);
      wrong += again != code;
    }
  ok (wrong == 0, "%s: %" PRIu64 " codes decoded, %" PRIu64 " wrong", spec,
      c.count, wrong);
  oracle_number_clear (&value);
  numsys_elements_free (system, 1, element);
  return c.count;
}

typedef struct doubles
{
  const numsys *system;
  size_t n;
  double *x;
} doubles;

static void
compute_encode (const void *data, const numsys_context *context, void *out,
                numsys_events *events)
{
  const doubles *d = data;

  numsys_encode (d->system, context, d->n, d->x, out, events);
}

static void
number_double (const void *data, size_t i, oracle_number *x)
{
  const doubles *d = data;
  mpfr_t value;

  mpfr_init2 (value, 53);
  mpfr_set_d (value, d->x[i], MPFR_RNDN);
  oracle_number_mpfr (x, value);
  mpfr_clear (value);
}

static double
step_double (const oracle_system *oracle, int64_t step)
{
  oracle_number value;
  double x;

  oracle_number_init (&value);
  oracle_step_value (oracle, step, &value.top);
  x = oracle_to_double (&value);
  oracle_number_clear (&value);
  return x;
}

/* x, its neighbours, and their opposites. */
static void
add_around (doubles *d, double x)
{
  const double near[] = { x, nextafter (x, 0), nextafter (x, INFINITY) };

  for (size_t i = 0; i < LENGTH (near); i++)
    {
      d->x[d->n++] = near[i];
      d->x[d->n++] = -near[i];
    }
}

/* Values of a system and what lies midway, with their neighbours. */
static uint64_t
encode (const numsys *system, const char *spec, uint64_t most)
{
  /* The oracle cannot wrap the last.  */
  const double special[] = { INFINITY, NAN, 0, 5e-324, 1e-300, 1e9, DBL_MAX };
  const size_t specials = LENGTH (special) - (strstr (spec, "wrap") != NULL);
  judgement j;
  doubles d = { .system = system };
  int64_t from, to, stride;

  judging_begin (&j, system, "encode");
  from = oracle_least_step (&j.oracle) - 3 * (j.oracle.family == ORACLE_LNS);
  to = oracle_most_step (&j.oracle, 0) + 3;
  stride = (to - from) / (int64_t) most + 1;
  d.x = calloc (6 * (3 * (size_t) (to - from) / (size_t) stride + 20),
                sizeof *d.x);
  if (d.x == NULL)
    bail_out ("out of memory");
  for (int64_t step = from; step <= to; step += stride)
    {
      double x = step_double (&j.oracle, step);
      double next = step_double (&j.oracle, step + 1);

      add_around (&d, x);
      add_around (&d, x + (next - x) / 2);
      add_around (&d, sqrt (x) * sqrt (next));
    }
  for (size_t i = 0; i < specials; i++)
    {
      d.x[d.n++] = special[i];
      d.x[d.n++] = -special[i];
    }
  judging_batch (&j, d.n, compute_encode, number_double, &d);
  ok (j.wrong == 0, "%s: encoded, %" PRIu64 " cases judged", spec, j.cases);
  free (d.x);
  return j.cases;
}

/* Comparisons of random codes and their neighbours. */
static uint64_t
compare (const numsys *system, const char *spec, uint64_t n)
{
  const oracle_system oracle = judging_system (system);
  const choice c = choice_of (&oracle, UINT64_MAX);
  void *a = numsys_elements_new (system, 1);
  void *b = numsys_elements_new (system, 1);
  oracle_number x, y;
  uint64_t wrong = 0;

  oracle_number_init (&x);
  oracle_number_init (&y);
  for (uint64_t i = 0; i < n; i++)
    {
      uint32_t left = (uint32_t) ((i * 0x9e3779b97f4a7c15 >> 20) % c.codes);
      uint32_t right = i % 3 == 0 ? left ^ (uint32_t) (i / 3 % 2)
                       : (uint32_t) ((i * 0xd1b54a32d192ed03 >> 20) % c.codes);
      signed char seen;

      numsys_from_codes (system, 1, &left, a);
      numsys_from_codes (system, 1, &right, b);
      numsys_compare (system, 1, a, b, &seen);
      oracle_value (&oracle, left, &x);
      oracle_value (&oracle, right, &y);
      wrong += seen != oracle_compare (&x, &y);
    }
  ok (wrong == 0, "%s: %" PRIu64 " pairs compared, %" PRIu64 " wrong", spec,
      n, wrong);
  oracle_number_clear (&x);
  oracle_number_clear (&y);
  numsys_elements_free (system, 1, a);
  numsys_elements_free (system, 1, b);
  return n;
}

int
main (void)
{
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;
  const uint64_t most = is_long ? 1 << 16 : 1 << 8;
  uint64_t cases = 0;

  plan (3 * LENGTH (systems) + 1);
  for (size_t i = 0; i < LENGTH (systems); i++)
    {
      numsys *system = judging_open (systems[i]);

      cases += decode (system, systems[i], 1 << 17);
      cases += encode (system, systems[i], most);
      cases += compare (system, systems[i], is_long ? 100000 : 300);
      numsys_free (system);
    }
  ok (cases > 0, "%" PRIu64 " cases judged", cases);
  return 0;
}
