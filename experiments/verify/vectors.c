/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Test vectors of the LNS datapath, made.  */

#include <config.h>

#include <inttypes.h>
#include <stdlib.h>

#include "experiments/results/memory.h"
#include "experiments/verify/unit.h"
#include "experiments/verify/verify.h"

enum { BATCH = 256 };

/* Vectors at the edges, which come first: sums that leave the range upwards,
   downwards, or cancel, and terms too small for the accumulator. */
enum { LARGEST, LARGEST_NEGATIVE, CANCELLING, SMALLEST, EDGES };

static void
write_heading (const verify_unit *u, FILE *to)
{
  const verify_vectors *asked = u->asked;
  const oracle_system *system = &u->question.operand;

  fprintf (to, "%s%s\n", VERIFY_UNIT_HEADING, u->kind);
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
fill_edge (const verify_unit *u, uint64_t edge, uint32_t code[])
{
  const size_t n = u->asked->length;
  const uint32_t half = UINT32_C (1) << (u->question.operand.bits - 1);
  const uint32_t least = verify_unit_least (u);

  for (size_t i = 0; i < 2 * n; i++)
    code[i] = edge == SMALLEST ? least : half - 1;
  for (size_t i = 0; i < n; i++)
    if (edge == LARGEST_NEGATIVE || (edge == CANCELLING && i % 2 != 0))
      code[i] |= half;
}

static void
write_case (const verify_unit *u, const uint32_t code[], FILE *to)
{
  for (size_t i = 0; i < 2 * u->asked->length; i++)
    fprintf (to, "%0*" PRIx32 " ", u->operand_digits, code[i]);
  fprintf (to, "%0*" PRIx64 "\n", u->result_digits,
           (uint64_t) verify_unit_result (u, code) & verify_unit_mask (u));
}

int
verify_vectors_generate (const verify_vectors *asked, FILE *to,
                         numsys_error *error)
{
  uint32_t *code;
  verify_batch batch;
  verify_plan plan;
  verify_unit u;

  if (verify_unit_init (&u, asked, error) != 0)
    {
      verify_unit_clear (&u);
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
  verify_unit_clear (&u);
  return 0;
}
