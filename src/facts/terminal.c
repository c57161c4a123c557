/* terminal.c - pasted output against what the command would have printed.
 *
 *     $ nvidia-smi                            command: names the signatures to look for
 *     | ... Driver Version: 550.54.15 ... |   field and value in one line
 *     | Fan Temp ... | Memory-Usage | ... |   header of a boxed panel: values stand in the same line of later groups
 *     nvme0n1 259:0 0 3.6T 0 disk             columns under a header line
 *
 * In: code blocks. A block without a command belongs to the panel that it shows (nvidia-smi), or to a command that the
 * sentence before it or the declared signature's own field names. Only declared signatures (cmd, field, equals) are
 * judged here, and the memory figures of a GPU panel against the machine's own memory; versions inside panels are left
 * to versions.c.
 */
#include "facts/judge.h"

typedef struct code_block {
    uint32_t first, end; /* passages */
    bool panel;          /* nvidia-smi */
} code_block;

static str line_of(const judge *j, uint32_t at) { return passage_text(&j->passages[at]); }

static bool has_words(str text, str words) {
    str rest = words, term;
    while (str_cut(&rest, ' ', &term))
        if (term.n && str_find(text, term, 0) < 0) return false;
    return true;
}

static str unquote(str s) {
    s = str_trim(s);
    while (s.n && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == ';')) s.n--;
    if (s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"') s = str_slice(s, 1, s.n - 1);
    return s;
}

/* Without runs of blanks. */
static bool same_words(str a, str b) {
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

/* The value of `field` when the line says "field: value", "field = value", "field | value", "field value". Offsets into
 * line. */
static bool value_behind(str line, str name, bool start_only, ptrdiff_t *lo, ptrdiff_t *hi) {
    for (ptrdiff_t at = 0; (at = str_find(line, name, at)) >= 0; at++) {
        bool word_start = at == 0 || (!byte_is_alnum(line.p[at - 1]) && line.p[at - 1] != '_' && line.p[at - 1] != '-');
        ptrdiff_t i = at + name.n;
        bool quoted = i < line.n && line.p[i] == '"';
        if (quoted) i++;
        if (!word_start || (i < line.n && byte_is_alnum(line.p[i]))) continue;
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
        ptrdiff_t end = i;
        while (end < line.n &&
               !(boxed && (line.p[end] == '|' || (line.p[end] == ' ' && end + 1 < line.n && line.p[end + 1] == ' '))))
            end++;
        while (end > i && line.p[end - 1] == ' ') end--;
        if (end == i) continue;
        *lo = i;
        *hi = end;
        return true;
    }
    return false;
}

static bool claim_output(judge *j, uint32_t at, ptrdiff_t lo, ptrdiff_t hi, const manifest_output *out, bool agrees) {
    passage *p = &j->passages[at];
    uint32_t from = p->text.lo + (uint32_t)lo, to = p->text.lo + (uint32_t)hi;
    stance_view s = stance_at(j, p, from, to);
    claim *c = claim_add(j, p, from, to, CLAIM_TERMINAL, &s);
    if (!c) return false;
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].text.lo < to && p->on->tokens[t].text.hi > from) p->on->used[t] = 1;
    c->subject = out->command;
    if (agrees)
        claim_supported(j, c, &out->fact, out->equals, STR("what the command prints here"));
    else
        claim_contradicted(j, c, &out->fact, out->equals,
                           judge_printf(j, "%.*s prints \"%.*s\" here", STR_ARG(out->command), STR_ARG(out->equals)));
    return true;
}

/* ---- boxed panels: groups of lines between rules ---- */

static bool is_rule(str line) {
    line = str_trim(line);
    if (line.n < 3) return false;
    for (ptrdiff_t i = 0; i < line.n; i++)
        if (!strchr("+-=|", line.p[i])) return false;
    return true;
}

static uint32_t cell_index(str line, ptrdiff_t at) {
    uint32_t n = 0;
    for (ptrdiff_t i = 0; i < at; i++) n += line.p[i] == '|';
    return n;
}

static bool cell_at(str line, uint32_t index, ptrdiff_t *lo, ptrdiff_t *hi) {
    uint32_t n = 0;
    for (ptrdiff_t i = 0; i < line.n; i++) {
        if (line.p[i] != '|') continue;
        if (++n != index) continue;
        ptrdiff_t end = str_find_byte(line, '|', i + 1);
        if (end < 0) return false;
        *lo = i + 1;
        *hi = end;
        while (*lo < *hi && line.p[*lo] == ' ') ++*lo;
        while (*hi > *lo && line.p[*hi - 1] == ' ') --*hi;
        return *hi > *lo;
    }
    return false;
}

