/* panels.c - values that stand under the name of their field.
 *
 *     | Fan Temp ... | Memory-Usage | ... |   header of a boxed panel: values stand in the same line of later groups
 *     |======================================|
 *     | N/A 44C  ... | Not Supported | ...  |
 *
 *     NAME        SIZE TYPE                   columns under a header line: a value is what stands below its name,
 *     nvme0n1     3.6T disk                   left- or right-aligned
 *     └─nvme0n1p1 512M part                   a row that begins with a branch is a part of the row above
 *
 *      application_name | state               cut by bars (psql)
 *
 *     name, memory.total [MiB]                comma-separated, under a header or as the command lists the fields
 *     NVIDIA GX9, 24564 MiB
 *
 * In: a block, a line of it that holds the field's name, the signature. Out: terminal claims. Several rows under plain
 * columns are several devices, of which the signature describes one: when one of them agrees, the others are none of
 * its business; when none does, the first is wrong. The rows of a relation are compared each.
 */
#include "facts/output/terminal.h"

/* ---- boxed panels: groups of lines between rules ---- */

bool is_rule(str line) {
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

/* Is something that is declared absent named there? Then existence.c says what is to be said. */
static bool names_absent(const passage *p, ptrdiff_t lo, ptrdiff_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        if (hit_has(&p->on->hits[h], ALIAS_ABSENT) && p->on->hits[h].where.lo >= p->text.lo + (uint32_t)lo &&
            p->on->hits[h].where.hi <= p->text.lo + (uint32_t)hi)
            return true;
    return false;
}

void judge_panel_column(const asked *q, uint32_t at, ptrdiff_t where) {
    judge *j = q->j;
    const code_block *b = q->block;
    uint32_t group = at, offset, cell = cell_index(line_of(j, at), where), first = UINT32_MAX;
    bool name = str_eq(q->out->field, STR("Name")), agreed = false;
    ptrdiff_t first_lo = 0, first_hi = 0;
    while (group > b->first && !is_rule(line_of(j, group - 1))) group--;
    offset = at - group;
    uint32_t i;
    for (i = at + 1; i < b->end && !is_rule(line_of(j, i)); i++) { /* the value under its name, no rule between */
        ptrdiff_t lo, hi, own_lo, own_hi;
        if (!cell_at(line_of(j, i), cell, &lo, &hi)) continue;
        str text = str_slice(line_of(j, i), lo, hi);
        if (!byte_is_digit(text.p[0]) || str_find(text, STR("MiB /"), 0) < 0) continue;
        int found = output_find(q, text, &own_lo, &own_hi);
        if (found < 0) return;
        claim_output(q, i, lo, hi, found > 0);
    }
    while (i < b->end) {
        while (i < b->end && is_rule(line_of(j, i))) i++;
        uint32_t line = i + offset;
        uint32_t end = i;
        while (end < b->end && !is_rule(line_of(j, end))) end++;
        ptrdiff_t lo, hi;
        if (line < end && cell_at(line_of(j, line), cell, &lo, &hi)) {
            str text = str_slice(line_of(j, line), lo, hi);
            ptrdiff_t own_lo, own_hi, found = output_find(q, text, &own_lo, &own_hi) - 1;
            if (found < -1) return;
            if (found >= 0) {
                hi = lo + own_hi;
                lo += own_lo;
                agreed = true;
            }
            /* A name may be another device's: only the first is wrong, and only where no device has it. */
            if (found >= 0 || !name) claim_output(q, line, lo, hi, found >= 0);
            if (name && first == UINT32_MAX) first = line, first_lo = lo, first_hi = hi;
        }
        i = end;
    }
    if (name && !agreed && first != UINT32_MAX && !names_absent(&j->passages[first], first_lo, first_hi))
        claim_output(q, first, first_lo, first_hi, false);
}

/* Is the output this machine's beyond doubt: nobody else has signatures of the command, or another signature of its own
 * is found in the block? */
static bool is_this_machines(const asked *q) {
    const judge *j = q->j;
    bool others = false, own = false;
    for (uint32_t i = 0; i < q->set->n; i++) {
        const manifest_output *x = &j->m->outputs[q->set->at[i]];
        asked other = {.j = q->j, .block = q->block, .out = x, .set = q->set};
        ptrdiff_t lo, hi;
        if (x == q->out || !str_eq(x->command, q->out->command)) continue;
        if (x->host != q->out->host) {
            others = true;
            continue;
        }
        if ((!x->pattern.n && !x->equals.n) || own || !output_open(&other)) continue;
        for (uint32_t at = q->block->first; at < q->block->end && at < q->block->first + 64 && !own; at++)
            own = output_find(&other, line_of(j, at), &lo, &hi) > 0;
        output_close(&other);
    }
    return own || !others;
}

/* "| N/A 44C P8 | 1204MiB / 124610MiB | 0% |" without its header: nothing else in such a panel has this form. */
static bool judge_panel_usage(const asked *q, uint32_t at) {
    str line = line_of(q->j, at);
    ptrdiff_t lo, hi;
    for (uint32_t cell = 1; cell < 6 && cell_at(line, cell, &lo, &hi); cell++) {
        while (lo < hi && line.p[lo] == ' ') lo++;
        while (hi > lo && line.p[hi - 1] == ' ') hi--;
        str text = str_slice(line, lo, hi);
        bool usage = str_find(text, STR("MiB /"), 0) > 0 && byte_is_digit(text.p[0]) && str_ends(text, STR("MiB"));
        if (!usage && !str_eq(text, STR("Not Supported"))) continue;
        int agrees = output_agrees(q, text);
        if (agrees < 0 || (!agrees && !is_this_machines(q))) return false;
        return claim_output(q, at, lo, hi, agrees > 0);
    }
    return false;
}

/* "|   0  NVIDIA GB10       On  |" without its header, as grep leaves it: a device's number, then its name. */
bool judge_panel_device(const asked *q, uint32_t at) {
    static const char *const makers[] = {"NVIDIA ", "Tesla ", "GeForce ", "Quadro ", "AMD "};
    str line = line_of(q->j, at);
    ptrdiff_t lo, hi, i;
    if (str_eq(q->out->field, STR("Memory-Usage"))) return judge_panel_usage(q, at);
    if (!str_eq(q->out->field, STR("Name")) || !cell_at(line, 1, &lo, &hi)) return false;
    i = lo;
    while (i < hi && byte_is_digit(line.p[i])) i++;
    if (i == lo || i + 2 >= hi || line.p[i] != ' ') return false;
    while (i < hi && line.p[i] == ' ') i++;
    bool device = false;
    for (size_t k = 0; k < COUNT_OF(makers); k++)
        device = device || str_starts(str_slice(line, i, hi), str_from_cstr(makers[k]));
    if (!device) return false;
    ptrdiff_t own_lo, own_hi;
    int found = output_find(q, str_slice(line, i, hi), &own_lo, &own_hi);
    if (found < 0) return false;
    if (found > 0) return claim_output(q, at, i + own_lo, i + own_hi, true);
    ptrdiff_t end = str_find(str_slice(line, i, hi), STR("  "), 0);
    if (end > 0) hi = i + end;
    return !names_absent(&q->j->passages[at], i, hi) && claim_output(q, at, i, hi, false);
}

/* ---- plain columns ---- */

bool word_at(str line, uint32_t index, ptrdiff_t *lo, ptrdiff_t *hi) {
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

/* Column of a byte, as a terminal counts: UTF-8 sequences are one wide. */
static ptrdiff_t column_of(str line, ptrdiff_t at) {
    ptrdiff_t column = 0;
    for (ptrdiff_t i = 0; i < at && i < line.n; i++) column += (line.p[i] & 0xc0) != 0x80;
    return column;
}

typedef struct heading {
    ptrdiff_t lo, hi; /* columns of the field's name */
    uint32_t index;   /* which column cut by bars it is */
    bool bars;
} heading;

/* The value below the name: the one word that shares a column with it. False when none or several do. */
static bool value_below(str line, const heading *h, ptrdiff_t *lo, ptrdiff_t *hi) {
    if (h->bars) {
        uint32_t n = 0;
        ptrdiff_t start = 0;
        if (str_find_byte(line, '|', 0) < 0) return false; /* "(1 row)" */
        for (ptrdiff_t k = 0; k <= line.n; k++)
            if (k == line.n || line.p[k] == '|') {
                if (n++ == h->index) {
                    *lo = start;
                    *hi = k;
                    while (*lo < *hi && line.p[*lo] == ' ') ++*lo;
                    while (*hi > *lo && line.p[*hi - 1] == ' ') --*hi;
                    return *hi > *lo;
                }
                start = k + 1;
            }
        return false;
    }
    uint32_t found = 0;
    ptrdiff_t a, b;
    for (uint32_t w = 0; w < 64 && word_at(line, w, &a, &b); w++) {
        if (column_of(line, a) >= h->hi || column_of(line, b) <= h->lo) continue;
        if (found++) return false;
        *lo = a;
        *hi = b;
    }
    return found == 1;
}

static bool is_branch(str line) {
    line = str_trim(line);
    return str_starts(line, STR("\xe2\x94")) || str_starts(line, STR("|-")) || str_starts(line, STR("`-"));
}

/* Does another signature of the same command and field say this? */
static bool sibling_says(const asked *q, str value) {
    for (uint32_t i = 0; i < q->set->n; i++) {
        const manifest_output *x = &q->j->m->outputs[q->set->at[i]];
        if (x != q->out && str_eq(x->command, q->out->command) && str_eq(x->field, q->out->field) &&
            same_words(value, x->equals))
            return true;
    }
    return false;
}

void judge_plain_column(const asked *q, uint32_t at, ptrdiff_t where) {
    judge *j = q->j;
    str header = line_of(j, at);
    heading h = {.lo = column_of(header, where),
                 .hi = column_of(header, where + q->out->field.n),
                 .bars = str_find_byte(header, '|', 0) >= 0,
                 .index = cell_index(header, where)};
    uint32_t first = UINT32_MAX, devices = 0;
    ptrdiff_t first_lo = 0, first_hi = 0, lo, hi;
    bool agreed = false, device_agreed = false;
    for (uint32_t i = at + 1; i < q->block->end; i++) {
        str line = line_of(j, i);
        if (is_rule(line)) continue;
        if (!str_trim(line).n || j->passages[i].flags & PASSAGE_PROMPT) break;
        if (!value_below(line, &h, &lo, &hi)) continue;
        bool part = !h.bars && is_branch(line), same = output_agrees(q, str_slice(line, lo, hi)) != 0;
        devices += !part;
        agreed = agreed || same;
        device_agreed = device_agreed || (same && !part);
        if (same) claim_output(q, i, lo, hi, true);
        if (h.bars) { /* a relation: every row is what the query answers, and each has its signature */
            if (!same && !sibling_says(q, str_slice(line, lo, hi))) claim_output(q, i, lo, hi, false);
            continue;
        }
        if (first == UINT32_MAX && !part) first = i, first_lo = lo, first_hi = hi;
    }
    /* No device has it: the first is wrong. A part that has it excuses a device only among several. */
    bool wrong = devices == 1 ? !device_agreed : !agreed;
    if (first != UINT32_MAX && wrong && !sibling_says(q, str_slice(line_of(j, first), first_lo, first_hi)))
        claim_output(q, first, first_lo, first_hi, false);
}

/* ---- comma-separated values ---- */

/* Are two names of a field the same but for case, blanks, '_' and a unit in brackets: "driver_version", "Driver
 * Version"? */
static bool same_field(str a, str b) {
    ptrdiff_t unit = str_find_byte(a, '[', 0), i = 0, k = 0;
    if (unit > 0) a.n = unit;
    a = str_trim(a);
    b = str_trim(b);
    for (;;) {
        while (i < a.n && (a.p[i] == ' ' || a.p[i] == '_')) i++;
        while (k < b.n && (b.p[k] == ' ' || b.p[k] == '_')) k++;
        if (i == a.n || k == b.n) return i == a.n && k == b.n;
        if (byte_lower(a.p[i++]) != byte_lower(b.p[k++])) return false;
    }
}

/* Which item of a comma-separated list is the field; -1 when none is. */
static int item_index(str list, str name) {
    str item;
    for (int n = 0; n < 64 && str_cut(&list, ',', &item); n++)
        if (same_field(item, name)) return n;
    return -1;
}

/* The n-th value of a comma-separated line. */
static bool comma_value(str line, int index, ptrdiff_t *lo, ptrdiff_t *hi) {
    ptrdiff_t at = 0;
    for (int n = 0; n < index; n++) {
        at = str_find_byte(line, ',', at);
        if (at < 0) return false;
        at++;
    }
    ptrdiff_t end = str_find_byte(line, ',', at);
    *lo = at;
    *hi = end < 0 ? line.n : end;
    while (*lo < *hi && line.p[*lo] == ' ') ++*lo;
    while (*hi > *lo && line.p[*hi - 1] == ' ') --*hi;
    return *hi > *lo;
}

/* --query-gpu=name,power.limit --format=csv,noheader: the fields as the command lists them; empty where it lists none.
 */
static str queried_fields(str command) {
    static const char *const flags[] = {"--query-gpu=", "--query-gpu ",
                                        "--query-compute-apps=", "--fields=", "--columns="};
    for (size_t k = 0; k < COUNT_OF(flags); k++) {
        ptrdiff_t at = str_find(command, str_from_cstr(flags[k]), 0);
        if (at < 0) continue;
        at += (ptrdiff_t)strlen(flags[k]);
        ptrdiff_t end = str_find_byte(command, ' ', at);
        return str_slice(command, at, end < 0 ? command.n : end);
    }
    return (str){0};
}

/* "24564 MiB", or "24564" under "[MiB]" with nounits. */
static bool says_value(const asked *q, str value) {
    str equals = q->out->equals;
    ptrdiff_t blank = str_find_byte(equals, ' ', 0);
    bool number = blank > 0 && byte_is_digit(equals.p[0]);
    return output_agrees(q, value) != 0 || (number && same_words(value, str_slice(equals, 0, blank)));
}

bool judge_comma_columns(const asked *q, uint32_t at, str command) {
    judge *j = q->j;
    str line = line_of(j, at), listed = queried_fields(command);
    int header = str_find_byte(line, ',', 0) > 0 ? item_index(line, q->out->field) : -1;
    int index = header >= 0                                     ? header
                : listed.n && str_find_byte(listed, ',', 0) > 0 ? item_index(listed, q->out->field)
                                                                : -1;
    if (index < 0 ||
        (header < 0 && at > 0 && j->passages[at - 1].label == j->passages[at].label &&
         j->passages[at - 1].flags & PASSAGE_TERMINAL && j->passages[at - 1].block == j->passages[at].block))
        return false;
    uint32_t first = UINT32_MAX;
    ptrdiff_t lo, hi, first_lo = 0, first_hi = 0;
    bool agreed = false;
    for (uint32_t i = header >= 0 ? at + 1 : at; i < q->block->end; i++) {
        const passage *p = &j->passages[i];
        if (!(p->flags & PASSAGE_TERMINAL) || p->label != j->passages[at].label) break;
        if (!comma_value(line_of(j, i), index, &lo, &hi)) continue;
        str value = str_slice(line_of(j, i), lo, hi);
        if (says_value(q, value)) {
            agreed = true;
            claim_output(q, i, lo, hi, true);
        } else if (first == UINT32_MAX && !sibling_says(q, value)) {
            first = i, first_lo = lo, first_hi = hi;
        }
    }
    if (!agreed && first != UINT32_MAX && !names_absent(&j->passages[first], first_lo, first_hi))
        claim_output(q, first, first_lo, first_hi, false);
    return true;
}

/* ---- the memory of a GPU panel ---- */

/* Is the attribute the memory that a GPU of this machine shows: its own, or one that it shares with the CPU? */
static bool is_gpu_memory(const judge *j, const manifest_attr *attr) {
    static const char *const words[] = {"unified", "UMA", "VRAM", "GPU", "HBM", "gpu", "vram"};
    bool gpu = false;
    for (size_t k = 0; k < COUNT_OF(words); k++) {
        gpu = gpu || str_find(attr->name, str_from_cstr(words[k]), 0) >= 0;
        for (uint32_t i = 0; i < attr->aliases.n; i++)
            gpu = gpu || str_find(attr->aliases.at[i].text, str_from_cstr(words[k]), 0) >= 0;
    }
    const manifest_entity *e = &j->m->entities[attr->entity];
    for (uint32_t s = 0; s < j->m->scope_count && s < 256 && !gpu; s++) { /* the machine is named like its GPU: GB10 */
        const manifest_scope *scope = &j->m->scopes[s];
        if (scope->world != WORLD_CLOSED || str_find(scope->kind, STR("gpu"), 0) < 0) continue;
        for (uint32_t i = 0; i < scope->members.n; i++)
            for (uint32_t k = 0; k < e->aliases.n; k++)
                gpu = gpu || str_eq_nocase(scope->members.at[i].text, e->aliases.at[k].text);
    }
    return gpu;
}

/* Is some declared size of any machine within a tenth of this many bytes? */
static bool is_declared_size(const judge *j, double bytes) {
    uint32_t count;
    return fact_index_range(j->index, DIM_DATA, bytes / 1.1, bytes / 0.9, &count) && count > 0;
}

void judge_panel_memory(judge *j, const code_block *b) {
    uint32_t count;
    const uint32_t *declared = fact_index_outputs(j->index, STR("nvidia-smi"), &count);
    for (uint32_t k = 0; k < count; k++)
        if (str_eq(j->m->outputs[declared[k]].field, STR("Memory-Usage"))) return; /* judged above */
    const manifest_attr *memory = NULL;
    if (j->main_hardware != MANIFEST_NONE)
        memory = manifest_find_attr(j->m, &j->m->entities[j->main_hardware], STR("memory"));
    if (!memory || !is_gpu_memory(j, memory)) return;
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
        uint32_t lo = p->text.lo + (uint32_t)start, hi = p->text.lo + (uint32_t)end + 3;
        stance_view s = stance_at(j, p, lo, hi);
        claim *c = claim_add(j, p, lo, hi, CLAIM_TERMINAL, &s);
        if (!c) return;
        for (uint32_t t = p->token_lo; t < p->token_hi; t++)
            if (p->on->tokens[t].text.lo < hi && p->on->tokens[t].text.hi > lo) p->on->used[t] = 1;
        c->subject = j->m->entities[memory->entity].id;
        str says = judge_printf(j, "%.*s %.*s", STR_ARG(memory->views[0].quantity.value),
                                STR_ARG(memory->views[0].quantity.unit));
        if (is_declared_size(j, (double)mib * 1048576.0))
            claim_unverified(j, c, STR("the total fits, the use is not declared"));
        else
            claim_contradicted(j, c, &memory->fact, says, STR("no device here has this much memory"));
    }
}
