/* lexicon.c - the small words that decide what a sentence is: denial, wish, order, report, memory.
 *
 * In: a word. Out: its cues (judge.h). The table is data; it is hashed once an article (a few microseconds) so that no
 * state is shared between threads. Words are matched whole, by their 64-bit hashes, ASCII case folded.
 * It deliberately knows no grammar: stance.c looks at where cues stand.
 */
#include "lex/lexicon.h"

#include "lex/stem.h"

#include <pthread.h>

typedef struct cue_words {
    uint32_t cues;
    const char *words; /* separated by blanks */
} cue_words;

static const cue_words lexicon[] = {
    {CUE_NEGATION,
     "no not never without neither nor none nothing cannot can't don't doesn't didn't isn't aren't wasn't "
     "weren't won't hasn't haven't hadn't couldn't wouldn't shouldn't nobody nowhere lacks lack absent zero"},
    {CUE_MODAL, "would could might wouldn't couldn't should shouldn't may maybe perhaps"},
    {CUE_IF, "if unless suppose supposing imagine assuming"},
    {CUE_SECOND, "you your yours yourself you'd you'll you're you've"},
    {CUE_FIRST, "i my mine me we our ours us i'm i've i'd i'll we're we've we'll we'd myself ourselves"},
    {CUE_OTHERS, "friend friends cousin uncle aunt nephew niece vendor vendors colleague colleagues reader readers "
                 "guide guides his competitor "
                 "competitors manufacturer neighbour neighbor acquaintance employer employers whoever somebody someone "
                 "forum upstream "
                 "documentation docs elsewhere university paper papers"},
    {CUE_REPORT,
     "claims claimed claim reports reported says said told tells promises promised quoted quotes advertised "
     "advertises according wrote writes announced rumoured rumored states stated alleged asserts asserted "
     "hallucinated invented insisted invents insists pretended"},
    {CUE_PAST, "until previously previous formerly former earlier old older ago replaced originally initially past"},
    {CUE_WAS,
     "was were had did ran before went upgraded downgraded moved came then began started stood once back switched "
     "migrated dropped fell rose decoded raised lowered became removed after stopped cut cost replaced left"},
    {CUE_COMPARE, "than unlike versus vs instead rather compared comparison except equivalent like against"},
    {CUE_IMPERATIVE,
     "install run use check set add create open download copy paste type make start stop enable disable "
     "configure edit put write replace remove delete ensure verify note remember try consider pick choose "
     "pin update upgrade read follow see repeat print compare keep let clone build export pull push go"},
    {CUE_FUTURE,
     "will plan plans planning want wants wish wishes hope hopes someday considering considered evaluated rejected "
     "contemplated dismissed"},
    {CUE_REQUIRE,
     "requires require required need needs newer recommended recommends recommend supports supported compatible"},
    {CUE_DEFAULT, "default defaults stock typical typically usual usually"},
    {CUE_HAVE,
     "has have had with runs run running uses use using own owns owned contains contain includes include hosts "
     "houses carries carry sits sit sits holds beside installed equipped features drives got bought added takes "
     "through via absorbs handles handle watches takes gets visible stands plus powered powers serves serving on and "
     "both"},
    {CUE_CADENCE,
     "weekdays workdays daily weekly monthly nightly hourly yearly annually quarterly every each fortnightly biweekly "
     "once twice "
     "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
     "saturdays sundays"},
    {CUE_EXPOSE,
     "exposes expose exposed exposing offers offer offering provides provide providing interact interacts gives give "
     "gave grants grant lets let allows allow enables enable permits include includes can has have gets get"},
    {CUE_PLACE, "in at from near inside"},
    {CUE_FILLER,
     "version versions release is at to the v was are now still on in of with tag currently runs running stays "
     "series branch from reports build a an ver rev by as shows carries package ran since installed than "
     "remains"},
    {CUE_STOP,
     "the a an of and or to in on at for by with is are was were be been it its this that these those as from "
     "which who whose than then so such my our your their his her i we you they he she one not no do does did "
     "has have had will would can could may might must should but if into about over under up out all any some "
     "more most each every per via there here what when where how also only just still very much many"},
    {CUE_ONE, "one single sole"},
    {CUE_TAKE, "takes take took taking lasts lasted needs needed costs cost finishes finished"},
    {CUE_BREAK, "but while whereas although though because so since which who whose however yet where when"},
    {CUE_VERSIONISH, "version versions release current installed tag v build"},
    {CUE_GONE, "removed deleted gone retired replaced dropped abandoned old former left decommissioned sold until"},
    {CUE_RUN, "runs run running hosts host hosting serves serve"},
    {CUE_PART,
     "core cores gpu gpus cpu cpus node nodes server servers machine machines drive drives disk disks replica replicas "
     "cluster clusters region regions shard shards container containers worker workers box boxes host hosts instance "
     "instances card cards pod pods thread threads stream streams socket sockets switch switches rack racks standby "
     "standbys vm vms nic nics port ports user users customer customers accelerator accelerators model models site "
     "sites datacenter datacenters endpoint endpoints"},
    {CUE_FIGURE,
     "thing things step steps line lines question questions section sections point points reason reasons change "
     "changes habit habits lesson lessons part parts way ways word words sentence sentences paragraph paragraphs "
     "page pages rule rules chapter chapters tip tips idea ideas example examples"},
    {CUE_PARTIAL,
     "limit limits left free used uses using extra additional spare headroom cache allocated allocate reserve "
     "reserved share half third quarter another loads consumes consumed occupies saves saved leaving remaining "
     "remain remains first up than swap buffer file files image checkpoint weights model each per allocation "
     "allocates peak peaks grew grows below above"},
    {CUE_ALSO_OTHER, "newer ordinary typical hypothetical another's tuned bigger larger different managed"},
};

