"""The tab where questions are asked: conversations, the thread, filters and the box."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr

from ui.asking import Asking
from ui.chosen import Chosen
from ui.filters import filters_html
from ui.gate import Gate, name_of
from ui.invitation import invitation_html
from ui.protocols import Library
from ui.rail import rail_html
from ui.turn_html import thread_html

Update = tuple[Any, str]
"""What an event changes: the box, and the thread's HTML."""
BRIDGE = "window.byline.act = (event) => trigger(event);"
"""Lets the page's scripts raise gradio events."""


def build_ask_tab(
    page: gr.Blocks, asking: Asking, library: Library, examples: Sequence[str], gate: Gate
) -> None:
    """The components of the tab, and what happens to them."""
    with gr.Row(elem_id="by-room"):
        _html("by-rail-frame", rail_html())
        with gr.Column(elem_id="by-desk"):
            thread = _html("by-thread")
            _html("by-invitation", lambda: invitation_html(library.count(), examples))
            with gr.Column(elem_id="by-ask"):
                _html("by-filters", lambda: filters_html(library))
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
    bridge = gr.HTML("", elem_id="by-bridge", js_on_load=BRIDGE, apply_default_css=False)
    # Filled by the scripts just before an event: which conversation, which filters, which turn.
    about = gr.Textbox(visible=False)
    ask = _asker(asking, gate)
    outputs = [box, thread]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    # No limit here: the line lets so many through, and tells the others their place.
    asked: list[Any] = [
        event(ask, [box, about], outputs, concurrency_limit=None, js=js, **quiet)
        for event, js in (
            (box.submit, "(question) => window.byline.asked(question)"),
            (bridge.submit, "() => window.byline.again()"),
        )
    ]
    opening: dict[str, Any] = {"js": "() => window.byline.here()", "queue": False, **quiet}
    open_conversation = _opener(asking, gate)
    page.load(open_conversation, about, outputs, **opening)
    page.unload(_leaver(asking))
    bridge.select(open_conversation, about, outputs, cancels=asked, **opening)
    box.stop(_stopper(asking, gate), about, outputs, cancels=asked, **opening)


def _asker(asking: Asking, gate: Gate) -> Callable[..., AsyncIterator[Update]]:
    async def ask(question: str, about: str, request: gr.Request) -> AsyncIterator[Update]:
        question, owner, fields = question.strip(), name_of(gate, request), _fields(about)
        if not question:
            yield gr.skip(), gr.skip()
            return
        conversation = asking.conversation(owner, str(fields.get("conversation") or ""), question)
        chosen, number = Chosen.read(fields.get("chosen")), _number(fields.get("turn"))
        tab = str(request.session_hash)
        who = owner or tab
        yield _busy(), _thread(asking, conversation)
        async for turn in asking.ask(conversation, question, chosen, who, number, tab):
            # The box is left alone meanwhile: the next question may be in the writing.
            box = _ready() if turn.finished else gr.skip()
            yield box, _thread(asking, conversation)

    return ask


def _opener(asking: Asking, gate: Gate) -> Callable[..., Update]:
    def open_conversation(about: str, request: gr.Request) -> Update:
        return _ready(), _thread(asking, _theirs(asking, name_of(gate, request), about))

    return open_conversation


def _stopper(asking: Asking, gate: Gate) -> Callable[..., Update]:
    def stop(about: str, request: gr.Request) -> Update:
        conversation = _theirs(asking, name_of(gate, request), about)
        asking.stop(conversation)
        return _ready(), _thread(asking, conversation)

    return stop


def _leaver(asking: Asking) -> Callable[[gr.Request], None]:
    def leave(request: gr.Request) -> None:
        asking.leave(str(request.session_hash))

    return leave


def _theirs(asking: Asking, owner: str, about: str) -> str:
    conversation = str(_fields(about).get("conversation") or "")
    return conversation if asking.conversations.owns(owner, conversation) else ""


def _thread(asking: Asking, conversation: str) -> str:
    opinions = asking.conversations.opinions(conversation)
    return thread_html(asking.turns(conversation), conversation, opinions)


def _fields(about: str) -> dict[str, Any]:
    try:
        fields = json.loads(about or "{}")
    except json.JSONDecodeError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 < value < 1_000_000 else 0


def _html(elem_id: str, value: Any = "") -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _busy() -> dict[str, Any]:
    return gr.update(value="", submit_btn=False, stop_btn="Stop")


def _ready() -> dict[str, Any]:
    return gr.update(submit_btn="Ask", stop_btn=False)