/* Header line `at` of a boxed panel holds `field` in a cell; judges the same line of each later group. */
static void judge_panel_column(judge *j, const code_block *b, uint32_t at, ptrdiff_t where,
                               const manifest_output *out) {
    uint32_t group = at, offset, cell = cell_index(line_of(j, at), where);
    while (group > b->first && !is_rule(line_of(j, group - 1))) group--;
    offset = at - group;
    uint32_t i = at;
    while (i < b->end && !is_rule(line_of(j, i))) i++;
    while (i < b->end) {
        while (i < b->end && is_rule(line_of(j, i))) i++;
        uint32_t line = i + offset;
        uint32_t end = i;
        while (end < b->end && !is_rule(line_of(j, end))) end++;
        ptrdiff_t lo, hi;
        if (line < end && cell_at(line_of(j, line), cell, &lo, &hi)) {
            str text = str_slice(line_of(j, line), lo, hi);
            bool same = str_find(text, out->equals, 0) >= 0;
            if (same) {
                lo += str_find(text, out->equals, 0);
                hi = lo + out->equals.n;
            }
            /* A name column of a second device is judged by what is absent, not by the first one's name. */
            if (same || !str_eq(out->field, STR("Name"))) claim_output(j, line, lo, hi, out, same);
        }
        i = end;
    }
}

/* ---- plain columns ---- */

static bool word_at(str line, uint32_t index, ptrdiff_t *lo, ptrdiff_t *hi) {
    uint32_t n = 0;
    for (ptrdiff_t i = 0; i < line.n;) {
        while (i < line.n && line.p[i] == ' ') i++;
        if (i == line.n) return false;
        ptrdiff_t start = i;
        while (i < line.n && line.p[i] != ' ') i++;
        if (n++ == index) {
            *lo = start;
            *hi = i;
            return true;
        }
    }
    return false;
}

static uint32_t word_index(str line, ptrdiff_t at) {
    ptrdiff_t lo, hi;
    uint32_t n = 0;
    while (word_at(line, n, &lo, &hi) && lo < at) n++;
    return n;
}

static bool any_row_agrees(const judge *j, const code_block *b, uint32_t at, uint32_t index, str equals) {
    for (uint32_t i = at + 1; i < b->end && str_trim(line_of(j, i)).n; i++) {
        ptrdiff_t lo, hi;
        if (word_at(line_of(j, i), index, &lo, &hi) && same_words(str_slice(line_of(j, i), lo, hi), equals))
            return true;
    }
    return false;
}

/* Rows under a header that are cut by '|' (psql) or by blanks (lsblk). */
static void judge_plain_column(judge *j, const code_block *b, uint32_t at, ptrdiff_t where,
                               const manifest_output *out) {
    str header = line_of(j, at);
    bool bars = str_find_byte(header, '|', 0) >= 0;
    uint32_t index = bars ? cell_index(header, where) : word_index(header, where);
    for (uint32_t i = at + 1; i < b->end; i++) {
        str line = line_of(j, i);
        if (is_rule(line)) continue;
        if (!str_trim(line).n || j->passages[i].flags & PASSAGE_PROMPT) break;
        ptrdiff_t lo = 0, hi = 0;
        if (bars) {
            str padded = line;
            uint32_t n = 0;
            ptrdiff_t start = 0;
            for (ptrdiff_t k = 0; k <= padded.n; k++)
                if (k == padded.n || padded.p[k] == '|') {
                    if (n++ == index) {
                        lo = start;
                        hi = k;
                    }
                    start = k + 1;
                }
            while (lo < hi && line.p[lo] == ' ') lo++;
            while (hi > lo && line.p[hi - 1] == ' ') hi--;
        } else if (!word_at(line, index, &lo, &hi)) {
            continue;
        }
        if (hi <= lo) continue;
        str value = str_slice(line, lo, hi);
        if (!bars) {
            /* Other rows are other devices: only a value that agrees, or the first row's, is this fact's. */
            bool same = same_words(value, out->equals),
                 alone = i == at + 1 && (i + 1 >= b->end || !str_trim(line_of(j, i + 1)).n);
            bool one_device = i == at + 1 && !any_row_agrees(j, b, at, index, out->equals);
            if (same || alone || one_device) claim_output(j, i, lo, hi, out, same);
        } else {
            claim_output(j, i, lo, hi, out, same_words(value, out->equals));
        }
    }
}

