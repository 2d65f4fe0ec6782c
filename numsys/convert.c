/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers from outside and from other systems, each rounded once into a
   system.  */

#include <config.h>
#include "numsys/mpfr.h"
#include "numsys/numsys.h"
#include "numsys/text.h"

/* Where converted numbers go. */
typedef struct sink
{
  int is_coded;
  numsys_target target;     /* of coded systems, */
  numsys_gathering gathering;
  size_t size;
  mpfr_t *big;              /* of mpfr */
  void *out;
  const numsys_context *context;
  numsys_events *events;
} sink;

static void
sink_init (sink *to, const numsys *system, const numsys_context *context,
           void *out, numsys_events *events)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;

  *to = (sink) { .is_coded = ladder != NULL, .big = out, .out = out,
                 .context = context, .events = events };
  if (to->is_coded)
    {
      to->target = numsys_target_of (ladder, numsys_state (system));
      to->size = numsys_code_size (&to->target);
    }
  numsys_gathering_init (&to->gathering);
}

static void
sink_clear (sink *to)
{
  numsys_gathering_clear (&to->gathering);
}

static void
put_place (sink *to, size_t i, numsys_place place)
{
  numsys_code_store (to->out, to->size, i,
                     numsys_place_code (place, &to->target,
                                        to->context->rounding, to->events));
}

/* What was gathered. */
static void
put_gathered (sink *to, size_t i)
{
  put_place (to, i,
             numsys_gathering_place (&to->gathering, &to->target, to->context,
                                     i, to->events));
}

static void
put_number (sink *to, size_t i, numsys_number x)
{
  if (!to->is_coded)
    {
      numsys_mpfr_set_number (to->big[i], x, to->context, i, to->events);
      return;
    }
  numsys_gathering_begin (&to->gathering, x.gamma);
  numsys_gather (&to->gathering, x);
  put_gathered (to, i);
}

static void
put_big (sink *to, size_t i, mpfr_srcptr x)
{
  numsys_number number = { .negative = mpfr_signbit (x) != 0, .gamma = 1 };
  numsys_sum *sum = &to->gathering.exact.a;

  if (!to->is_coded)
    numsys_mpfr_set (to->big[i], x, to->context, i, to->events);
  else if (!mpfr_regular_p (x))
    {
      if (!mpfr_zero_p (x))
        number.class = mpfr_nan_p (x) ? NUMSYS_NAN : NUMSYS_INFINITE;
      put_number (to, i, number);
    }
  else
    {
      mpz_ptr c;

      numsys_gathering_begin (&to->gathering, 1);
      c = numsys_sum_extend (sum, 0);
      sum->terms[0].q = mpfr_get_z_2exp (c, x);
      mpz_abs (c, c);
      numsys_gather_term (&to->gathering, number.negative);
      put_gathered (to, i);
    }
}

void
numsys_mpfr_put (const numsys *system, mpfr_srcptr x,
                 const numsys_context *context, uint64_t i, void *out,
                 numsys_events *events)
{
  sink to;

  sink_init (&to, system, context, out, events);
  put_big (&to, (size_t) i, x);
  sink_clear (&to);
}

void
numsys_encode (const numsys *system, const numsys_context *context, size_t n,
               const double x[], void *out, numsys_events *events)
{
  numsys_events ignored = { 0 };
  sink to;

  sink_init (&to, system, context, out, events == NULL ? &ignored : events);
  for (size_t i = 0; i < n; i++)
    put_number (&to, i, numsys_number_of_double (x[i]));
  sink_clear (&to);
}

void
numsys_default_convert (const numsys *from, const numsys *to_system,
                        const numsys_context *context, size_t n,
                        const void *in, void *out, numsys_events *events)
{
  const numsys_ladder *ladder = numsys_type_of (from)->ladder;
  const mpfr_t *big = in;
  sink to;

  sink_init (&to, to_system, context, out, events);
  if (ladder == NULL)
    for (size_t i = 0; i < n; i++)
      put_big (&to, i, big[i]);
  else
    {
      const numsys_target source
        = numsys_target_of (ladder, numsys_state (from));
      const size_t size = numsys_code_size (&source);

      for (size_t i = 0; i < n; i++)
        put_number (&to, i,
                    numsys_number_of_code (&source,
                                           numsys_code_load (in, size, i)));
    }
  sink_clear (&to);
}

