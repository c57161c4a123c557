/* unicode_class.h - classes of code points: upper, lower, other letter, mark, number, space, newline, none of them. */
#ifndef ASSAY_LM_UNICODE_CLASS_H
#define ASSAY_LM_UNICODE_CLASS_H

#include "base/arena.h"

enum unicode_class {
    CLASS_OTHER,
    CLASS_UPPER,   /* Lu, Lt */
    CLASS_LOWER,   /* Ll */
    CLASS_LETTER,  /* Lm, Lo */
    CLASS_MARK,    /* Mn, Mc, Me */
    CLASS_NUMBER,  /* Nd, Nl, No */
    CLASS_SPACE,   /* White_Space but for the next */
    CLASS_NEWLINE, /* CR and LF */
    CLASS_COUNT
};

typedef struct unicode_classes {
    const uint8_t *pages[0x1100]; /* pages[code >> 8][code & 255] */
} unicode_classes;

/* Builds the table (some 60 KB) in the arena; NULL when memory is gone. */
unicode_classes *unicode_classes_new(arena *a);

/* Class of a code point; CLASS_OTHER for what is none (UTF8_INVALID). */
static inline enum unicode_class unicode_class_of(const unicode_classes *u, uint32_t code) {
    return code < 0x110000 ? (enum unicode_class)u->pages[code >> 8][code & 255] : CLASS_OTHER;
}

#endif
