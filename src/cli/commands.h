/* commands.h - the commands, one file each (cmd_NAME.c). */
#ifndef ASSAY_CLI_COMMANDS_H
#define ASSAY_CLI_COMMANDS_H

#include "cli/cli.h"

extern const command command_check;
extern const command command_explain;
extern const command command_facts;
extern const command command_manifest;
extern const command command_batch;
extern const command command_model;
extern const command command_draft;
extern const command command_bench;
extern const command command_doctor;
extern const command command_rules;
extern const command command_hook;

#endif
