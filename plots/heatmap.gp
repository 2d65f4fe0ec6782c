# SPDX-License-Identifier: GPL-3.0-or-later
# Panels of labelled cells, gamma across and bits up, one panel a map, one
# scale of colours.  Loaded by a figure that has set
#   table        its table, one row a cell: map, map_index, gamma,
#                gamma_index, gap, bits, cause, and the column shown
#   shown        the column in colour
#   low, high    the ends of the scale; values beyond take the ends' colours
#   written(x)   what a cell says
#   ink(t)       in which colour, t being 0 at low and 1 at high
#   beneath      the column of words, or their letters, under the number
#   unknown      what a cell without a number says
#   scale_title  of the colour scale
#   legend       a line beneath
# A line parts the cells that lose more than a point against float32 from the
# others.

stats table using "map_index" nooutput
maps = int(STATS_max) + 1
stats table using "gamma_index" nooutput
columns = int(STATS_max) + 1
stats table using "bits" nooutput
least = int(STATS_min)
rows = int(STATS_max) - least + 1

# What is said of a panel, a column, and a cell: 0 not run, 1 loses, 2 does not.
array name[maps]
array tick[columns]
array base[columns]
array state[maps * columns * rows]
do for [i = 1:|state|] { state[i] = 0 }
index(m, i, j) = (m * columns + i) * rows + j + 1
stats table using ( \
  m = int(column("map_index")), i = int(column("gamma_index")), \
  name[m + 1] = strcol("map"), \
  tick[i + 1] = sprintf("%d", column("gamma")), \
  base[i + 1] = sprintf("%.2f", 1 + column("gap")), \
  state[index(m, i, int(column("bits")) - least)] \
    = strcol("cause") eq "none" ? 2 : 1, 0) nooutput

caption(map) = map eq "all" ? "All roles (W, A, E, G)" \
  : map eq "forward" ? "Forward only (W, A)" \
  : map eq "backward" ? "Backward only (E, G)" : map
letters(word) = word eq "range" ? "r" : word eq "gap" ? "g" \
  : word eq "both" ? "rg" : word eq "none" || word eq "-" ? "" : word

# A cell without a number says so: NaN is a word here, since a formula that
# meets the value NaN is given up.
is_known(c) = strcol(c) ne "nan" && strcol(c) ne "-" && strcol(c) ne ""
said(c) = is_known(c) ? written(column(c)) : unknown

# In a terminal: a table a panel, bits down and gamma across.
if (format eq "txt") {
  set output
  set print out
  array text[maps * columns * rows]
  do for [i = 1:|text|] { text[i] = "" }
  stats table using (text[index(int(column("map_index")), \
    int(column("gamma_index")), int(column("bits")) - least)] \
    = said(shown).(letters(strcol(beneath)) eq "" ? "" \
    : " ".letters(strcol(beneath))), 0) nooutput
  print scale_title
  do for [m = 0:maps - 1] {
    line = "  gamma"
    do for [i = 1:columns] { line = line.sprintf("%10s", tick[i]) }
    print "\n", caption(name[m + 1]), "\n", line
    do for [k = 1:rows] {
      line = sprintf("%2d bits", least + rows - k)
      do for [i = 0:columns - 1] {
        line = line.sprintf("%10s", text[index(m, i, rows - k)])
      }
      print line
    }
  }
  print "\n", legend
  exit
}

# Where things stand, in shares of the page.
first = 0.058
last = 0.918
between = 0.016
panel = (last - first - (maps - 1) * between) / maps
left(m) = first + m * (panel + between)
bottom = 0.270
top = 0.905

set border 0 lc rgb "#000000"
unset grid
set tics scale 0
set xrange [-0.5:columns - 0.5]
set yrange [least - 0.5:least + rows - 0.5]
set cbrange [low:high]
set tmargin at screen top
set bmargin at screen bottom
unset xtics
gamma_y = bottom - 0.034
base_y = bottom - 0.086
set for [i = 1:columns] label 10 + i tick[i] at i - 1, screen gamma_y center \
  font small
set for [i = 1:columns] label 10 + columns + i base[i] \
  at i - 1, screen base_y center font small
unset ytics
set for [j = 0:rows - 1] label 100 + j sprintf("%d", least + j) \
  at screen first - 0.008, first least + j right font small
set label 1 "{/:Italic γ}" at screen first - 0.004, screen gamma_y \
  right font small
set label 2 "base" at screen first - 0.004, screen base_y \
  right font small
set label 3 "Bits" at screen 0.014, screen (bottom + top) / 2 center rotate
set label 4 scale_title at screen 0.988, screen (bottom + top) / 2 center \
  rotate
set label 5 legend at screen (first + last) / 2, screen 0.062 center font small
set colorbox user origin screen last + 0.010, screen bottom \
  size screen 0.012, screen top - bottom noborder
set cbtics offset -0.6, 0

clip(x) = x < low ? low : x > high ? high : x
color(c) = is_known(c) \
  ? ink((clip(column(c)) - low) / (high - low)) : 0x000000
here(m, x) = column("map_index") == m ? x : NaN
across(m) = here(m, column("gamma_index"))
known(m) = is_known(shown) ? across(m) : NaN

set multiplot
do for [m = 0:maps - 1] {
  set lmargin at screen left(m)
  set rmargin at screen left(m) + panel
  set title caption(name[m + 1]) font "" offset 0, -0.8
  if (m == 1) {
    unset for [i = 1:5] label i
    unset for [j = 0:rows - 1] label 100 + j
    unset colorbox
  }
  unset arrow
  do for [i = 0:columns - 1] {
    do for [j = 0:rows - 1] {
      at = state[index(m, i, j)]
      above = j + 1 < rows ? state[index(m, i, j + 1)] : 0
      beside = i + 1 < columns ? state[index(m, i + 1, j)] : 0
      x = i + 0.5
      y = least + j + 0.5
      if (at * above == 2) {
        set arrow from x - 1, y to x, y nohead front lw 1.8 lc rgb "#000000"
      }
      if (at * beside == 2) {
        set arrow from x, y - 1 to x, y nohead front lw 1.8 lc rgb "#000000"
      }
    }
  }
  # Cells, in grey where there is no number; what they say; the letters.
  eval restyle
  plot \
    table using (across(m)):"bits":(0.5):(0.5) \
      with boxxyerror lw 0.6 fc rgb "#d8d8d8" fs solid 1 \
      border lc rgb "white", \
    table using (known(m)):"bits":(0.5):(0.5): \
      (is_known(shown) ? clip(column(shown)) : low) \
      with boxxyerror lw 0.6 lc palette fs solid 1 border lc rgb "white", \
    table using (across(m)): \
      (column("bits") + (letters(strcol(beneath)) eq "" ? 0 : 0.2)): \
      (said(shown)):(color(shown)) with labels font small tc rgb variable, \
    table using (across(m)):(column("bits") - 0.24): \
      (letters(strcol(beneath))):(color(shown)) \
      with labels font small tc rgb variable
}
unset multiplot
