# SPDX-License-Identifier: GPL-3.0-or-later
# Values too small for the range, by base factor and bits: the share raised to
# the smallest value in the role that suffers most, named in the cell.
call "style.gp" 6.9 2.6
table = tables."/accuracy-map.tsv"
shown = "raised"
low = 0
high = 1
written(x) = x < 0.0005 ? "0" : sprintf(x < 0.0995 ? "%.1f" : "%.0f", 100 * x)
ink(t) = t > 0.5 ? 0x000000 : 0xffffff
unknown = "–"
beneath = "raised_role"
scale_title = "Values raised (%)"
legend = "Values below the smallest are raised to it: the share in the role \
that suffers most (its letter).  Black line as in the accuracy map"
set cbtics ("0" 0, "20" 0.2, "40" 0.4, "60" 0.6, "80" 0.8, "100" 1)
@viridis
load "heatmap.gp"
