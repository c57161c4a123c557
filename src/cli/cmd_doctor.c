/* cmd_doctor.c - `assay doctor`: is this machine fit to write, and the ruler to judge? Each finding with its remedy. */
#include "cli/commands.h"
#include "cli/writing.h"
#include "draft/doctor.h"

#include <string.h>

static int run_doctor(const invocation *call) {
    static const char *const of_models[] = {"sums", "chat"};
    const char *format = option_text(call, "format"), *folder = option_text(call, "rules");
    const char *device = option_text(call, "device");
    bool as_json = format && strcmp(format, "json") == 0;
    const option_values *models = option_list(call, "model");
    ruleset *owned = NULL;
    const ruleset *rules = NULL;
    error e = {0};
    if (call->operand_count) return cli_trouble("doctor takes no operands; a model is given with --model FILE");
    for (size_t i = 0; i < COUNT_OF(of_models) && !models->n; i++)
        if (option_given(call, of_models[i]))
            return cli_trouble("--%s says something of a model: give --model FILE too", of_models[i]);
    if (models->n > 1) return cli_trouble("doctor looks at one --model FILE at a time");
    if (folder ? ruleset_open(folder, &owned, &e) : ruleset_builtin(&rules, &e)) return cli_error(&e);
    memory_platform memory = memory_system();
    struct doctor_options o = {.rules = owned ? owned : rules,
                               .proc = "/proc",
                               .memory = &memory,
                               .model = models->n ? models->at[0] : NULL,
                               .sums = option_text(call, "sums"),
                               .chat = option_text(call, "chat"),
                               .device = device ? device : "auto",
                               .plugin_folders = writing_plugin_folders(call->a)};
    diagnosis_list found = {0};
    buf out = {0};
    int status = !o.plugin_folders                     ? cli_trouble("out of memory")
                 : doctor_run(call->a, &o, &found, &e) ? cli_error(&e)
                                                       : 0;
    if (!status && as_json) {
        json j = {.out = &out, .indent = 2};
        doctor_json(&found, &j);
        buf_byte(&out, '\n');
    } else if (!status)
        doctor_text(&found, &out);
    if (!status) status = out.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    buf_free(&out);
    ruleset_free(owned ? owned : rules);
    return status ? status : found.failed ? EXIT_FAIL : EXIT_PASS;
}

static const char *const flags[] = {"model", "sums", "chat", "device", "rules", "format", NULL};
static const char *const examples[] = {"assay doctor", "look at memory, devices, kernels, the ruler and its rules",
                                       "assay doctor --model m.gguf --sums SHA256SUMS",
                                       "and at a model's bytes, tokenizer and chat format", NULL};

const command command_doctor = {
    .name = "doctor",
    .operands = "[--model FILE]",
    .summary = "look for what commonly goes wrong, with the remedy",
    .description =
        "Memory and who holds it, a model cut short, the chat format, every kernel against the plain reference, a "
        "ruler\n"
        "that reads the same for everyone, the rules' own test lines. Exits 1 when something must be put right. What\n"
        "could not be looked at is 'skipped', never 'ok'.",
    .flags = flags,
    .examples = examples,
    .run = run_doctor,
    .formats = "text|json",
};
