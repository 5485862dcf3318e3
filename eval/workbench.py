"""Evaluations that run behind a page: one at a time, with progress, and the runs of before."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.gold import Case, gold_lines, load_gold
from eval.library import Library
from eval.origin import origin_of
from eval.record import Record
from eval.run import Assistant, run_gold
from eval.runs import check_free, discard, load_run, run_folders
from ingest.errors import BylineError, UserError

if TYPE_CHECKING:
    from rag.settings import Settings

logger = logging.getLogger(__name__)

Build = Callable[[str], tuple["Settings", Assistant]]
"""Changes of settings ("answer.threshold=0.6", several parted by blanks; none of an empty text) to
the settings with them and an assistant that has them. Raises UserError."""


class _Stopped(Exception):
    """Raised between two cases where somebody asked to stop."""


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    name: str
    total: int
    done: int = 0
    right: int = 0
    failed: int = 0
    seconds: float = 0.0
    """Since it began."""
    left: float | None = None
    """Seconds it will take from here at this pace; None before the first case."""
    state: str = "running"
    """`running`, `stopping`, `stopped`, `failed` or `finished`."""
    problem: str = ""
    """One line where it failed."""


class Workbench:
    """Runs gold sets against one library; one run at a time."""

    def __init__(
        self, library: Library, runs: Path, gold: Callable[[], Sequence[Path]], build: Build
    ) -> None:
        """`runs` is the folder of all runs; `gold` names the gold sets that there are."""
        self._library = library
        self._runs = runs
        self._gold = gold
        self._build = build
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._progress: Progress | None = None
        self._summaries: dict[str, tuple[float, Mapping[str, Any]]] = {}

    def gold_sets(self) -> list[dict[str, Any]]:
        """Each gold set: `path`, `name`, `cases`."""
        return [_gold_set(path) for path in self._gold() if path.is_file()]

    def runs(self) -> list[dict[str, Any]]:
        """Each run, newest first: `id`, `name`, `date`, `gold`, `finished`, and its figures."""
        return [self._row(folder, asdict(origin)) for folder, origin in run_folders(self._runs)]

    def progress(self) -> dict[str, Any] | None:
        """Of the run that is under way, or the last one; None before the first."""
        return asdict(self._progress) if self._progress else None

    def start(self, gold: str, name: str = "", changes: str = "", *, fresh: bool = False) -> None:
        """Begin a run of the gold set at `gold`, or go on with the one of this name.

        Raises UserError for a gold set that is not among `gold_sets`, one that cannot be read, a
        setting that does not exist, a name taken by another run, and while a run is under way.
        """
        known = {str(path): path for path in self._gold()}
        if gold not in known:
            raise UserError(f"no gold set {gold}: reload the page")
        with self._lock:
            if self._progress and self._progress.state in ("running", "stopping"):
                raise UserError(f"{self._progress.name} is still running: stop it first")
            cases = load_gold(known[gold])
            settings, assistant = self._build(changes)
            origin = origin_of(
                settings, self._library, known[gold], name.strip(), command="the evaluation page"
            )
            folder = self._runs / origin.name
            if fresh:
                discard(folder)
            else:
                check_free(folder, origin)
            self._stop.clear()
            self._progress = Progress(origin.name, len(cases))
        work = threading.Thread(
            target=self._run, args=(cases, assistant, folder, origin), daemon=True
        )
        work.start()

    def stop(self) -> None:
        """End the run after the case that is being asked; it can be gone on with."""
        with self._lock:
            if self._progress and self._progress.state == "running":
                self._stop.set()
                self._progress = replace(self._progress, state="stopping")

    def comparison(self, a: str, b: str) -> str:
        """HTML of what run `b` won and lost against run `a`. Raises UserError."""
        from eval.compare import compare
        from eval.compare_page import comparison_html

        return comparison_html(compare(self._load(a), self._load(b)))

    def report(self, name: str, baseline: str = "") -> str:
        """A run's report as one HTML page. Raises UserError where there is no such run."""
        from eval.page import to_html

        return to_html(self._load(name), self._load(baseline) if baseline else None)

    def _load(self, name: str) -> Any:
        if name not in {folder.name for folder, _ in run_folders(self._runs)}:
            raise UserError(f"no run {name}: reload the page")
        return load_run(self._runs / name)

    def _run(self, cases: list[Case], assistant: Assistant, folder: Path, origin: Any) -> None:
        began = time.monotonic()
        taken = 0

        def heard(record: Record) -> None:
            nonlocal taken
            now = self._progress
            if now is None:
                return
            done, gone = now.done + 1, time.monotonic() - began
            # What an earlier run left is taken over in no time, and says nothing of the pace.
            if gone < 1:
                taken = done
            asked = done - taken
            left = gone / asked * (now.total - done) if asked else None
            with self._lock:
                self._progress = replace(
                    self._progress or now, done=done, right=now.right + record.right,
                    failed=now.failed + bool(record.error), seconds=gone, left=left,
                )  # fmt: skip
            if self._stop.is_set():
                raise _Stopped

        state, problem = "finished", ""
        try:
            run_gold(cases, assistant, self._library, folder, heard, provenance=origin)
        except _Stopped:
            state = "stopped"
        except BylineError as error:
            state, problem = "failed", str(error)
        except Exception:
            logger.exception("the run %s failed", origin.name)
            state, problem = "failed", "Something went wrong; the server's log says more."
        with self._lock:
            now = self._progress
            if now:
                self._progress = replace(now, state=state, problem=problem, left=None)

    def _row(self, folder: Path, origin: Mapping[str, Any]) -> dict[str, Any]:
        changed = max(file.stat().st_mtime for file in folder.iterdir())
        known = self._summaries.get(folder.name)
        if known is None or known[0] != changed:
            known = self._summaries[folder.name] = (changed, _figures(folder))
        about = ("name", "date", "gold", "settings_hash", "commit", "repeats", "models")
        return {"id": folder.name, **{key: origin[key] for key in about}, **known[1]}


FIGURES = (
    "right", "ndcg_at_10", "citation_hits_gold", "answered_when_answerable", "abstention_f1",
    "latency_p50_ms",
)  # fmt: skip
"""The figures of a run in the list of runs."""


def _figures(folder: Path) -> Mapping[str, Any]:
    try:
        summary = load_run(folder).summary()
    except UserError as error:
        return {"finished": False, "problem": str(error)}
    shown = {name: summary[name] for name in ("cases", "failed", *FIGURES)}
    return {"finished": True, **shown}


def _gold_set(path: Path) -> dict[str, Any]:
    try:
        count = sum(1 for _ in gold_lines(path))
    except UserError:
        count = 0
    return {"path": str(path), "name": path.name, "cases": count}
