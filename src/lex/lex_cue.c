/* lex_cue.c - the words beside a number, and what they may mean.
 *
 * In: a position. Out: the word to its left or right, and a set of meanings (enum cue). A word can have several: "may"
 * is a month and a verb, "page" a section, a counted noun's neighbour and a size in bytes; who asks decides by shape
 * and place. Invariant: no function here reads more than WORD_MAX bytes, and none to the left passes the floor.
 */
#include "base/utf8.h"
#include "lex/lex_internal.h"

/* clang-format off */
/* In byte order; CUE_FIRST[k] is the first one that begins with letter k. A test asks for every line's own word. */
static const struct {
    str word;
    unsigned cues;
} CUES[] = {
    {LIT("a"), CUE_STOP}, {LIT("about"), CUE_STOP | CUE_BOUND}, {LIT("above"), CUE_STOP | CUE_BOUND},
    {LIT("according"), CUE_STOP}, {LIT("across"), CUE_STOP}, {LIT("active"), CUE_MODEL}, {LIT("add"), CUE_STOP},
    {LIT("added"), CUE_STOP}, {LIT("additional"), CUE_DETERMINER}, {LIT("adds"), CUE_STOP},
    {LIT("after"), CUE_STOP | CUE_YEAR}, {LIT("again"), CUE_STOP}, {LIT("against"), CUE_STOP},
    {LIT("agent"), CUE_PART}, {LIT("all"), CUE_STOP}, {LIT("allow"), CUE_STOP}, {LIT("almalinux"), CUE_PRODUCT},
    {LIT("almost"), CUE_STOP | CUE_BOUND}, {LIT("along"), CUE_STOP}, {LIT("alpine"), CUE_PRODUCT},
    {LIT("already"), CUE_STOP}, {LIT("also"), CUE_STOP}, {LIT("although"), CUE_STOP}, {LIT("always"), CUE_STOP},
    {LIT("am"), CUE_STOP}, {LIT("among"), CUE_STOP}, {LIT("ampere"), CUE_HARDWARE}, {LIT("an"), CUE_STOP},
    {LIT("and"), CUE_STOP | CUE_NUMBER | CUE_YEAR}, {LIT("android"), CUE_PRODUCT}, {LIT("angular"), CUE_PRODUCT},
    {LIT("another"), CUE_STOP}, {LIT("ansi"), CUE_HARDWARE}, {LIT("ansible"), CUE_PRODUCT}, {LIT("any"), CUE_STOP},
    {LIT("apache"), CUE_PRODUCT}, {LIT("api"), CUE_PART}, {LIT("appendix"), CUE_SECTION}, {LIT("approx"), CUE_BOUND},
    {LIT("approximately"), CUE_STOP | CUE_BOUND}, {LIT("apr"), CUE_MONTH}, {LIT("april"), CUE_MONTH | CUE_YEAR},
    {LIT("arc"), CUE_HARDWARE}, {LIT("arch"), CUE_PRODUCT}, {LIT("are"), CUE_STOP},
    {LIT("around"), CUE_STOP | CUE_BOUND}, {LIT("article"), CUE_SECTION}, {LIT("as"), CUE_STOP},
    {LIT("ask"), CUE_STOP}, {LIT("astro"), CUE_PRODUCT}, {LIT("at"), CUE_STOP | CUE_LINK},
    {LIT("athlon"), CUE_HARDWARE}, {LIT("attempt"), CUE_SECTION}, {LIT("aug"), CUE_MONTH},
    {LIT("august"), CUE_MONTH | CUE_YEAR}, {LIT("autumn"), CUE_YEAR}, {LIT("average"), CUE_STOP},
    {LIT("avoid"), CUE_STOP}, {LIT("away"), CUE_STOP}, {LIT("back"), CUE_STOP}, {LIT("bash"), CUE_PRODUCT},
    {LIT("bay"), CUE_COMPOUND}, {LIT("be"), CUE_STOP}, {LIT("became"), CUE_STOP}, {LIT("because"), CUE_STOP},
    {LIT("become"), CUE_STOP}, {LIT("bedroom"), CUE_COMPOUND}, {LIT("been"), CUE_STOP},
    {LIT("before"), CUE_STOP | CUE_YEAR}, {LIT("begin"), CUE_STOP}, {LIT("behind"), CUE_STOP},
    {LIT("being"), CUE_STOP}, {LIT("below"), CUE_STOP | CUE_BOUND}, {LIT("beneath"), CUE_STOP},
    {LIT("beside"), CUE_STOP}, {LIT("besides"), CUE_STOP}, {LIT("between"), CUE_STOP | CUE_YEAR | CUE_SPAN},
    {LIT("beyond"), CUE_BOUND}, {LIT("big"), CUE_DETERMINER}, {LIT("billion"), CUE_NUMBER}, {LIT("bios"), CUE_PART},
    {LIT("bit"), CUE_COMPOUND}, {LIT("blackwell"), CUE_HARDWARE}, {LIT("block"), CUE_BYTES},
    {LIT("blocks"), CUE_BYTES}, {LIT("bootstrap"), CUE_PRODUCT}, {LIT("borg"), CUE_PRODUCT}, {LIT("both"), CUE_STOP},
    {LIT("bring"), CUE_STOP}, {LIT("btrfs"), CUE_PRODUCT}, {LIT("budget"), CUE_STOP}, {LIT("buffer"), CUE_BYTES},
    {LIT("bug"), CUE_SECTION}, {LIT("build"), CUE_STOP}, {LIT("builds"), CUE_STOP}, {LIT("built"), CUE_STOP},
    {LIT("bump"), CUE_STOP}, {LIT("bumped"), CUE_STOP}, {LIT("but"), CUE_STOP}, {LIT("buy"), CUE_STOP},
    {LIT("buys"), CUE_STOP}, {LIT("by"), CUE_STOP | CUE_YEAR}, {LIT("ca"), CUE_BOUND}, {LIT("cache"), CUE_BYTES},
    {LIT("cacheline"), CUE_BYTES}, {LIT("caddy"), CUE_PRODUCT}, {LIT("call"), CUE_STOP}, {LIT("came"), CUE_STOP},
    {LIT("can"), CUE_STOP}, {LIT("cannot"), CUE_STOP}, {LIT("cassandra"), CUE_PRODUCT},
    {LIT("celeron"), CUE_HARDWARE}, {LIT("centos"), CUE_PRODUCT}, {LIT("ch"), CUE_SECTION},
    {LIT("channel"), CUE_COMPOUND}, {LIT("chapter"), CUE_SECTION}, {LIT("chapters"), CUE_SECTION},
    {LIT("character"), CUE_COMPOUND}, {LIT("check"), CUE_STOP}, {LIT("checkpoint"), CUE_MODEL},
    {LIT("choose"), CUE_STOP}, {LIT("chrome"), CUE_PRODUCT}, {LIT("chunk"), CUE_BYTES}, {LIT("chunks"), CUE_BYTES},
    {LIT("circa"), CUE_YEAR | CUE_BOUND}, {LIT("clang"), CUE_PRODUCT}, {LIT("clause"), CUE_SECTION},
    {LIT("cli"), CUE_PART}, {LIT("clickhouse"), CUE_PRODUCT}, {LIT("client"), CUE_PART},
    {LIT("close"), CUE_STOP | CUE_BOUND}, {LIT("cmake"), CUE_PRODUCT}, {LIT("code"), CUE_ERROR},
    {LIT("come"), CUE_STOP}, {LIT("comes"), CUE_STOP}, {LIT("compare"), CUE_STOP}, {LIT("compared"), CUE_STOP},
    {LIT("compiler"), CUE_PART}, {LIT("consecutive"), CUE_DETERMINER}, {LIT("consul"), CUE_PRODUCT},
    {LIT("containerd"), CUE_PRODUCT}, {LIT("context"), CUE_CONTEXT}, {LIT("context-window"), CUE_CONTEXT},
    {LIT("contexts"), CUE_CONTEXT}, {LIT("copy"), CUE_STOP}, {LIT("copyright"), CUE_YEAR},
    {LIT("core"), CUE_HARDWARE | CUE_PART | CUE_COMPOUND}, {LIT("cortex"), CUE_HARDWARE}, {LIT("cost"), CUE_STOP},
    {LIT("costs"), CUE_STOP}, {LIT("could"), CUE_STOP}, {LIT("cpu"), CUE_COMPOUND}, {LIT("create"), CUE_STOP},
    {LIT("ctx"), CUE_CONTEXT}, {LIT("cuda"), CUE_PRODUCT}, {LIT("cudnn"), CUE_PRODUCT}, {LIT("curl"), CUE_PRODUCT},
    {LIT("cut"), CUE_STOP}, {LIT("cve"), CUE_HARDWARE}, {LIT("daemon"), CUE_PART}, {LIT("database"), CUE_PART},
    {LIT("day"), CUE_SECTION}, {LIT("ddr"), CUE_HARDWARE}, {LIT("debian"), CUE_PRODUCT}, {LIT("dec"), CUE_MONTH},
    {LIT("december"), CUE_MONTH | CUE_YEAR}, {LIT("default"), CUE_STOP}, {LIT("delete"), CUE_STOP},
    {LIT("dense"), CUE_MODEL}, {LIT("deploy"), CUE_STOP}, {LIT("did"), CUE_STOP}, {LIT("different"), CUE_DETERMINER},
    {LIT("digit"), CUE_COMPOUND}, {LIT("din"), CUE_HARDWARE}, {LIT("disk"), CUE_COMPOUND},
    {LIT("distinct"), CUE_DETERMINER}, {LIT("distribution"), CUE_PART}, {LIT("django"), CUE_PRODUCT},
    {LIT("do"), CUE_STOP}, {LIT("docker"), CUE_PRODUCT}, {LIT("does"), CUE_STOP}, {LIT("done"), CUE_STOP},
    {LIT("dotnet"), CUE_PRODUCT}, {LIT("dovecot"), CUE_PRODUCT}, {LIT("down"), CUE_STOP}, {LIT("download"), CUE_STOP},
    {LIT("dozen"), CUE_NUMBER}, {LIT("drive"), CUE_COMPOUND}, {LIT("driver"), CUE_PRODUCT | CUE_PART},
    {LIT("drivers"), CUE_PART}, {LIT("drop"), CUE_STOP}, {LIT("drops"), CUE_STOP}, {LIT("drupal"), CUE_PRODUCT},
    {LIT("due"), CUE_STOP}, {LIT("during"), CUE_STOP | CUE_YEAR}, {LIT("each"), CUE_STOP}, {LIT("early"), CUE_YEAR},
    {LIT("edit"), CUE_STOP}, {LIT("edition"), CUE_PART}, {LIT("eight"), CUE_NUMBER}, {LIT("eighteen"), CUE_NUMBER},
    {LIT("eighth"), CUE_ORDINAL}, {LIT("eighty"), CUE_NUMBER}, {LIT("either"), CUE_STOP},
    {LIT("elasticsearch"), CUE_PRODUCT}, {LIT("eleven"), CUE_NUMBER}, {LIT("elixir"), CUE_PRODUCT},
    {LIT("else"), CUE_STOP}, {LIT("emacs"), CUE_PRODUCT}, {LIT("en"), CUE_HARDWARE}, {LIT("enable"), CUE_STOP},
    {LIT("end"), CUE_STOP}, {LIT("ended"), CUE_STOP}, {LIT("engine"), CUE_PART}, {LIT("enough"), CUE_STOP},
    {LIT("enterprise"), CUE_PART}, {LIT("envoy"), CUE_PRODUCT}, {LIT("epyc"), CUE_HARDWARE}, {LIT("eq"), CUE_SECTION},
    {LIT("equal"), CUE_STOP}, {LIT("equation"), CUE_SECTION}, {LIT("erlang"), CUE_PRODUCT},
    {LIT("esphome"), CUE_PRODUCT}, {LIT("esxi"), CUE_PRODUCT}, {LIT("etcd"), CUE_PRODUCT}, {LIT("even"), CUE_STOP},
    {LIT("ever"), CUE_STOP}, {LIT("every"), CUE_STOP}, {LIT("exactly"), CUE_STOP},
    {LIT("example"), CUE_STOP | CUE_SECTION}, {LIT("exceeding"), CUE_BOUND}, {LIT("except"), CUE_STOP},
    {LIT("exercise"), CUE_SECTION}, {LIT("expect"), CUE_STOP}, {LIT("exporter"), CUE_PART},
    {LIT("extra"), CUE_DETERMINER}, {LIT("fail"), CUE_STOP}, {LIT("failed"), CUE_STOP}, {LIT("fall"), CUE_YEAR},
    {LIT("falls"), CUE_STOP}, {LIT("false"), CUE_STOP}, {LIT("feb"), CUE_MONTH},
    {LIT("february"), CUE_MONTH | CUE_YEAR}, {LIT("fedora"), CUE_PRODUCT}, {LIT("fell"), CUE_STOP},
    {LIT("fetch"), CUE_STOP}, {LIT("few"), CUE_STOP}, {LIT("ffmpeg"), CUE_PRODUCT}, {LIT("fifteen"), CUE_NUMBER},
    {LIT("fifth"), CUE_ORDINAL}, {LIT("fifty"), CUE_NUMBER}, {LIT("fig"), CUE_SECTION}, {LIT("figure"), CUE_SECTION},
    {LIT("figures"), CUE_SECTION}, {LIT("find"), CUE_STOP}, {LIT("finds"), CUE_STOP}, {LIT("fips"), CUE_HARDWARE},
    {LIT("firefox"), CUE_PRODUCT}, {LIT("firmware"), CUE_PART}, {LIT("first"), CUE_STOP | CUE_ORDINAL},
    {LIT("five"), CUE_NUMBER}, {LIT("flask"), CUE_PRODUCT}, {LIT("follow"), CUE_STOP}, {LIT("footnote"), CUE_SECTION},
    {LIT("for"), CUE_STOP}, {LIT("forty"), CUE_NUMBER}, {LIT("found"), CUE_STOP}, {LIT("four"), CUE_NUMBER},
    {LIT("fourteen"), CUE_NUMBER}, {LIT("fourth"), CUE_ORDINAL}, {LIT("fraction"), CUE_STOP},
    {LIT("framework"), CUE_PART}, {LIT("free"), CUE_DETERMINER}, {LIT("freebsd"), CUE_PRODUCT},
    {LIT("from"), CUE_STOP | CUE_YEAR | CUE_SPAN}, {LIT("full-time"), CUE_DETERMINER},
    {LIT("further"), CUE_STOP | CUE_DETERMINER}, {LIT("g++"), CUE_PRODUCT}, {LIT("gained"), CUE_STOP},
    {LIT("gains"), CUE_STOP}, {LIT("galaxy"), CUE_HARDWARE}, {LIT("gave"), CUE_STOP}, {LIT("gcc"), CUE_PRODUCT},
    {LIT("gddr"), CUE_HARDWARE}, {LIT("geforce"), CUE_HARDWARE}, {LIT("get"), CUE_STOP}, {LIT("gets"), CUE_STOP},
    {LIT("git"), CUE_PRODUCT}, {LIT("gitlab"), CUE_PRODUCT}, {LIT("give"), CUE_STOP}, {LIT("given"), CUE_STOP},
    {LIT("gives"), CUE_STOP}, {LIT("glibc"), CUE_PRODUCT}, {LIT("gnome"), CUE_PRODUCT},
    {LIT("go"), CUE_STOP | CUE_PRODUCT}, {LIT("goes"), CUE_STOP}, {LIT("golang"), CUE_PRODUCT},
    {LIT("got"), CUE_STOP}, {LIT("gpu"), CUE_COMPOUND}, {LIT("grafana"), CUE_PRODUCT},
    {LIT("graviton"), CUE_HARDWARE}, {LIT("grew"), CUE_STOP}, {LIT("grows"), CUE_STOP}, {LIT("gtk"), CUE_PRODUCT},
    {LIT("gtx"), CUE_HARDWARE}, {LIT("had"), CUE_STOP}, {LIT("half"), CUE_STOP | CUE_NUMBER},
    {LIT("haproxy"), CUE_PRODUCT}, {LIT("has"), CUE_STOP}, {LIT("have"), CUE_STOP}, {LIT("hbm"), CUE_HARDWARE},
    {LIT("he"), CUE_STOP}, {LIT("head"), CUE_COMPOUND}, {LIT("header"), CUE_BYTES}, {LIT("held"), CUE_STOP},
    {LIT("helm"), CUE_PRODUCT}, {LIT("her"), CUE_STOP}, {LIT("here"), CUE_STOP}, {LIT("hers"), CUE_STOP},
    {LIT("him"), CUE_STOP}, {LIT("his"), CUE_STOP}, {LIT("hit"), CUE_STOP}, {LIT("hold"), CUE_STOP},
    {LIT("holds"), CUE_STOP}, {LIT("hop"), CUE_COMPOUND}, {LIT("how"), CUE_STOP}, {LIT("however"), CUE_STOP},
    {LIT("http"), CUE_ERROR}, {LIT("https"), CUE_ERROR}, {LIT("hugo"), CUE_PRODUCT}, {LIT("hundred"), CUE_NUMBER},
    {LIT("i"), CUE_STOP}, {LIT("identical"), CUE_DETERMINER}, {LIT("iec"), CUE_HARDWARE}, {LIT("ieee"), CUE_HARDWARE},
    {LIT("if"), CUE_STOP}, {LIT("image"), CUE_PART}, {LIT("in"), CUE_STOP | CUE_YEAR},
    {LIT("independent"), CUE_DETERMINER}, {LIT("individual"), CUE_DETERMINER}, {LIT("inside"), CUE_STOP},
    {LIT("install"), CUE_STOP}, {LIT("installed"), CUE_STOP}, {LIT("installs"), CUE_STOP}, {LIT("instead"), CUE_STOP},
    {LIT("interpreter"), CUE_PART}, {LIT("into"), CUE_STOP}, {LIT("ios"), CUE_PRODUCT}, {LIT("ipados"), CUE_PRODUCT},
    {LIT("iphone"), CUE_HARDWARE}, {LIT("is"), CUE_STOP | CUE_LINK}, {LIT("iso"), CUE_HARDWARE},
    {LIT("issue"), CUE_SECTION}, {LIT("issues"), CUE_SECTION}, {LIT("it"), CUE_STOP}, {LIT("item"), CUE_SECTION},
    {LIT("items"), CUE_SECTION}, {LIT("its"), CUE_STOP}, {LIT("itself"), CUE_STOP}, {LIT("jan"), CUE_MONTH},
    {LIT("january"), CUE_MONTH | CUE_YEAR}, {LIT("java"), CUE_PRODUCT}, {LIT("jax"), CUE_PRODUCT},
    {LIT("jdk"), CUE_PRODUCT}, {LIT("jekyll"), CUE_PRODUCT}, {LIT("jenkins"), CUE_PRODUCT},
    {LIT("jetson"), CUE_HARDWARE}, {LIT("jquery"), CUE_PRODUCT}, {LIT("jre"), CUE_PRODUCT}, {LIT("jul"), CUE_MONTH},
    {LIT("julia"), CUE_PRODUCT}, {LIT("july"), CUE_MONTH | CUE_YEAR}, {LIT("jun"), CUE_MONTH},
    {LIT("june"), CUE_MONTH | CUE_YEAR}, {LIT("just"), CUE_STOP}, {LIT("k8s"), CUE_PRODUCT},
    {LIT("kafka"), CUE_PRODUCT}, {LIT("keep"), CUE_STOP}, {LIT("keeps"), CUE_STOP}, {LIT("kept"), CUE_STOP},
    {LIT("kernel"), CUE_PRODUCT | CUE_PART}, {LIT("keycloak"), CUE_PRODUCT}, {LIT("kotlin"), CUE_PRODUCT},
    {LIT("kubernetes"), CUE_PRODUCT}, {LIT("lane"), CUE_COMPOUND}, {LIT("language"), CUE_MODEL},
    {LIT("laravel"), CUE_PRODUCT}, {LIT("large"), CUE_DETERMINER}, {LIT("last"), CUE_STOP}, {LIT("late"), CUE_YEAR},
    {LIT("latency"), CUE_STOP}, {LIT("later"), CUE_STOP}, {LIT("layer"), CUE_COMPOUND},
    {LIT("least"), CUE_STOP | CUE_BOUND}, {LIT("leave"), CUE_STOP}, {LIT("leaves"), CUE_STOP},
    {LIT("left"), CUE_STOP}, {LIT("less"), CUE_STOP}, {LIT("lesson"), CUE_SECTION}, {LIT("let"), CUE_STOP},
    {LIT("letter"), CUE_COMPOUND}, {LIT("level"), CUE_SECTION}, {LIT("library"), CUE_PART},
    {LIT("libvirt"), CUE_PRODUCT}, {LIT("like"), CUE_STOP}, {LIT("likely"), CUE_STOP}, {LIT("limit"), CUE_STOP},
    {LIT("line"), CUE_SECTION | CUE_COMPOUND | CUE_BYTES}, {LIT("lines"), CUE_SECTION},
    {LIT("linux"), CUE_PRODUCT | CUE_PART}, {LIT("listing"), CUE_SECTION}, {LIT("llama.cpp"), CUE_PRODUCT},
    {LIT("llm"), CUE_MODEL}, {LIT("llms"), CUE_MODEL}, {LIT("llvm"), CUE_PRODUCT}, {LIT("loki"), CUE_PRODUCT},
    {LIT("lost"), CUE_STOP}, {LIT("lower"), CUE_STOP}, {LIT("lowered"), CUE_STOP}, {LIT("lpddr"), CUE_HARDWARE},
    {LIT("lts"), CUE_PART}, {LIT("macos"), CUE_PRODUCT}, {LIT("made"), CUE_STOP},
    {LIT("make"), CUE_STOP | CUE_PRODUCT}, {LIT("makes"), CUE_STOP}, {LIT("many"), CUE_STOP}, {LIT("mar"), CUE_MONTH},
    {LIT("march"), CUE_MONTH | CUE_YEAR}, {LIT("mariadb"), CUE_PRODUCT}, {LIT("maximum"), CUE_STOP | CUE_BOUND},
    {LIT("may"), CUE_STOP | CUE_MONTH | CUE_YEAR}, {LIT("me"), CUE_STOP}, {LIT("mean"), CUE_STOP},
    {LIT("means"), CUE_STOP}, {LIT("meant"), CUE_STOP}, {LIT("meanwhile"), CUE_STOP}, {LIT("measure"), CUE_STOP},
    {LIT("measured"), CUE_STOP}, {LIT("measures"), CUE_STOP}, {LIT("median"), CUE_STOP}, {LIT("message"), CUE_BYTES},
    {LIT("messages"), CUE_BYTES}, {LIT("mid"), CUE_YEAR}, {LIT("might"), CUE_STOP}, {LIT("million"), CUE_NUMBER},
    {LIT("minimum"), CUE_STOP | CUE_BOUND}, {LIT("mixture-of-experts"), CUE_MODEL}, {LIT("model"), CUE_MODEL},
    {LIT("models"), CUE_MODEL}, {LIT("module"), CUE_PART}, {LIT("moe"), CUE_MODEL}, {LIT("mongodb"), CUE_PRODUCT},
    {LIT("more"), CUE_STOP | CUE_DETERMINER}, {LIT("most"), CUE_STOP | CUE_BOUND}, {LIT("move"), CUE_STOP},
    {LIT("moved"), CUE_STOP}, {LIT("moves"), CUE_STOP}, {LIT("much"), CUE_STOP}, {LIT("musl"), CUE_PRODUCT},
    {LIT("must"), CUE_STOP}, {LIT("my"), CUE_STOP}, {LIT("mysql"), CUE_PRODUCT}, {LIT("nan"), CUE_STOP},
    {LIT("nats"), CUE_PRODUCT}, {LIT("nccl"), CUE_PRODUCT}, {LIT("near"), CUE_STOP},
    {LIT("nearly"), CUE_STOP | CUE_BOUND}, {LIT("need"), CUE_STOP}, {LIT("needs"), CUE_STOP},
    {LIT("neither"), CUE_STOP}, {LIT("neoverse"), CUE_HARDWARE}, {LIT("neovim"), CUE_PRODUCT},
    {LIT("netbsd"), CUE_PRODUCT}, {LIT("never"), CUE_STOP}, {LIT("new"), CUE_DETERMINER}, {LIT("next"), CUE_STOP},
    {LIT("next.js"), CUE_PRODUCT}, {LIT("nextcloud"), CUE_PRODUCT}, {LIT("nginx"), CUE_PRODUCT},
    {LIT("nine"), CUE_NUMBER}, {LIT("nineteen"), CUE_NUMBER}, {LIT("ninety"), CUE_NUMBER},
    {LIT("ninth"), CUE_ORDINAL}, {LIT("nist"), CUE_HARDWARE}, {LIT("nixos"), CUE_PRODUCT}, {LIT("no"), CUE_STOP},
    {LIT("node"), CUE_PRODUCT | CUE_COMPOUND}, {LIT("node.js"), CUE_PRODUCT}, {LIT("nodejs"), CUE_PRODUCT},
    {LIT("nomad"), CUE_PRODUCT}, {LIT("none"), CUE_STOP}, {LIT("nor"), CUE_STOP}, {LIT("not"), CUE_STOP},
    {LIT("note"), CUE_STOP | CUE_SECTION}, {LIT("nothing"), CUE_STOP}, {LIT("nov"), CUE_MONTH},
    {LIT("november"), CUE_MONTH | CUE_YEAR}, {LIT("now"), CUE_STOP}, {LIT("null"), CUE_STOP},
    {LIT("numpy"), CUE_PRODUCT}, {LIT("nuxt"), CUE_PRODUCT}, {LIT("oct"), CUE_MONTH},
    {LIT("october"), CUE_MONTH | CUE_YEAR}, {LIT("of"), CUE_STOP | CUE_YEAR | CUE_BOUND}, {LIT("off"), CUE_STOP},
    {LIT("often"), CUE_STOP}, {LIT("old"), CUE_DETERMINER}, {LIT("ollama"), CUE_PRODUCT}, {LIT("on"), CUE_STOP},
    {LIT("once"), CUE_STOP}, {LIT("one"), CUE_STOP | CUE_NUMBER}, {LIT("only"), CUE_STOP}, {LIT("onto"), CUE_STOP},
    {LIT("open"), CUE_STOP}, {LIT("openbsd"), CUE_PRODUCT}, {LIT("openjdk"), CUE_PRODUCT},
    {LIT("openjpeg"), CUE_PRODUCT}, {LIT("opensearch"), CUE_PRODUCT}, {LIT("openssh"), CUE_PRODUCT},
    {LIT("openssl"), CUE_PRODUCT}, {LIT("opensuse"), CUE_PRODUCT}, {LIT("openvpn"), CUE_PRODUCT},
    {LIT("operator"), CUE_PART}, {LIT("opteron"), CUE_HARDWARE}, {LIT("option"), CUE_SECTION}, {LIT("or"), CUE_STOP},
    {LIT("os"), CUE_PART}, {LIT("other"), CUE_STOP | CUE_DETERMINER}, {LIT("our"), CUE_STOP}, {LIT("ours"), CUE_STOP},
    {LIT("out"), CUE_STOP}, {LIT("outside"), CUE_STOP}, {LIT("over"), CUE_STOP | CUE_BOUND},
    {LIT("own"), CUE_STOP | CUE_DETERMINER}, {LIT("package"), CUE_PART}, {LIT("packet"), CUE_BYTES},
    {LIT("packets"), CUE_BYTES}, {LIT("page"), CUE_SECTION | CUE_COMPOUND | CUE_BYTES},
    {LIT("pages"), CUE_SECTION | CUE_BYTES}, {LIT("pandas"), CUE_PRODUCT}, {LIT("pandoc"), CUE_PRODUCT},
    {LIT("param"), CUE_MODEL}, {LIT("parameter"), CUE_MODEL}, {LIT("parameters"), CUE_MODEL},
    {LIT("params"), CUE_MODEL}, {LIT("part"), CUE_SECTION | CUE_COMPOUND}, {LIT("parts"), CUE_SECTION},
    {LIT("patroni"), CUE_PRODUCT}, {LIT("payload"), CUE_BYTES}, {LIT("peak"), CUE_STOP},
    {LIT("pentium"), CUE_HARDWARE}, {LIT("pep"), CUE_HARDWARE}, {LIT("per"), CUE_STOP}, {LIT("perhaps"), CUE_STOP},
    {LIT("perl"), CUE_PRODUCT}, {LIT("pgbackrest"), CUE_PRODUCT}, {LIT("pgbouncer"), CUE_PRODUCT},
    {LIT("phase"), CUE_SECTION}, {LIT("php"), CUE_PRODUCT}, {LIT("pi"), CUE_HARDWARE}, {LIT("pick"), CUE_STOP},
    {LIT("piece"), CUE_COMPOUND}, {LIT("pin"), CUE_STOP}, {LIT("pinned"), CUE_STOP}, {LIT("pixel"), CUE_HARDWARE},
    {LIT("plugin"), CUE_PART}, {LIT("plus"), CUE_STOP}, {LIT("podman"), CUE_PRODUCT}, {LIT("point"), CUE_COMPOUND},
    {LIT("port"), CUE_PORT | CUE_COMPOUND}, {LIT("ports"), CUE_PORT}, {LIT("postfix"), CUE_PRODUCT},
    {LIT("postgres"), CUE_PRODUCT}, {LIT("postgresql"), CUE_PRODUCT}, {LIT("pr"), CUE_SECTION},
    {LIT("printed"), CUE_STOP}, {LIT("prints"), CUE_STOP}, {LIT("prior"), CUE_STOP}, {LIT("prometheus"), CUE_PRODUCT},
    {LIT("prompt"), CUE_CONTEXT}, {LIT("prompts"), CUE_CONTEXT}, {LIT("proxmox"), CUE_PRODUCT},
    {LIT("proxy"), CUE_PART}, {LIT("pull"), CUE_STOP}, {LIT("push"), CUE_STOP}, {LIT("put"), CUE_STOP},
    {LIT("python"), CUE_PRODUCT}, {LIT("python3"), CUE_PRODUCT}, {LIT("pytorch"), CUE_PRODUCT},
    {LIT("qemu"), CUE_PRODUCT}, {LIT("qt"), CUE_PRODUCT}, {LIT("quadro"), CUE_HARDWARE},
    {LIT("question"), CUE_SECTION}, {LIT("quite"), CUE_STOP}, {LIT("rabbitmq"), CUE_PRODUCT},
    {LIT("radeon"), CUE_HARDWARE}, {LIT("rails"), CUE_PRODUCT}, {LIT("raise"), CUE_STOP}, {LIT("raised"), CUE_STOP},
    {LIT("raises"), CUE_STOP}, {LIT("ran"), CUE_STOP}, {LIT("rate"), CUE_STOP}, {LIT("rather"), CUE_STOP},
    {LIT("ratio"), CUE_STOP}, {LIT("reach"), CUE_STOP}, {LIT("reached"), CUE_STOP}, {LIT("react"), CUE_PRODUCT},
    {LIT("read"), CUE_STOP | CUE_BYTES}, {LIT("reading"), CUE_STOP}, {LIT("reads"), CUE_STOP | CUE_BYTES},
    {LIT("really"), CUE_STOP}, {LIT("record"), CUE_BYTES}, {LIT("redis"), CUE_PRODUCT}, {LIT("relative"), CUE_STOP},
    {LIT("release"), CUE_VERSION}, {LIT("releases"), CUE_VERSION}, {LIT("remove"), CUE_STOP},
    {LIT("removed"), CUE_STOP}, {LIT("replace"), CUE_STOP}, {LIT("replica"), CUE_COMPOUND}, {LIT("report"), CUE_STOP},
    {LIT("reported"), CUE_STOP}, {LIT("reports"), CUE_STOP}, {LIT("require"), CUE_STOP}, {LIT("required"), CUE_STOP},
    {LIT("requires"), CUE_STOP}, {LIT("restart"), CUE_STOP}, {LIT("restic"), CUE_PRODUCT}, {LIT("result"), CUE_STOP},
    {LIT("results"), CUE_STOP}, {LIT("return"), CUE_STOP}, {LIT("returned"), CUE_STOP}, {LIT("returns"), CUE_STOP},
    {LIT("rev"), CUE_VERSION}, {LIT("review"), CUE_STOP}, {LIT("revision"), CUE_VERSION}, {LIT("rfc"), CUE_HARDWARE},
    {LIT("rhel"), CUE_PRODUCT}, {LIT("rises"), CUE_STOP}, {LIT("rocky"), CUE_PRODUCT}, {LIT("rocm"), CUE_PRODUCT},
    {LIT("rose"), CUE_STOP}, {LIT("roughly"), CUE_STOP | CUE_BOUND}, {LIT("round"), CUE_SECTION},
    {LIT("row"), CUE_SECTION}, {LIT("rows"), CUE_SECTION}, {LIT("rtx"), CUE_HARDWARE}, {LIT("ruby"), CUE_PRODUCT},
    {LIT("rule"), CUE_SECTION}, {LIT("run"), CUE_STOP}, {LIT("running"), CUE_STOP}, {LIT("runs"), CUE_STOP},
    {LIT("runtime"), CUE_PART}, {LIT("rust"), CUE_PRODUCT}, {LIT("rustc"), CUE_PRODUCT}, {LIT("rx"), CUE_HARDWARE},
    {LIT("ryzen"), CUE_HARDWARE}, {LIT("safari"), CUE_PRODUCT}, {LIT("said"), CUE_STOP}, {LIT("same"), CUE_STOP},
    {LIT("save"), CUE_STOP}, {LIT("saw"), CUE_STOP}, {LIT("say"), CUE_STOP}, {LIT("says"), CUE_STOP},
    {LIT("scala"), CUE_PRODUCT}, {LIT("score"), CUE_STOP}, {LIT("sdk"), CUE_PART}, {LIT("sec"), CUE_SECTION},
    {LIT("second"), CUE_ORDINAL}, {LIT("section"), CUE_SECTION}, {LIT("sections"), CUE_SECTION},
    {LIT("sector"), CUE_BYTES}, {LIT("see"), CUE_STOP}, {LIT("seems"), CUE_STOP}, {LIT("send"), CUE_STOP},
    {LIT("sent"), CUE_STOP}, {LIT("sep"), CUE_MONTH}, {LIT("separate"), CUE_DETERMINER}, {LIT("sept"), CUE_MONTH},
    {LIT("september"), CUE_MONTH | CUE_YEAR}, {LIT("serve"), CUE_STOP}, {LIT("served"), CUE_STOP},
    {LIT("server"), CUE_PART}, {LIT("serves"), CUE_STOP}, {LIT("set"), CUE_STOP}, {LIT("sets"), CUE_STOP},
    {LIT("setting"), CUE_STOP}, {LIT("seven"), CUE_NUMBER}, {LIT("seventeen"), CUE_NUMBER},
    {LIT("seventh"), CUE_ORDINAL}, {LIT("seventy"), CUE_NUMBER}, {LIT("several"), CUE_STOP},
    {LIT("sglang"), CUE_PRODUCT}, {LIT("shall"), CUE_STOP}, {LIT("shard"), CUE_COMPOUND}, {LIT("she"), CUE_STOP},
    {LIT("should"), CUE_STOP}, {LIT("show"), CUE_STOP}, {LIT("showed"), CUE_STOP}, {LIT("shows"), CUE_STOP},
    {LIT("signal"), CUE_ERROR}, {LIT("similar"), CUE_DETERMINER}, {LIT("since"), CUE_STOP | CUE_YEAR},
    {LIT("single"), CUE_DETERMINER}, {LIT("sits"), CUE_STOP}, {LIT("six"), CUE_NUMBER}, {LIT("sixteen"), CUE_NUMBER},
    {LIT("sixth"), CUE_ORDINAL}, {LIT("sixty"), CUE_NUMBER}, {LIT("skip"), CUE_STOP}, {LIT("slide"), CUE_SECTION},
    {LIT("slot"), CUE_COMPOUND}, {LIT("small"), CUE_DETERMINER}, {LIT("snapdragon"), CUE_HARDWARE},
    {LIT("so"), CUE_STOP}, {LIT("socket"), CUE_COMPOUND}, {LIT("some"), CUE_STOP | CUE_BOUND},
    {LIT("soon"), CUE_STOP}, {LIT("speed"), CUE_STOP}, {LIT("spring"), CUE_YEAR}, {LIT("sqlite"), CUE_PRODUCT},
    {LIT("stage"), CUE_SECTION | CUE_COMPOUND}, {LIT("start"), CUE_STOP}, {LIT("started"), CUE_STOP},
    {LIT("starts"), CUE_STOP}, {LIT("status"), CUE_ERROR}, {LIT("stay"), CUE_STOP}, {LIT("stayed"), CUE_STOP},
    {LIT("step"), CUE_SECTION | CUE_COMPOUND}, {LIT("steps"), CUE_SECTION}, {LIT("still"), CUE_STOP},
    {LIT("stop"), CUE_STOP}, {LIT("stopped"), CUE_STOP}, {LIT("stops"), CUE_STOP},
    {LIT("such"), CUE_STOP | CUE_DETERMINER}, {LIT("summer"), CUE_YEAR}, {LIT("support"), CUE_STOP},
    {LIT("supports"), CUE_STOP}, {LIT("suse"), CUE_PRODUCT}, {LIT("svelte"), CUE_PRODUCT},
    {LIT("swift"), CUE_PRODUCT}, {LIT("symfony"), CUE_PRODUCT}, {LIT("systemd"), CUE_PRODUCT},
    {LIT("table"), CUE_SECTION}, {LIT("tables"), CUE_SECTION}, {LIT("tag"), CUE_VERSION},
    {LIT("tagged"), CUE_VERSION}, {LIT("tailwind"), CUE_PRODUCT}, {LIT("take"), CUE_STOP}, {LIT("takes"), CUE_STOP},
    {LIT("target"), CUE_STOP}, {LIT("tell"), CUE_STOP}, {LIT("ten"), CUE_NUMBER}, {LIT("tensorflow"), CUE_PRODUCT},
    {LIT("tensorrt"), CUE_PRODUCT}, {LIT("tenth"), CUE_ORDINAL}, {LIT("terraform"), CUE_PRODUCT},
    {LIT("tesla"), CUE_HARDWARE}, {LIT("test"), CUE_STOP}, {LIT("tested"), CUE_STOP}, {LIT("tests"), CUE_STOP},
    {LIT("than"), CUE_STOP | CUE_BOUND}, {LIT("that"), CUE_STOP}, {LIT("the"), CUE_STOP}, {LIT("their"), CUE_STOP},
    {LIT("theirs"), CUE_STOP}, {LIT("them"), CUE_STOP}, {LIT("then"), CUE_STOP}, {LIT("there"), CUE_STOP},
    {LIT("therefore"), CUE_STOP}, {LIT("these"), CUE_STOP}, {LIT("they"), CUE_STOP}, {LIT("thinkpad"), CUE_HARDWARE},
    {LIT("third"), CUE_ORDINAL}, {LIT("thirteen"), CUE_NUMBER}, {LIT("thirty"), CUE_NUMBER}, {LIT("this"), CUE_STOP},
    {LIT("those"), CUE_STOP}, {LIT("though"), CUE_STOP}, {LIT("thousand"), CUE_NUMBER}, {LIT("thread"), CUE_COMPOUND},
    {LIT("threadripper"), CUE_HARDWARE}, {LIT("three"), CUE_NUMBER}, {LIT("threshold"), CUE_STOP},
    {LIT("through"), CUE_STOP | CUE_YEAR}, {LIT("throughout"), CUE_STOP}, {LIT("throughput"), CUE_STOP},
    {LIT("thus"), CUE_STOP}, {LIT("ticket"), CUE_SECTION}, {LIT("till"), CUE_STOP | CUE_YEAR},
    {LIT("time"), CUE_STOP}, {LIT("titan"), CUE_HARDWARE}, {LIT("tmux"), CUE_PRODUCT},
    {LIT("to"), CUE_STOP | CUE_YEAR | CUE_LINK | CUE_BOUND}, {LIT("today"), CUE_STOP}, {LIT("together"), CUE_STOP},
    {LIT("tomcat"), CUE_PRODUCT}, {LIT("too"), CUE_STOP}, {LIT("took"), CUE_STOP}, {LIT("toolkit"), CUE_PART},
    {LIT("torch"), CUE_PRODUCT}, {LIT("total"), CUE_STOP | CUE_MODEL}, {LIT("toward"), CUE_STOP},
    {LIT("towards"), CUE_STOP}, {LIT("traefik"), CUE_PRODUCT}, {LIT("transformer"), CUE_MODEL},
    {LIT("transformers"), CUE_PRODUCT}, {LIT("tried"), CUE_STOP}, {LIT("trillion"), CUE_NUMBER},
    {LIT("triton"), CUE_PRODUCT}, {LIT("true"), CUE_STOP}, {LIT("try"), CUE_STOP}, {LIT("turn"), CUE_STOP},
    {LIT("twelve"), CUE_NUMBER}, {LIT("twenty"), CUE_NUMBER}, {LIT("two"), CUE_NUMBER}, {LIT("ubuntu"), CUE_PRODUCT},
    {LIT("uefi"), CUE_PART}, {LIT("under"), CUE_STOP | CUE_BOUND}, {LIT("unless"), CUE_STOP},
    {LIT("until"), CUE_STOP | CUE_YEAR}, {LIT("up"), CUE_STOP | CUE_BOUND}, {LIT("update"), CUE_STOP},
    {LIT("updated"), CUE_STOP}, {LIT("updates"), CUE_STOP}, {LIT("upgrade"), CUE_STOP}, {LIT("upgraded"), CUE_STOP},
    {LIT("upgrades"), CUE_STOP}, {LIT("upon"), CUE_STOP}, {LIT("us"), CUE_STOP}, {LIT("use"), CUE_STOP},
    {LIT("used"), CUE_STOP}, {LIT("uses"), CUE_STOP}, {LIT("using"), CUE_STOP}, {LIT("usually"), CUE_STOP},
    {LIT("utilisation"), CUE_STOP}, {LIT("utilization"), CUE_STOP}, {LIT("v"), CUE_VERSION},
    {LIT("valkey"), CUE_PRODUCT}, {LIT("value"), CUE_STOP}, {LIT("variant"), CUE_MODEL}, {LIT("various"), CUE_STOP},
    {LIT("varnish"), CUE_PRODUCT}, {LIT("vault"), CUE_PRODUCT}, {LIT("vcpu"), CUE_COMPOUND},
    {LIT("ver"), CUE_VERSION}, {LIT("verify"), CUE_STOP}, {LIT("version"), CUE_VERSION},
    {LIT("versions"), CUE_VERSION}, {LIT("very"), CUE_STOP}, {LIT("via"), CUE_STOP}, {LIT("vim"), CUE_PRODUCT},
    {LIT("vite"), CUE_PRODUCT}, {LIT("vllm"), CUE_PRODUCT}, {LIT("volume"), CUE_SECTION}, {LIT("vue"), CUE_PRODUCT},
    {LIT("wait"), CUE_STOP}, {LIT("want"), CUE_STOP}, {LIT("wants"), CUE_STOP}, {LIT("warning"), CUE_STOP},
    {LIT("was"), CUE_STOP | CUE_LINK}, {LIT("way"), CUE_COMPOUND}, {LIT("we"), CUE_STOP}, {LIT("week"), CUE_SECTION},
    {LIT("weight"), CUE_STOP}, {LIT("weights"), CUE_MODEL}, {LIT("well"), CUE_STOP}, {LIT("went"), CUE_STOP},
    {LIT("were"), CUE_STOP}, {LIT("what"), CUE_STOP}, {LIT("whatever"), CUE_STOP}, {LIT("when"), CUE_STOP},
    {LIT("where"), CUE_STOP}, {LIT("whereas"), CUE_STOP}, {LIT("whether"), CUE_STOP}, {LIT("which"), CUE_STOP},
    {LIT("while"), CUE_STOP}, {LIT("who"), CUE_STOP}, {LIT("whole"), CUE_DETERMINER}, {LIT("whom"), CUE_STOP},
    {LIT("whose"), CUE_STOP}, {LIT("why"), CUE_STOP}, {LIT("will"), CUE_STOP}, {LIT("window"), CUE_CONTEXT},
    {LIT("windows"), CUE_PRODUCT}, {LIT("winter"), CUE_YEAR}, {LIT("wireguard"), CUE_PRODUCT},
    {LIT("with"), CUE_STOP}, {LIT("within"), CUE_STOP | CUE_BOUND}, {LIT("without"), CUE_STOP},
    {LIT("word"), CUE_COMPOUND}, {LIT("wordpress"), CUE_PRODUCT}, {LIT("work"), CUE_STOP}, {LIT("worked"), CUE_STOP},
    {LIT("worker"), CUE_COMPOUND}, {LIT("works"), CUE_STOP}, {LIT("would"), CUE_STOP},
    {LIT("write"), CUE_STOP | CUE_BYTES}, {LIT("writes"), CUE_STOP | CUE_BYTES}, {LIT("wrote"), CUE_STOP},
    {LIT("xeon"), CUE_HARDWARE}, {LIT("year"), CUE_YEAR}, {LIT("yes"), CUE_STOP}, {LIT("yet"), CUE_STOP},
    {LIT("you"), CUE_STOP}, {LIT("your"), CUE_STOP}, {LIT("yours"), CUE_STOP}, {LIT("zero"), CUE_NUMBER},
    {LIT("zfs"), CUE_PRODUCT}, {LIT("zola"), CUE_PRODUCT}, {LIT("zsh"), CUE_PRODUCT},
};
static const uint16_t CUE_FIRST[27] = {0, 59, 102, 159, 195, 236, 277, 305, 331, 359, 375, 384, 421, 462, 501, 534, 589, 594, 657, 743, 816, 837, 856, 900, 901, 907, 911};
/* clang-format on */

