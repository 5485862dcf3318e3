"""A run: every case asked, scored and recorded, several at a time if wished."""

import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from eval.citations import Check
from eval.gold import Case
from eval.library import Library
from eval.provenance import UNKNOWN, Provenance, peak_memory_mb
from eval.record import Record, Run
from eval.runs import RunFolder
from eval.scores import Scores, score_case
from eval.statistics import mean
from eval.target import Target
from ingest.errors import UserError
from rag.condense import History
from rag.scope import Scope
from rag.types import Answer, Hit

DEPTH = 30
"""How many passages are searched and recorded, so that they come from ten articles and more."""
KEPT = 10
"""How many of them are recorded with their words."""


class Assistant(Protocol):
    """What an evaluation needs of an assistant."""

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: History = (),
        scope: Scope | None = None,
    ) -> Answer:
        """The answer to `question`, asked after the turns of `history`, as if on `as_of`.

        `scope` are the case's filters.
        """
        ...

    def search(
        self, question: str, k: int = 10, *, as_of: date | None = None, scope: Scope | None = None
    ) -> Sequence[Hit]:
        """The `k` best passages, best first, among the articles that the answer was sought in."""
        ...


def run_gold(
    cases: Sequence[Case],
    assistant: Assistant,
    library: Library,
    folder: Path | None = None,
    on_case: Callable[[Record], None] | None = None,
    *,
    provenance: Provenance = UNKNOWN,
    check: Check | None = None,
) -> Run:
    """Ask every case `provenance.repeats` times, `provenance.parallel` cases at a time.

    With `folder`, each record is on the disk there as soon as it is done, and records that it
    already holds are taken over, unless their case was reworded or crashed. `on_case` hears of
    every record, taken or new, in the thread that called. `check` judges whether quotes carry a
    sentence (`rag.claims.check_claims` by default). KeyboardInterrupt passes through and leaves
    `folder` whole.

    Raises UserError for an id that occurs twice, and for a `folder` that holds another run.
    """
    name, times = next(iter(Counter(case.id for case in cases).most_common(1)), ("", 0))
    if times > 1:
        raise UserError(f"the gold set has {times} cases with the id {name}: give each its own")
    kept = RunFolder.begin(folder, provenance, [case.id for case in cases]) if folder else None
    found = {r.case.id: r for r in kept.records() if not r.error} if kept else {}
    done = {case.id: found[case.id] for case in cases if _same(case, found.get(case.id))}
    for record in done.values():
        _tell(on_case, record)
    ask = _Asking(assistant, library, check or _default_check(), provenance.repeats)
    todo = (case for case in cases if case.id not in done)
    for record in _asked(ask, todo, provenance.parallel):
        if kept:
            kept.add(record)
        done[record.case.id] = record
        _tell(on_case, record)
    finished = replace(provenance, memory_mb=peak_memory_mb())
    if kept:
        kept.finish(finished)
    return Run(tuple(done[case.id] for case in cases), finished)


def _same(case: Case, record: Record | None) -> bool:
    return record is not None and record.case == case


def _tell(on_case: Callable[[Record], None] | None, record: Record) -> None:
    if on_case:
        on_case(record)


def _asked(ask: Callable[[Case], Record], cases: Iterable[Case], parallel: int) -> Iterator[Record]:
    """The records as they are done; never more than `parallel` cases are under way."""
    if parallel <= 1:
        yield from map(ask, cases)
        return
    waiting = iter(cases)
    with ThreadPoolExecutor(parallel) as pool:
        running: set[Future[Record]] = {pool.submit(ask, c) for c in islice(waiting, parallel)}
        while running:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(ask, case) for case in islice(waiting, len(finished))}
            yield from (future.result() for future in finished)


_Searched = dict[tuple[str, Scope | None], Sequence[Hit]]


@dataclass(frozen=True)
class _Asking:
    assistant: Assistant
    library: Library
    check: Check
    repeats: int

    def __call__(self, case: Case) -> Record:
        searched: _Searched = {}
        first, *again = [self._ask(case, searched) for _ in range(max(1, self.repeats))]
        if not again:
            return first
        samples = tuple(record.scores for record in (first, *again))
        error = next((record.error for record in (first, *again) if record.error), "")
        return replace(first, scores=means(samples), samples=samples, error=error)

    def _ask(self, case: Case, searched: _Searched) -> Record:
        began = time.perf_counter()
        try:
            turns = [(turn.question, turn.answer) for turn in case.history]
            scope = case.filters.scope() if case.filters else None
            answer = self.assistant.ask(case.question, as_of=case.as_of, history=turns, scope=scope)
            seconds = time.perf_counter() - began
            hits = self._search(case, answer, searched) if case.gold else ()
            scores = score_case(case, answer, hits, self.library, self.check)
        except Exception as error:  # noqa: BLE001 - a crash of any sort is a result, and counts
            seconds = time.perf_counter() - began
            scores = score_case(case, None, (), self.library, self.check)
            return Record(case, None, [], scores, seconds, _told(error))
        return Record(case, answer.to_dict(), self._kept(case, hits), scores, seconds)

    def _search(self, case: Case, answer: Answer, searched: _Searched) -> Sequence[Hit]:
        """The passages as the answer looked for them: the question as understood, its limits.

        Asked again, a question that was understood alike is not searched again: asks differ by
        what a model writes, and a search takes as long as an answer.
        """
        question, scope = answer.resolved or case.question, answer.scope
        if (question, scope) not in searched:
            searched[question, scope] = self.assistant.search(
                question, DEPTH, as_of=case.as_of, scope=scope
            )
        return searched[question, scope]

    def _kept(self, case: Case, hits: Sequence[Hit]) -> list[Mapping[str, Any]]:
        target = Target.of(case, self.library)
        kept: list[Mapping[str, Any]] = []
        for rank, hit in enumerate(hits, 1):
            known = {"passage_id": hit.passage.id, "gold": target.hit(hit)}
            kept.append(hit.to_dict(rank) | known | ({} if rank <= KEPT else {"text": ""}))
        return kept


def means(samples: Sequence[Scores]) -> Scores:
    """Of each metric the mean over the asks it applies to: an abstention has no citations."""
    found = {
        name: [value for scores in samples if (value := scores[name]) is not None]
        for name in samples[0]
    }
    return {name: mean(values) for name, values in found.items()}


def _told(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"


def _default_check() -> Check:
    from rag.claims import check_claims

    return check_claims
