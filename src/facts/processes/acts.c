/* acts.c - which deed a sentence tells, and of which category.
 *
 *     I │validate│ the quantization loss     a verb of ours, and what it is done to
 *     we run an │audit│ of the firewall      the noun of what is run
 *     a cron job │retrains│ …                a program of ours does it
 *     the classifier is │retrained│          it is done to what is ours
 *
 * In: a prepared passage and a cadence in it. Out: the first deed near the cadence, with its category, or none. A deed
 * for somebody else, a denied or a wished one is none. Verbs and nouns are closed classes; whether such a deed is
 * declared is process_acts.c's to say.
 */
#include "facts/processes/acts.h"

#include "facts/processes/process_nouns.h"
#include "facts/reading/standing.h"

enum { OBJECT_WORDS = 6 };

/* Category of a verb: what somebody does who does it with a cadence. NULL for any other word. */
static const char *category_of(str term, bool *strong) {
    static const struct {
        const char *category, *verbs;
        bool strong;
    } table[] = {
        {"quality", "verify verified validate validated evaluate evaluated audit audited", true},
        {"quality", "test check review score measure benchmark calibrate grade rate inspect", false},
        {"training", "train retrain finetune fine-tune retrained trained", true},
        {"backup", "backup snapshot dump restore", true},
        {"release", "deploy publish release ship", true},
        {"maintenance", "patch upgrade scrub vacuum", true},
        {"data", "import ingest", true},
        {"drafting", "draft", false},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if (str_is_among(term, table[i].verbs)) {
            *strong = table[i].strong;
            return table[i].category;
        }
    }
    return NULL;
}

/* "fine-tune" is two words. */
const char *act_category_at(const passage *p, uint32_t i, bool *strong) {
    bool tune = word_is(p, i, "tune") && i > 0 && word_is(p, i - 1, "fine");
    if (word_in(p, i, "back backs") && word_is(p, i + 1, "up")) return *strong = true, "backup";
    return category_of(tune ? STR("fine-tune") : surface_slice(p->on, p->words[i].lo, p->words[i].hi), strong);
}

/* "I rerun the evaluation suite", "we run a regression audit": the category stands in what is run. Returns the noun's
 * category when word `i` is such a noun and a first person runs it. */
static const char *category_of_object(const passage *p, uint32_t i) {
    static const struct {
        const char *category, *nouns;
    } table[] = {
        {"quality", "evaluation evaluations eval evals validation audit audits regression benchmark benchmarks suite"},
        {"training", "retraining finetuning distillation"},
        {"backup", "backup backups snapshot snapshots"}};
    static const char runs[] = "run rerun repeat perform do execute start schedule make take";
    const char *category = NULL;
    for (size_t k = 0; k < COUNT_OF(table) && !category; k++) {
        str rest = str_from_cstr(table[k].nouns), noun;
        while (str_cut(&rest, ' ', &noun))
            if (str_eq_nocase(noun, surface_slice(p->on, p->words[i].lo, p->words[i].hi))) category = table[k].category;
    }
    for (uint32_t b = i; category && b > 1 && i - b < 4; b--) {
        str rest = str_from_cstr(runs), verb;
        while (str_cut(&rest, ' ', &verb))
            if (str_eq_nocase(verb, surface_slice(p->on, p->words[b - 1].lo, p->words[b - 1].hi)))
                return p->words[b - 2].cues & CUE_FIRST ? category : NULL;
    }
    return NULL;
}

const manifest_scope *act_scope(const judge *j, const char *category) {
    for (uint32_t i = 0; i < j->m->scope_count && i < 256; i++) {
        const manifest_scope *s = &j->m->scopes[i];
        if (s->world != WORLD_CLOSED) continue;
        for (uint32_t k = 0; k < s->categories.n; k++)
            if (str_eq_nocase(s->categories.at[k].text, str_from_cstr(category))) return s;
    }
    return NULL;
}

/* "for another project", "at work", "for a client": done for somebody else. */
bool act_is_elsewhere(const passage *p) {
    static const char places[] = "project projects client clients team company customer job";
    for (uint32_t i = 0; i + 1 < p->word_count && i < 200; i++) {
        if (word_is(p, i, "at") && word_is(p, i + 1, "work")) return true;
        if (!word_is(p, i, "another") && !word_is(p, i, "other") && !word_is(p, i, "a")) continue;
        if (i == 0 || !(word_is(p, i - 1, "for") || word_is(p, i - 1, "of") || word_is(p, i - 1, "in"))) continue;
        if (word_in(p, i + 1, places)) return true;
    }
    return false;
}

