/* manual.c - renders the tables of flags.c and main.c. In: commands, flags. Out: mdoc(7), bash, zsh, fish. */
#include "cli/manual.h"

#include "rules/ruleset.h"

enum { LINE_WIDTH = 76 };

/* As it is typed: every backslash and dash needs escaping. */
static void mdoc_literal(str s, buf *out) {
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] == '\\')
            buf_cstr(out, "\\e");
        else if (s.p[i] == '-')
            buf_cstr(out, "\\-");
        else
            buf_byte(out, s.p[i]);
}

/* One word of mdoc text: a leading dot or quote needs escaping, too. */
static void mdoc_word(str s, buf *out) {
    if (s.n && (s.p[0] == '.' || s.p[0] == '\'')) buf_cstr(out, "\\&");
    mdoc_literal(s, out);
}

/* Running text: lines of at most LINE_WIDTH, a new line for each sentence, as mdoc wants them. */
static void mdoc(const char *text, buf *out) {
    str rest = str_from_cstr(text);
    ptrdiff_t column = 0;
    while ((rest = str_trim(rest)).n) {
        ptrdiff_t n = 0;
        while (n < rest.n && !byte_is_space(rest.p[n])) n++;
        str part = str_slice(rest, 0, n);
        rest = str_slice(rest, n, rest.n);
        if (column && column + n >= LINE_WIDTH) buf_byte(out, '\n'), column = 0;
        if (column) buf_byte(out, ' '), column++;
        mdoc_word(part, out);
        column += n;
        if (rest.n && strchr(".!?", part.p[n - 1])) buf_byte(out, '\n'), column = 0;
    }
}

/* "One of a, b, c", in lines that a page's source may have. */
static void mdoc_choices(str choices, buf *out) {
    str rest = choices, one;
    buf_cstr(out, "\nOne of");
    for (size_t column = 6; str_cut(&rest, '|', &one);) {
        bool wraps = column + (size_t)one.n > 70;
        column = wraps ? 0 : column + (size_t)one.n + 2;
        buf_printf(out, "%s%.*s%s", wraps ? "\n" : " ", STR_ARG(one), rest.p ? "," : "");
    }
}

static void mdoc_flag(const command *cmd, const flag *f, buf *out) {
    buf choices = {0};
    command_choices(cmd, f, &choices);
    buf_cstr(out, ".It ");
    if (f->letter) buf_printf(out, "Fl %c , ", f->letter);
    buf_printf(out, "Fl \\-%s", f->name);
    if (f->value) buf_printf(out, " Ar %s", f->value);
    buf_byte(out, '\n');
    mdoc(f->help, out);
    if (choices.n) buf_byte(out, '.');
    if (choices.n) mdoc_choices(buf_view(&choices), out);
    buf_free(&choices);
    buf_cstr(out, ".\n");
}

static void mdoc_exit(buf *out) {
    buf_cstr(
        out,
        ".Sh EXIT STATUS\n.Bl -tag -width Ds\n.It 0\nEverything passed.\n.It 1\nAn article failed the gate.\n.It 2\n"
        "Something could not be judged: usage, configuration, rules, manifest, model\nor input.\nOutranks 1.\n.El\n");
}

static void mdoc_program(buf *out) {
    buf_cstr(out,
             ".Dd November 20, 2026\n.Dt ASSAY 1\n.Os\n.Sh NAME\n.Nm assay\n.Nd the gate between drafts and a "
             "published site\n"
             ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar flags\n.Op Ar files ...\n.Sh DESCRIPTION\n"
             "Measures whether a Markdown article has the shape of good technical writing,\n"
             "and whether what it claims is true of the operation it talks about.\n.Sh COMMANDS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; cli_commands[i]; i++) {
        buf_printf(out, ".It Cm %s\n", cli_commands[i]->name);
        mdoc(cli_commands[i]->summary, out);
        buf_printf(out, ".\nSee\n.Xr assay-%s 1 .\n", cli_commands[i]->name);
    }
    buf_cstr(
        out,
        ".El\n.Pp\n.Ic assay help\n.Fl \\-man\n.Op Ar command\nprints a manual page,\n.Ic assay help\n"
        ".Fl \\-completions Cm bash | zsh | fish\nwhat a shell loads to complete commands and flags.\n"
        ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n.It Ev NO_COLOR\nNo colours when set.\n"
        ".It Ev GITHUB_STEP_SUMMARY\nWith\n.Fl \\-format Cm github ,\na table is appended to this file.\n.El\n"
        ".Sh FILES\n.Bl -tag -width Ds\n.It Pa .assay.yaml\nConfiguration, searched upward from each article to the "
        "root of its repository.\n.El\n");
    mdoc_exit(out);
    buf_cstr(out, ".Sh SEE ALSO\n.Xr assay-manifest 5 ,\n.Xr assay-rules 5\n");
}

