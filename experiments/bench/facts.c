/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is measured on what.  */

#include <config.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "experiments/bench/bench.h"
#include "experiments/results/memory.h"
#include "experiments/workloads/product.h"
#include "numsys/numsys.h"

/* The value of the first line of /proc/cpuinfo under this key, or "unknown". */
static char *
processor (void)
{
  char *text = memory_read_file ("/proc/cpuinfo", NULL);
  char *at = text == NULL ? NULL : strstr (text, "model name");
  char *name;

  at = at == NULL ? NULL : strchr (at, ':');
  name = at == NULL ? memory_copy ("unknown")
         : memory_format ("%.*s", (int) strcspn (at + 2, "\n"), at + 2);
  free (text);
  return name;
}

static void
add_fact (results_table *facts, const char *key, const char *value)
{
  const size_t row = table_add_row (facts);

  table_set_text (facts, row, table_column (facts, "key"), key);
  table_set_text (facts, row, table_column (facts, "value"), value);
}

static void
add_number (results_table *facts, const char *key, double x)
{
  char text[TABLE_NUMBER];

  snprintf (text, sizeof text, "%.10g", x);
  add_fact (facts, key, text);
}

results_table *
bench_facts (size_t repetitions, const bench_place places[BENCH_PLACES])
{
  results_table *facts = table_new ();
  char *name = processor ();
  double load[1] = { 0 };

  add_fact (facts, "processor", name);
  free (name);
  add_fact (facts, "instruction set", numsys_isa ());
  add_fact (facts, "BLAS", product_blas_name ());
  if (getloadavg (load, 1) == 1)
    add_number (facts, "load before", load[0]);
  add_number (facts, "repetitions", (double) repetitions);
  for (int i = 0; i < BENCH_PLACES; i++)
    {
      char *key = memory_format ("floats in %s", places[i].name);

      add_number (facts, key, (double) places[i].floats);
      free (key);
    }
  return facts;
}
