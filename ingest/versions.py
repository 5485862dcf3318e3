"""Versions of an article: every text it has had, and what each changed in the one before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from ingest.rows import moment
from ingest.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of sentences that two versions share, or that one of them lacks."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an article."""

    number: int
    title: str
    text: str
    fetched: datetime | None
    """When Byline first read this text (UTC)."""
    modified: date | None = None
    """The day that the article itself gave for its last change."""
    changes: tuple[Difference, ...] = ()
    """From the version before; empty for the first one."""

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Version":
        """From `(version, title, text, fetched, modified)` as stored."""
        number, title, text, fetched, modified = row
        day = date.fromisoformat(modified) if modified else None
        return cls(number, title, text, moment(fetched), day)

    @property
    def day(self) -> date | None:
        """When it appeared: as the article says, else when Byline first read it."""
        return self.modified or (self.fetched.date() if self.fetched else None)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready fields."""
        return {
            "version": self.number,
            "title": self.title,
            "day": self.day.isoformat() if self.day else None,
            "fetched": self.fetched.isoformat() if self.fetched else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "text": self.text,
            "changes": [{"kind": part.kind, "text": part.text} for part in self.changes],
        }


def with_changes(versions: Sequence[Version]) -> list[Version]:
    """`versions`, oldest first, each with its differences from the one before."""
    later = [
        replace(version, changes=tuple(differences(before.text, version.text)))
        for before, version in pairwise(versions)
    ]
    return [*versions[:1], *later]


def differences(old: str, new: str) -> list[Difference]:
    """What became of `old`, sentence by sentence; the parts that are not `added` make up `old`, and
    those that are not `removed` make up `new`, white space between sentences aside."""
    before, after = _sentences(old), _sentences(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Difference] = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            found.append(Difference("same", " ".join(before[start:end])))
            continue
        if end > start:
            found.append(Difference("removed", " ".join(before[start:end])))
        if new_end > new_start:
            found.append(Difference("added", " ".join(after[new_start:new_end])))
    return found


def _sentences(text: str) -> list[str]:
    return [re.sub(r"\s+", " ", text[start:end]) for start, end in split_sentences(text)]
