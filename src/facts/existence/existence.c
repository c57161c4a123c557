/* existence.c - what is there and what is not.
 *
 * In: names that the manifest declares absent, members of closed scopes, models of a closed kind that it does not list,
 * and lists of what a host runs. A name alone states nothing: "an A100 has 80 GB" is about the A100. What counts is
 * possession or use of it here:
 *
 *     possession   "the box has an NPU", "we run Kafka 3.8", "GPU: NVIDIA B100" (a spec line), a terminal panel
 *     work         "Patroni watches the primary", "Redis 7.4.1 holds the sessions"
 *     again        "the RTX 4090 absorbs …", once the article has claimed to have it
 *
 * A denial of what is declared absent, or of what a closed list does not hold, is supported.
 */
#include "facts/judge.h"
#include "facts/reading/standing.h"

typedef struct seen {
    uint8_t *absence; /* [absence_count] claimed to be here by an earlier sentence */
} seen;

static bool is_kind(str kind, const char *part) { return kind.n && str_find(kind, str_from_cstr(part), 0) >= 0; }

/* Is the version that follows the name part of what is said of it? Its end, or `hi`. */
static uint32_t with_version(const passage *p, uint32_t hi) {
    for (uint32_t t = p->token_lo; t < p->token_hi; t++) {
        const token *k = &p->on->tokens[t];
        if (k->text.hi <= hi) continue;
        if (k->kind == TOKEN_VERSION && k->core.lo <= hi + 3) {
            p->on->used[t] = 1;
            return k->text.hi;
        }
        break;
    }
    return hi;
}

typedef enum evidence { EVIDENCE_NONE, EVIDENCE_DEFINITE, EVIDENCE_STRONG } evidence;

/* "There is also an A100 in it", "there are two of them here": an existential before [lo, …), and a place of ours: a
 * catalogue ("there is an A100 with 80 GB") names none. */
static bool exists_here(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    static const char *const verbs[] = {"is", "are", "sits", "sit", "lives", "live", "stands", "stand", "exists"};
    static const char *const ours[] = {"it", "this", "that", "here", "our", "my", "them", "each", "both"};
    uint32_t first, end;
    bool there = false, located = false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->hi <= lo && word_is(p, i, "there"))
            for (size_t k = 0; k < COUNT_OF(verbs); k++) there = there || word_is(p, i + 1, verbs[k]);
        if (w->hi <= lo && w->cues & CUE_BREAK) there = false;
        if (word_is(p, i, "here")) located = true;
        bool preposition = w->cues & CUE_PLACE || word_is(p, i, "on") || word_is(p, i, "beside");
        for (size_t k = 0; k < COUNT_OF(ours) && preposition; k++) located = located || word_is(p, i + 1, ours[k]);
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi && there && !located; h++) {
        uint32_t entity = hit_entity(j, &p->on->hits[h], -1);
        located = entity != MANIFEST_NONE &&
                  (j->m->entities[entity].kind == ENTITY_HARDWARE || j->m->entities[entity].kind == ENTITY_HOST);
    }
    return there && located;
}

static bool passage_has(judge *j, uint32_t index, uint32_t cues) {
    if (index == PASSAGE_NONE) return false;
    passage_prepare(j, &j->passages[index]);
    return (j->passages[index].cues & cues) != 0;
}

/* "The list of what I do not own is long: A100, B100", "the spec mentions an NPU; there is none": the sentence around
 * it says that such things are not here. */
static bool sentence_denies(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end, colon = 0;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t k = lo; k > p->text.lo && lo - k < 200; k--)
        if (p->on->text.p[k - 1] == ':') {
            colon = k;
            break;
        }
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].hi <= lo && (word_is(p, i, "others") || word_is(p, i, "labs")) && i + 1 < p->word_count &&
            p->words[i + 1].cues & (CUE_HAVE | CUE_RUN))
            return true; /* "where others have an A100" */
        if (p->words[i].hi < colon && p->words[i].cues & CUE_NEGATION) return true;
        bool last = i + 1 == p->word_count || p->words[i + 1].lo > p->words[i].hi + 1;
        if (p->words[i].lo >= hi && word_is(p, i, "none") && last) return true;
    }
    return false;
}

