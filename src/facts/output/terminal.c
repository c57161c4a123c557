/* terminal.c - pasted output against what the command would have printed.
 *
 *     $ nvidia-smi                            command: names the signatures to look for
 *     | ... Driver Version: 550.54.15 ... |   field and value in one line
 *     | Fan Temp ... | Memory-Usage | ... |   the field's name above its values: panels.c
 *
 * In: code blocks. A block without a command belongs to the panel that it shows (nvidia-smi), or to a command that the
 * sentence before it or the declared signature's own field names. Only declared signatures (cmd, field, equals or
 * pattern) are judged here, and the memory figures of a GPU panel against the machine's own memory; what is not judged
 * so is read by its structure (readouts.c), and versions inside other output are left to versions.c. Output contradicts
 * only where it is this command's, on this host, today: not behind a prompt or a sentence that names another machine,
 * not with arguments that no signature speaks of, not where "before the upgrade" leads in.
 */
#include "facts/output/readouts.h"

enum { SPOKEN_BACK = 12 }; /* sentences before a block, in which the machine that printed it may be named */

static bool has_words(str text, str words) {
    str rest = words, term;
    while (str_cut(&rest, ' ', &term))
        if (term.n && str_find(text, term, 0) < 0) return false;
    return true;
}

static str unquote(str s) {
    s = str_trim(s);
    while (s.n && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == ';')) s.n--;
    if (s.n > 1 && s.p[0] == s.p[s.n - 1] && (s.p[0] == '"' || s.p[0] == '\'' || s.p[0] == '`'))
        s = str_slice(s, 1, s.n - 1);
    return s;
}

bool same_words(str a, str b) {
    ptrdiff_t i = 0, k = 0;
    a = str_trim(a);
    b = str_trim(b);
    while (i < a.n && k < b.n) {
        if (byte_is_space(a.p[i]) && byte_is_space(b.p[k])) {
            while (i < a.n && byte_is_space(a.p[i])) i++;
            while (k < b.n && byte_is_space(b.p[k])) k++;
            continue;
        }
        if (a.p[i++] != b.p[k++]) return false;
    }
    return i == a.n && k == b.n;
}

/* Does the field's name begin at byte `at`, rather than end a longer one: "Version" in "Build Version: 7"? */
static bool begins_name(str line, ptrdiff_t at) {
    if (at == 0) return true;
    if (byte_is_alnum(line.p[at - 1]) || line.p[at - 1] == '_' || line.p[at - 1] == '-') return false;
    return !(line.p[at - 1] == ' ' && at > 1 && byte_is_alnum(line.p[at - 2]));
}

/* Where the value at `at` of a line of JSON ends: behind its closing quote, or before what parts it from the next. */
static ptrdiff_t json_end(str line, ptrdiff_t at) {
    if (at < line.n && line.p[at] == '"') {
        ptrdiff_t end = str_find_byte(line, '"', at + 1);
        return end < 0 ? -1 : end + 1;
    }
    while (at < line.n && !strchr(",}]", line.p[at])) at++;
    return at;
}

/* The value of `field` when the line says "field: value", "field = value", "field | value", "field value". Offsets into
 * line. */
static bool value_behind(str line, str name, bool start_only, ptrdiff_t *lo, ptrdiff_t *hi) {
    for (ptrdiff_t at = 0; (at = str_find(line, name, at)) >= 0; at++) {
        ptrdiff_t i = at + name.n;
        bool quoted = i < line.n && line.p[i] == '"';
        if (quoted) i++;
        if (!begins_name(line, at) || (i < line.n && byte_is_alnum(line.p[i]))) continue;
        ptrdiff_t blanks = i;
        while (i < line.n && line.p[i] == ' ') i++;
        bool boxed = line.n && line.p[0] == '|';
        bool sign = i < line.n && (line.p[i] == ':' || line.p[i] == '=' || (line.p[i] == '|' && blanks < i && !boxed));
        if (sign)
            i++;
        else if (start_only && (str_trim(str_slice(line, 0, at)).n || i == blanks))
            continue;
        else if (!start_only)
            continue;
        while (i < line.n && line.p[i] == ' ') i++;
        ptrdiff_t end = i, json = quoted ? json_end(line, i) : -1;
        while (json < 0 && end < line.n &&
               !(boxed && (line.p[end] == '|' || (line.p[end] == ' ' && end + 1 < line.n && line.p[end + 1] == ' '))))
            end++;
        if (json > i) end = json;
        while (end > i && line.p[end - 1] == ' ') end--;
        if (end == i) continue;
        *lo = i;
        *hi = end;
        return true;
    }
    return false;
}