void manual_page(const command *cmd, buf *out) {
    if (!cmd) {
        mdoc_program(out);
        return;
    }
    buf_cstr(out, ".Dd November 20, 2026\n.Dt ASSAY-");
    for (const char *c = cmd->name; *c; c++) buf_byte(out, (uint8_t)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c));
    buf_printf(out, " 1\n.Os\n.Sh NAME\n.Nm assay-%s\n.Nd ", cmd->name);
    mdoc(cmd->summary, out);
    buf_printf(out, "\n.Sh SYNOPSIS\n.Nm assay %s\n.Op Ar flags\n", cmd->name);
    mdoc(cmd->operands, out);
    buf_cstr(out, "\n.Sh DESCRIPTION\n");
    mdoc(cmd->description ? cmd->description : cmd->summary, out);
    buf_cstr(out, "\n.Sh OPTIONS\n.Bl -tag -width Ds\n");
    for (size_t i = 0; i < cli_flag_count; i++)
        if (command_takes(cmd, &cli_flags[i])) mdoc_flag(cmd, &cli_flags[i], out);
    buf_cstr(out, ".El\n");
    mdoc_exit(out);
    if (cmd->examples) buf_cstr(out, ".Sh EXAMPLES\n");
    for (const char *const *x = cmd->examples; x && *x; x += 2) {
        buf_cstr(out, ".Bd -literal -offset indent\n");
        mdoc_literal(str_from_cstr(x[0]), out);
        buf_cstr(out, "\n.Ed\n");
        mdoc(x[1], out);
        buf_cstr(out, ".\n");
    }
    buf_cstr(out, ".Sh SEE ALSO\n.Xr assay 1 ,\n.Xr assay-manifest 5 ,\n.Xr assay-rules 5\n");
}

/* ---- completions ----------------------------------------------------------------------------------------------- */

static bool names_file(const flag *f) {
    return f->value && (strcmp(f->value, "FILE") == 0 || strcmp(f->value, "PATH") == 0 || strcmp(f->value, "DIR") == 0);
}

/* "a|b" as "a b". */
static void spaced(const char *choices, buf *out) {
    for (; choices && *choices; choices++) buf_byte(out, *choices == '|' ? ' ' : (uint8_t)*choices);
}

/* The names of the built-in styles: a flag's argument is one of them, or one of the operator's own rules. */
static void style_names(buf *out) {
    const ruleset *rules = NULL;
    error e = {0};
    if (ruleset_builtin(&rules, &e)) return;
    for (uint32_t i = 0; i < rules->style_count; i++)
        buf_printf(out, "%s%.*s", i ? "|" : "", STR_ARG(rules->styles[i].name));
    ruleset_free(rules);
}

/* The words that a flag's argument may be in a command, between spaces; false where it is free. */
static bool words(const command *cmd, const flag *f, buf *out) {
    buf choices = {0};
    command_choices(cmd, f, &choices);
    if (strcmp(f->name, "style") == 0) style_names(&choices);
    buf_byte(&choices, 0);
    if (!choices.failed) spaced((const char *)choices.p, out);
    bool some = choices.n > 1;
    buf_free(&choices);
    return some;
}

/* A case a command and flag: "check --format" and "doctor --format" complete to other words. What takes neither words
 * nor a file (a number, a revision) completes to nothing, least of all to files. */
static void bash_words(const command *cmd, const flag *f, buf *out) {
    if (!command_takes(cmd, f) || !f->value) return;
    buf list = {0};
    bool some = words(cmd, f, &list);
    if (some || !names_file(f)) {
        buf_printf(out, "    '%s --%s'", cmd->name, f->name);
        if (f->letter) buf_printf(out, "|'%s -%c'", cmd->name, f->letter);
        buf_printf(out, ") COMPREPLY=($(compgen -W \"%.*s\" -- \"$word\")); return ;;\n", STR_ARG(buf_view(&list)));
    }
    buf_free(&list);
}

