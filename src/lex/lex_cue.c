/* lex_cue.c - the words beside a number, and what they may mean.
 *
 * In: a position. Out: the word to its left or right, and a set of meanings (enum cue). A word can have several: "may"
 * is a month and a verb, "page" a section, a counted noun's neighbour and a size in bytes; who asks decides by shape
 * and place. Invariant: no function here reads more than WORD_MAX bytes, and none to the left passes the floor.
 */
#include "base/utf8.h"
#include "lex/lex_internal.h"

/* clang-format off */
/* In byte order (checked by a test through lex_cues). */
static const struct {
    const char *word;
    unsigned cues;
} CUES[] = {
    /* BEGIN CUES */
    {".net", CUE_PRODUCT}, {"a", CUE_STOP}, {"about", CUE_STOP}, {"above", CUE_STOP}, {"across", CUE_STOP},
    {"active", CUE_MODEL}, {"add", CUE_STOP}, {"added", CUE_STOP}, {"additional", CUE_DETERMINER}, {"adds", CUE_STOP},
    {"after", CUE_STOP | CUE_YEAR}, {"again", CUE_STOP}, {"against", CUE_STOP}, {"agent", CUE_PART},
    {"all", CUE_STOP}, {"allow", CUE_STOP}, {"almalinux", CUE_PRODUCT}, {"almost", CUE_STOP}, {"along", CUE_STOP},
    {"alpine", CUE_PRODUCT}, {"already", CUE_STOP}, {"also", CUE_STOP}, {"although", CUE_STOP}, {"always", CUE_STOP},
    {"am", CUE_STOP}, {"among", CUE_STOP}, {"ampere", CUE_HARDWARE}, {"an", CUE_STOP},
    {"and", CUE_STOP | CUE_NUMBER | CUE_YEAR}, {"android", CUE_PRODUCT}, {"angular", CUE_PRODUCT},
    {"another", CUE_STOP}, {"ansi", CUE_HARDWARE}, {"ansible", CUE_PRODUCT}, {"any", CUE_STOP},
    {"apache", CUE_PRODUCT}, {"api", CUE_PART}, {"appendix", CUE_SECTION}, {"approximately", CUE_STOP},
    {"apr", CUE_MONTH}, {"april", CUE_MONTH | CUE_YEAR}, {"arc", CUE_HARDWARE}, {"arch", CUE_PRODUCT},
    {"are", CUE_STOP}, {"around", CUE_STOP}, {"article", CUE_SECTION}, {"as", CUE_STOP}, {"ask", CUE_STOP},
    {"astro", CUE_PRODUCT}, {"at", CUE_STOP}, {"athlon", CUE_HARDWARE}, {"attempt", CUE_SECTION}, {"aug", CUE_MONTH},
    {"august", CUE_MONTH | CUE_YEAR}, {"autumn", CUE_YEAR}, {"average", CUE_STOP}, {"avoid", CUE_STOP},
    {"away", CUE_STOP}, {"back", CUE_STOP}, {"bash", CUE_PRODUCT}, {"bay", CUE_COMPOUND}, {"be", CUE_STOP},
    {"became", CUE_STOP}, {"because", CUE_STOP}, {"become", CUE_STOP}, {"bedroom", CUE_COMPOUND}, {"been", CUE_STOP},
    {"before", CUE_STOP | CUE_YEAR}, {"begin", CUE_STOP}, {"behind", CUE_STOP}, {"being", CUE_STOP},
    {"below", CUE_STOP}, {"beneath", CUE_STOP}, {"beside", CUE_STOP}, {"besides", CUE_STOP},
    {"between", CUE_STOP | CUE_YEAR}, {"big", CUE_DETERMINER}, {"billion", CUE_NUMBER}, {"bios", CUE_PART},
    {"bit", CUE_COMPOUND}, {"blackwell", CUE_HARDWARE}, {"block", CUE_BYTES}, {"blocks", CUE_BYTES},
    {"bootstrap", CUE_PRODUCT}, {"borg", CUE_PRODUCT}, {"both", CUE_STOP}, {"bring", CUE_STOP},
    {"btrfs", CUE_PRODUCT}, {"budget", CUE_STOP}, {"buffer", CUE_BYTES}, {"bug", CUE_SECTION}, {"build", CUE_STOP},
    {"builds", CUE_STOP}, {"built", CUE_STOP}, {"bump", CUE_STOP}, {"bumped", CUE_STOP}, {"but", CUE_STOP},
    {"buy", CUE_STOP}, {"buys", CUE_STOP}, {"by", CUE_STOP | CUE_YEAR}, {"cache", CUE_BYTES},
    {"cacheline", CUE_BYTES}, {"caddy", CUE_PRODUCT}, {"call", CUE_STOP}, {"came", CUE_STOP}, {"can", CUE_STOP},
    {"cannot", CUE_STOP}, {"cassandra", CUE_PRODUCT}, {"celeron", CUE_HARDWARE}, {"centos", CUE_PRODUCT},
    {"ch", CUE_SECTION}, {"channel", CUE_COMPOUND}, {"chapter", CUE_SECTION}, {"chapters", CUE_SECTION},
    {"character", CUE_COMPOUND}, {"check", CUE_STOP}, {"checkpoint", CUE_MODEL}, {"choose", CUE_STOP},
    {"chrome", CUE_PRODUCT}, {"chunk", CUE_BYTES}, {"chunks", CUE_BYTES}, {"circa", CUE_YEAR}, {"clang", CUE_PRODUCT},
    {"clause", CUE_SECTION}, {"cli", CUE_PART}, {"clickhouse", CUE_PRODUCT}, {"client", CUE_PART},
    {"close", CUE_STOP}, {"cmake", CUE_PRODUCT}, {"come", CUE_STOP}, {"comes", CUE_STOP}, {"compare", CUE_STOP},
    {"compiler", CUE_PART}, {"consecutive", CUE_DETERMINER}, {"consul", CUE_PRODUCT}, {"containerd", CUE_PRODUCT},
    {"context", CUE_CONTEXT}, {"context-window", CUE_CONTEXT}, {"contexts", CUE_CONTEXT}, {"copy", CUE_STOP},
    {"copyright", CUE_YEAR}, {"core", CUE_HARDWARE | CUE_PART | CUE_COMPOUND}, {"cortex", CUE_HARDWARE},
    {"cost", CUE_STOP}, {"costs", CUE_STOP}, {"could", CUE_STOP}, {"cpu", CUE_COMPOUND}, {"create", CUE_STOP},
    {"ctx", CUE_CONTEXT}, {"cuda", CUE_PRODUCT}, {"cudnn", CUE_PRODUCT}, {"curl", CUE_PRODUCT}, {"cut", CUE_STOP},
    {"cve", CUE_HARDWARE}, {"daemon", CUE_PART}, {"database", CUE_PART}, {"day", CUE_SECTION}, {"ddr", CUE_HARDWARE},
    {"debian", CUE_PRODUCT}, {"dec", CUE_MONTH}, {"december", CUE_MONTH | CUE_YEAR}, {"default", CUE_STOP},
    {"delete", CUE_STOP}, {"dense", CUE_MODEL}, {"deploy", CUE_STOP}, {"did", CUE_STOP},
    {"different", CUE_DETERMINER}, {"digit", CUE_COMPOUND}, {"din", CUE_HARDWARE}, {"disk", CUE_COMPOUND},
    {"distinct", CUE_DETERMINER}, {"distribution", CUE_PART}, {"django", CUE_PRODUCT}, {"do", CUE_STOP},
    {"docker", CUE_PRODUCT}, {"does", CUE_STOP}, {"done", CUE_STOP}, {"dotnet", CUE_PRODUCT},
    {"dovecot", CUE_PRODUCT}, {"down", CUE_STOP}, {"download", CUE_STOP}, {"dozen", CUE_NUMBER},
    {"drive", CUE_COMPOUND}, {"driver", CUE_PRODUCT | CUE_PART}, {"drivers", CUE_PART}, {"drop", CUE_STOP},
    {"drops", CUE_STOP}, {"drupal", CUE_PRODUCT}, {"during", CUE_STOP | CUE_YEAR}, {"each", CUE_STOP},
    {"early", CUE_YEAR}, {"edit", CUE_STOP}, {"edition", CUE_PART}, {"eight", CUE_NUMBER}, {"eighteen", CUE_NUMBER},
    {"eighth", CUE_ORDINAL}, {"eighty", CUE_NUMBER}, {"either", CUE_STOP}, {"elasticsearch", CUE_PRODUCT},
    {"eleven", CUE_NUMBER}, {"elixir", CUE_PRODUCT}, {"else", CUE_STOP}, {"emacs", CUE_PRODUCT}, {"en", CUE_HARDWARE},
    {"enable", CUE_STOP}, {"end", CUE_STOP}, {"ended", CUE_STOP}, {"engine", CUE_PART}, {"enough", CUE_STOP},
    {"enterprise", CUE_PART}, {"envoy", CUE_PRODUCT}, {"epyc", CUE_HARDWARE}, {"eq", CUE_SECTION},
    {"equation", CUE_SECTION}, {"erlang", CUE_PRODUCT}, {"esphome", CUE_PRODUCT}, {"esxi", CUE_PRODUCT},
    {"etcd", CUE_PRODUCT}, {"even", CUE_STOP}, {"ever", CUE_STOP}, {"every", CUE_STOP}, {"exactly", CUE_STOP},
    {"example", CUE_STOP | CUE_SECTION}, {"except", CUE_STOP}, {"exercise", CUE_SECTION}, {"expect", CUE_STOP},
    {"exporter", CUE_PART}, {"extra", CUE_DETERMINER}, {"fail", CUE_STOP}, {"failed", CUE_STOP}, {"fall", CUE_YEAR},
    {"falls", CUE_STOP}, {"false", CUE_STOP}, {"feb", CUE_MONTH}, {"february", CUE_MONTH | CUE_YEAR},
    {"fedora", CUE_PRODUCT}, {"fell", CUE_STOP}, {"fetch", CUE_STOP}, {"few", CUE_STOP}, {"ffmpeg", CUE_PRODUCT},
    {"fifteen", CUE_NUMBER}, {"fifth", CUE_ORDINAL}, {"fifty", CUE_NUMBER}, {"fig", CUE_SECTION},
    {"figure", CUE_SECTION}, {"figures", CUE_SECTION}, {"find", CUE_STOP}, {"finds", CUE_STOP},
    {"fips", CUE_HARDWARE}, {"firefox", CUE_PRODUCT}, {"firmware", CUE_PART}, {"first", CUE_STOP | CUE_ORDINAL},
    {"five", CUE_NUMBER}, {"flask", CUE_PRODUCT}, {"follow", CUE_STOP}, {"footnote", CUE_SECTION}, {"for", CUE_STOP},
    {"forty", CUE_NUMBER}, {"found", CUE_STOP}, {"four", CUE_NUMBER}, {"fourteen", CUE_NUMBER},
    {"fourth", CUE_ORDINAL}, {"fraction", CUE_STOP}, {"framework", CUE_PART}, {"free", CUE_DETERMINER},
    {"freebsd", CUE_PRODUCT}, {"from", CUE_STOP | CUE_YEAR}, {"full-time", CUE_DETERMINER},
    {"further", CUE_STOP | CUE_DETERMINER}, {"g++", CUE_PRODUCT}, {"gained", CUE_STOP}, {"gains", CUE_STOP},
    {"galaxy", CUE_HARDWARE}, {"gave", CUE_STOP}, {"gcc", CUE_PRODUCT}, {"gddr", CUE_HARDWARE},
    {"geforce", CUE_HARDWARE}, {"get", CUE_STOP}, {"gets", CUE_STOP}, {"git", CUE_PRODUCT}, {"gitlab", CUE_PRODUCT},
    {"give", CUE_STOP}, {"given", CUE_STOP}, {"gives", CUE_STOP}, {"glibc", CUE_PRODUCT}, {"gnome", CUE_PRODUCT},
    {"go", CUE_STOP | CUE_PRODUCT}, {"goes", CUE_STOP}, {"golang", CUE_PRODUCT}, {"got", CUE_STOP},
    {"gpu", CUE_COMPOUND}, {"grafana", CUE_PRODUCT}, {"graviton", CUE_HARDWARE}, {"grew", CUE_STOP},
    {"grows", CUE_STOP}, {"gtk", CUE_PRODUCT}, {"gtx", CUE_HARDWARE}, {"had", CUE_STOP},
    {"half", CUE_STOP | CUE_NUMBER}, {"haproxy", CUE_PRODUCT}, {"has", CUE_STOP}, {"have", CUE_STOP},
    {"hbm", CUE_HARDWARE}, {"he", CUE_STOP}, {"head", CUE_COMPOUND}, {"header", CUE_BYTES}, {"held", CUE_STOP},
    {"helm", CUE_PRODUCT}, {"her", CUE_STOP}, {"here", CUE_STOP}, {"hers", CUE_STOP}, {"him", CUE_STOP},
    {"his", CUE_STOP}, {"hit", CUE_STOP}, {"hold", CUE_STOP}, {"holds", CUE_STOP}, {"hop", CUE_COMPOUND},
    {"how", CUE_STOP}, {"however", CUE_STOP}, {"hugo", CUE_PRODUCT}, {"hundred", CUE_NUMBER}, {"i", CUE_STOP},
    {"identical", CUE_DETERMINER}, {"iec", CUE_HARDWARE}, {"ieee", CUE_HARDWARE}, {"if", CUE_STOP},
    {"image", CUE_PART}, {"in", CUE_STOP | CUE_YEAR}, {"independent", CUE_DETERMINER}, {"individual", CUE_DETERMINER},
    {"inside", CUE_STOP}, {"install", CUE_STOP}, {"installed", CUE_STOP}, {"installs", CUE_STOP},
    {"instead", CUE_STOP}, {"interpreter", CUE_PART}, {"into", CUE_STOP}, {"ios", CUE_PRODUCT},
    {"ipados", CUE_PRODUCT}, {"iphone", CUE_HARDWARE}, {"is", CUE_STOP}, {"iso", CUE_HARDWARE},
    {"issue", CUE_SECTION}, {"issues", CUE_SECTION}, {"it", CUE_STOP}, {"item", CUE_SECTION}, {"items", CUE_SECTION},
    {"its", CUE_STOP}, {"itself", CUE_STOP}, {"jan", CUE_MONTH}, {"january", CUE_MONTH | CUE_YEAR},
    {"java", CUE_PRODUCT}, {"jax", CUE_PRODUCT}, {"jdk", CUE_PRODUCT}, {"jekyll", CUE_PRODUCT},
    {"jenkins", CUE_PRODUCT}, {"jetson", CUE_HARDWARE}, {"jquery", CUE_PRODUCT}, {"jre", CUE_PRODUCT},
    {"jul", CUE_MONTH}, {"julia", CUE_PRODUCT}, {"july", CUE_MONTH | CUE_YEAR}, {"jun", CUE_MONTH},
    {"june", CUE_MONTH | CUE_YEAR}, {"just", CUE_STOP}, {"k8s", CUE_PRODUCT}, {"kafka", CUE_PRODUCT},
    {"keep", CUE_STOP}, {"keeps", CUE_STOP}, {"kept", CUE_STOP}, {"kernel", CUE_PRODUCT | CUE_PART},
    {"keycloak", CUE_PRODUCT}, {"kotlin", CUE_PRODUCT}, {"kubernetes", CUE_PRODUCT}, {"lane", CUE_COMPOUND},
    {"language", CUE_MODEL}, {"laravel", CUE_PRODUCT}, {"large", CUE_DETERMINER}, {"last", CUE_STOP},
    {"late", CUE_YEAR}, {"latency", CUE_STOP}, {"later", CUE_STOP}, {"layer", CUE_COMPOUND}, {"least", CUE_STOP},
    {"leave", CUE_STOP}, {"leaves", CUE_STOP}, {"left", CUE_STOP}, {"less", CUE_STOP}, {"lesson", CUE_SECTION},
    {"let", CUE_STOP}, {"letter", CUE_COMPOUND}, {"level", CUE_SECTION}, {"library", CUE_PART},
    {"libvirt", CUE_PRODUCT}, {"like", CUE_STOP}, {"likely", CUE_STOP}, {"limit", CUE_STOP},
    {"line", CUE_SECTION | CUE_COMPOUND | CUE_BYTES}, {"lines", CUE_SECTION}, {"linux", CUE_PRODUCT | CUE_PART},
    {"listing", CUE_SECTION}, {"llama.cpp", CUE_PRODUCT}, {"llm", CUE_MODEL}, {"llms", CUE_MODEL},
    {"llvm", CUE_PRODUCT}, {"loki", CUE_PRODUCT}, {"lost", CUE_STOP}, {"lower", CUE_STOP}, {"lowered", CUE_STOP},
    {"lpddr", CUE_HARDWARE}, {"lts", CUE_PART}, {"macos", CUE_PRODUCT}, {"made", CUE_STOP},
    {"make", CUE_STOP | CUE_PRODUCT}, {"makes", CUE_STOP}, {"many", CUE_STOP}, {"mar", CUE_MONTH},
    {"march", CUE_MONTH | CUE_YEAR}, {"mariadb", CUE_PRODUCT}, {"maximum", CUE_STOP},
    {"may", CUE_STOP | CUE_MONTH | CUE_YEAR}, {"me", CUE_STOP}, {"mean", CUE_STOP}, {"means", CUE_STOP},
    {"meant", CUE_STOP}, {"meanwhile", CUE_STOP}, {"measure", CUE_STOP}, {"measured", CUE_STOP},
    {"measures", CUE_STOP}, {"median", CUE_STOP}, {"message", CUE_BYTES}, {"messages", CUE_BYTES}, {"mid", CUE_YEAR},
    {"might", CUE_STOP}, {"million", CUE_NUMBER}, {"minimum", CUE_STOP}, {"mixture-of-experts", CUE_MODEL},
    {"model", CUE_MODEL}, {"models", CUE_MODEL}, {"module", CUE_PART}, {"moe", CUE_MODEL}, {"mongodb", CUE_PRODUCT},
    {"more", CUE_STOP | CUE_DETERMINER}, {"most", CUE_STOP}, {"move", CUE_STOP}, {"moved", CUE_STOP},
    {"moves", CUE_STOP}, {"much", CUE_STOP}, {"musl", CUE_PRODUCT}, {"must", CUE_STOP}, {"my", CUE_STOP},
    {"mysql", CUE_PRODUCT}, {"nan", CUE_STOP}, {"nats", CUE_PRODUCT}, {"nccl", CUE_PRODUCT}, {"near", CUE_STOP},
    {"nearly", CUE_STOP}, {"need", CUE_STOP}, {"needs", CUE_STOP}, {"neither", CUE_STOP}, {"neoverse", CUE_HARDWARE},
    {"neovim", CUE_PRODUCT}, {"netbsd", CUE_PRODUCT}, {"never", CUE_STOP}, {"new", CUE_DETERMINER},
    {"next", CUE_STOP}, {"next.js", CUE_PRODUCT}, {"nextcloud", CUE_PRODUCT}, {"nginx", CUE_PRODUCT},
    {"nine", CUE_NUMBER}, {"nineteen", CUE_NUMBER}, {"ninety", CUE_NUMBER}, {"ninth", CUE_ORDINAL},
    {"nist", CUE_HARDWARE}, {"nixos", CUE_PRODUCT}, {"no", CUE_STOP}, {"node", CUE_PRODUCT | CUE_COMPOUND},
    {"node.js", CUE_PRODUCT}, {"nodejs", CUE_PRODUCT}, {"nomad", CUE_PRODUCT}, {"none", CUE_STOP}, {"nor", CUE_STOP},
    {"not", CUE_STOP}, {"note", CUE_STOP | CUE_SECTION}, {"nothing", CUE_STOP}, {"nov", CUE_MONTH},
    {"november", CUE_MONTH | CUE_YEAR}, {"now", CUE_STOP}, {"null", CUE_STOP}, {"numpy", CUE_PRODUCT},
    {"nuxt", CUE_PRODUCT}, {"oct", CUE_MONTH}, {"october", CUE_MONTH | CUE_YEAR}, {"of", CUE_STOP | CUE_YEAR},
    {"off", CUE_STOP}, {"often", CUE_STOP}, {"old", CUE_DETERMINER}, {"ollama", CUE_PRODUCT}, {"on", CUE_STOP},
    {"once", CUE_STOP}, {"one", CUE_STOP | CUE_NUMBER}, {"only", CUE_STOP}, {"onto", CUE_STOP}, {"open", CUE_STOP},
    {"openbsd", CUE_PRODUCT}, {"openjdk", CUE_PRODUCT}, {"openjpeg", CUE_PRODUCT}, {"opensearch", CUE_PRODUCT},
    {"openssh", CUE_PRODUCT}, {"openssl", CUE_PRODUCT}, {"opensuse", CUE_PRODUCT}, {"openvpn", CUE_PRODUCT},
    {"operator", CUE_PART}, {"opteron", CUE_HARDWARE}, {"option", CUE_SECTION}, {"or", CUE_STOP}, {"os", CUE_PART},
    {"other", CUE_STOP | CUE_DETERMINER}, {"our", CUE_STOP}, {"ours", CUE_STOP}, {"out", CUE_STOP},
    {"outside", CUE_STOP}, {"over", CUE_STOP}, {"own", CUE_STOP | CUE_DETERMINER}, {"package", CUE_PART},
    {"packet", CUE_BYTES}, {"packets", CUE_BYTES}, {"page", CUE_SECTION | CUE_COMPOUND | CUE_BYTES},
    {"pages", CUE_SECTION | CUE_BYTES}, {"pandas", CUE_PRODUCT}, {"pandoc", CUE_PRODUCT}, {"param", CUE_MODEL},
    {"parameter", CUE_MODEL}, {"parameters", CUE_MODEL}, {"params", CUE_MODEL}, {"part", CUE_SECTION | CUE_COMPOUND},
    {"parts", CUE_SECTION}, {"patroni", CUE_PRODUCT}, {"payload", CUE_BYTES}, {"peak", CUE_STOP},
    {"pentium", CUE_HARDWARE}, {"pep", CUE_HARDWARE}, {"per", CUE_STOP}, {"perhaps", CUE_STOP}, {"perl", CUE_PRODUCT},
    {"pgbackrest", CUE_PRODUCT}, {"pgbouncer", CUE_PRODUCT}, {"phase", CUE_SECTION}, {"php", CUE_PRODUCT},
    {"pi", CUE_HARDWARE}, {"pick", CUE_STOP}, {"piece", CUE_COMPOUND}, {"pin", CUE_STOP}, {"pinned", CUE_STOP},
    {"pixel", CUE_HARDWARE}, {"plugin", CUE_PART}, {"plus", CUE_STOP}, {"podman", CUE_PRODUCT},
    {"point", CUE_COMPOUND}, {"port", CUE_PORT | CUE_COMPOUND}, {"ports", CUE_PORT}, {"postfix", CUE_PRODUCT},
    {"postgres", CUE_PRODUCT}, {"postgresql", CUE_PRODUCT}, {"pr", CUE_SECTION}, {"printed", CUE_STOP},
    {"prints", CUE_STOP}, {"prometheus", CUE_PRODUCT}, {"prompt", CUE_CONTEXT}, {"prompts", CUE_CONTEXT},
    {"proxmox", CUE_PRODUCT}, {"proxy", CUE_PART}, {"pull", CUE_STOP}, {"push", CUE_STOP}, {"put", CUE_STOP},
    {"python", CUE_PRODUCT}, {"python3", CUE_PRODUCT}, {"pytorch", CUE_PRODUCT}, {"qemu", CUE_PRODUCT},
    {"qt", CUE_PRODUCT}, {"quadro", CUE_HARDWARE}, {"question", CUE_SECTION}, {"quite", CUE_STOP},
    {"rabbitmq", CUE_PRODUCT}, {"radeon", CUE_HARDWARE}, {"rails", CUE_PRODUCT}, {"raise", CUE_STOP},
    {"raised", CUE_STOP}, {"raises", CUE_STOP}, {"ran", CUE_STOP}, {"rate", CUE_STOP}, {"rather", CUE_STOP},
    {"ratio", CUE_STOP}, {"reach", CUE_STOP}, {"reached", CUE_STOP}, {"react", CUE_PRODUCT},
    {"read", CUE_STOP | CUE_BYTES}, {"reading", CUE_STOP}, {"reads", CUE_STOP | CUE_BYTES}, {"really", CUE_STOP},
    {"record", CUE_BYTES}, {"redis", CUE_PRODUCT}, {"release", CUE_VERSION}, {"releases", CUE_VERSION},
    {"remove", CUE_STOP}, {"removed", CUE_STOP}, {"replace", CUE_STOP}, {"replica", CUE_COMPOUND},
    {"report", CUE_STOP}, {"reported", CUE_STOP}, {"reports", CUE_STOP}, {"require", CUE_STOP},
    {"required", CUE_STOP}, {"requires", CUE_STOP}, {"restart", CUE_STOP}, {"restic", CUE_PRODUCT},
    {"result", CUE_STOP}, {"results", CUE_STOP}, {"return", CUE_STOP}, {"returned", CUE_STOP}, {"returns", CUE_STOP},
    {"rev", CUE_VERSION}, {"review", CUE_STOP}, {"revision", CUE_VERSION}, {"rfc", CUE_HARDWARE},
    {"rhel", CUE_PRODUCT}, {"rises", CUE_STOP}, {"rocky", CUE_PRODUCT}, {"rocm", CUE_PRODUCT}, {"rose", CUE_STOP},
    {"roughly", CUE_STOP}, {"round", CUE_SECTION}, {"row", CUE_SECTION}, {"rows", CUE_SECTION}, {"rtx", CUE_HARDWARE},
    {"ruby", CUE_PRODUCT}, {"rule", CUE_SECTION}, {"run", CUE_STOP}, {"running", CUE_STOP}, {"runs", CUE_STOP},
    {"runtime", CUE_PART}, {"rust", CUE_PRODUCT}, {"rustc", CUE_PRODUCT}, {"rx", CUE_HARDWARE},
    {"ryzen", CUE_HARDWARE}, {"safari", CUE_PRODUCT}, {"said", CUE_STOP}, {"same", CUE_STOP}, {"save", CUE_STOP},
    {"saw", CUE_STOP}, {"say", CUE_STOP}, {"says", CUE_STOP}, {"scala", CUE_PRODUCT}, {"score", CUE_STOP},
    {"sdk", CUE_PART}, {"sec", CUE_SECTION}, {"second", CUE_ORDINAL}, {"section", CUE_SECTION},
    {"sections", CUE_SECTION}, {"sector", CUE_BYTES}, {"see", CUE_STOP}, {"seems", CUE_STOP}, {"send", CUE_STOP},
    {"sent", CUE_STOP}, {"sep", CUE_MONTH}, {"separate", CUE_DETERMINER}, {"sept", CUE_MONTH},
    {"september", CUE_MONTH | CUE_YEAR}, {"serve", CUE_STOP}, {"served", CUE_STOP}, {"server", CUE_PART},
    {"serves", CUE_STOP}, {"set", CUE_STOP}, {"sets", CUE_STOP}, {"setting", CUE_STOP}, {"seven", CUE_NUMBER},
    {"seventeen", CUE_NUMBER}, {"seventh", CUE_ORDINAL}, {"seventy", CUE_NUMBER}, {"several", CUE_STOP},
    {"sglang", CUE_PRODUCT}, {"shall", CUE_STOP}, {"shard", CUE_COMPOUND}, {"she", CUE_STOP}, {"should", CUE_STOP},
    {"show", CUE_STOP}, {"showed", CUE_STOP}, {"shows", CUE_STOP}, {"similar", CUE_DETERMINER},
    {"since", CUE_STOP | CUE_YEAR}, {"single", CUE_DETERMINER}, {"sits", CUE_STOP}, {"six", CUE_NUMBER},
    {"sixteen", CUE_NUMBER}, {"sixth", CUE_ORDINAL}, {"sixty", CUE_NUMBER}, {"skip", CUE_STOP},
    {"slide", CUE_SECTION}, {"slot", CUE_COMPOUND}, {"small", CUE_DETERMINER}, {"snapdragon", CUE_HARDWARE},
    {"so", CUE_STOP}, {"socket", CUE_COMPOUND}, {"some", CUE_STOP}, {"soon", CUE_STOP}, {"speed", CUE_STOP},
    {"spring", CUE_YEAR}, {"sqlite", CUE_PRODUCT}, {"stage", CUE_SECTION | CUE_COMPOUND}, {"start", CUE_STOP},
    {"started", CUE_STOP}, {"starts", CUE_STOP}, {"stay", CUE_STOP}, {"stayed", CUE_STOP},
    {"step", CUE_SECTION | CUE_COMPOUND}, {"steps", CUE_SECTION}, {"still", CUE_STOP}, {"stop", CUE_STOP},
    {"stopped", CUE_STOP}, {"stops", CUE_STOP}, {"such", CUE_STOP | CUE_DETERMINER}, {"summer", CUE_YEAR},
    {"support", CUE_STOP}, {"supports", CUE_STOP}, {"suse", CUE_PRODUCT}, {"svelte", CUE_PRODUCT},
    {"swift", CUE_PRODUCT}, {"symfony", CUE_PRODUCT}, {"systemd", CUE_PRODUCT}, {"table", CUE_SECTION},
    {"tables", CUE_SECTION}, {"tag", CUE_VERSION}, {"tagged", CUE_VERSION}, {"tailwind", CUE_PRODUCT},
    {"take", CUE_STOP}, {"takes", CUE_STOP}, {"target", CUE_STOP}, {"tell", CUE_STOP}, {"ten", CUE_NUMBER},
    {"tensorflow", CUE_PRODUCT}, {"tensorrt", CUE_PRODUCT}, {"tenth", CUE_ORDINAL}, {"terraform", CUE_PRODUCT},
    {"tesla", CUE_HARDWARE}, {"test", CUE_STOP}, {"tested", CUE_STOP}, {"tests", CUE_STOP}, {"than", CUE_STOP},
    {"that", CUE_STOP}, {"the", CUE_STOP}, {"their", CUE_STOP}, {"theirs", CUE_STOP}, {"them", CUE_STOP},
    {"then", CUE_STOP}, {"there", CUE_STOP}, {"therefore", CUE_STOP}, {"these", CUE_STOP}, {"they", CUE_STOP},
    {"thinkpad", CUE_HARDWARE}, {"third", CUE_ORDINAL}, {"thirteen", CUE_NUMBER}, {"thirty", CUE_NUMBER},
    {"this", CUE_STOP}, {"those", CUE_STOP}, {"though", CUE_STOP}, {"thousand", CUE_NUMBER}, {"thread", CUE_COMPOUND},
    {"threadripper", CUE_HARDWARE}, {"three", CUE_NUMBER}, {"threshold", CUE_STOP}, {"through", CUE_STOP | CUE_YEAR},
    {"throughout", CUE_STOP}, {"throughput", CUE_STOP}, {"thus", CUE_STOP}, {"ticket", CUE_SECTION},
    {"till", CUE_STOP | CUE_YEAR}, {"time", CUE_STOP}, {"titan", CUE_HARDWARE}, {"tmux", CUE_PRODUCT},
    {"to", CUE_STOP | CUE_YEAR}, {"today", CUE_STOP}, {"together", CUE_STOP}, {"tomcat", CUE_PRODUCT},
    {"too", CUE_STOP}, {"took", CUE_STOP}, {"toolkit", CUE_PART}, {"torch", CUE_PRODUCT},
    {"total", CUE_STOP | CUE_MODEL}, {"toward", CUE_STOP}, {"towards", CUE_STOP}, {"traefik", CUE_PRODUCT},
    {"transformer", CUE_MODEL}, {"transformers", CUE_PRODUCT}, {"tried", CUE_STOP}, {"trillion", CUE_NUMBER},
    {"triton", CUE_PRODUCT}, {"true", CUE_STOP}, {"try", CUE_STOP}, {"turn", CUE_STOP}, {"twelve", CUE_NUMBER},
    {"twenty", CUE_NUMBER}, {"two", CUE_NUMBER}, {"ubuntu", CUE_PRODUCT}, {"uefi", CUE_PART}, {"under", CUE_STOP},
    {"unless", CUE_STOP}, {"until", CUE_STOP | CUE_YEAR}, {"up", CUE_STOP}, {"update", CUE_STOP},
    {"updated", CUE_STOP}, {"updates", CUE_STOP}, {"upgrade", CUE_STOP}, {"upgraded", CUE_STOP},
    {"upgrades", CUE_STOP}, {"upon", CUE_STOP}, {"us", CUE_STOP}, {"use", CUE_STOP}, {"used", CUE_STOP},
    {"uses", CUE_STOP}, {"using", CUE_STOP}, {"usually", CUE_STOP}, {"utilisation", CUE_STOP},
    {"utilization", CUE_STOP}, {"v", CUE_VERSION}, {"valkey", CUE_PRODUCT}, {"value", CUE_STOP},
    {"variant", CUE_MODEL}, {"various", CUE_STOP}, {"varnish", CUE_PRODUCT}, {"vault", CUE_PRODUCT},
    {"vcpu", CUE_COMPOUND}, {"ver", CUE_VERSION}, {"verify", CUE_STOP}, {"version", CUE_VERSION},
    {"versions", CUE_VERSION}, {"very", CUE_STOP}, {"via", CUE_STOP}, {"vim", CUE_PRODUCT}, {"vite", CUE_PRODUCT},
    {"vllm", CUE_PRODUCT}, {"volume", CUE_SECTION}, {"vue", CUE_PRODUCT}, {"wait", CUE_STOP}, {"want", CUE_STOP},
    {"wants", CUE_STOP}, {"warning", CUE_STOP}, {"was", CUE_STOP}, {"way", CUE_COMPOUND}, {"we", CUE_STOP},
    {"week", CUE_SECTION}, {"weight", CUE_STOP}, {"weights", CUE_MODEL}, {"well", CUE_STOP}, {"went", CUE_STOP},
    {"were", CUE_STOP}, {"what", CUE_STOP}, {"whatever", CUE_STOP}, {"when", CUE_STOP}, {"where", CUE_STOP},
    {"whereas", CUE_STOP}, {"whether", CUE_STOP}, {"which", CUE_STOP}, {"while", CUE_STOP}, {"who", CUE_STOP},
    {"whole", CUE_DETERMINER}, {"whom", CUE_STOP}, {"whose", CUE_STOP}, {"why", CUE_STOP}, {"will", CUE_STOP},
    {"window", CUE_CONTEXT}, {"windows", CUE_PRODUCT}, {"winter", CUE_YEAR}, {"wireguard", CUE_PRODUCT},
    {"with", CUE_STOP}, {"within", CUE_STOP}, {"without", CUE_STOP}, {"word", CUE_COMPOUND},
    {"wordpress", CUE_PRODUCT}, {"work", CUE_STOP}, {"worked", CUE_STOP}, {"worker", CUE_COMPOUND},
    {"works", CUE_STOP}, {"would", CUE_STOP}, {"write", CUE_STOP | CUE_BYTES}, {"writes", CUE_STOP | CUE_BYTES},
    {"wrote", CUE_STOP}, {"xeon", CUE_HARDWARE}, {"year", CUE_YEAR}, {"yes", CUE_STOP}, {"yet", CUE_STOP},
    {"you", CUE_STOP}, {"your", CUE_STOP}, {"yours", CUE_STOP}, {"zero", CUE_NUMBER}, {"zfs", CUE_PRODUCT},
    {"zola", CUE_PRODUCT}, {"zsh", CUE_PRODUCT},
    /* END CUES */
};
/* clang-format on */

