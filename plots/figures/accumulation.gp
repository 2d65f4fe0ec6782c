# SPDX-License-Identifier: GPL-3.0-or-later
# What summing loses: above, against the length of a dot product, by order and
# by accumulator (bands: the middle half of the sums); below, against the bits
# of the accumulator at the longest length, for three formats.
call "style.gp" 6.9 4.7
table = tables."/accumulation.tsv"
stats table using "length" nooutput
longest = STATS_max
shortest = STATS_min
stats table using "bits" nooutput
floor = 1e-10
u = 2**-8
by(f, w, p, what) = strcol("format") eq f && strcol("weights") eq w \
  && strcol("product") eq p ? column(what) : NaN
array order[5] = ["accumulate:bf16,order=exact", "accumulate:bf16", \
  "accumulate:bf16,order=blocked", "accumulate:bf16,order=pairwise", \
  "accumulate:bf16,order=compensated"]
array order_name[5] = ["exact", "sequential", "blocked by 16", "pairwise", \
  "compensated"]
array way[6] = ["accumulate:fp32", "accumulate:bf16", "accumulate:fp16", \
  "accumulate:fixed:24,10", "datapath:acc=24", \
  "datapath:acc=24,headroom=10,fraction=24,round=nearest"]
array way_name[6] = ["fp32", "bf16", "fp16", "fixed:24,10", \
  "datapath, preset", "datapath, nearest"]
# Rows of one curve do not follow each other.
set datafile missing NaN
set multiplot
set logscale y
set format y "10^{%T}"
set tmargin at screen 0.925
set bmargin at screen 0.61
set logscale x
set xrange [shortest:longest]
set xtics ("16" 16, "64" 64, "256" 256, "1024" 1024, "4096" 4096, \
  "16384" 16384)
set xlabel "Length of the sum" offset 0, 0.4

set lmargin at screen 0.085
set rmargin at screen 0.34
set yrange [1e-8:2]
set ylabel "|seen − exact| / Σ|terms|" offset 0.8, 0
set label 1 "orders in bf16, weights N(0, 1)" at graph 0.5, 1.08 center \
  font small
set key left bottom samplen 1.2
set label 2 "u" at graph 0.04, first u*1.7 font small tc rgb "#606060"
set label 3 "√n u" at graph 0.50, first 0.30 font small tc rgb "#606060"
eval restyle
plot u with lines ls 9, u * sqrt(x) with lines ls 9, \
  for [i = 1:5] table using "length":(by("lns:8,8", "normal", order[i], \
    "lower")):(by("lns:8,8", "normal", order[i], "upper")) \
    with filledcurves ls i fs transparent solid 0.2 noborder, \
  for [i = 1:5] table using "length":(by("lns:8,8", "normal", order[i], \
    "mean")) with linespoints ls i title order_name[i]

set lmargin at screen 0.40
set rmargin at screen 0.655
unset ylabel
unset key
unset label 1000
set label 1 "orders in bf16, weights |N(0, 1)|"
set label 3 "√n u" at graph 0.04, first 0.0105 font small tc rgb "#606060"
set label 2 "u" at graph 0.92, first u*1.45 font small tc rgb "#606060"
set label 4 "n u" at graph 0.10, first 0.45 font small tc rgb "#606060"
set yrange [5e-4:2]
eval restyle
plot u with lines ls 9, u * sqrt(x) with lines ls 9, u * x with lines ls 9, \
  for [i = 1:5] table using "length":(by("lns:8,8", "magnitude", order[i], \
    "lower")):(by("lns:8,8", "magnitude", order[i], "upper")) \
    with filledcurves ls i fs transparent solid 0.2 noborder, \
  for [i = 1:5] table using "length":(by("lns:8,8", "magnitude", order[i], \
    "mean")) with linespoints ls i

unset label 2
unset label 3
unset label 4
set lmargin at screen 0.715
set rmargin at screen 0.97
set yrange [1e-14:2]
set label 1 "accumulators, weights |N(0, 1)|"
set key right bottom samplen 1.2
eval restyle
plot for [i = 1:6] table using "length":(by("lns:8,8", "magnitude", way[i], \
  "mean")) with linespoints ls i title way_name[i]

# Bits: a family of accumulators, those without errors on the axis.
shown(x) = x > floor ? x : floor
begins(p, with) = strstrt(p, with) == 1
is_float(p) = begins(p, "accumulate:float:")
is_fixed(p) = begins(p, "accumulate:fixed:")
is_cut(p) = begins(p, "datapath:") && strstrt(p, "fraction=24") > 0 \
  && strstrt(p, "nearest") == 0
is_nearest(p) = begins(p, "datapath:") && strstrt(p, "fraction=24") > 0 \
  && strstrt(p, "nearest") > 0
is(k, p) = k == 2 ? is_float(p) : k == 3 ? is_fixed(p) : k == 4 ? is_cut(p) \
  : is_nearest(p)
at(k, f, w) = strcol("format") eq f && strcol("weights") eq w \
  && column("length") == longest && is(k, strcol("product")) \
  ? shown(column("mean")) : NaN
array kind[5] = ["", "float, 8 exponent bits", "fixed", "datapath, cut", \
  "datapath, nearest"]
array formats[3] = ["lns:8,8", "e4m3", "int8"]
set tmargin at screen 0.44
set bmargin at screen 0.125
unset logscale x
set xrange [11:33]
set xtics 4
set xlabel "Bits of the accumulator" offset 0, 0.4
set yrange [floor:1e4]
set label 5 "exact" at graph 0.02, 0.05 font small tc rgb "#606060"
do for [j = 1:3] {
  set lmargin at screen 0.085 + 0.315 * (j - 1)
  set rmargin at screen 0.34 + 0.315 * (j - 1)
  set label 1 sprintf("%s, length %d", formats[j], longest)
  if (j == 1) { set ylabel "|seen − exact| / Σ|terms|" offset 0.8, 0; \
    set key right top samplen 1.2 }
  if (j > 1) { unset ylabel; unset key }
  if (j == 2) { set label 6 "solid: weights |N(0, 1)|" at graph 0.98, 0.95 \
      right font small; \
    set label 7 "dashed: N(0, 1)" at graph 0.98, 0.87 right font small }
  if (j == 3) { unset label 6; unset label 7 }
  # A datapath is of an LNS.
  last = j == 1 ? 5 : 3
  eval restyle
  plot for [k = 2:last] table using "bits":(at(k, formats[j], "magnitude")) \
      with linespoints ls k title kind[k], \
    for [k = 2:last] table using "bits":(at(k, formats[j], "normal")) \
      with linespoints ls k lw 0.7 dt (3,2) ps 0.25
}
unset multiplot
