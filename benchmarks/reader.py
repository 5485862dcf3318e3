"""`python -m benchmarks.reader --json`: the small reader, measured on titles it never saw.

Titles of the "report" part only; thresholds come from the "choose" part (training.choose).
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import accuracy_score, balanced_accuracy_score, roc_auc_score

from rag.reader import OpenVINOReader
from training.reader.attribution import attribution
from training.reader.choose import span_scores
from training.reader.claims import Claim, claims
from training.reader.encode import Example, collate, encode
from training.reader.network import from_minilm
from training.reader.paths import MINILM, tokenizer
from training.reader.ranking import ranked
from training.reader.scores import exact, f1
from training.reader.sources import squad, squad_paragraphs
from training.reader.support_task import scifact_claims

Figures = dict[str, Any]
QUESTION = "When did the company announce the merger with its rival?"


def squad11(reader: OpenVINOReader) -> Figures:
    """Exact match and F1 of the best span, always answering."""
    questions = squad("report", "1.1")
    texts, _ = span_scores(reader, questions)
    pairs = list(zip(texts, questions, strict=True))
    return {
        "squad11_em": _percent(exact(text, one.answers) for text, one in pairs),
        "squad11_f1": _percent(f1(text, one.answers) for text, one in pairs),
        "cases": {"squad11": len(questions)},
    }


def squad20(reader: OpenVINOReader) -> Figures:
    """Exact match and F1 with "no answer" below the threshold chosen on other titles."""
    questions = squad("report", "2.0")
    texts, scores = span_scores(reader, questions)
    threshold = reader.settings["answer_threshold"]
    given = [text if score > threshold else "" for text, score in zip(texts, scores, strict=True)]
    pairs = list(zip(given, questions, strict=True))
    answerable = [bool(one.answers) for one in questions]
    return {
        "squad20_em": _percent(exact(text, one.answers) for text, one in pairs),
        "squad20_f1": _percent(f1(text, one.answers) for text, one in pairs),
        "squad20_answerable_auroc": round(float(roc_auc_score(answerable, scores)), 4),
        "cases": {"squad20": len(questions), "squad20_unanswerable": answerable.count(False)},
    }


def rank(reader: OpenVINOReader, sample: int) -> Figures:
    """The gold paragraph first among all 2,067, by fusion alone and by the reader over its 20."""
    questions = squad("report", "1.1")
    questions = random.Random(2).sample(questions, min(sample, len(questions)))
    found = ranked(reader, questions)
    settings = reader.settings
    return {
        "rank_hit1": 100 * found.hit1(settings["rank_span"], settings["rank_fused"]),
        "fusion_hit1": 100 * found.fusion_hit1(),
        "rank_ceiling": 100 * float(np.mean(found.gold >= 0)),
        "cases": {"rank": len(questions)},
    }


def mutated_pairs(sample: int) -> list[Claim]:
    """True sentences and mutated ones, from reported titles, both against the true passage."""
    questions = squad("report", "1.1")
    pool = [one.answers[0] for one in questions]
    rng = random.Random(3)
    kept: list[Claim] = []
    for question in rng.sample(questions, len(questions)):
        made = [one for one in claims(question, pool, rng) if one.passage == question.passage]
        if len(made) == 2 and {one.label for one in made} == {0, 1}:
            kept.extend(made)
        if len(kept) >= 2 * sample:
            break
    return kept


def mutated(reader: OpenVINOReader, sample: int) -> Figures:
    """AUROC of the support probability, true sentences against mutated ones."""
    made = mutated_pairs(sample)
    support = reader.judge_pairs([one.sentence for one in made], [one.passage for one in made])
    true = [one.label == 0 for one in made]
    score = [one.supported for one in support]
    kinds = Counter(one.kind for one in made if one.label == 1)
    by_kind = {}
    for kind in kinds:
        places = [at for at, one in enumerate(made) if one.label == 0 or one.kind == kind]
        by_kind[kind] = round(
            float(roc_auc_score([true[at] for at in places], [score[at] for at in places])), 4
        )
    return {
        "mutated_auroc": round(float(roc_auc_score(true, score)), 4),
        "mutated_auroc_by_kind": by_kind,
        "mutated_accuracy_at_half": round(accuracy_score(true, [one > 0.5 for one in score]), 4),
        "cases": {"mutated": len(made), "mutated_kinds": dict(kinds)},
    }


def support(reader: OpenVINOReader) -> Figures:
    """AttributionBench by source, and SciFact's validation claims."""
    found = attribution(reader)
    held = scifact_claims("validation")
    given = reader.judge_pairs(
        [claim.sentence for claim, _ in held],
        [claim.passage for claim, _ in held],
        [title for _, title in held],
    )
    labels = [claim.label for claim, _ in held]
    guessed = [int(np.argmax([one.supported, one.contradicted, one.neither])) for one in given]
    return {
        "support_balanced_accuracy": round(found["support_balanced_accuracy"], 4),
        "support_by_source": {name: round(value, 4) for name, value in found["by_source"].items()},
        "scifact_balanced_accuracy_3": round(balanced_accuracy_score(labels, guessed), 4),
        "cases": {"attributionbench": found["n"], "scifact": len(held)},
    }


