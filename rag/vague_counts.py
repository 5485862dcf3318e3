"""Counts that name no number, "a limited number of drones", beside a number of somebody else's.

Who is asked how many drones Iran sent must not hear "400" where 400 are what Ukraine says were
fired, and Iran's minister speaks of a limited number: then both are told, each with who says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lexical import STOP_WORDS, stems
from rag.attribution import find_attributions
from rag.followups import verb_of
from rag.question import Question, Wanted
from rag.short import COUNTED
from rag.types import Evidence
from rag.verbs import verb_stems

HEARD = 0.05
"""A sentence with a vague count is heard from this share of the best one's merit."""
NEAR = 4
"""Words between a vague count and what it counts."""
_VAGUE = re.compile(
    r"\b(?:(?:only |just |no more than )?an? (?:very |rather )?(?:limited|small|large|certain"
    r"|unknown|undisclosed|great|modest) (?:number|batch|amount|quantity|consignment)(?: of)?"
    r"|(?:only |just )?(?:a handful|a few|several|a couple)(?: of)?"
    r"|(?:dozens|scores|hundreds|thousands)(?: of)?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Account:
    """What a sentence gives as how many, and who says so."""

    item: Evidence
    value: str
    speaker: str
    """Empty where the article itself does."""

    def written(self) -> str:
        """ "“400” (Ukraine)"."""
        return f"“{self.value}”" + (f" ({self.speaker})" if self.speaker else "")


def accounts(question: Question, evidence: Sequence[Evidence], value: str) -> tuple[Account, ...]:
    """The vague count and the number, where the number alone would mislead; else ().

    It does where it stands in a sentence that has not the verb of the question: fired is not
    sent. `value` is the number in the best of `evidence`.
    """
    asked = COUNTED.search(question.text)
    if question.wanted is not Wanted.NUMBER or asked is None or not evidence or not value:
        return ()
    first = evidence[0]
    nouns = [word for word in asked[1].split() if word.lower() not in STOP_WORDS]
    counted = next(iter(stems(nouns[-1])), "") if nouns else ""
    number = Account(first, value, _speaker(first.text))
    for item in sorted(evidence[1:], key=lambda one: -one.merit):
        phrase = _vague(item.text, counted)
        if not phrase or item.merit < HEARD * first.merit:
            continue
        vague = Account(item, phrase, _speaker(item.text))
        done = set(verb_stems(verb_of(question.text)))
        if done and done.isdisjoint(verb_stems(first.text)):
            return vague, number
    return ()


def written_accounts(told: Sequence[Account]) -> str:
    """The accounts in a sentence for the reader."""
    return f"No one number is told: {', '.join(account.written() for account in told)}."


def _vague(sentence: str, counted: str) -> str:
    """The vague count of a noun with this stem; empty where the sentence has none."""
    for match in _VAGUE.finditer(sentence):
        following = sentence[match.end() :].split()[:NEAR]
        before = sentence[: match.start()].split()[-NEAR:]
        near = [stems(word) for word in (*before, *following)]
        if any(counted in found for found in near):
            return match.group().removesuffix(" of")
    return ""


def _speaker(sentence: str) -> str:
    told = [one for one in find_attributions(sentence) if one.speaker and not one.is_pronoun]
    return told[0].speaker if told else ""
