/* reading.h - what an article says, of whom and of when; nothing here is compared with what is true. Private to the
 * truth stage.
 *
 *     article ──surfaces──► passages ──stance, tense, told──► how it is said
 *                                    └─bind, third_party────► what it is said of
 *
 * A *surface* is one text with its tokens and its hits (names of the manifest): the article's body, or one value of the
 * frontmatter. A *passage* is the smallest stretch in which one thing is said: a sentence, a heading, a table cell, a
 * line of code, a frontmatter value. Each passage knows the passages that give it meaning (its heading, its row's
 * label, its column's header, the line that leads into its list), by index. Words of a passage are split only when a
 * claim in it is to be judged.
 */
#ifndef ASSAY_FACTS_READING_H
#define ASSAY_FACTS_READING_H

#include "facts/claim.h"
#include "manifest/fact_index.h"
#include "lex/lexicon.h"
#include "manifest/manifest.h"

#define PASSAGE_NONE UINT32_MAX

/* ---- words of a passage ---- */

typedef struct pword { /* one word of a passage */
    uint32_t lo, hi;   /* in the surface's text */
    uint64_t stem;     /* fact_stem of it */
    uint32_t cues;     /* enum cue */
    uint32_t marks;    /* enum word_mark */
} pword;

/* ---- surfaces and passages ---- */

typedef struct surface {
    str text;
    const token *tokens;
    uint32_t token_count;
    const alias_hit *hits;
    uint32_t hit_count;
    const field *of; /* NULL = the body */
    span raw;        /* source bytes of a frontmatter value */
    uint8_t *used;   /* [token_count] judged already, by what the token is part of */
    uint8_t placed;  /* 0 not looked for yet, 1 raw is the text alone, 2 the text stands otherwise in it */
} surface;

enum passage_kind { PASSAGE_SENTENCE, PASSAGE_HEADING, PASSAGE_CELL, PASSAGE_CODE, PASSAGE_FIELD };

enum passage_flag {
    PASSAGE_IN_QUOTE = 1 << 0,
    PASSAGE_IN_LIST = 1 << 1,
    PASSAGE_LABEL_CELL = 1 << 2, /* first cell of a row */
    PASSAGE_HEADER_CELL = 1 << 3,
    PASSAGE_READY = 1 << 4,    /* words and stance are there */
    PASSAGE_PROMPT = 1 << 5,   /* code: a command after a prompt, or a line of a script */
    PASSAGE_TERMINAL = 1 << 6, /* code: output of a command */
    PASSAGE_CONFIG = 1 << 7,   /* code: configuration, compose file */
    PASSAGE_ROOT = 1 << 9,     /* code: a command behind root's bare "# " */
    PASSAGE_ORDERED = 1 << 8,  /* item of an ordered list */
    PASSAGE_ANSWERED = 1 << 12 /* output: a pattern of the manifest agrees with a part of the line */
};

typedef struct passage {
    const surface *on;
    text_range text;
    uint16_t kind, flags;
    /* filled by passage_prepare */
    uint32_t word_count;
    uint32_t cues, marks; /* all of its words */
    pword *words;
    uint64_t stems; /* the fact_stem_bit of each of its words */
    /* in the surface */
    uint32_t token_lo, token_hi, hit_lo, hit_hi;
    /* what is around it; what stands above this line is asked by every rule, and fills a cache line */
    uint32_t sentence, block;
    uint32_t heading;  /* nearest heading above */
    uint32_t lead;     /* the paragraph before the list, table or code block, or the parent item's first sentence */
    uint32_t above;    /* last sentence before this paragraph in the same section */
    uint32_t label;    /* cell: first cell of the row; sentence in a list: the item's bold label is its own text */
    uint32_t column;   /* cell: header cell */
    uint32_t previous; /* sentence before this one in the same paragraph (or item) */
} passage;

typedef struct supported_number { /* a number that a fact supports: exchanges.c asks whether it is another's */
    uint32_t claim;
    uint32_t facts[3], n; /* those that agree, the best first */
    double value, half;   /* in base units, and half its printed unit */
    passage *p;
    text_range at;
} supported_number;

