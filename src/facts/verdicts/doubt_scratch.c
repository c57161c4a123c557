/* doubt_scratch.c - the port of something that is up for a while only.
 *
 *     cat >> /tank/drill/postgresql.auto.conf … port = 5499        the article sets it, for a drill
 *     psql -h /var/run/postgresql -p 5499                          and asks what listens there
 *
 *     echo "shared_buffers = 4GB" | tee -a /tank/drill/…           any setting, written there
 *
 *     services: drill: ports: ["8501:8101"]                        its own configuration
 *     ssh -L 8999:localhost:8400 kestrel … http://localhost:8999   the near end of a tunnel
 *
 * In: a port that is about to be contradicted, of a client's command or a sentence. Out: the doubt, or NULL: no service
 * declares it, and another line of code in the article gives it to something that its own block, the line that leads in
 * or the heading calls a drill, a test, a copy, a spare one.
 */
#include "facts/verdicts/doubt.h"
#include "facts/verdicts/ports_written.h"

enum { BLOCK_LINES = 40, CONTINUED = 8 };

/* The digits of the claim's port. */
static str port_of(const judge *j, const passage *p) {
    str said = surface_slice(p->on, j->judging_at.lo, j->judging_at.hi);
    while (said.n && !byte_is_digit(said.p[0])) said = str_slice(said, 1, said.n);
    ptrdiff_t n = 0;
    while (n < said.n && byte_is_digit(said.p[n])) n++;
    return str_slice(said, 0, n);
}

/* "port = 5499", "--port 5499", "-p 5499:5432", "-o '-p 5499'", "listen 127.0.0.1:5499" */
static bool gives_port(str line, str port) {
    static const char *const keys[] = {"port", "-p ", "-p", "listen", "publish", "PORT"};
    for (ptrdiff_t at = 0; (at = str_find(line, port, at)) >= 0; at += port.n) {
        bool ends = at + port.n >= line.n || !byte_is_digit(line.p[at + port.n]);
        if (!ends || at == 0 || byte_is_digit(line.p[at - 1]) || line.p[at - 1] == '.') continue;
        str before = str_slice(line, at > 24 ? at - 24 : 0, at);
        for (size_t k = 0; k < COUNT_OF(keys); k++)
            if (doubt_holds(before, keys[k])) return true;
    }
    return false;
}

/* Does the line, with those above that it continues, start or set up something, rather than ask it? */
static bool is_set_up(const judge *j, const passage *p) {
    str line = passage_text(p);
    static const char *const starts[] = {"pg_ctl", "run ",  "initdb", "_createcluster", "-server",
                                         "mysqld", "serve", "socat",  "ssh -L",         "-L "};
    for (size_t k = 0; k < COUNT_OF(starts); k++)
        if (doubt_holds(line, starts[k])) return true;
    for (const passage *q = p; q > j->passages && p - q < CONTINUED && q[-1].block == p->block; q--) {
        str above = str_trim(passage_text(&q[-1]));
        if (!str_ends(above, STR("\\"))) break;
        for (size_t k = 0; k < COUNT_OF(starts); k++)
            if (doubt_holds(above, starts[k])) return true;
    }
    return p->flags & PASSAGE_CONFIG || doubt_holds(line, "port =") || doubt_holds(line, "port=") ||
           doubt_holds(line, "port:") || doubt_holds(line, "listen ");
}

