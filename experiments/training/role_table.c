/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The role table: every tensor of a run, which role it plays, in which number
   system that role is, and plainly what is not quantized.  */

#include <config.h>
#include <stdio.h>
#include <string.h>
#include "experiments/training/trainer.h"
#include "numsys/spec.h"

/* A tensor of a layer. */
typedef struct tensor
{
  const char *name;
  int rows_out;           /* shape: out x in; else batch x ... */
  int columns_in;         /* in columns; else out */
  int role;               /* -1: none */
} tensor;

static const tensor tensors[] = {
  { "input", 0, 1, TRAINING_A },
  { "weight, stored", 1, 1, TRAINING_U },
  { "weight, multiplied", 1, 1, TRAINING_W },
  { "bias, stored and added", 1, 0, TRAINING_U },
  { "output, before ReLU", 0, 0, -1 },
  { "error of that output", 0, 0, TRAINING_E },
  { "weight gradient", 1, 1, TRAINING_G },
  { "bias gradient", 1, 0, TRAINING_G },
  { "first moments", 1, 1, TRAINING_M },
  { "second moments", 1, 1, TRAINING_V },
};

/* A product of a layer, the axis that it contracts, and its operands. */
typedef struct contraction
{
  const char *what, *formula, *axis;
  training_role operand[2];
  int channel_varies[2];  /* scales of channels vary along the axis */
  int block_varies[2];
} contraction;

static const contraction contractions[PRODUCTS] = {
  [PRODUCT_FORWARD] = { "output", "Q_A(x) Q_W(w)' + bias", "inputs",
    { TRAINING_A, TRAINING_W }, { 1, 0 }, { 1, 1 } },
  [PRODUCT_DX] = { "error below", "Q_E(e) Q_W(w)", "outputs",
    { TRAINING_E, TRAINING_W }, { 1, 1 }, { 1, 0 } },
  [PRODUCT_DW] = { "weight gradient", "Q_G(Q_E(e)' Q_A(x))", "batch",
    { TRAINING_E, TRAINING_A }, { 0, 0 }, { 0, 0 } },
};

/* How a role's quantizer rounds and scales, in words. */
static void
describe (FILE *stream, const numsys_quantizer *quantizer, int role,
          int follows_data)
{
  static const char *const scales[] = {
    [NUMSYS_SCALE_NONE] = "no scale",
    [NUMSYS_SCALE_TENSOR] = "one scale a tensor",
    [NUMSYS_SCALE_CHANNEL] = "one scale a channel (unit)",
    [NUMSYS_SCALE_BLOCK] = "one scale a block of a row",
  };
  const numsys_scaling scaling = numsys_quantizer_scaling (quantizer);
  numsys_parsed parsed = { .quantizer = { .rounding = NUMSYS_NEAREST } };
  numsys_error ignored;

  numsys_spec_parse (numsys_quantizer_spec (quantizer), NUMSYS_FOR_TRAINING,
                     &parsed, &ignored);
  fprintf (stream, "     %u-bit codes; rounding %s; %s",
           numsys_code_bits (numsys_quantizer_system (quantizer)),
           numsys_rounding_name (parsed.quantizer.rounding), scales[scaling]);
  if (scaling != NUMSYS_SCALE_NONE && role == TRAINING_U && follows_data)
    fputs (",\n     chosen anew from the largest magnitude after each step, "
           "all weights being\n     rounded again", stream);
  else if (scaling != NUMSYS_SCALE_NONE && role == TRAINING_U)
    fprintf (stream, ", set once at the\n     start: the rule's bound, or "
             "else %d times the largest initial weight", TRAINER_HEADROOM);
  else if (scaling != NUMSYS_SCALE_NONE)
    fputs (",\n     from its largest magnitude at each step", stream);
  fputc ('\n', stream);
}

static void
print_roles (FILE *stream, const roles *all, int follows_data)
{
  fputs ("Roles, and the number system of each:\n", stream);
  for (int i = 0; i < TRAINING_ROLES; i++)
    {
      const numsys_quantizer *quantizer = all->quantizer[i];

      fprintf (stream, "  %s  %s: %s\n", training_role_names[i],
               training_role_meanings[i],
               quantizer == NULL ? "float32, not quantized"
                                 : numsys_quantizer_spec (quantizer));
      if (quantizer != NULL)
        describe (stream, quantizer, i, follows_data);
    }
}

static void
print_tensor (FILE *stream, const tensor *t, size_t layer,
              const trainer_parts *parts)
{
  const size_t in = parts->shape.width[layer];
  const size_t out = parts->shape.width[layer + 1];
  const numsys_quantizer *quantizer
    = t->role < 0 ? NULL : parts->all.quantizer[t->role];
  char shape[48];

  if (!t->rows_out)
    snprintf (shape, sizeof shape, "batch x %zu", t->columns_in ? in : out);
  else if (t->columns_in)
    snprintf (shape, sizeof shape, "%zu x %zu", out, in);
  else
    snprintf (shape, sizeof shape, "%zu", out);
  fprintf (stream, "  %5zu  %-24s  %-13s  %-4s  %s\n", layer + 1, t->name,
           shape, t->role < 0 ? "-" : training_role_names[t->role],
           quantizer == NULL ? "float32" : numsys_quantizer_spec (quantizer));
}