unsigned lex_cues(str w) {
    uint8_t key[24];
    if (w.n <= 0 || w.n > (ptrdiff_t)sizeof key || !byte_is_alpha(w.p[0])) return 0;
    for (ptrdiff_t i = 0; i < w.n; i++) key[i] = byte_lower(w.p[i]);
    size_t lo = CUE_FIRST[key[0] - 'a'], hi = CUE_FIRST[key[0] - 'a' + 1];
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        str entry = CUES[mid].word;
        int order = memcmp(entry.p, key, (size_t)(entry.n < w.n ? entry.n : w.n));
        if (order == 0) {
            if (entry.n == w.n) return CUES[mid].cues;
            order = entry.n < w.n ? -1 : 1;
        }
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return 0;
}

ptrdiff_t lex_code_point(const lexer *x, ptrdiff_t i, uint32_t *code) {
    *code = 0;
    if (i < 0 || i >= x->s.n) return 0;
    if (x->s.p[i] < 0x80) return *code = x->s.p[i], 1;
    return utf8_decode(x->s, i, code);
}

ptrdiff_t lex_code_before(const lexer *x, ptrdiff_t i, uint32_t *code) {
    *code = 0;
    if (i <= 0 || i > x->s.n) return 0;
    if (x->s.p[i - 1] < 0x80) return *code = x->s.p[i - 1], 1;
    ptrdiff_t lo = i - 1;
    while (lo > 0 && i - lo < 4 && (x->s.p[lo] & 0xC0) == 0x80) lo--;
    if (lex_code_point(x, lo, code) == i - lo) return i - lo;
    *code = UTF8_INVALID;
    return 1;
}

