/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An LNS on the float path: what its files share.  Not installed.  */

#ifndef NUMSYS_LNS_PATH_H
#define NUMSYS_LNS_PATH_H

#include "numsys/families.h"
#include "numsys/float_path.h"
#include "numsys/kernels/kernels.h"
#include "numsys/lns_grid.h"

/* A system at one scale.  The value of slot i in the octave of 2^E is
   that of the stored exponent (step) E gamma + i + offset.  */
typedef struct numsys_lns_view
{
  numsys_grid grid;
  const numsys_lns_grid *octave;
  int64_t offset;
  numsys_lns_grid own;   /* a real scale's octave */
} numsys_lns_view;

typedef struct numsys_lns_plan
{
  numsys_lns_state state;
  numsys_rounding rounding;
  unsigned random_bits;
  const numsys_kernels *kernels;
  numsys_lns_grid octave;   /* anchored at 1 */
  numsys_lns_view plain;    /* at scale 0 */
  numsys_lns_view endless;  /* the same, raising what is below the first */
  unsigned floor_bits;      /* as numsys_lns_rounding's; NULL: none */
  uint32_t *floor_packed;
} numsys_lns_plan;

/* n numbers will be rounded; clear what is made. */
void numsys_lns_view_init (const numsys_lns_plan *plan, numsys_scale scale,
                           size_t n, numsys_lns_view *view);
void numsys_lns_view_clear (numsys_lns_view *view);

/* Value of any step; below or above the range of float32 too. */
double numsys_lns_value (const numsys_lns_view *view, int64_t step);

/* The octave and slot of a step. */
typedef struct numsys_lns_spot
{
  int64_t octave, slot;
} numsys_lns_spot;

static inline numsys_lns_spot
numsys_lns_spot_of (const numsys_lns_view *view, int64_t step)
{
  int64_t gamma = view->octave->gamma;
  int64_t k = step - view->offset;
  int64_t octave = k / gamma - (k % gamma < 0);

  return (numsys_lns_spot) { octave, k - octave * gamma };
}

/* The bits of a step's value. */
static inline uint32_t
numsys_lns_value_bits (const numsys_lns_view *view, int64_t step)
{
  numsys_lns_spot spot = numsys_lns_spot_of (view, step);

  return (uint32_t) (((spot.octave + 126) << 23)
                     + numsys_lns_grid_value (view->octave, spot.slot));
}

/* Least float, as bits, from which the middle over a step is reached: of a
   magnitude in [2^-127, infinity); under 2^-126 a mantissa has one place
   less. */
static inline uint32_t
numsys_lns_middle_bits (const numsys_lns_view *view, int64_t step)
{
  const uint32_t infinity = UINT32_C (0x7f800000);
  numsys_lns_spot spot = numsys_lns_spot_of (view, step);
  uint32_t mantissa
    = (uint32_t) numsys_lns_grid_middle (view->octave, spot.slot);

  if (spot.octave > 127)
    return infinity;
  if (spot.octave < -126)
    return (mantissa + 1) / 2;
  return (uint32_t) ((spot.octave + 126) << 23) + mantissa;
}

/* Where flushing replaces all that lies below the first step by zero: spot is
   the place on the endless grid of a magnitude there, against_half its sign
   against half the first value.  */
void numsys_lns_flush (const numsys_lns_view *view, int against_half,
                       numsys_spot *spot);

/* --- lns_move.c --- */

/* 0 when this view has no short way. */
int numsys_lns_moves_init (const numsys_lns_view *view,
                           numsys_lns_moves *moves);
/* Moves values up to the first that has no short way, and says how many; words
   as numsys_float_path's random. */
size_t numsys_lns_move (const numsys_lns_plan *plan,
                        const numsys_lns_moves *moves, size_t n,
                        const float x[], const float steps[],
                        const uint32_t words[], float out[],
                        numsys_events *events);

/* The same of codes. */
int numsys_lns_steps_init (const numsys_lns_plan *plan,
                           numsys_lns_steps *steps);
size_t numsys_lns_step (const numsys_lns_plan *plan,
                        const numsys_lns_steps *constants, size_t n,
                        const uint32_t codes[], const float steps[],
                        const uint32_t words[], uint32_t out[],
                        numsys_events *events);

/* --- lns_round.c --- */

/* Makes the plan's tables of floors, if small ones are of use. */
void numsys_lns_floors_init (numsys_lns_plan *plan);
/* The constants of kernels that round by any rule; 0 where none may. */
int numsys_lns_rounding_init (const numsys_lns_plan *plan,
                              const numsys_lns_view *view,
                              numsys_lns_rounding *out);
/* By kernel, and what kernels leave one by one. */
void numsys_lns_round (const numsys_lns_plan *plan,
                       const numsys_lns_view *view,
                       const numsys_lns_rounding *rounding, size_t n,
                       const float x[], const uint32_t words[], float out[],
                       numsys_events *events);

/* --- lns_quantize.c --- */

/* As the ladder's code; NaN has none and becomes zero. */
uint32_t numsys_lns_code_of (const numsys_lns_plan *plan,
                             const numsys_grid *grid, numsys_rounded rounded);
uint32_t numsys_lns_code_of_zero (const numsys_lns_plan *plan);
/* Where a code lies on any view's grid. */
numsys_rounded numsys_lns_rounded_of (const numsys_lns_plan *plan,
                                      const numsys_grid *grid, uint32_t code);

/* numsys_float_path's slots. */
numsys_scale numsys_lns_scale (const void *plan, float largest,
                               numsys_scale_step step);
int numsys_lns_check (const void *state, numsys_scale_step step, int is_scaled,
                      numsys_error *error);
void numsys_lns_shift (const void *plan, numsys_scale scale, size_t n,
                       const float x[], const float steps[],
                       const uint32_t random[], float out[],
                       numsys_events *events);
void numsys_lns_shift_codes (const void *plan, size_t n,
                             const uint32_t codes[], const float steps[],
                             const uint32_t random[], uint32_t out[],
                             numsys_events *events);
int numsys_lns_takes_codes (const void *plan, const void *from);
void numsys_lns_quantize_codes (const void *plan, numsys_scale scale,
                                const void *from, numsys_scale from_scale,
                                size_t n, const uint32_t codes[], float out[],
                                numsys_events *events);
uint32_t numsys_lns_largest_code (const void *plan, size_t n,
                                  const uint32_t codes[]);

#endif
