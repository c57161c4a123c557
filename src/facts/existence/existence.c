/* existence.c - what is there and what is not.
 *
 * In: names that the manifest declares absent, members of closed scopes, models of a closed kind that it does not list,
 * and lists of what a host runs. A name alone states nothing: "an A100 has 80 GB" is about the A100. What counts is
 * possession or use of it here:
 *
 *     possession   "the box has an NPU", "we run Kafka 3.8", "GPU: NVIDIA B100" (possession.c, worked_with.c)
 *     work         "Patroni watches the primary", "Redis 7.4.1 holds the sessions" (at_work.c, put_to_use.c)
 *     code         "docker compose up", "image: ollama/ollama" (shown.c)
 *     again        "the RTX 4090 absorbs …", once the article has claimed to have it
 *
 * A denial of what is declared absent, or of what a closed list does not hold, is supported.
 */
#include "facts/judge.h"

#include "facts/commands/commands.h"
#include "facts/existence/ours.h"
#include "facts/reading/standing.h"

#include <string.h>

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

/* "packaged as a Docker image": what it is, not what it is like. */
static bool is_made_as(const passage *p, uint32_t as) {
    for (uint32_t i = as; i > 0 && as - i < 3; i--)
        if (word_in(p, i - 1, "packaged built shipped run deployed distributed installed started")) return true;
    return false;
}

/* "I got rid of the A100", "I avoid BLEU", "we returned the B100", `--disable traefik`: right before it, that it is not
 * here. */
static bool is_shunned(const passage *p, uint32_t lo) {
    static const char verbs[] =
        "avoid avoids avoided avoiding rid returned sold scrapped uninstalled dropped retired"
        " skip skipped skips rejected declined retire dropping refused removed against abandoned"
        " ditched replaced disable left as disabled deleted unplugged";
    uint32_t first, end, looked = 0;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end; i > first && looked < 4; i--) {
        if (p->words[i - 1].hi > lo) continue;
        looked++;
        if (word_in(p, i - 1, verbs) && !(word_is(p, i - 1, "as") && is_made_as(p, i - 1))) return true;
        if (i > 1 && word_in(p, i - 1, "away off out") && /* "took away", "switched off", "threw out" */
            (word_in(p, i - 2, "took taken take threw throw shut cut") ||
             str_ends(surface_slice(p->on, p->words[i - 2].lo, p->words[i - 2].hi), STR("ed"))))
            return true;
        if (!(p->words[i - 1].cues & CUE_STOP)) return false;
    }
    return false;
}

static bool is_hardware_scope(const manifest_scope *s) {
    return s->world == WORLD_CLOSED &&
           (is_kind(s->kind, "gpu") || is_kind(s->kind, "accelerator") || is_kind(s->kind, "cpu"));
}

/* Does a capitalised word of its own follow the name: a product that is called after it? What is only a part of the
 * product, "Docker Compose", "DeepSpeed ZeRO", "Backblaze B2", is there where the product is. */
static bool leads_longer_name(const passage *p, uint32_t hi) {
    static const char parts[] = "Compose Swarm Desktop Engine Server Cluster Cloud Agent Enterprise Sentinel Streams";
    str text = p->on->text;
    if (p->kind != PASSAGE_SENTENCE || hi + 2 >= p->text.hi || text.p[hi] != ' ') return false;
    uint8_t c = text.p[hi + 1];
    if (c < 'A' || c > 'Z') return false;
    uint32_t end = hi + 1;
    bool low = false, mixed = false; /* "ZeRO", "B2"; "URL" may be anything about it */
    for (; end < p->text.hi && byte_is_alnum(text.p[end]); end++) {
        low = low || (text.p[end] >= 'a' && text.p[end] <= 'z');
        mixed = mixed || byte_is_digit(text.p[end]) || (low && text.p[end] >= 'A' && text.p[end] <= 'Z');
    }
    if (mixed || str_is_among(surface_slice(p->on, hi + 1, end), parts)) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) /* "Redis GPU nodes", "Kafka PostgreSQL": names we know */
        if (p->on->hits[h].where.lo == hi + 1) return false;
    return true;
}

