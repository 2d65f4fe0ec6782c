/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases as lines of text.  */

#include <config.h>

#include <inttypes.h>
#include <string.h>

#include "experiments/verify/lines.h"
#include "experiments/verify/report.h"
#include "numsys/spec.h"

#define WORD_DIGITS 8

/* What a heading says that a reader must agree to. */
static void
print_kind (const verify_format *format, char out[2 * NUMSYS_SPEC_TEXT])
{
  const verify_question *q = format->question;
  char rounding[64] = "";

  if (verify_is_stochastic (format->rounding))
    snprintf (rounding, sizeof rounding, ", random bits %u",
              format->random_bits);
  snprintf (out, 2 * NUMSYS_SPEC_TEXT, "%s of %s%s%s, rounding %s%s",
            verify_operation_name (q->kind == VERIFY_APPLY
                                   ? (unsigned) q->operation
                                   : (unsigned) (NUMSYS_OPERATIONS + q->kind
                                                 - VERIFY_COMPARE)),
            numsys_spec (q->from), q->kind == VERIFY_CONVERT ? " to " : "",
            q->kind == VERIFY_CONVERT ? numsys_spec (q->to) : "",
            verify_rounds (q) ? numsys_rounding_name (format->rounding)
                              : "none", rounding);
}

static const char heading[] = "# cases: ";

static void
print_bias (FILE *stream, const char *what, const oracle_system *system)
{
  if (system->family == ORACLE_LNS)
    fprintf (stream, "# %s: (-1)^sign 2^((e - bias) / gamma), bias %" PRId64
             ", gamma %" PRId64 "\n", what, system->bias, system->gamma);
  else if (system->family == ORACLE_FLOAT)
    fprintf (stream, "# %s: exponent %d bits, bias %" PRId64
             ", significand %d bits\n", what, system->exponent, system->bias,
             system->significand);
}

static void
print_columns (FILE *stream, const verify_format *format)
{
  const verify_question *q = format->question;
  const int digits = verify_digits (&q->operand);

  fprintf (stream, "# a line: ");
  if (q->kind == VERIFY_SUM)
    fprintf (stream, "%zu terms", q->length);
  else if (q->kind == VERIFY_DOT)
    fprintf (stream, "%zu of the first vector, %zu of the second", q->length,
             q->length);
  else
    fprintf (stream, "%zu operand%s", q->operands,
             q->operands > 1 ? "s" : "");
  fprintf (stream, " (%d hexadecimal digit%s each), ", digits,
           digits > 1 ? "s" : "");
  if (verify_is_stochastic (format->rounding))
    fputs ("the random word (8 digits; its top bits are used), ", stream);
  if (q->kind == VERIFY_COMPARE)
    fputs ("the result: -1, 0, 1, or 2 for NaN\n", stream);
  else
    fprintf (stream, "the result (%d)\n", verify_digits (&q->result));
}

void
verify_write_heading (FILE *stream, const verify_format *format,
                      const verify_plan *plan)
{
  char kind[2 * NUMSYS_SPEC_TEXT];

  print_kind (format, kind);
  fprintf (stream, "%s%s\n", heading, kind);
  print_bias (stream, "operands", &format->question->operand);
  if (format->question->kind == VERIFY_CONVERT)
    print_bias (stream, "results", &format->question->result);
  fprintf (stream, "# %s, %" PRIu64 " cases, seed %" PRIu64 "\n",
           verify_plan_proof (plan), verify_plan_count (plan), plan->seed);
  print_columns (stream, format);
}

/* The code in so many digits, and a character after it; gives where it
   ends. */
static char *
put_code (char *at, uint32_t code, int digits, char after)
{
  static const char digit[] = "0123456789abcdef";

  for (int i = digits - 1; i >= 0; i--)
    *at++ = digit[code >> 4 * i & 15];
  *at++ = after;
  return at;
}