bool claim_output(const asked *q, uint32_t at, ptrdiff_t lo, ptrdiff_t hi, bool agrees) {
    judge *j = q->j;
    if (!agrees && !q->sure) return false;
    passage *p = &j->passages[at];
    uint32_t from = p->text.lo + (uint32_t)lo, to = p->text.lo + (uint32_t)hi;
    stance_view s = stance_at(j, p, from, to);
    claim *c = claim_add(j, p, from, to, CLAIM_TERMINAL, &s);
    if (!c) return false;
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].text.lo < to && p->on->tokens[t].text.hi > from) p->on->used[t] = 1;
    c->subject = q->out->command;
    str declared = q->out->equals.n ? q->out->equals : q->out->pattern;
    if (agrees)
        claim_supported(j, c, &q->out->fact, declared, STR("what the command prints here"));
    else
        claim_contradicted(j, c, &q->out->fact, declared,
                           judge_printf(j, "%.*s prints %s\"%.*s\" here", STR_ARG(q->out->command),
                                        q->out->equals.n ? "" : "what matches ", STR_ARG(declared)));
    return true;
}

/* ---- one signature in one block ---- */

static bool header_has(str line, str name, ptrdiff_t *at) {
    *at = str_find(line, name, 0);
    if (*at < 0) return false;
    bool start = *at == 0 || (!byte_is_alnum(line.p[*at - 1]) && line.p[*at - 1] != '_' && line.p[*at - 1] != '-');
    bool end = *at + name.n == line.n || !byte_is_alnum(line.p[*at + name.n]);
    return start && end;
}

/* The line of uname: its release, or its machine, which it prints up to three times. */
static bool judge_uname(const asked *q, uint32_t at) {
    str line = line_of(q->j, at), equals = q->out->equals;
    bool release = str_eq(q->out->field, STR("release"));
    ptrdiff_t lo, hi;
    if (!str_starts(line, STR("Linux "))) return false;
    ptrdiff_t found = str_find(line, equals, 0);
    if (found < 0) {
        if (!word_at(line, 2, &lo, &hi)) return false;
        return release ? claim_output(q, at, lo, hi, false) : claim_output(q, at, hi, line.n, false);
    }
    uint32_t nth = 0;
    while (word_at(line, nth, &lo, &hi) && lo < found) nth++;
    if (!release && nth > 0 && word_at(line, nth - 1, &lo, &hi) && hi - lo == equals.n &&
        str_distance(str_slice(line, lo, hi), equals, 3) < 3)
        return claim_output(q, at, lo, hi, false); /* "aarch84 aarch64 aarch64" */
    for (uint32_t twice = 1; !release && twice < 3; twice++) {
        if (!word_at(line, nth + twice, &lo, &hi)) break;
        str again = str_slice(line, lo, hi);
        if (str_find_byte(again, '/', 0) >= 0) break; /* GNU/Linux */
        if (!str_eq(again, equals)) return claim_output(q, at, lo, hi, false);
    }
    return claim_output(q, at, found, found + equals.n, true);
}

/* A command that failed printed nothing of what it prints: "Error from server", "command not found", "Connection
 * refused". */
