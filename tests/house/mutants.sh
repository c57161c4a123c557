#!/bin/sh
# Mutates the checker: each comparator of the truth stage is broken in one place, and the tests must notice.
#
#     table line: file | sed edit ──► copy of the tree ──► make the tests ──► a test that fails = killed
#
# Out: one line a mutant; exit 1 when one survives, or when an edit no longer changes its file. Works outside the tree,
# on a copy with its build (so that only the edited file is compiled again). Not part of make test: it takes minutes.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build/release}
lex_tests="unit/test_lex_version unit/test_lex_units unit/test_lex_tokens property/test_lex_properties"
facts_tests="unit/test_facts_gold property/test_acceptance"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
set --
for t in $lex_tests $facts_tests; do set -- "$@" "$build/tests/$t"; done
make -s "$@" >/dev/null
cp -a . "$work/tree"
shared=$(cd .. && pwd)/shared # the acceptance articles, where they are
[ ! -d "$shared" ] || ln -s "$shared" "$work/shared"
cd "$work/tree"
for t in $lex_tests $facts_tests; do # a test that fails anyway would kill every mutant
    "$build/tests/$t" >"$work/log" 2>&1 || { echo "$t fails without a mutant"; exit 2; }
done
ran=0 survived=0
while IFS='|' read -r file edit; do
    case $file in '' | '#'*) continue ;; esac
    cp -p "$file" "$work/whole"
    sed "$edit" "$work/whole" >"$file"
    ran=$((ran + 1))
    killer=
    case $file in src/lex/*) tests="$lex_tests $facts_tests" ;; *) tests=$facts_tests ;; esac
    if cmp -s "$file" "$work/whole"; then
        echo "STALE     $file: $edit"
        survived=$((survived + 1))
    elif ! make -s "$@" >"$work/log" 2>&1; then
        echo "NO BUILD  $file: $edit"
        survived=$((survived + 1))
    else
        for t in $tests; do
            status=0
            timeout 300 "$build/tests/$t" >"$work/log" 2>&1 || status=$?
            if [ "$status" -eq 124 ]; then # too slow says nothing on a busy machine
                echo "TIMEOUT   $file: $t"
            elif [ "$status" -ne 0 ]; then
                killer=$t
                break
            fi
        done
        if [ -n "$killer" ]; then
            echo "killed    $file: $edit   ($killer)"
        else
            echo "SURVIVED  $file: $edit"
            survived=$((survived + 1))
        fi
    fi
    cp "$work/whole" "$file"
done <<'TABLE'
src/facts/compare.c|s/double slack = tolerance + m->half/double slack = tolerance/
src/facts/compare.c|s/double slack = tolerance + m->half/double slack = m->half/
src/facts/compare.c|s/default: return fabs(fact - m->value) <= slack;/default: return true;/
src/facts/compare.c|s/case BOUND_MAX: return fact <= m->value + slack/case BOUND_MAX: return fact >= m->value - slack/
src/facts/compare.c|s/case BOUND_MIN: return fact >= m->value - slack/case BOUND_MIN: return fact <= m->value + slack/
src/facts/compare.c|s/if (m->interval) return .*/if (m->interval) return false;/
src/facts/compare.c|s/if (v->accept & ACCEPT_PREFIX && version_is_prefix/if (version_is_prefix/
src/facts/compare.c|s/if (v->accept & ACCEPT_PREFIX && version_is_prefix(.*/;/
src/facts/compare.c|s/== VERSION_EQUAL) return true;/!= VERSION_EQUAL) return true;/
src/facts/compare.c|s/return longer && (/return longer \&\& false \&\& (/
src/facts/stance.c|s/if (in_quotes(j, p, lo, hi)) {/if (false) {/
src/facts/stance.c|s/v.past = (near & CUE_PAST) != 0;/v.past = false;/
src/facts/stance.c|s/v.denied = v.denied || ((all & CUE_NEGATION).*/;/
src/facts/stance.c|s/bool would = (near & CUE_MODAL) != 0;/bool would = false;/
src/facts/stance.c|s/bool habitual = .*/bool habitual = false \&\& first;/
src/facts/versions.c|s/if (v->text.n && version_agrees(v, stated, v->text)) return (match){v, NULL};/if (v->text.n) return (match){v, NULL};/
src/facts/versions.c|s/if (best.period && is_target_too_late(j, p, t, best.period)) {/if (false) {/
src/facts/versions.c|s/static bool speaks_of_past(.*/& return true;/
src/facts/existence.c|s/if (verb && ours) return EVIDENCE_STRONG;/if (ours) return EVIDENCE_STRONG;/
src/facts/existence.c|s/ && !frame_denies(j, p)//
src/facts/contradict.c|s/(best->name < 0.79 || !named_beside(q, f)))/false)/
src/facts/contradict.c|s/return owned || is_by_state(q, best) ? NULL : .*/return NULL;/
src/facts/frame.c|s/if (is_difference(q, f)) return .*/;/
src/facts/frame.c|s/if (is_part(q, f)) return .*/;/
src/facts/frame.c|s/if (told) return told;/;/
src/facts/frame.c|s/if (f->kind == FACT_BENCHMARK && is_narrowed(q, f)) return .*/;/
src/facts/pairs.c|s/if (!nearer && !ties) return true;/return true;/
src/facts/process.c|s/if (!in_order(f, count)) {/if (false) {/
src/facts/places.c|s/if (e->port != port) continue;/;/
src/lex/version_order.c|s/static int sign_of(ptrdiff_t v) { return (v > 0) - (v < 0); }/static int sign_of(ptrdiff_t v) { return (v < 0) - (v > 0); }/
src/lex/version_order.c|s/static int pep440_pre_rank(const pep440 \*v) { return .*/static int pep440_pre_rank(const pep440 *v) { return v->pre; }/
src/lex/version_order.c|s/return !byte_is_alnum(c) && c != '~' && c != '^'; }/return !byte_is_alnum(c); }/
src/lex/decimal.c|s/if (r->kept == DIGITS_MAX) {/if (r->kept == 3) {/
TABLE
echo "$ran mutants, $survived not killed"
[ "$survived" -eq 0 ]
