#!/usr/bin/env bash
# Runs the tests that hold Ferroflow and TensorFlow in one process: a fresh process for each file, as TensorFlow keeps state.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
for file in tests/oracle/test_*.py; do
  workers=0
  [ "$file" != tests/oracle/test_ops.py ] || workers=2
  echo "== $file"
  timeout 900 "$python" -m pytest -q -n "$workers" "$file"
done
