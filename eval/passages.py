"""One question of the report: what was asked, said and found, with the cited words marked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from eval.gold import Span, find_spans
from eval.record import Record
from eval.report import answered, expected
from eval.scores import MEANS

PASSAGES = 5
"""How many of the passages found are shown."""


def question_html(record: Record, old: Record | None = None) -> str:
    """A row that opens; `old` is what the baseline made of the same question."""
    case, mark = record.case, outcome(record)
    change = _change(record, old)
    said = record.answer["short"] if record.answer and not record.abstained else ""
    words = " ".join([case.id, case.question, *case.answers, said]).casefold()
    tags = " ".join(filter(None, [mark, "abstained" if record.abstained else "", change]))
    return (
        f'<details class="row {mark}" data-tags="{tags}" data-kind="{case.kind.value}" '
        f'data-text="{escape(words)}"><summary><span class="mark">{mark}</span>'
        f'<span class="asked">{escape(case.question)}</span>'
        f'<span class="said">{escape(_brief(record))}</span>'
        f'<span class="kind">{escape(case.kind.value.replace("_", " "))} · {escape(case.id)}'
        f"{f' · <b>{change}</b>' if change else ''}</span></summary>"
        f'<div class="inside">{"".join(_inside(record, old))}</div></details>'
    )


def outcome(record: Record) -> str:
    """`crashed`, `right` or `wrong`."""
    return "crashed" if record.error else "right" if record.right else "wrong"


def _change(record: Record, old: Record | None) -> str:
    if old is None or old.case != record.case or old.right == record.right:
        return ""
    return "won" if record.right else "lost"


def _brief(record: Record) -> str:
    if record.error:
        return record.error
    if record.answer is None or record.abstained:
        return "abstained"
    return str(record.answer["short"] or record.answer["text"])


def _inside(record: Record, old: Record | None) -> Iterable[str]:
    case = record.case
    yield f"<dl><dt>Expected</dt><dd>{escape(' / '.join(case.answers) or expected(record))}</dd>"
    yield f"<dt>Answered</dt><dd>{_answer(record)}</dd>"
    if old is not None and answered(old) != answered(record):
        yield f'<dt>Baseline</dt><dd class="old">{escape(answered(old))}</dd>'
    if case.history:
        turns = "<br>".join(f"{escape(t.question)} — {escape(t.answer)}" for t in case.history)
        yield f"<dt>Before</dt><dd>{turns}</dd>"
    if case.notes:
        yield f"<dt>Note</dt><dd>{escape(case.notes)}</dd>"
    yield "</dl>"
    yield "".join(_citations(record))
    yield _found(record)
    yield _scores(record)


def _answer(record: Record) -> str:
    if record.answer is None:
        return f'<span class="alarm">{escape(record.error)}</span>'
    answer = record.answer
    parts = [f"<b>{escape(answer['short'])}</b> "] if answer["short"] else []
    for sentence in answer["sentences"]:
        if sentence["verdict"] == "dropped":
            why = f" ({escape(sentence['why'])})" if sentence["why"] else ""
            parts.append(f"<del>{escape(sentence['text'])}</del>{why} ")
            continue
        numbers = "".join(f"<sup>[{n}]</sup>" for n in sentence["citations"])
        parts.append(f"{escape(sentence['text'])}{numbers} ")
    if answer["reason"]:
        parts.append(f"<i>{escape(answer['reason'])}</i>")
    return "".join(parts)


def _citations(record: Record) -> Iterable[str]:
    """Each cited place with the words around it, as the passages found have them."""
    for citation in (record.answer or {}).get("citations", []):
        where = (citation["start"], citation["end"])
        hit = next((h for h in record.hits if _holds(h, citation)), None)
        text, start = (hit["text"], hit["start"]) if hit else (citation["quote"], where[0])
        gold = _gold_spans(record, text)
        marked = marked_text(text, [(where[0] - start, where[1] - start)], gold)
        yield (
            f'<blockquote><p class="source">[{citation["number"]}] {_source(citation)}'
            f" · support {citation['support']:.2f}</p><p>{marked}</p></blockquote>"
        )


def _holds(hit: Mapping[str, Any], citation: Mapping[str, Any]) -> bool:
    return bool(
        hit["text"]
        and hit["article_id"] == citation["article_id"]
        and hit["start"] <= citation["start"]
        and citation["end"] <= hit["end"]
    )


def _found(record: Record) -> str:
    """The first passages found, the gold ones named."""
    cited = (record.answer or {}).get("citations", [])
    items = []
    for hit in record.hits[:PASSAGES]:
        spans = [
            (c["start"] - hit["start"], c["end"] - hit["start"]) for c in cited if _holds(hit, c)
        ]
        text = marked_text(hit["text"], spans, _gold_spans(record, hit["text"]))
        gold = ' <b class="gold">gold</b>' if hit["gold"] else ""
        items.append(f'<li><p class="source">{_source(hit)}{gold}</p><p>{text}</p></li>')
    if not items:
        return ""
    rank = f"first gold passage at rank {record.rank}" if record.rank else "no gold passage found"
    if not record.case.has_quotes:
        rank = "no gold words to find"
    return (
        f'<details class="found"><summary>Evidence: {len(record.hits)} passages found, {rank}'
        f"</summary><ol>{''.join(items)}</ol></details>"
    )


def _source(known: Mapping[str, Any]) -> str:
    parts = [known["title"], known["source"], known["published"]]
    return " · ".join(escape(str(part)) for part in parts if part)


def _gold_spans(record: Record, text: str) -> list[Span]:
    return find_spans(text, [quote for source in record.case.gold for quote in source.quotes])


def marked_text(text: str, cited: Sequence[Span], gold: Sequence[Span]) -> str:
    """`text` as HTML: `cited` spans marked, `gold` spans underlined; spans may overlap."""
    edges = sorted({0, len(text), *(e for span in (*cited, *gold) for e in span)})
    edges = [edge for edge in edges if 0 <= edge <= len(text)]
    parts = []
    for start, end in pairwise(edges):
        piece = escape(re.sub(r"\n\s*", "\n", text[start:end]))
        if any(low <= start and end <= high for low, high in gold):
            piece = f"<u>{piece}</u>"
        if any(low <= start and end <= high for low, high in cited):
            piece = f"<mark>{piece}</mark>"
        parts.append(piece)
    return "".join(parts)


def _scores(record: Record) -> str:
    found = [(name, record.scores.get(name)) for name in MEANS]
    told = [f"{name} <b>{value:.2f}</b>" for name, value in found if value is not None]
    told.append(f"time <b>{1000 * record.seconds:.0f} ms</b>")
    if record.answer is not None:
        told.append(f"confidence <b>{record.answer['confidence']:.2f}</b>")
    return f'<p class="scores">{" · ".join(told)}</p>'
