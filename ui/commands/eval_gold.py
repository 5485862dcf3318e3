"""`byline eval validate` and `import`: gold sets, checked and brought in."""

from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import UserError
from ui.commands.eval_options import GoldOption
from ui.commands.options import JSONOption, LibraryOption, opened, print_json, settings_for


def validate(
    gold: GoldOption,
    library: LibraryOption = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Do not look articles and quotes up in the library.")
    ] = False,
    as_json: JSONOption = False,
) -> None:
    """Say line by line what is wrong with a gold set and what to mend; exit with 1 if anything."""
    from eval.library import Shelf
    from eval.validate import validate as faults

    if alone:
        problems = faults(gold)
    else:
        with opened(settings_for(library)) as source:
            problems = faults(gold, Shelf(source))
    if as_json:
        print_json([vars(problem) for problem in problems])
    else:
        for problem in problems:
            print(f"{gold}:{problem}")
        print(f"{gold}: {len(problems)} problems" if problems else f"{gold}: sound")
    if problems:
        raise typer.Exit(1)


def bring(
    form: Annotated[str, typer.Argument(help="squad, beir, multihop or csv.")],
    path: Annotated[Path, typer.Argument(help="The file or folder.")],
    gold: Annotated[Path, typer.Option("--gold", help="Write the gold set here.")],
    articles: Annotated[
        Path | None, typer.Option("--articles", help="Write the articles here, as JSONL.")
    ] = None,
) -> None:
    """Turn SQuAD, BEIR/TREC, MultiHop-RAG or CSV into a gold set, and its articles into JSONL."""
    from eval.gold import write_gold
    from eval.importers import read, write_articles

    found = read(form, path)
    if found.articles and articles is None:
        raise UserError(f"{form} brings {len(found.articles)} articles: say where with --articles")
    count = write_gold(gold, found.cases)
    print(f"{count} questions written to {gold}")
    if found.articles and articles:
        write_articles(articles, found.articles)
        print(
            f"{len(found.articles)} articles written to {articles}; then: byline ingest {articles}"
        )