static bool is_failure(str line) {
    static const char *const signs[] = {"rror from ", "rror: ",           "ommand not found", "onnection refused",
                                        "timed out",  "ermission denied", "o such file",      "annot ",
                                        "nable to ",  "ailed to ",        "could not ",       "not recognized"};
    for (size_t k = 0; k < COUNT_OF(signs); k++)
        if (str_find(line, str_from_cstr(signs[k]), 0) >= 0) return true;
    return false;
}

/* "3.46.1 2024-08-13 13:41:38 c9c2ab…" for 3.46.1: the line says what is declared, and more. */
static bool says_within(str line, str equals) {
    for (ptrdiff_t at = 0; equals.n > 2 && (at = str_find(line, equals, at)) >= 0; at++) {
        uint8_t before = at > 0 ? line.p[at - 1] : ' ', after = at + equals.n < line.n ? line.p[at + equals.n] : ' ';
        bool starts = !byte_is_alnum(before) && before != '.' && before != '-' && before != '_';
        if (starts && !byte_is_alnum(after) && after != '.' && after != '-' && after != '_' && after != '+')
            return true;
    }
    return false;
}

/* A signature without a field speaks of any line of the output: the first is wrong only when none agrees. */
static bool judge_any_line(const asked *q, uint32_t at) {
    const judge *j = q->j;
    uint32_t first = UINT32_MAX, command = j->passages[at].label, lines = 0;
    str key = q->compiled ? output_key(q) : (str){0};
    if (q->compiled && at > q->block->first && j->passages[at - 1].flags & PASSAGE_TERMINAL &&
        j->passages[at - 1].label == command)
        return false; /* asked of the whole output, at its first line */
    for (uint32_t i = at; i < q->block->end && j->passages[i].label == command; i++) {
        if (!(j->passages[i].flags & PASSAGE_TERMINAL)) break;
        str line = line_of(j, i), text = str_trim(line);
        if (!text.n) continue;
        if (is_failure(text)) return false;
        int agrees = output_agrees(q, text);
        if (agrees < 0) return false;
        agrees = agrees || (!q->compiled && says_within(text, q->out->equals));
        ptrdiff_t lo = 0, hi = text.n; /* the rest of the line says other things */
        if (agrees && q->compiled && output_find(q, text, &lo, &hi) <= 0) lo = 0, hi = text.n;
        if (agrees) q->j->passages[i].flags |= PASSAGE_ANSWERED;
        if (agrees) return claim_output(q, i, text.p - line.p + lo, text.p - line.p + hi, true);
        bool own = !key.n || str_find(text, key, 0) >= 0; /* of several lines, that which a pattern begins like */
        if (first == UINT32_MAX && own) first = i;
        lines++;
    }
    if (first == UINT32_MAX || (q->compiled && !key.n && lines > 1)) return false;
    str line = line_of(j, first), text = str_trim(line);
    return claim_output(q, first, text.p - line.p, text.p - line.p + text.n, false);
}

/* "zfs-2.3.4-1" for the field "zfs": the line begins with the field, as what it equals does. */
static bool judge_own_line(const asked *q, uint32_t at) {
    str line = line_of(q->j, at), text = str_trim(line), field_name = q->out->field, equals = q->out->equals;
    ptrdiff_t n = field_name.n;
    if (equals.n < n + 2 || text.n < n + 2 || !str_starts(equals, field_name) || !str_starts(text, field_name))
        return false;
    if (byte_is_alnum(text.p[n]) || text.p[n] != equals.p[n] ||
        byte_is_digit(text.p[n + 1]) != byte_is_digit(equals.p[n + 1]))
        return false;
    return claim_output(q, at, text.p - line.p, text.p - line.p + text.n, same_words(text, equals));
}

/* Does some line of the block hold the field's name? */
static bool block_has(const asked *q, str name) {
    for (uint32_t i = q->block->first; i < q->block->end; i++)
        if (str_find(line_of(q->j, i), name, 0) >= 0) return true;
    return false;
}

