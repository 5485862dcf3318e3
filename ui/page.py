"""The chat page: questions on the left, the sources of each answer beside it."""

from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr

from ui.asset import asset
from ui.protocols import Assistant, Library
from ui.render import text_html
from ui.stream import stream_answer
from ui.turn import QUESTION_CHARS, Turn, thread_html

ASKED_AT_ONCE = 4
"""Questions answered at the same time, over all readers of the page; the next ones wait."""
KEPT_TURNS = 50
"""Turns that stay on the page; the oldest leave first."""
TOO_LONG = f"A question may have up to {QUESTION_CHARS:,} characters; please shorten it."
INVITATION = "Ask about these articles"
EMPTY = "The library is empty. Add articles to it, then reload this page."

BUSY = gr.update(value="", submit_btn=False, stop_btn="Stop")
READY = gr.update(submit_btn="Ask", stop_btn=False)
"""The two states of the ask box."""

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

    async def answer(turns: list[Turn]) -> AsyncIterator[tuple[str, list[Turn]]]:
        if not turns or turns[-1].finished:
            return
        async for grown in stream_answer(assistant, turns[-1], pool):
            turns = [*turns[:-1], grown]
            yield thread_html(turns), turns

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
        with gr.Column(elem_id="by-examples"):
            offered = [gr.Button(example, elem_classes="by-example") for example in examples]
        with gr.Column(elem_id="by-ask"):
            box = gr.Textbox(
                label="Your question",
                show_label=False,
                container=False,
                placeholder="Ask a question about the articles",
                lines=1,
                max_lines=6,
                autofocus=True,
                submit_btn="Ask",
                stop_btn=False,
            )
        turns = gr.State(list[Turn]())
        everything = [box, thread, turns]
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        # The box is set before and after, never during an answer: the next question may be in the
        # writing, and of two updates to one box that come together gradio keeps the last alone.
        answering: list[Any] = []
        for ask, source in [(box.submit, box), *((button.click, button) for button in offered)]:
            taken = ask(take, [source, turns], everything, queue=False, **quiet)
            # No limit here but the pool's: who waits for a thread already sees their question.
            streamed = taken.then(answer, turns, [thread, turns], concurrency_limit=None, **quiet)
            streamed.then(lambda: READY, None, box, queue=False, **quiet)
            answering.append(streamed)
        box.stop(stop, turns, everything, cancels=answering, queue=False, **quiet)
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


def take(question: str, turns: list[Turn]) -> Update:
    """The session with one more question to answer; unchanged while another is being answered."""
    question = question.strip()
    if not question or (turns and not turns[-1].finished):
        return gr.skip(), gr.skip(), turns
    turn = Turn(turns[-1].number + 1 if turns else 1, question)
    box = BUSY
    if len(question) > QUESTION_CHARS:
        turn, box = turn.fail(TOO_LONG), READY
    grown = [*turns[-KEPT_TURNS + 1 :], turn]
    return box, thread_html(grown), grown


def stop(turns: list[Turn]) -> Update:
    """The session, its last question ended by the reader."""
    stopped = [*turns[:-1], *(turn.stop() for turn in turns[-1:])]
    return READY, thread_html(stopped), stopped


def _counted(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
