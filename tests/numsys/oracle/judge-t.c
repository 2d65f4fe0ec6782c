/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge against facts derived by hand, and against published codes. */

#include <config.h>
#include <math.h>
#include "numsys/oracle/oracle.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

static const oracle_system fp16 = { .family = ORACLE_FLOAT, .exponent = 5,
  .significand = 10, .bias = 15, .subnormals = 1 };
static const oracle_system e4m3 = { .family = ORACLE_FLOAT, .exponent = 4,
  .significand = 3, .bias = 7, .subnormals = 1, .specials = ORACLE_ONE_NAN,
  .saturates = 1 };
static const oracle_system e2m1 = { .family = ORACLE_FLOAT, .exponent = 2,
  .significand = 1, .bias = 1, .subnormals = 1,
  .specials = ORACLE_NO_SPECIALS, .saturates = 1 };
static const oracle_system flat = { .family = ORACLE_FLOAT, .exponent = 3,
  .significand = 2, .bias = 3, .specials = ORACLE_NO_SPECIALS,
  .saturates = 1 };
static const oracle_system int4 = { .family = ORACLE_FIXED, .bits = 4,
  .is_signed = 1 };
static const oracle_system ring = { .family = ORACLE_FIXED, .bits = 4,
  .is_signed = 1, .wraps = 1 };
static const oracle_system halves = { .family = ORACLE_FIXED, .bits = 4,
  .fraction = 1 };
/* Values 2^((e - 4) / 2), 0 < e < 8: 2^-1.5 to 2^1.5. */
static const oracle_system root2 = { .family = ORACLE_LNS, .bits = 4,
  .gamma = 2, .bias = 4, .flushes = 1 };
static const oracle_system clamp2 = { .family = ORACLE_LNS, .bits = 4,
  .gamma = 2, .bias = 4, .zero = ORACLE_ZERO_FLAG };
static const oracle_system never2 = { .family = ORACLE_LNS, .bits = 4,
  .gamma = 2, .bias = 4, .zero = ORACLE_ZERO_NONE };

typedef struct fact
{
  const char *what;
  const oracle_system *system;
  double x;
  numsys_rounding rounding;
  uint32_t word;
  uint32_t code;
  numsys_events events;
} fact;

