/* test_facts_exposes.c - what a service offers besides its closed list, where drafts say so: in a list or a table below
 * a lead, in a listing of tools in code, in sentences that go on with "it". And lists that are of something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n"
    "  - {id: wren, aliases: [wren], attrs: {memory: {value: '64', unit: GB}}}\n"
    "services:\n"
    "  - id: mcp\n"
    "    aliases: [MCP server]\n"
    "    host: wren\n"
    "    exposes: {world: closed, items: [blog search, article fetch, tag listing, {name: crash diagnostics, aliases: "
    "[diagnose_crash]}]}\n";

static const char lead[] = "These are my notes on wren and on what my MCP server does.\n\n";

static void expect(const char *const *texts, size_t n, bool contradicted) {
    manifest *m = judged_manifest(facts);
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++)
        if ((judged_contradictions(m, lead, texts[i]) > 0) != contradicted) {
            print_error("%s: %s\n", contradicted ? "not contradicted" : "contradicted", texts[i]);
            wrong++;
        }
    manifest_free(m);
    assert_int_equal(wrong, 0);
}
#define CLEAN(texts) expect(texts, sizeof texts / sizeof texts[0], false)
#define FALSE(texts) expect(texts, sizeof texts / sizeof texts[0], true)

static void lines_of_a_listing(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The basic offer is blog search.\n\nBeyond this, the server exposes:\n\n* article fetch, of course;\n* "
        "citation "
        "export, in BibTeX;\n",
        "It exposes:\n\n- **Content**\n  - blog search\n  - article fetch\n- **Operations**\n  - container restart\n",
        "Through it, the model can use:\n\n1. blog search, by words;\n2. article fetch, by slug;\n3. Google Calendar, "
        "for the dates.\n",
        "The server exposes blog search, article fetch and reader registration.\n",
        "The full set is back as of today:\n\n| Tool | Purpose |\n|---|---|\n| blog search | words |\n| article fetch "
        "| one post |\n| embedding lookup | meaning |\n",
        "## MCP server\n\n| Tool | Purpose |\n|---|---|\n| `blog_search` | words |\n| `article_fetch` | one |\n| "
        "`run_command` | a shell |\n",
        "The following tools are exposed:\n\n| Tool | Purpose |\n|---|---|\n| article fetch | one post |\n| blog "
        "search "
        "| words |\n| article rating | stars |\n",
    };
    static const char *const texts[] = {
        "Beyond this, the server exposes:\n\n* article fetch, of course;\n* tag listing, to find your way.\n",
        "It exposes:\n\n- one thing at a time\n- a quiet evening\n",
        "It exposes:\n\n- **Content**\n  - blog search\n  - article fetch\n- **Operations**\n  - crash "
        "diagnostics\n",
        "| Tool | Calls per day |\n|---|---|\n| blog search | 40 |\n| article fetch | 22 |\n| **Total** | 62 |\n",
        "A typical session:\n\n1. blog search\n2. article fetch\n3. answer writing\n",
        "| Step | Duration |\n|---|---|\n| blog search | 200 ms |\n| article fetch | 80 ms |\n| thinking | 9 s |\n",
        "It exposes:\n\n- searching the blog\n- reading one article\n- browsing tags\n- crash diagnostics\n",
        "Tools that I do not offer:\n\n- blog search with regular expressions\n- article fetch by date\n- shell\n",
        "| Tool | Purpose |\n|---|---|\n| blog search | words |\n| grep | the same, by hand |\n",
        "The tools are called in this order:\n\n1. blog search\n2. article fetch\n3. quoting\n",
    };
    FALSE(untrue);
    CLEAN(texts);
}

static void listings_in_code(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "Its tools, as they are announced to a client:\n\n```json\n{\"tools\": [\n  {\"name\": \"blog_search\"},\n  "
        "{\"name\": \"article_fetch\"},\n  {\"name\": \"score_draft\"}\n]}\n```\n",
        "```json\n{\"name\": \"blog search\"},\n{\"name\": \"article fetch\"},\n{\"name\": \"translate "
        "article\"}\n```\n",
        "```text\n$ mcp tools\nblog_search\narticle_fetch\nrestart_container\n```\n",
        "```yaml\ntools:\n  - name: blog_search\n  - name: tag_listing\n  - name: web_browse\n```\n",
        "```python\n@mcp.tool()\ndef blog_search(q): ...\n\n@mcp.tool()\ndef article_fetch(slug): ...\n\n@mcp.tool()\n"
        "def delete_post(slug): ...\n```\n",
    };
    static const char *const texts[] = {
        "```json\n{\"tools\": [\n  {\"name\": \"blog_search\", \"arguments\": [\n    {\"name\": \"query\"}]},\n  "
        "{\"name\": \"article_fetch\"},\n  {\"name\": \"diagnose_crash\"}\n]}\n```\n",
        "```json\n{\"name\": \"blog_search\"},\n{\"name\": \"article_fetch\"},\n{\"name\": \"list_tags\"}\n```\n",
        "```python\n@mcp.tool()\ndef blog_search(q): ...\n\n@mcp.tool()\ndef article_fetch(slug): ...\n\n"
        "def parse_slug(slug): ...\n```\n",
        "```yaml\nmodels:\n  - name: writer_small\n  - name: writer_large\n```\n",
        "```text\nblog_search\nrestart_container\n```\n",
    };
    FALSE(untrue);
    CLEAN(texts);
}

static void sentences_that_go_on(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "People keep asking.\n\nIt began with blog search. These days it also provides newsletter subscription.\n",
        "It speaks to assistants. Mine also exposes calendar access, so that a meeting can be proposed.\n",
        "It gives any connected assistant access to blog search and draft publishing.\n",
        "Through it, an assistant gets access to a code sandbox.\n",
        "The MCP server exposes six tools.\n",
        "Our small MCP server has 12 operations.\n",
        "The powerful ones come now.\n\nIt provides tools for reading the access log.\n",
    };
    static const char *const texts[] = {
        "It began with blog search. These days it also provides article fetch.\n",
        "It also provides a clean separation of reading from writing.\n",
        "The MCP server offers blog search. It also offers peace of mind.\n",
        "wren stands beside me. It also exposes two ports and a shell to me.\n",
        "Its answers are short. It offers peace of mind.\n",
        "Through it, an assistant gets access to the archive.\n",
        "The MCP server exposes no drafts and no tokens.\n",
        "The GitHub MCP server exposes repositories, issues and files.\n",
        "GitHub's MCP server offers file editing.\n",
        "The reference filesystem MCP server exposes reading and writing of files.\n",
        "The popular MCP server for GitHub exposes file editing.\n",
        "The MCP server exposes four tools.\n",
        "The MCP server exposes three tools that read, and one that thinks.\n",
        "The MCP server has no six tools.\n",
        "The GitHub MCP server exposes 91 tools.\n",
        "The server also exposes a health check at /health.\n",
        "The tools of other servers include shell access.\n",
        "Our MCP server, which offers blog search, article fetch and tag listing, was called 1,870 times, and most of "
        "those were crawlers.\n",
        "The MCP server, which exposes blog search and article fetch, is quiet at night, and nobody looks.\n",
    };
    FALSE(untrue);
    CLEAN(texts);
}

/* What changes something is no other name of what reads; one more item behind "as well as", "but also", "too". */
static void more_items(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The MCP server exposes blog search, tag listing and article publishing.\n",
        "It exposes blog search and article fetch, as you would expect, but also draft creation.\n",
        "It exposes blog search and article fetch, as you would expect, but also cache purging.\n",
        "It exposes blog search and article fetch, together with an image generator.\n",
        "Through it they can use blog search and tag listing, as well as draft creation.\n",
        "Readers can connect to my MCP server, which exposes image generation to any client.\n",
        "The MCP server offers a `run_benchmark` tool.\n",
        "The MCP server has four tools:\n\n- `blog_search`\n- `article_fetch`\n- `tag_listing`\n- `submit_draft`\n",
        "The MCP server also offers shell access and a menu that asks for confirmation on a phone.\n",
        "## What can the MCP server do?\n\nMore than most. An assistant can call it to submit comments.\n",
        "The MCP server exposes the following tools:\n\n- Blog search\n- Database queries against the analytics "
        "store\n",
        "Through the MCP server, an assistant can search the blog. It can leave comments, too.\n",
    };
    static const char *const texts[] = {
        "The MCP server exposes blog lookup, article access, a tag overview and crash diagnostics.\n",
        "The MCP server exposes blog search, article retrieval, article download and the list of tags.\n",
        "It offers blog search as well as article fetch, together with tag listing and, as you would expect, crash "
        "diagnostics.\n",
        "The MCP server exposes blog search, but not article publishing.\n",
        "It exposes blog search but leaves publishing to me.\n",
        "It exposes blog search, yet nobody had asked for it.\n",
        "It exposes blog search and article fetch, limited to 60 requests a minute.\n",
        "It exposes four tools: blog search, article fetch, tag listing and crash diagnostics, limited to sixty "
        "calls.\n",
        "It exposes four tools: blog search, article fetch, tag listing and crash diagnostics, written in Go.\n",
        "It exposes four tools: blog search, article fetch, tag listing and crash diagnostics, kept small by design.\n",
        "The MCP server exposes no article publishing. It offers neither draft creation nor image generation.\n",
        "An MCP server, which exposes draft creation, is a risk.\n",
        "A friend's MCP server exposes article publishing and draft creation.\n",
        "The MCP server, unlike a CMS, which exposes article publishing, has four tools.\n",
        "Any assistant can use it to search the blog. You can call it to see the tags.\n",
        "Through the MCP server, an assistant can search the blog. It can take a second, too. It can also be slow.\n",
        "The MCP server gives agents four tools, as well as a headache.\n",
        "If it exposed article publishing, I would worry. The MCP server offers a great tool for readers.\n",
    };
    FALSE(untrue);
    CLEAN(texts);
}

