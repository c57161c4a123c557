# lib.sh - for the shell tests of the command line; sourced. In: ASSAY. Out: TAP; a scratch folder as the current one.
# Not a test itself. `plan N`, then is/same/like/has/ok calls, at the end `finish`.
: "${ASSAY:?set ASSAY to the program}"
[ -x "$ASSAY" ] || { echo "1..0 # SKIP the program is not built (make builds it once every room is there)"; exit 0; }
root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$(dirname "$ASSAY")/tests/tools
number=0 failed=0
LC_ALL=C NO_COLOR=1 HOME=/nonexistent
export LC_ALL NO_COLOR HOME ASSAY
unset GITHUB_STEP_SUMMARY GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE CDPATH 2>/dev/null
GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
export GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1

plan() { planned=$1; echo "1..$1"; }
finish() { [ "$number" = "$planned" ] || echo "# $number of $planned tests ran"; [ "$failed" = 0 ]; }
yes_no() { # DESCRIPTION STATUS [EXPLANATION]
    number=$((number + 1))
    if [ "$2" = 0 ]; then echo "ok $number - $1"; return; fi
    echo "not ok $number - $1"
    [ -z "${3:-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
    failed=$((failed + 1))
}
skip() { number=$((number + 1)); echo "ok $number # SKIP $1"; }
is() { # DESCRIPTION GOT WANTED
    [ "$2" = "$3" ]; yes_no "$1" $? "got:    $2
wanted: $3"
}
has() { # DESCRIPTION FILE TEXT...   every text stands in the file
    what=$1 file=$2 absent=
    shift 2
    for text; do grep -qF -e "$text" "$file" || absent="$absent
absent: $text"; done
    [ -z "$absent" ]; yes_no "$what" $? "$absent
$(head -c 1500 "$file")"
}
lacks() { # DESCRIPTION FILE TEXT
    ! grep -qF -e "$3" "$2"; yes_no "$1" $? "must not be there: $3"
}
# Runs the program; standard output in out, standard error in err, its exit code in $status.
run() { "$ASSAY" "$@" >out 2>err </dev/null; status=$?; }
valid() { # DESCRIPTION SCHEMA FILE [--lines]
    found=$("$tools/schema_check" ${4:-} "$root/$2" "$3" 2>&1); yes_no "$1" $? "$found"
}

# A manifest, an article that contradicts it on a known line; before it stand a letter of two bytes and one of
# four, so that bytes, code points and UTF-16 units differ. Another that
# agrees with it.
truth() {
    cat >site.yaml <<'END'
assay-facts: 1
as_of: 2026-05-18
components:
  - {id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4, accept: [prefix]}
hosts:
  - {id: web, aliases: [web server]}
END
}
get() { "$tools/schema_check" --get "$1" "$2"; } # PATH FILE   a value in a JSON document
wrong_article() { # FILE
    cat >"$1" <<'END'
---
title: A wrong version
date: 2026-05-18
style: essay
---

# A wrong version

Über 🚀 all. I run Caddy 1.2.3 today.
END
}
right_article() { # FILE
    cat >"$1" <<'END'
---
title: A right version
date: 2026-05-18
style: essay
---

# A right version

I run Caddy 2.8.4 today.
END
}
git_repository() { # FOLDER
    git init -q "$1" && git -C "$1" symbolic-ref HEAD refs/heads/main
}
