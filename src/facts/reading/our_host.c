/* our_host.c - is a machine that the text introduces with "a", "a VPS in X", ours after all?
 *
 *     a VPS in X runs Caddy and Astro           two things that are declared to run on ours, or one and its place
 *     a VPS in X, where the finished site lives          where our site is
 *     I rent a VPS in X, and it runs ...                 we have it
 *     - **The brain:** NVIDIA DGX Spark                  an item of the list that tells what we have: another one
 *     - **The face:** a hardened VPS in X                names our own machine, or its label is a part of a site
 *     operator@spark-prod-01:~$                          a host's name in a prompt that holds a declared one
 *
 * In: a prepared passage and a host that it names, or a name as a prompt shows it. Out: yes, where the build says so.
 * "A VPS in X costs 5 EUR", "a reader runs a VPS in X" say nothing of ours, nor does a list of what one could choose
 * from.
 */
#include "facts/reading/reading.h"
#include "facts/reading/standing.h"

enum { HITS_READ = 64, LIST_READ = 64, LABEL_WORDS = 5 };

static bool runs_there(const judge *j, uint32_t host, const alias_hit *hit) {
    const manifest_entity *e = &j->m->entities[host];
    uint32_t named = hit_entity(j, hit, -1);
    for (uint32_t t = 0; t < hit->target_count; t++)
        if (hit->targets[t].kind == ALIAS_RUN && hit->targets[t].index == host) return true;
    for (uint32_t i = 0; i < e->runs.n && named != MANIFEST_NONE; i++)
        if (e->runs.items[i].entity == named) return true;
    return false;
}

bool host_names_its_own(const judge *j, const passage *p, uint32_t host, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
        if (p->on->hits[h].where.lo >= lo && p->on->hits[h].where.hi <= hi && runs_there(j, host, &p->on->hits[h]))
            return true;
    return false;
}

static bool is_site(const passage *p, uint32_t i) {
    return word_in(p, i, "site blog website pages web public frontend");
}

bool host_serves_the_site(const passage *p) {
    for (uint32_t i = 1; i + 2 < p->word_count && i < 64; i++) {
        i += word_in(p, i, "hands") && word_in(p, i + 1, "out"); /* "hands out the pages" */
        if (word_in(p, i, "serves hosts runs carries delivers out") && word_in(p, i + 1, "the this our my") &&
            is_site(p, i + 2))
            return true;
        if (!word_in(p, i, "where") || !word_in(p, i + 1, "the this our my")) continue;
        uint32_t noun = i + 2 + !is_site(p, i + 2); /* "where the finished site lives" */
        if (is_site(p, noun) && word_in(p, noun + 1, "lives runs sits stands is stays")) return true;
    }
    return false;
}

/* Does a word make what it heads a matter of choice, of the past or of others? */
static bool is_of_choice(const passage *p) {
    if (p->cues & (CUE_MODAL | CUE_IF | CUE_FUTURE | CUE_OTHERS | CUE_COMPARE | CUE_GONE | CUE_REQUIRE)) return true;
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        if (word_in(p, i,
                    "option options alternative alternatives choice choices candidate candidates plan plans versus vs "
                    "or previously former old older previous example examples considered tried could cheapest cheap "
                    "shopping buy rent") ||
            (word_is(p, i, "before") &&
             !(i == 0 && !(p->flags & PASSAGE_IN_LIST)))) /* "Before we begin, here is what we have" */
            return true;
    return false;
}

/* What the item says before the host is its label alone, "The face: a hardened │ VPS", or nothing behind a label that
 * is a sentence, "**The delivery van.** A │ VPS". */
static bool stands_behind_label(judge *j, const passage *p, const alias_hit *hit) {
    uint32_t at = standing_word_at(p, hit->where.lo), label = 0;
    for (uint32_t i = 0; i < at && !label; i++)
        if (p->on->text.p[p->words[i].hi] == ':') label = i + 1;
    if (label > LABEL_WORDS || at < label || at - label > 3 || at == label || !word_in(p, label, "a an")) return false;
    for (uint32_t i = label + 1; i < at; i++) /* "a small rented VPS": no verb, no preposition */
        if (p->words[i].cues & (CUE_STOP | CUE_HAVE | CUE_WAS | CUE_PLACE)) return false;
    if (label) return true;
    if (at < 4 && p->lead != PASSAGE_NONE &&
        p->previous == PASSAGE_NONE) { /* "Everything we run comes down to this:" */
        passage *lead = &j->passages[p->lead];
        passage_prepare(j, lead);
        return lead->cues & CUE_FIRST && str_ends(str_trim(passage_text(lead)), STR(":"));
    }
    if (p->previous == PASSAGE_NONE) return false;
    passage *before = &j->passages[p->previous];
    passage_prepare(j, before);
    return before->previous == PASSAGE_NONE && before->word_count > 0 && before->word_count < LABEL_WORDS &&
           before->block == p->block && !is_of_choice(before);
}

