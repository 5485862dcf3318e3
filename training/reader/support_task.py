"""Sentences to check against passages: made ones, SciFact's claims, ClapNQ's written answers."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from benchmarks.corpora import DATA
from training.reader.claims import Claim, claims, focused, tempting
from training.reader.encode import Example
from training.reader.negatives import passages_of
from training.reader.paths import CACHE
from training.reader.sources import shifts, squad_training
from training.reader.stream import Source, Unit
from training.reader.unanswerable import SENTENCE_END, without_answer

MADE_FROM = ("squad", "wiki", "reddit")
SHORT_PASSAGES = 0.65
"""Share of claims that are made and judged over a few sentences instead of a paragraph."""


def support_source() -> dict[str, Source]:
    """One source that draws 80 of 100 units from made claims, the others from written ones."""
    made = [_made(name) for name in MADE_FROM]
    natural = [_natural(scifact_claims("train")), _natural(_clapnq_claims())]

    def make(index: int, rng: random.Random) -> Unit:
        chance = rng.random()
        if chance >= 0.8:
            source = natural[0] if chance < 0.93 else natural[1]
        else:
            source = made[0] if chance < 0.36 else made[1] if chance < 0.68 else made[2]
        for _ in range(20):
            if unit := source.make(rng.randrange(source.count), rng):
                return unit
        return natural[0].make(index % natural[0].count, rng)

    return {"support": Source(20000, make)}


def _made(name: str) -> Source:
    questions = squad_training() if name == "squad" else shifts(name, "train")
    passages = passages_of(questions)
    wrong: list[list[int]] = json.loads((CACHE / f"negatives-{name}.json").read_text())
    pool = [question.answers[0] for question in questions if question.spans]

    def make(index: int, rng: random.Random) -> Unit:
        question = questions[index]
        if not question.spans:
            return [example(one) for one in tempting(question, rng)]
        if rng.random() < SHORT_PASSAGES:
            question = focused(question, rng)
        made = claims(question, pool, rng, asked=0.4)
        if not made:
            return []
        chance = rng.random()
        true = next((one for one in made if one.kind == "true"), None)
        if true and true.passage == question.passage and chance < 0.35:
            if chance < 0.2 and wrong[index]:
                made.append(Claim(true.sentence, passages[rng.choice(wrong[index])], 2, "other"))
            elif (less := without_answer(question)) is not None:
                made.append(Claim(true.sentence, less, 2, "removed"))
        return [example(one) for one in made]

    return Source(len(questions), make)


def example(claim: Claim, header: str = "") -> Example:
    """The claim as the reader reads it."""
    return Example(claim.sentence, claim.passage, header, support=claim.label)


def _natural(found: Sequence[tuple[Claim, str]]) -> Source:
    return Source(len(found), lambda index, rng: [example(found[index][0], found[index][1])])


@cache
def _abstracts() -> dict[str, dict[str, Any]]:
    rows = map(json.loads, (DATA / "scifact" / "corpus.jsonl").read_text().splitlines())
    return {row["_id"]: row for row in rows}


def scifact_claims(split: str) -> list[tuple[Claim, str]]:
    """SciFact claims of "train" or "validation" beside the cited abstract, and its title."""
    found: list[tuple[Claim, str]] = []
    for line in (DATA / "scifact" / "claims_with_evidence.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["split"] != split:
            continue
        labels = {evidence["doc_id"]: evidence["label"] for evidence in row["evidence"]}
        for document in dict.fromkeys([*labels, *row["cited_doc_ids"]]):
            if (abstract := _abstracts().get(document)) is None:
                continue
            label = {"SUPPORT": 0, "CONTRADICT": 1}.get(labels.get(document, ""), 2)
            claim = Claim(row["claim"], abstract["text"], label, "scifact")
            found.append((claim, abstract["title"]))
    return found


def _clapnq_claims() -> list[tuple[Claim, str]]:
    """Each sentence of a written answer beside its passage (supported) and beside another's."""
    rows = [
        json.loads(line)
        for line in (DATA / "clapnq" / "dev_answerable.jsonl").read_text().splitlines()
    ]
    found: list[tuple[Claim, str]] = []
    for at, row in enumerate(rows):
        other = rows[(at + 7) % len(rows)]["passages"][0]
        own = row["passages"][0]
        answer = re.sub(r"\s+", " ", row["output"][0]["answer"])
        for sentence in SENTENCE_END.split(answer):
            if len(sentence.split()) >= 5:
                found.append((Claim(sentence, own["text"], 0, "clapnq"), own["title"]))
                found.append((Claim(sentence, other["text"], 2, "clapnq"), other["title"]))
    return found
