# SPDX-License-Identifier: GPL-3.0-or-later
# What ./reproduce and ./check share: installs what is missing and builds in
# ./build.  Sourced from the top folder; $me names the caller in messages.
# shellcheck shell=sh

say () { printf '%s: %s\n' "$me" "$*"; }
fail () { printf '%s: %s\n' "$me" "$*" >&2; exit 1; }

jobs=$(nproc 2>/dev/null || echo 1)
log=build/setup.log

packages="gcc libc6-dev make autoconf automake libtool pkg-config
  autoconf-archive libmpfr-dev libgmp-dev libgsl-dev libopenblas-dev
  zlib1g-dev libconfig-dev libxxhash-dev gnuplot-nox fonts-liberation
  dataset-fashion-mnist"

# run WHAT COMMAND...: runs a command, its output in the log; WHAT failed is
# the sentence when it does.
run () {
  what=$1; shift
  "$@" >>"$log" 2>&1 || {
    tail -n 15 "$log" >&2
    fail "$what failed; the whole output is in $log."
  }
}

install_packages () {
  command -v dpkg-query >/dev/null || {
    say "this is not Debian: installing nothing; configure will name what is missing."
    return 0
  }
  missing=
  for package in $packages; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
      "install ok installed") ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "these packages are missing, and neither root nor sudo is at hand to install them:$missing"
    root=sudo
  fi
  say "installing$missing"
  run "apt-get update" $root apt-get update -q
  run "installing packages" $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends $missing
}

build () {
  [ -f configure ] || { say "preparing the build"; run autoreconf autoreconf -fi; }
  [ -f build/Makefile ] || { say "configuring"; (cd build && run_in ../configure -q) || exit 1; }
  say "building with $jobs processes"
  run "the build" make -C build -s -j"$jobs"
}

# As run, one folder down.
run_in () { log=setup.log; run configure "$@"; }

# What of the environment bears on speed or on bits.
tell_environment () {
  say "processors: $jobs"
  build/experiments/numsys --version | sed "s/^/$me: /"
  for name in NUMSYS_ISA OPENBLAS_CORETYPE OPENBLAS_NUM_THREADS OMP_NUM_THREADS; do
    eval "value=\${$name-}"
    [ -z "$value" ] || say "$name=$value is set, and kept"
  done
}

set_up () {
  mkdir -p build || fail "cannot make the folder ./build."
  : >"$log" || fail "cannot write $log."
  install_packages
  build
}
