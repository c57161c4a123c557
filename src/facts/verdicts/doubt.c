/* doubt.c - does anything in the sentence let it be true after all?
 *
 * In: a claim that a judge is about to contradict, in its sentence. Out: the first doubt, or NULL. A judge finds that a
 * number, a name or a place disagrees with what is declared; it knows little of English. Most true sentences that
 * disagree with a manifest say so in one of a few ways, the same for every kind of claim:
 *
 *     whose       "a reader runs …", "the playbook says …", "at work I …", "a gateway that …"   not ours
 *     when        "at first it was weekly", "next month …", "on the night of …"                  not now
 *     whether     "… would …", "such as …", "is it …?"                                           not stated
 *
 * A contradiction needs the sentence to name the subject and the attribute beyond doubt: any doubt leaves the claim
 * unverified, which pays nothing and fails nothing. Cells have only a column and a row to doubt, code has none. It
 * never looks for a reason to contradict.
 */
#include "facts/verdicts/doubt.h"
#include "facts/reading/standing.h"

str doubt_said(const passage *p, uint32_t i) {
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    uint8_t last = said.n ? said.p[said.n - 1] : 0;
    if (last != 's' && last != '\'') return said;
    if (str_ends(said, STR("'s")))
        said.n -= 2;
    else if (str_ends(said, STR("\xe2\x80\x99s")))
        said.n -= 4;
    else if (str_ends(said, STR("s'")))
        said.n -= 1;
    return said;
}

uint32_t doubt_find(const passage *p, uint32_t from, uint32_t to, const char *list) {
    for (uint32_t i = from; i < to && i < p->word_count; i++)
        if (doubt_may_be(p, i, list) && doubt_word(p, i, list)) return i;
    return UINT32_MAX;
}

void doubt_words_of(const scene *s, clause_range range, uint32_t *from, uint32_t *to) {
    *from = s->first;
    while (*from < s->end && s->p->words[*from].lo < range.lo) ++*from;
    *to = *from;
    while (*to < s->end && s->p->words[*to].hi <= range.hi) ++*to;
}

bool doubt_is_own_stem(const scene *s, const numeric_fact *f, uint32_t i) {
    uint64_t stem = s->p->words[i].stem;
    if (fact_has_stem(f, stem) || fact_has_condition_stem(f, stem)) return true;
    for (uint32_t o = 0; o < f->owner_count; o++) {
        uint32_t count;
        const uint64_t *stems = fact_index_entity_stems(s->j->index, f->owners[o], &count);
        for (uint32_t k = 0; k < count && k < 32; k++)
            if (stems[k] == stem) return true;
    }
    return false;
}

bool doubt_names_owner(const judge *j, const numeric_fact *f, uint32_t index) {
    if (index == PASSAGE_NONE) return false;
    const passage *p = &j->passages[index];
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e)) return true;
    }
    return false;
}

/* Is it a word of the mark's class, or a possessive of one, "my brother's"? */
static bool has_mark(const passage *p, uint32_t i, uint32_t which) {
    if (i >= p->word_count) return false;
    const uint8_t *end = p->on->text.p + p->words[i].hi; /* 's, typographic too, or s' */
    bool possessive = p->words[i].hi - p->words[i].lo > 2 && (end[-1] == '\'' || end[-2] == '\'' || end[-2] == 0x99);
    return p->words[i].marks & which || (possessive && doubt_word(p, i, mark_words(which)));
}

/* People, makers and publications: what they have, run, offer, say or measure is theirs. */
bool doubt_is_people(const passage *p, uint32_t i) { return has_mark(p, i, MARK_PEOPLE); }

/* So does what is written, if it is not "this guide" or "our handbook". */
static bool is_writing(const passage *p, uint32_t i) { return has_mark(p, i, MARK_WRITING); }

bool doubt_is_others(const passage *p, uint32_t i) { return doubt_is_people(p, i) || is_writing(p, i); }

/* Is the word part of a name of the manifest, or of an item of its lists? Then it names that. */
static bool is_named(const scene *s, uint32_t i) {
    uint32_t first, end;
    passage_hit_window(s->p, s->p->words[i].lo, s->p->words[i].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &s->p->on->hits[h];
        if (hit->where.lo <= s->p->words[i].lo && hit->where.hi >= s->p->words[i].hi) return true;
    }
    return false;
}

/* ---- whose ---- */

/* These do so only in the clause itself: "placed by somebody who …" says nothing of whose the backup is. */
static const char OTHERS_NEAR[] = "somebody someone anybody anyone everybody everyone owner he she his her";

