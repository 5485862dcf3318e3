"""Exact match and F1 on the predictions of the reader, by us and by SQuAD's own scripts.

The scripts are not ours to ship, but a package of TensorFlow's has copies of both:

    pip download --no-deps tf-models-official==2.20.0
    unzip -j tf_models_official-2.20.0-*.whl 'official/nlp/tools/squad_evaluate_*' -d squad
    pip install --no-deps --target squad absl-py
    PYTHONPATH=squad:. python -m benchmarks.metrics --squad-script squad/squad_evaluate_v1_1.py \
        --squad-script squad/squad_evaluate_v2_0.py

`evaluate-v1.1.py` and `evaluate-v2.0.py` themselves, and other copies with the functions `evaluate`
or `get_raw_scores`, can be given as well. We follow 2.0: a gold answer that is nothing but articles
and punctuation does not count. 1.1 counts it, for an empty answer; those questions are told apart.
"""

import json
import random
import runpy
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora import KEPT
from eval.answers import exact_match, normalize, token_f1
from eval.statistics import mean
from rag.build import reader_folder
from rag.reader import OpenVINOReader, weights_digest
from rag.reading import whole_words
from rag.settings import Settings

AT_ONCE = 500
"""Questions read before their predictions are kept."""
TOLERANCE = 1e-9

Scored = Mapping[str, tuple[float, float]]
"""Exact match and F1 of each question, in [0, 1]."""


def questions_of(articles: Sequence[Any]) -> list[tuple[str, str, str, list[str]]]:
    """Id, question, paragraph and gold answers of each question of a SQuAD file."""
    return [
        (qa["id"], qa["question"], paragraph["context"], [a["text"] for a in qa["answers"]])
        for article in articles
        for paragraph in article["paragraphs"]
        for qa in paragraph["qas"]
    ]


def read_predictions(name: str, articles: Sequence[Any]) -> dict[str, str]:
    """The reader's best span in each question's own paragraph, or "" where it has its doubts.

    They are kept, by the reader's weights; what was cut off goes on.
    """
    folder = reader_folder(Settings())
    kept = KEPT / f"predictions-{name}-{weights_digest(folder)}.json"
    found: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    left = [asked for asked in questions_of(articles) if asked[0] not in found]
    reader = OpenVINOReader(folder) if left else None
    for at in range(0, len(left), AT_ONCE):
        assert reader
        part = left[at : at + AT_ONCE]
        # SQuAD 1.1 has no question without an answer, so that there every span is given.
        least = reader.settings["answer_threshold"] if name == "v2.0" else float("-inf")
        read = reader.read_pairs([asked[1] for asked in part], [asked[2] for asked in part])
        for (one, _, passage, _), reading in zip(part, read, strict=True):
            span = reading.best_span()
            words = passage[slice(*whole_words(passage, span.start, span.end))]
            found[one] = words if span.score > least else ""
        KEPT.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(found))
        print(f"{name}: {len(left) - at - len(part)} questions to read", file=sys.stderr)
    return found


def made_predictions(articles: Sequence[Any]) -> dict[str, str]:
    """Right, nearly right, wrong and empty answers, dealt out by a fixed seed."""
    rng = random.Random(5)
    asked = questions_of(articles)
    return {name: _made(gold, passage, rng) for name, _, passage, gold in asked}


def _made(gold: Sequence[str], passage: str, rng: random.Random) -> str:
    words = passage.split()
    start = rng.randrange(len(words))
    wrong = " ".join(words[start : start + rng.randint(1, 5)])
    right = rng.choice(gold) if gold else wrong
    return rng.choice([right, f"The {right.upper()}.", f"{right} {wrong}", wrong, "", "the"])


def ours(articles: Sequence[Any], predictions: Mapping[str, str]) -> Scored:
    """By `eval.answers`."""
    return {
        name: (exact_match(predictions[name], gold), token_f1(predictions[name], gold))
        for name, _, _, gold in questions_of(articles)
    }


