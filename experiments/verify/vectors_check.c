/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test vectors of the LNS datapath, judged.  */

#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/verify/unit.h"

/* Wrong vectors that are explained, malformed lines that are named. */
enum { SHOWN = 5, NAMED = 5 };

typedef struct answers
{
  const verify_unit *u;
  uint32_t *code;
  uint64_t line, cases, wrong, malformed;
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
            "0x%0*" PRIx64 " (%" PRId64 "), %.0f units too %s\n", in->line,
            u->result_digits, (uint64_t) right & verify_unit_mask (u), right,
            u->result_digits, seen, got, off < 0 ? -off : off,
            off < 0 ? "low" : "high");
}

/* -1 when no line can be judged. */
static int
take_line (answers *in, const char *line, numsys_error *error)
{
  const size_t length = sizeof VERIFY_UNIT_HEADING - 1;
  const char *kind = line + length;
  numsys_error why;
  uint64_t seen;

  in->line++;
  if (strncmp (line, VERIFY_UNIT_HEADING, length) == 0
      && strncmp (kind, in->u->kind, strcspn (kind, "\r\n")) != 0)
    {
      numsys_error_set (error, "line %" PRIu64 ": these are cases of %.*s, "
                        "not of %s", in->line, (int) strcspn (kind, "\r\n"),
                        kind, in->u->kind);
      return -1;
    }
  if (line[0] == '#' || line[strspn (line, " \t\r\n")] == '\0')
    return 0;
  if (read_case (in, line, &seen, &why) == 0)
    judge (in, seen);
  else if (in->malformed++ < NAMED)
    {
      fflush (stdout);
      fprintf (stderr, "numsys: line %" PRIu64 ": %s.\n", in->line, why.text);
    }
  return 0;
}

/* 0, 1 or -1 as verify_vectors_check. */
static int
check_all (answers *in, FILE *from, numsys_error *error)
{
  char *line = NULL;
  size_t room = 0;
  int status = 0;

  while (status == 0 && getline (&line, &room, from) >= 0)
    status = take_line (in, line, error);
  if (status == 0 && ferror (from))
    {
      numsys_error_set (error, "cannot read the answers: %s",
                        strerror (errno));
      status = -1;
    }
  free (line);
  if (status != 0)
    return status;
  if (in->wrong > SHOWN)
    printf ("... and %" PRIu64 " more\n", in->wrong - SHOWN);
  printf ("%" PRIu64 " cases judged, %" PRIu64 " wrong, %" PRIu64
          " malformed line%s\n", in->cases, in->wrong, in->malformed,
          in->malformed == 1 ? "" : "s");
  if (in->wrong > 0)
    printf ("wrong by %.0f units at most\n", in->most);
  if (in->wrong > 0 || in->malformed > 0)
    return 1;
  if (in->cases > 0)
    return 0;
  numsys_error_set (error, "there is no case to judge");
  return -1;
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
      status = check_all (&in, from, error);
      free (in.code);
    }
  verify_unit_clear (&u);
  return status;
}