static const char SOMEBODY[] =
    "reader user customer client visitor man woman person student journalist engineer admin "
    "developer teacher stranger guest shop company studio firm farm clinic school blog post thread";
/* What doubt_whose asks of single words beside these and people: its own, and is_other_place's. */
static const char OTHERS_AND_PLACES[] = "one paper elsewhere next down across up at";

/* "at work", "at the office", "next door", "elsewhere" */
static bool is_other_place(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (doubt_word(p, i, "elsewhere")) return true;
    if (doubt_word(p, i, "next")) return doubt_word(p, i + 1, "door");
    if (doubt_word(p, i, "down across up"))
        return doubt_word(p, i + 1, "the") && doubt_word(p, i + 2, "road street hall corridor hill");
    if (!doubt_word(p, i, "at")) return false;
    for (uint32_t w = i + 1; w < i + 4 && w < s->at; w++)
        if (doubt_word(p, w, "other another")) return true; /* "at Hexham's other museum" */
    uint32_t k = i + 1;
    while (doubt_word(p, k, "the my our an old last previous former day")) k++;
    return doubt_word(p, k, "work office job school university client");
}

/* "When a customer uploads a file, the API publishes …": the clause in front has a subject of its own, and behind its
 * comma ours begins. */
static bool is_in_fronted_clause(const scene *s, uint32_t i) {
    if (!doubt_word(s->p, s->first, "when whenever once")) return false;
    for (uint32_t k = i + 1; k + 1 < s->at && k < i + 16; k++)
        if (str_starts(surface_slice(s->p->on, s->p->words[k - 1].hi, s->p->words[k].lo), STR(",")))
            return doubt_word(s->p, k, "the our my we i each every both");
    return false;
}

/* "a reader in Bergen gets …", "one customer runs …": somebody, where "the readers" and "our customers" may be served.
 */
static bool is_somebody(const scene *s, uint32_t i) {
    if (s->p->words[i].lo >= s->hi ||
        str_find_byte(surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi), '\'', 0) >= 0)
        return false;                                                      /* "not worth a visitor's time" */
    if (i > s->first + 1 && doubt_word(s->p, i - 2, "than")) return false; /* "more than one person" */
    if (is_in_fronted_clause(s, i)) return false;
    return i > s->first && doubt_word(s->p, i - 1, "a an another one") && doubt_word(s->p, i, SOMEBODY);
}

/* "Hers is the small one. It runs …": the sentence before is about somebody else's, and this one goes on about it. */
static bool is_of_the_last_named(const scene *s) {
    const passage *p = s->p;
    for (uint32_t k = 0; k < 3; k++) {
        bool on = doubt_word(p, 0, "it its they their there that this she he hers his her theirs and");
        if (!on || p->previous == PASSAGE_NONE) return false;
        p = &s->j->passages[p->previous];
        passage_prepare(s->j, (passage *)p);
        for (uint32_t i = 0; i < p->word_count && i < 64; i++) {
            bool somebody = doubt_is_people(p, i) || doubt_word(p, i, "hers theirs her she he");
            if (doubt_word(p, i, "tutorial tutorials guide manual readme documentation docs handbook brochure") &&
                i > 0 && i < 12 && !doubt_word(p, i - 1, "my our this these") && doubt_word(s->p, 0, "it they"))
                return true;    /* "what the tutorial says. It installs …" */
            bool named = false; /* "wicket … is the router" */
            for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && somebody; h++)
                named =
                    named || (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
                              hit_entity(s->j, &p->on->hits[h], -1) != MANIFEST_NONE);
            bool theirs = somebody && !named && i < 12; /* "it is with an S3-compatible provider": ours, there */
            for (uint32_t w = i; w > 0 && w + 4 > i && theirs; w--) theirs = !doubt_word(p, w - 1, "to for with by");
            if (theirs) return true;
        }
        if (p->cues & CUE_FIRST) return false;
    }
    return false;
}

static const char BODIES[] = "library museum university college institute group team society publisher paper newspaper "
                             "laboratory lab bank hospital bureau parish church brewery bakery council firm company "
                             "club shop school studio agency charity station party";
static const char DOES[] = "has had have runs ran run uses used use keeps kept keep got gets owns owned swears swear "
                           "bought pays paid measured reports reported gives does did";

static bool is_capital(const passage *p, uint32_t i) {
    uint8_t c = p->on->text.p[p->words[i].lo];
    return byte_is_alpha(c) && !(c & 0x20);
}

/* "A library I know has …", "one paper that we visited runs …", "a museum uses …": somebody by an indefinite noun, whom
 * the writer knows, or who is a body of people by the noun and has or does it. "Group B ran …", "The university at
 * Armidale has …", "The Gippsland group has …": a body of people by a letter or a name that is none of ours. */