static str command_of(const judge *j, const code_block *b, uint32_t at) {
    const passage *p = &j->passages[at];
    if (p->label != PASSAGE_NONE && j->passages[p->label].flags & PASSAGE_PROMPT)
        return passage_text(&j->passages[p->label]);
    return b->panel ? STR("nvidia-smi") : (str){0};
}

/* "NAME   SIZE  ALLOC   FREE  CAP": a header of columns, not a field with its value. */
static bool is_upper_row(str line) {
    uint32_t words = 0;
    for (ptrdiff_t i = 0; i < line.n; i++) {
        if (line.p[i] >= 'a' && line.p[i] <= 'z') return false;
        if (byte_is_digit(line.p[i]) || line.p[i] == ':' || line.p[i] == '=' || line.p[i] >= 0x80) return false;
        words += byte_is_alpha(line.p[i]) && (i == 0 || line.p[i - 1] == ' ');
    }
    return words > 1;
}

/* Judges one line; true when the signature was found in it. */
static bool judge_line(const asked *q, uint32_t at, bool *columns) {
    judge *j = q->j;
    const manifest_output *out = q->out;
    const code_block *b = q->block;
    str line = line_of(j, at);
    ptrdiff_t lo, hi;
    if (!out->field.n) return judge_any_line(q, at);
    if (out->equals.n && str_eq(out->command, STR("uname -a")) &&
        (str_eq(out->field, STR("release")) || str_eq(out->field, STR("machine"))))
        return judge_uname(q, at);
    if (judge_own_line(q, at)) return true;
    if (!*columns && judge_comma_columns(q, at, command_of(j, b, at))) return *columns = true;
    bool boxed = line.n && line.p[0] == '|';
    bool heads = is_upper_row(line);
    if (!heads &&
        (value_behind(line, out->field, !boxed, &lo, &hi) || value_behind(line, out->field, false, &lo, &hi))) {
        str value = unquote(str_slice(line, lo, hi));
        int agrees = output_agrees(q, value);
        if (agrees < 0) return false;
        bool same = agrees || (out->equals.n && value.n > out->equals.n && str_starts(value, out->equals) &&
                               !byte_is_alnum(value.p[out->equals.n]) && value.p[out->equals.n] != '.');
        bool header = at + 1 < b->end && is_rule(line_of(j, at + 1)) && !boxed;
        if (!header) {
            ptrdiff_t start = str_find(line, out->field, 0);
            return claim_output(q, at, start, hi, same);
        }
    }
    if (boxed && !*columns && !block_has(q, out->field) && judge_panel_device(q, at)) return *columns = true;
    if (*columns || !header_has(line, out->field, &lo)) return false;
    bool table = boxed || (at + 1 < b->end && is_rule(line_of(j, at + 1)));
    bool upper =
        str_eq(out->field, str_trim(out->field)) && byte_is_alpha(out->field.p[0]) && !(out->field.p[0] & 0x20);
    if (!table && !upper) return false;
    *columns = true;
    if (boxed)
        judge_panel_column(q, at, lo);
    else
        judge_plain_column(q, at, lo);
    return true;
}

/* Signatures whose command begins with a word of the text. */
static void collect(const judge *j, str text, signature_set *set) {
    for (ptrdiff_t at = 0, words = 0; at < text.n && words < 64; words++) {
        while (at < text.n && !byte_is_alnum(text.p[at])) at++;
        ptrdiff_t start = at;
        while (at < text.n &&
               (byte_is_alnum(text.p[at]) || text.p[at] == '_' || text.p[at] == '-' || text.p[at] == '.'))
            at++;
        uint32_t count;
        const uint32_t *found = fact_index_outputs(j->index, str_slice(text, start, at), &count);
        for (uint32_t i = 0; i < count && set->n < SIGNATURE_LIMIT; i++) {
            bool known = false;
            for (uint32_t k = 0; k < set->n; k++) known = known || set->at[k] == found[i];
            if (!known) set->at[set->n++] = found[i];
        }
    }
}

