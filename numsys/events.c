/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of events.  */

#include <config.h>
#include "numsys/type.h"

void
numsys_events_add (numsys_events *sum, const numsys_events *more)
{
  sum->overflow += more->overflow;
  sum->saturated += more->saturated;
  sum->flushed += more->flushed;
  sum->raised += more->raised;
  sum->nan += more->nan;
}
