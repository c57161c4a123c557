/* commands.h - what an article types, and says of what can be typed. Private to the truth stage.
 *
 *     command_places.c   where something is typed: code blocks, inline code, running text
 *     command_lines.c    a typed line ──► programs with their words, subcommands, flags
 *     command_talk.c     "berth has a `restore` subcommand", "the `--fast` flag of `berth`", lists and tables of them
 *     command_stance.c   how it is said: used, proposed, denied, gone, shown failing
 *     command_absent.c   a line that starts or installs what is declared absent
 *     command_verdict.c  one subcommand or flag against what the manifest declares
 */
#ifndef ASSAY_FACTS_COMMANDS_H
#define ASSAY_FACTS_COMMANDS_H

#include "manifest/command_index.h"
#include "facts/judge.h"
#include "facts/commands/shell.h"

typedef struct program { /* whose subcommands and flags are spoken of */
    uint32_t command;    /* index into manifest.commands, or MANIFEST_NONE: */
    uint32_t entity;     /* a component or service that declares none */
    uint32_t node;       /* as deep as it was named: index into manifest.subcommands */
    str typed;           /* the name itself */
} program;

typedef struct said { /* how something that is typed is said */
    stance_view view;
    bool denies;  /* says that it does not exist: "berth has no `restore`", "unknown command" */
    bool refused; /* a use of it is denied: "never run `berth restore`" */
    bool past;    /* no longer, or not of now */
    bool weak;    /* too loose to contradict: output, another machine, an argument that looks like a word */
} said;

/* command_stance.c. How the text at [lo, hi) is said; `noun`: a word like "subcommand" or "flag" stands beside it. */
said said_at(judge *j, passage *p, uint32_t lo, uint32_t hi, bool noun);
/* Does the output below a typed line refuse it: "error: unknown command"? */
bool output_refuses(judge *j, const passage *p);

/* command_verdict.c. Each adds one claim for the text [lo, hi). */
void judge_subcommand(judge *j, passage *p, uint32_t lo, uint32_t hi, const program *of, str path, const said *s);
/* A word that the node does not list; `name` is the word, `path` what was typed up to it. */
void judge_unlisted_subcommand(judge *j, passage *p, uint32_t lo, uint32_t hi, const program *of, str name,
                               const said *s);
void judge_flag(judge *j, passage *p, uint32_t lo, uint32_t hi, const program *of, str flag, const said *s);
/* A program that a closed scope of kind `command` does not list, or that is declared absent in one. */
void judge_program(judge *j, passage *p, uint32_t lo, uint32_t hi, str name, const said *s);

/* command_lines.c. The program that a word names, by a declared command or by a component's or service's name. */
bool program_named(const judge *j, str name, program *out);
bool is_flag_word(str text);
/* Could this word be a subcommand: lower-case letters, digits and inner - _ : ? */
bool is_subcommand_word(str text);
/* Does the manifest know this name as something else: a host, a path's name, a member? */
bool is_other_name(const judge *j, str name);
/* Judges what is typed in [lo, hi) of the passage's surface. `machine`: where it is run, empty
 * when the place does not say. False when no program of ours was found in it. */
bool judge_typed(judge *j, passage *p, uint32_t lo, uint32_t hi, str machine, bool weak);

/* command_places.c: the inline code spans of the body, in order. */
typedef struct code_span {
    uint32_t lo, hi; /* in article.text, blanks at the ends left out */
} code_span;
typedef struct code_spans {
    const code_span *at;
    uint32_t n;
} code_spans;
/* First span that ends behind `at`. */
uint32_t code_span_from(const code_spans *spans, uint32_t at);

/* command_absent.c. What a typed line does with the thing that is named at [lo, hi) of it. */
enum command_use {
    COMMAND_NONE,     /* nothing, or what stands above denies it */
    COMMAND_DOUBTED,  /* starts or installs it, perhaps elsewhere or in thought; or only asks for it */
    COMMAND_BRINGS_IN /* starts or installs it here */
};
enum command_use command_use_of(judge *j, passage *p, uint32_t lo, uint32_t hi);

/* command_talk.c */
void judge_talk(judge *j, const code_spans *spans);

#endif