/* Does an item of the list beside the host's name the article's own machine, and speak of nobody else? */
static bool beside_our_machine(judge *j, const passage *p) {
    uint32_t list = article_ancestor(j->art, p->block, BLOCK_LIST), own = (uint32_t)(p - j->passages), first = own;
    uint32_t item = article_ancestor(j->art, p->block, BLOCK_ITEM);
    bool found = false;
    if (list == BLOCK_NONE || j->main_hardware == MANIFEST_NONE) return false;
    while (first > 0 && own - first < LIST_READ && j->passages[first - 1].block != BLOCK_NONE &&
           article_ancestor(j->art, j->passages[first - 1].block, BLOCK_LIST) == list)
        first--;
    for (uint32_t i = first; i < j->passage_count && i < first + LIST_READ; i++) {
        passage *q = &j->passages[i];
        if (q->block == BLOCK_NONE || article_ancestor(j->art, q->block, BLOCK_LIST) != list) break;
        passage_prepare(j, q);
        if (is_of_choice(q)) return false;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + HITS_READ && !found; h++)
            found = hit_entity(j, &q->on->hits[h], -1) == j->main_hardware &&
                    article_ancestor(j->art, q->block, BLOCK_ITEM) != item;
    }
    return found;
}

/* "Web host: a VPS", "Public server: …": a label that is nothing but a part of what we run. */
static bool is_role_label(const passage *p, const alias_hit *hit) {
    uint32_t at = standing_word_at(p, hit->where.lo), i = 0;
    for (; i < at && i < 5; i++) {
        if (!word_in(p, i, "the our my public web site front end edge frontend hosting host server website"))
            return false;
        if (p->on->text.p[p->words[i].hi] == ':') return true;
    }
    return false;
}

static bool in_inventory(judge *j, passage *p, const alias_hit *hit) {
    if (p->kind != PASSAGE_SENTENCE || !(p->flags & PASSAGE_IN_LIST) || p->cues & CUE_NEGATION) return false;
    if (!stands_behind_label(j, p, hit) || told_under_past_heading(j, p)) return false;
    if (!is_of_choice(p) && host_names_its_own(j, p, hit_entity(j, hit, -1), hit->where.hi, p->text.hi))
        return true; /* "Edge: a VPS in X with Caddy", whatever the others are */
    if (!beside_our_machine(j, p) && (is_of_choice(p) || !is_role_label(p, hit))) return false;
    uint32_t above[2] = {p->lead, p->heading};
    for (int k = 0; k < 2; k++) {
        if (above[k] == PASSAGE_NONE) continue;
        passage *q = &j->passages[above[k]];
        passage_prepare(j, q);
        bool ours = word_in(q, 0, "ours mine our my"); /* "Ours looks like this:", whatever the heading asks */
        if (q->cues & (CUE_SECOND | CUE_NEGATION) || (!(ours && word_in(q, 1, "is looks")) && is_of_choice(q)))
            return false;
        if (ours) return true;
    }
    return true;
}

/* "The site itself lives on a VPS in X", "This blog is served from a VPS": where our site is. */
static bool is_where_the_site_is(const passage *p, const alias_hit *hit) {
    uint32_t at = standing_word_at(p, hit->where.lo), noun = 1;
    if (!word_in(p, 0, "the our my this") || at < 5) return false;
    while (noun < 3 && !is_site(p, noun)) noun++;
    noun += word_in(p, noun + 1, "itself");
    if (!is_site(p, noun) && !word_in(p, noun, "itself")) return false;
    uint32_t verb = noun + 1 + word_in(p, noun + 1, "is");
    return word_in(p, verb, "lives runs sits stands served hosted delivered comes");
}

/* "The web tier, a │ VPS in X, is …", "the public side is simple: a │ VPS in X": what stands with its article in front
 * of a comma or a colon is ours. */
