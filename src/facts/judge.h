/* judge.h - the inside of the truth stage: what its files share. Nobody outside this room includes it.
 *
 *     article ──surfaces──► passages ──stance, bind──► candidates ──compare──► claims with proofs
 *
 * A *surface* is one text with its tokens and its hits (names of the manifest): the article's body, or one value of the
 * frontmatter. A *passage* is the smallest stretch in which one thing is said: a sentence, a heading, a table cell, a
 * line of code, a frontmatter value. Each passage knows the passages that give it meaning (its heading, its row's
 * label, its column's header, the line that leads into its list), by index. Words of a passage are split only when a
 * claim in it is to be judged.
 */
#ifndef ASSAY_FACTS_JUDGE_H
#define ASSAY_FACTS_JUDGE_H

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
    PASSAGE_ORDERED = 1 << 8,  /* item of an ordered list */
    PASSAGE_ANSWERED = 1 << 12 /* output: a pattern of the manifest agrees with a part of the line */
};

typedef struct passage {
    const surface *on;
    text_range text;
    uint32_t token_lo, token_hi, hit_lo, hit_hi;
    uint32_t sentence, block;
    uint32_t heading;  /* nearest heading above */
    uint32_t lead;     /* the paragraph before the list, table or code block, or the parent item's first sentence */
    uint32_t above;    /* last sentence before this paragraph in the same section */
    uint32_t label;    /* cell: first cell of the row; sentence in a list: the item's bold label is its own text */
    uint32_t column;   /* cell: header cell */
    uint32_t previous; /* sentence before this one in the same paragraph (or item) */
    uint16_t kind, flags;
    /* filled by passage_prepare */
    pword *words;
    uint32_t word_count;
    uint32_t cues, marks; /* all of its words */
    uint64_t stems;       /* the fact_stem_bit of each of its words */
} passage;

typedef struct supported_number { /* a number that a fact supports: exchanges.c asks whether it is another's */
    uint32_t claim;
    uint32_t facts[3], n; /* those that agree, the best first */
    double value, half;   /* in base units, and half its printed unit */
    passage *p;
    text_range at;
} supported_number;

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
    day_number day; /* of the article; 0 = none */
    bool about_us;
    bool failed;            /* memory is gone */
    uint32_t main_hardware; /* the hardware entity that the article is about, or MANIFEST_NONE */
    uint64_t *entity_seen;  /* bit set: entities named anywhere in the article */
    bool judging_aside;     /* the last claim's stance_view.aside */
    passage *judging;       /* where the last claim was added, and at which bytes (doubt.h) */
    text_range judging_at;
    const numeric_fact *contradicting; /* the fact that is about to contradict a number; else NULL */
    bool swapped;                      /* and the number is another fact's */
    const numeric_fact *belongs_to;    /* whose it is then, where that is known; else NULL */
    bool by_row;                       /* and the row's label says one of its conditions */
    bool by_line;                      /* the table's own lines leave no other fact (cells.c) */
    VEC(supported_number) supported;
    const struct cadence *cadences; /* of the index's processes, in its order; NULL until process.c asks for them */
} judge;

/* ---- surfaces.c ---- */
bool surfaces_make(judge *j);
void passage_prepare(judge *j, passage *p); /* splits its words, once */
str passage_text(const passage *p);
/* Words [*first, *end) of a prepared passage that lie within WINDOW_REACH bytes of [lo, hi): claims in an endless
 * sentence each look at a bounded part of it. */
enum { WINDOW_REACH = 600 };
void passage_window(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end);
/* The same for hits. */
void passage_hit_window(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end);
static inline str surface_slice(const surface *s, uint32_t lo, uint32_t hi) {
    return str_slice(s->text, (ptrdiff_t)lo, (ptrdiff_t)hi);
}
/* Source bytes of a part of a surface's text. */
span surface_source(const judge *j, const surface *s, uint32_t lo, uint32_t hi);

/* ---- told.c ---- */
/* The first and the last day that the structure around a place dates it to: a dated heading, the opening of its
 * paragraph, its row's label. False where none does. */
bool told_days(judge *j, passage *p, day_number *first, day_number *last);
/* Does the place tell of a day in [from, to)? `from` 0 = since ever. */
bool told_within(judge *j, passage *p, day_number from, day_number to);

/* ---- loose.c ---- */
bool judge_loose(judge *j); /* once the claims are in order; false: memory is gone */

/* ---- about.c ---- */
void about_decide(judge *j);

typedef struct clause_range {
    uint32_t lo, hi;
} clause_range;

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
/* denial.c: does a negation govern [lo, hi) of a prepared passage, before it in its part of the sentence, behind it, or
 * before the list that holds it? */
