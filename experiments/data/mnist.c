/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MNIST (Y. LeCun et al., 1998): 60 000 + 10 000 grey images of handwritten
   digits, 28 x 28.  Debian does not ship it: the user names its folder.  */

#include <config.h>

#include "experiments/data/idx.h"
#include "experiments/data/sources.h"

const data_source data_mnist = {
  .name = "mnist",
  .summary = "digits, 28 x 28 grey, 10 classes, 60 000 + 10 000 images",
  .load = idx_load,
};