static void collect_block(const judge *j, const code_block *b, signature_set *set) {
    set->n = 0;
    if (b->panel) collect(j, STR("nvidia-smi"), set);
    for (uint32_t i = b->first; i < b->end; i++)
        if (j->passages[i].flags & PASSAGE_PROMPT || i < b->first + 4) collect(j, line_of(j, i), set);
    const passage *p = &j->passages[b->first];
    if (p->lead != PASSAGE_NONE) collect(j, line_of(j, p->lead), set);
    if (p->heading != PASSAGE_NONE) collect(j, line_of(j, p->heading), set);
}

uint32_t machine_named(const judge *j, str name) {
    uint32_t count = 0;
    ptrdiff_t at = str_find_byte(name, '@', 0);
    if (at >= 0) name = str_slice(name, at + 1, name.n);
    const alias_target *targets = name.n ? alias_lookup(j->m->names, name, &count) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (targets[i].kind != ALIAS_ENTITY) continue;
        uint8_t kind = j->m->entities[targets[i].index].kind;
        if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE) return targets[i].index;
    }
    const manifest_entity *e = name.n ? manifest_find_entity(j->m, name) : NULL; /* what a shell calls it is its id */
    return e && e->kind == ENTITY_HOST ? (uint32_t)(e - j->m->entities) : MANIFEST_NONE;
}

/* Machines named in a passage: is the signature's own among them, is another? */
static void machines_in(const judge *j, uint32_t at, uint32_t own, bool *ours, bool *others) {
    if (at == PASSAGE_NONE) return;
    const passage *p = &j->passages[at];
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE) continue;
        uint8_t kind = j->m->entities[e].kind;
        if (e == own)
            *ours = true;
        else if (kind == ENTITY_HARDWARE || kind == ENTITY_HOST)
            *others = true;
    }
    str line = line_of(j, at);
    for (ptrdiff_t i = 0, words = 0; p->kind == PASSAGE_CODE && i < line.n && words < 64; words++) {
        while (i < line.n && !byte_is_alnum(line.p[i])) i++;
        ptrdiff_t lo = i;
        while (i < line.n && (byte_is_alnum(line.p[i]) || strchr("_-", line.p[i]))) i++;
        const manifest_entity *e = i > lo ? manifest_find_entity(j->m, str_slice(line, lo, i)) : NULL;
        if (e && e->kind == ENTITY_HOST) *(e == &j->m->entities[own] ? ours : others) = true;
    }
}

/* Does the prompt name a machine that the manifest does not know: "laptop$ ", "me@buildbox:~$ "? Not "user@host". */
bool prompt_elsewhere(const judge *j, const passage *p) {
    static const char *const anybody[] = {"host", "localhost", "server", "machine", "box", "node", "hostname", "vm"};
    if (p->kind != PASSAGE_CODE || !(p->flags & PASSAGE_PROMPT)) return false;
    str line = str_trim(passage_text(p));
    ptrdiff_t end = 0, at;
    while (end < line.n && line.p[end] != ' ' && line.p[end] != '$' && line.p[end] != '#') end++;
    if (end == 0 || end == line.n) return false;
    str name = str_slice(line, line.p[0] == '[', end);
    if ((at = str_find_byte(name, '@', 0)) >= 0)
        name = str_slice(name, at + 1, name.n);
    else if (line.p[end] == ' ')
        return false;
    if ((at = str_find_byte(name, ':', 0)) >= 0) name.n = at;
    if (!name.n || !byte_is_alpha(name.p[0])) return false;
    for (size_t k = 0; k < COUNT_OF(anybody); k++)
        if (str_eq_nocase(name, str_from_cstr(anybody[k]))) return false;
    return !host_name_is_known(j, name);
}

