/* model_info_text.c - a model's description for people and for programs.
 *
 * In: a model_info and what to compute (context, sequences, bandwidth, memory). Out: text or JSON. Sizes in text are
 * binary units, in JSON plain bytes; bandwidth is decimal, as makers give it.
 */
#include "lm/model_info.h"

#include "base/shown.h"

#include <stdio.h>

static uint64_t context_of(const model_info *m, const model_info_options *o) {
    if (o->tokens) return o->tokens;
    return m->context && m->context < 8192 ? m->context : 8192;
}

static uint32_t sessions_of(const model_info_options *o) { return o->sessions ? o->sessions : 1; }

/* 7615616512 -> "7.62 B". */
static void count_text(uint64_t n, char out[32]) {
    double v = (double)n;
    if (v >= 1e9)
        snprintf(out, 32, "%.2f B", v / 1e9);
    else if (v >= 1e6)
        snprintf(out, 32, "%.1f M", v / 1e6);
    else
        snprintf(out, 32, "%llu", (unsigned long long)n);
}

/* What the file says of itself is its maker's text. */
static void put_line(buf *out, const char *before, str theirs, const char *after) {
    buf_cstr(out, before);
    shown_put(out, theirs);
    buf_cstr(out, after);
}

static void shape_text(const model_info *m, buf *out) {
    put_line(out, "architecture  ", m->architecture, "");
    buf_printf(out, ", %u layer%s", m->layers, m->layers == 1 ? "" : "s");
    if (m->embedding) buf_printf(out, ", width %u", m->embedding);
    if (m->heads)
        buf_printf(out, ", %u head%s (%u for keys and values)", m->heads, m->heads == 1 ? "" : "s", m->kv_heads);
    if (m->experts)
        buf_printf(out, ", %u expert%s, %u a token", m->experts, m->experts == 1 ? "" : "s", m->experts_used);
    buf_printf(out, "\nvocabulary    %llu tokens, context %u\n", (unsigned long long)m->vocabulary, m->context);
}

static void weights_text(const model_info *m, buf *out) {
    char a[32], b[32];
    count_text(m->weights, a);
    memory_size_text(m->weight_bytes, b);
    buf_printf(out, "weights       %s in %s, %s", a, b, m->quantisation);
    if (m->files > 1) buf_printf(out, ", %u files", m->files);
    buf_byte(out, '\n');
    for (size_t i = 0; i < m->type_count; i++) {
        count_text(m->types[i].weights, a);
        memory_size_text(m->types[i].bytes, b);
        buf_printf(out, "  %-8s %12s %12s  %u tensor%s%s\n", m->types[i].type->name, a, b, m->types[i].tensors,
                   m->types[i].tensors == 1 ? "" : "s",
                   m->types[i].type->loadable ? "" : "  (cannot be computed with here)");
    }
    count_text(m->active_weights, a);
    memory_size_text(m->active_bytes, b);
    buf_printf(out, "a token reads %s weights, %s\n", a, b);
}

void model_info_text(const model_info *m, const model_info_options *o, buf *out) {
    char size[32];
    uint64_t tokens = context_of(m, o);
    memory_plan plan = {.keep_free_bytes = o->memory ? memory_keep_free(o->memory->total_bytes) : 0};
    if (m->name.n) put_line(out, "name          ", m->name, "\n");
    shape_text(m, out);
    weights_text(m, out);
    memory_size_text(model_info_kv_bytes_token(m), size);
    buf_printf(out, "KV cache      %s a token", size);
    memory_size_text(model_info_kv_bytes(m, tokens), size);
    buf_printf(out, ", %s at %llu tokens\n", size, (unsigned long long)tokens);
    model_info_plan(m, tokens, sessions_of(o), &plan);
    memory_size_text(memory_plan_need(&plan), size);
    buf_printf(out, "memory        %s for %u x %llu tokens\n", size, sessions_of(o), (unsigned long long)tokens);
    if (o->memory) memory_explain(&plan, o->memory, out);
    uint64_t excess = o->memory ? memory_plan_excess(&plan, o->memory) : 0;
    if (excess) {
        memory_size_text(excess, size);
        buf_printf(out, "does not fit  %s too much\n", size);
    }
    if (m->context && tokens > m->context)
        buf_printf(out, "too long      %llu tokens, and the model was trained on %u: a longer context is refused\n",
                   (unsigned long long)tokens, m->context);
    if (o->bandwidth_gb_s > 0)
        buf_printf(out, "ceiling       %.1f tok/s at %g GB/s, %.1f at %llu tokens\n",
                   model_info_ceiling_tok_s(m, o->bandwidth_gb_s, 0), o->bandwidth_gb_s,
                   model_info_ceiling_tok_s(m, o->bandwidth_gb_s, tokens), (unsigned long long)tokens);
    if (!m->loadable) put_line(out, "cannot be run here: it holds ", m->not_loadable, " tensors\n");
    if (m->why_not.n) put_line(out, "cannot be run here: ", m->why_not, "\n");
}

