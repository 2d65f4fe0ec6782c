/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dense layer: which quantizer acts on what, once each.  */

#include <math.h>
#include <string.h>

#include "experiments/workloads/net.h"
#include "numsys/random.h"
#include "tests/tap/tap.h"

enum
{
  batch = 5,
  in = 4,
  out = 3
};

static float x[batch * in], error_of_y[batch * out];

/* A matrix whose rows and columns all differ in size: a scale of the wrong one
   would show. */
static void
fill (unsigned index, size_t rows, size_t columns, float to[])
{
  const numsys_random random = numsys_random_of (7, 100, index, 0);

  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++)
      {
        const size_t at = i * columns + j;

        to[at] = (float) ldexp (numsys_random_normal (&random, at),
                                (int) (2 * i) - (int) (3 * j));
      }
}

/* A net of one layer, and its roles. */
typedef struct single
{
  net model;
  dense *layer;
  roles all;
} single;

static void
begin (single *s, const char *const spec[TRAINING_ROLES])
{
  const net_shape shape = { .layers = 1, .width = { in, out } };
  numsys_error error = { "" };

  if (net_init (&s->model, &shape, batch) != 0
      || roles_init (&s->all, spec, 1, &error) != 0)
    bail_out ("%s", error.text);
  s->layer = &s->model.layer[0];
  fill (1, out, in, s->layer->weight);
  fill (2, out, 1, s->layer->bias);
}

static void
end (single *s)
{
  roles_clear (&s->all);
  net_clear (&s->model);
}

static void
pass (single *s)
{
  static const char *const spec[PRODUCTS] = { "fixed-order" };
  numsys_error error = { "" };
  products product;

  if (products_init (&product, spec, &s->all, batch * in, &error) != 0)
    bail_out ("%s", error.text);
  net_prepare (&s->model, &s->all);
  net_forward (&s->model, &s->all, &product, batch, x);
  memcpy (s->layer->e, error_of_y, sizeof error_of_y);
  net_backward (&s->model, &s->all, &product, batch);
  products_clear (&product);
}

/* x quantized for itself. */
static void
quantized (const char *spec, size_t rows, size_t columns, int axis,
           const float from[], float to[])
{
  numsys_error error = { "" };
  numsys_quantizer *quantizer = numsys_quantizer_new (spec, &error);

  if (quantizer == NULL)
    bail_out ("%s", error.text);
  numsys_quantize (quantizer, rows, columns, axis, from, NULL, to, NULL);
  numsys_quantizer_free (quantizer);
}

static void
test_identity (void)
{
  const char *const spec[TRAINING_ROLES] = { "fp32", NULL, "fp32" };
  uint64_t counted = 0;
  single s;

  begin (&s, spec);
  pass (&s);
  ok (s.layer->x == x && s.layer->w == s.layer->weight,
      "float32 roles copy nothing");
  for (int i = 0; i < TRAINING_ROLES; i++)
    counted += s.all.counts[i].values;
  is_int (0, (int64_t) counted, "...and count nothing");
  end (&s);
}

/* What the layer must yield, from copies quantized here. */
typedef struct wanted
{
  float w[out * in], a[batch * in], e[batch * out];
  float y[batch * out], dw[out * in], db[out];
} wanted;

static void
multiply_wanted (wanted *t, const float bias[])
{
  for (size_t i = 0; i < batch; i++)
    for (size_t j = 0; j < out; j++)
      {
        float sum = bias[j];

        for (size_t p = 0; p < in; p++)
          sum = fmaf (t->a[i * in + p], t->w[j * in + p], sum);
        t->y[i * out + j] = sum;
      }
  for (size_t j = 0; j < out; j++)
    {
      t->db[j] = 0;
      for (size_t i = 0; i < batch; i++)
        t->db[j] += t->e[i * out + j];
      for (size_t p = 0; p < in; p++)
        {
          float sum = 0;

          for (size_t i = 0; i < batch; i++)
            sum = fmaf (t->e[i * out + j], t->a[i * in + p], sum);
          t->dw[j * in + p] = sum;
        }
    }
}