static bool is_of_other_people(const scene *s) {
    static const char knows[] = "know knew met visited visit asked talked spoke wrote heard read saw see toured";
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    while (from < s->at && doubt_word(p, from, "and but while whereas so because")) from++;
    for (uint32_t i = from; i + 2 < s->at && i < from + 4; i++) {
        if (is_named(s, i)) return false; /* "hopper, a machine I know well" */
        bool any = doubt_word(p, i, "a an another one some");
        if (!any && i > from) continue;
        bool named = any, body = false;
        for (uint32_t k = any || doubt_word(p, i, "the") ? i + 1 : i; k < s->at && k < i + 14 && !is_named(s, k); k++) {
            if (p->words[k].lo > p->text.lo && p->on->text.p[p->words[k].lo - 1] == '(') { /* "(I'll call them so)" */
                while (k + 1 < s->at && p->on->text.p[p->words[k].hi] != ')') k++;
                continue;
            }
            bool comma = k > i && p->words[k - 1].hi < p->words[k].lo && p->on->text.p[p->words[k - 1].hi] == ',';
            if (p->words[k].cues & (CUE_PART | CUE_FIRST) && !doubt_word(p, k, "i we")) break;
            uint32_t verb = k + 1 + (k + 2 < s->at && doubt_word(p, k + 1, "once never only recently"));
            if (any && !comma && k > i + 1 && doubt_word(p, k, "i we") && doubt_word(p, verb, knows)) return true;
            if (doubt_word(p, k, "i we") || (comma && !doubt_word(p, k, "who which") && !doubt_word(p, k, DOES))) break;
            if (body && named && doubt_word(p, k, DOES)) return true;
            if (doubt_word(p, k, DOES)) break;
            bool one = k > i && p->words[k].hi == p->words[k].lo + 1 && doubt_word(p, k - 1, BODIES);
            named = named || (is_capital(p, k) && k > i && (one || doubt_word(p, i, "the")));
            body = body || (k < i + 4 && doubt_word(p, k, BODIES));
        }
    }
    return false;
}

/* "Its predecessor had …", "the one it replaced had …", "the model before it had …": no name of the claim's own thing
 * stands between, and nothing is compared with it ("Unlike its predecessor, …"). */
static bool is_of_a_predecessor(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from + 1; i + 1 < s->at; i++) {
        bool kin = doubt_word(p, i, "predecessor predecessors forerunner ancestor precursor successor");
        bool replaced = doubt_word(p, i, "replaced succeeded") && doubt_word(p, i - 1, "it this they") &&
                        i > from + 1 && doubt_word(p, i - 2, "one that which model machine box");
        bool prior = doubt_word(p, i, "before") && doubt_word(p, i + 1, "it this that them") && i > from + 1 &&
                     doubt_word(p, i - 2, "the a our my") && doubt_word(p, i + 2, "had was were ran took needed made");
        if (!kin && !replaced && !prior) continue;
        bool named = false;
        for (uint32_t k = i + 1; k < s->at; k++) named = named || is_named(s, k);
        uint32_t lead = i;
        while (lead > from && doubt_word(p, lead - 1, "its the their our my his her own direct immediate")) lead--;
        bool compared = lead > from && doubt_word(p, lead - 1, "unlike after than like as from of with to by against");
        if (compared && !doubt_word(p, i + 1, "which who that")) continue;
        if (!named || (kin && i + 2 < s->at && doubt_word(p, i + 1, "of to"))) return true;
    }
    return false;
}

static bool stands_behind_comma(const scene *s, uint32_t i) {
    return i > 0 && s->p->on->text.p[s->p->words[i - 1].hi] == ',';
}

/* "the bucket is with a small provider in X", "in a colleague's former office in X": who keeps our thing there. */
static bool keeps_ours(const scene *s, uint32_t i) {
    if (s->c->kind != CLAIM_PLACE) return false;
    const passage *p = s->p; /* "quay, in X, is a small one at my brother's": the town is the name's own */
    if (i >= s->after && s->hi < p->text.hi && p->on->text.p[s->hi] == ',' && s->at > s->first + 1 &&
        doubt_word(p, s->at - 1, "in at") && stands_behind_comma(s, s->at - 1))
        return true;
    for (uint32_t k = i + 1; k < s->at && k < i + 4; k++)
        if (is_housing(s->p, k) && k + 2 == s->at) return true;
    if (i > s->after + 1 && doubt_word(p, i - 1, "my our a the") && /* "in X, at my sister's place" */
        ((doubt_word(p, i - 2, "at with in") && stands_behind_comma(s, i - 2)) ||
         doubt_word(p, i - 2, "beside behind under above") || /* "in X, right next to the router" */
         (doubt_word(p, i - 2, "to") && doubt_word(p, i - 3, "next"))))
        return true;
    for (uint32_t k = i; k > s->after && i - k < 4; k--) /* "the bucket is in X, with a provider of buckets" */
        if (doubt_word(s->p, k - 1, "with at") && stands_behind_comma(s, k - 1))
            return doubt_word(s->p, i, "provider hoster company");
    if (i + 2 != s->at) return false;
    for (uint32_t k = i; k > s->first + 1 && i - k < 6; k--)
        if (doubt_word(s->p, k - 1, "with at") && doubt_word(s->p, k - 2, "is are")) return true;
    return false;
}

