/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data sets in IDX files, made here: packed or not, whole or malformed in each
   way that we can think of.  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "experiments/data/data.h"
#include "tests/tap/tap.h"

static char folder[] = "data-t.XXXXXX";

/* The files of a set, two dimensions of images being 1 x 2. */
static const struct
{
  const char *name;
  size_t length;
  uint8_t bytes[32];
} files[4] = {
  { "train-images-idx3-ubyte", 22,
    { 0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 2, 3, 254, 255 } },
  { "train-labels-idx1-ubyte", 11, { 0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9 } },
  { "t10k-images-idx3-ubyte", 18,
    { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 11, 12 } },
  { "t10k-labels-idx1-ubyte", 9, { 0, 0, 8, 1, 0, 0, 0, 1, 5 } },
};

static void
write_file (const char *name, const uint8_t bytes[], size_t length, int packed)
{
  char path[256];
  gzFile file;

  snprintf (path, sizeof path, "%s/%s%s", folder, name, packed ? ".gz" : "");
  file = gzopen (path, packed ? "wb" : "wbT");
  if (file == NULL)
    bail_out ("cannot write %s", path);
  if (length > 0)
    gzwrite (file, bytes, (unsigned) length);
  gzclose (file);
}

static void
remove_files (void)
{
  char path[256];

  for (int i = 0; i < 4; i++)
    for (int packed = 0; packed < 2; packed++)
      {
        snprintf (path, sizeof path, "%s/%s%s", folder, files[i].name,
                  packed ? ".gz" : "");
        unlink (path);
      }
}

static void
write_all (int packed)
{
  remove_files ();
  for (int i = 0; i < 4; i++)
    write_file (files[i].name, files[i].bytes, files[i].length, packed);
}

static uint64_t
test_whole (int packed)
{
  const char *how = packed ? "packed" : "plain";
  numsys_error error = { "" };
  uint64_t hash;
  data_set set;

  write_all (packed);
  is_int (0, data_load ("mnist", folder, &set, &error), "%s files load%s", how,
          error.text);
  is_string ("mnist", set.name, "...under the source's name");
  is_int (2, (int64_t) set.features, "...two pixels");
  is_int (10, (int64_t) set.classes, "...ten classes");
  is_int (3, (int64_t) set.train.count, "...three to train with");
  is_int (1, (int64_t) set.test.count, "...one to test with");
  is_int (254, set.train.x[4], "...a pixel");
  is_int (9, set.train.label[2], "...a label");
  is_int (12, set.test.x[1], "...a pixel to test with");
  hash = set.hash;
  data_free (&set);
  ok (set.train.x == NULL, "...freed");
  return hash;
}

/* Loading fails with a sentence that says so and names the file. */
static void
refuses (const char *name, const char *says, const char *description)
{
  numsys_error error = { "" };
  data_set set;

  is_int (-1, data_load ("mnist", folder, &set, &error), "%s is refused",
          description);
  ok (strstr (error.text, name) != NULL && strstr (error.text, says) != NULL,
      "...by a sentence that names the file: %s", error.text);
}

/* A file with one byte other than it should be. */
static void
test_changed (int file, size_t at, int byte, const char *says,
              const char *description)
{
  uint8_t bytes[32];

  memcpy (bytes, files[file].bytes, sizeof bytes);
  bytes[at] = (uint8_t) byte;
  write_all (0);
  write_file (files[file].name, bytes, files[file].length, 0);
  refuses (files[file].name, says, description);
}

static void
test_cut (int file, size_t length, const char *says, const char *description)
{
  for (int packed = 0; packed < 2; packed++)
    {
      write_all (packed);
      write_file (files[file].name, files[file].bytes, length, packed);
      refuses (files[file].name, says, description);
    }
}

/* A packed file, itself cut short or with a bit of its checksum turned. */
static void
test_damaged_gzip (void)
{
  char path[256];
  uint8_t bytes[256];
  size_t length;
  FILE *file;

  write_all (1);
  snprintf (path, sizeof path, "%s/%s.gz", folder, files[0].name);
  file = fopen (path, "rb");
  length = fread (bytes, 1, sizeof bytes, file);
  fclose (file);

  file = fopen (path, "wb");
  fwrite (bytes, 1, length - 3, file);
  fclose (file);
  refuses (files[0].name, "end early", "a packed file cut short");

  bytes[length - 8] ^= 1;
  file = fopen (path, "wb");
  fwrite (bytes, 1, length, file);
  fclose (file);
  refuses (files[0].name, "are damaged", "a wrong checksum");
}

