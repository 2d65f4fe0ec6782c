/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test vectors of the LNS datapath, judged.  */

#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/verify/reading.h"
#include "experiments/verify/unit.h"

/* Wrong vectors that are explained. */
enum { SHOWN = 5 };

typedef struct answers
{
  const verify_unit *u;
  uint32_t *code;
  verify_reading reading;
  uint64_t cases, wrong;
  double most;              /* units that one was off */
} answers;

/* A hexadecimal number of at most so many bits; where it ends, or NULL. */
static const char *
read_hex (const char *text, unsigned bits, uint64_t *out)
{
  char *end;

  text += strspn (text, " \t");
  if (strspn (text, "0123456789abcdefABCDEF") == 0)
    return NULL;
  errno = 0;
  *out = strtoull (text, &end, 16);
  return errno != 0 || *out > UINT64_MAX >> (64 - bits) ? NULL : end;
}

/* 0, or -1 and what is wrong with the line. */
static int
read_case (answers *in, const char *line, uint64_t *seen, numsys_error *why)
{
  const verify_unit *u = in->u;
  const size_t codes = 2 * u->asked->length;
  const unsigned bits = numsys_code_bits (u->asked->system);
  const char *at = line;
  size_t i;

  for (i = 0; i < codes && at != NULL; i++)
    {
      uint64_t code;

      at = read_hex (at, bits, &code);
      in->code[i] = (uint32_t) code;
    }
  if (at != NULL)
    at = read_hex (at, numsys_datapath_bits (u->path), seen);
  if (at != NULL && at[strspn (at, " \t\r\n")] == '\0')
    return 0;
  if (at == NULL)
    numsys_error_set (why, "%zu codes of %u bits, then an accumulator of %u "
                      "bits are wanted, all hexadecimal", codes, bits,
                      numsys_datapath_bits (u->path));
  else
    numsys_error_set (why, "something stands behind the accumulator");
  return -1;
}

/* The accumulator as a number: its top bit is its sign. */
static int64_t
signed_of (const verify_unit *u, uint64_t bits)
{
  const unsigned above = 64 - numsys_datapath_bits (u->path);

  return (int64_t) (bits << above) >> above;
}

static void
judge (answers *in, uint64_t seen)
{
  const verify_unit *u = in->u;
  const int64_t right = verify_unit_result (u, in->code);
  const int64_t got = signed_of (u, seen);
  const double off = (double) got - (double) right;

  in->cases++;
  if (got == right)
    return;
  in->most = off < 0 ? (-off > in->most ? -off : in->most)
                     : (off > in->most ? off : in->most);
  if (in->wrong++ < SHOWN)
    printf ("line %" PRIu64 ": wanted 0x%0*" PRIx64 " (%" PRId64 "), saw "
            "0x%0*" PRIx64 " (%" PRId64 "), %.0f units too %s\n", in->reading.line,
            u->result_digits, (uint64_t) right & verify_unit_mask (u), right,
            u->result_digits, seen, got, off < 0 ? -off : off,
            off < 0 ? "low" : "high");
}

/* Whether the rest of a heading, to the end of its line, is this unit's. */
static int
is_kind (const verify_unit *u, const char *text)
{
  const size_t length = strcspn (text, "\r\n");

  return length == strlen (u->kind) && strncmp (text, u->kind, length) == 0;
}

/* -1 when no line can be judged. */
static int
take_line (void *closure, const char *line, numsys_error *error)
{
  answers *in = closure;
  const size_t length = sizeof VERIFY_UNIT_HEADING - 1;
  numsys_error why;
  uint64_t seen;

  if (strncmp (line, VERIFY_UNIT_HEADING, length) == 0
      && !is_kind (in->u, line + length))
    {
      numsys_error_set (error, "line %" PRIu64 ": these are cases of %.*s, "
                        "not of %s", in->reading.line,
                        (int) strcspn (line + length, "\r\n"),
                        line + length, in->u->kind);
      return -1;
    }
  if (line[0] == '#' || line[strspn (line, " \t\r\n")] == '\0')
    return 0;
  if (read_case (in, line, &seen, &why) == 0)
    judge (in, seen);
  else
    verify_reading_malformed (&in->reading, &why);
  return 0;
}

/* Prints counts; as verify_vectors_check. */
static int
conclude (const answers *in, numsys_error *error)
{
  verify_reading_print (&in->reading, in->cases, in->wrong, SHOWN);
  if (in->wrong > 0)
    printf ("wrong by %.0f units at most\n", in->most);
  return verify_reading_verdict (&in->reading, in->cases, in->wrong, error);
}

int
verify_vectors_check (const verify_vectors *asked, FILE *from,
                      numsys_error *error)
{
  verify_unit u;
  answers in = { .u = &u };
  int status = verify_unit_init (&u, asked, error);

  if (status == 0)
    {
      in.code = memory_new (2 * asked->length, sizeof in.code[0]);
      status = verify_reading_each (&in.reading, from, take_line, &in, error);
      if (status == 0)
        status = conclude (&in, error);
      free (in.code);
    }
  verify_unit_clear (&u);
  return status;
}
