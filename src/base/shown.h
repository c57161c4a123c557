/* shown.h - other people's text on its way to a terminal.
 *
 * A model's name, a draft, an article's words, a file's name can hold what commands a terminal: ESC and the rest of C0,
 * DEL, C1 (U+009B is ESC [ in one character), what turns the direction of a line (U+202E), bytes that are no UTF-8. All
 * of it comes out as \n, \t, \xNN or \uNNNN, so that it can neither move the cursor nor forge a line. "a<ESC>[2Jb" is
 * shown as a\x1b[2Jb. Files, and JSON, which escapes by its own rules, are not shown text.
 *
 * The log of a CI service is a terminal, too: GitHub and others obey "##[add-mask]x" wherever it stands in a line
 * (shown as #\x23[add-mask]x), and "::stop-commands::x" at its beginning.
 */
#ifndef ASSAY_BASE_SHOWN_H
#define ASSAY_BASE_SHOWN_H

#include "base/arena.h"
#include "base/buf.h"

/* One line's worth: line ends and tabs are escaped, too. */
void shown_put(buf *out, str text);
/* The same for a file's name that begins a line: "::x.md", "##x.md" and "-x.md" are shown as "./::x.md" … */
void shown_name(buf *out, str name);
/* The same as a view: `text` itself where there is nothing to escape, else in the arena; empty on lack of memory. */
str shown_str(arena *a, str text);
/* A text of many lines that comes in pieces: LF and tab stay, and the CR before an LF is left out.
 * Returns the bytes taken: all of them with `last`, else
 * all but the beginning of what may go on in the next piece (at most 3 bytes of a character, or a CR). */
ptrdiff_t shown_live(buf *out, str piece, bool last);

#endif
