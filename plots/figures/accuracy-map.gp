# SPDX-License-Identifier: GPL-3.0-or-later
# Test accuracy by base factor and bits, a panel a set of quantized roles.
call "style.gp" 6.9 2.6
table = tables."/accuracy-map.tsv"
shown = "accuracy"
# Whole tens about the numbers that there are.
low = 90
high = 10
stats table using (strcol(shown) eq "nan" ? 0 : (x = column(shown), \
  low = x < low ? 10 * floor(x / 10) : low, \
  high = x > high ? 10 * ceil(x / 10) : high, 0)) nooutput
written(x) = sprintf("%.1f", x)
ink(t) = t > 0.5 ? 0x000000 : 0xffffff
unknown = "div."
scale_title = "Test accuracy (%)"
beneath = "cause"
legend = "Beyond the black line cells lose more than 1 point against float32: \
r = range too short (more bits mend it), g = gap between values too wide"
@viridis
load "heatmap.gp"
