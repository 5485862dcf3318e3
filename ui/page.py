"""The page: a masthead, and a tab each for asking, for the library, and for what others add."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import gradio as gr

from ui.ask_tab import build_ask_tab
from ui.asking import Asking
from ui.asset import asset
from ui.gate import Gate, OpenGate, Person, person_of
from ui.icon import icon
from ui.protocols import Library
from ui.render import text_html

STYLES = (
    "colours.css", "page.css", "rail.css", "turn.css", "ask.css", "reader.css", "library.css",
    "evaluate.css",
)  # fmt: skip
SCRIPTS = (
    "page.js", "reader.js", "rail.js", "turn.js", "filters.js", "ask.js", "library.js",
    "evaluate.js",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """One more tab of the page."""

    label: str
    build: Callable[[], None]
    """Makes its gradio components; called once, inside the tab."""
    admins: bool = False
    """Whether only administrators see it. What it asks of the server must refuse others itself."""


def build_page(
    asking: Asking,
    library: Library,
    title: str = "Byline",
    examples: Sequence[str] = (),
    tabs: Sequence[Tab] = (),
    gate: Gate | None = None,
) -> gr.Blocks:
    """The page; mount it with `page_head()` and `page_theme()`.

    `examples` are questions offered while nothing has been asked; `tabs` stand beside the first.
    `gate` says who a request comes from.
    """
    door = gate or OpenGate()
    everybody = isinstance(door, OpenGate)

    def welcome(request: gr.Request) -> Any:
        person = person_of(door, request) or Person("", admin=False)
        html = masthead_html(title, library.count(), person, door.login)
        # A list of outputs of one wants the one.
        return [html, *([gr.update(visible=person.admin)] * len(hidden))] if hidden else html

    hidden: list[gr.Tab] = []
    page: gr.Blocks
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        head = gr.HTML(
            masthead_html(title, library.count(), Person("", admin=everybody)),
            elem_id="by-masthead",
            apply_default_css=False,
            js_on_load=None,
        )
        with gr.Tabs(elem_id="by-tabs"):
            with gr.Tab("Ask", id="ask"):
                build_ask_tab(page, asking, library, examples, door)
            for tab in tabs:
                shown = everybody or not tab.admins
                with gr.Tab(tab.label, id=tab.label.lower(), visible=shown) as made:
                    tab.build()
                if not shown:
                    hidden.append(made)
        # Not as the component's own value: both would be loaded, and the last one would be seen.
        page.load(welcome, None, [head, *hidden], queue=False, api_visibility="private")
    return page


def page_theme() -> gr.themes.Base:
    """A theme without web fonts; the colours come from `assets/colours.css`."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"])


@cache
def page_head() -> str:
    """The page's styles and scripts, for the document's head."""
    styles = "".join(asset(name) for name in STYLES)
    scripts = "".join(f"<script>{asset(name)}</script>" for name in SCRIPTS)
    return f"<style>{styles}</style>{scripts}"


def masthead_html(title: str, count: int, who: Person, can_leave: bool = False) -> str:
    """The page's head: its name, the library's size, and who has logged in.

    Where it is no administrator's, the styles hide what only those may do.
    """
    leave = (
        '<button type="submit" class="by-act" aria-label="Log out" title="Log out">'
        f"{icon('leave')}<span>Log out</span></button>"
    )
    name = text_html(who.name)
    person = (
        f'<form method="post" action="/logout" class="by-person"><span dir="auto">{name}</span>'
        f"{leave if can_leave else ''}</form>"
    )
    return (
        f'<header class="by-masthead"{" data-admin" if who.admin else ""}>'
        '<a class="by-skip" href="#by-ask" data-act="skip">Skip to the question</a>'
        '<button type="button" class="by-menu" data-act="rail" aria-expanded="false" '
        f'aria-controls="by-rail" aria-label="Conversations">{icon("menu")}</button>'
        f'<h1><a href="/">{text_html(title)}</a></h1>'
        f'<p><span class="by-count">{_counted(count)}</span></p>'
        f"{person if name else ''}</header>"
    )


def _counted(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
