/* worked_with.c - plain ways to say that a card is here without a verb of having.
 *
 *     Inference runs on an RTX 5090.                     work of ours, told in the present, and what does it
 *     A pair of B200s does the training.                 cards that open the sentence, counted, and what they do
 *     The Spark's GPU is an RTX 6000.                    what ours is
 *     Two GPUs do the work: a 3090 and a 4090.           which the cards are that do it
 *     GPU: RTX 4090 (24 GB)                              a line without a verb below a label of ours
 *
 * In: a prepared passage and the name in it. Out: does it say so? "A 7B model runs on an RTX 4090" names no work of
 * ours, and says what could be. Nouns of work, verbs of pairing and labels are closed classes.
 */
#include "facts/existence/ours.h"
#include "facts/reading/standing.h"

static const char WORK[] =
    "inference training generation embedding embeddings fine-tuning finetuning retrieval reranking "
    "transcription rendering drafting scoring everything retraining jobs preprocessing recognition prompts tasks "
    "requests workloads prefill decoding synthesis";
static const char DONE[] = "runs run happens happen executes execute takes take lives live";

/* The first word in front of the name, past its article, counts and adjectives; UINT32_MAX where none is. */
static uint32_t word_in_front(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    for (uint32_t looked = 0; i > 0 && looked < 5; i--, looked++)
        if (!word_in(p, i - 1,
                     "a an the our my one two three four pair of dedicated single discrete second separate "
                     "powerful dual local nvidia amd"))
            return i - 1;
    return UINT32_MAX;
}

static bool is_now(const passage *p, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++)
        if (p->words[i].cues &
            (CUE_NEGATION | CUE_COMPARE | CUE_MODAL | CUE_IF | CUE_FUTURE | CUE_REQUIRE | CUE_OTHERS))
            return false;
    return true;
}

/* "Training happens on …", "All inference runs on …", "The embeddings are computed on …": the work opens the clause. */
static bool is_work_on(judge *j, const passage *p, uint32_t lo) {
    uint32_t b = word_in_front(p, lo);
    if (b == UINT32_MAX || b < 2 || !word_in(p, b, "on by with to")) return false;
    uint32_t reach = 3; /* "are produced by bge-m3 on" */
    for (uint32_t i = b; i > 0 && b - i < 5; i--) reach = word_in(p, i - 1, "by") ? 6 : reach;
    for (uint32_t v = b; v > 0 && b - v < reach; v--) {
        bool verb = word_in(p, v - 1, DONE) ||
                    (p->flags & PASSAGE_IN_LIST && word_in(p, v - 1, "computed handled done run")) ||
                    (v > 1 && word_in(p, v - 2, "is are") &&
                     str_ends(surface_slice(p->on, p->words[v - 1].lo, p->words[v - 1].hi), STR("ed"))) ||
                    (v > 1 && word_in(p, v - 2, "is are") && word_in(p, v - 1, "done run"));
        if (!verb || (word_in(p, v - 1, "take takes") && !word_in(p, v, "place"))) continue;
        if (p->flags & PASSAGE_IN_LIST && v > 1 && v < 5 &&
            !standing_is_gap_free(p, p->words[v - 2].hi, p->words[v - 1].lo, ":"))
            return is_now(p, 0, b); /* "- **Vision:** runs on an RTX 4090" */
        for (uint32_t i = v - 1; i > 0 && v - i < 4; i--) {
            if (!word_in(p, i - 1, WORK)) continue;
            uint32_t first = i - 1;
            while (first > 0 && i - first < 4 && p->words[first - 1].hi + 2 > p->words[first].lo &&
                   (word_in(p, first - 1, "all the our my") || !(p->words[first - 1].cues & (CUE_STOP | CUE_BREAK))))
                first--;
            bool opens = first == 0 || p->words[first - 1].hi + 1 < p->words[first].lo || word_in(p, first - 1, "and");
            bool elsewhere = first > 0 && word_in(p, 0, "in on at with for") && /* "On laptops, …" */
                             !existence_holds_us(j, p, 1, first);
            return opens && !elsewhere && is_now(p, first, b);
        }
    }
    return false;
}

/* "A pair of B200s does the training", "Two A100s handle embeddings": counted, in front of everything else, at work. */
static bool is_team_at_work(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t w = standing_word_at(p, lo), after = standing_word_at(p, hi);
    bool counted = (w > 0 && word_in(p, w - 1, "two three four six eight both dual dedicated")) ||
                   (w > 1 && word_in(p, w - 1, "of") && word_in(p, w - 2, "pair couple cluster trio"));
    if (!counted || w > 4 || after >= p->word_count || p->words[after].lo > hi + 2) return false;
    while (word_in(p, after, "gpus gpu cards card accelerators accelerator units boards")) after++;
    return word_in(p, after,
                   "do does handle handles run runs power powers serve serves accelerate accelerates drive "
                   "drives process processes perform performs take takes provide provides") &&
           existence_has_object(p, after + 1) && is_now(p, 0, after + 1);
}

