/* fits.c - what is larger than the memory that it is said to fit into.
 *
 *     "A 140 GB checkpoint fits in 121 GB."                  both said
 *     "Bison 70B fits in the memory of forge."               both declared: the model's size, the machine's memory
 *
 * In: a sentence with "fits in". Out: a finding physics-fit. Silent where something is done to the thing before it fits
 * ("once it is quantized", "when compressed", "with offloading"), where there are several such memories ("two machines
 * with 64 GB each"), where only a part of the thing is meant ("the index of the 90 GB database"), and where a number
 * format is named that the declared size may not be of.
 */
#include "facts/physics/physics.h"

/* What is done to a thing so that it takes less, or is not held in one place. */
static const char MADE_SMALLER[] = "quantiz quantis compress prun distil shrink shrunk convert dedup strip trim zip "
                                   "pack archiv offload shard split spill "
                                   "swap stream spars mmap partial mapp reduc squeez crop halv truncat lower smaller";
/* Conditions, several memories, parts. "with" is asked apart: "with room to spare". */
static const char OTHERWISE[] =
    "once when after if unless until by thanks because using through without each per apiece both across half third "
    "part parts rest remaining remainder twice between together combined pair as plus except minus now finally";
/* Parts of a thing: "the 90 GB model's cache". */
static const char PARTS[] = "cache index indexes indices context layers experts attention head";
static const char WEIGHTS[] = "model models checkpoint checkpoints weights LLM";
static const char DETERMINERS[] = "the a an its our my this that these those his her their";
static const char INTO[] = "in into within inside";
static const char EASILY[] = "comfortably easily entirely fully completely just nicely well neatly also still whole";

typedef struct amount {
    double bytes;
    str text; /* as it is said or declared */
    uint32_t lo, hi;
} amount;

/* The least (or the most) that the attribute of this name may be; false without one. */
static bool declared_amount(judge *j, const manifest_entity *e, const char *name, bool most, amount *out) {
    const manifest_attr *attr = manifest_find_attr(j->m, e, str_from_cstr(name));
    bool found = false;
    for (uint32_t v = 0; attr && v < attr->view_count; v++) {
        const manifest_quantity *q = &attr->views[v].quantity;
        const unit_info *u = unit_get(q->measure);
        if (!q->number.valid || u->dimension != DIM_DATA) continue;
        double bytes = decimal_to_f64(q->number) * u->factor;
        if (out->bytes > 0 && (most ? bytes <= out->bytes : bytes >= out->bytes)) continue;
        out->bytes = bytes;
        out->text = judge_printf(j, "%.*s %.*s", STR_ARG(q->value), STR_ARG(q->unit));
        found = true;
    }
    return found;
}

/* What the words before "fits" say: "the 90 GB model", or the name of a model whose size is declared. */
static bool need_of(judge *j, passage *p, const token *said, uint32_t fits, amount *out) {
    uint32_t first, w;
    *out = (amount){0};
    if (said) {
        if (said->bound == BOUND_MAX || !said->value.valid || p->words[fits].lo - said->text.hi > 40) return false;
        *out = (amount){decimal_to_f64(said->value) * unit_get(said->unit)->factor,
                        surface_slice(p->on, said->core.lo, said->text.hi), said->text.lo, said->text.hi};
        for (uint32_t k = said->text.hi; k < p->words[fits].lo; k++) /* "the 90 GB model's cache" */
            if (p->on->text.p[k] == '\'' || p->on->text.p[k] == 0xe2) return false;
        if (physics_any(p, said->text.hi, p->words[fits].lo, PARTS)) return false;
        physics_words(p, p->text.lo, said->text.lo, &first, &w);
        bool known = w > first && word_in(p, w - 1, DETERMINERS);
        if (known) w--;
        /* "the index of the 90 GB database", "from a 90 GB dump": a part of it fits; "a model of 90 GB" is all of it */
        if (w > first && word_in(p, w - 1, "of from for in to with by")) return !known && word_is(p, w - 1, "of");
        return true;
    }
    static const char *const names[] = {"size", "weights", "weight", "file_size", "download"};
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(j, hit, ENTITY_COMPONENT);
        if (e == MANIFEST_NONE || hit->where.hi > p->words[fits].lo) continue;
        physics_words(p, p->text.lo, hit->where.lo, &first, &w);
        if (w > first && word_in(p, w - 1, DETERMINERS)) w--;
        if ((w > first && p->on->text.p[p->words[w - 1].hi] != ',') ||
            name_is_part(p, hit->where.lo, hit->where.hi, false))
            continue; /* "the cache of Bison", "Bison's cache" */
        if (!physics_only(p, hit->where.hi, p->words[fits].lo, EASILY)) continue;
        for (size_t k = 0; k < COUNT_OF(names); k++) declared_amount(j, &j->m->entities[e], names[k], false, out);
        out->lo = hit->where.lo;
        out->hi = hit->where.hi;
        return out->bytes > 0 && !precision_elsewhere(j, p);
    }
    return false;
}

/* Is the memory what is meant by the words behind its size: "64 GB.", "64 GB of RAM", "the 64 GB of forge", not "9 GB
 * of archive"? *said: do they say so? */
