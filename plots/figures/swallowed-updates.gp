# SPDX-License-Identifier: GPL-3.0-or-later
# The share of updates that leave a stored weight as it was, by the weight's
# magnitude, a column a system and a row a width; grey: where the weights are.
call "style.gp" 6.9 3.6
table = tables."/swallowed.tsv"
array system[3] = ["LNS", "float", "fixed"]
array caption[3] = ["LNS, 16 octaves", "Float, 4 exponent bits", "Fixed point"]
array rule[3] = ["LNS-Madam", "Adam", "SGD"]
array hue[3] = [2, 3, 4]
is(s, r, b) = strcol("system") eq system[s] && strcol("rule") eq rule[r] \
  && column("bits") == b
# Shares of few updates say little.
LEAST = 100
share(s, r, b) = is(s, r, b) && column("updates") >= LEAST \
  ? 100 * column("swallowed_share") : NaN
left(s) = 0.085 + (s - 1) * 0.31

stats table using "bits" nooutput
narrow = STATS_min
wide = STATS_max
low = 0
high = -99
stats table using (x = column("exponent"), column("updates") < LEAST ? 0 : \
  (low = x < low ? x : low, high = x > high ? x : high, 0)) nooutput
set xrange [low - 0.5:high + 1.5]
set xtics 4
set yrange [0:103]
set ytics 25
set boxwidth 0.9
set multiplot
do for [row = 1:2] {
  bits = row == 1 ? narrow : wide
  set tmargin at screen (row == 1 ? 0.935 : 0.525)
  set bmargin at screen (row == 1 ? 0.585 : 0.175)
  do for [s = 1:3] {
    set lmargin at screen left(s)
    set rmargin at screen left(s) + 0.288
    unset key
    if (row == 1) {
      set title caption[s] offset 0, -0.7
      set format x ""
    } else {
      unset title
      set format x "2^{%g}"
      set xlabel "Magnitude of the weight" offset 0, 0.4
    }
    if (s == 1) {
      set ylabel sprintf("Swallowed, %d bits (%%)", bits) offset 0.6, 0
      set format y "%g"
    } else {
      unset ylabel
      set format y ""
      unset label 1000
    }
    eval restyle
    plot \
      table using (column("exponent") + 0.5):(is(s, 1, bits) \
        ? 100 * column("updates_share") : NaN) with boxes lc rgb "#DDDDDD" \
        fs solid noborder, \
      for [r = 1:3] table using (column("exponent") + 0.5): \
        (share(s, r, bits)) with linespoints ls hue[r] lw 1.1 ps 0.3
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
  for [r = 1:3] NaN with linespoints ls hue[r] lw 1.1 ps 0.3 title rule[r], \
  NaN with boxes lc rgb "#DDDDDD" fs solid noborder \
    title "where weights are (% of LNS-Madam's updates)"
unset multiplot
