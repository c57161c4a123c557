/* question.h - one number of the article and the facts it could be about. Private to the truth stage.
 *
 *     quantities.c        which numbers are claims, and with which unit
 *     conditions.c        what the context states of a benchmark's conditions
 *     candidates.c        which facts agree, which are named, how well each fits
 *     implied.c           nouns that its verbs say
 *     compared.c          is it held against ours?
 *     frame.c             what the sentence makes of the number: a size, a part, a difference
 *     contradict.c        may this fact contradict it?
 *     called.c            facts that are meant without a name beside the number
 *     undeclared.c        does the text name something that nobody declared?
 *     of_another.c        does the number go with another thing?
 *     worked_out.c        a multiple or a ratio of values that stand there
 *     slips.c             facts whose digits it has, in another magnitude or unit
 *     owners.c            whose is it, where nobody's name is said?
 *     subject.c           is another thing named nearer to it?
 *     other_case.c        does the clause say another metric or case?
 *     apposition.c        whose a number is that no verb leads to
 *     predicate.c         which facts the grammar singles out: a bare predicate, one value in two units
 *     cells.c             whose a table's number is, and which attribute
 *     cell_lines.c        the same by the other cells of its line
 *     sums.c              a number that the sentence works out of others
 *     settings.c          bare numbers behind a setting's name
 *     pairs.c             ends of a change, subjects and their values
 *     parallels.c         "118 fps on the one, and the other does 96"
 *     ellipsis.c          bare numbers whose unit stands before them
 *     named_values.c      values that are names
 *     formats.c           names of one closed kind: how weights are quantized, how disks are joined
 *     ratios.c            "1.35 times as fast", with both numbers beside it
 *     exchanges.c         two true values that have changed places
 *     proof.c             may what agrees prove it?
 *     proof_subject.c     is it said of what that fact is of, and in its case?
 *     proof_condition.c   or in a sibling's case?
 *     quantity_verdict.c  supported, contradicted, or neither
 */
#ifndef ASSAY_FACTS_QUESTION_H
#define ASSAY_FACTS_QUESTION_H

#include "facts/judge.h"

enum { CANDIDATE_LIMIT = 96 };

typedef struct scored {
    uint32_t fact;
    double name, owner, condition;
    uint8_t stated; /* enum region: where a condition whose value is a word is stated; REGION_COUNT when none is */
    bool conflict;  /* the context states another value of one of its conditions */
    bool elsewhere; /* so does the row's label: the value stands in another row's place */
    bool numbered;  /* a condition that is a number is met */
    bool row;       /* one of its conditions is what the row's label says */
    bool sole;      /* the only fact of its kind that the row's owner has */
    bool certain;   /* an equation or a table's lines leave no other: no word has to name it */
    bool slip;      /* its number, with the point or the unit in the wrong place (slips.c) */
    bool agrees;
    bool doubted; /* may not contradict after all (doubt.h) */
} scored;

enum { STATED_LIMIT = 12, IMPLIED_LIMIT = 12 };

typedef struct stated { /* what the context states of one condition's key, looked up once a question */
    uint64_t key;
    bool found, in_label;
    double value;
} stated;

typedef struct question {
    judge *j;
    passage *p;
    const token *t;
    measure m;
    context near;
    const numeric_fact *facts;
    scored *found; /* [CANDIDATE_LIMIT], the caller's */
    uint32_t n;
    const alias_hit *setting_hit; /* an attribute is named right before it: max_connections = 120 */
    bool code_size;               /* "200G" in code: of powers of 1000 or of 1024 */
    bool setting_in_code;         /* and that name is inline code */
    bool bare;                    /* a number without a unit: compared with what facts write, whatever their unit */
    stated stated[STATED_LIMIT];
    uint32_t stated_count;
    bool swapping;                   /* a fact agrees: the question is whether it is the wrong one */
    bool the_machine;                /* the clause says "the machine": the main one */
    uint64_t implied[IMPLIED_LIMIT]; /* stems that a verb of the clause says without the noun: "keeps" retention */
    uint32_t implied_count;
    uint64_t unit_nouns[3];       /* what a number of this sort is, "size" of so many bytes; 0 = no more */
    uint64_t unit_stem;           /* of the unit's own word, "KiB" of the "KiB per token"; 0 where it is a name */
    uint32_t focus;               /* the process that "it takes", "the job takes" speaks of; MANIFEST_NONE: none */
    bool elliptic;                /* its unit is that of the number before it, by the structure of the sentence */
    bool parallel;                /* it goes on about what the number before it is (parallels.c) */
    bool another;                 /* what agrees is another thing's (proof.c) */
    bool takes;                   /* "takes", "lasts": a duration is named */
    bool change;                  /* one end of "from a to b" */
    bool change_from;             /* the first end, which is the past's */
    double other_end, other_half; /* the other end of the change, in base units, and half its printed unit */
} question;

