/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring a run's tensors.  */

#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/probes/measure.h"
#include "experiments/probes/plan.h"
#include "experiments/probes/probe.h"
#include "experiments/probes/update.h"
#include "experiments/results/memory.h"
#include "experiments/results/table.h"
#include "numsys/spec.h"

enum { probes, exponents, updates, swallowed };

const char *const probe_block_names[PROBE_BLOCKS]
  = { "probes", "exponents", "updates", "swallowed" };

struct probe
{
  step_watch watch;
  measure own[TRAINING_ROLES];
  size_t specs;
  numsys_quantizer *spec[PROBE_MOST_SPECS];   /* owned */
  measure of_spec[PROBE_MOST_SPECS];
  uint64_t step;
  char epoch[TABLE_NUMBER];
  probe_update update;            /* of the present array */
  analysis_exponents exact;       /* of its weights before they are stored */
  FILE *stream[PROBE_BLOCKS];
  char *text[PROBE_BLOCKS];
  size_t length[PROBE_BLOCKS];
};

static const char *
tensor_name (int is_bias)
{
  return is_bias ? "bias" : "weight";
}

/* The activations and errors of a layer are neither weight nor bias. */
static const char *
tensor_of (const roles_tensor *tensor)
{
  return tensor->role == TRAINING_A || tensor->role == TRAINING_E
           ? "-" : tensor_name (tensor->is_bias);
}

/* A line of the block `probes'. */
static void
print_probe (probe *p, const char *role, unsigned layer, const char *tensor,
             measure *m, const analysis_exponents *where)
{
  FILE *stream = p->stream[probes];

  fprintf (stream, "%" PRIu64 "\t%s\t%s\t%u\t%s\t%s", p->step, p->epoch, role,
           layer + 1, tensor,
           m->quantizer == NULL ? "float:exponent=8,significand=23"
                                : numsys_quantizer_spec (m->quantizer));
  measure_print (m, where, stream);
  putc ('\n', stream);
}

static void
print_exponents (probe *p, const char *role, unsigned layer,
                 const char *tensor, const analysis_exponents *where)
{
  for (int i = 0; i < ANALYSIS_EXPONENTS; i++)
    if (where->count[i] > 0)
      fprintf (p->stream[exponents],
               "%" PRIu64 "\t%s\t%s\t%u\t%s\t%d\t%" PRIu64 "\n", p->step,
               p->epoch, role, layer + 1, tensor,
               i + ANALYSIS_LEAST_EXPONENT, where->count[i]);
}

static void
see (void *closure, const roles_tensor *tensor)
{
  probe *p = closure;
  const char *role = training_role_names[tensor->role];
  const char *name = tensor_of (tensor);
  const size_t n = tensor->rows * tensor->columns;
  const measure_array array = {
    tensor->rows, tensor->columns, tensor->channel_axis, tensor->x,
    tensor->random,
  };
  analysis_exponents where;

  memset (&where, 0, sizeof where);
  analysis_exponents_add (&where, n, tensor->x);
  if (tensor->role != TRAINING_U)
    {
      measure *own = &p->own[tensor->role];

      measure_reset (own);
      measure_add (own, &array);
      print_probe (p, role, tensor->layer, name, own, &where);
      print_exponents (p, role, tensor->layer, name, &where);
    }
  for (size_t i = 0; i < p->specs; i++)
    {
      measure_reset (&p->of_spec[i]);
      measure_add (&p->of_spec[i], &array);
      print_probe (p, role, tensor->layer, name, &p->of_spec[i], &where);
    }
}

static void
begin (void *closure, const step_update *of)
{
  probe *p = closure;

  probe_update_begin (&p->update, of->is_multiplicative, of->n, of->w);
  measure_reset (&p->own[TRAINING_U]);
  memset (&p->exact, 0, sizeof p->exact);
}

static void
add_slice (void *closure, const step_update *of, const optim_slice *slice)
{
  probe *p = closure;

  probe_update_add (&p->update, slice);
  measure_add_pairs (&p->own[TRAINING_U], of->scale, slice->n, slice->exact,
                     slice->stored);
  analysis_exponents_add (&p->exact, slice->n, slice->exact);
}

