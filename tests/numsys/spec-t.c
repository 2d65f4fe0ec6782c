/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Specs: reading, canonical form, and one clear sentence for each mistake.  */

#include <config.h>
#include <stdio.h>
#include <string.h>
#include "numsys/numsys.h"
#include "numsys/spec.h"
#include "tests/tap/tap.h"

/* Canonical forms for arithmetic. */
static const char *const systems[][2] = {
  { "lns:8,8", "lns:bits=8,gamma=8,zero=code,underflow=flush" },
  { "lns8", "lns:bits=8,gamma=8,zero=code,underflow=flush" },
  { "lns:gamma=3,bits=5,zero=none,underflow=clamp",
    "lns:bits=5,gamma=3,zero=none,underflow=clamp" },
  { "e4m3", "float:exponent=4,significand=3,specials=nan" },
  { "e5m2", "float:exponent=5,significand=2" },
  { "e5m2:overflow=saturate",
    "float:exponent=5,significand=2,overflow=saturate" },
  { "float:5,2,15", "float:exponent=5,significand=2" },
  { "float:5,2,bias=14", "float:exponent=5,significand=2,bias=14" },
  { "int8", "fixed:bits=8,fraction=0" },
  { "fixed:8", "fixed:bits=8,fraction=7" },
  { "mpfr:256", "mpfr:precision=256" },
};

/* Canonical forms for training. */
static const char *const quantizers[][2] = {
  { "lns:8,8", "lns:bits=8,gamma=8,zero=flag,underflow=clamp" },
  { "lns8:zero=code,round=stochastic",
    "lns:bits=8,gamma=8,zero=code,underflow=clamp,round=stochastic" },
  { "e4m3:scale=block=32,scale-step=pow2",
    "float:exponent=4,significand=3,specials=nan,scale=block=32,"
    "scale-step=pow2" },
  { "int8:round=stochastic,random-bits=16,scale=none,scale-step=real",
    "fixed:bits=8,fraction=0,round=stochastic,random-bits=16,scale=none" },
};

/* Wrong specs for training, and words that their sentence must contain. */
static const char *const mistakes[][3] = {
  { "lsn:8,8", "'lsn'", "did you mean 'lns'?" },
  { "posit:8", "'posit'", "families: fixed, float, lns, mpfr" },
  { "lns:8,8,gama=4", "'gama'", "did you mean 'gamma'?" },
  { "lns:1,8", "bits=1", "from 2 to 32" },
  { "lns:8,8.5", "gamma=8.5", "whole number" },
  { "lns:8,8,zero=flagg", "zero=flagg", "did you mean 'flag'?" },
  { "lns:8,8,round=neares", "round=neares", "did you mean 'nearest'?" },
  { "lns:bits=8,8", "'8'", "needs a key" },
  { "lns:8,bits=8,bits=9", "twice", "'bits'" },
  { "lns:8,,8", "empty value", "lns:8,,8" },
  { ":8", "no name", ":8" },
  { "", "no name", "" },
  { "e4m3:8", "'e4m3' stands for", "write '8' with its key" },
  { "lns:8,8,scale=block=0", "scale=block=0", "from 1" },
  { "lns:8,8,scale=block=N", "scale=block=N", "whole number from 1" },
  { "lns:8,8,random-bits=33", "random-bits=33", "from 1 to 32" },
  { "mpfr:1", "precision=1", "from 2 to 10000" },
  { "fixed:8,0,yes,saturate,5", "'5'", "one too many" },
};

#define COUNT(array) (sizeof (array) / sizeof (array)[0])

static void
is_canonical (const char *spec, numsys_purpose purpose, const char *wanted)
{
  numsys_parsed parsed;
  numsys_error error = { "" };
  char once[NUMSYS_SPEC_TEXT] = "", twice[NUMSYS_SPEC_TEXT] = "";

  if (numsys_spec_parse (spec, purpose, &parsed, &error) == 0)
    numsys_spec_print (&parsed, purpose, once);
  is_string (wanted, once, "%s in canonical form", spec);
  if (numsys_spec_parse (once, purpose, &parsed, &error) == 0)
    numsys_spec_print (&parsed, purpose, twice);
  is_string (wanted, twice, "... which is its own canonical form%s",
             error.text);
}

static void
every_alias_is_read (void)
{
  for (const numsys_alias *alias = numsys_aliases; alias->name != NULL;
       alias++)
    {
      numsys_error error = { "" };
      numsys *system = numsys_new (alias->name, &error);

      ok (system != NULL, "alias %s%s", alias->name, error.text);
      numsys_free (system);
    }
}

int
main (void)
{
  unsigned aliases = 0;
  numsys_error error;

  while (numsys_aliases[aliases].name != NULL)
    aliases++;
  plan ((unsigned) (2 * COUNT (systems) + 2 * COUNT (quantizers)
                    + COUNT (mistakes) + 1)
        + aliases);
  for (size_t i = 0; i < COUNT (systems); i++)
    is_canonical (systems[i][0], NUMSYS_FOR_ARITHMETIC, systems[i][1]);
  for (size_t i = 0; i < COUNT (quantizers); i++)
    is_canonical (quantizers[i][0], NUMSYS_FOR_TRAINING, quantizers[i][1]);
  for (size_t i = 0; i < COUNT (mistakes); i++)
    {
      numsys_parsed parsed;
      const int status = numsys_spec_parse (mistakes[i][0], NUMSYS_FOR_TRAINING,
                                            &parsed, &error);

      if (!ok (status == -1 && strstr (error.text, mistakes[i][1]) != NULL
                 && strstr (error.text, mistakes[i][2]) != NULL,
               "'%s' is refused in words", mistakes[i][0]))
        diag ("%s", status == 0 ? "accepted" : error.text);
    }
  ok (numsys_new ("lns:8,8,round=up", &error) == NULL
        && strstr (error.text, "'round'") != NULL,
      "a system has no quantizer keys");
  every_alias_is_read ();
  numsys_free (NULL);
  return 0;
}
