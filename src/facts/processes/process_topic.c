/* process_topic.c - the process that a cadence is said of where the grammar leaves no other.
 *
 *     - **Scrub**, the first Sunday of each month         an item or paragraph that begins with the name, or is it
 *     the introduction: the first Thursday of …           the name, a colon or an apposition, the cadence
 *     the backup runs every night, is due every …         the name, a verb of happening, the cadence
 *     the weekly purge                                    the cadence is the name's adjective
 *     the patch day, on the first Tuesday of each month, …   an apposition
 *     **Restore drills.** Every month we …                a label that holds words of one process's name
 *     patches every Wednesday                             the name's verb
 *     the window is every Wednesday                       the last word of one process's name, and of no other's
 *     …, as it does every Wednesday; …: it starts every … what the sentence began with
 *     every quarter we hold a failover drill              the only process of the clause, as its object
 *     we rotate the keys every week                       the deed whose noun the name is
 *     once a year we draw, fetch, hash and play           all of its steps
 *     ## File backups:  The job runs every six hours …     the only process of the heading
 *     the drafting pipeline is a script that runs …       the only process of that word, or of that category
 *     upgrades happen on the last Friday of …             the only process of the category with such a step
 *
 * In: a prepared passage and the bytes of a cadence in it. Out: the process, or MANIFEST_NONE. Such a cadence may
 * contradict, whatever other process of the manifest keeps it.
 */
#include "facts/reading/cadence.h"
#include "facts/reading/standing.h"
#include "facts/judge.h"
#include "facts/processes/acts.h"

static const char HAPPENS[] =
    "is are runs run happens happen starts start begins begin fires takes take place due fall falls "
    "scheduled set itself on at in the once always";
static const char DOES[] = "hold have do run make repeat perform practise practice rehearse start";
static const char PREPOSITIONS[] = "after before with without since until from for during between by against like than "
                                   "behind except beside besides no not in on to of and or while when about";

static bool in_words(const passage *p, uint32_t i, const char *words) {
    str rest = str_from_cstr(words), one;
    while (str_cut(&rest, ' ', &one))
        if (i < p->word_count && str_eq_nocase(surface_slice(p->on, p->words[i].lo, p->words[i].hi), one)) return true;
    return false;
}

static bool is_determiner(const passage *p, uint32_t i) { return in_words(p, i, "the a an our my this that its"); }

/* The first process hit that begins in [lo, hi) and is no part of a longer name. */
static const alias_hit *process_hit(const judge *j, const passage *p, uint32_t lo, uint32_t hi, uint32_t *entity) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.lo >= hi || hit->inside >= 0) continue;
        *entity = hit_entity(j, hit, ENTITY_PROCESS);
        if (*entity != MANIFEST_NONE && !inside_opaque(p, hit->where.lo, hit->where.hi)) return hit;
    }
    return NULL;
}