static void
end (void *closure, const step_update *of, const numsys_events *stored)
{
  static const char role[] = "U";
  probe *p = closure;
  const char *name = tensor_name (of->is_bias);
  char *prefix = memory_format ("%" PRIu64 "\t%s\t%u\t%s", p->step, p->epoch,
                                of->layer + 1, name);

  p->own[TRAINING_U].events = *stored;
  print_probe (p, role, of->layer, name, &p->own[TRAINING_U], &p->exact);
  print_exponents (p, role, of->layer, name, &p->exact);
  fputs (prefix, p->stream[updates]);
  probe_update_print (&p->update, p->stream[updates]);
  putc ('\n', p->stream[updates]);
  probe_update_print_bins (&p->update, prefix, p->stream[swallowed]);
  free (prefix);
}

static void
print_headings (probe *p)
{
  fprintf (p->stream[probes], "step\tepoch\trole\tlayer\ttensor\tspec%s\n",
           measure_columns);
  fputs ("step\tepoch\trole\tlayer\ttensor\texponent\tcount\n",
         p->stream[exponents]);
  fprintf (p->stream[updates], "step\tepoch\tlayer\ttensor%s\n",
           probe_update_columns);
  fputs ("step\tepoch\tlayer\ttensor\texponent\tupdates\tswallowed\n",
         p->stream[swallowed]);
}

static int
read_specs (probe *p, const char *specs, numsys_error *error)
{
  char *list = memory_copy (specs), *rest = list, *word;
  int result = 0;

  if (strcmp (specs, PROBE_NO_SPECS) == 0)
    *list = '\0';
  while (result == 0 && (word = strsep (&rest, " ")) != NULL)
    {
      if (*word == '\0')
        continue;
      if (p->specs == PROBE_MOST_SPECS)
        {
          numsys_error_set (error, "probe-specs: more than %d specs",
                            PROBE_MOST_SPECS);
          result = -1;
          break;
        }
      p->spec[p->specs] = numsys_quantizer_new (word, error);
      result = p->spec[p->specs] != NULL ? 0 : -1;
      if (result == 0
          && measure_init (&p->of_spec[p->specs], p->spec[p->specs]) != 0)
        memory_exhausted ();
      p->specs += result == 0;
    }
  free (list);
  return result;
}

probe *
probe_new (const roles *all, const char *specs, numsys_error *error)
{
  probe *p = memory_new (1, sizeof *p);

  p->watch = (step_watch) {
    .tensors = { .closure = p, .see = see },
    .begin = begin,
    .slice = add_slice,
    .end = end,
  };
  for (int i = 0; i < TRAINING_ROLES; i++)
    if (measure_init (&p->own[i], all->quantizer[i]) != 0)
      memory_exhausted ();
  for (int i = 0; i < PROBE_BLOCKS; i++)
    {
      p->stream[i] = open_memstream (&p->text[i], &p->length[i]);
      if (p->stream[i] == NULL)
        memory_exhausted ();
    }
  print_headings (p);
  if (read_specs (p, specs, error) == 0)
    return p;
  probe_free (p);
  return NULL;
}

void
probe_free (probe *p)
{
  if (p == NULL)
    return;
  for (size_t i = 0; i < p->specs; i++)
    {
      measure_clear (&p->of_spec[i]);
      numsys_quantizer_free (p->spec[i]);
    }
  for (int i = 0; i < TRAINING_ROLES; i++)
    measure_clear (&p->own[i]);
  for (int i = 0; i < PROBE_BLOCKS; i++)
    {
      if (p->stream[i] != NULL)
        fclose (p->stream[i]);
      free (p->text[i]);
    }
  free (p);
}

const step_watch *
probe_watch (probe *p, uint64_t step, double epoch)
{
  p->step = step;
  table_number_text (epoch, p->epoch);
  return &p->watch;
}

void
probe_finish (probe *p, char *block[PROBE_BLOCKS])
{
  for (int i = 0; i < PROBE_BLOCKS; i++)
    {
      const int is_bad = ferror (p->stream[i]);

      if (fclose (p->stream[i]) != 0 || is_bad)
        memory_exhausted ();
      p->stream[i] = NULL;
      block[i] = p->text[i];
      p->text[i] = NULL;
    }
}