/* "It lives in X, and my sister owns the attic": behind the claim, a clause with a subject of its own. */
static bool begins_another_clause(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (i < 2 || p->words[i].lo < s->hi || !doubt_word(p, i, "and but") || p->words[i - 1].hi < s->hi) return false;
    if (surface_slice(p->on, p->words[i - 1].hi, p->words[i].lo).p[0] != ',') return false;
    return doubt_word(p, i + 1, "my our the a an this it we i") && !doubt_word(p, i + 2, "same");
}

/* "Larger than that, a lawyer in Antwerp has …": somebody of a place, who has or does it. */
static bool has_indefinite_owner(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from; (i = doubt_find(p, i, s->at, "a an another one")) != UINT32_MAX && i + 4 < s->at; i++) {
        if (is_named(s, i + 1) || p->words[i + 1].cues & CUE_PART) continue;
        if (!doubt_word(p, i + 2, "in at from near") || is_named(s, i + 3)) continue;
        if (doubt_word(p, i + 1, "copy bucket container mirror replica room cellar cupboard rack instance region"))
            continue;
        uint8_t capital = p->on->text.p[p->words[i + 3].lo];
        uint32_t verb = i + 4;
        bool named_place = byte_is_alpha(capital) && !(capital & 0x20);
        if (named_place && (p->words[verb].cues & (CUE_HAVE | CUE_RUN) ||
                            doubt_word(p, verb,
                                       "has had runs ran uses used keeps kept got gets sent measured reports reported "
                                       "wrote writes bought owns gives does did")))
            return true;
    }
    return false;
}

/* "The consortium offers a hosted …", "one firm sells": what is on offer is not here. */
static bool is_on_offer(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    static const char offers[] = "offers offer sells sell advertises advertise charges charge";
    for (uint32_t i = from + 1; (i = doubt_find(p, i, s->at, offers)) != UINT32_MAX; i++)
        if (!is_named(s, i - 1) && !(p->words[i - 1].cues & CUE_FIRST) &&
            !(i > from + 1 && p->words[i - 2].cues & CUE_FIRST) &&
            !doubt_word(p, i - 1, "that which it here on special"))
            return true;
    return false;
}

/* "The Frisians have …", "but the French use …": others, by the name of a people or of several. */
static bool is_of_a_people(const scene *s, uint32_t from) {
    const passage *p = s->p;
    while (from < s->at && doubt_word(p, from, "and but while whereas so because")) from++;
    if (from + 2 >= s->at || !doubt_word(p, from, "the")) return false;
    str name = surface_slice(p->on, p->words[from + 1].lo, p->words[from + 1].hi);
    bool capital = name.p[0] >= 'A' && name.p[0] <= 'Z' && name.n > 3 && name.p[1] >= 'a' && name.p[1] <= 'z';
    bool several = str_ends(name, STR("s")) || str_ends(name, STR("men")) || str_ends(name, STR("ish")) ||
                   str_ends(name, STR("ese")) || str_ends(name, STR("nch")) || str_ends(name, STR("tch"));
    return capital && several && !is_named(s, from + 1) && !(p->words[from + 1].cues & CUE_PART) &&
           doubt_word(p, from + 2, "have had run use used keep kept get got take took pay paid do did swear prefer");
}

/* "our accountant sits …", "the vet lives …": a calling, and the verb of where one is. */
static bool is_a_person(const scene *s, uint32_t i) {
    static const char *const callings[] = {"tant", "yer", "tist", "nist", "alist", "ician", "woman", "postman"};
    str said = surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi);
    bool calling =
        doubt_word(s->p, i, "vet doctor notary landlord editor author teacher tutor parents bishop auditor nurse");
    for (size_t k = 0; k < COUNT_OF(callings); k++)
        calling = calling || (said.n > 5 && str_ends(said, str_from_cstr(callings[k])));
    return calling && !is_named(s, i) && !(s->p->words[i].cues & CUE_PART) &&
           doubt_word(s->p, i + 1, "sits lives is works stays moved has");
}