/* The operator's note; without one, "no Kubernetes": the fact's id has the first of its names only. */
static str absence_says(judge *j, const manifest_absence *gone, const claim *c) {
    if (gone->note.n) return gone->note;
    str says = arena_printf(j->a, "no %.*s", STR_ARG(c->subject));
    if (!says.p) j->failed = true;
    return says;
}

/* What a typed line starts, installs or asks for. True where a claim was made. */
static bool judge_typed_name(judge *j, passage *p, const alias_hit *hit, const alias_target *target) {
    const manifest_absence *gone = &j->m->absences[target->index];
    enum command_use use =
        gone->scope == MANIFEST_NONE && j->about_us ? command_use_of(j, p, hit->where.lo, hit->where.hi) : COMMAND_NONE;
    if (use == COMMAND_NONE) return false;
    stance_view s = stance_at(j, p, hit->where.lo, hit->where.hi);
    claim *c = claim_add(j, p, hit->where.lo, hit->where.hi, CLAIM_EXISTENCE, &s);
    if (!c) return true;
    c->subject = gone->matches.at[target->part].text;
    if (use == COMMAND_BRINGS_IN)
        claim_contradicted(j, c, &gone->fact, gone->note, STR("typed here, and declared absent"));
    else
        claim_unverified(j, c, STR("typed, and not said to be here; it is declared absent"));
    return true;
}

/* What a line of code shows to be here. True where a claim was made. */
static bool judge_shown(judge *j, passage *p, const alias_hit *hit, const alias_target *target) {
    const manifest_absence *gone = &j->m->absences[target->index];
    bool process = gone->scope != MANIFEST_NONE && (str_eq(j->m->scopes[gone->scope].name, STR("processes")) ||
                                                    is_kind(j->m->scopes[gone->scope].kind, "location"));
    if (process || !existence_is_shown(j, p, hit->where.lo, hit->where.hi)) return false;
    stance_view s = stance_at(j, p, hit->where.lo, hit->where.hi);
    claim *c = claim_add(j, p, hit->where.lo, hit->where.hi, CLAIM_EXISTENCE, &s);
    if (!c) return true;
    c->subject = gone->matches.at[target->part].text;
    claim_contradicted(j, c, &gone->fact, absence_says(j, gone, c), STR("declared absent"));
    return true;
}

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
    static const char *const makers[] = {"NVIDIA ", "Nvidia ", "AMD ",    "Intel ",   "GeForce ",
                                         "Tesla ",  "Quadro ", "Radeon ", "Instinct "};
    bool numbered = false; /* asked of every identifier: few are capitals with a digit */
    for (ptrdiff_t i = 1; i < name.n && !numbered; i++) numbered = byte_is_digit(name.p[i]);
    if (!numbered || name.p[0] < 'A' || name.p[0] > 'Z') return false;
    for (size_t i = 0; i < COUNT_OF(makers); i++) /* each may stand before the next, "NVIDIA Tesla V100" */
        if (str_starts(name, str_from_cstr(makers[i]))) name = str_slice(name, (ptrdiff_t)strlen(makers[i]), name.n);
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

/* "If you have no GPU, │ install Ollama": does the only negation before byte `lo` stand in a condition that a comma
 * ends? */
