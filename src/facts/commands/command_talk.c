/* command_talk.c - what is said of subcommands and flags by name, apart from the program.
 *
 *     "`berth` has three subcommands: `plan`, `import` and `restore`"       a chain of spans, and its noun
 *     "the `--fast` flag of `berth`", "pass `--fast` to `berth`"            what it belongs to, said outright
 *     | subcommand | does |     "- `restore`: …" below "berth's commands:"  the noun in the column, the lead, the
 * heading
 *
 * In: code spans (and flags without marks). Out: a claim for each that a noun makes a subcommand or a flag, and that a
 * program of ours can be bound to: in the sentence, then the one before, the lead, the heading. Where another program
 * could be meant the claim is too weak to contradict; where "of `x`" names one that is not ours there is none.
 */
#include "facts/commands/commands.h"

enum { SPAN_REACH = 48 }; /* code spans looked at on either side */

enum noun { NOUN_NONE, NOUN_COMMAND, NOUN_SUBCOMMAND, NOUN_FLAG };

typedef struct noun_known { /* the answer for one passage, which many code spans ask for */
    uint32_t passage;
    enum noun noun;
} noun_known;

enum { KNOWN_SLOTS = 4 }; /* lead, heading, column, one to spare */

typedef struct talk {
    judge *j;
    noun_known *known; /* [KNOWN_SLOTS], by the passage's number; the caller's */
    passage *p;
    const code_span *spans; /* code, and flags without marks */
    uint32_t count;
    uint32_t first, last; /* the chain [first, last] */
    enum noun noun;
    uint32_t behind; /* byte behind the chain and its noun */
    bool outright;   /* "of `x`", "to `x`" says whose it is */
    bool listed;     /* an item of a list, a cell: the noun stands above */
} talk;

static str text_of(const talk *t, uint32_t i) {
    return str_slice(t->j->art->text, (ptrdiff_t)t->spans[i].lo, (ptrdiff_t)t->spans[i].hi);
}

static str first_word(str text) {
    ptrdiff_t blank = str_find_byte(text, ' ', 0);
    return blank < 0 ? text : str_slice(text, 0, blank);
}

/* ---- nouns ---- */

static enum noun noun_at(const passage *p, uint32_t i) {
    static const char flags[] = "flag flags option options switch switches";
    static const char subs[] = "subcommand subcommands sub-command sub-commands verb verbs";
    if (word_in(p, i, flags)) return NOUN_FLAG;
    if (word_in(p, i, subs)) return NOUN_SUBCOMMAND;
    return word_is(p, i, "command") || word_is(p, i, "commands") ? NOUN_COMMAND : NOUN_NONE;
}

static bool may_have_noun(const passage *p) {
    if (p->flags & PASSAGE_READY) return p->marks & MARK_COMMAND;
    str text = passage_text(p);
    return str_find(text, STR("ommand"), 0) >= 0 || str_find(text, STR("lag"), 0) >= 0 ||
           str_find(text, STR("ption"), 0) >= 0 || str_find(text, STR("witch"), 0) >= 0 ||
           str_find(text, STR("verb"), 0) >= 0;
}

static enum noun first_noun(judge *j, passage *p) {
    if (!may_have_noun(p)) return NOUN_NONE;
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 60; i++) {
        enum noun n = noun_at(p, i);
        if (n) return n;
    }
    return NOUN_NONE;
}

/* The noun of a list's lead, a heading, a column: the first one in it. */
static enum noun noun_of_passage(talk *t, uint32_t at) {
    if (at == PASSAGE_NONE) return NOUN_NONE;
    noun_known *x = &t->known[at % KNOWN_SLOTS];
    if (x->passage != at) *x = (noun_known){at, first_noun(t->j, &t->j->passages[at])};
    return x->noun;
}

static bool fits(enum noun noun, bool flag) { return noun && flag == (noun == NOUN_FLAG); }

