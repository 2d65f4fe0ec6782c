/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families' own conversions against the default that they stand for: codes
   and events, under every rounding, with draws of many bits and of few, of whole
   arrays and in pieces; of corners, of random codes and of what lies next to
   thresholds.  (Whether the
   default is right, the oracle says in oracle-convert-t.)  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/arithmetic.h"
#include "numsys/numsys.h"
#include "tests/numsys/thresholds.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

#define CORNERS 32
#define SHOWN 3

/* Elements a call, where it is not all of them. */
#define PIECE 7

/* Codes of a source, and of a long check. */
#define FEW 300
#define MANY 20000

static const char *const others[] = {
  "float:3,4,subnormals=no", "float:4,3,specials=nan,overflow=infinity",
  "float:5,2,overflow=saturate", "float:11,20", "float:1,30",
  "float:8,23,bias=-3000", "float:5,10,bias=16000",
  "float:6,0,specials=none,subnormals=no", "fixed:5,2,signed=no",
  "fixed:8,-64", "fixed:32,64", "fixed:32,31,signed=no", "fixed:2,1",
  "lns:3,1", "lns:8,3,zero=flag,underflow=clamp", "lns:9,5,zero=none,bias=0",
  "lns:10,1,underflow=clamp", "lns:31,100,zero=flag",
  "lns:16,8388608,bias=20000", "lns:32,8388608", "lns:20,5000,zero=none",
  "lns:8,16,zero=flag,underflow=flush", "lns:16,256", "lns:18,4097",
};

/* Numbers that wrap take the default long, where the source's reach far. */
static const char *const pairs[][2] = {
  { "fp32", "fixed:32,16,overflow=wrap" },
  { "fp32", "fixed:12,-64,overflow=wrap" },
  { "fp32", "fixed:7,64,overflow=wrap" },
  { "fp16", "fixed:2,0,overflow=wrap" },
  { "fixed:32,64", "fixed:16,3,signed=no,overflow=wrap" },
  { "fixed:32,-64", "fixed:32,64,overflow=wrap" },
  { "lns16", "fixed:12,4,overflow=wrap" },
  { "lns:12,7", "fixed:32,16,overflow=wrap" },
  { "lns:10,3", "fixed:2,1,overflow=wrap" },
  { "lns:12,6", "lns:12,4" },
  { "lns:12,4", "lns:9,6,zero=flag,underflow=clamp" },
  { "lns:9,5,zero=none", "lns:16,100" }, { "lns:10,10", "lns:8,1,zero=none" },
  { "lns:14,24", "lns:10,12,zero=flag,underflow=flush" },
  { "lns:32,8388608", "lns:32,7654321" }, { "lns:32,1", "lns:32,8388608" },
  { "lns:32,1,bias=1099511627776", "lns:32,8388608" },
  { "lns:32,1,bias=-1099511627776", "lns:9,8388608" },
  { "lns:32,3,bias=-1099511627776", "lns:32,8388607,bias=1099511627776" },
  { "lns:32,1,bias=1099511627776", "fp32" },
  { "lns:32,1,bias=-1099511627776", "fp16" },
  { "lns:32,7,bias=-1099511627776", "int16" },
};

/* A source's codes and what is made of them. */
typedef struct conversion
{
  const numsys *from, *to;
  size_t n;
  void *in, *seen, *wanted;
  uint32_t *codes;
  uint64_t wrong;
} conversion;

static uint32_t
ones (const numsys *system)
{
  return UINT32_MAX >> (32 - numsys_code_bits (system));
}

/* Zero, the ends of the range and what lies around the middle, both signs,
   and what is no number. */
static uint32_t
corner (const numsys *system, size_t i)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const int negative = i % 2 != 0;
  const uint64_t top = ladder->top (state, negative);
  const uint64_t rungs[] = { 0, 1, 2, 3, top / 2, top / 2 + 1, top / 4,
                             top / 2 + top / 4, top, top - 1, top - 2,
                             top / 3, top / 5 };
  numsys_place place = { NUMSYS_FINITE, negative, 0 };

  i /= 2;
  if (i < LENGTH (rungs) && rungs[i] <= top)
    place.rung = rungs[i];
  else if (i < LENGTH (rungs) + 2)
    place.class = i % 2 == 0 ? NUMSYS_NAN : NUMSYS_INFINITE;
  else
    return negative ? ones (system) : ones (system) >> 1;
  return ladder->code (state, place);
}

/* Corners; then by turns random codes and codes next to thresholds. */
static void
fill (conversion *c)
{
  const numsys_random random = numsys_random_of (7, 0, 0, 0);

  for (size_t i = 0; i < c->n; i++)
    {
      uint32_t word[3];

      numsys_random_words (&random, 3 * i, 3, word);
      if (i < CORNERS)
        c->codes[i] = corner (c->from, i);
      else if (i % 2 != 0)
        c->codes[i] = word[0] & ones (c->from);
      else
        c->codes[i] = (thresholds_code (c->from, c->to, word[0], word[1])
                       + word[2] % 5 - 2) & ones (c->from);
    }
  numsys_from_codes (c->from, c->n, c->codes, c->in);
}

