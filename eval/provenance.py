"""Everything needed to make a run's numbers again."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.arithmetic import this_machines

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Provenance:
    """Where a run's numbers come from."""

    name: str = ""
    """Of the run."""
    gold: str = ""
    """The gold set's path."""
    settings_hash: str = ""
    library_fingerprint: str = ""
    code_hash: str = ""
    """Of the packages ingest, rag and eval; tells uncommitted changes apart."""
    articles: int = 0
    """How many articles the library held."""
    commit: str = ""
    """The commit of the code; empty where it is not a git working copy."""
    command: str = ""
    models: Mapping[str, str] = field(default_factory=dict)
    """Name of the model by its job."""
    machine: Mapping[str, str | int] = field(default_factory=dict)
    repeats: int = 1
    """How often each question was asked."""
    parallel: int = 1
    """How many questions were asked at a time; latencies compare only where it is the same."""
    memory_mb: float | None = None
    """The process's peak resident memory; None until the run is finished."""
    date: str = ""
    """When the run began, ISO 8601, UTC."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Every setting, without secrets."""

    @classmethod
    def here(cls, *, now: datetime | None = None, **known: Any) -> "Provenance":
        """What `known` says, with the code, the commit and the machine that run now."""
        return cls(
            code_hash=code_hash(),
            commit=commit_of(ROOT),
            machine=machine(),
            date=(now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
            **known,
        )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Provenance":
        """The provenance that `dataclasses.asdict` wrote; names it does not know are left out."""
        names = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in names})

    def differences(self, other: "Provenance") -> list[str]:
        """What makes this run another experiment than `other`; empty when it is the same."""
        names = ("settings_hash", "library_fingerprint", "code_hash", "repeats")
        return [
            f"{name.replace('_', ' ')} {getattr(other, name)}, now {getattr(self, name)}"
            for name in names
            if getattr(self, name) != getattr(other, name)
        ]


UNKNOWN = Provenance()
"""Of records that were made by hand."""


def code_hash(packages: Sequence[str] = ("ingest", "rag", "eval")) -> str:
    """12 hex digits that change with any file of the packages that answer and score."""
    digest = hashlib.sha256()
    for file in sorted(f for name in packages for f in (ROOT / name).rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def commit_of(root: Path) -> str:
    """The commit checked out in the git working copy whose top folder is `root`, else empty."""
    git = shutil.which("git")
    if git is None:
        return ""
    asked = [git, "-C", str(root), "rev-parse", "--show-toplevel", "HEAD"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    lines = found.stdout.splitlines()
    # An installed copy may lie inside another project's repository, whose commit is not ours.
    ours = found.returncode == 0 and len(lines) == 2 and Path(lines[0]) == root.resolve()
    return lines[1] if ours else ""


def machine() -> dict[str, str | int]:
    """The processor, the arithmetic that models are served in, cores, system, and Python."""
    return {
        "arithmetic": this_machines(),
        "cpu": _cpu() or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        "system": platform.system(),
        "python": platform.python_version(),
    }


def peak_memory_mb() -> float | None:
    """The most memory that this process has held, in MB; None where the system does not say."""
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)  # bytes on macOS, else kilobytes


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""  # not Linux: the caller asks the platform module
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "")
