/* phases.c - of which phase of a model's work is a token rate?
 *
 *     prefill 1,842 tok/s, decode 51.3 tok/s
 *
 * A model reads its prompt at one rate and writes its answer at another; both are tok/s. In: a question about a rate,
 * and a fact. Out: do the words of the clause (of a cell: of its label and its header) name the phase that the fact is
 * not of? Where both phases are named, or none, nothing is said.
 */
#include "facts/numbers/question.h"

enum { CLAUSE_WORDS = 200 };

bool figure_is_of_other_phase(const question *q, const numeric_fact *f) {
    static const char reading[] = "prefill prefills prefilled prefilling prompt prompts pp ingest ingests ingestion";
    static const char writing[] = "decode decodes decoded decoding decoder generate generates generated generating "
                                  "generation tg writes wrote writing";
    const passage *around[2] = {q->p, NULL};
    bool reads = false, writes = false, of_reading = false, of_writing = false;
    if (f->dimension != DIM_TOKEN_RATE) return false;
    if (q->p->kind == PASSAGE_CELL)
        for (int side = 0; side < 2; side++) {
            uint32_t at = side ? q->p->label : q->p->column;
            around[side] = at == PASSAGE_NONE ? NULL : &q->j->passages[at];
        }
    for (int side = 0; side < 2; side++) {
        const passage *p = around[side];
        if (!p) continue;
        passage_prepare(q->j, (passage *)p);
        for (uint32_t i = 0; i < p->word_count && i < CLAUSE_WORDS; i++) {
            if (p == q->p && (p->words[i].lo < q->near.clause.lo || p->words[i].hi > q->near.clause.hi)) continue;
            reads = reads || word_in(p, i, reading);
            writes = writes || word_in(p, i, writing);
        }
    }
    str rest = str_from_cstr(reading), one;
    while (str_cut(&rest, ' ', &one)) of_reading = of_reading || fact_has_stem(f, fact_stem(one));
    rest = str_from_cstr(writing);
    while (str_cut(&rest, ' ', &one)) of_writing = of_writing || fact_has_stem(f, fact_stem(one));
    return (reads && !writes && of_writing && !of_reading) || (writes && !reads && of_reading && !of_writing);
}