static void
print_tensors (FILE *stream, const trainer_parts *parts)
{
  const size_t n = sizeof tensors / sizeof tensors[0];

  fprintf (stream, "\nTensors, layer by layer:\n  %5s  %-24s  %-13s  %-4s  "
           "%s\n", "layer", "tensor", "shape", "role", "number system");
  for (size_t l = 0; l < parts->shape.layers; l++)
    for (size_t i = 0; i < n; i++)
      print_tensor (stream, &tensors[i], l, parts);
}

static int
varies (const roles *all, const contraction *c, int which)
{
  const numsys_quantizer *quantizer = all->quantizer[c->operand[which]];
  const numsys_scaling scaling
    = quantizer == NULL ? NUMSYS_SCALE_NONE
                        : numsys_quantizer_scaling (quantizer);

  return (scaling == NUMSYS_SCALE_CHANNEL && c->channel_varies[which])
         || (scaling == NUMSYS_SCALE_BLOCK && c->block_varies[which]);
}

/* The whole spec of each product that has more to it than a name. */
static void
print_product_specs (FILE *stream, const trainer_parts *parts,
                     const training_settings *settings)
{
  const char *const spec[PRODUCTS] = {
    [PRODUCT_FORWARD] = settings->product,
    [PRODUCT_DX] = settings->product_dx, [PRODUCT_DW] = settings->product_dw,
  };

  for (int i = 0; i < PRODUCTS; i++)
    if (parts->product.state[i] != NULL)
      fprintf (stream, "  %s: by %s\n", contractions[i].what,
               spec[i] == NULL || strcmp (spec[i], "same") == 0
                 ? settings->product : spec[i]);
}

static void
print_products (FILE *stream, const trainer_parts *parts,
                const training_settings *settings)
{
  const size_t n = sizeof contractions / sizeof contractions[0];
  int any = 0;

  fprintf (stream, "\nProducts of each layer:\n  %-15s  %-22s  %-11s  %s\n",
           "product", "formula", "by", "contracts");
  for (size_t i = 0; i < n; i++)
    {
      const contraction *c = &contractions[i];

      fprintf (stream, "  %-15s  %-22s  %-11s  the %s", c->what, c->formula,
               parts->product.type[i]->name, c->axis);
      for (int which = 0; which < 2; which++)
        if (varies (&parts->all, c, which))
          {
            fprintf (stream, "; scales of %s vary along it",
                     training_role_names[c->operand[which]]);
            any = 1;
          }
      fputc ('\n', stream);
    }
  print_product_specs (stream, parts, settings);
  if (any)
    fputs ("  Values are multiplied with their scales in them; hardware would "
           "add such a scale\n  to each product, before accumulation.\n",
           stream);
}

static void
print_rest (FILE *stream, const trainer_parts *parts)
{
  fputs ("\nNot quantized: sums within a product, unless it says so, the bias "
         "added to them,\nReLU, the step of the optimizer before it is stored "
         "(float32); softmax and loss\n(double).  Gradients pass through "
         "quantizers unchanged (straight-through).\n", stream);
  if (parts->all.quantizer[TRAINING_U] == NULL)
    fputs ("Weights and biases are stored in float32.\n", stream);
  else
    fputs ("Weights and biases are stored in U and nowhere else: there is no "
           "float32 copy.\n", stream);
  fprintf (stream, "Moments are those that %s keeps, if any.\n",
           optim_type_name (optim_type_of (parts->rule)));
}

/* A run that is computed in the elements of one system. */
static void
print_elements (FILE *stream, const trainer_parts *parts)
{
  const char *spec = numsys_spec (parts->system);
  const objective *of = &parts->function;

  if (trainer_is_objective (parts))
    fprintf (stream, "The objective %s of %zu parameters, least at 1:\n  %s\n"
             "Its start is its own, whatever seed and init say; an epoch is a "
             "step.\n\nEvery number of the run "
             "is an element of %s:\nparameters, value, gradient and moments.  "
             "Each operation is rounded once to\nnearest.  There is no "
             "float32 copy.\n", of->type->name, objective_length (of),
             of->type->formula, spec);
  else
    fprintf (stream, "Every number of the run is an element of %s: inputs, "
             "weights, outputs, errors,\ngradients, softmax, loss and "
             "moments.  Each operation is rounded once to nearest;\nan output "
             "of a product is one operation.  There is no float32 copy.\n",
             spec);
  if (parts->truth != NULL)
    fprintf (stream, "\nBeside it, from the same float32 numbers, the same "
             "run goes on in\n%s.  distance is |w - w*| / |w*|, w* being the "
             "weights there;\ntruth_loss is the loss there.\n",
             numsys_spec (parts->truth));
}

int
training_role_table (const training_settings *settings, const data_set *set,
                     FILE *stream, numsys_error *error)
{
  trainer_parts parts;

  if (trainer_parts_init (&parts, settings, set->features, set->classes,
                          error) != 0)
    return -1;
  if (parts.system != NULL)
    print_elements (stream, &parts);
  else
    {
      print_roles (stream, &parts.all, parts.follows_data);
      print_tensors (stream, &parts);
      print_products (stream, &parts, settings);
      print_rest (stream, &parts);
    }
  trainer_parts_clear (&parts);
  return ferror (stream) ? -1 : 0;
}
