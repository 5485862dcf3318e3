"""`byline eval perturb`: take the cited passages away and ask again."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.options import JSONOption, LibraryOption, ModeOption, opened, print_json
from ui.commands.options import settings_for as settings_of


def perturb(
    gold: Annotated[Path, typer.Option("--gold", "-g", help="A gold set, JSON Lines.")],
    library: LibraryOption = None,
    mode: ModeOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Ask only the first N.")] = 10_000,
    as_json: JSONOption = False,
) -> None:
    """Remove what each answer cites and ask again: it must cite something else or abstain."""
    from eval.gold import load_gold
    from eval.perturb import Hiding, summary
    from eval.perturb import perturb as run
    from rag.build import build_assistant
    from rag.protocols import Retriever

    settings = settings_of(library, mode)
    questions = [case.question for case in load_gold(gold) if not case.history][:limit]
    with opened(settings) as source:
        wrapped: list[Hiding] = []

        def hiding(retriever: Retriever) -> Retriever:
            wrapped.append(Hiding(retriever))
            return wrapped[0]

        assistant = build_assistant(settings, source, around=hiding)
        done = run(questions, assistant, wrapped[0])
    figures = summary(done)
    if as_json:
        print_json({**figures, "questions": [item.to_dict() for item in done]})
        return
    print(f"{figures['answered']} questions answered; without their cited passages:")
    for name in ("changed", "copied", "abstained", "unmoved"):
        print(f"  {name:10} {figures[name]:4}")
    for item in done:
        if not item.outcome.minds:
            print(f"  unmoved: {item.question}")
