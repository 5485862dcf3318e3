"""Whether words deny what a sentence says, or the sentence what the words say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.problem import Problem
from rag.stems import content_stems

_CLAUSE_END = re.compile(
    r"[,;:.!?](?=\s|$)|[—–()\n]|\b(?:but|while|although|though|whereas|and(?=\s(?:\w+\s){0,2}?"
    r"(?:not|never|no|denied|denies|refused|failed|without|says?|said|adds|added|insists?)\b))\b"
)
_NEGATOR = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied|ying)"
    r"|(?:refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|declin(?:e|es|ed|ing)|unable) to|\w+n['’]t)\b",
    re.I,
)
_DENY = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_WITHOUT = re.compile(r"\bwithout\b(?!\s\w+ing\b)", re.I)
_NO_NEGATION = re.compile(
    r"\b(?:(?:not|\w+n['’]t) (?:only|just|least|necessarily)|not to mention|no (?:doubt|matter)"
    r"|no (?:more|fewer|less|later|earlier) than|No\.? ?\d|whether or not|if not|none other"
    r"|nothing but|without doubt)\b",
    re.I,
)
DENIES_IN_ITS_OWN_WAY = re.compile(
    r"\b(?:refus|fail|declin|reject|bann|bans?\b|barred|prohibit|prevent|block|stop|halt|avoid|lack"
    r"|missed|missing|absen|cancel|scrap|rul\w+ out|dismiss|contradict|doubt|hardly|barely|scarcely"
    r"|rarely|seldom|few\b|little\b|too\b|yet to|still to|except|unless|abandon|suspend|withh|forb"
    r"|impossib|unlikely|unable|free of|instead|rather than|alleg|accus|pending|await|oppos"
    r"|against)",
    re.I,
)
"""Words that may deny in their own way: beside them, nothing is said of a contradiction."""
_NEGATIVE_PREFIX = re.compile(r"(?:un|in|im|il|ir|dis|non-?)(\w{4,})$")


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    stems: frozenset[str]
    """Of its content words, negators left out."""
    denied: tuple[tuple[str, ...], ...]
    """For each negator the stems of the content words after it."""


def negators(text: str) -> list[str]:
    """The words of `text` that deny: "not", "never", "refused to"; not those of "not only"."""
    return [m.group() for m in _NEGATOR.finditer(_NO_NEGATION.sub(" ", text))]


def negations(sentence: str, span: str) -> Iterator[Problem]:
    """Clauses of the sentence that the span has with the opposite sign."""
    if not (_NEGATOR.search(sentence) or _NEGATOR.search(span)):
        return
    clauses = _clauses(span)
    for clause in _clauses(sentence):
        opposite = _opposite(clause, clauses) or _denial(clause, clauses)
        if opposite is not None:
            message = f"the cited words say otherwise: “{opposite.text}”"
            yield Problem("negation", clause.text, message)


def _opposite(clause: _Clause, clauses: list[_Clause]) -> _Clause | None:
    """The clause of the span most like `clause`, if just one of the two is negated.

    The words negated must stand on both sides: "who did not want to be named said the bridge
    reopened" does not deny that the bridge reopened.
    """
    likest = max(
        clauses,
        key=lambda other: (len(clause.stems & other.stems), _agree(clause, other)),
        default=None,
    )
    return likest if likest is not None and _contradicts(clause, likest) else None


def _denial(clause: _Clause, clauses: list[_Clause]) -> _Clause | None:
    """A clause that denies what `clause` says, where no other affirms it.

    "Admits sending drones, but denies sending missiles" does not carry "admits sending missiles".
    """
    if clause.denied or DENIES_IN_ITS_OWN_WAY.search(clause.text):
        return None
    around = frozenset().union(*(other.stems for other in clauses))
    for other in clauses:
        if len(other.denied) != 1 or _WITHOUT.search(other.text):
            continue
        scope = other.denied[0]
        said = clause.stems.intersection(scope)
        first = scope[:2] if _DENY.search(other.text) else scope[:1]
        whole = len(said) >= 0.75 * len(set(scope)) and not said.isdisjoint(first)
        affirmed = any(said <= c.stems for c in clauses if not c.denied)
        alike = len(clause.stems & around) >= 3
        if whole and alike and not affirmed:
            return other
    return None


def _agree(clause: _Clause, other: _Clause) -> bool:
    return bool(clause.denied) == bool(other.denied)


def _contradicts(clause: _Clause, other: _Clause) -> bool:
    shared = clause.stems & other.stems
    if len(shared) < 2 or len(shared) < 0.6 * min(len(clause.stems), len(other.stems)):
        return False
    if len(clause.denied) + len(other.denied) != 1:
        return False
    if negators(clause.text) and negators(other.text):
        return False  # one of them ends in its negation: "it injured no one"
    negated, plain = (clause, other) if clause.denied else (other, clause)
    if not plain.stems.issuperset(negated.denied[0][:2]):
        return False
    if _is_uncertain(plain.text, negated.text):
        return False
    if _WITHOUT.search(negated.text) and not re.search(r"\bwith\b", plain.text, re.I):
        return False  # "left without power" may well be "lost power"
    prefixed = (_NEGATIVE_PREFIX.match(stem) for stem in plain.stems - shared)
    return not any(match and match[1] in negated.stems for match in prefixed)


def _is_uncertain(plain: str, negated: str) -> bool:
    """Whether `plain` may deny in its own way, with words that `negated` does not have too."""
    said = negated.lower()
    return any(match.group().lower() not in said for match in DENIES_IN_ITS_OWN_WAY.finditer(plain))


def _clauses(text: str) -> list[_Clause]:
    kept = _NO_NEGATION.sub(" ", text)
    return [_clause(part.strip()) for part in _CLAUSE_END.split(kept) if part.strip()]


def _clause(text: str) -> _Clause:
    scopes = (_NEGATOR.sub(" ", text[m.end() : m.end() + 200]) for m in _NEGATOR.finditer(text))
    denied = tuple(tuple(stems) for scope in scopes if (stems := content_stems(scope)))
    return _Clause(text, frozenset(content_stems(_NEGATOR.sub(" ", text))), denied)
