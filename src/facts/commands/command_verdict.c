/* command_verdict.c - one subcommand or flag against the tree that the manifest declares.
 *
 * In: what was typed, the node it hangs on, how it is said. Out: one claim. Declared and there: supported. Declared and
 * removed: contradicted, unless it is spoken of as gone. Not listed: contradicted in a closed world, unverified in an
 * open one, and wherever the words are too loose. The proof names what the program has, the nearest name first.
 */
#include "facts/commands/commands.h"

#include <stdio.h>

enum { LISTED_LIMIT = 8, COMPARED_LIMIT = 256 };

/* ---- proofs ---- */

static str typed_path(judge *j, const program *of) {
    if (of->command == MANIFEST_NONE) return of->typed;
    const manifest_subcommand *s = &j->m->subcommands[of->node];
    str binary = j->m->commands[of->command].binary;
    return s->path.n ? judge_printf(j, "%.*s %.*s", STR_ARG(binary), STR_ARG(s->path)) : binary;
}

typedef struct listing {
    char text[240];
    size_t used;
    uint32_t listed, left;
} listing;

static void list_name(listing *l, str name) {
    bool room = l->used + (size_t)name.n + 8 < sizeof l->text;
    if (l->listed == LISTED_LIMIT || !room) {
        l->left++;
        return;
    }
    int n = snprintf(l->text + l->used, sizeof l->text - l->used, "%s%.*s", l->listed ? ", " : "", STR_ARG(name));
    if (n > 0) l->used += (size_t)n;
    l->listed++;
}

static str listing_text(judge *j, const listing *l) {
    if (!l->listed) return STR("none");
    if (l->left) return judge_printf(j, "%s and %u more", l->text, l->left);
    return judge_printf(j, "%s", l->text);
}

/* What stands below the node, the name nearest to `wanted` first. */
static str children_of(judge *j, uint32_t node, str wanted) {
    const manifest_subcommand *all = j->m->subcommands;
    listing l = {.text = ""};
    unsigned best = (unsigned)(wanted.n < 30 ? wanted.n : 30) / 3 + 1; /* nearer than a third of it */
    uint32_t nearest = MANIFEST_NONE, looked = 0;
    for (uint32_t i = all[node].child; i != MANIFEST_NONE && looked < COMPARED_LIMIT; i = all[i].next, looked++) {
        unsigned distance = str_distance(wanted, all[i].name, best);
        if (!all[i].removed && distance < best) best = distance, nearest = i;
    }
    if (nearest != MANIFEST_NONE) list_name(&l, all[nearest].name);
    looked = 0;
    for (uint32_t i = all[node].child; i != MANIFEST_NONE && looked < COMPARED_LIMIT; i = all[i].next, looked++)
        if (i != nearest && !all[i].removed) list_name(&l, all[i].name);
    l.left += all[node].child_count - looked;
    return listing_text(j, &l);
}

/* The flags that hold at the node: its own and those of the nodes above it. */
static str flags_of(judge *j, uint32_t node) {
    listing l = {.text = ""};
    const manifest *m = j->m;
    for (uint32_t at = node, looked = 0; at != MANIFEST_NONE; at = m->subcommands[at].parent)
        for (uint32_t i = m->subcommands[at].first_flag; i != MANIFEST_NONE && looked < COMPARED_LIMIT; looked++) {
            if (!m->flags[i].removed) list_name(&l, m->flags[i].name);
            i = m->flags[i].next;
        }
    return listing_text(j, &l);
}

/* ---- what is declared ---- */

static void settle_known(judge *j, claim *c, const manifest_fact *fact, str name, bool removed, day_number since,
                         const said *s) {
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    bool before = since && j->day && j->day < since;
    if (!removed) {
        if (s->denies)
            claim_unverified(j, c, STR("a denial of what is declared"));
        else if (before)
            claim_unverified(j, c, judge_printf(j, "declared since %s only", date_format(since).text));
        else
            claim_supported(j, c, fact, name, STR("declared"));
        return;
    }
    str says = judge_printf(j, "removed%s%s", since ? " on " : "", since ? date_format(since).text : "");
    if (s->past || s->denies || before)
        claim_supported(j, c, fact, says, STR("spoken of as gone"));
    else if (s->refused || s->weak)
        claim_unverified(j, c, STR("removed, and not plainly said to be there"));
    else
        claim_contradicted(j, c, fact, says, STR("stated as there, but removed"));
}

