# SPDX-License-Identifier: GPL-3.0-or-later
# Quantizing float32 numbers: throughput of each system and rounding where the
# numbers lie in L2, L3 and memory.  Dashed lines are the ceilings: copying
# numbers that lie there.
call "style.gp" 6.9 3.7
table = tables."/quantize.tsv"

set logscale x
set xlabel "Throughput (10^{9} numbers/s)"
set xtics ("0.05" 0.05, "0.1" 0.1, "0.2" 0.2, "0.5" 0.5, "1" 1, "2" 2, \
  "5" 5, "10" 10, "20" 20, "50" 50)
set xrange [0.05:*] noextend
set grid xtics ytics lw 0.4 lc rgb "#e4e4e4" lt 1 back
set key at graph 0.6, graph 1.01 right bottom horizontal samplen 0.5 width 1
set tmargin 2.2

stats table using "L2" nooutput
rows = int(STATS_records)
# The ceiling is the first row, memcpy.
array places[3] = ["L2", "L3", "memory"]
array top[3]
do for [i = 1:3] {
  stats table using places[i] every ::0::0 nooutput
  top[i] = STATS_max
  set arrow from top[i], graph 0 to top[i], graph 1 nohead back lw 0.9 \
    dt (4,3) lc rgb (i == 1 ? "#0072B2" : i == 2 ? "#D55E00" : "#009E73")
}

set yrange [-rows + 0.4:0.6]
eval restyle
plot for [i = 1:3] table using places[i]:(-column(0)):ytic(strcol("item")) \
  with points ls i + 1 title places[i]
