#!/usr/bin/env bash
# Resolve pyproject.toml's ranges anew and write requirements.lock (what Byline runs on) and
# requirements-dev.lock (what is added to test and check it). PIP_CONSTRAINT=FILE holds versions.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
python=$work/venv/bin/python
export PIP_REQUIRE_VIRTUALENV=1
# pip 23, which comes with Python 3.11, misses extras that are spelled lxml[html_clean].
"$python" -m pip install --quiet --quiet --upgrade pip

names() { # names KEY: the requirements under project.KEY, one a line
    "$python" - "$1" <<'PY'
import sys, tomllib
found = tomllib.load(open("pyproject.toml", "rb"))["project"]
for key in sys.argv[1].split("."):
    found = found[key]
print(*found, sep="\n")
PY
}

frozen() { # every installed package as name==version, without what differs by machine
    # torch chooses its own CUDA packages, and a CPU build has the same version with a suffix.
    "$python" -m pip freeze --all |
        grep -viE '^(pip|nvidia-.*|cuda-.*|triton)==' | sed 's/+cpu$//' | LC_ALL=C sort -f
}

header() { # header WHAT
    printf '# %s\n# Made by `make lock` from pyproject.toml; do not edit by hand.\n' "$1"
}

names dependencies >"$work/runtime.in"
names optional-dependencies.dev >"$work/dev.in"

echo "Resolving what Byline runs on"
"$python" -m pip install --quiet --quiet "$(grep '^torch' "$work/runtime.in")"
"$python" -m pip install --quiet --quiet -r "$work/runtime.in"
frozen >"$work/runtime.txt"

echo "Resolving what tests and checks need"
"$python" -m pip install --quiet --quiet -r "$work/runtime.txt" -r "$work/dev.in"
frozen | grep -vxFf "$work/runtime.txt" >"$work/dev.txt"

{ header "What Byline runs on, every package at one version."; cat "$work/runtime.txt"; } \
    >requirements.lock
{ header "What is added to test and check it."; cat "$work/dev.txt"; } >requirements-dev.lock
echo "Wrote requirements.lock and requirements-dev.lock"