void judge_subcommand(judge *j, passage *p, uint32_t lo, uint32_t hi, const program *of, str path, const said *s) {
    claim *c = claim_add(j, p, lo, hi, CLAIM_COMMAND, &s->view);
    if (!c) return;
    c->subject = j->m->commands[of->command].binary;
    c->normal = path;
    const manifest_subcommand *node = &j->m->subcommands[of->node];
    while (!node->fact.id.p) node = &j->m->subcommands[node->parent]; /* a group that only longer paths name */
    const manifest_subcommand *removed = node;
    settle_known(j, c, &removed->fact, path, removed->removed, removed->since, s);
}

/* ---- what is not listed ---- */

/* Was another version of the program installed on the article's day? Its list may have been another one. */
static bool is_of_older_version(const judge *j, const program *of) {
    if (of->command == MANIFEST_NONE || !j->day || j->m->commands[of->command].owner == MANIFEST_NONE) return false;
    const manifest_version *v = &j->m->entities[j->m->commands[of->command].owner].version;
    return v->history_count && !str_eq(manifest_version_on(v, j->day), v->text);
}

/* "zfs snap" for snapshot: many programs take a beginning that is unmistakable. */
static bool may_be_abbreviation(const judge *j, uint32_t node, str name) {
    const manifest_subcommand *all = j->m->subcommands;
    for (uint32_t i = all[node].child, looked = 0; i != MANIFEST_NONE && looked < COMPARED_LIMIT;
         i = all[i].next, looked++)
        if (all[i].name.n >= name.n + 2 && str_starts(all[i].name, name)) return true;
    return false;
}

/* What a closed list does not hold. `says` is the list, `why` the comparison. */
static void settle_unlisted(judge *j, claim *c, const manifest_fact *fact, str says, str why, const said *s,
                            bool older) {
    if (older && !s->denies) {
        claim_unverified(j, c, STR("not listed, but another version was installed on that day"));
    } else if (s->denies) {
        c->stance = STANCE_NEGATED;
        claim_supported(j, c, fact, says, STR("a truthful denial: the closed list does not hold it"));
    } else if (s->past) {
        claim_unverified(j, c, STR("said of the past, which no fact speaks of"));
    } else if (s->weak || s->refused) {
        claim_unverified(j, c, STR("not listed, but not plainly said to be there"));
    } else {
        claim_contradicted(j, c, fact, says, why);
    }
}

/* A command of some output signature begins so: the manifest itself types it. */
static const manifest_fact *signature_of(const judge *j, str typed) {
    uint32_t count;
    ptrdiff_t blank = str_find_byte(typed, ' ', 0);
    const uint32_t *found = fact_index_outputs(j->index, str_slice(typed, 0, blank < 0 ? typed.n : blank), &count);
    for (uint32_t i = 0; i < count && i < 64; i++) {
        str command = j->m->outputs[found[i]].command;
        if (str_starts(command, typed) && (command.n == typed.n || command.p[typed.n] == ' '))
            return &j->m->outputs[found[i]].fact;
    }
    return NULL;
}

void judge_unlisted_subcommand(judge *j, passage *p, uint32_t lo, uint32_t hi, const program *of, str name,
                               const said *s) {
    bool declared = of->command != MANIFEST_NONE;
    str path = typed_path(j, of), command = judge_printf(j, "%.*s %.*s", STR_ARG(path), STR_ARG(name));
    const manifest_fact *typed = s->denies ? NULL : signature_of(j, command);
    if (!declared && !typed && str_is_among(name, "version help")) return; /* as --version: any program may have them */
    claim *c = claim_add(j, p, lo, hi, CLAIM_COMMAND, &s->view);
    if (!c) return;
    c->subject = declared ? j->m->commands[of->command].binary : j->m->entities[of->entity].id;
    c->normal = command;
    if (c->verdict == VERDICT_NOT_ABOUT_US) return;
    if (typed) {
        claim_supported(j, c, typed, c->normal, STR("an output signature is of this command"));
    } else if (!declared || j->m->subcommands[of->node].world != WORLD_CLOSED) {
        claim_unverified(j, c,
                         declared ? STR("not listed, and the list is open") : STR("no fact lists its subcommands"));
    } else if (!s->denies && may_be_abbreviation(j, of->node, name)) {
        claim_unverified(j, c, STR("not listed, but it may be short for one that is"));
    } else {
        str list = children_of(j, of->node, name);
        const manifest_subcommand *node = &j->m->subcommands[of->node];
        while (!node->fact.id.p) node = &j->m->subcommands[node->parent];
        settle_unlisted(
            j, c, &node->fact, list,
            judge_printf(j, "%.*s has no subcommand '%.*s'; it has %.*s", STR_ARG(path), STR_ARG(name), STR_ARG(list)),
            s, is_of_older_version(j, of));
    }
}

