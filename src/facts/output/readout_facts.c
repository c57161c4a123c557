/* readout_facts.c - what a program's key means, and what the manifest says of it.
 *
 *     free "Mem"          the machine's memory            lscpu "CPU(s)"      its hardware threads
 *     nvidia-smi "memory.total"   the card's memory       kubectl "VERSION"   the kubelet's version
 *     df "Size" of row "hot"      what is called "hot"    "max_model_len"     the setting of that name
 *
 * The table below is closed: what a column shows is said by the program's manual, named beside it. Used, free, load and
 * the like are not in it: they change by the minute and prove nothing. A value that is of the named machine is compared
 * with that machine; where none is named, with all of ours, and it is wrong only when it fits none of them. A key that
 * bears a declared setting's own name needs no table.
 */
#include "facts/output/readouts.h"

enum meaning {
    MEANS_NOTHING,
    MEANS_MEMORY,
    MEANS_THREADS,
    MEANS_CPU,
    MEANS_VOLUME,
    MEANS_DISK,
    MEANS_POOL,
    MEANS_GPU,
    MEANS_GPU_MEMORY,
    MEANS_GPU_POWER,
    MEANS_DRIVER,
    MEANS_KERNEL,
    MEANS_KUBELET,
    MEANS_RELEASE,
    MEANS_TYPED,
    MEANS_GRES,
    MEANS_PYTHON,
    MEANS_PACKAGE,
    MEANS_ZFS,
    MEANS_WEIGHTS,
    MEANS_PARAMETERS
};

static const struct {
    const char *program, *key; /* program "": whatever printed it */
    enum meaning meaning;
} meanings[] = {
    {"free", "Mem", MEANS_MEMORY},   /* free(1): "total": total usable memory */
    {"free", "total", MEANS_MEMORY}, /* the same, under its header */
    {"", "MemTotal", MEANS_MEMORY},  /* proc_meminfo(5) */
    {"docker", "Total Memory", MEANS_MEMORY},
    {"lscpu", "CPU(s)", MEANS_THREADS}, /* lscpu(1): logical CPUs */
    {"nproc", "CPU(s)", MEANS_THREADS},
    {"lscpu", "Model name", MEANS_CPU},
    {"", "model name", MEANS_CPU},     /* proc_cpuinfo(5) */
    {"df", "Size", MEANS_VOLUME},      /* df(1): size of the file system, rounded up */
    {"lsblk", "SIZE", MEANS_DISK},     /* lsblk(8) */
    {"zpool", "SIZE", MEANS_POOL},     /* zpool-list(8): total size of the pool, parity included */
    {"nvidia-smi", "name", MEANS_GPU}, /* nvidia-smi --help-query-gpu, and the panel */
    {"nvidia-smi", "gpu_name", MEANS_GPU},
    {"nvidia-smi", "memory.total", MEANS_GPU_MEMORY},
    {"nvidia-smi", "power.limit", MEANS_GPU_POWER},
    {"nvidia-smi", "enforced.power.limit", MEANS_GPU_POWER},
    {"nvidia-smi", "driver_version", MEANS_DRIVER},
    {"nvidia-smi", "Driver Version", MEANS_DRIVER},
    {"nvidia-smi", "NVIDIA-SMI", MEANS_DRIVER}, /* comes with the driver and bears its number */
    {"uname", "release", MEANS_KERNEL},         /* uname(1) */
    {"kubectl", "KERNEL-VERSION", MEANS_KERNEL},
    {"kubectl", "VERSION", MEANS_KUBELET},   /* kubectl get nodes: the kubelet's */
    {"hostnamectl", "Kernel", MEANS_KERNEL}, /* hostnamectl(1) */
    {"", "VERSION", MEANS_RELEASE},          /* of what the row names: images, packages, charts */
    {"", "Version", MEANS_RELEASE},
    {"", "APP VERSION", MEANS_RELEASE},
    {"pgbench", "number of clients", MEANS_TYPED}, /* pgbench(1): -c, -j, -T */
    {"pgbench", "number of threads", MEANS_TYPED},
    {"pgbench", "duration", MEANS_TYPED},
    {"", "GRES", MEANS_GRES},       /* sinfo(1) */
    {"", "Python", MEANS_PYTHON},   /* sys.version */
    {"", "GPU", MEANS_GPU},         /* nvidia-smi -L */
    {"", "package", MEANS_PACKAGE}, /* a package manager's row: name, version */
    {"zfs", "version", MEANS_ZFS},
    {"llama-bench", "size", MEANS_WEIGHTS},
    {"llama-bench", "params", MEANS_PARAMETERS},
};

