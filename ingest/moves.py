"""Articles found at another place than before: renamed files and changed addresses."""

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
        known = self._address_changed(parsed, origin) or self._file_renamed(parsed)
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
        return before.id if same or shared(shingles(before.text), shingles(parsed.text)) else None

    def _file_renamed(self, parsed: ParsedArticle) -> str | None:
        """The article without URL that has the same words, and whose file is gone."""
        if parsed.url:
            return None
        for identity, url, origin in self._catalogue.with_text(word_digest(parsed.text)):
            if not url and identity not in self._taken and is_gone(origin):
                return identity
        return None


def is_gone(origin: str) -> bool:
    """Whether `origin` names a file, or something in a file, that is there no longer."""
    parts = urlsplit(origin)
    return parts.scheme == "file" and not Path(unquote(parts.path)).exists()
