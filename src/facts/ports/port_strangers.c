/* port_strangers.c - is a port said of something that nobody declared?
 *
 *     "Grafana listens on port 9835"     the exporter's port, said of a name that is not the exporter's: yes
 *     "The exporter listens on 9835"     its own words: no
 *     "The service is on 9835"           a noun for anything may mean it: no
 *
 * In: a prepared sentence, where the port stands, the service that has the number. Out: whether the sentence begins
 * with the name of another thing, which listens, runs, answers or is there. Asked before a number alone supports.
 */
#include "facts/ports/ports.h"

enum { SUBJECT_WORDS = 5 };

static bool is_its_word(const judge *j, const manifest_entity *e, uint64_t stem) {
    uint32_t own = (uint32_t)(e - j->m->entities), count;
    const uint64_t *stems = fact_index_entity_stems(j->index, own, &count);
    for (uint32_t k = 0; k < count && k < 64; k++)
        if (stems[k] == stem) return true;
    for (uint32_t r = 0; r < e->runs.n && r < 16; r++) {
        if (e->runs.items[r].entity == MANIFEST_NONE) continue;
        stems = fact_index_entity_stems(j->index, e->runs.items[r].entity, &count);
        for (uint32_t k = 0; k < count && k < 64; k++)
            if (stems[k] == stem) return true;
    }
    return false;
}

bool port_is_strangers(const judge *j, const passage *p, uint32_t at, const manifest_entity *e) {
    static const char anything[] =
        "service server api endpoint site engine model program process daemon app proxy "
        "container machine box system thing address ssh sftp nfs http https smtp imap dns ipp "
        "tunnel page cluster web rest end other new own";
    if (p->kind != PASSAGE_SENTENCE) return false;
    uint32_t first = word_in(p, 0, "the our my its a an this that"), end = first;
    while (end < p->word_count && end < first + SUBJECT_WORDS &&
           !word_in(p, end, "listens listen runs run uses use is sits answers lives serves"))
        end++;
    if (end == first || end >= p->word_count || end == first + SUBJECT_WORDS || p->words[end].hi > at) return false;
    for (uint32_t k = p->words[0].lo; k < p->words[end].lo; k++)
        if (strchr(",;:()/", p->on->text.p[k])) return false;
    uint32_t near = end + 1; /* "on port", "at TCP port": the number is the verb's */
    while (near < p->word_count && p->words[near].hi <= at && word_in(p, near, "on at port tcp udp its own the now"))
        near++;
    if (near == end + 1 || (near < p->word_count && p->words[near].hi <= at)) return false;
    bool named = false;
    for (uint32_t i = first; i < end; i++) {
        if (word_in(p, i, "port ports")) return false;
        if (p->words[i].cues & (CUE_FIRST | CUE_SECOND | CUE_PLACE) || p->words[i].marks & MARK_POINTS) return false;
        if (is_its_word(j, e, p->words[i].stem)) return false;
        named = named || !(p->words[i].cues & (CUE_STOP | CUE_ONE) || word_in(p, i, anything));
    }
    return named;
}
