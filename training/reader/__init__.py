"""How `models/reader` was trained: find, rank, answer, doubt, support in one small encoder.

Not part of the installed package; `rag/reader.py` serves the result. The split by title comes first
(`titles`): "train" titles train, "choose" titles set thresholds and fit what weighs the reader's
word, "report" titles are only ever reported on. `make train-reader` does all of it:

    python -m training.reader.mine                                  # hard negatives, 5 minutes
    python -m training.reader.train --name main --minutes 150       # resumable
    python -m training.reader.export --name main --to models/reader
    python -m training.reader.choose --model models/reader
    python -m training.evidence --write
    python -m training.support --write
    python -m benchmarks.reader --json
"""
