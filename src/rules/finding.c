/* finding.c - names and order of findings. In: lists in the order of discovery. Out: lists in the order of the page. */
#include "rules/finding.h"

#include <stdlib.h>

static const char *const level_names[] = {"off", "note", "warning", "error"};

const char *level_name(enum level level) { return level_names[level]; }

bool level_parse(str name, enum level *level) {
    for (size_t i = 0; i < COUNT_OF(level_names); i++)
        if (str_eq(name, str_from_cstr(level_names[i]))) {
            *level = (enum level)i;
            return true;
        }
    return false;
}

static int by_place(const void *left, const void *right) {
    const finding *a = left, *b = right;
    if (a->where.lo != b->where.lo) return a->where.lo < b->where.lo ? -1 : 1;
    if (a->where.hi != b->where.hi) return a->where.hi < b->where.hi ? -1 : 1;
    int order = str_cmp(a->rule, b->rule);
    return order ? order : str_cmp(a->message, b->message);
}

void finding_list_sort(finding_list *list) {
    /* The order is total up to findings that are alike in all they show, so qsort's instability cannot be seen. */
    if (list->n > 1) qsort(list->at, list->n, sizeof *list->at, by_place);
}