static uint64_t last_stem(str name) {
    uint32_t at = 0, lo, hi;
    uint64_t stem = 0;
    while (fact_word_next(name, &at, &lo, &hi)) stem = fact_stem(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return stem;
}

static bool is_single(str name) { return str_find_byte(name, ' ', 0) < 0 && str_find_byte(name, '-', 0) < 0; }

/* The only process one of whose names is, or ends in, this stem. `whole`: is a single word. */
static uint32_t only_process(const judge *j, uint64_t stem, bool whole) {
    uint32_t count, found = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < 128; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        bool has = (!whole || is_single(e->id)) && last_stem(e->id) == stem;
        for (uint32_t a = 0; a < e->aliases.n && !has; a++)
            has = (!whole || is_single(e->aliases.at[a].text)) && last_stem(e->aliases.at[a].text) == stem;
        if (!has) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

/* Has one of the process's names the stem as a word? */
static bool has_name_stem(const manifest_entity *e, uint64_t stem) {
    for (uint32_t a = 0; a <= e->aliases.n; a++) {
        uint32_t at = 0, lo, hi;
        str name = a < e->aliases.n ? e->aliases.at[a].text : e->id;
        while (fact_word_next(name, &at, &lo, &hi))
            if (fact_stem(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    }
    return false;
}

static bool does_step(const manifest_entity *e, uint64_t stem) {
    for (uint32_t s = 0; s < e->process.step_count; s++) {
        uint32_t at = 0, lo, hi;
        str name = e->process.steps[s].name;
        while (fact_word_next(name, &at, &lo, &hi))
            if (fact_stem(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    }
    return false;
}

/* "**Restore drills.** Every month we …", "**Updates.** The first Tuesday …: upgrade, reboot": the item's label holds
 * words of one process's name alone; a single word of it needs two of its steps in the sentence. No process may keep
 * the rhythm that is stated. */
static uint32_t by_label_words(judge *j, const passage *p, const passage *label, const cadence *c) {
    uint32_t count, found = MANIFEST_NONE, words = label->word_count, other = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    const cadence *declared = process_cadences(j);
    if (!(p->flags & PASSAGE_IN_LIST) || !words || words > 3 || !declared) return MANIFEST_NONE;
    if (process_hit(j, p, p->text.lo, p->text.hi, &other)) return MANIFEST_NONE;
    for (uint32_t k = 0; k < count && k < 128; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        bool kept = declared[k].lo != declared[k].hi && cadence_compare(c, &declared[k]) == CADENCE_AGREES;
        if (kept && words == 1) return MANIFEST_NONE;
        bool named = true;
        for (uint32_t i = 0; i < words; i++)
            named = named && label->words[i].hi - label->words[i].lo > 3 && has_name_stem(e, label->words[i].stem);
        if (!named) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    uint32_t steps = 0;
    for (uint32_t i = 0; found != MANIFEST_NONE && i < p->word_count && i < 64; i++)
        steps += !(p->words[i].cues & CUE_STOP) && does_step(&j->m->entities[found], p->words[i].stem);
    return words > 1 || steps > 1 ? found : MANIFEST_NONE;
}

/* "Scrub, …", "The restore test. …", "Backup: …": does the passage begin with a process's name that stands alone? */
static uint32_t label_of(judge *j, passage *p, uint32_t *end) {
    uint32_t entity = MANIFEST_NONE;
    passage_prepare(j, p);
    if (!p->word_count) return MANIFEST_NONE;
    uint32_t first = is_determiner(p, 0) ? 1 : 0;
    if (first >= p->word_count) return MANIFEST_NONE;
    const alias_hit *hit = process_hit(j, p, p->words[first].lo, p->words[first].lo + 1, &entity);
    bool listed = !hit && p->flags & PASSAGE_IN_LIST && p->words[first].hi - p->words[first].lo > 4;
    if (listed) entity = only_process(j, p->words[first].stem, true); /* "- Patches, every fourth Sunday" */
    if (!hit && entity == MANIFEST_NONE) return MANIFEST_NONE;
    *end = hit ? hit->where.hi : p->words[first].hi;
    str rest = surface_slice(p->on, *end, p->text.hi);
    bool alone = !rest.n || strchr(",.:;(", rest.p[0]) || str_starts(rest, STR(" (")) ||
                 str_starts(rest, STR(" \xe2\x80\x93")) || str_starts(rest, STR(" \xe2\x80\x94"));
    return alone ? entity : MANIFEST_NONE;
}

/* Does a process's own name end at byte `end`? */
static bool hit_at(const judge *j, const passage *p, uint32_t end) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.hi == end && hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE)
            return true;
    return false;
}

/* What the item or the paragraph is headed with: said of the first cadence behind it only. */
static uint32_t by_label(judge *j, passage *p, uint32_t lo) {
    uint32_t end = 0, entity = label_of(j, p, &end);
    cadence c;
    if (entity == MANIFEST_NONE && p->previous != PASSAGE_NONE) {
        passage *label = &j->passages[p->previous];
        entity = label->word_count < 6 && label->previous == PASSAGE_NONE ? label_of(j, label, &end) : MANIFEST_NONE;
        bool first = cadence_find(passage_text(p), 0, &c) && p->text.lo + c.lo == lo;
        if (entity == MANIFEST_NONE && first && label->previous == PASSAGE_NONE) return by_label_words(j, p, label, &c);
        if (entity == MANIFEST_NONE || label->text.hi > end + 2) return MANIFEST_NONE; /* it says more */
        return first ? entity : MANIFEST_NONE;
    }
    bool head = p->previous == PASSAGE_NONE && entity != MANIFEST_NONE && end <= lo;
    if (!head || !cadence_find(passage_text(p), end - p->text.lo, &c)) return MANIFEST_NONE;
    uint32_t other;
    if (process_hit(j, p, end, lo, &other)) return MANIFEST_NONE;
    uint32_t rest = p->text.lo + c.hi; /* "- Patches, every Friday, of my jeans" */
    bool whole = hit_at(j, p, end) || rest >= p->text.hi || strchr(".:;(", p->on->text.p[rest]);
    return whole && p->text.lo + c.lo == lo && lo - end < 48 ? entity : MANIFEST_NONE;
}

static bool is_finite(const passage *p, uint32_t i) {
    return in_words(p, i, "is are runs run happens happen starts start begins begin fires takes");
}

/* The name ends right before the cadence, or a colon, an apposition or verbs of happening part them. */
static bool leads_to(const passage *p, const alias_hit *hit, uint32_t lo) {
    str gap = surface_slice(p->on, hit->where.hi, lo);
    uint32_t name = standing_word_at(p, hit->where.lo);
    while (name > 0 && is_determiner(p, name - 1)) name--;
    bool object = name > 0 && in_words(p, name - 1, PREPOSITIONS), colon = gap.n && gap.p[0] == ':';
    uint32_t from = standing_word_at(p, hit->where.hi), to = standing_word_at(p, lo);
    bool subject = from < to && is_finite(p, from); /* "since the backup runs every night" */
    if (object && !colon && !subject) return false; /* "after the backup, every Sunday …" */
    bool verbs = from < to;
    for (uint32_t i = from; i < to; i++)
        if (!in_words(p, i, HAPPENS)) return false;
    for (ptrdiff_t i = 0; i < gap.n; i++) {
        if (gap.p[i] == ' ' || byte_is_alpha(gap.p[i])) continue;
        bool mark =
            gap.p[i] == ':' || gap.p[i] == '(' || (gap.p[i] == ',' && name > 0 && in_words(p, name - 1, "is are"));
        if (!mark || i > 0) return false;
        verbs = true;
    }
    return verbs || !gap.n;
}

static uint32_t by_neighbour(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside < 0 ? hit_entity(j, hit, ENTITY_PROCESS) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        bool adjective =
            hit->where.lo == hi + 1 && p->on->text.p[hi] == ' ' && hi - lo <= 11; /* "weekly", "quarterly" */
        if (adjective || (hit->where.hi <= lo && leads_to(p, hit, lo))) return e;
    }
    return MANIFEST_NONE;
}

/* "Our patch day, on the first Tuesday of each month, will include …": an apposition behind what the sentence is of. */
static uint32_t by_apposition(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first = is_determiner(p, 0) ? 1 : 0, entity = MANIFEST_NONE;
    if (first >= p->word_count || hi >= p->text.hi || p->on->text.p[hi] != ',') return MANIFEST_NONE;
    const alias_hit *hit = process_hit(j, p, p->words[first].lo, p->words[first].lo + 1, &entity);
    if (!hit || hit->where.hi >= lo) return MANIFEST_NONE;
    str gap = str_trim(surface_slice(p->on, hit->where.hi, lo));
    return str_eq(gap, STR(",")) || str_eq(gap, STR(", on")) || str_eq(gap, STR(", on the")) ? entity : MANIFEST_NONE;
}

/* Is the word part of some process's name? */
static bool in_name(const judge *j, const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
            hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE)
            return true;
    return false;
}

/* "The window is every Wednesday", "(we) patch every Wednesday". */
static uint32_t by_part(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t to = standing_word_at(p, lo), i = to;
    if (!to) return MANIFEST_NONE;
    str last = surface_slice(p->on, p->words[to - 1].lo, p->words[to - 1].hi);
    bool finite = !str_ends(last, STR("ing")) && !str_ends(last, STR("ed")) && !in_name(j, p, to - 1);
    bool verb = !in_words(p, to - 1, HAPPENS) && finite && p->words[to - 1].hi + 1 == lo &&
                (to < 2 || !is_determiner(p, to - 2)) && p->words[to - 1].hi - p->words[to - 1].lo > 4;
    if (verb) return only_process(j, p->words[to - 1].stem, true);
    while (i > 0 && in_words(p, i - 1, HAPPENS)) i--;
    str plural = i == 1 && i < to ? surface_slice(p->on, p->words[0].lo, p->words[0].hi) : (str){0};
    bool closed = hi >= p->text.hi || strchr(".,;:(", p->on->text.p[hi]) ||
                  word_in(p, standing_word_at(p, hi), "and on"); /* not "every Tuesday at Microsoft" */
    if (plural.n > 4 && closed && str_ends(plural, STR("s")) && !str_ends(plural, STR("ss")) &&
        p->words[1].lo == p->words[0].hi + 1)
        return only_process(j, p->words[0].stem, true); /* "Scrubs fall on the second Sunday" */
    if (i == to || i < 2 || !word_is(p, i - 2, "the") || in_name(j, p, i - 1)) return MANIFEST_NONE;
    if (i > 2 && in_words(p, i - 3, PREPOSITIONS) && !is_finite(p, i)) return MANIFEST_NONE;
    for (uint32_t k = p->words[i - 1].hi; k < lo; k++)
        if (strchr(",;:.()", p->on->text.p[k])) return MANIFEST_NONE;
    return only_process(j, p->words[i - 1].stem, false);
}

/* "The patch window opened, as it does every Wednesday". */
static uint32_t by_pronoun(judge *j, const passage *p, uint32_t lo) {
    uint32_t to = standing_word_at(p, lo), entity = MANIFEST_NONE, other;
    if (to < 4 || !word_is(p, to - 1, "does") || !word_is(p, to - 2, "it") || !word_is(p, to - 3, "as"))
        return MANIFEST_NONE;
    const alias_hit *hit = process_hit(j, p, p->text.lo, p->words[to - 3].lo, &entity);
    if (!hit || process_hit(j, p, hit->where.hi, p->words[to - 3].lo, &other)) return MANIFEST_NONE;
    return entity;
}

/* "Once a year, │usually between Christmas and New Year, │I do": the word behind an aside, or `from`. */
static uint32_t behind_aside(const passage *p, uint32_t from) {
    if (!in_words(p, from, "usually mostly often normally generally typically preferably") ||
        p->on->text.p[p->words[from - 1].hi] != ',')
        return from;
    for (uint32_t i = from + 1; i < p->word_count && i < from + 10; i++)
        if (p->on->text.p[p->words[i - 1].hi] == ',') return i;
    return from;
}

/* "Once a quarter we hold a failover drill", "each week there is a restore test". */
static uint32_t by_object(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    uint32_t from = standing_word_at(p, hi), entity = MANIFEST_NONE;
    if (from > 0) from = behind_aside(p, from);
    if (lo > p->text.lo + 3 || from + 2 >= p->word_count) return MANIFEST_NONE;
    bool ours = in_words(p, from, "we i") && in_words(p, from + 1, DOES);
    bool there = word_is(p, from, "there") && in_words(p, from + 1, "is");
    uint32_t i = from + 2;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && !ours; h++) { /* "every night at 02:00, restic takes a backup" */
        uint32_t verb = standing_word_at(p, p->on->hits[h].where.hi);
        bool program = p->on->hits[h].where.lo == p->words[from].lo &&
                       hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE;
        ours = program && in_words(p, verb, "takes makes runs performs creates starts");
        if (ours) i = verb + 1;
    }
    if (!ours && !there) return MANIFEST_NONE;
    while (is_determiner(p, i)) i++;
    if (i >= p->word_count) return MANIFEST_NONE;
    return process_hit(j, p, p->words[i].lo, p->words[i].lo + 1, &entity) ? entity : MANIFEST_NONE;
}

/* "Every Sunday at 03:10 a restore drill puts it to the test", "every 15 seconds the slot check looks at …". */
static uint32_t by_inversion(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t from = standing_word_at(p, hi), entity = MANIFEST_NONE, i = from;
    bool opens =
        lo <= p->text.lo + 5 || in_words(p, standing_word_at(p, lo) ? standing_word_at(p, lo) - 1 : 0, "and but");
    uint32_t gap = from < p->word_count ? p->words[from].lo - hi : 0; /* "Four times a day, at …, a forecast run" */
    bool comma = gap == 2 && p->on->text.p[hi] == ',';
    if (!opens || (gap != 1 && !comma) || !is_determiner(p, i)) return MANIFEST_NONE;
    i++;
    const alias_hit *hit = i < p->word_count ? process_hit(j, p, p->words[i].lo, p->words[i].lo + 1, &entity) : NULL;
    if (!hit) return MANIFEST_NONE;
    uint32_t verb = standing_word_at(p, hit->where.hi);
    if (verb >= p->word_count || p->words[verb].lo != hit->where.hi + 1) return MANIFEST_NONE;
    bool third = str_ends(surface_slice(p->on, p->words[verb].lo, p->words[verb].hi), STR("s"));
    bool noun = in_words(p, verb + 1, "is are was were has have get gets go goes"); /* "the purge logs are mailed" */
    bool passive = in_words(p, verb, "is are"); /* "every month the backup is restored": another deed */
    if (passive && !in_words(p, verb + 1, "started run done held made taken launched triggered kicked due repeated"))
        return MANIFEST_NONE;
    return (third && !noun) || is_finite(p, verb) ? entity : MANIFEST_NONE;
}

/* "The pager, which passes to the next every Monday": the name right before the comma. */
static uint32_t by_relative(judge *j, const passage *p, uint32_t lo) {
    uint32_t to = standing_word_at(p, lo), entity = MANIFEST_NONE, other;
    for (uint32_t i = to; i > 1 && to - i < 12; i--) {
        if (!word_is(p, i - 1, "which")) continue;
        uint32_t end = p->words[i - 2].hi;
        if (p->words[i - 1].lo != end + 2 || p->on->text.p[end] != ',') return MANIFEST_NONE;
        const alias_hit *hit = process_hit(j, p, p->text.lo, end, &entity);
        while (hit && hit->where.hi != end) hit = process_hit(j, p, hit->where.hi, end, &entity);
        for (uint32_t at = end + 1; at < lo; at++)
            if (strchr(",;:()", p->on->text.p[at])) return MANIFEST_NONE;
        return hit && !process_hit(j, p, end, lo, &other) ? entity : MANIFEST_NONE;
    }
    return MANIFEST_NONE;
}

/* "done by a script, `/opt/libexec/purge.sh`, started by a timer each Sunday": the script bears the name. */
static uint32_t by_script(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t to = standing_word_at(p, lo), behind = standing_word_at(p, hi);
    for (uint32_t i = to; i > 0 && to - i < 10; i--)
        if (in_words(p, i - 1, "timer cron crontab scheduled"))
            return process_of_files(j, surface_slice(p->on, p->text.lo, lo));
    if (!in_words(p, behind, "by") || p->words[behind].lo != hi + 1)
        return MANIFEST_NONE; /* "every night by `/opt/x`" */
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].kind == TOKEN_PATH && p->on->tokens[t].text.lo > hi &&
            p->on->tokens[t].text.lo < p->words[behind].hi + 4)
            return process_of_files(j, surface_slice(p->on, p->on->tokens[t].text.lo, p->on->tokens[t].text.hi));
    return MANIFEST_NONE;
}

