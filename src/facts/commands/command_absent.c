/* command_absent.c - a typed line that starts or installs what is declared absent.
 *
 *     docker compose up -d                 the program of the line
 *     pip install torch wandb              what a package manager brings in
 *     docker run -d ollama/ollama          the image of a container, with or without a tag
 *     python -m sglang.launch_server       the module that is run
 *     curl https://ollama.com/install.sh | sh     whose installer is run
 *     import wandb                         what a script loads
 *     docker compose exec rabbitmq sh      a service that is entered, started or read
 *
 * Who shows such a line among the commands of an own operation says that the thing is here. In: a line of code that
 * is no output. Out: whether it does. It does not where the line takes the thing away ("apt purge docker"), where the
 * lead or the heading denies the running or tells that it is over ("what I do not run"), or where the name is a part of
 * another's. A lead that is only thought of, past, somebody else's or for other machines than ours is a doubt: such a
 * line is not contradicted, and not paid. A negation of something else ("you cannot skip this step") and a word to the
 * reader ("start your model:") are none: what is typed among our commands is ours to answer for.
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

/* ---- what stands above ---- */

static bool is_word_of_use(const passage *p, uint32_t i) {
    return word_in(p, i,
                   "run runs running ran install installs installed installing use uses using used need needs do does "
                   "type start starts started have has keep got get deploy deployed recommend want try this it them "
                   "these those");
}

/* "What I do not run", "never run this", "you do not need it": does a negation govern the running, or the thing that is
 * typed? Not "you cannot skip this step", "nothing fancy", "not strictly needed, but I like them". */
static bool denies_use(const passage *q) {
    for (uint32_t i = 0; i < q->word_count && i < 64; i++) {
        if (!(q->words[i].cues & CUE_NEGATION) || word_in(q, i, "nothing nobody")) continue;
        if (word_in(q, i + 1, "only just but")) continue;
        bool governs = i + 1 == q->word_count, back = false;
        for (uint32_t k = i + 1; k < q->word_count && k < i + 5 && !governs; k++) {
            if (!str_eq(surface_slice(q->on, q->words[k - 1].hi, q->words[k].lo), STR(" ")))
                break; /* "no GPU, install" */
            if (word_in(q, k, "skip forget miss omit avoid simpler easier strictly simple be")) break;
            governs = is_word_of_use(q, k);
        }
        if (i > 0 && word_in(q, i - 1, "what which why")) governs = true; /* "what not to do" */
        for (uint32_t k = i + 1; k < q->word_count; k++) back = back || word_in(q, k, "but yet still");
        if (governs && !back) return true;
    }
    return false;
}

/* Is what stands above somebody else's, of another time, only thought of, or for another machine than ours? */
static bool is_thought_of(const passage *q) {
    static const char thought[] =
        "alternative alternatives alternatively instead prefer anybody others readers example "
        "tried tested would might should plan planned unlike versus vs considered considering "
        "laptop mac macbook windows tutorial readme documentation docs manual suppose";
    if (q->cues & (CUE_PAST | CUE_OTHERS | CUE_IF)) return true;
    for (uint32_t i = 0; i < q->word_count && i < 64; i++) { /* "so that I could compare runs:" doubts nothing */
        if (word_in(q, i, thought)) return true;
        if (word_in(q, i, "rather") && word_in(q, i + 1, "than")) return true;
        if (word_in(q, i, "could") && word_in(q, i + 1, "have also")) return true;
        if (word_in(q, i, "was were been") && is_word_of_use(q, i + 1)) return true; /* not "the fix was quick" */
        if (word_in(q, i, "used") && word_in(q, i + 1, "to")) return true;
        if (word_in(q, i, "your") && word_in(q, i + 1, "own machine computer pc host box server hardware")) return true;
        if (word_in(q, i, "you") && word_in(q, i + 1, "want prefer wish like could may")) return true;
    }
    return false;
}

enum frame { FRAME_ALLOWS, FRAME_DOUBTS, FRAME_DENIES };

static enum frame frame_of(judge *j, uint32_t at) {
    if (at == PASSAGE_NONE) return FRAME_ALLOWS;
    passage *q = &j->passages[at];
    passage_prepare(j, q);
    bool leads = q->kind == PASSAGE_HEADING || str_ends(str_trim(passage_text(q)), STR(":"));
    if (q->cues & CUE_GONE || denies_use(q))
        return leads ? FRAME_DENIES : FRAME_DOUBTS; /* of the block, or before it */
    return is_thought_of(q) ? FRAME_DOUBTS : FRAME_ALLOWS;
}

/* ---- what is typed ---- */

/* "docker run -d ollama/ollama", "podman run redis": is the word the image, and no flag's value? */
static bool is_image_run(const typed *t, uint32_t i) {
    if (t->n < 3 || i < 2 || !str_is_among(t->word[0], "docker podman nerdctl")) return false;
    if (!str_is_among(t->word[1], "run create")) return false;
    str before = t->word[i - 1];
    bool valued = before.n > 1 && before.p[0] == '-' && str_find_byte(before, '=', 0) < 0 &&
                  !str_is_among(before, "-d -i -t -it -ti -dit --rm --detach --init --privileged --gpus=all");
    if (valued) return false;
    for (uint32_t k = 2; k < i; k++) { /* another image before it: the word is what runs inside */
        bool value = t->word[k - 1].p[0] == '-' && !str_is_among(t->word[k - 1], "-d -i -t -it -ti -dit --rm --init");
        if (t->word[k].p[0] != '-' && !value) return false;
    }
    return true;
}