/* The noun beside the chain: "`plan` and `import` subcommands", "subcommands: `plan`, `import`", "the flag `-v`". */
static enum noun noun_beside(talk *t, bool flag) {
    const passage *p = t->p;
    uint32_t lo = t->spans[t->first].lo, hi = t->spans[t->last].hi, first, end, before = UINT32_MAX;
    t->behind = hi;
    if (!may_have_noun(p)) return NOUN_NONE;
    passage_prepare(t->j, t->p);
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].hi <= lo) before = i;
        if (p->words[i].lo < hi) continue;
        enum noun n = p->words[i].lo <= hi + 2 ? noun_at(p, i) : NOUN_NONE;
        if (n && fits(n, flag)) return t->behind = p->words[i].hi, n;
        break;
    }
    for (uint32_t k = 0; before != UINT32_MAX && k < 5 && before >= first + k; k++) {
        uint32_t i = before - k;
        enum noun n = noun_at(p, i);
        bool joined = p->words[before].hi + 3 >= lo && p->words[i].hi + 32 >= lo;
        if (n && fits(n, flag) && joined) {
            for (uint32_t q = i + 1; q <= before; q++)
                if (!(p->words[q].cues & CUE_STOP) && !word_is(p, q, "called") && !word_is(p, q, "named") &&
                    t->j->art->prose.p[p->words[q].lo] != PROSE_MASK) /* "of `berth` are" */
                    return NOUN_NONE;
            return n;
        }
    }
    return NOUN_NONE;
}

/* The noun above: a list's lead or heading, a column. */
static enum noun noun_above(talk *t, bool flag) {
    const passage *p = t->p;
    if (p->kind == PASSAGE_CELL) {
        enum noun n = p->flags & PASSAGE_HEADER_CELL ? NOUN_NONE : noun_of_passage(t, p->column);
        return fits(n, flag) ? n : NOUN_NONE;
    }
    bool leads = p->kind == PASSAGE_SENTENCE && p->flags & PASSAGE_IN_LIST && p->previous == PASSAGE_NONE &&
                 t->spans[t->first].lo <= p->text.lo + 2;
    if (!leads) return NOUN_NONE;
    enum noun n = noun_of_passage(t, p->lead);
    if (!n) n = noun_of_passage(t, p->heading);
    return fits(n, flag) ? n : NOUN_NONE;
}

/* ---- programs ---- */

typedef struct binding {
    program of;
    uint32_t lo, hi; /* of the mention, in the same passage; 0, 0 elsewhere */
    bool named;      /* some program of ours was found */
    bool several;    /* more than one, or a word of code that may be another program */
} binding;

static bool same_program(const program *a, const program *b) {
    return a->command == b->command && (a->command != MANIFEST_NONE || a->entity == b->entity);
}

static void take(binding *b, const program *of, uint32_t lo, uint32_t hi, uint32_t at) {
    uint32_t distance = hi <= at ? at - hi : lo - at, old = b->hi <= at ? at - b->hi : b->lo - at;
    if (b->named && !same_program(&b->of, of)) b->several = true;
    if (b->named && distance >= old) return;
    b->of = *of;
    b->lo = lo;
    b->hi = hi;
    b->named = true;
}

/* The program that a code span begins with, as deep as the span goes. */
static bool program_of_span(const judge *j, str text, program *of) {
    str rest = text, name;
    if (!str_cut(&rest, ' ', &name) || !program_named(j, name, of)) return false;
    while (of->command != MANIFEST_NONE && str_cut(&rest, ' ', &name)) {
        uint32_t child = command_child(j->m, of->node, name);
        if (child == MANIFEST_NONE) break;
        of->node = child;
    }
    return true;
}

/* The program of a hit: a command's name, or an entity that has one command or, as a component, is one. */
static bool program_of_hit(const judge *j, const passage *p, const alias_hit *hit, program *of) {
    for (uint32_t i = 0; i < hit->target_count; i++) {
        const alias_target *x = &hit->targets[i];
        if (x->kind == ALIAS_COMMAND && program_named(j, surface_slice(p->on, hit->where.lo, hit->where.hi), of))
            return true;
        if (x->kind != ALIAS_ENTITY) continue;
        uint32_t command = command_of_entity(j->m, x->index);
        *of = (program){command, x->index, MANIFEST_NONE, manifest_entity_name(&j->m->entities[x->index])};
        if (command != MANIFEST_NONE) {
            of->node = j->m->commands[command].root;
            return true;
        }
        uint8_t kind = j->m->entities[x->index].kind;
        if (kind == ENTITY_COMPONENT || kind == ENTITY_SERVICE) return true;
    }
    return false;
}