/* "–", "0": a cell that says no. */
static bool is_empty_cell(const passage *p) {
    static const char *const marks[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94", "0", "\xe2\x9c\x97", "\xe2\x9d\x8c", "x"};
    str text = str_trim(passage_text(p));
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        if (str_eq(text, str_from_cstr(marks[k]))) return true;
    return false;
}

/* Does what gives a cell or an item its meaning say that it is not, or no longer, here: the column "not used", the row
 * "| Grafana | no |", the heading "What we removed", the line that leads in, "It has none of these:"? */
static bool frame_denies(judge *j, const passage *p) {
    const uint32_t cues = CUE_NEGATION | CUE_GONE | CUE_IF | CUE_FUTURE | CUE_COMPARE;
    bool denies = passage_has(j, p->heading, cues);
    if (p->kind == PASSAGE_CELL) {
        denies = denies || passage_has(j, p->label, cues) || passage_has(j, p->column, cues);
        uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
        for (uint32_t i = row + 1; i < j->passage_count && i < row + 32 && j->passages[i].label == row; i++)
            denies =
                denies || passage_has(j, i, CUE_NEGATION | CUE_GONE | CUE_COMPARE) || is_empty_cell(&j->passages[i]);
    } else if (p->flags & PASSAGE_IN_LIST) {
        denies = denies || passage_has(j, p->lead, cues);
    }
    return denies;
}

/* "I got rid of the A100", "I avoid BLEU", "we returned the B100": right before it, that it is not here. */
static bool is_shunned(const passage *p, uint32_t lo) {
    static const char *const verbs[] = {"avoid",   "avoids",   "avoided",     "avoiding",  "rid",      "returned",
                                        "sold",    "scrapped", "uninstalled", "dropped",   "retired",  "skip",
                                        "skipped", "skips",    "rejected",    "declined",  "retire",   "dropping",
                                        "refused", "removed",  "against",     "abandoned", "ditched",  "replaced",
                                        "left",    "as",       "disabled",    "deleted",   "unplugged"};
    uint32_t first, end, looked = 0;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end; i > first && looked < 4; i--) {
        if (p->words[i - 1].hi > lo) continue;
        looked++;
        for (size_t k = 0; k < COUNT_OF(verbs); k++)
            if (word_is(p, i - 1, verbs[k])) return true;
        if (i > 1 && word_in(p, i - 1, "away off out") && /* "took away", "switched off", "threw out" */
            (word_in(p, i - 2, "took taken take threw throw shut cut") ||
             str_ends(surface_slice(p->on, p->words[i - 2].lo, p->words[i - 2].hi), STR("ed"))))
            return true;
        if (!(p->words[i - 1].cues & CUE_STOP)) return false;
    }
    return false;
}

/* "swap had filled", "the A100 had been sold": the past perfect tells of before, and no possession. */
static bool is_past_perfect(const passage *p, uint32_t had) {
    if (!word_is(p, had, "had") || had + 1 >= p->word_count) return false;
    str next = surface_slice(p->on, p->words[had + 1].lo, p->words[had + 1].hi);
    return (next.n > 4 && str_ends(next, STR("ed"))) ||
           word_in(p, had + 1, "been gone come run grown become begun already");
}

/* "Swap on unified memory turns a crash into a coma": an item that is a sentence, with a verb of its own that says what
 * such a thing does, and nothing that says whose before its name. */
static bool is_general_item(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = 0;
    if (!p->word_count || (p->words[0].hi < lo && (!word_in(p, 0, "a an") || p->words[0].hi + 1 < lo))) return false;
    while (i < p->word_count && p->words[i].lo < hi) i++;
    for (uint32_t k = i; k < p->word_count && k < i + 8; k++) {
        bool noun =
            k > 0 && (word_in(p, k - 1, "the a an our my its with for of on in at to two three four all both") ||
                      byte_is_digit(p->on->text.p[p->words[k - 1].lo]));
        if (!noun && existence_is_deed(p, k) && existence_has_object(p, k + 1)) return true;
    }
    return false;
}

