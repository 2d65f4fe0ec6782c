/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact results, and the signs behind them, against facts derived by hand. */

#include <config.h>
#include "numsys/oracle/oracle.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

static const oracle_system fp16 = { .family = ORACLE_FLOAT, .exponent = 5,
  .significand = 10, .bias = 15, .subnormals = 1 };
/* 2^((e - 4) / 2), 0 < e < 8. */
static const oracle_system root2 = { .family = ORACLE_LNS, .bits = 4,
  .gamma = 2, .bias = 4, .flushes = 1 };
/* 2^(e - 4), 0 < e < 8. */
static const oracle_system powers = { .family = ORACLE_LNS, .bits = 4,
  .gamma = 1, .bias = 4, .flushes = 1 };
static const oracle_system int8 = { .family = ORACLE_FIXED, .bits = 8,
  .is_signed = 1 };

typedef struct fact
{
  const char *what;
  const oracle_system *system;
  numsys_operation operation;
  uint32_t a, b, c;
  numsys_rounding rounding;
  uint32_t code;
  numsys_events events;
} fact;

static const fact facts[] = {
  { "fp16: 1 / 3", &fp16, NUMSYS_DIVIDE, 0x3c00, 0x4200, 0, NUMSYS_NEAREST,
    0x3555, {0} },
  { "fp16: sqrt 2", &fp16, NUMSYS_SQRT, 0x4000, 0, 0, NUMSYS_NEAREST, 0x3da8,
    {0} },
  { "fp16: sqrt 4 upwards is exact", &fp16, NUMSYS_SQRT, 0x4400, 0, 0,
    NUMSYS_UP, 0x4000, {0} },
  { "fp16: sqrt -0 is -0", &fp16, NUMSYS_SQRT, 0x8000, 0, 0, NUMSYS_NEAREST,
    0x8000, {0} },
  { "fp16: sqrt -1", &fp16, NUMSYS_SQRT, 0xbc00, 0, 0, NUMSYS_NEAREST, 0x7e00,
    { .nan = 1 } },
  { "fp16: (1 + 2^-10)^2 - (1 + 2^-9) is 2^-20", &fp16, NUMSYS_FMA, 0x3c01,
    0x3c01, 0xbc02, NUMSYS_NEAREST, 0x0010, {0} },
  { "fp16: 1 - 1 is 0", &fp16, NUMSYS_SUBTRACT, 0x3c00, 0x3c00, 0,
    NUMSYS_NEAREST, 0, {0} },
  { "fp16: 1 - 1 downwards is -0", &fp16, NUMSYS_SUBTRACT, 0x3c00, 0x3c00, 0,
    NUMSYS_DOWN, 0x8000, {0} },
  { "fp16: -0 + -0 is -0", &fp16, NUMSYS_ADD, 0x8000, 0x8000, 0,
    NUMSYS_NEAREST, 0x8000, {0} },
  { "fp16: 1 / -0 overflows", &fp16, NUMSYS_DIVIDE, 0x3c00, 0x8000, 0,
    NUMSYS_NEAREST, 0xfc00, { .overflow = 1 } },
  { "fp16: infinity + 1 does not", &fp16, NUMSYS_ADD, 0x7c00, 0x3c00, 0,
    NUMSYS_NEAREST, 0x7c00, {0} },
  { "fp16: infinity - infinity", &fp16, NUMSYS_SUBTRACT, 0x7c00, 0x7c00, 0,
    NUMSYS_NEAREST, 0x7e00, { .nan = 1 } },
  { "fp16: infinity 0 + 1", &fp16, NUMSYS_FMA, 0x7c00, 0, 0x3c00,
    NUMSYS_NEAREST, 0x7e00, { .nan = 1 } },
  { "fp16: 2048 + 1 ties to 2048", &fp16, NUMSYS_ADD, 0x6800, 0x3c00, 0,
    NUMSYS_NEAREST, 0x6800, {0} },
  { "fp16: smallest squared", &fp16, NUMSYS_MULTIPLY, 1, 0x8001, 0,
    NUMSYS_NEAREST, 0x8000, { .flushed = 1 } },
  { "int8: 7 / 2 ties to 4", &int8, NUMSYS_DIVIDE, 7, 2, 0, NUMSYS_NEAREST, 4,
    {0} },
  { "int8: -7 / 2 downwards", &int8, NUMSYS_DIVIDE, 0xf9, 2, 0, NUMSYS_DOWN,
    0xfc, {0} },
  { "int8: 100 + 100", &int8, NUMSYS_ADD, 100, 100, 0, NUMSYS_NEAREST, 127,
    { .overflow = 1, .saturated = 1 } },
  { "int8: 0 / 0", &int8, NUMSYS_DIVIDE, 0, 0, 0, NUMSYS_NEAREST, 0,
    { .nan = 1 } },
  { "lns: 1 + 1 is 2", &root2, NUMSYS_ADD, 4, 4, 0, NUMSYS_UP, 6, {0} },
  { "lns: 2 - 1 is 1", &root2, NUMSYS_SUBTRACT, 6, 4, 0, NUMSYS_UP, 4, {0} },
  { "lns: 1 - 1 is 0", &root2, NUMSYS_SUBTRACT, 4, 4, 0, NUMSYS_DOWN, 0,
    {0} },
  { "lns: 2 + 1 is nearest to 2^1.5", &root2, NUMSYS_ADD, 6, 4, 0,
    NUMSYS_NEAREST, 7, {0} },
  { "lns: ... upwards there is nothing", &root2, NUMSYS_ADD, 6, 4, 0,
    NUMSYS_UP, 7, { .overflow = 1, .saturated = 1 } },
  { "lns: sqrt 2 - 1, of e = 1.46", &root2, NUMSYS_SUBTRACT, 5, 4, 0,
    NUMSYS_NEAREST, 1, {0} },
  { "lns: sqrt 2 sqrt 2 is 2", &root2, NUMSYS_MULTIPLY, 5, 8 + 5, 0,
    NUMSYS_DOWN, 8 + 6, {0} },
  { "lns: sqrt 2^(1/2) ties to e = 4", &root2, NUMSYS_SQRT, 5, 0, 0,
    NUMSYS_NEAREST, 4, {0} },
  { "lns: ... away", &root2, NUMSYS_SQRT, 5, 0, 0, NUMSYS_NEAREST_AWAY, 5,
    {0} },
  { "lns: sqrt 2^1.5 ties to e = 6", &root2, NUMSYS_SQRT, 7, 0, 0,
    NUMSYS_NEAREST, 6, {0} },
  { "lns: smallest squared", &root2, NUMSYS_MULTIPLY, 1, 1, 0, NUMSYS_NEAREST,
    0, { .flushed = 1 } },
  { "lns: 1 / 0 is held", &root2, NUMSYS_DIVIDE, 8 + 4, 0, 0, NUMSYS_NEAREST,
    15, { .overflow = 1, .saturated = 1 } },
  { "lns: 1 + 1/2 is nearest to 2 in the logarithm", &powers, NUMSYS_ADD, 4, 3,
    0, NUMSYS_NEAREST, 5, {0} },
  { "lns: ... and ties in value, to e = 4", &powers, NUMSYS_ADD, 4, 3, 0,
    NUMSYS_NEAREST_LINEAR, 4, {0} },
  { "lns: 2 + 1 ties in value, to e = 6", &powers, NUMSYS_ADD, 5, 4, 0,
    NUMSYS_NEAREST_LINEAR, 6, {0} },
  { "lns: sqrt 2 sqrt 2 - 2 is 0", &root2, NUMSYS_FMA, 5, 5, 8 + 6,
    NUMSYS_NEAREST, 0, {0} },
};

