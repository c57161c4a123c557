#!/bin/sh
# What is installed: `make install` into a folder, pages that lint clean, completions that load, the Debian package in an
# empty root.
. "$(dirname "$0")/lib.sh"
plan 18
inst=$scratch/root
make -s -C "$root" install DESTDIR="$inst" PREFIX=/usr >out 2>&1; yes_no "make install DESTDIR=" $? "$(tail -3 out)"
"$inst/usr/bin/assay" --version >out; is "the installed program runs" "$(cut -d' ' -f1 out)" assay
missing=; for name in $("$ASSAY" help --commands); do [ -s "$inst/usr/share/man/man1/assay-$name.1" ] || missing="$missing $name"; done
is "a page a command" "$missing" ""
is "and those of the formats and the library" "$(cd "$inst/usr/share/man" && ls man3 man5 | tr '\n' ' ')" "man3: libassay.3  man5: assay-manifest.5 assay-rules.5 "
undocumented=; "$ASSAY" check --help | sed -n 's/^  .* --\([a-z-]*\).*/\1/p' | while read -r flag; do grep -q "Fl .-$flag" "$inst/usr/share/man/man1/assay-check.1" || echo "$flag"; done >undocumented
is "every flag is in its page" "$(cat undocumented)" ""
if command -v mandoc >/dev/null; then
    is "pages lint clean" "$(cd "$inst/usr/share/man" && mandoc -Tlint man1/*.1 man3/*.3 man5/*.5 | grep -v 'referenced manual not found')" ""
else skip "mandoc is not installed"; fi
# ---- any folder, and nothing is left of it
spaced="$scratch/a b's root"; mkdir -p "$spaced/usr/bin"; echo mine >"$spaced/usr/bin/mine"
make -s -C "$root" install DESTDIR="$spaced" PREFIX=/usr >out 2>&1; yes_no "a DESTDIR with a space" $? "$(tail -3 out)"
is "holds what another one holds" "$(cd "$spaced" && find . | grep -v 'bin/mine' | sort)" "$(cd "$inst" && find . | sort)"
make -s -C "$root" install DESTDIR="$spaced" PREFIX=/usr >out 2>&1; make -s -C "$root" uninstall DESTDIR="$spaced" PREFIX=/usr >out 2>&1
is "make uninstall leaves what was there before" "$? $(cd "$spaced" && find . | sort | tr '\n' ' ')" "0 . ./usr ./usr/bin ./usr/bin/mine "
make -s -C "$root" uninstall DESTDIR="$spaced" PREFIX=/usr >out 2>&1; is "and refuses where nothing was installed" "$? $(grep -c 'which names what was installed' out)" "2 1"
bash=$inst/usr/share/bash-completion/completions/assay
if command -v bash >/dev/null; then
    bash -c ". '$bash'; COMP_WORDS=(assay check --format s); COMP_CWORD=3; _assay; echo \"\${COMPREPLY[@]}\"; COMP_WORDS=(assay ba); COMP_CWORD=1; _assay; echo \"\${COMPREPLY[@]}\"; COMP_WORDS=(assay check --thr); COMP_CWORD=2; _assay; echo \"\${COMPREPLY[@]}\"; COMP_WORDS=(assay doctor -f ''); COMP_CWORD=3; _assay; echo \"\${COMPREPLY[@]}\"" >out 2>&1
    is "bash completes formats, commands, flags, and a command's own formats" "$(tr '\n' ' ' <out)" "sarif batch --threshold text json "
    complete_at() { bash -c ". '$bash'; COMP_WORDS=($1); COMP_CWORD=$2; _assay; echo \"\${COMPREPLY[@]}\""; }
    is "operands that are no files" "$(complete_at "assay manifest ''" 2)|$(complete_at "assay hook u" 2)|$(complete_at "assay hook install pre-p" 3)" "check probe gaps import|uninstall|pre-push"
    touch a-file; is "nor what takes neither words nor a file" "$(complete_at "assay check --style t" 3)|$(complete_at "assay check --threshold ''" 3)|$(complete_at "assay manifest --root a-f" 3)|$(complete_at "assay manifest check a-f" 3)" "tutorial||a-file|a-file"
else skip "bash is not installed"; skip "bash is not installed"; skip "bash is not installed"; fi
for shell in zsh fish; do
    file=$inst/usr/share/zsh/site-functions/_assay; [ $shell = fish ] && file=$inst/usr/share/fish/vendor_completions.d/assay.fish
    if command -v $shell >/dev/null; then $shell -n "$file" >out 2>&1; yes_no "$shell reads its completions" $? "$(cat out)"; else skip "$shell is not installed"; fi
done

# ---- the Debian package in a root that holds nothing but the C library
if command -v dpkg-deb >/dev/null && command -v ldd >/dev/null; then
    make -s -C "$root" deb >out 2>&1; yes_no "make deb" $? "$(tail -3 out)"
    deb=$(ls "$root"/build/deb/assay_*.deb | tail -1); mkdir clean; dpkg-deb -x "$deb" clean
    for library in $(ldd clean/usr/bin/assay | grep -o '/[^ ]*'); do mkdir -p "clean$(dirname "$library")"; cp -L "$library" "clean$library"; done
    is "it needs the C library alone" "$(ldd clean/usr/bin/assay | grep -o '^[^.(]*' | tr -d '\t ' | sort | grep -v '^linux-vdso$\|^libc$\|^libm$\|^/lib\|^/usr/lib\|^libdl$\|^libpthread$' | tr '\n' ' ')" ""
    truth; right_article clean/a.md; cp site.yaml clean/
    enter=; if [ "$(id -u)" = 0 ]; then enter=chroot; elif unshare -r true 2>/dev/null; then enter="unshare -r chroot"; fi
    if [ "$enter" ]; then $enter clean /usr/bin/assay check --manifest /site.yaml --about ours --threshold -100 --no-exit /a.md >out 2>&1; has "and runs in a clean root" out "1 supported, 0 contradicted"; else skip "no right to change the root"; fi
else skip "no dpkg-deb"; skip "no dpkg-deb"; skip "no dpkg-deb"; fi
finish
