"""`byline eval validate`, `import` and `draft`: gold sets, checked, brought in and proposed."""

from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import UserError
from ui.commands.eval_options import GoldOption
from ui.commands.options import (
    JSONOption,
    LibraryOption,
    opened,
    print_json,
    settings_for,
)


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


def draft(
    out: Annotated[Path, typer.Option("--out", help="Write the proposed cases here.")],
    per_article: Annotated[int, typer.Option("--per-article", min=1, max=50)] = 1,
    llm: Annotated[
        bool, typer.Option("--llm", help="Let the language model of the settings ask; else gaps.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Propose gold cases from the articles, for a person to accept, mend or remove."""
    from eval.draft import by_gap, by_model, drafts
    from eval.gold import write_gold

    settings = settings_for(library)
    with opened(settings) as source:
        if llm:
            from eval.judge import completing
            from rag.build import build_llm

            make = by_model(completing(build_llm(settings)))
        else:
            make = by_gap
        count = write_gold(out, drafts(source.articles(), make, per_article))
    print(f"{count} drafts in {out}: read each one, mend it, and clear its `notes`")