/* What was found of the rows around one passage; asked again for every version in it (version_rows.c). */
enum { ROWS_REMEMBERED = 8 };
typedef struct rows_found {
    const struct passage *around; /* NULL = of none */
    uint32_t entity[ROWS_REMEMBERED], n;
    bool differ[ROWS_REMEMBERED];
} rows_found;

typedef struct judge {
    arena *a;
    const manifest *m;
    const fact_index *index;
    const article *art;
    const token_list *tokens;
    const facts_options *options;
    claim_list *claims;
    finding_list *findings;
    surface *surfaces; /* [surface_count], [0] = the body */
    uint32_t surface_count;
    passage *passages;
    uint32_t passage_count;
    const struct cue_table *cues;
    day_number day;            /* of the article; 0 = none */
    bool about_us, names_ours; /* the second: a declared machine is named, which alone decides nothing */
    bool failed;               /* memory is gone */
    uint32_t main_hardware;    /* the hardware entity that the article is about, or MANIFEST_NONE */
    bool main_is_host;         /* services run on it: a machine of its own, and no part */
    uint64_t *entity_seen;     /* bit set: entities named anywhere in the article */
    bool said_here; /* what is judged is said to be that of one of ours, or done here (here.c, practised.c), or to be
                       the day of a change (version_moved.c) */
    bool judging_aside; /* the last claim's stance_view.aside */
    passage *judging;   /* where the last claim was added, and at which bytes (doubt.h) */
    text_range judging_at;
    const numeric_fact *contradicting; /* the fact that is about to contradict a number; else NULL */
    bool swapped;                      /* and the number is another fact's */
    const numeric_fact *belongs_to;    /* whose it is then, where that is known; else NULL */
    bool by_row;                       /* and the row's label says one of its conditions */
    bool by_line;                      /* the table's own lines leave no other fact (cells.c) */
    VEC(supported_number) supported;
    VEC(pword) room; /* for the words of one passage while it is split */
    rows_found rows;
    const struct declared_formats *formats; /* NULL until formats.c asks for them */
    struct ports_written *ports_written;    /* NULL until ports_written.c is asked */
    struct version_places *places;          /* version_places.c */
    const struct cadence *cadences; /* of the index's processes, in its order; NULL until process.c asks for them */
} judge;

/* ---- surfaces.c ---- */
bool surfaces_make(judge *j);
str passage_text(const passage *p);
static inline str surface_slice(const surface *s, uint32_t lo, uint32_t hi) {
    return str_slice(s->text, (ptrdiff_t)lo, (ptrdiff_t)hi);
}
/* Source bytes of a part of a surface's text. */
span surface_source(const judge *j, const surface *s, uint32_t lo, uint32_t hi);

/* ---- passage_words.c ---- */
/* Finds its words, once. */
void passage_prepare(judge *j, passage *p);
/* Words [*first, *end) of a prepared passage that lie within WINDOW_REACH bytes of [lo, hi): claims in an endless
 * sentence each look at a bounded part of it. */
enum { WINDOW_REACH = 600 };
void passage_window(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end);
/* The last word within WINDOW_REACH that ends at byte `lo` or before it; UINT32_MAX where none does. */
uint32_t passage_word_before(const passage *p, uint32_t lo);
/* passage_window for hits. */
void passage_hit_window(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end);

/* ---- typed.c ---- */
/* Is the line a command behind root's bare prompt, "# apt-mark hold x"? Is one of the text's? Is every line of the text
 * a command? */
bool typed_by_root(str line);
bool typed_has_root(str text);
bool typed_all(str text);

typedef struct clause_range {
    uint32_t lo, hi;
} clause_range;

/* ---- told.c ---- */
/* The first and the last day that the structure around a place dates it to: a dated heading, the opening of its
 * paragraph, its row's label. False where none does. */