/* Does the line of output show a thing, rather than miss it: "no NPU found", "unknown device A100", "error: …"? */
static bool shows_device(const passage *p) {
    static const char *const misses[] = {"found",   "failed",   "error",       "missing",      "unknown", "unavailable",
                                         "skipped", "warning",  "unsupported", "unrecognized", "usage",   "requires",
                                         "false",   "disabled", "none",        "supports",     "expected"};
    if (!(p->flags & PASSAGE_TERMINAL) || p->cues & (CUE_NEGATION | CUE_IF | CUE_OTHERS)) return false;
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        for (size_t k = 0; k < COUNT_OF(misses); k++)
            if (word_is(p, i, misses[k])) return false;
    return true;
}

/* Is the item or cell about the thing itself: "NVIDIA B100, 192 GB", "GPU: two A100 cards", "a Kubernetes cluster"? In
 * "logs via Kafka", "Kubernetes pod names", "AWS config" the name only tells of what sort something else is. */
static bool is_head_of_item(const passage *p, uint32_t lo, uint32_t hi) {
    static const char *const links[] = {"for", "via", "to", "from", "into", "by", "about", "like", "as", "than"};
    static const char *const kinds[] = {"cluster",   "clusters", "instance", "instances",   "database",
                                        "broker",    "brokers",  "nodes",    "replica",     "replicas",
                                        "partition", "file",     "exporter", "accelerator", "support"};
    static const char *const follow[] = {"with", "and", "or", "at", "on", "in", "for", "plus", "is", "are", "as", "to"};
    uint32_t after = UINT32_MAX;
    for (uint32_t i = 0; i < p->word_count; i++) {
        const pword *w = &p->words[i];
        if (w->lo >= hi) {
            after = i;
            break;
        }
        if (w->hi > lo) continue;
        bool label = false; /* what stands before a colon is the item's label */
        for (uint32_t k = w->hi; k < lo && !label; k++) label = p->on->text.p[k] == ':';
        for (size_t k = 0; k < COUNT_OF(links) && !label; k++)
            if (word_is(p, i, links[k])) return false;
        if (!label && w->cues & CUE_IMPERATIVE && i == 0) return false; /* "Add Kafka to the list" */
    }
    if (after == UINT32_MAX || p->words[after].lo > hi + 1) return true; /* the end, or a comma, a bracket */
    if (p->words[after].cues & (CUE_PART | CUE_HAVE | CUE_RUN)) return true;
    for (size_t k = 0; k < COUNT_OF(follow); k++)
        if (word_is(p, after, follow[k])) return true;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        if (word_is(p, after, kinds[k])) return true;
    uint8_t c = p->on->text.p[p->words[after].lo];
    return byte_is_digit(c);
}

/* "The two A100 GPUs in my rack", "an NPU inside our server": whose place stands right behind the name. */
static bool is_in_our_place(const passage *p, uint32_t after) {
    static const char *const places[] = {"in", "inside", "under", "on", "beside", "within"};
    if (after < p->word_count && p->words[after].cues & CUE_PART) after++; /* "GPUs", "cards" */
    if (after + 1 >= p->word_count || (!word_is(p, after + 1, "my") && !word_is(p, after + 1, "our"))) return false;
    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (word_is(p, after, places[i])) return true;
    return false;
}

