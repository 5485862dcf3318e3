"""The library as a table, and its state in a line."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ingest.ledger import Failure
from ingest.passages import written
from ingest.plan import Planned
from ingest.progress import Progress
from ingest.report import IngestReport
from ingest.types import Article
from ui.icon import icon
from ui.ingest_progress import duration
from ui.keeper import Health
from ui.render import text_html

ROWS = 200
"""So many articles are listed; a search finds the others."""
FAILURES = 50
"""So many failures are listed; `byline library failures` has the others."""
SORTS = {"newest": "Newest first", "oldest": "Oldest first", "title": "Title", "outlet": "Outlet"}
NOTHING = "No article says that in its title, outlet, author or collection."


def table_html(
    articles: Iterable[Article],
    query: str,
    sort: str,
    admin: bool,
    collections: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The articles whose title, outlet, author or collection has all words of `query`.

    `collections` are those of each article, by its id.
    """
    of, words = collections or {}, query.casefold().split()
    found = [a for a in articles if _says(a, of.get(a.id, ()), words)]
    if not found:
        return f'<p class="by-none">{NOTHING}</p>'
    shown = _sorted(found, sort)[:ROWS]
    rows = "".join(_row(article, admin, of.get(article.id, ())) for article in shown)
    more = len(found) - ROWS
    rest = f'<p class="by-none">{more:,} more; search to find them.</p>' if more > 0 else ""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Article", "Outlet", "Published"))
    last = '<th scope="col"><span class="by-hidden">Actions</span></th>' if admin else ""
    return (
        f'<table class="by-table"><thead><tr>{heads}{last}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{rest}"
    )


def health_html(health: Health) -> str:
    """Size and state of a library in one line, what failed, and what is wrong with it."""
    size = f"{_counted(health.articles, 'article')} · {_counted(health.passages, 'passage')}"
    state = ' · <span class="by-well">indexes agree</span>' if health.problems == () else ""
    line = f'<p class="by-health">{size} · {_size(health.bytes)} on disk{state}</p>'
    lines = "".join(f"<li>{text_html(problem)}</li>" for problem in health.problems or ())
    faults = f'<ul class="by-faults">{lines}</ul>' if lines else ""
    if not health.failures:
        return line + faults
    count = _counted(len(health.failures), "source")
    return (
        f'{line}{faults}<details class="by-failed"><summary>{count} could not be used</summary>'
        f"{_failures(health.failures)}</details>"
    )


def progress_html(progress: Progress) -> str:
    """How far an ingest has got; at its end, what it did and what failed, with reasons."""
    if progress.report is not None:
        return _report(progress.report)
    done, total = progress.files, progress.files_total
    said = f"{progress.phase.capitalize()}: {done} of {_counted(total, 'source')}"
    parts = [said, _counted(progress.articles, "article")]
    parts += [f"{progress.rate:.1f} a second"] if progress.articles else []
    parts += [f"{progress.failures} failed"] if progress.failures else []
    parts += [f"about {duration(progress.left)} left"] if progress.left else []
    return (
        f'<div class="by-progress" role="status"><p>{" · ".join(parts)}</p>'
        f'<progress aria-label="{said}" value="{done + progress.share:.3f}" '
        f'max="{max(total, 1)}"></progress></div>'
    )


def _report(report: IngestReport) -> str:
    counts = [
        f"{count} {word}"
        for count, word in (
            (report.new, "new"),
            (report.changed, "changed"),
            (report.moved, "moved"),
            (report.unchanged, "unchanged"),
        )
        if count
    ]
    if report.failed:
        counts.append(f"{len(report.failed)} could not be used")
    said = ", ".join(counts) or "nothing to read"
    ended, again = ("Stopped", " Add the same again to go on.") if report.stopped else ("Done", "")
    return (
        f'<div class="by-progress" role="status"><p>{ended} after {report.seconds:.1f} s: {said}.'
        f"{again}</p>"
        f"{_failures(report.failed)}</div>"
    )


def planned_html(planned: Sequence[Planned]) -> str:
    """What an ingest would do: counts, and a line for each article that is not as it was."""
    counts = Counter(item.action for item in planned)
    said = ", ".join(f"{count} {action}" for action, count in counts.items()) or "nothing to read"
    told = [item for item in planned if item.action != "unchanged"]
    lines = "".join(
        f"<li><b>{item.action}</b> {text_html(item.title or item.reason)}</li>"
        for item in told[:FAILURES]
    )
    rest = f"<li>and {len(told) - FAILURES} more</li>" if len(told) > FAILURES else ""
    return (
        f'<div class="by-progress" role="status"><p>Nothing was written. It would be: {said}.</p>'
        f'<ul class="by-faults">{lines}{rest}</ul></div>'
    )


def _failures(failed: Sequence[Failure]) -> str:
    lines = "".join(
        f"<li><b>{text_html(failure.origin)}</b> {text_html(_reason(failure))}</li>"
        for failure in failed[:FAILURES]
    )
    rest = f"<li>and {len(failed) - FAILURES} more</li>" if len(failed) > FAILURES else ""
    return f'<ul class="by-faults">{lines}{rest}</ul>' if lines else ""


def _reason(failure: Failure) -> str:
    """Why it failed, without the name that stands before it."""
    reason = failure.reason
    for name in (failure.origin, failure.origin.rpartition("/")[2]):
        reason = reason.removeprefix(f"{name}: ")
    return reason


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def trouble_html(words: str) -> str:
    """Why nothing was added."""
    said = f'<p class="by-problem">{text_html(words)}</p>'
    return f'<div class="by-progress" role="alert">{said}</div>'


def _row(article: Article, admin: bool, collections: Sequence[str]) -> str:
    title = text_html(article.title or "Untitled")
    identity = text_html(article.id)
    when = written(article.published) or "undated"
    names = text_html(", ".join(collections))
    buttons = (
        f'<button type="button" class="by-act" data-act="collect" data-names="{names}" '
        f'aria-label="Collections of {title}" title="Collections">{icon("folder")}</button>'
        f'<button type="button" class="by-act" data-act="remove" data-title="{title}" '
        f'aria-label="Remove {title}" title="Remove">{icon("trash")}</button>'
    )
    acts = f'<td class="by-row-acts">{buttons}</td>' if admin else ""
    several = article.version > 1
    version = f' <span class="by-version">version {article.version}</span>' if several else ""
    tags = "".join(f'<li dir="auto">{text_html(name)}</li>' for name in collections)
    listed = f'<ul class="by-tags" aria-label="Collections">{tags}</ul>' if tags else ""
    return (
        f'<tr data-id="{identity}"><td><a href="/article/{identity}" data-article="{title}" '
        f'dir="auto">{title}</a>{version}{listed}</td><td>{text_html(article.source or "–")}</td>'
        f"<td>{when}</td>{acts}</tr>"
    )


def _says(article: Article, collections: Sequence[str], words: Sequence[str]) -> bool:
    told = " ".join([article.title, article.source, *article.authors, *collections]).casefold()
    return all(word in told for word in words)


def _sorted(articles: list[Article], sort: str) -> list[Article]:
    if sort == "title":
        return sorted(articles, key=lambda a: a.title.casefold())
    if sort == "outlet":
        return sorted(articles, key=lambda a: (a.source.casefold(), a.title.casefold()))
    if sort == "oldest":
        return sorted(articles, key=lambda a: (a.published is None, a.published or date.max))
    return sorted(articles, key=lambda a: a.published or date.min, reverse=True)


def _size(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
