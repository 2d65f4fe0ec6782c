/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number lines as text.  */

#include <config.h>

#include <math.h>
#include <string.h>

#include "experiments/picture.h"

#define WIDTH 64

double
picture_log2 (const numsys *system, uint64_t rung)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const numsys_magnitude m = ladder->magnitude (numsys_state (system), rung);

  return log2 ((double) m.c)
         + (double) m.k / (double) ladder->gamma (numsys_state (system));
}

/* The least rung 1 <= r <= top + 1 whose log2 is at least x. */
static uint64_t
first_rung (const numsys *system, uint64_t top, double x)
{
  uint64_t low = 1, high = top + 1;

  while (low < high)
    {
      const uint64_t middle = low + (high - low) / 2;

      if (picture_log2 (system, middle) >= x)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* One column a stretch of the line from 0 to the largest. */
static void
print_line (const numsys *system, uint64_t top, FILE *stream)
{
  const double most = picture_log2 (system, top);
  char line[WIDTH + 1];
  uint64_t below = 1;

  for (int i = 0; i < WIDTH; i++)
    {
      const uint64_t above
        = i == WIDTH - 1 ? top + 1
                         : first_rung (system, top,
                                       most + log2 ((i + 1.0) / WIDTH));
      const uint64_t count = above - below;

      line[i] = count == 0 ? ' ' : count == 1 ? '.' : count < 4 ? ':' : '#';
      below = above;
    }
  line[WIDTH] = '\0';
  fprintf (stream, "  0|%s|%.4g\n  (. one value, : two or three, # more)\n",
           line, exp2 (most));
}

/* log2 of the number of values in each octave, one digit each; several
   octaves a column, the fullest shown, where there are many. */
static void
print_octaves (const numsys *system, uint64_t top, FILE *stream)
{
  const double first = floor (picture_log2 (system, 1));
  const double last = floor (picture_log2 (system, top));
  const int each = (int) ((last - first) / WIDTH) + 1;
  static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  int column = 0;
  char line[WIDTH + 1];

  for (double x = first; x <= last; x += each)
    {
      uint64_t most = 0;

      for (int i = 0; i < each && x + i <= last; i++)
        {
          const uint64_t count = first_rung (system, top, x + i + 1)
                                 - first_rung (system, top, x + i);
          most = count > most ? count : most;
        }
      line[column++] = most == 0 ? ' '
                       : digits[(int) log2 ((double) most)];
    }
  line[column] = '\0';
  fprintf (stream, "  2^%.0f |%s| 2^%.0f\n  (a digit d: an octave with 2^d "
           "values or a little more", first, line, last + 1);
  if (each > 1)
    fprintf (stream, "; %d octaves a digit", each);
  fputs (")\n", stream);
}

void
picture_print (const numsys *system, FILE *stream)
{
  const numsys_ladder *ladder = numsys_type_of (system)->ladder;
  const uint64_t top = ladder->top (numsys_state (system), 0);

  if (top == 0)
    return;
  fputs ("Positive values on a straight line:\n", stream);
  print_line (system, top, stream);
  fputs ("Positive values by octave:\n", stream);
  print_octaves (system, top, stream);
}
