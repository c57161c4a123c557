/* formats.c - names of one closed kind, of which a thing has one: how a model's weights are quantized, how a pool's
 * disks are joined, which processor a machine has.
 *
 *     "The drafter is quantized to Q4_K_M"            where the drafter's quantization is MXFP4
 *     | Quantization | Q8_0 |                         of the model that the table is about
 *     "We serve it in AWQ 4-bit quantization"         of the model that the paragraph is about
 *     "I chose RAIDZ3"                                of the pool under whose heading it stands
 *     "pestle has a Ryzen 7 5800X"                    where its processor is a Ryzen 5 3600
 *
 * Nobody else's word looks like these, so that one which the declared owner does not have is another one, and not
 * another way to say it. In: a passage of prose or of a table that holds just one such name. Out: a claim where it is
 * not the declared one. What agrees, named_values.c supports. Nothing is said where two owners are as near, where the
 * name is another declared owner's, of a cache, of a test or of a choice among several.
 */
#include "facts/numbers/question.h"

enum { KIND_NONE, KIND_QUANT, KIND_RAID, KIND_PROCESSOR };
enum { NAME_BYTES = 16, WORDS_BETWEEN = 9, TOKENS_READ = 64 };

typedef struct format {
    int kind;
    char name[NAME_BYTES]; /* upper case, without what joins its parts: Q4KM, RAIDZ2 */
} format;

static const char QUANTS[] = "MXFP4 NVFP4 FP4 FP6 FP8 INT4 INT8 NF4 AWQ GPTQ EXL2 EXL3 W4A16 W8A8";

/* What a word is: "Q4_K_M", "IQ3_XXS", "FP8", "RAID-Z2", "RAID10". */
static format format_of(str one) {
    format f = {KIND_NONE, {0}};
    ptrdiff_t n = 0;
    if (one.n < 3 || one.n >= NAME_BYTES) return f;
    for (ptrdiff_t i = 0; i < one.n; i++) {
        uint8_t c = one.p[i];
        if (byte_is_alnum(c))
            f.name[n++] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
        else if (c != '_' && c != '-')
            return f;
    }
    str name = str_make(f.name, (size_t)n);
    ptrdiff_t q = name.p[0] == 'I' ? 1 : 0;
    bool blocks = n > q + 2 && name.p[q] == 'Q' && byte_is_digit(name.p[q + 1]) && str_find_byte(one, '_', 0) > 0;
    if (blocks || str_is_among(name, QUANTS)) f.kind = KIND_QUANT;
    bool level = n > 4 && byte_is_digit(name.p[n - 1]) && (n == 5 || n == 6);
    if (str_starts(name, STR("RAID")) && level && (name.p[4] == 'Z' || byte_is_digit(name.p[4]))) f.kind = KIND_RAID;
    return f;
}

/* "FP4" says no other thing than MXFP4, and AWQ is a way to four bits. */
static bool may_be_same(const format *a, const format *b) {
    static const char four[] = "INT4 AWQ GPTQ NF4 EXL2 EXL3 W4A16 FP4", eight[] = "INT8 FP8";
    str x = str_from_cstr(a->name), y = str_from_cstr(b->name);
    if (a->kind == KIND_PROCESSOR) return str_starts(x, y) || str_starts(y, x); /* "7302" of "7302P" */
    if (str_find(x, y, 0) >= 0 || str_find(y, x, 0) >= 0) return true;
    if (str_is_among(x, four) && str_is_among(y, four)) return true;
    return (str_eq(x, STR("W8A8")) && str_is_among(y, eight)) || (str_eq(y, STR("W8A8")) && str_is_among(x, eight));
}

/* What ends a word; a point does at its end alone. */
static inline bool is_edge(str text, ptrdiff_t at) {
    /* bit c - 32 of a byte c below 96: " " ( ) [ ] , ; : * " ' and, of those above, ` and | */
    static const uint64_t low = 1ull << (' ' - 32) | 1ull << ('"' - 32) | 1ull << ('\'' - 32) | 1ull << ('(' - 32) |
                                1ull << (')' - 32) | 1ull << ('*' - 32) | 1ull << (',' - 32) | 1ull << (':' - 32) |
                                1ull << (';' - 32) | 1ull << ('[' - 32) | 1ull << (']' - 32);
    uint8_t c = text.p[at];
    if (c == '.') return at + 1 == text.n || byte_is_space(text.p[at + 1]);
    if (c < 96) return c < 32 || low >> (c - 32) & 1;
    return c == '`' || c == '|';
}

