/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Implementations that are wrong on purpose, each in a way that has been met in
   practice: every one must be caught and its first wrong case named, and the
   right one must pass.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/verify/report.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* The systems of most: what a magnitude takes of a code of lns:6,4; 1 and the
   exponent's top bit in e3m2. */
#define LNS_MASK 0x1f
#define FLOAT_MASK 0x1f
#define FLOAT_ONE 0x0c
#define FLOAT_TOP 0x10

typedef void answering (const void *data, const verify_question *question,
                        const numsys_context *context,
                        const verify_batch *batch, uint32_t out[],
                        numsys_events *events);

static void
right (const verify_question *question, const numsys_context *context,
       const verify_batch *batch, uint32_t out[], numsys_events *events)
{
  verify_library.answer (NULL, question, context, batch, out, events);
}

/* A table of sums by d, one entry one too high. */
static void
table_entry_off (const void *data, const verify_question *question,
                 const numsys_context *context, const verify_batch *batch,
                 uint32_t out[], numsys_events *events)
{
  (void) data;
  right (question, context, batch, out, events);
  for (size_t i = 0; i < batch->n; i++)
    {
      const int a = (int) (batch->operand[0][i] & LNS_MASK);
      const int b = (int) (batch->operand[1][i] & LNS_MASK);

      if (a > 0 && b > 0 && abs (a - b) == 5 && (out[i] & LNS_MASK) != LNS_MASK)
        out[i]++;
    }
}

static void
half_up (const void *data, const verify_question *question,
         const numsys_context *context, const verify_batch *batch,
         uint32_t out[], numsys_events *events)
{
  numsys_context other = *context;

  (void) data;
  if (other.rounding == NUMSYS_NEAREST)
    other.rounding = NUMSYS_NEAREST_AWAY;
  right (question, &other, batch, out, events);
}

/* The code of 1 for zero. */
static void
zero_is_one (const void *data, const verify_question *question,
             const numsys_context *context, const verify_batch *batch,
             uint32_t out[], numsys_events *events)
{
  double one = 1;
  uint32_t code;
  void *element = numsys_elements_new (question->to, 1);
  const numsys_context nearest = numsys_context_of (NUMSYS_NEAREST);
  numsys_events ignored = {0};

  (void) data;
  right (question, context, batch, out, events);
  numsys_encode (question->to, &nearest, 1, &one, element, &ignored);
  numsys_to_codes (question->to, 1, element, &code);
  for (size_t i = 0; i < batch->n; i++)
    if (out[i] == 0)
      out[i] = code;
  numsys_elements_free (question->to, 1, element);
}

/* An exponent of a bit less, once below 1. */
static void
wraps_below_one (const void *data, const verify_question *question,
                 const numsys_context *context, const verify_batch *batch,
                 uint32_t out[], numsys_events *events)
{
  (void) data;
  right (question, context, batch, out, events);
  for (size_t i = 0; i < batch->n; i++)
    if ((out[i] & FLOAT_MASK) != 0 && (out[i] & FLOAT_MASK) < FLOAT_ONE)
      out[i] ^= FLOAT_TOP;
}

/* What the case before left is added. */
static void
never_cleared (const void *data, const verify_question *question,
               const numsys_context *context, const verify_batch *batch,
               uint32_t out[], numsys_events *events)
{
  void *element[3];
  uint32_t pair[2];

  (void) data;
  right (question, context, batch, out, events);
  for (int k = 0; k < 3; k++)
    element[k] = numsys_elements_new (question->to, 1);
  for (size_t i = 1; i < batch->n; i++)
    {
      pair[0] = out[i - 1];
      pair[1] = out[i];
      for (int k = 0; k < 2; k++)
        numsys_from_codes (question->to, 1, &pair[k], element[k]);
      numsys_apply (question->to, NUMSYS_ADD, context, 1, element[0],
                    element[1], NULL, element[2], events);
      numsys_to_codes (question->to, 1, element[2], &out[i]);
    }
  for (int k = 0; k < 3; k++)
    numsys_elements_free (question->to, 1, element[k]);
}

/* Rounded to nearest in a wider float first: the bits that a directed rounding
   asks for are lost there.  */
static void
rounded_twice (const void *data, const verify_question *question,
               const numsys_context *context, const verify_batch *batch,
               uint32_t out[], numsys_events *events)
{
  numsys_error error;
  numsys *wide = numsys_new ("float:8,4", &error);
  const numsys_context first = numsys_context_of (NUMSYS_NEAREST);
  void *operand[2], *element = numsys_elements_new (wide, batch->n);
  void *result = numsys_elements_new (question->to, batch->n);
  numsys_events ignored = {0};

  (void) data;
  for (int k = 0; k < 2; k++)
    {
      void *narrow = numsys_elements_new (question->from, batch->n);

      operand[k] = numsys_elements_new (wide, batch->n);
      numsys_from_codes (question->from, batch->n, batch->operand[k], narrow);
      numsys_convert (question->from, wide, &first, batch->n, narrow,
                      operand[k], &ignored);
      numsys_elements_free (question->from, batch->n, narrow);
    }
  numsys_apply (wide, question->operation, &first, batch->n, operand[0],
                operand[1], NULL, element, &ignored);
  numsys_convert (wide, question->to, context, batch->n, element, result,
                  events);
  numsys_to_codes (question->to, batch->n, result, out);
  for (int k = 0; k < 2; k++)
    numsys_elements_free (wide, batch->n, operand[k]);
  numsys_elements_free (wide, batch->n, element);
  numsys_elements_free (question->to, batch->n, result);
  numsys_free (wide);
}

