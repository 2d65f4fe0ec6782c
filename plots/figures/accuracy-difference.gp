# SPDX-License-Identifier: GPL-3.0-or-later
# Test accuracy against the best float32, paired by seed: the mean difference
# by base factor and bits, a panel a set of quantized roles.  The scale ends at
# ten points; what lies beyond has the end's colour and its number.
call "style.gp" 6.9 2.6
table = tables."/accuracy-map.tsv"
shown = "best_difference"
low = -10
high = 10
sign(x) = x < 0 ? "−" : "+"
written(x) = sign(x).sprintf(abs(x) < 9.95 ? "%.1f" : "%.0f", abs(x))
ink(t) = t > 0.13 && t < 0.86 ? 0x000000 : 0xffffff
unknown = "div."
scale_title = "Accuracy − float32 (points)"
beneath = "cause"
legend = "Beyond the black line cells lose more than 1 point against float32: \
r = range too short (more bits mend it), g = gap between values too wide"
@signed
load "heatmap.gp"