static const struct {
    uint32_t mark;
    const char *words;
} marked[] = {
    {MARK_MACHINE,
     "machine server box card gpu laptop desktop workstation node cluster instance phone system computer mainframe"},
    {MARK_MACHINES, "machines servers boxes cards gpus laptops nodes clusters instances phones systems computers"},
    {MARK_DEVICE, "laptop laptops phone phones tablet macbook smartphone chromebook pc thinkpad"},
    {MARK_POINTS, "it it's this these they they're each both its their that"},
    {MARK_DEFINITE, "the my our its both these those this two three four all each"},
    {MARK_MISSING, "missing absent nowhere unavailable gone"},
    {MARK_USED, "used"},
    {MARK_RENTED, "rented"},
    {MARK_WHETHER, "whether"},
    {MARK_ACT,
     "delete remove create add edit update rename restart stop pause resume disable enable ban block reset revoke "
     "reboot erase drop cancel archive move copy rotate approve reject merge lock unlock close reopen upload download "
     "export import"},
    {MARK_CALLS,
     "call operation endpoint verbs calls operations endpoints tools methods functions commands things actions"},
    {MARK_ORDER, "order sequence steps procedure routine"},
    {MARK_COMMAND, "flag flags option options switch switches subcommand subcommands verb verbs command commands"},
    {MARK_MAY, "may"},
    {MARK_PEOPLE,
     "brother sister partner wife husband mother father son daughter cousin uncle aunt friend friends colleague "
     "colleagues neighbour neighbours neighbor neighbors folks employer employers university universities rival rivals "
     "competitor competitors reviewers owners vendor vendors manufacturer manufacturers maker makers maintainer "
     "maintainers hoster provider providers supplier reseller resellers insurers hospital hospitals forum upstream "
     "mainline marketing laptop laptops phone phones tablet macbook mac pc notebook router hers"},
    {MARK_WRITING, "playbook playbooks handbook readme tutorial tutorials guide guides documentation docs manual "
                   "datasheet paper papers "
                   "preprint advisory advisories changelog brochure"},
    {MARK_SHARE,
     "half twice two three four five six ten third thirds quarter quarters fifth fifths sixth eighth tenth tenths "
     "doubled "
     "tripled trebled quadrupled quintupled halved redoubled twofold threefold fourfold fivefold sixfold sevenfold "
     "eightfold ninefold tenfold twentyfold hundredfold thousandfold double doubles doubling triple triples tripling "
     "treble trebles quadruple quadruples quadrupling halve halves halving zero nothing times instead rather fraction "
     "magnitude hundreds thousands dozens tens scores millions billions"},
    {MARK_PAST, "was were had did ran went came began stood took gave wrote made kept held sent built bought brought "
                "broke chose drew drove fell felt found got grew knew led left lost met paid rose said saw sold sat "
                "spoke spent told thought threw wore won became"},
    {MARK_CLOCK, "midnight noon am pm"},
    {MARK_HOUSE, "pi nas desktop tower imac notebook netbook"},
    {MARK_THEIRS, "his her hers he she different"},
    {MARK_TOLD, "wrote claimed thought believed assumed guessed promised said written"},
    {MARK_AGAINST, "decided turned ruled"},
    {MARK_RHYTHM, "times thrice working business"},
    {MARK_FIRST, "first before after"},
    {MARK_RADEON, "radeon rx"},
    {MARK_START, "starts start begins begin runs run started scheduled fires fire due set"},
};

