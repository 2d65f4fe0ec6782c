# SPDX-License-Identifier: GPL-3.0-or-later
# Rounding error by bits on the tensors of a trained net, a column a role: above
# by the root mean square of the values, below relative to each value.  Dashed:
# theory, of values within range; for fixed point, of the tensor's own scale.
call "style.gp" 6.9 3.7
table = tables."/quantization-error.tsv"
array role[4] = ["W", "A", "E", "G"]
array caption[4] = ["Weights (W)", "Activations (A)", "Errors (E)", \
  "Gradients (G)"]
array gamma[6] = [1, 2, 4, 8, 16, 32]
array hue[6] = ["#440154", "#414487", "#2A788E", "#22A884", "#7AD151", \
  "#D4B106"]
array measure[2] = ["noise", "relative"]
array title[2] = ["RMS error / RMS value", "RMS relative error"]
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
is(r, family) = strcol("role") eq role[r] && strcol("family") eq family
base(r, g, c) = is(r, "lns") && column("gamma") == gamma[g] ? number(c) : NaN
of(r, family, c) = is(r, family) ? number(c) : NaN
left(r) = 0.09 + (r - 1) * 0.2265

stats table using "bits" nooutput
set xrange [STATS_min - 0.4:STATS_max + 0.4]
set xtics 2
set logscale y
set yrange [0.004:1.3]
labelled = 'set ytics ("0.5 %%" 0.005, "1 %%" 0.01, "2 %%" 0.02, \
  "5 %%" 0.05, "10 %%" 0.1, "20 %%" 0.2, "50 %%" 0.5, "100 %%" 1)'
bare = 'set ytics ("" 0.005, "" 0.01, "" 0.02, "" 0.05, "" 0.1, "" 0.2, \
  "" 0.5, "" 1)'
set multiplot
do for [row = 1:2] {
  set tmargin at screen (row == 1 ? 0.935 : 0.515)
  set bmargin at screen (row == 1 ? 0.575 : 0.155)
  theory = measure[row]."_theory"
  do for [r = 1:4] {
    set lmargin at screen left(r)
    set rmargin at screen left(r) + 0.212
    unset key
    if (row == 1) {
      set title caption[r] offset 0, -0.7
      set format x ""
    } else {
      unset title
      set format x "%g"
      set xlabel "Bits" offset 0, 0.5
    }
    if (r == 1) {
      set ylabel title[row] offset 1.6, 0
      eval labelled
    } else {
      unset ylabel
      unset label 1000
      eval bare
    }
    eval restyle
    plot \
      for [g = 1:6] table using "bits":(base(r, g, theory)) \
        with lines lc rgb hue[g] lw 0.7 dt (4, 3), \
      table using "bits":(of(r, "float", theory)) \
        with lines ls 3 lw 0.7 dt (4, 3), \
      table using "bits":(of(r, "fixed", theory)) \
        with lines ls 1 lw 0.7 dt (4, 3), \
      for [g = 1:6] table using "bits":(base(r, g, measure[row])) \
        with linespoints lc rgb hue[g] lw 1 pt 7 ps 0.22, \
      table using "bits":(of(r, "float", measure[row])) \
        with linespoints ls 3 lw 1.1 ps 0.3, \
      table using "bits":(of(r, "fixed", measure[row])) \
        with linespoints ls 1 lw 1.1 ps 0.35
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
set tmargin at screen 0.065
set bmargin at screen 0.005
set key center center horizontal maxrows 1 samplen 1.6 width 0
eval restyle
plot \
  for [g = 1:6] NaN with linespoints lc rgb hue[g] pt 7 ps 0.22 \
    title sprintf("%s{/:Italic γ} %d", g == 1 ? "LNS " : "", gamma[g]), \
  NaN with linespoints ls 3 lw 1.1 ps 0.3 title "float", \
  NaN with linespoints ls 1 lw 1.1 ps 0.35 title "fixed", \
  NaN with lines lc rgb "#404040" lw 0.7 dt (4, 3) title "theory"
unset multiplot