static bool is_after_condition(const passage *p, uint32_t lo) {
    bool comma = false;
    if (!word_in(p, 0, "if when where unless whenever")) return false;
    for (uint32_t i = 1; i < p->word_count && p->words[i].hi <= lo; i++) {
        comma = comma || str_find_byte(surface_slice(p->on, p->words[i - 1].hi, p->words[i].lo), ',', 0) >= 0;
        if (comma && p->words[i].cues & CUE_NEGATION) return false;
    }
    return comma;
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
    passage_prepare(j, p);
    bool ordered = !process && !is_place && (s.stance == STANCE_INSTRUCTION || s.stance == STANCE_ASSERTED) &&
                   existence_is_ordered(j, p, lo);
    if (ordered) s.stance = STANCE_ASSERTED;
    claim *c = claim_add(j, p, lo, hi, process ? CLAIM_PROCESS : CLAIM_EXISTENCE, &s);
    if (!c) return;
    c->subject = gone->matches.at[target->part].text;
    if (!j->about_us || c->verdict == VERDICT_NOT_ABOUT_US) {
        c->credit_bearing = false;
        return;
    }
    if (s.denied && s.stance != STANCE_HYPOTHETICAL && is_after_condition(p, lo)) {
        claim_unverified(j, c, STR("denied of the condition, not of it"));
        return;
    }
    if (s.denied && s.stance != STANCE_HYPOTHETICAL) {
        c->stance = STANCE_NEGATED;
        claim_supported(j, c, &gone->fact, gone->note, STR("a truthful denial"));
        return;
    }
    if (scoped && existence_is_unlisted_there(j, p, lo, hi, &j->m->scopes[gone->scope])) {
        claim_unverified(j, c, STR("declared absent of another machine"));
        return;
    }
    bool card = hardware || is_gpu_model(surface_slice(p->on, hit->where.lo, hit->where.hi));
    evidence e = EVIDENCE_NONE;
    if ((s.stance == STANCE_ASSERTED || s.stance == STANCE_HISTORICAL) && (process || !existence_is_option(p, lo, hi)))
        e = process                           ? existence_practice(j, p, lo, hi)
            : card && p->kind != PASSAGE_CODE ? existence_here(j, p, lo, hi)
                                              : existence_possession(j, p, lo, hi, hi > hit->where.hi);
    bool thing = !process && !card && !is_place; /* a program, a service */
    if (e != EVIDENCE_STRONG && thing && s.stance == STANCE_ASSERTED && !existence_is_spoken_of(p, lo, hi) &&
        (ordered || existence_is_put_to_use(j, p, lo, hi) || existence_is_placed(j, p, lo, hi) ||
         existence_at_work(j, p, lo, hi > hit->where.hi ? hi : hit->where.hi)))
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
    bool chosen_from = lo <= p->text.lo + 1 && existence_is_of_choice(j, p->heading, false); /* "Kafka beside Redis." */
    bool gone_by_now = chosen_from || s.stance == STANCE_HISTORICAL || s.past || (p->cues & CUE_GONE && !process) ||
                       is_shunned(p, lo) || sentence_denies(p, lo, hi);
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64 && s.historical && !told_has_had(p, lo); t++)
        gone_by_now = gone_by_now || p->on->tokens[t].kind == TOKEN_DATE;
    if (gone_by_now) e = EVIDENCE_NONE;
    j->said_here = !thing && !is_place && e == EVIDENCE_STRONG;
    bool claimed = e == EVIDENCE_STRONG || (e == EVIDENCE_DEFINITE && before->absence[target->index]);
    if (!claimed || (s.loose && !process)) {
        c->credit_bearing = s.stance == STANCE_ASSERTED && !gone_by_now && !s.loose;
        claim_unverified(j, c, STR("named, not said to be here"));
        return;
    }
    before->absence[target->index] = 1;
    claim_contradicted(j, c, &gone->fact, absence_says(j, gone, c), STR("declared absent"));
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
    else if (existence_is_elsewhere(j, p, hit->where.lo, hit->where.hi, scope))
        claim_unverified(j, c, STR("a member of another machine's list"));
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
        const name_stems kind = name_stems_of(scope->kind);
        if (kind.n < 2) continue; /* one word says too little: "cdn" stands among the absent */
        for (uint32_t i = 0; (i = name_stems_find(p, &kind, i, 400)) != UINT32_MAX; i++) {
            text_range at = {p->words[i].lo, p->words[i + kind.n - 1].hi};
            stance_view s = stance_at(j, p, at.lo, at.hi);
            if (!s.denied) continue;
            claim *c = claim_add(j, p, at.lo, at.hi, CLAIM_EXISTENCE, &s);
            if (!c) return;
            c->stance = STANCE_NEGATED;
            claim_supported(j, c, &scope->fact, STR("none"), STR("a truthful denial: the closed scope is empty"));
        }
    }
}