/* ---- conditions.c ---- */
enum condition_state condition_state_of(question *q, const fact_condition *c);
/* Does a row's label state the condition, or another value of it? */
enum condition_state condition_in_label(judge *j, passage *label, const fact_condition *c);
/* Does the row's label, under a header that names the key, say what the condition is? */
bool condition_is_in_row(question *q, const fact_condition *c);
/* What the context states of a condition's key; looked up once a question. */
stated stated_of(question *q, uint64_t key);
/* Does the key stand right before the number, or as its noun? */
bool number_has_key(const passage *p, const token *t, uint64_t key);
/* Does the passage state the condition's number beside its key? `any`: does it state some number there? */
bool condition_number_stated(question *q, const fact_condition *c, bool *any);
/* Does the passage hold the condition's value, one word that says enough by itself, "production"? "on" and "2026" do
 * not. */
bool condition_word_in(judge *j, passage *p, const fact_condition *c);
/* Is the number itself a condition, "at batch 4", "with 32 clients": a declared one, or one in that place? */
bool number_is_condition(question *q);
/* Supports a claim that is itself a declared condition: "32 clients". */
void judge_condition(question *q, claim *c);

/* ---- candidates.c ---- */
/* Fills q->found: facts that agree in value, facts that the context names, each scored. */
void find_candidates(question *q);
double candidate_total(const scored *s);
bool candidate_agrees(const question *q, const numeric_fact *f);
/* The number's dimension, and its family of rates? */
bool candidate_same_kind(const question *q, const numeric_fact *f);
/* A unit that is a metric of its own: tok/s, tps. */
bool is_metric_unit(const question *q);
/* ---- implied.c ---- */
/* Fills q->implied: what the verbs of the clause say without the noun. */
void find_implied(question *q);
/* "43 cents per kilowatt-hour": what electricity costs? */
bool figure_is_tariff(const question *q);
/* "At most 4 GB may be uploaded", "a group may put 20 TB there": is it what is permitted, a limit? */
bool figure_is_permitted(const passage *p, const token *t, clause_range clause);
/* Does a verb of the clause say the noun: "costs" the price, "every" an interval? */
bool question_implies(const question *q, uint64_t stem);
/* Does only one entity have facts of the fact's group? Then the name alone says whose it is. */
bool fact_owner_is_unique(const question *q, const numeric_fact *f);
/* undeclared.c: does a number of passage `p`, but this one, say what the fact does? */
bool fact_is_said_in(const question *q, const passage *p, const numeric_fact *f);
/* Sets `the_machine`. */
void owner_find_machine(question *q);
/* Is the machine the only one that the section speaks of, down to the list or the table that holds the number? */
bool section_is_of(const question *q, uint32_t entity);
/* Is word `w` of the passage such a word for the fact's attribute? */
bool has_synonym_word(const numeric_fact *f, const question *q, uint32_t w);
/* Does the clause hold an everyday word for the attribute: VRAM for memory? */
bool has_synonym(const question *q, const numeric_fact *f);

/* Does the unit say the word of a name of several: its own word, or the noun of its sort? */
bool question_unit_says(const question *q, uint64_t stem);
/* Does the number's own unit complete a name of the fact, "144 KiB per token" its "KiB per token"? */
bool fact_named_by_unit(const question *q, const numeric_fact *f);
/* Is the name nothing but the time that its owner takes: "duration", "backup duration" of a backup? */
bool phrase_is_duration(const fact_phrase *name);

