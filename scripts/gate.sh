#!/usr/bin/env bash
# Ask the shipped gold set anew; exit with 3 on a significant loss against examples/baseline.
#   scripts/gate.sh            the gate, for CI
#   scripts/gate.sh --freeze   make the baseline anew from this code, to be committed
# PYTHON names the interpreter (.venv/bin/python).
set -euo pipefail
cd "$(dirname "$0")/.."

baseline=examples/baseline
byline=("${PYTHON:-.venv/bin/python}" -m ui.cli)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${1:-}" != --freeze ] && [ ! -f "$baseline/run.json" ]; then
    echo "No baseline in $baseline: make one with scripts/gate.sh --freeze and commit it" >&2
    exit 1
fi

library=(--library "$work/sample")
"${byline[@]}" ingest examples/articles "${library[@]}" --quiet
if [ "${1:-}" = --freeze ]; then
    # Five asks a question: with them, one ask of a later run shows a loss of three questions.
    "${byline[@]}" eval run --gold examples/gold.jsonl "${library[@]}" --name baseline --repeats 5 \
        >/dev/null
    rm -rf "$baseline"
    "${byline[@]}" eval freeze baseline "$baseline" "${library[@]}"
else
    "${byline[@]}" eval run --gold examples/gold.jsonl "${library[@]}" --name now >/dev/null
    "${byline[@]}" eval compare "$baseline" now --gate "${library[@]}"
fi
