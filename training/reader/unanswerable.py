"""Unanswerable questions made from answerable ones, the two ways that SQuAD 2.0 has most of.

Either the sentence with the answer leaves the passage, or a name or number of the question is
exchanged for another one of the passage (Rajpurkar, Jia and Liang 2018, table 2: entity swap).
"""

from __future__ import annotations

import random
import re
from itertools import pairwise

from training.reader.sources import Question

SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])")
NUMBER = re.compile(r"\b\d[\d,.]*\b")
NAME = re.compile(r"\b[A-Z][\w'-]+(?:\s+(?:of\s+|the\s+|de\s+)?[A-Z][\w'-]+)*")
OPPOSITES = {
    "first": "last", "last": "first", "most": "least", "least": "most", "largest": "smallest",
    "smallest": "largest", "highest": "lowest", "lowest": "highest", "before": "after",
    "after": "before", "more": "fewer", "increase": "decrease", "decrease": "increase",
    "north": "south", "south": "north", "east": "west", "west": "east", "northern": "southern",
    "southern": "northern", "eastern": "western", "western": "eastern", "began": "ended",
    "begin": "end", "start": "end", "started": "ended", "win": "lose", "won": "lost",
    "lost": "won", "better": "worse", "worse": "better", "best": "worst", "worst": "best",
    "older": "younger", "male": "female", "female": "male", "minimum": "maximum",
    "maximum": "minimum", "oldest": "newest", "newest": "oldest", "can": "can't",
    "was": "wasn't", "did": "didn't", "does": "doesn't", "is": "isn't", "do": "don't",
}  # fmt: skip
NEGATED = ("can", "was", "did", "does", "is", "do")


def without_answer(question: Question) -> str | None:
    """The passage less every sentence with an answer in it; None if too little is left."""
    bounds = [0, *(found.end() for found in SENTENCE_END.finditer(question.passage))]
    bounds.append(len(question.passage))
    sentences = [question.passage[a:b] for a, b in pairwise(bounds)]
    answers = [answer.lower() for answer in question.answers]
    kept = [one for one in sentences if not any(answer in one.lower() for answer in answers)]
    touched = [
        any(span.start < b and span.end > a for span in question.spans) for a, b in pairwise(bounds)
    ]
    if any(hit and one in kept for hit, one in zip(touched, sentences, strict=True)):
        return None
    return "".join(kept).strip() if len(kept) >= 2 else None


def swapped(question: Question, rng: random.Random) -> str | None:
    """The question with one name, number or key word exchanged; None if nothing fits."""
    body = question.text
    answers = {answer.lower() for answer in question.answers}
    for pattern in rng.sample([NUMBER, NAME, None], 3):
        if pattern is None:
            changed = _opposite(body, rng)
            if changed is not None:
                return changed
            continue
        found = [one for one in pattern.finditer(body) if one.start() > 0]
        # A capital after a full stop says nothing: such a word is seldom a name.
        others = {
            one.group()
            for one in pattern.finditer(question.passage)
            if question.passage[: one.start()].rstrip()[-1:] not in ("", ".", "!", "?", '"')
            and one.group().lower() not in body.lower()
            and not any(one.group().lower() in answer for answer in answers)
        }
        if found and others:
            hit, other = rng.choice(found), rng.choice(sorted(others))
            return body[: hit.start()] + other + body[hit.end() :]
    return None


def _opposite(body: str, rng: random.Random) -> str | None:
    words = [one for one in re.finditer(r"[a-z]+", body) if one.group() in OPPOSITES]
    plain = [one for one in words if one.group() not in NEGATED]
    negated = words and not plain and rng.random() < 0.3
    if not (plain or negated):
        return None
    hit = rng.choice(plain or words)
    return body[: hit.start()] + OPPOSITES[hit.group()] + body[hit.end() :]