/* Names of attributes, as manifests give them; parted by ';'. */
static const char MEMORY_NAMES[] = "memory;ram;total memory;system memory;main memory;unified memory";
static const char THREAD_NAMES[] = "threads;cpu threads;hardware threads;logical cpus;logical cores;vcpus;vcpu";
static const char CORE_NAMES[] = "cores;cpu cores;core cpu;physical cores";
static const char CPU_NAMES[] = "cpu model;cpu;processor;apu;soc;model name";
static const char DISK_NAMES[] = "storage;disk;disk size;drive;drive size;ssd;nvme;hard disk;volume";
static const char POOL_NAMES[] = "pool size;pool;raw;raw size;raw capacity";
static const char CARD_MEMORY_NAMES[] = "memory;vram;video memory;gpu memory;hbm";
static const char POWER_NAMES[] = "power limit;power cap;cap;board power;tdp;power";
static const char WEIGHT_NAMES[] = "size;file size;weights;file;model size";
static const char PARAMETER_NAMES[] = "parameters;params;total parameters";

static enum meaning meaning_of(const readout *o, str key) {
    for (size_t i = 0; i < COUNT_OF(meanings); i++)
        if (key.n && key.p[0] == (uint8_t)meanings[i].key[0] && str_eq(key, str_from_cstr(meanings[i].key)) &&
            (!meanings[i].program[0] || readout_runs(o, meanings[i].program)))
            return meanings[i].meaning;
    return MEANS_NOTHING;
}

/* Equal but for case, '_' and '-'? */
static bool same_name(str a, str b) {
    if (a.n != b.n) return false;
    for (ptrdiff_t i = 0; i < a.n; i++) {
        uint8_t x = byte_lower(a.p[i]), y = byte_lower(b.p[i]);
        if ((x == '_' || x == '-' ? ' ' : x) != (y == '_' || y == '-' ? ' ' : y)) return false;
    }
    return true;
}

static bool is_called(const manifest_attr *a, const char *names) {
    str rest = str_from_cstr(names), one;
    while (str_cut(&rest, ';', &one)) {
        if (same_name(a->name, one)) return true;
        for (uint32_t i = 0; i < a->aliases.n && i < 16; i++)
            if (same_name(a->aliases.at[i].text, one)) return true;
    }
    return false;
}

/* ---- a claim ---- */

/* A pattern that some part of a line satisfies says nothing of the rest of it. */
static bool is_by_pattern(const judge *j, const claim *c) {
    for (uint32_t k = 0; k < j->m->output_count; k++)
        if (j->m->outputs[k].fact.id.p == c->fact.p)
            return j->m->outputs[k].pattern.n > 0 && c->verdict == VERDICT_SUPPORTED;
    return false;
}

static bool is_claimed(const readout *o, const passage *p, uint32_t lo, uint32_t hi) {
    span where = surface_source(o->j, p->on, lo, hi);
    for (size_t i = o->first_claim; i < o->j->claims->n; i++) {
        /* of its own claims only the last can lie in this line */
        if (i == o->own_claims && o->j->claims->n - i > 48) i = o->j->claims->n - 48;
        const claim *c = &o->j->claims->at[i];
        if (c->where.lo >= where.hi || where.lo >= c->where.hi) continue;
        bool wider = c->where.hi - c->where.lo > where.hi - where.lo;
        if (!wider || !is_by_pattern(o->j, c)) return true;
    }
    return false;
}

