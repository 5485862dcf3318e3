"""The page: a masthead, and a tab each for asking, for the library, and for what others add."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import gradio as gr

from ui.ask_tab import build_ask_tab
from ui.asking import Asking
from ui.asset import asset
from ui.gate import Gate, OpenGate, name_of
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

    def masthead(request: gr.Request) -> str:
        return masthead_html(title, library.count(), name_of(door, request), door.login)

    page: gr.Blocks
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        head = gr.HTML(
            lambda: masthead_html(title, library.count()),
            elem_id="by-masthead",
            apply_default_css=False,
            js_on_load=None,
        )
        with gr.Tabs(elem_id="by-tabs"):
            with gr.Tab("Ask", id="ask"):
                build_ask_tab(page, asking, library, examples, door)
            for tab in tabs:
                with gr.Tab(tab.label, id=tab.label.lower()):
                    tab.build()
        if not isinstance(door, OpenGate):
            page.load(masthead, None, head, queue=False, api_visibility="private")
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


def masthead_html(title: str, count: int, name: str = "", can_leave: bool = False) -> str:
    """The page's head: its name, the library's size, and who has logged in."""
    leave = '<button type="submit" class="by-act">Log out</button>' if can_leave else ""
    person = (
        f'<form method="post" action="/logout" class="by-person">{text_html(name)}{leave}</form>'
    )
    return (
        '<header class="by-masthead">'
        '<button type="button" class="by-menu" data-act="rail" aria-expanded="false" '
        f'aria-controls="by-rail" aria-label="Conversations">{icon("menu")}</button>'
        f'<h1><a href="/">{text_html(title)}</a></h1>'
        f'<p><span class="by-count">{_counted(count)}</span></p>{person if name else ""}</header>'
    )


def _counted(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
