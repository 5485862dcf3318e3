"""Runs on the disk: one folder each, written case by case, resumable at any point.

`run.json` says where the run comes from; `cases.jsonl` holds one record a line.
"""

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from eval.provenance import Provenance
from eval.record import Record, Run
from ingest.errors import UserError

ABOUT, CASES = "run.json", "cases.jsonl"


class RunFolder:
    """A run that is being written."""

    def __init__(self, folder: Path, provenance: Provenance, order: Sequence[str]) -> None:
        """`order` is that of the gold set's ids; records are written as they come."""
        self.folder = folder
        self._provenance = provenance
        self._order = list(order)

    @classmethod
    def begin(cls, folder: Path, provenance: Provenance, order: Sequence[str]) -> "RunFolder":
        """A new run in `folder`, or the one that was cut off there.

        Raises UserError where `folder` holds a run of other settings, articles or code.
        """
        check_free(folder, provenance)
        begun = cls(folder, provenance, order)
        folder.mkdir(parents=True, exist_ok=True)
        begun._write_about(provenance)
        begun._mend()
        return begun

    def records(self) -> list[Record]:
        """What is recorded so far, the last record of each case."""
        return list(_read_cases(self.folder / CASES).values())

    def add(self, record: Record) -> None:
        """Record a case; it is on the disk when this returns."""
        origin = self._provenance
        about = {
            "settings_hash": origin.settings_hash,
            "library_fingerprint": origin.library_fingerprint,
            "code_hash": origin.code_hash,
            "commit": origin.commit,
            "models": dict(origin.models),
        }
        # float: a model's numpy scalars are numbers too.
        line = json.dumps(about | record.to_dict(), ensure_ascii=False, default=float)
        with (self.folder / CASES).open("ab") as file:
            # One write a line, so that an interrupt leaves either all of it or nothing.
            file.write(line.encode("utf-8", "backslashreplace") + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def finish(self, provenance: Provenance) -> None:
        """Note what is known at the end only."""
        self._write_about(provenance)

    def _write_about(self, provenance: Provenance) -> None:
        about = {"provenance": asdict(provenance), "cases": self._order}
        text = json.dumps(about, ensure_ascii=False, indent=1, default=str)
        part = self.folder / f"{ABOUT}.part"
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(self.folder / ABOUT)

    def _mend(self) -> None:
        """Cut away a line that was torn in the middle; its case is asked again."""
        path = self.folder / CASES
        content = path.read_bytes() if path.exists() else b""
        if content and not content.endswith(b"\n"):
            with path.open("r+b") as file:
                file.truncate(content.rfind(b"\n") + 1)


def check_free(folder: Path, provenance: Provenance) -> None:
    """Raises UserError where a run of this provenance may not be written, or gone on with."""
    if (folder / ABOUT).exists():
        changed = provenance.differences(_about(folder)[0])
        if changed:
            raise UserError(
                f"{folder} holds another run ({'; '.join(changed)}): choose another --name, "
                "or replace it with --fresh"
            )
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is there and holds no run: choose another --name")


def discard(folder: Path) -> None:
    """Delete the run in `folder`, and nothing that is none."""
    for name in (ABOUT, CASES):
        (folder / name).unlink(missing_ok=True)


def load_run(folder: Path) -> Run:
    """The run in `folder`, in the order of its gold set.

    Raises UserError where there is none, where it is not finished, and for a file that is no run.
    """
    if not (folder / ABOUT).is_file():
        raise UserError(f"no run at {folder}: make one with `byline eval run --name`")
    provenance, order = _about(folder)
    records = _read_cases(folder / CASES)
    missing = [name for name in order if name not in records]
    if missing:
        raise UserError(
            f"{folder} holds {len(order) - len(missing)} of {len(order)} cases: give the command "
            f"again to finish it ({provenance.command or 'byline eval run'})"
        )
    return Run(tuple(records[name] for name in order), provenance)


def freeze(run: Run, folder: Path, asks: Collection[str]) -> None:
    """Write `run` as a baseline to commit: scores and what was said, without the passages' words.

    Of each ask only the metrics `asks` are kept, which the gate watches.
    Raises UserError rather than write into a folder that holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} exists: remove it first, or name another")
    frozen = RunFolder.begin(folder, run.provenance, [r.case.id for r in run.records])
    for record in run.records:
        brief = record.answer and {**record.answer, "nearest": []}
        samples = tuple({name: scores.get(name) for name in asks} for scores in record.samples)
        frozen.add(replace(record, answer=brief, hits=[], samples=samples))
    frozen.finish(run.provenance)


def list_runs(folder: Path) -> list[Provenance]:
    """The runs in `folder`, newest first."""
    return [provenance for _, provenance in run_folders(folder)]


def run_folders(folder: Path) -> list[tuple[Path, Provenance]]:
    """The runs in `folder` with where each lies, newest first."""
    # Two may have begun in one second: then by when they were written last.
    paths = sorted(folder.glob(f"*/{ABOUT}"), key=lambda path: path.stat().st_mtime_ns)
    found = [(path.parent, _about(path.parent)[0]) for path in paths]
    return sorted(found, key=lambda pair: pair[1].date)[::-1]


def _about(folder: Path) -> tuple[Provenance, list[str]]:
    path = folder / ABOUT
    try:
        about: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Provenance.from_dict(about["provenance"]), list(about["cases"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UserError(f"{path}: not a run ({error}); name another folder") from error


def _read_cases(path: Path) -> dict[str, Record]:
    """The records by case id; the last of each counts."""
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    found: dict[str, Record] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = Record.from_dict(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            place = f"{path}:{number}"
            raise UserError(f"{place}: not a record of a run; remove the line") from error
        found[record.case.id] = record
    return found