/* "A cron job retrains …", "our pipeline evaluates …": a program of ours does it, in the present. */
static const char *category_of_job(const passage *p, uint32_t i) {
    static const char actors[] = "job cronjob script pipeline timer task workflow scheduler runner loop";
    bool strong = false;
    str verb = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (i < 2 || verb.n < 5 || !str_ends(verb, STR("s"))) return NULL;
    uint32_t actor = i - 1;
    if (word_in(p, actor, "then automatically also") && actor > 1) actor--;
    bool fine = word_is(p, actor, "fine") && word_is(p, i, "tunes") && actor > 1;
    if (fine) actor--;
    uint32_t opens = actor;
    while (opens > 0 && actor - opens < 4 && !word_in(p, opens, "a an the our my")) opens--;
    if (!word_in(p, actor, actors) || !word_in(p, opens, "a an the our my")) return NULL;
    for (uint32_t k = 0; k < opens && k < 8; k++) /* "In Tom's setup, a nightly job retrains …" */
        if (word_in(p, 0, "in at on") && word_is_possessive(p, k)) return NULL;
    const char *category =
        fine ? category_of(STR("fine-tune"), &strong) : category_of(str_slice(verb, 0, verb.n - 1), &strong);
    return strong ? category : NULL;
}

/* "restic backs up the data", "restic takes a backup": a program of ours does it, by its name, which opens a clause. */
static const char *category_of_program(const judge *j, const passage *p, uint32_t i) {
    bool strong = false, named = false;
    if (i == 0) return NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && !named; h++)
        named = p->on->hits[h].where.hi == p->words[i - 1].hi &&
                (hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE ||
                 hit_entity(j, &p->on->hits[h], ENTITY_SERVICE) != MANIFEST_NONE);
    if (!named) return NULL;
    if (word_in(p, i, "takes makes creates writes") && word_in(p, i + 1, "a an the full incremental")) {
        uint32_t noun = i + 2;
        while (word_in(p, noun, "full incremental complete new fresh encrypted")) noun++;
        return word_in(p, noun, "backup snapshot dump backups snapshots dumps") ? "backup" : NULL;
    }
    str verb = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    const char *category = act_category_at(p, i, &strong);
    if (!category && verb.n > 4 && str_ends(verb, STR("s")))
        category = category_of(str_slice(verb, 0, verb.n - 1), &strong);
    return strong && str_ends(verb, STR("s")) ? category : NULL;
}

/* "Snapshots are taken every hour", "Backups are made weekly": the noun opens the sentence. */
static const char *category_of_taken(const passage *p, uint32_t i) {
    if (i != 2 || !word_in(p, 1, "are") || !word_in(p, 0, "backups snapshots dumps")) return NULL;
    return word_in(p, 2, "taken made created written run") ? "backup" : NULL;
}

/* "The classifier is retrained weekly", "Once a week the classifier itself is retrained": done to what is ours, by
 * nobody else. */
static const char *category_of_passive(const passage *p, uint32_t i, const cadence *c) {
    bool strong = false;
    uint32_t be = i > 0 ? i - 1 : 0, first = c->lo == 0 ? standing_word_at(p, p->text.lo + c->hi) : 0;
    if (word_in(p, be, "then automatically also fine") && be > 0) be--;
    if (i < 2 || !word_in(p, be, "is are") || be < first + 1 || be > first + 5) return NULL;
    if (!word_in(p, first, "the our my all every each")) return NULL;
    for (uint32_t k = 1; k < p->word_count && k < 40; k++)
        if (word_in(p, k, "by upstream vendor their they") ||
            (k > first && k < be && p->on->text.p[p->words[k].lo] >= 'A' && p->on->text.p[p->words[k].lo] <= 'Z'))
            return NULL;
    str verb = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (word_is(p, i, "tuned") && word_is(p, i - 1, "fine")) verb = STR("fine-tune");
    const char *category = category_of(verb, &strong);
    return strong && (str_ends(verb, STR("ed")) || str_ends(verb, STR("tune"))) ? category : NULL;
}

/* The words that follow word `i`, up to a mark, a preposition or the cadence: "the quantization │loss│ every night". */
static void find_object(const passage *p, uint32_t i, const cadence *c, act *x) {
    x->object = x->object_end = i;
    for (uint32_t w = i; w < p->word_count && w < i + OBJECT_WORDS; w++) {
        bool in_cadence = p->words[w].hi > p->text.lo + c->lo && p->words[w].lo < p->text.lo + c->hi;
        if (in_cadence || (w > 0 && !standing_is_gap_free(p, p->words[w - 1].hi, p->words[w].lo, ",;:(.)"))) return;
        if (word_in(p, w, "on in at by for with from against to before after and or when until via using so")) return;
        x->object_end = w + 1;
    }
}

