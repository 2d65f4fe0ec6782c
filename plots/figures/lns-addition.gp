# SPDX-License-Identifier: GPL-3.0-or-later
# Above, the errors of approximated LNS sums and differences by the distance of
# the operands, tables being of about the same size; below, what tables of all
# sizes cost, and their largest errors.  The dashed line is the half step of
# right rounding; the dotted one marks where exact sums and differences vanish.
call "style.gp" 6.9 4.7
errors = tables."/lns-addition.tsv"
costs = tables."/approximation-cost.tsv"
# The format and fraction bits that are shown are the last ones.
stats costs using "gamma" nooutput
wide = STATS_max
narrow = STATS_min
stats costs using "fraction" nooutput
fine = STATS_max
coarse = STATS_min
stats costs using (column("gamma") == wide ? column("sum_end") : NaN) nooutput
vanishes = STATS_max / wide
family(f) = f[1:strstrt(f.":", ":") - 1]
array families[6] = ["exact", "table", "hybrid", "linear", "cotransform", \
  "mitchell"]
larger(a, b) = abs(a) > abs(b) ? abs(a) : abs(b)
by_d(f, what) = strcol("approximation") eq f && column("gamma") == wide \
  && column("fraction") == fine \
  ? larger(column(what."_least"), column(what."_most")) : NaN
cost(i, what, gamma, bits) = family(strcol("approximation")) eq families[i] \
  && column("gamma") == gamma && column("fraction") == bits \
  ? column(what."_largest") : NaN
# Of six: which one, and in words.
array shown[6] = ["exact", "table:256", "hybrid:128", "linear:64", \
  "cotransform:256", "mitchell"]
if (wide < 2048) { shown[2] = "table:8"; shown[3] = "hybrid:4"; \
  shown[4] = "linear:4"; shown[5] = "cotransform:8" }
steps = "Largest error (steps)"

set multiplot
set logscale y
set format y "%g"
set ytics ("0.1" 0.1, "1" 1, "10" 10, "100" 100, "1000" 1000, "10^4" 1e4)
# A name at each line; where they stand is known of gamma 2048 alone.
name(i, what, x, y) = wide < 2048 ? sprintf("unset label %d", i) \
  : sprintf("set label %d '%s' at %g, %g left font small tc ls %d", i, what, \
            x, y, i)

set tmargin at screen 0.925
set bmargin at screen 0.60
set xrange [0:vanishes + 1]
set xtics 2
set xlabel "Distance of the operands (octaves)" offset 0, 0.4
set arrow 1 from vanishes, graph 0 to vanishes, graph 0.9 nohead lw 0.8 \
  dt (1.5,2.5) lc rgb "#808080"
set label 20 "both vanish" at vanishes, graph 0.86 right offset -0.4, 0 font small \
  tc rgb "#606060"

set lmargin at screen 0.085
set rmargin at screen 0.525
set yrange [0.05:400]
set ylabel steps offset 1.2, 0
set label 21 sprintf("sums, gamma = %d", wide) at graph 0.5, 1.08 center
eval name(6, "mitchell", 6.3, 12)
eval name(2, "table:256", 2.1, 24)
eval name(3, "hybrid:128", 4.5, 7.6)
eval name(4, "linear:64", 0.3, 0.85)
eval name(1, "exact, cotransform", 3.2, 0.25)
eval restyle
plot 0.5 with lines ls 9, \
  for [i = 1:6] errors using "octaves":(by_d(shown[i], "sum")) \
    with lines ls i lw 1.1
set lmargin at screen 0.58
set rmargin at screen 0.985
unset ylabel
set yrange [0.05:1e5]
set label 21 sprintf("differences, gamma = %d", wide)
eval name(6, "mitchell", 5.9, 30)
eval name(2, "table:256", 2.2, 40)
eval name(3, "hybrid:128", 9.7, 11)
eval name(4, "linear:64", 0.5, 4000)
eval name(5, "cotransform", 0.3, 1.6)
eval name(1, "exact", 5, 0.2)
unset label 1000
eval restyle
plot 0.5 with lines ls 9, \
  for [i = 1:6] errors using "octaves":(by_d(shown[i], "difference")) \
    with lines ls i lw 1.1

unset arrow 1
unset label
set tmargin at screen 0.44
set bmargin at screen 0.10
set logscale x
set xrange [3:1.5e6]
set xtics ("10" 10, "100" 100, "1000" 1000, "10^4" 1e4, "10^5" 1e5, "10^6" 1e6)
set xlabel "Bits of tables, of sums and differences together" offset 0, 0.4
set lmargin at screen 0.085
set rmargin at screen 0.525
set yrange [0.3:3000]
set ylabel steps offset 1.2, 0
set label 21 "sums" at graph 0.5, 1.06 center
big(y) = sprintf("set label 22 'gamma = %d' at 5, %g left font small", wide, y)
low(y) = sprintf("set label 23 'gamma = %d' at 5, %g left font small", narrow, y)
eval narrow < wide ? big(600).";".low(10) : ""
set key at graph 0.99, 1.04 right top samplen 1.2
eval restyle
plot 0.5 with lines ls 9, \
  for [i = 2:4] costs using "bits":(cost(i, "sum", wide, fine)) \
    with linespoints ls i title families[i], \
  costs using "bits":(cost(5, "sum", wide, fine)) with points ls 5 ps 0.8 \
    title "cotransform", \
  costs using "bits":(cost(1, "sum", wide, fine)) with points ls 1 ps 0.8 \
    title "exact", \
  costs using (3):(cost(6, "sum", wide, fine)) with points ls 6 ps 0.9 \
    title "mitchell: none", \
  costs using (3):(cost(6, "sum", narrow, coarse)) with points ls 6 ps 0.6, \
  for [i = 2:4] costs using "bits":(cost(i, "sum", narrow, coarse)) \
    with linespoints ls i lw 0.7 ps 0.25 dt (3,2), \
  for [i = 1:5:4] costs using "bits":(cost(i, "sum", narrow, coarse)) \
    with points ls i ps 0.5
unset key
unset label 22
unset label 23
set lmargin at screen 0.58
set rmargin at screen 0.985
unset ylabel
set yrange [0.3:1e5]
set label 21 "differences"
eval narrow < wide ? big(4000).";".low(50) : ""
eval restyle
plot 0.5 with lines ls 9, \
  for [i = 2:4] costs using "bits":(cost(i, "difference", wide, fine)) \
    with linespoints ls i, \
  costs using "bits":(cost(5, "difference", wide, fine)) with points ls 5 ps 0.8, \
  costs using "bits":(cost(1, "difference", wide, fine)) with points ls 1 ps 0.8, \
  costs using (3):(cost(6, "difference", wide, fine)) with points ls 6 ps 0.9, \
  costs using (3):(cost(6, "difference", narrow, coarse)) with points ls 6 ps 0.6, \
  for [i = 2:4] costs using "bits":(cost(i, "difference", narrow, coarse)) \
    with linespoints ls i lw 0.7 ps 0.25 dt (3,2), \
  for [i = 1:5:4] costs using "bits":(cost(i, "difference", narrow, coarse)) \
    with points ls i ps 0.5
unset multiplot