/* Does the sentence say that the thing at [lo, hi) is here? */
static evidence possession(judge *j, passage *p, uint32_t lo, uint32_t hi, bool versioned, bool is_process) {
    passage_prepare(j, p);
    if (p->kind == PASSAGE_CODE) return shows_device(p) ? EVIDENCE_STRONG : EVIDENCE_NONE;
    if (p->kind == PASSAGE_SENTENCE && told_moved_to(p, lo)) return EVIDENCE_STRONG;
    uint32_t first, end, before = UINT32_MAX, after = UINT32_MAX;
    passage_window(p, lo, hi, &first, &end);
    clause_range clause = clause_at(j, p, lo, hi);
    bool mine = false, verb = false, there = false, verb_after = false, copula = false, verbs = false;
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->hi <= lo) before = i;
        if (w->lo >= hi && after == UINT32_MAX) after = i;
        if (w->cues & CUE_FIRST) mine = true;
        if (w->hi <= lo && w->cues & CUE_BREAK) verb = there = false; /* a new clause; commas only part a list */
        if (w->hi <= lo && (w->lo >= clause.lo || !(w->cues & CUE_BREAK))) {
            if (w->cues & (CUE_HAVE | CUE_RUN) && !word_is(p, (uint32_t)(w - p->words), "on") &&
                !word_is(p, (uint32_t)(w - p->words), "and") && !word_is(p, (uint32_t)(w - p->words), "both"))
                verb = true;
            if (word_in(p, i, "packs sports boasts")) verb = true;
            bool thing = w->cues & CUE_PART ||
                         word_in(p, i, "system setup rig chassis unit build workstation computer device hardware");
            if (thing && w > p->words &&
                (word_is(p, (uint32_t)(w - p->words) - 1, "the") || word_is(p, (uint32_t)(w - p->words) - 1, "this") ||
                 word_is(p, (uint32_t)(w - p->words) - 1, "each")))
                there = true; /* "the machine has" */
            if (word_is(p, (uint32_t)(w - p->words), "there") || word_is(p, (uint32_t)(w - p->words), "it") ||
                word_is(p, (uint32_t)(w - p->words), "which"))
                there = true;
        }
        if (w->cues & (CUE_HAVE | CUE_RUN | CUE_PAST) || word_is(p, (uint32_t)(w - p->words), "is") ||
            word_is(p, (uint32_t)(w - p->words), "are"))
            verbs = true;
    }
    if (after != UINT32_MAX && p->words[after].lo < hi + 3) {
        verb_after = (p->words[after].cues & (CUE_HAVE | CUE_RUN)) && !is_past_perfect(p, after) &&
                     !word_in(p, after, "with has have and both on"); /* "an H100 has 80 GB", "LTO, and nobody cares" */
        copula = word_is(p, after, "is") || word_is(p, after, "are");
        if (is_in_our_place(p, after)) return EVIDENCE_STRONG;
    }
    context near;
    context_make(j, p, lo, hi, &near);
    bool ours = mine || there;
    for (uint32_t i = 0; i < near.mention_count; i++) ours = ours || near.mentions[i].region <= REGION_LEAD;
    if (!is_process && existence_is_spoken_of(p, lo, hi)) return EVIDENCE_NONE;
    if (is_process) return mine || p->flags & PASSAGE_ORDERED || (ours && verb) ? EVIDENCE_STRONG : EVIDENCE_NONE;
    if (verb && ours) return EVIDENCE_STRONG;
    if (exists_here(j, p, lo, hi)) return EVIDENCE_STRONG;
    if (p->kind == PASSAGE_SENTENCE && p->flags & PASSAGE_IN_LIST && is_general_item(p, lo, hi)) return EVIDENCE_NONE;
    if (verb_after && !copula && (versioned || ours || p->word_count > 3)) return EVIDENCE_STRONG;
    bool spec = p->kind == PASSAGE_CELL ||
                (p->flags & PASSAGE_IN_LIST && !(p->flags & PASSAGE_ORDERED) && (!verbs || p->word_count < 12));
    if (spec && is_head_of_item(p, lo, hi) && !(p->cues & (CUE_COMPARE | CUE_IF)) && !frame_denies(j, p))
        return EVIDENCE_STRONG;
    if (versioned && before != UINT32_MAX && (p->words[before].cues & (CUE_HAVE | CUE_PLACE))) return EVIDENCE_STRONG;
    if (before != UINT32_MAX) {
        const pword *w = &p->words[before];
        if (word_is(p, (uint32_t)(w - p->words), "my") || word_is(p, (uint32_t)(w - p->words), "our"))
            return EVIDENCE_STRONG;
        if (before > first && p->words[before - 1].hi + 14 > lo &&
            (word_is(p, (uint32_t)(w - p->words) - 1, "my") || word_is(p, (uint32_t)(w - p->words) - 1, "our")))
            return EVIDENCE_STRONG;
        if (word_is(p, (uint32_t)(w - p->words), "the") || word_is(p, (uint32_t)(w - p->words), "its") ||
            word_is(p, (uint32_t)(w - p->words), "both") ||
            (before > first &&
             (word_is(p, (uint32_t)(w - p->words) - 1, "its") || word_is(p, (uint32_t)(w - p->words) - 1, "the"))))
            return word_is(p, (uint32_t)(w - p->words), "its") ||
                           (before > first && word_is(p, (uint32_t)(w - p->words) - 1, "its"))
                       ? (ours ? EVIDENCE_STRONG : EVIDENCE_DEFINITE)
                       : EVIDENCE_DEFINITE;
        if (!copula && word_is(p, (uint32_t)(w - p->words), "small")) return EVIDENCE_DEFINITE;
    }
    /* "A small NPU handles embeddings": an indefinite subject that works here. */
    return verb_after ? EVIDENCE_STRONG : EVIDENCE_NONE;
}