static bool is_blank(const lexer *x, uint32_t code) {
    return code == ' ' || code == '\t' || (code == '\n' && !x->code) || code == 0xA0 || code == 0x202F ||
           code == 0x3000 || code == 0x205F || (code >= 0x2002 && code <= 0x200A);
}

ptrdiff_t lex_blank(const lexer *x, ptrdiff_t i) {
    uint32_t code;
    uint8_t c = at(x, i);
    if (c == ' ') return 1;
    if (c > ' ' && c < 0xC2) return 0;
    ptrdiff_t n = lex_code_point(x, i, &code);
    return n && is_blank(x, code) ? n : 0;
}

ptrdiff_t lex_hyphen(const lexer *x, ptrdiff_t i) {
    uint32_t code;
    if (at(x, i) == '-') return 1;
    if (at(x, i) != 0xE2 || i < 1 || !byte_is_digit(at(x, i - 1))) return 0;
    ptrdiff_t n = lex_code_point(x, i, &code);
    bool joins = (code >= 0x2010 && code <= 0x2013) || code == 0x2212;
    return joins && byte_is_alpha(at(x, i + n)) ? n : 0;
}

ptrdiff_t lex_blanks_before(const lexer *x, ptrdiff_t i) {
    for (int k = 0; k < 2 && i > x->floor; k++) {
        uint8_t c = x->s.p[i - 1];
        if (c == ' ') {
            i--;
            continue;
        }
        if (c > ' ' && c < 0x80) break;
        uint32_t code;
        ptrdiff_t n = lex_code_before(x, i, &code);
        if (!n || !is_blank(x, code) || i - n < x->floor) break;
        i -= n;
    }
    return i;
}

