"""Who says what: statements of articles, the values they give, and where those differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ingest.passages import written


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of an article that say something: `article.text[start:end] == quote`."""

    article_id: str
    start: int
    end: int
    quote: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: date | None = None
    copy: bool = False
    """A near copy of another statement beside it: its outlet is listed and has no vote."""

    @property
    def outlet(self) -> str:
        """Outlet and date in words: "Meridian Wire, 5 November 2022"."""
        return ", ".join(part for part in (self.source, written(self.published)) if part) or "?"

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields in the order above."""
        return {
            "article_id": self.article_id,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "title": self.title,
            "source": self.source,
            "url": self.url,
            "published": self.published.isoformat() if self.published else None,
            "copy": self.copy,
        }


@dataclass(frozen=True, slots=True)
class Position:
    """One of the values that articles give, and the statements that give it."""

    value: str
    """In the words of the first statement; a date in full; "yes" or "no" for a claim."""
    statements: tuple[Statement, ...]
    """The best first; copies stand behind what they copy."""
    corrected: bool = False
    """A newer article of the same outlet gives another value in its place."""

    @property
    def independent(self) -> int:
        """How many sources give it, copies not counted."""
        return sum(not statement.copy for statement in self.statements)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields."""
        return {
            "value": self.value,
            "corrected": self.corrected,
            "independent": self.independent,
            "statements": [statement.to_dict() for statement in self.statements],
        }


class Disputed(StrEnum):
    """What sources differ on."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that different sources give to one question, the one to go by first."""

    disputed: Disputed
    positions: tuple[Position, ...]

    def written(self) -> str:
        """One sentence that sets the values side by side, each with its outlets and dates."""
        parts = [f"{position.value} ({_told_by(position)})" for position in self.positions]
        return f"The articles disagree: {', '.join(parts)}."

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields."""
        return {
            "disputed": self.disputed.value,
            "positions": [position.to_dict() for position in self.positions],
        }


def _told_by(position: Position) -> str:
    outlets = "; ".join(_outlets(position.statements))
    return f"{outlets}; since corrected" if position.corrected else outlets


def _outlets(statements: Iterable[Statement]) -> Iterable[str]:
    return (f"{s.outlet}, a copy" if s.copy else s.outlet for s in statements)
