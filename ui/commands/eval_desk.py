"""What `byline serve` gives the evaluation page: runs and candidates of its library."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import UserError
from ui.commands.eval_options import runs_folder
from ui.evaluate_protocol import Evaluation

if TYPE_CHECKING:
    from eval.candidates import Candidates
    from eval.draft import Draft
    from eval.library import Shelf
    from ingest.library import Library
    from rag.assistant import Assistant
    from rag.settings import Settings


def evaluation_of(
    settings: "Settings", source: "Library", assistant: "Assistant", gold: Sequence[Path]
) -> Evaluation:
    """The page's parts: runs in `runs` and candidates in `gold`, both beside the library.

    Gold sets are those of `gold` and every accepted one beside the library. Raises UserError for a
    gold set that is not there.
    """
    from eval.draft import by_gap
    from eval.library import Shelf
    from eval.proposals import Proposals
    from eval.workbench import Workbench

    for path in gold:
        if not path.is_file():
            raise UserError(f"--gold {path}: there is no such file")
    shelf = Shelf(source)
    kept = candidates_of(settings, shelf)
    folder = kept.accepted_path.parent
    drafters = {"gap": lambda: by_gap, "llm": lambda: by_llm(settings)}

    def gold_sets() -> list[Path]:
        beside = [p for p in sorted(folder.glob("*.jsonl")) if ".candidates" not in p.name]
        return [*gold, *beside]

    def build(changes: str) -> tuple["Settings", "Assistant"]:
        return _changed(settings, source, assistant, changes)

    bench = Workbench(shelf, runs_folder(settings, None), gold_sets, build)
    return Evaluation(bench, Proposals(kept, shelf, source.articles, drafters))


def candidates_of(settings: "Settings", shelf: "Shelf") -> "Candidates":
    """The candidates of a library; those that the page shows."""
    from eval.candidates import Candidates

    library = settings.library.expanduser()
    return Candidates(library.parent / "gold", library.name, shelf)


def by_llm(settings: "Settings") -> "Draft":
    """Drafts by the language model of the settings."""
    from eval.draft import by_model, has_draft
    from eval.judge import completing
    from rag.build import build_llm

    return by_model(completing(build_llm(settings), has_draft))


def _changed(
    settings: "Settings", source: "Library", assistant: "Assistant", changes: str
) -> tuple["Settings", "Assistant"]:
    """The server's own settings and assistant, or others where `changes` asks for them."""
    if not changes.strip():
        return settings, assistant
    from eval.sweep import combinations, nested
    from rag.build import build_assistant
    from rag.settings import load_settings

    found = combinations(changes.split())
    if len(found) != 1:
        raise UserError("one value for each setting; `byline eval sweep` runs several")
    asked = {"library": settings.library, **_over(settings, nested(found[0]))}
    other = load_settings(**asked)
    return other, build_assistant(other, source)


def _over(settings: "Settings", changes: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The server's sections with `changes` over them, so that its flags stay in force."""
    known = settings.model_dump(exclude={"library"})
    for section in changes:
        if section not in known:
            return dict(changes)  # load_settings names the nearest section
    return {
        name: {**value, **changes.get(name, {})} if isinstance(value, dict) else value
        for name, value in known.items()
    }
