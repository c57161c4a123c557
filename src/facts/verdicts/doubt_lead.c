/* doubt_lead.c - what the sentence before a block, or the one behind it, says of where and when it was printed.
 *
 *     "A friend's machine prints this:"                       another machine
 *     "Here is the same on Warren's Mac."                     the same, without a colon
 *     "Right after the first install it said:"                another time
 *     "What you don't want to see:"                           a state that is none of today's
 *     ``` … ``` "That was before the reboot."                 told afterwards
 *
 * In: the passage of a claim in a code block. Out: the doubt, or NULL. What is typed or configured is doubted for less
 * than what was printed: a command is asserted wherever it stands.
 */
#include "facts/verdicts/doubt.h"

enum { DAYS_OLD = 30, WORDS_READ = 64, LINES_AHEAD = 96 };

static const char MONTHS[] = "january february march april may june july august september october november december";

static const char OTHER_TIMES[] = "during example examples default defaults sample ships";

/* "A client's machine", "Warren's desktop", "the machine of a client": the possessive of somebody whom the manifest
 * does not know before a machine. "lamp1's disks" are ours. */
static bool is_somebodys(const judge *j, const passage *lead, uint32_t i) {
    bool possessive = word_is_possessive(lead, i);
    if (doubt_word(lead, i, "client customer student guest visitor reader subscriber") && i > 0 &&
        (possessive || doubt_word(lead, i - 1, "a an one another")))
        return true;
    if (!possessive || doubt_word(lead, i, "it that here there what today year month week day")) return false;
    for (uint32_t h = lead->hit_lo; h < lead->hit_hi && h < lead->hit_lo + 64; h++)
        if (lead->on->hits[h].where.lo <= lead->words[i].lo && lead->on->hits[h].where.hi + 4 > lead->words[i].hi &&
            hit_entity(j, &lead->on->hits[h], -1) != MANIFEST_NONE)
            return false;
    for (uint32_t k = i + 1; k < lead->word_count && k < i + 4; k++)
        if (doubt_word(lead, k,
                       "machine box server laptop desktop workstation pc computer node tower vm instance output log "
                       "terminal screenshot setup rig numbers"))
            return true;
    return false;
}

/* "On the day of the upgrade", "back then", "last year", "the night that it failed": a day of its own. */
static bool is_that_day(const passage *lead, uint32_t i) {
    if (doubt_word(lead, i, "back")) return doubt_word(lead, i + 1, "then");
    if (doubt_word(lead, i, "last")) return doubt_word(lead, i + 1, "year month spring summer autumn winter");
    return i > 0 && doubt_word(lead, i, "day night morning evening afternoon hour weekend") &&
           doubt_word(lead, i - 1, "the that") && doubt_word(lead, i + 1, "of before after when that it");
}

/* "My own machine at home", "the stick with which I try releases", "a test machine": a machine of the writer's that is
 * none of those declared. */
static bool is_side_machine(const passage *lead, uint32_t i) {
    if (doubt_word(lead, i, "at")) return doubt_word(lead, i + 1, "home work school");
    if (doubt_word(lead, i, "stick sandbox playground throwaway testbed staging beta preview")) return true;
    if (doubt_word(lead, i, "virtual")) return doubt_word(lead, i + 1, "machine machines");
    if (doubt_word(lead, i, "vm")) return i > 0 && doubt_word(lead, i - 1, "a an another");
    if (doubt_word(lead, i, "release")) return doubt_word(lead, i + 1, "candidate");
    if (doubt_word(lead, i, "i we")) return doubt_word(lead, i + 1, "try test");
    return doubt_word(lead, i, "test old spare scratch second other previous former") &&
           doubt_word(lead, i + 1, "machine box server host node vm laptop cluster pool card disk install");
}