/* Each role in a system of its own: a mix-up would show.  Channels of a tensor
   of their own too, by scale=channel. */
static void
test_roles (const char *suffix)
{
  static const char *const systems[4]
    = { "fixed:5,0", "fixed:8,0", "fixed:6,0", "fixed:7,0" };
  char text[4][64];
  const char *spec[TRAINING_ROLES] = { NULL };
  wanted t;
  single s;

  for (int i = 0; i < 4; i++)
    {
      strcpy (text[i], systems[i]);
      spec[i] = strcat (text[i], suffix);
    }
  begin (&s, spec);
  pass (&s);
  quantized (spec[TRAINING_W], out, in, 0, s.layer->weight, t.w);
  quantized (spec[TRAINING_A], batch, in, 1, x, t.a);
  quantized (spec[TRAINING_E], batch, out, 1, error_of_y, t.e);
  multiply_wanted (&t, s.layer->bias);
  quantized (spec[TRAINING_G], out, in, 0, t.dw, t.dw);
  quantized (spec[TRAINING_G], out, 1, 0, t.db, t.db);
  ok (memcmp (t.y, s.layer->y, sizeof t.y) == 0,
      "y = Q_A(x) Q_W(w)' + bias%s", suffix);
  ok (memcmp (t.dw, s.layer->weight_gradient, sizeof t.dw) == 0,
      "dw = Q_G (Q_E(e)' Q_A(x))%s", suffix);
  ok (memcmp (t.db, s.layer->bias_gradient, sizeof t.db) == 0,
      "db = Q_G (sum of Q_E(e))%s", suffix);
  is_int (out * in, (int64_t) s.all.counts[TRAINING_W].values,
          "Q_W once a pass");
  is_int (batch * in, (int64_t) s.all.counts[TRAINING_A].values,
          "Q_A once a pass");
  is_int (batch * out, (int64_t) s.all.counts[TRAINING_E].values,
          "Q_E once a pass");
  is_int (out * in + out, (int64_t) s.all.counts[TRAINING_G].values,
          "Q_G once a pass");
  end (&s);
}

/* dx of the upper of two layers, which is the error of the lower one where its
   output is above zero. */
static void
test_error_below (void)
{
  const net_shape shape = { .layers = 2, .width = { in, 6, out } };
  const char *const spec[TRAINING_ROLES] = { "int4", NULL, "int8" };
  static const char *const by[PRODUCTS] = { "fixed-order" };
  products product;
  numsys_error error = { "" };
  float w[out * 6], e[batch * out];
  size_t wrong = 0, zeros = 0;
  roles all;
  net model;

  if (net_init (&model, &shape, batch) != 0
      || roles_init (&all, spec, 1, &error) != 0
      || products_init (&product, by, &all, batch * 6, &error) != 0)
    bail_out ("%s", error.text);
  fill (1, 6, in, model.layer[0].weight);
  fill (2, out, 6, model.layer[1].weight);
  net_prepare (&model, &all);
  net_forward (&model, &all, &product, batch, x);
  memcpy (model.layer[1].e, error_of_y, sizeof error_of_y);
  net_backward (&model, &all, &product, batch);
  products_clear (&product);
  quantized ("int4", out, 6, 0, model.layer[1].weight, w);
  quantized ("int8", batch, out, 1, error_of_y, e);
  for (size_t i = 0; i < batch; i++)
    for (size_t p = 0; p < 6; p++)
      {
        float sum = 0;

        for (size_t j = 0; j < out; j++)
          sum = fmaf (e[i * out + j], w[j * 6 + p], sum);
        if (!(model.layer[0].y[i * 6 + p] > 0))
          sum = 0, zeros++;
        wrong += sum != model.layer[0].e[i * 6 + p];
      }
  is_int (0, (int64_t) wrong, "dx = Q_E(e) Q_W(w), where ReLU lets it through");
  ok (zeros > 0 && zeros < batch * 6, "...which is not everywhere");
  roles_clear (&all);
  net_clear (&model);
}

