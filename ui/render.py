"""An answer as plain text for the terminal and as Markdown.

Both show the answer first, then each source: number, title, outlet, date, link, exact quote.
Nothing that an article says can take effect: neither a terminal escape nor Markdown nor HTML.
"""

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from urllib.parse import quote, urlsplit

from ingest.passages import written
from rag.statements import Conflict
from rag.types import Answer, Citation, Hit
from ui.voices import DISAGREE, also_in, remarks, sides, sources_counted

NEAREST_CHARS = 320
"""A nearest passage is shown up to this many characters; a quote is never cut."""
NEAREST = "Nearest passages, which were not enough"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")
_INLINE = re.compile(r"([\\`*_\[\]<>&|~$])")
_BLOCK = re.compile(r"^([#+=-]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def byline(source: str, published: date | None) -> str:
    """Outlet and date in one line: "Meridian Wire · 5 November 2022"."""
    return " · ".join(part for part in (source, written(published) or "undated") if part)


def web_link(url: str) -> str:
    """`url` where it can be followed safely (http or https), else an empty string."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def article_href(article_id: str, start: int, end: int, seen: str = "") -> str:
    """The address, on Byline's own server, of an article opened at its characters [start:end].

    `seen` is the key under which the article was kept as it was when it was cited.
    """
    kept = f"seen={quote(seen, safe='')}&" if seen else ""
    return f"/article/{quote(article_id, safe='')}?{kept}start={start}&end={end}#cite"


def excerpt(text: str, limit: int = NEAREST_CHARS) -> str:
    """`text` on one line, cut to at most `limit` characters, between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 2]
    # Languages written without spaces have no word to go back to.
    return f"{cut.rpartition(' ')[0] or cut} …"


def text_html(text: str) -> str:
    """`text` as HTML that shows exactly its characters; nothing in it can take effect."""
    # A bare carriage return would be read as a line feed.
    return escape(text).replace("\r", "&#13;")


def understood(answer: Answer) -> str:
    """How the question was understood in its conversation; empty where it was as asked."""
    return f"Understood as: {answer.resolved}" if answer.resolved else ""


def answer_plain(answer: Answer, width: int | None = None) -> str:
    """The answer for a terminal, wrapped to `width` columns (None: not wrapped)."""
    said = replace(answer, reason=remarks(answer)).text
    above = (understood(answer), answer.scope_note, answer.short, said)
    blocks = [_wrap(text, width, "") for text in above if text]
    blocks += [_plain_conflict(conflict, width) for conflict in answer.conflicts]
    blocks += [_plain_citation(citation, width) for citation in answer.citations]
    blocks += [_wrap(counted, width, "  ")] if (counted := sources_counted(answer)) else []
    if answer.nearest and not answer.shown:
        blocks.append(f"{NEAREST}:")
        blocks += [_plain_hit(hit, width) for hit in answer.nearest]
    return "\n\n".join(blocks)


def answer_markdown(answer: Answer, link: Callable[[Citation], str] | None = None) -> str:
    """The answer as CommonMark with numbered, linked marks.

    `link` gives the address a mark leads to; without it, the article's own address on the web.
    """
    to = link or (lambda citation: web_link(citation.url))
    by_number = {citation.number: citation for citation in answer.citations}
    sentences = _run_or_list(
        [
            escape_markdown(sentence.labelled)
            + "".join(" " + _mark(by_number[n], to) for n in sentence.citations if n in by_number)
            for sentence in answer.shown
        ],
        listed=any(sentence.label for sentence in answer.shown),
    )
    blocks = [escape_markdown(note) for note in (understood(answer), answer.scope_note) if note]
    blocks += [f"**{escape_markdown(answer.short)}**"] if answer.short else []
    blocks += [sentences] if sentences else []
    if said := remarks(answer):
        blocks.append(escape_markdown(said))
    blocks += [_markdown_conflict(conflict) for conflict in answer.conflicts]
    if answer.citations:
        blocks.append("### Sources")
        blocks += [_markdown_citation(citation, to) for citation in answer.citations]
        blocks += [counted] if (counted := sources_counted(answer)) else []
    if answer.nearest and not answer.shown:
        blocks.append(f"### {NEAREST}")
        blocks += [_markdown_hit(hit) for hit in answer.nearest]
    return "\n\n".join(blocks) + "\n"


