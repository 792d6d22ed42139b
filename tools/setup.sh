#!/usr/bin/env bash
# Makes the virtual environments: `setup.sh dev` (.venv), `setup.sh oracle` (.venv-oracle), `setup.sh peers` (.venv-peers, for the
# benches), `setup.sh bench` (.venv-bench, with the wheel in dist/ and NumPy).
# Safe to repeat: an environment whose stamp matches this file's text and Python's version is left alone.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONHOME PYTHONPATH
python=${PYTHON:-python3}

# One NumPy for both environments, so that what TensorFlow answered in the one prints alike in the other.
numpy='numpy>=2.2,<2.3'
# pytest-xdist 3.8 loses its groups of tests under pytest 9.2: each worker would build what one of them builds for all.
pytest=('pytest<9.2' pytest-xdist)
# What `.venv` holds: building, the tests, the notebooks and the main job. TensorFlow is not among them.
dev=(maturin "$numpy" scipy "${pytest[@]}" pandas scikit-learn matplotlib tensorboard ml_dtypes mpmath psutil requests
     nbclient nbformat ipykernel mypy ruff)
# What `.venv-oracle` holds: TensorFlow and JAX to compare with.
oracle=('tensorflow-cpu==2.21.*' "$numpy" 'jax[cpu]' scipy "${pytest[@]}" pandas scikit-learn tensorboard
        absl-py protobuf ml_dtypes mpmath psutil)
# What `.venv-peers` holds, for the benches; and PyTorch without the several GB of CUDA libraries that its plain Linux wheel asks
# for, which `torch_of_cpu` installs with what else it needs.
peers=('tensorflow-cpu==2.21.*' 'jax[cpu]' onnxruntime onnx numpy "${pytest[@]}" setuptools
       filelock fsspec jinja2 networkx sympy typing_extensions)

say() { printf 'setup: %s\n' "$*"; }

# Runs its arguments as root where that needs no password; false elsewhere.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else command -v sudo >/dev/null && sudo -n "$@"; fi
}

# system_package COMMAND-THAT-PROVES-IT PACKAGES...: installs them by apt where that is possible, else goes on.
system_package() {
  local probe=$1; shift
  if eval "$probe" >/dev/null 2>&1 || ! command -v apt-get >/dev/null; then return 0; fi
  say "installing $*"
  { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"; } \
    </dev/null >/dev/null 2>&1 || say "could not install $*; going on"
}

system_packages() {
  system_package 'command -v cc' gcc libc6-dev
  system_package 'command -v git' git ca-certificates
  system_package "$python -c 'import venv, ensurepip'" python3 python3-venv
  # A GPU in software, for the tests of GPUs; without it they say what is missing and are left out.
  system_package 'ls /usr/share/vulkan/icd.d/*.json' mesa-vulkan-drivers libvulkan1
}

rust_components() {
  if ! command -v cargo >/dev/null; then
    say 'cargo is missing: install Rust 1.89 or later (rustup is the usual way), then try again' >&2
    exit 1
  fi
  local wanted=()
  cargo fmt --version >/dev/null 2>&1 || wanted+=(rustfmt)
  cargo clippy --version >/dev/null 2>&1 || wanted+=(clippy)
  if [ ${#wanted[@]} -gt 0 ]; then
    say "adding ${wanted[*]}"
    rustup component add "${wanted[@]}" </dev/null
  fi
}

# environment DIR STAMP PACKAGES...: DIR holds PACKAGES and finds `ferroflow` in py/.
environment() {
  local dir=$1 stamp=$1/$2 key; shift 2
  key="$(sha256sum <tools/setup.sh | cut -c1-64) $("$python" -VV 2>&1 | head -n 1) $PWD"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ]; then return 0; fi
  local began=$SECONDS
  "$dir/bin/python" -c 'import pip' 2>/dev/null || "$python" -m venv --clear "$dir"
  "$dir/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --upgrade "$@" </dev/null
  local site
  site=$("$dir/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  printf '%s\n' "$PWD/py" >"$site/ferroflow-dev.pth"
  printf '%s' "$key" >"$stamp"
  say "$dir is ready after $((SECONDS - began)) s"
}

torch_of_cpu() {
  local libraries
  .venv-peers/bin/python -c 'import torch' 2>/dev/null && return 0
  .venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps torch </dev/null
  libraries=$(.venv-peers/bin/python -c 'import sysconfig; print(sysconfig.get_path("platlib"))')/torch/lib
  .venv-peers/bin/python -c 'import torch' 2>/dev/null || .venv-peers/bin/python benches/torch_without_cuda.py "$libraries"
}

# The environment of a user: the wheel, NumPy, and nothing that finds the working tree.
wheel_alone() {
  [ -x .venv-bench/bin/python ] || "$python" -m venv .venv-bench
  local install=(.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-input)
  "${install[@]}" "$numpy" </dev/null
  "${install[@]}" --force-reinstall --no-deps dist/ferroflow-*.whl </dev/null
}

case ${1:-} in
  dev) system_packages; rust_components; environment .venv .stamp "${dev[@]}" ;;
  oracle) system_packages; environment .venv-oracle .stamp "${oracle[@]}" ;;
  peers)
    system_package 'command -v g++ objdump' g++ binutils
    environment .venv-peers .stamp "${peers[@]}"
    torch_of_cpu ;;
  bench) wheel_alone ;;
  *) echo 'usage: tools/setup.sh dev|oracle|peers|bench' >&2; exit 2 ;;
esac