/* ---- models that a closed scope does not list ---- */

/* A card by its name at [lo, hi) that the closed list does not hold. `t`: the first token that begins there. */
static void judge_unlisted_at(judge *j, passage *p, uint32_t lo, uint32_t hi, uint32_t t) {
    str name = surface_slice(p->on, lo, hi);
    uint32_t first, end;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end && p->on->hits[h].where.lo < hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        bool covers = hit->where.lo <= lo && hit->where.hi >= hi,
             ends = hit->where.lo >= lo && hit->where.hi == hi; /* RTX 3090 of "NVIDIA GeForce RTX 3090" */
        if (covers || ends) return;                             /* the manifest knows it */
    }
    const manifest_scope *scope = NULL;
    for (uint32_t k = 0; k < j->m->scope_count && k < 128 && !scope; k++)
        if (j->m->scopes[k].world == WORLD_CLOSED && is_kind(j->m->scopes[k].kind, "gpu")) scope = &j->m->scopes[k];
    if (!scope) return;
    for (; t < p->token_hi && p->on->tokens[t].text.lo < hi; t++) /* "RX 7900" counts nothing */
        if (p->on->tokens[t].text.hi <= hi) p->on->used[t] = 1;
    stance_view s = stance_at(j, p, lo, hi);
    claim *c = claim_add(j, p, lo, hi, CLAIM_EXISTENCE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->credit_bearing = false;
    if (existence_is_unlisted_there(j, p, lo, hi, scope)) {
        claim_unverified(j, c, STR("the closed list is another machine's"));
    } else if (s.denied) {
        c->stance = STANCE_NEGATED;
        claim_supported(j, c, &scope->fact, STR("not a member"), STR("a truthful denial"));
    } else if (s.stance == STANCE_ASSERTED && !s.loose && !is_shunned(p, lo) &&
               ((p->kind == PASSAGE_CODE ? existence_possession(j, p, lo, hi, false) : existence_here(j, p, lo, hi)) ==
                EVIDENCE_STRONG)) {
        j->said_here = true;
        claim_contradicted(
            j, c, &scope->fact,
            scope->members.n == 1 ? scope->members.at[0].text
            : scope->members.n    ? STR("a closed list")
                                  : STR("none"),
            judge_printf(j, "%.*s is not a member of the closed scope %.*s", STR_ARG(name), STR_ARG(scope->name)));
    } else {
        claim_unverified(j, c, STR("named, not said to be here"));
    }
}

static void judge_unlisted(judge *j, passage *p, uint32_t index) {
    const token *t = &p->on->tokens[index];
    if (t->kind != TOKEN_IDENT || p->flags & (PASSAGE_CONFIG | PASSAGE_PROMPT)) return;
    if (p->flags & PASSAGE_TERMINAL && p->on->used[index]) return; /* terminal.c has read it */
    if (is_gpu_model(surface_slice(p->on, t->text.lo, t->text.hi)))
        judge_unlisted_at(j, p, t->text.lo, t->text.hi, index);
}

/* "Radeon RX 7900 XTX", "Radeon PRO W7900", "RX 6800 XT": AMD's names are several words, of which one has a number. */
static void judge_radeons(judge *j, passage *p) {
    if (p->flags & (PASSAGE_CONFIG | PASSAGE_PROMPT) || p->token_lo == p->token_hi) return; /* its number is a token */
    passage_prepare(j, p);
    if (!(p->marks & MARK_RADEON)) return;
    for (uint32_t i = 0, t = p->token_lo; i + 1 < p->word_count; i++) {
        uint32_t end = i;
        bool numbered = false;
        if (!str_is_among(surface_slice(p->on, p->words[i].lo, p->words[i].hi), "Radeon RX")) continue;
        while (end + 1 < p->word_count && end < i + 4 && p->words[end + 1].lo == p->words[end].hi + 1) {
            str part = surface_slice(p->on, p->words[end + 1].lo, p->words[end + 1].hi);
            ptrdiff_t digits = 0;
            for (ptrdiff_t k = 0; k < part.n; k++) digits += byte_is_digit(part.p[k]);
            bool series = str_is_among(part, "RX PRO VII Vega XT XTX GRE AI"), model = digits > 2 && part.n < 7;
            if (!series && (!model || numbered)) break;
            numbered = numbered || model;
            end++;
        }
        while (t < p->token_hi && p->on->tokens[t].text.lo < p->words[i].lo) t++;
        if (numbered) judge_unlisted_at(j, p, p->words[i].lo, p->words[end].hi, t);
        i = end;
    }
}