/* Behind a flag that takes a file there is no operand. */
static void bash_file_flags(const command *cmd, buf *out) {
    for (size_t k = 0; k < cli_flag_count && cmd->verbs; k++) {
        const flag *f = &cli_flags[k];
        if (!command_takes(cmd, f) || !names_file(f)) continue;
        buf_printf(out, "    %s---%s", cmd->name, f->name);
        if (f->letter) buf_printf(out, "|%s--%c", cmd->name, f->letter);
        buf_cstr(out, ") ;;\n");
    }
}

/* What operands may be, by their place: `manifest check`, `hook install pre-push`. */
static void bash_operands(const command *cmd, buf *out) {
    if (!cmd->verbs) return;
    buf_printf(out, "    %s-*) [ \"$COMP_CWORD\" -eq 2 ] && operands=\"", cmd->name);
    spaced(cmd->verbs, out);
    buf_byte(out, '"');
    if (cmd->others) {
        buf_cstr(out, " || operands=\"");
        spaced(cmd->others, out);
        buf_byte(out, '"');
    }
    buf_cstr(out, " ;;\n");
}

static void bash(buf *out) {
    buf_cstr(out, "# bash completion for assay; generated from its flag table\n_assay() {\n"
                  "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} flags= operands=\n"
                  "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; cli_commands[i]; i++) buf_printf(out, "%s ", cli_commands[i]->name);
    buf_cstr(out, "help version\" -- \"$word\"))\n        return\n    fi\n    case \"${COMP_WORDS[1]} $before\" in\n");
    for (size_t i = 0; cli_commands[i]; i++)
        for (size_t k = 0; k < cli_flag_count; k++) bash_words(cli_commands[i], &cli_flags[k], out);
    buf_cstr(out, "    esac\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; cli_commands[i]; i++) {
        buf_printf(out, "    %s) flags=\"", cli_commands[i]->name);
        for (size_t k = 0; k < cli_flag_count; k++)
            if (command_takes(cli_commands[i], &cli_flags[k])) buf_printf(out, "--%s ", cli_flags[k].name);
        buf_cstr(out, "\" ;;\n");
    }
    buf_cstr(out, "    esac\n    case ${COMP_WORDS[1]}-$before in\n");
    for (size_t i = 0; cli_commands[i]; i++) bash_file_flags(cli_commands[i], out);
    for (size_t i = 0; cli_commands[i]; i++) bash_operands(cli_commands[i], out);
    buf_cstr(out, "    esac\n    case $word in\n    -*) COMPREPLY=($(compgen -W \"$flags\" -- \"$word\")) ;;\n"
                  "    *)\n        if [ -n \"$operands\" ]; then COMPREPLY=($(compgen -W \"$operands\" -- \"$word\"))\n"
                  "        else COMPREPLY=($(compgen -f -- \"$word\")); fi ;;\n"
                  "    esac\n}\ncomplete -o filenames -F _assay assay\n");
}

/* Text inside single quotes of zsh's _arguments: brackets and colons are special there. */
static void zsh_text(const char *text, buf *out) {
    for (; *text; text++) {
        if (*text == '\'')
            buf_cstr(out, "'\\''");
        else if (*text == '[' || *text == ']' || *text == ':')
            buf_printf(out, "\\%c", *text);
        else
            buf_byte(out, (uint8_t)*text);
    }
}

/* The beginning of a specification up to its text: '--style[', '*--manifest[', '(-q --quiet)'{-q,--quiet}'['; of one
 * that may stand several times '*'{-f,--format}'['. */
static void zsh_names(const flag *f, buf *out) {
    if (!f->letter)
        buf_printf(out, "    '%s--%s[", f->repeatable ? "*" : "", f->name);
    else if (f->repeatable)
        buf_printf(out, "    '*'{-%c,--%s}'[", f->letter, f->name);
    else
        buf_printf(out, "    '(-%c --%s)'{-%c,--%s}'[", f->letter, f->name, f->letter, f->name);
}

static void zsh_operands(const command *cmd, buf *out) {
    if (cmd->verbs) {
        buf_cstr(out, "    '1:what:(");
        spaced(cmd->verbs, out);
        buf_cstr(out, ")' \\\n");
    }
    if (cmd->others) {
        buf_cstr(out, "    '*:which:(");
        spaced(cmd->others, out);
        buf_cstr(out, ")' ;;\n");
    } else {
        buf_cstr(out, "    '*:file:_files' ;;\n");
    }
}

static void zsh(buf *out) {
    buf_cstr(out, "#compdef assay\n# generated from assay's flag table\n_assay() {\n  if (( CURRENT == 2 )); then\n    "
                  "local -a commands\n    commands=(\n");
    for (size_t i = 0; cli_commands[i]; i++) {
        buf_printf(out, "      '%s:", cli_commands[i]->name);
        zsh_text(cli_commands[i]->summary, out);
        buf_cstr(out, "'\n");
    }
    buf_cstr(out, "    )\n    _describe command commands\n    return\n  fi\n  local command=$words[2]\n  shift words; "
                  "(( CURRENT-- ))\n  case $command in\n");
    for (size_t i = 0; cli_commands[i]; i++) {
        buf_printf(out, "  %s) _arguments \\\n", cli_commands[i]->name);
        for (size_t k = 0; k < cli_flag_count; k++) {
            const flag *f = &cli_flags[k];
            if (!command_takes(cli_commands[i], f)) continue;
            zsh_names(f, out);
            zsh_text(f->help, out);
            buf_byte(out, ']');
            if (f->value) buf_printf(out, ":%s:", f->value);
            buf list = {0};
            if (words(cli_commands[i], f, &list))
                buf_printf(out, "(%.*s)", STR_ARG(buf_view(&list)));
            else if (names_file(f))
                buf_cstr(out, "_files");
            buf_free(&list);
            buf_cstr(out, "' \\\n");
        }
        zsh_operands(cli_commands[i], out);
    }
    buf_cstr(out, "  esac\n}\n_assay \"$@\"\n");
}

static void fish_text(const char *text, buf *out) {
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') buf_byte(out, '\\');
        buf_byte(out, (uint8_t)*text);
    }
}

