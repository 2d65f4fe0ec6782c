# SPDX-License-Identifier: GPL-3.0-or-later
# What a zero is worth: test accuracy by bits with and without one, and the
# share of errors raised to the smallest value.
call "style.gp" 3.35 2.9
table = tables."/zero-code.tsv"
stats table using "bits" nooutput
least = STATS_min
most = STATS_max
stats table using "float32" nooutput
float32 = STATS_max
of(zero, column_name) = strcol("zero") eq zero \
  && strcol(column_name) ne "nan" && strcol(column_name) ne "-" \
  ? column(column_name) : NaN
# No interval is known from one seed.
half(zero) = strcol("half_width") eq "nan" ? 0 : of(zero, "half_width")

# A series of diverged runs alone has nothing to draw: 0 of it, else 1.
has_flag = 0
has_none = 0
stats table using (strcol("accuracy") eq "nan" ? 0 \
  : strcol("zero") eq "flag" ? (has_flag = 1) : (has_none = 1)) nooutput
set lmargin at screen 0.165
set rmargin at screen 0.965
set xrange [least - 0.3:most + 0.3]
set xtics 1
set errorbars 0.5
set multiplot

set tmargin at screen 0.935
set bmargin at screen 0.445
set format x ""
set yrange [0:100]
set ytics 0, 20, 100
set ylabel "Test accuracy (%)" offset 1.4, 0
unset key
set label 1 "float32" at graph 0.02, first float32 offset 0, 0.6 left font small
# A narrow range breaks training, a wide one does not: room at the lower right.
if (format ne "txt") \
  set label 2 "LNS with zero" at graph 0.98, 0.28 right font small \
    textcolor rgb "#0072B2"; \
  set label 3 "LNS without zero" at graph 0.98, 0.16 right font small \
    textcolor rgb "#D55E00"
eval restyle
plot \
  float32 with lines ls 9 lc rgb "#000000", \
  for [i = 1:has_flag] \
    table using "bits":(of("flag", "accuracy")):(half("flag")) \
    with yerrorlines ls 2, \
  for [i = 1:has_none] \
    table using "bits":(of("none", "accuracy")):(half("none")) \
    with yerrorlines ls 3, \
  table using "bits":(0): \
    (strcol("accuracy") eq "nan" ? "div." : "") with labels font small \
    offset 0, 0.5

set tmargin at screen 0.395
set bmargin at screen 0.145
set format x "%g"
set xlabel "Bits" offset 0, 0.5
set yrange [0:100]
set ytics 0, 50, 100
set ylabel "E raised (%)" offset 1.4, 0
unset label 1000
unset label 1
unset label 2
unset label 3
# A terminal has no colours to tell the lines by.
if (format eq "txt") set key top right reverse Left
eval restyle
plot \
  table using "bits":(100 * of("flag", "E_raised")) with linespoints ls 2 \
    title "LNS with zero", \
  table using "bits":(100 * of("none", "E_raised")) with linespoints ls 3 \
    title "LNS without zero"
unset multiplot
