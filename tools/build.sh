#!/usr/bin/env bash
# Builds the compiled module for development and puts it into py/ferroflow, where both environments find it.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
cargo build ${CI:+--locked} --quiet --profile fast -p ferroflow-py
library=$target/fast/lib_core.so
[ -f "$library" ] || library=$target/fast/lib_core.dylib
module=py/ferroflow/_core.abi3.so
if ! cmp -s "$library" "$module"; then
  # Renamed into place, so that a process that has the old one loaded goes on undisturbed.
  cp "$library" "$module.new"
  mv -f "$module.new" "$module"
fi
