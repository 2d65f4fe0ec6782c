/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a study.  */

#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/study/files.h"
#include "experiments/report/report.h"
#include "experiments/results/memory.h"
#include "experiments/results/store.h"
#include "numsys/spec.h"
#include "plots/plots.h"

/* Every format of one figure. */
static int
draw (const plots_figure *figure, const char *folder, numsys_error *error)
{
  for (const char *const *format = plots_formats; *format != NULL; format++)
    if (plots_draw (figure, folder, *format, error) != PLOTS_DRAWN)
      return -1;
  return 0;
}

/* The figure's origin, in a file beside it. */
static int
write_origin (const char *dir, const char *folder, const char *name,
              numsys_error *error)
{
  char *from = memory_format ("%s/provenance.tsv", dir);
  char *to = memory_format ("%s/%s.provenance.tsv", folder, name);
  results_table *table = table_read (from, error);
  int result = table != NULL ? table_write (table, to, error) : -1;

  table_free (table);
  free (from);
  free (to);
  return result;
}

/* One figure, to files or to standard output. */
static int
show (const plots_figure *figure, const char *dir, const char *folder,
      int is_text, numsys_error *error)
{
  if (is_text)
    return plots_print (figure, stdout, error) == PLOTS_DRAWN ? 0 : -1;
  if (draw (figure, folder, error) != 0)
    return -1;
  return write_origin (dir, folder, figure->name, error);
}

/* -1 and a sentence when the study has no figure of this name. */
static int
check_name (const study_file *study, const char *name, numsys_error *error)
{
  char near[64], list[200] = "";
  size_t n = 0;

  for (; study->figures[n] != NULL; n++)
    {
      if (strcmp (study->figures[n], name) == 0)
        return 0;
      snprintf (list + strlen (list), sizeof list - strlen (list), "%s%s",
                n > 0 ? ", " : "", study->figures[n]);
    }
  numsys_nearest_word (name, n, (const char *const *) study->figures, near);
  numsys_error_set (error, "the study %s has no figure '%s'%s (figures: %s)",
                    study->name, name, near, n > 0 ? list : "none");
  return -1;
}

static int
check_options (const study_file *study, const report_options *options,
               numsys_error *error)
{
  for (const char *const *set = options->set; set != NULL && *set != NULL;
       set++)
    if (plots_check_set (*set, error) != 0)
      return -1;
  return options->figure == NULL
         ? 0 : check_name (study, options->figure, error);
}

int
report_figures (const study_file *study, const char *dir,
                const report_options *options, numsys_error *error)
{
  char *scripts = files_path ("plots");
  char *folder = memory_format ("%s/figures", dir);
  char *tables = memory_format ("%s/tables", dir);
  char *note = study->has_size ? memory_format ("%s size", study->size)
                               : memory_copy ("");
  int result = check_options (study, options, error);

  if (result == 0 && study->figures[0] != NULL && !options->is_text)
    result = store_make_folder (folder, error);

  for (char **name = study->figures; result == 0 && *name != NULL; name++)
    if (options->figure == NULL || strcmp (options->figure, *name) == 0)
      {
        const plots_figure figure
          = { scripts, *name, tables, note, options->set };

        result = show (&figure, dir, folder, options->is_text, error);
      }
  free (note);
  free (tables);
  free (folder);
  free (scripts);
  return result;
}