@dataclass(frozen=True)
class Script:
    """A scoring script."""

    name: str
    score: Callable[[Sequence[Any], Mapping[str, str]], Scored]
    """SQuAD's articles and a prediction for each question to the score of each."""
    unanswerable: bool
    """Whether it knows questions without an answer, as that of 2.0 does."""


def script_at(path: Path) -> Script:
    """The scoring functions in the file at `path`; ends where it has none that are known."""
    names = runpy.run_path(str(path))
    raw = names.get("get_raw_scores") or names.get("_get_raw_scores")
    if raw:
        return Script(path.name, lambda articles, said: _of_raw(raw(articles, said)), True)
    if "evaluate" in names:
        evaluate = names["evaluate"]
        return Script(path.name, lambda *asked: _one_by_one(evaluate, *asked), False)
    raise SystemExit(f"{path} has neither get_raw_scores (2.0) nor evaluate (1.1)")


def _of_raw(scores: tuple[Mapping[str, float], Mapping[str, float]]) -> Scored:
    exact, f1 = scores
    return {name: (float(exact[name]), float(f1[name])) for name in exact}


def _one_by_one(
    evaluate: Callable[..., Any], articles: Sequence[Any], predictions: Mapping[str, str]
) -> Scored:
    """The 1.1 script gives totals only, in percent or (some copies) as shares."""

    def score(name: str, gold: Sequence[str], said: str) -> tuple[float, float]:
        answers = [{"text": text} for text in gold]
        asked = [{"paragraphs": [{"qas": [{"id": name, "answers": answers}]}]}]
        told = evaluate(asked, {name: said})
        return told["exact_match"], told["f1"] if "f1" in told else told["final_f1"]

    whole = score("-", ["word"], "word")[0]
    found = {}
    for name, _, _, gold in questions_of(articles):
        exact, f1 = score(name, gold, predictions[name])
        found[name] = (exact / whole, f1 / whole)
    return found


def first_of(articles: Sequence[Any], count: int) -> list[Any]:
    """The first articles that hold `count` questions or more."""
    kept: list[Any] = []
    for article in articles:
        if len(questions_of(kept)) < count:
            kept.append(article)
    return kept


def compare(
    name: str, path: Path, scripts: Sequence[Script], read: int
) -> dict[str, dict[str, Any]]:
    """Totals in percent by us and by each script, and the greatest difference of a question.

    `name` is the version of the data at `path`, v1.1 or v2.0; scripts that do not know its
    questions without an answer are left out. The reader is asked `read` questions or some more.
    """
    every = json.loads(path.read_text())["data"]
    part = first_of(every, read)
    told: dict[str, dict[str, Any]] = {}
    for source, articles, said in (
        ("made", every, made_predictions(every)), ("reader", part, read_predictions(name, part)),
    ):  # fmt: skip
        mine = ours(articles, said)
        told[source] = {"ours": _totals(mine)}
        for script in scripts:
            if script.unanswerable or name == "v1.1":
                theirs = script.score(articles, said)
                other = set() if script.unanswerable else wordless(articles)
                told[source][script.name] = _beside(mine, theirs, other)
    return told


def wordless(articles: Sequence[Any]) -> set[str]:
    """Questions with a gold answer without a token, on which the two scripts differ."""
    return {
        name for name, _, _, gold in questions_of(articles) if not all(normalize(a) for a in gold)
    }


def _beside(mine: Scored, theirs: Scored, other: Collection[str]) -> dict[str, float]:
    gaps = {n: max(abs(a - b) for a, b in zip(mine[n], theirs[n], strict=True)) for n in mine}
    return {
        **_totals(theirs),
        "greatest_difference": max(gap for name, gap in gaps.items() if name not in other),
        "differ_by_rule": sum(gaps[name] > TOLERANCE for name in other),
    }


def _totals(scores: Scored) -> dict[str, float]:
    return {
        "exact": 100 * (mean([exact for exact, _ in scores.values()]) or 0),
        "f1": 100 * (mean([f1 for _, f1 in scores.values()]) or 0),
        "total": len(scores),
    }