static void
check_fact (const fact *f)
{
  const oracle_rule rule = { f->rounding, 32, 0 };
  oracle_number a, b, c, x;
  oracle_result result;

  oracle_number_init (&a);
  oracle_number_init (&b);
  oracle_number_init (&c);
  oracle_number_init (&x);
  oracle_value (f->system, f->a, &a);
  oracle_value (f->system, f->b, &b);
  oracle_value (f->system, f->c, &c);
  oracle_apply (f->operation, &a, f->operation == NUMSYS_SQRT ? NULL : &b,
                f->operation == NUMSYS_FMA ? &c : NULL, &x);
  oracle_judge (f->system, &x, &rule, &result);
  if (!ok (result.code == f->code
           && result.events.overflow == f->events.overflow
           && result.events.saturated == f->events.saturated
           && result.events.flushed == f->events.flushed
           && result.events.raised == f->events.raised
           && result.events.nan == f->events.nan, "%s", f->what))
    diag ("wanted %#x, saw %#x", (unsigned) f->code, (unsigned) result.code);
  oracle_number_clear (&a);
  oracle_number_clear (&b);
  oracle_number_clear (&c);
  oracle_number_clear (&x);
}

/* c 2^(num / den) */
typedef struct term
{
  const char *c;
  long num;
  unsigned long den;
} term;

static void
check_sign (int wanted, const term terms[], size_t n, const char *what)
{
  oracle_sum sum;
  mpz_t c;
  mpq_t q;

  oracle_sum_init (&sum);
  mpq_init (q);
  for (size_t i = 0; i < n; i++)
    {
      mpz_init_set_str (c, terms[i].c, 10);
      mpq_set_si (q, terms[i].num, terms[i].den);
      mpq_canonicalize (q);
      oracle_sum_add (&sum, c, q);
      mpz_clear (c);
    }
  is_int (wanted, oracle_sum_sign (&sum), "%s", what);
  mpq_clear (q);
  oracle_sum_clear (&sum);
}

/* Convergents of sqrt 2: p^2 - 2 q^2 is 1 or -1 by turns. */
static const term over[]
  = { { "18758264276891285681250881852014625703843", 0, 1 },
      { "-13264095873479197467931567359068050319018", 1, 2 } };
static const term under[]
  = { { "7769927470067109254612252866121474934193", 0, 1 },
      { "-5494168403412088213319314492946575384825", 1, 2 } };
static const term cancel[] = { { "3", 1, 2 }, { "-6", -1, 2 }, { "1", 5, 3 },
                               { "-2", 2, 3 } };
static const term remains[] = { { "3", 1, 2 }, { "-6", -1, 2 },
                                { "-1", -100000, 1 } };
static const term huge[]
  = { { "1", 1L << 40, 1 }, { "-1", (1L << 40) + 1, 1 } };

int
main (void)
{
  plan (LENGTH (facts) + 5);
  for (size_t i = 0; i < LENGTH (facts); i++)
    check_fact (&facts[i]);
  check_sign (1, over, LENGTH (over), "a convergent over sqrt 2");
  check_sign (-1, under, LENGTH (under), "a convergent under sqrt 2");
  check_sign (0, cancel, LENGTH (cancel), "3 2^(1/2) - 6 2^(-1/2) + ... is 0");
  check_sign (-1, remains, LENGTH (remains), "... less 2^-100000 is not");
  check_sign (-1, huge, LENGTH (huge), "2^(2^40) - 2^(2^40 + 1)");
  return 0;
}
