/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families' own operations against the default that they stand for: codes
   and events, under every rounding, on corners in all pairs and on random
   operands.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/arithmetic.h"
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* Corners of a system, and random operands: n in all. */
#define CORNERS 40
#define SHOWN 3

static const char *const others[] = {
  "float:3,4,subnormals=no", "float:2,0,specials=none",
  "float:4,3,specials=nan,overflow=infinity", "float:5,2,overflow=saturate",
  "float:3,1,subnormals=no,specials=nan,overflow=infinity", "float:11,20",
  "float:1,30", "float:8,23,bias=-3000", "float:5,10,bias=16000",
  "float:1,6,specials=none", "float:6,0,specials=none,subnormals=no",
  "fixed:5,2,signed=no", "fixed:9,20", "fixed:32,0", "fixed:8,-64",
  "fixed:32,64", "fixed:32,31,signed=no", "fixed:32,16,overflow=wrap",
  "fixed:16,3,signed=no,overflow=wrap", "fixed:7,64,overflow=wrap",
  "fixed:12,-64,overflow=wrap", "fixed:32,64,overflow=wrap",
  "fixed:32,-64,signed=no,overflow=wrap", "fixed:32,-64,signed=no",
  "fixed:32,64,signed=no", "fixed:2,1",
  "lns:3,1", "lns:5,1", "lns:12,64", "lns:9,3",
  "lns:8,3,zero=flag,underflow=clamp", "lns:8,16,zero=flag,underflow=flush",
  "lns:9,5,zero=none,bias=0", "lns:10,1,underflow=clamp", "lns:32,1",
  "lns:31,100,zero=flag", "lns:16,8388608,bias=20000", "lns:32,8388608",
  "lns:24,65536,underflow=clamp", "lns:20,5000,zero=none",
  "lns:32,7654321,bias=-1099511627776", "lns:16,256", "lns:16,128",
  "lns:18,4096", "lns:18,4097",
};

typedef struct operands
{
  const numsys *system;
  size_t n;
  void *in[3];
  void *seen, *wanted;
  numsys_context context;
  uint64_t wrong;
} operands;

/* Zero, the ends of the range and what lies around the middle, both signs;
   then anything. */
static uint32_t
corner (const numsys *system, size_t i)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const int negative = i % 2 != 0;
  const uint64_t top = ladder->top (state, negative);
  const uint64_t middle = top / 2;
  const uint64_t rungs[] = { 0, 1, 2, 3, middle, middle + 1, middle + 2,
                             middle + middle / 2, top, top - 1, top - 2,
                             middle / 2, top / 3, top / 5 };
  const uint32_t ones = UINT32_MAX >> (32 - numsys_code_bits (system));

  i /= 2;
  if (i < LENGTH (rungs) && rungs[i] <= top)
    return ladder->code (state, (numsys_place) { NUMSYS_FINITE, negative,
                                                 rungs[i] });
  if (i < LENGTH (rungs) + 2)
    return ladder->code (state, (numsys_place) {
      i % 2 == 0 ? NUMSYS_NAN : NUMSYS_INFINITE, negative, 0 });
  return negative ? ones : ones >> 1;
}

/* Half of the random operands lie near each other. */
static void
fill (operands *o)
{
  const unsigned bits = numsys_code_bits (o->system);
  const numsys_random random = numsys_random_of (7, 0, 0, 0);
  uint32_t *codes = malloc (3 * o->n * sizeof *codes);

  if (codes == NULL)
    bail_out ("out of memory");
  for (size_t i = 0; i < o->n; i++)
    {
      uint32_t word[4], *to = &codes[i];

      numsys_random_words (&random, 4 * i, 4, word);
      for (int k = 0; k < 3; k++)
        to[k * o->n] = word[k] >> (32 - bits);
      if (i < CORNERS * CORNERS)
        {
          to[0] = corner (o->system, i / CORNERS);
          to[o->n] = corner (o->system, i % CORNERS);
          to[2 * o->n] = corner (o->system, word[3] % CORNERS);
        }
      else if (i % 2 != 0)
        to[o->n] = to[0] ^ (word[1] >> (32 - bits) >> (word[3] % bits))
                   ^ (word[3] >> 5 & 1) << (bits - 1);
    }
  for (int k = 0; k < 3; k++)
    numsys_from_codes (o->system, o->n, codes + k * o->n, o->in[k]);
  free (codes);
}

static void
begin (operands *o, const numsys *system, size_t n)
{
  *o = (operands) { .system = system, .n = n };
  for (int k = 0; k < 3; k++)
    o->in[k] = numsys_elements_new (system, n);
  o->seen = numsys_elements_new (system, n);
  o->wanted = numsys_elements_new (system, n);
  if (o->in[2] == NULL || o->seen == NULL || o->wanted == NULL)
    bail_out ("out of memory");
  fill (o);
}

