"""Candidate gold cases behind a page: from readers' thumbs and from drafts, JSON in and out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

from eval.candidates import Candidate, Candidates
from eval.draft import Draft, drafts
from eval.feedback import Feedback, candidate_of
from eval.gold import Case
from eval.library import Library
from ingest.errors import UserError
from ingest.types import Article

PER_ARTICLE = 3
"""Drafts of one article, at most."""


class Proposals:
    """What waits for a person's decision, and how more comes in."""

    def __init__(
        self,
        kept: Candidates,
        library: Library,
        articles: Callable[[], Iterator[Article]],
        drafters: Mapping[str, Callable[[], Draft]],
    ) -> None:
        """`drafters` are the ways to draft a case, by the name that `propose` is given."""
        self._kept = kept
        self._library = library
        self._articles = articles
        self._drafters = drafters

    @property
    def accepted_path(self) -> Path:
        """The accepted gold set; it may not be there yet."""
        return self._kept.accepted_path

    def waiting(self) -> list[dict[str, Any]]:
        """The candidates that nobody has decided on, the newest first."""
        return [asdict(candidate) for candidate in self._kept.waiting()]

    def accepted(self) -> dict[str, Any]:
        """`path` of the accepted gold set and how many `cases` it has."""
        return {"path": str(self.accepted_path), "cases": self._kept.accepted()}

    def drafters(self) -> list[str]:
        """The ways to draft."""
        return list(self._drafters)

    def hear(self, said: Iterable[Mapping[str, Any]]) -> int:
        """Readers' words on answers (fields of `eval.feedback.Feedback`) become candidates.

        What was heard before is passed over; returns how many were new. Raises UserError for
        fields that are no feedback.
        """
        try:
            words = [Feedback(**fields) for fields in said]
        except TypeError as error:
            raise UserError(f"this is no feedback: {error}") from error
        known = self._kept.known()
        new = [word for word in words if not word.given or known.get(word.id, "") < word.given]
        if new:
            self._kept.add(candidate_of(word, self._library) for word in new)
        return len(new)

    def propose(self, count: int, by: str) -> int:
        """Draft up to `count` cases that were not proposed before; returns how many.

        Raises UserError for a way that is not among `drafters`.
        """
        if by not in self._drafters:
            raise UserError(f"no way to draft is called {by}: choose {', '.join(self._drafters)}")
        made = drafts(self._articles(), self._drafters[by](), PER_ARTICLE)
        known = self._kept.known()
        new = (case for case in made if case.id not in known)
        found = [drafted(case) for case in islice(new, count)]
        self._kept.add(found)
        return len(found)

    def accept(self, name: str, fields: Mapping[str, Any]) -> None:
        """Put the case that `fields` make into the gold set. Raises UserError that says why not."""
        self._kept.accept(name, fields)

    def reject(self, name: str) -> None:
        """Put a candidate aside for good."""
        self._kept.reject(name)


def drafted(case: Case) -> Candidate:
    """A draft as a candidate."""
    fields = replace(case, notes="").to_dict()
    return Candidate({k: v for k, v in fields.items() if v not in ([], "", None)}, "draft")
