/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The multilayer perceptron.  */

#include <config.h>
#include <ctype.h>
#include <stdlib.h>
#include "experiments/workloads/model.h"
#include "numsys/spec.h"

enum { widest = 65536 };

static int
hidden (const char *value, size_t width[NET_MOST_LAYERS - 1], size_t *count,
        numsys_error *error)
{
  const char *text = value == NULL ? "" : value;

  *count = 0;
  while (*count < NET_MOST_LAYERS - 1)
    {
      char *end;
      const unsigned long w = strtoul (text, &end, 10);

      if (!isdigit ((unsigned char) *text) || w < 1 || w > widest)
        break;
      width[(*count)++] = w;
      if (*end == '\0')
        return 0;
      if (*end != '-')
        break;
      text = end + 1;
    }
  numsys_error_set (error, "model mlp takes the widths of 1 to %d hidden "
                    "layers, each 1 to %d, as in mlp:256-128, not '%s'",
                    NET_MOST_LAYERS - 1, widest, value == NULL ? "" : value);
  return -1;
}

const model_type model_mlp = {
  .name = "mlp",
  .summary = "dense layers with ReLU between them",
  .usage = "mlp:256-128",
  .hidden = hidden,
};
