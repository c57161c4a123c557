/* here.c - is a card, a processor or a module said to be in this house?
 *
 *     had       "The Spark has 128 GB and an NPU", "I keep an A100", "a Spark with 64 GB and an A100"
 *     placed    "Beside the GB10 sits an A100", "an A100 in the same chassis", "the NPU in the Spark"
 *     owned     "my A100", "its NPU"; "the A100" once it is claimed
 *     at work   "An RTX 5090 handles the images", "All embeddings run on an A100" (worked_with.c)
 *     listed    "GPU: B100", | GPU | B100 |, an item below "My Anvil:" (listed.c)
 *
 * In: a passage and the name in it. Out: how strongly it is said. Somebody must have it who is ours (ours.c): what
 * other people have, what a ranking or an offer names, the tower of years ago give no evidence, and need no doubt.
 * Denials and the past are asked elsewhere (stance.c, existence.c). Verbs, prepositions and determiners are closed
 * classes.
 */
#include "facts/existence/ours.h"
#include "facts/reading/standing.h"

enum { PHRASE = 6, LIST = 48, BEHIND = 9, HITS_READ = 64 };

static const char HAVING[] =
    "has have have contains contain includes include carries carry holds hold houses house features feature packs "
    "sports boasts runs run uses use owns own keep keeps combines combine hosts host possesses mounts got gained "
    "received employs operates";
static const char DONE_BY_US[] = "added attached installed fitted mounted plugged bought built put";
static const char FITTED[] = "comes come ships equipped fitted paired extended supplemented complemented expanded "
                             "outfitted works work together upgraded augmented combined joined pair pairs supplement "
                             "complement complements augment augments extend upgrade";
static const char HELPED[] = "backed assisted supported accompanied joined powered complemented supplemented driven";
static const char SENDS[] = "offload offloads route routes send sends delegate delegates hand hands pass passes push "
                            "pushes move moves";
static const char ADVERBS[] = "also now still even just itself additionally currently always already only since later";

static bool is_adverb(const passage *p, uint32_t i) { return word_in(p, i, ADVERBS); }

/* First word of the phrase whose name begins at word `w`: its article or count, with what qualifies it between. */
static uint32_t phrase_begin(const passage *p, uint32_t w) {
    uint32_t begin = w; /* or a number before the name, "its │50│ TOPS NPU" */
    for (uint32_t i = w; i > 0 && w - i < PHRASE; i--) {
        const pword *before = &p->words[i - 1];
        if (!standing_is_gap_free(p, before->hi, p->words[i].lo, ",;:()/")) break;
        if (word_in(p, i - 1, "a an the our my its one two three four six eight another second")) {
            bool pair = i > 2 && word_in(p, i - 2, "of") && word_in(p, i - 3, "pair couple");
            return pair ? i - 3 - (i > 3 && word_in(p, i - 4, "a the our my")) : i - 1;
        }
        bool joined = p->words[i].lo == before->hi + 1 && p->on->text.p[before->hi] == '-'; /* "built-in NPU" */
        if (joined || (i > 1 && p->on->text.p[before->lo - 1] == '-')) continue;
        if (before->cues & (CUE_STOP | CUE_BREAK) || word_in(p, i - 1, HAVING)) break;
        if (byte_is_digit(p->on->text.p[before->lo])) begin = i - 1;
    }
    return begin;
}

/* Is what has, by word `verb`, ours: "The Spark also has", "I've attached", "writes and keeps"? */
static bool is_had_by_us(judge *j, const passage *p, uint32_t verb) {
    uint32_t i = verb;
    while (i > 0 && (is_adverb(p, i - 1) || word_in(p, i - 1, "have has is are been being works work comes made"))) i--;
    if (i == 0) return false;
    bool ours = existence_subject_is_ours(j, p, i - 1);
    if (word_in(p, verb, DONE_BY_US) && !word_in(p, verb - 1, "is are been"))
        return word_in(p, i - 1, "i we i've we've");
    return ours;
}

/* "The fallback model runs on …", "Our embedder lives on …": what ends with word `last` is called by what it does for
 * us. "Qwen runs on an RTX 4090" is so of the model anywhere. */
