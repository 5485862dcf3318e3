"""What a reader sees of an HTML page, for tests."""

from html.parser import HTMLParser


class _Text(HTMLParser):
    def __init__(self, tag: str, css_class: str) -> None:
        super().__init__(convert_charrefs=True)
        self._tag, self._class = tag, css_class
        self._open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._open:
            self._open.append(tag)
        elif tag == self._tag and (not self._class or dict(attrs).get("class") == self._class):
            self._open = [tag]
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[-1]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data


def texts(html: str, tag: str, css_class: str = "") -> list[str]:
    """The text inside each outermost `tag` (of `css_class`), first to last."""
    parser = _Text(tag, css_class)
    parser.feed(html)
    parser.close()
    return parser.found
