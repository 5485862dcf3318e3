"""How a sentence stands to a claim: it bears it out, or says otherwise. Never a guess.

The reader must be sure, and a "no" needs a word that denies in the sentence itself; or an amount
decides ("longer than 400 metres"). What is left stands open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.lexical import query_words
from ingest.passages import header
from rag.joined import widened
from rag.negation import negations, negators
from rag.opposites import opposed
from rag.protocols import Reader
from rag.reading import Judgement
from rag.stems import content_stems
from rag.types import Evidence
from rag.verbs import verb_stems
from rag.ways.hedge import is_hedged, is_turned_round
from rag.ways.measures import holds

SURE = 0.6
"""The reader's probability, from which it bears a claim out: of 1,200 sentences made of the titles
kept for choosing 86% of the true and 10% of the changed ones have it (with the weights before, from
0.75, 84% and 10%)."""
AGAINST = 0.6
"""Its probability that a sentence which denies something denies the claim."""
WHOLE = 0.8
"""Share of the claim's words that a sentence has which bears it out."""
ABOUT = 0.5
"""... and that one has which denies it."""
OUTWEIGHS = 3.0
"""... and how much more likely than that it bears it out."""
OUTRIGHT = 0.6
"""Share of the claim's words behind "deny" that makes it a denial of the claim."""
OTHERWISE_SAME = 0.65
"""Share of the claim's other words in a sentence that has the opposite of one."""
_CONTRAST = re.compile(r",\s(?:and\s)?not\s[^,.;]+")
"""Four, not six: the four are not denied."""
_DENIED = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_WRONG = re.compile(
    r"\b(?:wrong|false|untrue|baseless|unfounded|incorrect|no basis|dismiss(?:es|ed)|reject(?:s|ed)"
    r"|ruled out|refut(?:es|ed))\b",
    re.I,
)
_ATTRIBUTED = re.compile(
    r"\b(?:sa(?:id|ys?)|called?|calls|told|tells|insist(?:s|ed)|claim(?:s|ed)|according to)\b", re.I
)
_NOBODY = re.compile(r"\b(?:nobody|no ?one|none|no (?:\w+ )?(?:deaths?|people|injur\w+))\b", re.I)
_NEGATOR = re.compile(
    r"\b(?:not|never|no|none of|nobody|no ?one|neither|\w+n['’]t)\b"
    r"(?! (?:only|just|least|more than))",
    re.I,
)
_CLAUSE = re.compile(r"[,;:.!?—–](?=\s|$)|\b(?:but|because|while|although|who|which|that|when)\b")
_CLAUSE_END = re.compile(r"[,;:.!?—–](?=\s|$)|\b(?:but|while|although)\b")
_ARTICLE = re.compile(r"\b(?:the|an?)\s", re.I)
_SOMEBODY = re.compile(r"\b(?:someone|somebody|some)\b", re.I)


