"""Sentences that a passage supports, contradicts or leaves open, made from questions and answers.

Each unit sets a true sentence beside a false one that differs in one place. Half of the time it
is the passage that is changed, so that a "not" or an odd number alone gives nothing away.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from training.reader.mutations import DATE, NUMBER, Change, change
from training.reader.sources import Question, Span
from training.reader.statements import statement
from training.reader.unanswerable import NAME, SENTENCE_END


@dataclass(frozen=True)
class Claim:
    """A sentence, a passage, and 0 supported, 1 contradicted, 2 neither."""

    sentence: str
    passage: str
    label: int
    kind: str  # what was changed, or "true"


def claims(
    question: Question, pool: list[str], rng: random.Random, *, asked: float = 0.0
) -> list[Claim]:
    """A true claim and its changed twin for an answerable question; [] where nothing can be made.

    `pool` holds answers of other questions, to be put in an answer's place. `asked` is the share
    of questions without a statement that are claimed as they stand, followed by their answer.
    """
    span = max(question.spans, key=lambda one: one.weight)
    answer = question.passage[span.start : span.end]
    said = statement(question.text, answer, question.passage[: span.start])
    if said is None and rng.random() < asked:
        said = f"{question.text} {answer}."
    if said and rng.random() < 0.6:
        if answer in said and rng.random() < 0.45:
            return _other_answer(question.passage, said, answer, (span.start, span.end), pool, rng)
        if made := change(said, question.passage, rng):
            return [
                Claim(said, question.passage, 0, "true"),
                Claim(made.apply(said), question.passage, 1, made.kind),
            ]
    return _from_sentence(question.passage, span.start, rng)


def focused(question: Question, rng: random.Random) -> Question:
    """The same question over a few sentences around its answer: a citation is that short."""
    span = max(question.spans, key=lambda one: one.weight)
    bounds = [0, *(found.end() for found in SENTENCE_END.finditer(question.passage))]
    bounds.append(len(question.passage))
    first = max(at for at, bound in enumerate(bounds[:-1]) if bound <= span.start)
    last = min(at for at, bound in enumerate(bounds[1:]) if bound >= span.end)
    start = bounds[max(0, first - rng.randint(0, 2))]
    end = bounds[min(len(bounds) - 1, last + 1 + rng.randint(0, 2))]
    moved = Span(span.start - start, span.end - start, 1.0)
    return replace(question, passage=question.passage[start:end].rstrip(), spans=(moved,))


def tempting(question: Question, rng: random.Random) -> list[Claim]:
    """A date, number or name of the passage as the answer to a question that it does not answer."""
    asked = question.text.lower()
    form = DATE if "when" in asked or "year" in asked else NUMBER if "how " in asked else NAME
    found = [one for one in form.finditer(question.passage) if one.group() not in question.text]
    if not found:
        return []
    answer = rng.choice(found)
    said = statement(question.text, answer.group(), question.passage[: answer.start()])
    said = said or f"{question.text} {answer.group()}."
    return [Claim(said, question.passage, 2, "tempting")]


def _other_answer(
    passage: str, said: str, answer: str, at: tuple[int, int], pool: list[str], rng: random.Random
) -> list[Claim]:
    """The answer exchanged for one of its kind: in the sentence, or in the passage."""
    other = substitute(answer, passage, pool, rng)
    if other is None:
        return []
    wrong = said.replace(answer, other)
    true = Claim(said, passage, 0, "true")
    if rng.random() < 0.3 and passage.count(answer) == 1:
        moved = passage[: at[0]] + other + passage[at[1] :]
        pair = [Claim(said, moved, 1, "answer"), Claim(wrong, moved, 0, "true")]
        return pair if rng.random() < 0.5 else [true, pair[0]]
    return [true, Claim(wrong, passage, 1, "answer")]


def substitute(answer: str, passage: str, pool: list[str], rng: random.Random) -> str | None:
    """Something else of the answer's shape, from the passage or from other answers."""
    if made := change(answer, passage, rng, "date") or change(answer, passage, rng, "number"):
        return made.apply(answer)
    if answer[:1].isupper() and (made := change(answer, passage, rng, "name")):
        return made.apply(answer)
    alike = [
        one
        for one in rng.sample(pool, min(60, len(pool)))
        if one[:1].isupper() == answer[:1].isupper()
        and one[:1].isdigit() == answer[:1].isdigit()
        and abs(len(one.split()) - len(answer.split())) <= 1
        and one.lower() not in passage.lower()
    ]
    return alike[0] if alike else None


def _from_sentence(passage: str, near: int, rng: random.Random) -> list[Claim]:
    """A sentence of the passage, shortened, and changed in the sentence or in the passage."""
    found = sentence_at(passage, near)
    if found is None:
        return []
    start, end = found
    sentence = passage[start:end].strip()
    short = shorten(sentence, rng)
    made = change(short, passage, rng)
    if made is None:
        return []
    wrong = made.apply(short)
    if rng.random() < 0.4:
        moved = _moved(passage, start, end, short, made)
        if moved is not None:
            return [Claim(short, moved, 1, made.kind), Claim(wrong, moved, 0, "true")]
    return [Claim(short, passage, 0, "true"), Claim(wrong, passage, 1, made.kind)]


def _moved(passage: str, start: int, end: int, short: str, made: Change) -> str | None:
    """The passage with the same change made in its own sentence."""
    before = short[max(0, made.start - 12) : made.start]
    old = short[made.start : made.end]
    after = short[made.end : made.end + 6]
    sentence = passage[start:end]
    at = sentence.find(before + old + after)
    if at < 0:
        return None
    at += len(before)
    return passage[:start] + sentence[:at] + made.new + sentence[at + len(old) :] + passage[end:]


def sentence_at(passage: str, place: int) -> tuple[int, int] | None:
    """Bounds of the sentence that holds the character `place`; None if too short or too long."""
    bounds = [0, *(found.end() for found in SENTENCE_END.finditer(passage)), len(passage)]
    for start, end in pairwise(bounds):
        if start <= place < end:
            return (start, end) if 5 <= len(passage[start:end].split()) <= 50 else None
    return None


def shorten(sentence: str, rng: random.Random) -> str:
    """The sentence less brackets, a leading phrase or a trailing clause, or as it is."""
    short = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", sentence)
    kind = rng.random()
    if kind < 0.3 and (found := re.match(r"[^,]{3,40}, (?=[a-zA-Z])", short)):
        rest = short[found.end() :]
        short = rest[0].upper() + rest[1:]
    elif kind < 0.6 and (found := re.search(r"(, (which|who|and|but|while|with)\b|;).*$", short)):
        short = short[: found.start()] + "."
    return short if len(short.split()) >= 4 else sentence
