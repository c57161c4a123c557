/* whole_name.c - is a name that was found the whole name of what is spoken of?
 *
 *     github.com/docker/docker   actions/setup-python   python-requests   ptr::swap   k8s.io/klog   grafana/loki:2.8
 *                       ~~~~~~                 ~~~~~~   ~~~~~~                ~~~~   ~~~          ~~~~~~~
 *
 * In: a passage and the bytes of the name. Out: whether it is only a part of another product's name, of a path or of an
 * identifier. What is said of the other product says nothing of the one whose name is inside.
 */
#include "facts/reading/reading.h"

/* The maker's own packages of a product: "docker-ce", "postgresql-server", "hugo-extended". */
static bool is_flavour(str tail) {
    static const char *const flavours[] = {"server", "client", "extended", "ce",   "ee",   "lts", "common",
                                           "core",   "bin",    "base",     "full", "libs", "dev", "cli"};
    ptrdiff_t n = 0;
    while (n < tail.n && byte_is_alpha(tail.p[n])) n++;
    for (size_t i = 0; i < COUNT_OF(flavours); i++)
        if (str_eq_nocase(str_slice(tail, 0, n), str_from_cstr(flavours[i]))) return true;
    return false;
}

bool name_is_part(const passage *p, uint32_t lo, uint32_t hi, bool image) {
    str text = p->on->text;
    uint8_t before = lo > p->text.lo ? text.p[lo - 1] : ' ', after = hi < p->text.hi ? text.p[hi] : ' ';
    bool alpha = hi + 1 < p->text.hi && byte_is_alpha(text.p[hi + 1]);
    if (before == '-' || before == '_') return true;
    if (before == ':' && lo > p->text.lo + 1 && text.p[lo - 2] == ':') return true; /* "ptr::swap" */
    if ((after == '/' || after == '.') && alpha) return true;                       /* "k8s.io/klog" */
    if (image) return false;
    if (before == '/') return true;
    return (after == '-' || after == '_') && alpha &&
           !is_flavour(str_slice(text, (ptrdiff_t)hi + 1, (ptrdiff_t)p->text.hi));
}
