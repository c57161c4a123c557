/* asides.c - is it said of somebody's thing, or of what is not done, though it bears a name of ours?
 *
 *     "Hanna's VPS is in Helsinki"               a possessive that is no name of the manifest's, before a name that is
 *     "Canonical's HWE kernel is at 6.17"        a distribution's
 *     "He runs it on port 8000", "Isolde keeps a VPS in Vienna"   a person is the subject
 *     "The museum still has Debian 12. So had we."                another house, held against ours
 *     "From his notes:", "Rejected:", "Plans:"   the same, or a thing not done, above a list or a table
 *     "In the last letter I wrote that …"        who tells what he once said is about to say otherwise
 *     "It is of a different configuration: …"    another thing than ours
 *     "kestrel's memory", "NVIDIA's Spark"       ours, and who built ours: none of these
 *
 * In: a prepared passage and a place in it. Out: an aside, which stance.c takes for one: a manifest names no people, so
 * it may be ours all the same, and is proved or unproved, never contradicted.
 */
#include "facts/reading/reading.h"

enum { OWNED_WORDS = 4, NAME_LEAST = 3, LEAD_WORDS = 32, HOUSE_WORDS = 5 };

/* Who makes, sells or rents out what others own. */
static const char MAKERS[] = "intel google apple meta alibaba mistral microsoft amazon hetzner netcup contabo linode "
                             "scaleway digitalocean hostinger samsung crucial seagate dell lenovo gigabyte deepseek "
                             "anthropic moonshot qwen micron toshiba nvidia";

/* With a capital at the beginning of a sentence, and nobody's name. */
static const char NOBODYS[] = "today tonight yesterday tomorrow everyone everybody nobody someone somebody anyone "
                              "anybody one nothing everything other another each let there here what that this where "
                              "who how when why last next world life year month week night morning evening day winter "
                              "summer spring autumn monday tuesday wednesday thursday friday saturday sunday january "
                              "february march april may june july august september october november december machine "
                              "server box site blog gate model engine writer reviewer";

/* Length of the name in front of "'s", plain or typographic; 0 where the word has none. */
static uint32_t name_bytes(const passage *p, uint32_t i) {
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (str_ends(said, STR("'s"))) return (uint32_t)said.n - 2;
    return str_ends(said, STR("\xe2\x80\x99s")) ? (uint32_t)said.n - 4 : 0;
}

/* Does a name of the manifest's stand there, of a scope's member or of what is absent, too? */
static bool is_known(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo < hi && p->on->hits[h].where.hi > lo) return true;
    return false;
}

bool person_has(const passage *p, uint32_t i) {
    uint32_t n = i < p->word_count && p->words[i].marks & MARK_OWNS ? name_bytes(p, i) : 0;
    if (n < NAME_LEAST) return false;
    str name = surface_slice(p->on, p->words[i].lo, p->words[i].lo + n);
    if (name.p[0] < 'A' || name.p[0] > 'Z') return false;
    for (ptrdiff_t k = 1; k < name.n; k++)
        if (name.p[k] < 'a' || name.p[k] > 'z') return false;
    return !str_is_among(name, MAKERS) && !str_is_among(name, NOBODYS) && !is_known(p, p->words[i].lo, p->words[i].hi);
}

/* "Isolde keeps everything on one big VPS": the sentence begins with a name that nobody declared, in the place of who
 * has or does it. "Inference runs on vLLM" begins with what is done. */
