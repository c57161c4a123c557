/* stance.c - how is it said?
 *
 * In: a place in a passage. Out: asserted, negated, hypothetical, instruction, quoted, historical or requirement, and
 * whether it speaks of somebody else's things. Decided by cue words in the clause and the sentence, before any verdict:
 * only what is asserted (or dated) can be contradicted.
 *
 * Two rules of thumb: a condition with a habitual first person is asserted ("if the score drops, I retrain"), and what
 * stands in code (a pinned version in a command, an image tag, a terminal panel) is asserted of our system even where
 * the reader is told to type it. When in doubt, this file chooses the stance that contradicts less.
 */
#include "facts/reading/reading.h"

static bool in_quotes(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    if (p->flags & PASSAGE_IN_QUOTE) return true;
    if (p->on->of) return false;
    uint32_t a = 0, b = j->art->quote_count;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (j->art->quotes[middle].hi <= lo)
            a = middle + 1;
        else
            b = middle;
    }
    return a < j->art->quote_count && j->art->quotes[a].lo <= lo && hi <= j->art->quotes[a].hi;
}

/* Cues of the words in [lo, hi). */
static uint32_t cues_in(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t cues = 0, first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (p->words[i].lo >= lo && p->words[i].hi <= hi) cues |= p->words[i].cues;
    return cues;
}

/* Cues of the sentence, as far as the window reaches. */
static uint32_t window_cues(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t cues = 0, first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) cues |= p->words[i].cues;
    return cues;
}

clause_range stance_part(const passage *p, uint32_t lo, uint32_t hi) {
    clause_range r = {p->text.lo, p->text.hi};
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    if (lo - r.lo > WINDOW_REACH) r.lo = lo - WINDOW_REACH;
    if (r.hi - hi > WINDOW_REACH) r.hi = hi + WINDOW_REACH;
    const uint8_t *text = p->on->text.p, *before = lo > r.lo ? memrchr(text + r.lo, ';', lo - r.lo) : NULL;
    const uint8_t *behind = hi < r.hi ? memchr(text + hi, ';', r.hi - hi) : NULL;
    if (before) r.lo = (uint32_t)(before - text) + 1;
    if (behind) r.hi = (uint32_t)(behind - text);
    for (uint32_t i = first; p->cues & CUE_BREAK && i < end; i++) {
        if (!(p->words[i].cues & CUE_BREAK)) continue;
        if (word_is(p, i, "which") || word_is(p, i, "who") || word_is(p, i, "whose")) continue;
        if (word_is(p, i, "since") && i > 0 && p->words[i - 1].cues & CUE_HAVE) continue; /* "has since released" */
        if (p->words[i].hi <= lo && p->words[i].lo > r.lo) r.lo = p->words[i].lo;
        if (p->words[i].lo >= hi && p->words[i].lo < r.hi) r.hi = p->words[i].lo;
    }
    return r;
}

/* Is the first person only whose the others are, "my previous employer", "a friend of ours"? */
static bool first_owns_others(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    bool owns = false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > hi || !(p->words[i].cues & CUE_FIRST)) continue;
        bool here = false;
        for (uint32_t k = i + 1; k < p->word_count && k <= i + 2; k++) here = here || p->words[k].cues & CUE_OTHERS;
        if (i > 1 && word_is(p, i - 1, "of") && p->words[i - 2].cues & CUE_OTHERS) here = true;
        if (!here) return false;
        owns = true;
    }
    return owns;
}

static bool word_in_hit(const passage *p, uint32_t i, enum alias_kind kind) {
    uint32_t first, end;
    passage_hit_window(p, p->words[i].lo, p->words[i].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < p->words[i].hi && hit->where.hi > p->words[i].lo && hit_has(hit, kind)) return true;
    }
    return false;
}

/* Does the sentence begin inside of something: "Under the lid there's", "Inside sits", "At its heart is"? */
static bool begins_inside(const passage *p) {
    uint32_t i = word_in(p, 0, "inside within aboard");
    if (!i && word_in(p, 0, "under beneath behind in on at") && word_in(p, 1, "the its") &&
        word_in(p, 2, "hood lid bonnet cover case casing heart core shell inside board"))
        i = 3;
    if (!i && word_in(p, 0, "on in") && word_in(p, 1, "board it")) i = 2;
    while (i == 1 && word_in(p, i, "it of its the case")) i++;
    return i && word_in(p, i, "there's there is sits beats works hums lives are you'll we there’s");
}

