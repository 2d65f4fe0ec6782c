/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Multinomial logistic regression: no hidden layer.  */

#include <config.h>
#include "experiments/workloads/model.h"
#include "numsys/spec.h"

static int
hidden (const char *value, size_t width[NET_MOST_LAYERS - 1], size_t *count,
        numsys_error *error)
{
  (void) width;
  *count = 0;
  if (value == NULL)
    return 0;
  numsys_error_set (error, "model logistic takes no value, not '%s'", value);
  return -1;
}

const model_type model_logistic = {
  .name = "logistic",
  .summary = "multinomial logistic regression",
  .usage = "logistic",
  .hidden = hidden,
};
