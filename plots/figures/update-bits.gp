# SPDX-License-Identifier: GPL-3.0-or-later
# What narrow weights cost: test accuracy against float32 under the same
# optimizer, paired by seed, by the bits of a stored weight; a column a system,
# a row a rounding, a colour an optimizer.  What loses more than the scale shows
# stands at its foot with its number.
call "style.gp" 6.9 3.9
table = tables."/accuracy.tsv"
array system[3] = ["LNS", "float", "fixed"]
array caption[3] = ["LNS, 16 octaves", "Float, 4 exponent bits", "Fixed point"]
array rule[3] = ["LNS-Madam", "Adam", "SGD"]
array hue[3] = [2, 3, 4]
array rounding[3] = ["nearest", "stochastic", "stochastic-log"]
array mark[3] = [7, 7, 6]
set dashtype 3 (2, 2)
array stroke[3] = [1, 1, 3]
foot = -16
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
half(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? 0 : column(c)
is(s, r, q) = strcol("system") eq system[s] && strcol("rule") eq rule[r] \
  && strcol("rounding") eq rounding[q] && strcol("group") ne "follow"
held(y) = y < foot ? foot : y
# Side by side, so that intervals do not cover each other.
place(r) = column("bits") + 0.22 * (r - 2)
left(s) = 0.075 + (s - 1) * 0.315

stats table using "bits" nooutput
set xrange [STATS_min - 0.7:STATS_max + 0.7]
set xtics 2
set yrange [foot - 1:4]
set ytics 4
set style textbox opaque noborder margins 0.2, 0.2
set multiplot
do for [row = 1:2] {
  set tmargin at screen (row == 1 ? 0.935 : 0.505)
  set bmargin at screen (row == 1 ? 0.565 : 0.125)
  do for [s = 1:3] {
    set lmargin at screen left(s)
    set rmargin at screen left(s) + 0.29
    unset key
    if (row == 1) {
      set title caption[s] offset 0, -0.7
      set format x ""
    } else {
      unset title
      set format x "%g"
      set xlabel "Bits of a stored weight" offset 0, 0.5
      if (s == 1) { set key bottom right samplen 2.4 }
    }
    if (s == 1) {
      set label 1 (row == 1 ? "Rounded to nearest" : "Rounded by chance") \
        at graph 0.99, graph 0.04 right font small
      set ylabel "Accuracy − float32" offset 1, 0
      set format y "%g"
      if (row == 2) { set label 1 at graph 0.99, graph 0.34 }
    } else {
      unset label 1
      unset label 1000
      unset ylabel
      set format y ""
    }
    if (row == 1 && s == 3) { set key bottom right samplen 1.6 }
    from = row
    to = row == 1 ? 1 : 3
    eval restyle
    plot \
      0 with lines ls 9, \
      -1 with lines ls 9 lw 0.5, \
      for [q = from:to] for [r = 1:3] table using (place(r)): \
        (is(s, r, q) && number("own_difference") > foot \
         ? number("own_difference") - half("own_half_width") : NaN): \
        (0):(2 * half("own_half_width")) \
        with vectors nohead ls hue[r] lw 0.7, \
      for [q = from:to] for [r = 1:3] table using (place(r)): \
        (is(s, r, q) ? held(number("own_difference")) : NaN) \
        with linespoints ls hue[r] lw 1.1 dt stroke[q] pt mark[q] \
        ps 0.3, \
      for [r = 1:3] table using (column("bits") + 0.4): \
        (is(s, r, from) && number("own_difference") < foot \
         ? foot - 0.4 + 1.3 * (r - 1) : NaN): \
        (sprintf("−%.0f", -number("own_difference"))) with labels left \
        boxed font small tc ls hue[r], \
      for [r = 1:(row == 1 && s == 3 ? 3 : 0)] NaN with lines ls hue[r] \
        title rule[r], \
      for [q = 2:(row == 2 && s == 1 ? 3 : 0)] NaN with linespoints \
        lc rgb "#404040" dt stroke[q] pt mark[q] ps 0.3 title rounding[q], \
      table using (strcol("system") eq system[s] && strcol("diverged") ne "0" \
        ? column("bits") : NaN):(foot) with points pt 2 ps 0.5 lc rgb "#B00000"
  }
}
unset multiplot
