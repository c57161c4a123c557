#!/bin/sh
# Mutates the checker: each comparator of the truth stage is broken in one place, and the tests must notice.
#
#     table line: file | sed edit ──► copy of the tree ──► make one test after the other ──► one that fails = killed
#
# Out: one line a mutant, and "N of N mutants caught" into tests/house/mutants.txt, which docs/TRUTH.md quotes; exit 1
# when one survives, or when an edit no longer changes its file (the code has moved: mend the table). An edit changes
# one place only: with two or more changed lines it is STALE, too. Works outside the tree, on MUTANT_JOBS copies with their
# builds (one a core, unless told otherwise), so that only the edited file is compiled again. The test that killed a mutant
# the last time (build/mutants.log) is asked first. Not part of make test: it takes minutes. MUTANTS=PATTERN takes only
# the table lines that match.
set -eu
cd "$(dirname "$0")/../.."
here=$(pwd)
build=build/mutant # unoptimized and without debug information: a mutant then costs a second of compiling and linking
build() { make -s VARIANT=mutant CC_mutant=cc CFLAGS_mutant=-O0 "$@"; }
first="unit/test_facts_sentences unit/test_facts_verdicts unit/test_facts_compare" # these notice most
others=$(for t in tests/unit/test_facts_*.c; do t=${t%.c}; case " $first " in *" ${t#tests/} "*) ;; *) echo "${t#tests/}" ;; esac; done)
facts_tests="$first $others property/test_known_words unit/test_manifest unit/test_manifest_errors unit/test_gap_words unit/test_derived property/test_facts_articles property/test_facts_properties"
lex_tests="property/test_eight property/test_stem unit/test_lex_version unit/test_lex_units unit/test_lex_tokens property/test_lex_properties"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
set --
for t in $lex_tests $facts_tests; do set -- "$@" "$build/tests/$t"; done
build "$@" >/dev/null
touch build/mutants.log
cp build/mutants.log "$work/last"
for t in $lex_tests $facts_tests; do # a test that fails anyway would kill every mutant
    "$build/tests/$t" >"$work/log" 2>&1 || { echo "$t fails without a mutant"; exit 2; }
done

