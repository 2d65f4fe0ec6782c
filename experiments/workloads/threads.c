/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting work between OpenMP's threads: the one file that is built for
   OpenMP, and may be built without.  */

#include <config.h>
#include "experiments/workloads/threads.h"

/* Least work that is cut: 26 microseconds of quantizing, 66 of a product, as
   measured with AVX-512.  Where a busy machine has no processor for the second
   thread, waking it costs 4 more, and a product, packed twice, 12. */
static const size_t least_numbers = 1 << 17;
static const double least_multiply_adds = 1 << 22;

unsigned
threads_most (void)
{
#ifdef _OPENMP
  return THREADS_MOST;
#else
  return 1;
#endif
}

int
threads_pay_for_numbers (unsigned threads, size_t n)
{
  return threads > 1 && n >= least_numbers;
}

int
threads_pay_for_product (unsigned threads, size_t m, size_t n, size_t k)
{
  return threads > 1
         && (double) m * (double) n * (double) k >= least_multiply_adds;
}

unsigned
threads_cut (unsigned threads, size_t n, size_t step, threads_work *work,
             void *closure)
{
  const size_t steps = (n + step - 1) / step;
  const size_t count = threads < 1 ? 1 : threads > THREADS_MOST ? THREADS_MOST
                                                                : threads;
  const size_t each = (steps + count - 1) / count * step;
  const unsigned parts = n == 0 ? 0 : (unsigned) ((n + each - 1) / each);

#ifdef _OPENMP
#pragma omp parallel for num_threads (parts) schedule (static, 1) if (parts > 1)
#endif
  for (unsigned part = 0; part < parts; part++)
    {
      const size_t first = part * each;

      work (closure, part, first, n - first < each ? n - first : each);
    }
  return parts;
}
