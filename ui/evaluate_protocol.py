"""What the evaluation page needs from the rest of Byline, and nothing more; JSON in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


class Workbench(Protocol):
    """Runs gold sets and knows the runs of before (`eval.workbench.Workbench`)."""

    def gold_sets(self) -> Sequence[Mapping[str, Any]]:
        """Each gold set: `path`, `name`, `cases`."""
        ...

    def runs(self) -> Sequence[Mapping[str, Any]]:
        """Each run, newest first."""
        ...

    def progress(self) -> Mapping[str, Any] | None:
        """Of the run that is under way, or the last one."""
        ...

    def start(self, gold: str, name: str = "", changes: str = "", *, fresh: bool = False) -> None:
        """Begin or go on with a run. Raises UserError."""
        ...

    def stop(self) -> None:
        """End the run that is under way."""
        ...

    def comparison(self, a: str, b: str) -> str:
        """HTML of what run `b` won and lost against run `a`. Raises UserError."""
        ...

    def report(self, name: str, baseline: str = "") -> str:
        """A run's report, one HTML page. Raises UserError."""
        ...


class Proposals(Protocol):
    """Candidate gold cases (`eval.proposals.Proposals`)."""

    @property
    def accepted_path(self) -> Path:
        """The accepted gold set; it may not be there yet."""
        ...

    def waiting(self) -> Sequence[Mapping[str, Any]]:
        """Those that nobody has decided on."""
        ...

    def accepted(self) -> Mapping[str, Any]:
        """`path` of the accepted gold set and its number of `cases`."""
        ...

    def drafters(self) -> Sequence[str]:
        """The ways to draft a case."""
        ...

    def hear(self, said: Iterable[Mapping[str, Any]]) -> int:
        """Readers' words on answers become candidates, each once; returns how many were new."""
        ...

    def propose(self, count: int, by: str) -> int:
        """Draft up to `count` new candidates; returns how many. Raises UserError."""
        ...

    def accept(self, name: str, fields: Mapping[str, Any]) -> None:
        """Put a case into the gold set. Raises UserError, a problem a line."""
        ...

    def reject(self, name: str) -> None:
        """Put a candidate aside. Raises UserError."""
        ...


@dataclass(frozen=True)
class Evaluation:
    """Both together, as `ui.server.create_app` takes them."""

    bench: Workbench
    proposals: Proposals