static bool is_hardware_scope(const manifest_scope *s) {
    return s->world == WORLD_CLOSED &&
           (is_kind(s->kind, "gpu") || is_kind(s->kind, "accelerator") || is_kind(s->kind, "cpu"));
}

/* Does a capitalised word of its own follow the name: a product that is called after it? */
static bool leads_longer_name(const passage *p, uint32_t hi) {
    str text = p->on->text;
    if (p->kind != PASSAGE_SENTENCE || hi + 2 >= p->text.hi || text.p[hi] != ' ') return false;
    uint8_t c = text.p[hi + 1];
    if (c < 'A' || c > 'Z') return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) /* "Redis GPU nodes", "Kafka PostgreSQL": names we know */
        if (p->on->hits[h].where.lo == hi + 1) return false;
    return true;
}

static void judge_absent(judge *j, passage *p, const alias_hit *hit, const alias_target *target, seen *before) {
    const manifest_absence *gone = &j->m->absences[target->index];
    bool scoped = gone->scope != MANIFEST_NONE;
    bool process = scoped && str_eq(j->m->scopes[gone->scope].name, STR("processes"));
    bool is_place = scoped && is_kind(j->m->scopes[gone->scope].kind, "location");
    if (p->flags & PASSAGE_CONFIG || p->flags & PASSAGE_PROMPT) return;
    bool hardware = scoped && is_hardware_scope(&j->m->scopes[gone->scope]);
    if (!process && name_is_part(p, hit->where.lo, hit->where.hi, false)) return; /* "k8s.job.name" */
    if (!process && !hardware && leads_longer_name(p, hit->where.hi)) return;     /* "Azure Pipelines", "AWS CLI" */
    if (p->flags & PASSAGE_TERMINAL && !hardware) return; /* a word in some output says nothing of what is here */
    str behind = surface_slice(p->on, hit->where.hi, hit->where.hi + 5 < p->text.hi ? hit->where.hi + 5 : p->text.hi);
    bool is_verb =
        !process && p->on->text.p[hit->where.lo] != ' ' &&
        (str_starts(behind, STR(" the ")) || str_starts(behind, STR(" a ")) || str_starts(behind, STR(" them")));
    if (is_verb && hit->words == 1) return; /* "swap the containers" */
    uint32_t lo = hit->where.lo, hi = with_version(p, hit->where.hi);
    stance_view s = stance_at(j, p, lo, hi);
    if (process && s.stance == STANCE_INSTRUCTION && p->flags & PASSAGE_ORDERED) s.stance = STANCE_ASSERTED;
    claim *c = claim_add(j, p, lo, hi, process ? CLAIM_PROCESS : CLAIM_EXISTENCE, &s);
    if (!c) return;
    c->subject = gone->matches.at[target->part].text;
    if (!j->about_us || c->verdict == VERDICT_NOT_ABOUT_US) {
        c->credit_bearing = false;
        return;
    }
    if (s.denied && s.stance != STANCE_HYPOTHETICAL) {
        c->stance = STANCE_NEGATED;
        claim_supported(j, c, &gone->fact, gone->note, STR("a truthful denial"));
        return;
    }
    evidence e = s.stance == STANCE_ASSERTED || s.stance == STANCE_HISTORICAL
                     ? possession(j, p, lo, hi, hi > hit->where.hi, process)
                     : EVIDENCE_NONE;
    if (e != EVIDENCE_STRONG && !process && !is_place && s.stance == STANCE_ASSERTED &&
        !existence_is_spoken_of(p, lo, hi) && existence_at_work(j, p, lo, hi > hit->where.hi ? hi : hit->where.hi))
        e = EVIDENCE_STRONG;
    if (is_place && e != EVIDENCE_STRONG && s.stance == STANCE_ASSERTED && p->kind != PASSAGE_CODE) {
        uint32_t first, end;
        passage_window(p, lo, hi, &first, &end);
        for (uint32_t i = first; i < end; i++)
            if (p->words[i].hi <= lo && p->words[i].hi + 2 > lo && p->words[i].cues & CUE_PLACE) e = EVIDENCE_STRONG;
        uint32_t machines[4];
        if (place_standing(j, p, lo, hi, machines, COUNT_OF(machines))) e = EVIDENCE_STRONG;
    }
    /* What is not here may have been: "until March it ran Nomad", "the old A100 was sold". */
    passage_prepare(j, p);
    bool gone_by_now = s.stance == STANCE_HISTORICAL || s.past || (p->cues & CUE_GONE && !process) ||
                       is_shunned(p, lo) || sentence_denies(p, lo, hi);
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64 && s.historical && !told_has_had(p, lo); t++)
        gone_by_now = gone_by_now || p->on->tokens[t].kind == TOKEN_DATE;
    if (gone_by_now) e = EVIDENCE_NONE;
    bool claimed = e == EVIDENCE_STRONG || (e == EVIDENCE_DEFINITE && before->absence[target->index]);
    if (!claimed || (s.loose && !process)) {
        c->credit_bearing = false;
        claim_unverified(j, c, STR("named, not said to be here"));
        return;
    }
    before->absence[target->index] = 1;
    claim_contradicted(j, c, &gone->fact, gone->note.n ? gone->note : STR("declared absent"), STR("declared absent"));
}