bool told_days(judge *j, passage *p, day_number *first, day_number *last);
/* Does the place tell of a day in [from, to)? `from` 0 = since ever. */
bool told_within(judge *j, passage *p, day_number from, day_number to);

/* Does the paragraph open with a year that is over, "In the summer of 2024 everything ran on a laptop"? */
bool told_in_past_scene(judge *j, const passage *p);

/* ---- asked.c ---- */
/* Is the prepared passage a part of a question that is set apart from its answer, and told by who asks: "**I have vLLM
 * 0.11.2. What's wrong?**"? */
bool passage_is_readers(const judge *j, const passage *p);
/* Does the prepared passage ask whether what stands from `lo` on is so, also behind a label or an adverb ("Q: Does it
 * have 24 cores?"), and is the answer a plain "Yes."? */
enum asks { ASKED_NOT, ASKED_OPEN, ASKED_AFFIRMED };
enum asks passage_asks_whether(judge *j, const passage *p, uint32_t lo);

/* ---- asides.c ---- */
/* Is word `i` of a prepared passage the possessive of a name that the manifest does not know, nor one who makes what
 * others own: "Hanna's"? */
bool person_has(const passage *p, uint32_t i);
/* Is what stands at `lo` said of somebody's thing, of what was turned down or planned, or told to be taken back? */
bool stance_is_beside(judge *j, const passage *p, clause_range part, uint32_t lo);

/* ---- antecedent.c ---- */
/* Is what is named at the hit of a prepared passage only what something else is held against, or somebody else's:
 * "smaller than badger", "unlike badger", "badger's predecessor", "Hanna's badger"? */
bool mention_is_beside(const passage *x, const alias_hit *hit);
/* Does the prepared sentence, which does not name the entity, go on about something else than it: is it named in the
 * sentence before only beside another thing, or, for a sentence that begins with "it", not at all? */
bool antecedent_is_other(judge *j, const passage *p, uint32_t entity);

/* ---- spec_line.c ---- */
/* Is it an item that lists what the article's own machine has: "DGX Spark, 20 cores, 128 GB, 4 TB"? */
bool passage_is_spec_line(judge *j, passage *p);

/* ---- about.c ---- */
void about_decide(judge *j);