unsigned lex_cues(str w) {
    char key[24];
    if (w.n == 0 || w.n >= (ptrdiff_t)sizeof key) return 0;
    for (ptrdiff_t i = 0; i < w.n; i++) key[i] = (char)byte_lower(w.p[i]);
    key[w.n] = 0;
    size_t lo = 0, hi = COUNT_OF(CUES);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(CUES[mid].word, key);
        if (order == 0) return CUES[mid].cues;
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
    ptrdiff_t lo = i - 1;
    while (lo > 0 && i - lo < 4 && (x->s.p[lo] & 0xC0) == 0x80) lo--;
    if (lex_code_point(x, lo, code) == i - lo) return i - lo;
    *code = UTF8_INVALID;
    return 1;
}

static bool is_blank(const lexer *x, uint32_t code) {
    return code == ' ' || code == '\t' || (code == '\n' && !x->code) || code == 0xA0 || code == 0x202F ||
           (code >= 0x2002 && code <= 0x200A);
}

ptrdiff_t lex_blank(const lexer *x, ptrdiff_t i) {
    uint32_t code;
    uint8_t c = at(x, i);
    if (c == ' ') return 1;
    if (c > ' ' && c < 0xC2) return 0;
    ptrdiff_t n = lex_code_point(x, i, &code);
    return n && is_blank(x, code) ? n : 0;
}

