# SPDX-License-Identifier: GPL-3.0-or-later
# How far each system strays from the true trajectory: distance of the weights
# by step, a column a workload, a row an optimizer, a line a system, means over
# seeds.  Names stand at the ends of the last column's lines, moved apart.  A
# line that leaves below has come to the same minimum as the truth.
call "style.gp" 6.9 5.2
table = tables."/trajectory.tsv"
array workload[3] = ["quadratic", "Rosenbrock", "logistic"]
array caption[3] = ["Quadratic, 10 weights", "Rosenbrock, 2 weights", \
  "Logistic regression, 7850 weights"]
array rule[3] = ["SGD", "Adam", "LNS-Madam"]
array system[7] = ["fp32", "lns16", "fp16", "bf16", "fixed16", "lns8", "e4m3"]
array hue[7] = [1, 2, 3, 4, 5, 7, 6]
array stroke[7] = [1, 1, 1, 1, 1, 4, 4]
set dashtype 4 (5, 2)
lowest = -9
highest = 2
number(c) = strcol(c) eq "nan" || strcol(c) eq "-" ? NaN : column(c)
is(w, r, s) = strcol("workload") eq workload[w] && strcol("rule") eq rule[r] \
  && strcol("system") eq system[s]
here(w, r) = strcol("workload") eq workload[w] && strcol("rule") eq rule[r]
left(w) = 0.112 + (w - 1) * 0.273
floored(y) = y < 10.0 ** lowest ? lowest : y > 10.0 ** highest ? highest \
  : log10(y)

# Ends of lines, then their names, in the order of the ends, at least gap
# decades from each other.  What is not there ends far below.
gap = 1.05
nowhere = -1000
array end[7]
array place[7]
array order[7]
find(w, r) = sprintf("do for [s = 1:7] { order[s] = s; end[s] = nowhere; \
  stats table using (is(%d, %d, s) && number('distance') >= 0 \
  ? (end[s] = floored(number('distance')), 0) : 0) nooutput }", w, r)
sort = "do for [i = 1:6] { do for [j = 1:6] { \
  if (end[order[j]] > end[order[j + 1]]) { \
  kept = order[j]; order[j] = order[j + 1]; order[j + 1] = kept } } }"
spread = "do for [i = 1:7] { place[i] = end[order[i]] }; \
  do for [k = 1:200] { do for [i = 1:6] { \
  lack = gap - (place[i + 1] - place[i]); \
  if (lack > 0) { place[i] = place[i] - lack / 2; \
  place[i + 1] = place[i + 1] + lack / 2 } }; \
  if (place[7] > highest) { place[7] = highest } }"

# The panels at the edges: not all need be there.
array edge[4] = [0, 0, 0, 0]
do for [i = 1:3] {
  stats table using (strcol("workload") eq workload[i] \
    ? (edge[1] = edge[1] == 0 ? i : edge[1], edge[2] = i, 0) : 0) nooutput
  stats table using (strcol("rule") eq rule[i] \
    ? (edge[3] = edge[3] == 0 ? i : edge[3], edge[4] = i, 0) : 0) nooutput
}
set ytics 1e-8, 100
set mytics 1
set multiplot
do for [r = 1:3] {
  set tmargin at screen 0.945 - (r - 1) * 0.293
  set bmargin at screen 0.945 - (r - 1) * 0.293 - 0.268
  do for [w = 1:3] {
    set lmargin at screen left(w)
    set rmargin at screen left(w) + 0.25
    unset key
    unset label
    if (note ne "" && r == edge[3] && w == edge[1]) {
      set label 1000 note at screen 1, screen 1 \
        offset character -0.6, character -0.7 right font small tc rgb "#B00000"
    }
    if (r == edge[3]) { set title caption[w] offset 0, -0.7 } else { unset title }
    if (w == edge[1]) {
      set ylabel "{/:Bold ".rule[r]."}\nDistance |w − w*| / |w*|" offset -0.2, 0
      set format y "10^{%T}"
    } else {
      unset ylabel
      set format y ""
    }
    # Ranges would bind these as well.
    unset logscale
    set xrange [*:*]
    set yrange [*:*]
    last = 0
    stats table using (here(w, r) ? (last = column("step"), 0) : 0) nooutput
    if (last == 0) { continue }
    if (w == edge[2]) {
      eval find(w, r)
      eval sort
      eval spread
    }
    set xrange [0:last]
    set yrange [10.0 ** lowest:10.0 ** highest]
    set logscale y
    set xtics 0, 0.4 * last
    if (r == edge[4]) {
      set format x "%g"
      set xlabel "Step" offset 0, 0.5
    } else {
      set format x ""
      unset xlabel
    }
    if (w == edge[2]) {
      do for [i = 1:7] {
        if (end[order[i]] == nowhere) { continue }
        set label i system[order[i]] at graph 1.03, first 10.0 ** place[i] \
          left font small tc ls hue[order[i]]
      }
    }
    eval restyle
    plot \
      for [k = 1:7] table using "step": \
        (is(w, r, 8 - k) ? number("distance") : NaN) with lines \
        ls hue[8 - k] lw 1.1 dt stroke[8 - k], \
      table using (here(w, r) && strcol("diverged") ne "0" \
        ? column("step") : NaN):(number("distance")) \
        with points pt 2 ps 0.4 lc rgb "#B00000"
  }
}
unset multiplot