static const char *doubt_whose(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    if (from < to && doubt_begins_with_person(s, from)) OBJECT(s->j, "it may be said of somebody else");
    for (uint32_t i = from; i < to; i++) {
        if (p->words[i].lo >= s->lo && p->words[i].hi <= s->hi) continue;
        if (begins_another_clause(s, i)) break;
        bool listed =
            doubt_may_be(p, i, OTHERS_NEAR) || doubt_may_be(p, i, SOMEBODY) || doubt_may_be(p, i, OTHERS_AND_PLACES);
        if (s->c->kind != CLAIM_PLACE && !listed && !doubt_is_others(p, i)) continue;
        bool near = p->words[i].lo >= s->clause.lo && p->words[i].hi <= s->clause.hi; /* "somebody whose models …" */
        near = near || (doubt_word(p, i + 1, "whose who") && p->words[i + 1].lo <= s->lo);
        if (doubt_word(p, i, "one") && doubt_word(p, i + 1, "who whose") && p->words[i + 1].lo <= s->lo)
            OBJECT(s->j, "it may be said of somebody else");
        if ((near || i < from + 2) && is_other_place(s, i)) OBJECT(s->j, "it may be said of another place");
        bool written = is_writing(p, i) && !(i > s->first && doubt_word(p, i - 1, "this my our"));
        bool firm = s->c->kind == CLAIM_PLACE && i < s->at &&
                    doubt_word(p, i, "firm company agency bank headquarters") &&
                    doubt_word(p, i + 1, "has have is sits keeps moved opened"); /* it has its own places */
        if (firm && !is_named(s, i)) OBJECT(s->j, "it may be said of somebody else");
        if (s->c->kind == CLAIM_PLACE && i < s->at && is_a_person(s, i))
            OBJECT(s->j, "it may be said of somebody else");
        if (doubt_word(p, i, "paper") && i > s->first && doubt_word(p, i - 1, "on")) written = false;
        if (written && i > s->after + 1 && doubt_is_occasion(s, i)) written = false;
        bool told = i > s->first + 1 && doubt_word(p, i - 1, "my our") && doubt_word(p, i - 2, "to") &&
                    doubt_word(p, i, "phone phones");    /* "sends alerts to my phone" */
        for (uint32_t k = s->after; k < i && !told; k++) /* "a shell that asks for confirmation on a phone" */
            told = doubt_word(p, k, "that which") && p->words[i].marks & MARK_DEVICE;
        if ((written || (doubt_is_people(p, i) && !told) || is_somebody(s, i) ||
             (near && doubt_word(p, i, OTHERS_NEAR) && !doubt_is_for_all(s, i))) &&
            !is_named(s, i) && !keeps_ours(s, i))
            OBJECT(s->j, "it may be said of somebody else");
    }
    for (uint32_t i = from; i + 1 < to && p->words[i].hi < s->lo; i++) { /* "My previous server had …" */
        bool former = doubt_word(p, i, "previous former earlier") && i > s->first &&
                      doubt_word(p, i - 1, "my our the his her their a");
        if (former && !is_named(s, i + 1) &&
            doubt_word(p, i + 1, "server machine box laptop tower computer host cluster workstation desktop setup rig"))
            OBJECT(s->j, "it may be said of another machine");
    }
    /* "A library in Leeds measured …" */
    if (p->kind == PASSAGE_SENTENCE && s->first == 0 && s->at > 4 && doubt_word(p, 0, "a an another") &&
        doubt_word(p, 2, "in at from near") && !is_named(s, 1) && !(p->words[1].cues & CUE_PART)) {
        uint8_t capital = p->on->text.p[p->words[3].lo];
        if (byte_is_alpha(capital) && !(capital & 0x20) && !is_named(s, 3))
            OBJECT(s->j, "it may be said of somebody else");
    }
    if (has_indefinite_owner(s) || is_of_other_people(s) || doubt_is_of_many_people(s))
        OBJECT(s->j, "it may be said of somebody else");
    if (is_of_a_predecessor(s)) OBJECT(s->j, "it is said of what came before or after");
    if (is_of_the_last_named(s)) OBJECT(s->j, "the sentence before speaks of somebody else");
    doubt_words_of(s, s->clause, &from, &to);
    uint8_t c = from < to ? p->on->text.p[p->words[from].lo] : 0;
    if (byte_is_alpha(c) && !(c & 0x20) && from + 1 < s->at && doubt_word(p, from + 1, "has have had") &&
        !is_named(s, from) && !(p->words[from].cues & (CUE_STOP | CUE_FIRST | CUE_PART | CUE_NEGATION)))
        OBJECT(s->j, "another name is the subject"); /* "Hopper has …" */
    if (is_of_a_people(s, from)) OBJECT(s->j, "another name is the subject");
    doubt_words_of(s, s->part, &from, &to);
    bool nothing_behind = from + 1 < to && p->words[from].hi < s->lo && p->on->text.p[p->words[from].hi] == ',';
    if (from < to && doubt_word(p, from, "another") && /* "Another, with an RTX 4090, has …" */
        (nothing_behind || doubt_word(p, from + 1, "with has had runs uses who whose reports wrote writes says sent")))
        OBJECT(s->j, "it may be said of somebody else");
    if (from < to && doubt_word(p, from, "some other others many most people few") && !doubt_word(p, from + 1, "of"))
        OBJECT(s->j, "it may be said of somebody else");
    return NULL;
}