static void types_json(const model_info *m, json *j) {
    json_key(j, "types");
    json_array_open(j);
    for (size_t i = 0; i < m->type_count; i++) {
        json_object_open(j);
        json_key_cstr(j, "type", m->types[i].type->name);
        json_key_u64(j, "tensors", m->types[i].tensors);
        json_key_u64(j, "weights", m->types[i].weights);
        json_key_u64(j, "bytes", m->types[i].bytes);
        json_key_bool(j, "loadable", m->types[i].type->loadable);
        json_object_close(j);
    }
    json_array_close(j);
}

static void plan_json(const model_info *m, const model_info_options *o, uint64_t tokens, json *j) {
    memory_plan plan = {.keep_free_bytes = o->memory ? memory_keep_free(o->memory->total_bytes) : 0};
    model_info_plan(m, tokens, sessions_of(o), &plan);
    json_key(j, "memory");
    json_object_open(j);
    json_key_u64(j, "tokens", tokens);
    json_key_u64(j, "sessions", sessions_of(o));
    json_key_bool(j, "within_context", !m->context || tokens <= m->context);
    json_key_u64(j, "kv_bytes", model_info_kv_bytes(m, tokens));
    json_key_u64(j, "need_bytes", memory_plan_need(&plan));
    if (o->memory) {
        json_key_u64(j, "keep_free_bytes", plan.keep_free_bytes);
        json_key_u64(j, "available_bytes", o->memory->available_bytes);
        json_key_bool(j, "fits", memory_plan_excess(&plan, o->memory) == 0);
    }
    json_object_close(j);
}

void model_info_json(const model_info *m, const model_info_options *o, json *j) {
    uint64_t tokens = context_of(m, o);
    json_object_open(j);
    json_key_str(j, "name", m->name);
    json_key_str(j, "architecture", m->architecture);
    json_key_cstr(j, "quantisation", m->quantisation);
    json_key_u64(j, "files", m->files);
    json_key_u64(j, "file_bytes", m->file_bytes);
    json_key_u64(j, "layers", m->layers);
    json_key_u64(j, "context", m->context);
    json_key_u64(j, "embedding", m->embedding);
    json_key_u64(j, "heads", m->heads);
    json_key_u64(j, "kv_heads", m->kv_heads);
    json_key_u64(j, "experts", m->experts);
    json_key_u64(j, "experts_used", m->experts_used);
    json_key_u64(j, "vocabulary", m->vocabulary);
    json_key_u64(j, "weights", m->weights);
    json_key_u64(j, "weight_bytes", m->weight_bytes);
    json_key_u64(j, "active_weights", m->active_weights);
    json_key_u64(j, "active_bytes", m->active_bytes);
    json_key_u64(j, "kv_bytes_per_token", model_info_kv_bytes_token(m));
    types_json(m, j);
    plan_json(m, o, tokens, j);
    if (o->bandwidth_gb_s > 0) {
        json_key(j, "ceiling");
        json_object_open(j);
        json_key_f64(j, "bandwidth_gb_s", o->bandwidth_gb_s, 3);
        json_key_f64(j, "tok_s_empty", model_info_ceiling_tok_s(m, o->bandwidth_gb_s, 0), 2);
        json_key_f64(j, "tok_s_full", model_info_ceiling_tok_s(m, o->bandwidth_gb_s, tokens), 2);
        json_object_close(j);
    }
    json_key_bool(j, "loadable", m->loadable && !m->why_not.n);
    if (!m->loadable) json_key_str(j, "not_loadable_type", m->not_loadable);
    if (m->why_not.n) json_key_str(j, "why_not", m->why_not);
    json_object_close(j);
}