static bool begins_with_name(const passage *p) {
    static const char deeds[] = "has had keeps kept runs ran uses used owns bought hosts serves publishes still also "
                                "swears sticks lives stays rents pays";
    static const char *const ends[] = {"ing", "ion", "ment", "ence", "ance", "age",   "ory",  "ness", "ity", "are",
                                       "up",  "ups", "ic",   "er",   "ers",  "thing", "body", "one",  "ch",  "ute"};
    str name = p->word_count > 1 ? surface_slice(p->on, p->words[0].lo, p->words[0].hi) : STR("");
    if (name.n < NAME_LEAST || name.p[0] < 'A' || name.p[0] > 'Z' || p->kind != PASSAGE_SENTENCE) return false;
    if (p->words[0].cues || p->words[0].marks & ~(uint32_t)MARK_OWNS || p->words[0].hi + 1 != p->words[1].lo)
        return false;
    for (ptrdiff_t k = 1; k < name.n; k++)
        if (name.p[k] < 'a' || name.p[k] > 'z') return false;
    for (size_t k = 0; k < COUNT_OF(ends); k++)
        if (str_ends(name, str_from_cstr(ends[k]))) return false;
    return word_in(p, 1, deeds) && !str_is_among(name, NOBODYS) && !str_is_among(name, MAKERS) &&
           !is_known(p, p->words[0].lo, p->words[0].hi);
}

static const char INSTITUTIONS[] =
    "college museum archive county school library university company bank city town hall "
    "hospital church club agency publisher office institute council district parish "
    "neighbours neighbors bakery brewery theatre theater village lab club society";

/* "The museum across the square still has Debian 12. So had we.", "The county's are older than ours": another house,
 * and the sentence or the next one sets ours against it. */
static bool is_another_house(judge *j, const passage *p) {
    uint32_t house = 0;
    if (p->kind != PASSAGE_SENTENCE || !word_in(p, 0, "the a")) return false;
    for (uint32_t i = 1; i < p->word_count && i < HOUSE_WORDS && !house; i++) {
        str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        uint32_t n = name_bytes(p, i);
        if (str_is_among(n ? str_slice(said, 0, n) : said, INSTITUTIONS)) house = i;
    }
    if (!house) return false;
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t at = own; at < j->passage_count && at < own + 3 && j->passages[at].block == p->block; at++) {
        passage *x = &j->passages[at];
        passage_prepare(j, x);
        for (uint32_t i = 0; i < x->word_count && i < LEAD_WORDS; i++)
            if (word_in(x, i, "ours mine") || (at == own && word_in(x, i, "too") && i > house) ||
                (word_in(x, i, "so") && word_in(x, i + 1, "had do did have") && word_in(x, i + 2, "we i")) ||
                (at != own && i == 0 && word_in(x, 0, "we i")))
                return true;
    }
    return false;
}

static bool person_owns(const passage *p, clause_range part, uint32_t lo) {
    uint32_t first, end;
    bool owned = begins_with_name(p) && p->words[0].lo >= part.lo && p->words[0].hi < lo, named = owned;
    if (!owned && !(p->marks & (MARK_THEIRS | MARK_OWNS))) return false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        if (p->words[i].lo < part.lo) continue;
        if (p->words[i].cues & CUE_FIRST) owned = false; /* "Hanna's gateway is on 8000, ours on 8400" */
        if (named && word_in(p, i, "and but") && word_in(p, i + 1, "the my our it i we this"))
            owned = false; /* "Grace has 20 cores, and the system is …" */
        bool subject = i == 0 || p->words[i].lo == part.lo || word_in(p, i - 1, "and");
        if (word_in(p, i, "his her hers") || (subject && word_in(p, i, "he she"))) owned = true;
        if (word_in(p, i, "different") && word_in(p, i + 1, "configuration setup machine box build model"))
            owned = true;
        if (!person_has(p, i)) continue;
        uint32_t k = i + 1;
        while (k < end && k <= i + OWNED_WORDS && p->words[k].hi <= lo && !owned) {
            owned = is_known(p, p->words[k].lo, p->words[k].hi);
            if (strchr(",;:.()", p->on->text.p[p->words[k].hi])) break;
            k++;
        }
    }
    return owned;
}

