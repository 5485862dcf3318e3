"""The sample articles as a library, for benchmarks that ask them questions."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.library import Library
from rag.assistant import Assistant
from rag.build import build_assistant, build_ingest, open_library
from rag.settings import load_settings


@contextmanager
def sample_library(folders: Sequence[Path]) -> Iterator[tuple[Assistant, Library]]:
    """The articles of `folders`, with an assistant of the default settings."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(library=Path(folder) / "library")
        library = open_library(settings, create=True)
        build_ingest(settings, library).run(folders)
        yield build_assistant(settings, library), library
        library.close()
