/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantizers: a system, a rounding, a scaling, and the plan its family makes
   of them.  */

#include <config.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/float_path.h"
#include "numsys/quantizer.h"

/* The one quantizer that does nothing. */
static int
is_identity (const char *spec)
{
  char text[NUMSYS_SPEC_TEXT];
  numsys_parsed parsed;
  numsys_error ignored;

  if (numsys_spec_parse ("fp32", NUMSYS_FOR_TRAINING, &parsed, &ignored) != 0)
    return 0;
  numsys_spec_print (&parsed, NUMSYS_FOR_TRAINING, text);
  return strcmp (spec, text) == 0;
}

static int
check (const numsys_parsed *parsed, const numsys *system, numsys_error *error)
{
  const numsys_float_path *path = parsed->type->float_path;
  int is_scaled = parsed->quantizer.scaling != NUMSYS_SCALE_NONE;

  if (path == NULL)
    {
      numsys_error_set (error, "%s cannot stand in for float32: training can "
                        "be quantized to fixed, float and lns",
                        parsed->type->name);
      return -1;
    }
  return path->check (numsys_state (system),
                      is_scaled ? parsed->quantizer.scale_step
                                : NUMSYS_STEP_GRID,
                      is_scaled, error);
}

static numsys_quantizer *
build (const numsys_parsed *parsed, numsys *system)
{
  const numsys_float_path *path = parsed->type->float_path;
  numsys_quantizer *quantizer = calloc (1, sizeof *quantizer
                                             + path->plan_size);

  if (quantizer == NULL)
    return NULL;
  quantizer->system = system;
  quantizer->path = path;
  quantizer->kernels = numsys_kernels_best ();
  quantizer->values = parsed->quantizer;
  numsys_spec_print (parsed, NUMSYS_FOR_TRAINING, quantizer->spec);
  quantizer->is_identity = is_identity (quantizer->spec);
  if (path->plan (quantizer->plan, numsys_state (system),
                  parsed->quantizer.rounding,
                  parsed->quantizer.random_bits) != 0)
    {
      free (quantizer);
      return NULL;
    }
  return quantizer;
}

numsys_quantizer *
numsys_quantizer_new (const char *spec, numsys_error *error)
{
  numsys_quantizer *quantizer = NULL;
  numsys_parsed parsed;
  numsys *system;

  if (numsys_spec_parse (spec, NUMSYS_FOR_TRAINING, &parsed, error) != 0)
    return NULL;
  system = numsys_new_parsed (&parsed, error);
  if (system == NULL)
    return NULL;
  if (check (&parsed, system, error) == 0)
    {
      quantizer = build (&parsed, system);
      if (quantizer == NULL)
        numsys_error_set (error, "out of memory for a quantizer");
    }
  if (quantizer == NULL)
    numsys_free (system);
  return quantizer;
}

void
numsys_quantizer_free (numsys_quantizer *quantizer)
{
  if (quantizer == NULL)
    return;
  quantizer->path->unplan (quantizer->plan);
  numsys_free (quantizer->system);
  free (quantizer);
}

const char *
numsys_quantizer_spec (const numsys_quantizer *quantizer)
{
  return quantizer->spec;
}

const numsys *
numsys_quantizer_system (const numsys_quantizer *quantizer)
{
  return quantizer->system;
}

int
numsys_quantizer_is_identity (const numsys_quantizer *quantizer)
{
  return quantizer->is_identity;
}

int
numsys_quantizer_is_stochastic (const numsys_quantizer *quantizer)
{
  return numsys_rounding_is_stochastic (quantizer->values.rounding);
}

numsys_scaling
numsys_quantizer_scaling (const numsys_quantizer *quantizer)
{
  return (numsys_scaling) quantizer->values.scaling;
}

size_t
numsys_quantizer_block (const numsys_quantizer *quantizer)
{
  return quantizer->values.scaling == NUMSYS_SCALE_BLOCK
           ? (size_t) quantizer->values.block : 0;
}

numsys_scale
numsys_quantizer_scale (const numsys_quantizer *quantizer, float largest)
{
  if (quantizer->values.scaling == NUMSYS_SCALE_NONE)
    return (numsys_scale) { 0, 0 };
  return quantizer->path->scale (
    quantizer->plan, largest,
    (numsys_scale_step) quantizer->values.scale_step);
}

int
numsys_quantizer_can_shift (const numsys_quantizer *quantizer)
{
  return quantizer->path->shift != NULL
         && (quantizer->values.scaling == NUMSYS_SCALE_NONE
             || quantizer->values.scale_step != NUMSYS_STEP_REAL);
}
