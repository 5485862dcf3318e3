"""Checksums of a reader's files, as `sha256sum -c SHA256SUMS` reads them."""

from __future__ import annotations

import hashlib
from pathlib import Path

SUMS = "SHA256SUMS"


def write_sums(folder: Path) -> None:
    """Writes SHA256SUMS for every file of the folder but itself and the card."""
    files = [one for one in sorted(folder.iterdir()) if one.name not in (SUMS, "README.md")]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (folder / SUMS).write_text("".join(lines))