/* "the first install", "right after the move of May", "in 2024", "on 3 October": a time of its own. */
static bool is_other_time(const judge *j, const passage *lead, uint32_t i) {
    unsigned year = 0, month, day;
    uint64_t number;
    str said = surface_slice(lead->on, lead->words[i].lo, lead->words[i].hi);
    if (doubt_word(lead, i, "first") && i > 0 && doubt_word(lead, i - 1, "the its our my at"))
        return doubt_word(lead, i + 1, "install installation boot day days week weeks month start time version try") ||
               doubt_word(lead, i - 1, "at");
    if (doubt_word(lead, i, "old older previous former earlier")) return i > 0 && doubt_word(lead, i - 1, "the my our");
    if (doubt_word(lead, i, "fresh freshly")) return i == 0;
    if (doubt_word(lead, i, MONTHS) && i > 0 && said.p[0] < 'a')
        return doubt_word(lead, i - 1, "of in last from early late") && !doubt_word(lead, 0, "since");
    if (i == 0 || said.n != 4 || !str_to_u64(said, &number) || number < 1990 || number > 2100) return false;
    date_split(j->day ? j->day : j->m->as_of, &year, &month, &day);
    return number < year && doubt_word(lead, i - 1, "in of from until before") && !doubt_word(lead, 0, "since");
}

/* "…, here is what I see on an ordinary morning": what is shown is ours and of now, whatever was asked before. */
static bool is_what_i_see(const passage *lead) {
    for (uint32_t i = 0; i + 3 < lead->word_count && i < WORDS_READ; i++)
        if (doubt_word(lead, i, "here") && doubt_word(lead, i + 1, "is are") && doubt_word(lead, i + 2, "what") &&
            doubt_word(lead, i + 3, "i we") && doubt_word(lead, i + 4, "see get have run use"))
            return true;
    return false;
}

/* "What you don't want to see", "one with a missing disk says this": a state that somebody fears, or tells of. */
static bool is_fault(const passage *lead, uint32_t i) {
    if (doubt_word(lead, i, "want like hope wish"))
        return i > 0 && (lead->words[i - 1].cues & CUE_NEGATION || doubt_word(lead, i - 1, "never"));
    if (doubt_word(lead, i, "without")) return i == 0; /* "Without the unit that lowers it …" */
    if (doubt_word(lead, i, "expected usually typically")) return !(i > 0 && doubt_word(lead, i - 1, "as than"));
    if (doubt_word(lead, i, "forgotten overlooked outdated")) return true;
    if (doubt_word(lead, i, "if")) return doubt_word(lead, i + 1, "you your") && !is_what_i_see(lead);
    if (doubt_word(lead, i, "that which")) /* "the kernel that hung", "an upgrade that went wrong" */
        return doubt_word(lead, i + 1, "hung failed broke crashed died froze went came ran had refused bit");
    return i > 0 &&
           doubt_word(lead, i, "missing broken failed failing crashing dead degraded faulty unplugged dying full") &&
           doubt_word(lead, i - 1, "a an the one is was when");
}

static const char *doubt_of_words(judge *j, const passage *lead) {
    for (uint32_t i = 0; i < lead->word_count && i < WORDS_READ; i++) {
        if (is_side_machine(lead, i)) OBJECT(j, "what leads in speaks of another machine");
        if (is_other_time(j, lead, i) || is_fault(lead, i))
            OBJECT(j, "what leads in speaks of another time, or of an example");
    }
    return NULL;
}

/* "Warren's first try", "what the tutorials tell you to write", "before the upgrade", "to try the next release", "I'd
 * write": a file or a command that is not the one in use. `number`: a setting, which a condition takes away as well. */