/* "The backup disturbs nobody: it starts every night": the only process that the sentence has named before. */
static uint32_t by_it(judge *j, const passage *p, uint32_t lo) {
    uint32_t to = standing_word_at(p, lo), i = to, entity = MANIFEST_NONE, other;
    while (i > 0 && in_words(p, i - 1, HAPPENS)) i--;
    if (i < 2 || i == to || !in_words(p, i - 1, "it") || !is_finite(p, i)) return MANIFEST_NONE;
    const alias_hit *hit = process_hit(j, p, p->text.lo, p->words[i - 1].lo, &entity);
    if (!hit || process_hit(j, p, hit->where.hi, p->words[i - 1].lo, &other)) return MANIFEST_NONE;
    uint32_t name = standing_word_at(p, hit->where.lo);
    while (name > 0 && is_determiner(p, name - 1)) name--;
    return name == 0 ? entity : MANIFEST_NONE; /* what the sentence is about */
}

/* "A failover that is never practised does not work, so we do one every month". */
static uint32_t by_one(judge *j, const passage *p, uint32_t lo) {
    uint32_t to = standing_word_at(p, lo), entity = MANIFEST_NONE, other;
    if (to < 3 || !in_words(p, to - 1, "one") || !in_words(p, to - 2, DOES) || !in_words(p, to - 3, "we i"))
        return MANIFEST_NONE;
    const alias_hit *hit = process_hit(j, p, p->text.lo, p->words[to - 3].lo, &entity);
    if (!hit || process_hit(j, p, hit->where.hi, p->words[to - 3].lo, &other)) return MANIFEST_NONE;
    return entity;
}

