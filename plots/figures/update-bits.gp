# SPDX-License-Identifier: GPL-3.0-or-later
# What narrow weights cost: test accuracy against float32 under the same
# optimizer, paired by seed, by the bits of a stored weight; a panel a system, a
# colour an optimizer, a line's dashes a rounding.  What loses more than the
# scale shows stands at its foot with its number.
call "style.gp" 6.9 2.6
table = tables."/accuracy.tsv"
array system[3] = ["LNS", "float", "fixed"]
array title[3] = ["LNS, 16 octaves", "Float, 4 exponent bits", "Fixed point"]
array rule[3] = ["LNS-Madam", "Adam", "SGD"]
array hue[3] = [2, 3, 4]
array rounding[3] = ["nearest", "stochastic", "stochastic-log"]
array stroke[3] = [1, 2, 3]
array mark[3] = [7, 6, 2]
set dashtype 2 (6, 3)
set dashtype 3 (1.5, 2)
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
half(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? 0 : column(c)
is(s, r, q) = strcol("system") eq system[s] && strcol("rule") eq rule[r] \
  && strcol("rounding") eq rounding[q] && strcol("group") ne "follow"
held(y) = y < foot ? foot : y
left(s) = 0.075 + (s - 1) * 0.315

stats table using "bits" nooutput
narrow = STATS_min
wide = STATS_max
foot = -16
set errorbars 0.4
set xrange [narrow - 0.6:wide + 0.6]
set xtics 2
set yrange [foot - 1:3]
set ytics 4
set tmargin at screen 0.9
set bmargin at screen 0.165
set xlabel "Bits of a stored weight" offset 0, 0.5
set multiplot
do for [s = 1:3] {
  set lmargin at screen left(s)
  set rmargin at screen left(s) + 0.29
  set title title[s] offset 0, -0.7
  if (s == 1) {
    set ylabel "Accuracy − float32 (points)" offset 1.2, 0
  } else {
    unset ylabel
    set format y ""
    unset label 1000
  }
  unset key
  if (s == 2) { set key bottom right samplen 2.6 at graph 1, 0.02 }
  if (s == 3) { set key bottom right samplen 2.6 at graph 1, 0.02 }
  eval restyle
  plot \
    0 with lines ls 9, \
    -1 with lines ls 9 lw 0.5, \
    for [q = 1:3] for [r = 1:3] table using "bits": \
      (is(s, r, q) ? held(number("own_difference")) : NaN): \
      (is(s, r, q) && number("own_difference") > foot \
       ? half("own_half_width") : 0) \
      with yerrorlines ls hue[r] lw 1 dt stroke[q] pt mark[q] ps 0.3, \
    for [r = 1:3] table using (column("bits") + 0.25):(is(s, r, 1) \
      && number("own_difference") < foot ? foot + 0.7 * (r - 1) : NaN): \
      (sprintf("%.0f", number("own_difference"))) with labels left font small \
      tc ls hue[r], \
    for [r = 1:(s == 2 ? 3 : 0)] NaN with lines ls hue[r] title rule[r], \
    for [q = 1:(s == 3 ? 3 : 0)] NaN with linespoints lc rgb "#404040" \
      dt stroke[q] pt mark[q] ps 0.3 title rounding[q], \
    table using (strcol("system") eq system[s] && strcol("diverged") ne "0" \
      ? column("bits") : NaN):(foot) with points pt 2 ps 0.5 lc rgb "#B00000"
}
unset multiplot