/* Every program that passage `p` names; those nearest to `at` are taken. Spans of the chain itself are none. */
static void programs_in(const talk *t, const passage *p, uint32_t at, binding *b) {
    code_spans all = {t->spans, t->count};
    uint32_t from = code_span_from(&all, p->text.lo), end = t->count;
    if (p == t->p) { /* an endless list of spans is looked at in part */
        if (t->first > from + SPAN_REACH) from = t->first - SPAN_REACH;
        if (t->last + SPAN_REACH < end) end = t->last + SPAN_REACH;
    } else if (from + SPAN_REACH < end) {
        end = from + SPAN_REACH;
    }
    for (uint32_t i = from; i < end && t->spans[i].lo < p->text.hi; i++) {
        if (p == t->p && i >= t->first && i <= t->last) continue;
        program of;
        str text = text_of(t, i);
        if (program_of_span(t->j, text, &of))
            take(b, &of, t->spans[i].lo, t->spans[i].hi, at);
        else if (p == t->p && is_subcommand_word(text) && !is_other_name(t->j, text))
            b->several = true; /* `rsync` may be what is meant */
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t k = code_span_from(&all, hit->where.lo);
        bool in_code = k < t->count && t->spans[k].lo <= hit->where.lo;
        program of;
        if (in_code || hit->inside >= 0 || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        if (program_of_hit(t->j, p, hit, &of)) take(b, &of, hit->where.lo, hit->where.hi, at);
    }
}

/* "of borg", "in Borg": a bare name behind the join, which is none of ours, and no pronoun. */
static bool is_other_program(const passage *p, uint32_t join) {
    static const char back[] = "it its this that them these those each both all";
    if (join + 1 >= p->word_count) return false;
    const pword *next = &p->words[join + 1];
    uint8_t c = p->on->text.p[next->lo];
    bool capital = byte_is_alpha(c) && !(c & 0x20);
    if (word_in(p, join + 1, back)) return false;
    return capital || (word_is(p, join, "of") && byte_is_alpha(c) && !(next->cues & (CUE_STOP | CUE_ONE)));
}

/* "… flag of `x`", "pass `--fast` to `x`": whose it is said to be, outright. 1: ours; -1: another's; 0: not said. */
static int owner_behind(const talk *t, program *of) {
    static const char joins[] = "of to in from for";
    const passage *p = t->p;
    uint32_t first, end;
    passage_window(p, t->behind, t->behind, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < t->behind) continue;
        if (p->words[i].lo > t->behind + 2) return 0;
        bool joined = word_in(p, i, joins);
        if (!joined) return 0;
        uint32_t at = p->words[i].hi + 1;
        if (word_is(p, i + 1, "the") || word_is(p, i + 1, "our") || word_is(p, i + 1, "my"))
            at = p->words[i + 1].hi + 1;
        code_spans all = {t->spans, t->count};
        uint32_t k = code_span_from(&all, at);
        if (k < t->count && t->spans[k].lo <= at + 1) {
            if (program_of_span(t->j, text_of(t, k), of)) return 1;
            return is_subcommand_word(first_word(text_of(t, k))) ? -1 : 0;
        }
        for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
            if (p->on->hits[h].where.lo >= at && p->on->hits[h].where.lo <= at + 1 &&
                program_of_hit(t->j, p, &p->on->hits[h], of))
                return 1;
        return is_other_program(p, i) ? -1 : 0;
    }
    return 0;
}

/* "`berth` has a `restore` command", "berth's `restore` command": possession between the name and the chain. */
static bool owns_before(const talk *t, const binding *b) {
    static const char verbs[] =
        "has have offers provides knows supports includes comes got gained lacks takes accepts s"
        " ships gets had understands with needs gains";
    static const char adverbs[] = "also now even itself still only just already too";
    const passage *p = t->p;
    uint32_t lo = t->spans[t->first].lo, first, end;
    if (!b->hi || b->hi > lo) return false;
    clause_range clause = clause_at(t->j, t->p, lo, t->spans[t->last].hi);
    if (b->lo < clause.lo && p->on->text.p[clause.lo ? clause.lo - 1 : 0] != ':') return false;
    str gap = surface_slice(p->on, b->hi, lo);
    if (str_starts(gap, STR("'s ")) || str_starts(gap, STR("\xe2\x80\x99s "))) return gap.n < 40;
    passage_window(p, b->lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        if (p->words[i].hi <= b->lo && p->words[i].hi + 2 >= b->lo && word_is(p, i, "of") && i > first)
            return noun_at(p, i - 1) != NOUN_NONE; /* "the subcommands of berth: `plan`" */
        if (p->words[i].lo < b->hi) continue;
        if (word_in(p, i, verbs)) return true;
        bool between = word_in(p, i, adverbs);
        if (!between) return false; /* "beside restic, borg has": somebody else's verb */
    }
    return false;
}