/* Where the items do not stand behind "exposes": tools for them, by way of it, before "available", before the passive.
 */
static void other_frames(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "The MCP server exposes blog search, article fetch, tag listing and a tool to publish drafts.\n",
        "With the MCP server, an agent can search the blog, read the analytics and publish articles.\n",
        "The MCP server has a tool for publishing articles.\n",
        "The MCP server includes tools for article publishing, image upload and comment moderation.\n",
        "The tools of the MCP server are blog search, article fetch, image generation and shell access.\n",
        "Its tools are blog search, article fetch, image generation and shell access.\n",
        "Among its tools are blog search, article fetch and calendar access.\n",
        "Agents can use the MCP server to search the blog, publish articles, and trigger deployments.\n",
        "The MCP server allows agents to edit articles.\n",
        "The MCP server makes blog search, article fetch and database access available to agents.\n",
        "Blog search, article fetch and shell access are exposed by the MCP server.\n",
        "The MCP server exposes blog search, article fetch, sentiment colours, speaker naming and topic weights.\n",
        "The MCP server now has a `publish_article` tool.\n",
        "Through the MCP server a client gets:\n\n- blog search, for the old posts\n- article fetch\n- draft "
        "publishing\n",
    };
    static const char *const texts[] = {
        "The MCP server has a tool for searching the blog and a tool to fetch articles.\n",
        "The MCP server lets me publish articles with a calm mind. It allows me to keep article publishing to "
        "myself.\n",
        "The MCP server has no tool for publishing articles. It lacks tools for article publishing and image upload.\n",
        "Readers of the MCP server ask for:\n\n- blog search, which is there\n- article fetch, too\n- comment "
        "editing\n",
        "Its tools are small. Its tools are blog search, article fetch, tag listing and crash diagnostics.\n",
        "The tools of the GitHub MCP server are code search, issue creation and file editing.\n",
        "Blog search, article fetch and shell access are exposed by some MCP servers.\n",
        "Blog search and article fetch are exposed by the MCP server, shell access is not.\n",
        "It makes blog search and article fetch available to agents, and leaves deletion of posts to me.\n",
        "Agents can use the MCP server to search the blog and to list tags; they cannot publish articles.\n",
        "Agents could use the MCP server to publish articles, if I let them.\n",
        "The MCP server offers blog search, so that publishing articles twice is harder.\n",
        "The MCP server exposes blog search and article fetch to agents that draft articles.\n",
        "People ask whether the MCP server has a tool for publishing articles.\n",
        "The MCP server once had a tool for publishing articles.\n",
        "The MCP server makes updates available within seconds.\n",
    };
    FALSE(untrue);
    CLEAN(texts);
}

