/* version_order.h - the six schemes behind version.h: one reader and comparison each. For version.c only.
 *
 * Texts come without a leading v and trimmed. Each function returns <0, 0, >0; `valid` says whether a text can be read.
 */
#ifndef ASSAY_LEX_VERSION_ORDER_H
#define ASSAY_LEX_VERSION_ORDER_H

#include "base/str.h"

/* SemVer 2.0.0, and "1" and "1.2". */
bool semver_valid(str s);
int semver_cmp(str a, str b);
bool pep440_valid(str s);
int pep440_cmp(str a, str b);
bool deb_valid(str s);
int deb_cmp(str a, str b);
bool rpm_valid(str s);
int rpm_cmp(str a, str b);
bool calver_valid(str s);
int calver_cmp(str a, str b);
bool loose_valid(str s);
int loose_cmp(str a, str b);

/* Digit strings of any length by value. */
int version_number_cmp(str a, str b);
/* How a word stands to the release itself: dev -5, alpha -4, beta -3, pre -2, rc -1, anything else 0. */
int version_prerelease_rank(str word);

#endif
