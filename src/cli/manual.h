/* manual.h - the flag and command tables as manual pages (mdoc) and shell completions. */
#ifndef ASSAY_CLI_MANUAL_H
#define ASSAY_CLI_MANUAL_H

#include "cli/cli.h"

/* assay(1) for NULL, else assay-NAME(1). */
void manual_page(const command *cmd, buf *out);
/* A completion script; false when the shell is not bash, zsh or fish. */
bool manual_completions(const char *shell, buf *out);
/* Whether a command understands a flag. */
bool command_takes(const command *cmd, const flag *f);

#endif