bool stance_is_part_of_ours(judge *j, const passage *p, uint32_t at) {
    uint32_t machine = j->main_hardware;
    if (machine == MANIFEST_NONE || p->kind != PASSAGE_SENTENCE || p->previous == PASSAGE_NONE || !begins_inside(p))
        return false;
    passage *x = &j->passages[p->previous];
    const manifest_entity *e = &j->m->entities[machine];
    bool ours = false, spoken_of = false;
    str said = passage_text(p);
    for (uint32_t a = 0; a < e->attr_count && !ours; a++) {
        const manifest_attr *attr = &j->m->attrs[e->first_attr + a];
        for (uint32_t v = 0; v < attr->view_count && !ours; v++) {
            str value = attr->views[v].quantity.value;
            if (attr->views[v].quantity.unit.n || value.n < 5 || byte_is_digit(value.p[0])) continue;
            ptrdiff_t from = (ptrdiff_t)(at - p->text.lo) - value.n + 1; /* where one that covers the byte may begin */
            for (ptrdiff_t k = from < 0 ? 0 : from; k <= (ptrdiff_t)(at - p->text.lo) && !ours; k++)
                ours = k + value.n <= said.n && str_eq_nocase(str_slice(said, k, k + value.n), value);
        }
    }
    if (!ours) return false;
    passage_prepare(j, x);
    if (x->cues & (CUE_OTHERS | CUE_FUTURE | CUE_MODAL | CUE_COMPARE | CUE_ALSO_OTHER | CUE_IF)) return false;
    for (uint32_t h = x->hit_lo; h < x->hit_hi; h++) {
        str behind = surface_slice(x->on, x->on->hits[h].where.hi, x->text.hi);
        if (str_starts(behind, STR("'s")) || str_starts(behind, STR("\xe2\x80\x99s"))) return false;
        uint32_t named = hit_entity(j, &x->on->hits[h], -1);
        uint8_t kind = named == MANIFEST_NONE ? ENTITY_COMPONENT : j->m->entities[named].kind;
        spoken_of = spoken_of || named == machine;
        if (named != machine && (kind == ENTITY_HARDWARE || kind == ENTITY_HOST)) return false;
    }
    return spoken_of;
}

/* Is [lo, …) said of a thing that is not ours: "an H100 has …", "on a Raspberry Pi 5 with …", "cards with …"? An
 * indefinite machine, or an unknown name behind "a" is the subject, and nothing of ours (a name of the manifest, "I",
 * "our", "it", "this", "the server") stands before it. */
static bool is_foreign_subject(judge *j, const passage *p, uint32_t from, uint32_t lo) {
    uint32_t first, end;
    bool foreign = false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        const pword *w = &p->words[i];
        if (w->lo < from) continue;
        if (w->cues & CUE_FIRST) return false;
        if (w->marks & MARK_POINTS) return false;
        if (word_in_hit(p, i, ALIAS_ENTITY) || word_in_hit(p, i, ALIAS_EXPOSED)) return false;
        bool singular = (w->marks & MARK_MACHINE) != 0, plural = (w->marks & MARK_MACHINES) != 0;
        bool determined = false, indefinite = false;
        for (uint32_t k = i; (singular || plural) && k > first && i - k < 3; k--) {
            determined = determined || p->words[k - 1].marks & MARK_DEFINITE;
            indefinite = indefinite || word_is(p, k - 1, "a") || word_is(p, k - 1, "an") ||
                         word_is(p, k - 1, "another") || word_is(p, k - 1, "any");
            if (p->words[k - 1].cues & (CUE_HAVE | CUE_PLACE)) break;
        }
        if ((singular || plural) && determined) return false;
        bool behind_a = i > first && (word_is(p, i - 1, "a") || word_is(p, i - 1, "an"));
        uint8_t c = p->on->text.p[w->lo];
        bool unknown_name = behind_a && byte_is_alpha(c) && !(c & 0x20) && w->hi - w->lo > 2 &&
                            !word_in_hit(p, i, ALIAS_ATTR) && !word_in_hit(p, i, ALIAS_METRIC); /* "a LoRA rank" */
        if (unknown_name && stance_is_part_of_ours(j, p, w->lo)) return false;
        if ((singular && indefinite) || plural || unknown_name) foreign = true;
    }
    return foreign;
}