/* Stochastic rounding draws by step, pass and tensor. */
static void
test_random (void)
{
  const char *const spec[TRAINING_ROLES]
    = { NULL, "int4:round=stochastic" };
  float a[4][batch * in];
  roles all;
  numsys_error error = { "" };

  if (roles_init (&all, spec, 1, &error) != 0)
    bail_out ("%s", error.text);
  roles_quantize (&all, TRAINING_A, 0, batch, in, 1, x, a[0]);
  roles_quantize (&all, TRAINING_A, 0, batch, in, 1, x, a[1]);
  ok (memcmp (a[0], a[1], sizeof a[0]) == 0, "the same words, the same bits");
  roles_quantize (&all, TRAINING_A, 1, batch, in, 1, x, a[1]);
  all.step = 1;
  roles_quantize (&all, TRAINING_A, 0, batch, in, 1, x, a[2]);
  is_int (4 * batch * in, (int64_t) all.counts[TRAINING_A].values,
          "training counts");
  all.pass = 1;
  roles_quantize (&all, TRAINING_A, 0, batch, in, 1, x, a[3]);
  is_int (4 * batch * in, (int64_t) all.counts[TRAINING_A].values,
          "evaluation does not");
  ok (memcmp (a[0], a[1], sizeof a[0]) != 0, "another tensor, other words");
  ok (memcmp (a[0], a[2], sizeof a[0]) != 0, "another step, other words");
  ok (memcmp (a[2], a[3], sizeof a[0]) != 0, "another pass, other words");
  roles_clear (&all);
}

/* Whether w of a layer, prepared, is Q_W of its weights; and how many of them
   were raised. */
static int
is_prepared (single *s, const char *spec, numsys_events *events)
{
  float w[out * in];
  int is_so;

  *events = s->all.counts[TRAINING_W].events;
  net_prepare (&s->model, &s->all);
  quantized (spec, out, in, 0, s->layer->weight, w);
  is_so = memcmp (w, s->layer->w, sizeof w) == 0;
  events->raised = s->all.counts[TRAINING_W].events.raised - events->raised;
  return is_so;
}

/* Weights that are quantized as they are stored are those quantized after it,
   events too; at a scale that stays, at one that changes, and where a pass was
   between. */
static void
test_stored (const char *scaling)
{
  char text[64] = "lns:5,4";
  const char *spec[TRAINING_ROLES] = { strcat (text, scaling) };
  numsys_events late, early;
  int same = 1;
  single s;

  begin (&s, spec);
  for (unsigned round = 0; round < 4; round++)
    {
      fill (5 + round / 2, out, in, s.layer->weight);
      pass (&s);
      same &= is_prepared (&s, spec[TRAINING_W], &late);
      same &= !s.layer->stored.is_whole;
      for (size_t first = 0; first < out * in; first += 5)
        dense_store (s.layer, &s.all, first,
                     first + 5 < out * in ? 5 : out * in - first);
      same &= s.layer->stored.is_whole;
      memset (s.layer->weight + 1, 0, sizeof (float));
      for (int again = 0; again < 2; again++)
        {
          net_prepare (&s.model, &s.all);
          same &= s.layer->w[1] != 0;   /* not quantized again */
        }
      fill (5 + round / 2, out, in, s.layer->weight);
      same &= is_prepared (&s, spec[TRAINING_W], &early);
      same &= late.raised > 0 && late.raised == early.raised;
    }
  ok (same, "weights quantized as they are stored%s", scaling);
  is_int (4 * 5 * out * in, (int64_t) s.all.counts[TRAINING_W].values,
          "...counted once a pass");
  end (&s);
}

static void
test_stored_stochastic (void)
{
  const char *spec[TRAINING_ROLES] = { "int4:round=stochastic" };
  single s;

  begin (&s, spec);
  pass (&s);
  dense_store (s.layer, &s.all, 0, out * in);
  ok (!s.layer->stored.is_whole, "...but not where words are drawn");
  end (&s);
}

/* Whether a layer's weights, stored in slices of three, are prepared as those
   of the other are. */