static bool is_role(const judge *j, const passage *p, uint32_t last) {
    for (uint32_t i = last; i > 0 && last - i < PHRASE; i--) {
        if (existence_is_of_another(j, p, i)) return false;
        for (uint32_t k = p->words[i].lo; k < p->words[i].hi; k++)
            if (!(p->on->text.p[k] >= 'a' && p->on->text.p[k] <= 'z')) return false;
        if (word_in(p, i - 1, "our my")) return true;
        if (!word_in(p, i - 1, "the")) continue;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
            if (p->on->hits[h].where.hi == p->words[last].hi && p->on->hits[h].where.lo <= p->words[i].lo &&
                hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE)
                return true;
        return false;
    }
    return false;
}

/* A verb of having before the phrase, with nothing but the other things had between: "has 20 cores, 4 TB and …". */
static bool is_had(judge *j, const passage *p, uint32_t begin, uint32_t after) {
    if (begin == 0) return false;
    uint32_t b = begin - 1;
    while (b > 0 && (is_adverb(p, b) || word_in(p, b, "up out"))) b--;
    bool next = standing_is_gap_free(p, p->words[b].hi, p->words[begin].lo, ",;:()/");
    if (next && word_in(p, b, "by") && b > 0) return word_in(p, b - 1, HELPED) && is_had_by_us(j, p, b - 1);
    if (next && word_in(p, b, "with") && b > 0) {
        if (existence_names_us(j, p, b - 1) && !word_in(p, b - 1, "it its")) return true;
        for (uint32_t v = b; v > 0 && b - v < PHRASE; v--) { /* "I have paired it with an A100" */
            if (p->words[v - 1].cues & CUE_BREAK) return false;
            if (word_in(p, v - 1, FITTED)) return is_had_by_us(j, p, v - 1);
        }
        return false;
    }
    if (next && word_in(p, b, "on to onto")) { /* "We run the model on an A100", "I route long prompts to an A100" */
        if (word_in(p, b, "on") && word_in(p, b - (b > 0), "runs run lives live sits") && b > 1 && is_role(j, p, b - 2))
            return true;
        for (uint32_t v = b; v > 0 && b - v < PHRASE; v--) {
            if (p->words[v - 1].cues & CUE_BREAK) return false;
            if (word_in(p, b, "on")
                    ? word_in(p, v - 1, "run runs relies rely depends host hosts keep keeps train serve")
                    : word_in(p, v - 1, SENDS))
                return is_had_by_us(j, p, v - 1);
        }
        return false;
    }
    if (next && word_in(p, b, "and") && b > 0 && word_in(p, after, "share split form divide join") &&
        existence_names_us(j, p, b - 1))
        return true; /* "The GB10 and an RTX 4090 share the work" */
    bool listed = !next || word_in(p, b, "and plus");
    if (next && (word_in(p, b, HAVING) || word_in(p, b, DONE_BY_US))) return is_had_by_us(j, p, b);
    if (next && word_in(p, b, "plus") && b > 1) { /* "the GB10 itself, plus an NPU" */
        uint32_t other = b - 1;
        while (other > 0 && is_adverb(p, other)) other--;
        if (existence_names_us(j, p, other)) return true;
    }
    if (!listed || existence_has_verb(p, after)) return false;
    if (!word_in(p, b, "and plus") && after < p->word_count && p->words[after].lo == p->words[after - 1].hi + 1 &&
        byte_is_digit(p->on->text.p[p->words[after].lo]))
        return false; /* "The Spark has 273 GB/s, an A100 2,039" */
    for (uint32_t i = begin; i > 0 && begin - i < LIST; i--) {
        if (!standing_is_gap_free(p, p->words[i - 1].hi, p->words[i < p->word_count ? i : i - 1].lo, ";:"))
            return false;
        if (p->words[i - 1].cues & CUE_BREAK) return false;
        if (word_in(p, i - 1, HAVING) || word_in(p, i - 1, DONE_BY_US)) return is_had_by_us(j, p, i - 1);
        if (word_in(p, i - 1, "with") && i > 1)
            return word_in(p, i - 2, FITTED) ? is_had_by_us(j, p, i - 2) : existence_names_us(j, p, i - 2);
        if (word_in(p, i - 1, "of") && i > 2 && word_in(p, i - 2, "consists consist composed up"))
            return is_had_by_us(j, p, word_in(p, i - 2, "up") ? i - 3 : i - 2);
    }
    return false;
}

