# SPDX-License-Identifier: GPL-3.0-or-later
# The look of every figure.  A figure begins with
#   call "style.gp" WIDTH HEIGHT
# in inches at print size: 3.35 for one column of a paper, 6.9 for two.  Given
# are `out' and `format': svg, pdf, png, or txt for a glance in a terminal.
# Sizes below are points at print size whatever the format.
width = ARG1 + 0.0
height = ARG2 + 0.0
if (!exists("note")) note = ""
# What the user sets; figures do it before each plot: `eval restyle'.
if (!exists("restyle")) restyle = ""

# Type: 8 points, 7 for what stands inside a figure, nothing smaller.
set encoding utf8
set minussign
face = "Liberation Sans"
small = ",7"

# Each terminal has its own idea of a point, an inch and a line's width.
if (format eq "pdf") set terminal pdfcairo enhanced color size width,height \
  font face.",8" fontscale 0.75 linewidth 1.6 pointscale 1.3 dashlength 1.2 \
  rounded
if (format eq "png") set terminal pngcairo enhanced color \
  size int(width * 300), int(height * 300) font face.",8" \
  fontscale 300. / 96 linewidth 3.5 pointscale 4.2 dashlength 4 rounded \
  background "#ffffff"
# Arial has Liberation Sans's widths, and readers of an SVG have either.
if (format eq "svg") set terminal svg enhanced \
  size int(width * 96), int(height * 96) \
  font sprintf("Arial,%g", 8 * 96 / 72.) linewidth 1.1 rounded background "#ffffff"
if (format eq "svg") small = sprintf(",%g", 7 * 96 / 72.)
if (format eq "txt") set terminal dumb 79,int(79 * 0.42 * height / width + 4) enhanced
set output out

# Axes thin, left and bottom, ticks outward; a faint grid behind the data.
set border 3 lw 0.6 lc rgb "#404040" back
set tics nomirror out scale 0.5,0.25 textcolor rgb "#000000" font small
set grid ytics lw 0.4 lc rgb "#e4e4e4" lt 1 back
if (format eq "txt") unset grid
set key noautotitle samplen 1.6 spacing 1.05 font small

# Tables: tabs, a heading, - for what is missing.
set datafile separator tab
set datafile missing "-"
set datafile columnheaders

# Series without order: Okabe and Ito's colours, told apart by all common kinds
# of colour blindness, and each its own mark; 1 is float32.
set style line 1 lc rgb "#000000" lw 1.4 pt 6  ps 0.40
set style line 2 lc rgb "#0072B2" lw 1.4 pt 7  ps 0.38
set style line 3 lc rgb "#D55E00" lw 1.4 pt 5  ps 0.36
set style line 4 lc rgb "#009E73" lw 1.4 pt 9  ps 0.45
set style line 5 lc rgb "#CC79A7" lw 1.4 pt 13 ps 0.50
set style line 6 lc rgb "#E69F00" lw 1.4 pt 11 ps 0.45
set style line 7 lc rgb "#56B4E9" lw 1.4 pt 3  ps 0.40
# Theory and limits.
set style line 9 lc rgb "#808080" lw 0.8 dt (4,3)
# Series in order (bases, bits): viridis from dark to light, never too pale.
array ordered[5] = ["#440154", "#3B528B", "#21908C", "#5DC863", "#E3B505"]

# Heat maps: viridis; for signed values blue to orange about a neutral middle.
viridis = 'set palette defined (0 "#440154", 1 "#482878", 2 "#3E4A89", \
  3 "#31688E", 4 "#26828E", 5 "#1F9E89", 6 "#35B779", 7 "#6DCD59", \
  8 "#B4DE2C", 9 "#FDE725")'
signed = 'set palette defined (0 "#7F3B08", 1 "#B35806", 2 "#E08214", \
  3 "#FDB863", 4 "#FEE0B6", 5 "#F7F7F7", 6 "#D1E5F0", 7 "#92C5DE", \
  8 "#4393C3", 9 "#2166AC", 10 "#053061")'

# What the figure must say of itself: "quick size" and the like.
if (note ne "") set label 1000 note at screen 1, screen 1 \
  offset character -0.6, character -0.7 right font small tc rgb "#B00000"