bool stance_is_foreign(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE || !j->about_us) return false;
    passage_prepare(j, p);
    return is_foreign_subject(j, p, stance_part(p, lo, hi).lo, lo);
}

bool stance_is_any(const passage *p, uint32_t lo) {
    static const char *const words[] = {"a", "an", "any", "every", "another", "your", "each", "some"};
    for (uint32_t i = 0; i < p->word_count && i < 400; i++)
        if (p->words[i].cues & CUE_FIRST) return false;
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end; i > first; i--) {
        if (p->words[i - 1].hi > lo) continue;
        if (p->words[i - 1].hi + 1 != lo) return false;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_is(p, i - 1, words[k])) return true;
        return false;
    }
    return false;
}

/* "My Raspberry Pi runs Debian 12", "On the desktop I had CUDA 12.4": a machine that could be a server of ours, if its
 * name did not say what it is. It must be who does it, or where: "copies the weights to the NAS" tells of us. */
static bool is_house_machine(const passage *p, uint32_t first, uint32_t end, uint32_t i) {
    static const char of[] = "my our the his her their a an old former first work raspberry home";
    if (!(p->words[i].marks & (MARK_HOUSE | MARK_MACHINE))) return false;
    bool work = word_is(p, i, "machine") && ((i > first && word_is(p, i - 1, "work")) ||
                                             (i + 2 < end && word_is(p, i + 1, "at") && word_is(p, i + 2, "work")));
    if (!work && !(p->words[i].marks & MARK_HOUSE)) return false;
    if (i == first || !word_in(p, i - 1, of)) return false;
    uint32_t from = i;
    while (from > first && word_in(p, from - 1, of)) from--;
    bool is_where = from > first && word_in(p, from - 1, "on");
    uint32_t behind = work && word_is(p, i + 1, "at") ? i + 3 : i + 1;
    bool does =
        behind < end &&
        (p->words[behind].cues & (CUE_HAVE | CUE_RUN | CUE_WAS) || word_in(p, behind, "still decoded decodes")) &&
        (from == first || word_in(p, from - 1, "and but") || p->on->text.p[p->words[from - 1].hi] == ',');
    return is_where || does;
}

/* "My laptop has an NPU", "on my laptop CUDA 12.8 works": a device of the writer's that the manifest does not speak of
 * is in the clause. */
static bool is_other_device(const judge *j, const passage *p, uint32_t lo, uint32_t hi, uint32_t claim_hi) {
    uint32_t first, end;
    bool relative = false; /* "a shell that asks for confirmation on a phone": the device of what it does */
    if (!(p->marks & (MARK_DEVICE | MARK_HOUSE | MARK_MACHINE))) return false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        relative = relative || (p->words[i].lo > claim_hi && word_in(p, i, "that which who"));
        if (p->words[i].lo < lo || p->words[i].hi > hi || relative) continue;
        bool device = p->words[i].marks & MARK_DEVICE || is_house_machine(p, first, end, i), this_one = false;
        if (device && i > first && word_in(p, i - 1, "by over")) continue; /* "booked by phone" */
        if (device && i > first + 1 && word_in(p, i, "phone phones") && word_in(p, i - 1, "my our") &&
            word_in(p, i - 2, "to"))
            continue; /* "sends alerts to my phone" */
        for (uint32_t k = i; k > first && i - k < 3; k--)
            this_one = this_one || word_is(p, k - 1, "this") || word_is(p, k - 1, "mini");
        for (uint32_t h = p->hit_lo; h < p->hit_hi && device; h++) /* a name of the manifest is ours */
            device = hit_entity(j, &p->on->hits[h], -1) == MANIFEST_NONE || p->on->hits[h].where.lo > p->words[i].lo ||
                     p->on->hits[h].where.hi < p->words[i].hi;
        if (device && !this_one) return true;
    }
    return false;
}

