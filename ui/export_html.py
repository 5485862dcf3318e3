"""A conversation as one HTML page that needs no server."""

from collections.abc import Iterator, Sequence
from html import escape

from ingest.passages import written
from rag.types import Answer, Citation, Hit, Sentence
from ui.asset import asset
from ui.render import NEAREST, byline, excerpt, text_html, understood, web_link
from ui.turn import Turn
from ui.voices import DISAGREE, also_in, remarks, sides, sources_counted

CUT_OFF = "This answer was stopped before its end."


def conversation_html(title: str, turns: Sequence[Turn]) -> str:
    """Every question and answer, with quotes, references and what else the page shows."""
    body = "".join(f"<section>{''.join(_turn(turn))}</section>" for turn in turns)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{asset('colours.css')}{asset('article.css')}</style>"
        f'</head><body><main><article><header><h1 dir="auto">{escape(title)}</h1></header>{body}'
        "</article></main></body></html>\n"
    )


def _turn(turn: Turn) -> Iterator[str]:
    yield f'<h2 dir="auto">{text_html(turn.question)}</h2>'
    limits = [chip.label for chip in turn.chosen.chips()]
    when = f"Asked on {written(turn.asked.date())}"
    yield f'<p class="aside">{text_html(" · ".join([when, *limits]))}</p>'
    if turn.answer:
        yield from _answer(turn, turn.answer)
        return
    yield _sentences(turn.sentences)
    yield f"<p>{text_html(turn.problem or CUT_OFF)}</p>"
    yield _references(turn.citations)


def _answer(turn: Turn, answer: Answer) -> Iterator[str]:
    for note in (understood(answer), answer.scope_note):
        yield f'<p class="aside">{text_html(note)}</p>' if note else ""
    yield f"<p><strong>{text_html(answer.short)}</strong></p>" if answer.short else ""
    yield _sentences(turn.sentences)
    said = remarks(answer)
    yield f"<p>{text_html(said)}</p>" if said else ""
    for conflict in answer.conflicts:
        rows = "".join(
            f"<dt>{text_html(value)}</dt><dd>{text_html(told)}</dd>"
            for value, told in sides(conflict)
        )
        yield f"<h3>{DISAGREE}</h3><dl>{rows}</dl>"
    yield _references(answer.citations)
    counted = sources_counted(answer)
    yield f'<p class="aside">{text_html(counted)}</p>' if counted else ""
    if answer.nearest and not answer.shown:
        near = "".join(_nearest(hit) for hit in answer.nearest)
        yield f'<h3>{NEAREST}</h3><ul class="references">{near}</ul>'


def _sentences(sentences: Sequence[Sentence]) -> str:
    marked = [
        text_html(sentence.labelled) + "".join(f"<sup>[{n}]</sup>" for n in sentence.citations)
        for sentence in sentences
    ]
    if any(sentence.label for sentence in sentences):
        return f'<ul dir="auto">{"".join(f"<li>{words}</li>" for words in marked)}</ul>'
    return f'<p dir="auto">{" ".join(marked)}</p>' if marked else ""


def _references(citations: Sequence[Citation]) -> str:
    items = "".join(_reference(citation) for citation in citations)
    return f'<h3>Sources</h3><ol class="references">{items}</ol>' if items else ""


def _reference(citation: Citation) -> str:
    changed = f" · changed {written(citation.changed)}" if citation.changed else ""
    also = f"<br>{text_html(also_in(citation))}" if citation.also else ""
    return _source(
        f'<li value="{citation.number}">',
        citation.title,
        f"{byline(citation.source, citation.published)}{changed}",
        citation.url,
        citation.quote,
        also,
    )


def _nearest(hit: Hit) -> str:
    article = hit.article
    where = byline(article.source, article.published)
    return _source("<li>", article.title, where, article.url, excerpt(hit.passage.text))


def _source(opening: str, title: str, where: str, url: str, quote: str, also: str = "") -> str:
    # The address is written out, for who reads it on paper.
    href, named = escape(web_link(url)), text_html(title or "Untitled")
    linked = f'{named}<br><a href="{href}">{href}</a>' if href else named
    return (
        f'{opening}{linked}<br>{text_html(where)}<blockquote dir="auto">“{text_html(quote)}”'
        f"</blockquote>{also}</li>"
    )