static bool is_memory(judge *j, const passage *p, uint32_t lo, bool *said) {
    uint32_t w, end, from = lo;
    while (from < p->text.hi && p->on->text.p[from] == ' ') from++;
    *said = false;
    if (from >= p->text.hi || str_is_among(surface_slice(p->on, from, from + 1), ", . ; : ) ( ! ?")) return true;
    physics_words(p, lo, p->text.hi, &w, &end);
    if (w == end || word_in(p, w, "with and on")) return true;
    while (word_in(p, w, "of the our unified video system GPU graphics")) w++;
    *said = word_in(p, w, "RAM memory VRAM HBM DRAM machine box server card GPU");
    for (uint32_t h = p->hit_lo; h < p->hit_hi && !*said && w < end; h++)
        *said = p->on->hits[h].where.lo <= p->words[w].lo && p->words[w].hi <= p->on->hits[h].where.hi &&
                (hit_entity(j, &p->on->hits[h], ENTITY_HARDWARE) != MANIFEST_NONE ||
                 hit_entity(j, &p->on->hits[h], ENTITY_HOST) != MANIFEST_NONE);
    return *said;
}

/* What the words behind "fits in" say: "the 64 GB of RAM", or the memory of a machine whose memory is declared. */
static bool room_of(judge *j, passage *p, const token *said, uint32_t in, amount *out) {
    *out = (amount){0};
    bool told;
    if (said) {
        if (said->bound == BOUND_MIN || !said->value.valid || said->flags & TOKEN_COMPOUND ||
            !physics_only(p, p->words[in].hi, said->text.lo, DETERMINERS) || !is_memory(j, p, said->text.hi, &told))
            return false;
        if (!told && !physics_any(p, p->text.lo, p->words[in].lo, WEIGHTS)) return false; /* data may be packed */
        *out = (amount){decimal_to_f64(said->value) * unit_get(said->unit)->factor,
                        surface_slice(p->on, said->core.lo, said->text.hi), said->text.lo, said->text.hi};
        return true;
    }
    static const char *const names[] = {"memory", "ram", "vram", "unified_memory", "gpu_memory", "system_memory"};
    const alias_hit *box = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < p->words[in].hi) continue;
        uint32_t e = hit_entity(j, hit, ENTITY_HARDWARE);
        if (e == MANIFEST_NONE) e = hit_entity(j, hit, ENTITY_HOST);
        if (e == MANIFEST_NONE) continue;
        if (box) return false;
        box = hit;
        for (size_t k = 0; k < COUNT_OF(names); k++) declared_amount(j, &j->m->entities[e], names[k], true, out);
    }
    if (!box) return false;
    /* "in the memory of forge", "in memory on forge", "in forge's memory" */
    uint32_t lo = p->words[in].hi, first, last;
    physics_words(p, box->where.hi, p->text.hi, &first, &last);
    bool behind = first < last && word_is(p, first, "s");
    bool before = physics_any(p, lo, box->where.lo, "memory RAM VRAM") &&
                  physics_only(p, lo, box->where.lo, "the of on in memory RAM VRAM unified system GPU our my");
    bool owned = physics_only(p, lo, box->where.lo, DETERMINERS) &&
                 (word_in(p, first + behind, "memory RAM VRAM") ||
                  (word_is(p, first + behind, "unified") && word_is(p, first + behind + 1, "memory")));
    out->lo = box->where.lo;
    out->hi = box->where.hi;
    return out->bytes > 0 && (before || owned);
}

/* Is there another reading: something is done to it first, there are several memories, or "with" anything but room? */
static bool reads_otherwise(const passage *p) {
    double bits;
    if (p->cues & (CUE_NEGATION | CUE_MODAL | CUE_IF)) return true;
    if (physics_any(p, p->text.lo, p->text.hi, OTHERWISE) || physics_begins(p, p->text.lo, p->text.hi, MADE_SMALLER))
        return true;
    for (uint32_t i = 0; i < p->word_count; i++)
        if (word_is(p, i, "with") &&
            !(word_in(p, i + 1, "room space ease headroom plenty") || word_in(p, i + 2, "room space headroom")))
            return true;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) /* "in two machines", "on 2x" */
        if (p->on->tokens[i].kind == TOKEN_QUANTITY &&
            (unit_get(p->on->tokens[i].unit)->dimension == DIM_COUNT || p->on->tokens[i].flags & TOKEN_RATIO))
            return true;
    return precision_named(p, &bits) != PRECISION_UNNAMED;
}

void fit_in_sentence(judge *j, passage *p) {
    const token *sizes[2] = {0};
    uint32_t n = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != DIM_DATA) continue;
        if (n == 2) return;
        sizes[n++] = t;
    }
    if (n < 2 && (!j->m || !j->about_us || p->hit_lo == p->hit_hi)) return;
    if (str_find(passage_text(p), STR("fit"), 0) < 0) return;
    passage_prepare(j, p);
    for (uint32_t i = 0; i + 1 < p->word_count; i++) {
        if (!word_in(p, i, "fits fit")) continue;
        uint32_t in = i + 1;
        while (word_in(p, in, EASILY)) in++;
        if (!word_in(p, in, INTO)) continue;
        const token *need_said = n && sizes[0]->text.hi <= p->words[i].lo ? sizes[0] : NULL;
        const token *room_said = n && sizes[n - 1]->text.lo >= p->words[in].hi ? sizes[n - 1] : NULL;
        if ((need_said != NULL) + (room_said != NULL) != (int)n) return;
        if ((!need_said || !room_said) && !(j->m && j->about_us)) return;
        amount need, room;
        if (reads_otherwise(p) || !need_of(j, p, need_said, i, &need) || !room_of(j, p, room_said, in, &room)) return;
        uint32_t lo = need.lo, hi = room.hi;
        if (need.bytes <= room.bytes * 1.08 || hi < lo) return;
        if (need_said && room_said)
            for (uint32_t k = need.hi; k < room.lo; k++)
                if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';') return;
        if (physics_stated(j, p, lo, hi))
            physics_finding(j, "physics-fit", p, lo, hi,
                            judge_printf(j, "%.*s is more than the %.*s that it is said to fit into",
                                         STR_ARG(need.text), STR_ARG(room.text)));
        return;
    }
}
