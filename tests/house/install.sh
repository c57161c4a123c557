#!/bin/sh
# install.sh put STAGE DESTDIR LIST - a staged tree below DESTDIR; LIST (a name in the tree) says what was put there
# install.sh take DESTDIR LIST      - takes that away again, and the folders that were made for it and are empty
#
# A name a line, folders with a slash at the end; what an earlier LIST names is kept, so that nothing is left of an
# older version.
set -e
what=$1
[ "$what" = take ] || { stage=$2; shift; }
dest=$2 list=$3
names=$(mktemp)
trap 'rm -f "$names"' EXIT
if [ "$what" = take ]; then
    [ -f "$dest$list" ] || { echo "uninstall: there is no $dest$list, which names what was installed" >&2; exit 1; }
    sort -r "$dest$list" >"$names"
    grep -v '/$' "$names" | while read -r name; do rm -f "$dest$name"; done
    grep '/$' "$names" | while read -r name; do rmdir "$dest$name" 2>/dev/null || :; done
    exit
fi
cd "$stage"
[ ! -f "$dest$list" ] || cat "$dest$list" >"$names"
find . -type d | sed '1d; s/^\.//' | sort | while read -r name; do
    [ -d "$dest$name" ] || echo "$name/" >>"$names"
    install -d "$dest$name"
done
find . -type f | sed 's/^\.//' | while read -r name; do
    mode=644
    [ ! -x ".$name" ] || mode=755
    install -m $mode ".$name" "$dest$name"
    echo "$name" >>"$names"
done
echo "$list" >>"$names"
sort -u "$names" >"$dest$list"
