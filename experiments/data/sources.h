/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources of data sets, one a file; data.c names them in its registry.  */

#ifndef EXPERIMENTS_DATA_SOURCES_H
#define EXPERIMENTS_DATA_SOURCES_H

#include "experiments/data/data.h"

extern const data_source data_fashion_mnist;
extern const data_source data_mnist;
extern const data_source data_none;

#endif
