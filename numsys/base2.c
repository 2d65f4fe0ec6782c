/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Powers of two and logarithms to base two in integers: a table leaves an
   argument so small that few terms of a Taylor series do.  Tables and errors
   are held against MPFR in tests/numsys/base2-t.c.  */

#include <config.h>
#include "numsys/base2.h"

__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 signed_wide;

/* Top bits of an argument that choose a row. */
#define POWER_BITS 5
#define LOG_BITS 6

#define LOG_TERMS 9

/* 2^(i / 32) in units of 2^-63, to nearest. */
static const uint64_t powers[1 << POWER_BITS] = {
  UINT64_C (0x8000000000000000), UINT64_C (0x82cd8698ac2ba1d7),
  UINT64_C (0x85aac367cc487b15), UINT64_C (0x88980e8092da8527),
  UINT64_C (0x8b95c1e3ea8bd6e7), UINT64_C (0x8ea4398b45cd53c0),
  UINT64_C (0x91c3d373ab11c336), UINT64_C (0x94f4efa8fef70961),
  UINT64_C (0x9837f0518db8a96f), UINT64_C (0x9b8d39b9d54e5539),
  UINT64_C (0x9ef5326091a111ae), UINT64_C (0xa27043030c496819),
  UINT64_C (0xa5fed6a9b15138ea), UINT64_C (0xa9a15ab4ea7c0ef8),
  UINT64_C (0xad583eea42a14ac6), UINT64_C (0xb123f581d2ac2590),
  UINT64_C (0xb504f333f9de6484), UINT64_C (0xb8fbaf4762fb9ee9),
  UINT64_C (0xbd08a39f580c36bf), UINT64_C (0xc12c4cca66709456),
  UINT64_C (0xc5672a115506dadd), UINT64_C (0xc9b9bd866e2f27a3),
  UINT64_C (0xce248c151f8480e4), UINT64_C (0xd2a81d91f12ae45a),
  UINT64_C (0xd744fccad69d6af4), UINT64_C (0xdbfbb797daf23755),
  UINT64_C (0xe0ccdeec2a94e111), UINT64_C (0xe5b906e77c8348a8),
  UINT64_C (0xeac0c6e7dd24392f), UINT64_C (0xefe4b99bdcdaf5cb),
  UINT64_C (0xf5257d152486cc2c), UINT64_C (0xfa83b2db722a033a)
};

/* Near 2^9 / m, m the middle of row i, [1 + i/64, 1 + (i+1)/64), and log2 of
   2^9 over that in units, to nearest. */
static const struct
{
  uint32_t reciprocal;
  uint64_t log;
} logs[1 << LOG_BITS] = {
  { 508, UINT64_C (0x00b963dd107b993b) }, { 500, UINT64_C (0x0230971c98ad5f05) },
  { 493, UINT64_C (0x037dd922a35585ca) }, { 485, UINT64_C (0x05008edec9ab2771) },
  { 478, UINT64_C (0x065832be6aedf27b) }, { 471, UINT64_C (0x07b4e875336faea9) },
  { 465, UINT64_C (0x08e3f3beef19edc6) }, { 458, UINT64_C (0x0a4a7c31dc6f9a5d) },
  { 452, UINT64_C (0x0b823018e3cfc25f) }, { 446, UINT64_C (0x0cbe0e589e3f6043) },
  { 440, UINT64_C (0x0dfe33d3fffa6603) }, { 434, UINT64_C (0x0f42be9e9b09b3df) },
  { 428, UINT64_C (0x108bce0d95fa37ec) }, { 423, UINT64_C (0x11a190a5d674a069) },
  { 417, UINT64_C (0x12f33e6d2120f191) }, { 412, UINT64_C (0x14106017c3eca28e) },
  { 407, UINT64_C (0x1530fd08f29fa70a) }, { 402, UINT64_C (0x16552b499862776b) },
  { 397, UINT64_C (0x177d01b66fbd36a5) }, { 392, UINT64_C (0x18a8980abfbd3266) },
  { 388, UINT64_C (0x199b072a96c6b26f) }, { 383, UINT64_C (0x1acd9c130dd53f5c) },
  { 379, UINT64_C (0x1bc5c5489254cb9d) }, { 374, UINT64_C (0x1cffae611ad12b63) },
  { 370, UINT64_C (0x1dfdd89d586e2b0a) }, { 366, UINT64_C (0x1efec61b011f855b) },
  { 362, UINT64_C (0x200286657c006546) }, { 358, UINT64_C (0x2109298cd71ddf83) },
  { 354, UINT64_C (0x2212c02bbdc9b3b1) }, { 350, UINT64_C (0x231f5b6dc5a78337) },
  { 347, UINT64_C (0x23ead593db351a40) }, { 343, UINT64_C (0x24fce4101f9bcb9a) },
  { 340, UINT64_C (0x25cc89f5809faf63) }, { 336, UINT64_C (0x26e44576e0e8f74b) },
  { 333, UINT64_C (0x27b843cc279e7238) }, { 329, UINT64_C (0x28d5e9c8343e7d6c) },
  { 326, UINT64_C (0x29ae701b9884591b) }, { 323, UINT64_C (0x2a88f6e4cc87354f) },
  { 320, UINT64_C (0x2b6587b432e47502) }, { 317, UINT64_C (0x2c442c5f5e23056a) },
  { 314, UINT64_C (0x2d24ef03b2655091) }, { 311, UINT64_C (0x2e07da092771ecd4) },
  { 308, UINT64_C (0x2eecf8252cf48a35) }, { 305, UINT64_C (0x2fd4545db2f99c45) },
  { 302, UINT64_C (0x30bdfa0c58cad99c) }, { 299, UINT64_C (0x31a9f4e1c4791bb5) },
  { 297, UINT64_C (0x3248987450350b4a) }, { 294, UINT64_C (0x3338917c40c7907f) },
  { 291, UINT64_C (0x342b009c17d11087) }, { 289, UINT64_C (0x34ce04829b7674c2) },
  { 286, UINT64_C (0x35c4ab033e045967) }, { 284, UINT64_C (0x366a8b0ec3a8f2f0) },
  { 281, UINT64_C (0x37658f25bb7ce900) }, { 279, UINT64_C (0x380e657c3d3fd6dc) },
  { 277, UINT64_C (0x38b872c7291f496d) }, { 274, UINT64_C (0x39b9d7a46e732954) },
  { 272, UINT64_C (0x3a6702414dbb3a61) }, { 270, UINT64_C (0x3b157408b6038f4a) },
  { 267, UINT64_C (0x3c1d8ecf99b58c0c) }, { 265, UINT64_C (0x3ccf480796d5cd74) },
  { 263, UINT64_C (0x3d8259ed72f4bb3c) }, { 261, UINT64_C (0x3e36c9c457af079a) },
  { 259, UINT64_C (0x3eec9cee85684f3b) }, { 257, UINT64_C (0x3fa3d8ee4a154e23) }
};

