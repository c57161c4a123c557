/* process_told.c - the process that a cadence is said of, where it is told and not named.
 *
 *     every Monday is │filing day│              a day that is called by a word of one process's name alone
 *     │backups│ start at 02:00 each night       a name without the rhythm in it, "nightly backup"
 *     │brewing│ takes place every second Sunday   the deed of one process's name, "brew day"
 *     │files are verified│ every night          what the only check of the files does
 *     we run │it│ every night                   "the procedure", the only process that the sentences before speak of
 *
 * In: a prepared sentence and the bytes of a cadence in it. Out: the process, or MANIFEST_NONE where another may be
 * meant.
 */
#include "facts/processes/acts.h"

#include "facts/reading/standing.h"

enum { PROCESSES_READ = 128, BACK = 3 };

static bool has_word(str name, uint64_t stem) { return fact_text_has_stem(name, stem); }

static bool is_of_name(const manifest_entity *e, uint64_t stem) {
    bool has = has_word(e->id, stem);
    for (uint32_t a = 0; a < e->aliases.n && !has; a++) has = has_word(e->aliases.at[a].text, stem);
    return has;
}

/* Does nothing more belong to what is said at [.., hi): a stop, a comma, "and"? */
static bool is_closed(const passage *p, uint32_t hi) {
    return hi >= p->text.hi || strchr(".,;:!", p->on->text.p[hi]) || word_in(p, standing_word_at(p, hi), "and");
}

/* "Every Monday is filing day", "every Friday is our patch evening". */
static uint32_t by_called_day(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = standing_word_at(p, hi), count, found = MANIFEST_NONE;
    if (lo > p->text.lo || !word_is(p, i, "is")) return MANIFEST_NONE;
    i += 1 + word_in(p, i + 1, "our my the");
    if (!word_in(p, i + 1, "day night evening morning afternoon") || !is_closed(p, p->words[i + 1].hi))
        return MANIFEST_NONE;
    if (p->words[i].cues & CUE_STOP || p->words[i].hi < p->words[i].lo + 4) return MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < PROCESSES_READ; k++) {
        if (!is_of_name(&j->m->entities[all[k]], p->words[i].stem)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

/* Is the name this word, but for how often it is: "nightly backup", "weekly full backup" of "backup"? `*ends`: it is
 * its last word, whatever stands before. */
static bool is_name_of(str name, uint64_t stem, bool *ends) {
    uint32_t at = 0, lo, hi, others = 0;
    uint64_t last = 0;
    while (fact_word_next(name, &at, &lo, &hi)) {
        str said = str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi);
        last = fact_stem(said);
        others += last != stem && !str_is_among(said, "nightly daily weekly monthly hourly quarterly yearly annual "
                                                      "night evening regular the our");
    }
    *ends = *ends || last == stem;
    return last == stem && !others;
}

/* "Backups start at 02:00 each night": the plural that opens the sentence, and verbs of happening up to the cadence. */
static uint32_t by_plural(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t to = standing_word_at(p, lo), first = word_in(p, 0, "our my the"), count, found = MANIFEST_NONE, alike = 0;
    if (to < first + 2 || to > first + 4 || !is_closed(p, hi)) return MANIFEST_NONE;
    str plural = surface_slice(p->on, p->words[first].lo, p->words[first].hi);
    if (plural.n < 5 || !str_ends(plural, STR("s")) || str_ends(plural, STR("ss"))) return MANIFEST_NONE;
    for (uint32_t i = first + 1; i < to; i++)
        if (!word_in(p, i, "start run begin happen are take place always scheduled due at on")) return MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < PROCESSES_READ; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        bool ends = false, is = is_name_of(e->id, p->words[first].stem, &ends);
        for (uint32_t a = 0; a < e->aliases.n; a++)
            is = is_name_of(e->aliases.at[a].text, p->words[first].stem, &ends) || is;
        if (is) found = all[k];
        alike += ends;
    }
    return alike == 1 ? found : MANIFEST_NONE;
}

/* "Brewing takes place every second Sunday": the deed of one process's name alone, "brew day". */
static uint32_t by_gerund(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t to = standing_word_at(p, lo), count, found = MANIFEST_NONE;
    str deed = p->word_count ? surface_slice(p->on, p->words[0].lo, p->words[0].hi) : (str){0};
    if (to < 2 || to > 4 || deed.n < 6 || !str_ends(deed, STR("ing")) || !is_closed(p, hi)) return MANIFEST_NONE;
    for (uint32_t i = 1; i < to; i++)
        if (!word_in(p, i, "takes place happens is done on starts at")) return MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < PROCESSES_READ; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        if (!is_of_name(e, p->words[0].stem) && !process_does(j, all[k], p->words[0].stem)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = is_of_name(e, p->words[0].stem) ? all[k] : MANIFEST_NONE;
        if (found == MANIFEST_NONE) return MANIFEST_NONE; /* a step of another one */
    }
    return found;
}