/* ---- flags ---- */

typedef enum spelled { SPELLED_NOT, SPELLED_KNOWN, SPELLED_DOUBTFUL } spelled;

/* "-itv": single letters, the first that takes a value swallowing the rest. The flag that decides goes to *flag. */
static spelled spell_cluster(const judge *j, uint32_t node, str term, uint32_t *flag) {
    for (ptrdiff_t i = 1; i < term.n; i++) {
        uint8_t letter[2] = {'-', term.p[i]};
        uint32_t f = command_flag_on_path(j->m, node, str_make(letter, 2));
        if (f == MANIFEST_NONE) return SPELLED_NOT;
        if (i == 1 || j->m->flags[f].removed) *flag = f;
        if (j->m->flags[f].takes_value) break;
    }
    return SPELLED_KNOWN;
}

/* A getopt takes "--verb" for "--verbose", and "--no-x" turns "--x" off. */
static bool may_be_short_for(const judge *j, uint32_t node, str term) {
    if (str_starts(term, STR("--no-")) && term.n > 5) {
        char plain[132];
        int n = snprintf(plain, sizeof plain, "--%.*s", (int)(term.n - 5), (const char *)term.p + 5);
        if (n > 0 && (size_t)n < sizeof plain &&
            command_flag_on_path(j->m, node, str_make(plain, (size_t)n)) != MANIFEST_NONE)
            return true;
    }
    const manifest *m = j->m;
    for (uint32_t at = node, looked = 0; at != MANIFEST_NONE && term.n > 3; at = m->subcommands[at].parent)
        for (uint32_t i = m->subcommands[at].first_flag; i != MANIFEST_NONE && looked < COMPARED_LIMIT; looked++) {
            if (m->flags[i].name.n > term.n && str_starts(m->flags[i].name, term)) return true;
            i = m->flags[i].next;
        }
    return false;
}

static bool is_universal(str flag) {
    static const char *const names[] = {"--help", "--version", "-h", "-V", "-?", "-"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(flag, str_from_cstr(names[i]))) return true;
    return flag.n > 1 && byte_is_digit(flag.p[1]); /* a number: "-3" */
}

void judge_flag(judge *j, passage *p, uint32_t lo, uint32_t hi, const program *of, str term, const said *s) {
    ptrdiff_t sign = str_find_byte(term, '=', 0);
    str flag = str_slice(term, 0, sign < 0 ? term.n : sign);
    bool declared = of->command != MANIFEST_NONE, is_long = str_starts(flag, STR("--"));
    uint32_t found = declared ? command_flag_on_path(j->m, of->node, flag) : MANIFEST_NONE;
    spelled how = found != MANIFEST_NONE ? SPELLED_KNOWN : SPELLED_NOT;
    if (how == SPELLED_NOT && is_universal(flag)) return;
    if (how == SPELLED_NOT && declared && !is_long && flag.n > 2) how = spell_cluster(j, of->node, flag, &found);
    bool closed = declared && j->m->subcommands[of->node].flag_world == WORLD_CLOSED;
    if (how == SPELLED_NOT && !closed && !is_long) return; /* a letter of somebody's program: no specific */
    claim *c = claim_add(j, p, lo, hi, CLAIM_FLAG, &s->view);
    if (!c) return;
    str path = typed_path(j, of);
    c->subject = declared ? j->m->commands[of->command].binary : j->m->entities[of->entity].id;
    c->normal = judge_printf(j, "%.*s %.*s", STR_ARG(path), STR_ARG(flag));
    if (c->verdict == VERDICT_NOT_ABOUT_US) return;
    if (how == SPELLED_KNOWN) {
        const manifest_flag *f = &j->m->flags[found];
        settle_known(j, c, &f->fact, f->name, f->removed, f->since, s);
        return;
    }
    const manifest_fact *typed = s->denies ? NULL : signature_of(j, c->normal);
    if (typed) {
        claim_supported(j, c, typed, c->normal, STR("an output signature is of this command"));
        return;
    }
    if (!closed || may_be_short_for(j, of->node, flag)) {
        claim_unverified(j, c,
                         closed     ? STR("not listed, but it may be short for one that is")
                         : declared ? STR("not listed, and the list is open")
                                    : STR("no fact lists its flags"));
        return;
    }
    str list = flags_of(j, of->node);
    uint32_t elsewhere = command_flag_anywhere(j->m, of->command, flag);
    const manifest_subcommand *node = &j->m->subcommands[of->node];
    while (!node->fact.id.p) node = &j->m->subcommands[node->parent];
    str why = elsewhere == MANIFEST_NONE
                  ? judge_printf(j, "%.*s has no flag '%.*s'; it has %.*s", STR_ARG(path), STR_ARG(flag), STR_ARG(list))
                  : judge_printf(j, "%.*s has no flag '%.*s', which belongs to '%.*s'", STR_ARG(path), STR_ARG(flag),
                                 STR_ARG(j->m->subcommands[j->m->flags[elsewhere].of].path));
    settle_unlisted(j, c, &node->fact, list, why, s, is_of_older_version(j, of));
}

