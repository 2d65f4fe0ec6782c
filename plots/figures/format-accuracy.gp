# SPDX-License-Identifier: GPL-3.0-or-later
# The worst relative error of formats of equal width, from the largest
# magnitude down, octave by octave.
call "style.gp" 3.35 3.5
table = tables."/format-accuracy.tsv"
family(f) = f[1:strstrt(f.":", ":") - 1]
array narrow[4] = ["lns", "e4m3", "e5m2", "int8"]
array wide[4] = ["lns", "bf16", "fp16", "fixed"]
of(f, bits) = family(strcol("format")) eq f && column("bits") == bits \
  ? column("worst") : NaN

set lmargin at screen 0.165
set rmargin at screen 0.965
set xrange [0:-32]
set xtics 4
set logscale y
set format y "%g"
set multiplot
# A name at each line.
name(i, what, x, y) = sprintf("set label %d '%s' at %g, %g left font small \
tc ls %d", i, what, x, y, i)

set tmargin at screen 0.945
set bmargin at screen 0.57
set format x ""
set yrange [0.003:20]
set ytics ("0.3 %%" 0.003, "1 %%" 0.01, "3 %%" 0.03, "10 %%" 0.1, \
  "30 %%" 0.3, "100 %%" 1, "10×" 10)
set ylabel "Worst error, 8 bits" offset 0.6, 0
eval name(2, "lns", -14.1, 4)
eval name(3, "e4m3", -18.6, 0.45)
eval name(4, "e5m2", -24, 0.2)
eval name(5, "int8", -3.2, 0.3)
eval restyle
plot 1 with lines ls 9, \
  for [i = 1:4] table using "octave":(of(narrow[i], 8)) with lines ls i + 1
unset label 1000
set tmargin at screen 0.525
set bmargin at screen 0.13
set format x "2^{%g}"
set xlabel "Magnitude, the largest being 1" offset 0, 0.4
set yrange [1e-5:20]
set ytics ("0.001 %%" 1e-5, "0.01 %%" 1e-4, "0.1 %%" 1e-3, "1 %%" 0.01, \
  "10 %%" 0.1, "100 %%" 1, "10×" 10)
set ylabel "Worst error, 16 bits"
eval name(2, "lns", -11, 6e-5)
eval name(3, "bf16", -24, 8e-3)
eval name(4, "fp16", -24, 1e-3)
eval name(5, "fixed", -8, 0.15)
eval restyle
plot 1 with lines ls 9, \
  for [i = 1:4] table using "octave":(of(wide[i], 16)) with lines ls i + 1
unset multiplot
