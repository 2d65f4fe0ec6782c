/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads of one run: a range of work cut into parts, one a thread.

   What is cut is only what gives the same bits however it is cut: outputs that
   are each computed alone, maxima, sums of whole numbers.  How many threads
   there are is an argument; 0 means 1.  They are OpenMP's: a process that has
   cut anything must not fork.  */

#ifndef EXPERIMENTS_WORKLOADS_THREADS_H
#define EXPERIMENTS_WORKLOADS_THREADS_H

#include "numsys/numsys.h"

enum { THREADS_MOST = 256 };

/* 1 where there is no OpenMP, else THREADS_MOST. */
unsigned threads_most (void);

/* Whether cutting pays: numbers to be quantized or updated, and a product. */
int threads_pay_for_numbers (unsigned threads, size_t n);
int threads_pay_for_product (unsigned threads, size_t m, size_t n, size_t k);

/* Work on number first and the n - 1 after it; part, below THREADS_MOST, tells
   the parts of one cut apart. */
typedef void threads_work (void *closure, unsigned part, size_t first,
                           size_t n);

/* Does 0 .. n - 1 in parts whose firsts are multiples of step, at most one a
   thread, and returns when all are done: how many parts there were. */
unsigned threads_cut (unsigned threads, size_t n, size_t step,
                      threads_work *work, void *closure);

/* What numsys_quantize does (threads_quantize.c).  Cut is a large x that
   shares one scale, or whose rows have scales of their own and draw nothing.
   Returns the shared scale, or none. */
numsys_scale threads_quantize (unsigned threads,
                               const numsys_quantizer *quantizer, size_t rows,
                               size_t columns, int channel_axis,
                               const float x[], const numsys_random *random,
                               float out[], numsys_events *events);

#endif