/* ---- which one ---- */

/* Does the sentence say of the host that it runs, serves or hosts what is declared to run there? */
static bool names_what_runs(const scene *s) {
    const passage *p = s->p;
    uint32_t verb = doubt_find(p, s->after, s->end, "runs serves hosts handles");
    bool item = p->flags & PASSAGE_IN_LIST && !(p->cues & (CUE_RUN | CUE_WAS | CUE_IF));
    if (verb == UINT32_MAX && item) verb = doubt_find(p, s->after, s->end, "with"); /* "Edge: a VPS in X, with Caddy" */
    return verb != UINT32_MAX && host_names_its_own(s->j, p, s->entity, p->words[verb].hi, p->text.hi);
}

/* Every name of the entity in the sentence is that of any such thing: "a VPS in Paris", "another gateway". */
static bool is_any_such(const scene *s) {
    const passage *p = s->p;
    if (s->entity == MANIFEST_NONE) return false;
    uint8_t kind = s->j->m->entities[s->entity].kind; /* "a deployment takes …": ours */
    if (kind == ENTITY_SERVICE && doubt_serves_us(s)) return false;
    bool process = kind == ENTITY_PROCESS, part = kind == ENTITY_HARDWARE, any = false;
    if (kind == ENTITY_HOST && (names_what_runs(s) || host_is_ours(s->j, s->j->judging, s->entity)))
        return false; /* "A VPS in Paris runs Caddy": with what runs on ours */
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(s->j, hit, -1) != s->entity) continue;
        uint32_t i = s->first;
        while (i < s->end && p->words[i].lo < hit->where.lo) i++;
        bool indefinite = false;
        for (uint32_t k = i, looked = 0; k > s->first && looked < 3; k--, looked++) {
            bool listed = k < p->word_count &&
                          p->words[k - 1].hi + 1 < p->words[k].lo && /* "an SSH daemon, Caddy 2.10" */
                          p->on->text.p[p->words[k - 1].hi] == ',';
            if (listed) break;
            /* "A VPS in X costs …" is any, "served from a VPS in X" is the one that is served from. */
            bool opens =
                k - 1 == s->first || p->words[k - 2].hi + 1 < p->words[k - 1].lo || p->words[k - 2].cues & CUE_BREAK;
            /* "each has an EPYC 7313P" is ours, "An EPYC 7313P has …" is any. */
            if (part) opens = k - 1 == s->first && s->first == 0 && i == k;
            if (k > s->first + 1 && doubt_word(p, k - 1, "a an") && doubt_word(p, k - 2, "also")) {
                indefinite = true; /* "There is also a 4060 Ti with 8 GB" */
                break;
            }
            bool any_one = !process && opens && doubt_word(p, k - 1, "a an");
            if (any_one || doubt_word(p, k - 1, "another any other earlier old older previous former next future") ||
                (!process && doubt_word(p, k - 1, "first original"))) {
                indefinite = true;
                break;
            }
            if (doubt_word(p, k - 1, "the my our this that its their these those") || p->words[k - 1].cues & CUE_STOP)
                break;
        }
        if (!indefinite) return false;
        any = true;
    }
    return any;
}

/* ---- when, whether ---- */

static bool is_question(const passage *p) { return str_ends(str_trim(passage_text(p)), STR("?")); }

