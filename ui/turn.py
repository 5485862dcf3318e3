"""One question and what became of it, as the page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.types import Answer, Citation, Hit, Sentence
from ui.render import (
    NEAREST,
    article_href,
    byline,
    excerpt,
    text_html,
    understood,
    web_link,
)

QUESTION_CHARS = 2_000
"""The longest question that is taken."""
LOOKING = "Reading the articles…"
CHECKING = "Checking the next sentence…"
STOPPED = "Stopped. What stands here has been checked; the answer may be incomplete."


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, and as much of its answer as is known so far."""

    number: int
    """1 for the first question of the session."""
    question: str
    sentences: tuple[Sentence, ...] = ()
    """Those that have passed the check so far, in order."""
    citations: tuple[Citation, ...] = ()
    """Those that carry `sentences`, each number once."""
    history: tuple[tuple[str, str], ...] = ()
    """The (question, answer) turns before it, oldest first."""
    answer: Answer | None = None
    problem: str = ""
    """One line for the user where the answer failed."""
    stopped: bool = False

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self.answer is not None or bool(self.problem) or self.stopped

    def hear(self, sentence: Sentence, citations: Iterable[Citation]) -> "Turn":
        """This turn with one more sentence."""
        known = {citation.number: citation for citation in self.citations}
        known.update((citation.number, citation) for citation in citations)
        return replace(self, sentences=(*self.sentences, sentence), citations=tuple(known.values()))

    def finish(self, answer: Answer) -> "Turn":
        """This turn with its whole answer."""
        return replace(self, sentences=answer.shown, citations=answer.citations, answer=answer)

    def fail(self, problem: str) -> "Turn":
        """This turn, ended by a failure that `problem` states in one line."""
        return replace(self, problem=problem)

    def stop(self) -> "Turn":
        """This turn, ended by the reader; unchanged where it had ended already."""
        return self if self.finished else replace(self, stopped=True)


def told(turns: Sequence[Turn]) -> tuple[tuple[str, str], ...]:
    """The finished turns as questions and answers, for the question after them."""
    return tuple((turn.question, turn.answer.said) for turn in turns if turn.answer)


def thread_html(turns: Sequence[Turn]) -> str:
    """All turns of a session, first to last."""
    return "".join(turn_html(turn) for turn in turns)


def turn_html(turn: Turn) -> str:
    """One turn: the question, the answer with its marks, and the sources beside it.

    The same elements stand in the same places from the first word to the last, so that a page
    which updates in place neither flickers nor reads a sentence aloud twice.
    """
    number = turn.number
    return (
        f'<article class="by-turn" aria-labelledby="q{number}">'
        f'<h2 class="by-question" id="q{number}" dir="auto">{text_html(turn.question)}</h2>'
        f'<div class="by-columns"><div class="by-answer" aria-live="polite">{_answer(turn)}</div>'
        f"{_sources(turn)}</div></article>"
    )


def _answer(turn: Turn) -> str:
    answer = turn.answer
    abstained = answer is not None and answer.abstained
    reason = answer.reason if answer else ""
    short = answer.short if answer else ""
    notes = (understood(answer), answer.scope_note) if answer else ("", "")
    return (
        f'<p class="by-note by-understood" dir="auto">{text_html(notes[0])}</p>'
        f'<p class="by-note by-scope" dir="auto">{text_html(notes[1])}</p>'
        f'<p class="by-short" dir="auto">{text_html(short)}</p>'
        f'<p class="by-text" dir="auto">{_sentences(turn)}</p>'
        f'<p class="{"by-reason" if abstained else "by-note"}">{text_html(reason)}</p>'
        f'<p class="by-problem">{text_html(turn.problem)}</p>'
        f'<p class="by-status">{_status(turn)}</p>'
    )


def _sentences(turn: Turn) -> str:
    by_number = {citation.number: citation for citation in turn.citations}
    return " ".join(
        f'<span class="by-sentence">{text_html(sentence.text)}'
        + "".join(_mark(by_number[n]) for n in sentence.citations if n in by_number)
        + "</span>"
        for sentence in turn.sentences
    )


def _mark(citation: Citation) -> str:
    label = f"Source {citation.number}: {_named(citation)}. Opens the article at the quoted words."
    return (
        f'<a class="by-cite" data-n="{citation.number}" data-article="{_title(citation.title)}" '
        f'href="{text_html(_href(citation))}" aria-label="{text_html(label)}">'
        f"[{citation.number}]</a>"
    )


def _named(citation: Citation) -> str:
    return f"{citation.title}, {byline(citation.source, citation.published)}"


def _href(citation: Citation) -> str:
    return article_href(citation.article_id, citation.start, citation.end)


def _title(title: str) -> str:
    return text_html(title or "Untitled")


def _status(turn: Turn) -> str:
    if turn.stopped:
        return STOPPED
    if turn.problem:
        return ""
    if turn.answer is None:
        return f'<span class="by-busy">{CHECKING if turn.sentences else LOOKING}</span>'
    return _checked(turn.answer)


def _checked(answer: Answer) -> str:
    count = len(answer.shown)
    if not count:
        return ""
    sentences = "1 sentence" if count == 1 else f"{count} sentences, each"
    seconds = answer.timings.get("total")
    took = f" · {seconds:.1f}\N{NO-BREAK SPACE}s" if seconds is not None else ""
    return f"{sentences} checked against the quoted words{took}"


def _sources(turn: Turn) -> str:
    cards = [_citation_card(citation) for citation in turn.citations]
    heading = "Sources"
    if not cards and turn.answer and turn.answer.nearest:
        heading = NEAREST
        cards = [_hit_card(hit) for hit in turn.answer.nearest]
    if not cards:
        return '<aside class="by-sources" aria-label="Sources"></aside>'
    return (
        f'<aside class="by-sources" aria-label="{heading}"><h3 class="by-eyebrow">{heading}</h3>'
        f'<ol class="by-cards">{"".join(cards)}</ol></aside>'
    )


def _citation_card(citation: Citation) -> str:
    return _card(
        str(citation.number),
        _href(citation),
        citation.title,
        byline(citation.source, citation.published),
        citation.quote,
        citation.url,
    )


def _hit_card(hit: Hit) -> str:
    passage, article = hit.passage, hit.article
    return _card(
        "",
        article_href(article.id, passage.start, passage.end),
        article.title,
        byline(article.source, article.published),
        excerpt(passage.text),
        article.url,
    )


def _card(number: str, href: str, title: str, meta: str, words: str, url: str) -> str:
    here = f'href="{text_html(href)}" data-article="{_title(title)}"'
    web = text_html(web_link(url))
    outside = 'target="_blank" rel="noopener noreferrer"'
    original = f'<a class="by-original" href="{web}" {outside}>original</a>' if web else ""
    return (
        f'<li class="by-card" data-n="{number}"><span class="by-number">{number}</span>'
        f'<p class="by-title" dir="auto">{_title(title)}</p>'
        f'<p class="by-meta">{text_html(meta)}</p>'
        f'<blockquote class="by-quote" dir="auto">“{text_html(words)}”</blockquote>'
        f'<p class="by-links"><a class="by-open" {here} aria-label="Open article: {_title(title)}">'
        f"open article</a>{original}</p></li>"
    )
