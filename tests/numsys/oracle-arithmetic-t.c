/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on elements against the oracle: all pairs of codes of small
   systems, random ones of others, under every rounding.  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include "numsys/random.h"
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* Small enough for all pairs. */
static const char *const small[] = {
  "e2m1", "float:3,1,subnormals=no,specials=nan,overflow=infinity",
  "float:2,2", "float:2,2,overflow=saturate", "float:4,0,specials=none",
  "int4", "fixed:4,1,overflow=wrap", "fixed:4,2,signed=no",
  "lns:5,1", "lns:5,2,zero=flag,underflow=clamp", "lns:4,3,zero=none",
  "lns:5,4,zero=flag,underflow=flush", "lns:5,2,zero=code,underflow=clamp",
};

static const char *const large[] = {
  "e4m3", "e5m2", "e3m2", "e2m3", "fp16", "bf16", "tf32", "fp32", "int8",
  "int16", "fixed:32,16", "lns8", "lns16", "lns:8,3,zero=flag", "lns:12,100",
  "lns:24,65536", "lns:16,1,zero=none", "lns:10,7,underflow=clamp",
};

typedef struct operands
{
  const numsys *system;
  const oracle_system *oracle;
  numsys_operation operation;
  size_t n;
  uint32_t *codes[3];
  void *elements[3];
} operands;

static void
compute (const void *data, const numsys_context *context, void *out,
         numsys_events *events)
{
  const operands *o = data;

  numsys_apply (o->system, o->operation, context, o->n, o->elements[0],
                o->elements[1], o->elements[2], out, events);
}

static void
number (const void *data, size_t i, oracle_number *x)
{
  const operands *o = data;
  const unsigned arity = numsys_operation_arity (o->operation);
  oracle_number operand[3];

  for (unsigned j = 0; j < 3; j++)
    {
      oracle_number_init (&operand[j]);
      if (j < arity)
        oracle_value (o->oracle, o->codes[j][i], &operand[j]);
    }
  oracle_apply (o->operation, &operand[0], arity > 1 ? &operand[1] : NULL,
                arity > 2 ? &operand[2] : NULL, x);
  for (unsigned j = 0; j < 3; j++)
    oracle_number_clear (&operand[j]);
}

static void
operands_begin (operands *o, const judgement *j, size_t n)
{
  *o = (operands) { .system = j->system, .oracle = &j->oracle, .n = n };
  for (int k = 0; k < 3; k++)
    {
      o->codes[k] = calloc (n, sizeof *o->codes[k]);
      o->elements[k] = numsys_elements_new (j->system, n);
      if (o->codes[k] == NULL || o->elements[k] == NULL)
        bail_out ("out of memory");
    }
}

static void
operands_end (operands *o)
{
  for (int k = 0; k < 3; k++)
    {
      free (o->codes[k]);
      numsys_elements_free (o->system, o->n, o->elements[k]);
    }
}

/* Judges one operation on the operands' codes. */
static void
judge (operands *o, judgement *j, numsys_operation operation)
{
  const unsigned arity = numsys_operation_arity (operation);
  operands used = *o;

  for (unsigned k = 0; k < 3; k++)
    if (k < arity)
      numsys_from_codes (o->system, o->n, o->codes[k], o->elements[k]);
    else
      used.elements[k] = NULL;
  used.operation = operation;
  j->what = numsys_operation_name (operation);
  judging_batch (j, o->n, compute, number, &used);
}

/* A code that a system lacks (beside the zero flag) is left out. */
static uint32_t
allowed (const judgement *j, uint32_t code)
{
  return oracle_code_is_canonical (&j->oracle, code) ? code : 0;
}

static uint64_t
all_pairs (const char *spec)
{
  numsys *system = judging_open (spec);
  judgement j;
  operands o;
  size_t codes;

  judging_begin (&j, system, "");
  codes = (size_t) 1 << oracle_code_bits (&j.oracle);
  operands_begin (&o, &j, codes * codes);
  for (size_t i = 0; i < codes * codes; i++)
    {
      o.codes[0][i] = allowed (&j, (uint32_t) (i / codes));
      o.codes[1][i] = allowed (&j, (uint32_t) (i % codes));
      o.codes[2][i] = allowed (&j, (uint32_t) ((i * 2654435761u >> 7) % codes));
    }
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
    {
      j.random_bits = operation % 2 == 0 ? 32 : 3;
      judge (&o, &j, (numsys_operation) operation);
    }
  ok (j.wrong == 0, "%s: all pairs, %" PRIu64 " cases judged", spec, j.cases);
  operands_end (&o);
  numsys_free (system);
  return j.cases;
}