/* A prompt or a command that names another machine: "-h lamp1", "root@lamp2:~#"; or uname, whose line does. */
static bool other_host(const judge *j, const manifest_output *out, uint32_t command, uint32_t at) {
    bool ours = false, others = false;
    if (out->host == MANIFEST_NONE) return false;
    if (str_starts(line_of(j, at), STR("Linux "))) machines_in(j, at, out->host, &ours, &others);
    if (others && !ours) return true;
    if (command == PASSAGE_NONE) return false;
    if (str_find(line_of(j, command), j->m->entities[out->host].id, 0) >= 0) return false;
    if (prompt_elsewhere(j, &j->passages[command])) return true;
    machines_in(j, command, out->host, &ours, &others);
    return others && !ours;
}

/* Does the sentence that leads in speak of somebody else's machine, or of the past? What stands before its last
 * semicolon is another clause: "Until May it ran 6.8; now it is 6.14 on both:". */
static bool leads_to_other_time(judge *j, const code_block *b) {
    const passage *p = &j->passages[b->first];
    if (p->lead == PASSAGE_NONE) return false;
    passage *lead = &j->passages[p->lead];
    passage_prepare(j, lead);
    str text = passage_text(lead);
    if (!str_ends(text, STR(":"))) return false;
    ptrdiff_t clause = 0, next;
    while ((next = str_find(text, STR("; "), clause)) >= 0) clause = next + 2;
    clause_range last = stance_part(lead, lead->text.hi - 1, lead->text.hi);
    for (uint32_t i = 0; i < lead->word_count && i < 200; i++) {
        if (lead->words[i].lo < lead->text.lo + (uint32_t)clause) continue;
        if (word_is(lead, i, "older") && lead->words[i].lo < last.lo) continue; /* "it came with an older one, so …" */
        if (lead->words[i].cues & (CUE_PAST | CUE_OTHERS) || told_time_before(lead, i)) return true;
    }
    return false;
}

/* Do the sentence that leads in, or the heading, place the block on another machine, or in the past? */
static bool leads_elsewhere(judge *j, const code_block *b, const manifest_output *out, uint32_t command, uint32_t at) {
    const passage *p = &j->passages[b->first];
    bool ours = false, others = false;
    if (leads_to_other_time(j, b)) return true;
    if (out->host == MANIFEST_NONE) return false;
    if (str_starts(line_of(j, at), STR("Linux "))) machines_in(j, at, out->host, &ours, &others);
    machines_in(j, command, out->host, &ours, &others);
    if (command != PASSAGE_NONE && str_find(line_of(j, command), j->m->entities[out->host].id, 0) >= 0) ours = true;
    if (!ours) machines_in(j, p->lead, out->host, &ours, &others);
    if (!ours && !others) machines_in(j, p->heading, out->host, &ours, &others);
    for (uint32_t i = b->first, n = 0; i > 0 && n < SPOKEN_BACK && !ours && !others; n++) { /* whose section it is */
        const passage *q = &j->passages[--i];
        if (q->heading != p->heading || (q->kind != PASSAGE_SENTENCE && q->kind != PASSAGE_CELL)) break;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 64; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], ENTITY_HOST);
            if (e != MANIFEST_NONE) *(e == out->host ? &ours : &others) = true;
        }
    }
    return others && !ours;
}