static bool is_not_in_use(const passage *lead, bool number) {
    for (uint32_t i = 0; i < lead->word_count && i < WORDS_READ; i++) {
        bool last = i + 1 >= lead->word_count;
        if (doubt_word(lead, i, "quickstart boilerplate template skeleton sample pgtune")) return true;
        if (doubt_word(lead, i,
                       "suggests suggested proposes proposed recommends recommended advises advised tells tell"))
            return i == 0 || !(lead->words[i - 1].cues & CUE_FIRST);
        if (doubt_word(lead, i, "first") && doubt_word(lead, i + 1, "try attempt guess draft")) return true;
        if (doubt_word(lead, i, "quick") && doubt_word(lead, i + 1, "start")) return true;
        if (doubt_word(lead, i, "documentation docs manual talk slide slides"))
            return doubt_find(lead, 0, lead->word_count < WORDS_READ ? lead->word_count : WORDS_READ,
                              "my our we i mine ours") == UINT32_MAX;
        if (doubt_word(lead, i, "to") && doubt_word(lead, i + 1, "try test"))
            return i == 0 || doubt_word(lead, i - 1, "want like");
        if (doubt_word(lead, i, "to want") && doubt_word(lead, i + 1, "go roll switch step") &&
            doubt_word(lead, i + 2, "back")) /* "To go back, this is enough:" */
            return true;
        if (doubt_word(lead, i, "newest newer next latest") && i > 0 && doubt_word(lead, i - 1, "the a")) return true;
        if (doubt_word(lead, i, "downgrade revert rollback instead")) return true;
        if (i == 0 && doubt_word(lead, 0, "for") && doubt_word(lead, 1, "a an")) return true; /* "For a 5090:" */
        if (doubt_word(lead, i, "test spare") && doubt_word(lead, i + 1, "instance server machine cluster node box"))
            return true;
        if (doubt_word(lead, i, "test trial experiment") && i > 0 && doubt_word(lead, i - 1, "a the one an"))
            return i > 1 && doubt_word(lead, i - 2, "for in during");
        if (doubt_word(lead, i, "before") && (last || doubt_word(lead, i + 1, "the that this it we our")))
            return !number || !(lead->cues & CUE_MODAL);
        if (number && i == 0 && doubt_word(lead, i, "if")) return true;
        if (number && doubt_word(lead, i, "would i'd we'd you'd could might")) return true;
        if (number && doubt_word(lead, i, "second other smaller test spare") &&
            doubt_word(lead, i + 1, "instance server machine copy cluster node"))
            return true;
    }
    return false;
}

/* "On the laptop, where I develop, …", "During the drill …": a place or a time begins the sentence. */
static bool is_situation(const passage *lead) {
    return doubt_word(lead, 0, "on in for during with at") && doubt_word(lead, 1, "the a an my our");
}

/* Does a sentence that ends in no colon lead in all the same: "… printed the following", "Here is …"? */
static bool shows(const passage *lead) {
    uint32_t n = lead->word_count < WORDS_READ ? lead->word_count : WORDS_READ;
    if (!n) return false;
    if (doubt_word(lead, 0, "here this") || doubt_word(lead, n - 1, "this these so is are")) return true;
    return doubt_find(lead, 0, n,
                      "following printed prints print shows showed looks looked says said output answered sent "
                      "sends") != UINT32_MAX;
}

/* "That was daisy before the reboot": what the sentence behind the block points back at. */
static const char *doubt_of_sequel(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), i = own;
    while (i < j->passage_count && i - own < LINES_AHEAD && j->passages[i].block == p->block) i++;
    if (i >= j->passage_count || j->passages[i].kind != PASSAGE_SENTENCE) return NULL;
    passage *next = &j->passages[i];
    passage_prepare(j, next);
    if (!doubt_word(next, 0, "that this it") || !doubt_word(next, 1, "was is")) return NULL;
    bool then = doubt_find(next, 2, next->word_count < WORDS_READ ? next->word_count : WORDS_READ,
                           "before until then yesterday ago friend reader colleague client laptop") != UINT32_MAX;
    if (then && (doubt_word(next, 1, "was") || doubt_word(next, 2, "before a the from")))
        OBJECT(j, "the sentence behind it speaks of another time or machine");
    return NULL;
}