/* "such as 40213", "for example port 9000", "e.g. 8080" */
static bool is_example(const scene *s) {
    const passage *p = s->p;
    if (doubt_word(p, s->after, "for") && doubt_word(p, s->after + 1, "example instance")) return true;
    for (uint32_t i = s->at, looked = 0; i > s->first && looked < 5; i--, looked++) {
        bool domain =
            p->words[i - 1].lo > p->text.lo && p->on->text.p[p->words[i - 1].lo - 1] == '.'; /* gate.example */
        bool instance = doubt_word(p, i - 1, "instance") && i > s->first + 1 && doubt_word(p, i - 2, "for");
        if (instance || (doubt_word(p, i - 1, "example e.g eg") && !domain)) return true;
        if (doubt_word(p, i - 1, "g") && i > s->first + 1 && doubt_word(p, i - 2, "e")) return true; /* e.g. */
        if (s->c->kind != CLAIM_EXPOSES && doubt_word(p, i - 1, "such") && doubt_word(p, i, "as")) return true;
    }
    return false;
}

static bool is_of_plans(const passage *p, uint32_t i) {
    if (doubt_word(p, i, "plans wishes wishlist roadmap wanted intend intends intended upcoming todo")) return true;
    if (doubt_word(p, i, "planned hoped")) return i == 0 || !doubt_word(p, i - 1, "as than");
    if (doubt_word(p, i, "to")) return doubt_word(p, i + 1, "come do");
    return doubt_word(p, i, "next") &&
           (i + 1 >= p->word_count || (doubt_word(p, i + 1, "on") && doubt_word(p, i + 3, "list agenda plan")) ||
            doubt_word(p, i + 1, "year month spring summer autumn winter quarter steps"));
}

/* "Plans, in this order: Slurm 25.11, nine cameras", and the same without a verb below such a heading or lead-in: a
 * list of what is to come. A verb of having or running between ("Plans are one thing: we have nine") states what is. */
static bool is_in_a_list_of_plans(const scene *s) {
    passage *p = s->p;
    uint32_t colon = UINT32_MAX, last = UINT32_MAX;
    if (p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = s->first; i < s->at; i++) {
        uint32_t next = i + 1 < p->word_count ? p->words[i + 1].lo : p->text.hi;
        for (uint32_t k = p->words[i].hi; k < next && k < s->lo; k++)
            if (p->on->text.p[k] == ':') colon = k, last = i;
    }
    for (uint32_t i = last == UINT32_MAX ? s->first : last + 1; i < s->end; i++) {
        bool item = i > 0 && p->words[i].lo >= s->hi && p->words[i - 1].hi < p->words[i].lo &&
                    strchr(",;.", p->on->text.p[p->words[i - 1].hi]) != NULL; /* the next of the list */
        if (p->words[i].lo >= s->hi && (item || doubt_word(p, i, "if as when once because which that who should")))
            break;
        if (doubt_word(p, i, "and")) continue; /* "Hugo 0.153, Caddy 2.11 and Docker 29" */
        if (p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_WAS) || doubt_word(p, i, "is are we i")) return false;
    }
    for (uint32_t i = s->first; colon != UINT32_MAX && i <= last; i++)
        if (is_of_plans(p, i)) return true;
    const uint32_t frames[3] = {p->heading, p->flags & PASSAGE_IN_LIST ? p->lead : PASSAGE_NONE, p->label};
    for (int k = 0; k < 3; k++) {
        if (frames[k] == PASSAGE_NONE) continue;
        passage *frame = &s->j->passages[frames[k]];
        passage_prepare(s->j, frame);
        for (uint32_t i = 0; i < frame->word_count && i < 24; i++)
            if (is_of_plans(frame, i)) return true;
    }
    return false;
}

