"""The chat page: questions on the left, the sources of each answer beside it."""

from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr

from ui.asset import asset
from ui.protocols import Assistant, Library
from ui.render import text_html
from ui.stream import stream_answer
from ui.turn import QUESTION_CHARS, Turn, thread_html, told

ASKED_AT_ONCE = 4
"""Questions answered at the same time, over all readers of the page; the next ones wait."""
KEPT_TURNS = 50
"""Turns that stay on the page; the oldest leave first."""
TOO_LONG = f"A question may have up to {QUESTION_CHARS:,} characters; please shorten it."
INVITATION = "Ask about these articles"
EMPTY = "The library is empty. Add articles to it, then reload this page."

Update = tuple[Any, Any, list[Turn]]
"""What an event changes: the ask box, the thread's HTML, the turns of the session."""


def build_page(
    assistant: Assistant,
    library: Library,
    title: str = "Byline",
    examples: Sequence[str] = (),
) -> gr.Blocks:
    """The chat page; mount it with `page_head()` and `page_theme()`.

    `examples` are questions offered while nothing has been asked.
    """
    pool = ThreadPoolExecutor(ASKED_AT_ONCE, thread_name_prefix="byline-ask")

    async def ask(question: str, turns: list[Turn]) -> AsyncIterator[Update]:
        question = question.strip()
        if not question:
            yield gr.skip(), gr.skip(), turns
            return
        turn = Turn(turns[-1].number + 1 if turns else 1, question, history=told(turns))
        earlier = turns[-KEPT_TURNS + 1 :]
        if len(question) > QUESTION_CHARS:
            yield _update([*earlier, turn.fail(TOO_LONG)], _ready())
            return
        yield _update([*earlier, turn], _busy())
        async for grown in stream_answer(assistant, turn, pool):
            # The box is left alone meanwhile: the next question may be in the writing.
            yield _update([*earlier, grown], _ready() if grown.finished else gr.skip())

    page: gr.Blocks
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(
            lambda: masthead_html(title, library.count()),
            elem_id="by-masthead",
            apply_default_css=False,
            js_on_load=None,
        )
        thread = gr.HTML(elem_id="by-thread", apply_default_css=False, js_on_load=None)
        gr.HTML(
            lambda: invitation_html(library.count()),
            elem_id="by-invitation",
            apply_default_css=False,
            js_on_load=None,
        )
        with gr.Column(elem_id="by-ask"):
            box = gr.Textbox(
                label="Your question",
                show_label=False,
                container=False,
                placeholder="Ask a question",
                lines=1,
                max_lines=6,
                autofocus=True,
                submit_btn="Ask",
                stop_btn=False,
            )
        with gr.Column(elem_id="by-examples"):
            offered = [gr.Button(example, elem_classes="by-example") for example in examples]
        turns = gr.State(list[Turn]())
        outputs = [box, thread, turns]
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        # No limit here but the pool's: who waits for a thread already sees their own question.
        asked: list[Any] = [
            event(ask, [source, turns], outputs, concurrency_limit=None, **quiet)
            for event, source in [(box.submit, box), *((b.click, b) for b in offered)]
        ]
        box.stop(stop, turns, outputs, cancels=asked, queue=False, **quiet)
    return page


def page_theme() -> gr.themes.Base:
    """A theme without web fonts; the colours come from `assets/colours.css`."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"])


def page_head() -> str:
    """The page's styles and script, for the document's head."""
    styles = asset("colours.css") + asset("page.css")
    return f"<style>{styles}</style><script>{asset('page.js')}</script>"


def masthead_html(title: str, count: int) -> str:
    """The page's head: its name, the library's size, the promise."""
    return (
        f'<header class="by-masthead"><h1>{text_html(title)}</h1>'
        f'<p><span class="by-count">{_counted(count)}</span>'
        "<span>Every sentence is checked against the words it cites</span></p></header>"
    )


def invitation_html(count: int) -> str:
    """What stands on the page before the first question."""
    if not count:
        return f'<p class="by-invitation">{EMPTY}</p>'
    return (
        f'<p class="by-invitation">{INVITATION}</p>'
        '<p class="by-invitation-more">Each answer quotes the articles it rests on. '
        "What they do not say, it does not say.</p>"
    )


def stop(turns: list[Turn]) -> Update:
    """The session, its last question ended by the reader."""
    return _update([*turns[:-1], *(turn.stop() for turn in turns[-1:])], _ready())


def _counted(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def _update(turns: list[Turn], box: Any) -> Update:
    return box, thread_html(turns), turns


def _busy() -> dict[str, Any]:
    return gr.update(value="", submit_btn=False, stop_btn="Stop")


def _ready() -> dict[str, Any]:
    return gr.update(submit_btn="Ask", stop_btn=False)
