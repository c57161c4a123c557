#!/bin/sh
# The library as other programs get it: `make install` into a folder, the program of docs/library.md built with what lies
# there, C++, the names that can be seen.
. "$(dirname "$0")/lib.sh"
plan 10
inst=$scratch/root
make -s -C "$root" install DESTDIR="$inst" PREFIX=/usr >out 2>&1; yes_no "make install DESTDIR=" $? "$(tail -3 out)"
there=; for file in include/assay.h lib/libassay.a lib/pkgconfig/assay.pc share/man/man3/libassay.3; do [ -s "$inst/usr/$file" ] && there="$there $file"; done
is "header, library, flags, page" "$there" " include/assay.h lib/libassay.a lib/pkgconfig/assay.pc share/man/man3/libassay.3"
has "the flags are of this version" "$inst/usr/lib/pkgconfig/assay.pc" "Version: $("$ASSAY" --version | cut -d' ' -f2)" "prefix=/usr"
nm -g --defined-only "$inst/usr/lib/libassay.a" 2>/dev/null | sed -n 's/.* [A-Z] //p' | sort >seen
sed -n '/^ \*/d; s/.*\(assay_[a-z_]*\)(.*/\1/p' "$inst/usr/include/assay.h" | sort -u >declared
is "what the header declares is what can be seen" "$(diff seen declared)" ""

# ---- the page's program
page=$root/docs/library.md
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$page" >gate.c
awk '/^```console$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$page" >session
export PKG_CONFIG_PATH="$inst/usr/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR=
if pkg-config --exists assay 2>/dev/null; then
    flags=$(pkg-config --define-variable=prefix="$inst/usr" --define-variable=libdir="$inst/usr/lib" --cflags --static --libs assay)
else
    flags="-I$inst/usr/include -L$inst/usr/lib -lassay -lcmark-gfm -lcmark-gfm-extensions -lpcre2-8 -lyaml -lutf8proc -lcrypto -lpthread -lm"
fi
${CC:-cc} -std=c11 -Wall -Wextra -Werror -pedantic -o gate gate.c $flags >out 2>&1; yes_no "the page's program builds without a warning" $? "$(cat out)"
ln -s "$root/corpus" corpus
grep '^\$ ' session | sed '1d; s/^\$ //' >lines; grep -v '^\$ ' session >wanted
sh ./lines >got 2>&1 </dev/null; status=$?
[ -z "${UPDATE:-}" ] || { awk -v got=got '/^```console$/ { inside = 1 } inside && /^```$/ { while ((getline line < got) > 0) print line; inside = 0 }
    inside && !/^(\$|```)/ { next } { print }' "$page" >page && cp page "$page"; cp got wanted; }
is "and prints what the page says" "$(cat got)" "$(cat wanted)"
is "a failing article is 1" "$status" 1
printf 'assay-facts: 1\nas_of: 2026-05-18\ncomponents:\n  - {id: x, versoin: 1}\n' >bad.yaml
./gate bad.yaml a.md 2>err; is "a bad manifest is 2, with its place" "$? $(cut -d' ' -f1 err)" "2 bad.yaml:4:13:"
# ---- an extension of another language is a shared object
printf '#include <assay.h>\nint extension(void);\nint extension(void) {\n    assay_rules *rules = NULL;\n    assay_error e;\n    int status = assay_rules_builtin(NULL, &rules, &e);\n    assay_rules_free(rules);\n    return status;\n}\n' >extension.c
printf 'int extension(void);\nint main(void) { return extension(); }\n' >host.c
${CC:-cc} -shared -fPIC -Wl,-z,text -o libextension.so extension.c $flags >out 2>&1 && ${CC:-cc} -o host host.c -L. -lextension -Wl,-rpath,"$PWD" >>out 2>&1 && ./host >>out 2>&1
yes_no "the library goes into a shared object" $? "$(tail -5 out)"
if command -v c++ >/dev/null; then
    printf '#include <assay.h>\nint main() { return assay_version()[0] == 0; }\n' >x.cc
    c++ -Wall -Wextra -Werror -o x x.cc $flags >out 2>&1 && ./x; yes_no "C++ links it" $? "$(cat out)"
else skip "no C++ compiler"; fi
finish