/* "A discrete B200 is attached for long contexts": it opens the sentence, and was put there. */
static bool is_installed(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t w = standing_word_at(p, lo), after = standing_word_at(p, hi);
    bool unlike = false; /* "An L4 is installed in most offices" */
    for (uint32_t i = after; i < p->word_count && i < after + 12; i++)
        unlike = unlike || word_in(p, i, "most many some every their his her your");
    if (unlike) return false;
    if (w > 3 || (w > 0 && !word_in(p, 0, "a an the one two second separate discrete additional extra"))) return false;
    while (word_in(p, after, "gpu gpus card cards accelerator")) after++;
    if (!word_in(p, after, "is are")) return false;
    while (word_in(p, after + 1, "already now currently also still permanently")) after++;
    return (word_in(p, after + 1, "attached installed fitted plugged mounted dedicated") ||
            (word_in(p, after + 1, "used") && w > 0 &&
             word_in(p, w - 1, "second separate discrete additional extra"))) &&
           word_in(p, after + 2, "for to in inside via over") && is_now(p, 0, after + 2);
}

/* "The GPU is an RTX 6000", "The Spark's GPU is …", "Our accelerators are two A100s": what ours is. */
static bool is_called_one(judge *j, const passage *p, uint32_t lo) {
    uint32_t b = word_in_front(p, lo);
    if (b == UINT32_MAX || b < 2 || b > 6 || !word_in(p, b, "is are")) return false;
    uint32_t noun = b - 1;
    if (word_in(p, noun, "card cards") && noun > 1 && word_in(p, noun - 1, "graphics")) noun--;
    if (!word_in(p, noun, "gpu gpus graphics accelerator accelerators card cards")) return false;
    bool ours = word_in(p, noun - 1, "the our my its only main");
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && !ours; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        ours = e != MANIFEST_NONE && p->on->hits[h].where.hi <= p->words[noun].lo &&
               p->words[noun].lo - p->on->hits[h].where.hi < 5;
    }
    return ours && is_now(p, 0, b);
}

/* "Two consumer GPUs do the heavy lifting: an RTX 3090 for translation and an RTX 4090 for speech": cards are counted,
 * do all there is to do, and what stands behind the colon says which they are. */
static bool is_in_team(const passage *p, uint32_t lo) {
    uint32_t w = standing_word_at(p, lo), last = w;
    while (last > 0 &&
           standing_is_gap_free(p, p->words[last - 1].hi, p->words[last < p->word_count ? last : 0].lo, ":"))
        last--;
    if (last < 5 || last > 9 || w - last > 24 || w >= p->word_count) return false;
    if (!word_in(p, 0, "two three four our my both")) return false;
    uint32_t part = 1;
    while (part < 4 && !(p->words[part].cues & CUE_PART)) part++;
    bool lifts = word_in(p, part + 1, "do handle carry share") && word_in(p, part + 2, "the all") &&
                 word_in(p, last - 1, "lifting work load job inference computing");
    for (uint32_t i = last; i < w; i++) /* a list, and no sentence of its own */
        if (p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_PAST) && !word_in(p, i, "with and on")) return false;
    return lifts && !(p->cues & (CUE_OTHERS | CUE_SECOND)) && is_now(p, 0, w);
}

bool existence_is_worked_with(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    return is_work_on(j, p, lo) || is_team_at_work(p, lo, hi) || is_called_one(j, p, lo) || is_installed(p, lo, hi) ||
           is_in_team(p, lo);
}

bool existence_is_labelled(judge *j, const passage *p, uint32_t lo) {
    uint32_t colon = 0;
    if (p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t k = p->text.lo; k < lo && k < p->text.lo + 60 && !colon; k++)
        if (p->on->text.p[k] == ':') colon = k;
    if (!colon) return false;
    uint32_t first = standing_word_over(p, colon);
    if (first == 0 || first > 4) return false;
    for (uint32_t i = 0; i < first; i++) /* "A reader's machine: an RTX 4090 in a tower" */
        if (word_is_possessive(p, i) && existence_is_of_another(j, p, i)) return false;
    for (uint32_t i = 0; i < first; i++)
        if (word_in(p, i,
                    "gpu gpus graphics accelerator accelerators acceleration hardware compute server machine node "
                    "workstation box "
                    "card cards device spec specs specification specifications setup rig system coprocessor processor"))
            return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.hi <= colon; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HARDWARE || j->m->entities[e].kind == ENTITY_HOST))
            return true;
    }
    return false;
}
