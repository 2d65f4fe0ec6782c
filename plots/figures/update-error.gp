# SPDX-License-Identifier: GPL-3.0-or-later
# The error that storing weights in an LNS adds to an update, in log2 |w|:
# against the learning rate, and against the base factor at a rate that meets
# the grid and at one that does not.  Dashed: bounds.  An error of exactly 0
# stands at the foot.
call "style.gp" 6.9 2.75
table = tables."/update-error.tsv"
array rule[3] = ["GD", "MUL", "signMUL"]
array hue[3] = [4, 2, 3]
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
is(r, g) = strcol("rule") eq rule[r] && strcol("group") eq g
is_dyadic(x) = log(x) / log(2) == floor(log(x) / log(2) + 0.5)
in(r, p) = p == 1 ? is(r, "rates") && !is_dyadic(column("lr")) \
  : is(r, "bases") && is_dyadic(column("lr")) == (p == 2)
zero(r, p) = p == 1 ? is(r, "rates") && column("error") == 0 \
  : in(r, p) && column("error") == 0
x(p) = column(p == 1 ? "lr" : "gamma")
seen(r, p, c) = in(r, p) && column("error") > 0 ? number(c) : NaN
# What signMUL's error is in the mean, f being the fraction of rate times gamma.
expected(t) = (f = t * 1024 - floor(t * 1024), f * (1 - f) / 1024.0 ** 2)
left(p) = 0.078 + (p - 1) * 0.31
array caption[3] = ["{/:Italic γ} = 1024", "{/:Italic η} = 2^{−6}", \
  "{/:Italic η} = 0.01"]

least = 1
stats table using (y = strcol("error") eq "nan" ? 1 : column("error"), \
  least = y > 0 && y < least ? y : least, 0) nooutput
stats table using "gamma" nooutput
array bases[2] = [STATS_min * 0.8, STATS_max * 1.25]
stats table using "largest" nooutput
foot = 10 ** (floor(log10(least)) - 1)
set logscale xy
set yrange [foot * 0.5:STATS_max * 2]
set format y "10^{%L}"
set multiplot
do for [p = 1:3] {
  set lmargin at screen left(p)
  set rmargin at screen left(p) + 0.285
  set tmargin at screen 0.90
  set bmargin at screen 0.26
  set title caption[p] offset 0, -0.7
  unset key
  if (p == 1) {
    set xlabel "Learning rate {/:Italic η}" offset 0, 0.5
    set format x "10^{%L}"
    set xrange [2e-5:0.15]
    set samples 600
    set ylabel "Error per weight (octaves^2)" offset 0.8, 0
  } else {
    set xlabel "Base factor {/:Italic γ}" offset 0, 0.5
    set logscale x 2
    set format x "2^{%L}"
    set xrange [bases[1]:bases[2]]
    set xtics 1, 4
    unset ylabel
    unset label 1000
    set format y ""
  }
  eval restyle
  plot \
    table using (in(1, p) ? x(p) : NaN):(number("uniform")) with lines ls 9, \
    for [r = 1:3] table using (x(p)):(seen(r, p, "bound")) \
      with lines ls hue[r] lw 0.7 dt (4, 3), \
    [t = 2e-5:4e-3] '+' using 1:(p == 1 ? expected($1) : NaN) \
      with lines ls hue[3] lw 0.6 dt (1, 2), \
    for [r = 1:3] table using (x(p)):(seen(r, p, "error")) \
      with linespoints ls hue[r] lw 1.1, \
    for [r = 1:3] table using (x(p)):(zero(r, p) ? foot : NaN) \
      with points ls hue[r] pt 2 ps 0.5
}
# The key, in a panel of its own beneath.
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset label
unset grid
set lmargin at screen 0.02
set rmargin at screen 0.98
set tmargin at screen 0.085
set bmargin at screen 0.005
set key center center horizontal maxrows 1 samplen 1.6 width 0
eval restyle
plot \
  for [r = 1:3] NaN with linespoints ls hue[r] lw 1.1 title rule[r], \
  NaN with lines lc rgb "#404040" lw 0.7 dt (4, 3) title "bound", \
  NaN with lines ls hue[3] lw 0.6 dt (1, 2) title "signMUL, expected", \
  NaN with lines ls 9 title "every phase as likely", \
  NaN with points ls hue[3] pt 2 ps 0.5 title "exactly 0"
unset multiplot