static bool says_scratch(str text) {
    static const char *const words[] = {"drill",        "scratch",         "throwaway",      "throw-away", "spare ",
                                        "tempor",       "sandbox",         "rehears",        "restored",   "restore",
                                        "another port", "second instance", "/tmp/",          "test inst",  "test serv",
                                        "a copy",       "trial",           "staging",        "playground", "clone",
                                        "for a test",   "experiment",      "different port", "other port"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (doubt_holds(text, words[i])) return true;
    return false;
}

/* Is what the block of passage `at` sets up called so, in the block or in what leads to it? */
static bool is_scratch_block(const judge *j, uint32_t at) {
    const passage *p = &j->passages[at];
    uint32_t first = at;
    while (first > 0 && at - first < BLOCK_LINES && j->passages[first - 1].block == p->block) first--;
    for (uint32_t i = first; i < j->passage_count && i < at + BLOCK_LINES && j->passages[i].block == p->block; i++)
        if (says_scratch(passage_text(&j->passages[i]))) return true;
    return (p->lead != PASSAGE_NONE && says_scratch(passage_text(&j->passages[p->lead]))) ||
           (p->heading != PASSAGE_NONE && says_scratch(passage_text(&j->passages[p->heading])));
}

/* "ssh -L 8999:", "LocalForward 8999", "kubectl port-forward svc/x 8999:" */
static bool forwards(str line, str port) {
    static const char *const leads[] = {"-L ", "-L", "-L localhost:", "-L 127.0.0.1:", "LocalForward "};
    for (ptrdiff_t at = 0; (at = str_find(line, port, at)) >= 0; at += port.n) {
        str before = str_slice(line, 0, at);
        uint8_t behind = at + port.n < line.n ? line.p[at + port.n] : ' ';
        if (behind != ':' && behind != ' ') continue;
        for (size_t k = 0; k < COUNT_OF(leads); k++)
            if (str_ends(before, str_from_cstr(leads[k]))) return true;
        if (behind == ':' && doubt_holds(before, "port-forward ")) return true;
    }
    return false;
}

/* Does the line set up something that is called a drill's? */
static bool sets_up_scratch(const judge *j, ports_written *x, uint32_t at) {
    if (!x->sets_up[at]) x->sets_up[at] = is_set_up(j, &j->passages[at]) && is_scratch_block(j, at) ? 2 : 1;
    return x->sets_up[at] == 2;
}

/* What the article's lines say of the port, read once: is it the near end of a tunnel, wherever that is typed, and the
 * first two lines that give it to what is up for a while. */
static const port_answer *answer_of(judge *j, str port) {
    static const port_answer none = {.scratch = {PASSAGE_NONE, PASSAGE_NONE}};
    ports_written *x = ports_written_of(j);
    port_answer *a = x ? ports_written_find(x, port) : NULL;
    if (!a || a->asked) return a ? a : &none;
    uint32_t n = 0;
    a->scratch[0] = a->scratch[1] = PASSAGE_NONE;
    for (uint32_t i = a->first; i < a->end; i++) {
        const passage *p = &j->passages[x->at[i].passage];
        bool code = p->kind == PASSAGE_CODE;
        if (code || p->kind == PASSAGE_SENTENCE) a->forwarded = a->forwarded || forwards(passage_text(p), port);
        if (n < 2 && code && gives_port(passage_text(p), port) && sets_up_scratch(j, x, x->at[i].passage))
            a->scratch[n++] = x->at[i].passage;
    }
    a->asked = true;
    return a;
}

/* "`hugo server` shows the site on port 1313", "the preview is on 4321": what a writer starts to look at it. */
static bool is_preview(const passage *p) {
    static const char *const words[] = {"hugo server", "hugo serve", "jekyll serve", "mkdocs serve",
                                        "zola serve",  "run dev",    "http.server",  "runserver",
                                        "preview",     "dev server", "live reload",  "development server"};
    str said = passage_text(p);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (doubt_holds(said, words[i])) return true;
    return false;
}

/* ---- its configuration ---- */

/* "drill:", "bench-engine:", "[test]": what a key or a section is called. */
static bool is_scratch_key(str line) {
    static const char names[] =
        "drill scratch sandbox throwaway bench benchmark tmp temp trial rehearsal playground clone";
    line = str_trim(line);
    bool key = str_ends(line, STR(":")) && str_find_byte(line, ' ', 0) < 0;
    if (!key && !(str_starts(line, STR("[")) && str_ends(line, STR("]")))) return false;
    for (ptrdiff_t at = 0, end; at < line.n; at = end + 1) {
        for (end = at; end < line.n && byte_is_alpha(line.p[end]);) end++;
        if (end > at && str_is_among(str_slice(line, at, end), names)) return true;
    }
    return false;
}

/* "# the benchmark's own file, gone since", "For the drill I start a second engine:" */
static bool calls_it_scratch(str text) {
    static const char *const words[] = {
        "gone since", "since deleted", "or the drill", "or a drill", " second engine",  " second instance",
        "throwaway",  "throw-away",    "scratch ",     "sandbox",    "benchmark's own", "for the test",
        "for a test", "a spare ",      "rehears",      "experiment", "or the trial",    "temporar"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (doubt_holds(text, words[i])) return true;
    return false;
}

/* Does a comment or a key above the line, or what leads in to the block, say that it is up for a while? */
static bool is_of_scratch(const judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own; i > 0 && own - i < BLOCK_LINES && j->passages[i - 1].block == p->block; i--) {
        str line = str_trim(passage_text(&j->passages[i - 1]));
        bool comment = str_starts(line, STR("#")) || str_starts(line, STR("//")) || str_starts(line, STR(";"));
        if (comment ? calls_it_scratch(line) : is_scratch_key(line)) return true;
    }
    return p->lead != PASSAGE_NONE && calls_it_scratch(passage_text(&j->passages[p->lead]));
}

/* "echo … | tee -a /tank/drill/postgresql.auto.conf": written into what its path calls a drill's. */
static bool is_written_to_scratch(str line) {
    static const char *const names[] = {"/drill", "/scratch", "/sandbox",     "/staging",
                                        "-drill", "/rehears", "/restore-test"};
    ptrdiff_t at = str_find(line, STR(" tee "), 0);
    if (at < 0) at = str_find(line, STR(">> "), 0);
    if (at < 0) at = str_find(line, STR("> "), 0);
    for (size_t k = 0; at >= 0 && k < COUNT_OF(names); k++)
        if (str_find(line, str_from_cstr(names[k]), at) >= 0) return true;
    return false;
}

const char *doubt_of_scratch(judge *j, const passage *p, const claim *c) {
    if (p->kind == PASSAGE_CODE && is_written_to_scratch(passage_text(p)))
        OBJECT(j, "it is set for what is up for a while");
    if (p->kind == PASSAGE_CODE && p->flags & PASSAGE_CONFIG) {
        if (is_of_scratch(j, p)) OBJECT(j, "it is set for what is up for a while");
        return NULL;
    }
    if (c->kind != CLAIM_PORT) return NULL;
    str port = port_of(j, p);
    uint64_t number;
    uint32_t count = 0, own = (uint32_t)(p - j->passages);
    if (!str_to_u64(port, &number) || number > 65535) return NULL;
    fact_index_port(j->index, (uint32_t)number, &count);
    if (!count && p->kind == PASSAGE_SENTENCE && is_preview(p)) OBJECT(j, "it is a preview's");
    if (count) return NULL;
    const port_answer *a = answer_of(j, port);
    if (a->forwarded || (own < PORT_PASSAGES_READ && forwards(passage_text(p), port)))
        OBJECT(j, "the near end of a tunnel");
    for (int i = 0; i < 2 && a->scratch[i] != PASSAGE_NONE; i++)
        if (a->scratch[i] != own || !(p->flags & PASSAGE_CONFIG)) OBJECT(j, "what is set up for a while listens there");
    return NULL;
}