static int
is_stored_alike (single *s, single *twin)
{
  single *both[] = { s, twin };

  for (int i = 0; i < 2; i++)
    {
      for (size_t first = 0; first < out * in; first += 3)
        dense_store (both[i]->layer, &both[i]->all, first, 3);
      net_prepare (&both[i]->model, &both[i]->all);
    }
  return s->layer->stored.is_whole && twin->layer->stored.is_whole
         && memcmp (s->layer->w, twin->layer->w, out * in * sizeof (float))
              == 0
         && memcmp (s->all.counts, twin->all.counts, sizeof s->all.counts)
              == 0
         && s->layer->w_scale.steps == twin->layer->w_scale.steps;
}

/* Weights that are codes and nothing else give the W of their floats, events
   too: at a scale that is new, and at one that stays. */
static void
test_codes (const char *scaling, const char *U)
{
  char W[64] = "lns:6,4";
  const char *spec[TRAINING_ROLES] = { strcat (W, scaling) };
  float weight[out * in];
  single s, twin;
  int same = 1;

  spec[TRAINING_U] = U;
  begin (&s, spec);
  begin (&twin, spec);
  same &= dense_takes_codes (&s.all);
  for (unsigned round = 0; round < 3; round++)
    {
      const numsys_quantizer *stored = s.all.quantizer[TRAINING_U];
      const numsys_scale scale = numsys_quantizer_scale (stored, 9);

      fill (5 + round / 2, out, in, weight);
      weight[round] = 0;
      numsys_quantize_at (stored, scale, out * in, weight, NULL, 0, weight,
                          NULL);
      memcpy (twin.layer->weight, weight, sizeof weight);
      memcpy (s.layer->weight, weight, sizeof weight);
      dense_drop_codes (s.layer);
      same &= dense_keep_codes (s.layer, stored, scale) == 0;
      memset (s.layer->weight, 0, sizeof weight);
      same &= is_stored_alike (&s, &twin);
      dense_decode (s.layer);
      same &= memcmp (s.layer->weight, weight, sizeof weight) == 0;
    }
  ok (same && s.all.counts[TRAINING_W].events.raised > 0,
      "weights stored as codes in %s, W%s", U, scaling);
  end (&s);
  end (&twin);
}

/* Where W is not made of exponents, or nothing is stored in them. */
static void
test_no_codes (void)
{
  static const char *const pairs[][2] = {
    { "lns:6,4", NULL }, { NULL, "lns:16,2048" }, { "int8", "lns:16,2048" },
    { "lns:6,4", "bf16" }, { "lns:6,4,scale=block=2", "lns:16,2048" },
    { "lns:6,4,round=stochastic", "lns:16,2048" },
  };

  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
    {
      const char *spec[TRAINING_ROLES] = { pairs[i][0] };
      single s;

      spec[TRAINING_U] = pairs[i][1];
      begin (&s, spec);
      ok (!dense_takes_codes (&s.all), "no codes: W %s, U %s",
          pairs[i][0] == NULL ? "fp32" : pairs[i][0],
          pairs[i][1] == NULL ? "fp32" : pairs[i][1]);
      end (&s);
    }
}

static void
test_refusal (void)
{
  const char *const spec[TRAINING_ROLES] = { NULL, NULL, NULL, "mpfr:53" };
  numsys_error error = { "" };
  roles all;

  is_int (-1, roles_init (&all, spec, 1, &error),
          "a system without a float path is refused");
  ok (strncmp (error.text, "role G: ", 8) == 0, "...by role: %s", error.text);
}

int
main (void)
{
  plan (2 + 2 * 7 + 2 + 6 + 4 * 2 + 1 + 4 + 6 + 2);
  fill (3, batch, in, x);
  fill (4, batch, out, error_of_y);
  test_identity ();
  test_roles ("");
  test_roles (",scale=channel");
  test_error_below ();
  test_random ();
  test_stored ("");
  test_stored (",scale=none");
  test_stored (",scale=channel");
  test_stored (",scale=block=3");
  test_stored_stochastic ();
  test_codes ("", "lns:16,2048");
  test_codes (",scale=none", "lns:16,2048,zero=code");
  test_codes (",scale=channel", "lns:16,2048,zero=code");
  test_codes (",scale=channel", "lns:12,16");
  test_no_codes ();
  test_refusal ();
  return 0;
}