/* Arguments behind the signature's own words of which no signature of this command speaks: "zpool status other". */
static bool has_other_arguments(const judge *j, const signature_set *set, const manifest_output *out, str command) {
    ptrdiff_t end = str_find_byte(command, '|', 0), at = 0;
    if (end >= 0) command.n = end;
    str rest = out->command, term;
    while (str_cut(&rest, ' ', &term)) {
        ptrdiff_t found = term.n ? str_find(command, term, 0) : -1;
        if (found >= 0 && found + term.n > at) at = found + term.n;
    }
    while (at < command.n && command.p[at] != ' ') at++;
    bool flag = false;
    ptrdiff_t lo, hi;
    str tail = str_slice(command, at, command.n);
    for (uint32_t w = 0; w < 32 && word_at(tail, w, &lo, &hi); w++) {
        str argument = str_slice(tail, lo, hi);
        bool dash = argument.p[0] == '-';
        bool asks_itself = str_eq(argument, STR("--version")) || str_eq(argument, STR("--help")) ||
                           str_eq(argument, STR("-V")) || str_eq(argument, STR("version"));
        if (asks_itself && str_find(out->command, argument, 0) < 0 && w == 0 &&
            !str_trim(str_slice(tail, hi, tail.n)).n)
            return true; /* "sinfo --version" prints nothing of what "sinfo" does */
        bool known = dash || flag || str_find(out->command, argument, 0) >= 0 || strchr("\\>&;<2", argument.p[0]);
        flag = dash;
        for (uint32_t i = 0; i < set->n && !known; i++)
            known = str_find(j->m->outputs[set->at[i]].equals, argument, 0) >= 0;
        if (!known) return true;
    }
    return false;
}

/* Does another signature of the same command and field agree with this line? Twins print almost the same. */
static bool sibling_agrees(const judge *j, const signature_set *set, const manifest_output *out, str line) {
    for (uint32_t i = 0; i < set->n; i++) {
        const manifest_output *x = &j->m->outputs[set->at[i]];
        if (x != out && str_eq(x->command, out->command) && str_eq(x->field, out->field) && x->equals.n &&
            str_find(line, x->equals, 0) >= 0)
            return true;
    }
    return false;
}

/* No machine is named, and the output has what another one's signature of this command and key declares: it is that
 * machine's output. */
static bool is_another_machines(judge *j, const signature_set *set, const asked *q, uint32_t command) {
    const manifest_output *out = q->out;
    const code_block *b = q->block;
    bool ours = false, others = false, found = false;
    if (out->host == MANIFEST_NONE || !out->pattern.n) return false;
    machines_in(j, command, out->host, &ours, &others);
    machines_in(j, j->passages[b->first].lead, out->host, &ours, &others);
    machines_in(j, j->passages[b->first].heading, out->host, &ours, &others);
    if (ours) return false;
    str key = output_key(q);
    for (uint32_t i = 0; i < set->n && !found; i++) {
        const manifest_output *x = &j->m->outputs[set->at[i]];
        asked other = {.j = j, .block = b, .out = x, .set = set};
        ptrdiff_t lo, hi;
        if (x == out || x->host == out->host || !x->pattern.n || !str_eq(x->command, out->command)) continue;
        if (!output_open(&other)) continue;
        for (uint32_t at = b->first; at < b->end && at < b->first + 64 && str_eq(output_key(&other), key); at++)
            found = found || output_find(&other, line_of(j, at), &lo, &hi) > 0;
        output_close(&other);
    }
    return found;
}

static bool has_several_machines(const judge *j) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < j->m->entity_count && n < 2; i++)
        n += j->m->entities[i].kind == ENTITY_HOST || j->m->entities[i].kind == ENTITY_HARDWARE;
    return n > 1;
}

/* "pool: offsite" where the machine of the signature has tank: no machine is named, and what the output is about is
 * called otherwise. */
static bool is_about_another(const judge *j, const signature_set *set, const asked *q, uint32_t command) {
    const code_block *b = q->block;
    bool ours = false, others = false, named = false;
    if (q->out->host == MANIFEST_NONE || !has_several_machines(j)) return false;
    machines_in(j, command, q->out->host, &ours, &others);
    machines_in(j, j->passages[b->first].lead, q->out->host, &ours, &others);
    machines_in(j, j->passages[b->first].heading, q->out->host, &ours, &others);
    for (uint32_t i = 0; i < set->n && !ours && !named; i++) {
        const manifest_output *x = &j->m->outputs[set->at[i]];
        if (x->host != q->out->host || !x->equals.n ||
            !str_is_among(x->field, "name pool filesystem device volume dataset"))
            continue;
        if (!str_eq(x->command, q->out->command)) continue;
        named = true;
        for (uint32_t at = b->first; at < b->end && at < b->first + 64 && named; at++)
            named = str_find(line_of(j, at), x->equals, 0) < 0;
    }
    return named;
}