bool readout_settle(readout *o, const reading *r, enum agreement says, const manifest_fact *fact, str subject,
                    str declared) {
    judge *j = o->j;
    passage *p = &j->passages[r->at];
    uint32_t lo = p->text.lo + (uint32_t)r->lo, hi = p->text.lo + (uint32_t)r->hi;
    if (says == SAYS_NOTHING || (says == SAYS_NO && !o->sure)) return false;
    stance_view s = stance_at(j, p, lo, hi);
    claim *c = claim_add(j, p, lo, hi, CLAIM_TERMINAL, &s);
    if (!c) return true;
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].text.lo < hi && p->on->tokens[t].text.hi > lo) p->on->used[t] = 1;
    c->subject = subject;
    if (says == SAYS_YES)
        claim_supported(j, c, fact, declared, STR("what is declared, as the program prints it"));
    else
        claim_contradicted(j, c, fact, declared,
                           judge_printf(j, "%.*s is declared as %.*s", STR_ARG(subject), STR_ARG(declared)));
    return true;
}

bool readout_leave(readout *o, const reading *r, const manifest_attr *a) {
    passage *p = &o->j->passages[r->at];
    uint32_t lo = p->text.lo + (uint32_t)r->lo, hi = p->text.lo + (uint32_t)r->hi;
    stance_view s = stance_at(o->j, p, lo, hi);
    claim *c = claim_add(o->j, p, lo, hi, CLAIM_TERMINAL, &s);
    claim_unverified(o->j, c, judge_printf(o->j, "near %.*s, which changes with time", STR_ARG(a->fact.id)));
    return true;
}

str readout_declared(judge *j, const manifest_attr *a) {
    const manifest_quantity *q = &a->views[a->view_count - 1].quantity;
    return judge_printf(j, "%.*s %.*s", STR_ARG(q->value), STR_ARG(q->unit));
}

/* What several attributes say: yes if one does, no only if all that speak say no. */
typedef struct verdict_of {
    enum agreement says;
    const manifest_attr *attr; /* that says so */
    uint32_t asked;
    bool apart; /* none that was asked belongs to the machine that leads in */
} verdict_of;

static void ask(verdict_of *v, const manifest_attr *a, enum agreement says) {
    if (v->says == SAYS_YES && v->asked) return;
    bool better = !v->asked || says == SAYS_YES || (says == SAYS_NOTHING && v->says == SAYS_NO);
    v->asked++;
    if (better) v->says = says, v->attr = a;
}

static bool settle_attr(readout *o, const reading *r, const verdict_of *v) {
    if (!v->asked || (v->says == SAYS_NO && v->apart)) return false;
    return readout_settle(o, r, v->says, &v->attr->fact, o->j->m->entities[v->attr->entity].id,
                          readout_declared(o->j, v->attr));
}

/* ---- machines ---- */

typedef enum agreement (*says_fn)(const readout *o, const manifest_entity *e, const manifest_attr *a, str text);

static enum agreement memory_says(const readout *o, const manifest_entity *e, const manifest_attr *a, str text) {
    (void)e;
    return attr_says(a, text, ROUND_DOWN, o->decimal);
}

static enum agreement volume_says(const readout *o, const manifest_entity *e, const manifest_attr *a, str text) {
    (void)e;
    return attr_says(a, text, ROUND_UP, o->decimal);
}

static enum agreement disk_says(const readout *o, const manifest_entity *e, const manifest_attr *a, str text) {
    (void)e;
    return attr_says(a, text, ROUND_NEAREST, o->decimal);
}

static enum agreement thread_says(const readout *o, const manifest_entity *e, const manifest_attr *a, str text) {
    uint64_t said;
    (void)o, (void)e;
    return str_to_u64(str_trim(text), &said) ? count_says(a, said) : SAYS_NOTHING;
}

/* Cores alone are declared: as many threads, or two each, of which nothing is said. Four and eight have a few servers
 * only (POWER), whose makers' name for the processor says so. */
static enum agreement core_says(const readout *o, const manifest_entity *e, const manifest_attr *a, str text) {
    uint64_t said;
    if (!str_to_u64(str_trim(text), &said)) return SAYS_NOTHING;
    uint64_t most = 2;
    for (uint32_t i = 0; i < e->attr_count && i < 64; i++) {
        const manifest_attr *cpu = &o->j->m->attrs[e->first_attr + i];
        if (is_called(cpu, CPU_NAMES) && str_find(cpu->views[0].quantity.value, STR("POWER"), 0) >= 0) most = 8;
    }
    for (uint64_t per_core = 1; per_core <= most; per_core *= 2)
        if (said % per_core == 0 && count_says(a, said / per_core) == SAYS_YES)
            return per_core == 1 ? SAYS_YES : SAYS_NOTHING;
    return SAYS_NO;
}