/* ---- members of closed scopes ---- */

/* A hardware alias that is a model's number: "EPYC 7313P", not "the box". */
static void judge_model(judge *j, passage *p, const alias_hit *hit, uint32_t entity) {
    str name = surface_slice(p->on, hit->where.lo, hit->where.hi);
    bool digit = false;
    for (ptrdiff_t i = 0; i < name.n; i++) digit = digit || byte_is_digit(name.p[i]);
    if (!digit || byte_is_digit(name.p[0]) || p->kind == PASSAGE_CODE) return;
    stance_view s = stance_at(j, p, hit->where.lo, hit->where.hi);
    if ((s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) || s.others) return;
    claim *c = claim_add(j, p, hit->where.lo, hit->where.hi, CLAIM_HARDWARE, &s);
    if (!c) return;
    c->subject = j->m->entities[entity].id;
    claim_supported(j, c, NULL, c->subject, STR("declared hardware"));
    c->fact = c->subject;
}

/* Does a service that the sentence names, or that alone runs a program it names, stand on another member by an
 * attribute of its own: "gpu: RTX 4060 Ti"? */
static bool is_of_other_member(judge *j, passage *p, const alias_hit *hit, const manifest_scope *scope, str member) {
    bool other = false;
    str before = str_trim(surface_slice(p->on, p->text.lo, hit->where.lo));
    if (p->kind != PASSAGE_SENTENCE || !(str_ends(before, STR(" on the")) || str_ends(before, STR(" on"))))
        return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_SERVICE), count = 0;
        if (e == MANIFEST_NONE && (e = hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT)) != MANIFEST_NONE) {
            const uint32_t *services = fact_index_services(j->index, e, &count);
            e = count == 1 ? services[0] : MANIFEST_NONE;
        }
        if (e == MANIFEST_NONE) continue;
        const manifest_entity *service = &j->m->entities[e];
        for (uint32_t i = 0; i < service->attr_count; i++) {
            str value = j->m->attrs[service->first_attr + i].views[0].quantity.value;
            if (str_eq_nocase(value, member)) return false;
            for (uint32_t k = 0; k < scope->members.n; k++)
                other = other || str_eq_nocase(value, scope->members.at[k].text);
        }
    }
    return other;
}

static void judge_member(judge *j, passage *p, const alias_hit *hit, const alias_target *target) {
    const manifest_scope *scope = &j->m->scopes[target->index];
    if (!is_hardware_scope(scope) || p->kind == PASSAGE_CODE) return;
    stance_view s = stance_at(j, p, hit->where.lo, hit->where.hi);
    if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) return;
    claim *c = claim_add(j, p, hit->where.lo, hit->where.hi, CLAIM_HARDWARE, &s);
    if (!c) return;
    c->subject = scope->members.at[target->part].text;
    if (is_of_other_member(j, p, hit, scope, c->subject))
        claim_unverified(j, c, STR("another one is declared for what is named"));
    else
        claim_supported(j, c, &scope->fact, c->subject, STR("a member of the closed scope"));
}

