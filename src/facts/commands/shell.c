/* shell.c - typed lines to simple commands and words.
 *
 * In: text, line continuations included. Out: words with their places. One pass, no expansion: what stands in quotes is
 * one word, "$(…)" and backticks begin a command of their own, "2>&1", "> file" and "<<EOF" are left out. "<name>",
 * "<a|b>", "[--json]" and "{a,b}" are one word each. Invariant: words come in order, do not overlap, lie in the text.
 */
#include "facts/commands/shell.h"

static uint8_t byte_at(const shell_reader *r, uint32_t at) { return at < (uint32_t)r->text.n ? r->text.p[at] : 0; }

static bool in_list(str name, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(name, str_from_cstr(list[i]))) return true;
    return false;
}
#define IN_LIST(name, list) in_list((name), (list), COUNT_OF(list))

/* ---- words ---- */

/* The closing mark of a usage group that opens at `at`: "<plan|import>", "[--json | --text]"; 0 when it is none. */
static uint32_t group_end(const shell_reader *r, uint32_t at) {
    uint8_t open = byte_at(r, at), close = open == '<' ? '>' : open == '[' ? ']' : 0;
    uint32_t depth = 0;
    if (!close || byte_is_space(byte_at(r, at + 1)) || byte_at(r, at + 1) == open || !byte_at(r, at + 1)) return 0;
    if (open == '<' && !byte_is_alpha(byte_at(r, at + 1))) return 0;
    for (uint32_t i = at; i < (uint32_t)r->text.n && i < at + 200; i++) {
        uint8_t c = r->text.p[i];
        if (c == '\n' || (open == '<' && (c == '$' || c == '"' || c == '/'))) return 0;
        depth += c == open;
        if (c == close && --depth == 0) return i + 1;
    }
    return 0;
}

static uint32_t quote_end(const shell_reader *r, uint32_t at) {
    uint8_t mark = r->text.p[at];
    uint32_t i = at + 1;
    while (i < (uint32_t)r->text.n && r->text.p[i] != mark) i += mark == '"' && r->text.p[i] == '\\' ? 2u : 1u;
    return i < (uint32_t)r->text.n ? i + 1 : (uint32_t)r->text.n;
}

static bool ends_word(const shell_reader *r, uint32_t at) {
    uint8_t c = byte_at(r, at);
    if (c == '\\' && byte_at(r, at + 1) == '\n') return true;
    return !c || byte_is_space(c) || c == '|' || c == ';' || c == '&' || c == '(' || c == ')' || c == '`' || c == '>' ||
           (c == '<' && !group_end(r, at)) || (c == '$' && byte_at(r, at + 1) == '(');
}

static shell_word read_word(shell_reader *r) {
    shell_word w = {.lo = r->at};
    uint32_t quotes = 0, plain = 0;
    while (!ends_word(r, r->at)) {
        uint8_t c = r->text.p[r->at];
        uint32_t end = group_end(r, r->at);
        if (c == '\'' || c == '"')
            r->at = quote_end(r, r->at), quotes++;
        else if (end)
            r->at = end, plain++;
        else if (c == '$' && byte_at(r, r->at + 1) == '{') {
            while (byte_at(r, r->at) && byte_at(r, r->at) != '}' && byte_at(r, r->at) != '\n') r->at++;
            r->at += byte_at(r, r->at) == '}', plain++;
        } else
            r->at += c == '\\' && byte_at(r, r->at + 1) ? 2u : 1u, plain++;
    }
    if (r->at > (uint32_t)r->text.n) r->at = (uint32_t)r->text.n;
    w.hi = r->at;
    w.quoted = quotes > 0;
    if (quotes == 1 && !plain && w.hi - w.lo > 1 && r->text.p[w.hi - 1] == r->text.p[w.lo]) w.lo++, w.hi--;
    return w;
}

static void skip_blanks(shell_reader *r) {
    for (uint8_t c; (c = byte_at(r, r->at)) && r->at < (uint32_t)r->text.n; r->at++) {
        if (c == '\\' && byte_at(r, r->at + 1) == '\n')
            r->at++;
        else if (c == '\n' || !byte_is_space(c))
            return;
    }
}

