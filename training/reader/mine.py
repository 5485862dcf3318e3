"""`python -m training.reader.mine`: find and keep the hard negatives of every training source."""

from __future__ import annotations

from training.reader.negatives import hard_negatives
from training.reader.network import from_minilm
from training.reader.paths import CACHE, MINILM, tokenizer
from training.reader.sources import shifts, squad_training


def main() -> None:
    """Embeds every training passage and question once; a few minutes on two cores."""
    network = from_minilm(MINILM, dropout=0)
    for name in ("squad", "wiki", "reddit", "amazon"):
        questions = squad_training() if name == "squad" else shifts(name, "train")
        passages, _ = hard_negatives(
            questions, network, tokenizer(), CACHE / f"negatives-{name}.json"
        )
        print(f"{name}: {len(questions)} questions, {len(passages)} passages", flush=True)


if __name__ == "__main__":
    main()
