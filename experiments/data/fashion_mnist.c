/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fashion-MNIST (H. Xiao et al., arXiv 1708.07747): 60 000 + 10 000 grey
   images of clothes, 28 x 28, ten classes; the default, since Debian ships
   it.  */

#include <config.h>

#include "experiments/data/idx.h"
#include "experiments/data/sources.h"

const data_source data_fashion_mnist = {
  .name = "fashion-mnist",
  .summary = "clothes, 28 x 28 grey, 10 classes, 60 000 + 10 000 images",
  .folder = "/usr/share/datasets/fashion-mnist",
  .package = "dataset-fashion-mnist",
  .load = idx_load,
};
