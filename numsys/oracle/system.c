/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes and their values, from the definitions of the families.  */

#include <config.h>
#include "numsys/oracle/oracle.h"

static uint32_t
ones (unsigned bits)
{
  return (uint32_t) ((UINT64_C (1) << bits) - 1);
}

unsigned
oracle_code_bits (const oracle_system *system)
{
  if (system->family == ORACLE_FLOAT)
    return 1 + system->exponent + system->significand;
  return system->bits + (system->zero == ORACLE_ZERO_FLAG);
}

/* Fields of missing subnormals. */
static int64_t
missing (const oracle_system *system)
{
  return system->subnormals ? 0 : (INT64_C (1) << system->significand) - 1;
}

int64_t
oracle_least_step (const oracle_system *system)
{
  return !(system->family == ORACLE_LNS && system->zero != ORACLE_ZERO_CODE);
}

int64_t
oracle_most_step (const oracle_system *system, int negative)
{
  const int width = system->exponent + system->significand;
  int64_t most;

  switch (system->family)
    {
    case ORACLE_FIXED:
      if (!system->is_signed)
        return negative ? 0 : ones (system->bits);
      return ones (system->bits - 1) + (negative != 0);
    case ORACLE_FLOAT:
      most = ones (width);
      if (system->specials == ORACLE_IEEE)
        most -= INT64_C (1) << system->significand;
      if (system->specials == ORACLE_ONE_NAN)
        most -= 1;
      return most - missing (system);
    default:
      return ones (system->bits - 1);
    }
}

int
oracle_step_is_odd (const oracle_system *system, int64_t step)
{
  if (system->family == ORACLE_FLOAT && step > 0)
    step += missing (system);
  return step & 1;
}

uint32_t
oracle_step_code (const oracle_system *system, int negative, int64_t step)
{
  switch (system->family)
    {
    case ORACLE_FIXED:
      return (uint32_t) (negative ? -step : step) & ones (system->bits);
    case ORACLE_FLOAT:
      if (step > 0)
        step += missing (system);
      negative = negative != 0;
      return (uint32_t) step
             | (uint32_t) negative << (oracle_code_bits (system) - 1);
    default:
      return (uint32_t) step | (uint32_t) (negative != 0) << (system->bits - 1);
    }
}

/* c 2^(exponent / divisor) */
static void
set_term (oracle_sum *sum, uint64_t c, int64_t exponent, int64_t divisor)
{
  mpz_t integer;
  mpq_t q;

  mpz_init_set_ui (integer, c);
  mpq_init (q);
  mpq_set_si (q, exponent, divisor);
  mpq_canonicalize (q);
  oracle_sum_zero (sum);
  oracle_sum_add (sum, integer, q);
  mpz_clear (integer);
  mpq_clear (q);
}

static void
set_float (const oracle_system *system, uint64_t pattern, oracle_sum *value)
{
  const int s = system->significand;
  const uint64_t one = UINT64_C (1) << s;
  const int64_t field = (int64_t) (pattern >> s);

  if (field == 0)
    set_term (value, pattern, 1 - system->bias - s, 1);
  else
    set_term (value, one + pattern % one, field - system->bias - s, 1);
}

void
oracle_step_value (const oracle_system *system, int64_t step, oracle_sum *value)
{
  if (system->family == ORACLE_FIXED)
    set_term (value, step, -system->fraction, 1);
  else if (system->family == ORACLE_LNS)
    set_term (value, 1, step - system->bias, system->gamma);
  else if (step == 0)
    oracle_sum_zero (value);
  else
    set_float (system, step + missing (system), value);
}

/* Splits a float's code; says which class it is of. */
static oracle_class
read_float (const oracle_system *system, uint32_t code, int64_t *step)
{
  const int s = system->significand;
  const uint32_t all = ones (system->exponent + s);
  const uint32_t fields = code & all;

  if (system->specials == ORACLE_IEEE && fields >> s == ones (system->exponent))
    return (fields & ones (s)) == 0 ? ORACLE_INFINITE : ORACLE_NAN;
  if (system->specials == ORACLE_ONE_NAN && fields == all)
    return ORACLE_NAN;
  *step = (int64_t) fields - missing (system);
  if (*step < 0)
    *step = 0;
  return ORACLE_FINITE;
}

static oracle_class
read_code (const oracle_system *system, uint32_t code, int *negative,
           int64_t *step, int *zero)
{
  oracle_class class = ORACLE_FINITE;

  *negative = code >> (oracle_code_bits (system) - 1) & 1;
  switch (system->family)
    {
    case ORACLE_FIXED:
      *negative = *negative && system->is_signed;
      *step = *negative ? (INT64_C (1) << system->bits) - code : code;
      *zero = code == 0;
      break;
    case ORACLE_FLOAT:
      class = read_float (system, code, step);
      *zero = class == ORACLE_FINITE && *step == 0;
      break;
    default:
      *step = code & ones (system->bits - 1);
      *zero = system->zero == ORACLE_ZERO_CODE ? *step == 0
              : system->zero == ORACLE_ZERO_FLAG ? code >> system->bits != 0
              : 0;
      *negative = !*zero && (code >> (system->bits - 1) & 1);
    }
  return class;
}

void
oracle_value (const oracle_system *system, uint32_t code, oracle_number *value)
{
  int negative, zero;
  int64_t step = 0;
  const oracle_class class = read_code (system, code, &negative, &step, &zero);

  oracle_number_zero (value, negative);
  value->class = class;
  if (class == ORACLE_FINITE && !zero)
    oracle_step_value (system, step, &value->top);
}

void
oracle_read_step (const oracle_system *system, uint32_t code,
                  oracle_result *result)
{
  result->class = read_code (system, code, &result->negative, &result->step,
                             &result->is_zero);
}

int
oracle_code_is_canonical (const oracle_system *system, uint32_t code)
{
  int negative, zero;
  int64_t step = 0;

  if (read_code (system, code, &negative, &step, &zero) != ORACLE_FINITE)
    return 1;
  if (!zero)
    return oracle_step_code (system, negative, step) == code;
  if (system->family == ORACLE_LNS && system->zero == ORACLE_ZERO_FLAG)
    return code == UINT32_C (1) << system->bits;
  return oracle_step_code (system, negative, 0) == code;
}