static void fish(buf *out) {
    buf_cstr(out, "# fish completion for assay; generated from its flag table\n");
    for (size_t i = 0; cli_commands[i]; i++) {
        buf_printf(out, "complete -c assay -n __fish_use_subcommand -a %s -d '", cli_commands[i]->name);
        fish_text(cli_commands[i]->summary, out);
        buf_cstr(out, "'\n");
    }
    for (size_t i = 0; cli_commands[i]; i++)
        for (size_t k = 0; k < cli_flag_count; k++) {
            const flag *f = &cli_flags[k];
            if (!command_takes(cli_commands[i], f)) continue;
            buf_printf(out, "complete -c assay -n '__fish_seen_subcommand_from %s' -l %s", cli_commands[i]->name,
                       f->name);
            if (f->letter) buf_printf(out, " -s %c", f->letter);
            if (f->value) buf_cstr(out, names_file(f) ? " -r -F" : " -x");
            buf list = {0};
            if (words(cli_commands[i], f, &list)) buf_printf(out, " -a '%.*s'", STR_ARG(buf_view(&list)));
            buf_free(&list);
            buf_cstr(out, " -d '");
            fish_text(f->help, out);
            buf_cstr(out, "'\n");
        }
    for (size_t i = 0; cli_commands[i]; i++) {
        const command *cmd = cli_commands[i];
        if (!cmd->verbs) continue;
        buf_printf(out, "complete -c assay -n '__fish_seen_subcommand_from %s' %s-a '", cmd->name,
                   cmd->others ? "-f " : "");
        spaced(cmd->verbs, out);
        buf_byte(out, ' ');
        spaced(cmd->others, out);
        buf_cstr(out, "'\n");
    }
}

bool manual_completions(const char *shell, buf *out) {
    if (strcmp(shell, "bash") == 0)
        bash(out);
    else if (strcmp(shell, "zsh") == 0)
        zsh(out);
    else if (strcmp(shell, "fish") == 0)
        fish(out);
    else
        return false;
    return true;
}
