/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What users may set of a figure: looks, and nothing that could run, call or
   write anything.  */

#include <config.h>

#include <string.h>

#include "plots/plots.h"
#include "tests/tap/tap.h"

static const char *const allowed[] = {
  "xrange=[0:1]", "xrange=[*:2**-5]", "yrange=[-1.5e-3:90] noextend",
  "xtics=(0.25, 1, 4)", "ytics=0, 20, 100", "logscale=x 2",
  "xlabel='Bits of U (stored)'", "title=\"A; b | c\" offset 0, 1",
  "key=top left", "format=y '%g'",
};

static const struct { const char *set, *says; } refused[] = {
  { "xrange", "is not NAME=VALUE" },
  { "=[0:1]", "is not NAME=VALUE" },
  { "xrnge=[0:1]", "did you mean 'xrange'" },
  { "output='x'", "no 'output'" },
  { "terminal=svg", "no 'terminal'" },
  { "print='x'", "no 'print'" },
  { "palette=file '<touch x'", "no 'palette'" },
  { "xrange [0:1]; set output='x'", "no '" },
  { "xrange=[0:system('touch x')]", "('touch x')]" },
  { "xrange=[0:system ('touch x')]", "('touch x')]" },
  { "xrange=[0:1]; shell", "; shell" },
  { "xrange=[0:1]\nshell", "\nshell" },
  { "title=`touch x`", "`touch x`" },
  { "title=\"`touch x`\"", "\"`touch x`\"" },
  { "title='a", "'a" },
  { "title=\"a\\\"; shell; \"", "\"a\\\"; shell; \"" },
  { "title=@macro", "@macro" },
  { "title='@macro'", "'@macro'" },
  { "xrange=[0:$x]", "$x]" },
  { "xrange=[0:1] # x", "# x" },
  { "xrange=[0:(x=1)]", "=1)]" },
  { "xrange=[0:1] | cat", "| cat" },
};

#define ALLOWED (sizeof allowed / sizeof allowed[0])
#define REFUSED (sizeof refused / sizeof refused[0])

int
main (void)
{
  numsys_error error;

  plan (ALLOWED + REFUSED);
  for (size_t i = 0; i < ALLOWED; i++)
    {
      error.text[0] = '\0';
      ok (plots_check_set (allowed[i], &error) == 0, "%s may be set%s",
          allowed[i], error.text);
    }
  for (size_t i = 0; i < REFUSED; i++)
    {
      error.text[0] = '\0';
      ok (plots_check_set (refused[i].set, &error) == -1
            && strstr (error.text, refused[i].says) != NULL,
          "case %zu may not", i);
    }
  return 0;
}