uint32_t
numsys_default_convert_code (const numsys_target *from,
                             const numsys_target *to,
                             const numsys_context *context, uint64_t i,
                             uint32_t code, numsys_events *events)
{
  const numsys_number x = numsys_number_of_code (from, code);
  numsys_gathering gathering;
  numsys_place place;

  numsys_gathering_init (&gathering);
  numsys_gathering_begin (&gathering, x.gamma);
  numsys_gather (&gathering, x);
  place = numsys_gathering_place (&gathering, to, context, i, events);
  numsys_gathering_clear (&gathering);
  return numsys_place_code (place, to, context->rounding, events);
}

void
numsys_convert (const numsys *from, const numsys *to,
                const numsys_context *context, size_t n, const void *in,
                void *out, numsys_events *events)
{
  const numsys_type *type = numsys_type_of (to);
  numsys_events ignored = { 0 };

  if (events == NULL)
    events = &ignored;
  if (type->convert == NULL
      || type->convert (numsys_state (to), numsys_type_of (from),
                        numsys_state (from), context, n, in, out, events) != 0)
    numsys_default_convert (from, to, context, n, in, out, events);
}

/* c 2^twos over 5^-tens with the powers of two of both, to a coded system. */
static void
put_text_code (sink *to, const numsys_text *text, const mpz_t fives)
{
  numsys_exact *x = &to->gathering.exact;

  numsys_gathering_begin (&to->gathering, 1);
  mpz_set (numsys_sum_extend (&x->a, text->twos + text->tens), text->c);
  if (text->tens >= 0)
    mpz_mul (x->a.terms[0].c, x->a.terms[0].c, fives);
  else
    {
      x->form = NUMSYS_FORM_QUOTIENT;
      numsys_sum_zero (&x->b, 1);
      mpz_set (numsys_sum_extend (&x->b, 0), fives);
    }
  put_place (to, 0,
             numsys_place_of (x, text->negative, &to->target, to->context, 0,
                              to->events));
}

/* An integer as an mpfr_t, exactly. */
static void
init_set_z (mpfr_t x, const mpz_t z)
{
  mpfr_init2 (x, (mpfr_prec_t) mpz_sizeinbase (z, 2) + 1);
  mpfr_set_z (x, z, MPFR_RNDN);
}

/* The same to mpfr. */
static void
put_text_big (sink *to, const numsys_text *text, const mpz_t fives)
{
  mpz_t c;
  mpfr_t top, bottom;

  mpz_init_set (c, text->c);
  if (text->tens >= 0)
    mpz_mul (c, c, fives);
  if (text->negative)
    mpz_neg (c, c);
  init_set_z (top, c);
  init_set_z (bottom, fives);
  mpfr_mul_2si (top, top, (long) (text->twos + text->tens), MPFR_RNDN);
  if (text->tens >= 0)
    numsys_mpfr_set (to->big[0], top, to->context, 0, to->events);
  else
    numsys_mpfr_set_quotient (to->big[0], top, bottom, to->context, 0,
                              to->events);
  mpfr_clear (top);
  mpfr_clear (bottom);
  mpz_clear (c);
}

static void
put_text (sink *to, const numsys_text *text)
{
  mpz_t fives;

  if (text->class != NUMSYS_FINITE || mpz_sgn (text->c) == 0)
    {
      put_number (to, 0, (numsys_number) { text->class, text->negative,
                                           { 0, 0 }, 1 });
      return;
    }
  mpz_init (fives);
  mpz_ui_pow_ui (fives, 5,
                 (unsigned long) (text->tens < 0 ? -text->tens : text->tens));
  if (to->is_coded)
    put_text_code (to, text, fives);
  else
    put_text_big (to, text, fives);
  mpz_clear (fives);
}

int
numsys_encode_text (const numsys *system, const numsys_context *context,
                    const char *text, void *out, numsys_events *events,
                    numsys_error *error)
{
  numsys_events ignored = { 0 };
  numsys_text number;
  int status;

  numsys_text_init (&number);
  status = numsys_text_read (&number, text, error);
  if (status == 0)
    {
      sink to;

      sink_init (&to, system, context, out,
                 events == NULL ? &ignored : events);
      put_text (&to, &number);
      sink_clear (&to);
    }
  numsys_text_clear (&number);
  return status;
}
