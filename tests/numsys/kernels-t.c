/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kernel set against the way of one number at a time, which short arrays
   take: same bits, same counts, on random bit patterns, on each value and
   threshold of a system and their neighbours, and on special numbers.  With
   NUMSYS_CHECK_LONG, on all floats, and on all mantissas for many gamma,
   against plain C.  */

#include <config.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/kernels/kernels.h"
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

enum { SETS = 3 };

/* Plain C, which defines the bits, first. */
static const char *const sets[SETS] = { "portable", "avx512", "avx2" };

/* Registers of 1, 2, 4 and 8 vectors, gathers; policies; scales at the ends of
   float32's range; formats with and without subnormals and specials. */
static const char *const specs[] = {
  "lns:8,8",
  "lns:8,8,zero=code,underflow=flush",
  "lns:8,8,zero=none",
  "lns:8,8,zero=flag,underflow=flush,bias=1008",
  "lns:8,8,bias=-896",
  "lns:8,10,bias=1260,underflow=flush",
  "lns:8,100,bias=12600",
  "lns:8,1",
  "lns:5,3",
  "lns:8,11,zero=code,underflow=clamp",
  "lns:8,16",
  "lns:8,32,underflow=flush",
  "lns:8,64",
  "lns:8,100",
  "lns:12,300",
  "lns:8,128,zero=code",
  "lns:12,200,zero=code,underflow=flush",
  "lns:14,256",
  "lns:16,256,zero=none",
  "lns:16,2048",
  "lns:8,8,round=nearest-away",
  "e4m3", "e5m2", "e3m2", "e2m1", "bf16", "fp16", "tf32",
  "e5m2:overflow=saturate",
  "float:4,3,specials=nan,overflow=infinity",
  "float:5,2,subnormals=no",
  "float:3,4,bias=-100,subnormals=no",
  "float:3,4,bias=120",
  "float:4,3,bias=140",
  "float:8,7,bias=143",
  "float:1,5,specials=none",
  "int8", "int4", "fixed:8,7", "fixed:8,7,no", "fixed:24,0", "fixed:2,1",
  "fixed:8,60", "fixed:16,-64",
};

/* Roundings, each tried on each of these. */
static const char *const roundings[] = {
  "nearest-away", "up", "down", "zero", "odd", "stochastic",
  "stochastic,random-bits=3", "stochastic,random-bits=16", "nearest-linear",
  "stochastic-log", "stochastic-log,random-bits=5",
};
static const char *const rounded[] = {
  "lns:8,8", "lns:8,1,bias=60", "lns:5,3,zero=none", "lns:8,8,zero=code",
  "lns:8,11", "lns:8,16,bias=1008", "lns:8,32,underflow=flush", "lns:8,64",
  "lns:8,100", "lns:16,2048", "lns:18,60000",
  "lns:8,8,zero=code,underflow=clamp",
  "lns:12,64,zero=code", "lns:4,2,zero=none", "lns:14,127,underflow=flush",
  "lns:11,7,bias=750",
  "e4m3", "e5m2", "e5m2:overflow=saturate", "e3m2", "e2m1", "fp16", "bf16",
  "tf32", "float:4,3,specials=nan,overflow=infinity", "float:4,3,bias=140",
  "float:8,7,bias=143", "float:5,2,subnormals=no",
  "int8", "int4", "fixed:8,7,no", "fixed:8,7,overflow=wrap", "fixed:16,8",
  "fixed:16,8,no", "fixed:24,0",
  "fixed:8,60", "fixed:16,-64",
};

enum { spec_count = sizeof specs / sizeof specs[0],
       rounding_count = sizeof roundings / sizeof roundings[0],
       rounded_count = sizeof rounded / sizeof rounded[0],
       RANDOM = 40000, FEW_RANDOM = 3000, LENGTH = 1 << 20 };

/* The inputs of a test. */
typedef struct inputs
{
  size_t n;
  float x[LENGTH];
} inputs;

