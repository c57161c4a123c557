/* doubt_vendor.c - what a distribution, another maker's hardware or those whom we serve have is not here.
 *
 *     "The Hugo in Debian is 0.131.0", "the snap has Hugo 0.150"     what a distribution or a store offers
 *     "The RTX 5090 has compute capability 12.0"                     of hardware that is declared absent
 *     "Our tenants use Helm", "our customers' Kafka"                 of those whom we serve
 *     "Our SDK works with LangChain"                                 what a library of ours can be used with
 *     "`pip install docker==7.1.0`"                                  a package that only bears the name
 *
 * In: a scene. Out: the doubt, or NULL. Where one of our machines or the first person is in the clause of a version, it
 * is ours all the same.
 */
#include "facts/verdicts/doubt.h"

enum { HITS_READ = 64 };

static const char DISTRIBUTIONS[] = "debian ubuntu fedora arch alpine rhel centos rocky suse opensuse gentoo nixos "
                                    "nixpkgs freebsd homebrew brew macports "
                                    "conda conda-forge forge snap snapcraft flatpak flathub chocolatey winget "
                                    "distribution distro bookworm trixie noble "
                                    "jammy";

static const char SERVED[] = "tenants tenant customers customer clients client users user readers reader subscribers "
                             "guests students visitors contributors members";

/* "On roost, Debian 13.4 carries Caddy …": one of our machines is named in the sentence, in whatever clause. */
static bool names_a_machine(const scene *s) {
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h - s->p->hit_lo < HITS_READ; h++)
        if (hit_entity(s->j, &s->p->on->hits[h], ENTITY_HOST) != MANIFEST_NONE ||
            hit_entity(s->j, &s->p->on->hits[h], ENTITY_HARDWARE) != MANIFEST_NONE)
            return true;
    return false;
}

/* "Debian's Caddy is 2.6.2", "the Caddy in Debian is", "Debian 12 shipped restic 0.14.0", "the formula is at …" */
static bool is_of_a_distribution(const scene *s) {
    const passage *p = s->p;
    if (s->entity == MANIFEST_NONE || doubt_is_here(s) || names_a_machine(s)) return false;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from; i < s->at; i++) {
        if (!doubt_word(p, i, DISTRIBUTIONS)) continue;
        const uint8_t *end = p->on->text.p + p->words[i].hi; /* "Debian's", typographic too */
        bool possessive = p->words[i].hi - p->words[i].lo > 2 && end[-1] == 's' && (end[-2] == '\'' || end[-2] == 0x99);
        if (possessive && i + 1 < s->at && doubt_is_declared(s, i + 1)) return true;
        uint32_t before = i;
        while (before > from && doubt_word(p, before - 1, "the a an")) before--;
        if (before > from + 1 && doubt_word(p, before - 1, "in from") && doubt_is_declared(s, before - 2)) return true;
        uint32_t verb = i + 1;
        while (verb < s->at && (byte_is_digit(p->on->text.p[p->words[verb].lo]) ||
                                doubt_word(p, verb, "package formula image archive repository still only already")))
            verb++;
        if (doubt_word(p, verb,
                       "shipped ships ship has have carries carried packages packaged provides offers offered "
                       "contains contained includes brought brings is"))
            return verb < s->at && (!doubt_word(p, verb, "is") || verb > i + 1);
    }
    return false;
}

/* "The RTX 5090 has compute capability 12.0", "compute capability 10.0 belongs to the B200" */
static bool is_of_absent_hardware(const scene *s) {
    const passage *p = s->p;
    if (doubt_is_here(s)) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (!hit_has(hit, ALIAS_ABSENT) || hit->where.lo < s->part.lo || hit->where.hi > s->part.hi) continue;
        uint32_t w = s->first;
        while (w < s->end && p->words[w].hi < hit->where.hi) w++;
        if (hit->where.hi <= s->lo) {
            if (doubt_word(p, w + 1, "has is means")) return true;
            continue;
        }
        while (w > s->first && p->words[w].lo > hit->where.lo) w--;
        if (w > s->after + 3) continue;
        if (doubt_word(p, s->after, "is belongs means stands names")) return true;
    }
    return false;
}

/* "Compute capability 12.0 is the RTX 5090, 12.1 is the GB10": a clause of its own behind what is absent. */
static bool begins_its_clause(const scene *s) {
    const passage *p = s->p;
    return s->entity == MANIFEST_NONE && s->lo > p->text.lo + 2 && p->on->text.p[s->lo - 2] == ',' &&
           doubt_word(p, s->after, "is are belongs means");
}

static bool is_of_those_served(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    if (from + 1 >= s->at || !doubt_word(p, from, "our the my")) return false;
    if (doubt_word(p, from + 1, "sdk connector client library plugin extension app importer integration")) {
        uint32_t verb = from + 2;
        return (doubt_word(p, verb, "works integrates") && doubt_word(p, verb + 1, "with")) ||
               (doubt_word(p, verb, "talks connects speaks") && doubt_word(p, verb + 1, "to")) ||
               doubt_word(p, verb, "supports understands");
    }
    if (!doubt_word(p, from + 1, SERVED)) return false;
    if (from + 2 == s->at)
        return str_find_byte(surface_slice(p->on, p->words[from + 1].lo, s->lo), '\'', 0) >= 0 ||
               doubt_holds(surface_slice(p->on, p->words[from + 1].lo, s->lo), "\xe2\x80\x99");
    return doubt_word(p, from + 2, "use uses run runs have has own bring deploy host keep prefer mostly often");
}

/* "docker==7.1.0", "perch-client==0.2.1": of a component that no pip installs, or of a client of it. */
bool doubt_is_namesake_package(const manifest_entity *e, str quote) {
    ptrdiff_t pin = str_find(quote, STR("=="), 0), dash = pin;
    if (pin <= 0 || !e) return false;
    while (dash > 0 && quote.p[dash - 1] != '-' && quote.p[dash - 1] != '_') dash--;
    if (dash > 0 && str_is_among(str_slice(quote, dash, pin),
                                 "client clients sdk cli api py python plugin types stubs exporter utils helper"))
        return true;
    return e->version.fact.source.n &&
           str_is_among(e->version.fact.source, "dpkg apt rpm deb binary image-tag os-release uname nvidia-smi");
}

/* "`pip install vllm==0.16.0` failed with no matching distribution." */
static bool is_refused(const scene *s) {
    return s->after < s->end && s->p->words[s->after].lo <= s->hi + 3 && str_find(s->c->quote, STR("=="), 0) > 0 &&
           doubt_word(s->p, s->after, "failed fails failing ended ends errors");
}

const char *doubt_of_vendor(const scene *s) {
    if (s->c->kind == CLAIM_EXISTENCE) {
        if (is_of_those_served(s)) OBJECT(s->j, "it is said of those who use what is ours");
        return NULL;
    }
    if (s->c->kind != CLAIM_VERSION) return NULL;
    if (is_of_a_distribution(s)) OBJECT(s->j, "it is what a distribution offers");
    if (is_of_absent_hardware(s) || begins_its_clause(s)) OBJECT(s->j, "it is said of hardware that is not here");
    const manifest_entity *e = s->entity == MANIFEST_NONE ? NULL : &s->j->m->entities[s->entity];
    if (doubt_is_namesake_package(e, s->c->quote)) OBJECT(s->j, "a package that only bears the name");
    if (is_refused(s)) OBJECT(s->j, "it says that it failed");
    return NULL;
}
