"""`byline eval validate`, `import` and `draft`: gold sets, checked, brought in and proposed."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from ingest.types import Article


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
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the proposed cases here, not into the page."),
    ] = None,
    per_article: Annotated[int, typer.Option("--per-article", min=1, max=50)] = 1,
    llm: Annotated[
        bool, typer.Option("--llm", help="Let the language model of the settings ask; else gaps.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Propose gold cases from the articles; they wait on the page for a person to accept."""
    from eval.draft import by_gap, drafts
    from eval.gold import write_gold
    from eval.library import Shelf
    from eval.proposals import drafted
    from ui.commands.eval_desk import by_llm, candidates_of

    settings = settings_for(library)
    with opened(settings) as source:
        make = by_llm(settings) if llm else by_gap
        made = drafts(_counted(source.articles(), source.count()), make, per_article)
        if out:
            count = write_gold(out, made)
            print(f"{count} drafts in {out}: read each one, mend it, and clear its `notes`")
            return
        kept = candidates_of(settings, Shelf(source))
        known, count = kept.known(), 0
        for case in made:
            # One by one: what a slow model has written is not lost with Ctrl-C.
            if case.id not in known:
                kept.add([drafted(case)])
                count += 1
    print(f"{count} drafts wait on the page: `byline serve`, then Evaluate")


def _counted(articles: Iterable["Article"], total: int) -> Iterator["Article"]:
    """Says on a terminal which article is at hand."""
    for number, article in enumerate(articles, 1):
        if sys.stderr.isatty():
            print(f"\rarticle {number} of {total}", end="", file=sys.stderr, flush=True)
        yield article
    if sys.stderr.isatty():
        print(file=sys.stderr)