/* "no message queue", "no cloud provider": the kind of a closed scope without members. */
static void judge_kind_denials(judge *j, passage *p) {
    passage_prepare(j, p);
    if (!(p->cues & CUE_NEGATION)) return;
    for (uint32_t k = 0; k < j->m->scope_count && k < 128; k++) {
        const manifest_scope *scope = &j->m->scopes[k];
        if (scope->world != WORLD_CLOSED || scope->members.n || !scope->kind.n) continue;
        uint64_t stems[4];
        uint32_t n = 0, at = 0, lo, hi;
        while (n < COUNT_OF(stems) && fact_word_next(scope->kind, &at, &lo, &hi))
            stems[n++] = fact_stem(str_slice(scope->kind, (ptrdiff_t)lo, (ptrdiff_t)hi));
        if (n < 2) continue; /* one word says too little: "cdn" stands among the absent */
        for (uint32_t i = 0; i + n <= p->word_count && i < 400; i++) {
            uint32_t same = 0;
            while (same < n && p->words[i + same].stem == stems[same]) same++;
            if (same < n) continue;
            stance_view s = stance_at(j, p, p->words[i].lo, p->words[i + n - 1].hi);
            if (!s.denied) continue;
            claim *c = claim_add(j, p, p->words[i].lo, p->words[i + n - 1].hi, CLAIM_EXISTENCE, &s);
            if (!c) return;
            c->stance = STANCE_NEGATED;
            claim_supported(j, c, &scope->fact, STR("none"), STR("a truthful denial: the closed scope is empty"));
        }
    }
}

/* ---- models that a closed scope does not list ---- */

static bool all_digits(str s) {
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!byte_is_digit(s.p[i])) return false;
    return s.n > 0;
}

/* A GPU by its maker's naming: RTX 4090, GTX 1080, A100, H200, B300, L40S, V100, T4, MI300X, Radeon … */
static bool is_gpu_model(str name) {
    static const char *const models[] = {
        "A2",   "A10",  "A16",   "A30",   "A40",   "A100",  "A800",   "H20",   "H100",   "H200",   "H800",  "B100",
        "B200", "B300", "GB200", "GB300", "GH200", "L4",    "L40",    "L40S",  "V100",   "P100",   "P40",   "T4",
        "K80",  "MI50", "MI60",  "MI100", "MI210", "MI250", "MI250X", "MI300", "MI300X", "MI325X", "MI355X"};
    if (name.n < 2 || name.p[0] < 'A' || name.p[0] > 'Z') return false;
    for (size_t i = 0; i < COUNT_OF(models) && name.n <= 6; i++)
        if (str_eq(name, str_from_cstr(models[i]))) return true;
    if (str_starts(name, STR("RTX")) || str_starts(name, STR("GTX"))) {
        str rest = str_trim(str_slice(name, 3, name.n));
        ptrdiff_t n = 0;
        while (n < rest.n && byte_is_digit(rest.p[n])) n++;
        return n >= 3 && all_digits(str_slice(rest, 0, n));
    }
    return false;
}

static void judge_unlisted(judge *j, passage *p, uint32_t index, seen *before) {
    (void)before;
    const token *t = &p->on->tokens[index];
    if (t->kind != TOKEN_IDENT || p->flags & (PASSAGE_CONFIG | PASSAGE_PROMPT)) return;
    str name = surface_slice(p->on, t->text.lo, t->text.hi);
    if (!is_gpu_model(name)) return;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo <= t->text.lo && hit->where.hi >= t->text.hi) return; /* the manifest knows it */
    }
    const manifest_scope *scope = NULL;
    for (uint32_t k = 0; k < j->m->scope_count && k < 128 && !scope; k++)
        if (j->m->scopes[k].world == WORLD_CLOSED && is_kind(j->m->scopes[k].kind, "gpu")) scope = &j->m->scopes[k];
    if (!scope) return;
    p->on->used[index] = 1;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_EXISTENCE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->credit_bearing = false;
    if (s.denied) {
        c->stance = STANCE_NEGATED;
        claim_supported(j, c, &scope->fact, STR("not a member"), STR("a truthful denial"));
    } else if (s.stance == STANCE_ASSERTED && !s.loose &&
               possession(j, p, t->text.lo, t->text.hi, false, false) == EVIDENCE_STRONG) {
        claim_contradicted(
            j, c, &scope->fact, scope->members.n ? scope->members.at[0].text : STR("none"),
            judge_printf(j, "%.*s is not a member of the closed scope %.*s", STR_ARG(name), STR_ARG(scope->name)));
    } else {
        claim_unverified(j, c, STR("named, not said to be here"));
    }
}