/* Half of the operands lie near each other, where sums cancel. */
static void
draw (operands *o, const judgement *j, uint64_t seed)
{
  const unsigned bits = oracle_code_bits (&j->oracle);
  const numsys_random random = numsys_random_of (seed, 2, 0, 0);
  uint32_t word[4];

  for (size_t i = 0; i < o->n; i++)
    {
      numsys_random_words (&random, 4 * i, 4, word);
      for (int k = 0; k < 3; k++)
        word[k] = bits == 32 ? word[k] : word[k] & ((UINT32_C (1) << bits) - 1);
      if (word[3] & 1)
        word[1] = word[0] ^ (word[3] >> 8 & 7)
                  ^ (word[3] >> 1 & 1) << (bits - 1);
      for (int k = 0; k < 3; k++)
        o->codes[k][i] = allowed (j, word[k]);
    }
}

static uint64_t
random_operands (const char *spec, size_t n, uint64_t seed)
{
  numsys *system = judging_open (spec);
  judgement j;
  operands o;

  judging_begin (&j, system, "");
  operands_begin (&o, &j, n);
  for (int operation = 0; operation < NUMSYS_OPERATIONS; operation++)
    {
      j.random_bits = operation % 2 == 0 ? 32 : 9;
      draw (&o, &j, seed + (uint64_t) operation);
      judge (&o, &j, (numsys_operation) operation);
    }
  ok (j.wrong == 0, "%s: random operands, %" PRIu64 " cases judged", spec,
      j.cases);
  operands_end (&o);
  numsys_free (system);
  return j.cases;
}

static void
compute_dot (const void *data, const numsys_context *context, void *out,
             numsys_events *events)
{
  const operands *o = data;

  numsys_dot (o->system, context, o->n, o->elements[0], o->elements[1], out,
              events);
}

static void
number_dot (const void *data, size_t i, oracle_number *x)
{
  const operands *o = data;
  oracle_number a, b;

  (void) i;
  oracle_number_init (&a);
  oracle_number_init (&b);
  for (size_t k = 0; k < o->n; k++)
    {
      oracle_value (o->oracle, o->codes[0][k], &a);
      oracle_value (o->oracle, o->codes[1][k], &b);
      if (k > 0)
        oracle_accumulate (x, &a, o->elements[1] != NULL ? &b : NULL);
      else if (o->elements[1] != NULL)
        oracle_apply (NUMSYS_MULTIPLY, &a, &b, NULL, x);
      else
        oracle_number_copy (x, &a);
    }
  oracle_number_clear (&a);
  oracle_number_clear (&b);
}

/* Sums, and dot products, of some lengths. */
static uint64_t
sums (const char *spec, int repeats, uint64_t seed)
{
  numsys *system = judging_open (spec);
  judgement j;

  judging_begin (&j, system, "sum");
  for (int repeat = 0; repeat < repeats; repeat++)
    {
      operands o, used;

      operands_begin (&o, &j, 1 + (size_t) repeat % 9);
      draw (&o, &j, seed + (uint64_t) repeat);
      for (int k = 0; k < 2; k++)
        numsys_from_codes (system, o.n, o.codes[k], o.elements[k]);
      used = o;
      j.what = "dot";
      judging_batch (&j, 1, compute_dot, number_dot, &used);
      used.elements[1] = NULL;
      j.what = "sum";
      judging_batch (&j, 1, compute_dot, number_dot, &used);
      operands_end (&o);
    }
  ok (j.wrong == 0, "%s: sums and dot products, %" PRIu64 " cases judged",
      spec, j.cases);
  numsys_free (system);
  return j.cases;
}

int
main (void)
{
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;
  const size_t n = is_long ? 20000 : 150;
  const uint64_t seed = 20260;
  uint64_t cases = 0;

  plan (LENGTH (small) + 2 * LENGTH (large) + 1);
  for (size_t i = 0; i < LENGTH (small); i++)
    cases += all_pairs (small[i]);
  for (size_t i = 0; i < LENGTH (large); i++)
    {
      cases += random_operands (large[i], n, seed + i);
      cases += sums (large[i], is_long ? 2000 : 20, seed + i);
    }
  ok (cases > 0, "%" PRIu64 " operations judged, seed %" PRIu64, cases, seed);
  return 0;
}
