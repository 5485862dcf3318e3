"""Candidate gold cases beside a library: kept until a person accepts or rejects each.

Two files, one line a case: `NAME.candidates.jsonl` holds what was proposed and what became of it,
`NAME.jsonl` the accepted cases, a gold set like any other.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from eval.gold import Case, parse_case
from eval.library import Library
from eval.validate import validate
from ingest.errors import UserError

WAITING, ACCEPTED, REJECTED = "waiting", "accepted", "rejected"


@dataclass(frozen=True)
class Candidate:
    """A gold case that somebody or something proposed."""

    case: Mapping[str, Any]
    """The fields of a gold line, as far as they are known."""
    origin: str
    """What it is from: `right` and `wrong` (a reader's thumb), or `draft`."""
    said: str = ""
    """What Byline answered."""
    comment: str = ""
    """The reader's words."""
    added: str = ""
    """When, ISO 8601, UTC; empty until it is kept."""
    state: str = WAITING

    @property
    def id(self) -> str:
        """Of the case."""
        return str(self.case["id"])


def case_id(question: str, history: Iterable[tuple[str, str]] = ()) -> str:
    """An id that the same question in the same conversation always gets."""
    told = json.dumps([question, *history], ensure_ascii=False)
    return f"c-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


class Candidates:
    """The candidates of one library. Safe to use from several threads and processes."""

    def __init__(
        self,
        folder: Path,
        name: str,
        library: Library,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`folder` is made when something is kept; `name` is that of the library."""
        self.accepted_path = folder / f"{name}.jsonl"
        self._path = folder / f"{name}.candidates.jsonl"
        self._lock = FileLock(folder / f"{name}.candidates.lock")
        self._library = library
        self._now = now

    def waiting(self) -> list[Candidate]:
        """Those that nobody has decided on, the newest first."""
        waiting = [candidate for candidate in self._read() if candidate.state == WAITING]
        return sorted(waiting, key=lambda candidate: candidate.added)[::-1]

    def accepted(self) -> int:
        """How many cases the accepted gold set has."""
        if not self.accepted_path.exists():
            return 0
        return sum(bool(line.strip()) for line in self._lines(self.accepted_path))

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Keep `candidates`, each in place of an earlier one of the same id.

        A draft takes no other's place, and a reader's word that of nothing said later, so that
        what was accepted or rejected stays so until a reader says it anew.
        """
        now = self._now().isoformat(timespec="seconds")
        dated = [c if c.added else replace(c, added=now) for c in candidates]
        with self._locked():
            known = {candidate.id: candidate for candidate in self._read()}
            for new in dated:
                old = known.get(new.id)
                if old is None or (new.origin != "draft" and old.added < new.added):
                    known.pop(new.id, None)  # so that it goes to the end
                    known[new.id] = new
            self._write(known.values())

    def known(self) -> dict[str, str]:
        """When each candidate that there is or was came in, by its id."""
        return {candidate.id: candidate.added for candidate in self._read()}

    def accept(self, name: str, fields: Mapping[str, Any]) -> Case:
        """Append the case that `fields` make to the accepted gold set.

        Raises UserError, one problem a line, where `byline eval validate` would find fault with
        it, and for a candidate that is not waiting.
        """
        with self._locked():
            self._of(name)
            text = json.dumps({k: v for k, v in fields.items() if v not in ([], "", None)})
            try:
                case = parse_case(text)
            except ValueError as error:
                raise UserError(str(error)) from error
            path = self.accepted_path
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            if before and not before.endswith("\n"):
                before += "\n"
            part = path.with_suffix(".part")
            line = json.dumps(json.loads(text), ensure_ascii=False)
            part.write_text(f"{before}{line}\n", encoding="utf-8")
            last = before.count("\n") + 1
            problems = [p.message for p in validate(part, self._library) if p.line == last]
            if problems:
                part.unlink()
                raise UserError("\n".join(problems))
            part.replace(path)
            self._settle(name, ACCEPTED)
        return case

    def reject(self, name: str) -> None:
        """Put a candidate aside for good. Raises UserError for one that is not waiting."""
        with self._locked():
            self._of(name)
            self._settle(name, REJECTED)

    def _of(self, name: str) -> Candidate:
        found = next((c for c in self._read() if c.id == name and c.state == WAITING), None)
        if found is None:
            raise UserError(f"no candidate {name} is waiting: reload the page")
        return found

    def _settle(self, name: str, state: str) -> None:
        self._write([replace(c, state=state) if c.id == name else c for c in self._read()])

    def _locked(self) -> FileLock:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self._lock

    def _read(self) -> list[Candidate]:
        if not self._path.exists():
            return []
        try:
            return [Candidate(**json.loads(line)) for line in self._lines(self._path) if line]
        except (ValueError, TypeError) as error:
            raise UserError(f"{self._path}: not a file of candidates ({error})") from error

    def _lines(self, path: Path) -> list[str]:
        return path.read_text(encoding="utf-8").split("\n")

    def _write(self, candidates: Iterable[Candidate]) -> None:
        part = self._path.with_suffix(".part")
        rows = (json.dumps(asdict(c), ensure_ascii=False) + "\n" for c in candidates)
        part.write_text("".join(rows), encoding="utf-8", errors="backslashreplace")
        part.replace(self._path)