/* "AMD Ryzen 9 7950X 16-Core Processor": the declared name, and as many cores as are declared. */
static enum agreement cpu_says(const readout *o, const manifest_entity *e, const manifest_attr *a, str text) {
    enum agreement says = name_says(a, text);
    if (says == SAYS_NO && (str_starts(text, STR("Neoverse")) || str_starts(text, STR("Cortex"))))
        return SAYS_NOTHING; /* on ARM lscpu(1) prints the design of the cores, not the chip's name */
    ptrdiff_t end = str_find(text, STR("-Core"), 0), lo = end;
    uint64_t said;
    if (says != SAYS_YES || end < 1) return says;
    while (lo > 0 && byte_is_digit(text.p[lo - 1])) lo--;
    if (!str_to_u64(str_slice(text, lo, end), &said)) return SAYS_YES;
    for (uint32_t i = 0; i < e->attr_count && i < 64; i++) {
        const manifest_attr *cores = &o->j->m->attrs[e->first_attr + i];
        if (is_called(cores, CORE_NAMES) && count_says(cores, said) == SAYS_NO) return SAYS_NO;
    }
    return SAYS_YES;
}

static void ask_machine(const readout *o, uint32_t entity, const char *names, says_fn says, str text, verdict_of *v) {
    const manifest_entity *e = &o->j->m->entities[entity];
    for (uint32_t i = 0; i < e->attr_count && i < 64; i++) {
        const manifest_attr *a = &o->j->m->attrs[e->first_attr + i];
        if (is_called(a, names)) ask(v, a, says(o, e, a, text));
    }
}

/* A graphics card has memory, too, and is no machine: it runs nothing, and has neither cores nor disks. */
static bool is_part(const judge *j, const manifest_entity *e) {
    if (e->kind != ENTITY_HARDWARE || e->runs.n) return false;
    for (uint32_t i = 0; i < e->attr_count && i < 64; i++) {
        const manifest_attr *a = &j->m->attrs[e->first_attr + i];
        if (is_called(a, CORE_NAMES) || is_called(a, THREAD_NAMES) || is_called(a, CPU_NAMES) ||
            is_called(a, DISK_NAMES))
            return false;
    }
    return true;
}

/* The machine that is named, or all of ours. */
static verdict_of ask_machines(const readout *o, const char *names, says_fn says, str text) {
    verdict_of v = {.says = SAYS_NOTHING};
    uint32_t count;
    const uint32_t *all = fact_index_machines(o->j->index, &count);
    if (o->machine != MANIFEST_NONE) {
        ask_machine(o, o->machine, names, says, text, &v);
        return v;
    }
    if (count > MACHINE_LIMIT) return v;
    bool open = false; /* a machine of ours of which nothing is declared may have printed it */
    for (uint32_t i = 0; i < count; i++) {
        if (is_part(o->j, &o->j->m->entities[all[i]])) continue;
        bool led = !o->led_count;
        for (uint32_t k = 0; k < o->led_count; k++) led = led || o->led[k] == all[i];
        verdict_of one = {.says = SAYS_NOTHING};
        ask_machine(o, all[i], names, says, text, &one);
        ask_machine(o, all[i], names, says, text, &v);
        open = open || (led && !one.asked);
    }
    if (open && !o->led_count) { /* not, where the text speaks of one that would have printed another value */
        verdict_of spoken = {.says = SAYS_NOTHING};
        uint32_t machine = readout_machine_around(o);
        if (machine != MANIFEST_NONE) ask_machine(o, machine, names, says, text, &spoken);
        open = !spoken.asked || spoken.says != SAYS_NO;
    }
    verdict_of led = {.says = SAYS_NOTHING};
    for (uint32_t i = 0; i < o->led_count; i++) ask_machine(o, o->led[i], names, says, text, &led);
    v.apart = (o->led_count && !led.asked) || open;
    return v;
}