/* ---- frame.c ---- */
/* Words before and behind the number: [0, *before) end before it, [*after, …) begin behind it. */
void question_words_around(const question *q, uint32_t *before, uint32_t *after);
bool question_in_clause(const question *q, uint32_t i);
/* Why the sentence's own words keep the fact from contradicting the number; NULL when they do not. */
const char *frame_objection(const question *q, const numeric_fact *f);
/* compared.c: does a comparison hold the number against ours, "than the 8 GB of …"? */
bool figure_is_compared(const question *q);
/* Is it room for something, or a measure of counting: "fits into 24 GB", "a million of them cost"? */
bool figure_is_measure(const question *q);
/* phases.c: is the token rate that of the phase which the fact is not of, prefill for decode? */
bool figure_is_of_other_phase(const question *q, const numeric_fact *f);
/* contradict_counts.c: why a percentage, a bare number or a count may not be contradicted; NULL. */
const char *objection_of_unit(const question *q, const scored *best);
/* Does the clause hold a whole name of the fact, of several words? */
bool fact_named_whole(const question *q, const numeric_fact *f);

/* ---- subject.c ---- */
/* Why what is named around the number keeps the fact, which is somebody else's, from contradicting it; or NULL. */
const char *subject_objection(const question *q, const scored *best);
/* The same where the owner is another's whatever the fact's name says: of measurements with several subjects, of cells,
 * of the machine that stands right before the number. */
const char *subject_displaced(const question *q, const scored *best);
/* Is the number said of each of several things, "24 GB each", "memory per GPU", where the attribute's name (NULL:
 * any) does not say so itself? */
bool subject_is_each(question *q, const numeric_fact *f);
/* May one of the two stand where the other does: two machines, two engines, two models? */
bool subject_is_of_one_role(const judge *j, uint32_t a, uint32_t b);
/* Is the fact's owner a part, which stands in a machine? */
bool subject_is_part(const question *q, const numeric_fact *f);

/* ---- proof.c ---- */
/* Is the fact that agrees another thing's than the one spoken of? */
bool proof_is_anothers(question *q, const scored *yes);
/* Is there no other number of this sort in the sentence? */
bool proof_is_only_one(const question *q);
/* Is the entity a machine of its own, no part? */
bool entity_is_machine(const judge *j, uint32_t entity);
/* ---- proof_subject.c ---- */
/* Does the grammar give the number to another thing than the fact's owners, or the sentence state another value of the
 * fact's condition? */
bool proof_is_of_another_subject(const question *q, const numeric_fact *f);
bool proof_is_of_another_case(question *q, const scored *yes);
/* Is it what a change left behind, and the fact what is now? */
bool proof_is_left_behind(const question *q, const numeric_fact *f);
/* Does it lie so far from a bound that is no round number that it proves nothing: "within 19 s" of nine? */
bool proof_is_far_bound(const question *q, const numeric_fact *f);
/* Is it a lower bound below the fact: "at least 48 GB" of a machine with 128 GB? It is no falsehood, however far. "Up
 * to 200 tok/s" where 70 are measured is one: it promises them. */
bool proof_bound_holds(const question *q, const numeric_fact *f);

/* ---- other_case.c ---- */
/* Why the clause's own metric or case keeps the fact, which has another, from contradicting the number; or NULL. */
const char *other_case_objection(question *q, const scored *best);

/* ---- worked_out.c ---- */
/* Does the text say itself where the number comes from: the fact's value so many times, a ratio of two cells? */
bool number_is_worked_out(const question *q, const numeric_fact *f);

/* ---- of_another.c ---- */
/* Why the build of the sentence makes the number another thing's; or NULL. */
const char *of_another_objection(const question *q, const numeric_fact *f);

/* ---- undeclared.c ---- */
/* Does the name of an entity cover word `w` of the passage? */
bool word_in_entity(const passage *p, uint32_t w);
/* Why the text names something that the manifest does not declare, rather than the fact; or NULL. */
const char *undeclared_objection(const question *q, const scored *best);
/* Is word `w` one by which the fact, its case or its owner is called, or what its unit says? */
bool fact_has_word(const question *q, const numeric_fact *f, uint32_t w);
/* Is some name of the fact said, but for what its unit, a verb or its owner says? Of a GPU's power the "GPU" is. */
bool fact_name_is_said(const question *q, const numeric_fact *f);

/* ---- contradict.c ---- */
/* Why the fact may not contradict the number, for the claim's `why`; NULL when it may. */
const char *contradiction_objection(question *q, const scored *best, const stance_view *s);
/* Does a name of the fact stand within a word of the number: "40 GB of RAM", "context 32k"? */
bool fact_named_adjacent(const question *q, const numeric_fact *f);
/* Does a whole name of the fact stand beside the number, or in its clause where it is a longer one? */
bool fact_named_beside(const question *q, const numeric_fact *f);

