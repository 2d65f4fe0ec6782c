# SPDX-License-Identifier: GPL-3.0-or-later
# Quantizing float32 numbers, by where they lie: throughput of each system and
# rounding beside the ceiling, which is memcpy.
call "style.gp" 6.9 3.6
table = tables."/bench.tsv"
set datafile separator "\t"
