/* html_tag.c - one tag of HTML or JSX: where it ends and what it is.
 *
 * In: text and the place of a '<'. Out: its length and what kind of element it opens or closes.
 *
 *     <a href="x > y" title='z'>     a '>' inside quotation marks or braces ends no tag
 *     <Chart data={[1, 2]} />        a component: a block of its own, empty
 *     <p hidden>  <b style="display: none">     hides what it holds
 *     <!-- … -->  <!DOCTYPE x>  <?x?>  <![CDATA[ … ]]>     comments and declarations
 *
 * Not here: which tag closes which. A '<' that begins none of these ("a < b", "<3") is text.
 */
#include "article/blocks.h"

typedef struct element {
    const char *name;
    uint16_t is;
} element;

static const element elements[] = {
    /* by name */
    {"a", HTML_INLINE},
    {"abbr", HTML_INLINE},
    {"b", HTML_INLINE | HTML_STRONG},
    {"bdi", HTML_INLINE},
    {"bdo", HTML_INLINE},
    {"big", HTML_INLINE},
    {"blockquote", HTML_QUOTE},
    {"br", HTML_INLINE | HTML_BREAK},
    {"cite", HTML_INLINE},
    {"code", HTML_INLINE | HTML_CODE},
    {"data", HTML_INLINE},
    {"del", HTML_INLINE | HTML_STRUCK},
    {"dfn", HTML_INLINE},
    {"em", HTML_INLINE | HTML_EMPHASIS},
    {"font", HTML_INLINE},
    {"i", HTML_INLINE | HTML_EMPHASIS},
    {"img", HTML_INLINE},
    {"ins", HTML_INLINE},
    {"kbd", HTML_INLINE | HTML_CODE},
    {"label", HTML_INLINE},
    {"mark", HTML_INLINE},
    {"math", HTML_HIDDEN},
    {"pre", HTML_PRE},
    {"q", HTML_INLINE},
    {"s", HTML_INLINE | HTML_STRUCK},
    {"samp", HTML_INLINE | HTML_CODE},
    {"script", HTML_HIDDEN},
    {"small", HTML_INLINE},
    {"span", HTML_INLINE},
    {"strike", HTML_INLINE | HTML_STRUCK},
    {"strong", HTML_INLINE | HTML_STRONG},
    {"style", HTML_HIDDEN},
    {"sub", HTML_INLINE},
    {"sup", HTML_INLINE},
    {"svg", HTML_HIDDEN},
    {"table", HTML_TABLE},
    {"td", HTML_CELL},
    {"template", HTML_HIDDEN},
    {"textarea", HTML_PRE},
    {"th", HTML_CELL | HTML_HEAD},
    {"time", HTML_INLINE},
    {"title", HTML_HIDDEN},
    {"tr", HTML_ROW},
    {"tt", HTML_INLINE | HTML_CODE},
    {"u", HTML_INLINE},
    {"var", HTML_INLINE | HTML_CODE},
    {"wbr", HTML_INLINE},
};

