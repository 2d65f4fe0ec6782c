# SPDX-License-Identifier: GPL-3.0-or-later
# Sums and differences of an LNS: how far results lie from the exact ones, in
# steps of the logarithm, by the distance d of the operands.  A band covers all
# d of one stretch; the dashed lines are the half step of right rounding.
call "style.gp" 6.9 2.4
table = tables."/error-by-difference.tsv"
stats table using "octaves" nooutput
furthest = STATS_max
stats table using "most" nooutput
high = STATS_max > 0.5 ? STATS_max : 0.5
stats table using "least" nooutput
low = STATS_min < -0.5 ? STATS_min : -0.5
margin = 0.12 * (high - low)
of(name, column_name) = strcol("operation") eq name \
  ? column(column_name) : NaN
set xrange [0:furthest]
set yrange [low - margin:high + margin]
set xlabel "Distance of the operands (octaves)" offset 0, 0.4
set tmargin at screen 0.88
set bmargin at screen 0.20
set multiplot

set lmargin at screen 0.085
set rmargin at screen 0.525
set ylabel "Result − exact (steps)" offset 1.2, 0
set label 1 "sum" at graph 0.5, 1.06 center
eval restyle
plot \
  table using "octaves":(of("sum", "least")):(of("sum", "most")) \
    with filledcurves lc rgb "#0072B2" fs transparent solid 0.35 noborder, \
  table using "octaves":(of("sum", "least")) with lines ls 2 lw 0.5, \
  table using "octaves":(of("sum", "most")) with lines ls 2 lw 0.5, \
  0.5 with lines ls 9, -0.5 with lines ls 9

set lmargin at screen 0.545
set rmargin at screen 0.985
unset ylabel
set format y ""
set label 1 "difference"
eval restyle
plot \
  table using "octaves":(of("difference", "least")):(of("difference", "most")) \
    with filledcurves lc rgb "#D55E00" fs transparent solid 0.35 noborder, \
  table using "octaves":(of("difference", "least")) with lines ls 3 lw 0.5, \
  table using "octaves":(of("difference", "most")) with lines ls 3 lw 0.5, \
  0.5 with lines ls 9, -0.5 with lines ls 9
unset multiplot
