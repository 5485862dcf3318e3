"""Zip archives of documents, and what opens those documents that are zip archives themselves."""

import zipfile

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.article import Problem
from ingest.formats.packed import BROKEN, member_name, passed_over, read_member
from ingest.formats.protocol import Format, Found, Reading


def opened_zip(document: Document, reading: Reading) -> zipfile.ZipFile:
    """The archive. Raises PermanentError when it is damaged, or holds too much.

    zipfile never unpacks more of a member than its entry says, so the entries can be believed.
    """
    try:
        archive = zipfile.ZipFile(reading.opened(document))
    except BROKEN as error:
        raise PermanentError(f"{document.name}: a damaged archive ({error})") from None
    if len(archive.infolist()) > reading.limits.members:
        raise PermanentError(f"{document.name}: more than {reading.limits.members} members")
    return archive


def member(archive: zipfile.ZipFile, path: str, reading: Reading, name: str) -> bytes:
    """The bytes of a member. Raises PermanentError when it is missing, damaged or too large."""
    try:
        size = archive.getinfo(path).file_size
        if size > reading.limits.member:
            raise PermanentError(f"{name}: {path} unpacks to more than a document may have")
        reading.limits.take(size, name)
        return archive.read(path)
    except KeyError:
        raise PermanentError(f"{name}: {path} is missing") from None
    except BROKEN as error:
        raise PermanentError(f"{name}: {path} is damaged ({error})") from None


def read_zip(document: Document, reading: Reading) -> Found:
    """What the members hold, in the archive's order; or the one document that it is."""
    with opened_zip(document, reading) as archive:
        for inner, sign in (("docx", "word/document.xml"), ("epub", "META-INF/container.xml")):
            if sign in archive.NameToInfo:
                from ingest.formats.registry import BY_NAME

                yield from BY_NAME[inner].read(document, reading)
                return
        for entry in archive.infolist():
            if entry.is_dir() or passed_over(entry.filename):
                continue
            name = member_name(document.name, entry.filename)
            if entry.flag_bits & 1:
                yield Problem(f"{name}: encrypted")
                continue
            try:
                stream = archive.open(entry)
            except BROKEN as error:
                yield Problem(f"{name}: damaged ({error})")
                continue
            yield from read_member(document, reading, entry.filename, stream)


ZIP = Format(
    "zip", (".zip",), read_zip, lambda head: head[:4] == b"PK\3\4", streamed=True, seeks=True
)
