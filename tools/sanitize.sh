#!/usr/bin/env bash
# Runs tests of the modules with unsafe code under AddressSanitizer, and then once more with a seeded fault, which it must find.
#
# Usage: tools/sanitize.sh [TEST...]   tests of rust/cpu and rust/tensor; without a name all, with the tests beside the sources
set -euo pipefail
cd "$(dirname "$0")/.."
target=x86_64-unknown-linux-gnu
# The compiler has the sanitizer in it, but lets only nightly versions use it unless it is told that this is wanted.
export RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=address" CARGO_TARGET_DIR=target/sanitize CARGO_INCREMENTAL=1
# Buffers that are kept for reuse and objects of statics are no leaks; a forked child ends at once.
export ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=1
which=("${@/#/--test=}")
[ $# -gt 0 ] || which=(--tests)
cpu() {
  cargo test --quiet --profile fast --target $target --manifest-path "$1/Cargo.toml" -p ferroflow-cpu "${which[@]}" -- "${@:2}"
}
cpu .
[ $# -gt 0 ] || cargo test --quiet --profile fast --target $target -p ferroflow-tensor --lib

# A copy of the sources in which registers are loaded whole where only a part of them lies in the array.
seeded=target/sanitize/seeded
rm -rf $seeded
mkdir -p $seeded
cp -r Cargo.toml Cargo.lock rust $seeded
fault=$seeded/rust/cpu/src/gemm/x86.rs
sed -i '/unsafe fn load_part(p: \*const f32/,/^    }/s/unsafe { F32x.*/unsafe { Self::load(p) }/' $fault
! cmp -s $fault rust/cpu/src/gemm/x86.rs || { echo "sanitize: the fault could not be seeded" >&2; exit 1; }
which=(--test=conv)
if found=$(cpu $seeded float_convolutions 2>&1); then
  echo "sanitize: the seeded fault was not found" >&2
  exit 1
fi
if ! grep -q 'AddressSanitizer: heap-buffer-overflow' <<<"$found"; then
  echo "sanitize: the seeded fault was not what failed:" >&2
  tail -40 <<<"$found" >&2
  exit 1
fi
echo 'sanitize: no fault in the sources; the seeded one was found:'
grep -m 3 'heap-buffer-overflow\|    #[01] ' <<<"$found"
