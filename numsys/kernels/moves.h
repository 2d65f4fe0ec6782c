/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds of adding steps to stored exponents in float32, on vectors of any
   width.  Values of a grid are far from the thresholds between them, so that
   an exponent is its logarithm rounded.  */

#ifndef NUMSYS_KERNELS_MOVES_H
#define NUMSYS_KERNELS_MOVES_H

/* Up to here numsys_near_log2_terms times gamma err by less than 0.05. */
enum { NUMSYS_MOST_MOVED_GAMMA = 8192 };

/* Adding it to a float rounds that to an integer, ties to even. */
#define NUMSYS_SHIFTER 0x1.8p23f

/* Steps that the shifter rounds. */
#define NUMSYS_FAR_STEP 0x1p22f

/* Of a value of the grid, at most so much of a step is left by rounding. */
#define NUMSYS_MOST_REST 0.25f

/* Places this near to a draw are not told apart from it: both are within 2^-22
   of what they stand for. */
#define NUMSYS_UNSURE_PLACE 0x1p-20f

#endif