/* "Its `restore` subcommand", "it has a `restore` subcommand": of what was spoken of before. */
static bool points_back(const talk *t) {
    static const char *const words[] = {"it", "its"};
    const passage *p = t->p;
    for (uint32_t i = 0; i < p->word_count && i < 12 && p->words[i].hi <= t->spans[t->first].lo; i++)
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_is(p, i, words[k])) return true;
    return false;
}

/* Whose subcommand or flag the chain is. False when no program of ours can be meant. *weak: too unsure to contradict.
 */
static bool bind(talk *t, program *of, bool *weak) {
    uint32_t lo = t->spans[t->first].lo;
    int owner = owner_behind(t, of);
    t->outright = owner > 0;
    if (owner) return owner > 0;
    binding b = {.named = false};
    programs_in(t, t->p, lo, &b);
    bool owns = b.named && owns_before(t, &b);
    if (b.named) {
        *of = b.of;
        *weak = !owns && !t->listed;
        if (owns && t->noun) return true;
        if (t->noun == NOUN_NONE) return b.hi <= lo && !b.several; /* "`berth` … with `--fast`" */
        return t->noun != NOUN_COMMAND || t->listed;
    }
    if (t->noun == NOUN_NONE || (t->noun == NOUN_COMMAND && !t->listed)) return false;
    const passage *p = t->p;
    uint32_t around[6] = {p->column, p->label, p->previous, p->lead, p->heading, p->above};
    if (p->previous != PASSAGE_NONE && !t->listed) around[3] = t->j->passages[p->previous].previous;
    for (size_t i = 0; i < COUNT_OF(around); i++) {
        binding far = {.named = false};
        if (around[i] == PASSAGE_NONE || (around[i] == p->label && p->kind == PASSAGE_CELL && t->listed)) continue;
        programs_in(t, &t->j->passages[around[i]], 0, &far);
        if (!far.named) continue;
        *of = far.of;
        *weak = far.several || b.several || !(t->listed || points_back(t));
        return true;
    }
    return false;
}

/* ---- claims ---- */

static void judge_named_flag(const talk *t, uint32_t i, program of, bool weak) {
    str term = text_of(t, i);
    if (of.command != MANIFEST_NONE && command_flag_on_path(t->j->m, of.node, term) == MANIFEST_NONE &&
        of.node == t->j->m->commands[of.command].root) {
        uint32_t flag =
            command_flag_anywhere(t->j->m, of.command, term); /* "berth has a `--dry-run` flag": somewhere */
        if (flag != MANIFEST_NONE) of.node = t->j->m->flags[flag].of;
    }
    said s = said_at(t->j, t->p, t->spans[i].lo, t->spans[i].hi, t->noun != NOUN_NONE);
    s.weak = s.weak || weak;
    ptrdiff_t sign = str_find_byte(term, '=', 0);
    uint32_t hi = sign < 0 ? t->spans[i].hi : t->spans[i].lo + (uint32_t)sign;
    judge_flag(t->j, t->p, t->spans[i].lo, hi, &of, term, &s);
}

static void judge_named_subcommand(const talk *t, uint32_t i, program of, bool weak) {
    str rest = text_of(t, i), name;
    said s = said_at(t->j, t->p, t->spans[i].lo, t->spans[i].hi, true);
    s.weak = s.weak || weak;
    uint32_t node = of.node;
    bool known = of.command != MANIFEST_NONE;
    while (known && str_cut(&rest, ' ', &name)) {
        if (!is_subcommand_word(name)) break; /* "restore LATEST" */
        uint32_t child = command_child(t->j->m, node, name);
        if (child == MANIFEST_NONE && node == of.node) child = command_node_anywhere(t->j->m, of.command, name);
        known = child != MANIFEST_NONE || (node != of.node && t->j->m->subcommands[node].child == MANIFEST_NONE);
        if (child == MANIFEST_NONE) break;
        node = child;
    }
    known = known && node != of.node;
    program sub = {of.command, of.entity, node, of.typed};
    if (known)
        judge_subcommand(t->j, t->p, t->spans[i].lo, t->spans[i].hi, &sub, text_of(t, i), &s);
    else
        judge_unlisted_subcommand(t->j, t->p, t->spans[i].lo, t->spans[i].hi, node == of.node ? &of : &sub,
                                  first_word(node == of.node ? text_of(t, i) : name), &s);
}