/* May a word that begins so be a format, or begin one? */
static inline bool may_begin(uint8_t c) {
    static const uint32_t letters = 1u << ('Q' - 'A') | 1u << ('I' - 'A') | 1u << ('M' - 'A') | 1u << ('N' - 'A') |
                                    1u << ('F' - 'A') | 1u << ('A' - 'A') | 1u << ('G' - 'A') | 1u << ('E' - 'A') |
                                    1u << ('W' - 'A') | 1u << ('R' - 'A') | 1u << ('T' - 'A') | 1u << ('X' - 'A') |
                                    1u << ('C' - 'A');
    c &= 0xdf;
    return c >= 'A' && c <= 'Z' && letters >> (c - 'A') & 1;
}

/* Does the word hold a capital or a digit behind its first byte, or is it a family's name? Most words are done here. */
static inline bool may_be_name(str one) {
    if (one.p[0] >= 'A' && one.p[0] <= 'Z') return one.n < 12;
    for (ptrdiff_t i = 1; i < one.n && i < NAME_BYTES; i++)
        if (byte_is_digit(one.p[i])) return one.n < NAME_BYTES;
    return one.n == 3 || one.n == 4; /* "awq", "gptq" */
}

static bool word_from(str text, ptrdiff_t *at, ptrdiff_t *lo, ptrdiff_t *hi) {
    while (*at < text.n && is_edge(text, *at)) ++*at;
    *lo = *at;
    while (*at < text.n && !is_edge(text, *at)) ++*at;
    *hi = *at;
    return *hi > *lo;
}

static bool has_number(str one) { /* three digits in a row: "9654", "5800X", "E5-2680", "i7-13700K" */
    for (ptrdiff_t i = 0, digits = 0; i < one.n; i++) {
        digits = byte_is_digit(one.p[i]) ? digits + 1 : 0;
        if (digits == 3) return true;
    }
    return false;
}

