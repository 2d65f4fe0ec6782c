# SPDX-License-Identifier: GPL-3.0-or-later
# What tests of the program share: TAP, a tiny data set, a tiny study.  Sourced
# after `set -u'; works in a folder of its own and removes it at the end.
# shellcheck shell=sh

work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM
cd "$work" || exit 99

count=0

# is WANTED SEEN WHAT
is () {
  count=$((count + 1))
  if [ "$1" = "$2" ]; then echo "ok $count - $3"; else
    printf 'not ok %s - %s\n' "$count" "$3"
    printf 'wanted: %s\nseen:   %s\n' "$1" "$2" | sed 's/^/# /'
  fi
}

# passes WHAT COMMAND...: a command that must succeed.
passes () {
  what=$1; shift
  if "$@" >out 2>&1; then is 0 0 "$what"; else
    is 0 $? "$what"; sed 's/^/# /' out
  fi
}

# skip WHY
skip () { count=$((count + 1)); echo "ok $count # SKIP $1"; }

plan () { echo "1..$count"; }

# random COUNT SEED: so many letters from a to z, always the same.
random () {
  awk -v n="$1" -v x="$2" 'BEGIN {
    for (i = 0; i < n; i++) {
      x = (x * 16807) % 2147483647
      printf "%c", 97 + int (x / 1000) % 26
    }
  }'
}

# letters a..j to labels 0..9
digits () { tr 'k-z' 'a-ja-f' | tr 'a-j' '\000-\011'; }

# An IDX data set of 200 + 50 images of 4 x 4 in ./data.
make_data () {
  mkdir -p data
  { printf '\000\000\010\003\000\000\000\310\000\000\000\004\000\000\000\004'
    random 3200 1; } > data/train-images-idx3-ubyte
  { printf '\000\000\010\001\000\000\000\310'
    random 200 2 | digits; } > data/train-labels-idx1-ubyte
  { printf '\000\000\010\003\000\000\000\062\000\000\000\004\000\000\000\004'
    random 800 3; } > data/t10k-images-idx3-ubyte
  { printf '\000\000\010\001\000\000\000\062'
    random 50 4 | digits; } > data/t10k-labels-idx1-ubyte
}

# A study of 10 runs on it in ./tiny.cfg.
make_study () {
  cat > tiny.cfg <<'EOF'
question = "Does the driver work?";
settings = {
  data = "mnist"; model = "mlp:8"; epochs = 2; batch = 20; validation = 40;
  product = "fixed-order"; optimizer = "lns-madam:p_scale=3"; lr = "2^-5";
};
seeds = [1, 2];
groups = {
  grid = {
    settings = { U = "lns:bits=16,gamma=${gamma * 2 ^ 8},zero=flag"; };
    let = { f = "lns:bits=${bits},gamma=${gamma},zero=flag"; };
    axes = {
      map = ( { name = "all"; W = "${f}"; A = "${f}"; E = "${f}"; G = "${f}"; },
              { name = "forward"; W = "${f}"; A = "${f}"; } );
      gamma = [4, 8];
      bits = [8];
    };
  };
  float32 = { settings = { optimizer = "adam"; lr = 0.001; }; };
};
sizes = { smoke = { axes = { gamma = [8]; map = ["all"]; }; seeds = [3]; }; };
EOF
}

# Everything in a folder of results that must not depend on clocks, as a sum.
sum_of () {
  (cd "$1" && find . -type f ! -name '*.time' ! -name timings.tsv |
    LC_ALL=C sort | xargs cksum | cksum)
}
