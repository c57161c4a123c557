/* process_acts.c - a deed with a rhythm against the declared processes of its category.
 *
 *     declared   reading, quality, every Sunday: read, correct, approve
 *     "Every Sunday I read the drafts"            supported: its rhythm, its verb
 *     "Every Sunday I check what it wrote"        unverified: its rhythm, and a word that may well mean it
 *     "Every Sunday I audit the firewall rules"   contradicted: a rhythm is no deed, and the category is closed
 *     "Every Sunday I retrain the reranker"       contradicted, whatever else happens on Sundays
 *
 * In: a deed that acts.c found. Out: one claim. A rhythm alone supports nothing: who sits down on the day of the
 * reading may do anything. It is contradicted where the verb means one closed category and no process of it does the
 * deed at that time; of the deeds of checking, which have many words, only where what is checked is nothing of a text.
 */
#include "facts/processes/acts.h"

#include "facts/reading/standing.h"

/* What whoever reads, reviews or scores articles may also be said to verify. */
static bool is_of_texts(const passage *p, uint32_t i) {
    static const char things[] =
        "article articles draft drafts post posts text texts page pages entry entries piece pieces queue output "
        "outputs "
        "result results answer answers work batch copy essay essays note notes paragraph paragraphs sentence sentences "
        "word words heading headings headline headlines title titles summary abstract caption captions site blog "
        "link links url urls fact facts figure figures number numbers value values claim claims statement statements "
        "source sources quote quotes quotation citation citations reference references name names date dates "
        "command commands code snippet snippets listing listings example examples table tables diagram diagrams "
        "image images picture pictures screenshot screenshots spelling grammar language style tone structure "
        "frontmatter metadata tags score scores wording content contents everything all it them this these those "
        "each one ones both version versions unit units typography layout rendering html markdown translation "
        "translations review reviews reading publication edit edits correction corrections";
    return word_in(p, i, things);
}

typedef struct object_view {
    bool shared;  /* a word of the process's own */
    bool foreign; /* something is named, and nothing of a text or of the process */
} object_view;

static object_view object_of(const judge *j, const passage *p, const act *x, uint32_t process) {
    object_view v = {0};
    bool clause = word_in(p, x->object, "that what how whether if why which where who");
    for (uint32_t i = x->object; i < x->object_end && !clause; i++) {
        if (p->words[i].cues & (CUE_STOP | CUE_FIRST | CUE_NEGATION) && !is_of_texts(p, i)) continue;
        bool own = process_does(j, process, p->words[i].stem);
        v.shared = v.shared || own;
        if (own || is_of_texts(p, i)) return (object_view){.shared = v.shared};
        if (word_in(p, i, "two three four five six seven eight nine ten twenty half every each some many few") ||
            byte_is_digit(p->on->text.p[p->words[i].lo]))
            continue;
        v.foreign = true;
    }
    return v;
}

static enum act_fit fit_of(const judge *j, const passage *p, const act *x, uint32_t process) {
    const manifest_entity *e = &j->m->entities[process];
    object_view object = object_of(j, p, x, process);
    bool same = str_eq_nocase(e->process.category, str_from_cstr(x->category));
    bool checks = str_eq(str_from_cstr(x->category), STR("quality"));
    if (process_does(j, process, x->stem) || process_does(j, process, x->also))
        return object.foreign && checks ? ACT_FITS_NEAR : ACT_FITS;
    if (checks && object.shared) return x->firm ? ACT_FITS_NEAR : ACT_FITS; /* "I test a restore": a restore test */
    if (object.shared) return ACT_FITS_NEAR; /* "I fine-tune the threshold": the calibration adjusts it */
    if (!same) return ACT_FITS_NONE;
    return checks && x->firm && object.foreign ? ACT_FITS_NONE : ACT_FITS_NEAR; /* "I dump the database": a backup */
}

bool act_is_foreign(const judge *j, const passage *p, const act *x, uint32_t process) {
    bool checks = str_eq(j->m->entities[process].process.category, STR("quality"));
    return checks && object_of(j, p, x, process).foreign;
}

