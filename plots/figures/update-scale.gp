# SPDX-License-Identifier: GPL-3.0-or-later
# U's scale set once, or following the data: test accuracy by bits, and the
# share of stored weights that a new scale moved although they had not to move.
call "style.gp" 3.35 3.3
table = tables."/accuracy.tsv"
array system[2] = ["LNS", "fixed"]
array hue[2] = [2, 3]
array way[3] = ["once", "pow2", "real"]
array told[3] = ["set once", "follows, powers of two", "follows, real"]
array stroke[3] = [1, 2, 3]
array mark[3] = [7, 6, 4]
set dashtype 2 (6, 3)
set dashtype 3 (1.5, 2)
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
half(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? 0 : column(c)
is(s, w) = strcol("group") eq "follow" && strcol("system") eq system[s] \
  && strcol("scale") eq way[w]

stats table using "bits" nooutput
set xrange [STATS_min - 0.6:STATS_max + 0.6]
top = 0
least = 100
stats table using (y = strcol("group") eq "follow" ? number("accuracy") : NaN, \
  least = y < least ? y : least, top = y > top ? y : top, 0) nooutput
# Room below for the names.
bottom = least > 60 ? 40 : 10 * floor(least / 10 - 1)
bottom = bottom < 0 ? 0 : bottom
set xtics 2
set errorbars 0.4
set lmargin at screen 0.165
set rmargin at screen 0.965
set multiplot
set tmargin at screen 0.94
set bmargin at screen 0.50
set format x ""
set yrange [bottom:top > 0 ? 10 * ceil(top / 10.0) : 100]
set ytics auto
set ylabel "Test accuracy (%)" offset 1.4, 0
set key bottom right samplen 2.6
eval restyle
plot \
  for [s = 1:2] for [w = 1:3] table using "bits": \
    (is(s, w) ? number("accuracy") : NaN): \
    (is(s, w) ? half("half_width") : NaN) \
    with yerrorlines ls hue[s] lw 1 dt stroke[w] pt mark[w] ps 0.35, \
  for [s = 1:2] NaN with lines ls hue[s] title "U in ".system[s], \
  for [w = 1:3] NaN with linespoints lc rgb "#404040" dt stroke[w] \
    pt mark[w] ps 0.35 title "scale ".told[w]
unset key
unset label 1000
set tmargin at screen 0.45
set bmargin at screen 0.13
set format x "%g"
set xlabel "Bits of a stored weight" offset 0, 0.5
set yrange [*:*]
set ytics auto
set ylabel "Weights dragged (%)"
eval restyle
plot for [s = 1:2] for [w = 2:3] table using "bits": \
    (is(s, w) ? 100 * number("dragged_share") : NaN) \
    with linespoints ls hue[s] lw 1 dt stroke[w] pt mark[w] ps 0.35
unset multiplot
