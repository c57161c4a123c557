/* version.h - comparing versions by the rules of their scheme.
 *
 * semver: Semantic Versioning 2.0.0. pep440: Python's PEP 440. deb: Debian Policy 5.6.12 (epoch, tildes). rpm:
 * rpmvercmp. calver: dotted numbers compared number by number (calver.org). loose: dotted, dashed, lettered parts by
 * natural order. All functions take linear time in the lengths of their texts and allocate nothing.
 */
#ifndef ASSAY_LEX_VERSION_H
#define ASSAY_LEX_VERSION_H

#include "base/str.h"

enum version_scheme {
    VERSION_SEMVER,
    VERSION_PEP440,
    VERSION_DEB,
    VERSION_RPM,
    VERSION_CALVER,
    VERSION_LOOSE,
    VERSION_SCHEME_COUNT
};
enum version_order { VERSION_LESS = -1, VERSION_EQUAL = 0, VERSION_GREATER = 1, VERSION_UNORDERED = 2 };

/* By name as manifests write it: "semver", "pep440", "deb", "rpm", "calver", "loose"; false, and *scheme untouched, for
 * another. */
bool version_scheme_parse(str name, enum version_scheme *scheme);
/* That name; "unknown" for a number that is none. Static. */
const char *version_scheme_name(enum version_scheme scheme);
/* Whether version_compare can read `text` (a leading v or V allowed) as a version of the scheme. Semver takes "13" and
 * "13.0" too, for products with two numbers are commonly filed under it. */
bool version_readable(enum version_scheme scheme, str text);
/* Order of two versions; UNORDERED when one cannot be read in the scheme. What is written in prose is often short, so
 * semver reads a missing minor or patch as 0 here ("13.0" is 13.0.0); calver reads missing numbers as 0. On what can be
 * read it is a total order, equality included ("1.0" and "1.0.0" are equal in pep440; build metadata in semver). */
enum version_order version_compare(enum version_scheme scheme, str a, str b);
/* Whether `stated` is a prefix of `full` by whole components: "13.0" of "13.0.2", "v13" of "13.0.2", "6.8.0" of
 * "6.8.0-41-generic", "2.43" of "1:2.43.0-1" (deb, rpm: an epoch that is not stated); not "13.0.2" of "13.0", not "1.1"
 * of "1.10", not "1.2" of "1.2rc1" (a pre-release is another version). Equal versions are prefixes of each other. */
bool version_is_prefix(enum version_scheme scheme, str stated, str full);
/* Whether `version` satisfies a constraint list ">= 1.2, < 2", "~=1.4", "~1.2", "^1.2.3", "3.11+", "1.2.x", "!=1.5". A
 * bare version in it means "this or what it is a prefix of". UNORDERED or unreadable parts make it false and set
 * *understood (NULL allowed) to false. */
bool version_satisfies(enum version_scheme scheme, str version, str constraint, bool *understood);

#endif
