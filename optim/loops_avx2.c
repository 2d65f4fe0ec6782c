/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loops over weights, with AVX2.  */

#include <config.h>
#include "optim/loops_code.h"

const optim_loops optim_loops_avx2 = {
  .name = "avx2",
  .second_moment = second_moment,
  .normalize = normalize,
  .signed_integers = signed_integers,
  .signed_scaled = signed_scaled,
  .look_up = look_up,
  .moves = moves,
  .additive = additive,
  .multiplied = multiplied,
  .held = held,
  .count = count,
  .signs = signs,
  .held_codes = held_codes,
  .count_codes = count_codes,
  .adam_moments = adam_moments,
  .adam_direction = adam_direction,
};
