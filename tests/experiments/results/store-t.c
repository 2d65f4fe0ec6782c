/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: tables, run files, and files that are whole or not there.  */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "experiments/results/runs.h"
#include "experiments/results/table.h"
#include "tests/tap/tap.h"

static char folder[] = "store-t.XXXXXX";

static void
test_table (void)
{
  results_table *table = table_new (), *back;
  int name = table_column (table, "name"), x = table_column (table, "x");
  numsys_error error = { "" };
  size_t row = table_add_row (table);
  char path[64];

  table_free (NULL);
  table_set_text (table, row, name, "a\tb\n");
  table_set_number (table, row, x, 0.1);
  row = table_add_row (table);
  table_set_number (table, row, x, -NAN);
  is_string ("a b ", table_text (table, 0, name), "tabs become spaces");
  is_string ("-", table_text (table, 1, name), "nothing is a dash");
  is_string ("nan", table_text (table, 1, x), "NaN has no sign");
  ok (isnan (table_number (table, 1, name)), "a dash is no number");
  is_int (-1, table_find (table, "y"), "no column of that name");
  ok (isnan (table_number (table, 0, -1)), "...gives NaN");

  snprintf (path, sizeof path, "%s/table.tsv", folder);
  ok (table_write (table, path, &error) == 0, "written %s", error.text);
  back = table_read (path, &error);
  ok (back != NULL, "read %s", error.text);
  is_int (2, (int64_t) table_rows (back), "as many rows");
  is_double (0.1, table_number (back, 0, table_find (back, "x")),
             "a number comes back with all bits");
  unlink (path);
  table_free (table);
  table_free (back);
}

static void
test_bad_tables (void)
{
  numsys_error error;

  ok (table_parse ("a\tb\n1\t2\n3\n", "file", &error) == NULL,
      "a short line is refused");
  is_string ("file:3: this line has not the 2 fields of the heading",
             error.text, "...by file and line");
  ok (table_parse ("a\n1\t2\n", "file", &error) == NULL,
      "a long line is refused");
  ok (table_read ("store-t.nowhere", &error) == NULL, "no file, no table");
}

static int
fails (FILE *stream, const void *closure)
{
  (void) closure;
  fputs ("half", stream);
  return -1;
}

/* Names in the folder, "." and ".." left out. */
static int
count_names (void)
{
  char command[64];
  int count = -1;
  FILE *pipe;

  snprintf (command, sizeof command, "ls -A %s | wc -l", folder);
  pipe = popen (command, "r");
  if (pipe == NULL || fscanf (pipe, "%d", &count) != 1)
    bail_out ("cannot list %s", folder);
  pclose (pipe);
  return count;
}

static void
test_whole_files (void)
{
  numsys_error error = { "" };
  char path[64];

  snprintf (path, sizeof path, "%s/half", folder);
  is_int (-1, store_write_file (path, fails, NULL, &error), "a writer fails");
  ok (strstr (error.text, "half") != NULL, "...the sentence names the file");
  is_int (0, count_names (), "...and nothing is left behind");
  is_int (-1, store_write_file ("/dev/null/x", fails, NULL, &error),
          "no folder, no file");
  is_int (-1, store_make_folder ("/dev/null/x", &error),
          "no folder in a file's place");
}

static void
test_runs (void)
{
  store_hash hash = store_hash_of ("abc", 3);
  char *path = runs_path (folder, &hash, ".tsv"), command[64];
  numsys_error error = { "" };
  results_table *block;
  runs_file file;
  FILE *stream;

  is_string ("06b05ab6733a618578af5f94892f3950", hash.text,
             "the hash is XXH3_128's, as `xxhsum -H2' prints it");
  is_int (1, runs_read (path, &file, &error), "a run not there is no error");
  is_int (0, runs_write (path, "#seed 7\n#who a b\nx\ty\n1\t2\n\n\nz\n5\n", 1,
                         &error), "written %s", error.text);
  is_int (0, runs_read (path, &file, &error), "read %s", error.text);
  is_string ("7", runs_value (&file, "seed"), "a value of the header");
  is_string ("a b", runs_value (&file, "who"), "...with a space in it");
  ok (runs_value (&file, "content") == NULL, "the content line is no field");
  block = runs_block (&file, 0, &error);
  is_double (2, table_number (block, 0, 1), "the first block");
  table_free (block);
  block = runs_block (&file, 1, &error);
  is_double (5, table_number (block, 0, 0), "the second block");
  table_free (block);
  ok (runs_block (&file, 2, &error) == NULL, "there is no third");
  runs_free (&file);

  stream = fopen (path, "r+");
  fseek (stream, 6, SEEK_SET);
  putc ('8', stream);
  fclose (stream);
  is_int (-1, runs_read (path, &file, &error), "a changed digit is seen");
  free (path);
  snprintf (command, sizeof command, "rm -r %s/runs", folder);
  is_int (0, system (command), "runs removed");
}

int
main (void)
{
  if (mkdtemp (folder) == NULL)
    bail_out ("cannot make %s", folder);
  plan (32);
  test_table ();
  test_bad_tables ();
  test_whole_files ();
  test_runs ();
  is_int (0, rmdir (folder), "the folder is empty again");
  return 0;
}
