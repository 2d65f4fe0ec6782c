/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built by "make installcheck" from the installed headers alone.  */
#include <numsys/numsys.h>

int
main (void)
{
  numsys_error error;
  numsys *system = numsys_new ("lns:8,8", &error);

  numsys_free (system);
  return system == NULL;
}
