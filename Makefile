# Ferroflow's tasks; `make` or `make help` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup oracle build run test check lint fmt rust-test py-test sanitize bench docs wheel gen clean

PYTHON := .venv/bin/python
ORACLE := .venv-oracle/bin/python
# A stale Cargo.lock is mended on a developer's machine and an error in continuous integration.
LOCKED := $(if $(CI),--locked)
# Without `-p`, so that all crates that are shared have the same features in all builds, and are built once.
XTASK := cargo run $(LOCKED) --quiet --profile fast --bin xtask --
PROFILE := release
export PYO3_PYTHON := $(CURDIR)/.venv/bin/python
export PYTHONDONTWRITEBYTECODE := 1
export TF_CPP_MIN_LOG_LEVEL := 3

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

setup: ## make .venv with all that building and testing need, and build the package into it
	tools/setup.sh dev
	@echo 'setup: compiling; the first time this takes some minutes, in silence'
	tools/build.sh

oracle: ## make .venv-oracle, with the TensorFlow that tests compare with
	tools/setup.sh oracle

build: ## rebuild the compiled module after a change
	tools/build.sh

run: setup ## train the digit classifier
	$(PYTHON) examples/digits.py

test: setup oracle lint rust-test py-test ## everything

check: setup lint ## format, lints, layers and the fast tests
	cargo test $(LOCKED) --quiet --profile fast --workspace --lib --bins
	$(PYTHON) -m pytest -q -n 2 -m 'not full' --ignore=tests/oracle --ignore=tests/gpu tests

lint:
	cargo fmt --all --check
	cargo clippy $(LOCKED) --quiet --profile fast --workspace --all-targets -- -D warnings -A clippy::cloned_ref_to_slice_refs -D clippy::undocumented_unsafe_blocks
	$(XTASK) layers >/dev/null
	$(XTASK) gen --check >/dev/null
	$(PYTHON) tools/stubs.py --check
	$(PYTHON) -m pytest -qq tests/repo/test_layers.py -k python_modules
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --quiet --check .

fmt: ## format all code
	cargo fmt --all
	.venv/bin/ruff check --quiet --select I --fix .
	.venv/bin/ruff format --quiet .

rust-test:
	timeout 2400 cargo test $(LOCKED) --profile fast --workspace

# The tests in tests/oracle hold Ferroflow and TensorFlow in one process, so they run where TensorFlow is. Those in tests/gpu see a
# GPU, all others none, whatever the machine has.
py-test:
	timeout 2400 $(PYTHON) -m pytest -n 2 --dist loadgroup --ignore=tests/oracle --ignore=tests/gpu tests
	timeout 1200 $(PYTHON) -m pytest -n 2 tests/gpu
	timeout 1500 $(ORACLE) -m pytest -n 2 --dist loadgroup tests/oracle

sanitize: ## tests of the modules with unsafe code under AddressSanitizer, which must find a seeded fault as well
	tools/sanitize.sh

bench: setup ## speed next to TensorFlow, PyTorch, JAX, ONNX Runtime and NumPy, all rows
	rm -f dist/ferroflow-*.whl
	@$(MAKE) --no-print-directory wheel
	tools/setup.sh bench
	tools/setup.sh peers
	$(PYTHON) benches/run.py

gen: ## write the files that come from the op table and the tables of names
	$(XTASK) gen
	$(PYTHON) tools/stubs.py

docs: setup ## the Rust pages, in target/doc
	RUSTDOCFLAGS='-D warnings' cargo doc $(LOCKED) --no-deps --workspace

wheel: ## the package as a wheel, in dist/
	tools/setup.sh dev
	.venv/bin/maturin build --profile $(PROFILE) $(LOCKED) --out dist

clean: ## remove what was built; the environments stay
	rm -rf target dist py/ferroflow/_core.abi3.so
	find py tests -name __pycache__ -type d -prune -exec rm -rf {} +
