/* doctor.c - the checks that need no device: memory, model file, chat, speculation, rules, instrument; and the report.
 *
 * In: the machine as /proc shows it, a model's header, the ruleset. Out: diagnoses. Every check either looked or says
 * that it did not. doctor_machine.c looks at processes and devices.
 */
#include "draft/doctor.h"

#include "base/file.h"
#include "base/shown.h"
#include "draft/doctor_parts.h"
#include "gate/gate.h"
#include "lm/chat.h"
#include "lm/load_reader.h"
#include "lm/model_info.h"
#include "lm/model_verify.h"
#include "lm/tokenizer.h"
#include "signals/selftest.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

const char *health_name(enum health h) {
    static const char *const names[] = {"ok", "warning", "failed", "skipped"};
    return names[h];
}

bool doctor_say(struct doctor *d, const char *check, enum health health, const char *remedy, const char *format, ...) {
    char text[900];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diagnosis x = {check, health, arena_str(d->a, str_from_cstr(text)), arena_str(d->a, str_from_cstr(remedy))};
    d->out->failed += health == HEALTH_FAILED;
    d->out->warnings += health == HEALTH_WARNING;
    return x.finding.p && VEC_PUSH(d->a, d->out, x);
}

/* ---- the model file
 * --------------------------------------------------------------------------------------------------- */

static bool check_bytes(struct doctor *d) {
    verify_report *r;
    error e = {0};
    if (model_verify(d->a, d->o->model, d->o->sums, NULL, NULL, &r, &e))
        return doctor_say(d, "model", HEALTH_FAILED, "check the path, or the sums file", "%s: %s", e.file, e.message);
    bool sound = true, ok = true;
    for (size_t i = 0; i < r->count && ok; i++) {
        const verify_item *x = &r->items[i];
        /* A sums file may list files that were never fetched. */
        if (x->state == VERIFY_OK || x->state == VERIFY_HASHED || x->state == VERIFY_MISSING) continue;
        sound = false;
        ok = doctor_say(d, "model", HEALTH_FAILED, "fetch the file again; a size that looks right proves nothing",
                        "%.*s is %s%s%.*s", STR_ARG(x->path), verify_state_name(x->state), x->why.n ? ": " : "",
                        STR_ARG(x->why));
    }
    if (ok && sound) ok = doctor_say(d, "model", HEALTH_OK, "", "%s: every byte is as the sums file says", d->o->model);
    return ok;
}

static bool check_header(struct doctor *d, const gguf_set *set) {
    model_info *m;
    error e = {0};
    if (model_info_read(d->a, set, &m, &e))
        return doctor_say(d, "model", HEALTH_FAILED, "use a file of a supported architecture", "%s: %s", d->o->model,
                          e.message);
    if (!m->loadable)
        return doctor_say(d, "model", HEALTH_FAILED, "use another quantisation of the same model",
                          "%s holds tensors of type %.*s, for which there are no kernels", d->o->model,
                          STR_ARG(m->not_loadable));
    if (m->why_not.n)
        return doctor_say(d, "model", HEALTH_FAILED, "use a file of a supported architecture", "%s: %.*s", d->o->model,
                          STR_ARG(m->why_not));
    char size[32];
    memory_size_text(m->file_bytes, size);
    if (d->o->sums) return check_bytes(d);
    return doctor_say(d, "model", HEALTH_OK, "to be sure of every byte, give the published sums: --sums FILE",
                      "%s is as long as its header promises: %s", d->o->model, size);
}

/* ---- the chat format
 * ---------------------------------------------------------------------------------------------------- */

/* Two turns of one role in a row: what a strict template refuses, and what this program therefore joins. */
static bool alternates(struct doctor *d, enum chat_family family, bool *ok) {
    const struct chat_turn turns[] = {{CHAT_SYSTEM, STR("rule")}, {CHAT_USER, STR("one")}, {CHAT_USER, STR("two")}};
    const struct chat_piece *pieces;
    size_t n = 0, opened = 0;
    bool strict = chat_alternates(family);
    str mark = family == CHAT_GEMMA ? STR("user\n") : STR("[INST]");
    if (chat_render(d->a, family, turns, COUNT_OF(turns), NULL, &pieces, &n, NULL)) return false;
    for (size_t i = 0; i < n; i++)
        for (ptrdiff_t at = 0; (at = str_find(pieces[i].text, mark, at)) >= 0; at += mark.n) opened++;
    *ok = !strict || opened == 1;
    return true;
}

