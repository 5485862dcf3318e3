"""A proper name as it stands in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """One proper name in a text, without a possessive: `source[start:end] == text`."""

    start: int
    end: int
    text: str
