#!/bin/sh
# Installs what the build needs, when it is not there: Debian and Ubuntu by apt; elsewhere it names the packages.
# In: nothing. Out: exit 0 when everything is present, 1 with one line otherwise. Never asks a question.
set -u
missing=
need() { # PACKAGE PROBE-HEADER
    printf '#include <%s>\n' "$2" | ${CC:-cc} -fsyntax-only -x c -include stddef.h -include stdarg.h -include stdint.h -include setjmp.h -DPCRE2_CODE_UNIT_WIDTH=8 - 2>/dev/null || missing="$missing $1"
}
if ! command -v "${CC:-cc}" >/dev/null 2>&1; then
    missing="gcc libc6-dev libpcre2-dev libyaml-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libutf8proc-dev libjansson-dev libssl-dev libsqlite3-dev libcmocka-dev"
else
    need libc6-dev stdio.h
    need libpcre2-dev pcre2.h
    need libyaml-dev yaml.h
    need libcmark-gfm-dev cmark-gfm.h
    need libcmark-gfm-extensions-dev cmark-gfm-core-extensions.h
    need libutf8proc-dev utf8proc.h
    need libjansson-dev jansson.h
    need libssl-dev openssl/sha.h
    need libsqlite3-dev sqlite3.h
    need libcmocka-dev cmocka.h
fi
command -v prove >/dev/null 2>&1 || missing="$missing perl"
[ -z "$missing" ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
    run=
    [ "$(id -u)" = 0 ] || run=sudo
    echo "  DEPS  apt-get install$missing"
    $run env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
        $run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
    echo "deps: apt-get could not install:$missing" >&2
    exit 1
fi
if command -v dnf >/dev/null 2>&1; then
    echo "deps: install these and run again: sudo dnf install gcc make pcre2-devel libyaml-devel cmark-gfm-devel utf8proc-devel jansson-devel openssl-devel sqlite-devel libcmocka-devel perl-Test-Harness" >&2
elif command -v pacman >/dev/null 2>&1; then
    echo "deps: install these and run again: sudo pacman -S gcc make pcre2 libyaml cmark-gfm utf8proc jansson openssl sqlite cmocka perl" >&2
elif command -v brew >/dev/null 2>&1; then
    echo "deps: install these and run again: brew install pcre2 libyaml cmark-gfm utf8proc jansson openssl sqlite cmocka" >&2
else
    echo "deps: missing (Debian's names):$missing" >&2
fi
exit 1
