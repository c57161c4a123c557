/* version_tags.c - build tags: versions without a point, of the component that counts so.
 *
 *     "llama.cpp b8412"                         next to its name
 *     "rocm6.4.3_vllm_0.11.0", "wrf-00"         parts of a tag; a number that says which of several
 *     "latest-cu130", "nightly-aarch64"         no release at all
 *     "we are still on b8214", "tag b8214"      the only component whose versions look like that, if the article names
 * it
 *
 * In: an identifier of letters and digits. Out: its component. Away from the name it is strong only behind a word that
 * says what is installed; "b8600 is faster" is spoken of.
 */
#include "facts/versions/versions.h"

enum { COMPONENTS_LOOKED_AT = 512 };

/* The same letters and then digits: b8412, b77.9 of b8530. `*alike`: as many digits, too. */
static bool same_shape(str text, str now, bool *alike) {
    ptrdiff_t i = 0;
    while (i < text.n && i < now.n && byte_is_alpha(text.p[i]) && text.p[i] == now.p[i]) i++;
    if (i == 0 || i == text.n || i == now.n || !byte_is_digit(text.p[i]) || !byte_is_digit(now.p[i])) return false;
    for (ptrdiff_t k = i; k < text.n; k++)
        if (!byte_is_digit(text.p[k]) && !(text.p[k] == '.' && k + 1 < text.n && byte_is_digit(text.p[k + 1])))
            return false;
    *alike = text.n == now.n && str_find_byte(text, '.', 0) == str_find_byte(now, '.', 0);
    return true;
}

static bool is_tag_of(const judge *j, uint32_t entity, str text, bool *alike) {
    const manifest_version *v = &j->m->entities[entity].version;
    if (v->text.n) return same_shape(text, v->text, alike);
    return v->history_count && same_shape(text, v->history[v->history_count - 1].version, alike);
}

/* Has any component such versions? Without one nothing else is asked. */
static bool any_of_shape(const judge *j, str text) {
    uint32_t count;
    bool same;
    const uint32_t *tagged = fact_index_tagged(j->index, &count);
    for (uint32_t i = 0; i < count && i < COMPONENTS_LOOKED_AT; i++)
        if (is_tag_of(j, tagged[i], text, &same)) return true;
    return count > COMPONENTS_LOOKED_AT;
}

