/* SPDX-License-Identifier: GPL-3.0-or-later */
/* numsys table: the tables of an approximation, for a hardware simulator, and
   its errors.  */

#include <config.h>

#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/command.h"
#include "numsys/approx/approx.h"
#include "numsys/spec.h"

enum
{
  KEY_APPROX = 256,
  KEY_FRACTION,
  KEY_TABLE,
  KEY_HEX,
  KEY_ERRORS,
  default_fraction = 12,
  exact_fraction = 40   /* bits that an exact constant is known to */
};

typedef struct request
{
  const char *spec, *approx, *table;
  unsigned fraction;
  int hex, errors;
} request;

/* What was asked for, as comment lines. */
static void
print_head (const char *mark, const numsys *system,
            const numsys_approx *approx)
{
  printf ("%s numsys table %s --approx %s --fraction %u\n", mark,
          numsys_spec (system), numsys_approx_spec (approx),
          numsys_approx_fraction (approx));
}

static void
print_title (const char *mark, const numsys_approx_table *table)
{
  printf ("%s %s: %s; %zu entries of %u bits with %u fraction bits, %zu bits\n",
          mark, table->name, table->meaning, table->n, table->bits,
          table->fraction, table->n * table->bits);
}

/* One entry a line: its error is that of the constant alone. */
static void
print_text (const numsys_approx *approx, const numsys_approx_table *table)
{
  print_title ("#", table);
  puts ("index\tinteger\texact\terror");
  for (size_t i = 0; i < table->n; i++)
    {
      const int64_t index = table->first + (int64_t) i;
      const double exact
        = ldexp ((double) table->constant (approx, index, exact_fraction),
                 -exact_fraction);

      printf ("%" PRId64 "\t%" PRId64 "\t%.12g\t%.6g\n", index,
              table->entry[i], exact,
              ldexp ((double) table->entry[i], -(int) table->fraction)
                - exact);
    }
}

static void
print_hex (const numsys_approx_table *table)
{
  print_title ("//", table);
  if (table->first != 0)
    printf ("// address 0 is index %" PRId64 "\n", table->first);
  for (size_t i = 0; i < table->n; i++)
    printf ("%0*" PRIx64 "\n", (int) (table->bits + 3) / 4,
            (uint64_t) table->entry[i]);
}

static void
print_errors (const numsys_approx *approx)
{
  puts ("function\tjudged\tlargest\twhere\tmean\tbias\trelative_largest"
        "\trelative_mean\trelative_bias");
  for (int f = 0; f < NUMSYS_APPROX_FUNCTIONS; f++)
    {
      const numsys_approx_error e
        = numsys_approx_measure (approx, (numsys_approx_function) f);

      printf ("%s\t%" PRIu64 "\t%.6g\t%" PRId64
              "\t%.6g\t%.6g\t%.6g\t%.6g\t%.6g\n",
              numsys_approx_function_names[f], e.judged, e.largest, e.where,
              e.mean, e.bias, e.relative_largest, e.relative_mean,
              e.relative_bias);
    }
}

/* The one table asked for; NULL and a sentence when there is none. */
static const numsys_approx_table *
choose (const request *asked, const numsys_approx *approx,
        numsys_error *error)
{
  const numsys_approx_table *table;
  const char *words[NUMSYS_APPROX_MOST_TABLES];
  char near[64] = "", list[200] = "";
  size_t n = 0;

  for (; (table = numsys_approx_table_of (approx, n)) != NULL; n++)
    {
      if (asked->table != NULL && strcmp (asked->table, table->name) == 0)
        return table;
      words[n] = table->name;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", table->name);
    }
  if (n == 1 && asked->table == NULL)
    return numsys_approx_table_of (approx, 0);
  if (n == 0)
    numsys_error_set (error, "%s has no tables", numsys_approx_spec (approx));
  else if (asked->table == NULL)
    numsys_error_set (error, "a memory file holds one table: choose --table "
                      "from %s", list);
  else
    numsys_error_set (error, "%s has no table '%s'%s (tables: %s)",
                      numsys_approx_spec (approx), asked->table,
                      numsys_nearest_word (asked->table, n, words, near),
                      list);
  return NULL;
}

static int
print (const request *asked, const numsys *system,
       const numsys_approx *approx)
{
  const numsys_approx_table *table = NULL;
  numsys_error error;

  if ((asked->hex || asked->table != NULL)
      && (table = choose (asked, approx, &error)) == NULL)
    return command_fail (&error);
  print_head (asked->hex ? "//" : "#", system, approx);
  if (asked->hex)
    print_hex (table);
  else if (asked->errors)
    print_errors (approx);
  else if (table != NULL)
    print_text (approx, table);
  else
    {
      printf ("# all tables: %" PRIu64 " bits\n", numsys_approx_bits (approx));
      for (size_t i = 0;
           (table = numsys_approx_table_of (approx, i)) != NULL; i++)
        {
          if (i > 0)
            puts ("\n");
          print_text (approx, table);
        }
    }
  return COMMAND_DONE;
}