/* ---- one of something ---- */

/* "a single NVIDIA DGX Spark", "one GB10", "a single node": a count of one. */
static void judge_single(judge *j, passage *p) {
    passage_prepare(j, p);
    if (!(p->cues & CUE_ONE)) return;
    for (uint32_t i = 0; i + 1 < p->word_count; i++) {
        if (!word_is(p, i, "single") && !word_is(p, i, "one")) continue;
        uint32_t first, end;
        passage_hit_window(p, p->words[i].hi, p->words[i].hi, &first, &end);
        for (uint32_t h = first; h < end; h++) {
            const alias_hit *hit = &p->on->hits[h];
            if (hit->where.lo < p->words[i].hi) continue;
            if (hit->where.lo > p->words[i].hi + 14) break;
            uint32_t entity = hit_entity(j, hit, ENTITY_HARDWARE);
            const manifest_attr *attr = NULL;
            for (uint32_t t = 0; t < hit->target_count && !attr; t++)
                if (hit->targets[t].kind == ALIAS_ATTR) attr = &j->m->attrs[hit->targets[t].index];
            if (entity != MANIFEST_NONE) {
                const manifest_entity *e = &j->m->entities[entity];
                attr = NULL;
                for (uint32_t k = 0; k < e->attr_count && !attr; k++) {
                    const manifest_attr *x = &j->m->attrs[e->first_attr + k];
                    if (unit_parse(x->views[0].quantity.unit, true) == UNIT_COUNT &&
                        str_eq(x->views[0].quantity.value, STR("1")))
                        attr = x;
                }
            }
            if (!attr || !str_eq(attr->views[0].quantity.value, STR("1"))) continue;
            stance_view s = stance_at(j, p, p->words[i].lo, hit->where.hi);
            if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) continue;
            for (uint32_t t = p->token_lo; t < p->token_hi; t++) /* "one GPU" is a token of its own */
                if (p->on->tokens[t].text.lo <= p->words[i].lo && p->on->tokens[t].text.hi > p->words[i].lo)
                    p->on->used[t] = 1;
            claim *c = claim_add(j, p, p->words[i].lo, hit->where.hi, CLAIM_HARDWARE, &s);
            if (!c) return;
            c->normal = STR("= 1");
            c->subject = j->m->entities[attr->entity].id;
            claim_supported(j, c, &attr->fact, STR("1"), STR("one is declared"));
            break;
        }
    }
}

void judge_existence(judge *j) {
    if (!j->m) return;
    seen before = {ARENA_ARRAY(j->a, uint8_t, j->m->absence_count + 1)};
    if (!before.absence) {
        j->failed = true;
        return;
    }
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
            const alias_hit *hit = &p->on->hits[h];
            if (hit->inside >= 0 && hit_has(&p->on->hits[hit->inside], ALIAS_ABSENT)) continue;
            bool opaque = inside_opaque(p, hit->where.lo, hit->where.hi);
            for (uint32_t t = 0; t < hit->target_count && !opaque; t++) {
                if (hit->targets[t].kind == ALIAS_ABSENT) {
                    judge_absent(j, p, hit, &hit->targets[t], &before);
                    break;
                }
                if (hit->targets[t].kind == ALIAS_MEMBER && j->about_us) {
                    judge_member(j, p, hit, &hit->targets[t]);
                    break;
                }
                if (hit->targets[t].kind == ALIAS_ENTITY && j->about_us && !hit_has(hit, ALIAS_MEMBER) &&
                    hit->inside < 0 && j->m->entities[hit->targets[t].index].kind == ENTITY_HARDWARE) {
                    judge_model(j, p, hit, hit->targets[t].index);
                    break;
                }
            }
        }
        if (!j->about_us) continue;
        for (uint32_t t = p->token_lo; t < p->token_hi; t++) judge_unlisted(j, p, t, &before);
        if (p->kind == PASSAGE_CODE) continue;
        judge_kind_denials(j, p);
        judge_single(j, p);
        judge_model_counts(j, p);
    }
}
