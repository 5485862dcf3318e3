"""The rows of `benchmarks.quality` that are finished, kept so that a table never loses one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality_table import Row
from eval.runs import load_run
from ingest.errors import UserError


@dataclass(frozen=True)
class KeptRows:
    """One row for each set and system, the last one measured; the runs are folders beside."""

    folder: Path
    order: tuple[str, ...]
    """The sets' titles, as the table has them."""

    def put(self, row: Row, run: str) -> None:
        """Keep a row whose run is in the folder `run` of `folder`."""
        known = self._read()
        known[f"{row.asked}\t{row.system}"] = {"run": run, "left_out": row.left_out}
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(known, indent=1), encoding="utf-8")
        part.replace(self._path)

    def rows(self) -> list[Row]:
        """Every row, by set and then in the order in which systems were first measured."""
        return sorted(self._rows(), key=lambda row: self._place(row.asked))

    def _rows(self) -> Iterator[Row]:
        for key, about in self._read().items():
            asked, _, system = key.partition("\t")
            try:
                yield Row(asked, system, load_run(self.folder / about["run"]), about["left_out"])
            except UserError:
                continue  # its folder was removed, or is being asked anew

    def _place(self, title: str) -> int:
        return self.order.index(title) if title in self.order else len(self.order)

    def _read(self) -> dict[str, dict[str, str]]:
        known: dict[str, dict[str, str]] = {}
        if self._path.exists():
            known = json.loads(self._path.read_text(encoding="utf-8"))
        return known

    @property
    def _path(self) -> Path:
        return self.folder / "rows.json"
