/* readouts.c - pasted output read by its structure, not by a command's wording.
 *
 *     me@bracken:~$ free -h                 the prompt names the machine, the line the programs
 *                    total   used           names of columns, and a row under them
 *     Mem:           124Gi  6.1Gi
 *     CPU(s):  32    max_conns = 120    "max_model_len": 32768      a key and its value
 *     | name | size |   ⏎  | x | 59 GiB |   columns between bars
 *     NVIDIA GX9, 580.95.05, 24564 MiB      comma-separated, named by the command or a header
 *     |   0  NVIDIA GX9  On | …             a GPU panel: devices, and their figures below them
 *
 * In: a code block. Out: readings, each a value with its key, its row and its machine, handed to readout_facts.c, which
 * knows what a program's key means. What a signature has judged is passed over there. Output is of today and ours
 * unless the prompt or what leads in says otherwise; inside a container it proves but never contradicts. Bounded: so
 * many columns, words of a line, programs of a line; time is linear in the block.
 */
#include "facts/output/readouts.h"

#include "facts/commands/shell.h"

enum { COLUMN_MAX = 16, WORD_MAX = 48, FIELD_MAX = 16 };

/* ---- who printed it, and where ---- */

/* "me@bracken:~$ ", "kettle$ ", "[root@kettle ~]# ": where the command begins; *name is the machine's. */
static ptrdiff_t split_prompt(str line, str *name) {
    ptrdiff_t at = 0, end = 0;
    *name = (str){0};
    while (at < line.n && byte_is_space(line.p[at])) at++;
    while (at + end < line.n && end < 60 && !strchr("$#%", line.p[at + end])) end++;
    if (at + end + 1 >= line.n || end >= 60 || line.p[at + end + 1] != ' ') return at;
    str prompt = str_slice(line, at, at + end);
    if (prompt.n && prompt.p[0] == '[') prompt = str_slice(prompt, 1, prompt.n);
    ptrdiff_t host = str_find_byte(prompt, '@', 0), n = host + 1;
    if (str_find_byte(str_slice(prompt, 0, host > 0 ? host : prompt.n), ' ', 0) >= 0) return at;
    while (n < prompt.n && (byte_is_alnum(prompt.p[n]) || prompt.p[n] == '-' || prompt.p[n] == '.')) n++;
    *name = str_slice(prompt, host + 1, n);
    return at + end + 2;
}

static void read_command(readout *o, str text, int depth) {
    shell_reader r = shell_read(text);
    shell_words words = {0};
    bool ok = true;
    while (o->program_count < PROGRAM_LIMIT && shell_next(&r, o->j->a, &words, &ok)) {
        bool sure = true;
        uint32_t at = shell_program(text, &words, 0, &sure), operand = 0;
        if (at >= words.n) continue;
        str name = shell_basename(shell_text(text, &words.at[at]));
        uint32_t inner = shell_inner(text, &words, at, &operand, &sure);
        if (inner && inner < words.n) {
            if (str_eq(name, STR("ssh")) || str_eq(name, STR("mosh"))) {
                str machine = shell_text(text, &words.at[operand]);
                o->machine = machine_named(o->j, machine);
                o->sure = o->sure && (o->machine != MANIFEST_NONE || machine.p[0] == '$');
            } else if (operand != at) {
                o->sure = false; /* the inside of a container */
            }
            str rest = shell_text(text, &words.at[inner]);
            if (words.at[inner].quoted && depth < 2 && str_find_byte(rest, ' ', 0) > 0) {
                read_command(o, rest, depth + 1);
                continue;
            }
            name = shell_basename(rest);
        }
        for (uint32_t i = at; i < words.n; i++) {
            str w = shell_text(text, &words.at[i]);
            o->decimal = o->decimal || str_eq(w, STR("-H")) || str_eq(w, STR("--si"));
        }
        o->programs[o->program_count++] = name;
    }
    if (!ok) o->j->failed = true;
}