/* ">", "2>&1", "<<EOF", with what they point to. False when none stands here. */
static bool skip_redirection(shell_reader *r) {
    uint32_t i = r->at;
    while (byte_is_digit(byte_at(r, i))) i++;
    if (byte_at(r, i) == '&' && byte_at(r, i + 1) == '>') i++;
    uint8_t c = byte_at(r, i);
    if ((c != '>' && c != '<') || group_end(r, i)) return false;
    uint32_t marks = 0;
    while (byte_at(r, i) == c && marks < 3) i++, marks++;
    if (c == '<' && marks == 2 && byte_at(r, i) == '-') i++;
    if (byte_at(r, i) == '&' || byte_at(r, i) == '|') i++;
    r->at = i;
    skip_blanks(r);
    shell_word target = read_word(r);
    if (c == '<' && marks == 2) r->heredoc = shell_text(r->text, &target);
    return true;
}

bool shell_next(shell_reader *r, arena *a, shell_words *words, bool *ok) {
    static const char *const keywords[] = {"then", "do", "else", "elif", "if",   "while", "until",
                                           "!",    "{",  "}",    "fi",   "done", "esac"};
    words->n = 0;
    while (r->at < (uint32_t)r->text.n) {
        skip_blanks(r);
        uint8_t c = byte_at(r, r->at);
        if (r->at >= (uint32_t)r->text.n) break;
        if (c == '#') {
            while (r->at < (uint32_t)r->text.n && r->text.p[r->at] != '\n') r->at++;
            continue;
        }
        if (skip_redirection(r)) continue;
        if (ends_word(r, r->at)) { /* a mark that parts commands */
            r->at += c == '$' ? 2 : 1;
            if (words->n) return true;
            continue;
        }
        shell_word w = read_word(r);
        if (w.hi < w.lo || r->at == w.lo) r->at++; /* never stands still */
        if (!words->n && IN_LIST(shell_text(r->text, &w), keywords)) continue;
        if (!VEC_PUSH(a, words, w)) {
            *ok = false;
            return false;
        }
    }
    return words->n > 0;
}

/* ---- what runs another program ---- */

str shell_basename(str word) {
    ptrdiff_t at = word.n;
    while (at > 0 && word.p[at - 1] != '/') at--;
    return str_slice(word, at, word.n);
}

static bool is_assignment(str w) {
    ptrdiff_t i = 0;
    while (i < w.n && (byte_is_alnum(w.p[i]) || w.p[i] == '_')) i++;
    return i > 0 && i < w.n && w.p[i] == '=' && !byte_is_digit(w.p[0]);
}

/* Behind the flags at `at`; `valued` lists those whose value is a word of its own. A long flag that is not listed may
 * take one, too, or not. */
static uint32_t skip_flags(str text, const shell_words *words, uint32_t at, const char *valued, bool *sure) {
    for (; at < words->n; at++) {
        str w = shell_text(text, &words->at[at]), rest = str_from_cstr(valued), one;
        if (w.n < 2 || w.p[0] != '-') break;
        if (str_eq(w, STR("--"))) return at + 1;
        bool value = false;
        while (str_cut(&rest, ' ', &one)) value = value || str_eq(one, w);
        if (value)
            at++;
        else if (w.p[1] == '-' && str_find_byte(w, '=', 0) < 0)
            *sure = false;
    }
    return at;
}