void
verify_write_case (FILE *stream, const verify_format *format,
                   const verify_batch *batch, size_t i, uint32_t result)
{
  const verify_question *q = format->question;
  const int digits = verify_digits (&q->operand);
  char text[32], *at;

  for (size_t k = 0; k < q->operands; k++)
    {
      at = put_code (text, batch->operand[k][i], digits, ' ');
      fwrite_unlocked (text, 1, (size_t) (at - text), stream);
    }
  at = text;
  if (verify_is_stochastic (format->rounding))
    at = put_code (at, batch->word[i], WORD_DIGITS, ' ');
  if (q->kind == VERIFY_COMPARE)
    at += snprintf (at, 8, "%" PRId32 "\n", (int32_t) result);
  else
    at = put_code (at, result, verify_digits (&q->result), '\n');
  fwrite_unlocked (text, 1, (size_t) (at - text), stream);
}

/* --- Reading --- */

static const char *
skip_blanks (const char *at)
{
  while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
    at++;
  return at;
}

static int
digit_of (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 'a' ^ 'A';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int
is_end (char c)
{
  return c == '\0' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Length of a word, for messages. */
static int
word_length (const char *at)
{
  int length = 0;

  while (length < 40 && !is_end (at[length]))
    length++;
  return length;
}

/* A code of so many bits; NULL and a sentence when there is none. */
static const char *
read_code (const char *at, unsigned bits, const char *what, uint32_t *code,
           numsys_error *error)
{
  const char *start = at = skip_blanks (at);
  uint64_t value = 0;
  int digit;

  if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X'))
    at += 2;
  for (int i = 0; i < 8 && (digit = digit_of (*at)) >= 0; i++, at++)
    value = value << 4 | (uint64_t) digit;
  *code = (uint32_t) value;
  if (at > start && is_end (*at) && value >> bits == 0)
    return at;
  if (*start == '\0')
    numsys_error_set (error, "%s is missing", what);
  else
    numsys_error_set (error, "%s '%.*s' is not a code of %u bits in "
                      "hexadecimal", what, word_length (start), start, bits);
  return NULL;
}

static const char *
read_order (const char *at, uint32_t *result, numsys_error *error)
{
  const char *start = at = skip_blanks (at);
  const int negative = *at == '-';

  at += negative;
  *result = negative ? UINT32_MAX : (uint32_t) (*at - '0');
  if (*at >= '0' && *at <= '2' && is_end (at[1])
      && (!negative || *at == '1'))
    return at + 1;
  numsys_error_set (error, "the result '%.*s' is not -1, 0, 1 or 2",
                    word_length (start), start);
  return NULL;
}

/* A comment; a heading must be ours. */
static verify_line
read_comment (const char *line, const verify_format *format,
              numsys_error *error)
{
  const size_t length = sizeof heading - 1;
  char kind[2 * NUMSYS_SPEC_TEXT];
  size_t end;

  if (strncmp (line, heading, length) != 0)
    return VERIFY_LINE_EMPTY;
  print_kind (format, kind);
  end = strcspn (line + length, "\r\n");
  if (strlen (kind) == end && strncmp (line + length, kind, end) == 0)
    return VERIFY_LINE_EMPTY;
  numsys_error_set (error, "these are cases of %.*s, not of %.150s",
                    end > 150 ? 150 : (int) end, line + length, kind);
  return VERIFY_LINE_OTHER;
}

verify_line
verify_read_case (const char *line, const verify_format *format,
                  verify_batch *batch, size_t i, uint32_t *result,
                  numsys_error *error)
{
  const verify_question *q = format->question;
  const unsigned bits = oracle_code_bits (&q->operand);
  const char *at = skip_blanks (line);

  if (*at == '\0')
    return VERIFY_LINE_EMPTY;
  if (*at == '#')
    return read_comment (at, format, error);
  for (size_t k = 0; at != NULL && k < q->operands; k++)
    at = read_code (at, bits, "an operand", &batch->operand[k][i], error);
  if (at != NULL && verify_is_stochastic (format->rounding))
    at = read_code (at, 32, "the random word", &batch->word[i], error);
  if (at == NULL)
    return VERIFY_LINE_BAD;
  at = q->kind == VERIFY_COMPARE
       ? read_order (at, result, error)
       : read_code (at, oracle_code_bits (&q->result), "the result", result,
                    error);
  if (at == NULL)
    return VERIFY_LINE_BAD;
  at = skip_blanks (at);
  if (*at == '\0')
    return VERIFY_LINE_CASE;
  numsys_error_set (error, "'%.*s' is too much after the result",
                    word_length (at), at);
  return VERIFY_LINE_BAD;
}