ptrdiff_t lex_blanks_before(const lexer *x, ptrdiff_t i) {
    for (int k = 0; k < 2 && i > x->floor; k++) {
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

range lex_word_before(const lexer *x, ptrdiff_t i) {
    ptrdiff_t lo = i;
    while (lo > x->floor && i - lo <= WORD_MAX) {
        uint32_t code;
        ptrdiff_t n = lex_code_before(x, lo, &code);
        bool inside = code < 0x80
                          ? word_byte((uint8_t)code) || ((code == '+' || code == '#') && lo == i) ||
                                (joint_byte((uint8_t)code) && lo < i && code != '/') || ((code == '+') && lo < i)
                          : letter(code);
        if (!inside || lo - n < x->floor) break;
        lo -= n;
    }
    while (lo < i && (joint_byte(x->s.p[lo]) && !(x->s.p[lo] == '.' && lo + 1 < i && byte_is_alpha(x->s.p[lo + 1]))))
        lo++;
    if (lo > 0 && lo == x->floor && lo < i && !lex_boundary(x, lo - 1)) return (range){i, i};
    return i - lo > WORD_MAX ? (range){i, i} : (range){lo, i};
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

ptrdiff_t lex_literal(const lexer *x, ptrdiff_t i, const char *text) {
    ptrdiff_t n = 0;
    for (; text[n]; n++) {
        uint8_t want = (uint8_t)text[n], is = at(x, i + n);
        if (i + n >= x->s.n || byte_lower(is) != byte_lower(want)) return 0;
    }
    return byte_is_alnum(at(x, i + n - 1)) && !lex_boundary(x, i + n) ? 0 : n;
}

int lex_month(str w) {
    static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    if (w.n < 3 || w.p[0] < 'A' || w.p[0] > 'Z') return 0;
    if (w.p[w.n - 1] == '.') w.n--;
    if (str_eq(w, STR("Sept"))) return 9;
    for (int m = 0; m < 12; m++) {
        str name = str_from_cstr(MONTHS[m]);
        if (str_eq(w, name) || (w.n == 3 && str_starts(name, w))) return m + 1;
    }
    return 0;
}