/* "Beside it sits an A100", "In quay there is an A100", "there are two of them here". */
static bool is_behind_a_place(judge *j, const passage *p, uint32_t begin, uint32_t after) {
    uint32_t b = begin;
    while (b > 0 && is_adverb(p, b - 1)) b--;
    if (b < 2 || !word_in(p, b - 1, "sits sit is are stands stand lives hangs lies works")) return false;
    bool there = word_in(p, b - 2, "there");
    for (uint32_t i = 0; i < b; i++)
        if (word_in(p, i, "beside in inside under on next near behind alongside within") &&
            existence_holds_us(j, p, i + 1 + word_in(p, i + 1, "to"), i + PHRASE < b ? i + PHRASE : b))
            return true;
    for (uint32_t i = after; there && i < p->word_count && i < after + 2 * BEHIND; i++)
        if (word_in(p, i, "here") || (word_in(p, i, "beside in inside under on next within behind alongside to") &&
                                      existence_holds_us(j, p, i + 1, i + PHRASE)))
            return true;
    if (!there || !word_in(p, begin, "a an two one")) return false;
    uint32_t purpose = word_in(p, 0, "for") ? 0 : after; /* "For vision there is an A100": for a purpose, for nobody */
    bool some = word_in(p, begin + 1, "dedicated built built-in integrated");
    return some || (word_in(p, purpose, "for") && purpose + 1 < p->word_count &&
                    !word_in(p, purpose + 1, "those people whoever anyone everyone you users all them him her"));
}

bool existence_is_placed(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    passage_prepare(j, p);
    uint32_t w = standing_word_at(p, lo), after = standing_word_at(p, hi);
    if (p->kind != PASSAGE_SENTENCE || w >= p->word_count) return false;
    uint32_t begin = phrase_begin(p, w);
    for (uint32_t i = 0; i < after && i < p->word_count; i++)
        if (p->words[i].cues & (CUE_NEGATION | CUE_IF | CUE_MODAL | CUE_FUTURE) && !word_in(p, i, "next")) return false;
    return word_in(p, begin, "a an two three") && is_behind_a_place(j, p, begin, after);
}

/* "an A100 in the same chassis", "two A100 cards that sit next to the GB10", "the NPU in the Spark". */
static bool is_before_a_place(judge *j, const passage *p, uint32_t after) {
    for (uint32_t i = after; i < p->word_count && i < after + BEHIND; i++) {
        if (p->words[i].lo > p->words[i - (i > 0)].hi + 2 &&
            !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ";:"))
            return false;
        if (word_in(p, i, "in inside under beside next alongside within on to") ||
            (i == after && word_in(p, i, "of"))) {
            uint32_t to = i + 1;
            while (word_in(p, to, "to")) to++;
            if (existence_holds_us(j, p, to, to + 6)) return true;
            continue;
        }
        if (word_in(p, i,
                    "that which sits sit is are stands stand lives installed attached connected plugged mounted "
                    "fitted sitting hidden over via the a an same external my our next with thunderbolt gb and") ||
            p->words[i].cues & CUE_PART)
            continue;
        uint8_t c = p->on->text.p[p->words[i].lo];
        if (i > after && word_in(p, i, "i we") && word_in(p, i - 1, "that which")) continue; /* "that I bolted to" */
        if (i > after && word_in(p, i - 1, "i we")) continue;
        if (byte_is_digit(c) || (c >= 'A' && c <= 'Z')) continue; /* "with 24 GB of VRAM", "over PCIe" */
        return false;
    }
    return false;
}

/* "An RTX 5090 handles image preprocessing", "the built-in NPU offloads sampling": it opens a clause, and works. What
 * it does is named, and no figure: "an H100 reaches 1,480 tok/s" and "an H100 runs a 70B model" are so anywhere. */
