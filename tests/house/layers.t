#!/bin/sh
# The law of the house: a room includes only from rooms above it in the table; kernels only from base and itself; the
# library neither prints nor exits. src/assay.[ch], the public face, stands above src/cli and may include every other room
# but that one; no room includes it. In: the source tree. Out: TAP.
cd "$(dirname "$0")/../.." || exit 1
rooms="base article lex rules signals manifest facts gate report kernels lm draft config batch face cli"
rank() { n=0; for r in $rooms; do n=$((n + 1)); [ "$r" = "$1" ] && { echo $n; return; }; done; echo 0; }

broken=0
report() { echo "# $1"; broken=$((broken + 1)); }
for file in src/*.[ch] src/*/*.[ch] src/*/*/*.[ch] kernels/*.[ch] kernels/*/*.[ch] kernels/*/*.cu; do
    [ -f "$file" ] || continue
    case $file in
    kernels/*) room=kernels ;;
    src/assay.[ch]) room=face ;;
    *) room=${file#src/}; room=${room%%/*} ;;
    esac
    mine=$(rank "$room")
    [ "$mine" != 0 ] || report "$file: '$room' is no room of the house"
    for included in $(sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' "$file"); do
        case $included in
        kernels.h | cpu/* | cuda/*) other=kernels ;;
        assay.h) other=face ;;
        */*) other=${included%%/*} ;;
        *) continue ;;
        esac
        theirs=$(rank "$other")
        [ "$theirs" != 0 ] || continue
        [ "$theirs" -le "$mine" ] || report "$file includes $included: $other is below $room"
        if [ "$room" = kernels ] && [ "$other" != base ] && [ "$other" != kernels ]; then
            report "$file includes $included: kernels may include only base"
        fi
    done
done

# Inside the truth stage the folders are layers too: the headers that stand above a folder are those of the folders before
# it, of its own, and claim.h, which the whole house may include; judge.h is for the kinds of claims.
folders="reading verdicts ports places commands processes output exposes existence versions numbers credit physics"
place() { n=0; for r in $folders; do n=$((n + 1)); [ "$r" = "$1" ] && { echo $n; return; }; done; echo 0; }
inner=0
for file in src/facts/*/*.[ch]; do
    folder=${file#src/facts/}; folder=${folder%%/*}
    mine=$(place "$folder")
    [ "$mine" != 0 ] || { echo "# $file: '$folder' is no folder of the truth stage"; inner=$((inner + 1)); }
    for included in $(sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"facts\/\([^"]*\)".*/\1/p' "$file"); do
        case $included in
        claim.h) continue ;;
        judge.h) theirs=3 ;;
        *) theirs=$(place "${included%%/*}") ;;
        esac
        [ "$theirs" != 0 ] && [ "$theirs" -le "$mine" ] || { echo "# $file includes facts/$included, which is below it"; inner=$((inner + 1)); }
    done
done
echo "1..4"
[ "$broken" = 0 ] && echo "ok 1 - rooms include only from rooms above them" || echo "not ok 1 - $broken breach(es) of the layer law"

# The library never prints, exits or aborts (tools that run at build time may).
loud=$(grep -nE '(^|[^a-z_0-9])(printf|puts|putchar|perror|exit|_exit|abort|assert)[[:space:]]*\(|stderr|stdout' src/*.c src/*/*.c src/*/*/*.c kernels/cpu/*.c 2>/dev/null |
    grep -vE '^src/cli/|_tool\.c:|/dev/std|^[^:]*:[0-9]*:[[:space:]]*(\*|/\*|//)' | grep -vE '"[^"]*(stdout|stderr|exit|abort)[^"]*"' | grep -v '_Static_assert\|static_assert')
if [ -z "$loud" ]; then echo "ok 2 - the library neither prints nor exits"; else echo "$loud" | sed 's/^/# /'; echo "not ok 2 - the library neither prints nor exits"; fi
[ "$inner" = 0 ] && echo "ok 3 - the folders of the truth stage include only from those before them" || echo "not ok 3 - $inner breach(es) inside the truth stage"

# Other programs have no other header of ours: the public one stands alone.
foreign=$(sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*\(.*\)/\1/p' src/assay.h | grep -vxF -e '<stdbool.h>' -e '<stddef.h>' -e '<stdint.h>')
if [ -z "$foreign" ]; then echo "ok 4 - the public header includes nothing of ours"; else echo "not ok 4 - src/assay.h includes $foreign"; fi
[ "$broken" = 0 ] && [ -z "$loud" ] && [ "$inner" = 0 ] && [ -z "$foreign" ]