static bool letter(uint32_t code) {
    return (code >= 0xC0 && code < 0x2000 && code != 0xD7 && code != 0xF7) ||
           (code >= 0x2C00 && code < 0xE000 && (code < 0x3000 || code > 0x303F));
}

bool lex_boundary(const lexer *x, ptrdiff_t i) {
    uint32_t code;
    if (i >= x->s.n) return true;
    if (x->s.p[i] < 0x80) return !byte_is_alnum(x->s.p[i]) && x->s.p[i] != '_';
    lex_code_point(x, i, &code);
    return !letter(code);
}

static bool word_byte(uint8_t c) { return byte_is_alnum(c) || c == '_' || c >= 0xC3; }
static bool joint_byte(uint8_t c) { return c == '.' || c == '-' || c == '+' || c == '#' || c == '/'; }

/* May stand in a word that is read leftwards: inside it always, or (+ and #, "g++") at its end. */
static bool inner_byte(uint8_t c, bool last) {
    return word_byte(c) || c == '+' || c == '#' || (!last && (c == '.' || c == '-'));
}

range lex_word_before(const lexer *x, ptrdiff_t i) {
    const uint8_t *p = x->s.p;
    ptrdiff_t lo = i, bottom = i - WORD_MAX > x->floor ? i - WORD_MAX : x->floor;
    while (lo > bottom) {
        uint32_t code;
        ptrdiff_t n = 1;
        if (p[lo - 1] < 0x80 ? !inner_byte(p[lo - 1], lo == i) : (n = lex_code_before(x, lo, &code), !letter(code)))
            break;
        if (lo - n < x->floor) break;
        lo -= n;
    }
    if (lo == i) return (range){i, i};
    while (lo < i && joint_byte(p[lo]) && !(p[lo] == '.' && lo + 1 < i && byte_is_alpha(p[lo + 1]))) lo++;
    bool cut = lo > 0 && lo < i && (lo == x->floor || lo == bottom) && !lex_boundary(x, lo - 1) && word_byte(p[lo]);
    return cut ? (range){i, i} : (range){lo, i};
}