/* ---- one signature in one block ---- */

static bool header_has(str line, str name, ptrdiff_t *at) {
    *at = str_find(line, name, 0);
    if (*at < 0) return false;
    bool start = *at == 0 || (!byte_is_alnum(line.p[*at - 1]) && line.p[*at - 1] != '_' && line.p[*at - 1] != '-');
    bool end = *at + name.n == line.n || !byte_is_alnum(line.p[*at + name.n]);
    return start && end;
}

/* Judges one line; true when the signature was found in it. */
static bool judge_line(judge *j, const code_block *b, uint32_t at, const manifest_output *out, bool *columns) {
    str line = line_of(j, at);
    ptrdiff_t lo, hi;
    if (!out->field.n) {
        str text = str_trim(line);
        if (!text.n) return false;
        lo = text.p - line.p;
        return claim_output(j, at, lo, lo + text.n, out, same_words(text, out->equals));
    }
    if (str_eq(out->command, STR("uname -a")) &&
        (str_eq(out->field, STR("release")) || str_eq(out->field, STR("machine")))) {
        bool release = str_eq(out->field, STR("release"));
        if (!str_starts(line, STR("Linux "))) return false;
        lo = str_find(line, out->equals, 0);
        if (lo >= 0) return claim_output(j, at, lo, lo + out->equals.n, out, true);
        if (release) return word_at(line, 2, &lo, &hi) && claim_output(j, at, lo, hi, out, false);
        return word_at(line, 2, &lo, &hi) && claim_output(j, at, hi, line.n, out, false);
    }
    bool boxed = line.n && line.p[0] == '|';
    if (value_behind(line, out->field, !boxed, &lo, &hi) || value_behind(line, out->field, false, &lo, &hi)) {
        str value = unquote(str_slice(line, lo, hi));
        bool same =
            same_words(value, out->equals) || (value.n > out->equals.n && str_starts(value, out->equals) &&
                                               !byte_is_alnum(value.p[out->equals.n]) && value.p[out->equals.n] != '.');
        bool header = at + 1 < b->end && is_rule(line_of(j, at + 1)) && !boxed;
        if (!header) {
            ptrdiff_t start = str_find(line, out->field, 0);
            return claim_output(j, at, start, hi, out, same);
        }
    }
    if (*columns || !header_has(line, out->field, &lo)) return false;
    bool table = boxed || (at + 1 < b->end && is_rule(line_of(j, at + 1)));
    bool upper =
        str_eq(out->field, str_trim(out->field)) && byte_is_alpha(out->field.p[0]) && !(out->field.p[0] & 0x20);
    if (!table && !upper) return false;
    *columns = true;
    if (boxed)
        judge_panel_column(j, b, at, lo, out);
    else
        judge_plain_column(j, b, at, lo, out);
    return true;
}

static str command_of(const judge *j, const code_block *b, uint32_t at) {
    const passage *p = &j->passages[at];
    if (p->label != PASSAGE_NONE && j->passages[p->label].flags & PASSAGE_PROMPT)
        return passage_text(&j->passages[p->label]);
    return b->panel ? STR("nvidia-smi") : (str){0};
}

enum { SIGNATURE_LIMIT = 256 };

typedef struct signature_set {
    uint32_t at[SIGNATURE_LIMIT];
    uint32_t n;
} signature_set;

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