/* Attributes of our machines that bear the row's own name: "hot", "nvme0n1". */
static verdict_of ask_named(const readout *o, str name, str text, enum rounding how) {
    verdict_of v = {.says = SAYS_NOTHING};
    uint32_t count = 0;
    if (name.n && name.p[0] == '/') name = str_slice(name, 1, name.n);
    const alias_target *targets = name.n > 1 ? alias_lookup(o->j->m->names, name, &count) : NULL;
    for (uint32_t i = 0; i < count && i < 64; i++) {
        if (targets[i].kind != ALIAS_ATTR) continue;
        const manifest_attr *a = &o->j->m->attrs[targets[i].index];
        uint8_t kind = o->j->m->entities[a->entity].kind;
        if (kind != ENTITY_HOST && kind != ENTITY_HARDWARE) continue;
        if (o->machine != MANIFEST_NONE && a->entity != o->machine) continue;
        if (unit_get(a->views[0].quantity.measure)->dimension == DIM_DATA)
            ask(&v, a, attr_says(a, text, how, o->decimal));
    }
    return v;
}

/* "nvme0n1p2" -> "nvme0n1", "sda2" -> "sda"; empty where it is no partition. */
static str disk_of(str partition) {
    ptrdiff_t n = partition.n;
    while (n > 0 && byte_is_digit(partition.p[n - 1])) n--;
    if (n < 3 || n == partition.n) return (str){0};
    if (partition.p[n - 1] == 'p' && byte_is_digit(partition.p[n - 2])) return str_slice(partition, 0, n - 1);
    return str_starts(partition, STR("sd")) || str_starts(partition, STR("vd")) ? str_slice(partition, 0, n) : (str){0};
}

static bool judge_size(readout *o, const reading *r, str text, enum rounding how, const char *names) {
    verdict_of v = ask_named(o, r->row, text, how);
    if (!v.asked) {
        v = ask_named(o, r->tail, text, how);
        bool type = str_is_among(r->tail, "disk part loop rom lvm crypt mpath raid0 raid1 raid5 raid6 raid10");
        if (v.asked && v.says == SAYS_NO && type) return false; /* lsblk(8): a type, which many have */
    }
    if (v.asked) return settle_attr(o, r, &v);
    v = ask_named(o, disk_of(r->row), text, how);
    if (v.asked && v.says == SAYS_NO && !attr_holds(v.attr, text, o->decimal)) return settle_attr(o, r, &v);
    if (v.asked) return v.says == SAYS_YES && settle_attr(o, r, &v); /* a part is as large as its disk, or smaller */
    v = ask_machines(o, names, how == ROUND_UP ? volume_says : disk_says, text);
    /* A disk or a file system that bears no declared name may be another one of that machine. */
    return (v.says == SAYS_YES || (v.asked && readout_only_disk(o, r, v.attr))) && settle_attr(o, r, &v);
}

/* ---- cards ---- */

uint32_t hardware_at(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.hi > hi || hit->inside >= 0) continue;
        uint32_t e = hit_entity(j, hit, ENTITY_HARDWARE);
        if (e != MANIFEST_NONE) return e;
    }
    return MANIFEST_NONE;
}

/* "h100" of the member "H100 NVL", "NVIDIA A2" for the member "A2": do the words of one hold those of the other? */
static bool is_word_of_member(const manifest_scope *s, str text) {
    for (uint32_t i = 0; i < s->members.n; i++)
        if (words_hold(s->members.at[i].text, text) || words_hold(text, s->members.at[i].text)) return true;
    return false;
}

