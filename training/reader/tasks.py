"""What each training source makes of a question: its own passage, and often something harder."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence

from benchmarks.corpora import DATA
from training.reader.encode import IGNORE, Example
from training.reader.negatives import passages_of
from training.reader.paths import CACHE
from training.reader.sources import Question, shifts, squad_training
from training.reader.stream import Source, Unit
from training.reader.unanswerable import swapped, without_answer

# Shares of units at the start and at the end of training: in-domain questions come last.
FIRST = {
    "squad": 0.25,
    "wiki": 0.25,
    "reddit": 0.26,
    "amazon": 0.22,
    "clapnq": 0.01,
    "support": 0.36,
}
LAST = {
    "squad": 0.55,
    "wiki": 0.25,
    "reddit": 0.05,
    "amazon": 0.05,
    "clapnq": 0.02,
    "support": 0.44,
}

MONTHS = ("January February March April May June July August September October November "
          "December").split()  # fmt: skip


def shares(progress: float) -> Mapping[str, float]:
    """Relative frequencies of the sources at a progress between 0 and 1."""
    return {name: FIRST[name] + (LAST[name] - FIRST[name]) * progress for name in FIRST}


def question_sources() -> dict[str, Source]:
    """Every source of questions; needs `python -m training.reader.mine` first."""
    asked = {"squad": squad_training()} | {
        name: shifts(name, "train") for name in ("wiki", "reddit", "amazon")
    }
    made = {name: _question_source(name, questions) for name, questions in asked.items()}
    return made | {"clapnq": _clapnq()}


def _question_source(name: str, questions: Sequence[Question]) -> Source:
    passages = passages_of(questions)
    wrong: list[list[int]] = json.loads((CACHE / f"negatives-{name}.json").read_text())
    titles = name in ("squad", "wiki")
    negative = {"squad": 0.3, "wiki": 0.3, "reddit": 0.15, "amazon": 0.15}[name]

    def make(index: int, rng: random.Random) -> Unit:
        question = questions[index]
        header = _header(question.title, rng) if titles and rng.random() < 0.3 else ""
        spans = tuple((span.start, span.end, span.weight) for span in question.spans)
        # An adversarial question is on the passage's subject: nothing to learn about relevance.
        own = Example(
            question.text,
            question.passage,
            header,
            spans,
            relevance=1 if spans else IGNORE,
            shift=rng.random(),
        )
        unit = [own]
        chance = rng.random()
        if chance < negative and wrong[index]:
            other = passages[rng.choice(wrong[index])]
            unit.append(Example(question.text, other, spans=(), relevance=0))
        elif titles and spans and chance < negative + 0.12:
            if (asked := swapped(question, rng)) is not None:
                unit.append(Example(asked, question.passage, header, (), weight=0.7))
        elif spans and chance < negative + 0.20 and (less := without_answer(question)) is not None:
            unit.append(Example(question.text, less, header, ()))
        return unit

    return Source(len(questions), make)


def _header(title: str, rng: random.Random) -> str:
    if rng.random() < 0.7:
        return title
    return f"{title} · {rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(1995, 2026)}"


def _clapnq() -> Source:
    """Natural questions: the span is the shortest annotator's first chosen sentence."""
    units: list[Unit] = []
    for name in ("answerable", "unanswerable"):
        for line in (DATA / "clapnq" / f"dev_{name}.jsonl").read_text().splitlines():
            row = json.loads(line)
            passage = row["passages"][0]["text"]
            spans: list[tuple[int, int, float]] = []
            for output in row["output"] if name == "answerable" else []:
                for sentence in output.get("selected_sentences") or []:
                    at = passage.find(sentence)
                    if sentence.strip() and at >= 0 and len(sentence) < 200:
                        spans.append((at, at + len(sentence), 1.0))
                        break
            question = re.sub(r"\s+", " ", row["input"]).strip()
            header = row["passages"][0]["title"]
            if name == "answerable":
                # Too long for a short answer: then only relevance is learned from it.
                units.append(
                    [
                        Example(
                            question, passage, header, tuple(spans) or None, relevance=1, weight=0.3
                        )
                    ]
                )
            else:
                units.append([Example(question, passage, header, (), relevance=IGNORE)])
    return Source(len(units), lambda index, rng: units[index])