/* "python -m sglang.launch_server": the module that is run begins with the name. */
static bool is_module_run(const typed *t, uint32_t i, const uint8_t *lo, const uint8_t *hi) {
    if (i < 2 || !str_is_among(t->word[0], "python python3 uv uvx") || !str_eq(t->word[i - 1], STR("-m"))) return false;
    /* cppcheck-suppress arrayIndexOutOfBoundsCond ; a word of the line */
    return lo == t->word[i].p && (hi == t->word[i].p + t->word[i].n || *hi == '.');
}

/* "curl -fsSL https://ollama.com/install.sh | sh": a script of the host that bears the name, handed to a shell. */
static bool runs_installer(str line, const typed *t, const uint8_t *lo, const uint8_t *hi) {
    bool fetches = t->n && str_is_among(t->word[0], "curl wget");
    bool runs = str_find(line, STR("| sh"), 0) > 0 || str_find(line, STR("| bash"), 0) > 0 ||
                str_find(line, STR("| sudo sh"), 0) > 0 || str_find(line, STR("| sudo bash"), 0) > 0;
    ptrdiff_t at = lo - line.p;
    return fetches && runs && hi < line.p + line.n && *hi == '.' && at > 2 &&
           (line.p[at - 1] == '/' || str_ends(str_slice(line, 0, at), STR("get.")) ||
            str_ends(str_slice(line, 0, at), STR("www.")));
}

static bool brings_in(str line, const uint8_t *lo, const uint8_t *hi) {
    ptrdiff_t at = lo - line.p;
    str text = str_trim(line);
    if ((str_starts(text, STR("import ")) && lo == text.p + 7) || (str_starts(text, STR("from ")) && lo == text.p + 5))
        return hi == text.p + text.n || *hi == ' ' || *hi == '.' || *hi == ',';
    typed t = command_at(line, at);
    if (!t.n || takes_away(&t)) return false;
    if (runs_installer(line, &t, lo, hi)) return true;
    for (uint32_t i = 0; i < t.n; i++) {
        if (!holds(t.word[i], lo)) continue;
        if (is_module_run(&t, i, lo, hi)) return true;
        if (!is_whole(t.word[i], lo, hi)) return false;
        if (i == 0)
            return t.n > 1 && hi == t.word[0].p + t.word[0].n && !str_is_among(t.word[1], "--version -V version");
        if (t.word[i].p[0] == '-') return false;
        return installs(&t) || (serves(&t) && i > 1) || is_image_run(&t, i);
    }
    return false;
}

/* "systemctl status ollama": asks, which says nothing of what is here, and is not paid. */
static bool asks_for(str line, const uint8_t *lo, const uint8_t *hi) {
    typed t = command_at(line, lo - line.p);
    if (t.n < 3 || !str_is_among(t.word[0], "systemctl service")) return false;
    for (uint32_t i = 1; i < t.n; i++)
        if (holds(t.word[i], lo)) return is_whole(t.word[i], lo, hi) || *hi == '.';
    return false;
}

/* "Unit ollama.service could not be found", "bash: ollama: command not found": what is printed below says that it is
 * not here. */
static bool is_not_found(const judge *j, const passage *p) {
    static const char *const absent[] = {"could not be found", "not found", "not installed", "inactive (dead)",
                                         "Unable to locate"};
    for (uint32_t i = (uint32_t)(p - j->passages) + 1; i < j->passage_count; i++) {
        const passage *q = &j->passages[i];
        if (q->block != p->block || q->kind != PASSAGE_CODE || q->flags & PASSAGE_PROMPT) return false;
        for (size_t k = 0; k < COUNT_OF(absent); k++)
            if (str_find(passage_text(q), str_from_cstr(absent[k]), 0) >= 0) return true;
    }
    return false;
}

enum command_use command_use_of(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_CODE || p->flags & (PASSAGE_TERMINAL | PASSAGE_CONFIG)) return COMMAND_NONE;
    if (p->text.hi - p->text.lo > LINE_LIMIT) return COMMAND_NONE;
    str line = passage_text(p);
    const uint8_t *text = p->on->text.p;
    if (str_starts(str_trim(line), STR("#"))) return COMMAND_NONE;
    bool brings = brings_in(line, text + lo, text + hi);
    if ((!brings && !asks_for(line, text + lo, text + hi)) || prompt_elsewhere(j, p)) return COMMAND_NONE;
    if (is_not_found(j, p)) return COMMAND_NONE;
    enum frame lead = frame_of(j, p->lead), heading = frame_of(j, p->heading);
    if (lead == FRAME_DENIES || heading == FRAME_DENIES) return COMMAND_NONE;
    return brings && lead == FRAME_ALLOWS && heading == FRAME_ALLOWS ? COMMAND_BRINGS_IN : COMMAND_DOUBTED;
}