static void name_it(format *f, str one, str more) {
    ptrdiff_t n = 0;
    f->kind = KIND_PROCESSOR;
    memset(f->name, 0, sizeof f->name);
    for (ptrdiff_t i = 0; i < one.n + more.n && n < NAME_BYTES - 1; i++) {
        uint8_t c = i < one.n ? one.p[i] : more.p[i - one.n];
        if (byte_is_alnum(c)) f->name[n++] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
}

/* "EPYC 9654", "Ryzen 7 5800X", "Xeon E5-2680 v4", "Core i7-13700K", "Intel N100", "M2 Pro": the word is a maker's
 * family, or begins one of Apple's; its number is one of the next three. */
static bool processor_at(str text, str word_text, ptrdiff_t *at, ptrdiff_t *hi, format *f) {
    ptrdiff_t next = *at, lo, end;
    bool m = word_text.n == 2 && word_text.p[0] == 'M' && byte_is_digit(word_text.p[1]);
    bool intel = str_eq(word_text, STR("Intel"));
    if (m) {
        if (!word_from(text, &next, &lo, &end) || !str_is_among(str_slice(text, lo, end), "Pro Max Ultra"))
            return false;
        name_it(f, word_text, str_slice(text, lo, end));
        *at = *hi = end;
        return true;
    }
    if (!intel && !str_is_among(word_text, "EPYC Ryzen Threadripper Xeon Core")) return false;
    for (int k = 0; k < 4 && word_from(text, &next, &lo, &end); k++) {
        str one = str_slice(text, lo, end);
        bool glued = lo == *hi + 1 && text.p[*hi] == ' '; /* "Ryzen 7, 5800 points" */
        if (!glued) return false;
        *hi = end;
        if (has_number(one) && (!intel || one.p[0] == 'N')) {
            name_it(f, one, (str){0});
            *at = end;
            return true;
        }
        if (intel ||
            !str_is_among(one, "3 5 7 9 AI Max Max+ HX PRO Pro Threadripper Gold Silver Bronze Platinum Ultra"))
            return false;
    }
    return false;
}

/* The next format of a text from byte *at on, at [*lo, *hi). */
static bool next_format(str text, ptrdiff_t *at, ptrdiff_t *lo, ptrdiff_t *hi, format *f) {
    while (word_from(text, at, lo, hi)) {
        str one = str_slice(text, *lo, *hi);
        if (one.n < 2 || !may_begin(one.p[0]) || !may_be_name(one)) continue;
        ptrdiff_t end = *hi, from = *at;
        if (processor_at(text, one, &from, &end, f)) {
            *at = from;
            *hi = end;
            return true;
        }
        *f = format_of(one);
        if (f->kind != KIND_NONE) return true;
    }
    return false;
}

/* The format that an attribute declares as its only value: "Q8_0", "AWQ 4-bit", "AMD EPYC 9354P", "M4 Pro". */
static format declared_format(const manifest_attr *attr) {
    format f = {KIND_NONE, {0}};
    ptrdiff_t at = 0, lo, hi;
    if (attr->view_count != 1 || !next_format(attr->views[0].quantity.value, &at, &lo, &hi, &f)) f.kind = KIND_NONE;
    return f;
}

typedef struct owned_format { /* the format that an attribute declares */
    const manifest_attr *attr;
    format is;
} owned_format;

typedef struct declared_formats { /* all of the manifest, in its order */
    const owned_format *at;
    uint32_t n;
} declared_formats;

/* Read once an article: a manifest may hold ten thousand attributes, an article as many names. */
static const declared_formats *declared(judge *j) {
    static const declared_formats none = {NULL, 0};
    if (j->formats) return j->formats;
    VEC(owned_format) found = {0};
    declared_formats *all = ARENA_ARRAY(j->a, declared_formats, 1);
    bool kept = all != NULL;
    for (uint32_t i = 0; i < j->m->attr_count && kept; i++) {
        owned_format one = {&j->m->attrs[i], declared_format(&j->m->attrs[i])};
        if (one.is.kind != KIND_NONE) kept = VEC_PUSH(j->a, &found, one);
    }
    j->failed = j->failed || !kept;
    if (!kept) return &none;
    *all = (declared_formats){found.at, (uint32_t)found.n};
    return j->formats = all;
}

/* A word that stands before a processor's number, or before a width: "Xeon Gold 6338", "AWQ 4-bit". */
static bool is_family(str one) {
    return one.n > 1 && one.p[0] >= 'A' && one.p[0] <= 'Z' && strchr("ERTXCIAGMUSPBHN", one.p[0]) &&
           str_is_among(
               one,
               "AMD NVIDIA EPYC Ryzen Threadripper Xeon Core Intel Max Ultra Gold Silver Platinum Bronze PRO Pro HX "
               "AWQ GPTQ");
}

/* May the passage hold a format? All of them are, or stand before, a token with a digit: "Q8_0", "EPYC 9654", "AWQ
 * 4-bit"; but for AWQ and GPTQ alone. */
static bool may_hold_format(const passage *p) {
    const surface *on = p->on;
    for (uint32_t t = p->token_lo; t < p->token_hi && t - p->token_lo < TOKENS_READ; t++) {
        const token *x = &on->tokens[t];
        bool name = x->kind == TOKEN_IDENT;
        if (!name && x->kind != TOKEN_NUMBER && x->kind != TOKEN_QUANTITY && x->kind != TOKEN_VERSION) continue;
        str said = surface_slice(on, x->text.lo, x->text.hi);
        if (name && may_begin(said.p[0]) && may_be_name(said) &&
            (format_of(said).kind != KIND_NONE || (said.n == 2 && said.p[0] == 'M')))
            return true;
        uint32_t hi = x->text.lo; /* the word before it, or its own first one: "EPYC 9654" */
        while (hi > p->text.lo && on->text.p[hi - 1] == ' ') hi--;
        uint32_t lo = hi;
        while (lo > p->text.lo && hi - lo < NAME_BYTES && byte_is_alnum(on->text.p[lo - 1])) lo--;
        if (is_family(surface_slice(on, lo, hi))) return true;
        ptrdiff_t space = name ? str_find_byte(said, ' ', 0) : -1;
        if (space > 0 && is_family(str_slice(said, 0, space))) return true;
    }
    return false;
}

/* The only format that the passage names; false where it names none, or two. */
static bool only_format(const passage *p, format *found, text_range *where) {
    str text = passage_text(p);
    ptrdiff_t at = 0, lo, hi;
    format f;
    found->kind = KIND_NONE;
    if (!may_hold_format(p)) return false;
    while (next_format(text, &at, &lo, &hi, &f)) {
        if (found->kind != KIND_NONE && strcmp(f.name, found->name)) return false;
        *found = f;
        *where = (text_range){p->text.lo + (uint32_t)lo, p->text.lo + (uint32_t)hi};
    }
    return found->kind != KIND_NONE;
}

/* Words that make it another thing's than the weights', or one choice of several. */
static bool is_spoken_of(const passage *p, int kind) {
    static const char weights[] = "kv cache caches activation activations kernel kernels cores converts converting "
                                  "convert converted native natively support supports",
                      words[] =
                          "tried try tested test tests testing compared benchmarked either or versus vs also both "
                          "original instead variants versions formats another other others if";
    for (uint32_t i = 0; i < p->word_count && i < 128; i++)
        if (word_in(p, i, words) || (kind == KIND_QUANT && word_in(p, i, weights)) ||
            p->words[i].cues & (CUE_COMPARE | CUE_NEGATION | CUE_MODAL | CUE_FUTURE | CUE_IF))
            return true;
    return false;
}

/* Does the sentence, or what stands over the cell, speak of quantizing, or of how disks are joined? */
static bool says_kind(judge *j, const passage *p, int kind) {
    static const char quant[] = "quantized quantised quantization quantisation quant",
                      raid[] = "pool vdev array layout raid chose disks drives";
    const uint32_t at[3] = {(uint32_t)(p - j->passages), p->kind == PASSAGE_CELL ? p->label : PASSAGE_NONE,
                            p->kind == PASSAGE_CELL ? p->column : PASSAGE_NONE};
    for (int k = 0; k < 3; k++) {
        if (at[k] == PASSAGE_NONE) continue;
        passage *q = &j->passages[at[k]];
        passage_prepare(j, q);
        for (uint32_t i = 0; i < q->word_count && i < 128; i++)
            if (word_in(q, i, kind == KIND_QUANT ? quant : raid)) return true;
    }
    return false;
}

/* "Qwen3-32B runs in AWQ", "Qwen3-32B (AWQ)" */
static bool is_joined(const passage *p, text_range at) {
    uint32_t before = passage_word_before(p, at.lo);
    if (at.lo > p->text.lo && p->on->text.p[at.lo - 1] == '(') return true;
    return before != UINT32_MAX && p->words[before].hi + 1 == at.lo && before > 0 && word_is(p, before, "in");
}

/* Does a name that is not the owner's stand between it and the format: "beside gpt-oss, Nomic in Q8_0"? */
static bool has_stranger(const passage *p, const alias_hit *owner, text_range at) {
    uint32_t lo = owner->where.hi < at.lo ? owner->where.hi : at.hi,
             hi = owner->where.hi < at.lo ? at.lo : owner->where.lo, n = 0;
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > hi || word_in(p, i, "AMD Intel Apple")) continue;
        uint8_t c = p->on->text.p[p->words[i].lo];
        bool named = byte_is_alpha(c) && !(c & 0x20) && p->words[i].hi - p->words[i].lo > 1; /* not "I" */
        if (p->words[i].cues & CUE_BREAK || named || ++n > WORDS_BETWEEN) return true;
    }
    return false;
}

