/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test vectors of the LNS datapath.  */

#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "experiments/results/memory.h"
#include "experiments/verify/question.h"
#include "experiments/verify/vectors.h"
#include "experiments/verify/verify.h"
#include "numsys/datapath/datapath.h"
#include "numsys/spec.h"
#include "numsys/type.h"

/* Wrong vectors that are explained, malformed lines that are named. */
enum { SHOWN = 5, NAMED = 5, BATCH = 256 };

static const char heading[] = "# cases: ";

/* The unit whose results are asked for, and room to compute them. */
typedef struct unit
{
  const verify_vectors *asked;
  verify_question question;          /* codes of a dot product */
  char kind[2 * NUMSYS_SPEC_TEXT];   /* what the heading says */
  numsys_datapath *path;
  int64_t *bins;
  numsys_datapath_number *number;    /* both vectors */
  int operand_digits, result_digits;
} unit;

static void
clear (unit *u)
{
  numsys_datapath_free (u->path);
  free (u->bins);
  free (u->number);
}

static int
init (unit *u, const verify_vectors *asked, numsys_error *error)
{
  char spec[NUMSYS_SPEC_TEXT];
  numsys_datapath_operand operand;
  const oracle_system *system = &u->question.operand;

  *u = (unit) { .asked = asked };
  if (verify_question_of ((unsigned) verify_operation_find ("dot"),
                          asked->system, NULL, "", asked->length,
                          &u->question, error) != 0
      || numsys_datapath_canonical (asked->spec, spec, sizeof spec, error)
           != 0)
    return -1;
  if (system->family != ORACLE_LNS)
    {
      numsys_error_set (error, "%s is no lns: the datapath adds products of "
                        "logarithmic numbers", numsys_spec (asked->system));
      return -1;
    }
  operand = (numsys_datapath_operand) {
    system->gamma, (INT64_C (1) << (system->bits - 1)) - 1,
  };
  u->path = numsys_datapath_new (spec, operand, operand, error);
  if (u->path == NULL)
    return -1;
  u->bins = memory_new ((size_t) numsys_datapath_gamma (u->path),
                        sizeof u->bins[0]);
  u->number = memory_new (2 * asked->length, sizeof u->number[0]);
  u->operand_digits
    = ((int) numsys_code_bits (asked->system) + 3) / 4;
  u->result_digits = ((int) numsys_datapath_bits (u->path) + 3) / 4;
  snprintf (u->kind, sizeof u->kind, "%s of %s", spec,
            numsys_spec (asked->system));
  return 0;
}

/* The number that a code stands for: its sign over its stored exponent. */
static numsys_datapath_number
number_of (const unit *u, uint32_t code)
{
  const unsigned bits = (unsigned) u->question.operand.bits;
  const uint32_t half = UINT32_C (1) << (bits - 1);
  const numsys *system = u->asked->system;
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;

  return ladder->place (numsys_state (system), code).rung == 0 ? 0
         : numsys_datapath_number_of (code & (half - 1),
                                      (code & half) != 0);
}

/* What the accumulator holds, of codes of both vectors. */
static int64_t
result_of (const unit *u, const uint32_t code[])
{
  const size_t n = u->asked->length;
  numsys_datapath_events events = { 0, 0, 0, 0 };

  for (size_t i = 0; i < 2 * n; i++)
    u->number[i] = number_of (u, code[i]);
  return numsys_datapath_dot (u->path, n, u->number, 1, u->number + n, 1,
                              u->bins, &events);
}

static uint64_t
mask_of (const unit *u)
{
  return UINT64_MAX >> (64 - numsys_datapath_bits (u->path));
}

/* --- Generating --- */

/* Vectors at the edges, which come first: sums that leave the range upwards,
   downwards, or cancel, and terms too small for the accumulator. */
enum { LARGEST, LARGEST_NEGATIVE, CANCELLING, SMALLEST, EDGES };