/* Does the sentence begin with somebody new, "A laptop with 16 GB …"? Then the one before does not say whose it is. */
bool figure_begins_anew(const question *q, const numeric_fact *f);

/* ---- owners.c ---- */
/* Does every fact of this name disagree, whoever owns it, in a text that speaks of us? */
bool owner_is_no_matter(const question *q, const numeric_fact *f);
/* Does a sentence that speaks of nothing else say a whole name, or count a thing, that only one of ours has? */
bool owner_is_the_only_one(const question *q, const numeric_fact *f);
/* Is the owner as good as said: a date, "my" before the name, a whole name under a condition of ours? */
bool owner_is_implied(const question *q, const scored *best);

/* ---- predicate.c ---- */
/* The facts that a bare predicate ("the box was 3,689 euros") or an equation ("5.03 GB, or 4.68 GiB") singles out. */
void ask_by_predicate(question *q, scored *(*score)(question *, uint32_t));
/* "It takes 41 minutes", "the job takes": sets q->focus to the process that the text was speaking of. */
void find_focus(question *q);
void ask_by_equation(question *q, scored *(*score)(question *, uint32_t));

/* ---- called.c ---- */
/* Are an owner and a condition of the fact named, and is all that the owner has in this rate of one metric? */
bool fact_by_case(const question *q, const scored *best);
/* Is a whole name of several words all that the row's label or the column's header says? */
bool fact_called_so(const question *q, const numeric_fact *f);
/* Is its owner said to have so much of it, "has a bandwidth of 500 GB/s", by the last word of its name? */
bool fact_is_had(const question *q, const numeric_fact *f);
/* Does the label or the header name the fact only behind a preposition, "weights on disk"? */
bool fact_is_behind_another_head(const question *q, const numeric_fact *f);
/* Does a word of the label or the header make it another thing than the fact: "accelerator memory"? */
bool fact_is_qualified(const question *q, const numeric_fact *f);

/* ---- slips.c ---- */
/* The facts whose number this is with its point or its unit in the wrong place: scored::slip. */
void ask_by_slip(question *q, scored *(*score)(question *, uint32_t));
/* May such a slip be contradicted: are its digits, or its name and owner, enough to say that the fact is meant? */
bool slip_is_sure(const question *q, const scored *s);
/* Is a figure more than eight times what the fact says, or less than an eighth, and has other digits? Nobody takes
 * 128 GB for 12: it is the size of something else. Durations do go as far as 25 min and half a minute. */
bool figure_is_out_of_scale(const question *q, const numeric_fact *f);

/* ---- apposition.c ---- */
/* The facts that the number can only mean by its unit, of the thing in whose parenthesis or list of values it stands.
 */
void ask_by_apposition(question *q, scored *(*score)(question *, uint32_t));
/* "The reindex (03:40, 26 minutes)": the only duration of the process before the parenthesis. */
void ask_by_parenthesis(question *q, scored *(*score)(question *, uint32_t));
/* The fact of an owner that a number of this unit can only mean, where it disagrees; UINT32_MAX where none or several
 * do. */
uint32_t fact_by_unit(const question *q, uint32_t owner);

/* ---- settings.c ---- */
/* The attribute or metric that is named right before a bare number, as a setting; NULL when none is. `unit` (may be
 * NULL): what the name's last part says, "_s". */
const alias_hit *setting_of(judge *j, passage *p, const token *t, unit_id *unit);
/* Is the bare number a setting's value? Gives it the unit of the name's last part. */
bool give_setting(judge *j, passage *p, token *t);
/* Is it all who do our work, "our team consists of twelve volunteers"? */
bool figure_is_all_of_us(const question *q, const numeric_fact *f);
/* "212 open reels": gives a bare number the counted name behind it. */
bool give_counted_name(judge *j, passage *p, token *t);
/* "200G", "512mb" in code: reads it as a quantity. */
bool read_code_size(const passage *p, token *t);

/* ---- sums.c ---- */
/* The derived fact whose operands stand before the number, behind words that draw a sum of them. */
void ask_by_sum(question *q, scored *(*score)(question *, uint32_t));