class Stance(StrEnum):
    """What a sentence says of a claim."""

    YES = "yes"
    NO = "no"
    DENIED = "denied"
    """Somebody denies it: that is not yet a no."""
    OPEN = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and its stance."""

    item: Evidence
    stance: Stance


def stances(claim: str, evidence: Sequence[Evidence], reader: Reader) -> list[Said]:
    """The stance of each of `evidence`, best first, each read with the words that it leans on."""
    if not claim or negators(claim):  # a double negation is answered either way
        return [Said(item, Stance.OPEN) for item in evidence]
    judged = reader.judge(
        claim,
        [widened(item).text for item in evidence],
        [header(item.hit.article) for item in evidence],
    )
    return [
        Said(item, stance(claim, item.text, judgement, tells_of(claim, item), best=place == 0))
        for place, (item, judgement) in enumerate(zip(evidence, judged, strict=True))
    ]


def tells_of(claim: str, item: Evidence) -> float:
    """Share of the claim's content words in the sentence, what it leans on, and the title.

    Not in what a title denies: "admits drones but denies missiles" bears out no missiles.
    """
    clauses = _CLAUSE_END.split(item.hit.article.title)
    asserted = " ".join(clause for clause in clauses if not negators(clause))
    return _share(claim, f"{asserted} {widened(item).text}")


def _share(claim: str, words: str) -> float:
    wanted = set(content_stems(claim))
    return len(wanted.intersection(content_stems(words))) / len(wanted) if wanted else 0.0


def stance(claim: str, sentence: str, judged: Judgement, told: float, *, best: bool) -> Stance:
    """What `sentence` says of `claim`, given what the reader makes of the two.

    `told` is the share of the claim's words that it has: a sentence about hens says nothing of
    bicycles, and one on leaving the shore does not bear out that anybody stays there.

    That nobody was hurt denies that somebody was killed only where it is the `best` evidence.
    """
    measured = holds(claim, sentence)
    if measured is not None:
        return Stance.YES if measured else Stance.NO
    denies = bool(negators(_CONTRAST.sub("", sentence)))
    if not denies and best and _says_the_opposite(claim, sentence):
        return Stance.NO
    against = judged.contradicted >= OUTWEIGHS * judged.supported
    surely = against and judged.contradicted >= AGAINST
    if denial := _DENIED.search(sentence):
        # "They deny that it was delivered" needs no judge; the rest of the clause is the claim.
        outright = _share(claim, _CLAUSE_END.split(sentence[denial.end() :])[0]) >= OUTRIGHT
        return Stance.DENIED if outright or (surely and told >= ABOUT) else Stance.OPEN
    if denies and _denies_directly(claim, sentence):
        return Stance.NO
    if denies and told >= ABOUT and _nobody_did(claim, sentence):
        return Stance.NO
    if (denies and any(negations(claim, sentence))) or (denies and surely and told >= ABOUT):
        return Stance.NO
    if best and against and _SOMEBODY.search(claim) and _NOBODY.search(sentence):
        return Stance.NO
    shared = set(content_stems(claim)).intersection(content_stems(sentence))
    if shared and _WRONG.search(sentence):
        # "Completely wrong, the minister said": it is he who denies it.
        meant = told >= WHOLE or (against and told >= ABOUT / 2)
        no = Stance.DENIED if _ATTRIBUTED.search(sentence) else Stance.NO
        return no if meant else Stance.OPEN
    # "Ida won" does not stand in "Ida wondered".
    words = re.escape(_ARTICLE.sub("", claim.rstrip(".")))
    verbatim = re.search(rf"\b{words}\b", _ARTICLE.sub("", sentence), re.I) is not None
    borne_out = verbatim or (judged.supported >= SURE and told >= WHOLE)
    sure = (
        borne_out
        and not denies
        and not is_hedged(claim, sentence)
        and not is_turned_round(claim, sentence)
    )
    return Stance.YES if sure else Stance.OPEN


def _says_the_opposite(claim: str, sentence: str) -> bool:
    """Whether a word of the claim has its opposite in the sentence, and the rest stands there.

    That 87 stayed does not deny that some left.
    """
    if _SOMEBODY.search(claim):
        return False
    swapped = opposed(claim, sentence)
    rest = set(verb_stems(" ".join(query_words(claim)))) - swapped
    there = set(verb_stems(sentence))
    return bool(swapped) and len(rest & there) >= OTHERWISE_SAME * len(rest) > 0


def _nobody_did(claim: str, sentence: str) -> bool:
    """Whether none of some did what somebody is claimed to have done: "none of the 31 was hurt"."""
    somebody = re.match(r"(?:someone|somebody)\b", claim, re.I)
    done = content_stems(claim[somebody.end() :])[:1] if somebody else []
    for match in _NOBODY.finditer(sentence):
        clause = content_stems(_CLAUSE_END.split(sentence[match.end() :])[0])
        if done and done[0] in clause and not negators(sentence[match.end() :].split(",")[0]):
            return True
    return False


def _denies_directly(claim: str, sentence: str) -> bool:
    """Whether what follows "not", "no" or "nobody" in its clause is what the claim says."""
    said, sentence = set(content_stems(claim)), _CONTRAST.sub("", sentence)
    for match in _NEGATOR.finditer(sentence):
        following = content_stems(_CLAUSE.split(sentence[match.end() :])[0])[:2]
        around = said.intersection(content_stems(sentence)) - set(following)
        if following and said.issuperset(following) and (around or _SOMEBODY.search(claim)):
            return True
    return False
