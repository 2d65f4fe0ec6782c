# SPDX-License-Identifier: GPL-3.0-or-later
# An array and number systems for it.  Above, how many of its numbers lie in
# which octave; below, a row a system: the range that it has at the array's
# scale under those octaves (at the border it goes on), and the relative error
# that it makes.
call "style.gp" 6.9 3.0
# What is missing must not hide its row.
set datafile missing "none"
specs = tables."/statistics.tsv"
exponents = tables."/exponents.tsv"
stats specs using (1) nooutput
rows = STATS_records
stats exponents using "exponent" nooutput
first = STATS_min
last = STATS_max + 1
# As far as systems reach, but not much further than the numbers.
beyond = 3 + 0.3 * (last - first)
# Boxes without a range have no width: gnuplot may fall over undefined ones.
known(name, other) = strcol(name) eq "-" ? other : column(name)
stats specs using (known("least", first)) nooutput
left = STATS_min < first ? STATS_min : first
left = left < first - beyond ? first - beyond : left
stats specs using (known("greatest", last)) nooutput
right = STATS_max > last ? STATS_max : last
right = right > last + beyond ? last + beyond : right
stats specs using (known("relative_rms", 0) > 0) nooutput
errors = STATS_sum
stats specs using (strlen(strcol("spec"))) nooutput
labels = 0.03 + 0.0092 * STATS_max
if (labels < 0.11) labels = 0.11
if (labels > 0.34) labels = 0.34
margin = 0.02 * (right - left) + 0.5
left = left - margin
right = right + margin
from(x) = x < left ? left : x
to(x) = x > right ? right : x
thin = 0.02 * rows
row(i) = rows - i - 0.5
percent(x) = x >= 0.0995 ? sprintf("%.0f %%", 100 * x) \
  : sprintf("%.1g %%", 100 * x)
lost(x) = x > 0 ? percent(x) : ""
set multiplot

set lmargin at screen labels
set rmargin at screen 0.66
set xrange [left:right]
set tmargin at screen 0.95
set bmargin at screen 0.56
set yrange [0:*]
stats exponents using "share" nooutput
set ytics STATS_max > 0.24 ? 10 : STATS_max > 0.12 ? 5 : 2
set ylabel "Share of numbers (%)" offset 1.2, 0
set format x ""
set style fill solid 0.35 border lc rgb "#404040"
eval restyle
plot exponents using (column("exponent") + 0.5):(100 * column("share")):(1) \
  with boxes lc rgb "#808080" lw 0.5

set tmargin at screen 0.52
set bmargin at screen 0.15
set yrange [0:rows]
unset ylabel
unset grid
set grid xtics lw 0.4 lc rgb "#e4e4e4" lt 1 back
set format x "%g"
set xlabel "log_2 |x|:  range, and the share of numbers below it" \
  offset 0, 0.4
unset ytics
eval restyle
plot \
  specs using (0):(row($0)):(from(known("least", left))): \
    (to(known("greatest", left))):(row($0) - thin):(row($0) + thin) \
    with boxxyerror lc rgb "#0072B2" fs solid 1 noborder, \
  specs using (left):(row($0)):(strcol("spec")." ") \
    with labels right font small noenhanced, \
  specs using (known("least", left)):(row($0)):(lost(column("lost_below"))." ") \
    with labels right font small

set lmargin at screen 0.69
set rmargin at screen 0.975
# Without an error there is no point.
if (errors > 0) set autoscale x
if (errors > 0) set logscale x
if (errors == 0) set xrange [0:1]
if (errors > 0) set format x "10^{%L}"
unset mxtics
set xlabel "Relative error"
set key at screen 0.975, 0.64 right top vertical maxrows 2
eval restyle
plot \
  specs using "relative_rms":(row($0)) with points ls 2 ps 0.6 \
    title "root mean square", \
  specs using "largest_relative":(row($0)) with points ls 3 pt 4 ps 0.6 \
    title "largest"
unset multiplot