static uint32_t
bits_of (float x)
{
  uint32_t bits;

  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static float
float_of (uint32_t bits)
{
  float x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* x, its neighbours, and their negatives. */
static void
push (inputs *list, float x)
{
  uint32_t bits = bits_of (x) & 0x7fffffff;

  for (int step = -1; step <= 1; step++)
    if (list->n + 2 <= LENGTH && bits + (uint32_t) step <= 0x7fffffff)
      {
        list->x[list->n++] = float_of (bits + (uint32_t) step);
        list->x[list->n++] = -float_of (bits + (uint32_t) step);
      }
}

static void
push_random (inputs *list, size_t n)
{
  numsys_random random = numsys_random_of (5, 1, 0, 0);
  static uint32_t bits[RANDOM];

  numsys_random_words (&random, 0, n, bits);
  for (size_t i = 0; i < n; i++)
    list->x[list->n++] = float_of (bits[i]);
}

/* Numbers as tensors have them, from far under the largest value up to it: all
   within range, then with one in a hundred beyond it or not finite, then with as
   many zeros as a rectifier gives.  */
static void
push_ordinary (inputs *list, float largest)
{
  enum { PART = 2000 };
  static uint32_t bits[3 * PART];
  const numsys_random random = numsys_random_of (6, 1, 0, 0);

  numsys_random_words (&random, 0, 3 * PART, bits);
  for (size_t i = 0; i < 3 * PART; i++)
    {
      const int exponent = (int) (bits[i] >> 27) - 31;
      float x = ldexpf (largest / 0x1p24f * (float) (bits[i] & 0xffffff),
                        exponent);

      if (i / PART == 1 && i % 97 == 0)
        x = i % 2 == 0 ? NAN : largest;
      if (i / PART == 1 && i % 101 == 0)
        x = i % 2 == 0 ? INFINITY : 2 * largest;
      if (i / PART == 2 && (bits[i] >> 26 & 1))
        x = 0;
      list->x[list->n++] = (bits[i] >> 25 & 1) ? -x : x;
    }
}

static const numsys_random words = { { 5, 2 }, { 0, 0 } };

/* As element number `at' of an array. */
static float
quantize_one (const numsys_quantizer *quantizer, float x, size_t at,
              numsys_events *events)
{
  float y;

  numsys_quantize_at (quantizer, (numsys_scale) { 0, 0 }, 1, &x, &words, at,
                      &y, events);
  return y;
}

/* Values, and by bisection the thresholds between neighbouring values. */
static void
push_system (const numsys_quantizer *quantizer, inputs *list)
{
  unsigned width = numsys_code_bits (numsys_quantizer_system (quantizer));
  uint32_t step = width > 10 ? UINT32_C (1) << (width - 10) : 1;
  uint32_t last = 0;

  for (uint32_t code = 0; code < UINT32_C (1) << width; code += step)
    {
      float value;
      uint32_t low = last, high;

      numsys_quantize_from_codes (quantizer, (numsys_scale) { 0, 0 }, 1,
                                  &code, &value);
      push (list, value);
      high = bits_of (value) & 0x7fffffff;
      if (high <= low || high > 0x7f800000)
        continue;
      last = high;
      while (high - low > 1)
        {
          uint32_t middle = low + (high - low) / 2;

          if (quantize_one (quantizer, float_of (middle), 0, NULL) < value)
            low = middle;
          else
            high = middle;
        }
      push (list, float_of (high));
    }
}

static void
push_special (inputs *list)
{
  const float special[] = { 0, INFINITY, NAN, 0x1p-149f, 0x1p-126f,
                            0x1.fffffep+127f, 1, 0x1p23f, 0x1p24f };

  for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
    push (list, special[i]);
  list->x[list->n++] = -NAN;
}

static size_t
count_wrong (const numsys_quantizer *quantizer, const inputs *list)
{
  static float seen[LENGTH];
  numsys_events one = { 0 }, all = { 0 };
  size_t wrong = 0;

  numsys_quantize_at (quantizer, (numsys_scale) { 0, 0 }, list->n, list->x,
                      &words, 0, seen, &all);
  for (size_t i = 0; i < list->n; i++)
    {
      float wanted = quantize_one (quantizer, list->x[i], i, &one);

      if (bits_of (wanted) != bits_of (seen[i]) && wrong++ < 3)
        diag ("%a: wanted %a, seen %a", list->x[i], wanted, seen[i]);
    }
  if (memcmp (&one, &all, sizeof one) != 0)
    {
      diag ("events wanted, seen: overflow %d %d, saturated %d %d, flushed "
            "%d %d, raised %d %d, nan %d %d", (int) one.overflow,
            (int) all.overflow, (int) one.saturated, (int) all.saturated,
            (int) one.flushed, (int) all.flushed, (int) one.raised,
            (int) all.raised, (int) one.nan, (int) all.nan);
      wrong++;
    }
  return wrong;
}

/* The same of codes. */
static size_t
count_wrong_codes (const numsys_quantizer *quantizer, const inputs *list)
{
  static uint32_t seen[LENGTH];
  numsys_events one = { 0 }, all = { 0 };
  size_t wrong = 0;

  numsys_quantize_to_codes (quantizer, (numsys_scale) { 0, 0 }, list->n,
                            list->x, &words, 0, seen, &all);
  for (size_t i = 0; i < list->n; i++)
    {
      uint32_t wanted;

      numsys_quantize_to_codes (quantizer, (numsys_scale) { 0, 0 }, 1,
                                &list->x[i], &words, i, &wanted, &one);
      if (wanted != seen[i] && wrong++ < 3)
        diag ("%a: wanted code %x, seen %x", list->x[i], (unsigned) wanted,
              (unsigned) seen[i]);
    }
  return wrong + (memcmp (&one, &all, sizeof one) != 0);
}

/* Elements, which are codes in fewer bytes, against codes. */
static size_t
count_wrong_elements (const numsys_quantizer *quantizer, const inputs *list)
{
  static uint32_t codes[LENGTH], seen[LENGTH];
  static unsigned char elements[4 * LENGTH + 1];
  const numsys *system = numsys_quantizer_system (quantizer);
  const size_t end = list->n * numsys_element_size (system);
  numsys_events wanted = { 0 }, all = { 0 };
  size_t wrong = 0;

  numsys_quantize_to_codes (quantizer, (numsys_scale) { 0, 0 }, list->n,
                            list->x, &words, 0, codes, &wanted);
  elements[end] = 0xa5;
  numsys_quantize_to_elements (quantizer, (numsys_scale) { 0, 0 }, list->n,
                               list->x, &words, 0, elements, &all);
  numsys_to_codes (system, list->n, elements, seen);
  for (size_t i = 0; i < list->n; i++)
    if (codes[i] != seen[i] && wrong++ < 3)
      diag ("%a: wanted element %x, seen %x", list->x[i], (unsigned) codes[i],
            (unsigned) seen[i]);
  return wrong + (elements[end] != 0xa5)
         + (memcmp (&wanted, &all, sizeof all) != 0);
}

/* Values of many codes, and of the same as elements, against those of each. */
static size_t
count_wrong_values (const numsys_quantizer *quantizer)
{
  enum { MANY = 20000 };
  static uint32_t codes[MANY];
  static unsigned char elements[4 * MANY];
  static float seen[MANY], narrow[MANY];
  const numsys *system = numsys_quantizer_system (quantizer);
  size_t wrong = 0;

  /* Bits above a code's mean nothing. */
  numsys_random_words (&words, 0, MANY, codes);
  numsys_quantize_from_codes (quantizer, (numsys_scale) { 0, 0 }, MANY, codes,
                              seen);
  numsys_from_codes (system, MANY, codes, elements);
  numsys_quantize_from_elements (quantizer, (numsys_scale) { 0, 0 }, MANY,
                                 elements, narrow);
  for (size_t i = 0; i < MANY; i++)
    {
      float wanted;

      numsys_quantize_from_codes (quantizer, (numsys_scale) { 0, 0 }, 1,
                                  &codes[i], &wanted);
      wrong += bits_of (wanted) != bits_of (seen[i])
               || bits_of (wanted) != bits_of (narrow[i]);
    }
  return wrong;
}

static numsys_quantizer *
open_quantizer (const char *spec)
{
  char text[200];
  numsys_error error;
  numsys_quantizer *quantizer;

  strcpy (text, spec);
  strcat (text, strchr (spec, ':') == NULL ? ":scale=none" : ",scale=none");
  quantizer = numsys_quantizer_new (text, &error);
  if (quantizer == NULL)
    bail_out ("%s: %s", text, error.text);
  return quantizer;
}

static void
check_spec (const char *set, const char *spec)
{
  static inputs list;
  numsys_quantizer *quantizer = open_quantizer (spec);

  list.n = 0;
  push_special (&list);
  push_system (quantizer, &list);
  push_random (&list, RANDOM);
  is_int (0, (int64_t) (count_wrong (quantizer, &list)
                        + count_wrong_codes (quantizer, &list)),
          "%s: %s, %zu numbers", set, spec, list.n);
  numsys_quantizer_free (quantizer);
}

static numsys_quantizer *
open_rounding (const char *spec, const char *rounding)
{
  char text[200];

  snprintf (text, sizeof text, "%s%cround=%s", spec,
            strchr (spec, ':') == NULL ? ':' : ',', rounding);
  return open_quantizer (text);
}

/* Middles of values and of logarithms; other thresholds are values. */
static void
push_thresholds (const char *spec, inputs *list)
{
  static const char *const nearest[] = { "nearest", "nearest-linear" };

  for (size_t i = 0; i < sizeof nearest / sizeof nearest[0]; i++)
    {
      numsys_quantizer *quantizer = open_rounding (spec, nearest[i]);

      push_system (quantizer, list);
      numsys_quantizer_free (quantizer);
    }
}

/* The largest value, by what becomes of infinity's finite neighbour rounded
   towards zero. */
static float
largest_of (const char *spec)
{
  numsys_quantizer *quantizer = open_rounding (spec, "zero");
  const float largest
    = quantize_one (quantizer, 0x1.fffffep+127f, 0, NULL);

  numsys_quantizer_free (quantizer);
  return largest;
}

/* All roundings of one system, to floats and to codes. */
static void
check_roundings (const char *set, const char *spec)
{
  static inputs list;
  numsys_quantizer *quantizer = open_quantizer (spec);
  size_t wrong = 0;

  list.n = 0;
  push_special (&list);
  push_thresholds (spec, &list);
  push_ordinary (&list, largest_of (spec));
  push_random (&list, FEW_RANDOM);
  /* Codes to nearest, once. */
  wrong = count_wrong_codes (quantizer, &list)
          + count_wrong_elements (quantizer, &list)
          + count_wrong_values (quantizer);
  numsys_quantizer_free (quantizer);
  for (size_t i = 0; i < rounding_count; i++)
    {
      size_t bad;

      quantizer = open_rounding (spec, roundings[i]);
      bad = count_wrong (quantizer, &list)
            + count_wrong_codes (quantizer, &list)
            + count_wrong_elements (quantizer, &list);
      if (bad > 0)
        diag ("%s, %s", spec, roundings[i]);
      wrong += bad;
      numsys_quantizer_free (quantizer);
    }
  is_int (0, (int64_t) wrong, "%s: %s, all roundings and codes, %zu numbers",
          set, spec, list.n);
}

/* Each length up to a few vectors, the largest at every place. */
static void
check_largest (const char *set)
{
  float x[80];
  size_t wrong = 0;

  for (size_t n = 0; n <= 80; n++)
    for (size_t at = 0; at < n; at++)
      {
        for (size_t i = 0; i < n; i++)
          x[i] = i % 3 == 0 ? NAN : i % 3 == 1 ? -INFINITY : 0.5f;
        x[at] = at % 2 == 0 ? -2.0f : 2.0f;
        wrong += numsys_largest (n, x) != 2;
      }
  ok (wrong == 0 && numsys_largest (0, x) == 0,
      "%s: largest magnitude, NaN and infinity left out", set);
}

/* An array that caches have no place for, at a place that is no vector's,
   against the same in pieces. */
static void
check_large (const char *set, const char *spec)
{
  enum { LARGE = (1 << 23) + 77 };
  numsys_quantizer *quantizer = open_quantizer (spec);
  const numsys_scale scale = { 0, 0 };
  float *x = malloc (LARGE * sizeof *x);
  float *wanted = malloc (LARGE * sizeof *wanted);
  float *seen = malloc ((LARGE + 3) * sizeof *seen);
  numsys_events pieces = { 0 }, whole = { 0 };

  if (x == NULL || wanted == NULL || seen == NULL)
    bail_out ("no memory");
  numsys_random_words (&words, 0, LARGE, (uint32_t *) x);
  for (size_t i = 0; i < LARGE; i += LENGTH)
    numsys_quantize_at (quantizer, scale,
                        LARGE - i < LENGTH ? LARGE - i : LENGTH, x + i, NULL,
                        0, wanted + i, &pieces);
  numsys_quantize_at (quantizer, scale, LARGE, x, NULL, 0, seen + 3, &whole);
  ok (memcmp (wanted, seen + 3, LARGE * sizeof *wanted) == 0
      && memcmp (&pieces, &whole, sizeof whole) == 0,
      "%s: %s, an array beyond caches", set, spec);
  free (x);
  free (wanted);
  free (seen);
  numsys_quantizer_free (quantizer);
}

/* Pieces of long checks, which caches hold. */
#define PIECE 8192

/* One quantizer by plain C, and by each set that this processor has. */
typedef struct quantizers
{
  numsys_quantizer *by[SETS];   /* NULL: it has not */
  size_t wrong[SETS];
  numsys_events events[SETS];
} quantizers;

static int
has_set (size_t set)
{
  numsys_kernels_use (sets[set]);
  return strcmp (numsys_isa (), sets[set]) == 0;
}

static void
open_all (quantizers *q, const char *spec)
{
  for (size_t set = 0; set < SETS; set++)
    {
      q->by[set] = has_set (set) ? open_quantizer (spec) : NULL;
      q->events[set] = (numsys_events) { 0 };
    }
}

static void
free_all (quantizers *q)
{
  for (size_t set = 0; set < SETS; set++)
    numsys_quantizer_free (q->by[set]);
}

/* The floats from these bits on, to floats and to elements. */
static void
compare_piece (quantizers *q, uint32_t bits)
{
  static float x[PIECE], wanted[PIECE], seen[PIECE];
  static uint32_t codes[PIECE], elements[PIECE];

  for (uint32_t i = 0; i < PIECE; i++)
    x[i] = float_of (bits + i);
  numsys_quantize_at (q->by[0], (numsys_scale) { 0, 0 }, PIECE, x, &words,
                      bits, wanted, &q->events[0]);
  numsys_quantize_to_elements (q->by[0], (numsys_scale) { 0, 0 }, PIECE, x,
                               &words, bits, codes, &q->events[0]);
  for (size_t set = 1; set < SETS; set++)
    if (q->by[set] != NULL)
      {
        numsys_quantize_at (q->by[set], (numsys_scale) { 0, 0 }, PIECE, x,
                            &words, bits, seen, &q->events[set]);
        q->wrong[set] += memcmp (wanted, seen, sizeof wanted) != 0;
        numsys_quantize_to_elements (q->by[set], (numsys_scale) { 0, 0 },
                                     PIECE, x, &words, bits, elements,
                                     &q->events[set]);
        q->wrong[set]
          += memcmp (codes, elements,
                     PIECE * numsys_element_size (
                               numsys_quantizer_system (q->by[set])))
             != 0;
      }
}

static void
compare_events (quantizers *q)
{
  for (size_t set = 1; set < SETS; set++)
    if (q->by[set] != NULL)
      q->wrong[set]
        += memcmp (&q->events[0], &q->events[set], sizeof q->events[0]) != 0;
}

static void
report_all (const quantizers *q, const char *what)
{
  for (size_t set = 1; set < SETS; set++)
    if (has_set (set))
      is_int (0, (int64_t) q->wrong[set], "%s: %s", sets[set], what);
    else
      skip ("this processor lacks the instruction set");
}

/* All floats against plain C. */
static void
check_all_floats (const char *spec)
{
  quantizers q = { .wrong = { 0 } };
  char what[100];

  open_all (&q, spec);
  for (uint64_t bits = 0; bits <= UINT32_MAX; bits += PIECE)
    compare_piece (&q, (uint32_t) bits);
  compare_events (&q);
  snprintf (what, sizeof what, "%s, all floats", spec);
  report_all (&q, what);
  free_all (&q);
}

/* All mantissas of an octave against plain C, for one gamma. */
static void
compare_mantissas (quantizers *q, int gamma, const char *rounding)
{
  int bits = 3;
  char text[100];

  while (1 << (bits - 3) < gamma)
    bits++;
  snprintf (text, sizeof text, "lns:%d,%d,bias=%d,round=%s", bits, gamma,
            gamma, rounding);
  open_all (q, text);
  for (uint32_t first = 0; first < UINT32_C (1) << 23; first += PIECE)
    compare_piece (q, UINT32_C (0x3f800000) + first);
  compare_events (q);
  free_all (q);
}

static void
check_mantissas (const char *rounding)
{
  quantizers q = { .wrong = { 0 } };
  char what[100];

  for (int gamma = 1; gamma <= 256; gamma++)
    compare_mantissas (&q, gamma, rounding);
  for (int gamma = 512; gamma <= 16384; gamma *= 2)
    compare_mantissas (&q, gamma, rounding);
  snprintf (what, sizeof what, "all mantissas, gamma 1 to 256 and powers of "
            "two to 16384, round=%s", rounding);
  report_all (&q, what);
}

static const char *const all[] = {
  "lns:8,8", "lns:8,32", "lns:16,2048", "e4m3", "bf16", "int8",
  "lns:8,8,round=stochastic", "e4m3:round=stochastic", "int8:round=odd",
};

static void
check_long (void)
{
  check_mantissas ("nearest");
  check_mantissas ("zero");
  check_mantissas ("up");
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    check_all_floats (all[i]);
}

static void
check_set (const char *set)
{
  static const char *const large[] = {
    "lns:8,8", "lns:8,32,underflow=flush", "e4m3", "float:8,7,bias=143",
    "int8",
  };
  int has;

  numsys_kernels_use (set);
  has = strcmp (numsys_isa (), set) == 0;
  for (size_t i = 0; i < spec_count; i++)
    if (has)
      check_spec (set, specs[i]);
    else
      skip ("this processor lacks the instruction set");
  for (size_t i = 0; i < rounded_count; i++)
    if (has)
      check_roundings (set, rounded[i]);
    else
      skip ("this processor lacks the instruction set");
  if (has)
    check_largest (set);
  else
    skip ("this processor lacks the instruction set");
  /* Plain C is what the others are held to. */
  has = has && strcmp (set, "portable") != 0;
  for (size_t i = 0; i < sizeof large / sizeof large[0]; i++)
    if (has)
      check_large (set, large[i]);
    else
      skip ("nothing to compare");
}

int
main (void)
{
  int is_long = getenv ("NUMSYS_CHECK_LONG") != NULL;

  plan (SETS * (spec_count + rounded_count + 1 + 5)
        + (is_long ? (SETS - 1) * (3 + sizeof all / sizeof all[0]) : 0));
  for (size_t i = 0; i < SETS; i++)
    check_set (sets[i]);
  if (is_long)
    check_long ();
  return 0;
}