/* ---- what is done, where the name is the noun of the deed: "we rotate the keys" is the key rotation ---- */

/* Is `verb` a form of what `noun` names: rotates and rotation, reviewed and review, patches and patching? */
static bool is_deed_of(str verb, str noun) {
    if (fact_stem(verb) == fact_stem(noun)) return true;
    ptrdiff_t same = 0;
    while (same < verb.n && same < noun.n && byte_lower(verb.p[same]) == byte_lower(noun.p[same])) same++;
    return same > 4 && same + 5 >= noun.n && verb.n - same < 5;
}

static bool is_auxiliary(const passage *p, uint32_t i) { return in_words(p, i, "is are gets get"); }

/* Is word `i` a verb of ours in the present: "we rotate the", "one of us patches the", "are reviewed"? */
static bool is_done(const judge *j, const passage *p, uint32_t i, bool *passive) {
    *passive = i > 0 && is_auxiliary(p, i - 1);
    if (*passive) return str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("ed"));
    str verb = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (str_ends(verb, STR("ed"))) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && i > 0 && str_ends(verb, STR("s")); h++)
        if (p->on->hits[h].where.hi == p->words[i - 1].hi && p->words[i].lo == p->words[i - 1].hi + 1 &&
            hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE) /* "Uptime Kuma checks 24 endpoints" */
            return in_words(p, i + 1, "the our my all both every each") ||
                   (i + 1 < p->word_count && byte_is_digit(p->on->text.p[p->words[i + 1].lo]));
    return i > 0 && in_words(p, i - 1, "we i us also then") && in_words(p, i + 1, "the our my all both every each");
}

