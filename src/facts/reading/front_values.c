/* front_values.c - which values of the frontmatter are read.
 *
 *     description: The Spark runs vLLM     a text of several words
 *     highlights: ["The VPS is in Oslo"]   each item of a list that is such a text
 *     faq: [{q: …, a: …}]                  each text of a map in a list (article/frontmatter.c names it "faq.0.a")
 *     vllm: 0.19.1                         a release behind the name of a component of ours: key and value, as one line
 *     tags: [vLLM, Ollama]                 what it is about, what it links to, how it is published: no statements
 *
 * In: the article's fields, the manifest's names. Out: one value a statement, with where it stands in the source.
 */
#include "facts/reading/front_values.h"

/* The last part of "faq.0.answer". */
static str last_part(str key) {
    for (ptrdiff_t i = key.n; i > 0; i--)
        if (key.p[i - 1] == '.') return str_slice(key, i, key.n);
    return key;
}

static str first_part(str key) {
    ptrdiff_t dot = str_find_byte(key, '.', 0);
    return dot > 0 ? str_slice(key, 0, dot) : key;
}

static bool is_machinery_key(str key) {
    static const char keys[] =
        "date style tags tag slug layout draft lang author authors url image canonical permalink categories category "
        "weight id type updated lastmod published template series keywords version status";
    return str_is_among(key, keys);
}

/* Lists of what the article is about or points to, or of what its reader needs. */
static bool is_list_of_topics(str key) {
    static const char keys[] =
        "topics topic subjects labels related links references sources resources see_also see-also further aliases "
        "redirect_from prerequisites requires requirements needs questions breadcrumbs menu cascade head scripts "
        "styles "
        "images credits contributors compared changelog history reviewers prompts search_terms compatible supports";
    return str_is_among(key, keys);
}

static bool says_something(str text) { return str_find_byte(text, ' ', 0) >= 0; }

/* "0.11.2", "v0.11.2" as all of a value. */
static bool is_release(str text) {
    ptrdiff_t i = text.n && (text.p[0] | 0x20) == 'v';
    if (i >= text.n || !byte_is_digit(text.p[i]) || text.n > 40) return false;
    return str_find_byte(text, '.', 0) > 0 && str_find_byte(text, ' ', 0) < 0;
}

static bool names_component(const judge *j, str key) {
    uint32_t count = 0;
    const alias_target *targets = j->m ? alias_lookup(j->m->names, key, &count) : NULL;
    for (uint32_t i = 0; i < count; i++)
        if (targets[i].kind == ALIAS_ENTITY && j->m->entities[targets[i].index].kind == ENTITY_COMPONENT) return true;
    return false;
}

static bool read_text(const judge *j, const field *f, front_value *out) {
    str last = last_part(f->key);
    *out = (front_value){f, f->value, f->where};
    if (is_machinery_key(last)) return false;
    if (last.n < f->key.n && (is_machinery_key(first_part(f->key)) || is_list_of_topics(first_part(f->key))))
        return false;
    if (says_something(f->value)) return true;
    if (!is_release(f->value) || !names_component(j, last) || f->key_where.hi > f->where.lo) return false;
    out->raw = (span){f->key_where.lo, f->where.hi};
    out->text = str_span(j->art->source, out->raw);
    return str_find_byte(out->text, '\n', 0) < 0;
}

static bool reads_items(const field *f) {
    str first = first_part(f->key), last = last_part(f->key);
    return !is_machinery_key(first) && !is_list_of_topics(first) && !is_machinery_key(last) && !is_list_of_topics(last);
}

bool front_values(judge *j, front_value **values, uint32_t *count) {
    VEC(front_value) all = {0};
    for (uint32_t i = 0; i < j->art->field_count; i++) {
        const field *f = &j->art->fields[i];
        front_value one;
        if (f->kind == FIELD_TEXT && read_text(j, f, &one) && !VEC_PUSH(j->a, &all, one)) return false;
        for (uint32_t k = 0; f->kind == FIELD_LIST && k < f->item_count && reads_items(f); k++) {
            one = (front_value){f, f->items[k], f->where};
            if (says_something(one.text) && !VEC_PUSH(j->a, &all, one)) return false;
        }
    }
    *values = all.at;
    *count = (uint32_t)all.n;
    return true;
}