/* "would", "will", "next month", "is planned": not so, or not yet. */
static const char *doubt_whether(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    day_number first, last;
    if (s->j->day && told_days(s->j, s->p, &first, &last) && first > s->j->day)
        OBJECT(s->j, "it is told of a day to come");
    bool figure = s->c->kind == CLAIM_QUANTITY || s->c->kind == CLAIM_BENCHMARK || s->c->kind == CLAIM_HARDWARE;
    if (!figure && is_question(p)) OBJECT(s->j, "it is asked"); /* "is 51.8 tok/s sensible?" states the figure */
    if (is_example(s)) OBJECT(s->j, "it is an example");
    if (is_in_a_list_of_plans(s)) OBJECT(s->j, "it is not said to be so now");
    doubt_words_of(s, s->clause, &from, &to);
    bool habit = s->c->kind == CLAIM_PROCESS && p->cues & CUE_FIRST; /* "if the score drops, I retrain" */
    if (!habit && from < to && p->words[from].cues & CUE_IF && from < s->at) OBJECT(s->j, "it is a condition");
    for (uint32_t i = from; i < s->at; i++)
        if (doubt_word(p, i, "says said claims claimed mentions mentioned advertises advertised promises promised") &&
            !(i > s->first && doubt_word(p, i - 1, "sheet meter log output panel smi")) &&
            !(s->c->kind == CLAIM_VERSION && i > s->first && doubt_is_program(s, i - 1)) &&
            !(s->c->kind == CLAIM_VERSION && !p->on->of && s->j->art->prose.p[s->lo] == PROSE_MASK)) /* a file's line */
            OBJECT(s->j, "it is reported");
    for (uint32_t i = from; figure && i < s->at; i++) /* "I had estimated the index at 800 MB" */
        if (doubt_word(p, i,
                       "estimate estimates estimated estimating expect expects expected expecting guess guessed "
                       "guesses assume assumed "
                       "assumes feared hoped budgeted reckoned predicted predicts"))
            OBJECT(s->j, "it is an estimate");
    if (doubt_is_advised(s, from)) OBJECT(s->j, "others advise it");
    for (uint32_t i = from; i < to; i++) {
        if (p->words[i].lo >= s->lo && p->words[i].hi <= s->hi) continue;
        if (doubt_word(p, i, "tomorrow")) OBJECT(s->j, "it is not said to be so now");
        bool before = p->words[i].hi <= s->lo, behind = i == s->after || (i == s->after + 1 && !figure);
        if (s->c->kind == CLAIM_PLACE) behind = false;        /* "the 38 TB in X would keep the line busy" */
        bool other = i > from && doubt_word(p, i - 1, "and"); /* "reads 6.8 GB/s and would …": another predicate */
        if ((before || behind) && !other &&
            doubt_word(p, i, "would could might will won't i'd we'd i'll we'll plan plans planned soon tomorrow"))
            OBJECT(s->j, "it is not said to be so now");
        if (before && figure && doubt_word(p, i, "can may") && doubt_word(p, i + 1, "be") && /* "can be resized to" */
            doubt_word(p, i + 2,
                       "resized upgraded raised bought ordered had extended expanded increased equipped fitted "
                       "configured grown doubled"))
            OBJECT(s->j, "it is not said to be so now");
        bool joined = p->words[i].lo > p->text.lo && p->on->text.p[p->words[i].lo - 1] == '-'; /* "Qwen3-Next on" */
        if (doubt_word(p, i, "next") && !joined &&
            doubt_word(p, i + 1,
                       "day week month year quarter spring summer autumn fall winter "
                       "release version time step on in"))
            OBJECT(s->j, "it is not said to be so now");
    }
    for (uint32_t i = s->first; i < s->at && i < 6; i++) /* "Next year the drill will …", "By autumn …" */
        if (doubt_word(p, i, "next") && doubt_word(p, i + 1, "day week month year quarter spring summer autumn winter"))
            OBJECT(s->j, "it is not said to be so now");
    return NULL;
}

const char *contradiction_doubt(judge *j, const claim *c) {
    passage *p = j->judging;
    if (!p || c->kind == CLAIM_COMMAND) return NULL; /* what is typed has no tense; command_lines.c asks the rest */
    passage_prepare(j, p);
    const char *packed = doubt_of_chart(j, p, c), *doubt = packed ? packed : doubt_of_scratch(j, p, c);
    if (doubt) return doubt;
    if (p->kind == PASSAGE_CELL) return doubt_of_cell(j, p, c);
    if (p->kind == PASSAGE_CODE) return doubt_of_code(j, p, c);
    scene s = {.j = j, .p = p, .c = c, .lo = j->judging_at.lo, .hi = j->judging_at.hi, .entity = MANIFEST_NONE};
    passage_window(p, s.lo, s.hi, &s.first, &s.end);
    s.at = s.first;
    while (s.at < s.end && p->words[s.at].hi <= s.lo) s.at++;
    s.after = s.at;
    while (s.after < s.end && p->words[s.after].lo < s.hi) s.after++;
    s.clause = clause_at(j, p, s.lo, s.hi);
    s.part = stance_part(p, s.lo, s.hi);
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    if (e) s.entity = (uint32_t)(e - j->m->entities);
    doubt = doubt_of_teller(&s);
    if (!doubt) doubt = doubt_of_vendor(&s);
    if (!doubt) doubt = doubt_whether(&s);
    if (!doubt) doubt = doubt_whose(&s);
    if (!doubt && c->kind == CLAIM_EXISTENCE && is_on_offer(&s)) doubt = "it is offered, not said to be here";
    if (!doubt) doubt = doubt_of_subject(&s);
    if (!doubt) doubt = doubt_of_foreign(&s);
    if (!doubt && is_any_such(&s)) doubt = "it is said of any such thing";
    if (!doubt && j->contradicting) doubt = doubt_of_figure(&s, j->contradicting);
    return doubt ? doubt : doubt_of_kind(&s);
}