static void
compare (conversion *c, const numsys_context *context,
         const numsys_events *wanted, const numsys_events *seen)
{
  const size_t size = numsys_element_size (c->to);

  if (memcmp (c->seen, c->wanted, c->n * size) != 0)
    for (size_t i = 0; i < c->n; i++)
      if (numsys_code_load (c->seen, size, i)
            != numsys_code_load (c->wanted, size, i)
          && c->wrong++ < SHOWN)
        diag ("%s to %s, %s, case %zu: %#x gives %#x, not %#x",
              numsys_spec (c->from), numsys_spec (c->to),
              numsys_rounding_name (context->rounding), i,
              (unsigned) c->codes[i],
              (unsigned) numsys_code_load (c->seen, size, i),
              (unsigned) numsys_code_load (c->wanted, size, i));
  if (memcmp (wanted, seen, sizeof *seen) != 0 && c->wrong++ < SHOWN)
    diag ("%s to %s, %s: events differ", numsys_spec (c->from),
          numsys_spec (c->to), numsys_rounding_name (context->rounding));
}

/* Few elements at a time, which go another way than many. */
static void
convert_in_pieces (const conversion *c, const numsys_context *context,
                   numsys_events *events)
{
  numsys_context piece = *context;

  for (size_t i = 0; i < c->n; i += PIECE)
    {
      piece.first = context->first + i;
      numsys_convert (c->from, c->to, &piece,
                      c->n - i < PIECE ? c->n - i : PIECE,
                      numsys_element (c->from, c->in, i),
                      numsys_element (c->to, c->seen, i), events);
    }
}

static void
hold_rounding (conversion *c, numsys_rounding rounding, unsigned random_bits)
{
  numsys_context context = numsys_context_of (rounding);
  numsys_events seen = { 0 };
  numsys_events pieces = { 0 };
  numsys_events wanted = { 0 };

  context.random_bits = random_bits;
  context.random = numsys_random_of (3, 0, 0, 0);
  context.first = 1000;
  numsys_convert (c->from, c->to, &context, c->n, c->in, c->seen, &seen);
  numsys_default_convert (c->from, c->to, &context, c->n, c->in, c->wanted,
                          &wanted);
  compare (c, &context, &wanted, &seen);
  convert_in_pieces (c, &context, &pieces);
  compare (c, &context, &wanted, &pieces);
}

/* Whether the target has a way of its own. */
static int
is_native (conversion *c)
{
  const numsys_context context = numsys_context_of (NUMSYS_STOCHASTIC);
  numsys_events events = { 0 };

  return numsys_type_of (c->to)->convert (
           numsys_state (c->to), numsys_type_of (c->from),
           numsys_state (c->from), &context, c->n, c->in, c->seen, &events)
         == 0;
}

/* Cases that differ. */
static uint64_t
hold (const numsys *from, const numsys *to, size_t n)
{
  conversion c = { .from = from, .to = to, .n = n };

  c.in = numsys_elements_new (from, n);
  c.seen = numsys_elements_new (to, n);
  c.wanted = numsys_elements_new (to, n);
  c.codes = calloc (n, sizeof *c.codes);
  if (c.in == NULL || c.seen == NULL || c.wanted == NULL || c.codes == NULL)
    bail_out ("out of memory");
  fill (&c);
  c.wrong += !is_native (&c);
  for (int rounding = 0; rounding < NUMSYS_ROUNDINGS; rounding++)
    hold_rounding (&c, (numsys_rounding) rounding, 32);
  hold_rounding (&c, NUMSYS_STOCHASTIC, 4);
  hold_rounding (&c, NUMSYS_STOCHASTIC_LOG, 1);
  numsys_elements_free (from, n, c.in);
  numsys_elements_free (to, n, c.seen);
  numsys_elements_free (to, n, c.wanted);
  free (c.codes);
  return c.wrong;
}

static numsys *
make (const char *spec)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);

  if (system == NULL)
    bail_out ("%s", error.text);
  return system;
}

static size_t
aliases (void)
{
  size_t n = 0;

  while (numsys_aliases[n].name != NULL)
    n++;
  return n;
}

/* The aliases, and then the others. */
static const char *
spec_of (size_t i)
{
  return i < aliases () ? numsys_aliases[i].name : others[i - aliases ()];
}

/* From one system to the aliases, and if it is one to the others too. */
static void
hold_all (size_t i, size_t n)
{
  const size_t targets = i < aliases () ? aliases () + LENGTH (others)
                                        : aliases ();
  numsys *from = make (spec_of (i));
  uint64_t wrong = 0;

  for (size_t j = 0; j < targets; j++)
    {
      numsys *to = make (spec_of (j));

      wrong += hold (from, to, n);
      numsys_free (to);
    }
  is_int (0, (int64_t) wrong, "%s: %zu elements to %zu systems give what the"
          " default gives", spec_of (i), n, targets);
  numsys_free (from);
}

int
main (void)
{
  const size_t n = getenv ("NUMSYS_CHECK_LONG") != NULL ? MANY : FEW;
  const size_t systems = aliases () + LENGTH (others);

  plan ((unsigned) (systems + LENGTH (pairs)));
  for (size_t i = 0; i < systems; i++)
    hold_all (i, n);
  for (size_t i = 0; i < LENGTH (pairs); i++)
    {
      numsys *from = make (pairs[i][0]);
      numsys *to = make (pairs[i][1]);

      is_int (0, (int64_t) hold (from, to, n), "%s to %s: as the default",
              pairs[i][0], pairs[i][1]);
      numsys_free (from);
      numsys_free (to);
    }
  return 0;
}