/* Without a prompt: a panel says itself what it is, and the sentence that leads in may name the program. */
static void guess_programs(readout *o) {
    static const char *const known[] = {"free", "df",    "lsblk",   "lscpu", "zpool",      "nvidia-smi",
                                        "dpkg", "uname", "kubectl", "nproc", "llama-bench"};
    const passage *first = &o->j->passages[o->block->first];
    if (o->block->panel) o->programs[o->program_count++] = STR("nvidia-smi");
    if (first->lead == PASSAGE_NONE) return;
    str lead = line_of(o->j, first->lead);
    for (size_t i = 0; i < COUNT_OF(known) && o->program_count < PROGRAM_LIMIT; i++) {
        str name = str_from_cstr(known[i]);
        for (ptrdiff_t at = 0; (at = str_find(lead, name, at)) >= 0; at++) {
            bool whole = (at == 0 || lead.p[at - 1] == ' ' || lead.p[at - 1] == '`') &&
                         (at + name.n == lead.n || !(byte_is_alnum(lead.p[at + name.n]) || lead.p[at + name.n] == '-'));
            if (!whole || i == 0) continue; /* "free" is a word */
            o->programs[o->program_count++] = name;
            break;
        }
    }
}

/* "On the NAS:", "## The router": the machines that a passage names. */
static void lead_machines(readout *o, uint32_t at) {
    if (at == PASSAGE_NONE || o->led_count) return;
    const passage *p = &o->j->passages[at];
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && o->led_count < LED_LIMIT; h++) {
        uint32_t e = p->on->hits[h].inside < 0 ? hit_entity(o->j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE) continue;
        uint8_t kind = o->j->m->entities[e].kind;
        if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE) o->led[o->led_count++] = e;
    }
}

static void open_readout(readout *o, uint32_t first, bool today) {
    judge *j = o->j;
    o->command = j->passages[first].label;
    o->program_count = 0;
    o->machine = o->device = MANIFEST_NONE;
    o->decimal = false;
    o->sure = today;
    o->led_count = 0;
    lead_machines(o, j->passages[first].lead);
    lead_machines(o, j->passages[first].heading);
    if (o->command == PASSAGE_NONE || !(j->passages[o->command].flags & PASSAGE_PROMPT)) {
        o->command = PASSAGE_NONE;
        guess_programs(o);
        return;
    }
    const passage *p = &j->passages[o->command];
    uint32_t end = p->text.hi;
    for (uint32_t i = o->command + 1; i < first && j->passages[i].flags & PASSAGE_PROMPT; i++)
        end = j->passages[i].text.hi; /* its continuations */
    str text = surface_slice(p->on, p->text.lo, end), name;
    ptrdiff_t at = split_prompt(text, &name);
    if (name.n) o->machine = machine_named(j, name);
    if (prompt_elsewhere(j, p)) o->sure = false;
    read_command(o, str_slice(text, at, text.n), 0);
}

bool readout_runs(const readout *o, const char *program) {
    for (uint32_t i = 0; i < o->program_count; i++)
        if (str_eq(o->programs[i], str_from_cstr(program))) return true;
    return false;
}

/* ---- cells ---- */

typedef struct columns {
    char sign; /* 0 = none known, ' ' aligned, '|' between bars, ',' between commas */
    str names[COLUMN_MAX];
    ptrdiff_t lo[COLUMN_MAX], hi[COLUMN_MAX]; /* aligned: screen columns of the name */
    uint32_t n;
    uint32_t device; /* the column that names a device, UINT32_MAX = none */
} columns;

static str trimmed(str line, ptrdiff_t lo, ptrdiff_t hi, ptrdiff_t *from) {
    while (lo < hi && byte_is_space(line.p[lo])) lo++;
    while (hi > lo && byte_is_space(line.p[hi - 1])) hi--;
    *from = lo;
    return str_slice(line, lo, hi);
}

/* The n-th of the parts that a sign makes; the outer bars of a panel's line are none. */
static bool part_at(str line, char sign, uint32_t index, ptrdiff_t *lo, str *part) {
    ptrdiff_t from = sign == '|' && line.n && line.p[0] == '|' ? 1 : 0;
    for (uint32_t n = 0; from <= line.n; n++) {
        ptrdiff_t end = str_find_byte(line, (uint8_t)sign, from);
        if (end < 0) end = line.n;
        if (n == index) {
            *part = trimmed(line, from, end, lo);
            return part->n > 0;
        }
        from = end + 1;
    }
    return false;
}

static bool is_column_name(str w) {
    static const char *const digits[] = {"1K-blocks", "IPv4", "IPv6"};
    bool letter = false;
    for (ptrdiff_t i = 0; i < w.n; i++) {
        letter = letter || byte_is_alpha(w.p[i]);
        if (!byte_is_digit(w.p[i]) && w.p[i] < 0x80) continue;
        for (size_t k = 0; k < COUNT_OF(digits); k++)
            if (str_eq(w, str_from_cstr(digits[k]))) return true;
        return false;
    }
    return letter && !str_ends(w, STR(":"));
}

