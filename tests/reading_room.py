"""The real application on the sample library and the default models, for a browser to visit."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.library import Library
from rag.build import build_assistant, build_discovery, build_ingest, open_library
from rag.settings import load_settings
from tests.browser import serving
from ui.commands.eval_desk import evaluation_of
from ui.conversations import Conversations
from ui.gate import Gate
from ui.keeper import Keeper
from ui.server import create_app

SAMPLES = Path(__file__).parent.parent / "examples"
ARTICLES = (SAMPLES / "articles",)
SEVERAL = (*ARTICLES, SAMPLES / "articles-several")
"""With those that tell of one story, and contradict each other."""
EXAMPLES = (
    "When did Iran admit drone supplies?",
    "Why was the launch of the Pico van put off?",
    "How many puffins were counted on Gannet Holm?",
)


@contextmanager
def reading_room(
    folder: Path, gate: Gate | None = None, articles: Sequence[Path] = ARTICLES
) -> Iterator[tuple[str, Library]]:
    """Its address, and its library; `articles` are ingested where `folder` has none yet. It reads
    from web sites on this machine."""
    settings = load_settings(library=folder, web={"allow_private": True, "delay": 0})
    library = open_library(settings, create=True)
    if not library.count():
        build_ingest(settings, library).run(articles)
    assistant = build_assistant(settings, library)
    assistant.search("What is the first question?")
    with (
        closing(library),
        closing(Conversations(folder / "conversations.sqlite")) as kept,
        closing(
            Keeper(
                library,
                lambda: build_ingest(settings, library),
                lambda: build_discovery(settings, library),
            )
        ) as keeper,
    ):
        app = create_app(
            assistant,
            library,
            examples=EXAMPLES,
            conversations=kept,
            gate=gate,
            keeper=keeper,
            evaluation=evaluation_of(settings, library, assistant, [SAMPLES / "gold.jsonl"]),
        )
        with serving(app) as address:
            yield address, library