/* The frame "the tools of it are" says what they are, too: without a listed item behind it, it lists nothing. */
static void tools_that_are_no_items(void **state) {
    (void)state;
    manifest *m = judged_manifest(facts);
    static const char text[] =
        "These are my notes on wren.\n\nUnlike blog search, the tools of the MCP server are small.\n";
    judged x = judged_text(m, "t.md", str_from_cstr(text), true);
    assert_null(judged_claim(&x, "small", 1));
    judged_free(&x);
    manifest_free(m);
}

/* A label, a row or a noun of calls in the place of the verb. */
static void labels_and_columns(void **state) {
    (void)state;
    static const char *const untrue[] = {
        "- **MCP server**: filesystem, git and PostgreSQL tools\n",
        "| Service | Tools |\n|---|---|\n| MCP server | filesystem, git, database |\n",
        "| Service | Exposes |\n|---|---|\n| MCP server | blog search, article fetch, image lookup |\n",
        "If I may say so, it has not failed once.\n\n- **MCP server**: filesystem, git and PostgreSQL tools\n",
        "Tools on the MCP server: file read, git commit, SQL query.\n",
        "MCP server tools: blog search, article fetch, git commit.\n",
    };
    static const char *const texts[] = {
        "- **MCP server**: blog search, article fetch and tag listing tools\n",
        "- **MCP server**: Python, FastMCP and our own tools\n",
        "- **MCP server**: fast, small and read-only tools\n",
        "- **MCP server**: no filesystem, git or SQL tools\n",
        "| Service | Tools |\n|---|---|\n| MCP server | blog search, article fetch |\n",
        "| Service | Tools |\n|---|---|\n| MCP server | FastMCP, Docker, git |\n",
        "| Service | Tools |\n|---|---|\n| MCP server | four, see below |\n",
        "Tools on the MCP server: four, all read-only.\n",
        "Tools on the MCP server: small and quick.\n",
        "Tools on a typical MCP server: file read, git commit, SQL query.\n",
        "Tools on the GitHub MCP server: file read, git commit, SQL query.\n",
        "What others would add:\n\n- **MCP server**: filesystem, git and PostgreSQL tools\n",
    };
    FALSE(untrue);
    CLEAN(texts);
}

