"""A library as one file: moving it, and backing it up while articles go in.

The file is a zip: a manifest, a snapshot of the catalogue, and the vectors of its passages. Words
are indexed again at the other end. The snapshot is one moment of the catalogue; a vector that is
gone by the time it is read belonged to an article that changed meanwhile, and is made again.
"""

import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np

from ingest.catalogue import Catalogue
from ingest.embed import Embedder
from ingest.errors import UserError
from ingest.library import CATALOGUE, VECTORS, WORDS, Library
from ingest.schema import FORMAT

MANIFEST = "manifest.json"
PARTS = (CATALOGUE, f"{CATALOGUE}-wal", f"{CATALOGUE}-shm", VECTORS, WORDS, "write.lock")
"""What a library consists of, in its folder."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file holds."""

    format: int
    """Of the catalogue (`schema.FORMAT`)."""
    model: str
    articles: int
    passages: int
    written: str
    """The moment of the snapshot, ISO 8601, UTC."""


def export(library: Library, file: Path) -> Manifest:
    """Write the whole library to `file`, which appears whole or not at all.

    Raises UserError when it cannot be written, and when it is there already.
    """
    if file.exists():
        raise UserError(f"{file} is there already: name another file, or delete it")
    part = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".byline-") as folder:
            snapshot = Path(folder) / CATALOGUE
            library.catalogue.snapshot(snapshot)
            manifest = _write(library, snapshot, part)
        part.replace(file)
    except OSError as error:
        raise UserError(f"{file} cannot be written ({error.strerror or error})") from None
    except sqlite3.OperationalError as error:
        raise UserError(f"{file} cannot be written ({error})") from None
    finally:
        part.unlink(missing_ok=True)
    return manifest


def backup(
    library: Library, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> tuple[Path, Manifest]:
    """Export to a file in `folder` that is named for the moment; the file, and what it holds."""
    file = folder / f"byline-{clock():%Y%m%d-%H%M%S}.zip"
    return file, export(library, file)


def import_(
    file: Path,
    folder: Path,
    model: str,
    embedder: Callable[[], Embedder],
    *,
    chroma_url: str = "",
) -> Manifest:
    """Make the library of `file` in `folder`. `embedder` is called only where vectors are missing.

    Raises UserError when the file is none of ours, damaged, written by a newer Byline or with
    another embedding model than `model`, and when `folder` holds a library already. After a
    failure no library is there.
    """
    if not file.is_file():
        raise UserError(f"{file}: no such file")
    if (folder / CATALOGUE).exists():
        raise UserError(f"there is a library at {folder} already: name another --library")
    new = [folder / name for name in PARTS if not (folder / name).exists()]
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = _manifest(packed, file)
            if manifest.model != model:
                raise UserError(
                    f"{file} was embedded with {manifest.model!r}, not {model!r}: set "
                    f"embedding.model to {manifest.model!r}"
                )
            _unpack(packed, folder, model, embedder, chroma_url)
    except BaseException as error:
        for path in new:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if isinstance(error, OSError | zipfile.BadZipFile | KeyError | ValueError | EOFError):
            raise UserError(f"{file} cannot be read ({error}): nothing was imported") from None
        raise
    return manifest


def _write(library: Library, snapshot: Path, part: Path) -> Manifest:
    held = Catalogue(snapshot)
    with held.transaction() as rows:
        rows.execute("DELETE FROM pending")
    ids = held.passage_ids()
    manifest = Manifest(
        FORMAT,
        library.model,
        held.count_articles(),
        len(ids),
        datetime.now(UTC).isoformat(timespec="seconds"),
    )
    held.close()
    library.refresh()
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
        packed.write(snapshot, CATALOGUE)
        for number, found in enumerate(library.vectors.stored(ids)):
            with packed.open(f"vectors/{number:06d}.npz", "w", force_zip64=True) as stream:
                _save(stream, found)
    return manifest


def _save(stream: IO[bytes], found: dict[str, Any]) -> None:
    np.savez(stream, ids=np.array(list(found)), vectors=np.stack(list(found.values())))


def _manifest(packed: zipfile.ZipFile, file: Path) -> Manifest:
    if MANIFEST not in packed.namelist():
        raise UserError(f"{file} is no library that Byline has exported")
    manifest = Manifest(**json.loads(packed.read(MANIFEST)))
    if manifest.format > FORMAT:
        raise UserError(
            f"{file} was written by a newer Byline (format {manifest.format}, this one knows "
            f"{FORMAT}): upgrade Byline"
        )
    return manifest


def _unpack(
    packed: zipfile.ZipFile,
    folder: Path,
    model: str,
    embedder: Callable[[], Embedder],
    chroma_url: str,
) -> None:
    """The catalogue comes last under its own name: until then there is no library."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".import-") as work:
        packed.extract(CATALOGUE, work)
        incoming = Path(work) / CATALOGUE
        catalogue = Catalogue(incoming)
        if catalogue.damage():
            raise ValueError("its catalogue is damaged")
        catalogue.close()
        incoming.replace(folder / CATALOGUE)
    library = Library.open(folder, model, chroma_url=chroma_url)
    try:
        with library.writing(sweep=False):
            for name in sorted(packed.namelist()):
                if name.startswith("vectors/"):
                    _bring_in(library, packed, name)
        if library.verify():
            library.repair(embedder())
    finally:
        library.close()


def _bring_in(library: Library, packed: zipfile.ZipFile, name: str) -> None:
    with packed.open(name) as stream:
        part = np.load(stream, allow_pickle=False)
        ids, vectors = [str(one) for one in part["ids"]], part["vectors"]
    known = library.catalogue.passages(ids)
    rows = [row for row, identity in enumerate(ids) if identity in known]
    library.vectors.upsert([known[ids[row]][0] for row in rows], vectors[rows])
    for row in rows:
        passage, article = known[ids[row]]
        library.words.add(article, [passage])
    library.words.commit()