enum act_fit act_fit(judge *j, const passage *p, const cadence *c, const act *x, uint32_t *process) {
    uint32_t count;
    enum act_fit best = ACT_FITS_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    const cadence *declared = process_cadences(j);
    *process = MANIFEST_NONE;
    for (uint32_t k = 0; declared && k < count; k++) {
        if (declared[k].lo == declared[k].hi || cadence_compare(c, &declared[k]) != CADENCE_AGREES) continue;
        enum act_fit fit = fit_of(j, p, x, all[k]);
        if (fit > best) best = fit, *process = all[k];
    }
    return best;
}

void judge_act(judge *j, passage *p, const cadence *c, const stance_view *s, const act *x, bool sure) {
    const pword *w = &p->words[x->word];
    uint32_t lo = p->text.lo + c->lo, hi = p->text.lo + c->hi, process;
    claim *y = claim_add(j, p, w->lo < lo ? w->lo : lo, w->hi > hi ? w->hi : hi, CLAIM_PROCESS, s);
    if (!y || y->verdict == VERDICT_NOT_ABOUT_US) return;
    y->subject = str_from_cstr(x->category);
    if (!x->scope) return;
    enum act_fit fit = act_fit(j, p, c, x, &process);
    if (fit != ACT_FITS_NONE) {
        const manifest_entity *e = &j->m->entities[process];
        y->subject = e->id;
        if (fit == ACT_FITS)
            claim_supported(j, y, &e->process.fact, e->process.cadence, STR("a declared process with this cadence"));
        else
            claim_unverified(j, y, judge_printf(j, "the cadence of %.*s, in other words", STR_ARG(e->id)));
        return;
    }
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t e = 0; e < count && !x->strong; e++) {
        const manifest_entity *known = &j->m->entities[all[e]];
        if (!str_eq_nocase(known->process.category, y->subject) || !process_does(j, all[e], x->stem)) continue;
        claim_unverified(j, y, judge_printf(j, "near %.*s", STR_ARG(known->id)));
        return;
    }
    bool loose = s->loose; /* "I evaluate it against a held-out set" compares nothing with what we do */
    for (uint32_t k = 0; k < p->word_count && loose; k++) loose = !word_in(p, k, "against");
    if (word_is(p, x->word, "tuned")) loose = false; /* which is no tuned one beside ours, but what is done */
    if (!sure || loose || s->past) return;
    claim_contradicted(
        j, y, &x->scope->fact, STR("a closed category"),
        judge_printf(j, "no declared process of the closed category %s does this at this time", x->category));
}

/* The closed category whose name the item bears, "**Quality.** Every Friday I run …"; NULL where it bears none, where
 * nothing that is declared has a part in what is done, or where a process of the category may keep this rhythm. */
static const manifest_scope *habit_scope(judge *j, const passage *p, const cadence *c, str *category) {
    if (!(p->flags & PASSAGE_IN_LIST) || p->previous == PASSAGE_NONE) return NULL;
    passage *label = &j->passages[p->previous];
    passage_prepare(j, label);
    if (label->previous != PASSAGE_NONE || label->word_count != 1) return NULL;
    str name = surface_slice(p->on, label->words[0].lo, label->words[0].hi);
    const manifest_scope *scope = NULL;
    for (uint32_t i = 0; i < j->m->scope_count && i < 256 && !scope; i++)
        for (uint32_t k = 0; k < j->m->scopes[i].categories.n && j->m->scopes[i].world == WORLD_CLOSED; k++)
            if (str_eq_nocase(j->m->scopes[i].categories.at[k].text, name)) scope = &j->m->scopes[i];
    uint32_t deed = 0;
    static const char works[] = "run test check measure send ask compare score review put feed replay repeat evaluate";
    while (deed < p->word_count && deed < 24 && !(word_in(p, deed, "i we") && word_in(p, deed + 1, works))) deed++;
    bool ours = false; /* "I run 50 prompts through the big model" */
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && deed + 1 < p->word_count; h++)
        ours = ours ||
               (p->on->hits[h].where.lo > p->words[deed].hi && hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE &&
                standing_is_gap_free(p, p->words[deed].hi, p->on->hits[h].where.lo, ",;:()"));
    if (!scope || !ours || !(p->words[0].cues & CUE_CADENCE || word_in(p, 0, "every each once"))) return NULL;
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    const cadence *declared = process_cadences(j);
    for (uint32_t k = 0; declared && k < count; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        if (!str_eq_nocase(e->process.category, name) || declared[k].event_count) continue;
        if (declared[k].lo == declared[k].hi || cadence_compare(c, &declared[k]) != CADENCE_UNLIKE) return NULL;
    }
    *category = name;
    return declared ? scope : NULL;
}