/* The only component of the manifest with such versions, where the article names it. */
static uint32_t only_one_of_shape(const judge *j, str text, bool *alike) {
    uint32_t found = MANIFEST_NONE, count;
    const uint32_t *tagged = fact_index_tagged(j->index, &count);
    for (uint32_t i = 0; i < count && tagged[i] < COMPONENTS_LOOKED_AT; i++) {
        bool same;
        if (!has_version(j, tagged[i]) || !is_tag_of(j, tagged[i], text, &same)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = tagged[i];
        *alike = same;
    }
    return found != MANIFEST_NONE && j->entity_seen[found / 64] >> found % 64 & 1 ? found : MANIFEST_NONE;
}

/* "on b8214", "it is b8530", "back to b8214", "tag b8214": said of what is installed. */
static bool is_installed(const passage *p, const token *t) {
    uint32_t first, end, before = UINT32_MAX;
    passage_window(p, t->text.lo, t->text.lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= t->text.lo; i++) before = i;
    if (before == UINT32_MAX || p->words[before].hi + 2 < t->text.lo) return false;
    if (!word_in(p, before, "on at to is tag build run runs running ran")) return false;
    for (uint32_t i = t->text.hi; i < p->text.hi && i < t->text.hi + 1; i++)
        if (p->on->text.p[i] == '-' || p->on->text.p[i] == '/') return false;
    return true;
}

bool bind_build_tag(judge *j, passage *p, const token *t, binding *b) {
    str text = surface_slice(p->on, t->text.lo, t->text.hi);
    bool digit = false, alike = false;
    for (ptrdiff_t i = 0; i < text.n; i++) digit = digit || byte_is_digit(text.p[i]);
    if (t->kind != TOKEN_IDENT || !byte_is_alpha(text.p[0]) || !digit || !any_of_shape(j, text)) return false;
    token as_version = *t;
    as_version.kind = TOKEN_VERSION;
    as_version.core = t->text;
    bind_version(j, p, &as_version, b);
    for (uint32_t i = 0; i < b->n; i++)
        if (is_tag_of(j, b->entity[i], text, &alike)) return true;
    uint32_t found = p->kind == PASSAGE_SENTENCE ? only_one_of_shape(j, text, &alike) : MANIFEST_NONE;
    if (found == MANIFEST_NONE) return false;
    bool strong = is_installed(p, t);
    if (!alike && !strong) return false;
    *b = (binding){.entity = {found}, .n = 1, .strong = strong, .apart = true};
    return true;
}

/* One part of a tag that is or looks like a version; the parts of "server-cuda-b8412", "rocm6.4.3_vllm_0.11.0" are
 * tried one by one. */
bool version_tag_agrees(const judge *j, uint32_t entity, str tag, version_match *found) {
    *found = version_agree_with(j, entity, tag);
    str rest = tag, part;
    while (!found->version && str_cut(&rest, '-', &part)) {
        str inner = part, one;
        if (part.n) *found = version_agree_with(j, entity, part);
        while (!found->version && part.n && str_cut(&inner, '_', &one))
            if (one.n && one.n < part.n) *found = version_agree_with(j, entity, one);
    }
    return found->version != NULL;
}

/* "wrf-00", "postgres-0", "solr-2": which of several, or which run, by a short whole number that is no major release.
 */
bool version_is_instance(const judge *j, uint32_t entity, str number) {
    str now = j->m->entities[entity].version.text;
    ptrdiff_t n = 0;
    while (n < number.n && byte_is_digit(number.p[n])) n++;
    if (n < number.n && (number.p[n] == '.' || byte_is_digit(number.p[n]))) return false;
    if (n > 2 || n == 0 || str_find_byte(now, '.', 0) < 1) return false;
    if (number.p[0] == '0') return true;
    ptrdiff_t point = str_find_byte(now, '.', 0);
    bool major = str_eq(str_slice(now, 0, point), str_slice(number, 0, n));
    return n == 1 && !major && !version_agree_with(j, entity, str_slice(number, 0, n)).version;
}

/* "v100300" of 10.3.0: the parts of a release in one number. */
bool version_is_encoded(str stated, str now) {
    ptrdiff_t n = 0;
    if (stated.n && (stated.p[0] == 'v' || stated.p[0] == 'V')) stated = str_slice(stated, 1, stated.n);
    while (n < stated.n && byte_is_digit(stated.p[n])) n++;
    return n >= 5 && n == stated.n && str_find_byte(now, '.', 0) > 0 && str_find_byte(now, '.', 0) <= 3;
}

/* "2026-05-01", "2026.05.01-rc1", "20260501" of 4.2.0: the day on which an image was built, where releases are none. */
bool version_is_dated(str stated, str now) {
    uint32_t digits[3] = {0}, value[3] = {0}, part = 0;
    for (ptrdiff_t i = 0; i < stated.n && part < 3; i++) {
        if (byte_is_digit(stated.p[i])) {
            if (++digits[part] > 8) return false;
            value[part] = value[part] * 10 + stated.p[i] - '0';
        } else if (part < 2 && strchr("-._", stated.p[i]) && digits[part]) {
            part++;
        } else {
            break;
        }
    }
    if (digits[0] == 8) value[2] = value[0] % 100, value[1] = value[0] / 100 % 100, value[0] /= 10000;
    bool whole = digits[0] == 8 || (digits[0] == 4 && digits[1] && digits[2] && digits[1] < 3 && digits[2] < 3);
    if (!whole || value[0] < 2000 || value[0] > 2099 || !date_make(value[0], value[1], value[2])) return false;
    return str_find_byte(now, '.', 0) != 4 && str_find_byte(now, '-', 0) != 4 && now.n < 8;
}

/* "25.09-py3", "24.12": the year and month of another publisher's releases, of an image under a registry's path or with
 * a month that is written as no number of a version is; where what is declared counts far below the years. */
bool version_is_train(str path, str tag, str now) {
    uint32_t year = 0, month = 0, major = 0;
    ptrdiff_t i = 0;
    if (tag.n < 5 || tag.p[2] != '.' || (tag.n > 5 && !strchr("-_.+", tag.p[5]))) return false;
    for (ptrdiff_t k = 0; k < 5; k++) {
        if (k == 2) continue;
        if (!byte_is_digit(tag.p[k])) return false;
        *(k < 2 ? &year : &month) = (k < 2 ? year : month) * 10 + tag.p[k] - '0';
    }
    if (year < 15 || month < 1 || month > 12 || (tag.p[3] != '0' && str_find_byte(path, '/', 0) < 0)) return false;
    if (now.n && (now.p[0] | 0x20) == 'v') i++;
    while (i < now.n && byte_is_digit(now.p[i]) && major < 100) major = major * 10 + now.p[i++] - '0';
    return i > 0 && i < now.n && now.p[i] == '.' && major < 10;
}

/* "3f2a9c1", "999bad5a": as commits are called. */
static bool is_commit(str part) {
    bool digits = false, letters = false;
    for (ptrdiff_t i = 0; i < part.n; i++) {
        uint8_t c = byte_lower(part.p[i]);
        if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f')) return false;
        digits = digits || byte_is_digit(c);
        letters = letters || !byte_is_digit(c);
    }
    return part.n >= 7 && digits && letters;
}

static bool has_commit(str text) {
    str part;
    while (str_cut(&text, '-', &part))
        if (is_commit(part)) return true;
    return false;
}

/* A part that says which release it is: "0.17.1", "v3", "16" (of "16-alpine"), "b8412" of b8530. A commit, the count
 * of "build-142" and the day of "nightly-20260323" say it only where what is declared is told so itself. "cu130",
 * "aarch64", "gfx1151" say what it was built for. */
static bool is_numbered(str part, str now, bool leads) {
    bool alike, whole = true;
    if (!part.n) return false;
    if (is_commit(part)) return has_commit(now);
    for (ptrdiff_t i = 0; i < part.n; i++) whole = whole && byte_is_digit(part.p[i]);
    if (whole) return leads || str_find_byte(now, '.', 0) < 0;
    if (byte_is_digit(part.p[0]) || (part.n > 1 && (part.p[0] == 'v' || part.p[0] == 'V') && byte_is_digit(part.p[1])))
        return true;
    return same_shape(part, now, &alike);
}

/* "latest-cu130", "nightly-aarch64", "dev": a tag that moves on, and names no release. Where what is declared is such a
 * name itself, "cu128-nightly", one of other numbers is another: then it is none of these. */
bool version_tag_floats(str tag, str now) {
    str rest = tag, part, inner, own = now, at;
    bool declared_floats = now.n > 0, alike;
    while (str_cut(&own, '-', &part))
        declared_floats = declared_floats && !is_commit(part) && !is_numbered(part, (str){0}, false);
    while (str_cut(&rest, '-', &part)) {
        if (str_eq_nocase(part, STR("x86_64"))) continue;
        inner = part;
        while (str_cut(&inner, '_', &at)) {
            str mine = now, its;
            if (is_numbered(at, now, at.p == tag.p)) return false;
            while (declared_floats && str_cut(&mine, '-', &its))
                if (same_shape(at, its, &alike) && !str_eq(at, its)) return false;
        }
    }
    return true;
}
