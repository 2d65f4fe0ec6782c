/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of well-known formats.  fp8 and smaller: OCP Microscaling Formats
   (MX) Specification 1.0, 2023, section 5.3.  */

#include <config.h>
#include "numsys/numsys.h"

const numsys_alias numsys_aliases[] = {
  { "fp32", "float:8,23", "IEEE 754 binary32" },
  { "tf32", "float:8,10", "TensorFloat-32" },
  { "bf16", "float:8,7", "bfloat16" },
  { "fp16", "float:5,10", "IEEE 754 binary16" },
  { "e5m2", "float:5,2", "OCP 8 bits, range" },
  { "e4m3", "float:4,3,specials=nan", "OCP 8 bits, precision; no infinity" },
  { "e3m2", "float:3,2,specials=none", "OCP 6 bits, range" },
  { "e2m3", "float:2,3,specials=none", "OCP 6 bits, precision" },
  { "e2m1", "float:2,1,specials=none", "OCP 4 bits" },
  { "int16", "fixed:16,0", "16-bit integers" },
  { "int8", "fixed:8,0", "8-bit integers" },
  { "int4", "fixed:4,0", "4-bit integers" },
  { "lns16", "lns:16,2048", "LNS with the range of lns8, 256 times finer" },
  { "lns8", "lns:8,8", "LNS of 8 bits, base 2^(1/8)" },
  { NULL, NULL, NULL },
};
