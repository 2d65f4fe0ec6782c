/* SPDX-License-Identifier: GPL-3.0-or-later */
/* log2 (1 + f) as quadratics, one for each 32nd of [0, 1): entry s of row j is
   the factor of f^j, the quadratic meeting the logarithm at the Chebyshev nodes
   of its part.  */

#ifndef NUMSYS_KERNELS_LOG2_PARTS_H
#define NUMSYS_KERNELS_LOG2_PARTS_H

/* Bounds the error, evaluated in float32 by multiply-adds of factors that were
   multiplied by up to 256 before: measured on all 2^23 mantissas it is below
   2^-21.1.  */
#define NUMSYS_LOG2_PARTS_ERROR 0x1p-20f

enum { NUMSYS_LOG2_PARTS = 32, NUMSYS_LOG2_PART_TERMS = 3 };

static const float numsys_log2_parts[NUMSYS_LOG2_PART_TERMS]
                                    [NUMSYS_LOG2_PARTS] = {
  {
    0x1.db9a16p-22f, 0x1.579056p-15f, 0x1.89c056p-13f,
    0x1.010e2ep-11f, 0x1.021876p-10f, 0x1.bc9812p-10f,
    0x1.5a449ep-9f, 0x1.f65fe8p-9f, 0x1.59afe8p-8f,
    0x1.c8c1f8p-8f, 0x1.2429dap-7f, 0x1.6c1624p-7f,
    0x1.bbfae4p-7f, 0x1.09d130p-6f, 0x1.396784p-6f,
    0x1.6c9ee6p-6f, 0x1.a353fcp-6f, 0x1.dd625ap-6f,
    0x1.0d5286p-5f, 0x1.2d7b8ap-5f, 0x1.4f19dep-5f,
    0x1.721b6ep-5f, 0x1.966e88p-5f, 0x1.bc01f0p-5f,
    0x1.e2c4eep-5f, 0x1.0553a8p-4f, 0x1.19ccc2p-4f,
    0x1.2ec640p-4f, 0x1.4438f0p-4f, 0x1.5a1de4p-4f,
    0x1.706e80p-4f, 0x1.872470p-4f,
  },
  {
    0x1.7143b8p+0f, 0x1.709c46p+0f, 0x1.6f6918p+0f,
    0x1.6dc246p+0f, 0x1.6bbbf2p+0f, 0x1.6966fep+0f,
    0x1.66d19cp+0f, 0x1.6407c0p+0f, 0x1.611384p+0f,
    0x1.5dfd74p+0f, 0x1.5accc8p+0f, 0x1.5787a6p+0f,
    0x1.54333ep+0f, 0x1.50d3fep+0f, 0x1.4d6da6p+0f,
    0x1.4a0362p+0f, 0x1.4697e8p+0f, 0x1.432d80p+0f,
    0x1.3fc618p+0f, 0x1.3c6354p+0f, 0x1.390692p+0f,
    0x1.35b0fap+0f, 0x1.32637ep+0f, 0x1.2f1eecp+0f,
    0x1.2be3eap+0f, 0x1.28b2fep+0f, 0x1.258c96p+0f,
    0x1.227106p+0f, 0x1.1f6092p+0f, 0x1.1c5b66p+0f,
    0x1.1961a8p+0f, 0x1.167368p+0f,
  },
  {
    -0x1.6615ccp-1f, -0x1.510634p-1f, -0x1.3dc4aap-1f,
    -0x1.2c1ddcp-1f, -0x1.1be562p-1f, -0x1.0cf4aep-1f,
    -0x1.fe544ap-2f, -0x1.e4d0bap-2f, -0x1.cd2b06p-2f,
    -0x1.b735aep-2f, -0x1.a2c878p-2f, -0x1.8fbfc2p-2f,
    -0x1.7dfbdep-2f, -0x1.6d608ap-2f, -0x1.5dd48cp-2f,
    -0x1.4f4148p-2f, -0x1.419272p-2f, -0x1.34b5c2p-2f,
    -0x1.289abep-2f, -0x1.1d3280p-2f, -0x1.126f8ap-2f,
    -0x1.0845a0p-2f, -0x1.fd5340p-3f, -0x1.eb22ccp-3f,
    -0x1.d9e768p-3f, -0x1.c9902ep-3f, -0x1.ba0da4p-3f,
    -0x1.ab519ep-3f, -0x1.9d4f18p-3f, -0x1.8ffa1ap-3f,
    -0x1.8347a0p-3f, -0x1.772d82p-3f,
  },
};

#endif
