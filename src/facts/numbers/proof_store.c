/* proof_store.c - is a size said of another store than the fact's: of the disk, of swap, where the fact is the memory?
 *
 *     "128 GB of swap"  "a 128 GB root partition"     what is named right behind the size
 *     "RAM: 4 TB"  | Disk | 128 GB |                  what leads to it, in a list, a row, a column
 *     "The swap file is 128 GB"                       what the sentence begins with
 *
 * In: a question, an attribute that agrees. Out: whether the place names a kind of store that the attribute is not, and
 * no word of its name. Sizes of machines are few and round, so one of them often agrees with another by chance.
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"

enum { PHRASE_WORDS = 3, LABEL_WORDS = 4, SUBJECT_WORDS = 5 };

enum store { STORE_UNSAID, STORE_MEMORY, STORE_DISK, STORE_OTHER, STORE_OWN /* the fact's own name is there */ };

static const struct {
    enum store store;
    const char *words;
} stores[] = {
    {STORE_MEMORY, "memory ram dram sdram vram memtotal"},
    {STORE_DISK, "disk disks drive drives ssd ssds hdd hdds nvme storage flash"},
    {STORE_OTHER, "swap swaptotal swapfile zram zswap pagefile tmpfs cache caches partition partitions hugepages"},
};

static enum store store_of_word(const passage *p, uint32_t i) {
    for (size_t k = 0; k < COUNT_OF(stores); k++)
        if (word_list_may_hold(stores[k].words, p->words[i].stem) && word_in(p, i, stores[k].words))
            return stores[k].store;
    return STORE_UNSAID;
}

/* What the words [first, end) name; the last one decides. */
static enum store store_said(const passage *p, const numeric_fact *f, uint32_t first, uint32_t end) {
    enum store said = STORE_UNSAID;
    for (uint32_t i = first; i < end && i < p->word_count; i++) {
        if (fact_has_stem(f, p->words[i].stem)) return STORE_OWN;
        enum store one = store_of_word(p, i);
        if (one != STORE_UNSAID) said = one;
    }
    return said;
}

/* "128 GB of fast swap", "a 128 GB root partition, …" */
static enum store store_behind(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first = standing_word_at(p, q->t->text.hi), end, at = q->t->text.hi;
    if (word_is(p, first, "of") && p->words[first].lo == at + 1) at = p->words[first++].hi;
    for (end = first; end < p->word_count && end < first + PHRASE_WORDS; end++) {
        if (p->words[end].lo != at + 1 || p->on->text.p[at] != ' ' || p->words[end].cues & (CUE_STOP | CUE_BREAK))
            break;
        at = p->words[end].hi;
    }
    return store_said(p, f, first, end);
}

/* "RAM: 4 TB", "Swap space – 128 GB" */
static enum store store_before(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t n = 0;
    while (n < p->word_count && n <= LABEL_WORDS && p->words[n].hi <= q->t->text.lo) n++;
    if (!n || n > LABEL_WORDS) return STORE_UNSAID;
    uint8_t behind = p->on->text.p[p->words[n - 1].hi];
    bool label = behind == ':' || (behind == ' ' && p->on->text.p[p->words[n - 1].hi + 1] > 0x7f);
    return label ? store_said(p, f, 0, n) : STORE_UNSAID;
}

/* "The swap file is 128 GB" */
static enum store store_of_subject(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first = word_in(p, 0, "the our my its a an"), end = first;
    while (end < p->word_count && end <= first + SUBJECT_WORDS && !word_in(p, end, "is has takes holds")) end++;
    bool verb = end > first && end <= first + SUBJECT_WORDS && end < p->word_count && p->words[end].hi < q->t->text.lo;
    for (uint32_t k = verb ? p->words[0].lo : 0, to = verb ? q->t->text.lo : 0; k < to; k++)
        if (strchr(",;:()", p->on->text.p[k])) return STORE_UNSAID;
    return verb ? store_said(p, f, first, end) : STORE_UNSAID;
}

static enum store store_of_passage(judge *j, uint32_t index, const numeric_fact *f) {
    if (index == PASSAGE_NONE) return STORE_UNSAID;
    passage *p = &j->passages[index];
    passage_prepare(j, p);
    return p->word_count <= LABEL_WORDS ? store_said(p, f, 0, p->word_count) : STORE_UNSAID;
}

static enum store store_of_fact(const numeric_fact *f) {
    for (size_t k = 0; k < COUNT_OF(stores); k++) {
        str rest = str_from_cstr(stores[k].words), name;
        while (str_cut(&rest, ' ', &name))
            if (fact_has_stem(f, fact_stem(name))) return stores[k].store;
    }
    return STORE_UNSAID;
}

bool proof_is_of_another_store(const question *q, const numeric_fact *f) {
    bool cell = q->p->kind == PASSAGE_CELL, code = q->p->kind == PASSAGE_CODE; /* "SwapTotal: 127600748 kB" */
    if (f->kind != FACT_ATTR || q->m.dimension != DIM_DATA || (!cell && !code && q->p->kind != PASSAGE_SENTENCE))
        return false;
    enum store found = STORE_UNSAID;
    for (int turn = code ? 1 : 0; turn < (code ? 2 : 3) && found == STORE_UNSAID; turn++) { /* code has labels only */
        if (turn == 0) found = store_behind(q, f);
        if (turn == 1) found = cell ? store_of_passage(q->j, q->p->label, f) : store_before(q, f);
        if (turn == 2) found = cell ? store_of_passage(q->j, q->p->column, f) : store_of_subject(q, f);
    }
    if (found == STORE_UNSAID || found == STORE_OWN) return false;
    if (found == STORE_OTHER) return true;
    enum store own = store_of_fact(f); /* a cache may lie on a disk or in memory */
    return (own == STORE_MEMORY && found == STORE_DISK) || (own == STORE_DISK && found == STORE_MEMORY);
}