/* Does the name, whose last word is the deed, or its first before "of" ("import of tide tables"), say what word `verb`
 * does? Its other words must be what it is done to; of a name of one word, that must be something declared. */
static bool name_says(const judge *j, const passage *p, uint32_t verb, bool passive, str name) {
    uint32_t at = 0, lo, hi, n = 0;
    str words[5] = {{0}};
    while (n < COUNT_OF(words) && fact_word_next(name, &at, &lo, &hi))
        words[n++] = str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi);
    if (n > 2 && str_eq_nocase(words[1], STR("of"))) { /* its last word is what it is done to */
        words[1] = words[0], words[0] = words[n - 1];
        n = 2;
    }
    if (!n || words[n - 1].n < (n > 1 ? 4 : 5)) return false;
    if (!is_deed_of(surface_slice(p->on, p->words[verb].lo, p->words[verb].hi), words[n - 1])) return false;
    bool third = !passive && str_ends(surface_slice(p->on, p->words[verb].lo, p->words[verb].hi), STR("s"));
    uint32_t from = third     ? (verb > 3 ? verb - 3 : 0)
                    : passive ? (verb > 5 ? verb - 5 : 0)
                              : verb + 1,
             to = passive ? verb - 1 : verb + 5;
    if (to > p->word_count) to = p->word_count;
    for (uint32_t h = p->hit_lo; n == 1 && h < p->hit_hi && h < p->hit_lo + 64; h++)
        for (uint32_t i = from; i < to; i++)
            if (p->on->hits[h].where.lo == p->words[i].lo && p->on->hits[h].where.hi > p->words[i].lo) return true;
    for (uint32_t k = 0; k + 1 < n; k++) {
        bool found = false;
        for (uint32_t i = from; i < to; i++) found = found || p->words[i].stem == fact_stem(words[k]);
        if (!found) return false;
    }
    (void)j;
    return n > 1;
}