/* A table of parts that names no machine: the processor of the one that the article is about. */
static const manifest_attr *main_machines(judge *j, const context *near, enum region *region) {
    for (uint32_t i = 0; i < near->mention_count; i++) {
        uint8_t kind = j->m->entities[near->mentions[i].entity].kind;
        if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE) return NULL;
    }
    const declared_formats *all = declared(j);
    for (uint32_t i = 0; j->main_hardware != MANIFEST_NONE && i < all->n; i++)
        if (all->at[i].attr->entity == j->main_hardware && all->at[i].is.kind == KIND_PROCESSOR) {
            *region = REGION_HEADING;
            return all->at[i].attr;
        }
    return NULL;
}

/* The declared attribute of this kind whose owner the text means; NULL where two are as near, or none is. `close`: it
 * is named in the sentence, the row or the column. */
static const manifest_attr *meant(judge *j, const passage *p, const format *f, text_range at, bool *close) {
    const manifest_attr *best = NULL;
    enum region region = REGION_COUNT;
    context near;
    const declared_formats *all = declared(j);
    context_make(j, (passage *)p, at.lo, at.hi, &near);
    for (uint32_t i = 0; i < all->n; i++) {
        const manifest_attr *attr = all->at[i].attr;
        const format *own = &all->at[i].is;
        if (own->kind != f->kind) continue;
        enum region r = context_entity(&near, attr->entity);
        if (r == REGION_CLAUSE) r = REGION_SENTENCE;
        if (may_be_same(f, own) && r <= REGION_LABEL) return NULL; /* it has that */
        if (r == REGION_COUNT || r > region) continue;
        if (r == region) return NULL;
        region = r;
        best = attr;
    }
    if (!best && f->kind == KIND_PROCESSOR && p->kind == PASSAGE_CELL) best = main_machines(j, &near, &region);
    for (uint32_t i = 0; best && i < all->n; i++) { /* another's, who may be meant from further off */
        const owned_format *other = &all->at[i];
        if (other->is.kind == f->kind && other->attr != best && may_be_same(f, &other->is) &&
            (region > REGION_LABEL || context_entity(&near, other->attr->entity) < REGION_COUNT))
            return NULL;
    }
    *close = region <= REGION_LABEL;
    for (uint32_t i = 0; best && f->kind != KIND_QUANT && i < near.mention_count; i++) { /* another machine as near */
        uint8_t kind = j->m->entities[near.mentions[i].entity].kind;
        enum region r = (enum region)near.mentions[i].region == REGION_CLAUSE ? REGION_SENTENCE
                                                                              : (enum region)near.mentions[i].region;
        if ((kind == ENTITY_HOST || kind == ENTITY_HARDWARE) && near.mentions[i].entity != best->entity && r <= region)
            return NULL;
    }
    for (uint32_t i = 0; best && region == REGION_SENTENCE && i < near.mention_count; i++) {
        const mention *m = &near.mentions[i];
        if (m->entity != best->entity || !m->hit || m->region > REGION_SENTENCE) continue;
        if (!has_stranger(p, m->hit, at)) return best;
        best = i + 1 == near.mention_count ? NULL : best;
    }
    return region == REGION_SENTENCE ? NULL : best;
}

