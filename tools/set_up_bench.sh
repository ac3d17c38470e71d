#!/usr/bin/env bash
# Sets up bench/NAME/.venv with the peers that bench/NAME/requirements.txt names, once.
# They stay out of the project's own environment: nothing but the benchmarks needs them.
set -euo pipefail
cd "$(dirname "$0")/../bench/$1"

state=$(cat requirements.txt <(pwd) | cksum)
[[ -f .venv/set-up && $(cat .venv/set-up) == "$state" ]] && exit 0

echo "Setting up the peers of bench/$1 (once)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ python3 -m venv --clear .venv && .venv/bin/pip install --disable-pip-version-check -r requirements.txt; } \
  >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
echo "$state" >.venv/set-up