static uint32_t by_deed(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    clause_range part = stance_part(p, lo, hi);
    uint32_t count, found = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t i = 1; i < p->word_count && i < 80; i++) {
        bool passive;
        if (p->words[i].lo < part.lo || p->words[i].hi > part.hi || !is_done(j, p, i, &passive) || in_name(j, p, i))
            continue;
        for (uint32_t k = 0; k < count && k < 128; k++) {
            const manifest_entity *e = &j->m->entities[all[k]];
            bool says = name_says(j, p, i, passive, e->id);
            for (uint32_t a = 0; a < e->aliases.n && !says; a++)
                says = name_says(j, p, i, passive, e->aliases.at[a].text);
            if (!says) continue;
            if (found != MANIFEST_NONE && found != all[k]) return MANIFEST_NONE;
            found = all[k];
        }
    }
    return found;
}

/* ---- what is not named, but of one only ---- */

/* The first of the verbs of happening right before the cadence; the word count where none is. */
static uint32_t happens_before(const passage *p, uint32_t lo) {
    uint32_t to = standing_word_at(p, lo), i = to;
    while (i > 0 && in_words(p, i - 1, HAPPENS)) i--;
    while (i < to && !is_finite(p, i) && !in_words(p, i, "fall falls")) i++;
    return i < to ? i : p->word_count;
}