static void judge_chain(talk *t) {
    bool flag = is_flag_word(text_of(t, t->first)), weak = false;
    program of;
    t->listed = false;
    t->noun = noun_beside(t, flag);
    if (!t->noun && (t->noun = noun_above(t, flag))) t->listed = true;
    if (!t->noun && !flag) return;
    if (!bind(t, &of, &weak)) return;
    if (of.command == MANIFEST_NONE && !t->outright && (t->noun == NOUN_NONE || t->listed)) return;
    for (uint32_t i = t->first; i <= t->last; i++) {
        if (flag)
            judge_named_flag(t, i, of, weak);
        else
            judge_named_subcommand(t, i, of, weak);
    }
}

/* ---- spans ---- */

/* Code spans and flags without marks, in order. */
static bool gather(judge *j, const code_spans *spans, code_spans *out) {
    VEC(code_span) all = {0};
    uint32_t k = 0;
    for (uint32_t i = 0; i < j->tokens->n; i++) {
        const token *x = &j->tokens->at[i];
        if (x->kind != TOKEN_FLAG || x->flags & TOKEN_IN_CODE) continue;
        while (k < spans->n && spans->at[k].lo < x->text.lo)
            if (!VEC_PUSH(j->a, &all, spans->at[k++])) return false;
        code_span s = {x->text.lo, x->text.hi};
        if (!VEC_PUSH(j->a, &all, s)) return false;
    }
    while (k < spans->n)
        if (!VEC_PUSH(j->a, &all, spans->at[k++])) return false;
    *out = (code_spans){all.at, (uint32_t)all.n};
    return true;
}

static bool is_item(const judge *j, str text) {
    program of;
    if (is_flag_word(text)) return true;
    return is_subcommand_word(first_word(text)) && text.n < 60 && !program_named(j, first_word(text), &of);
}

static bool joins(str gap) {
    static const char *const marks[] = {", ", " and ", ", and ", " or ", ", or ", "/", " / ", " nor "};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_eq(gap, str_from_cstr(marks[i]))) return true;
    return false;
}

/* Does the article name a declared command, or a component in a sentence that speaks of subcommands or flags? Cheap,
 * since most articles do neither. */
static bool speaks_of_commands(const judge *j) {
    if (j->m->command_count) return true;
    return str_find(j->art->text, STR("ubcommand"), 0) >= 0 || str_find(j->art->text, STR(" flag"), 0) >= 0 ||
           str_find(j->art->text, STR(" command"), 0) >= 0 || str_find(j->art->text, STR(" --"), 0) >= 0;
}

void judge_talk(judge *j, const code_spans *marked) {
    code_spans spans;
    uint32_t from = 0;
    if (!speaks_of_commands(j)) return;
    if (!gather(j, marked, &spans)) {
        j->failed = true;
        return;
    }
    noun_known known[KNOWN_SLOTS];
    for (int k = 0; k < KNOWN_SLOTS; k++) known[k] = (noun_known){.passage = PASSAGE_NONE};
    for (uint32_t i = 0; i < spans.n && !j->failed; i++) {
        talk t = {.j = j, .known = known, .spans = spans.at, .count = spans.n, .first = i, .last = i};
        str text = text_of(&t, i);
        bool flag = is_flag_word(text);
        while (from < j->passage_count &&
               (j->passages[from].on != &j->surfaces[0] || j->passages[from].text.hi <= spans.at[i].lo))
            from++;
        if (from >= j->passage_count) return;
        t.p = &j->passages[from];
        if (t.p->text.lo > spans.at[i].lo || t.p->text.hi < spans.at[i].hi || t.p->kind == PASSAGE_CODE) continue;
        /* without a noun only a flag is one */
        if (!flag && !may_have_noun(t.p) && !noun_above(&t, false)) continue;
        if (!is_item(j, text)) continue;
        while (t.last + 1 < spans.n && spans.at[t.last + 1].hi <= t.p->text.hi && t.last < i + 64 &&
               joins(str_slice(j->art->text, (ptrdiff_t)spans.at[t.last].hi, (ptrdiff_t)spans.at[t.last + 1].lo)) &&
               is_item(j, text_of(&t, t.last + 1)) && is_flag_word(text_of(&t, t.last + 1)) == flag)
            t.last++;
        judge_chain(&t);
        i = t.last;
    }
}
