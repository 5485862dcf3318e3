"""The filters of the ask box: which articles may answer."""

from collections.abc import Sequence

from ui.icon import icon
from ui.protocols import Library
from ui.render import text_html


def filters_html(library: Library) -> str:
    """The chosen filters as chips, and a panel to choose from."""
    return (
        '<div class="by-filterbar"><details class="by-panel">'
        f"<summary>{icon('filter')}<span>Filters</span></summary>"
        f'<form class="by-choices">{choices_html(library)}</form>'
        '</details><ul class="by-chips by-chosen" aria-label="Filters for the next question"></ul>'
        '<p class="by-editing" hidden></p></div>'
    )


def choices_html(library: Library) -> str:
    """What there is to choose from, as the fields of a form."""
    boxes = _boxes("Outlets", "outlet", library.outlets())
    boxes += _boxes("Collections", "collection", library.collections())
    return boxes + _days() + _languages(library.languages())


def _boxes(legend: str, field: str, names: Sequence[str]) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="{field}" value="{text_html(name)}">'
        f'<span dir="auto">{text_html(name)}</span></label>'
        for name in names
    )
    return f"<fieldset><legend>{legend}</legend>{boxes}</fieldset>" if boxes else ""


def _days() -> str:
    rows = "".join(
        f'<label><span>{label}</span><input type="date" name="{name}"></label>'
        for name, label in (
            ("since", "Published from"),
            ("until", "Published until"),
            ("as_of", "Answer as of"),
        )
    )
    return f"<fieldset><legend>Dates</legend>{rows}</fieldset>"


def _languages(languages: Sequence[str]) -> str:
    if len(languages) < 2:
        return ""
    options = "".join(f"<option>{text_html(code)}</option>" for code in languages)
    choice = f'<select name="language"><option value="">any</option>{options}</select>'
    return f"<fieldset><legend>Language</legend><label><span>Only</span>{choice}</label></fieldset>"