static bool read_aligned_header(str line, columns *c) {
    ptrdiff_t lo, hi;
    c->n = 0;
    for (uint32_t w = 0; w < COLUMN_MAX && word_at(line, w, &lo, &hi); w++) {
        str name = str_slice(line, lo, hi);
        if (!is_column_name(name) && !str_eq(name, STR("%"))) return false;
        c->names[c->n] = name;
        c->lo[c->n] = lo; /* a header is ASCII: bytes are screen columns */
        c->hi[c->n++] = hi;
    }
    c->sign = ' ';
    return c->n > 1;
}

static bool read_parted_header(str line, char sign, columns *c) {
    ptrdiff_t lo;
    str part;
    c->n = 0;
    for (uint32_t n = 0; n < COLUMN_MAX && part_at(line, sign, n, &lo, &part); n++) {
        ptrdiff_t unit = str_find(part, STR(" ["), 0);
        c->names[c->n++] = unit > 0 ? str_slice(part, 0, unit) : part;
    }
    c->sign = sign;
    return c->n > 1;
}

typedef struct aligned_words { /* of one line, with their screen columns: a UTF-8 sequence is one wide */
    ptrdiff_t lo[WORD_MAX], hi[WORD_MAX], from[WORD_MAX], to[WORD_MAX];
    uint32_t n;
} aligned_words;

static void split_aligned(str line, aligned_words *w) {
    ptrdiff_t column = 0;
    bool inside = false;
    w->n = 0;
    for (ptrdiff_t i = 0; i < line.n; i++) {
        bool blank = line.p[i] == ' ';
        if (!blank && !inside) {
            if (w->n == WORD_MAX) return;
            w->lo[w->n] = i;
            w->from[w->n] = column;
        }
        column += (line.p[i] & 0xc0) != 0x80;
        if (!blank) {
            w->hi[w->n] = i + 1;
            w->to[w->n] = column;
        }
        if (blank && inside) w->n++;
        inside = !blank;
    }
    w->n += inside;
}

/* The word of an aligned line that shares a screen column with a name: one, or none. */
static bool below(const aligned_words *w, const columns *c, uint32_t column, ptrdiff_t *lo, ptrdiff_t *hi) {
    uint32_t found = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->from[i] >= c->hi[column] || w->to[i] <= c->lo[column]) continue;
        if (found++) return false;
        *lo = w->lo[i];
        *hi = w->hi[i];
    }
    return found == 1;
}

/* "└─nvme0n1p2" -> "nvme0n1p2". */
static str row_name(str first) {
    while (first.n && !byte_is_alnum(first.p[0]) && first.p[0] != '/') first = str_slice(first, 1, first.n);
    if (str_ends(first, STR(":"))) first.n--;
    return first;
}

static void read_row(readout *o, uint32_t at, const columns *c) {
    str line = line_of(o->j, at), part;
    const passage *p = &o->j->passages[at];
    reading r = {.at = at, .head = c->names[0], .owner = readout_row_owner(o->j, at)};
    ptrdiff_t lo;
    aligned_words words = {.n = 0};
    if (c->sign == ' ') {
        split_aligned(line, &words);
        if (!words.n) return;
        r.row = row_name(str_slice(line, words.lo[0], words.hi[0]));
        if (words.n > 1) r.tail = str_slice(line, words.lo[words.n - 1], words.hi[words.n - 1]);
    } else {
        if (c->device < c->n && part_at(line, c->sign, c->device, &lo, &part))
            r.name = (text_range){p->text.lo + (uint32_t)lo, p->text.lo + (uint32_t)(lo + part.n)};
        if (part_at(line, c->sign, 0, &lo, &part)) r.row = part;
    }
    reading found[COLUMN_MAX], roles[ROLE_COUNT] = {0};
    uint32_t n = 0;
    for (uint32_t k = 0; k < c->n; k++) {
        if (c->sign == ' ') {
            if (!below(&words, c, k, &r.lo, &r.hi)) continue;
        } else {
            if (!part_at(line, c->sign, k, &r.lo, &part)) continue;
            r.hi = r.lo + part.n;
        }
        r.key = c->names[k];
        enum role role = readout_role(r.key);
        if (role != ROLE_COUNT) roles[role] = r;
        found[n++] = r;
    }
    judge_sums(o, roles);
    for (uint32_t k = 0; k < n; k++) judge_reading(o, &found[k]);
}

/* ---- keys ---- */