/* "a rented A100", "renting an A100": somebody else's, unlike "our three rented machines". */
static bool is_rented(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    if (!(p->marks & MARK_RENTED)) return false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > hi) continue;
        if (word_is(p, i, "rented") && (i == 0 || word_is(p, i - 1, "a") || word_is(p, i - 1, "an"))) return true;
    }
    return false;
}

/* Is the reader spoken to only as the owner of what we keep: "your data is on the same two servers"? */
static bool is_only_your_data(const passage *p, uint32_t lo, uint32_t hi) {
    static const char kept[] = "data bookings booking account accounts files records content traffic messages requests"
                               " request invoices backups orders";
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > hi || !(p->words[i].cues & CUE_SECOND)) continue;
        bool kept_here = word_in(p, i + 1, kept);
        if (!word_is(p, i, "your") || !kept_here) return false;
    }
    return true;
}

/* "Do I need an A100?", "What about the NPU?": asked whether it is so. "Is 51.8 tok/s sensible?" states the figure. */
static bool is_asked(const passage *p) {
    static const char leads[] = "do does did should shall can could have has what";
    if ((p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_HEADING) || !str_ends(passage_text(p), STR("?")))
        return false;
    if (word_in(p, 0, leads)) return true;
    return word_is(p, 1, "there") || (word_is(p, 0, "why") && word_is(p, 1, "not"));
}

/* "We used to run X": no longer so; not "the disk is used to run X". */
static bool used_to(const passage *p, uint32_t from, uint32_t lo) {
    uint32_t first, end;
    if (!(p->marks & MARK_USED)) return false;
    bool used = false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i + 1 < end && p->words[i + 1].hi <= lo; i++) {
        if (p->words[i].lo >= from && word_is(p, i, "used") && word_is(p, i + 1, "to") &&
            !(i > 0 && (word_is(p, i - 1, "is") || word_is(p, i - 1, "are") || word_is(p, i - 1, "be"))))
            used = true;
        if (word_is(p, i, "now") && i > 0 && word_in(p, i - 1, "and it")) used = false; /* "and now takes 19 minutes" */
    }
    return used;
}

/* "it reads 6.8 GB/s in fio and would deliver …": a modal behind an "and" is another predicate's. */
static uint32_t predicate_end(const passage *p, uint32_t hi, uint32_t end_of_clause) {
    uint32_t first, end;
    if (!(p->cues & CUE_MODAL)) return end_of_clause;
    passage_window(p, hi, hi, &first, &end);
    for (uint32_t i = first; i + 1 < end && p->words[i].lo < end_of_clause; i++) {
        if (p->words[i].lo < hi || !word_is(p, i, "and")) continue;
        if (p->words[i + 1].cues & CUE_MODAL ||
            (i + 2 < end && p->words[i + 1].cues & CUE_FIRST && p->words[i + 2].cues & CUE_MODAL))
            return p->words[i].lo;
    }
    return end_of_clause;
}

/* "Open OnDemand 4.1.2 runs there": the first word belongs to a name. */
static bool begins_with_name(const judge *j, const passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 8 && p->on->hits[h].where.lo <= p->words[0].lo; h++)
        if (p->on->hits[h].where.lo == p->words[0].lo && p->on->hits[h].where.hi > p->words[0].hi &&
            hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE)
            return true;
    return false;
}

/* "has an X beside the two older cards": of what the clause names past the name, not of the name. */
static bool only_older_things(const passage *p, uint32_t hi, uint32_t from, uint32_t to) {
    for (uint32_t i = 0; i < p->word_count && i < 400; i++) {
        if (p->words[i].lo < from || p->words[i].hi > to || !(p->words[i].cues & CUE_PAST)) continue;
        if (p->words[i].lo < hi || i < 2 || !word_in(p, i, "older old former previous")) return false;
        if (!word_in(p, i - 1, "the two three four our my its") || !word_in(p, i + 1,
                                                                            "cards card gpus gpu machine "
                                                                            "machines disks box server one ones"))
            return false;
    }
    return true;
}