/* Does the passage hold all words of one of the process's names of several words, one behind the other? */
static bool holds_name(const passage *p, const manifest_entity *e) {
    for (uint32_t a = 0; a < e->aliases.n; a++) {
        name_stems name = name_stems_of(e->aliases.at[a].text);
        if (name.n > 1 && name_stems_find(p, &name, 0, 16) != UINT32_MAX) return true;
    }
    return false;
}

/* "## File backups": the process that the heading names, or that alone has a word of it; MANIFEST_NONE where several
 * are. */
static uint32_t process_of_heading(judge *j, const passage *p) {
    if (p->heading == PASSAGE_NONE) return MANIFEST_NONE;
    passage *heading = &j->passages[p->heading];
    passage_prepare(j, heading);
    uint32_t found = MANIFEST_NONE, other, count;
    const alias_hit *hit = process_hit(j, heading, heading->text.lo, heading->text.hi, &found);
    if (hit) return process_hit(j, heading, hit->where.hi, heading->text.hi, &other) ? MANIFEST_NONE : found;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < 128; k++) {
        if (!holds_name(heading, &j->m->entities[all[k]])) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    if (found != MANIFEST_NONE) return found;
    for (uint32_t i = 0; i < heading->word_count && i < 8; i++) {
        if (heading->words[i].hi - heading->words[i].lo < 6) continue;
        for (uint32_t k = 0; k < count && k < 128; k++) {
            const manifest_entity *e = &j->m->entities[all[k]];
            bool has = has_name_stem(e, heading->words[i].stem);
            if (!has) continue;
            if (found != MANIFEST_NONE && found != all[k]) return MANIFEST_NONE;
            found = all[k];
        }
    }
    return found;
}

/* "The job runs every six hours", "It runs every night at 23:00", which begins the section or follows its code. */
static uint32_t by_heading(judge *j, const passage *p, uint32_t lo) {
    uint32_t verb = happens_before(p, lo), subject = in_words(p, 0, "the this") ? 1 : 0;
    bool job =
        subject ? in_words(p, 1, "job run script task timer") : in_words(p, 0, "it") && p->previous == PASSAGE_NONE;
    if (!job || verb != subject + 1 || p->kind != PASSAGE_SENTENCE || p->flags & PASSAGE_IN_LIST) return MANIFEST_NONE;
    uint32_t named = MANIFEST_NONE, found = process_of_heading(j, p), back = p->previous;
    for (uint32_t k = 0; k < 4 && back != PASSAGE_NONE && found != MANIFEST_NONE;
         k++, back = j->passages[back].previous)
        if (process_hit(j, &j->passages[back], j->passages[back].text.lo, j->passages[back].text.hi, &named) &&
            named != found)
            return MANIFEST_NONE;
    return found;
}

