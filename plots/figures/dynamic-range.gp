# SPDX-License-Identifier: GPL-3.0-or-later
# Where nonzero values lie over training: bands hold 99, 90 and 50 % of them, a
# column a role and a row a layer.  Lines: the smallest value of formats of 8
# bits whose scale follows the largest magnitude.
call "style.gp" 6.9 4.2
ranges = tables."/format-range.tsv"
table = tables."/dynamic-range.tsv"
array role[4] = ["W", "A", "E", "G"]
array caption[4] = ["Weights (W)", "Activations (A)", "Errors (E)", \
  "Gradients (G)"]
array told[4] = ["int8", "LNS {/:Italic γ} 8", "e4m3", "e5m2"]
array stroke[4] = [1, 2, 3, 5]
which(f) = strcol("family") eq "fixed" ? f == 1 \
  : strcol("family") eq "lns" ? f == 2 \
  : column("significand") == 3 ? f == 3 : f == 4
is(r, l) = strcol("role") eq role[r] && column("layer") == l \
  && strcol("tensor") ne "bias"
of(r, l, c) = is(r, l) ? column(c) : NaN
left(r) = 0.08 + (r - 1) * 0.232

stats table using "layer" nooutput
layers = int(STATS_max)
stats table using "epoch" nooutput
set xrange [0:STATS_max]
between = STATS_max > 2 ? ceil(STATS_max / 5) : STATS_max / 2
set xtics between
array low[4]
array high[4]
do for [r = 1:4] { low[r] = 99; high[r] = -99 }
stats table using (strcol("tensor") eq "bias" ? 0 : (sum [r = 1:4] \
  (strcol("role") eq role[r] ? ( \
  low[r] = column("q005") < low[r] ? column("q005") : low[r], \
  high[r] = column("greatest") > high[r] ? column("greatest") : high[r]) \
  : 0), 0)) nooutput
# The LNS and e4m3 reach about as far; e5m2 may lie beneath the panel.
stats ranges using (strcol("tensor") eq "bias" || which(4) ? 0 : (sum [r = 1:4] \
  (strcol("role") eq role[r] ? (low[r] = column("bottom") < low[r] \
  ? column("bottom") : low[r], 0) : 0), 0)) nooutput
bottom = 0.135
tall = (0.94 - bottom) / layers
set format y "2^{%g}"
set ytics 8 offset 0.4, 0
set multiplot
do for [l = 1:layers] {
  set tmargin at screen 0.94 - (l - 1) * tall
  set bmargin at screen 0.94 - l * tall + 0.035
  do for [r = 1:4] {
    set lmargin at screen left(r)
    set rmargin at screen left(r) + 0.19
    set yrange [8 * floor((low[r] - 1) / 8.):8 * ceil((high[r] + 1) / 8.)]
    unset key
    if (l == 1) { set title caption[r] offset 0, -0.7 } else { unset title }
    if (l == layers) {
      set format x "%g"
      set xlabel "Epoch" offset 0, 0.5
    } else {
      set format x ""
      unset xlabel
    }
    if (r == 1) { set ylabel sprintf("Layer %d", l) offset 1.4, 0 } \
      else { unset ylabel; unset label 1000 }
    eval restyle
    plot \
      table using "epoch":(of(r, l, "q005")):(of(r, l, "q995")) \
        with filledcurves lc rgb "#DDDDDD" fs solid noborder, \
      table using "epoch":(of(r, l, "q05")):(of(r, l, "q95")) \
        with filledcurves lc rgb "#BBBBBB" fs solid noborder, \
      table using "epoch":(of(r, l, "q25")):(of(r, l, "q75")) \
        with filledcurves lc rgb "#8C8C8C" fs solid noborder, \
      table using "epoch":(of(r, l, "greatest") + 1) with lines \
        lc rgb "#404040" lw 0.6, \
      for [f = 1:4] ranges using "epoch": \
        (is(r, l) && which(f) ? column("bottom") : NaN) \
        with lines ls stroke[f] lw 1 dt (4, 2)
  }
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
set tmargin at screen 0.075
set bmargin at screen 0.005
set key center center horizontal maxrows 2 samplen 1.6 width 0
eval restyle
plot \
  NaN with lines lc rgb "#404040" lw 0.6 title "largest value", \
  NaN with lines ls stroke[1] lw 1 dt (4, 2) title "least of int8", \
  NaN with boxes lc rgb "#8C8C8C" fs solid noborder title "50 %", \
  NaN with lines ls stroke[2] lw 1 dt (4, 2) title told[2], \
  NaN with boxes lc rgb "#BBBBBB" fs solid noborder title "90 %", \
  NaN with lines ls stroke[3] lw 1 dt (4, 2) title told[3], \
  NaN with boxes lc rgb "#DDDDDD" fs solid noborder title "99 % of values", \
  NaN with lines ls stroke[4] lw 1 dt (4, 2) title told[4]
