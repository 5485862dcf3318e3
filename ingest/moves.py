"""Articles found at another place than before: renamed files and changed addresses."""

from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.catalogue import Catalogue
from ingest.formats.article import ParsedArticle
from ingest.ledger import Move
from ingest.sketch import shared, shingles, word_digest


class Moves:
    """Tells what an article was called before, within one run."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._taken: set[str] = set()

    def find(self, parsed: ParsedArticle, identity: str, origin: str) -> Move | None:
        """Which known article `parsed`, read from the source `origin`, is, where `identity` is not
        known; None when it is a new one."""
        known = (
            self._address_changed(parsed, origin)
            or self._file_renamed(parsed)
            or self._file_moved_and_changed(parsed, origin)
        )
        if known is None:
            return None
        self._taken.add(known)
        left = [source for source in self._catalogue.claims_on(known) if is_gone(source)]
        return Move(identity, known, parsed.origin, left)

    def _address_changed(self, parsed: ParsedArticle, origin: str) -> str | None:
        """The one article that this source held, when it says nearly the same under another URL."""
        if not parsed.url:
            return None
        held = self._catalogue.claimed_by(origin)
        if len(held) != 1 or held[0] in self._taken:
            return None
        before = self._catalogue.article(held[0])
        if before is None or not before.url or self._catalogue.claims_on(before.id) != [origin]:
            return None
        same = word_digest(before.text) == word_digest(parsed.text)
        return before.id if same or nearly_same(before.text, parsed.text) else None

    def _file_renamed(self, parsed: ParsedArticle) -> str | None:
        """The article without URL that has the same words, and whose file is gone."""
        if parsed.url:
            return None
        for identity, url, origin in self._catalogue.with_text(word_digest(parsed.text)):
            if not url and identity not in self._taken and is_gone(origin):
                return identity
        return None

    def _file_moved_and_changed(self, parsed: ParsedArticle, origin: str) -> str | None:
        """The article without URL of a file of this name that is gone, when it says nearly the
        same: a folder was renamed, and the file edited since."""
        if parsed.url or parsed.origin != origin:
            return None
        for source in self._gone.get(name_of(origin), ()):
            held = self._catalogue.claimed_by(source)
            before = self._catalogue.article(held[0]) if len(held) == 1 else None
            if before is None or before.url or before.id in self._taken:
                continue
            if nearly_same(before.text, parsed.text):
                return before.id
        return None

    @cached_property
    def _gone(self) -> dict[str, list[str]]:
        """The known files that are there no longer, by name."""
        found: dict[str, list[str]] = {}
        for source in self._catalogue.sources_under("file:"):
            if is_gone(source):
                found.setdefault(name_of(source), []).append(source)
        return found


def nearly_same(before: str, after: str) -> bool:
    """Whether one text is a near copy of the other."""
    return shared(shingles(before), shingles(after)) > 0


def name_of(origin: str) -> str:
    """The name of a file, without its folder."""
    return origin.rsplit("/", 1)[-1]


def is_gone(origin: str) -> bool:
    """Whether `origin` names a file, or something in a file, that is there no longer."""
    parts = urlsplit(origin)
    return parts.scheme == "file" and not Path(unquote(parts.path)).exists()
