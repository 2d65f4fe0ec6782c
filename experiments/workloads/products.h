/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The products, one a file; product.c names them in its registry.  */

#ifndef EXPERIMENTS_WORKLOADS_PRODUCTS_H
#define EXPERIMENTS_WORKLOADS_PRODUCTS_H

#include "experiments/workloads/product.h"

extern const product_type product_sgemm;
extern const product_type product_fixed_order;
extern const product_type product_datapath;
extern const product_type product_accumulate;

#endif
