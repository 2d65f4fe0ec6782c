/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading numbers: -12.5e-3, 0x1.8p-4, inf, nan.  Nothing depends on the
   locale and nothing is rounded.  */

#include <config.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "numsys/spec.h"
#include "numsys/text.h"

#define MOST_TWOS (INT64_C (1) << 40)

void
numsys_text_init (numsys_text *number)
{
  mpz_init (number->c);
}

void
numsys_text_clear (numsys_text *number)
{
  mpz_clear (number->c);
}

static int
digit_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return 16;
}

/* Reads digits, a point among them, into c; returns what follows, or NULL if
   there is no digit.  fraction counts the digits after the point.  GMP turns
   the digits into an integer, in less than quadratic time. */
static const char *
read_digits (numsys_text *number, const char *text, int base,
             int64_t *fraction)
{
  void *(*allocate) (size_t);
  void (*release) (void *, size_t);
  size_t room = strlen (text) + 1;
  size_t n = 0;
  int has_point = 0;
  char *digits;

  mp_get_memory_functions (&allocate, NULL, &release);
  digits = allocate (room);
  *fraction = 0;
  for (;; text++)
    if (*text == '.' && !has_point)
      has_point = 1;
    else if (digit_value (*text) < base)
      {
        digits[n++] = *text;
        *fraction += has_point;
      }
    else
      break;
  digits[n] = '\0';
  if (n != 0)
    mpz_set_str (number->c, digits, base);
  release (digits, room);
  return n == 0 ? NULL : text;
}

/* Reads an exponent after the letter mark, if there is one; held where it
   cannot overflow.  NULL if the letter has no digits. */
static const char *
read_exponent (const char *text, char mark, int64_t *exponent)
{
  int negative;

  *exponent = 0;
  if (tolower ((unsigned char) *text) != mark)
    return text;
  text++;
  negative = *text == '-';
  if (*text == '-' || *text == '+')
    text++;
  if (digit_value (*text) > 9)
    return NULL;
  for (; digit_value (*text) <= 9; text++)
    if (*exponent < 4 * MOST_TWOS)
      *exponent = 10 * *exponent + digit_value (*text);
  if (negative)
    *exponent = -*exponent;
  return text;
}

/* inf, infinity, nan: 1 if text is one of them. */
static int
read_special (numsys_text *number, const char *text)
{
  if (strcasecmp (text, "nan") == 0)
    number->class = NUMSYS_NAN;
  else if (strcasecmp (text, "inf") == 0 || strcasecmp (text, "infinity") == 0)
    number->class = NUMSYS_INFINITE;
  else
    return 0;
  return 1;
}

int
numsys_text_read (numsys_text *number, const char *text, numsys_error *error)
{
  const char *at = text;
  int is_hex;
  int64_t fraction, exponent;

  number->class = NUMSYS_FINITE;
  number->negative = *at == '-';
  number->twos = number->tens = 0;
  if (*at == '-' || *at == '+')
    at++;
  if (read_special (number, at))
    return 0;
  is_hex = at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
  at = read_digits (number, at + 2 * is_hex, is_hex ? 16 : 10, &fraction);
  if (at != NULL)
    at = read_exponent (at, is_hex ? 'p' : 'e', &exponent);
  if (at == NULL || *at != '\0')
    {
      numsys_error_set (error, "'%s' is not a number: allowed are decimal "
                        "(-12.5e-3) and hexadecimal (0x1.8p-4) notation, inf "
                        "and nan", text);
      return -1;
    }
  if (is_hex)
    number->twos = exponent - 4 * fraction;
  else
    number->tens = exponent - fraction;
  if (mpz_sgn (number->c) == 0)
    number->twos = number->tens = 0;
  if (number->tens >= -NUMSYS_TEXT_TENS && number->tens <= NUMSYS_TEXT_TENS
      && number->twos >= -MOST_TWOS && number->twos <= MOST_TWOS)
    return 0;
  numsys_error_set (error, "'%s' has too large an exponent: allowed are powers "
                    "of ten to %d and powers of two to 2^40, of either sign",
                    text, NUMSYS_TEXT_TENS);
  return -1;
}
