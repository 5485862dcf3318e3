"""Where the numbers of a run that is about to begin will come from."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.library import Library
from eval.provenance import Provenance
from ingest.errors import UserError

if TYPE_CHECKING:
    from rag.settings import Settings


def origin_of(
    settings: "Settings", library: Library, gold: Path, name: str = "", **known: Any
) -> Provenance:
    """The provenance of a run of `gold`; without `name`, the same origin has the same name.

    `known` are further fields of `Provenance`. Raises UserError for a name that is a path.
    """
    origin = Provenance.here(
        gold=str(gold),
        settings_hash=settings.digest(),
        library_fingerprint=library.fingerprint(),
        articles=library.count(),
        models=models_of(settings),
        settings=settings.model_dump(mode="json", exclude={"server"}),
        **known,
    )
    key = f"{origin.settings_hash} {origin.library_fingerprint} {origin.code_hash} {origin.repeats}"
    default = f"{gold.stem}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    return replace(origin, name=checked_name(name) or default)


def checked_name(name: str) -> str:
    """`name` as it came; raises UserError for one that would leave the folder of runs."""
    if name in (".", "..") or any(mark in name for mark in "/\\\0"):
        raise UserError(f"--name {name}: a name, not a path; the folder is --runs")
    return name


def models_of(settings: "Settings") -> dict[str, str]:
    """Name of each model by its job; of the reader, the digest of its weights."""
    from rag.build import reader_folder
    from rag.reader import weights_digest

    used = {"embedding": settings.embedding.model}
    used["reader"] = weights_digest(reader_folder(settings))
    used["ranker"] = settings.ranker.model or settings.ranker.kind
    if settings.answer.mode == "draft":
        llm = settings.llm
        used["llm"] = llm.model or llm.path or llm.kind
    return used
