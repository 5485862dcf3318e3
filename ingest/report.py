"""What an ingest did."""

from dataclasses import dataclass, field
from typing import Any

from ingest.ledger import Failure

__all__ = ["Failure", "IngestReport"]


@dataclass(slots=True)
class IngestReport:
    """What an ingest did; articles are counted except where a field says files."""

    files: int = 0
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    """Of those read: found at another place than before, with their id and history kept."""
    removed: int = 0
    """Taken out by `sync`, because their files are gone."""
    passages: int = 0
    """Passages embedded and written."""
    seconds: float = 0.0
    failed: list[Failure] = field(default_factory=list)
    stopped: bool = False
    """Whether it was asked to stop before everything was read."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of `read` (reading, parsing, cutting), `embed` and `write`; they overlap."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, as `byline ingest --json` prints it."""
        return {
            "files": self.files,
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "moved": self.moved,
            "removed": self.removed,
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
            "stages": {name: round(seconds, 3) for name, seconds in self.stages.items()},
            "stopped": self.stopped,
            "failed": [{"origin": f.origin, "reason": f.reason} for f in self.failed],
        }
