"""The tab of the library: add to it, look through it, take out of it."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.errors import BylineError
from ingest.shelves import NAME_CHARS
from ui.gate import Gate, person_of
from ui.icon import icon
from ui.keeper import Keeper
from ui.library_api import ADMINS_ONLY
from ui.library_table import SORTS, planned_html, progress_html, trouble_html

NOTHING_GIVEN = "Choose files, or name a web address or a folder."
STARTING = '<div class="by-progress" role="status"><p>Looking at what is there…</p></div>'
ADDED = "() => window.byline.shelve?.()"
"""Shows the table anew."""


def build_library_tab(keeper: Keeper, gate: Gate) -> None:
    """The components of the tab, and what happens to them."""
    with gr.Column(elem_id="by-library"):
        _html("by-shelf-head", head_html())
        with gr.Accordion("Add articles", open=False, elem_id="by-add"):
            files = gr.File(label="Files of any format", file_count="multiple", height=130)
            where = gr.Textbox(
                label="Or a web page, a feed, or a folder on the server",
                placeholder="https://example.org/feed.xml or /home/news/articles",
                lines=1,
                max_lines=1,
            )
            into = gr.Textbox(
                label="Into a collection (optional)",
                placeholder="Any name; the filters offer it",
                lines=1,
                max_lines=1,
                max_length=NAME_CHARS,
            )
            with gr.Row(elem_id="by-add-acts"):
                button = gr.Button("Add", elem_id="by-add-button", variant="primary")
                look = gr.Button("See what would happen", elem_id="by-plan-button")
                stop = gr.Button("Stop", elem_id="by-stop-button", visible=False)
            progress = _html("by-add-progress")
        _html("by-shelf-frame", shelf_html())
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    adding = button.click(
        _adder(keeper, gate),
        [files, where, into],
        [progress, button, stop],
        concurrency_limit=None,
        **quiet,
    )
    look.click(_planner(keeper, gate), [files, where], [progress], concurrency_limit=None, **quiet)
    stop.click(_stopper(keeper, gate), None, [stop], concurrency_limit=None, **quiet)
    adding.then(None, js=ADDED, **quiet)


def head_html() -> str:
    """The tab's heading, and a place for the state of the library."""
    return (
        '<div class="by-shelf-head"><h2>Library</h2><div class="by-state" aria-live="polite"></div>'
        '<button type="button" class="by-act" data-act="check">Check the indexes</button></div>'
    )


def shelf_html() -> str:
    """Search, order, and a place for the table; the page's script fills it from `/library`."""
    options = "".join(f'<option value="{key}">{label}</option>' for key, label in SORTS.items())
    return (
        '<div class="by-shelf"><div class="by-shelf-bar">'
        '<input class="by-seek" type="search" placeholder="Search the library" '
        f'aria-label="Search the library"><label>{icon("filter")}'
        f'<span class="by-hidden">Order</span><select class="by-sort">{options}</select></label>'
        '</div><div class="by-shelf-table" aria-live="polite"></div></div>'
    )


def _adder(keeper: Keeper, gate: Gate) -> Callable[..., AsyncIterator[tuple[str, Any, Any]]]:
    async def add(
        files: list[str] | None, where: str, into: str, request: gr.Request
    ) -> AsyncIterator[tuple[str, Any, Any]]:
        person = person_of(gate, request)
        if person is None or not person.admin:
            yield trouble_html(ADMINS_ONLY), gr.skip(), gr.skip()
            return
        if not files and not where.strip():
            yield trouble_html(NOTHING_GIVEN), gr.skip(), gr.skip()
            return
        try:
            paths = [keeper.receive(Path(file)) for file in files or ()]
            folders, urls = _named(where)
            yield STARTING, gr.update(interactive=False), gr.update(visible=True, interactive=True)
            async for progress in keeper.add([*paths, *folders], urls, into.strip()):
                yield progress_html(progress), gr.skip(), gr.skip()
        except BylineError as error:
            yield trouble_html(str(error)), gr.skip(), gr.skip()
        yield gr.skip(), gr.update(interactive=True), gr.update(visible=False)

    return add


def _planner(keeper: Keeper, gate: Gate) -> Callable[..., AsyncIterator[str]]:
    async def plan(files: list[str] | None, where: str, request: gr.Request) -> AsyncIterator[str]:
        person = person_of(gate, request)
        if person is None or not person.admin:
            yield trouble_html(ADMINS_ONLY)
            return
        if not files and not where.strip():
            yield trouble_html(NOTHING_GIVEN)
            return
        yield STARTING
        try:
            yield planned_html(
                await keeper.plan([Path(file) for file in files or ()], *_named(where))
            )
        except BylineError as error:
            yield trouble_html(str(error))

    return plan


def _stopper(keeper: Keeper, gate: Gate) -> Callable[..., Any]:
    def stop(request: gr.Request) -> Any:
        person = person_of(gate, request)
        if person is not None and person.admin:
            keeper.stop()
        return gr.update(interactive=False)

    return stop


def _named(where: str) -> tuple[list[Path], list[str]]:
    """The folder or file, or the web address, that a person wrote."""
    named = where.strip()
    if re.match(r"https?://", named, re.I):
        return [], [named]
    return ([Path(named).expanduser()] if named else []), []


def _html(elem_id: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)