uint32_t shell_program(str text, const shell_words *words, uint32_t from, bool *sure) {
    static const struct {
        const char *name, *valued;
        uint32_t operands;
    } wrappers[] = {{"sudo", "-u -g -h -p -C -D -R -T --user --group", 0},
                    {"doas", "-u -C", 0},
                    {"env", "-u -C -S --unset --chdir", 0},
                    {"nohup", "", 0},
                    {"time", "-f -o", 0},
                    {"exec", "-a", 0},
                    {"command", "", 0},
                    {"builtin", "", 0},
                    {"nice", "-n", 0},
                    {"ionice", "-c -n", 0},
                    {"chrt", "", 1},
                    {"timeout", "-k -s --signal --kill-after", 1},
                    {"watch", "-n --interval", 0},
                    {"xargs", "-n -P -I -L -d -a -s", 0},
                    {"stdbuf", "-i -o -e", 0},
                    {"setsid", "", 0},
                    {"RUN", "", 0}};
    uint32_t at = from;
    for (bool more = true; more && at < words->n;) {
        str w = shell_text(text, &words->at[at]), name = shell_basename(w);
        more = is_assignment(w);
        if (more) at++;
        for (size_t i = 0; i < COUNT_OF(wrappers) && !more; i++) {
            if (!str_eq(name, str_from_cstr(wrappers[i].name))) continue;
            at = skip_flags(text, words, at + 1, wrappers[i].valued, sure);
            at += wrappers[i].operands;
            more = true;
        }
    }
    return at < words->n ? at : (uint32_t)words->n;
}

uint32_t shell_inner(str text, const shell_words *words, uint32_t at, uint32_t *operand, bool *sure) {
    static const char *const boxes[] = {"docker", "podman", "nerdctl"};
    static const char exec_valued[] = "-u -e -w --user --env --workdir --env-file --detach-keys --index";
    static const char run_valued[] =
        "-v -p -e -u -w -l -m -c -h --volume --publish --env --user --workdir --name --network --net --label --memory "
        "--cpus --entrypoint --mount --env-file --gpus --hostname --restart --shm-size --ipc --pull --platform "
        "--add-host "
        "--cap-add --cap-drop --device --security-opt --tmpfs --ulimit --pod";
    str name = shell_basename(shell_text(text, &words->at[at]));
    uint32_t i = at + 1;
#define WORD_IS(k, literal) ((k) < words->n && str_eq(shell_text(text, &words->at[k]), STR(literal)))
    if (IN_LIST(name, boxes) || str_eq(name, STR("docker-compose"))) {
        if (WORD_IS(i, "compose")) i = skip_flags(text, words, i + 1, "-f -p --file --project-name --profile", sure);
        if (WORD_IS(i, "container")) i++;
        if (!WORD_IS(i, "exec") && !WORD_IS(i, "run")) return 0;
        i = skip_flags(text, words, i + 1, WORD_IS(i, "exec") ? exec_valued : run_valued, sure);
    } else if (str_eq(name, STR("kubectl")) || str_eq(name, STR("lxc")) || str_eq(name, STR("incus"))) {
        if (!WORD_IS(i, "exec")) return 0;
        for (uint32_t k = i + 1; k < words->n; k++)
            if (WORD_IS(k, "--")) return *operand = i + 1, k + 1 < words->n ? k + 1 : 0;
        return 0;
    } else if (str_eq(name, STR("ssh")) || str_eq(name, STR("mosh"))) {
        i = skip_flags(text, words, i, "-p -i -l -o -F -J -L -R -D -b -c -E -e -I -m -O -Q -S -W -w", sure);
    } else if (str_eq(name, STR("flock")) || str_eq(name, STR("chroot")) || str_eq(name, STR("nsenter"))) {
        i = skip_flags(text, words, i, "-w -E -t", sure);
    } else if (str_eq(name, STR("runuser")) || str_eq(name, STR("systemd-run")) || str_eq(name, STR("npx")) ||
               str_eq(name, STR("uvx"))) {
        i = skip_flags(text, words, i, "-u -p -E --unit --property", sure);
        return *operand = at, i < words->n ? i : 0;
    } else if ((str_eq(name, STR("uv")) || str_eq(name, STR("poetry")) || str_eq(name, STR("pipx"))) &&
               WORD_IS(i, "run")) {
        i = skip_flags(text, words, i + 1, "--with --python --extra", sure);
        return *operand = at, i < words->n ? i : 0;
    } else {
        return 0;
    }
#undef WORD_IS
    *operand = i;
    return i + 1 < words->n ? i + 1 : 0;
}