/* No command is shown: the field must be unmistakable, and the program named by the lead, the heading or the block. */
static bool is_named_field(const judge *j, const code_block *b, uint32_t at, const manifest_output *out) {
    const passage *p = &j->passages[at];
    str program = out->command;
    ptrdiff_t blank = str_find_byte(program, ' ', 0), lo, hi;
    if (blank > 0) program.n = blank;
    bool named = p->lead != PASSAGE_NONE && str_find(line_of(j, p->lead), program, 0) >= 0;
    for (uint32_t q = b->first; q < b->end && q < b->first + 4; q++)
        named = named || str_starts(str_trim(line_of(j, q)), program);
    if (p->heading != PASSAGE_NONE) named = named || str_find(line_of(j, p->heading), program, 0) >= 0;
    return out->field.n > 2 && named && value_behind(line_of(j, at), out->field, true, &lo, &hi);
}

static void judge_block(judge *j, const code_block *b) {
    signature_set set;
    collect_block(j, b, &set);
    for (uint32_t k = 0; k < set.n; k++) {
        const manifest_output *out = &j->m->outputs[set.at[k]];
        if (!out->equals.n && !out->pattern.n) continue;
        bool columns = false;
        uint32_t asked_command = PASSAGE_NONE - 1;
        asked q = {.j = j, .block = b, .out = out, .set = &set};
        if (!output_open(&q)) continue;
        for (uint32_t i = b->first; i < b->end; i++) {
            const passage *p = &j->passages[i];
            if (!(p->flags & PASSAGE_TERMINAL)) continue;
            str command = command_of(j, b, i), line = line_of(j, i);
            bool prompted = p->label != PASSAGE_NONE && j->passages[p->label].flags & PASSAGE_PROMPT;
            uint32_t typed = prompted ? p->label : PASSAGE_NONE;
            bool matches = command.n && has_words(command, out->command) && !other_host(j, out, typed, i);
            if (!command.n) matches = is_named_field(j, b, i, out);
            if (!matches || sibling_agrees(j, &set, out, line)) continue;
            if (typed != asked_command && is_another_machines(j, &set, &q, typed)) break;
            if (typed != asked_command) {
                asked_command = typed;
                q.sure = !leads_elsewhere(j, b, out, typed, i) &&
                         !(command.n && has_other_arguments(j, &set, out, command)) &&
                         !is_about_another(j, &set, &q, typed);
            }
            if (judge_line(&q, i, &columns) && !out->field.n) break;
        }
        output_close(&q);
    }
}

void judge_terminal(judge *j) {
    if (!j->m || !j->about_us) return;
    for (uint32_t i = 0; i < j->passage_count && !j->failed;) {
        if (j->passages[i].kind != PASSAGE_CODE) {
            i++;
            continue;
        }
        code_block b = {i, i, false};
        bool output = false;
        for (; b.end < j->passage_count && j->passages[b.end].kind == PASSAGE_CODE &&
               j->passages[b.end].block == j->passages[i].block;
             b.end++) {
            output = output || j->passages[b.end].flags & PASSAGE_TERMINAL;
            str line = line_of(j, b.end);
            b.panel = b.panel || str_find(line, STR("NVIDIA-SMI"), 0) >= 0 ||
                      str_find(line, STR("Memory-Usage"), 0) >= 0 ||
                      (str_starts(line, STR("|")) && str_find(line, STR("MiB / "), 0) > 0);
        }
        if (output && b.end - b.first <= 2000) {
            size_t first_claim = j->claims->n;
            judge_block(j, &b);
            judge_readouts(j, &b, first_claim, !leads_to_other_time(j, &b));
            if (b.panel) judge_panel_memory(j, &b);
        }
        i = b.end;
    }
}
