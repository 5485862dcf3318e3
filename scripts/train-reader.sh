#!/usr/bin/env bash
# Train the small reader and everything that is fitted on what it says. May be stopped at any
# minute: the same command goes on. MINUTES is the training time in all (default 150).
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
name=${NAME:-main}

say() { printf '==> %s\n' "$1"; }

say "Finding passages that look like the answer and are not"
"$python" -m training.reader.mine
say "Training (${MINUTES:-150} minutes in all)"
# Two threads that wait for each other: unbound, the kernel may put both on one busy core.
OMP_PROC_BIND=true "$python" -m training.reader.train --name "$name" --minutes "${MINUTES:-150}"
say "Exporting"
"$python" -m training.reader.export --name "$name" --to models/reader
say "Choosing thresholds"
"$python" -m training.reader.choose --model models/reader
say "Fitting what weighs the reader's word"
"$python" -m training.evidence --write
"$python" -m training.support --write
say "Measuring on titles that nothing of this has seen"
"$python" -m benchmarks.reader --json