/* A card that no closed scope of GPUs lists. */
bool judge_card_name(readout *o, const reading *r, str card) {
    judge *j = o->j;
    const passage *p = &j->passages[r->at];
    uint32_t lo = p->text.lo + (uint32_t)r->lo, hi = p->text.lo + (uint32_t)r->hi;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        bool inside = hit->where.lo >= lo && hit->where.hi <= hi;
        bool variant = hit->where.hi < hi && p->on->text.p[hit->where.hi] == '-'; /* A100-SXM4-80GB */
        for (uint32_t t = 0; inside && variant && t < hit->target_count; t++)
            if (hit->targets[t].kind == ALIAS_ABSENT) {
                const manifest_absence *gone = &j->m->absences[hit->targets[t].index];
                str says = gone->note.n ? judge_printf(j, "absent: %.*s", STR_ARG(gone->note)) : STR("absent");
                return readout_settle(o, r, SAYS_NO, &gone->fact, gone->matches.at[hit->targets[t].part].text, says);
            }
        if (inside && (hit_has(hit, ALIAS_ENTITY) || hit_has(hit, ALIAS_MEMBER) || hit_has(hit, ALIAS_ABSENT)))
            return false;
    }
    for (uint32_t i = 0; i < j->m->scope_count && i < 256; i++) {
        const manifest_scope *s = &j->m->scopes[i];
        bool here = s->host == MANIFEST_NONE || o->machine == MANIFEST_NONE || s->host == o->machine;
        if (s->world != WORLD_CLOSED || str_find(s->kind, STR("gpu"), 0) < 0 || !here) continue;
        bool digits = false, letters = false; /* "0" is which of them, no name */
        for (ptrdiff_t k = 0; k < card.n; k++) {
            digits = digits || byte_is_digit(card.p[k]);
            letters = letters || byte_is_alpha(card.p[k]);
        }
        if (!digits || !letters || !s->members.n || is_word_of_member(s, card)) continue;
        return readout_settle(o, r, SAYS_NO, &s->fact, s->name, s->members.at[0].text);
    }
    return false;
}

static bool judge_card(readout *o, const reading *r, const char *names) {
    uint32_t card = o->device;
    if (r->name.hi) card = hardware_at(o->j, &o->j->passages[r->at], r->name.lo, r->name.hi);
    if (card == MANIFEST_NONE) return false;
    verdict_of v = {.says = SAYS_NOTHING};
    ask_machine(o, card, names, memory_says, reading_text(o, r), &v);
    return settle_attr(o, r, &v);
}

/* ---- models and settings ---- */

/* The model that the command line names: "-m /srv/models/gpt-oss-120b.gguf". */
static bool judge_model(readout *o, const reading *r, const char *names) {
    if (o->command == PASSAGE_NONE) return false;
    const passage *p = &o->j->passages[o->command];
    verdict_of v = {.says = SAYS_NOTHING};
    uint32_t model = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        uint32_t e = hit_entity(o->j, &p->on->hits[h], ENTITY_COMPONENT);
        if (e == MANIFEST_NONE || e == model || p->on->hits[h].inside >= 0) continue;
        for (uint32_t i = 0; i < o->j->m->entities[e].attr_count && i < 64; i++)
            if (is_called(&o->j->m->attrs[o->j->m->entities[e].first_attr + i], PARAMETER_NAMES)) {
                if (model != MANIFEST_NONE && model != e) return false; /* a draft model beside it */
                model = e;
            }
    }
    if (model == MANIFEST_NONE) return false;
    ask_machine(o, model, names, disk_says, reading_text(o, r), &v);
    return settle_attr(o, r, &v);
}

/* The key is a setting's own name, and no everyday word: "max_model_len", "vm.swappiness", "scaling factor" of the
 * program that was run. */
static bool judge_setting(readout *o, const reading *r) {
    const judge *j = o->j;
    uint32_t count = 0;
    bool marked = false;
    verdict_of v = {.says = SAYS_NOTHING};
    str text = reading_text(o, r);
    for (ptrdiff_t i = 1; i + 1 < r->key.n; i++)
        marked = marked || r->key.p[i] == '_' || r->key.p[i] == '.' || r->key.p[i] == ' ';
    const alias_target *targets = marked && r->key.n < 64 ? alias_lookup(j->m->names, r->key, &count) : NULL;
    for (uint32_t i = 0; i < count && i < 32; i++) {
        if (targets[i].kind != ALIAS_ATTR) continue;
        const manifest_attr *a = &j->m->attrs[targets[i].index];
        const manifest_entity *e = &j->m->entities[a->entity];
        if (e->kind != ENTITY_COMPONENT && e->kind != ENTITY_SERVICE) continue;
        bool own = str_find_byte(r->key, ' ', 0) < 0;
        for (uint32_t k = 0; k < o->program_count && !own; k++) {
            own = str_eq(e->id, o->programs[k]);
            for (uint32_t n = 0; n < e->aliases.n && !own; n++)
                own = str_eq_nocase(e->aliases.at[n].text, o->programs[k]);
        }
        if (own) ask(&v, a, attr_says(a, text, ROUND_NEAREST, o->decimal));
    }
    return settle_attr(o, r, &v);
}