static const fact facts[] = {
  { "fp16: 1 is 3c00", &fp16, 1, NUMSYS_NEAREST, 0, 0x3c00, {0} },
  { "fp16: -2 is c000", &fp16, -2, NUMSYS_NEAREST, 0, 0xc000, {0} },
  { "fp16: 65504 is 7bff", &fp16, 65504, NUMSYS_NEAREST, 0, 0x7bff, {0} },
  { "fp16: 1/3 is 3555", &fp16, 1. / 3, NUMSYS_NEAREST, 0, 0x3555, {0} },
  { "fp16: 1/3 upwards", &fp16, 1. / 3, NUMSYS_UP, 0, 0x3556, {0} },
  { "fp16: -1/3 upwards", &fp16, -1. / 3, NUMSYS_UP, 0, 0xb555, {0} },
  { "fp16: -1/3 downwards", &fp16, -1. / 3, NUMSYS_DOWN, 0, 0xb556, {0} },
  { "fp16: under 65520 is finite", &fp16, 0x1.ffdfffp15, NUMSYS_NEAREST, 0,
    0x7bff, {0} },
  { "fp16: 65520 ties to the even infinity", &fp16, 65520, NUMSYS_NEAREST, 0,
    0x7c00, { .overflow = 1 } },
  { "fp16: 65520 to zero stays", &fp16, 65520, NUMSYS_ZERO, 0, 0x7bff, {0} },
  { "fp16: 1e6 to zero is held to the largest", &fp16, 1e6, NUMSYS_ZERO, 0,
    0x7bff, { .overflow = 1, .saturated = 1 } },
  { "fp16: smallest subnormal", &fp16, 0x1p-24, NUMSYS_NEAREST, 0, 1, {0} },
  { "fp16: half of it ties to zero", &fp16, 0x1p-25, NUMSYS_NEAREST, 0, 0,
    { .flushed = 1 } },
  { "fp16: half of it away", &fp16, -0x1p-25, NUMSYS_NEAREST_AWAY, 0, 0x8001,
    {0} },
  { "fp16: 3 halves of it tie to 2", &fp16, 0x1.8p-24, NUMSYS_NEAREST, 0, 2,
    {0} },
  { "fp16: -0", &fp16, -0., NUMSYS_NEAREST, 0, 0x8000, {0} },
  { "fp16: 1 + 2^-11 ties to 1", &fp16, 0x1.002p0, NUMSYS_NEAREST, 0, 0x3c00,
    {0} },
  { "fp16: ... away", &fp16, 0x1.002p0, NUMSYS_NEAREST_AWAY, 0, 0x3c01, {0} },
  { "fp16: ... odd", &fp16, 0x1.001p0, NUMSYS_ODD, 0, 0x3c01, {0} },
  { "e4m3: 448 is 7e", &e4m3, 448, NUMSYS_NEAREST, 0, 0x7e, {0} },
  { "e4m3: 464 ties to even 448", &e4m3, 464, NUMSYS_NEAREST, 0, 0x7e, {0} },
  { "e4m3: 465 is held to 448", &e4m3, 465, NUMSYS_NEAREST, 0, 0x7e,
    { .overflow = 1, .saturated = 1 } },
  { "e4m3: 2^-9 is 01", &e4m3, 0x1p-9, NUMSYS_NEAREST, 0, 1, {0} },
  { "e4m3: 2^-6 is 08", &e4m3, 0x1p-6, NUMSYS_NEAREST, 0, 8, {0} },
  { "e4m3: NaN is 7f", &e4m3, NAN, NUMSYS_NEAREST, 0, 0x7f, { .nan = 1 } },
  { "e2m1: 6 is 7", &e2m1, 6, NUMSYS_NEAREST, 0, 7, {0} },
  { "e2m1: 2.5 ties to 2", &e2m1, 2.5, NUMSYS_NEAREST, 0, 4, {0} },
  { "e2m1: 1/4 ties to 0", &e2m1, .25, NUMSYS_NEAREST, 0, 0,
    { .flushed = 1 } },
  { "e2m1: 7 would be 8", &e2m1, 7, NUMSYS_NEAREST, 0, 7,
    { .overflow = 1, .saturated = 1 } },
  { "no subnormals: 1/4 is the smallest", &flat, .25, NUMSYS_NEAREST, 0, 4,
    {0} },
  { "no subnormals: 5/32 is nearer to 1/4", &flat, .15625, NUMSYS_NEAREST, 0,
    4, {0} },
  { "no subnormals: 1/8 ties to 0", &flat, .125, NUMSYS_NEAREST, 0, 0,
    { .flushed = 1 } },
  { "int4: -8 is 8", &int4, -8, NUMSYS_NEAREST, 0, 8, {0} },
  { "int4: 7.5 ties to 8, held to 7", &int4, 7.5, NUMSYS_NEAREST, 0, 7,
    { .overflow = 1, .saturated = 1 } },
  { "int4: 2.5 is 2", &int4, 2.5, NUMSYS_NEAREST, 0, 2, {0} },
  { "int4: -2.5 downwards", &int4, -2.5, NUMSYS_DOWN, 0, 13, {0} },
  { "int4: 2.25 moves with probability 1/4", &int4, 2.25, NUMSYS_STOCHASTIC,
    0x3fffffff, 3, {0} },
  { "int4: ... not more", &int4, 2.25, NUMSYS_STOCHASTIC, 0x40000000, 2,
    {0} },
  { "int4: 2 never moves", &int4, 2, NUMSYS_STOCHASTIC, 0, 2, {0} },
  { "wrapping: 8 is -8", &ring, 8, NUMSYS_NEAREST, 0, 8,
    { .overflow = 1 } },
  { "wrapping: -9 is 7", &ring, -9, NUMSYS_NEAREST, 0, 7,
    { .overflow = 1 } },
  { "unsigned: -0.25 ties to 0", &halves, -.25, NUMSYS_NEAREST, 0, 0,
    { .flushed = 1 } },
  { "unsigned: -1 is held to 0", &halves, -1, NUMSYS_NEAREST, 0, 0,
    { .overflow = 1, .saturated = 1 } },
  { "unsigned: 7.5 is 15", &halves, 7.5, NUMSYS_NEAREST, 0, 15, {0} },
  { "lns: 1 is e = 4", &root2, 1, NUMSYS_NEAREST, 0, 4, {0} },
  { "lns: -2", &root2, -2, NUMSYS_NEAREST, 0, 8 + 6, {0} },
  { "lns: under 2^(1/4)", &root2, 0x1.306fep0, NUMSYS_NEAREST, 0, 4, {0} },
  { "lns: over 2^(1/4)", &root2, 0x1.307p0, NUMSYS_NEAREST, 0, 5, {0} },
  { "lns: under (1 + sqrt 2) / 2", &root2, 0x1.3504fp0, NUMSYS_NEAREST_LINEAR,
    0, 4, {0} },
  { "lns: over (1 + sqrt 2) / 2", &root2, 0x1.35050p0, NUMSYS_NEAREST_LINEAR,
    0, 5, {0} },
  { "lns: zero is code 0", &root2, -0., NUMSYS_NEAREST, 0, 0, {0} },
  { "lns: 0.9, under 1, is not wrapped to 2", &root2, .9, NUMSYS_NEAREST, 0,
    4, {0} },
  { "lns: over the smallest", &root2, 0x1.6a09fp-2, NUMSYS_ZERO, 0, 1, {0} },
  { "lns: under 2^-1.75", &root2, 0x1.306fep-2, NUMSYS_NEAREST, 0, 0,
    { .flushed = 1 } },
  { "lns: over 2^-1.75", &root2, 0x1.307p-2, NUMSYS_NEAREST, 0, 1, {0} },
  { "lns: 3 is over 2^1.5 and under 2^1.75", &root2, 3, NUMSYS_NEAREST, 0, 7,
    {0} },
  { "lns: 3.5 is held", &root2, -3.5, NUMSYS_NEAREST, 0, 15,
    { .overflow = 1, .saturated = 1 } },
  { "lns: 1.25, stochastic: p = 0.25 / 0.41421", &root2, 1.25,
    NUMSYS_STOCHASTIC, 0x9a827998, 5, {0} },
  { "lns: ... not more", &root2, 1.25, NUMSYS_STOCHASTIC, 0x9a82799a, 4, {0} },
  { "lns: 1.25, stochastic-log: p = 2 log2 1.25", &root2, 1.25,
    NUMSYS_STOCHASTIC_LOG, 0xa4d3c25d, 5, {0} },
  { "lns: ... not more", &root2, 1.25, NUMSYS_STOCHASTIC_LOG, 0xa4d3c25f, 4,
    {0} },
  { "lns, clamp: tiny is raised", &clamp2, 1e-9, NUMSYS_NEAREST, 0, 0,
    { .raised = 1 } },
  { "lns, clamp: zero is 16", &clamp2, 0, NUMSYS_NEAREST, 0, 16, {0} },
  { "lns, clamp: NaN is zero", &clamp2, NAN, NUMSYS_NEAREST, 0, 16,
    { .nan = 1 } },
  { "lns, clamp: smallest is 0", &clamp2, -.25, NUMSYS_NEAREST, 0, 8, {0} },
  { "lns, none: zero is raised", &never2, 0, NUMSYS_NEAREST, 0, 0,
    { .raised = 1 } },
};

static void
set_double (oracle_number *out, double x)
{
  mpfr_t value;

  mpfr_init2 (value, 53);
  mpfr_set_d (value, x, MPFR_RNDN);
  oracle_number_mpfr (out, value);
  mpfr_clear (value);
}

static int
same_events (const numsys_events *a, const numsys_events *b)
{
  return a->overflow == b->overflow && a->saturated == b->saturated
         && a->flushed == b->flushed && a->raised == b->raised
         && a->nan == b->nan;
}

static void
check (const fact *f)
{
  const oracle_rule rule = { f->rounding, 32, f->word };
  oracle_number x;
  oracle_result result;

  oracle_number_init (&x);
  set_double (&x, f->x);
  oracle_judge (f->system, &x, &rule, &result);
  if (!ok (result.code == f->code
           && same_events (&result.events, &f->events), "%s", f->what))
    diag ("wanted %#x, saw %#x", (unsigned) f->code,
          (unsigned) result.code);
  oracle_number_clear (&x);
}

int
main (void)
{
  plan (LENGTH (facts));
  for (size_t i = 0; i < LENGTH (facts); i++)
    check (&facts[i]);
  return 0;
}
