/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A datapath's inside.  Not installed.  */

#ifndef NUMSYS_DATAPATH_INSIDE_H
#define NUMSYS_DATAPATH_INSIDE_H

#include "numsys/approx/approx.h"
#include "numsys/datapath/datapath.h"
#include "numsys/spec.h"

enum
{
  DATAPATH_ACC, DATAPATH_FRACTION, DATAPATH_LSB, DATAPATH_HEADROOM,
  DATAPATH_ROUND, DATAPATH_ORDER, DATAPATH_BLOCK, DATAPATH_OVERFLOW,
  DATAPATH_BINNING, DATAPATH_BACK, DATAPATH_PARAMS
};

enum { ROUND_ZERO, ROUND_NEAREST, ROUND_DOWN };
enum { ORDER_SEQUENTIAL, ORDER_PAIRWISE, ORDER_BLOCKED };
enum { OVERFLOW_SATURATE, OVERFLOW_WRAP };
enum { BACK_FLOAT, BACK_LNS };

/* A spec taken apart. */
typedef struct numsys_datapath_spec
{
  int64_t values[DATAPATH_PARAMS];
  char approx[NUMSYS_SPEC_TEXT];
} numsys_datapath_spec;

int numsys_datapath_parse (const char *spec, numsys_datapath_spec *out,
                           numsys_error *error);

/* A product as the accumulator takes it. */
typedef struct numsys_datapath_term
{
  int64_t value;         /* within -2^A .. 2^A; what lies beyond is held there
                            to saturate, reduced modulo 2^A to wrap */
  unsigned char is_cut;  /* a nonzero part was discarded */
  unsigned char is_over; /* lies beyond */
} numsys_datapath_term;

struct numsys_datapath
{
  int64_t values[DATAPATH_PARAMS];   /* lsb filled in */
  int64_t gamma;                     /* L */
  int64_t times[2];                  /* L / gamma of each operand */
  int64_t tops[2];                   /* largest e of each operand, in steps */
  int64_t top;                       /* largest p */
  int64_t low, high;                 /* the accumulator's range */
  numsys_approx *approx;
  int64_t *constant;                 /* C[0..L-1] */
  uint64_t *power;                   /* floor (2^62 2^(r/L)) */
  numsys_datapath_term *term[2];     /* [0]: positive, [1]: negative; of p */
  int64_t *most;                     /* largest magnitude of terms up to p */
  int is_cut;                        /* some term is */
};

/* 2^62 2^(r/L) needs 63 bits. */
enum { DATAPATH_POWER_FRACTION = 62 };

__extension__ typedef __int128 numsys_datapath_wide;

/* floor, or cut, or nearest, of x 2^-shift, shift >= 0; *is_cut is set when
   that is not exact. */
numsys_datapath_wide numsys_datapath_round (numsys_datapath_wide x,
                                            int64_t shift, int64_t mode,
                                            unsigned char *is_cut);

#endif