/* ---- cells.c ---- */
/* The facts of which one must agree with this number of a cell, by its row and its column; their number, 0 where the
 * table does not say. */
uint32_t cell_facts(judge *j, passage *p, const token *t, uint32_t *facts, uint32_t capacity);
void ask_by_cell(question *q, scored *(*score)(question *, uint32_t));

/* ---- named_values.c ---- */
/* An attribute whose value is a name, "quantized to MXFP4", "a Ryzen 9 7950X": the claim that ends at this token. */
void judge_named_value(judge *j, passage *p, uint32_t index);

/* ---- formats.c ---- */
/* The only name of a closed kind in the passage, "Q4_K_M", "RAIDZ3", where the one it is said of has another. */
void judge_format(judge *j, passage *p);

/* ---- quantities.c ---- */
bool token_lies_in_name(const passage *p, const token *t); /* of an entity, a package or what is declared absent */

/* ---- ellipsis.c ---- units of the quantity before, each by another sign of it */
bool is_year_like(const token *t); /* a bare whole number from 1900 to 2100 */
bool inherit_unit(const passage *p, uint32_t index, token *t);
bool inherit_by_ellipsis(const passage *p, uint32_t index, token *t);
bool inherit_by_structure(passage *p, uint32_t index, token *t); /* "from 95 minutes to 74"; one verb before both */
bool inherit_by_coordination(passage *p, uint32_t index, token *t);
bool inherit_at_end(judge *j, passage *p, uint32_t index, token *t);

/* ---- pairs.c ---- */
/* Is the number one end of a change whose other end agrees with this fact's only sibling? */
bool fact_is_other_end(question *q, const numeric_fact *f);
/* Both ends are declared values, but in the wrong order: the fact that belongs where `agrees` stands. NULL otherwise.
 */
const numeric_fact *change_reversed(const question *q, const numeric_fact *agrees);
/* Scores the siblings of what the other end agrees with. */
void ask_by_pair(question *q, scored *(*score)(question *, uint32_t));
/* The entity that the clause makes the number's subject, among those that own facts of the group; MANIFEST_NONE when
 * it is not plain. The second reads "A and B reach 1 and 2 respectively". */
uint32_t question_subject(const question *q, uint32_t group);
#define QUESTION_ANYBODY UINT32_MAX /* as a group: among all entities */
/* "34.1 and 58.3 tok/s with one card and with two": the conditions of two numbers in one breath are told by their
 * order, not by what stands nearer. */
bool question_is_of_a_pair(const question *q);
uint32_t question_subject_by_order(const question *q, uint32_t group);

/* ---- parallels.c ---- */
/* "118 fps on the one, and the other does 96": the fact that is to the number before what this clause's word says. */
/* Does the number before this one, or the last of the sentence before, agree with some fact of the same group? */
bool question_goes_on(const question *q, const numeric_fact *about);
void ask_by_parallel(question *q, scored *(*score)(question *, uint32_t));

/* ---- ratios.c ---- */
/* Is it a ratio, and does the text around state both numbers that the derived fact divides? */
bool ratio_is_stated_of(const question *q, const numeric_fact *f);
/* The derived facts whose two numbers stand around a ratio. */
void ask_by_ratio(question *q, scored *(*score)(question *, uint32_t));
/* Does the stated ratio follow from the two declared numbers, in any reading ("1.35 times", "35 % faster")? */
bool ratio_follows(const question *q, const numeric_fact *f);

/* ---- exchanges.c ---- */
typedef struct mark { /* where a word stands that only one of two facts has */
    uint32_t lo, hi;
} mark;

enum { MARK_LIMIT = 16 };

typedef struct marks {
    mark at[MARK_LIMIT];
    uint32_t n;
} marks;

/* The places in the passage of what only `f` has and `other` has not, a name, a condition or an owner; the number
 * itself apart. `strict`: of a name of several words only where all of them stand there. */
void find_marks(judge *j, passage *p, text_range number, const numeric_fact *f, const numeric_fact *other, bool strict,
                marks *out);
/* Remembers a number that a fact supports, unless several do. */
void note_supported(question *q, uint32_t claim_at, text_range at, const stance_view *s);

/* ---- quantity_verdict.c ---- */
void decide_quantity(question *q, claim *c, const stance_view *s);

#endif
