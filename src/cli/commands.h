/* commands.h - the commands, one file each (cmd_NAME.c). */
#ifndef ASSAY_CLI_COMMANDS_H
#define ASSAY_CLI_COMMANDS_H

#include "cli/cli.h"

extern const command command_check, command_explain, command_facts, command_manifest, command_batch, command_model, command_rules, command_hook;

#endif