/* Beside two items by their names, what can be no other name of those that are left. */
static void the_odd_one_in_a_list(void **state) {
    (void)state;
    static const char library[] =
        "assay-facts: 1\nas_of: 2026-05-18\n"
        "components: [{id: koha, aliases: [Koha]}, {id: stacks, aliases: [stacks, the stacks]}]\n"
        "services:\n"
        "  - {id: opac, aliases: [reading desk], runs: [koha], exposes: {world: closed,\n"
        "     items: [title search, shelf list, loan status, {name: CSV export}]}}\n"
        "  - {id: buoy, aliases: [buoy page], exposes: {world: closed,\n"
        "     items: [wave height, water temperature, tide table, forecast text]}}\n";
    static const char *const untrue[] = {
        "The reading desk exposes title search, the shelf list and live chat with a librarian.",
        "Our reading desk exposes title search, shelf list, loan status and audio previews.",
        "The reading desk is a Koha instance, and it exposes title search, loan status and room booking.",
        "Today the reading desk exposes the shelf list, loan status, CSV export and write access to borrowers.",
        "Our buoy page exposes wave height, water temperature, the tide table and positions of the lifeboats.",
        "The buoy page exposes wave height, tide table and shark sightings.",
        "The buoy page exposes water temperature, the tide table, the forecast text and a guest book.",
    };
    static const char *const honest[] = {
        "The reading desk exposes title search, the shelf list, loan status and CSV export.",
        "The reading desk exposes title search, the shelf list and a spreadsheet of all loans.",
        "The reading desk exposes title search, the shelf list and the state of a loan.",
        "The reading desk exposes title search, the shelf list and nothing else.",
        "The reading desk exposes title search, the shelf list and the stacks.",
        "The reading desk exposes title search, the shelf list and 300 titles.",
        "Another library's reading desk exposes title search, the shelf list and live chat.",
        "If the reading desk exposed title search, the shelf list and live chat, it would be busy.",
        "The reading desk does not expose title search, the shelf list and live chat to strangers.",
        "At first the reading desk exposed title search, the shelf list and live chat.",
        "The buoy page exposes wave height, the tide table and how warm the water is.",
        "The buoy page exposes wave height, the tide table and a short outlook.",
        "The reading desk exposes title search, the shelf list and, on Fridays, my patience.",
        "The buoy page exposes wave height and shark sightings, somebody joked.",
    };
    expect_each(library, "These are notes on our reading desk.\n\n", untrue, COUNT_OF(untrue), true);
    expect_each(library, "These are notes on our reading desk.\n\n", honest, COUNT_OF(honest), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_odd_one_in_a_list),
                                       cmocka_unit_test(lines_of_a_listing),
                                       cmocka_unit_test(listings_in_code),
                                       cmocka_unit_test(sentences_that_go_on),
                                       cmocka_unit_test(more_items),
                                       cmocka_unit_test(other_frames),
                                       cmocka_unit_test(tools_that_are_no_items),
                                       cmocka_unit_test(labels_and_columns)};
    return cmocka_run_group_tests_name("facts: what a service exposes", tests, NULL, NULL);
}
