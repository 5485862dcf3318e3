"""`byline search`: the passages themselves."""

from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import (
    AsOfOption,
    CollectionOption,
    JSONOption,
    LanguageOption,
    LibraryOption,
    SinceOption,
    SourceOption,
    UntilOption,
    assistant_for,
    day_of,
    opened,
    print_json,
    scope_of,
    settings_for,
)

if TYPE_CHECKING:
    from rag.types import Hit


def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    library: LibraryOption = None,
    as_of: AsOfOption = None,
    source: SourceOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    language: LanguageOption = None,
    collection: CollectionOption = None,
    as_json: JSONOption = False,
) -> None:
    """List the passages nearest to a query, best first."""
    scope = scope_of(source, since, until, language, collection)
    settings = settings_for(library)
    with opened(settings) as opened_library:
        assistant = assistant_for(settings, opened_library)
        hits = assistant.search(query, k, as_of=day_of(as_of), scope=scope)
        if as_json:
            print_json([hit.to_dict(rank) for rank, hit in enumerate(hits, 1)])
            return
        for rank, hit in enumerate(hits, 1):
            _print(rank, hit)


def _print(rank: int, hit: "Hit") -> None:
    from ui.render import byline, excerpt

    article = hit.article
    found = ", ".join(f"{name} {value:.2f}" for name, value in hit.signals.items())
    print(f"{rank:3}. {article.title} · {byline(article.source, article.published)}  ({found})")
    print(f"     {excerpt(hit.passage.text)}")