static void
end (operands *o)
{
  for (int k = 0; k < 3; k++)
    numsys_elements_free (o->system, o->n, o->in[k]);
  numsys_elements_free (o->system, o->n, o->seen);
  numsys_elements_free (o->system, o->n, o->wanted);
}

static void
show (const operands *o, const char *what, size_t i)
{
  const size_t size = numsys_element_size (o->system);

  diag ("%s, %s, %s, case %zu: %#x %#x %#x gives %#x, not %#x",
        numsys_spec (o->system), what,
        numsys_rounding_name (o->context.rounding), i,
        (unsigned) numsys_code_load (o->in[0], size, i),
        (unsigned) numsys_code_load (o->in[1], size, i),
        (unsigned) numsys_code_load (o->in[2], size, i),
        (unsigned) numsys_code_load (o->seen, size, i),
        (unsigned) numsys_code_load (o->wanted, size, i));
}

static void
compare (operands *o, const char *what, size_t n, const numsys_events *wanted,
         const numsys_events *seen)
{
  const size_t size = numsys_element_size (o->system);

  if (memcmp (o->seen, o->wanted, n * size) != 0)
    for (size_t i = 0; i < n; i++)
      if (numsys_code_load (o->seen, size, i)
            != numsys_code_load (o->wanted, size, i)
          && o->wrong++ < SHOWN)
        show (o, what, i);
  if (memcmp (wanted, seen, sizeof *seen) != 0 && o->wrong++ < SHOWN)
    diag ("%s, %s, %s: events differ", numsys_spec (o->system), what,
          numsys_rounding_name (o->context.rounding));
}

static void
operate (operands *o, numsys_operation operation)
{
  const numsys_target target
    = numsys_target_of (numsys_type_of (o->system)->ladder,
                        numsys_state (o->system));
  const unsigned arity = numsys_operation_arity (operation);
  const void *b = arity > 1 ? o->in[1] : NULL;
  const void *c = arity > 2 ? o->in[2] : NULL;
  numsys_events seen = { 0 };
  numsys_events wanted = { 0 };

  numsys_apply (o->system, operation, &o->context, o->n, o->in[0], b, c,
                o->seen, &seen);
  numsys_default_apply (&target, operation, &o->context, o->n, o->in[0], b, c,
                        o->wanted, &wanted);
  compare (o, numsys_operation_name (operation), o->n, &wanted, &seen);
}

/* Sums and dot products of slices: of 0 elements, 1, 2 and so on. */
static void
sum_up (operands *o, int is_dot)
{
  const numsys_target target
    = numsys_target_of (numsys_type_of (o->system)->ladder,
                        numsys_state (o->system));
  numsys_events seen = { 0 };
  numsys_events wanted = { 0 };
  size_t results = 0;

  for (size_t first = 0; first + results % 40 < o->n; results++)
    {
      const size_t n = results == 60 ? o->n - first : results % 40;
      const void *a = numsys_element (o->system, o->in[0], first);
      const void *b = is_dot ? numsys_element (o->system, o->in[1], first)
                             : NULL;

      numsys_dot (o->system, &o->context, n, a, b,
                  numsys_element (o->system, o->seen, results), &seen);
      numsys_default_dot (&target, &o->context, n, a, b,
                          numsys_element (o->system, o->wanted, results),
                          &wanted);
      first += n;
      o->context.first++;
    }
  compare (o, is_dot ? "dot" : "sum", results, &wanted, &seen);
}

static uint64_t
hold (const char *spec, size_t n)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);
  operands o;

  if (system == NULL)
    bail_out ("%s", error.text);
  begin (&o, system, n);
  for (int rounding = 0; rounding < NUMSYS_ROUNDINGS; rounding++)
    for (int operation = 0; operation < NUMSYS_OPERATIONS + 2; operation++)
      {
        o.context = numsys_context_of ((numsys_rounding) rounding);
        o.context.random_bits = operation % 2 == 0 ? 32 : 5;
        o.context.random = numsys_random_of (3, 0, 0, 0);
        if (operation < NUMSYS_OPERATIONS)
          operate (&o, (numsys_operation) operation);
        else
          sum_up (&o, operation % 2);
      }
  is_int (0, (int64_t) o.wrong, "%s: %zu operands of each operation give what"
          " the default gives", spec, n);
  end (&o);
  numsys_free (system);
  return o.wrong;
}

int
main (void)
{
  const size_t n = getenv ("NUMSYS_CHECK_LONG") != NULL ? 100000 : 2000;
  size_t count = LENGTH (others);

  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    count++;
  plan ((unsigned) count);
  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    hold (alias->name, n);
  for (size_t i = 0; i < LENGTH (others); i++)
    hold (others[i], n);
  return 0;
}