/* ---- one of something ---- */

/* "a single NVIDIA DGX Spark", "one GB10", "a single node": a count of one. */
static void judge_single(judge *j, passage *p) {
    passage_prepare(j, p);
    if (!(p->cues & CUE_ONE)) return;
    uint32_t t = p->token_lo; /* the first that ends behind the word */
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
            for (uint32_t k = 0; k < hit->target_count; k++) {
                if (hit->targets[k].kind != ALIAS_ATTR) continue;
                attr = &j->m->attrs[hit->targets[k].index];
                break;
            }
            if (entity != MANIFEST_NONE) {
                const manifest_entity *e = &j->m->entities[entity];
                attr = NULL;
                for (uint32_t k = 0; k < e->attr_count; k++) {
                    const manifest_attr *x = &j->m->attrs[e->first_attr + k];
                    if (unit_parse(x->views[0].quantity.unit, true) != UNIT_COUNT ||
                        !str_eq(x->views[0].quantity.value, STR("1")))
                        continue;
                    attr = x;
                    break;
                }
            }
            if (!attr || !str_eq(attr->views[0].quantity.value, STR("1"))) continue;
            stance_view s = stance_at(j, p, p->words[i].lo, hit->where.hi);
            if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) continue;
            while (t < p->token_hi && p->on->tokens[t].text.hi <= p->words[i].lo) t++;
            for (uint32_t k = t; k < p->token_hi && p->on->tokens[k].text.lo <= p->words[i].lo; k++)
                if (p->on->tokens[k].text.hi > p->words[i].lo) p->on->used[k] = 1; /* "one GPU" is a token of its own */
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
            for (uint32_t t = 0; t < hit->target_count && p->kind == PASSAGE_CODE; t++)
                if (hit->targets[t].kind == ALIAS_ABSENT &&
                    (judge_shown(j, p, hit, &hit->targets[t]) || judge_typed_name(j, p, hit, &hit->targets[t]))) {
                    opaque = true; /* judged */
                    break;
                }
            for (uint32_t t = 0; t < hit->target_count && !opaque; t++) {
                if (hit->targets[t].kind == ALIAS_ABSENT) {
                    judge_absent(j, p, hit, &hit->targets[t], &before);
                    break;
                }
                if (hit->targets[t].kind == ALIAS_MEMBER && j->about_us) {
                    judge_member(j, p, hit, &hit->targets[t]);
                    break;
                }
                if (hit->targets[t].kind == ALIAS_ENTITY && j->about_us && hit->inside < 0)
                    judge_gone(j, p, hit, hit->targets[t].index);
                if (hit->targets[t].kind == ALIAS_ENTITY && j->about_us && !hit_has(hit, ALIAS_MEMBER) &&
                    hit->inside < 0 && j->m->entities[hit->targets[t].index].kind == ENTITY_HARDWARE) {
                    judge_model(j, p, hit, hit->targets[t].index);
                    break;
                }
            }
        }
        if (!j->about_us) continue;
        for (uint32_t t = p->token_lo; t < p->token_hi; t++) judge_unlisted(j, p, t);
        judge_radeons(j, p);
        if (p->kind == PASSAGE_CODE) continue;
        judge_kind_denials(j, p);
        judge_single(j, p);
        judge_model_counts(j, p);
    }
}
