"""The walk from a question to an answer: retrieve, rank, evidence, draft, verify."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from ingest.errors import UserError
from rag.abstain import why_not
from rag.condense import Condense, History
from rag.conflict import side_by_side, told_apart
from rag.drafting import Drafting
from rag.events import EventDates, event_named
from rag.evidence import EvidenceFinder
from rag.orders import without_orders
from rag.protocols import Drafter, DraftSentence, Ranker, Retriever
from rag.question import Question, Wanted, read_question
from rag.quote import QuoteDrafter
from rag.rank import were_read
from rag.scope import Scope, read_scope, without_source
from rag.short import short_answer
from rag.types import Answer, Citation, Evidence, Hit, Sentence, Verdict
from rag.verify import Checked, Verifier
from rag.when import answer_when

MAX_QUESTION = 2000
"""Characters; a longer text is not a question."""
NEAREST = 3
"""How many passages an abstention shows."""

OnSentence = Callable[[Sentence, tuple[Citation, ...]], None]
OnStage = Callable[[str, int], None]
"""Hears the name of a stage as it begins (as in `Answer.timings`), and how many passages or
sentences it is about to work on; 0 where that is not known yet."""


class Assistant:
    """Answers questions from a library; `rag.build.build_assistant` makes one from settings."""

    def __init__(
        self,
        retriever: Retriever,
        finder: EvidenceFinder,
        drafter: Drafter,
        verifier: Verifier,
        *,
        ranker: Ranker | None = None,
        ranked: int = 20,
        passages: int = 12,
        threshold: float = 0.5,
        condense: Condense | None = None,
        outlets: Callable[[], Sequence[str]] = tuple,
        events: EventDates | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`ranked` passages are put in order, and evidence is looked for in the best `passages`.

        Below `threshold` evidence it abstains. `condense` resolves a question in its conversation;
        `outlets` are those a question can name; `events` dates what it counts time from.
        """
        self._retriever = retriever
        self._ranker = ranker
        self._finder = finder
        self._drafter = drafter
        self._verifier = verifier
        self._ranked = max(ranked, passages) if ranker else passages
        self._passages = passages
        self._threshold = threshold
        self._condense = condense
        self._outlets = outlets
        self._events = events
        self._today = today

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: History = (),
        scope: Scope | None = None,
        infer_scope: bool = True,
        on_sentence: OnSentence | None = None,
        on_stage: OnStage | None = None,
    ) -> Answer:
        """Answer `question`, from articles published by `as_of` where it is given.

        `history` are the (question, answer) turns before it, oldest first: what the question
        leaves to them is put into it. `scope` limits the articles; so does what the question says
        of source and time, where `infer_scope`, and is dropped where that leaves nothing.

        `on_sentence` hears each sentence, with its citations, as soon as it has passed the check;
        `on_stage` hears each stage as it begins. What either raises ends the answer.
        Raises UserError for an empty or over-long question.
        """
        asked_as, stages = _checked_question(question), Stages(on_stage)
        if self._condense and history:
            with stages("condense"):
                question = _checked_question(self._condense(question, history)[:MAX_QUESTION])
        today = as_of or self._today()
        read = read_scope(question, self._outlets(), today) if infer_scope else Scope()
        if read.sources:
            question = without_source(question)
        if infer_scope and self._events and event_named(question):
            with stages("scope"):
                read = self._events.scope(question, read, today, as_of)
        asked = read_question(question)
        with stages("retrieve"):
            hits, found_in = self._retrieve(question, as_of, scope or Scope(), read)
        about: dict[str, Any] = {
            "question": asked_as,
            "resolved": question if question != asked_as else "",
            "as_of": as_of,
            **found_in,
        }
        with stages("rank", len(hits)):
            hits = were_read(self._best(question, hits))[: self._passages]
        with stages("evidence", len(hits)):
            evidence = without_orders(self._finder.find(asked, hits))
        confidence = self._finder.confidence(asked, evidence)
        if not evidence or confidence < self._threshold:
            return self._abstain(asked, hits, confidence, about, stages)
        short, note, evidence = _short_answer(asked, evidence)
        drafting = Drafting(self._drafter, question, evidence)
        with stages("verify", len(evidence)):
            checked = list(self._checked(drafting, evidence, on_sentence))
            if not any(item.citations for item in checked):
                quotes = QuoteDrafter().draft(question, evidence)
                checked += self._checked(quotes.sentences, evidence, on_sentence)
        stages.move("draft", drafting.seconds, out_of="verify")
        return Answer(
            sentences=tuple(item.sentence for item in checked),
            citations=_numbered(checked),
            short=short,
            reason=" ".join(part for part in (note, drafting.note) if part),
            confidence=confidence,
            timings=stages.seconds(),
            usage=drafting.usage,
            **about,
        )

    def search(
        self, question: str, k: int = 10, *, as_of: date | None = None, scope: Scope | None = None
    ) -> list[Hit]:
        """The `k` best passages, best first; `scope` limits and prefers as in `ask`."""
        depth = max(k, self._ranked)
        hits = self._retriever.retrieve(_checked_question(question), depth, as_of, scope)
        return self._best(question, hits)[:k]

    def _best(self, question: str, hits: list[Hit]) -> list[Hit]:
        """The first `ranked` in the ranker's order, then the rest."""
        if not self._ranker:
            return hits
        return [*self._ranker.rank(question, hits[: self._ranked]), *hits[self._ranked :]]

    def _retrieve(
        self, question: str, as_of: date | None, given: Scope, read: Scope
    ) -> tuple[list[Hit], dict[str, Any]]:
        """The hits, and what the answer is to say of where they were looked for."""
        scope = given.over(read)
        if not (scope.limits or scope.prefers):
            return self._retriever.retrieve(question, self._ranked, as_of), {}
        hits = self._retriever.retrieve(question, self._ranked, as_of, scope)
        if hits or not read.limits:
            return hits, {"scope": scope, "scope_note": scope.written()}
        # What the user set stays; what was read from the question goes.
        kept = given.over(read.without_limits())
        hits = self._retriever.retrieve(question, self._ranked, as_of, kept)
        dropped = f"{read.written()} That left nothing, so it was dropped. {kept.written()}".strip()
        return hits, {"scope": kept, "scope_note": dropped}

    def _checked(
        self,
        sentences: Iterable[DraftSentence],
        evidence: Sequence[Evidence],
        on_sentence: OnSentence | None,
    ) -> Iterator[Checked]:
        for item in self._verifier.check_each(sentences, evidence):
            if on_sentence and item.sentence.verdict is not Verdict.DROPPED:
                on_sentence(item.sentence, item.citations)
            yield item

    def _abstain(
        self,
        asked: Question,
        hits: Sequence[Hit],
        confidence: float,
        about: dict[str, Any],
        stages: "Stages",
    ) -> Answer:
        return Answer(
            abstained=True,
            reason=why_not(asked, hits, confidence, about["as_of"]),
            confidence=confidence,
            nearest=tuple(hits[:NEAREST]),
            timings=stages.seconds(),
            **about,
        )


