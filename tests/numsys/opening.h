/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Systems and quantizers that a test cannot do without.  */

#ifndef TESTS_NUMSYS_OPENING_H
#define TESTS_NUMSYS_OPENING_H

#include "numsys/numsys.h"
#include "tests/tap/tap.h"

static inline numsys *
open_system (const char *spec)
{
  numsys_error error;
  numsys *system = numsys_new (spec, &error);

  if (system == NULL)
    bail_out ("%s: %s", spec, error.text);
  return system;
}

static inline numsys_quantizer *
open_quantizer (const char *spec)
{
  numsys_error error;
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &error);

  if (quantizer == NULL)
    bail_out ("%s: %s", spec, error.text);
  return quantizer;
}

#endif
