"""The reader's conversations, beside the thread."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ingest.passages import written
from ui.conversations import Conversation
from ui.icon import icon
from ui.render import text_html

NONE_YET = "Your conversations will be kept here."
NONE_FOUND = "No conversation says that."
FORMATS = (("md", "Markdown"), ("html", "HTML"), ("json", "JSON"))


def rail_html() -> str:
    """The frame of the list; the page's script fills it from `/conversations`."""
    return (
        '<nav class="by-rail" id="by-rail" aria-label="Conversations">'
        f'<a class="by-new" href="/" data-act="new">{icon("new")}<span>New conversation</span></a>'
        '<input class="by-find" type="search" placeholder="Search conversations" '
        'aria-label="Search conversations">'
        '<div class="by-list" aria-live="polite"></div></nav>'
    )


def list_html(conversations: Sequence[Conversation], query: str = "") -> str:
    """The conversations, the last changed first."""
    if not conversations:
        return f'<p class="by-none">{NONE_FOUND if query.strip() else NONE_YET}</p>'
    return f"<ul>{''.join(_item(conversation) for conversation in conversations)}</ul>"


def _item(conversation: Conversation) -> str:
    identity, title = text_html(conversation.id), text_html(conversation.title)
    return (
        f'<li data-id="{identity}"><a class="by-kept" href="/?c={identity}" dir="auto">{title}</a>'
        f'<span class="by-when">{_when(conversation)}</span>{_menu(identity, title)}</li>'
    )


def _menu(identity: str, title: str) -> str:
    exports = "".join(
        f'<a href="/conversations/{identity}/export.{suffix}" download>Export as {name}</a>'
        for suffix, name in FORMATS
    )
    return (
        f'<details class="by-more"><summary aria-label="More about {title}">⋯</summary>'
        f'<div><button type="button" data-act="rename">Rename</button>{exports}'
        '<button type="button" data-act="delete">Delete</button></div></details>'
    )


def _when(conversation: Conversation) -> str:
    changed, now = conversation.changed.astimezone(), datetime.now(UTC).astimezone()
    when = f"{changed:%H:%M}" if changed.date() == now.date() else written(changed.date())
    count = conversation.turns
    return f"{when} · {'1 question' if count == 1 else f'{count} questions'}"
