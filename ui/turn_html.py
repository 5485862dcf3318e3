"""A turn as HTML: the question, the answer with its marks, and everything that it rests on.

The same elements stand in the same places from the first word to the last, so that a page which
updates in place neither flickers nor reads a sentence aloud twice.
"""

import json
from collections.abc import Mapping, Sequence

from rag.types import Answer, Citation, Sentence, Verdict
from ui.cards import cite_href, named, sources_html
from ui.chosen import Chip, read_by_question
from ui.conflicts import conflicts_html
from ui.conversations import Opinion
from ui.icon import icon
from ui.render import byline, text_html, understood
from ui.turn import Turn
from ui.voices import remarks

STOPPED = "Stopped. What stands here has been checked; the answer may be incomplete."
STARTING = "Starting…"
SEARCHING = "Searching the articles…"
CHECKING = "Checking against the quoted words…"
NEXT_ONE = "You are next in the line."
REASONS = ("Wrong", "Incomplete", "Out of date", "Bad source", "Should say it does not know")
"""What a reader may say at once of an answer that they do not like."""


def thread_html(
    turns: Sequence[Turn], conversation: str = "", opinions: Mapping[int, Opinion] | None = None
) -> str:
    """All turns of a conversation, first to last."""
    judged = opinions or {}
    inner = "".join(turn_html(turn, judged.get(turn.number)) for turn in turns)
    return f'<div class="by-turns" data-conversation="{text_html(conversation)}">{inner}</div>'


def turn_html(turn: Turn, opinion: Opinion | None = None) -> str:
    """One turn, finished or not."""
    number = turn.number
    below = sources_html(turn) + _dropped(turn) + _actions(turn, opinion) + next_html(turn)
    return (
        f'<article class="by-turn" id="q{number}" data-turn="{number}" '
        f'data-chosen="{text_html(json.dumps(turn.chosen.to_dict()))}" '
        f'aria-labelledby="q{number}-asked">'
        f'<h2 class="by-question" id="q{number}-asked" dir="auto">{text_html(turn.question)}</h2>'
        f'<ul class="by-chips by-applied" aria-label="Filters">{_chips(turn)}</ul>'
        f'<div class="by-answer" aria-live="polite">{_answer(turn)}</div>'
        f"{conflicts_html(turn)}{below}</article>"
    )


def _answer(turn: Turn) -> str:
    answer = turn.answer
    abstained = answer is not None and answer.abstained
    reason = remarks(answer) if answer else ""
    short, kind = (answer.short, answer.kind) if answer else ("", "")
    notes = (understood(answer), answer.scope_note) if answer else ("", "")
    return (
        f'<p class="by-note by-understood" dir="auto">{text_html(notes[0])}</p>'
        f'<p class="by-note by-scope" dir="auto">{text_html(notes[1])}</p>'
        f'<p class="by-short" dir="auto">{text_html(short)}</p>'
        f'<p class="by-text" dir="auto" data-kind="{text_html(kind)}">{_sentences(turn)}</p>'
        f'<p class="{"by-reason" if abstained else "by-note"}">{text_html(reason)}</p>'
        f'<p class="by-problem">{text_html(turn.problem)}</p>'
        f'<p class="by-status">{_status(turn)}</p>'
    )


def _sentences(turn: Turn) -> str:
    by_number = {citation.number: citation for citation in turn.citations}
    return " ".join(
        f'<span class="by-sentence{" by-line" if sentence.label else ""}">{_label(sentence)}'
        f"{text_html(sentence.text)}"
        + "".join(_mark(turn, by_number[n]) for n in sentence.citations if n in by_number)
        + "</span>"
        for sentence in turn.sentences
    )


def _label(sentence: Sentence) -> str:
    """What a line stands for: the date of a timeline's line, the side of a comparison."""
    if not sentence.label:
        return ""
    note = f" <small>{text_html(sentence.label_note)}</small>" if sentence.label_note else ""
    return f'<b class="by-label">{text_html(sentence.label)}{note}</b>'


def _mark(turn: Turn, citation: Citation) -> str:
    where = f"{citation.title}, {byline(citation.source, citation.published)}"
    label = f"Source {citation.number}: {where}. Opens the article at the quoted words."
    return (
        f'<a class="by-cite" data-n="{citation.number}" data-article="{named(citation.title)}" '
        f'data-meta="{text_html(byline(citation.source, citation.published))}" '
        f'href="{text_html(cite_href(turn, citation))}" aria-label="{text_html(label)}">'
        f"{citation.number}</a>"
    )


def _status(turn: Turn) -> str:
    if turn.stopped:
        return STOPPED
    if turn.problem:
        return ""
    if turn.answer is None:
        return f'<span class="by-busy">{text_html(_doing(turn))}</span>'
    return _checked(turn.answer)