static str unquoted(str line, ptrdiff_t *lo, ptrdiff_t *hi) {
    while (*hi > *lo && (line.p[*hi - 1] == ',' || line.p[*hi - 1] == ';' || byte_is_space(line.p[*hi - 1]))) --*hi;
    if (*hi - *lo > 1 && line.p[*lo] == '"' && line.p[*hi - 1] == '"') ++*lo, --*hi;
    return str_slice(line, *lo, *hi);
}

/* "CPU(s):   32", "vm.swappiness = 10", "\"id\": \"x\"". */
static bool read_pair(str line, reading *r) {
    ptrdiff_t colon = str_find(line, STR(": "), 0), equals = str_find(line, STR(" = "), 0);
    ptrdiff_t at = colon < 0 || (equals >= 0 && equals < colon) ? equals : colon;
    if (at <= 0 || at > 60) return false;
    ptrdiff_t lo = 0, hi = at, from = at + (at == equals ? 3 : 2), end = line.n;
    trimmed(line, lo, hi, &lo);
    r->key = unquoted(line, &lo, &hi);
    str value = trimmed(line, from, end, &from);
    r->lo = from;
    r->hi = from + value.n;
    unquoted(line, &r->lo, &r->hi);
    return r->key.n > 0 && r->hi > r->lo;
}

/* The value's first word: "124Gi   6.1Gi …", "18640.2 (without …)". */
static void first_word_only(str line, reading *r) {
    ptrdiff_t end = r->lo;
    while (end < r->hi && !byte_is_space(line.p[end])) end++;
    r->hi = end;
}

/* ---- a GPU panel ---- */

static void read_after(readout *o, uint32_t at, str key) {
    str line = line_of(o->j, at);
    ptrdiff_t lo = str_find(line, key, 0);
    if (lo < 0) return;
    lo += key.n;
    while (lo < line.n && (line.p[lo] == ' ' || line.p[lo] == ':')) lo++;
    reading r = {.at = at, .owner = MANIFEST_NONE, .key = key, .lo = lo, .hi = line.n};
    first_word_only(line, &r);
    if (r.hi > r.lo && byte_is_digit(line.p[r.lo])) judge_reading(o, &r);
}

/* "47W /   60W", "6214MiB / 15356MiB": what is behind the slash, when both sides end in the unit. */
static void read_limit(readout *o, uint32_t at, str unit, str key) {
    str line = line_of(o->j, at);
    for (ptrdiff_t slash = 0; (slash = str_find_byte(line, '/', slash)) >= 0; slash++) {
        ptrdiff_t lo = slash + 1, end, before = slash;
        while (before > 0 && line.p[before - 1] == ' ') before--;
        if (!str_ends(str_slice(line, 0, before), unit)) continue;
        while (lo < line.n && line.p[lo] == ' ') lo++;
        for (end = lo; end < line.n && byte_is_digit(line.p[end]);) end++;
        if (end == lo || !str_starts(str_slice(line, end, line.n), unit)) continue;
        reading r = {.at = at, .owner = MANIFEST_NONE, .key = key, .lo = lo, .hi = end + unit.n};
        judge_reading(o, &r);
        return;
    }
}

/* Where a device's name ends: before two blanks, or before its persistence mode; -1 where neither follows. */
static ptrdiff_t device_end(str cell, ptrdiff_t from) {
    static const char *const ends[] = {"  ", " On ", " Off "};
    ptrdiff_t end = -1;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        ptrdiff_t at = str_find(cell, str_from_cstr(ends[i]), from);
        if (at >= 0 && (end < 0 || at < end)) end = at;
    }
    if (end < 0 && str_ends(cell, STR(" On"))) end = cell.n - 3;
    if (end < 0 && str_ends(cell, STR(" Off"))) end = cell.n - 4;
    return end;
}

static void read_panel_line(readout *o, uint32_t at) {
    str line = line_of(o->j, at), cell;
    const passage *p = &o->j->passages[at];
    ptrdiff_t lo, n = 0;
    if (str_find(line, STR("NVIDIA-SMI "), 0) >= 0) {
        read_after(o, at, STR("NVIDIA-SMI"));
        read_after(o, at, STR("Driver Version"));
        return;
    }
    if (!part_at(line, '|', 0, &lo, &cell)) return;
    while (n < cell.n && byte_is_digit(cell.p[n])) n++;
    if (n && n + 2 < cell.n && cell.p[n] == ' ' && device_end(cell, n + 2) > 0) {
        while (n < cell.n && cell.p[n] == ' ') n++;
        ptrdiff_t end = device_end(cell, n);
        if (end < 0 || !byte_is_alpha(cell.p[n])) return;
        reading r = {.at = at, .owner = MANIFEST_NONE, .key = STR("name"), .lo = lo + n, .hi = lo + end};
        o->device = hardware_at(o->j, p, p->text.lo + (uint32_t)r.lo, p->text.lo + (uint32_t)r.hi);
        judge_reading(o, &r);
        return;
    }
    read_limit(o, at, STR("W"), STR("power.limit"));
    read_limit(o, at, STR("MiB"), STR("memory.total"));
}

