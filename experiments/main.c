/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: finds the command and hands over.  */

#include <config.h>

int
main (void)
{
  return 2;
}
