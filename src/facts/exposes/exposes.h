/* exposes.h - what the files that judge a service's operations share. Private to the truth stage. */
#ifndef ASSAY_FACTS_EXPOSES_H
#define ASSAY_FACTS_EXPOSES_H

#include "facts/judge.h"

/* How surely what follows is an item of what is exposed. */
enum phrase {
    PHRASE_NONE,
    PHRASE_STRICT,    /* "exposes", "interacts with", "gives … access to": whatever follows is one */
    PHRASE_OFFER,     /* "offers", "provides": says many other things too */
    PHRASE_CAPABILITY /* "lets the model …", "tools for …": only what is unmistakably a capability */
};

typedef struct piece {
    uint32_t lo, hi;  /* words */
    uint32_t content; /* words that name something */
    uint64_t named;   /* items of the list that other entries of the same listing name: this one is none of them */
} piece;

/* Does a word name nothing in particular: "tools", "things", "an API"? */
bool exposes_is_generic(const passage *p, const pword *w);
/* Does word `i` end an item: a preposition, a conjunction, a relative pronoun? */
bool exposes_ends_piece(const passage *p, uint32_t i);
/* What kind of phrase of exposing begins at word `i` of a prepared passage, and at which word its items begin. */
enum phrase exposes_phrase_at(const passage *p, uint32_t i, uint32_t *from);
/* The service with a list of what it exposes that is the subject of the verb, in its sentence or before it; `back`: a
 * pronoun points back. NULL when there is none. */
const manifest_entity *exposes_subject(judge *j, passage *p, uint32_t verb, bool back);
/* exposes_subject.c: more tools than the list has, "exposes six tools"; of a prepared passage. */
void judge_exposed_count(judge *j, passage *p);
/* Does the passage name an item of the service's list? */
bool exposes_item_in(const judge *j, const passage *p, const manifest_entity *service);
/* The same in [lo, hi). */
bool exposes_item_between(const judge *j, const passage *p, const manifest_entity *service, uint32_t lo, uint32_t hi);
/* Judges the items that stand in words [from, to), parted by commas and "and". */
void exposes_judge_items(judge *j, passage *p, const manifest_entity *service, uint32_t from, uint32_t to,
                         enum phrase phrase);
/* exposes_frames.c: "its tools are …", "… are exposed by it", of a prepared sentence. */
void judge_exposed_frames(judge *j, passage *p);
/* Judges one item against the list. */
void exposes_judge_piece(judge *j, passage *p, const manifest_entity *service, piece x, enum phrase phrase);

typedef struct exposed_listing { /* a list, a table, or the lines of one shape in a code block, read once */
    uint32_t block;
    const manifest_entity *service; /* whose operations it lists; NULL: none's */
    uint64_t named;                 /* the items of that one's list that its lines name, in bits */
    uint32_t shape, lo;             /* of the lines, in code */
} exposed_listing;

/* exposes_lists.c: an item of a list, or a row of a table, that such a phrase leads into. `last`: the listing that was
 * read last, and the last one below an item that names its service; block BLOCK_NONE at first. */
void judge_exposed_list(judge *j, passage *p, exposed_listing last[2]);
/* exposes_code.c: an entry of a listing of tools in code, "name": "blog_search". `last`: CODE_LISTINGS of them, one in
 * several shapes. */
enum { CODE_LISTINGS = 8 };
void judge_exposed_code(judge *j, passage *p, exposed_listing *last);

/* exposes_labels.c: "MCP server: git and SQL tools", "Tools on the MCP server: …", a row's column of tools. Was there
 * such a list? */
bool judge_exposed_label(judge *j, passage *p);

/* exposes_routes.c: HTTP calls in a cell or a sentence against the closed lists that are declared as routes. */
void judge_routes(judge *j, passage *p);

/* Has a name of the item a word of this stem? */
bool exposes_item_has_stem(const manifest_item *item, uint64_t stem);
/* exposes_subject.c: the names of a closed list, as a proof says them: "blog search, article fetch, tag listing"; of a
 * long one the first, and how many there are. */
str exposes_list_text(judge *j, const manifest_list *list);
/* exposes_lists.c: the one service with a closed list that the passage names; NULL where it names none, or two. */
const manifest_entity *exposes_only_service(judge *j, const passage *p);
/* exposes_operations.c: "the desk can also delete a borrower", told as a verb and its object. */
void judge_operations(judge *j, passage *p);

#endif
