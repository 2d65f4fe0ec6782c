/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets of labelled grey images in the four IDX files that MNIST introduced:
   images (count, height, width) and labels (count), for training and test.  */

#include <config.h>

#include <stdlib.h>

#include "experiments/data/idx.h"
#include "numsys/spec.h"

enum
{
  classes = 10,
  path_room = 1024
};

static int
check_labels (const data_split *split, const char *path, numsys_error *error)
{
  for (size_t i = 0; i < split->count; i++)
    if (split->label[i] >= classes)
      {
        numsys_error_set (error, "%s: label %zu is %u, but labels go from 0 "
                          "to %u.", path, i, split->label[i], classes - 1);
        return -1;
      }
  return 0;
}

/* One part: its images and its labels. */
static int
load_split (const char *folder, const char *images, const char *labels,
            data_split *split, size_t shape[2], numsys_error *error)
{
  char image_path[path_room], label_path[path_room];
  size_t size[3], count;

  if (idx_read (folder, images, 3, size, &split->x, image_path,
                sizeof image_path, error) != 0
      || idx_read (folder, labels, 1, &count, &split->label, label_path,
                   sizeof label_path, error) != 0)
    return -1;
  if (size[0] != count)
    {
      numsys_error_set (error, "%s has %zu images, but there are %zu labels "
                        "in %s.", image_path, size[0], count, labels);
      return -1;
    }
  split->count = count;
  shape[0] = size[1];
  shape[1] = size[2];
  return check_labels (split, label_path, error);
}

int
idx_load (const data_source *source, const char *folder, data_set *set,
          numsys_error *error)
{
  size_t shape[2], test_shape[2];

  set->name = source->name;
  set->classes = classes;
  if (load_split (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                  &set->train, shape, error) != 0
      || load_split (folder, "t10k-images-idx3-ubyte",
                     "t10k-labels-idx1-ubyte", &set->test, test_shape,
                     error) != 0)
    return -1;
  if (shape[0] != test_shape[0] || shape[1] != test_shape[1])
    {
      numsys_error_set (error, "%s: the images of t10k-images-idx3-ubyte are "
                        "%zu x %zu, those of train-images-idx3-ubyte %zu x "
                        "%zu.", folder, test_shape[0], test_shape[1], shape[0],
                        shape[1]);
      return -1;
    }
  set->features = shape[0] * shape[1];
  return 0;
}
