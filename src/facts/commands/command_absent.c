/* command_absent.c - a typed line that starts or installs what is declared absent.
 *
 *     docker compose up -d                 the program of the line
 *     pip install torch wandb              what a package manager brings in
 *     import wandb                         what a script loads
 *     docker compose exec rabbitmq sh      a service that is entered, started or read
 *
 * Who shows such a line among the commands of an own operation says that the thing is here. In: a line of code that
 * is no output. Out: whether it does. It does not where the line takes the thing away ("apt purge docker"), where what
 * stands above speaks of what is denied, over, possible or somebody else's, or where the name is a part of another's.
 * A version beside the name is versions.c's to judge.
 */
#include "facts/commands/commands.h"

enum { WORDS_READ = 24, LINE_LIMIT = 2048 /* bytes; nobody types more */ };

static const char WRAPPERS[] = "sudo exec nohup env time nice watch $ # > %";

typedef struct typed { /* the words of one command of a line, the program first */
    str word[WORDS_READ];
    uint32_t n;
} typed;

/* The command that holds byte `at` of the line: between "&&", ";" and "|", its wrappers and assignments left out. */
static typed command_at(str line, ptrdiff_t at) {
    typed t = {.n = 0};
    ptrdiff_t lo = 0, hi = line.n;
    for (ptrdiff_t i = 0; i < line.n; i++) {
        if (!strchr("&;|", line.p[i])) continue;
        if (i < at) lo = i + 1;
        if (i > at && hi == line.n) hi = i;
    }
    str rest = str_slice(line, lo, hi), one;
    while (t.n < WORDS_READ && str_cut(&rest, ' ', &one)) {
        bool assigns = str_find_byte(one, '=', 0) > 0 && one.p[0] != '-';
        bool prompt = one.n > 2 && one.n < 40 && strchr("$#", one.p[one.n - 1]); /* "quay:~$" */
        if (!one.n || (!t.n && (assigns || prompt || str_is_among(one, WRAPPERS)))) continue;
        t.word[t.n++] = one;
    }
    return t;
}

static bool holds(str one, const uint8_t *at) { return at >= one.p && at < one.p + one.n; }

/* Is the word nothing but the name, a path before it and a version or a mark behind it apart? */
static bool is_whole(str one, const uint8_t *lo, const uint8_t *hi) {
    const uint8_t *end = one.p + one.n;
    if (lo > one.p && lo[-1] != '/' && lo[-1] != '"' && lo[-1] != '\'') return false;
    return hi == end || strchr("[<>~=!:\"',", *hi) != NULL;
}

/* Does the command install its arguments: "pip install", "apt-get install", "uv add", "docker pull"? */
static bool installs(const typed *t) {
    static const char managers[] = "pip pip3 uv apt apt-get dnf yum pacman apk brew npm pnpm yarn cargo go conda snap "
                                   "flatpak helm docker podman python python3 zypper nix-env";
    if (!t->n || !str_is_among(t->word[0], managers)) return false;
    for (uint32_t i = 1; i < t->n && i < 5; i++)
        if (str_is_among(t->word[i], "install add pull -S")) return true;
    return false;
}

/* Does the command enter, start or read a service by its name: "docker compose exec X", "systemctl restart X"? */
static bool serves(const typed *t) {
    if (!t->n || !str_is_among(t->word[0], "docker docker-compose podman systemctl service journalctl")) return false;
    for (uint32_t i = 1; i < t->n && i < 4; i++)
        if (str_is_among(t->word[i], "exec logs restart start up enable reload -u")) return true;
    return false;
}

static bool takes_away(const typed *t) {
    for (uint32_t i = 0; i < t->n; i++)
        if (str_is_among(t->word[i], "rm rmi purge remove uninstall autoremove disable stop down kill mask prune "
                                     "deactivate -R which command"))
            return true;
    return false;
}

static bool frame_doubts(judge *j, uint32_t at) {
    if (at == PASSAGE_NONE) return false;
    passage *q = &j->passages[at];
    passage_prepare(j, q);
    if (q->cues & (CUE_NEGATION | CUE_PAST | CUE_OTHERS | CUE_IF | CUE_GONE)) return true;
    for (uint32_t i = 0; i < q->word_count && i < 64; i++) /* "so that I could compare runs:" doubts nothing */
        if (word_in(q, i,
                    "alternative alternatively instead prefer you your anybody example tried test try would might "
                    "should plan planned rather than unlike versus vs considered considering"))
            return true;
    return false;
}

static bool brings_in(str line, const uint8_t *lo, const uint8_t *hi) {
    ptrdiff_t at = lo - line.p;
    str text = str_trim(line);
    if ((str_starts(text, STR("import ")) && lo == text.p + 7) || (str_starts(text, STR("from ")) && lo == text.p + 5))
        return hi == text.p + text.n || *hi == ' ' || *hi == '.' || *hi == ',';
    typed t = command_at(line, at);
    if (!t.n || takes_away(&t)) return false;
    for (uint32_t i = 0; i < t.n; i++) {
        if (!holds(t.word[i], lo)) continue;
        if (!is_whole(t.word[i], lo, hi)) return false;
        if (i == 0)
            return t.n > 1 && hi == t.word[0].p + t.word[0].n && !str_is_among(t.word[1], "--version -V version");
        if (t.word[i].p[0] == '-') return false;
        return installs(&t) || (serves(&t) && i > 1);
    }
    return false;
}

bool command_brings_in(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_CODE || p->flags & (PASSAGE_TERMINAL | PASSAGE_CONFIG)) return false;
    if (p->text.hi - p->text.lo > LINE_LIMIT) return false;
    str line = passage_text(p);
    return !str_starts(str_trim(line), STR("#")) && brings_in(line, p->on->text.p + lo, p->on->text.p + hi) &&
           !frame_doubts(j, p->lead) && !frame_doubts(j, p->heading) && !prompt_elsewhere(j, p);
}