/* What the deed is done to. Of a noun, what stands behind its "of", else before it: "a │firewall│ audit". */
static void read_object(const passage *p, const cadence *c, bool noun, act *x) {
    uint32_t i = x->word;
    bool passive = i > 1 && (word_in(p, i - 1, "is are") || word_in(p, i - 2, "is are"));
    if (passive && !noun) { /* "the classifier itself is retrained" */
        uint32_t be = word_in(p, i - 1, "is are") ? i - 1 : i - 2;
        x->object_end = be;
        x->object = be > OBJECT_WORDS ? be - OBJECT_WORDS : 0;
        while (x->object < be && p->words[x->object].lo < p->text.lo + c->hi && c->lo == 0) x->object++;
        return;
    }
    if (!noun) {
        find_object(p, i + 1 + word_in(p, i + 1, "up"), c, x);
        return;
    }
    uint32_t behind = i + 1;
    while (word_in(p, behind, "run runs suite pass job round session")) behind++;
    if (word_in(p, behind, "of")) {
        find_object(p, behind + 1, c, x);
        return;
    }
    x->object = x->object_end = i;
    while (x->object > 0 && i - x->object < 3 && !word_in(p, x->object - 1, "a an the our my") &&
           !(p->words[x->object - 1].cues & (CUE_STOP | CUE_FIRST | CUE_CADENCE)) &&
           standing_is_gap_free(p, p->words[x->object - 1].hi, p->words[x->object].lo, ",;:()"))
        x->object--;
    if (!word_in(p, x->object ? x->object - 1 : 0, "a an the our my")) x->object = i;
}

bool act_told(const judge *j, const passage *p, const cadence *c, const stance_view *s, act *out) {
    bool first = (p->cues & CUE_FIRST) != 0, speaks = false; /* "I think it is", not "our model is" */
    if (s->stance != STANCE_ASSERTED || s->denied || act_is_elsewhere(p)) return false;
    for (uint32_t i = 0; first && i < p->word_count && i < 64; i++) speaks = speaks || word_in(p, i, "i we me us");
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (p->words[i].lo > p->text.lo + c->lo + 120 || p->words[i].hi + 120 < p->text.lo + c->lo) continue;
        bool strong = false, noun = false, carried = false;
        const char *category = first ? act_category_at(p, i, &strong) : NULL,
                   *object = first ? category_of_object(p, i) : NULL;
        uint32_t doer = i - (word_is(p, i, "tune") && i > 1); /* the word of the verb that follows its subject */
        while (doer > 1 && word_in(p, doer - 1, "now always usually still then only just regularly simply"))
            doer--; /* "I now patch the nodes" */
        bool verb =
            category && doer > 0 &&
            (p->words[doer - 1].cues & CUE_FIRST || word_is(p, doer - 1, "and") || word_is(p, doer - 1, "also"));
        if (verb && doer > 2 && word_in(p, doer - 2, "when whether why how") &&
            p->words[doer - 2].lo == p->words[doer - 3].hi + 1)
            verb = false; /* "somebody asks me when I retrain" */
        noun = object != NULL;
        if (!verb && !object && p->kind == PASSAGE_SENTENCE) {
            object = category_of_job(p, i);
            if (!object) carried = (object = category_of_program(j, p, i)) || (object = category_of_taken(p, i));
            if (!object && !speaks) object = category_of_passive(p, i, c);
            if (!object) noun = (object = process_noun_category(p, i, p->text.lo + c->lo, p->text.lo + c->hi)) != NULL;
            strong = object != NULL;
        }
        if (!verb && !object) continue;
        if (!verb) category = object;
        bool of_sense =
            word_in(p, i, "evaluation evaluations eval evals validation audit audits retraining finetuning");
        *out = (act){.category = category,
                     .scope = act_scope(j, category),
                     .word = i,
                     .stem = p->words[i].stem,
                     .strong = strong,
                     .firm = strong || (noun && !verb && of_sense)};
        bool up = word_in(p, i, "back backs") && word_is(p, i + 1, "up");
        out->also = up || carried ? fact_stem(str_from_cstr(category)) : out->stem;
        if (carried && i == 2) out->also = p->words[0].stem; /* "Snapshots are taken" */
        read_object(p, c, noun && !verb, out);
        return true;
    }
    return false;
}

bool act_of_process(const judge *j, const passage *p, const cadence *c, uint32_t process, act *out) {
    for (uint32_t i = 1; i < p->word_count && i < 64; i++) {
        if (!(p->words[i - 1].cues & CUE_FIRST) || !word_in(p, i - 1, "i we")) continue;
        if (!process_does(j, process, p->words[i].stem)) continue;
        *out = (act){.category = "quality", .word = i, .stem = p->words[i].stem, .also = p->words[i].stem};
        read_object(p, c, false, out);
        return true;
    }
    return false;
}
