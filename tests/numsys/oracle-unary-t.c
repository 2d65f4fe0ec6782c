/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations of one operand, and conversions, of all codes of the wider float
   aliases against the oracle; a stride of them unless the check is a long
   one.  */

#include <config.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include "tests/numsys/judging.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* Prime to all powers of two, so that codes of all kinds are met. */
#define STRIDE 241

static const char *const specs[] = { "fp16", "bf16", "tf32" };

static const numsys_operation operations[] = {
  NUMSYS_SQRT, NUMSYS_NEGATE, NUMSYS_ABS,
};

static const char *const targets[] = {
  "fp32", "tf32", "bf16", "fp16", "e4m3", "int16", "lns16",
};

/* Every operand of a system, and what is made of it. */
typedef struct operands
{
  const numsys *from, *to;
  oracle_system oracle;          /* of from */
  int converts;
  numsys_operation operation;    /* if not */
  size_t n;
  uint32_t *codes;
  void *elements;
} operands;

static void
compute (const void *data, const numsys_context *context, void *out,
         numsys_events *events)
{
  const operands *o = data;

  if (o->converts)
    numsys_convert (o->from, o->to, context, o->n, o->elements, out, events);
  else
    numsys_apply (o->from, o->operation, context, o->n, o->elements, NULL,
                  NULL, out, events);
}

static void
number (const void *data, size_t i, oracle_number *x)
{
  const operands *o = data;
  oracle_number a;

  if (o->converts)
    {
      oracle_value (&o->oracle, o->codes[i], x);
      return;
    }
  oracle_number_init (&a);
  oracle_value (&o->oracle, o->codes[i], &a);
  oracle_apply (o->operation, &a, NULL, NULL, x);
  oracle_number_clear (&a);
}

static void
begin (operands *o, const char *spec, uint32_t stride)
{
  const uint32_t codes
    = UINT32_C (1) << numsys_code_bits (o->from = judging_open (spec));

  o->oracle = judging_system (o->from);
  o->n = (codes + stride - 1) / stride;
  o->codes = malloc (o->n * sizeof *o->codes);
  o->elements = numsys_elements_new (o->from, o->n);
  if (o->codes == NULL || o->elements == NULL)
    bail_out ("out of memory");
  for (size_t i = 0; i < o->n; i++)
    o->codes[i] = (uint32_t) i * stride;
  numsys_from_codes (o->from, o->n, o->codes, o->elements);
}

static void
end (operands *o)
{
  numsys_elements_free (o->from, o->n, o->elements);
  free (o->codes);
  numsys_free ((numsys *) o->from);
}

static void
judge (operands *o, const char *what)
{
  judgement j;

  judging_begin (&j, o->to, what);
  judging_batch (&j, o->n, compute, number, o);
  ok (j.wrong == 0, "%s, %s: %zu codes, %" PRIu64 " results, %" PRIu64
      " wrong", numsys_spec (o->from), what, o->n, j.cases, j.wrong);
}

static void
check (const char *spec, uint32_t stride)
{
  operands o = { 0 };

  begin (&o, spec, stride);
  o.to = o.from;
  for (size_t i = 0; i < LENGTH (operations); i++)
    {
      o.operation = operations[i];
      judge (&o, numsys_operation_name (operations[i]));
    }
  o.converts = 1;
  for (size_t i = 0; i < LENGTH (targets); i++)
    {
      char what[32];
      numsys *to = judging_open (targets[i]);

      snprintf (what, sizeof what, "convert to %s", targets[i]);
      o.to = to;
      judge (&o, what);
      numsys_free (to);
    }
  end (&o);
}

int
main (void)
{
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;

  plan (LENGTH (specs) * (LENGTH (operations) + LENGTH (targets)));
  for (size_t i = 0; i < LENGTH (specs); i++)
    check (specs[i], is_long ? 1 : STRIDE);
  return 0;
}