static int
show (const request *asked)
{
  numsys_error error;
  numsys *system = numsys_new (asked->spec, &error);
  const numsys_ladder *ladder;
  numsys_approx *approx;
  int status;

  if (system == NULL)
    return command_fail (&error);
  ladder = numsys_type_of (system)->ladder;
  if (ladder == NULL || !ladder->is_logarithmic)
    {
      numsys_error_set (&error, "%s is not logarithmic: approximations are "
                        "those of an lns", numsys_spec (system));
      numsys_free (system);
      return command_fail (&error);
    }
  approx = numsys_approx_new (asked->approx,
                              ladder->gamma (numsys_state (system)),
                              asked->fraction, &error);
  status = approx == NULL ? command_fail (&error)
                          : print (asked, system, approx);
  numsys_approx_free (approx);
  numsys_free (system);
  return status;
}

static void
list_approximations (void)
{
  puts ("Approximations, by specs as hybrid:4:");
  for (const numsys_approx_type *const *type = numsys_approx_types;
       *type != NULL; type++)
    {
      printf ("  %-12s %s\n", (*type)->name, (*type)->summary);
      for (const numsys_param *p = (*type)->params; p->key != NULL; p++)
        if (p->preset == NUMSYS_DERIVED)
          printf ("    %-10s %s\n", p->key, p->meaning);
        else
          printf ("    %-10s %s (default %" PRId64 ")\n", p->key, p->meaning,
                  p->preset);
    }
}

static unsigned
read_fraction (struct argp_state *state, const char *text)
{
  char *end;
  long value;

  errno = 0;
  value = strtol (text, &end, 10);
  if (end == text || *end != '\0' || errno != 0 || value < 0
      || value > NUMSYS_APPROX_MOST_FRACTION)
    argp_error (state, "--fraction '%s' is not a whole number from 0 to %d",
                text, NUMSYS_APPROX_MOST_FRACTION);
  return (unsigned) value;
}

static error_t
parse (int key, char *argument, struct argp_state *state)
{
  request *asked = state->input;

  switch (key)
    {
    case KEY_APPROX: asked->approx = argument; break;
    case KEY_FRACTION: asked->fraction = read_fraction (state, argument); break;
    case KEY_TABLE: asked->table = argument; break;
    case KEY_HEX: asked->hex = 1; break;
    case KEY_ERRORS: asked->errors = 1; break;
    case ARGP_KEY_ARG:
      if (state->arg_num > 0)
        argp_error (state, "one system at a time: '%s' is too much", argument);
      asked->spec = argument;
      break;
    case ARGP_KEY_END:
      if ((asked->spec == NULL) != (asked->approx == NULL))
        argp_error (state, "a table is of a system and of an approximation: "
                    "numsys table SPEC --approx A");
      if (asked->hex && asked->errors)
        argp_error (state, "--hex and --errors exclude each other");
      break;
    default:
      return ARGP_ERR_UNKNOWN;
    }
  return 0;
}

static int
run (int argc, char **argv)
{
  static const struct argp_option options[] = {
    { "approx", KEY_APPROX, "A", 0, "The approximation, as hybrid:4", 0 },
    { "fraction", KEY_FRACTION, "F", 0,
      "Fraction bits of linear constants (default 12)", 0 },
    { "table", KEY_TABLE, "NAME", 0, "This table alone", 0 },
    { "hex", KEY_HEX, NULL, 0, "As a memory file for $readmemh", 0 },
    { "errors", KEY_ERRORS, NULL, 0,
      "Measure the errors of its functions instead", 0 },
    { NULL, 0, NULL, 0, NULL, 0 }
  };
  static const struct argp argp = {
    options, parse, "[SPEC]",
    "Writes the tables of an approximation of the LNS named by SPEC, with "
    "their sizes in bits, or measures its errors; without arguments, lists "
    "the approximations.", NULL, NULL, NULL
  };
  request asked = { .fraction = default_fraction };

  argp_parse (&argp, argc, argv, 0, NULL, &asked);
  if (asked.spec != NULL)
    return show (&asked);
  list_approximations ();
  return COMMAND_DONE;
}

const command command_table = {
  .name = "table",
  .summary = "write the tables of an approximation, or measure its errors",
  .run = run,
};