/* ---- stance.c ---- */
typedef struct stance_view {
    enum stance stance;
    bool others;     /* somebody else's thing: a friend's machine, a vendor's claim, a past job */
    bool aside;      /* somebody else is mentioned, who does not own it: proved or unproved, never contradicted */
    bool foreign;    /* of a machine that no name of ours leads to: judged by nothing, and paid nothing */
    bool historical; /* something in the sentence says that it speaks of the past, or of a change */
    bool past;       /* the clause itself says that it is no longer so */
    bool denied;     /* a negation governs it */
    bool wished;     /* a number taken for granted inside a wish, a condition or an order: it earns nothing unproved */
    bool loose;      /* comparison, default, "such as": too weak to contradict */
} stance_view;
/* Stance of what stands at [lo, hi) of the passage. */
stance_view stance_at(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* The part of a prepared sentence around [lo, hi): since the last ; or "but", "while", "because". Wider than a clause:
 * commas do not end it. */
clause_range stance_part(const passage *p, uint32_t lo, uint32_t hi);
/* Is the figure at [lo, hi) that of a thing that is not ours: "an H100 has 80 GB", "a Raspberry Pi 5 with 8 GB"? */
bool stance_is_foreign(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* "Pickle is a wonderful thing. Under the lid there's a Ryzen 9 7940HS with …": does the byte lie in what the machine
 * of the sentence before is declared to have, in a sentence that begins inside of it? */
bool stance_is_part_of_ours(judge *j, const passage *p, uint32_t at);
/* denial.c: does a negation govern [lo, hi) of a prepared passage, before it in its part of the sentence, behind it, or
 * before the list that holds it? */
bool denial_governs(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* Is it denied by words that hold no negation: "Missing from it are …", "NPU-free"? `part` as stance_part gives it. */
bool denial_unnegated(const passage *p, uint32_t lo, uint32_t hi, clause_range part);
/* tense.c: is the part of the sentence around [lo, hi) of a prepared passage told of a time that is over? */
bool told_in_past(const passage *p, uint32_t lo, uint32_t hi);
/* Is word `i` a verb in the simple past that has a subject of its own: "the fan stopped", not "a stopped fan"? */
bool told_by_past_verb(const passage *p, uint32_t i);
/* Does word `i` begin a time that is over, "before the upgrade", not "before each session"? */
bool told_time_before(const passage *p, uint32_t i);
/* Is what stands at `lo` where a move of ours went, "I moved from X to Y"? What "has had Y since" still has it? */
bool told_moved_to(const passage *p, uint32_t lo);
bool told_has_had(const passage *p, uint32_t lo);
/* Is the heading told in the past, "What we had", or what leads into the list, "Before the upgrade, we had:", and the
 * sentence below it not in the present? */
bool told_under_past_heading(judge *j, passage *p);
/* Does a command take away what stands at `lo` of its line: "rm -rf /srv/minio", "apt purge postgresql-16"? */
bool told_removing(const passage *p, uint32_t lo);
/* Is the name at `lo` of a prepared passage that of some such thing, not of ours: "a VPS running Nginx needs certbot",
 * "an MCP server can expose a shell"? Not where the sentence says "I" or "my". */
bool stance_is_any(const passage *p, uint32_t lo);

/* Is word `i` of a prepared passage this one, ASCII case folded? False behind the last. `text` is best a literal. */
#define word_is(p, i, text) passage_word_is((p), (i), (text), strlen(text))
static inline bool passage_word_is(const passage *p, uint32_t i, const char *text, size_t len_bytes) {
    if (i >= p->word_count || p->words[i].hi - p->words[i].lo != len_bytes) return false;
    return str_eq_nocase(surface_slice(p->on, p->words[i].lo, p->words[i].hi), str_make(text, len_bytes));
}
/* word_lists.c: what is remembered of a list that the program holds, in a table for each thread, by its address. */
enum { WORD_LIST_BITS = 13 };
typedef struct word_list {
    const char *words;      /* NULL = free */
    uint64_t first, second; /* fact_stem_bit and fact_stem_second_bit of all its words */
} word_list;
extern _Thread_local word_list word_lists[1 << WORD_LIST_BITS];
void word_list_learn(word_list *list, const char *words);

/* May a word with this stem be on the list, which is a literal or lives as long as the program? */
static inline bool word_list_may_hold(const char *words, uint64_t stem) {
    word_list *list = &word_lists[((uint64_t)(uintptr_t)words * 0x9e3779b97f4a7c15u) >> (64 - WORD_LIST_BITS)];
    if (list->words != words) word_list_learn(list, words);
    return list->first & fact_stem_bit(stem) && list->second & fact_stem_second_bit(stem);
}

/* Is word `i` of a prepared passage one of `words` ("by more less"), ASCII case folded? False behind the last. */
static inline bool word_in(const passage *p, uint32_t i, const char *words) {
    if (i >= p->word_count) return false;
    size_t n = strlen(words);
#ifdef __GNUC__
    if (__builtin_constant_p(n) && !word_list_may_hold(words, p->words[i].stem)) return false;
#endif
    return str_is_listed(surface_slice(p->on, p->words[i].lo, p->words[i].hi), words, n);
}

/* Does word `i` of a prepared passage end in "'s", plain or typographic? */
static inline bool word_is_possessive(const passage *p, uint32_t i) {
    return i < p->word_count && p->words[i].marks & MARK_OWNS;
}

/* ---- our_host.c ---- */
/* Is a host that the prepared passage introduces with "a" ours by the build: our site lives there, or the list that it
 * stands in tells what we have? */
bool host_is_ours(judge *j, passage *p, uint32_t host);
/* Is it introduced as any such one, "a VPS", and nothing says that it is ours? */
bool host_is_any(judge *j, passage *p, uint32_t host);
/* Is the name of a host, as a prompt shows it, that of a declared machine, or a longer one that holds it? */
bool host_name_is_known(const judge *j, str name);
/* Does [lo, hi) name something that is declared to run on the host? */
bool host_names_its_own(const judge *j, const passage *p, uint32_t host, uint32_t lo, uint32_t hi);
/* "A VPS in X serves the site", "a VPS in X, where our blog lives". */
bool host_serves_the_site(const passage *p);

/* ---- third_party.c ---- */
enum third_party { THIRD_PARTY_OWNS, THIRD_PARTY_ASIDE, THIRD_PARTY_LATER /* in another clause, behind it */ };
/* Of a prepared sentence in whose `part` a word for somebody else stands: does that one own what is said at [lo, hi)?
 */
enum third_party third_party_of(judge *j, passage *p, clause_range part, uint32_t lo, uint32_t hi);

/* ---- presupposed.c ---- */
/* Does the number at [lo, hi) stand in a definite noun phrase, "those 46.3 GiB", "my 5,210 notes", so that no wish or
 * condition around it reaches it? */
bool number_is_presupposed(const passage *p, uint32_t lo, uint32_t hi);
/* "That would make 256 GB, │40 cores│ and a weekend": does an enumeration that begins with a wish reach the number? */
bool number_is_in_wish_list(const passage *p, clause_range part, uint32_t lo);
/* Is the "you" at this word only spoken to while it reckons or knows, "as you can see", "if you count only that"? */
bool word_is_aside(const passage *p, uint32_t you);
/* Is what looks like an order at the sentence's beginning a participle, and its own subject and verb stand before
 * `lo`: "Put side by side, the nodes have 54 cores"? */
bool begins_with_participle(const passage *p, uint32_t lo);

/* ---- bind.c ---- */
/* The clause around [lo, hi): bounded by , ; : ( ) and by words that begin a clause. */
clause_range clause_at(judge *j, passage *p, uint32_t lo, uint32_t hi);

enum region { /* how far off a name stands from what is judged; nearer is smaller */
              REGION_CLAUSE,
              REGION_SENTENCE,
              REGION_LABEL, /* row label, column header, item label */
              REGION_LEAD,  /* previous sentence, the line that leads in */
              REGION_HEADING,
              REGION_ARTICLE,
              REGION_COUNT
};

typedef struct mention {
    uint32_t entity;
    uint8_t region;    /* enum region */
    uint32_t distance; /* bytes, in the same passage */
    const alias_hit *hit;
} mention;

enum { MENTION_LIMIT = 24, BAG_LIMIT = 160 };

typedef struct bag_word {
    uint64_t stem;
    uint8_t region;
    uint32_t at; /* offset, for regions of the same passage */
} bag_word;

/* Everything around one thing that is said: the entities named, and the words. */
typedef struct context {
    passage *p;
    uint32_t lo, hi;
    clause_range clause;
    bool counted; /* the words inside [lo, hi) count as words around it */
    mention mentions[MENTION_LIMIT];
    uint32_t mention_count;
    bag_word words[BAG_LIMIT];
    uint32_t word_count;
    uint64_t have[4]; /* Bloom bits of the stems */
} context;
void context_make(judge *j, passage *p, uint32_t lo, uint32_t hi, context *c);
/* The same, with the words inside [lo, hi) that are no numbers: the noun of "20 cores" is a name, the unit of "9 min"
 * none. */
void context_make_counted(judge *j, passage *p, uint32_t lo, uint32_t hi, context *c);
/* Nearest region in which the entity is named; REGION_COUNT when nowhere. */
enum region context_entity(const context *c, uint32_t entity);
/* Nearest region of a word; REGION_COUNT when nowhere. */
enum region context_stem(const context *c, uint64_t stem);
/* Is the hit something that names an entity? Its index, or MANIFEST_NONE. `kind` filters by entity kind (-1: any). */
uint32_t hit_entity(const judge *j, const alias_hit *hit, int kind);
bool hit_has(const alias_hit *hit, enum alias_kind kind);
/* Is the word one step of a path or a dataset, the "tank" of tank/pg/wal? It names that place, not the pool. */
bool word_is_path_step(const passage *p, const pword *w);
/* Is the place inside a URL, image, address or e-mail token? */
bool inside_opaque(const passage *p, uint32_t lo, uint32_t hi);

/* ---- whole_name.c ---- */
/* Is the name at [lo, hi) only a part of another product's? Of an image ("docker.io/library/postgres",
 * "vllm/vllm-openai") what stands in front of the last part counts for nothing. */
bool name_is_part(const passage *p, uint32_t lo, uint32_t hi, bool image);

/* ---- fact_words.c ---- */
/* Is the stem a word of one of the fact's names; of one of its conditions; does the entity own it? */
bool fact_has_stem(const numeric_fact *f, uint64_t stem);
bool fact_has_condition_stem(const numeric_fact *f, uint64_t stem);
bool fact_is_owned(const numeric_fact *f, uint32_t entity);
/* Is the passage an item whose label is of words of the fact's names, "Bandwidth: …" of memory_bandwidth? */
bool fact_labels_item(const passage *p, const numeric_fact *f);
/* Does one entity own both? */
bool fact_shares_owner(const numeric_fact *f, const numeric_fact *g);
typedef struct name_stems { /* of the first words of a name */
    uint64_t at[4];
    uint32_t n;
} name_stems;
name_stems name_stems_of(str name);
/* The first word of [from, end) of a prepared passage at which they stand one behind the other; UINT32_MAX where none
 * is. */
uint32_t name_stems_find(const passage *p, const name_stems *name, uint32_t from, uint32_t end);
/* The one entity that a label or a header names, alone; MANIFEST_NONE when it names none, or several. */
uint32_t cell_line_entity(judge *j, uint32_t passage);
/* Dimensions that everything has: time, data, counts. In others a unit narrows down what is meant. */
bool dimension_is_common(enum unit_dimension d);

enum condition_state { CONDITION_UNSTATED, CONDITION_MET, CONDITION_OTHER };

/* ---- dated.c ---- */
/* A condition that is a day or a month: does the sentence (or the one before, or the heading) state it? */
enum condition_state condition_of_date(judge *j, passage *p, const fact_condition *c);
/* Does the prepared sentence state a date that is a condition of the fact? */
bool fact_is_of_one_day(const passage *p, const numeric_fact *f);
/* The same of a day or a whole month. */
bool fact_is_dated(const passage *p, const numeric_fact *f);

/* ---- compare.c ---- */
typedef struct measure { /* a number as the article states it, in base units of its dimension */
    double value, high;  /* high only with an interval */
    double half;         /* half a printed unit */
    uint8_t bound;       /* enum bound */
    bool strict, interval;
    enum unit_dimension dimension;
    double factor; /* of its unit */
    uint64_t noun; /* stem of the counted noun */
} measure;
bool measure_of_token(const surface *s, const token *t, measure *out);
/* Does a fact's value agree with what was stated? Tolerances in base units. */
bool measure_agrees(const measure *m, double fact, double tolerance);
/* Does it agree only by rounding further than a reader would think: "1 h" of 41 min, "0 s" of 62 ms? That is no
 * falsehood and no proof. "About 1 h" says itself that it is rounded. */
bool measure_is_coarse(const measure *m, double fact, double tolerance);
bool version_agrees(const manifest_version *v, str stated, str installed);
/* The first period of the history, from `from` on, whose release agrees with what is stated; history_count: none. */
uint32_t version_next_place(const judge *j, const manifest_version *v, str stated, uint32_t from);
struct version_places *version_places_make(arena *a); /* NULL when memory is gone: then histories are read each time */
/* Is it older than what is installed, of a version of which older ones count as outdated, not as wrong? */
bool version_is_outdated(const manifest_version *v, str stated);
/* A text of the article's arena; empty, and the judge failed, when memory is gone. */
str judge_printf(judge *j, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "= 12.5", "~ 70 tok/s". */
str measure_text(judge *j, const surface *s, const token *t);

#endif
