"""The small reader model, in the making: find, rank, answer, doubt, support in one encoder.

Not part of the installed package and not yet wired in. The split by title comes first (`titles`):
"train" titles train, "choose" titles set thresholds, "report" titles are only ever reported on.

    python -m training.reader.mine                                  # hard negatives, 5 minutes
    python -m training.reader.train --name main --minutes 90        # resumable
    python -m training.reader.export --name main --to models/reader
    python -m training.reader.choose --model models/reader
    python -m benchmarks.reader --json

The first run (docs/benchmarks.md) reached SQuAD 1.1 EM 66.6 and F1 76.9 on titles it never saw. Its
weights are not in the repository: they are committed once, when they are final.
"""