/* 1 / (n ln 2), n = 1, 2 ..., in units, to nearest. */
static const int64_t log_terms[LOG_TERMS] = {
  INT64_C (0x5c551d94ae0bf85e), INT64_C (0x2e2a8eca5705fc2f),
  INT64_C (0x1ec709dc3a03fd75), INT64_C (0x171547652b82fe17),
  INT64_C (0x12776c50ef9bfe79), INT64_C (0x0f6384ee1d01feba),
  INT64_C (0x0d30bb153d6f6ca0), INT64_C (0x0b8aa3b295c17f0c),
  INT64_C (0x0a42589ebe01547c)
};

static inline uint64_t
high_product (uint64_t a, uint64_t b)
{
  return (uint64_t) ((wide) a * b >> 64);
}

/* num 2^64 / den, cut. */
static inline uint64_t
divide (uint64_t num, uint64_t den)
{
  const uint64_t high = (num << 32) / den;
  const uint64_t rest = (num << 32) % den;

  return high << 32 | (rest << 32) / den;
}

/* 1 + z / n sum, z in units of 2^-64. */
static inline uint64_t
horner (uint64_t z, uint64_t sum, unsigned n)
{
  return (UINT64_C (1) << NUMSYS_BASE2_UNIT) + high_product (z, sum) / n;
}

/* With y = num / den = i / 32 + w, the i-th power times e^z, z = w ln 2 below
   2^-5.5.

   y is cut by less than 2^-64, and so is z by less than two of that, half a
   unit.  A step of Horner's rule cuts less than two units, the last, which
   divides by 1, less than one; and of what was wrong before a step keeps
   z / n.  Terms from z^9 / 9! on are below 2^-67.  So e^z is short by less
   than 1.7 units.  The table doubles that at most and adds half of its own
   units of 2^-63, the last product is cut by less than one: less than 5 in
   all.  */
uint64_t
numsys_base2_power (uint64_t num, uint64_t den)
{
  const uint64_t ln2 = UINT64_C (0xb17217f7d1cf79ab);
  const uint64_t y = divide (num, den);
  const uint64_t z
    = high_product (y & (UINT64_MAX >> POWER_BITS), ln2);
  uint64_t sum = UINT64_C (1) << NUMSYS_BASE2_UNIT;

  sum = horner (z, sum, 8);
  sum = horner (z, sum, 7);
  sum = horner (z, sum, 6);
  sum = horner (z, sum, 5);
  sum = horner (z, sum, 4);
  sum = horner (z, sum, 3);
  sum = horner (z, sum, 2);
  sum = horner (z, sum, 1);
  return (uint64_t) ((wide) powers[y >> (64 - POWER_BITS)] * sum >> 63);
}

/* With a row's reciprocal r / 2^9, m = (2^9 / r) (1 + z), and z is an integer
   in units of 2^-40, below 2^-6.6.  The series goes on

     log2 (1 + z) = z (l - z (l / 2 - z (l / 3 - ...))), l = 1 / ln 2.

   Terms from z^10 / (10 ln 2) on are below 2^-68.  A step of Horner's rule has
   half a unit of its coefficient and cuts less than one, and of what was wrong
   before keeps z: less than 0.02 units come to the last product, which cuts
   less than one, and the table errs by half a unit.  */
uint64_t
numsys_base2_log (uint32_t c)
{
  const unsigned i = c >> (31 - LOG_BITS) & ((1 << LOG_BITS) - 1);
  const int64_t z
    = ((int64_t) ((uint64_t) c * logs[i].reciprocal)
       - (INT64_C (1) << 40)) * (INT64_C (1) << 24);
  int64_t sum = log_terms[LOG_TERMS - 1];

  for (int n = LOG_TERMS - 2; n >= 0; n--)
    sum = log_terms[n] - (int64_t) ((signed_wide) z * sum >> 64);
  return logs[i].log + (uint64_t) ((signed_wide) z * sum >> 64);
}