static bool is_letter(uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* HTML's names in either case; a capitalised one that HTML lacks, or a dotted one ("<Tabs.Item>"), is a component. */
static void name_read(html_tag *tag) {
    uint8_t first = tag->name.p[0], second = tag->name.n == 2 ? tag->name.p[1] : 0;
    if ((first == 'h' || first == 'H') && second >= '1' && second <= '6') tag->level = (uint8_t)(second - '0');
    for (size_t lo = 0, hi = COUNT_OF(elements); lo < hi;) {
        size_t middle = lo + (hi - lo) / 2;
        int order = str_cmp_nocase(tag->name, str_from_cstr(elements[middle].name));
        if (!order) tag->is = elements[middle].is;
        if (order > 0)
            lo = middle + 1;
        else
            hi = order ? middle : lo;
    }
}

static html_tag declaration(str s, uint32_t at) {
    static const char *const kinds[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        str open = str_from_cstr(kinds[i][0]), close = str_from_cstr(kinds[i][1]);
        if (!str_starts(str_slice(s, at, s.n), open)) continue;
        if (i == COUNT_OF(kinds) - 1 && !((ptrdiff_t)at + 2 < s.n && is_letter(s.p[at + 2]))) break;
        ptrdiff_t end = str_find(s, close, (ptrdiff_t)at + open.n);
        end = end < 0 ? s.n : end + close.n; /* what is open to the end hides all of it */
        return (html_tag){.length = (uint32_t)(end - (ptrdiff_t)at), .is = HTML_COMMENT};
    }
    return (html_tag){0};
}

static bool is_ignored(uint8_t c) { return byte_is_space(c) || strchr("'\"{}", c) != NULL; }

/* Does the value hold the text, blanks, quotation marks and braces aside, in either case? Of HTML, and of JSX as an
 * object. Linear: a stretch between two other bytes is passed by a dozen attempts at most. */
static bool holds_bare(str value, const char *text) {
    for (ptrdiff_t from = 0; from < value.n; from++) {
        if (byte_lower(value.p[from]) != (uint8_t)text[0]) continue;
        const char *left = text;
        for (ptrdiff_t at = from; at < value.n && *left; at++) {
            if (is_ignored(value.p[at])) continue;
            if (byte_lower(value.p[at]) != (uint8_t)*left) break;
            left++;
        }
        if (!*left) return true;
    }
    return false;
}

static bool attribute_hides(str name, str value) {
    static const char *const styles[] = {"display:none", "visibility:hidden", "visibility:collapse"};
    if (str_eq_nocase(name, STR("hidden"))) return !str_eq(value, STR("{false}"));
    for (size_t i = 0; i < COUNT_OF(styles) && str_eq_nocase(name, STR("style")); i++)
        if (holds_bare(value, styles[i])) return true;
    return false;
}

/* End of the value that begins at `at`: quoted, in braces, or bare. */
static ptrdiff_t value_end(str s, ptrdiff_t at) {
    uint8_t quote = at < s.n && (s.p[at] == '"' || s.p[at] == '\'') ? s.p[at] : 0;
    ptrdiff_t i = quote ? at + 1 : at;
    for (uint32_t depth = 0; i < s.n; i++) {
        if (quote ? s.p[i] == quote : !depth && byte_is_space(s.p[i])) return i + (quote != 0);
        if (!quote && s.p[i] == '{') depth++;
        if (!quote && s.p[i] == '}' && depth && !--depth) return i + 1;
    }
    return s.n;
}

/* Of what stands between a tag's name and its end: "hidden", "style = …". */
static bool attributes_hide(str s) {
    for (ptrdiff_t at = 0; at < s.n;) {
        ptrdiff_t lo = at;
        while (at < s.n && !byte_is_space(s.p[at]) && s.p[at] != '=' && s.p[at] != '/') at++;
        str name = str_slice(s, lo, at), value = STR("");
        ptrdiff_t next = at;
        while (name.n && next < s.n && byte_is_space(s.p[next])) next++;
        if (name.n && next < s.n && s.p[next] == '=') {
            for (next++; next < s.n && byte_is_space(s.p[next]);) next++;
            at = value_end(s, next);
            value = str_slice(s, next, at);
        }
        if (attribute_hides(name, value)) return true;
        if (at == lo) at++;
    }
    return false;
}

html_tag html_tag_read(str s, uint32_t at) {
    uint32_t n = (uint32_t)s.n, i = at + 1;
    html_tag tag = {0};
    if (i >= n) return tag;
    if (s.p[i] == '!' || s.p[i] == '?') return declaration(s, at);
    if (s.p[i] == '/') tag.closes = true, i++;
    uint32_t name = i;
    while (i < n && (byte_is_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == '.')) i++;
    tag.name = str_slice(s, name, i);
    bool fragment = i == name && i < n && s.p[i] == '>';
    if (i >= n || (!fragment && (i == name || !is_letter(s.p[name])))) return (html_tag){0};
    if (s.p[i] != '>' && s.p[i] != '/' && !byte_is_space(s.p[i])) return (html_tag){0}; /* <https://…> <a@b> */
    uint8_t quote = 0;
    const uint32_t attributes = i;
    for (uint32_t depth = 0; i < n; i++) {
        uint8_t c = s.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && (depth || s.p[i - 1] == '=' || byte_is_space(s.p[i - 1])))
            quote = c;
        else if (c == '{')
            depth++;
        else if (c == '}')
            depth -= depth > 0;
        else if (c == '>' && depth == 0)
            break;
    }
    if (i >= n) return (html_tag){.unended = true};
    tag.empty = s.p[i - 1] == '/';
    tag.length = i + 1 - at;
    tag.hides = !tag.closes && attributes_hide(str_slice(s, attributes, i));
    if (!fragment) name_read(&tag);
    return tag;
}

/* Elements that hold nothing (html.spec.whatwg.org, "Void elements"). */
static const char VOID[] = "area base br col embed hr img input link meta param source track wbr";

void html_tag_report(builder *b, const html_tag *tag, span where) {
    if (tag->hides && !tag->closes && !tag->empty && !(tag->is & HTML_HIDDEN) && !str_is_among(tag->name, VOID))
        issue_add(b, ISSUE_HIDDEN, where, "no reader sees what '<%.*s>' holds here: show it or take it out",
                  (int)(tag->name.n < 32 ? tag->name.n : 32), (const char *)tag->name.p);
}
