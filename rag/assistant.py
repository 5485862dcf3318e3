"""The walk from a question to an answer: retrieve, rank, evidence, draft, verify."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from ingest.errors import UserError
from ingest.types import Article
from rag.abstain import why_not
from rag.asking import without_courtesy
from rag.condense import Condense, History
from rag.copies import cluster_of, independent_sources
from rag.drafting import Drafting, drafter_for
from rag.events import EventDates, event_named
from rag.evidence import EvidenceFinder
from rag.orders import without_orders
from rag.protocols import Drafter, DraftSentence, Ranker, Retriever
from rag.question import Question, read_question
from rag.rank import were_read
from rag.scope import Scope, read_scope, without_source
from rag.types import Answer, Citation, Hit, Sentence, Verdict
from rag.verify import Checked, Verifier
from rag.ways.prints import with_prints
from rag.ways.way import Found, Plan
from rag.ways.ways import Ways

MAX_QUESTION = 2000
"""Characters; a longer text is not a question."""
NEAREST = 3
"""How many passages an abstention shows."""

OnSentence = Callable[[Sentence, tuple[Citation, ...]], None]
Spell = Callable[[str, date | None], str]
"""A question, and the day as of which it is asked, to the question as it was meant."""
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
        ways: Ways | None = None,
        condense: Condense | None = None,
        outlets: Callable[[], Sequence[str]] = tuple,
        prints: Callable[[str], Sequence[Article]] = lambda article_id: (),
        events: EventDates | None = None,
        spell: Spell | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`ranked` passages are put in order, and evidence is looked for in the best `passages`.

        Below `threshold` evidence it abstains. `ways` answer each kind of question; without them
        all are asked for a fact. `condense` resolves a question in its conversation;
        `outlets` are those a question can name; `events` dates what it counts time from;
        `spell` mends slips of the keys; `prints` gives the copies of an article, with it.
        """
        self._retriever = retriever
        self._ranker = ranker
        self._finder = finder
        self._drafter = drafter
        self._verifier = verifier
        self._ranked = max(ranked, passages) if ranker else passages
        self._passages = passages
        self._threshold = threshold
        self._ways = ways or Ways({})
        self._condense = condense
        self._outlets = outlets
        self._prints = prints
        self._events = events
        self._spell = spell
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
        question = plainly = without_courtesy(question)
        if self._condense and history:
            with stages("condense"):
                question = _checked_question(self._condense(question, history)[:MAX_QUESTION])
        if self._spell:
            with stages("spell"):
                question = _checked_question(self._spell(question, as_of)[:MAX_QUESTION])
        today = as_of or self._today()
        read = read_scope(question, self._outlets(), today) if infer_scope else Scope()
        if read.sources:
            question = without_source(question)
        if infer_scope and self._events and event_named(question):
            with stages("scope"):
                read = self._events.scope(question, read, today, as_of)
        asked = read_question(question)
        way = self._ways.of(asked)
        within = (as_of, scope or Scope(), read)
        found = way.find(asked, partial(self._look, within=within, stages=stages))
        about: dict[str, Any] = {
            "question": asked_as,
            # Capitals alone change nothing that a reader would want to see.
            "resolved": question if question.casefold() != plainly.casefold() else "",
            "as_of": as_of,
            "kind": way.kind.value,
            **found.about,
        }
        if not found.evidence or found.confidence < self._threshold:
            return self._abstain(asked, found, about, stages)
        with stages("verify", len(found.evidence)):
            plan = with_prints(way.plan(asked, found), self._prints, as_of)
            drafter = drafter_for(self._drafter, way.kind, plan)
            drafting = Drafting(drafter, question, plan.evidence)
            checked = list(self._checked(drafting, plan, on_sentence))
            if not any(item.citations for item in checked):
                quotes = plan.quotes(question)
                checked += self._checked(quotes.sentences, plan, on_sentence)
        stages.move("draft", drafting.seconds, out_of="verify")
        citations = _numbered(checked)
        return Answer(
            sentences=tuple(item.sentence for item in checked),
            citations=citations,
            short=plan.short,
            reason=" ".join(part for part in (plan.note, drafting.note) if part),
            confidence=found.confidence,
            conflicts=plan.conflicts,
            independent=independent_sources(citations, _clusters(plan)),
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

    def _look(
        self,
        question: str,
        *,
        within: tuple[date | None, Scope, Scope],
        stages: "Stages",
        near: tuple[date, date] | None = None,
    ) -> Found:
        """Retrieve, rank and read for one question (`rag.ways.way.Search`)."""
        as_of, given, read = within
        with stages("retrieve"):
            read = replace(read, near=near) if near else read
            hits, about = self._retrieve(question, as_of, given, read)
        with stages("rank", len(hits)):
            hits = were_read(self._best(question, hits))[: self._passages]
        with stages("evidence", len(hits)):
            asked = read_question(question)
            evidence = without_orders(self._finder.find(asked, hits))
        confidence = self._finder.confidence(asked, evidence)
        return Found(tuple(hits), tuple(evidence), confidence, about=about)

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
        plan: Plan,
        on_sentence: OnSentence | None,
    ) -> Iterator[Checked]:
        for item in map(plan.filled_in, self._verifier.check_each(sentences, plan.evidence)):
            if on_sentence and item.sentence.verdict is not Verdict.DROPPED:
                on_sentence(item.sentence, item.citations)
            yield item

    def _abstain(
        self,
        asked: Question,
        found: Found,
        about: dict[str, Any],
        stages: "Stages",
    ) -> Answer:
        return Answer(
            abstained=True,
            reason=found.silence or why_not(asked, found.hits, found.confidence, about["as_of"]),
            confidence=found.confidence,
            nearest=found.hits[:NEAREST],
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
        spent = time.perf_counter() - began
        self._seconds[stage] = self._seconds.get(stage, 0.0) + spent

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


def _clusters(plan: Plan) -> dict[str, str]:
    """The report that each article of the evidence is a print of, by article id."""
    articles = (item.hit.article for item in plan.evidence)
    return {article.id: cluster_of(article) for article in articles}


def _numbered(checked: Sequence[Checked]) -> tuple[Citation, ...]:
    """Every citation once, by number; the support is that of its best-supported sentence."""
    best: dict[int, Citation] = {}
    for citation in (c for item in checked for c in item.citations):
        kept = best.get(citation.number)
        if kept is None or citation.support > kept.support:
            best[citation.number] = citation
    return tuple(best[number] for number in sorted(best))