/* "on the posts of the previous month", and no other word of the past: of what is done again and again, each time. */
static bool only_each_time(const passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = 0; i < p->word_count && i < 400; i++) {
        if (p->words[i].lo < from || p->words[i].hi > to || !(p->words[i].cues & (CUE_PAST | CUE_WAS))) continue;
        if (i < 3 || !word_in(p, i, "previous last past") || !word_in(p, i - 1, "the") ||
            !word_in(p, i - 2, "of from") || p->words[i - 3].cues & CUE_STOP ||
            !word_in(p, i + 1, "hour day night week weekend month quarter year"))
            return false;
    }
    return (p->cues & CUE_CADENCE) != 0;
}

/* "The disks are managed by X" says who does it; "a managed database" is somebody's. */
static bool only_managed_by(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i < p->word_count && i < 400; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > hi || !(p->words[i].cues & CUE_ALSO_OTHER)) continue;
        if (!word_in(p, i, "managed") || i == 0 || !word_in(p, i - 1, "is are")) return false;
    }
    return true;
}

/* "Whoever wants a chart goes to Grafana", "Readers sign in through Keycloak": they use what is ours. */
static bool only_users(const judge *j, const passage *p, clause_range part, uint32_t hi) {
    uint32_t first = UINT32_MAX, seen = 0;
    for (uint32_t i = 0; i < p->word_count && i < 400; i++) {
        if (p->words[i].lo < part.lo || p->words[i].hi > part.hi) continue;
        if (first == UINT32_MAX) first = i;
        if (!(p->words[i].cues & CUE_OTHERS)) continue;
        bool later = p->words[i].lo > hi + 5 && i > 0 && word_in(p, i - 1, "and but") &&
                     p->on->text.p[p->words[i - 1].lo - 2] == ','; /* "…, and whoever wants a dashboard" */
        if (later) return true;
        bool subject = i == first || (i == first + 1 && word_in(p, first, "the our my and for"));
        if (!subject || !word_in(p, i, "whoever reader readers colleague colleagues somebody someone")) return false;
        seen = p->words[i].hi;
    }
    for (uint32_t h = p->hit_lo; seen && h < p->hit_hi && h < p->hit_lo + 128; h++)
        if (p->on->hits[h].where.lo > seen && p->on->hits[h].where.hi <= part.hi &&
            hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE)
            return true;
    return false;
}

/* "| what I looked at | memory | why not |": a column of the table gives the reasons against its rows. */
static bool row_is_rejected(judge *j, const passage *p) {
    uint32_t at = p->column, from = at;
    while (from > 0 && at - from < 16 && j->passages[from - 1].flags & PASSAGE_HEADER_CELL) from--;
    for (uint32_t i = from; i < j->passage_count && i < from + 16 && j->passages[i].flags & PASSAGE_HEADER_CELL; i++) {
        passage *x = &j->passages[i];
        passage_prepare(j, x);
        if (word_is(x, 0, "why") && x->cues & CUE_NEGATION) return true;
        if (x->word_count == 1 && word_in(x, 0, "rejected objection objections")) return true;
    }
    return false;
}

/* "…, says NVIDIA.": whose words the sentence was, told at its end. A program's name ("says nvidia-smi") has no capital
 * there, and its output is a fact. */
static bool is_attributed_last(const passage *p) {
    uint32_t n = p->word_count;
    if (p->kind != PASSAGE_SENTENCE || n < 5 || !(p->words[n - 2].cues & CUE_REPORT)) return false;
    uint8_t c = p->on->text.p[p->words[n - 1].lo];
    return p->on->text.p[p->words[n - 3].hi] == ',' && c >= 'A' && c <= 'Z' && !(p->words[n - 1].cues & CUE_FIRST);
}

enum { REPORT_REACH = 40 };

/* "The model claimed 0.6.3", "a draft of it said that …": reported, by somebody who does not know. */
static bool is_reported_by_model(const passage *p, uint32_t lo) {
    for (uint32_t i = 1; i < p->word_count && i < REPORT_REACH && p->words[i].hi <= lo; i++) {
        if (!(p->words[i].cues & CUE_REPORT)) continue;
        uint32_t k = i; /* its subject, right before it */
        while (k > 0 && i - k < 4 && word_in(p, k - 1, "had has have also even once then itself still never always"))
            k--;
        if (k > 0 && p->words[k - 1].hi + 1 == p->words[k].lo &&
            word_in(p, k - 1, "model models draft drafts llm llms chatbot assistant ai bot") &&
            (k < 2 || word_in(p, k - 2, "the a an one my our that this each both every local language first")))
            return true;
    }
    return false;
}