class Stages:
    """Seconds spent in each stage of one question."""

    def __init__(self, on_stage: OnStage | None = None) -> None:
        self._on_stage = on_stage
        self._began = time.perf_counter()
        self._seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str, count: int = 0) -> Iterator[None]:
        """Time what is inside as `stage`, which works on `count` passages."""
        if self._on_stage:
            self._on_stage(stage, count)
        began = time.perf_counter()
        yield
        self._seconds[stage] = time.perf_counter() - began

    def move(self, stage: str, seconds: float, *, out_of: str) -> None:
        """Count `seconds` that were timed as `out_of` as `stage`: the two ran by turns."""
        self._seconds[stage] = seconds
        self._seconds[out_of] -= seconds

    def seconds(self) -> dict[str, float]:
        """By stage, and in `total`."""
        return {**self._seconds, "total": time.perf_counter() - self._began}


def _checked_question(question: str) -> str:
    if not question.strip():
        raise UserError("the question is empty")
    if len(question) > MAX_QUESTION:
        raise UserError(f"the question is longer than {MAX_QUESTION} characters")
    return question


def _short_answer(asked: Question, evidence: list[Evidence]) -> tuple[str, str, list[Evidence]]:
    """The short answer, what is to be said beside it, and the evidence in its final order."""
    if asked.wanted is Wanted.DATE:
        when = answer_when(asked, evidence)
        return when.short, when.note, list(when.evidence)
    values = told_apart(asked, evidence)
    leads = [told.evidence[0] for told in values]
    rest = [item for item in evidence if item not in leads]
    evidence = [*leads, *rest]
    return short_answer(asked, evidence[0]), side_by_side(values), evidence


def _numbered(checked: Sequence[Checked]) -> tuple[Citation, ...]:
    """Every citation once, by number; the support is that of its best-supported sentence."""
    best: dict[int, Citation] = {}
    for citation in (c for item in checked for c in item.citations):
        kept = best.get(citation.number)
        if kept is None or citation.support > kept.support:
            best[citation.number] = citation
    return tuple(best[number] for number in sorted(best))
