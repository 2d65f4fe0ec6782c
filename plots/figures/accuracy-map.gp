# SPDX-License-Identifier: GPL-3.0-or-later
# Test accuracy by base factor and bits, a panel a set of quantized roles.
call "style.gp" 6.9 2.6
table = tables."/accuracy-map.tsv"
shown = "accuracy"
stats table using shown nooutput
low = 10 * floor(STATS_min / 10)
high = 10 * ceil(STATS_max / 10)
written(x) = sprintf("%.1f", x)
ink(t) = t > 0.5 ? 0x000000 : 0xffffff
unknown = "div."
scale_title = "Test accuracy (%)"
beneath = "cause"
legend = "Beyond the black line cells lose more than 1 point against float32: \
r = range too short (more bits mend it), g = gap between values too wide"
@viridis
load "heatmap.gp"