/* What a program prints of its own arguments: "number of clients: 32" of "pgbench -c 32". */
static bool judge_typed_back(readout *o, const reading *r) {
    static const struct {
        const char *key, *flag;
    } typed[] = {{"number of clients", " -c"}, {"number of threads", " -j"}, {"duration", " -T"}};
    str line = o->command == PASSAGE_NONE ? (str){0} : line_of(o->j, o->command), text = reading_text(o, r);
    ptrdiff_t digits = 0;
    while (digits < text.n && byte_is_digit(text.p[digits])) digits++;
    for (size_t i = 0; i < COUNT_OF(typed) && digits; i++) {
        if (!str_eq(r->key, str_from_cstr(typed[i].key))) continue;
        ptrdiff_t at = str_find(line, str_from_cstr(typed[i].flag), 0), end;
        if (at < 0) return false;
        at += 3;
        while (at < line.n && (line.p[at] == ' ' || line.p[at] == '=')) at++;
        for (end = at; end < line.n && byte_is_digit(line.p[end]);) end++;
        str wanted = str_slice(line, at, end);
        if (end == at || str_eq(wanted, str_slice(text, 0, digits))) return false;
        return readout_settle(o, r, SAYS_NO, NULL, STR("the command"), wanted);
    }
    return false;
}

/* ---- rows ---- */

static bool is_row_of(const readout *o, const reading *r, uint32_t at) {
    const passage *p = &o->j->passages[at];
    return at != r->at && p->flags & PASSAGE_TERMINAL && p->label == o->j->passages[r->at].label &&
           p->text.hi > p->text.lo;
}

/* Lines that the same command printed, beside this one and the header. */
static uint32_t rows_beside(const readout *o, const reading *r) {
    uint32_t n = 0;
    for (uint32_t at = o->block->first; at < o->block->end; at++) n += is_row_of(o, r, at);
    return n > 0 ? n - 1 : 0;
}

/* Does no row of the panel name a machine of ours, and this one's name nothing that is declared? */
static bool is_of_strangers(const readout *o, const reading *r) {
    uint32_t count = 0;
    if (r->owner != MANIFEST_NONE || !r->row.n) return false;
    alias_lookup(o->j->m->names, r->row, &count);
    for (uint32_t at = o->block->first; at < o->block->end && !count; at++)
        if (is_row_of(o, r, at) && readout_row_owner(o->j, at) != MANIFEST_NONE) count = 1;
    return !count;
}

/* zpool-list(8) counts parity as well: more than what is usable is no contradiction of that. */
static bool is_raw_of(const readout *o, const manifest_attr *a, str text) {
    return is_called(a, "usable;usable space;usable capacity;net;net capacity") && !attr_holds(a, text, o->decimal);
}

/* ---- one reading ---- */

/* "free -m" prints bare numbers in the unit that it was asked for; kibibytes where none was (free(1)). */
static str free_text(readout *o, str text) {
    bool bare = text.n > 0;
    for (ptrdiff_t i = 0; i < text.n; i++) bare = bare && byte_is_digit(text.p[i]);
    if (!bare || o->command == PASSAGE_NONE || !readout_runs(o, "free")) return bare ? (str){0} : text;
    str line = line_of(o->j, o->command);
    const char *unit = str_find(line, STR(" --mega"), 0) > 0                                        ? "MB"
                       : str_find(line, STR(" --giga"), 0) > 0                                      ? "GB"
                       : str_find(line, STR(" -m"), 0) > 0                                          ? "MiB"
                       : str_find(line, STR(" -g"), 0) > 0 || str_find(line, STR(" --gibi"), 0) > 0 ? "GiB"
                       : str_find(line, STR(" -b"), 0) > 0                                          ? "B"
                                                                                                    : "KiB";
    return judge_printf(o->j, "%.*s %s", STR_ARG(text), unit);
}