static bool check_all_families(struct doctor *d) {
    for (int f = 0; f < CHAT_FAMILIES; f++) {
        bool ok = false;
        if (!alternates(d, (enum chat_family)f, &ok)) return false;
        if (!ok)
            return doctor_say(d, "chat", HEALTH_FAILED, "report this as a bug",
                              "the format %s gets two turns of one role in a row", chat_name((enum chat_family)f));
    }
    return true;
}

static bool check_chat(struct doctor *d, const gguf *g) {
    enum chat_family family;
    str text = {0};
    tokenizer *t;
    error e = {0};
    gguf_get_str(g, "tokenizer.chat_template", false, &text, NULL);
    int bad = d->o->chat ? chat_find(str_from_cstr(d->o->chat), &family, &e) : chat_recognise(text, &family, &e);
    if (bad) return doctor_say(d, "chat", HEALTH_FAILED, "say which format it is with --chat", "%s", e.message);
    if (tokenizer_open(g, &t, &e))
        return doctor_say(d, "tokenizer", HEALTH_FAILED, "use another conversion of the model", "%s", e.message);
    bool marked = tokenizer_special(t, chat_end(family)) != TOKEN_NONE;
    bool ok = doctor_say(d, "tokenizer", HEALTH_OK, "", "%s", tokenizer_description(t));
    tokenizer_free(t);
    if (!ok) return false;
    if (!marked)
        return doctor_say(d, "chat", HEALTH_WARNING, "check --chat: texts may not end where they should",
                          "the format is %s, but the vocabulary has no token '%.*s'", chat_name(family),
                          STR_ARG(chat_end(family)));
    return doctor_say(
        d, "chat", HEALTH_OK, "",
        "the format is %s; turns of one role in a row are joined where it insists on turns that alternate",
        chat_name(family));
}

/* Of a file that cannot be opened as a model. */
static const char *remedy_of(const char *file) {
    struct stat st;
    if (stat(file, &st) != 0) return "check the path: --model takes a GGUF file, of a split model any of its files";
    if (!S_ISREG(st.st_mode)) return "name the GGUF file itself";
    return "fetch the file again, then 'assay model verify' it against the published sums";
}

static bool check_model(struct doctor *d) {
    gguf_opener opener = load_opener();
    gguf_set *set;
    error e = {0};
    if (!d->o->model)
        return doctor_say(d, "model", HEALTH_SKIPPED, "name one with --model FILE",
                          "no model was named, so none was looked at");
    if (gguf_set_open(d->a, d->o->model, &opener, NULL, &set, &e))
        return doctor_say(d, "model", HEALTH_FAILED, remedy_of(e.file[0] ? e.file : d->o->model), "%s: %s",
                          e.file[0] ? e.file : d->o->model, e.message);
    bool ok = check_header(d, set) && check_chat(d, set->head);
    gguf_set_close(set);
    return ok;
}

/* ---- the instrument
 * ------------------------------------------------------------------------------------------------------ */

/* Three texts that any ruler must tell apart: nothing, empty talk, and an account with limits, causes and steps. */
static const char *const SAMPLES[] = {
    "---\ntitle: \"a\"\n---\n\nIt is.\n",
    "---\ntitle: \"b\"\n---\n\nIn today's fast-paced world, we seamlessly unlock the power of innovation \xe2\x80\x94 "
    "a real game "
    "changer. Perhaps it might arguably help. It is important to note that it is important.\n",
    "---\ntitle: \"c\"\n---\n\n## What happened\n\nThe disk filled because nothing deleted the old logs, so writes "
    "failed with "
    "`No space left on device`. By rotation I mean that a file is closed and renamed. First I stopped the writer, then "
    "I moved "
    "three files to `/var/tmp/old`, and finally I started it again. That took 4 minutes.\n\n## Limits\n\nThis was not "
    "tested "
    "under load. It holds only for one machine.\n"};