/* ---- one output ---- */

/* --query-gpu=name,power.limit: the fields as the command lists them. */
static void read_fields(readout *o, columns *c) {
    if (o->command == PASSAGE_NONE) return;
    str line = line_of(o->j, o->command);
    ptrdiff_t at = str_find(line, STR("--query-"), 0);
    if (at >= 0) at = str_find_byte(line, '=', at);
    if (at < 0) return;
    ptrdiff_t end = str_find_byte(line, ' ', at);
    str list = str_slice(line, at + 1, end < 0 ? line.n : end), item;
    c->n = 0;
    while (c->n < FIELD_MAX && str_cut(&list, ',', &item)) c->names[c->n++] = str_trim(item);
    c->sign = ',';
}

static void find_device_column(columns *c) {
    c->device = UINT32_MAX;
    for (uint32_t k = 0; k < c->n; k++)
        if (str_eq_nocase(c->names[k], STR("name")) || str_eq_nocase(c->names[k], STR("gpu_name"))) c->device = k;
}

/* A line that says nothing but a machine's name, as a loop over machines prints it. */
static bool names_machine(readout *o, str text) {
    bool many = readout_runs(o, "hostname") || readout_runs(o, "ssh") || readout_runs(o, "for");
    uint32_t e = many && text.n < 64 && str_find_byte(text, ' ', 0) < 0 ? machine_named(o->j, text) : MANIFEST_NONE;
    bool typed = many && o->command != PASSAGE_NONE && text.n > 2 && byte_is_alpha(text.p[0]) &&
                 str_find(line_of(o->j, o->command), text, 0) >= 0;
    if (e == MANIFEST_NONE && !typed) return false;
    o->sure = o->sure && e != MANIFEST_NONE; /* one of the loop's that is not declared */
    o->machine = e;
    return true;
}

static bool is_numeric_row(str line) {
    for (ptrdiff_t i = 0; i < line.n; i++)
        if (byte_is_digit(line.p[i])) return true;
    return false;
}

static bool is_box(str line) { return line.n > 2 && line.p[0] == '|' && line.p[line.n - 1] == '|'; }

/* Lines that say themselves what they are, whoever printed them: "GPU 0: NVIDIA L40S (UUID: …" (nvidia-smi -L),
 * "3.12.11 (main, Jul 14 2026, 10:02:51) [GCC 14.3.0]" (Python's sys.version). */
static bool read_banner(readout *o, uint32_t at, str line) {
    reading r = {.at = at, .owner = MANIFEST_NONE};
    ptrdiff_t uuid = str_find(line, STR(" (UUID: "), 0), colon = str_find(line, STR(": "), 0);
    if (str_starts(line, STR("GPU ")) && uuid > colon && colon > 4 && colon < 8) {
        r.key = STR("GPU");
        r.lo = colon + 2;
        r.hi = uuid;
        return judge_reading(o, &r);
    }
    ptrdiff_t built = str_find(line, STR(" ("), 0);
    if (!line.n || !byte_is_digit(line.p[0]) || built < 3 || str_find(line, STR(") ["), built) < 0) return false;
    static const char *const branches[] = {" (main, ", " (default, ", " (tags/", " (heads/"};
    for (size_t i = 0; i < COUNT_OF(branches) && !r.hi; i++)
        if (str_find(line, str_from_cstr(branches[i]), 0) == built) r.hi = built;
    r.key = STR("Python");
    return r.hi && judge_reading(o, &r);
}