range lex_word_at(const lexer *x, ptrdiff_t i) {
    ptrdiff_t hi = i;
    while (hi < x->s.n && hi - i <= WORD_MAX) {
        uint32_t code;
        ptrdiff_t n = lex_code_point(x, hi, &code);
        if (code < 0x80) {
            uint8_t c = (uint8_t)code;
            if (!word_byte(c) && !(joint_byte(c) && hi > i && c != '/' && word_byte(at(x, hi + 1)))) break;
        } else if (!letter(code)) {
            break;
        }
        hi += n;
    }
    return hi - i > WORD_MAX ? (range){i, i} : (range){i, hi};
}

range lex_letters_at(const lexer *x, ptrdiff_t i) {
    ptrdiff_t hi = i;
    while (hi < x->s.n && hi - i <= WORD_MAX && byte_is_alpha(x->s.p[hi])) hi++;
    return hi - i > WORD_MAX || !lex_boundary(x, hi) ? (range){i, i} : (range){i, hi};
}

bool lex_sentence_start(const lexer *x, ptrdiff_t i) {
    for (int k = 0; k < 3; k++) {
        uint32_t code;
        ptrdiff_t n = lex_code_before(x, i, &code);
        if (!n || code == '\n') return true;
        if (is_blank(x, code)) {
            i -= n;
            continue;
        }
        return code == '.' || code == '!' || code == '?' || code == ':';
    }
    return false;
}

ptrdiff_t lex_literal(const lexer *x, ptrdiff_t i, str text) {
    if (text.n > x->s.n - i) return 0;
    for (ptrdiff_t n = 0; n < text.n; n++)
        if (byte_lower(x->s.p[i + n]) != byte_lower(text.p[n])) return 0;
    return byte_is_alnum(text.p[text.n - 1]) && !lex_boundary(x, i + text.n) ? 0 : text.n;
}

int lex_month(str w) {
    static const str MONTHS[] = {LIT("January"),   LIT("February"), LIT("March"),    LIT("April"),
                                 LIT("May"),       LIT("June"),     LIT("July"),     LIT("August"),
                                 LIT("September"), LIT("October"),  LIT("November"), LIT("December")};
    if (w.n < 3 || w.p[0] < 'A' || w.p[0] > 'Z') return 0;
    if (w.p[w.n - 1] == '.') w.n--;
    if (str_eq(w, STR("Sept"))) return 9;
    for (int m = 0; m < 12; m++) {
        str name = MONTHS[m];
        if (str_eq(w, name) || (w.n == 3 && str_starts(name, w))) return m + 1;
    }
    return 0;
}