static bool is_closed_category(const judge *j, const manifest_entity *e) {
    for (uint32_t i = 0; i < j->m->scope_count && i < 256; i++)
        for (uint32_t k = 0; k < j->m->scopes[i].categories.n && j->m->scopes[i].world == WORLD_CLOSED; k++)
            if (str_eq_nocase(j->m->scopes[i].categories.at[k].text, e->process.category)) return true;
    return false;
}

/* "Files are verified every night": the only process that checks them, of a closed category; none that checks anything
 * may keep this rhythm. */
static uint32_t by_check_of_files(judge *j, const passage *p, uint32_t lo, const cadence *c) {
    static const char *const checks[] = {"fixity", "checksum", "checksums", "integrity", "bitrot"};
    uint32_t be = standing_word_at(p, lo), first = word_in(p, 0, "our the all"), count, found = MANIFEST_NONE;
    if (be != first + 3 || !word_in(p, first, "files masters recordings copies checksums hashes originals"))
        return found;
    if (!word_is(p, first + 1, "are") || !word_in(p, first + 2, "verified checked validated rehashed")) return found;
    const uint32_t *all = fact_index_processes(j->index, &count);
    const cadence *declared = process_cadences(j);
    for (uint32_t k = 0; declared && k < count && k < PROCESSES_READ; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        bool named = false, any = process_does(j, all[k], fact_stem(STR("check"))) ||
                                  process_does(j, all[k], fact_stem(STR("verify")));
        for (size_t w = 0; w < COUNT_OF(checks); w++) {
            named = named || is_of_name(e, fact_stem(str_from_cstr(checks[w])));
            any = any || process_does(j, all[k], fact_stem(str_from_cstr(checks[w])));
        }
        if (any && !named && cadence_compare(c, &declared[k]) == CADENCE_AGREES) return MANIFEST_NONE;
        if (!named || !is_closed_category(j, e)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

/* The only process that the passage names; `*other`: it names another, or a thing that "it" may be. */
static uint32_t only_in(const judge *j, const passage *p, bool *other) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_PROCESS);
        if (e == MANIFEST_NONE) continue;
        *other = *other || (found != MANIFEST_NONE && found != e);
        found = e;
    }
    return found;
}

/* "A bench run follows a fixed procedure. … Because the procedure is automated, we run it every night": "it" is what
 * the sentence calls the procedure, and one process alone is spoken of, whose name the paragraph began with. */
static uint32_t by_procedure(judge *j, const passage *p, uint32_t lo) {
    uint32_t to = standing_word_at(p, lo), back = p->previous, found = MANIFEST_NONE;
    bool called = false, other = false;
    if (to < 5 || !word_in(p, to - 1, "it") || !word_in(p, to - 2, "run do repeat perform hold practise practice") ||
        !word_in(p, to - 3, "we i"))
        return MANIFEST_NONE;
    for (uint32_t i = 0; i + 1 < to - 3 && !called; i++)
        called = word_in(p, i, "the this") && word_in(p, i + 1, "procedure process routine ritual sequence exercise");
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        other = other || hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE;
    for (uint32_t k = 0; called && !other && k < BACK && back != PASSAGE_NONE; k++) {
        uint32_t one = only_in(j, &j->passages[back], &other);
        other = other || (one != MANIFEST_NONE && found != MANIFEST_NONE && one != found);
        if (one != MANIFEST_NONE) found = one;
        back = j->passages[back].previous;
    }
    return called && !other && back == PASSAGE_NONE ? found : MANIFEST_NONE;
}

uint32_t process_by_telling(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    cadence c;
    if (p->kind != PASSAGE_SENTENCE || !cadence_find(passage_text(p), lo - p->text.lo, &c)) return MANIFEST_NONE;
    uint32_t e = by_called_day(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_plural(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_gerund(j, p, lo, hi);
    if (e == MANIFEST_NONE) e = by_check_of_files(j, p, lo, &c);
    if (e == MANIFEST_NONE) e = by_procedure(j, p, lo);
    return e;
}