static void read_whole_line(readout *o, uint32_t at, str line) {
    reading r = {.at = at, .owner = MANIFEST_NONE};
    ptrdiff_t lo, hi;
    if (!word_at(line, 0, &lo, &hi)) return;
    r.lo = lo;
    r.hi = hi;
    if (readout_runs(o, "uname") && !str_starts(line, STR("Linux ")) && str_trim(line).n == hi - lo) {
        r.key = STR("release");
        judge_reading(o, &r);
    } else if (readout_runs(o, "uname") && str_starts(line, STR("Linux ")) && word_at(line, 2, &r.lo, &r.hi)) {
        r.key = STR("release");
        judge_reading(o, &r);
    } else if (readout_runs(o, "nproc") && str_trim(line).n == hi - lo) {
        r.key = STR("CPU(s)");
        judge_reading(o, &r);
    } else if (readout_runs(o, "df") && str_starts(str_slice(line, lo, hi), STR("/dev/"))) {
        r.row = row_name(str_slice(line, lo, hi)); /* "/dev/sda1  1.8T  212G  1.5T  13% /", its header cut away */
        r.key = STR("Size");
        if (word_at(line, 4, &lo, &hi) && line.p[hi - 1] == '%' && word_at(line, 1, &r.lo, &r.hi)) judge_reading(o, &r);
    } else if (readout_runs(o, "dpkg") || readout_runs(o, "dpkg-query") || readout_runs(o, "pacman") ||
               readout_runs(o, "rpm") || readout_runs(o, "pip")) {
        uint32_t name = hi - lo == 2 && (line.p[lo] == 'i' || line.p[lo] == 'h') && line.p[lo + 1] == 'i';
        ptrdiff_t a, b;
        if (!word_at(line, name, &a, &b) || !word_at(line, name + 1, &r.lo, &r.hi)) return;
        r.row = str_slice(line, a, b);
        r.key = STR("package");
        judge_reading(o, &r);
    } else if (readout_runs(o, "zfs") && str_starts(line, STR("zfs-")) && str_trim(line).n == hi - lo) {
        r.lo = lo + (str_starts(line, STR("zfs-kmod-")) ? 9 : 4);
        r.key = STR("version");
        judge_reading(o, &r);
    }
}

static void read_output(readout *o, uint32_t first, uint32_t end) {
    columns c = {.sign = 0};
    read_fields(o, &c);
    find_device_column(&c);
    for (uint32_t i = first; i < end && !o->j->failed; i++) {
        str line = line_of(o->j, i), text = str_trim(line);
        if (!text.n) {
            if (c.sign == ' ') c.sign = 0;
            continue;
        }
        if (is_rule(line) || names_machine(o, text)) continue;
        if (o->block->panel && is_box(text)) {
            read_panel_line(o, i);
            continue;
        }
        if (c.sign == ',' && str_find_byte(line, ',', 0) > 0) {
            columns header = {.sign = 0};
            if (read_parted_header(line, ',', &header) && str_starts(header.names[0], c.names[0])) continue;
            read_row(o, i, &c);
            continue;
        }
        if (str_find_byte(line, '|', 0) >= 0) {
            if (c.sign == '|')
                read_row(o, i, &c);
            else if (read_parted_header(line, '|', &c))
                find_device_column(&c);
            continue;
        }
        reading r = {.at = i, .owner = MANIFEST_NONE};
        if (read_banner(o, i, line) || judge_share(o, i)) continue;
        if (c.sign == ' ') {
            read_row(o, i, &c);
        } else if (i + 1 < end && !is_numeric_row(line) && is_numeric_row(line_of(o->j, i + 1)) &&
                   read_aligned_header(line, &c)) {
            c.device = UINT32_MAX;
        } else if (read_pair(line, &r)) {
            c.sign = 0;
            if (str_eq(r.key, STR("Mem"))) first_word_only(line, &r);
            judge_reading(o, &r);
        } else {
            c.sign = 0;
            read_whole_line(o, i, line);
        }
    }
}

void judge_readouts(judge *j, const code_block *b, size_t first_claim, bool today) {
    readout o = {.j = j,
                 .block = b,
                 .first_claim = first_claim,
                 .own_claims = j->claims->n,
                 .readings_left = READING_LIMIT,
                 .lookups_left = LOOKUP_LIMIT};
    if (o.own_claims - first_claim > READING_LIMIT) return; /* nobody's output: signatures have judged all of it */
    for (uint32_t i = b->first; i < b->end && !j->failed;) {
        if (!(j->passages[i].flags & PASSAGE_TERMINAL)) {
            i++;
            continue;
        }
        uint32_t end = i;
        while (end < b->end && j->passages[end].flags & PASSAGE_TERMINAL &&
               j->passages[end].label == j->passages[i].label)
            end++;
        open_readout(&o, i, today);
        if (o.program_count) read_output(&o, i, end);
        i = end;
    }
}