def _doing(turn: Turn) -> str:
    if turn.place == 1:
        return NEXT_ONE
    if turn.place:
        return f"Waiting: number {turn.place} in the line."
    if turn.stage in ("rank", "evidence"):
        return f"Reading {turn.count} passage{'' if turn.count == 1 else 's'}…"
    if turn.stage in ("draft", "verify"):
        return CHECKING
    return SEARCHING if turn.stage else STARTING


def _checked(answer: Answer) -> str:
    count = len(answer.shown)
    if not count:
        return ""
    sentences = "1 sentence" if count == 1 else f"{count} sentences, each"
    seconds = answer.timings.get("total")
    took = f" · {seconds:.1f}\N{NO-BREAK SPACE}s" if seconds is not None else ""
    return f"{sentences} checked against the quoted words{took}"


def _chips(turn: Turn) -> str:
    read = read_by_question(turn.answer.scope, turn.chosen) if turn.answer else ()
    return "".join(chip_html(chip) for chip in (*turn.chosen.chips(), *read))


def chip_html(chip: Chip) -> str:
    """A filter as a label that can be taken away."""
    label = text_html(chip.label)
    said = " (from your question)" if chip.key == "question" else ""
    return (
        f'<li class="by-chip" data-from="{chip.key}"><span>{label}</span>'
        f'<button type="button" data-act="unfilter" data-key="{chip.key}" '
        f'data-value="{text_html(chip.value)}" aria-label="Remove filter {label}{said}">'
        f"{icon('close')}</button></li>"
    )


def _dropped(turn: Turn) -> str:
    sentences = turn.answer.sentences if turn.answer else ()
    dropped = [s for s in sentences if s.verdict is Verdict.DROPPED]
    if not dropped:
        return '<div class="by-dropped"></div>'
    several = "1 sentence was" if len(dropped) == 1 else f"{len(dropped)} sentences were"
    items = "".join(
        f'<li><span dir="auto">{text_html(s.text)}</span> <em>{text_html(s.why)}</em></li>'
        for s in dropped
    )
    return (
        f'<div class="by-dropped"><details><summary>{several} dropped by the check</summary>'
        f"<p>These are not part of the answer: the cited words do not carry them.</p>"
        f"<ul>{items}</ul></details></div>"
    )


def _actions(turn: Turn, opinion: Opinion | None) -> str:
    if not turn.finished:
        return '<div class="by-actions"></div>'
    buttons = _button("retry", "Ask again", "Ask again") + _button("edit", "Edit", "Edit question")
    thumbs = ""
    if turn.answer:
        copying = _button("copy", "Copy", "Copy as Markdown with references")
        buttons = copying + _button("link", "Link", "Copy a link to this answer") + buttons
        thumbs = _thumb("good", "Good answer", opinion) + _thumb("bad", "Poor answer", opinion)
    thumbs = f'<span class="by-thumbs">{thumbs}</span>'
    return f'<div class="by-actions">{buttons}{thumbs}{_why(opinion)}</div>'


def _button(act: str, label: str, name: str) -> str:
    return (
        f'<button type="button" class="by-act" data-act="{act}" aria-label="{name}" title="{name}">'
        f"{icon(act)}<span>{label}</span></button>"
    )


def _thumb(act: str, name: str, opinion: Opinion | None) -> str:
    pressed = opinion is not None and opinion.good == (act == "good")
    return (
        f'<button type="button" class="by-act" data-act="{act}" aria-label="{name}" title="{name}" '
        f'aria-pressed="{"true" if pressed else "false"}">{icon(act)}</button>'
    )


def _why(opinion: Opinion | None) -> str:
    reason = opinion.reason if opinion else ""
    offered = "".join(
        f'<button type="button" class="by-reason-offered" data-act="reason">{text_html(r)}</button>'
        for r in REASONS
    )
    return (
        '<form class="by-why" hidden><p class="by-why-ask">What was wrong with it?</p>'
        f'<div class="by-reasons">{offered}</div>'
        f'<input type="text" name="reason" value="{text_html(reason)}" maxlength="500" '
        'aria-label="Reason" placeholder="In your own words (optional)">'
        '<button type="submit" class="by-send">Send</button></form>'
    )


def next_html(turn: Turn) -> str:
    """The questions that may follow; `data-seek` lets the page ask for them where they were not
    looked for yet."""
    offered = "".join(
        f'<li><button type="button" data-act="follow" dir="auto">{text_html(q)}</button></li>'
        for q in turn.next
    )
    head = '<h3 class="by-eyebrow">Ask next</h3>' if offered else ""
    seek = turn.asked.isoformat() if turn.answer and not turn.sought else ""
    return f'<div class="by-next" data-seek="{seek}">{head}<ul>{offered}</ul></div>'
