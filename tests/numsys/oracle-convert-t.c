/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversions against the oracle, under every rounding: all codes between the
   aliases of at most 10 bits; the 16-bit aliases, all codes in a long check and
   a stride of them otherwise; and wider systems, by random codes and by those
   that lie next to the target's thresholds.  */

#include <config.h>
#include <inttypes.h>
#include <stdlib.h>
#include "numsys/random.h"
#include "tests/numsys/judging.h"
#include "tests/numsys/thresholds.h"
#include "tests/tap/tap.h"

#define LENGTH(a) (sizeof (a) / sizeof *(a))

/* Bits of a system all of whose codes are looked at. */
#define NARROW 10

/* Codes of a 16-bit source, of which all bits change from one to the next, and
   of wider ones; those of a long check. */
#define FEW 100
#define FEW_WIDE 60
#define MANY 65536
#define MANY_WIDE 20000

static const char *const sources[] = { "fp16", "bf16", "int16", "lns16" };

static const char *const targets[] = {
  "fp32", "bf16", "fp16", "e5m2", "e4m3", "e2m1", "int16", "int8",
  "fixed:32,16", "lns16", "lns8", "lns:32,8388608", "lns:8,1",
};

static const char *const wide[] = {
  "fp32", "tf32", "float:11,20", "float:1,30", "fixed:32,16",
  "fixed:32,31,signed=no", "lns:32,8388608", "lns:24,65536", "lns:19,100",
};

/* From, to: settings that the aliases lack. */
static const char *const pairs[][2] = {
  { "lns8", "lns:8,4" }, { "lns8", "lns:8,3" }, { "lns:9,16", "lns:8,8" },
  { "lns:8,8", "lns:10,7,zero=flag" }, { "int8", "lns:6,1,zero=none" },
  { "lns:12,100", "lns:12,36" }, { "int8", "fixed:4,0,overflow=wrap" },
  { "lns:8,8,zero=flag,underflow=clamp", "lns:6,2,underflow=flush,zero=flag" },
  { "e4m3", "lns:8,8,zero=none" }, { "e5m2", "lns:7,3,underflow=clamp" },
  { "e4m3", "lns:8,4,zero=flag,underflow=flush" },
  { "e5m2", "fixed:7,2,signed=no" }, { "e5m2", "fixed:5,2,overflow=wrap" },
  { "lns:8,5", "fixed:6,2,overflow=wrap" },
  { "lns:8,3,zero=flag", "float:4,3,specials=nan,overflow=infinity" },
  { "lns8", "float:3,4,subnormals=no" },
  { "e5m2", "float:4,3,specials=nan,overflow=infinity" },
  { "e5m2", "float:3,4,subnormals=no" }, { "int8", "float:3,2,bias=9" },
};

typedef struct conversion
{
  const numsys *from, *to;
  oracle_system oracle;   /* of from */
  size_t n;
  uint32_t *codes;
  void *elements;
} conversion;

static void
compute (const void *data, const numsys_context *context, void *out,
         numsys_events *events)
{
  const conversion *c = data;

  numsys_convert (c->from, c->to, context, c->n, c->elements, out, events);
}

static void
number (const void *data, size_t i, oracle_number *x)
{
  const conversion *c = data;

  oracle_value (&c->oracle, c->codes[i], x);
}

/* Codes at which a conversion may go wrong, by turns near to thresholds and
   random; or all, if there are no more than n. */
static void
fill (conversion *c, size_t n)
{
  const unsigned bits = numsys_code_bits (c->from);
  const uint64_t codes = UINT64_C (1) << bits;
  const numsys_random random = numsys_random_of (9, 0, 0, 0);

  c->n = n < codes ? n : (size_t) codes;
  c->codes = calloc (c->n, sizeof *c->codes);
  c->elements = numsys_elements_new (c->from, c->n);
  if (c->codes == NULL || c->elements == NULL)
    bail_out ("out of memory");
  for (size_t i = 0; i < c->n; i++)
    {
      uint32_t word[3];

      numsys_random_words (&random, 3 * i, 3, word);
      if (c->n == codes)
        c->codes[i] = (uint32_t) i;
      else if (i % 2 == 0)
        c->codes[i] = word[0] >> (32 - bits);
      else
        c->codes[i] = (thresholds_code (c->from, c->to, word[0], word[1])
                       + word[2] % 5 - 2) & (uint32_t) (codes - 1);
    }
  numsys_from_codes (c->from, c->n, c->codes, c->elements);
}

/* Of n codes at most; adds to what was judged, and returns what was wrong. */
static uint64_t
judge (const char *from_spec, const char *to_spec, size_t n, uint64_t *cases)
{
  numsys *from = judging_open (from_spec);
  numsys *to = judging_open (to_spec);
  conversion c = { .from = from, .to = to, .oracle = judging_system (from) };
  judgement j;

  fill (&c, n);
  judging_begin (&j, to, from_spec);
  judging_batch (&j, c.n, compute, number, &c);
  *cases += j.cases;
  numsys_elements_free (from, c.n, c.elements);
  free (c.codes);
  numsys_free (from);
  numsys_free (to);
  return j.wrong;
}

/* Aliases of few bits in all pairs. */
static void
judge_narrow (void)
{
  for (const numsys_alias *from = numsys_aliases; from->name != NULL; from++)
    {
      numsys *system = judging_open (from->name);
      const unsigned bits = numsys_code_bits (system);
      uint64_t wrong = 0;
      uint64_t cases = 0;

      numsys_free (system);
      for (const numsys_alias *to = numsys_aliases;
           bits <= NARROW && to->name != NULL; to++)
        {
          system = judging_open (to->name);
          if (numsys_code_bits (system) <= NARROW)
            wrong += judge (from->name, to->name, SIZE_MAX, &cases);
          numsys_free (system);
        }
      if (bits <= NARROW)
        is_int (0, (int64_t) wrong, "all codes of %s to all such aliases: %"
                PRIu64 " results", from->name, cases);
    }
}

static unsigned
count_narrow (void)
{
  unsigned n = 0;

  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    {
      numsys *system = judging_open (alias->name);

      n += numsys_code_bits (system) <= NARROW;
      numsys_free (system);
    }
  return n;
}

static void
judge_targets (const char *from, const char *const list[], size_t length,
               size_t n)
{
  uint64_t wrong = 0;
  uint64_t cases = 0;

  for (size_t i = 0; i < length; i++)
    wrong += judge (from, list[i], n, &cases);
  is_int (0, (int64_t) wrong, "%s to %zu systems: %" PRIu64 " results", from,
          length, cases);
}

static void
judge_pairs (void)
{
  uint64_t wrong = 0;
  uint64_t cases = 0;

  for (size_t i = 0; i < LENGTH (pairs); i++)
    wrong += judge (pairs[i][0], pairs[i][1], 1 << 12, &cases);
  is_int (0, (int64_t) wrong, "further settings in %zu pairs: %" PRIu64
          " results", LENGTH (pairs), cases);
}

int
main (void)
{
  const int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;

  plan (count_narrow () + LENGTH (sources) + 2 * LENGTH (wide) + 1);
  judge_narrow ();
  for (size_t i = 0; i < LENGTH (sources); i++)
    judge_targets (sources[i], targets, LENGTH (targets),
                   is_long ? MANY : FEW);
  for (size_t i = 0; i < LENGTH (wide); i++)
    {
      const size_t n = is_long ? MANY_WIDE : FEW_WIDE;

      judge_targets (wide[i], targets, LENGTH (targets), n);
      judge_targets (wide[i], wide, LENGTH (wide), n);
    }
  judge_pairs ();
  return 0;
}