bool denial_governs(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* Is it denied by words that hold no negation: "Missing from it are …", "NPU-free"? `part` as stance_part gives it. */
bool denial_unnegated(const passage *p, uint32_t lo, uint32_t hi, clause_range part);
/* tense.c: is the part of the sentence around [lo, hi) of a prepared passage told of a time that is over? */
bool told_in_past(const passage *p, uint32_t lo, uint32_t hi);
/* Is what stands at `lo` where a move of ours went, "I moved from X to Y"? What "has had Y since" still has it? */
bool told_moved_to(const passage *p, uint32_t lo);
bool told_has_had(const passage *p, uint32_t lo);
/* Is the heading told in the past, "What we had", and the sentence below it not in the present? */
bool told_under_past_heading(judge *j, passage *p);
/* Is the name at `lo` of a prepared passage that of some such thing, not of ours: "a VPS running Nginx needs certbot",
 * "an MCP server can expose a shell"? Not where the sentence says "I" or "my". */
bool stance_is_any(const passage *p, uint32_t lo);

/* Is word `i` of a prepared passage this one, ASCII case folded? False behind the last. `text` is best a literal. */
#define word_is(p, i, text) passage_word_is((p), (i), (text), strlen(text))
static inline bool passage_word_is(const passage *p, uint32_t i, const char *text, size_t len_bytes) {
    if (i >= p->word_count || p->words[i].hi - p->words[i].lo != len_bytes) return false;
    return str_eq_nocase(surface_slice(p->on, p->words[i].lo, p->words[i].hi), str_make(text, len_bytes));
}
/* Is word `i` of a prepared passage one of `words` ("by more less"), ASCII case folded? False behind the last. */
static inline bool word_in(const passage *p, uint32_t i, const char *words) {
    return i < p->word_count && str_is_among(surface_slice(p->on, p->words[i].lo, p->words[i].hi), words);
}

/* ---- third_party.c ---- */
enum third_party { THIRD_PARTY_OWNS, THIRD_PARTY_ASIDE, THIRD_PARTY_LATER /* in another clause, behind it */ };
/* Of a prepared sentence in whose `part` a word for somebody else stands: does that one own what is said at [lo, hi)?
 */
enum third_party third_party_of(judge *j, passage *p, clause_range part, uint32_t lo, uint32_t hi);

/* ---- model_counts.c ---- */
/* "two NVIDIA A2 cards": as many as are declared, or more? */
void judge_model_counts(judge *j, passage *p);

/* ---- presupposed.c ---- */
/* Does the number at [lo, hi) stand in a definite noun phrase, "those 46.3 GiB", "my 5,210 notes", so that no wish or
 * condition around it reaches it? */
bool number_is_presupposed(const passage *p, uint32_t lo, uint32_t hi);
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
/* "= 12.5", "~ 70 tok/s". */
str measure_text(judge *j, const surface *s, const token *t);

/* ---- verdict.c ---- */
/* New claim at [lo, hi) of the passage; NULL when memory is gone. Fills where, quote, sentence, block, stance. */
claim *claim_add(judge *j, passage *p, uint32_t lo, uint32_t hi, enum claim_kind kind, const stance_view *s);
void claim_supported(judge *j, claim *c, const manifest_fact *fact, str says, str why);
void claim_contradicted(judge *j, claim *c, const manifest_fact *fact, str says, str why);
void claim_unverified(judge *j, claim *c, str why);
/* May this fact judge on the article's day? When not, the claim is unverified and says why. */
bool fact_may_judge(judge *j, claim *c, const manifest_fact *fact);
str judge_printf(judge *j, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- process.c, steps.c ---- */
/* The process named in the passage nearest to [lo, hi), names before it preferred; MANIFEST_NONE when none is. */
uint32_t process_in(judge *j, const passage *p, uint32_t lo, uint32_t hi);
/* process_topic.c: the process that the cadence at [lo, hi) is said of where the grammar leaves no other; MANIFEST_NONE
 * when none is. */
uint32_t process_of_cadence(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* Marks numbers inside [lo, hi) as judged: what is part of a cadence or a step is no quantity of its own. */
void take_tokens(passage *p, uint32_t lo, uint32_t hi);
void judge_steps(judge *j);
/* The strict process whose steps the sentence enumerates, all of them and nothing else, in whatever order: with a
 * cadence beside them, a word of order, or five of them there is no doubt of which it is. MANIFEST_NONE where there is.
 */
uint32_t process_told(judge *j, passage *p);
/* timers.c: the process that shares most words with a unit, script or file that the text names; MANIFEST_NONE where
 * none or several do. */
uint32_t process_of_files(const judge *j, str text);
void judge_timers(judge *j); /* timers.c: OnCalendar=, crontab lines */

/* exposes.c: is the word one of what invented services give: files, shells, mail? */
bool exposes_capability(const passage *p, uint32_t i);

/* at_work.c: does the sentence say of the thing at [lo, hi) that it does something for us here? */
bool existence_at_work(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* at_work.c: is word `i` a verb of what something does, "turns", "holds"; and may word `i` begin its object? */
bool existence_is_deed(const passage *p, uint32_t i);
bool existence_has_object(const passage *p, uint32_t i);

/* ---- the judges, in the order in which they take tokens ---- */
void judge_terminal(judge *j);  /* terminal.c */
void judge_processes(judge *j); /* process.c */
void judge_exposes(judge *j);   /* exposes.c */
void judge_commands(judge *j);  /* command_places.c, command_talk.c */
void judge_existence(judge *j); /* existence.c */
void judge_versions(judge *j);  /* versions.c */
/* terminal.c: does the prompt, if the passage is one, name a machine that nobody declared? */
bool prompt_elsewhere(const judge *j, const passage *p);
/* ports.c: the claim at the token that something listens on `port`; `host` is the address that stands before it, or
 * empty. */
void judge_port(judge *j, passage *p, const token *t, claim *c, const stance_view *s, uint32_t port, str host);
void judge_locations(judge *j);           /* locations.c: where hosts stand; hosting.c with it */
void judge_hosting(judge *j, passage *p); /* hosting.c: which host a service is on, what a host runs */
void judge_places(judge *j);              /* places.c: ports, addresses, paths */
void judge_quantities(judge *j);          /* quantities.c */
void judge_exchanges(judge *j);           /* exchanges.c: what quantities.c supported, once more in pairs */
void judge_physics(judge *j);             /* physics.c, physics_table.c */
/* For both files of physics: a finding at [lo, hi); is what stands there stated, not quoted or wished; a table's cells
 * from `first` on, returning the passage behind the table. */
void physics_finding(judge *j, const char *rule, const passage *p, uint32_t lo, uint32_t hi, str message);
bool physics_stated(judge *j, passage *p, uint32_t lo, uint32_t hi);
uint32_t physics_table(judge *j, uint32_t first);

#endif