/* "Don't paste it here.", "That is the speaker's stack": what the sentence behind a file or a command says of it. */
static const char *doubt_of_warning(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), i = own;
    while (i < j->passage_count && i - own < LINES_AHEAD && j->passages[i].block == p->block) i++;
    if (i >= j->passage_count || j->passages[i].kind != PASSAGE_SENTENCE) return NULL;
    passage *next = &j->passages[i];
    passage_prepare(j, next);
    uint32_t verb = doubt_word(next, 0, "do") && doubt_word(next, 1, "not") ? 2 : 1;
    if ((verb == 2 || doubt_word(next, 0, "don't don\xe2\x80\x99t never")) &&
        doubt_word(next, verb, "paste use copy run do try") && doubt_word(next, verb + 1, "it this that these"))
        OBJECT(j, "the sentence behind it says that it is not in use");
    if (doubt_word(next, 0, "that this") && doubt_word(next, 1, "is was") &&
        (person_has(next, 2) || (doubt_word(next, 2, "the a an") && word_is_possessive(next, 3) &&
                                 doubt_word(next, 3, "speaker reader vendor author friend colleague"))))
        OBJECT(j, "the sentence behind it says that it is somebody else's");
    return NULL;
}

/* "during normal operation": any time. */
static bool is_everyday(const passage *lead, uint32_t i) {
    return doubt_word(lead, i, "during") && doubt_word(lead, i + 1, "normal regular ordinary usual everyday");
}

/* "our sampling defaults": what we have set ourselves. */
static bool is_ours(const passage *lead, uint32_t i) {
    return i > 0 && (doubt_word(lead, i - 1, "our my") || (i > 1 && doubt_word(lead, i - 2, "our my")));
}

/* "An example of my compose file": the file is ours. "I don't use the defaults:": what follows are not the defaults. */
static bool is_example_of_ours(const passage *lead, uint32_t i) {
    if (doubt_word(lead, i, "example examples sample"))
        return doubt_word(lead, i + 1, "of from") && doubt_word(lead, i + 2, "my our");
    if (!doubt_word(lead, i, "defaults") || i + 1 < lead->word_count || !doubt_word(lead, 0, "i we")) return false;
    uint32_t verb = doubt_find(lead, 1, i, "use keep take run trust want accept");
    return verb != UINT32_MAX && (doubt_word(lead, verb - 1, "don't never") ||
                                  (verb > 2 && doubt_word(lead, verb - 1, "not") && doubt_word(lead, verb - 2, "do")));
}

/* "A reader asked for my compose file:", "someone on a forum asked for it, so here it is:": whoever asks owns nothing
 * of what follows. "A reader asked why his box prints this" is of the reader's. */
static bool only_asks(const passage *lead, uint32_t i) {
    static const char asking[] = "asked asks asking wanted wants wondered requested";
    bool ours = false;
    uint32_t n = lead->word_count < WORDS_READ ? lead->word_count : WORDS_READ;
    uint32_t verb = doubt_find(lead, i + 1, i + 5 < n ? i + 5 : n, asking);
    if (verb == UINT32_MAX || doubt_find(lead, i + 1, verb, "who whose that which and 's") != UINT32_MAX) return false;
    if (word_is_possessive(lead, i)) return false;
    if (doubt_find(lead, verb, n, "his her their theirs he she they who") != UINT32_MAX) return false;
    if (doubt_find(lead, verb, n, "if whether should would could opinion advice help") != UINT32_MAX) return false;
    bool shown = doubt_word(lead, n - 1,
                            "file files config configuration compose yaml setup settings stack unit output "
                            "version versions command image listing");
    for (uint32_t k = verb + 1; k < n; k++)
        ours = ours || (shown && k + 5 > n && doubt_word(lead, k, "my our")) ||
               (k + 3 == n && doubt_word(lead, k, "what which") && doubt_word(lead, k + 1, "i we") &&
                doubt_word(lead, k + 2, "run use have")) ||
               (k + 3 == n && doubt_word(lead, k, "here") && doubt_word(lead, k + 1, "it they") &&
                doubt_word(lead, k + 2, "is are"));
    return ours;
}