void judge_format(judge *j, passage *p) {
    format f;
    text_range at;
    bool close = false;
    if (p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_CELL) return;
    if (p->flags & (PASSAGE_HEADER_CELL | PASSAGE_LABEL_CELL)) return;
    if (!only_format(p, &f, &at)) return;
    const manifest_attr *attr = meant(j, p, &f, at, &close);
    if (!attr) return;
    format own = declared_format(attr);
    if (may_be_same(&f, &own)) return;
    passage_prepare(j, p);
    if (is_spoken_of(p, f.kind)) return;
    if (f.kind != KIND_PROCESSOR && !(says_kind(j, p, f.kind) || (close && f.kind == KIND_QUANT && is_joined(p, at))))
        return;
    stance_view s = stance_at(j, p, at.lo, at.hi);
    uint32_t before = passage_word_before(p, at.lo);   /* "I chose RAIDZ3 after …": and have it still */
    if (before == 0 && word_in(p, 0, "at in")) return; /* "At Q8_0 it is 36 GB": if it were */
    bool chosen = before != UINT32_MAX && p->words[before].hi + 1 == at.lo &&
                  (word_in(p, before, "chose picked") ||
                   (word_is(p, before, "on") && before > 0 && word_is(p, before - 1, "settled")));
    if (s.stance == STANCE_HISTORICAL && chosen) s.stance = STANCE_ASSERTED;
    if (s.stance != STANCE_ASSERTED || s.denied || s.others || s.loose) return;
    if (!chosen && (s.past || told_in_past(p, at.lo, at.hi))) return;
    claim *c = claim_add(j, p, at.lo, at.hi, CLAIM_HARDWARE, &s);
    if (!c) return;
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].text.lo < at.hi && p->on->tokens[t].text.hi > at.lo) p->on->used[t] = 1;
    str says = attr->views[0].quantity.value;
    c->subject = j->m->entities[attr->entity].id;
    claim_contradicted(j, c, &attr->fact, says, judge_printf(j, "%.*s is not %.*s", STR_ARG(c->quote), STR_ARG(says)));
}
