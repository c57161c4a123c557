#!/bin/sh
# refusals.sh BUILD-FOLDER - what the real plug-in says where there is no driver, an old one, or one without a GPU: TAP.
# The drivers are fake_driver.c, found before a real one. Needs no GPU.
set -u
build=$1 plugin=$1/libassay-cuda.so
n=0 failed=0
says() { # WHAT PART FOLDER [VARIABLE=VALUE...]
    what=$1 part=$2 folder=$3
    shift 3
    n=$((n + 1))
    said=$(env LD_LIBRARY_PATH="$folder" "$@" "$build/gpu_check" "$plugin" 2>&1 | head -5)
    case $said in
    "1..0 # SKIP "*"$part"*) echo "ok $n - $what" ;;
    *)
        failed=1
        echo "not ok $n - $what"
        echo "$said" | sed 's/^/# /'
        ;;
    esac
}
if ldconfig -p 2>/dev/null | grep -q 'libcuda\.so\.1'; then
    n=1
    echo "ok 1 - no driver # SKIP there is one"
else
    says "no driver" "there is no NVIDIA driver on this machine" /nonexistent
fi
says "a driver too old" "supports CUDA 12.8 and this build needs 13.0: install driver 580 or newer" "$build/fake" FAKE_VERSION=12080
says "a driver without a GPU" "the NVIDIA driver is there, but no GPU that it can use" "$build/fake"
says "a driver that knows nothing" "the NVIDIA driver does not answer: " "$build/fake" FAKE_DEVICES=1
echo "1..$n"
exit "$failed"