static bool check_instrument(struct doctor *d) {
    double scores[COUNT_OF(SAMPLES)];
    bool equal = true, zero = true;
    for (size_t i = 0; i < COUNT_OF(SAMPLES); i++) {
        gate_options gate = {.rules = d->o->rules, .minimum = NAN, .ratchet = NAN, .untrusted = true};
        judgement judged;
        error e = {0};
        gate.style = d->o->rules->styles[d->o->rules->default_style].name;
        if (gate_judge(d->a, &gate, STR("sample.md"), str_from_cstr(SAMPLES[i]), &judged, &e))
            return doctor_say(d, "instrument", HEALTH_FAILED, "check the rules: 'assay rules test'",
                              "a sample cannot be judged: %s", e.message);
        scores[i] = judged.score;
        equal &= scores[i] == scores[0];
        zero &= scores[i] == 0;
    }
    if (zero || equal)
        return doctor_say(d, "instrument", HEALTH_FAILED,
                          "no score means anything until this is put right: check the rules",
                          "the ruler reads %g for nothing, for empty talk and for an honest account alike", scores[0]);
    if (!(scores[2] > scores[1]))
        return doctor_say(d, "instrument", HEALTH_FAILED, "check the weights of the style",
                          "the ruler reads %g for empty talk and %g for an honest account", scores[1], scores[2]);
    return doctor_say(
        d, "instrument", HEALTH_OK, "",
        "the ruler tells samples apart: %.1f for nothing, %.1f for empty talk, %.1f for an honest account", scores[0],
        scores[1], scores[2]);
}

static bool check_rules(struct doctor *d) {
    selftest_result r;
    error e = {0};
    if (selftest_run(d->a, d->o->rules, (str){0}, &r, &e))
        return doctor_say(d, "rules", HEALTH_FAILED, "check the rule files", "the rules' test lines cannot be run: %s",
                          e.message);
    if (r.failed)
        return doctor_say(d, "rules", HEALTH_FAILED, "'assay rules test' names each",
                          "%u of %u test lines of the rules fail, the first in %.*s: %.*s", r.failed, r.run,
                          STR_ARG(r.failures[0].file), STR_ARG(r.failures[0].message));
    return doctor_say(d, "rules", HEALTH_OK, "", "%.*s rules: %u test lines, none fails", STR_ARG(d->o->rules->origin),
                      r.run);
}

static bool check_speculation(struct doctor *d) {
    return doctor_say(
        d, "speculation", HEALTH_OK, "",
        "guessing ahead is switched by the kind of text and by what was right so far (--speculate auto); servers that "
        "always guess gain in prose and lose in structured output and code");
}

/* ---- all of them
 * ---------------------------------------------------------------------------------------------------------- */

int doctor_run(arena *a, const struct doctor_options *o, diagnosis_list *out, error *e) {
    struct doctor d = {.a = a, .o = o, .out = out};
    *out = (diagnosis_list){0};
    bool ok = doctor_memory(&d) && check_model(&d) && check_all_families(&d) && doctor_devices(&d) &&
              check_speculation(&d) && check_instrument(&d) && check_rules(&d);
    return ok ? 0 : error_set(e, ERROR_MEMORY, "out of memory");
}

void doctor_text(const diagnosis_list *l, buf *out) {
    for (size_t i = 0; i < l->n; i++) {
        const diagnosis *x = &l->at[i];
        buf_printf(out, "%-8s %-12s ", health_name(x->health), x->check);
        shown_put(out, x->finding);
        if (x->remedy.n) buf_printf(out, "\n%-21s -> ", "");
        shown_put(out, x->remedy);
        buf_byte(out, '\n');
    }
    if (l->failed || l->warnings)
        buf_printf(out, "%zu failed, %zu to look at\n", l->failed, l->warnings);
    else
        buf_cstr(out, "nothing is wrong that was looked at\n");
}

void doctor_json(const diagnosis_list *l, json *out) {
    json_object_open(out);
    json_key_cstr(out, "version", ASSAY_VERSION);
    json_key(out, "checks");
    json_array_open(out);
    for (size_t i = 0; i < l->n; i++) {
        json_object_open(out);
        json_key_cstr(out, "check", l->at[i].check);
        json_key_cstr(out, "health", health_name(l->at[i].health));
        json_key_str(out, "finding", l->at[i].finding);
        json_key_str(out, "remedy", l->at[i].remedy);
        json_object_close(out);
    }
    json_array_close(out);
    json_key_u64(out, "failed", l->failed);
    json_key_u64(out, "warnings", l->warnings);
    json_object_close(out);
}
