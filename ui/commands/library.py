"""`byline library`: what the library holds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UserError
from ui.commands.options import JSONOption, LibraryOption, opened, print_json, settings_for
from ui.ingest_progress import counted

if TYPE_CHECKING:
    from ingest.library import Library
    from ingest.transfer import Manifest
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
    settings = settings_for(library)
    with opened(settings) as source:
        mended = 0
        if repair and source.verify():
            from rag.build import build_embedder

            mended = source.repair(build_embedder(settings))
        problems = source.verify()
        count, passages = source.count(), source.catalogue.count_passages()
    if as_json:
        print_json({"articles": count, "passages": passages, "problems": problems})
    else:
        held = [counted(count, "article"), counted(passages, "passage")]
        print(f"{', '.join(held)}, {counted(len(problems), 'problem')}")
        print("".join(f"  {problem}\n" for problem in problems), end="")
        if mended:
            print(f"indexed again from the catalogue: {counted(mended, 'article')}")
    if problems:
        raise typer.Exit(1)


@app.command()
def failures(library: LibraryOption = None, as_json: JSONOption = False) -> None:
    """List what could not be used when it was last read, and why."""
    with opened(settings_for(library)) as source:
        failed = source.catalogue.failures()
    if as_json:
        print_json([{"origin": item.origin, "reason": item.reason} for item in failed])
        return
    for item in failed:
        print(f"{item.reason}\n    {item.origin}")
    again = ": `byline ingest --retry-failed` reads again what failed" if failed else ""
    print(f"{counted(len(failed), 'failure')}{again}")


@app.command()
def history(
    reference: Reference, library: LibraryOption = None, as_json: JSONOption = False
) -> None:
    """Show every version of an article, and what each changed."""
    with opened(settings_for(library)) as source:
        article = _found(source, reference)
        versions = source.catalogue.history(article.id)
    if as_json:
        print_json([version.to_dict() for version in versions])
        return
    signs = {"removed": "-", "added": "+"}
    for version in versions:
        print(f"version {version.number}, {version.day or 'undated'}: {version.title}")
        for part in version.changes:
            if part.kind in signs:
                print(f"  {signs[part.kind]} {part.text}")


@app.command("export")
def export_library(
    file: Annotated[Path, typer.Argument(help="The file to write, such as archive.byline.")],
    library: LibraryOption = None,
    as_json: JSONOption = False,
) -> None:
    """Write the whole library to one file, also while it is being written to."""
    from ingest.transfer import export

    with opened(settings_for(library)) as source:
        _print_transfer(export(source, file), f"written to {file}", as_json)


@app.command("import")
def import_library(
    file: Annotated[Path, typer.Argument(help="A file that export or backup has written.")],
    library: LibraryOption = None,
    as_json: JSONOption = False,
) -> None:
    """Make a library from such a file; the folder must not hold one yet."""
    from ingest.transfer import import_
    from rag.build import build_embedder

    settings = settings_for(library)
    made = import_(
        file,
        settings.library.expanduser(),
        settings.embedding.model,
        lambda: build_embedder(settings),
        chroma_url=settings.chroma_url,
    )
    _print_transfer(made, f"brought into {settings.library}", as_json)


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Where backups are kept, a dated file each.")],
    library: LibraryOption = None,
    as_json: JSONOption = False,
) -> None:
    """Write a dated backup, consistent also while articles go in; import brings it back."""
    from ingest.transfer import backup as write

    with opened(settings_for(library)) as source:
        file, made = write(source, folder)
    _print_transfer(made, f"written to {file}", as_json)


def _print_transfer(made: "Manifest", where: str, as_json: bool) -> None:
    if as_json:
        print_json({"articles": made.articles, "passages": made.passages, "model": made.model})
    else:
        held = f"{counted(made.articles, 'article')}, {counted(made.passages, 'passage')}"
        print(f"{held} {where}")


def _found(source: "Library", reference: str) -> "Article":
    article = source.find(reference)
    if article is None:
        raise UserError(f"no article {reference!r}: `byline library list` shows their ids")
    return article


def _without_text(article: "Article") -> dict[str, object]:
    return {key: value for key, value in article.to_dict().items() if key != "text"}
