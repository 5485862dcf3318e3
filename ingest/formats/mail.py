"""Mail messages (eml) and pages that browsers saved whole (mhtml): both are MIME."""

import re
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import PurePath
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import Problem, plain, web_address
from ingest.formats.blocks import paragraphs, parsed_markup
from ingest.formats.decode import decode
from ingest.formats.packed import member_name
from ingest.formats.protocol import Format, Found, Reading
from ingest.formats.text import article_under

_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAIL = re.compile(rb"^(?:from|to|subject|date|message-id|received|return-path):", re.I | re.M)
_SAVED = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_REPLY = re.compile(r"(?:re|fwd?|aw|wg|sv|tr)\s*:\s*", re.IGNORECASE)
MOST_PARTS = 1000


def read_eml(document: Document, reading: Reading) -> Found:
    """The message as one article, then what its attachments hold.

    Its day is that of its Date header, its outlet and author whom it is from.
    """
    message = _message(document)
    name, address = parseaddr(_header(message, "from"))
    meta = {
        "title": _REPLY.sub("", _header(message, "subject"), count=1),
        "source": name or address.rpartition("@")[2],
        "published": _header(message, "date"),
        "url": web_address(_header(message, "archived-at").strip("<> ")),
    }
    body = message.get_body(("plain", "html"))
    text = _text(document, body) if body is not None else ""
    if text.strip():
        title = meta["title"] or PurePath(document.name).stem
        yield from article_under(document, meta, text, title).found()
    parts = list(message.walk())[:MOST_PARTS]
    attached = [part for part in parts if part is not body and part.get_filename()]
    for part in attached:
        yield from _attachment(document, reading, part)
    if not text.strip() and not attached:
        raise PermanentError(f"{document.name}: a message without text")


def read_mhtml(document: Document, reading: Reading) -> Found:
    """The page that was saved, with the address that it had."""
    message = _message(document)
    for part in list(message.walk())[:MOST_PARTS]:
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            url = _header(message, "snapshot-content-location")
            url = web_address(url or _header(part, "content-location"))
            page = replace(document, data=_bytes(part), media="html", url=url)
            yield from reading.within(page)
            return
    raise PermanentError(f"{document.name}: no page in it")


def _message(document: Document) -> EmailMessage:
    try:
        message = BytesParser(policy=policy.default).parsebytes(document.data)
    except Exception as error:  # noqa: BLE001  # the parser trips over odd headers in many ways
        raise PermanentError(f"{document.name}: not a message ({type(error).__name__})") from None
    assert isinstance(message, EmailMessage)
    return message


def _header(message: Any, name: str) -> str:
    try:
        return plain(str(message.get(name, "")))
    except Exception:  # noqa: BLE001  # headers are parsed when asked for, and may not be well formed
        return ""


def _bytes(part: Any) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(document: Document, body: Any) -> str:
    charset = body.get_content_charset() or ""
    data = _bytes(body)
    try:
        text = data.decode(charset or "utf-8")
    except (UnicodeError, LookupError):
        text = decode(replace(document, data=data, media="text"))
    if body.get_content_type() != "text/html":
        return text.replace("\r\n", "\n")
    tree = parsed_markup(text, document.name)
    return "\n\n".join(paragraph for _, paragraph in paragraphs(tree))


def _attachment(document: Document, reading: Reading, part: Any) -> Found:
    from ingest.formats.registry import recognise

    path = plain(part.get_filename())
    name = member_name(document.name, path)
    data = _bytes(part)
    media = recognise(path, data[:4096])
    if media is None or not data.strip():
        return
    try:
        reading.limits.take(len(data), name)
        yield from reading.within(Document(f"{document.origin}#{path}", data, media.name, name))
    except PermanentError as error:
        yield Problem(str(error))


def _begins_mail(head: bytes) -> bool:
    match = _HEADER.match(head)
    return match is not None and len(set(_MAIL.findall(match[0].lower()))) >= 3


def _begins_saved(head: bytes) -> bool:
    match = _HEADER.match(head)
    return (
        match is not None
        and bool(_SAVED.search(match[0]))
        and b"snapshot-content-location" in head.lower()
    )


MHTML = Format("mhtml", (".mhtml", ".mht"), read_mhtml, _begins_saved)
EML = Format("eml", (".eml",), read_eml, _begins_mail)
