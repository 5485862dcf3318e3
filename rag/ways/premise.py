"""What a question takes for granted, and the sentence that says otherwise."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.attributes import HARM
from rag.protocols import Reader
from rag.stems import content_stems
from rag.types import Evidence
from rag.ways.claim import premise_of
from rag.ways.stance import Stance, stances

HEARD = 5
"""Sentences, the most probable first, in which a denial is looked for."""
AS_GOOD = 0.2
"""A denial is heard when its sentence has at least this share of the best one's merit."""
ABOUT = 0.5
"""Share of the premise's words that an article has which tells that nobody came to harm."""
_NOBODY = re.compile(r"\b(?:nobody|no ?one|none|no (?:\w+ )?(?:people|person|passengers?))\b", re.I)
_NOBODY_THERE = re.compile(
    r"\b(?:nobody|no ?one) (?:was|were|had been) (?:in|inside|at|aboard|on|there|living|working)\b",
    re.I,
)
_NO_HARM = re.compile(
    r"\bno (?:\w+ )?(?:deaths?|casualt\w+|injur\w+|victims?)\b|\b(?:unhurt|unharmed|uninjured)\b"
    r"|\b(?:all|everyone|everybody)\b[^.;]*\b(?:alive|safe|well|survived|rescued|saved)\b",
    re.I,
)
_SOMEBODY = re.compile(r"\b(?:someone|somebody|some)\b", re.I)


def denying(question: str, evidence: Sequence[Evidence], reader: Reader) -> Evidence | None:
    """The sentence that denies what `question` takes for granted; None where none does.

    The best sentence, or one further down that denies it outright where none bears it out.
    """
    premise = premise_of(question)
    if not premise or not evidence:
        return None
    floor = AS_GOOD * evidence[0].merit
    heard = [item for item in evidence if item.merit >= floor][:HEARD]
    said = stances(premise, heard, reader)
    if said[0].stance in (Stance.NO, Stance.DENIED):
        return said[0].item
    if any(one.stance is Stance.YES for one in said):
        return None
    denied = [one.item for one in said if one.stance is Stance.DENIED]
    return denied[0] if denied else _nobody_harmed(premise, evidence)


def _nobody_harmed(premise: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """The sentence that tells that nobody came to harm where `premise` has it that somebody did."""
    if not (_SOMEBODY.search(premise) and HARM.search(premise)) or HARM.search(evidence[0].text):
        return None
    best = evidence[0].hit.article.id
    told = (item for item in evidence if item.hit.article.id == best and _about(premise, item))
    return next((item for item in told if is_unharmed(item.text)), None)


def is_unharmed(sentence: str) -> bool:
    """Whether `sentence` tells that nobody came to harm, or that nobody was there."""
    nobody = _NOBODY.search(sentence) is not None and HARM.search(sentence) is not None
    told = nobody or _NOBODY_THERE.search(sentence) or _NO_HARM.search(sentence)
    return bool(told) and not re.search(r"\b(?:else|other|apart from)\b", sentence, re.I)


def _about(premise: str, item: Evidence) -> bool:
    wanted = set(content_stems(HARM.sub(" ", _SOMEBODY.sub(" ", premise))))
    there = content_stems(f"{item.hit.article.title} {item.hit.passage.text}")
    return bool(wanted) and len(wanted.intersection(there)) >= ABOUT * len(wanted)


def in_front(item: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence` with `item` first, as probable as what it goes before."""
    lead = replace(item, probability=max(item.probability, evidence[0].probability))
    return [lead, *(other for other in evidence if other is not item)]
