#!/usr/bin/env bash
# Sets up .venv (deno, JupyterLab, TensorFlow's C library, a Deno kernel) and node_modules, once.
# Each half is made again only when the files it follows from have changed, or the folder has moved.
set -euo pipefail
cd "$(dirname "$0")/.."

python_state=$(cat requirements.txt tools/set_up.sh <(pwd) | cksum)
npm_state=$(cat deno.json deno.lock <(pwd) | cksum)
up_to_date() { [[ -f $1 && $(cat "$1") == "$2" ]]; }
if up_to_date .venv/set-up "$python_state" && up_to_date node_modules/.set-up "$npm_state"; then
  exit 0
fi

missing() {
  printf 'This needs %s. On Debian and Ubuntu:\n    sudo apt-get install %s\n' "$1" "$2" >&2
  exit 1
}
started=$SECONDS
step() { printf '  %s\n' "$1"; }
# What a step prints is shown only where the step fails.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
  "$@" >"$log" 2>&1 || { cat "$log" >&2; printf '\nThis failed: %s\n' "$*" >&2; exit 1; }
}

set_up_python() {
  command -v git >/dev/null || missing git git
  command -v python3 >/dev/null || missing "Python 3.11 or newer" "python3 python3-venv"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    missing "Python 3.11 or newer ($(python3 --version 2>&1) is here)" "python3.11 python3.11-venv"
  python3 -c 'import venv, ensurepip' 2>/dev/null || missing "Python's venv module" python3-venv

  step "Python environment"
  quietly python3 -m venv --clear .venv
  export PIP_DISABLE_PIP_VERSION_CHECK=1
  grep -v '^tensorflow' requirements.txt >.venv/without-tensorflow.txt
  grep '^tensorflow' requirements.txt >.venv/tensorflow.txt
  step "deno, JupyterLab and what they need (100 MB to download)"
  quietly .venv/bin/pip install --no-deps -r .venv/without-tensorflow.txt
  step "TensorFlow's C library (274 MB to download, 1.2 GB on disk)"
  # Only the C library inside is used, so one wheel, Python 3.13's, serves whatever Python runs here.
  local packages
  packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
  quietly .venv/bin/pip install --no-deps --only-binary=:all: --python-version 3.13 \
    --target "$packages" -r .venv/tensorflow.txt

  step "Deno kernel for Jupyter"
  mkdir -p .venv/share/jupyter/kernels/deno
  # TensorFlow's C library reads this environment when it is opened.
  cat >.venv/share/jupyter/kernels/deno/kernel.json <<KERNEL
{
  "argv": ["$PWD/.venv/bin/deno", "jupyter", "--kernel", "--conn", "{connection_file}"],
  "display_name": "Deno",
  "language": "typescript",
  "env": {
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "DENO_NO_UPDATE_CHECK": "1"
  }
}
KERNEL
  echo "$python_state" >.venv/set-up
}

set_up_npm() {
  step "npm packages, by the lock file (160 MB to download)"
  quietly .venv/bin/deno install --frozen
  echo "$npm_state" >node_modules/.set-up
}

echo "Setting up (once)"
up_to_date .venv/set-up "$python_state" || set_up_python
up_to_date node_modules/.set-up "$npm_state" || set_up_npm
printf 'Set up in %d s.\n\n' $((SECONDS - started))
