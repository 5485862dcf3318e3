"""What a question asks for, read from its words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.lexical import query_words, stems
from rag.dates.spans import Grain
from rag.quantity import Quantity, quantity_asked


class Wanted(StrEnum):
    """The form that a short answer to a question takes."""

    DATE = "date"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    OTHER = "other"


_PATTERNS = (
    (Wanted.DATE, r"\bwhen\b(?! the\b)|\b(?:what|which|on what|in what) "
                  r"(?:exact |precise )?(?:date|day|weekday|month|year)\b"
                  r"|\bhow long ago\b|\bsince when\b"),
    (Wanted.NUMBER, r"\bhow (?:many|much|tall|high|long|old|far|big|large|wide|deep|fast|heavy|hot"
                    r"|cold|often|few)\b|\bwhat (?:number|percentage|share|proportion|price|sum"
                    r"|amount|fraction|age|temperature|height|depth|speed|score)\b"
                    r"|\bwhat (?:do|does|did|will|would|has|have|had)\b.*"
                    r"\b(?:cost|pay|paid|weigh)\b(?! (?:attention|heed|tribute)\b)"),
    (Wanted.PERSON, r"\bwho(?:m|se)?\b|\bwhich (?:person|man|woman|minister|player|author)\b"),
    (Wanted.PLACE, r"\bwhere\b"
                   r"|\b(?:what|which) (?:city|town|country|place|village|state|region)\b"),
)  # fmt: skip


_GRAINS = (
    (Grain.WEEKDAY, r"\b(?:what|which) (?:day of the week|weekday)\b"),
    (Grain.DAY, r"\b(?:what|which) (?:exact |precise )?(?:date|day)\b"),
    (Grain.MONTH, r"\b(?:what|which) (?:\w+ )?month\b"),
    (Grain.YEAR, r"\b(?:what|which) (?:\w+ )?year\b"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known of it before anything is read."""

    text: str
    wanted: Wanted
    stems: frozenset[str]
    """Stems of its content words, as the word index holds them."""
    grain: Grain = Grain.ANY
    """How fine a date is asked for."""
    quantity: Quantity | None = None
    """What the number has to be an amount of; None where it may be of anything."""


def read_question(text: str) -> Question:
    """Find what `text` asks for and the words that carry it."""
    folded = " ".join(text.lower().split())
    starts = {wanted: _first(pattern, folded) for wanted, pattern in _PATTERNS}
    found = [wanted for wanted, at in starts.items() if at is not None]
    wanted = min(found, key=lambda item: starts[item] or 0, default=Wanted.OTHER)
    content = frozenset(stem for word in query_words(text) for stem in stems(word))
    grain = _grain(folded) if wanted is Wanted.DATE else Grain.ANY
    return Question(text, wanted, content, grain, quantity_asked(text))


def _grain(text: str) -> Grain:
    """The finest unit that is named: "what month and year" is a month."""
    for grain, pattern in _GRAINS:
        if re.search(pattern, text):
            return grain
    return Grain.ANY


def _first(pattern: str, text: str) -> int | None:
    match = re.search(pattern, text)
    return match.start() if match else None
