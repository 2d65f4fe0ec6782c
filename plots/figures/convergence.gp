# SPDX-License-Identifier: GPL-3.0-or-later
# Training curves: loss above, validation accuracy below, a panel an optimizer,
# a line a format; bands are 95 % intervals over seeds.
call "style.gp" 6.9 3.7
table = tables."/convergence.tsv"
array rule[3] = ["SGD", "Adam", "LNS-Madam"]
array format[5] = ["float32", "lns8", "e4m3", "e4m3/e5m2", "int8"]
is(r, f) = strcol("rule") eq rule[r] && strcol("format") eq format[f]
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
half(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? 0 : column(c)
of(r, f, c, w, by) = is(r, f) ? number(c) + by * half(w) : NaN
left(r) = 0.075 + (r - 1) * 0.31
# Scales from what there is, the first point left out: it is far off.
stats table using "epoch" nooutput
last = STATS_max
first = STATS_min
lowest = 1e9
highest = 0
worst = 100
best = 0
stats table using (x = column("epoch"), y = number("train_loss"), \
  z = number("validation_accuracy"), \
  lowest = y < lowest ? y : lowest, \
  highest = x > 2.5 * first && y > highest ? y : highest, \
  worst = x > 2.5 * first && z < worst ? z : worst, \
  best = z > best ? z : best, 0) nooutput

set xrange [0:last * 1.02]
set xtics 1
set multiplot
do for [r = 1:3] {
  set lmargin at screen left(r)
  set rmargin at screen left(r) + 0.285
  set tmargin at screen 0.935
  set bmargin at screen 0.56
  set title rule[r] offset 0, -0.7
  set format x ""
  unset xlabel
  set yrange [lowest * 0.95:highest * 1.05]
  set ytics auto
  if (r == 1) {
    set ylabel "Training loss" offset 1.2, 0
  } else {
    unset ylabel
    set format y ""
    unset label 1000
  }
  if (r == 3) { set key top right samplen 1.4 } else { unset key }
  eval restyle
  plot \
    for [f = 1:5] table using "epoch": \
      (of(r, f, "train_loss", "train_half_width", -1)): \
      (of(r, f, "train_loss", "train_half_width", 1)) \
      with filledcurves ls f fs transparent solid 0.2 noborder, \
    for [f = 1:5] table using "epoch": \
      (of(r, f, "train_loss", "train_half_width", 0)) with lines ls f lw 1.1, \
    for [f = 1:5] NaN with lines ls f title format[f]
  unset title
  unset key
  set tmargin at screen 0.515
  set bmargin at screen 0.125
  set format x "%g"
  set xlabel "Epoch" offset 0, 0.5
  set yrange [floor(worst):ceil(best) + 1]
  if (r == 1) { set ylabel "Validation accuracy (%)" }
  eval restyle
  plot \
    for [f = 1:5] table using "epoch": \
      (of(r, f, "validation_accuracy", "half_width", -1)): \
      (of(r, f, "validation_accuracy", "half_width", 1)) \
      with filledcurves ls f fs transparent solid 0.2 noborder, \
    for [f = 1:5] table using "epoch": \
      (of(r, f, "validation_accuracy", "half_width", 0)) \
      with lines ls f lw 1.1, \
    table using (strcol("rule") eq rule[r] && strcol("diverged") ne "0" \
      ? column("epoch") : NaN):(floor(worst) + 0.5) \
      with points pt 2 ps 0.4 lc rgb "#B00000"
}
unset multiplot