enum { CUE_SLOTS = 2048 /* of which some 1,000 are taken */, SIEVE_BITS = 1 << 15 };

typedef struct cue_slot {
    uint64_t hash; /* str_hash_nocase of the word; 0 = empty */
    word_sense sense;
} cue_slot;

struct cue_table {
    uint64_t sieve[SIEVE_BITS / 64]; /* a bit for each word: most others have none, and no slot is looked at */
    cue_slot slots[CUE_SLOTS];
    uint64_t stems[CUE_SLOTS]; /* apart, since most words are in no slot */
};

static uint32_t sieve_bit(uint64_t hash) { return (uint32_t)(hash >> 32) & (SIEVE_BITS - 1); }
static uint32_t word_slot(uint64_t hash) { return (uint32_t)hash & (CUE_SLOTS - 1); }

static void learn(struct cue_table *t, const char *words, word_sense sense) {
    str rest = str_from_cstr(words), term;
    while (str_cut(&rest, ' ', &term)) {
        if (!term.n) continue;
        uint64_t hash = str_hash_nocase(term);
        uint32_t at = word_slot(hash);
        while (t->slots[at].hash && t->slots[at].hash != hash) at = (at + 1) & (CUE_SLOTS - 1);
        if (!t->slots[at].hash) t->stems[at] = fact_stem(term);
        t->slots[at].hash = hash;
        t->sieve[sieve_bit(hash) / 64] |= (uint64_t)1 << sieve_bit(hash) % 64;
        t->slots[at].sense.cues |= sense.cues;
        t->slots[at].sense.marks |= sense.marks;
    }
}

static struct cue_table known;

static void learn_all(void) {
    for (size_t i = 0; i < COUNT_OF(lexicon); i++)
        learn(&known, lexicon[i].words, (word_sense){.cues = lexicon[i].cues});
    for (size_t i = 0; i < COUNT_OF(marked); i++) learn(&known, marked[i].words, (word_sense){.marks = marked[i].mark});
}

const struct cue_table *cue_table_get(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, learn_all);
    return &known;
}

const char *mark_words(uint32_t mark) {
    for (size_t i = 0; i < COUNT_OF(marked); i++)
        if (marked[i].mark == mark) return marked[i].words;
    return "";
}

word_sense sense_of_hashed(const struct cue_table *t, uint64_t hash, uint64_t *stem) {
    if (!(t->sieve[sieve_bit(hash) / 64] >> sieve_bit(hash) % 64 & 1)) return (word_sense){0};
    for (uint32_t at = word_slot(hash); t->slots[at].hash; at = (at + 1) & (CUE_SLOTS - 1))
        if (t->slots[at].hash == hash) {
            *stem = t->stems[at];
            return t->slots[at].sense;
        }
    return (word_sense){0};
}

static uint32_t cue_whole(const struct cue_table *t, str term) {
    uint64_t stem;
    return sense_of_hashed(t, str_hash_nocase(term), &stem).cues;
}

uint32_t cue_of(const struct cue_table *t, str term) {
    if (term.n > 16) return 0;
    uint32_t whole = cue_whole(t, term);
    /* "a friend's machine", "the vendor's page" */
    if (!whole && term.n > 3 && str_ends(term, STR("'s")))
        whole = cue_whole(t, str_slice(term, 0, term.n - 2)) & CUE_OTHERS;
    if (!whole && term.n > 3 && str_ends(term, STR("s'")))
        whole = cue_whole(t, str_slice(term, 0, term.n - 1)) & CUE_OTHERS;
    return whole;
}