/* ---- programs ---- */

/* The closed scope of kind `command`; NULL when there is none. */
static const manifest_scope *command_scope(const judge *j, str name, bool *listed) {
    for (uint32_t k = 0; k < j->m->scope_count && k < 128; k++) {
        const manifest_scope *scope = &j->m->scopes[k];
        if (scope->world != WORLD_CLOSED || !str_eq(scope->kind, STR("command"))) continue;
        uint32_t count;
        const alias_target *targets = alias_lookup(j->m->names, name, &count);
        for (uint32_t i = 0; i < count; i++)
            *listed = *listed || (targets[i].kind == ALIAS_MEMBER && targets[i].index == k);
        return scope;
    }
    return NULL;
}

/* What every system of this kind has: the utilities of POSIX, a shell's own, the usual pagers and editors. */
static bool is_utility(str name) {
    static const char words[] =
        " [ alias ar at awk basename batch bc bg cal cat cd chgrp chmod chown cksum clear cmp comm command cp crontab "
        "csplit curl cut date dd declare df diff dirname dmesg du echo ed egrep env eval ex exec exit export expand "
        "expr "
        "false fg fgrep file find fold free fuser getconf getopts grep groups gzip gunzip head history host hostname "
        "id "
        "install ip jobs join journalctl kill less let ln local locale logger login logname lp ls lsblk lsof lscpu "
        "lspci lsusb m4 mail make man mkdir mkfifo mknod mktemp more mount mv nano newgrp nice nl nohup nproc od "
        "openssl "
        "passwd paste patch ping popd pr printenv printf ps pushd pwd read readonly reboot renice return rm rmdir "
        "rsync "
        "scp sed seq service set sftp sh bash zsh dash fish shift shutdown sleep sort source split ss ssh stat strings "
        "stty su sudo sync sysctl systemctl tail tar tee test time timeout top touch tput tr trap true truncate tsort "
        "tty type ulimit umask umount unalias uname unexpand uniq unlink unset unzip uptime useradd usermod vi vim "
        "visudo w wait watch wc wget which who whoami xargs xz yes zcat zip . : ";
    char padded[64];
    int n = snprintf(padded, sizeof padded, " %.*s ", (int)(name.n < 60 ? name.n : 60), (const char *)name.p);
    return n > 2 && str_find(str_from_cstr(words), str_make(padded, (size_t)n), 0) >= 0;
}

void judge_program(judge *j, passage *p, uint32_t lo, uint32_t hi, str name, const said *s) {
    bool listed = false;
    const manifest_scope *scope = command_scope(j, name, &listed);
    if (!scope || listed || is_utility(name) || !is_subcommand_word(name) || is_other_name(j, name)) return;
    claim *c = claim_add(j, p, lo, hi, CLAIM_COMMAND, &s->view);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = name;
    c->normal = name;
    settle_unlisted(
        j, c, &scope->fact, scope->members.n ? scope->members.at[0].text : STR("none"),
        judge_printf(j, "%.*s is not a member of the closed scope %.*s", STR_ARG(name), STR_ARG(scope->name)), s,
        false);
}