/* "The drafting pipeline … runs every night": the only process that has the word in a name or as its category. */
static uint32_t by_kind(judge *j, const passage *p, uint32_t lo) {
    uint32_t verb = happens_before(p, lo), found = MANIFEST_NONE, count;
    if (!in_words(p, 0, "the our my") || verb >= p->word_count || verb < 3 || verb > 12) return MANIFEST_NONE;
    if (!in_words(p, 2, "pipeline job run script task process workflow timer") || !is_finite(p, verb))
        return MANIFEST_NONE;
    for (uint32_t i = 3; i < verb; i++) /* "is a script that runs", and no other subject */
        if (!in_words(p, i,
                      "is a an small short python bash shell go rust perl simple script job program cron that which"))
            return MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    str kind = surface_slice(p->on, p->words[1].lo, p->words[1].hi);
    for (uint32_t k = 0; k < count && k < 128; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        if (!has_name_stem(e, p->words[1].stem) && !str_eq_nocase(e->process.category, kind)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

/* "Upgrades happen on the last Friday": one process has such a step, and it is the only one of its category. */
static uint32_t by_step(judge *j, const passage *p, uint32_t lo) {
    uint32_t verb = happens_before(p, lo), found = MANIFEST_NONE, count, alike = 0, to = standing_word_at(p, lo);
    while (to > 0 && in_words(p, to - 1, "on in at the")) to--;
    if (verb >= p->word_count && to > 2 && in_words(p, to - 1, "installed applied")) /* "updates are │installed│" */
        verb = in_words(p, to - 2, "are") ? to - 2 : p->word_count;
    if (verb >= p->word_count || verb == 0 || !in_words(p, verb, "happen run start take fall are"))
        return MANIFEST_NONE;
    str noun = surface_slice(p->on, p->words[verb - 1].lo, p->words[verb - 1].hi);
    bool opens = verb == 1 || p->words[verb - 2].hi + 1 < p->words[verb - 1].lo;
    if (!opens || noun.n < 6 || !str_ends(noun, STR("s")) || in_name(j, p, verb - 1)) return MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < 128; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        bool has = has_name_stem(e, p->words[verb - 1].stem);
        for (uint32_t s = 0; s < e->process.step_count && !has; s++)
            has = is_single(e->process.steps[s].name) && last_stem(e->process.steps[s].name) == p->words[verb - 1].stem;
        if (!has) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    for (uint32_t k = 0; k < count && found != MANIFEST_NONE; k++)
        alike += str_eq_nocase(j->m->entities[all[k]].process.category, j->m->entities[found].process.category);
    return alike == 1 ? found : MANIFEST_NONE;
}

uint32_t process_of_cadence(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    passage_prepare(j, p);
    if (p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_FIELD) return MANIFEST_NONE;
    uint32_t e = by_label(j, p, lo);
    if (e == MANIFEST_NONE) e = by_neighbour(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_apposition(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_pronoun(j, p, lo);
    if (e == MANIFEST_NONE) e = by_object(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_inversion(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_relative(j, p, lo);
    if (e == MANIFEST_NONE) e = by_part(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_script(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_it(j, p, lo);
    if (e == MANIFEST_NONE) e = by_one(j, p, lo);
    if (e == MANIFEST_NONE) e = by_deed(j, p, lo, hi);
    if (e == MANIFEST_NONE && p->kind == PASSAGE_SENTENCE) e = process_told(j, p);
    if (e == MANIFEST_NONE && p->kind == PASSAGE_SENTENCE) {
        e = by_heading(j, p, lo);
        if (e == MANIFEST_NONE) e = by_kind(j, p, lo);
        if (e == MANIFEST_NONE) e = by_step(j, p, lo);
        if (e == MANIFEST_NONE) e = process_by_telling(j, p, lo, hi);
    }
    return e;
}