static bool is_at_work(const passage *p, uint32_t begin, uint32_t after) {
    static const char works[] = "handles handle takes take does do serves serve powers power drives drive accelerates "
                                "accelerate performs perform offloads offload absorbs absorb runs run computes compute "
                                "processes process generates generate renders render transcribes";
    bool opens = begin == 0 || p->words[begin - 1].cues & CUE_BREAK || word_in(p, begin - 1, "and so then") ||
                 !standing_is_gap_free(p, p->words[begin - 1].hi, p->words[begin].lo, ",;:");
    bool own = word_in(p, begin, "its our my") ||
               (word_in(p, begin, "the") &&
                word_in(p, begin + 1, "built built-in dedicated integrated onboard on on-board on-die"));
    if (!opens || after >= p->word_count) return false;
    for (uint32_t i = after; i < p->word_count && i < after + BEHIND; i++)
        if (word_in(p, i, "better faster easily well best slower more")) return false;
    uint32_t object = after + 1;
    if (object >= p->word_count || byte_is_digit(p->on->text.p[p->words[object].lo])) return false;
    if (own && existence_is_deed(p, after)) return true;
    if (word_in(p, begin, "a an") && word_in(p, object, "it them this that")) return false; /* any such one does */
    if (word_in(p, begin, "the its our my") && word_in(p, after, "is") && word_in(p, object, "responsible"))
        return true;
    return word_in(p, after, works) && !word_in(p, object, "a an up only about roughly in at with well");
}

/* "my workstation's RTX 4080", "our client's": a thing or a person of ours between, and no word for the machine here.
 */
static bool is_of_a_third(const judge *j, const passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to && i < p->word_count; i++)
        if (word_is_possessive(p, i) && existence_is_of_another(j, p, i) &&
            !word_in(p, i, "machine's server's box's node's system's host's rig's cluster's computer's"))
            return true;
    return false;
}

evidence existence_here(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    passage_prepare(j, p);
    if (p->kind == PASSAGE_CODE) return EVIDENCE_NONE;
    if (p->kind == PASSAGE_SENTENCE && told_moved_to(p, lo)) return EVIDENCE_STRONG;
    uint32_t w = standing_word_at(p, lo), after = standing_word_at(p, hi);
    if (w >= p->word_count) w = standing_word_over(p, lo);
    if (existence_is_listed(j, p, lo, hi)) return EVIDENCE_STRONG;
    if (p->kind == PASSAGE_CELL) return EVIDENCE_NONE;
    while (after < p->word_count && p->words[after].lo <= hi + 1 &&
           (p->words[after].cues & CUE_PART || word_in(p, after, "module modules chip board boards units unit")))
        after++;
    uint32_t begin = phrase_begin(p, w);
    if (begin < p->word_count && word_in(p, begin, "my our"))
        return is_of_a_third(j, p, begin + 1, w) ? EVIDENCE_NONE : EVIDENCE_STRONG;
    if (begin > 1 && word_in(p, begin - 1, "had owned") && !word_in(p, begin - 2, "have has i've we've"))
        return EVIDENCE_NONE; /* "For the pilot we had an RTX 2080 Ti in the same box" */
    if (begin > 0 && p->words[begin - 1].cues & (CUE_REQUIRE | CUE_FUTURE | CUE_MODAL | CUE_COMPARE))
        return EVIDENCE_NONE; /* "needs an RTX 4090 beside it" */
    if (is_had(j, p, begin, after) || is_behind_a_place(j, p, begin, after) || is_before_a_place(j, p, after))
        return EVIDENCE_STRONG;
    if (is_at_work(p, begin, after) || existence_is_worked_with(j, p, lo, hi)) return EVIDENCE_STRONG;
    if (word_in(p, begin, "its")) return existence_names_us(j, p, begin) ? EVIDENCE_STRONG : EVIDENCE_DEFINITE;
    return word_in(p, begin, "the both small") ? EVIDENCE_DEFINITE : EVIDENCE_NONE;
}