bool judge_reading(readout *o, const reading *r) {
    const passage *p = &o->j->passages[r->at];
    uint32_t lo = p->text.lo + (uint32_t)r->lo, hi = p->text.lo + (uint32_t)r->hi;
    enum meaning means = meaning_of(o, r->key);
    if (r->hi <= r->lo) return false;
    str text = reading_text(o, r);
    verdict_of v;
    if (means == MEANS_NOTHING && !r->head.n && !alias_may_start(o->j->m->names, r->key)) return false;
    if (!o->readings_left || is_claimed(o, p, lo, hi)) return false;
    o->readings_left--;
    switch (means) {
    case MEANS_MEMORY:
        if (readout_runs(o, "free") && str_eq(r->key, STR("total")) && !str_eq(r->row, STR("Mem"))) return false;
        text = free_text(o, text);
        v = ask_machines(o, MEMORY_NAMES, memory_says, text);
        return settle_attr(o, r, &v);
    case MEANS_THREADS:
        v = ask_machines(o, THREAD_NAMES, thread_says, text);
        if (v.says != SAYS_YES) {
            verdict_of cores = {.says = SAYS_NOTHING};
            if (o->machine == MANIFEST_NONE || !v.asked) cores = ask_machines(o, CORE_NAMES, core_says, text);
            if (!v.asked || cores.says == SAYS_YES || (v.apart && cores.asked)) v = cores;
        }
        return settle_attr(o, r, &v);
    case MEANS_CPU: v = ask_machines(o, CPU_NAMES, cpu_says, text); return settle_attr(o, r, &v);
    case MEANS_VOLUME: return judge_row_value(o, r) || judge_size(o, r, text, ROUND_UP, DISK_NAMES);
    case MEANS_DISK: return judge_size(o, r, text, ROUND_NEAREST, DISK_NAMES);
    case MEANS_POOL:
        v = ask_named(o, r->row, text, ROUND_NEAREST);
        if (v.says == SAYS_NO && is_raw_of(o, v.attr, text)) return false;
        if (v.asked) return settle_attr(o, r, &v);
        v = ask_machines(o, POOL_NAMES, disk_says, text);
        if (v.says == SAYS_NO && (is_raw_of(o, v.attr, text) || rows_beside(o, r) > 0)) return false;
        return settle_attr(o, r, &v);
    case MEANS_GPU: return judge_card_name(o, r, text);
    case MEANS_GPU_MEMORY: return judge_card(o, r, CARD_MEMORY_NAMES);
    case MEANS_GPU_POWER: return judge_card(o, r, POWER_NAMES);
    case MEANS_DRIVER:
        return judge_output_component(o, r, "NVIDIA driver;nvidia-driver;Driver Version;nvidia-smi", "nvidia-smi");
    case MEANS_RELEASE: return judge_output_row(o, r);
    case MEANS_TYPED: return judge_typed_back(o, r) || judge_setting(o, r);
    case MEANS_GRES: return judge_cards_of_node(o, r);
    case MEANS_PYTHON: return judge_output_component(o, r, "Python;CPython;python3", "python3");
    case MEANS_KERNEL: return judge_output_kernel(o, r);
    case MEANS_KUBELET:
        if (is_of_strangers(o, r)) return false;
        return judge_output_component(o, r, "kubelet;kubernetes;k8s;k3s;rke2;k0s;microk8s;kubeadm", "kubectl");
    case MEANS_PACKAGE: return judge_output_package(o, r);
    case MEANS_ZFS: return judge_output_component(o, r, "zfs;OpenZFS;zfs-kmod;zfsutils-linux", "zfs");
    case MEANS_WEIGHTS: return judge_model(o, r, WEIGHT_NAMES);
    case MEANS_PARAMETERS: return judge_model(o, r, PARAMETER_NAMES);
    case MEANS_NOTHING: break;
    }
    return judge_row_value(o, r) || judge_setting(o, r);
}