def escape_markdown(text: str) -> str:
    """`text` so that CommonMark shows exactly its words: no mark-up, HTML or heading."""
    # Four blanks at the start of a line would make it code.
    inline = _INLINE.sub(r"\\\1", _INDENT.sub("", _calm(text)))
    return _BLOCK.sub(_escape_block, inline)


def _escape_block(match: re.Match[str]) -> str:
    # "1." opens a list, and a digit cannot be escaped: the mark behind it can.
    opener = match[1]
    return f"{opener}\\" if opener.isdigit() else f"\\{opener}"


def _calm(text: str) -> str:
    """Control and direction-override characters as a visible mark."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _wrap(text: str, width: int | None, indent: str) -> str:
    if width is None:
        return textwrap.indent(_calm(text), indent)
    lines = [
        textwrap.fill(
            line,
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in _calm(text).split("\n")
    ]
    return "\n".join(lines)


def _dated(citation: Citation) -> str:
    """Outlet and date, and that the article was changed after Byline first read it."""
    line = byline(citation.source, citation.published)
    return f"{line} · changed {written(citation.changed)}" if citation.changed else line


def _plain_citation(citation: Citation, width: int | None) -> str:
    mark = f"  [{citation.number}] "
    source = _plain_source(
        mark,
        f"{citation.title} · {_dated(citation)}",
        citation.url,
        f"“{citation.quote}”",
        width,
    )
    also = _wrap(also_in(citation), width, " " * len(mark)) if citation.also else ""
    return f"{source}\n{also}" if also else source


def _plain_conflict(conflict: Conflict, width: int | None) -> str:
    rows = (f"{value}: {told}" for value, told in sides(conflict))
    return "\n".join([f"{DISAGREE}:", *(_wrap(row, width, "  ") for row in rows)])


def _markdown_conflict(conflict: Conflict) -> str:
    rows = (
        f"- **{escape_markdown(value)}**: {escape_markdown(told)}"
        for value, told in sides(conflict)
    )
    return "\n".join([f"{DISAGREE}:", "", *rows])


def _run_or_list(sentences: Sequence[str], *, listed: bool) -> str:
    if not listed:
        return " ".join(sentences)
    indented = (sentence.replace("\n", "\n  ") for sentence in sentences)
    return "\n".join(f"- {sentence}" for sentence in indented)


def _plain_hit(hit: Hit, width: int | None) -> str:
    article = hit.article
    line = f"{article.title} · {byline(article.source, article.published)}"
    return _plain_source("  - ", line, article.url, f"“{excerpt(hit.passage.text)}”", width)


def _plain_source(mark: str, line: str, url: str, words: str, width: int | None) -> str:
    indent = " " * len(mark)
    head = mark + _wrap(line, width, indent)[len(mark) :]
    rows = [head, *([indent + _calm(url)] if url else []), _wrap(words, width, indent)]
    return "\n".join(rows)


def _mark(citation: Citation, to: Callable[[Citation], str]) -> str:
    return _linked(f"\\[{citation.number}\\]", to(citation))


def _linked(label: str, href: str) -> str:
    return f"[{label}](<{_target(href)}>)" if href else label


def _target(href: str) -> str:
    return quote(href, safe="/:?&=#%+,@~!$'()*[]-._")


def _markdown_citation(citation: Citation, to: Callable[[Citation], str]) -> str:
    title = _linked(escape_markdown(citation.title), to(citation))
    meta = escape_markdown(_dated(citation))
    also = f"\n\n{escape_markdown(also_in(citation))}" if citation.also else ""
    return f"{_mark(citation, to)} {title} · {meta}\n\n{_quoted(citation.quote)}{also}"


def _markdown_hit(hit: Hit) -> str:
    title = _linked(escape_markdown(hit.article.title), web_link(hit.article.url))
    meta = escape_markdown(byline(hit.article.source, hit.article.published))
    return f"{title} · {meta}\n\n{_quoted(excerpt(hit.passage.text))}"


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in escape_markdown(f"“{words}”").split("\n"))
