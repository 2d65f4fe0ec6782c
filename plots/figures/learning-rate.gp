# SPDX-License-Identifier: GPL-3.0-or-later
# Validation accuracy against learning rate: a colour an optimizer, a mark a
# format; rings are the rates chosen.
call "style.gp" 3.35 2.7
table = tables."/rates.tsv"
array rule[3] = ["SGD", "Adam", "LNS-Madam"]
array format[5] = ["float32", "lns8", "e4m3", "e4m3/e5m2", "int8"]
array mark[5] = [7, 5, 9, 13, 3]
array size[5] = [0.34, 0.34, 0.42, 0.46, 0.36]
array hue[3] = ["#009E73", "#D55E00", "#0072B2"]
is(r, f) = strcol("rule") eq rule[r] && strcol("format") eq format[f]
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
top = 0
least = 100
stats table using (y = number("validation_accuracy"), least = y < least ? y \
  : least, top = y > top ? y : top, 0) nooutput
# What lies far below the best leaves the frame.
bottom = least < top - 6 ? ceil(top) - 6 : floor(least) - 1
# Where names stand: Adam over its best, the others, which overlap, at an end.
array best[3]
array where[3]
do for [r = 1:3] { best[r] = 0; where[r] = 1 }
beats(r, y, lr) = y < bottom ? 0 \
  : rule[r] eq "SGD" ? best[r] == 0 || lr > where[r] \
  : rule[r] eq "Adam" ? y > best[r] : best[r] == 0 || lr < where[r]
stats table using (y = number("validation_accuracy"), \
  sum [r = 1:3] (strcol("rule") eq rule[r] && beats(r, y, column("lr")) \
  ? (best[r] = y, where[r] = column("lr")) : 0), 0) nooutput
stats table using (strcol("diverged") eq "0" ? 0 : 1) nooutput
any_diverged = STATS_max > 0

set lmargin at screen 0.15
set rmargin at screen 0.965
set tmargin at screen 0.90
set bmargin at screen 0.16
set logscale x 2
set format x "2^{%L}"
set xrange [*:*] noextend
set offsets graph 0.06, graph 0.06, 0, 0
set yrange [bottom:ceil(top) + (bottom > least ? 0.5 : 2)]
set xlabel "Learning rate" offset 0, 0.4
set ylabel "Validation accuracy (%)" offset 1.6, 0
set key bottom left Left reverse samplen 0.5
if (bottom > least) {
  set label 1 rule[1] at where[1], best[1] left offset 1, 0.6 font small \
    tc rgb hue[1]
} else {
  set label 1 rule[1] at where[1], best[1] right offset -3.5, -0.5 \
    font small tc rgb hue[1]
}
set label 2 rule[2] at where[2], best[2] center offset 0, 1 font small \
  tc rgb hue[2]
set label 3 rule[3] at where[3], best[3] center offset 0, -1.2 font small \
  tc rgb hue[3]
eval restyle
plot \
  for [r = 1:3] for [f = 1:5] table \
    using "lr":(is(r, f) ? number("validation_accuracy") : NaN) \
    with linespoints lw 0.8 lc rgb hue[r] pt mark[f] ps size[f], \
  for [r = 1:3] table using "lr":(strcol("rule") eq rule[r] \
    && strcol("rate_is") ne "no" ? number("validation_accuracy") : NaN) \
    with points pt 6 ps 0.8 lw 0.8 lc rgb hue[r], \
  table using "lr":(strcol("diverged") eq "0" ? NaN : bottom + 0.5) \
    with points pt 2 ps 0.5 lc rgb "#B00000", \
  for [f = 1:5] NaN with points pt mark[f] ps size[f] lc rgb "#404040" \
    title format[f], \
  for [i = 1:any_diverged] NaN with points pt 2 ps 0.5 lc rgb "#B00000" \
    title "diverged"
