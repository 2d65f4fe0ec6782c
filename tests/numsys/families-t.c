/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters of the families: defaults that follow from others, and settings
   that contradict each other.  */

#include <config.h>
#include <string.h>
#include "numsys/numsys.h"
#include "tests/tap/tap.h"

/* The value of a key once spec is read for arithmetic. */
static int64_t
value_of (const char *spec, const char *key)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);
  const numsys_param *params;
  int64_t value = -1;

  if (system == NULL)
    bail_out ("%s", error.text);
  params = numsys_type_of (system)->params;
  for (size_t i = 0; params[i].key != NULL; i++)
    if (strcmp (params[i].key, key) == 0)
      value = numsys_value (system, i);
  numsys_free (system);
  return value;
}

static void
test_derived (void)
{
  static const struct
  {
    const char *spec, *key;
    int64_t wanted;
  } cases[] = {
    { "fixed:12", "fraction", 11 },
    { "float:5,2", "bias", 15 },
    { "float:1,2,specials=none", "bias", 0 },
    { "float:5,2", "overflow", 1 },
    { "float:4,3,specials=nan", "overflow", 0 },
    { "lns:9", "bias", 128 },
    { "lns:2", "bias", 1 },
    { "lns:9", "zero", 0 },
    { "lns:9", "underflow", 1 },
    { "lns:9,zero=none", "underflow", 0 },
  };

  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    is_int (cases[i].wanted, value_of (cases[i].spec, cases[i].key),
            "%s: %s", cases[i].spec, cases[i].key);
}

/* For training an LNS gets a zero flag and clamps. */
static void
test_training (void)
{
  int64_t values[NUMSYS_MOST_PARAMS];
  numsys_error error;

  for (size_t i = 0; numsys_lns.params[i].key != NULL; i++)
    values[i] = numsys_lns.params[i].preset;
  is_int (0, numsys_lns.check (values, NUMSYS_FOR_TRAINING, &error),
          "presets pass for training");
  is_int (1, values[2], "...with a zero flag");
  is_int (0, values[3], "...and clamp");
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *spec, *named;
  } cases[] = {
    { "float:11,21", "33 bits" },
    { "float:4,0", "specials=ieee" },
    { "float:4,3,specials=none,overflow=infinity", "overflow=infinity" },
    { "float:1,3,subnormals=no", "exponent=1" },
    { "float:1,0,specials=nan", "exponent=1" },
    { "lns:32,8,zero=flag", "bits=32" },
    { "lns:8,8,zero=none,underflow=flush", "underflow=flush" },
  };

  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    {
      numsys_error error = { "" };
      numsys *system = numsys_new (cases[i].spec, &error);

      ok (system == NULL && strstr (error.text, cases[i].named) != NULL,
          "%s is refused: %s", cases[i].spec, error.text);
      numsys_free (system);
    }
}

int
main (void)
{
  plan (10 + 3 + 7);
  test_derived ();
  test_training ();
  test_refusals ();
  return 0;
}
