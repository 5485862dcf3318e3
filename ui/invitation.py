"""What stands on the page before the first question."""

from collections.abc import Sequence

from ui.render import text_html

INVITATION = "Ask about these articles"
EMPTY = "The library is empty. Add articles to it, then reload this page."


def invitation_html(count: int, examples: Sequence[str] = ()) -> str:
    """An invitation to ask a library of `count` articles, with questions to begin with."""
    if not count:
        return f'<p class="by-invitation">{EMPTY}</p>'
    offered = "".join(
        f'<li><button type="button" data-act="follow" dir="auto">{text_html(example)}</button></li>'
        for example in examples
    )
    return (
        f'<p class="by-invitation">{INVITATION}</p>'
        '<p class="by-invitation-more">Each answer quotes the articles it rests on. '
        "What they do not say, it does not say.</p>"
        f'<ul class="by-examples">{offered}</ul>'
    )
