"""Bytes to characters."""

import codecs
import re

from ingest.document import Document
from ingest.errors import PermanentError

_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""Control characters that are no white space."""
_LIKELY = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
"""What articles come in besides UTF-8. With old DOS and Mac pages among the candidates, short
texts with curly quotes are taken for those."""
LONGEST = 20_000_000
"""Characters; a page has a few times as many as its article, and no article has a fourth of it.
What is longer is refused before anything looks at it twice."""
MOST_CONTROLS = 0.01
"""Share of control characters above which a file is no text."""


def decode(document: Document) -> str:
    """The document's text, its line ends as `\\n`: by its byte order mark, as UTF-8, as a page
    declares, or else as it most likely is. Raises PermanentError for what is no text."""
    text = _decoded(document)
    if len(text) > LONGEST:
        raise PermanentError(f"{document.name}: longer than any article")
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > MOST_CONTROLS * len(text):
        raise PermanentError(f"{document.name}: not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(document: Document) -> str:
    data = document.data
    for encoding in filter(None, (_WIDE.get(data[:2]), "utf-8-sig", _declared(document))):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):  # LookupError: a codec that is not for text
            continue
    if b"\x00" in data:
        raise PermanentError(f"{document.name}: not text")
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_LIKELY)).best()
    if best is None:
        raise PermanentError(f"{document.name}: its encoding cannot be told")
    return str(best)


def _declared(document: Document) -> str:
    """The encoding that a page or its server names; the Web reads Latin-1 as Windows-1252."""
    told = document.headers.get("content-type", "").encode("ascii", "ignore")
    match = _DECLARED.search(told)
    if match is None and document.media == "html":
        match = _DECLARED.search(document.data[:4096])
    if match is None:
        return ""
    try:
        name = codecs.lookup(match[1].decode("ascii", "ignore")).name
    except LookupError:
        return ""
    if name.startswith(("utf-16", "utf-32")):  # it could not have been read in these
        return ""
    return "cp1252" if name in ("iso8859-1", "ascii") else name
