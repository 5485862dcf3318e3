"""Makes a true sentence false by one small change: number, date, name, negation, unit, speaker."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from training.reader.unanswerable import NAME, OPPOSITES

KINDS = ("number", "date", "name", "negation", "unit", "speaker", "opposite")
MONTHS = ("January February March April May June July August September October November "
          "December").split()  # fmt: skip
DATE = re.compile(rf"\b(?:1[0-9]\d\d|20\d\d)\b|\b(?:{'|'.join(MONTHS)})\b")
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])|"
                    r"\b(?:two|three|four|five|six|seven|eight|"
                    r"nine|ten|twelve|twenty|thirty|forty|fifty|hundred)\b")  # fmt: skip
WORD_NUMBERS = (
    "two three four five six seven eight nine ten twelve twenty thirty forty fifty".split()
)
UNITS = (
    "million billion thousand", "percent percentage", "miles kilometers kilometres meters feet",
    "mi km m ft", "kilograms pounds tons tonnes", "hours days weeks months years decades centuries",
    "minutes seconds", "century decade", "dollars euros pounds", "day week month year",
    "°C °F", "$ £ €", "hectares acres",
)  # fmt: skip
UNIT_GROUPS = {word: group.split() for group in UNITS for word in group.split()}
UNIT = re.compile(
    r"(?<![\w])(" + "|".join(map(re.escape, sorted(UNIT_GROUPS, key=len)[::-1])) + r")(?!\w)"
)
SAID = re.compile(r"\b(said|says|stated|argued|claimed|wrote|believed|suggested|announced|reported|"
                  r"noted|explained|described|called|proposed|declared|told|"
                  r"according to)\b", re.I)  # fmt: skip
AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|can|could|will|would|should|"
                       r"may|might|must|did|does)\b"
                       r"(?P<no> not|n't)?")  # fmt: skip
COMMON = {"The", "A", "An", "In", "It", "He", "She", "They", "This", "That", "These", "Those",
          "However", "When", "While", "As", "On", "At", "For", "But", "And", "I", "We", "You",
          "There", "His", "Her", "Its", "Their", "After", "Before", "By",
          "From", "With"}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """Characters start to end of the sentence become `new`; `kind` is one of KINDS."""

    kind: str
    start: int
    end: int
    new: str

    def apply(self, sentence: str) -> str:
        """The changed sentence."""
        return sentence[: self.start] + self.new + sentence[self.end :]


def change(
    sentence: str, passage: str, rng: random.Random, kind: str | None = None
) -> Change | None:
    """A change of this kind, or of any kind that fits; None if none does."""
    kinds = [kind] if kind else rng.sample(KINDS, len(KINDS))
    for one in kinds:
        if made := MAKERS[one](sentence, passage, rng):
            return made
    return None


def _date(sentence: str, passage: str, rng: random.Random) -> Change | None:
    found = [*DATE.finditer(sentence)]
    if not found:
        return None
    hit = rng.choice(found)
    old = hit.group()
    if not old[0].isdigit():
        return Change("date", *hit.span(), rng.choice([one for one in MONTHS if one != old]))
    near = {one.group() for one in DATE.finditer(passage) if one.group()[0].isdigit()}
    near = {year for year in near if year not in sentence}
    if near and rng.random() < 0.5:
        return Change("date", *hit.span(), rng.choice(sorted(near)))
    moved = int(old) + rng.choice([-1, 1]) * rng.choice([1, 2, 3, 5, 7, 10, 20, 30, 100])
    return Change("date", *hit.span(), str(moved))


def _number(sentence: str, passage: str, rng: random.Random) -> Change | None:
    found = [one for one in NUMBER.finditer(sentence) if not DATE.fullmatch(one.group())]
    if not found:
        return None
    hit = rng.choice(found)
    old = hit.group()
    near = {one.group() for one in NUMBER.finditer(passage) if not DATE.fullmatch(one.group())}
    near = {one for one in near if one not in sentence and one[0].isdigit() == old[0].isdigit()}
    if near and rng.random() < 0.5:
        return Change("number", *hit.span(), rng.choice(sorted(near)))
    if not old[0].isdigit():
        others = [one for one in WORD_NUMBERS if one != old]
        return Change("number", *hit.span(), rng.choice(others))
    digits = [at for at, char in enumerate(old) if char.isdigit()]
    at = rng.choice(digits)
    choices = [d for d in "123456789" if d != old[at]]
    return Change("number", *hit.span(), old[:at] + rng.choice(choices) + old[at + 1 :])


def _names(text: str) -> list[re.Match[str]]:
    return [
        one
        for one in NAME.finditer(text)
        if one.group().split()[0] not in COMMON
        and one.group() not in MONTHS
        and (one.start() > 0 or " " in one.group())
    ]


def _name(sentence: str, passage: str, rng: random.Random) -> Change | None:
    return _other_name(_names(sentence), "name", sentence, passage, rng)


def _speaker(sentence: str, passage: str, rng: random.Random) -> Change | None:
    said = SAID.search(sentence)
    if not said:
        return None
    near = [
        one
        for one in _names(sentence)
        if 0 <= said.start() - one.end() < 25 or 0 <= one.start() - said.end() < 6
    ]
    return _other_name(near, "speaker", sentence, passage, rng)


def _other_name(
    found: list[re.Match[str]], kind: str, sentence: str, passage: str, rng: random.Random
) -> Change | None:
    taken = sentence.lower()
    others = {
        one.group()
        for one in _names(passage)
        if one.group().lower() not in taken
        and not set(one.group().lower().split()) & set(taken.split())
        and passage[: one.start()].rstrip()[-1:] not in ("", ".", "!", "?", '"')
    }
    if not (found and others):
        return None
    hit = rng.choice(found)
    alike = [one for one in others if abs(len(one.split()) - len(hit.group().split())) <= 1]
    return Change(kind, *hit.span(), rng.choice(sorted(alike or others)))


def _negation(sentence: str, passage: str, rng: random.Random) -> Change | None:
    found = [*AUXILIARY.finditer(sentence)]
    if not found:
        return None
    hit = found[0]
    word = hit.group(1)
    if hit["no"]:
        return Change("negation", *hit.span(), word)
    new = f"{word} not" if rng.random() < 0.6 else f"{word} never"
    if word in ("is", "was", "has", "did", "does", "are", "were") and rng.random() < 0.4:
        new = f"{word}n't"
    return Change("negation", *hit.span(), new)


def _unit(sentence: str, passage: str, rng: random.Random) -> Change | None:
    found = [
        one
        for one in UNIT.finditer(sentence)
        if re.search(r"(\d|hundred|two|three|four|five|six|ten)\W*$", sentence[: one.start()])
        or one.group() in "$£€"
    ]
    if not found:
        return None
    hit = rng.choice(found)
    others = [
        one for one in UNIT_GROUPS[hit.group()] if one != hit.group() and one[0] != hit.group()[0]
    ]
    others = others or [one for one in UNIT_GROUPS[hit.group()] if one != hit.group()]
    return Change("unit", *hit.span(), rng.choice(others))


def _opposite(sentence: str, passage: str, rng: random.Random) -> Change | None:
    found = [
        one
        for one in re.finditer(r"[a-z]+", sentence)
        if one.group() in OPPOSITES and not AUXILIARY.fullmatch(one.group()) and one.group() != "do"
    ]
    if not found:
        return None
    hit = rng.choice(found)
    return Change("opposite", *hit.span(), OPPOSITES[hit.group()])


Maker = Callable[[str, str, random.Random], "Change | None"]
MAKERS: dict[str, Maker] = {
    "number": _number, "date": _date, "name": _name, "negation": _negation, "unit": _unit,
    "speaker": _speaker, "opposite": _opposite,
}  # fmt: skip