static void
test_sources (void)
{
  numsys_error error = { "" };
  data_set set;

  ok (data_find ("fashion-mnist") == data_sources[0],
      "the default source is the first");
  ok (data_find ("fashion") == NULL, "no source of half a name");
  is_int (-1, data_load ("fashion-mnst", NULL, &set, &error),
          "an unknown set is refused");
  ok (strstr (error.text, "did you mean 'fashion-mnist'") != NULL,
      "...with the nearest name: %s", error.text);
  is_int (-1, data_load ("mnist", NULL, &set, &error),
          "a set whose folder nobody knows is refused");
  ok (strstr (error.text, "--data") != NULL, "...with what to do: %s",
      error.text);
  is_int (-1, data_load ("mnist", "data-t.nowhere", &set, &error),
          "a folder that is not there is refused");
  ok (strstr (error.text, "data-t.nowhere") != NULL, "...by name: %s",
      error.text);
  data_free (&set);
}

static void
test_none (void)
{
  numsys_error error = { "" };
  data_set set;

  is_int (0, data_load ("none", "data-t.nowhere", &set, &error),
          "no data need no folder%s", error.text);
  ok (set.train.count == 1 && set.test.count == 1 && set.features == 0,
      "...and are one example of nothing");
  data_free (&set);
}

/* What Debian ships, if it is there. */
static void
test_fashion_mnist (void)
{
  numsys_error error = { "" };
  data_set set;

  if (access (data_sources[0]->folder, R_OK) != 0)
    {
      skip ("dataset-fashion-mnist is not installed");
      return;
    }
  data_load ("fashion-mnist", NULL, &set, &error);
  ok (set.train.count == 60000 && set.test.count == 10000
      && set.features == 784, "Fashion-MNIST loads%s", error.text);
  diag ("its hash is %016llx", (unsigned long long) set.hash);
  data_free (&set);
}

int
main (void)
{
  uint64_t hash, packed_hash;

  if (mkdtemp (folder) == NULL)
    bail_out ("cannot make %s", folder);
  plan (76);
  hash = test_whole (0);
  packed_hash = test_whole (1);
  ok (hash == packed_hash, "the hash is of what is inside");
  ok (hash == UINT64_C (0xa5e501dca645f7d4), "...and a known one: %016llx",
      (unsigned long long) hash);
  remove_files ();
  refuses (files[0].name, "No such file", "a missing file");
  test_changed (0, 0, 1, "not an IDX file", "a wrong magic number");
  test_changed (0, 2, 9, "type 0x09", "a wrong type");
  test_changed (1, 3, 2, "dimensions", "a wrong number of dimensions");
  test_changed (0, 7, 0, "dimension 1 is 0", "an empty file");
  test_changed (0, 4, 255, "at most", "a file of too many values");
  test_changed (0, 7, 2, "longer than its header", "a trailing byte");
  test_changed (3, 8, 10, "label 0 is 10", "a label out of range");
  test_cut (0, 2, "magic number", "a file cut in its magic number");
  test_cut (0, 9, "header", "a file cut in its header");
  test_cut (2, 17, "ends after 1 of the 2", "a file cut in its values");
  test_cut (1, 0, "truncated", "an empty file");
  test_damaged_gzip ();

  write_all (0);
  write_file (files[1].name, (const uint8_t[]) { 0, 0, 8, 1, 0, 0, 0, 1, 5 },
              9, 0);
  refuses (files[0].name, "3 images", "fewer labels than images");
  test_changed (2, 15, 1, "longer", "an image of another shape");
  write_all (0);
  write_file (files[2].name,
              (const uint8_t[]) { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0,
                                  1, 1, 1 }, 18, 0);
  refuses (files[2].name, "2 x 1", "test images of another shape");
  remove_files ();
  test_sources ();
  test_none ();
  test_fashion_mnist ();
  is_int (0, rmdir (folder), "the folder is empty again");
  return 0;
}