# Reads FILE|EDIT lines; mutates the tree it stands in, one after the other; prints a verdict a line.
mutate() {
    while IFS='|' read -r file edit; do
        if [ ! -f "$file" ]; then
            echo "STALE     $file: no such file"
            continue
        fi
        cp -p "$file" ../whole
        sed "$edit" ../whole >"$file"
        changed=$(diff ../whole "$file" | grep -c '^<' || true)
        case $file in src/lex/*) tests="$lex_tests $facts_tests" ;; *) tests=$facts_tests ;; esac
        last=$(grep -F -e "killed    $file: $edit   (" "$work/last" | sed -n '1s/.*   (\(.*\))$/\1/p')
        [ -f "tests/${last:-none}.c" ] || last= # a test that was renamed: its old binary would fail for other reasons
        verdict="SURVIVED  $file: $edit"
        [ "$changed" -eq 1 ] || verdict="STALE     $file: $edit   (changes $changed lines)" tests= last=
        for t in $last $tests; do
            if ! build "$build/tests/$t" >../log 2>&1; then
                verdict="NO BUILD  $file: $edit"
                break
            fi
            status=0
            timeout 300 "$build/tests/$t" >../log 2>&1 || status=$?
            if [ "$status" -eq 124 ]; then # too slow says nothing on a busy machine
                echo "TIMEOUT   $file: $t"
            elif [ "$status" -ne 0 ]; then
                verdict="killed    $file: $edit   ($t)"
                break
            fi
        done
        echo "$verdict"
        cp ../whole "$file"
    done
}

grep -v -e '^#' -e '^$' >"$work/table" <<'TABLE'
# numbers
src/facts/reading/compare.c|s/double slack = tolerance + m->half/double slack = tolerance/
src/facts/reading/compare.c|s/double slack = tolerance + m->half/double slack = m->half/
src/facts/reading/compare.c|s/default: return fabs(fact - m->value) <= slack;/default: return true;/
src/facts/reading/compare.c|s/case BOUND_MAX: return fact <= m->value + slack/case BOUND_MAX: return fact >= m->value - slack/
src/facts/reading/compare.c|s/case BOUND_MIN: return fact >= m->value - slack/case BOUND_MIN: return fact <= m->value + slack/
src/facts/reading/compare.c|s/if (m->interval) return .*/if (m->interval) return false;/
src/facts/reading/compare.c|s/if (m->interval) return .*/if (m->interval) return true;/
src/facts/numbers/contradict.c|s/(best->name < 0.79 || !fact_named_beside(q, f)))/false)/
src/facts/numbers/contradict.c|s/ n += CROSSING;/ n += 0;/
src/facts/numbers/predicate.c|s/return verb && !genitive \&\& .*/return entity;/
src/facts/verdicts/set_right.c|s/if (c->plain) return false;/;/
src/facts/verdicts/set_right.c|s/return c->kind == CLAIM_HARDWARE || /return /
src/facts/verdicts/set_right.c|s/|| c->kind == CLAIM_PATH || /|| /
src/facts/verdicts/set_right.c|s/    return c->kind != CLAIM_PROCESS || .*/    return true;/
src/facts/verdicts/set_right.c|s/                 is_likeness(j, c)) ||/                 false) ||/
src/facts/verdicts/set_right.c|s/c->kind == CLAIM_PATH || c->kind == CLAIM_EXISTENCE ||/true ||/
src/facts/verdicts/set_right.c|s/return p->cues & CUE_WAS .*/return true;/
src/facts/verdicts/set_right.c|s/if (word_in(p, i, "we our ours us here")) return false;/;/
src/facts/verdicts/set_right.c|s/    return all;/    return true;/
src/facts/verdicts/told_changes.c|s/if (!cell \&\& claim_says_now(j, c)) return NULL;/;/
src/facts/verdicts/told_changes.c|s/return row \&\& columns \&\& heads_past(j, p->column);/return row;/
src/facts/verdicts/doubt_occasion.c|s/if (p->on->tokens\[i\].kind == TOKEN_TIME) return .*/return true;/
src/facts/processes/steps.c|s/!(f->at\[0\] == UINT32_MAX \&\& steps_go_on(p))) {/!steps_go_on(p)) {/
src/facts/versions/versions.c|s/if (!seen && (count_dots(stated) < 2 || .*) continue;/if (!seen) continue;/
src/facts/verdicts/doubt_occasion.c|s/if (is_first_try(s, f)) OBJECT(.*/;/
src/facts/existence/spoken_of.c|s/return is_candidate(p, lo) || is_given_up(p, lo, hi);/return is_given_up(p, lo, hi);/
src/facts/existence/spoken_of.c|s/return is_candidate(p, lo) || is_given_up(p, lo, hi);/return is_candidate(p, lo);/
src/facts/verdicts/told_changes.c|s/is_equal(all->changes\[i\]->value, was->number) \&\& //
src/facts/versions/version_proof.c|s/if (c->stance == STANCE_HISTORICAL .*is_seen_now(p)) {/if (false) {/
src/facts/versions/version_proof.c|s/ \&\& !is_seen_now(p)) {/) {/
src/facts/versions/version_changes.c|s/return older \&\& newer > older;/return older || newer;/
src/facts/numbers/quantity_verdict.c|s/<= REGION_LABEL) return true;/< REGION_CLAUSE) return true;/
src/facts/existence/existence.c|s/c->credit_bearing = s.stance == STANCE_ASSERTED .*/c->credit_bearing = false;/
src/facts/numbers/slips.c|s/if (f->unit != q->t->unit) return beside.*/;/
src/facts/numbers/slips.c|s/if (byte_is_digit(text.p\[i\]) \&\& unit) return false;/;/
src/facts/numbers/slips.c|s/if (f->unit != q->t->unit \&\& !is_confusable(f->unit, q->t->unit)) return false;/;/
src/facts/numbers/slips.c|s/if (ratio <= above \&\& ratio >= 1 \/ below) return false;/return false;/
src/facts/numbers/slips.c|s/if (q->m.dimension == DIM_DATA .*/;/
src/facts/numbers/slips.c|s/if (without_zeros(q->t->value.digits) == .*/;/
src/facts/numbers/undeclared.c|s/if (prose \&\& is_line_drawn(q, f)).*/;/
src/facts/numbers/undeclared.c|s/if (prose \&\& q->swapping \&\& has_been_given(q, f)).*/;/
src/facts/existence/here.c|s/return is_of_a_third(j, p, begin + 1, w) ? EVIDENCE_NONE : EVIDENCE_STRONG;/return EVIDENCE_STRONG;/
src/facts/existence/ours.c|s/if (word_in(p, i - 1, "my") \&\& word_in(p, last, "workstation pc tower")) return false;/;/
src/facts/numbers/undeclared.c|s/if (is_active_of_another(q, f)).*/;/
src/facts/numbers/slips.c|s/if (q->m.dimension == DIM_COUNT) above = below = FAR_IN_COUNTS;/;/
src/facts/numbers/slips.c|s/|| !is_said_outright(q, f);/|| true;/
src/facts/numbers/undeclared.c|s/if (is_kept_elsewhere(q, f)).*/;/
src/facts/numbers/worked_out.c|s/if (word_in(p, w, "divided multiplied times minus plus")) return true;/;/
src/facts/numbers/subject.c|s/DIM_COUNT ? REGION_LEAD : REGION_HEADING;/DIM_COUNT ? REGION_LEAD : REGION_LEAD;/
src/facts/numbers/slips.c|s/if (digits >= 3) return s->owner >= 0.29;/if (digits >= 2) return s->owner >= 0.29;/
src/facts/numbers/predicate.c|s/if (is_conditional(f)) return;/;/
src/facts/numbers/predicate.c|s/if (only != UINT32_MAX \&\& (f->index .*/;/
src/facts/numbers/predicate.c|s/if (!exact \&\& is_binary(u) == is_binary(v)) continue;.*/;/
src/facts/numbers/predicate.c|s/return several ? leading : found;/return found;/
src/facts/numbers/cells.c|s/if (name->n \&\& label_words_met(label, range, name) == name->n \&\& !label_says_more(j, label, range, f, name, s))/if (label_words_met(label, range, name))/
src/facts/numbers/cells.c|s/if (lines\[k\].agree < 2 || lines\[k\].broken) continue;/if (lines[k].broken) continue;/
src/facts/numbers/sums.c|s/if ((!less && !draws_sum(q, f, d)) ||/if (/
src/facts/numbers/sums.c|s/if (!is_operand_stated(q, d->steps\[i\].fact, &here)) return false;/is_operand_stated(q, d->steps[i].fact, \&here);/
src/facts/numbers/settings.c|s/if (unit) \*unit = of_name;/;/
src/facts/numbers/settings.c|s/if (!is_assignment(surface_slice(p->on, from, t->text.lo), owner)) return NULL;/;/
src/facts/numbers/ellipsis.c|s/if (!is_same_place(theirs, mine) || before->flags/if (before->flags/
src/facts/reading/bind.c|s/return slashes > 1 \&\& .*/return false;/
src/facts/numbers/conditions.c|s/if (!(w->cues \& CUE_STOP) \&\& !joined) return false;.*/if (!(w->cues \& CUE_STOP)) return false;/
src/facts/numbers/contradict.c|s/if (!owned && !is_by_state(q, best)) OBJECT(.*/;/
src/facts/numbers/frame.c|s/if (is_difference(q, f)) OBJECT(.*/;/
src/facts/numbers/frame.c|s/if (is_part(q, f)) OBJECT(.*/;/
src/facts/numbers/frame.c|s/if (told) return told;/;/
src/facts/numbers/frame.c|s/if (f->kind == FACT_BENCHMARK && is_narrowed(q, f)) OBJECT(.*/;/
src/facts/numbers/pairs.c|s/if (!nearer && !ties) return true;/return true;/
src/facts/numbers/quantity_verdict.c|s/if (left_out && c->verdict == VERDICT_SUPPORTED) {/if (false) {/
src/facts/numbers/conditions.c|s/return kibi || fabs(s.value - c->value) < .* ? CONDITION_MET/return true ? CONDITION_MET/
src/manifest/derived.c|s/op == EXPR_MUL ? x \* y : x \/ y;/op == EXPR_MUL ? x * y : y \/ x;/
src/manifest/derived.c|s/op == EXPR_ADD ? x + y : op == EXPR_SUB ? x - y :/op == EXPR_ADD ? x - y : op == EXPR_SUB ? x + y :/
# freshness
src/manifest/manifest.c|s/bool stale = fact->half_life_days.*/bool stale = false;/
src/facts/verdicts/verdict.c|s/if (state == FACT_USABLE) return true;/if (state != FACT_STALE) return true;/
# versions
src/facts/reading/compare.c|s/if (v->accept & ACCEPT_PREFIX && version_is_prefix/if (version_is_prefix/
src/facts/reading/compare.c|s/if (v->accept & ACCEPT_PREFIX && version_is_prefix(.*/;/
src/facts/reading/compare.c|s/== VERSION_EQUAL) return true;/!= VERSION_EQUAL) return true;/
src/facts/reading/compare.c|s/return longer && (/return longer \&\& false \&\& (/
src/facts/reading/compare.c|s/if (part && v->accept & ACCEPT_PREFIX) return true;/if (part) return true;/
src/facts/versions/versions.c|s/if (v->text.n && version_agrees(v, stated, v->text)) return (version_match){v, NULL, NULL};/if (v->text.n) return (version_match){v, NULL, NULL};/
src/facts/versions/versions.c|s/str then = j->day ? manifest_version_on(v, j->day) : (str){0};/str then = {0};/
src/facts/versions/versions.c|s/told_within(j, p, best.period->from, best.period->to + 1)/false/
src/facts/credit/loose.c|s/return !(states && c->verdict == VERDICT_UNVERIFIED .*/return true;/
src/facts/credit/vouched.c|s/return c->verdict == VERDICT_SUPPORTED .*/return true;/
src/facts/credit/vouched.c|s/        if (is_number(\&body->tokens\[\*at\]) .*{/        if (false) {/
src/facts/credit/vouched.c|s/        if (!claims_vouch_for(j->claims, found->at)) return true;/;/
src/facts/credit/held_text.c|s/return a < held->n \&\& held->at\[a\].lo < hi;/return a < held->n;/
src/signals/measure_tokens.c|s/if (!status) tally_vouch(m, t, k->text);/;/
src/facts/verdicts/doubt_upstream.c|s/if (!names_ours(s) \&\& !is_left_running(s, verb) \&\& !is_doing(s, verb))/if (false)/
src/facts/verdicts/doubt_upstream.c|s/if (doubt_is_here(s)) return true;/;/
src/facts/verdicts/doubt_upstream.c|s/if (names_ours(s) || !has_verb(s, name)) return NULL;/return NULL;/
src/facts/verdicts/doubt_failed.c|s/|| runs_all_the_same(s)) return NULL;/) return NULL;/
src/facts/verdicts/doubt_failed.c|s/if (is_gone_from(s, name) || is_given_up(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_beginning.c|s/ || !is_history(s)) return NULL;/) return NULL;/
src/facts/verdicts/doubt_vendor.c|s/if (is_of_a_distribution(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_vendor.c|s/if (is_of_those_served(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_teller.c|s/if (is_told(s) || is_told_behind(s) || is_according(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_teller.c|s/if (is_put_there(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_happening.c|s/if (is_gained(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_happening.c|s/if (is_height(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_happening.c|s/if (is_outage(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_happening.c|s/if (is_experiment(s, f) || /if (/
src/facts/verdicts/doubt_happening.c|s/ || is_of_a_try_before(s, f)) OBJECT/) OBJECT/
src/facts/verdicts/doubt_cell.c|s/if (c->kind != CLAIM_VERSION && is_column_of_then(j, p)) OBJECT(.*/;/
src/facts/verdicts/doubt_cell.c|s/if ((c->kind == CLAIM_EXISTENCE || c->kind == CLAIM_PATH) && is_row_of_then(j, p))/if (false)/
src/facts/verdicts/doubt_config.c|s/if (serves_another_model(j, p, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_machine.c|s/if (is_of_the_machine_before(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_other.c|s/if (is_limit_worked_out(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_other.c|s/if (is_some_of_them(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_occasion.c|s/if (is_told_of_then(s)) OBJECT(.*/;/
src/facts/verdicts/doubt.c|s/ || doubt_is_of_many_people(s))/)/
src/facts/verdicts/doubt_scratch.c|s/if (p->kind == PASSAGE_CODE && is_written_to_scratch(passage_text(p)))/if (false)/
src/facts/exposes/exposes_subject.c|s/if (is_only_owner(p, .*/;/
src/facts/ports/ports.c|s/    if (is_slice(p, t)) {/    if (false) {/
src/facts/versions/version_stated.c|s/if (is_device(p, t, text)) return (str){0};/;/
src/facts/verdicts/doubt_former.c|s/if (doubt_word(p, i, "month week day season") && .*/;/
src/facts/ports/ports.c|s/if (count && !set.certain && port_is_neighbours(.*/if (false) {/
src/facts/processes/process.c|s/if (its != MANIFEST_NONE) {/if (false) {/
src/facts/processes/steps.c|s/if (steps_name_half(p, .*/if (false) {/
src/facts/versions/version_changes.c|s/    return is_older_row(j, p, v);/    return false;/
src/facts/versions/versions.c|s/         version_is_one_of_column(j, p, t, with) ||//
src/facts/versions/version_stated.c|s/count_dots(text) == 1 && is_share_of_number(p, t))/false)/
src/facts/verdicts/doubt_chart.c|s/if (charts) OBJECT(.*/;/
src/facts/verdicts/doubt_chart.c|s/if (!named) return true;/return true;/
src/facts/verdicts/doubt_scratch.c|s/x->sets_up\[at\] = is_set_up(j, \&j->passages\[at\]) \&\& is_scratch_block(j, at) ? 2 : 1;/x->sets_up[at] = 1;/
src/facts/verdicts/doubt_former.c|s/if (is_left_elsewhere(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_former.c|s/if (is_trial(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_scratch.c|s/if (is_of_scratch(j, p)) OBJECT(.*/;/
src/facts/verdicts/doubt_happening.c|s/if (is_under_trials(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_teller.c|s/ || is_instrument(s, subject)) continue;/) continue;/
src/facts/verdicts/doubt_subject.c|s/if (named \&\& doubt_is_taken_back(s)) OBJECT(.*/;/
src/facts/numbers/phases.c|s/return (reads \&\& .*/return false;/
src/facts/versions/versions.c|s/(speaks_of_past(j, p, t, s) || begins_change(p, from, /(true || begins_change(p, from, /
src/facts/versions/versions.c|s/(speaks_of_past(j, p, t, s) || begins_change(p, from, /(false || begins_change(p, from, /
src/facts/versions/versions.c|s/version_is_of_its_row(j, p, t, with))) {/false)) {/
src/facts/versions/version_rows.c|s/if (p->column == PASSAGE_NONE || is_row_of_ours(j, p)) return false;/if (p->column == PASSAGE_NONE) return false;/
src/facts/reading/stance.c|s/if (first \&\& passage_is_readers(j, p)) v.aside = true;.*/;/
src/facts/reading/asked.c|s/return p->text.hi <= set_apart.hi \&\& ends_asking/return ends_asking/
src/facts/output/readout_rows.c|s/return str_eq(one, STR("\/"));/return true;/
src/facts/versions/version_answer.c|s/if (is_question(q)) return q->word_count <= QUESTION_WORDS ? q : NULL;/if (true) return q;/
src/facts/versions/version_past.c|s/ (names_a_time(p) \&\& is_timeless(p))/ false/
src/facts/versions/version_past.c|s/if (newer \&\& ends_change(p, from, t->text.lo) \&\& !is_taken_back(j, p)) return false;/if (newer \&\& ends_change(p, from, t->text.lo)) return false;/
src/facts/versions/version_series.c|s/if (after.n \&\& !str_is_among(after, behind)) return false;/;/
src/facts/versions/version_query.c|s/if (b->n \&\& !is_served(j, b->entity\[0\])) b->n = 0;/;/
src/facts/verdicts/doubt_person.c|s/if (c < 'A' || c > 'Z') return false;/;/
src/facts/verdicts/doubt_person.c|s/doubt_word(p, verb, deeds) \&\& is_name_here(s->j, name)/doubt_word(p, verb, deeds)/
src/facts/versions/version_rows.c|s/if (p->kind == PASSAGE_CODE) return lines_differ(j, p, entity);/if (p->kind == PASSAGE_CODE) return false;/
src/facts/versions/version_bind.c|s/if (foreign_neighbour(p, t->text.lo)) {/if (false) {/
src/facts/versions/version_context.c|s/if (has_stranger(p, here.end, t->text.lo)) return false;/;/
src/facts/versions/version_context.c|s/return !fit && list->n == 1 && loose ?/return !fit \&\& list->n == 1 ?/
src/facts/versions/version_changes.c|s/return older && newer && newer <= older;/return older \&\& newer \&\& newer < older;/
src/facts/versions/version_changes.c|s/if (period) return from && period->to && period->to <= from;/if (period) return from;/
src/facts/versions/version_anaphora.c|s/if (!version_fits(j, one.entity\[k\], text) || (stated && .*/if (!version_fits(j, one.entity[k], text)) continue;/
src/facts/reading/callouts.c|s/if (before.n .. before.p\[before.n - 1\] == ':') return false;/;/
src/facts/reading/callouts.c|s/if (introduces(before) .. is_signed(art, quote)) return false;/;/
# stance
src/facts/reading/stance.c|s/if (in_quotes(j, p, lo, hi)) {/if (false) {/
src/facts/reading/stance.c|s/v.past = (near \& CUE_PAST) != 0 \&\& .*/v.past = false;/
src/facts/reading/stance.c|s/if (used_to(p, part.lo, lo)) .*/;/
src/facts/reading/stance.c|s/v.denied = v.denied || ((all & CUE_NEGATION).*/;/
src/facts/reading/stance.c|s/bool would = (near \& CUE_MODAL) != 0 ||/bool would =/
src/facts/reading/stance.c|s/bool habitual = .*/bool habitual = false \&\& first;/
src/facts/reading/stance.c|s/else if (conditional && !habitual)/else if (false)/
src/facts/reading/stance.c|s/v.others = cues & CUE_OTHERS && .*/v.others = false;/
src/facts/verdicts/verdict.c|s/if (c->stance != STANCE_ASSERTED && c->stance != STANCE_HISTORICAL && c->stance != STANCE_NEGATED) {/if (false) {/
# doubts
src/facts/verdicts/verdict.c|s/^    if (doubt) {/    if (false) {/
src/facts/verdicts/doubt.c|s/&& is_other_place(s, i)) OBJECT(.*/\&\& false) return NULL;/
src/facts/verdicts/doubt.c|s/written || (doubt_is_people(p, i) \&\& !told) ||/written ||/
src/facts/verdicts/doubt.c|s/ \&\& !told) || is_somebody(s, i) ||/ \&\& !told) ||/
src/facts/verdicts/doubt.c|s/if (is_example(s)) OBJECT(.*/;/
src/facts/verdicts/doubt.c|s/if (!habit && from < to && p->words\[from\].cues & CUE_IF.*/;/
src/facts/verdicts/doubt.c|s/if (!doubt && is_any_such(&s)) .*/;/
src/facts/verdicts/doubt_cell.c|s/if (j->passages\[i\].cues & (CUE_NEGATION | CUE_GONE)) OBJECT(.*/;/
src/facts/verdicts/doubt_figures.c|s/if (is_stated_beside(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_figures.c|s/if (!s->j->swapped) return true;/return true;/
src/facts/verdicts/doubt_figures.c|s/if (is_of_unknown_name(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_figures.c|s/if (is_any(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_figures.c|s/if (is_listed(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_occasion.c|s/if (is_one_event(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_figures.c|s/if (is_tried_setting(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_occasion.c|s/is_occasion_behind(s, f) || //
src/facts/verdicts/doubt_occasion.c|s/ || is_occasion_before(s, f)) OBJECT/) OBJECT/
src/facts/verdicts/doubt_share.c|s/is_left_or_taken(s, f) || //
src/facts/verdicts/doubt_share.c|s/ || is_given(s, f)))/))/
src/facts/verdicts/doubt_table.c|s/if (is_share_of_row(j, p, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_habits.c|s/if (is_of_its_record(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_habits.c|s/if (is_of_one_run(s)) OBJECT(.*/;/
src/facts/versions/version_proof.c|s/if (is_before_history(p, t, v, stated, days.last)) {/if (false) {/
src/facts/reading/stance.c|s/ || is_house_machine(p, first, end, i)//
src/facts/verdicts/doubt_figures.c|s/if (!spec \&\& has_unknown_case(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_figures.c|s/if (is_narrowed_behind(s, f)) OBJECT(.*/;/
src/facts/verdicts/doubt_kinds.c|s/if (!is_release(s->c->quote)) return NULL;/if (is_release(s->c->quote)) return NULL;/
src/facts/verdicts/doubt_kinds.c|s/if (range_end(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_kinds.c|s/if (is_whole_number(s->c->normal)) {/if (false) {/
src/facts/verdicts/doubt_kinds.c|s/if (doubt_is_past(s) && then) OBJECT(.*/;/
src/facts/verdicts/doubt_habits.c|s/if (qualifies_another(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_habits.c|s/if (doubt_is_past(s) && doubt_has_then(s)) OBJECT(.*/;/
src/facts/verdicts/doubt_habits.c|s/if (keeps_its_time(s)) OBJECT(.*/;/
# existence
src/facts/existence/possession.c|s/if (verb && ours) return EVIDENCE_STRONG;/if (ours) return EVIDENCE_STRONG;/
src/facts/existence/listed.c|s/ || existence_frame_denies(j, p))/)/
src/facts/existence/listed.c|s/is_measured(p) || //
src/facts/existence/here.c|s/if (word_in(p, i, "better faster easily well best slower more")) return false;/;/
src/facts/existence/practised.c|s/if (is_of_others(p, n)) return false;/;/
src/facts/existence/practised.c|s/if (is_of_others(lead, i)) return 2;/;/
src/facts/existence/practised.c|s/if (row == own \&\& beside) return true;/if (beside) return true;/
src/facts/existence/practised.c|s/if (done \&\& opens_clause(p, begin)) return true;.*/;/
src/facts/existence/listed.c|s/if (frame_is_others(j, p) || is_put_elsewhere(p, hi)) return false;/;/
src/facts/existence/existence.c|s/if (s.denied && s.stance != STANCE_HYPOTHETICAL) {/if (false) {/
src/facts/existence/existence.c|s/if (gone_by_now) e = EVIDENCE_NONE;/;/
src/facts/existence/existence.c|s/if (is_gpu_model(surface_slice(p->on, t->text.lo, t->text.hi)))$/if (false)/
src/facts/existence/existence.c|s/if (!s.denied) continue;/;/
# commands
src/facts/commands/command_verdict.c|s/} else if (s->denies) {/} else if (false) {/
src/facts/commands/command_verdict.c|s/} else if (s->past) {/} else if (false) {/
src/facts/commands/command_verdict.c|s/} else if (s->weak || s->refused) {/} else if (false) {/
src/facts/commands/command_verdict.c|s/if (s->past || s->denies || before)/if (false)/
src/facts/commands/command_verdict.c|s/.world != WORLD_CLOSED) {/.world == WORLD_OPEN) {/
src/facts/commands/command_verdict.c|s/bool closed = declared && .*/bool closed = declared;/
src/facts/commands/command_verdict.c|s/if (how == SPELLED_NOT && is_universal(flag)) return;/;/
src/facts/commands/command_verdict.c|s/if (!closed || may_be_short_for(j, of->node, flag)) {/if (!closed) {/
src/facts/commands/command_verdict.c|s/if (j->m->flags\[f\].takes_value) break;/;/
src/facts/commands/command_verdict.c|s/if (older && !s->denies) {/if (false) {/
src/facts/commands/command_verdict.c|s/} else if (!s->denies && may_be_abbreviation(j, of->node, name)) {/} else if (false) {/
src/facts/commands/command_places.c|s/if (str_eq(str_trim(passage_text(&j->passages\[k\])), r.heredoc)) return k + 1;/;/
src/facts/commands/command_lines.c|s/if (value < 0) { .*/if (false) {/
src/facts/commands/command_lines.c|s/if (words->at\[i\].quoted || !is_subcommand_word(term)) break;/;/
src/facts/commands/command_lines.c|s/if (is_other_name(t->j, name)) s.weak = true;.*/;/
src/facts/commands/command_lines.c|s/t->weak = weak || (machine.n && is_elsewhere(t->j, \&of, machine));/t->weak = weak;/
src/facts/commands/command_stance.c|s/if (s->stance == STANCE_INSTRUCTION || .*/;/
src/facts/commands/command_stance.c|s/if (output_refuses(j, p)) out.denies = true;/;/
src/facts/commands/command_stance.c|s/out.past = speaks_of_past(j, p, lo, hi, s);/;/
src/facts/commands/command_stance.c|s/if (proposed || (asked && !noun)) s->stance = STANCE_HYPOTHETICAL;/;/
src/facts/commands/command_talk.c|s/if (owner) return owner > 0;/;/
src/facts/commands/command_talk.c|s/if (owns && t->noun) return true;/;/
src/facts/commands/command_talk.c|s/return is_other_program(p, i) ? -1 : 0;/return 0;/
src/facts/commands/command_talk.c|s/if (!between) return false;.*/;/
src/facts/commands/command_talk.c|s/ || !(t->listed || points_back(t));/;/
src/facts/commands/command_talk.c|s/.weak = !owns && !t->listed;/*weak = false;/
src/manifest/manifest_commands.c|s/if (s->world == WORLD_UNSTATED) s->world = up->world;/;/
# places, hosts
src/facts/places/locations.c|s/if (same_place(j, town, e->location.text)) {/if (true) {/
src/facts/places/locations.c|s/if (is_occasion(p, lo)) bound = false;/;/
src/facts/places/locations.c|s/return str_eq(stated, str_from_cstr(stated_country)) || .*/return true;/
src/facts/places/locations.c|s/if (!bound || s.denied || s.loose || s.past) {/if (!bound || s.loose || s.past) {/
src/facts/reading/about.c|s/2 \* (n.mine + n.we) <= n.you/false/
src/facts/reading/about.c|s/bool own = distinctive ? dense || personal/bool own = distinctive ? true/
src/facts/reading/about.c|s/bool untrusted = j->options->untrusted/bool untrusted = false/
src/facts/reading/about.c|s/times \* WORDS_A_MACHINE >= /times + 1000000 >= /
src/facts/numbers/proof.c|s/return q->m.bound == BOUND_MIN/return false/
src/facts/numbers/proof.c|s/|| proof_is_of_another_subject(q, f) || /|| /
src/facts/numbers/proof.c|s/if (proof_is_left_behind(q, f) || /if (/
src/facts/verdicts/doubt_machine.c|s/if (is_run_otherwise(s, f)) OBJECT.*/;/
src/facts/verdicts/doubt_machine.c|s/if (is_of_strange_hardware(s, f)) OBJECT.*/;/
src/facts/verdicts/doubt_machine.c|s/if (is_put_to_it(s, f)) OBJECT.*/;/
src/facts/verdicts/doubt_habits.c|s/if (is_treated(s)) OBJECT.*/;/
src/lex/stem.c|s/    default: return PART_NONE;/    default: return PART_ANY;/
src/lex/stem.c|s/case UTF8PROC_CATEGORY_CF: return PART_BEHIND;/case UTF8PROC_CATEGORY_CF: return PART_ANY;/
src/lex/stem.c|s/ || character == 0x200b) return/) return/
src/lex/stem.c|s/character <= 0x21ff) return PART_WHOLE;/character <= 0x21ff) return PART_NONE;/
src/lex/stem.c|s/while (part != PART_WHOLE \&\& i < text.n/while (i < text.n/
src/lex/stem.c|s/return part == PART_BEHIND || part == PART_ANY || (/return part == PART_ANY || (/
src/lex/stem.c|s/ \&\& last != 's' \&\& last != 'l') cut(w, 1);/) cut(w, 1);/
src/lex/stem.c|s/(before != 'u' || letter_before(w->tail, 2) == 'p')/before != 'u'/
src/lex/stem.c|s/if (word->plain \&\& whole) return/if (word->plain) return/
src/manifest/alias.c|s/return wide || starts_a_name(x, first, hi - at);/return starts_a_name(x, first, hi - at);/
src/manifest/alias.c|s/            if (!starts_nothing(s, at)) return at;/            (void)0;/
src/manifest/alias.c|s/if (!(w->flags \& WORD_PLAIN) || hash/if (hash/
src/manifest/alias_build.c|s/x->hashed_starts\[bit . 64\] |= (uint64_t)1 << bit % 64;/x->hashed_starts[bit \/ 64] |= (uint64_t)1 << bit % 32;/
src/facts/reading/passage_words.c|s/return next != '\\'' \&\& (/return (/
src/facts/reading/passage_words.c|s/ \&\& (next != '.' || !byte_is_digit(text.p\[w->hi - 1\]))//
src/facts/reading/passage_words.c|s/    if (!eight_is_ascii(eight_at(text, at) \& eight_first(w->lo - at))) return false;//
src/facts/reading/passage_words.c|s/parsed->next->hi <= from) parsed->next++;/parsed->next->lo < from) parsed->next++;/
src/facts/reading/passage_words.c|s/if (!(w->flags \& WORD_PLAIN) || w->lo < at/if (w->lo < at/
src/facts/places/hosting_programs.c|s/    return !dash \&\& standing_is_gap_free(/    return standing_is_gap_free(/
src/facts/numbers/proof_opposites.c|s/if (is_by_another_period(q, f)) return true;//
src/facts/numbers/proof_opposites.c|s/if (is_of_all_together(q, f)) return true;//
src/facts/numbers/proof_opposites.c|s/periods\[i\].unit))) return false;/periods[i].unit))) return true;/
src/facts/numbers/proof_store.c|s/"swap swaptotal swapfile/"swap swapfile/
src/base/eight.h|s/EIGHT_OF(0x7f - hi)/EIGHT_OF(0x80 - hi)/
src/base/eight.h|s/>> 8 \* (8 - left)/>> 8 * (7 - left)/
src/facts/reading/calendar.c|s/said.p\[0\] > 'S') return 0;/said.p[0] > 'R') return 0;/
src/facts/reading/cadence.c|s/if (end != 't' \&\& end != 'd' \&\& end != 'h') return 0;/if (end != 't' \&\& end != 'd') return 0;/
src/facts/credit/vouched.c|s/hash_bits(SEASONS) | hash_bits(PERIODS) | hash_bits(SPANS)/hash_bits(PERIODS)/
src/lex/lex_cue.c|s/return joins \&\& byte_is_alpha(at(x, i + n)) ? n : 0;/return 0;/
src/facts/numbers/proof_subject.c|s/if (x->host == b .. y->host == a/if (false/
src/facts/numbers/proof_subject.c|s/if (!condition_number_stated(q, c, &any) && any) return true;/;/
src/facts/numbers/candidates.c|s/if (is_promised_beyond(q, f) || is_on_the_wrong_side(q, f)) return false;/if (is_promised_beyond(q, f)) return false;/
src/facts/places/hosting.c|s/if (!denied .. e->host != host/if (!denied/
src/facts/verdicts/denied.c|s/if (denial == DENIES_NOTHING) return false;/return false;/
src/facts/verdicts/denied.c|s/return soft || !ends_behind(p, hi) ?/return soft ?/
src/facts/verdicts/doubt_cell.c|s/return values >= 3;/return false;/
src/facts/verdicts/doubt_cell.c|s/column->words\[i\].cues \& CUE_SECOND || //
src/facts/reading/stance.c|s/if (p->cues \& CUE_REPORT \&\& is_attributed_last(p)) v.aside = true;/;/
src/facts/existence/ours.c|s/if (existence_is_of_another(j, p, i - 1)) return false;/;/
src/facts/places/hosting.c|s/if (e->host == host)$/if (true)/
src/facts/places/hosting_denials.c|s/if (noun == NOUN_LACKED)/if (true)/
src/facts/places/hosting_nouns.c|s/if (is_listed(j, p, host, first, head)) return NOUN_LISTED;/;/
src/facts/places/hosting_nouns.c|s/if (plain \&\& !any_answers(j, host, \&unknown))/if (plain)/
src/facts/places/hosting.c|s/if (entity == MANIFEST_NONE || hosting_runs_entity(j, host, entity)) continue;/if (true) continue;/
src/facts/reading/our_host.c|s/if (is_of_choice(q)) return false;/;/
src/facts/reading/our_host.c|s/return stance_is_any(p, p->on->hits\[h\].where.lo) .*/return false;/
src/facts/exposes/exposes.c|s/bool acts = known == MANIFEST_NONE.*/bool acts = false;/
src/facts/exposes/exposes.c|s/if (acts) best_shared = 0;.*/if (true) best_shared = 0;/
src/facts/exposes/exposes.c|s/end = end || (broken \&\& is_aside_participle(p, i));/;/
src/facts/verdicts/doubt_habits.c|s/if (exposes_acts(p, s->at, s->after, list)) return false;/;/
src/facts/processes/steps.c|s/f->found + 1 == count \&\& steps_say_then(p, lo, hi))/f->found + 1 == count)/
src/facts/processes/steps.c|s/f.listed \&\& !tells_when(p, f.at\[i\]) \&\&/f.listed \&\&/
src/facts/exposes/exposes_lists.c|s/if (word_in(lead, i, "ask asks asked want.*/if (false)/
src/facts/ports/port_labels.c|s/if (end < at + 6 .*/if (true) return false;/
src/facts/places/place_cells.c|s/if (!is_place_column(j, p) || is_of_people(j, p)) return/if (!is_place_column(j, p)) return/
src/facts/places/hosting.c|s/if (!comma || !ends_item(p, name)) return false;/if (!comma) return false;/
src/facts/places/hosting.c|s/if (j->passages\[p->previous\].cues & CUE_OTHERS) return MANIFEST_NONE;/;/
src/facts/places/hosting_cells.c|s/if (elsewhere && !hosting_runs_entity(j, host, e))/if (elsewhere)/
src/facts/exposes/exposes.c|s/ && !mine && exposes_acts(/ \&\& exposes_acts(/
src/facts/exposes/exposes_frames.c|s/if (exposes_item_between(.*/if (true)/
src/facts/places/hosting_lists.c|s/ || !lists_its_own(j, p, listing, machine)) return;/) return;/
src/facts/places/hosting_lists.c|s/if (is_elsewhere(j, p, machine) || /if (/
src/facts/places/hosting_lists.c|s/if (lead->flags & PASSAGE_IN_LIST || !is_plain(lead)) return/if (lead->flags \& PASSAGE_IN_LIST) return/
src/facts/places/hosting_programs.c|s/return host_names_its_own(j, p, machine, .*/return host;/
# ports, paths
src/facts/ports/port_names.c|s/ && port_path_service(j, surface_slice(p->on, lo, hi), &found);/ \&\& false;/
src/facts/ports/port_silence.c|s/if (!called) return false;/;/
src/facts/ports/ports.c|s/if (e->port != port || (on/if ((on/
src/facts/ports/ports.c|s/if (e->port != port || (on/if (true || (on/
src/facts/ports/ports.c|s/if (!bound || weak || number || away) {/if (true) {/
src/facts/ports/ports.c|s/bool weak = loose || (s->denied && !is_another_subject(p, &near)) || s->past || /bool weak = loose || s->past || /
src/facts/ports/ports.c|s/is_side_port(j, p, &near, &set) ||/false ||/
src/facts/ports/port_numbers.c|s/if (is_beside_name(j, p, t)) return .*/if (is_beside_name(j, p, t)) return PORT_NUMBER_YES;/
src/facts/ports/port_names.c|s/if (!only_service(j, &behind, true, &found)) return;/return;/
src/facts/ports/ports.c|s/if (named && !listed) {/if (false) {/
src/facts/ports/port_pairs.c|s/return port && port != e->port;.*/return false;/
src/facts/numbers/proof_build.c|s/if (mine \&\& quality_said(q, mine) == QUALITY_WHOLE) return true;/;/
src/facts/numbers/proof_nouns.c|s/return calls_another(q, f, first, end) ||/return/
src/facts/ports/ports.c|s/if (listed && !weak && !number) {/if (false) {/
src/facts/ports/port_groups.c|s/return (listed || declared == g->n) && missing == 1 && odd == 1;/return missing == 1;/
src/facts/ports/port_groups.c|s/if (absent != 1) return false;/if (!absent) return false;/
src/facts/ports/port_labels.c|s/if (!all || !held || is_another_head(e, label)) continue;/if (!held) continue;/
src/facts/places/paths.c|s/    if (known->removed)$/    if (false)/
src/facts/places/paths.c|s/if (path.n > 4 && fact_index_folder(j->index, path)) {/if (false) {/
src/facts/places/paths.c|s/if (going == GOING_PLAIN \&\& !known->since \&\& !s->aside)/if (false)/
src/facts/places/paths.c|s/if (spoken \&\& later \&\& !removal)/if (false)/
src/facts/places/place_talk.c|s/if (word_in(p, i - 1, "i we you he she who")) return true;/if (false) return true;/
src/facts/places/locations.c|s/if (unplaced != MANIFEST_NONE) {/if (false) {/
src/facts/ports/port_protocol.c|s/if (!said || said == declared) return;/return;/
src/facts/ports/port_protocol.c|s/if (is_said_twice(p, t)) return;//
src/facts/ports/port_protocol.c|s/return both ? PROTOCOL_NONE : said;/return said;/
src/facts/places/hosting_denials.c|s/ || (t.program \&\& !t.here)/ || true/
src/facts/places/hosting_denials.c|s/if (i >= p->word_count) return true;/return true;/
src/facts/places/hosting.c|s/if (!closed \&\& !plain) return;/if (!closed) return;/
src/facts/reading/standing_things.c|s/if (there) t->fact = there;//
src/facts/reading/compare.c|s/if (v->accept \& (ACCEPT_PREFIX | ACCEPT_BUILD)) installed = .*//
src/facts/reading/compare.c|s/if (part \&\& v->accept \& ACCEPT_BUILD \&\& is_suffix.*/if (part \&\& v->accept \& ACCEPT_BUILD) return true;/
src/facts/versions/versions.c|s/if (version_is_outdated(v, stated))/if (false)/
src/facts/verdicts/doubt_kinds.c|s/ \&\& !is_of_another_name(s, k)) return true;/) return true;/
src/facts/reading/version_places.c|s/ \&\& !version_agrees(v, stated, v->history\[from\].version)) from++;/) from++;/
src/facts/versions/version_period.c|s/out->ran = only_one_then(v, told.bound, d, end);//
src/facts/versions/version_period.c|s/case TOLD_BEFORE: return came < d.first ? FITS : FITS_NOT;/case TOLD_BEFORE: return FITS;/
src/facts/versions/version_period.c|s/if (came > d.last || (day && came == d.last)) return FITS_NOT;//
src/facts/versions/version_proof.c|s/(period || version_is_told_past(p, t)) &&/false \&\&/
src/facts/versions/version_proof.c|s/&& (past || then != THEN_UNTOLD)/\&\& false/
src/facts/places/paths.c|s/size_t count = manifest_find_paths(j->m, path, found, COUNT_OF(found));/size_t count = 1; found[0] = 0;/
# terminal
src/facts/output/terminal.c|s/int agrees = output_agrees(q, text);/int agrees = 1;/
src/facts/output/terminal.c|s/if (prompt_elsewhere(j, &j->passages\[command\])) return true;/;/
src/facts/output/terminal.c|s/if (is_failure(text)) return false;/;/
src/facts/output/output_match.c|s/found = rc >= 0 ? 1 : .*/found = 1;/
src/facts/output/terminal.c|s/ || (q->compiled && !key.n && lines > 1)) return false;/) return false;/
src/facts/output/panels.c|s/if (says_value(q, value)) {/if (true) {/
src/facts/output/terminal.c|s/return claim_output(q, at, start, hi, same);/return claim_output(q, at, start, hi, true);/
src/facts/output/terminal.c|s/if (!agrees && !q->sure) return false;/;/
src/facts/output/terminal.c|s/if (!str_eq(again, equals)) return claim_output(q, at, lo, hi, false);/;/
src/facts/output/panels.c|s/bool wrong = devices == 1 ? !device_agreed : !agreed;/bool wrong = false;/
src/facts/output/terminal.c|s/if (!matches || sibling_agrees(j, &set, out, line)) continue;/if (sibling_agrees(j, \&set, out, line)) continue;/
# services
src/facts/exposes/exposes.c|s/} else if (!sure) {/} else if (false) {/
src/facts/exposes/exposes_routes.c|s/if (!service || !has_routes(service, r, &listed, &root) || listed || !root) return;/if (!service || !has_routes(service, r, \&listed, \&root) || !root) return;/
src/facts/exposes/exposes_routes.c|s/ || leads_away(p, lo)) return;/) return;/
src/facts/exposes/exposes.c|s/} else if (s.denied) {/} else if (false) {/
src/facts/exposes/exposes.c|s/if (known == MANIFEST_NONE && best_shared && best_shared == x.content) known = nearest;/known = 0;/
src/facts/exposes/exposes_labels.c|s/return several \&\& (known ||.*/return several;/
src/facts/exposes/exposes_labels.c|s/if (word_in(p, i, MADE_OF)) return false;/;/
src/facts/existence/model_counts.c|s/if (!t) ours = by->stands.*/if (!t) ours = true;/
src/facts/commands/command_absent.c|s/if (governs \&\& !back) return true;/;/
src/facts/commands/command_absent.c|s/if (governs \&\& !back) return true;/return true;/
src/facts/commands/command_absent.c|s/return is_thought_of(q) ? FRAME_DOUBTS : FRAME_ALLOWS;/return FRAME_ALLOWS;/
src/facts/existence/shown.c|s/if (str_starts(below, STR("Active:")))/if (true)/
# processes
src/facts/processes/process.c|s/else if (a == CADENCE_UNLIKE && !s->loose && !s->denied && !s->past)/else if (false)/
src/facts/processes/process.c|s/else if (a == CADENCE_UNLIKE && !s->loose && !s->denied && !s->past)/else if (!s->loose \&\& !s->past)/
src/facts/processes/acts.c|s/\.scope = act_scope(j, category),/.scope = NULL,/
src/facts/processes/process_acts.c|s/const manifest_scope \*scope = act_scope(j, category);/const manifest_scope *scope = NULL;/
src/facts/processes/process_acts.c|s/return checks && x->firm && object.foreign ? ACT_FITS_NONE : ACT_FITS_NEAR;/return ACT_FITS_NEAR;/
src/facts/processes/process_acts.c|s/if (fit == ACT_FITS)$/if (true)/
src/facts/processes/steps.c|s/if (!in_order(f, count)) {/if (false) {/
src/facts/processes/steps.c|s/if (before >= 3 && before > after)/if (false)/
src/facts/processes/steps.c|s/if (same < n) continue;/if (true) continue;/
src/facts/processes/steps.c|s/f->listed && pieces == f->found && (f->whole || pieces + 1 >= count) &&/false \&\&/
src/facts/processes/steps.c|s/ordered = ordered && f.at\[i\] >= last;/;/
src/facts/processes/steps.c|s/&& !cut_before(p, w); w++)/; w++)/
src/facts/reading/cadence.c|s/if (ratio < 0.9 || ratio > 1.1) return CADENCE_UNLIKE;/;/
src/facts/reading/cadence.c|s/if (stated->weekdays != declared->weekdays) return CADENCE_UNLIKE;/;/
src/facts/reading/cadence.c|s/if (stated->nth && declared->nth && stated->nth != declared->nth) return CADENCE_UNLIKE;/;/
src/facts/reading/cadence.c|s/if (stated->event\[i\] == declared->event\[k\]) return CADENCE_AGREES;/;/
# what stands where, what is at work, whose a number is
src/facts/reading/standing_grammar.c|s/if (comma && closed && word_in(p, i, "which who where")) return from;.*/;/
src/facts/verdicts/at_work.c|s/if (c >= 'A' \&\& c <= 'Z' \&\& !known \&\& .*/;/
src/facts/reading/presupposed.c|s/if (word_in(p, i, "of for in on") \&\& word_in(p, i + 1, "a an any your such another some most")) return true;/;/
src/facts/versions/version_tags.c|s/if (found != MANIFEST_NONE) return MANIFEST_NONE;/;/
src/facts/exposes/exposes_lists.c|s/if (!last->named || leads_list(j, p)) return;/if (!last->service || leads_list(j, p)) return;/
src/facts/exposes/exposes_lists.c|s/if (count < 2) continue;/if (!count) continue;/
src/facts/exposes/exposes_code.c|s/if (count < 2) continue;/if (false) continue;/
src/facts/numbers/subject.c|s/OBJECT(q->j, "another thing of its sort is named nearer");/;/
src/facts/numbers/subject.c|s/OBJECT(q->j, "its owner is what the number is held against");/;/
src/facts/numbers/subject.c|s/OBJECT(q->j, "its line's own noun is another thing's");/;/
src/facts/numbers/subject.c|s/OBJECT(q->j, "a program is named nearer than the machine");/;/
src/facts/numbers/contradict.c|s/OBJECT(q->j, "it is far off, and of another thing");/;/
src/facts/numbers/other_case.c|s/OBJECT(q->j, "the row states a case of its own");/;/
src/facts/numbers/other_case.c|s/OBJECT(q->j, "it is said of where nothing is declared");/;/
src/facts/numbers/other_case.c|s/OBJECT(q->j, "what leads in states a case of its own");/;/
src/facts/numbers/other_case.c|s/if (has_case_before(q, best, f)) return true;/;/
src/facts/numbers/other_case.c|s/if (is_metric_unit(q) \&\& has_figure_in_label(q, best, f)) return true;/;/
src/facts/numbers/subject.c|s/OBJECT(q->j, "it is somebody's, by the genitive before it");/;/
src/facts/numbers/frame.c|s/OBJECT(q->j, "it is only thought of");/;/
src/facts/numbers/frame.c|s/OBJECT(q->j, "it is what was measured");/;/
src/facts/numbers/subject.c|s/OBJECT(q->j, "the table stands under another machine's name");/;/
src/facts/numbers/other_case.c|s/OBJECT(q->j, "what leads in speaks of something else");/;/
src/facts/numbers/contradict_counts.c|s/OBJECT(q->j, "it counts what is listed behind it");/;/
src/facts/numbers/predicate.c|s/if (noun >= p->word_count || !ends_plainly(q)) /if (noun >= p->word_count) /
src/facts/numbers/quantities.c|s/if (!is_of_a_name(j, p, before)) return;/;/
src/facts/numbers/cell_lines.c|s/if (says_more(j, x, f)) return false;/;/
src/facts/numbers/frame.c|s/OBJECT(q->j, "it is said of what is for sale");/;/
src/facts/numbers/frame.c|s/if (is_apportioned(q, f)) return true;/;/
src/facts/numbers/frame.c|s/if (is_other_one(q, f, i + 1)) return true;/;/
src/facts/numbers/quantity_verdict.c|s/if (is_said_otherwise(q, named, theirs)) return false;/;/
src/facts/numbers/quantities.c|s/ \&\& !follows_code(j, p, \&t);/;/
src/facts/versions/versions.c|s/if (!best.version \&\& !v->text.n \&\& .*/if (false) {/
src/facts/numbers/quantity_verdict.c|s/ \&\& !is_cut_off(q, long_name->stems\[k\]);/;/
src/facts/numbers/contradict_counts.c|s/if (!counted || is_of_another_sort(q, f)) OBJECT/if (!counted) OBJECT/
src/facts/numbers/implied.c|s/if (is_rate_of_noun(q) \&\& /if (false \&\& /
src/facts/verdicts/doubt_figures.c|s/if (is_worked_out(s)) OBJECT(.*/;/
src/facts/versions/version_bind.c|s/if (bind_named_cell(j, p, b)) return;/;/
src/facts/ports/port_lines.c|s/if (mappings > 1) return MANIFEST_NONE;/;/
src/facts/ports/port_lines.c|s/if (str_find(passage_text(p), STR(" # "), 0) >= 0) return MANIFEST_NONE;.*/;/
src/facts/existence/worked_with.c|s/return is_work_on(j, p, lo) || /return /
src/facts/existence/here.c|s/if (!listed || existence_has_verb(p, after)) return false;/if (!listed) return false;/
src/facts/numbers/formats.c|s/if (may_be_same(&f, &own)) return;/return;/
src/facts/numbers/contradict.c|s/        !is_only_rate(q, f) &&/        true \&\&/
src/facts/versions/version_stated.c|s/ is_held_at(j, p, t, text) ||//
src/facts/reading/spec_line.c|s/return sizes > 1 \&\& (ours || begins_with_label(p));/return false;/
# derived facts
src/manifest/derived.c|s/if (d->measure && memcmp(given, wanted, sizeof given) != 0) return true;/;/
src/manifest/derived.c|s/return !is_near(x->value, \*written) && is_near(x->bare, \*written);/return false;/
src/manifest/derived.c|s/return !is_near(x->value, \*written) && is_near(x->bare, \*written);/return true;/
src/manifest/derived.c|s/x.bare = is_conversion(x.value) ? 1 : x.value;/x.bare = 1;/
src/manifest/derived.c|s/r.known = r.known && are_alike(&x, &y);/;/
src/manifest/derived.c|s/r.money = y.money;/;/
src/manifest/manifest_expr.c|s/d->fact.confirmed = f->confirmed;/;/
src/manifest/manifest_expr.c|s/last_day(f) >= last_day(&d->fact)/true/
src/manifest/manifest_check.c|s/if (!gone->removed || !share_a_host(path, gone)) continue;/continue;/
src/manifest/gap_words.c|s/return before ? before : behind;/return behind ? behind : before;/
# physics
src/facts/physics/speed_ups.c|s/if (fits || !is_said_of(p, &r, &c)) return;/if (true) return;/
src/facts/physics/speed_ups.c|s/if (fits || !is_said_of(p, &r, &c)) return;/if (!is_said_of(p, \&r, \&c)) return;/
src/facts/physics/speed_ups.c|s/if (fits || !is_said_of(p, &r, &c)) return;/if (fits) return;/
src/facts/physics/speed_ups.c|s/if (is_loose(p, i)) return;/;/
src/facts/physics/speed_ups.c|s/if (physics_any(p, lo, hi, c->c.from > c->c.to ? UPWARDS : DOWNWARDS)) return false;/;/
src/facts/physics/speed_ups.c|s/return c->percent && fabs(stated/return false \&\& fabs(stated/
src/facts/physics/speed_ups.c|s/return d != DIM_TEMPERATURE && d != DIM_DECIBEL && d != DIM_POINT;/return true;/
src/facts/physics/fits.c|s/if (need.bytes <= room.bytes \* 1.08 || /if (/
src/facts/physics/fits.c|s/if (reads_otherwise(p) || /if (/
src/facts/physics/fits.c|s/return out->bytes > 0 && !precision_elsewhere(j, p);/return out->bytes > 0;/
src/facts/physics/fits.c|s/return out->bytes > 0 && (before || owned);/return out->bytes > 0;/
src/facts/physics/physics.c|s/if (!lasts || fabs(stated - real) <= half + 1.01 || /if (!lasts || /
src/facts/physics/physics.c|s/bool newer = j->day < last->to && /bool newer = /
src/facts/physics/physics.c|s/c->verdict = VERDICT_UNVERIFIED;/;/
src/facts/physics/bandwidth.c|s/if (stated <= ceiling \* 1.05) return;/;/
src/facts/physics/bandwidth.c|s/if (stated <= ceiling \* 1.05) return;/return;/
src/facts/physics/bandwidth.c|s/return attr ? declared && said != SPECULATION_ON : said == SPECULATION_OFF;/return said != SPECULATION_ON;/
src/facts/physics/bandwidth.c|s/if (!is_off(p, w)) return SPECULATION_ON;/;/
src/facts/physics/bandwidth.c|s/if (names_other_machine(at)) return NULL;/;/
src/facts/physics/bandwidth.c|s/if (bits > 0 && precision_elsewhere(j, p)) return;/;/
src/facts/physics/precision.c|s/return !found && vague ? PRECISION_UNCLEAR : found;/return found;/
src/facts/physics/timelines.c|s/ || (at == 1 \&\& forward < 2)//
src/facts/physics/timelines.c|s/if (says_the_same(lines\[i\].said, lines\[k\].said)) return 0;/;/
src/facts/physics/timelines.c|s/if (!at || !told_as_log(j, first, lines, n, shown)) return end;/if (!at) return end;/
src/facts/physics/timelines.c|s/if (lines\[0\].form == FORM_CLOCK && lines\[at\].at < lines\[0\].at) return 0;/;/
src/facts/physics/physics_table.c|s/if (fabs(total->value - sum) <= half \* 1.01 + 1e-9) return;/;/
src/facts/physics/physics_table.c|s/if (fabs(total->value - sum) <= half \* 1.01 + 1e-9) return;/return;/
src/facts/physics/physics_table.c|s/if (total->value <= most \* (1 + 1e-9)) return;/;/
src/facts/physics/physics_table.c|s/ || header_does_not_add(j, header)) return;/) return;/
src/facts/physics/physics_table.c|s/if (is_unit_price(j, total, headers, columns, at) || /if (/
src/facts/physics/speed_ups.c|s/return w == last || clause_ends(p, \*end) || goes_on_about_it(p, w, c);/return true;/
src/facts/physics/fits.c|s/if (!told && !physics_any(p, p->text.lo, p->words\[in\].lo, WEIGHTS)) return false;/;/
src/facts/physics/beside_table.c|s/if (gap <= 1.01 \* (cell.half + decimal_half_unit(t->value)) || gap > 0.2 /if (gap > 0.2 /
src/facts/physics/beside_table.c|s/if (!s || !physics_only(p, p->text.lo, p->text.hi, LEADS)) break;/if (!s) break;/
# the lexer's own comparators
src/lex/version_order.c|s/static int sign_of(ptrdiff_t v) { return (v > 0) - (v < 0); }/static int sign_of(ptrdiff_t v) { return (v < 0) - (v > 0); }/
src/lex/version_order.c|s/static int pep440_pre_rank(const pep440 \*v) { return .*/static int pep440_pre_rank(const pep440 *v) { return v->pre; }/
src/lex/version_order.c|s/return !byte_is_alnum(c) && c != '~' && c != '^'; }/return !byte_is_alnum(c); }/
src/lex/decimal.c|s/if (r->kept == DIGITS_MAX) {/if (r->kept == 3) {/
# what drafts state in passing
src/facts/versions/version_past.c|s/(frozen || is_chosen(p, from) || is_selected/(is_chosen(p, from) || is_selected/
src/facts/versions/version_past.c|s/is_outcome(p, from) || ends_change/ends_change/
src/facts/versions/version_past.c|s/is_chosen(p, from) || is_selected(p, t->text.hi) ||/is_chosen(p, from) ||/
src/facts/versions/version_past.c|s/    if (stands \&\& !of_then \&\& !says_of_then(p) \&\& !names_a_time(p)/    if (stands \&\& !of_then \&\& !says_of_then(p)/
src/facts/versions/version_stated.c|s/bool moved = i > 3 \&\&/bool moved = false \&\&/
src/facts/versions/version_stated.c|s/bool is = word_is(p, i - 1, "is") \&\&/bool is = false \&\&/
src/facts/verdicts/doubt_lead.c|s/ \&\& !is_what_i_see(lead);/;/
src/facts/verdicts/doubt_code.c|s/ \&\& str_find_byte(above, ' ', 0) < 0; .*/;/
src/facts/existence/listed.c|s/ is_item_beside_ours(j, p, lo) ||/ false ||/
src/facts/existence/listed.c|s/if (p->cues \& (CUE_OTHERS | CUE_SECOND | CUE_MODAL | CUE_NEGATION.*/;/
src/facts/reading/our_host.c|s/(is_of_choice(p) || !is_role_label(p, hit))) return false;/true) return false;/
src/facts/places/place_said.c|s/ \&\& is_labelled_place(p, lo)) return true;/ \&\& false) return true;/
src/facts/places/hosting.c|s/            (!purpose \&\& existence_is_deed(p, k)))/            existence_is_deed(p, k))/
src/facts/numbers/cells.c|s/if (mine || is_picture(said)) continue;/if (mine) continue;/
src/facts/numbers/frame.c|s/if (p->flags \& PASSAGE_IN_LIST \&\& word_in(p, i, "a an") \&\&/if (false \&\&/
src/lex/lex_measure.c|s/                counted = true;$/;/
src/manifest/manifest_names.c|s/if (!str_eq(e->aliases.at\[i\].text, STR("VPS"))) continue;/continue;/
src/facts/versions/version_alone.c|s/if (x != t \&\& x->core.lo != t->core.lo \&\& is_versionlike(p, x)) return false;/;/
src/facts/versions/version_alone.c|s/if (p->words\[i\].cues \& OTHER_CUES || word_in(p, i, OTHER_RELEASES)) return false;/;/
src/facts/versions/version_alone.c|s/    if (name \&\& is_of_longer_name(p, name)) return false;/;/
src/facts/versions/version_alone.c|s/    if (!name) entity = asked_for(j, p);/;/
src/facts/versions/version_alone.c|s/if (entity == MANIFEST_NONE || !is_near(j, entity, text)) return false;/if (entity == MANIFEST_NONE) return false;/
src/facts/versions/version_alone.c|s/if ((name \&\& !is_of_ours(j, p)) || /if (/
src/facts/versions/version_past.c|s/    if (is_present_state(p, t->text.lo) .*/;/
src/facts/verdicts/doubt_code.c|s/                !is_being_installed(j, p))/                true)/
src/facts/reading/our_host.c|s/ || !byte_is_digit(rest.p\[rest.n - 1\]); .*/ || true;/
src/facts/reading/our_host.c|s/             is_had_by_us(p, \&p->on->hits\[h\]) || in_inventory/             in_inventory/
src/facts/existence/listed.c|s/!heads_part(p, lo, hi) || existence_frame_denies/!existence_heads_item(p, lo, hi) || existence_frame_denies/
src/facts/exposes/exposes_lists.c|s/    if (above) listing = article_ancestor.*/    above = NULL;/
src/facts/exposes/exposes_lists.c|s/ || speaks_of_ours(j, lead)))))/))))/
src/facts/exposes/exposes.c|s/    return holds_listed_item(p, \&service->exposes, can + 1) ? service : NULL;/    return NULL;/
src/facts/exposes/exposes_labels.c|s/    if (judge_label_below(j, p)) return true;/;/
src/facts/verdicts/doubt_habits.c|s/    if (count > 1 \&\& count_pieces(s) > list->n) return false; .*/;/
src/facts/places/hosting_programs.c|s/        if (!host \&\& item \&\& begins_item(p, 0, i)) host = item;/;/
src/facts/numbers/undeclared.c|s/    if (prose \&\& q->swapping \&\& is_anothers_thing(q, f)) OBJECT.*/;/
src/facts/numbers/undeclared.c|s/    if (prose \&\& is_set_aside(q, f)) OBJECT.*/;/
src/facts/numbers/exchanges.c|s/    if (is_out_of(x) || is_out_of(y)) return;/;/
src/facts/output/readout_facts.c|s/        if (!digits || !letters || /        if (!digits || /
src/facts/ports/port_frames.c|s/    if (p->flags \& PASSAGE_CONFIG \&\& port_container_lines.*/;/
src/facts/processes/process_nouns.c|s/            return p->flags \& PASSAGE_IN_LIST \&\& is_label(p, end) ? category : NULL;/            return NULL;/
src/facts/processes/process_nouns.c|s/        if (word_in(p, d, "a an the") \&\& is_performed(p, d)) return category;/;/
src/facts/verdicts/doubt_upstream.c|s/        doubt_word(p, verb + 2, "stable solid rock .*/        false)/
src/facts/credit/vouched.c|s/    return str_is_among(text, "january february .*/    return false;/
src/facts/credit/unpaid.c|s/    r.block = row != BLOCK_NONE ? row : .*/    r.block = BLOCK_NONE;/
src/facts/places/hosting_programs.c|s/return closed_host_at(j, p, p->words\[i + 1\].lo, hi);.*/return NULL;/
src/facts/places/hosting_programs.c|s/        if (!host \&\& served \&\& i >= by .*/;/
src/facts/places/hosting_programs.c|s/        bool whole = first == 0 || .*/        bool whole = true;/
src/facts/existence/put_to_use.c|s/serve build compile bundle render/serve build render/
src/facts/verdicts/doubt_foreign.c|s/    if ((number || s->c->kind == CLAIM_PLACE) .*is_of_any_machine(s)) OBJECT.*/;/
src/facts/verdicts/doubt_foreign.c|s/(is_in_a_genitive(s) || is_of_anothers(s))/(is_of_anothers(s))/
src/facts/verdicts/doubt_foreign.c|s/(is_in_a_genitive(s) || is_of_anothers(s))/(is_in_a_genitive(s))/
src/facts/verdicts/doubt_foreign.c|s/    if (number .. is_of_its_part(s)) OBJECT.*/;/
src/facts/verdicts/doubt_foreign.c|s/    if (is_of_another_system(s)) OBJECT.*/;/
src/facts/verdicts/doubt_foreign.c|s/    if (is_the_least(s)) OBJECT.*/;/
src/signals/measure_text.c|s/ .. measure_is_vouched(m, k->text))/)/
src/signals/measure_burstiness.c|s/    return n < LONGEST ? n : LONGEST;/    return n;/
src/facts/credit/vouched.c|s/ || c->stance == STANCE_NEGATED || !in_body/ || !in_body/
src/facts/credit/vouched.c|s/        if (is_other_writing(c)) return true;/;/
src/facts/credit/vouched.c|s/ || p\[w->lo - 1\] == '(' || p\[w->lo - 1\] == 0xa0;/;/
src/facts/reading/cadence.c|s/        if (is(w, 2, "time") || is(w, 2, "attempt").*/;/
src/facts/reading/told.c|s/    if (p->kind == PASSAGE_CELL .. !when.month .. !when.year) read_row.*/;/
src/facts/verdicts/told_changes.c|s/        if (once || follows_as_now(j, said, c) || /        if (once || /
src/facts/verdicts/told_changes.c|s/(word_in(p, i, present) .. !is_noun(p, i))/word_in(p, i, present)/
src/facts/commands/command_stance.c|s/is_gone_behind(j, p) || is_renamed_before(j, p, lo, hi)/is_renamed_before(j, p, lo, hi)/
src/facts/existence/listed.c|s/existence_is_of_choice(j, p->heading, false) ||/false ||/
src/facts/existence/possession.c|s/ .. !is_of_mind(p, i) .. / \&\& /
src/facts/versions/version_apposition.c|s/    if (bind_through_source(j, p, t, b)) return true;/;/
src/lex/units.c|s/    if (per .. is_hasty(first)) return .*/;/
src/facts/numbers/quantity_verdict.c|s/    if (agreed) return "another fact agrees";/    return "another fact agrees";/
src/facts/existence/listed.c|s/ existence_is_of_choice(j, p->lead, false);/ false;/
src/facts/existence/listed.c|s/ || existence_is_of_choice(j, j->passages\[i\].column, true);/;/
src/facts/reading/compare.c|s/    if (m->bound == BOUND_MIN || m->bound == BOUND_MAX) slack -= .*/;/
src/facts/existence/existence.c|s/    if (scoped .. existence_is_unlisted_there(j, p, lo, hi, &j->m->scopes\[gone->scope\])) {/    if (false) {/
src/facts/existence/existence.c|s/    if (existence_is_unlisted_there(j, p, lo, hi, scope)) {/    if (false) {/
src/facts/existence/existence.c|s/    else if (existence_is_elsewhere(j, p, hit->where.lo, hit->where.hi, scope))/    else if (false)/
src/facts/existence/ours.c|s/        if (same .. context_entity(&near, own->host).*/        if (false)/
src/facts/verdicts/doubt_share.c|s/    if (f->dimension == DIM_COUNT .. s->at > 1 .. doubt_word(s->p, s->at - 1, "same") ../    if (false \&\&/
src/facts/commands/command_stance.c|s/is_gone_behind(j, p) || is_renamed_before(j, p, lo, hi)/is_gone_behind(j, p)/
src/signals/measure_structure.c|s/        if (vouched < least) tally_hold_back(t, TAINT_PARTS);/;/
src/facts/credit/taint.c|s/        if (!claims_have_voucher(claims, art->sentences\[s\].text)) sentences\[s\] .= TAINT_BARE;/;/
src/facts/credit/vouched.c|s/ .. p->flags & PASSAGE_PROMPT) continue;/) continue;/
src/facts/credit/vouched.c|s/    return telling > 1 .. .*/    return true;/
src/article/sentences.c|s/    if (n == 1 .. capital .. after_number) return .*/;/
src/facts/existence/existence.c|s/    bool gone_by_now = chosen_from .. /    bool gone_by_now = /
src/facts/existence/listed.c|s/        if ((word_in(p, i, "put set laid") .*/        if (/
src/facts/places/paths.c|s/ .. is_moved_from(j, p, t) || \(.*\)$/ || \1/
src/facts/places/paths.c|s/    return to .. moved;/    return to;/
src/facts/versions/version_apposition.c|s/    if (from != UINT32_MAX .. bind_through_bringer.*/;/
src/facts/versions/version_query.c|s/        if (one.n) return typed .*/        if (one.n) return false;/
src/facts/places/locations.c|s/    if (!scope .. may_hold_ours(name, scope)) return;/    if (!scope) return;/
src/facts/places/locations.c|s/            judge_unknown_town(j, p, i);/;/
src/facts/verdicts/at_work.c|s/    if (!counted .. word_in(p, first, "a an/    if (word_in(p, first, "a an/
src/signals/measure.c|s/    tally_pay_what_facts_hold(m, rule, t);/;/
src/signals/measure_vouching.c|s/                                   1u << SIGNAL_H2_COUNT;/                                   0;/
src/signals/measure_vouching.c|s/        if (!measure_is_vouched(m, h->text)) withhold(h, TAINT_UNVOUCHED);/;/
src/signals/measure_vouching.c|s/        if (!measure_has_voucher(m, m->art->sentences\[in\].text))/        if (false)/
src/signals/measure_vouching.c|s/        else if (in == last)/        else if (false)/
src/signals/measure_vouching.c|s/ || m->rules->published) return;/) return;/
src/signals/measure_vouching.c|s/        if (!all .. joins(m->art, \*lo)) continue;/;/
src/signals/measure_vouching.c|s/ .. !joins(m->art, \*hi)) ++\*hi;/) ++*hi;/
src/signals/measure_vouching.c|s/ .. !stands_apart(m->art, \*hi) .. / \&\& /
src/signals/measure_vouching.c|s/    return w->lo - before->hi > 2 .. .*/    return false;/
src/signals/measure_structure.c|s/        if (seen_before(&seen, article_text(m->art, b->text)))/        if (false)/
src/signals/measure_structure.c|s/m->places->blocks\[i\] & TAINT_UNCOUNTED || //
src/signals/measure_structure.c|s/ || !measure_has_voucher(m, b->text))/)/
src/signals/measure_structure.c|s/        if (measure_is_judged(m)) tally_hold_back(t, TAINT_PARTS); .. what a heading.*/;/
src/signals/measure_structure.c|s/        if (measure_is_judged(m)) tally_hold_back(t, TAINT_PARTS); .. one fact.*/;/
src/signals/measure_triples.c|s/    t->paid = m->places ? 0 : t->value;/    t->paid = t->value;/
src/signals/measure_diversity.c|s/measure_is_judged(m) .. window > VOUCHED_WINDOW ? VOUCHED_WINDOW : window/window/
src/signals/measure_diversity.c|s/    if (!c->judged) return count_sure_words/    if (true) return count_sure_words/
src/signals/measure_burstiness.c|s/    if (!vouched) n = spoken_words(m->art, lo, hi);/    return spoken_words(m->art, lo, hi);/
src/facts/credit/vouched.c|s/is_alternative(j, c) || //
src/facts/credit/vouched.c|s/        c->voucher = \*times < SENTENCES_A_FACT;/        c->voucher = true;/
src/facts/reading/place_standing.c|s/    if (verb < 2 || !word_in(p, verb - 1, "which")) return false;/    return false;/
src/facts/reading/place_standing.c|s/i < 3 || is_moved_again(p)) return MANIFEST_NONE/i < 3) return MANIFEST_NONE/
src/facts/reading/place_standing.c|s/    for (uint32_t at = k->text.lo; k->kind == TOKEN_DATE/    for (uint32_t at = k->text.lo; false/
src/facts/reading/place_standing.c|s/        if (!object \&\& !(v > 1 \&\& word_in(p, v - 2, "was has been"))) return MANIFEST_NONE;/        if (!object) return MANIFEST_NONE;/
src/facts/reading/place_standing.c|s/        if (object) return only_machines(j, p, from, end, \&f) \&\& f.n == 1/        if (object) return (only_machines(j, p, from, end, \&f) || true) \&\& f.n == 1/
src/facts/existence/here.c|s/    return word_in(p, begin, "a an two three") \&\& is_behind_a_place(j, p, begin, after);/    return false;/
src/facts/existence/put_to_use.c|s/    if (verb <= first || !word_in(p, us, "i we") ||/    if (verb <= first ||/
src/facts/existence/put_to_use.c|s/    if (!word_in(p, which + 1, "we i") || !word_in(p, begin, "a an another two three")) return false;/    return false;/
src/facts/verdicts/at_work.c|s/    if (begin < 2 || !word_in(p, begin - 1, "where")) return false;/    return false;/
src/facts/verdicts/at_work.c|s/standing_is_machine(j, e) \&\& !other;/standing_is_machine(j, e);/
src/facts/verdicts/doubt_kinds.c|s/    if (!consulted \&\&/    if (/
src/facts/existence/listed.c|s/                 (p->flags \& PASSAGE_HEADER_CELL \&\& column_disowns(j, p));/                 false;/
src/facts/existence/listed.c|s/        if (asks \&\& (is_empty_cell(cell)/        if ((is_empty_cell(cell)/
src/facts/commands/command_stance.c|s/        if (p->words\[i\].lo >= hi \&\& ONE_OF(p, i, ended) \&\& word_in(p, i - 1, "been was were")) return true;/        ;/
src/facts/commands/command_stance.c|s/ONE_OF(p, i, ended) \&\& word_in(p, i - 1, "been was were")) return true;/ONE_OF(p, i, ended)) return true;/
src/facts/reading/stance.c|s/ || (p->cues \& CUE_REPORT \&\& is_reported_by_model(p, lo)))/)/
src/facts/reading/stance.c|s/i < REPORT_REACH \&\& p->words\[i\].hi <= lo; i++/i < REPORT_REACH; i++/
src/facts/existence/ours.c|s/        if (existence_is_of_another(j, p, i) \&\& !(i + 2 == it .*/        if (existence_is_of_another(j, p, i))/
src/facts/existence/put_to_use.c|s/    if (verb > first + 1 \&\& word_in(p, verb - 2, "what which that as whom")) return false;/    ;/
src/facts/processes/steps_pairs.c|s/        if (one.step <= two.step || one.at == two.at) continue;/        if (one.step >= two.step || one.at == two.at) continue;/
src/facts/processes/steps_pairs.c|s/    if (!e->process.strict || e->process.step_count < 2) return false;/    if (e->process.step_count < 2) return false;/
src/facts/processes/process_told.c|s/    if (lo > p->text.lo || !word_is(p, i, "is")) return MANIFEST_NONE;/    return MANIFEST_NONE;/
src/facts/reading/cadence.c|s/    for (uint32_t i = 0; i <= declared->later_count; i++) {/    for (uint32_t i = 0; i < 1; i++) {/
src/facts/reading/cadence.c|s/        if (stated->season_from != declared->season_from || stated->season_to != declared->season_to)/        if (false)/
src/facts/reading/cadence.c|s/    partial = some || all || fewer;/    partial = some || all;/
src/facts/versions/version_moved.c|s/    if (!agrees \&\& near) return;/    ;/
src/facts/versions/version_moved.c|s/ || is_open(p) || version_names_machine(j, p))/ || is_open(p))/
src/facts/verdicts/other_name.c|s/    return !(own \& left);/    return true;/
src/facts/verdicts/other_name.c|s/        if (is_of_stock(p, i)) return false;/        ;/
src/facts/ports/port_told.c|s/    return listening == UINT32_MAX ? program : service;/    return program;/
src/facts/ports/port_told.c|s/    return named \&\& current \&\& described \&\&/    return named \&\& described \&\&/
src/facts/ports/port_told.c|s/ \&\& !has_other_row(j, p, set->by) \&\&/ \&\&/
src/facts/numbers/owners.c|s/        if (speaks_of_unnamed_machine(x, named > 0)) return false;/        ;/
src/facts/numbers/owners.c|s/            if (e != entity) return false;/            ;/
src/facts/numbers/settings.c|s/            if (!is_had_in_all(j, p, attr->entity, t->text.lo)) continue;/            ;/
src/facts/numbers/other_case.c|s/    if (has_other_case_before(q, f)) return true;/    ;/
src/facts/versions/version_moved.c|s/    if (dates != 1) return;/    ;/
src/facts/versions/version_moved.c|s/    while (i > 0 \&\& word_in(p, i - 1, "have had then finally also all since")) i--;/    return true;/
src/facts/reading/cadence.c|s/        if (whole_hour ? apart > -60 \&\& apart < 60 : apart == 0) return true;/        return true;/
src/facts/numbers/owners.c|s/ || is_of_an_occasion(q)) return false;/) return false;/
src/facts/numbers/owners.c|s/    return (is_led_as_spec(q) || has_true_sibling(q, entity)) \&\& section/    return section/
src/facts/numbers/owners.c|s/    return (is_led_as_spec(q) || has_true_sibling(q, entity)) \&\&/    return is_led_as_spec(q) \&\&/
src/facts/numbers/owners.c|s/ || is_the_sections_machine(q);/;/
src/facts/numbers/owners.c|s/    return word_in(p, verb, verbs) \&\&/    return/
src/facts/numbers/other_case.c|s/    if (is_led_past_owner(q, f)) OBJECT/    if (0) OBJECT/
src/facts/numbers/other_case.c|s/        if (!mention_is_beside(lead, \&lead->on->hits\[h\])) return false;/        ;/
src/facts/reading/antecedent.c|s/    if (w == 0 || word_in(x, 0, "nothing nobody no none")) return false;/    if (w == 0) return false;/
src/facts/reading/antecedent.c|s/            if (word_in(x, k, KIN)) return true;/            ;/
src/facts/reading/antecedent.c|s/               (word_in(x, w - 1, "to") \&\& word_in(x, w - 2, "next close"));/               false;/
src/facts/reading/antecedent.c|s/ return word_in(x, w - 2, "instead") || word_in(x, w - 2, KIN);/ return false;/
src/facts/numbers/other_case.c|s/        if (context_entity(\&q->near, f->owners\[i\]) < REGION_LEAD) return false;/        ;/
src/facts/reading/stance.c|s/    if (!v.others \&\& stance_is_beside(j, p, part, lo)) v.aside = true;/    ;/
src/facts/reading/asides.c|s/ || is_another_house(j, p) ||/ ||/
src/facts/reading/asides.c|s/ || is_led_aside(j, p);/;/
src/facts/reading/asides.c|s/        if (p->words\[i\].cues \& CUE_FIRST) owned = false;/        ;/
src/facts/reading/asides.c|s/        if (word_in(p, i, "his her hers") || (subject \&\& word_in(p, i, "he she"))) owned = true;/        ;/
src/facts/reading/antecedent.c|s/        if (!word_in(x, 0, "it its they their")) return brings_in_another(x);/        return false;/
src/facts/reading/antecedent.c|s/        if (how != NAMED_NOT) return how == NAMED_BESIDE;/        if (how != NAMED_NOT) return false;/
src/facts/reading/antecedent.c|s/    if (person_has(x, w - 1)) return true;/    ;/
src/facts/verdicts/doubt_lead.c|s/printed ? doubt_of_sequel(j, p) : doubt_of_warning(j, p);/printed ? doubt_of_sequel(j, p) : NULL;/
src/facts/reading/told.c|s/        if (calendar_year_at(first, i, \&year)) return year < now;/        if (calendar_year_at(first, i, \&year)) return false;/
src/facts/places/locations.c|s/        return; \/\* "in Newcastle Road" \*\//        ;/
src/facts/places/locations.c|s/    return !short_one \&\& antecedent_is_other(j, p, found) ? MANIFEST_NONE : found;/    return found;/
src/facts/numbers/quantity_verdict.c|s/    if (is_named_sibling(q, yes, no)) return true;/    ;/
src/facts/numbers/proof_store.c|s/    if (found == STORE_OTHER) return true;/    ;/
src/facts/numbers/proof_store.c|s/        if (fact_has_stem(f, p->words\[i\].stem)) return STORE_OWN;/        ;/
src/facts/numbers/proof_store.c|s/own == STORE_DISK \&\& found == STORE_MEMORY/false/
src/facts/numbers/quantity_verdict.c|s/ || (whose \&\& !stands \&\& contradict(q, c, no, NULL))) return;/) return;/
src/facts/ports/ports.c|s/ \&\& (names_another(j, near, e) || port_is_strangers(j, p, near->lo, e)))/ \&\& names_another(j, near, e))/
src/facts/processes/steps.c|s/        if (pieces > count \&\& f->listed \&\& e->process.strict \&\& !s.denied) {/        if (false) {/
src/facts/numbers/proof.c|s/    if (proof_is_of_another_machine(q, f)) return true;/    ;/
src/facts/numbers/proof_machines.c|s/    bool thing = e == MANIFEST_NONE \&\& is_of_undeclared_thing(q, f);/    bool thing = false;/
src/facts/numbers/proof_machines.c|s/    if (is_of_another_of_its_sort(q, f)) return true;/    ;/
src/facts/numbers/proof.c|s/    if (proof_is_of_opposite(q, f) ||/    if (/
src/facts/numbers/proof_opposites.c|s/    if (is_of_one_of_many(q, f)) return true;/    ;/
src/facts/numbers/quantity_verdict.c|s/yes \&\& !opposite \&\& (stands/yes \&\& (stands/
src/facts/places/paths.c|s/    else if (is_said_elsewhere(j, p, t, known))/    else if (false)/
src/facts/reading/stance.c|s/ || (cues \& CUE_MODAL \&\& number_is_in_wish_list(p, part, lo));/;/
src/facts/verdicts/doubt_habits.c|s/ i < s->after \&\& !identifier; i++/ i < s->after; i++/
src/facts/exposes/exposes.c|s/        end = end || (i > from \&\& begins_clause(p, i));/        ;/
src/facts/versions/version_proof.c|s/    if (is_declared_of_another(j, p, t, entity, stated)) {/    if (false) {/
src/facts/versions/version_proof.c|s/        if (p->on->hits\[h\].where.hi <= t->text.lo) return false;/        ;/
src/facts/verdicts/doubt_other.c|s/    if (doubt_find(p, 0, s->at, "arithmetic calculation") != UINT32_MAX) return true;.*/    ;/
src/facts/commands/command_stance.c|s/    if (q->word_count < 4 \&\& word_in(q, 0, "removed deleted gone retired dropped"))/    if (false)/
TABLE
grep -F -e "${MUTANTS:-|}" "$work/table" >"$work/chosen" || { echo "no line of the table has '$MUTANTS'"; exit 2; }
jobs=${MUTANT_JOBS:-$(nproc)}
for k in $(seq "$jobs"); do
    mkdir -p "$work/$k/tree/build"
    tar -cf - --exclude=./.git --exclude=./build . | tar -xf - -C "$work/$k/tree"
    cp -a "$build" "$work/$k/tree/build/"
    (cd "$work/$k/tree" && awk "NR % $jobs == $k % $jobs" "$work/chosen" | mutate | tee -a "$work/$k/out") &
done
wait
cat "$work"/[0-9]*/out >"$work/all"
ran=$(grep -c . "$work/chosen") killed=$(grep -c '^killed' "$work/all" || true)
cat "$work/all" "$work/last" >build/mutants.log
echo "$killed of $ran mutants caught"
[ -n "${MUTANTS:-}" ] || echo "$killed of $ran" >"$here/tests/house/mutants.txt"
[ "$killed" -eq "$ran" ]