/* "I moved off Docker last autumn": a day on which what is shown came to be, before word `i`. */
static bool has_moved(const passage *lead, uint32_t i) {
    uint32_t move = doubt_find(lead, 0, i, "moved switched migrated changed rewrote replaced");
    return move != UINT32_MAX && move > 0 && lead->words[move - 1].cues & CUE_FIRST;
}

const char *doubt_of_lead(judge *j, passage *p, const claim *c) {
    day_number first, last;
    bool printed = p->flags & PASSAGE_TERMINAL;
    if (c->kind == CLAIM_TERMINAL && j->day && told_days(j, p, &first, &last) && last + DAYS_OLD < j->day)
        OBJECT(j, "it was printed on another day");
    const char *sequel = printed ? doubt_of_sequel(j, p) : doubt_of_warning(j, p);
    if (sequel || p->lead == PASSAGE_NONE) return sequel;
    passage *lead = &j->passages[p->lead];
    passage_prepare(j, lead);
    bool colon = str_ends(str_trim(passage_text(lead)), STR(":"));
    if (lead->kind != PASSAGE_SENTENCE || (!colon && !(printed ? shows(lead) : shows(lead) || is_situation(lead))))
        return NULL;
    if (!printed && is_not_in_use(lead, j->contradicting != NULL))
        OBJECT(j, "what leads in says that it is not what is in use");
    if (printed) {
        const char *told = doubt_of_words(j, lead);
        if (told) return told;
    }
    for (uint32_t i = 0; i < lead->word_count && i < 64; i++) {
        if (!printed && doubt_word(lead, i, "upstream") && doubt_word(lead, 0, "we i our my")) continue; /* built on */
        bool told = c->kind == CLAIM_EXPOSES; /* "its tools, as a client sees them": whoever that is */
        if (!told && (doubt_is_others(lead, i) || is_somebodys(j, lead, i)) && !only_asks(lead, i))
            OBJECT(j, "what leads in speaks of another machine");
        if (doubt_word(lead, i, "a an another other") &&
            doubt_word(lead, i + 1, "machine box server host node card computer") &&
            !(doubt_word(lead, i + 2, "of like") && doubt_word(lead, i + 3, "this"))) /* "a machine of this size" */
            OBJECT(j, "what leads in speaks of another machine");
        bool before = told_time_before(lead, i) && /* "Before the upgrade:", "what it said before the upgrade:" */
                      (i == 0 || (printed && doubt_word(lead, i - 1, "said showed printed looked like answered read")));
        bool then =
            (before || (i == 0 && doubt_word(lead, 0, "until while"))) && !doubt_holds(passage_text(lead), "; now ");
        then = then || (is_that_day(lead, i) && !(!printed && has_moved(lead, i))) ||
               (printed && doubt_word(lead, i, "in inside") && doubt_word(lead, i + 1, "the my our") &&
                doubt_word(lead, i + 2, "container")) ||
               (!printed && doubt_word(lead, i, "of from") && doubt_word(lead, i + 1, MONTHS)) ||
               (doubt_word(lead, i, "in") &&
                (doubt_word(lead, i + 1,
                            "january february march april may june july august september october november "
                            "december") ||
                 (doubt_word(lead, i + 1, "the that") && doubt_word(lead, i + 2, "drill outage incident"))));
        bool such = i > 0 && doubt_word(lead, i - 1, "for by"); /* "for example:", "by default:" lead in what is so */
        if (then || (!such && !is_ours(lead, i) && !is_example_of_ours(lead, i) && !is_everyday(lead, i) &&
                     doubt_word(lead, i, OTHER_TIMES)))
            OBJECT(j, "what leads in speaks of another time, or of an example");
    }
    return NULL;
}
