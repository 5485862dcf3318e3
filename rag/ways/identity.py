"""Who somebody is, what something is: what the articles call them, beside the name.

"Who is Petra Moe?" is answered by "Petra Moe, the curator", and by nobody else's name. Where the
articles name somebody and do not say who that is, nothing is said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.copies import collapse
from rag.descriptions import Description, described, places_of
from rag.inflections import word_classes
from rag.joined import place_of, widened, with_neighbours
from rag.modifiers import lead
from rag.names import FUNCTION_WORDS, find_names, name_stands_in
from rag.orders import without_orders
from rag.question import Question
from rag.quote import says_the_same
from rag.stems import content_stems
from rag.types import Evidence, Hit
from rag.ways.fact import FactWay, also
from rag.ways.kind import Kind
from rag.ways.topic import sentences
from rag.ways.way import Found, Plan, Search

LINES = 2
CONFIDENT = 0.9
_WHO = re.compile(
    r"^(?:(?:and|but|so|tell me)\s)?who(?:\s(?:is|was|are|were)|['’]?s)\s"
    r"(?P<name>[^?,;]+?)(?:,?\s(?:and|what|when|where|why)\s[^?]*)?\s*[?.!]*$",
    re.I,
)
_WHAT = re.compile(
    r"^(?:(?:[Aa]nd|[Bb]ut|[Ss]o)\s)?[Ww]hat(?:\s(?:is|was)|['’]s)\s(?P<name>[A-Z][^?,;]*?)\s*[?.!]*$"
)
_ROLE = re.compile(
    r"^(?:(?:and|but|so)\s)?who(?:\s(?:is|was|are|were)|['’]?s)\s(?:now\s)?"
    r"(?P<role>(?:the\s|an?\s|(?-i:[A-Z]))[^?,;]*?)\s*[?.!]*$",
    re.I,
)
_LONGEST = 5
"""Words of a name."""
LONGEST_ROLE = 8
"""Words."""
_NAMELESS = FUNCTION_WORDS - {"van", "von", "de"}


def name_asked(question: str) -> str:
    """The name that "who is ..." or "what is ..." asks about; empty for any other question.

    >>> name_asked("who is petra moe?"), name_asked("Who is the mayor of Orle?")
    ('petra moe', '')
    """
    text = " ".join(question.split())
    for pattern in (_WHO, _WHAT):
        if match := pattern.match(text):
            words = match["name"].split()
            plain = [word for word in words if word.lower() in _NAMELESS]
            owned = any(re.search(r"['’]s?$", word) for word in words)
            # "Who was arrested?" names nobody; "who is moe" does, in a hurry.
            named = not match["name"].islower() or not all(map(word_classes, words))
            if len(words) <= _LONGEST and named and not plain and not owned:
                return match["name"]
    return ""


def role_asked(question: str) -> str:
    """The role that "who is the mayor of Orle" asks about; empty for any other question.

    >>> role_asked("Who is the mayor of Orle?"), role_asked("Who is the man that fell?")
    ('the mayor of Orle', '')
    """
    match = _ROLE.match(" ".join(question.split()))
    if match is None or name_asked(question):
        return ""
    clause = re.search(r"\b(?:who|that|which|whose)\b|\w+(?:ing|ed)\b", match["role"])
    return "" if clause or len(match["role"].split()) > LONGEST_ROLE else match["role"]


class RoleWay:
    """Names whom the articles describe as the question does (`rag.ways.way.Way`).

    The mayor of another town is nobody's answer; where nobody is described so, the best sentences
    are left to answer.
    """

    kind = Kind.FACT

    def __init__(self, facts: FactWay) -> None:
        self._facts = facts

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`: the sentences that describe somebody so come first."""
        found = search(asked.text)
        role = role_asked(asked.text)
        named = [item for item in found.evidence if _holder(role, item)]
        if not named:
            return found
        rest = [item for item in found.evidence if item not in named]
        best = max(item.probability for item in found.evidence)
        named[0] = replace(named[0], probability=best)
        confidence = max(found.confidence, CONFIDENT)
        return replace(found, evidence=(*named, *rest), confidence=confidence)

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`."""
        plan = self._facts.plan(asked, found)
        holder = _holder(role_asked(asked.text), found.evidence[0])
        if not holder:
            return plan
        # Those whom other sentences name hold other posts: that is no disagreement.
        first = widened(found.evidence[0])
        evidence = with_neighbours([first, *plan.evidence])
        at = place_of(first, evidence)
        return replace(
            plan,
            evidence=tuple(evidence),
            lines=None if at is None else (at,),
            short=holder,
            note="",
            conflicts=(),
        )


def _holder(role: str, item: Evidence) -> str:
    """The name that the sentence describes as `role`; empty where it describes none so.

    What the role is of ("of Orle") may stand in the title, or where the article begins.
    """
    names = [name.text for name in find_names(role)]
    wanted = set(content_stems(role)) - {s for name in names for s in content_stems(name)}
    begins = f"{item.hit.article.title}\n{lead(item.hit.article.text)}"
    for name in find_names(item.text):
        found = described(name.text, item.text)
        if found is None or found.rank or not wanted <= set(content_stems(found.text)):
            continue
        if all(name_stands_in(one, f"{found.text}\n{begins}") for one in names):
            return name.text
    return ""


class IdentityWay:
    """Quotes what describes the name (`rag.ways.way.Way`)."""

    kind = Kind.FACT

    def __init__(self) -> None:
        self._facts = FactWay()

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`: the sentences that say who it is, the plainest first."""
        found = search(asked.text)
        name = name_asked(asked.text)
        told = without_orders(_naming(name, found.hits))
        ranked = sorted(
            (item for item in told if described(name, item.text)),
            key=lambda item: _rank(name, item),
        )
        if ranked:
            return replace(found, evidence=tuple(ranked), confidence=CONFIDENT)
        if not told or _WHAT.match(asked.text):
            # Nobody of that name: nothing that is said of others will do.
            return found if _WHAT.match(asked.text) else replace(found, evidence=(), confidence=0.0)
        named = {item.hit.passage.id: item.hit for item in told}
        written = told[0].text[slice(*places_of(name, told[0].text)[0])]
        silence = f"The articles name {written}, but do not say who that is."
        return replace(
            found, hits=tuple(named.values()), evidence=(), confidence=0.0, silence=silence
        )

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`."""
        name = name_asked(asked.text)
        first = described(name, found.evidence[0].text)
        if first is None:
            return self._facts.plan(asked, found)
        copies = collapse(found.evidence)
        evidence = [item for item, _ in copies]
        lines = _new(name, evidence)
        return Plan(
            evidence=tuple(evidence),
            lines=tuple(at for item in lines if (at := place_of(item, evidence)) is not None),
            short=_short(first),
            also=also(copies),
        )