static bool is_what_ours_is(const passage *p, const alias_hit *hit) {
    uint32_t at = standing_word_at(p, hit->where.lo);
    while (at > 1 && at + 3 > standing_word_at(p, hit->where.lo) && !word_in(p, at, "a an")) at--;
    if (at < 2 || at > 6 || !word_in(p, at, "a an") || !word_in(p, 0, "the our my") || is_of_choice(p)) return false;
    str glue = surface_slice(p->on, p->words[at - 1].hi, p->words[at].lo);
    bool colon = str_eq(glue, STR(": ")), comma = str_eq(glue, STR(", "));
    bool ours = false; /* a part of what we run: "my advice: a VPS in X" is none */
    for (uint32_t i = comma ? at - 1 : 1; i < at && i < 4; i++)
        ours = ours || is_site(p, i) ||
               word_in(p, i, "side tier front end edge endpoint host server box machine half layer face");
    for (uint32_t i = 1; i < at; i++)
        if (p->words[i].cues & (CUE_NEGATION | CUE_WAS | CUE_PLACE) || (comma && word_in(p, i, "is are has")))
            return false;
    return ours && (comma || colon);
}

/* "A small VPS in Romania runs Caddy, Astro and …": two things that are declared to run there, or one and its place. */
static bool is_told_apart(const judge *j, const passage *p, uint32_t host) {
    uint32_t own = 0, last = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        str said = surface_slice(p->on, p->on->hits[h].where.lo, p->on->hits[h].where.hi);
        if (p->on->hits[h].inside >= 0 || (e != MANIFEST_NONE && e == last)) continue;
        own += runs_there(j, host, &p->on->hits[h]) ||
               (hit_has(&p->on->hits[h], ALIAS_LOCATION) && str_eq_nocase(said, j->m->entities[host].location.text));
        last = e;
    }
    return own > 1;
}

/* "I rent a small VPS in X, and it runs …": we have it. */
static bool is_had_by_us(const passage *p, const alias_hit *hit) {
    uint32_t at = standing_word_at(p, hit->where.lo), i = at;
    while (i > 1 && at - i < 4 && !word_in(p, i, "a an one")) i--;
    if (i < 2 || !word_in(p, i, "a an one") || !word_in(p, i - 1, "rent have keep run lease own operate")) return false;
    uint32_t us = i - 2;
    while (us > 0 && word_in(p, us, "also now just still")) us--;
    return word_in(p, us, "i we") && (us == 0 || !(p->words[us - 1].cues & (CUE_IF | CUE_MODAL | CUE_NEGATION)));
}

bool host_is_ours(judge *j, passage *p, uint32_t host) {
    if (host_serves_the_site(p) || (!is_of_choice(p) && is_told_apart(j, p, host))) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
        if (hit_entity(j, &p->on->hits[h], -1) == host && p->on->hits[h].inside < 0 &&
            (is_where_the_site_is(p, &p->on->hits[h]) || is_what_ours_is(p, &p->on->hits[h]) ||
             is_had_by_us(p, &p->on->hits[h]) || in_inventory(j, p, &p->on->hits[h])))
            return true;
    return false;
}

bool host_is_any(judge *j, passage *p, uint32_t host) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
        if (hit_entity(j, &p->on->hits[h], -1) == host && p->on->hits[h].inside < 0)
            return stance_is_any(p, p->on->hits[h].where.lo) && !host_is_ours(j, p, host);
    return false;
}

bool host_name_is_known(const judge *j, str name) {
    uint32_t count = 0;
    const alias_target *targets = alias_lookup(j->m->names, name, &count);
    if ((targets && count) || manifest_find_entity(j->m, name)) return true;
    for (ptrdiff_t lo = 0, hi; lo < name.n; lo = hi + 1) { /* "spark-prod-01", "dgx-spark": a part of it is a name */
        for (hi = lo; hi < name.n && name.p[hi] != '-' && name.p[hi] != '.'; hi++) {
        }
        str part = str_slice(name, lo, hi), rest = str_slice(name, hi, name.n);
        bool first =
            !rest.n || str_ends(rest, STR("01")) || !byte_is_digit(rest.p[rest.n - 1]); /* "spark-02" may be another */
        targets = part.n > 3 && first ? alias_lookup(j->m->names, part, &count) : NULL;
        for (uint32_t i = 0; targets && i < count; i++)
            if (targets[i].kind == ALIAS_ENTITY && (j->m->entities[targets[i].index].kind == ENTITY_HARDWARE ||
                                                    j->m->entities[targets[i].index].kind == ENTITY_HOST))
                return true;
    }
    return false;
}
