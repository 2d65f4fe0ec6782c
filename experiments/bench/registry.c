/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry of benchmarks.  */

#include <config.h>
#include "experiments/bench/bench.h"

const bench_type *const bench_types[] = {
  &bench_quantize,
  &bench_codes,
  &bench_narrow,
  &bench_random,
  &bench_product,
  &bench_datapath,
  &bench_update,
  &bench_training,
  NULL,
};
