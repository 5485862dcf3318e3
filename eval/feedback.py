"""A reader's word on an answer, as a candidate gold case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.answers import contains
from eval.candidates import Candidate, case_id
from eval.gold import Kind
from eval.library import Library
from ingest.sentences import split_sentences
from ingest.types import Article

DATE_WORDS = ("when ", "what day", "what date", "which day", "on what day", "on which day")


@dataclass(frozen=True)
class Feedback:
    """What a reader says of an answer."""

    question: str
    right: bool
    short: str = ""
    """The short answer that was given."""
    text: str = ""
    """The whole answer that was given."""
    abstained: bool = False
    cited: Sequence[tuple[str, int, int]] = ()
    """Article id and offsets of each citation, and of each nearest passage of an abstention."""
    history: Sequence[tuple[str, str]] = ()
    """The (question, answer) turns before, oldest first."""
    as_of: str = ""
    filters: dict[str, Any] = field(default_factory=dict)
    correction: str = ""
    """What would have been right, in the reader's words."""
    silent: bool = False
    """The reader says that the articles do not say."""
    comment: str = ""
    """Whatever else the reader says."""
    given: str = ""
    """When, ISO 8601, UTC; empty for now."""

    @property
    def id(self) -> str:
        """Of the candidate that it becomes."""
        return case_id(self.question, self.history)


def candidate_of(said: Feedback, library: Library) -> Candidate:
    """The case that a person may accept, as far as a thumb and a correction tell it.

    Quotes are read anew from the articles; a citation that does not fit its article is left out.
    """
    fields: dict[str, Any] = {
        "id": said.id,
        "question": said.question,
        "kind": _kind(said).value,
        "answers": _answers(said),
        "history": [{"question": asked, "answer": told} for asked, told in said.history],
        "as_of": said.as_of or None,
        "filters": said.filters or None,
    }
    if not _silent(said):
        fields |= _gold(_places(said, library))
    kept = {name: value for name, value in fields.items() if value not in ([], None)}
    short = f"{said.short}: " if said.short else ""
    return Candidate(
        case=kept,
        origin="right" if said.right else "wrong",
        said=f"{short}{said.text}",
        comment=said.comment or said.correction,
        added=said.given,
    )


def _silent(said: Feedback) -> bool:
    """Whether the right thing is to say nothing."""
    return said.silent or (said.right and said.abstained)


def _kind(said: Feedback) -> Kind:
    if _silent(said):
        return Kind.UNANSWERABLE
    if said.history:
        return Kind.FOLLOW_UP
    if (said.correction or said.short).lower().rstrip(".") in ("yes", "no"):
        return Kind.YES_NO
    return Kind.DATE if said.question.lower().startswith(DATE_WORDS) else Kind.FACT


def _answers(said: Feedback) -> list[str]:
    if _silent(said):
        return []
    told = said.short if said.right else said.correction
    return [told.strip()] if told.strip() else []


def _places(said: Feedback, library: Library) -> Iterator[tuple[Article, str]]:
    """Each article with the words in it that carry the right answer."""
    for name, start, end in said.cited:
        article = library.article(name)
        if article is None or not 0 <= start < end <= len(article.text):
            continue
        if said.right:
            yield article, article.text[start:end]
        elif said.correction:
            sentences = (article.text[s:e] for s, e in split_sentences(article.text))
            carrying = (text for text in sentences if contains(text, [said.correction]))
            if found := next(carrying, ""):
                yield article, found


def _gold(places: Iterator[tuple[Article, str]]) -> dict[str, Any]:
    quotes: dict[str, list[str]] = {}
    for article, quote in places:
        found = quotes.setdefault(article.url or article.id, [])
        if quote not in found:
            found.append(quote)
    if not quotes:
        return {}
    (first, carried), *further = quotes.items()
    sources = [{"article": name, "quotes": words} for name, words in further]
    return {"article": first, "quotes": carried, "sources": sources}