void judge_habit(judge *j, passage *p, const cadence *c, const stance_view *s) {
    act x;
    if (s->stance != STANCE_ASSERTED || s->denied || act_is_elsewhere(p)) return;
    if (act_told(j, p, c, s, &x)) {
        judge_act(j, p, c, s, &x, true);
        return;
    }
    if (!(p->cues & CUE_FIRST) || c->event_count || c->period_s < 3600) return;
    str after = str_slice(passage_text(p), (ptrdiff_t)c->hi, (ptrdiff_t)c->hi + 2); /* "quarterly planning" is a name */
    if (c->hi - c->lo < 12 && after.n > 1 && after.p[0] == ' ' && byte_is_alpha(after.p[1])) return;
    /* An explicit habit of ours that nothing declares. */
    claim *y = claim_add(j, p, p->text.lo + c->lo, p->text.lo + c->hi, CLAIM_PROCESS, s);
    str category = {0};
    const manifest_scope *scope = !s->past && !s->loose ? habit_scope(j, p, c, &category) : NULL;
    if (y && scope && y->verdict != VERDICT_NOT_ABOUT_US)
        claim_contradicted(
            j, y, &scope->fact, STR("a closed category"),
            judge_printf(j, "no declared process of the closed category %.*s is done at this time", STR_ARG(category)));
    else
        claim_unverified(j, y, STR("a habit that the manifest does not declare"));
}

/* "If accuracy falls below 90 percent, I fine-tune the adapter": a condition with a habitual first person is a process
 * with a trigger. Only verbs that mean one category, and only where no declared process of it does the same. */
void judge_trigger(judge *j, passage *p) {
    if (p->kind != PASSAGE_SENTENCE || !(p->cues & CUE_FIRST) || p->word_count < 5 || act_is_elsewhere(p)) return;
    if (!word_is(p, 0, "if") && !word_is(p, 0, "when") && !word_is(p, 0, "whenever")) return;
    for (uint32_t i = 3; i < p->word_count && i < 40; i++) {
        bool strong = false;
        uint32_t doer = i - word_is(p, i, "tune");
        const char *category = act_category_at(p, i, &strong);
        if (!category || !strong || word_is(p, i, "train") || !(p->words[doer - 1].cues & CUE_FIRST)) continue;
        bool consequence = doer > 1 && surface_slice(p->on, p->words[doer - 2].hi, p->words[doer - 1].lo).p[0] == ',';
        if (!consequence && !(doer > 2 && word_is(p, doer - 2, "then"))) continue;
        const manifest_scope *scope = act_scope(j, category);
        stance_view s = stance_at(j, p, p->words[doer].lo, p->words[i].hi);
        if (!scope || s.stance != STANCE_ASSERTED || s.denied || s.loose || s.past) return;
        uint32_t count;
        const uint32_t *all = fact_index_processes(j->index, &count);
        for (uint32_t e = 0; e < count; e++)
            if (process_does(j, all[e], p->words[i].stem)) return;
        for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
            if (p->on->hits[h].where.lo < p->words[i].hi && p->on->hits[h].where.hi > p->words[doer].lo) return;
        claim *x = claim_add(j, p, p->words[doer - 1].lo, p->words[i].hi, CLAIM_PROCESS, &s);
        if (!x || x->verdict == VERDICT_NOT_ABOUT_US) return;
        x->subject = str_from_cstr(category);
        claim_contradicted(j, x, &scope->fact, STR("a closed category"),
                           judge_printf(j, "no declared process of the closed category %s does this", category));
        return;
    }
}