def _naming(name: str, hits: Sequence[Hit]) -> list[Evidence]:
    """The sentences of the articles found that have the name, those of the best article first."""
    articles = {hit.article.id: hit for hit in reversed(hits)}
    best_first = [articles[identity] for identity in dict.fromkeys(h.article.id for h in hits)]
    return [
        replace(item, hit=_holding(item, hits))
        for hit in best_first
        for item in sentences(hit.article, hit, CONFIDENT)
        if places_of(name, item.text)
    ]


def _holding(item: Evidence, hits: Sequence[Hit]) -> Hit:
    """The hit whose passage has the sentence, where one does."""
    for hit in hits:
        inside = hit.passage.start <= item.start and item.end <= hit.passage.end
        if hit.article.id == item.hit.article.id and inside:
            return hit
    return item.hit


def _rank(name: str, item: Evidence) -> int:
    found = described(name, item.text)
    assert found is not None
    # "Its project leader" leans on what it is; "the curator" stands alone.
    leans = re.match(r"(?:its|his|her|their|our|it|who)\b", found.text, re.I) is not None
    return found.rank + leans


def _new(name: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first of `evidence`, and one more that says something else of the name."""
    lines: list[Evidence] = []
    said: list[str] = []
    for item in evidence:
        found = described(name, item.text)
        if len(lines) == LINES or found is None:
            break
        if not any(says_the_same(found.text, text) or found.rank for text in said):
            lines.append(item)
            said.append(found.text)
    return lines


def _short(found: Description) -> str:
    return "" if found.rank else found.text