static bool person_takes_back(const passage *p, clause_range part, uint32_t lo) {
    static const char before[] = "first last earlier previous once then correction erratum wrongly mistakenly ago "
                                 "yesterday letter issue edition version post";
    uint32_t first, end;
    bool then = false;
    if (!(p->marks & MARK_TOLD)) return false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i + 1 < end && p->words[i].hi <= lo; i++) {
        then = then || word_in(p, i, before);
        if (p->words[i].lo < part.lo ||
            !word_in(p, i, "wrote claimed thought believed assumed guessed promised said written"))
            continue;
        uint32_t who = i;
        while (who > first && word_in(p, who - 1, "i we had have even also once first always long still")) {
            who--;
            if (word_in(p, who, "i we")) break;
        }
        bool had = i > first && word_in(p, i - 1, "had");
        uint32_t that = i + 1; /* "I wrote on Monday that …" */
        while (that < end && that < i + 4 && !word_in(p, that, "that")) that++;
        if (word_in(p, who, "i we") && word_in(p, that, "that") && (then || had || that > i + 1)) return true;
    }
    return false;
}

/* "From his notes, with permission:", "Rejected, with reasons:", "Plans for the winter:", "What we decided against". */
static bool tells_of_another(const passage *x) {
    bool theirs = false, ours = false;
    if (word_in(x, 0, "rejected discarded dismissed declined plans ideas wishes")) return true;
    bool anyones = false;
    for (uint32_t i = 0; i < x->word_count && i < LEAD_WORDS; i++) {
        if (word_in(x, i, "decided turned ruled") && word_in(x, i + 1, "against down out")) return true;
        ours = ours || word_in(x, i, "my mine our ours we i");
        theirs = theirs || word_in(x, i, "his her hers he she") || person_has(x, i);
        anyones = anyones || (word_in(x, 0, "steps advice tips hints recipe") &&
                              word_in(x, i, "anyone anybody whoever beginners"));
    }
    return (theirs || anyones) && !ours;
}

/* The passage that stands above a list, a table or a section and leads in. */
static bool is_led_aside(judge *j, const passage *p) {
    if (p->lead != PASSAGE_NONE && (p->kind == PASSAGE_CELL || p->flags & PASSAGE_IN_LIST)) {
        passage *lead = &j->passages[p->lead];
        passage_prepare(j, lead);
        if (lead->text.hi > lead->text.lo && lead->on->text.p[lead->text.hi - 1] == ':' && tells_of_another(lead))
            return true;
    }
    if (p->heading == PASSAGE_NONE) return false;
    passage *heading = &j->passages[p->heading];
    passage_prepare(j, heading);
    if (word_in(heading, 0, "how what where") && word_in(heading, 1, "others")) return true;
    for (uint32_t i = 0; heading->marks & MARK_AGAINST && i < heading->word_count && i < LEAD_WORDS; i++)
        if (word_in(heading, i, "decided turned ruled") && word_in(heading, i + 1, "against down out")) return true;
    return false;
}

/* "What I turned down in the spring: a database in Frankfurt, …": the sentence leads in itself. */
static bool is_turned_down(const passage *p, uint32_t lo) {
    bool down = false;
    if (!word_in(p, 0, "what rejected discarded")) return false;
    for (uint32_t i = 0; i < p->word_count && i < LEAD_WORDS && p->words[i].hi <= lo; i++) {
        down = down || (i == 0 && !word_in(p, 0, "what")) ||
               (word_in(p, i, "decided turned ruled") && word_in(p, i + 1, "against down out"));
        if (down && p->on->text.p[p->words[i].hi] == ':') return true;
    }
    return false;
}

bool stance_is_beside(judge *j, const passage *p, clause_range part, uint32_t lo) {
    if (p->kind == PASSAGE_CODE) return false;
    return person_owns(p, part, lo) || is_another_house(j, p) || person_takes_back(p, part, lo) ||
           is_turned_down(p, lo) || is_led_aside(j, p);
}
