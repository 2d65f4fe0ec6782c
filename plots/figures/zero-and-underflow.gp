# SPDX-License-Identifier: GPL-3.0-or-later
# Test accuracy over the octaves that an LNS reaches, and beside it the share of
# values below the smallest, which are raised to it or flushed to zero; a row a
# set of roles, a colour a way with zero and underflow, a mark the narrowest and the widest
# of the bases; grey: float32.
call "style.gp" 6.9 3.7
table = tables."/accuracy.tsv"
array roles[2] = ["W, A", "E, G"]
array caption[2] = ["Forward (W, A)", "Backward (E, G)"]
array role[2] = ["A", "E"]
array zero[4] = ["flag, flush", "flag, clamp", "code, flush", "none, clamp"]
array told[4] = ["zero by flag, tiny flushed", "zero by flag, tiny raised", \
  "zero a code, tiny flushed", "no zero, all raised"]
array hue[4] = [2, 3, 4, 5]
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
half(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? 0 : column(c)
is(p, z, i) = strcol("roles") eq roles[p] && strcol("zero") eq zero[z] \
  && column("gamma") == factor(i)
# From the smallest nonzero value to the largest.
octaves(z) = (2 ** (column("bits") - 1) - (z == 3 ? 2 : 1)) / column("gamma")

stats table using "gamma" nooutput
low = STATS_min
high = STATS_max
stats table using "bits" nooutput
most = STATS_max
bases = low < high ? 2 : 1
factor(i) = i == 1 ? high : low
array mark[2] = [7, 6]
float32 = 0
stats table using (strcol("group") eq "float32" \
  ? (float32 = number("accuracy")) : 0, 0) nooutput

set logscale x 2
set xrange [0.2:1.25 * 2 ** (most - 1) / low]
set xtics (0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)
set yrange [0:100]
set ytics 20
set errorbars 0.4
set multiplot
do for [p = 1:2] {
  set tmargin at screen (p == 1 ? 0.935 : 0.505)
  set bmargin at screen (p == 1 ? 0.56 : 0.13)
  set lmargin at screen 0.075
  set rmargin at screen 0.49
  set label 1 caption[p] at graph 0.02, graph 0.95 left
  if (p == 1) {
    set format x ""
    set key bottom right samplen 1.4
  } else {
    set format x "%g"
    set xlabel "Octaves from the smallest value to the largest" offset 0, 0.5
    unset label 1000
  }
  set ylabel "Test accuracy (%)" offset 1.6, 0
  eval restyle
  plot float32 with lines ls 9, \
    for [z = 1:4] for [i = 1:bases] table \
      using (octaves(z)):(is(p, z, i) ? number("accuracy") : NaN): \
      (is(p, z, i) ? half("half_width") : NaN) \
      with yerrorlines ls hue[z] lw 0.9 pt mark[i] ps 0.35, \
    for [z = 1:(p == 1 ? 4 : 0)] NaN with lines ls hue[z] title told[z], \
    for [i = 1:(p == 2 ? bases : 0)] NaN \
      with points pt mark[i] ps 0.35 lc rgb "#404040" \
      title sprintf("{/:Italic γ} = %g", factor(i))
  unset label 1
  unset label 1000
  unset key
  set lmargin at screen 0.565
  set rmargin at screen 0.98
  set ylabel role[p]." below the smallest (%)"
  eval restyle
  plot for [z = 1:4] for [i = 1:bases] table \
      using (octaves(z)):(is(p, z, i) ? 100 * (half(role[p]."_raised") \
      + half(role[p]."_flushed")) : NaN) \
      with linespoints ls hue[z] lw 0.9 pt mark[i] ps 0.35
}
unset multiplot