static void
write_heading (const unit *u, FILE *to)
{
  const verify_vectors *asked = u->asked;
  const oracle_system *system = &u->question.operand;

  fprintf (to, "%s%s\n", heading, u->kind);
  fprintf (to, "# operands: (-1)^sign 2^((e - bias) / gamma), bias %" PRId64
           ", gamma %" PRId64 "\n", system->bias, system->gamma);
  fprintf (to, "# results: an integer of %u bits, two's complement, in units "
           "of 2^%" PRId64 ", the product of two e = 0 being 1\n",
           numsys_datapath_bits (u->path), numsys_datapath_lsb (u->path));
  fprintf (to, "# %" PRIu64 " cases, %d at the edges, then at random, seed %" PRIu64 "\n",
           asked->count, (int) EDGES, asked->seed);
  fprintf (to, "# a line: %zu of the first vector, %zu of the second (%d "
           "hexadecimal digits each), the accumulator (%d)\n", asked->length,
           asked->length, u->operand_digits, u->result_digits);
}

static void
fill_edge (const unit *u, uint64_t edge, uint32_t code[])
{
  const size_t n = u->asked->length;
  const uint32_t half = UINT32_C (1) << (u->question.operand.bits - 1);
  const uint32_t least = number_of (u, 0) == 0 ? 1 : 0;

  for (size_t i = 0; i < 2 * n; i++)
    code[i] = edge == SMALLEST ? least : half - 1;
  for (size_t i = 0; i < n; i++)
    if (edge == LARGEST_NEGATIVE || (edge == CANCELLING && i % 2 != 0))
      code[i] |= half;
}

static void
write_case (const unit *u, const uint32_t code[], FILE *to)
{
  for (size_t i = 0; i < 2 * u->asked->length; i++)
    fprintf (to, "%0*" PRIx32 " ", u->operand_digits, code[i]);
  fprintf (to, "%0*" PRIx64 "\n", u->result_digits,
           (uint64_t) result_of (u, code) & mask_of (u));
}

int
verify_vectors_generate (const verify_vectors *asked, FILE *to,
                         numsys_error *error)
{
  uint32_t *code;
  verify_batch batch;
  verify_plan plan;
  unit u;

  if (init (&u, asked, error) != 0)
    {
      clear (&u);
      return -1;
    }
  code = memory_new (2 * asked->length, sizeof code[0]);
  verify_plan_init (&plan, &u.question, 0, asked->seed, asked->count, 32);
  plan.source = &verify_drawn;
  verify_batch_init (&batch, &u.question, BATCH);
  write_heading (&u, to);
  for (uint64_t first = 0; first < asked->count && !ferror (to);
       first += batch.n)
    {
      const uint64_t left = asked->count - first;

      verify_batch_fill (&batch, &plan, first,
                         (size_t) (left < BATCH ? left : BATCH));
      for (size_t i = 0; i < batch.n; i++)
        {
          for (size_t k = 0; k < 2 * asked->length; k++)
            code[k] = batch.operand[k][i];
          if (first + i < EDGES)
            fill_edge (&u, first + i, code);
          write_case (&u, code, to);
        }
    }
  verify_batch_clear (&batch, &u.question);
  verify_plan_clear (&plan);
  free (code);
  clear (&u);
  return 0;
}

/* --- Judging --- */

typedef struct answers
{
  const unit *u;
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
  const unit *u = in->u;
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
signed_of (const unit *u, uint64_t bits)
{
  const unsigned above = 64 - numsys_datapath_bits (u->path);

  return (int64_t) (bits << above) >> above;
}

static void
judge (answers *in, uint64_t seen)
{
  const unit *u = in->u;
  const int64_t right = result_of (u, in->code);
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
            u->result_digits, (uint64_t) right & mask_of (u), right,
            u->result_digits, seen, got, off < 0 ? -off : off,
            off < 0 ? "low" : "high");
}

/* -1 when no line can be judged. */
static int
take_line (answers *in, const char *line, numsys_error *error)
{
  const size_t length = sizeof heading - 1;
  const char *kind = line + length;
  numsys_error why;
  uint64_t seen;

  in->line++;
  if (strncmp (line, heading, length) == 0
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
  unit u;
  answers in = { .u = &u };
  int status = init (&u, asked, error);

  if (status == 0)
    {
      in.code = memory_new (2 * asked->length, sizeof in.code[0]);
      status = check_all (&in, from, error);
      free (in.code);
    }
  clear (&u);
  return status;
}
