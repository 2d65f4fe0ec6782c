/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading IDX files, packed by gzip or not: zlib sees which.  A file is taken
   only when it is exactly as long as its header says and, if packed, when its
   checksum is right.  */

#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "experiments/data/idx.h"
#include "numsys/spec.h"

enum
{
  unsigned_byte = 0x08,            /* the one type of value that we read */
  most_dimensions = 4,
  piece = 1 << 20                  /* bytes asked of zlib at once */
};

static const uint64_t most_bytes = UINT64_C (1) << 31;

/* Reads up to n bytes; how many came, or -1 and a sentence when the file is
   damaged. */
static int64_t
read_bytes (gzFile file, const char *path, size_t n, uint8_t out[],
            numsys_error *error)
{
  size_t done = 0;

  while (done < n)
    {
      const size_t wanted = n - done < piece ? n - done : piece;
      const int count = gzread (file, out + done, (unsigned) wanted);
      int code = Z_OK;

      if (count <= 0)
        gzerror (file, &code);
      if (count < 0 || code == Z_BUF_ERROR)
        {
          numsys_error_set (error, "Cannot read %s: %s.", path,
                            code == Z_ERRNO ? strerror (errno)
                            : code == Z_BUF_ERROR ? "its packed data end early"
                            : "its packed data are damaged");
          return -1;
        }
      done += (size_t) count;
      if (count == 0)
        break;
    }
  return (int64_t) done;
}

/* All of n bytes, or -1 and a sentence. */
static int
read_all (gzFile file, const char *path, const char *what, size_t n,
          uint8_t out[], numsys_error *error)
{
  const int64_t count = read_bytes (file, path, n, out, error);

  if (count < 0)
    return -1;
  if ((size_t) count < n)
    {
      numsys_error_set (error, "%s is truncated: it ends after %lld of the "
                        "%zu bytes of its %s.", path, (long long) count, n,
                        what);
      return -1;
    }
  return 0;
}

static int
check_magic (const uint8_t magic[4], const char *path, unsigned dimensions,
             numsys_error *error)
{
  if (magic[0] != 0 || magic[1] != 0 || magic[3] == 0)
    {
      numsys_error_set (error, "%s is not an IDX file: it begins with "
                        "%02x%02x%02x%02x, not with two zero bytes, a type "
                        "and a number of dimensions.", path, magic[0],
                        magic[1], magic[2], magic[3]);
      return -1;
    }
  if (magic[2] != unsigned_byte)
    {
      numsys_error_set (error, "%s holds values of type 0x%02x; only unsigned "
                        "bytes, type 0x%02x, are read.", path, magic[2],
                        unsigned_byte);
      return -1;
    }
  if (magic[3] != dimensions)
    {
      numsys_error_set (error, "%s has %u dimensions where %u are expected.",
                        path, magic[3], dimensions);
      return -1;
    }
  return 0;
}

/* The dimensions, and the number of values. */
static int
read_header (gzFile file, const char *path, unsigned dimensions, size_t size[],
             size_t *values, numsys_error *error)
{
  uint8_t magic[4], field[4 * most_dimensions];
  uint64_t product = 1;

  if (read_all (file, path, "magic number", sizeof magic, magic, error) != 0
      || check_magic (magic, path, dimensions, error) != 0
      || read_all (file, path, "header", 4 * dimensions, field, error) != 0)
    return -1;
  for (unsigned i = 0; i < dimensions; i++)
    {
      size[i] = (size_t) field[4 * i] << 24 | (size_t) field[4 * i + 1] << 16
                | (size_t) field[4 * i + 2] << 8 | field[4 * i + 3];
      if (size[i] == 0 || size[i] > most_bytes / product)
        {
          numsys_error_set (error, "%s: dimension %u is %zu, but a file must "
                            "hold at least one value and at most 2^31.", path,
                            i + 1, size[i]);
          return -1;
        }
      product *= size[i];
    }
  *values = (size_t) product;
  return 0;
}

/* The values, and no byte after them.  Asking for one more also makes zlib
   compare the checksum. */
static int
read_values (gzFile file, const char *path, size_t n, uint8_t out[],
             numsys_error *error)
{
  uint8_t beyond;
  int64_t count;

  if (read_all (file, path, "values", n, out, error) != 0)
    return -1;
  count = read_bytes (file, path, 1, &beyond, error);
  if (count > 0)
    numsys_error_set (error, "%s has bytes after its last value: it is longer "
                      "than its header says.", path);
  return count == 0 ? 0 : -1;
}

static int
read_file (gzFile file, const char *path, unsigned dimensions, size_t size[],
           uint8_t **bytes, numsys_error *error)
{
  size_t values;

  if (read_header (file, path, dimensions, size, &values, error) != 0)
    return -1;
  *bytes = malloc (values);
  if (*bytes == NULL)
    {
      numsys_error_set (error, "No memory for the %zu bytes of %s.", values,
                        path);
      return -1;
    }
  if (read_values (file, path, values, *bytes, error) != 0)
    {
      free (*bytes);
      *bytes = NULL;
      return -1;
    }
  return 0;
}

int
idx_read (const char *folder, const char *name, unsigned dimensions,
          size_t size[], uint8_t **bytes, char path[], size_t room,
          numsys_error *error)
{
  gzFile file;
  int status;

  snprintf (path, room, "%s/%s.gz", folder, name);
  if (access (path, F_OK) != 0)
    snprintf (path, room, "%s/%s", folder, name);
  errno = ENOMEM;
  file = gzopen (path, "rb");
  if (file == NULL)
    {
      numsys_error_set (error, "Cannot open %s (nor %s.gz): %s.", path, name,
                        strerror (errno));
      return -1;
    }
  status = read_file (file, path, dimensions, size, bytes, error);
  gzclose_r (file);
  return status;
}