def speed(reader: OpenVINOReader, rounds: int = 25) -> Figures:
    """Milliseconds to read 20 passages of 150 words for one question, on two threads.

    Beside it, in turns, the same network in torch with 32-bit floats, as the machine's measure.
    """
    words = " ".join(text for _, text in squad_paragraphs()).split()
    passages = [" ".join(words[at * 150 : at * 150 + 150]) for at in range(20)]
    plain = in_torch(passages)
    served, torched = [], []
    for _ in range(rounds + 3):
        served.append(milliseconds(lambda: reader.read(QUESTION, passages)))
        torched.append(milliseconds(plain))
    medians = [round(statistics.median(took[3:]), 1) for took in (served, torched)]
    return {
        "read20_ms_p50": medians[0],
        "read20_torch_ms_p50": medians[1],
        "read20_speed_up": round(medians[1] / medians[0], 2),
        "cases": {"read20": rounds},
    }


def in_torch(passages: Sequence[str]) -> Callable[[], object]:
    """A pass of the untrained network over the passages; tokens are made beforehand."""
    torch.set_num_threads(2)
    network = from_minilm(MINILM, dropout=0).eval()
    examples = [Example(QUESTION, text) for text in passages]
    made = encode(tokenizer(), examples)
    batches = [
        collate(examples[at : at + 8], made[at : at + 8], range(8)[: len(made[at : at + 8])])
        for at in range(0, len(made), 8)
    ]

    @torch.inference_mode()
    def once() -> None:
        for batch in batches:
            network(batch.ids, batch.mask, batch.segments)

    return once


def milliseconds(work: Callable[[], object]) -> float:
    """Wall clock of one call."""
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Runs every part, or one, and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reader", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--model", type=Path, default=Path("models/reader"))
    parser.add_argument("--only", help="one of squad11, squad20, rank, mutated, support, speed")
    parser.add_argument("--sample", type=int, default=1000, help="questions ranked, sentence pairs")
    asked = parser.parse_args()
    if not (asked.model / "reader.xml").is_file():
        print(f"{asked.model} holds no reader: make one as training/reader/__init__.py says")
        sys.exit(2)
    reader = OpenVINOReader(asked.model)
    parts: dict[str, Callable[[], Figures]] = {
        "speed": lambda: speed(reader),
        "squad11": lambda: squad11(reader),
        "squad20": lambda: squad20(reader),
        "mutated": lambda: mutated(reader, asked.sample),
        "support": lambda: support(reader),
        "rank": lambda: rank(reader, asked.sample),
    }
    size = sum(file.stat().st_size for file in asked.model.iterdir()) / 1e6
    figures: Figures = {"size_mb": round(size, 1), "cases": {}, "exclusions": EXCLUSIONS}
    for name, part in parts.items():
        if asked.only in (None, name):
            found = part()
            figures["cases"] |= found.pop("cases")
            figures |= found
    print(json.dumps(figures) if asked.json else json.dumps(figures, indent=1))


EXCLUSIONS = {
    "squad": "titles of the train and choose parts; nothing else is left out",
    "mutated": "questions no rule turns into a sentence, or whose sentence no rule can change",
    "rank": "a sample of the reported questions (--sample); candidates are all 2,067 paragraphs",
    "attributionbench": "none; the reader never trained on it",
}


def _percent(values: Any) -> float:
    return round(100 * statistics.fmean(values), 2)


if __name__ == "__main__":
    main()
