#!/bin/sh
# The arm64 cross-build check: fetches Debian's arm64 development packages into build/arm64-root (nothing is installed),
# builds build/aarch64 against them, runs the program under qemu-user. In: $1, make. Out: exit 0 when it was built and ran,
# or a line that says why it could not be tried (exit 0, SKIP), or 1.
set -eu
make=${1:-make} root=$PWD/build/arm64-root
skip() { echo "SKIP: arm64: $*"; exit 0; }
command -v aarch64-linux-gnu-gcc >/dev/null || skip "no aarch64-linux-gnu-gcc (apt-get install gcc-aarch64-linux-gnu)"
packages="libpcre2-dev libpcre2-8-0 libyaml-dev libyaml-0-2 libcmark-gfm-dev libcmark-gfm0.29.0.gfm.6 libcmark-gfm-extensions-dev
libcmark-gfm-extensions0.29.0.gfm.6 libutf8proc-dev libutf8proc2 libjansson-dev libjansson4 libssl-dev libssl3 libsqlite3-dev libsqlite3-0"
if [ ! -e "$root/ready" ]; then
    command -v apt-get >/dev/null || skip "no apt-get to fetch arm64 libraries with"
    mkdir -p "$root/state/lists/partial" "$root/cache/archives/partial" "$root/debs"
    # Lists of its own, so that the machine's package database stays as it is.
    apt="-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State=$root/state -o Dir::Cache=$root/cache -o Dir::State::status=/dev/null -o APT::Get::List-Cleanup=0"
    # shellcheck disable=SC2086
    apt-get $apt update -qq >/dev/null 2>&1 || skip "the arm64 package lists cannot be fetched"
    for package in $packages; do
        # shellcheck disable=SC2086 # names of run-time packages differ between releases: -dev packages decide
        (cd "$root/debs" && apt-get $apt download "$package" >/dev/null 2>&1) || case $package in *-dev) skip "$package for arm64 cannot be fetched" ;; esac
    done
    for deb in "$root"/debs/*.deb; do dpkg-deb -x "$deb" "$root"; done
    touch "$root/ready"
fi
"$make" --no-print-directory VARIANT=aarch64 CC_aarch64=aarch64-linux-gnu-gcc CFLAGS_aarch64=-O2 CFLAGS="-isystem $root/usr/include -isystem $root/usr/include/aarch64-linux-gnu" \
    LDFLAGS="-L$root/usr/lib/aarch64-linux-gnu -Wl,-rpath-link,$root/usr/lib/aarch64-linux-gnu" build/aarch64/assay
file=$(od -An -tx1 -j18 -N2 build/aarch64/assay | tr -d ' ')
[ "$file" = b700 ] || { echo "arm64: build/aarch64/assay is no AArch64 program" >&2; exit 1; }
echo "  OK    build/aarch64/assay is an AArch64 program"
qemu=$(command -v qemu-aarch64-static || command -v qemu-aarch64) || skip "built, but no qemu-user to run it with"
libc=/usr/aarch64-linux-gnu
out=$("$qemu" -L "$libc" -E LD_LIBRARY_PATH="$root/usr/lib/aarch64-linux-gnu" build/aarch64/assay check --no-exit --quiet corpus/articles/kestrel) || { echo "arm64: the program does not run" >&2; exit 1; }
if [ -x build/release/assay ]; then
    [ "$out" = "$(build/release/assay check --no-exit --quiet corpus/articles/kestrel)" ] || { echo "arm64: its report differs from this machine's" >&2; exit 1; }
    echo "  OK    its report is byte for byte this machine's"
fi
