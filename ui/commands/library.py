"""`byline library`: what the library holds."""

from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UserError
from ui.commands.options import JSONOption, LibraryOption, opened, print_json, settings_for

if TYPE_CHECKING:
    from ingest.library import Library
    from ingest.types import Article

app = typer.Typer(help="List, show, remove and verify what the library holds.")
Reference = Annotated[str, typer.Argument(help="The article's id, URL or file name.")]


@app.command("list")
def list_articles(library: LibraryOption = None, as_json: JSONOption = False) -> None:
    """List the articles, newest first."""
    with opened(settings_for(library)) as source:
        articles = list(source.articles())
    if as_json:
        print_json([_without_text(article) for article in articles])
        return
    for article in articles:
        day = article.published.isoformat() if article.published else "undated   "
        copy = f"  (copy of {article.duplicate_of})" if article.duplicate_of else ""
        print(f"{article.id}  {day}  {article.source or '-'}  {article.title}{copy}")
    print(f"{len(articles)} articles")


@app.command()
def copies(
    reference: Annotated[
        str | None, typer.Argument(help="Only the copies of this article: id, URL or file name.")
    ] = None,
    library: LibraryOption = None,
    as_json: JSONOption = False,
) -> None:
    """List articles that print the same text, whole or nearly; the first one published leads."""
    with opened(settings_for(library)) as source:
        known = source.catalogue
        if reference is None:
            firsts = [ids[0] for ids in known.clusters()]
        else:
            firsts = [_found(source, reference).id]
        clusters = [known.cluster(first) for first in firsts]
    if as_json:
        print_json([[_without_text(article) for article in cluster] for cluster in clusters])
        return
    for cluster in clusters:
        for number, article in enumerate(cluster):
            day = article.published.isoformat() if article.published else "undated   "
            mark = "  copy " if number else ""
            print(f"{mark}{article.id}  {day}  {article.source or '-'}  {article.title}")
    count = sum(len(cluster) - 1 for cluster in clusters)
    print("1 copy" if count == 1 else f"{count} copies")


@app.command()
def show(reference: Reference, library: LibraryOption = None, as_json: JSONOption = False) -> None:
    """Show one article as Byline read it."""
    with opened(settings_for(library)) as source:
        article = _found(source, reference)
    if as_json:
        print_json(article.to_dict())
        return
    from ui.render import byline

    print(f"{article.title}\n{byline(article.source, article.published)}\n{article.url}".rstrip())
    print(f"\n{article.text}")


@app.command()
def remove(
    reference: Reference, library: LibraryOption = None, as_json: JSONOption = False
) -> None:
    """Remove one article; ingesting its file again brings it back."""
    with opened(settings_for(library)) as source:
        article = _found(source, reference)
        with source.writing():
            source.remove(article.id)
    if as_json:
        print_json({"removed": article.id, "title": article.title})
    else:
        print(f"removed {article.id}  {article.title}")


@app.command()
def verify(
    library: LibraryOption = None,
    as_json: JSONOption = False,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what is found.")] = False,
) -> None:
    """Check that catalogue and both indexes agree; exit code 1 when they do not."""
    with opened(settings_for(library)) as source:
        reread = 0
        if repair:
            with source.writing():
                reread = source.repair()
        problems = source.verify()
        count, passages = source.count(), source.catalogue.count_passages()
    if as_json:
        print_json({"articles": count, "passages": passages, "problems": problems})
    else:
        print(f"{count} articles, {passages} passages, {len(problems)} problems")
        print("".join(f"  {problem}\n" for problem in problems), end="")
        if reread:
            print(f"{reread} incomplete articles were taken out: run `byline ingest` on them again")
    if problems:
        raise typer.Exit(1)


def _found(source: "Library", reference: str) -> "Article":
    article = source.find(reference)
    if article is None:
        raise UserError(f"no article {reference!r}: `byline library list` shows their ids")
    return article


def _without_text(article: "Article") -> dict[str, object]:
    return {key: value for key, value in article.to_dict().items() if key != "text"}
