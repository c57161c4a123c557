/* lex_ending.c - what the ending of a name says: a file, a host, a folder everyone has, an image's tag.
 *
 * In: a name. Out: yes or no. Lists in byte order, searched by halves; a table of (first letter, length) turns most
 * endings away before that. Deliberately not here: systemd units ("x.timer" is no path) and projects that are called
 * like a file (llama.cpp, Node.js).
 */
#include "lex/lex_internal.h"

/* Whether a list in byte order holds the word; ASCII capitals count as small. */
static bool in_list(str w, const str *list, size_t count) {
    uint8_t key[24];
    if (w.n == 0 || w.n > (ptrdiff_t)sizeof key) return false;
    for (ptrdiff_t i = 0; i < w.n; i++) key[i] = byte_lower(w.p[i]);
    size_t lo = 0, hi = count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        str entry = list[mid];
        int order = memcmp(entry.p, key, (size_t)(entry.n < w.n ? entry.n : w.n));
        if (order == 0) {
            if (entry.n == w.n) return true;
            order = entry.n < w.n ? -1 : 1;
        }
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

static const str EXTENSIONS[] = {
    LIT("7z"),    LIT("a"),     LIT("adoc"), LIT("astro"),   LIT("avi"),         LIT("awk"),     LIT("bak"),
    LIT("bash"),  LIT("bat"),   LIT("bin"),  LIT("bz2"),     LIT("c"),           LIT("cc"),      LIT("cfg"),
    LIT("cjs"),   LIT("cmake"), LIT("conf"), LIT("cpp"),     LIT("crt"),         LIT("cs"),      LIT("css"),
    LIT("csv"),   LIT("cu"),    LIT("cuh"),  LIT("db"),      LIT("deb"),         LIT("desktop"), LIT("diff"),
    LIT("doc"),   LIT("docx"),  LIT("dtb"),  LIT("ebuild"),  LIT("err"),         LIT("exe"),     LIT("fish"),
    LIT("gguf"),  LIT("gif"),   LIT("go"),   LIT("gz"),      LIT("h"),           LIT("hcl"),     LIT("hpp"),
    LIT("hs"),    LIT("htm"),   LIT("html"), LIT("ico"),     LIT("img"),         LIT("in"),      LIT("ini"),
    LIT("ipynb"), LIT("iso"),   LIT("jar"),  LIT("java"),    LIT("jpeg"),        LIT("jpg"),     LIT("js"),
    LIT("json"),  LIT("jsonl"), LIT("jsx"),  LIT("key"),     LIT("kt"),          LIT("ld"),      LIT("lock"),
    LIT("log"),   LIT("lua"),   LIT("m4"),   LIT("md"),      LIT("mdx"),         LIT("mjs"),     LIT("mk"),
    LIT("ml"),    LIT("mov"),   LIT("mp3"),  LIT("mp4"),     LIT("nix"),         LIT("o"),       LIT("odt"),
    LIT("ogg"),   LIT("onnx"),  LIT("out"),  LIT("parquet"), LIT("patch"),       LIT("pdf"),     LIT("pem"),
    LIT("php"),   LIT("pid"),   LIT("pl"),   LIT("plist"),   LIT("png"),         LIT("po"),      LIT("ps1"),
    LIT("pt"),    LIT("pth"),   LIT("pub"),  LIT("py"),      LIT("pyc"),         LIT("pyi"),     LIT("r"),
    LIT("rb"),    LIT("rpm"),   LIT("rs"),   LIT("rst"),     LIT("safetensors"), LIT("scss"),    LIT("sh"),
    LIT("so"),    LIT("sock"),  LIT("sql"),  LIT("sqlite"),  LIT("sqlite3"),     LIT("svelte"),  LIT("svg"),
    LIT("swift"), LIT("swp"),   LIT("tar"),  LIT("tcl"),     LIT("tex"),         LIT("tf"),      LIT("tgz"),
    LIT("tmp"),   LIT("toml"),  LIT("ts"),   LIT("tsv"),     LIT("tsx"),         LIT("ttf"),     LIT("txt"),
    LIT("vue"),   LIT("wasm"),  LIT("wav"),  LIT("webp"),    LIT("whl"),         LIT("woff2"),   LIT("xml"),
    LIT("xz"),    LIT("yaml"),  LIT("yml"),  LIT("zip"),     LIT("zsh"),         LIT("zst")};
/* Names that end like files and are none. */
static const str NO_FILES[] = {LIT("alpine.js"),  LIT("asp.net"),   LIT("backbone.js"),
                               LIT("bitnet.cpp"), LIT("chart.js"),  LIT("d3.js"),
                               LIT("discord.py"), LIT("draw.io"),   LIT("ember.js"),
                               LIT("express.js"), LIT("llama.cpp"), LIT("next.js"),
                               LIT("node.js"),    LIT("nuxt.js"),   LIT("p5.js"),
                               LIT("react.js"),   LIT("socket.io"), LIT("stable-diffusion.cpp"),
                               LIT("three.js"),   LIT("vue.js"),    LIT("whisper.cpp")};
static const str WHOLE_FILES[] = {LIT("caddyfile"), LIT("containerfile"), LIT("dockerfile"),
                                  LIT("gemfile"),   LIT("jenkinsfile"),   LIT("justfile"),
                                  LIT("makefile"),  LIT("procfile"),      LIT("vagrantfile")};
static const str DOMAINS[] = {LIT("ai"),    LIT("app"),         LIT("arpa"),    LIT("at"),   LIT("blog"), LIT("ca"),
                              LIT("ch"),    LIT("cloud"),       LIT("com"),     LIT("de"),   LIT("dev"),  LIT("dk"),
                              LIT("es"),    LIT("eu"),          LIT("example"), LIT("fi"),   LIT("fr"),   LIT("home"),
                              LIT("info"),  LIT("internal"),    LIT("invalid"), LIT("io"),   LIT("it"),   LIT("lan"),
                              LIT("local"), LIT("localdomain"), LIT("net"),     LIT("nl"),   LIT("no"),   LIT("online"),
                              LIT("org"),   LIT("page"),        LIT("pl"),      LIT("pt"),   LIT("ro"),   LIT("se"),
                              LIT("sh"),    LIT("site"),        LIT("tech"),    LIT("test"), LIT("uk"),   LIT("us"),
                              LIT("xyz")};
static const str ROOTS[] = {
    LIT("app"),          LIT("apps"),  LIT("assets"),   LIT("bin"),       LIT("boot"),   LIT("build"),
    LIT("cmd"),          LIT("conf"),  LIT("config"),   LIT("content"),   LIT("corpus"), LIT("deploy"),
    LIT("dev"),          LIT("dist"),  LIT("docs"),     LIT("etc"),       LIT("home"),   LIT("hooks"),
    LIT("include"),      LIT("infra"), LIT("internal"), LIT("kernels"),   LIT("lib"),    LIT("mnt"),
    LIT("node_modules"), LIT("opt"),   LIT("packages"), LIT("pkg"),       LIT("proc"),   LIT("public"),
    LIT("rules"),        LIT("run"),   LIT("scripts"),  LIT("share"),     LIT("shared"), LIT("site"),
    LIT("src"),          LIT("srv"),   LIT("sys"),      LIT("templates"), LIT("test"),   LIT("tests"),
    LIT("tmp"),          LIT("tools"), LIT("usr"),      LIT("var"),       LIT("vendor")};

/* Bit n of [letter]: some extension or top-level domain of n letters begins with it. Digits first ("7z") pass. */
static const uint16_t ENDING_LENGTHS[26] = {0x3e,  0x18, 0x3e,  0x9c, 0xcc, 0x14, 0x1c, 0x1e, 0x1bc,
                                            0x3c,  0xc,  0x83c, 0xc,  0xc,  0x5a, 0xbc, 0x0,  0xe,
                                            0x8fc, 0x1c, 0x4,   0x8,  0x38, 0xc,  0x18, 0x8};

static bool may_end_name(str ext) {
    unsigned letter = (unsigned)(ext.p[0] | 0x20) - 'a';
    return letter >= 26 || (ext.n < 16 && (ENDING_LENGTHS[letter] >> ext.n & 1));
}

static str extension(const lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    ptrdiff_t dot = hi;
    while (dot > lo && hi - dot < 14 && x->s.p[dot - 1] != '.' && x->s.p[dot - 1] != '/') dot--;
    if (dot <= lo + 1 || dot == hi || x->s.p[dot - 1] != '.') return (str){NULL, 0};
    str ext = str_slice(x->s, dot, hi);
    return may_end_name(ext) ? ext : (str){NULL, 0};
}

bool lex_is_file(const lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    if (at(x, hi) == '(') return false; /* "console.log(" */
    for (ptrdiff_t k = hi; k > lo && hi - k < WORD_MAX; k--)
        if (x->s.p[k - 1] == '/') lo = k, k = lo + 1;
    str name = str_slice(x->s, lo, hi), ext = extension(x, lo, hi);
    if (ext.n == 0)
        return name.n > 0 && lex_class[name.p[0]] == B_UPPER && in_list(name, WHOLE_FILES, COUNT_OF(WHOLE_FILES));
    bool capitals = lex_class[ext.p[0]] == B_UPPER;
    if (capitals && (ext.n < 2 || lex_class[ext.p[1]] != B_UPPER)) return false; /* "Disp.A" */
    return in_list(ext, EXTENSIONS, COUNT_OF(EXTENSIONS)) && !in_list(name, NO_FILES, COUNT_OF(NO_FILES));
}

bool lex_is_domain(const lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    if (at(x, hi) == '(') return false; /* "regex.test(" */
    str ext = extension(x, lo, hi), name = str_slice(x->s, lo, hi);
    if (ext.n == 0 || lex_class[ext.p[0]] != B_LOWER || !in_list(ext, DOMAINS, COUNT_OF(DOMAINS))) return false;
    return memchr(name.p, '/', (size_t)name.n) == NULL && memchr(name.p, '_', (size_t)name.n) == NULL &&
           !in_list(name, NO_FILES, COUNT_OF(NO_FILES));
}

bool lex_is_root(str folder) { return in_list(folder, ROOTS, COUNT_OF(ROOTS)); }

bool lex_is_tag(str tag) {
    static const str TAGS[] = {LIT("alpine"), LIT("edge"),    LIT("latest"), LIT("lts"),   LIT("main"),
                               LIT("master"), LIT("nightly"), LIT("slim"),   LIT("stable")};
    return in_list(tag, TAGS, COUNT_OF(TAGS));
}