/* The machine that a prompt or a command names: "-h lamp1", "root@lamp2:~#". */
static bool other_host(const judge *j, const signature_set *set, const manifest_output *out, str command) {
    if (out->host == MANIFEST_NONE) return false;
    const manifest_entity *own = &j->m->entities[out->host];
    if (str_find(command, own->id, 0) >= 0) return false;
    for (uint32_t i = 0; i < set->n; i++) {
        uint32_t host = j->m->outputs[set->at[i]].host;
        if (host != MANIFEST_NONE && host != out->host && str_find(command, j->m->entities[host].id, 0) >= 0)
            return true;
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

static void judge_block(judge *j, const code_block *b) {
    signature_set set;
    collect_block(j, b, &set);
    for (uint32_t k = 0; k < set.n; k++) {
        const manifest_output *out = &j->m->outputs[set.at[k]];
        if (!out->equals.n) continue;
        bool columns = false;
        for (uint32_t i = b->first; i < b->end; i++) {
            const passage *p = &j->passages[i];
            if (!(p->flags & PASSAGE_TERMINAL)) continue;
            str command = command_of(j, b, i), line = line_of(j, i);
            bool matches = command.n && has_words(command, out->command) && !other_host(j, &set, out, command);
            if (!command.n) { /* no command shown: the field must be unmistakable, and its line agree or be bound by the
                                 lead */
                ptrdiff_t lo, hi;
                str program = out->command;
                ptrdiff_t blank = str_find_byte(program, ' ', 0);
                if (blank > 0) program.n = blank;
                bool named = p->lead != PASSAGE_NONE && str_find(line_of(j, p->lead), program, 0) >= 0;
                for (uint32_t q = b->first; q < b->end && q < b->first + 4; q++)
                    named = named || str_starts(str_trim(line_of(j, q)), program);
                if (p->heading != PASSAGE_NONE) named = named || str_find(line_of(j, p->heading), program, 0) >= 0;
                matches = out->field.n > 2 && named && value_behind(line, out->field, true, &lo, &hi);
            }
            if (!matches || sibling_agrees(j, &set, out, line)) continue;
            if (judge_line(j, b, i, out, &columns) && !out->field.n) break;
        }
    }
}

/* "71342MiB /  98304MiB" in a GPU panel: the total is the memory of the machine's own accelerator. */
static void judge_panel_memory(judge *j, const code_block *b) {
    uint32_t count;
    const uint32_t *declared = fact_index_outputs(j->index, STR("nvidia-smi"), &count);
    for (uint32_t k = 0; k < count; k++)
        if (str_eq(j->m->outputs[declared[k]].field, STR("Memory-Usage"))) return; /* judged above */
    const manifest_attr *memory = NULL;
    if (j->main_hardware != MANIFEST_NONE)
        memory = manifest_find_attr(j->m, &j->m->entities[j->main_hardware], STR("memory"));
    if (!memory) return;
    for (uint32_t i = b->first; i < b->end; i++) {
        passage *p = &j->passages[i];
        str line = passage_text(p);
        ptrdiff_t slash = str_find(line, STR("MiB /"), 0), at = slash + 5;
        if (slash < 0) continue;
        while (at < line.n && line.p[at] == ' ') at++;
        ptrdiff_t end = at, start = slash;
        while (end < line.n && byte_is_digit(line.p[end])) end++;
        while (start > 0 && byte_is_digit(line.p[start - 1])) start--;
        uint64_t mib;
        if (!str_to_u64(str_slice(line, at, end), &mib) || !str_starts(str_slice(line, end, line.n), STR("MiB")))
            continue;
        bool agrees = false;
        for (uint32_t v = 0; v < memory->view_count; v++) {
            double value;
            unit_id unit = unit_parse(memory->views[v].quantity.unit, true);
            if (!str_to_f64(memory->views[v].quantity.value, &value)) return;
            double bytes = value * unit_get(unit)->factor, stated = (double)mib * 1048576.0;
            agrees = agrees || (stated > 0.9 * bytes && stated < 1.1 * bytes);
        }
        uint32_t lo = p->text.lo + (uint32_t)start, hi = p->text.lo + (uint32_t)end + 3;
        stance_view s = stance_at(j, p, lo, hi);
        claim *c = claim_add(j, p, lo, hi, CLAIM_TERMINAL, &s);
        if (!c) return;
        for (uint32_t t = p->token_lo; t < p->token_hi; t++)
            if (p->on->tokens[t].text.lo < hi && p->on->tokens[t].text.hi > lo) p->on->used[t] = 1;
        c->subject = j->m->entities[memory->entity].id;
        str says = judge_printf(j, "%.*s %.*s", STR_ARG(memory->views[0].quantity.value),
                                STR_ARG(memory->views[0].quantity.unit));
        if (agrees)
            claim_unverified(j, c, STR("the total fits, the use is not declared"));
        else
            claim_contradicted(j, c, &memory->fact, says, STR("no device here has this much memory"));
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
            b.panel =
                b.panel || str_find(line, STR("NVIDIA-SMI"), 0) >= 0 || str_find(line, STR("Memory-Usage"), 0) >= 0;
        }
        if (output && b.end - b.first <= 2000) {
            judge_block(j, &b);
            if (b.panel) judge_panel_memory(j, &b);
        }
        i = b.end;
    }
}