stance_view stance_at(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    stance_view v = {.stance = STANCE_ASSERTED};
    if (!j->about_us) return v; /* nothing there is judged: its stance is not asked for */
    passage_prepare(j, p);
    if (in_quotes(j, p, lo, hi)) {
        v.stance = STANCE_QUOTED;
        return v;
    }
    bool said = (p->cues & CUE_IF && p->cues & CUE_SECOND) || p->cues & CUE_OTHERS ||
                (p->flags & PASSAGE_TERMINAL && p->cues & (CUE_IF | CUE_NEGATION));
    if (p->kind == PASSAGE_CODE && !(said && p->word_count > 5))
        return v; /* output may hold a sentence; commands and configuration are asserted */
    clause_range part = stance_part(p, lo, hi), clause = clause_at(j, p, lo, hi);
    uint32_t cues = cues_in(p, part.lo, part.hi), all = window_cues(p, lo, hi);
    uint32_t tail = predicate_end(p, hi, clause.hi);
    uint32_t near = cues_in(p, clause.lo, lo) | cues_in(p, hi, tail); /* not "than" in "more than 20 GiB" */
    uint32_t before = cues_in(p, part.lo, lo);
    v.historical = (all & (CUE_PAST | CUE_WAS)) != 0;
    v.past = (near & CUE_PAST) != 0 && !only_older_things(p, hi, clause.lo, tail);
    if (v.historical && only_each_time(p, p->text.lo, p->text.hi)) v.historical = v.past = false;
    if (near & CUE_WAS && told_in_past_scene(j, p)) v.past = v.historical = true;
    if (used_to(p, part.lo, lo)) v.past = v.historical = true;
    if (p->kind == PASSAGE_CELL && p->column != PASSAGE_NONE) {
        passage *column = &j->passages[p->column];
        passage_prepare(j, column);
        bool since = column->word_count && word_in(column, 0, "after now today"); /* "Before | After": what is now */
        v.historical = v.historical || (!since && (column->cues & (CUE_PAST | CUE_WAS)) != 0);
        v.past = v.past || (!since && (column->cues & (CUE_PAST | CUE_WAS)) != 0);
        if (column->cues & CUE_NEGATION || row_is_rejected(j, p)) v.denied = true;
    }
    v.denied = v.denied || ((all & CUE_NEGATION) && denial_governs(j, p, lo, hi)) || denial_unnegated(p, lo, hi, part);
    if (word_is(p, 0, "so") && (word_is(p, 1, "are") || word_is(p, 1, "is")) && p->previous != PASSAGE_NONE) {
        passage_prepare(j, &j->passages[p->previous]); /* "A discrete GPU is absent. So are an NPU and a TPU." */
        v.denied = v.denied || j->passages[p->previous].cues & CUE_NEGATION;
    }
    bool first = (all & CUE_FIRST) != 0, first_here = (cues & CUE_FIRST) != 0;
    /* Somebody else's. */
    v.others = cues & CUE_OTHERS && (!first_here || cues & CUE_REPORT || first_owns_others(p, part.lo, part.hi));
    if (v.others && only_users(j, p, part, hi)) v.others = false;
    if (v.others && p->kind == PASSAGE_SENTENCE) {
        enum third_party whose = third_party_of(j, p, part, lo, hi);
        v.others = whose == THIRD_PARTY_OWNS;
        v.aside = whose == THIRD_PARTY_ASIDE;
    }
    /* An aside, not others': "…, says NVIDIA" behind an invention must not make it one that earns unproved. */
    if (p->cues & CUE_REPORT && is_attributed_last(p)) v.aside = true;
    if (!v.others && stance_is_beside(j, p, part, lo)) v.aside = true;
    if (first && passage_is_readers(j, p)) v.aside = true; /* "**I have 64 GB. Is that enough?**" */
    if (p->kind == PASSAGE_SENTENCE && !v.others && is_other_device(j, p, clause.lo, clause.hi, hi)) {
        v.aside = cues_in(p, clause.lo, clause.hi) & CUE_FIRST || word_in(p, 0, "my our");
        v.others = !v.aside;
    }
    if (near & CUE_ALSO_OTHER && only_managed_by(p, clause.lo, tail)) near &= ~(uint32_t)CUE_ALSO_OTHER;
    if (near & (CUE_COMPARE | CUE_DEFAULT | CUE_ALSO_OTHER) || is_rented(p, clause.lo, clause.hi)) v.loose = true;
    if (word_is(p, 0, "in") && word_is(p, 1, "a") && word_is(p, 2, "past")) v.others = true;
    for (uint32_t i = 0; p->cues & CUE_DEFAULT && i + 1 < p->word_count && i < 400;
         i++) /* "the default of 128 kB": the maker's, not ours */
        if (p->words[i].cues & CUE_DEFAULT && p->words[i].hi <= lo && lo - p->words[i].hi <= 6 &&
            word_is(p, i + 1, "of"))
            v.others = true;
    /* Conditions, wishes, orders. A condition governs what follows it, and its own clause. */
    bool conditional = false;
    uint32_t wfirst, wend;
    passage_window(p, lo, hi, &wfirst, &wend);
    bool second = false, second_near = false; /* is the reader spoken to, not only while it reckons or knows? */
    for (uint32_t i = wfirst; p->cues & (CUE_IF | CUE_SECOND) && i < wend; i++) {
        if (p->words[i].cues & CUE_IF && p->words[i].lo >= part.lo && p->words[i].lo < part.hi &&
            (p->words[i].lo < lo || p->words[i].lo >= clause.lo) && !word_is_aside(p, i + 1))
            conditional = conditional || p->words[i].lo < clause.hi;
        if (!(p->words[i].cues & CUE_SECOND) || word_is_aside(p, i)) continue;
        second = true;
        second_near = second_near || (p->words[i].lo >= clause.lo && p->words[i].hi <= tail);
    }
    if (word_is(p, 0, "had")) conditional = true;
    for (uint32_t i = wfirst; p->marks & MARK_WHETHER && i < wend; i++) /* "people ask whether I use …" */
        if (word_is(p, i, "whether") && p->words[i].hi <= lo && p->words[i].lo >= part.lo)
            v.stance = STANCE_HYPOTHETICAL;
    bool asked = is_asked(p);
    bool would = (near & CUE_MODAL) != 0 || (cues & CUE_MODAL && number_is_in_wish_list(p, part, lo));
    bool habitual = conditional && first && !(all & CUE_MODAL) && !second;
    bool typed = p->kind == PASSAGE_FIELD || p->kind == PASSAGE_CELL;
    if ((would && p->kind != PASSAGE_FIELD) || asked || v.stance == STANCE_HYPOTHETICAL)
        v.stance = STANCE_HYPOTHETICAL;
    else if (conditional && !habitual)
        v.stance = second ? STANCE_INSTRUCTION : STANCE_HYPOTHETICAL;
    else if (second_near && !first_here && !typed && !is_only_your_data(p, clause.lo, clause.hi))
        v.stance = STANCE_INSTRUCTION;
    else if (near & CUE_FUTURE && first_here && before & CUE_FUTURE)
        v.stance = STANCE_HYPOTHETICAL;
    else if (near & CUE_REQUIRE && !first_here && !typed)
        v.stance = STANCE_REQUIREMENT;
    else if (p->word_count > 1 && p->words[0].cues & CUE_IMPERATIVE && !begins_with_name(j, p) && !first &&
             p->kind == PASSAGE_SENTENCE && !(p->flags & PASSAGE_ORDERED) && !word_is(p, 1, "is") &&
             !word_is(p, 1, "of") && !word_is(p, 0, "note") && !begins_with_participle(p, lo))
        v.stance = STANCE_INSTRUCTION;
    else if ((v.others && cues & CUE_REPORT) || (p->cues & CUE_REPORT && is_reported_by_model(p, lo)))
        v.stance = STANCE_QUOTED;
    else if (v.denied)
        v.stance = STANCE_NEGATED;
    else if (v.past)
        v.stance = STANCE_HISTORICAL;
    return v;
}
