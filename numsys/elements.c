/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays of elements: memory, codes, order, doubles, and the operations, which
   a family's own slots or the defaults carry out.  */

#include <config.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "numsys/apply.h"
#include "numsys/families.h"
#include "numsys/mpfr.h"
#include "numsys/numsys.h"

static numsys_target
target_of (const numsys *system)
{
  return numsys_target_of (numsys_type_of (system)->ladder,
                           numsys_state (system));
}

size_t
numsys_element_size (const numsys *system)
{
  const numsys_type *type = numsys_type_of (system);
  numsys_target target;

  if (type->element_size != 0)
    return type->element_size;
  target = target_of (system);
  return numsys_code_size (&target);
}

/* Zeros, or what zero is raised to; zero need not be the code 0. */
static void
fill (const numsys *system, size_t n, void *elements)
{
  const numsys_target target = target_of (system);
  const size_t size = numsys_code_size (&target);
  numsys_events events = { 0 };
  uint32_t zero = numsys_place_code ((numsys_place) { .rung = 0 }, &target,
                                     NUMSYS_NEAREST, &events);

  for (size_t i = 0; i < n; i++)
    numsys_code_store (elements, size, i, zero);
}

void *
numsys_elements_new (const numsys *system, size_t n)
{
  const numsys_type *type = numsys_type_of (system);
  void *elements = calloc (n == 0 ? 1 : n, numsys_element_size (system));

  if (elements == NULL)
    return NULL;
  if (type->make != NULL
      && type->make (numsys_state (system), n, elements) != 0)
    {
      free (elements);
      return NULL;
    }
  if (type->ladder != NULL)
    fill (system, n, elements);
  return elements;
}

void
numsys_elements_free (const numsys *system, size_t n, void *elements)
{
  if (elements == NULL)
    return;
  if (numsys_type_of (system)->unmake != NULL)
    numsys_type_of (system)->unmake (numsys_state (system), n, elements);
  free (elements);
}

void *
numsys_element (const numsys *system, const void *elements, size_t i)
{
  return (char *) elements + i * numsys_element_size (system);
}

void
numsys_to_codes (const numsys *system, size_t n, const void *elements,
                 uint32_t codes[])
{
  numsys_codes_load (numsys_element_size (system), elements, 0, n, codes);
}

void
numsys_from_codes (const numsys *system, size_t n, const uint32_t codes[],
                   void *elements)
{
  numsys_codes_store (numsys_element_size (system), elements, 0, n, codes);
}

/* Binary64 is a floating-point system like any other, and its rungs are the
   bits of its doubles. */
static double
nearest_double (numsys_number x, numsys_gathering *gathering)
{
  static const numsys_float_state binary64 = {
    .exponent = 11, .significand = 52, .bias = 1023, .subnormals = 1,
  };
  const numsys_target target
    = numsys_target_of (numsys_float.ladder, &binary64);
  const numsys_context context = numsys_context_of (NUMSYS_NEAREST);
  numsys_events events = { 0 };
  numsys_place place;
  double magnitude;

  if (x.class == NUMSYS_NAN)
    return NAN;
  if (x.class == NUMSYS_INFINITE)
    return x.negative ? -INFINITY : INFINITY;
  numsys_gathering_begin (gathering, x.gamma);
  numsys_gather (gathering, x);
  place = numsys_gathering_place (gathering, &target, &context, 0, &events);
  if (place.rung > target.ladder->top (&binary64, 0))
    magnitude = INFINITY;
  else
    memcpy (&magnitude, &place.rung, sizeof magnitude);
  return place.negative ? -magnitude : magnitude;
}

void
numsys_decode (const numsys *system, size_t n, const void *elements,
               double x[])
{
  const mpfr_t *big = elements;
  numsys_gathering gathering;
  numsys_target target;
  size_t size;

  if (numsys_type_of (system)->ladder == NULL)
    {
      for (size_t i = 0; i < n; i++)
        x[i] = mpfr_get_d (big[i], MPFR_RNDN);
      return;
    }
  target = target_of (system);
  size = numsys_code_size (&target);
  numsys_gathering_init (&gathering);
  for (size_t i = 0; i < n; i++)
    x[i] = nearest_double (
      numsys_number_of_code (&target, numsys_code_load (elements, size, i)),
      &gathering);
  numsys_gathering_clear (&gathering);
}

void
numsys_apply (const numsys *system, numsys_operation operation,
              const numsys_context *context, size_t n, const void *a,
              const void *b, const void *c, void *out, numsys_events *events)
{
  const numsys_type *type = numsys_type_of (system);
  numsys_events ignored = { 0 };
  numsys_target target;

  if (events == NULL)
    events = &ignored;
  if (type->apply != NULL)
    {
      type->apply (numsys_state (system), operation, context, n, a, b, c, out,
                   events);
      return;
    }
  target = target_of (system);
  numsys_default_apply (&target, operation, context, n, a, b, c, out, events);
}

void
numsys_dot (const numsys *system, const numsys_context *context, size_t n,
            const void *a, const void *b, void *out, numsys_events *events)
{
  const numsys_type *type = numsys_type_of (system);
  numsys_events ignored = { 0 };
  numsys_target target;

  if (events == NULL)
    events = &ignored;
  if (type->dot != NULL)
    {
      type->dot (numsys_state (system), context, n, a, b, out, events);
      return;
    }
  target = target_of (system);
  numsys_default_dot (&target, context, n, a, b, out, events);
}

/* Within one system higher rungs are larger. */
static signed char
compare_places (numsys_place a, numsys_place b)
{
  int is_negative = a.negative;

  if (a.class == NUMSYS_NAN || b.class == NUMSYS_NAN)
    return 2;
  if (a.class == NUMSYS_FINITE && b.class == NUMSYS_FINITE
      && a.rung == 0 && b.rung == 0)
    return 0;
  if (a.negative != b.negative)
    return a.negative ? -1 : 1;
  if (a.class != b.class)
    return (a.class == NUMSYS_INFINITE) != is_negative ? 1 : -1;
  if (a.rung == b.rung)
    return 0;
  return (a.rung > b.rung) != is_negative ? 1 : -1;
}

void
numsys_compare (const numsys *system, size_t n, const void *a, const void *b,
                signed char out[])
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const void *state = numsys_state (system);
  const mpfr_t *x = a;
  const mpfr_t *y = b;
  size_t size = numsys_element_size (system);

  for (size_t i = 0; i < n; i++)
    if (ladder != NULL)
      out[i] = compare_places (
        ladder->place (state, numsys_code_load (a, size, i)),
        ladder->place (state, numsys_code_load (b, size, i)));
    else if (mpfr_unordered_p (x[i], y[i]))
      out[i] = 2;
    else
      {
        int order = mpfr_cmp (x[i], y[i]);

        out[i] = (signed char) ((order > 0) - (order < 0));
      }
}
