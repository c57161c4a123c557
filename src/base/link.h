/* link.h - where a symbolic link leads, for whoever replaces a file: what is renamed over a link replaces the link, and
 * the file that it leads to would stay as it was. */
#ifndef ASSAY_BASE_LINK_H
#define ASSAY_BASE_LINK_H

/* The path that `path` leads to through all links of its last component, whether or not something is there; `path`
 * itself where it is no link. Caller frees. NULL with errno: ENOMEM, ELOOP (a circle), or what readlink says. */
char *link_target(const char *path);

#endif