/* The right codes, but nothing counted. */
static void
silent (const void *data, const verify_question *question,
        const numsys_context *context, const verify_batch *batch,
        uint32_t out[], numsys_events *events)
{
  numsys_events ignored = {0};

  (void) data;
  (void) events;
  right (question, context, batch, out, &ignored);
}

typedef struct mutant
{
  const char *what;
  answering *answer;
  const char *spec, *operation;
  numsys_rounding rounding;
  const char *first;     /* what the first wrong case is said to be */
} mutant;

static const mutant mutants[] = {
  { "a table entry off by one", table_entry_off, "lns:6,4", "add",
    NUMSYS_NEAREST,
    "add 0x01 (0x1.306fe0a31b715p-4), 0x06 (0x1.6a09e667f3bcdp-3): "
    "wanted 0x08 (0x1p-2), saw 0x09 (0x1.306fe0a31b715p-2), 1 step too high" },
  { "half up for half to even", half_up, "e3m2", "add", NUMSYS_NEAREST,
    "add 0x01 (0x1p-4), 0x08 (0x1p-1): wanted 0x08 (0x1p-1), saw 0x09" },
  { "half up for half to even", half_up, "int4", "divide", NUMSYS_NEAREST,
    "divide 0x1 (0x1p+0), 0x2 (0x1p+1): wanted 0x0 (0x0p+0), saw 0x1" },
  { "zero as 1", zero_is_one, "e3m2", "subtract", NUMSYS_NEAREST,
    "subtract 0x00 (0x0p+0), 0x00 (0x0p+0): wanted 0x00 (0x0p+0), saw 0x0c" },
  { "zero as 1", zero_is_one, "lns:6,4", "multiply", NUMSYS_NEAREST,
    "multiply 0x00 (0x0p+0), 0x00 (0x0p+0): wanted 0x00 (0x0p+0), saw 0x10" },
  { "an exponent that wraps below 1", wraps_below_one, "e3m2", "multiply",
    NUMSYS_NEAREST,
    "multiply 0x01 (0x1p-4), 0x09 (0x1.4p-1): wanted 0x01 (0x1p-4), "
    "saw 0x11" },
  { "an accumulator never cleared", never_cleared, "e3m2", "dot",
    NUMSYS_NEAREST, "dot 0x" },
  { "double rounding in a directed mode", rounded_twice, "e3m2", "add",
    NUMSYS_UP,
    "add 0x01 (0x1p-4), 0x10 (0x1p+1): wanted 0x11 (0x1.4p+1), saw 0x10" },
  { "events not counted", silent, "e3m2", "multiply", NUMSYS_NEAREST,
    "multiply 0x01 (0x1p-4), 0x01 (0x1p-4): the code is right, the events " },
};

/* Judges an answer; the text of the first wrong case is the caller's. */
static uint64_t
judge (const mutant *m, answering *answer, unsigned jobs, char **first,
       verify_tally *tally)
{
  const verify_subject subject = { "a mutant", NULL, 1, answer };
  numsys_error error;
  numsys *system = numsys_new (m->spec, &error);
  verify_question question;
  verify_plan plan;

  if (system == NULL
      || verify_question_of ((unsigned) verify_operation_find (m->operation),
                             system, NULL, "", 4, &question, &error) != 0)
    bail_out ("%s", error.text);
  verify_plan_init (&plan, &question, 0, 1, 3000, 32);
  *tally = (verify_tally) { .rounding = m->rounding };
  verify_conduct (&plan, &subject, jobs, 1, tally, NULL);
  *first = tally->shown > 0
           ? verify_explain (&question, &tally->first[0], 0) : NULL;
  verify_plan_clear (&plan);
  numsys_free (system);
  return tally->wrong;
}

static void
test_mutant (const mutant *m)
{
  verify_tally tally, again;
  char *first, *same;

  judge (m, verify_library.answer, 1, &first, &tally);
  is_int (0, (int64_t) tally.wrong, "%s, %s: the library is right", m->spec,
          m->operation);
  free (first);
  judge (m, m->answer, 1, &first, &tally);
  ok (tally.wrong > 0, "%s, %s: %s, caught", m->spec, m->operation, m->what);
  if (first == NULL || !ok (strncmp (first, m->first, strlen (m->first)) == 0,
                            "...and its first wrong case named"))
    diag ("wanted: %s; seen: %s", m->first, first != NULL ? first : "none");
  judge (m, m->answer, 3, &same, &again);
  ok (memcmp (&tally, &again, sizeof tally) == 0,
      "...alike by three threads");
  free (same);
  free (first);
}

int
main (void)
{
  plan (4 * LENGTH (mutants));
  for (size_t i = 0; i < LENGTH (mutants); i++)
    test_mutant (&mutants[i]);
  return 0;
}
