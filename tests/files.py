"""The same short article as a file of every format, most made by the formats' own software."""

import bz2
import csv
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage

TITLE = "Ice closes the harbour at Senn"
PARAGRAPHS = (
    "The harbour froze on Friday for the first time in forty years, the harbour master said. "
    "Ferries to the outer islands were cancelled at noon.",
    "Two hundred people slept in the school on Friday night. The council opened its kitchen and "
    "served soup until the morning.",
    "“It sounds like glass,” said Ida Moe, who has worked on the quay since she was sixteen. She "
    "expects the ice to stay for a week.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def html(title: str = TITLE, paragraphs: Sequence[str] = PARAGRAPHS, head: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def pdf(pages: Sequence[Sequence[str]] = (), footer: str = "") -> bytes:
    """Pages of lines at 12 points, an empty line for a gap; the first line of all is large."""
    pages = pages or [_lines()]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    for number, lines in enumerate(pages):
        shown, height = [], 740
        for index, line in enumerate(lines):
            size = 20 if number == index == 0 else 12
            if line:
                shown.append(_shown(line, size, height))
            height -= 16
        if footer:
            shown.append(_shown(f"{footer} {number + 1}", 9, 40))
        stream = b"\n".join(shown)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (
        len(objects) + 1, table, len(objects) + 1,
    ) + b"startxref\n%d\n%%%%EOF\n" % len(data)  # fmt: skip


def _shown(line: str, size: int, height: int) -> bytes:
    text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %d Tf 72 %d Td (%s) Tj ET" % (size, height, text)


def _lines() -> list[str]:
    import textwrap

    lines = [TITLE, ""]
    for paragraph in PARAGRAPHS:
        lines += [*textwrap.wrap(paragraph, 70), ""]
    return lines


def docx() -> bytes:
    import docx as word

    document = word.Document()
    document.add_heading(TITLE, 0)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.core_properties.author = "Ida Moe"
    return _saved(document.save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def epub() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Senn Quarterly</dc:title>'
        "<dc:creator>Ida Moe</dc:creator><dc:language>en</dc:language>"
        "<dc:date>2024-01-05</dc:date></metadata><manifest>"
        '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="ice" href="ice.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="cover"/><itemref idref="ice"/></spine></package>'
    )
    return zipped({
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        b'container"><rootfiles><rootfile full-path="book/main.opf"/></rootfiles></container>',
        "book/main.opf": package.encode(),
        "book/cover.xhtml": html("Cover", ["Senn Quarterly"]),
        "book/ice.xhtml": html(),
    })  # fmt: skip


def eml() -> bytes:
    message = EmailMessage()
    message["From"] = "Alder Post Newsletter <news@alder.example>"
    message["To"] = "reader@example.org"
    message["Subject"] = TITLE
    message["Date"] = "Fri, 05 Jan 2024 23:30:00 -0800"
    message.set_content(TEXT)
    message.add_alternative(html().decode(), subtype="html")
    return bytes(message)


def mhtml() -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://alder.example/ice\r\n"
        b"Subject: Ice\r\nDate: Sat, 6 Jan 2024 09:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        b"Content-Location: https://alder.example/ice\r\n\r\n" + html() + b"\r\n--b--\r\n"
    )


def table(separator: str = ",", encoding: str = "utf-8") -> bytes:
    buffer = io.StringIO()
    rows = csv.writer(buffer, delimiter=separator)
    rows.writerow(["headline", "date", "body"])
    rows.writerow([TITLE, "2024-01-05", TEXT])
    return buffer.getvalue().encode(encoding)


def parquet() -> bytes:
    import pyarrow
    from pyarrow import parquet as files

    rows = pyarrow.table({"title": [TITLE], "text": [TEXT], "published": ["2024-01-05"]})
    return _saved(lambda buffer: files.write_table(rows, buffer))


def warc() -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    pages = (("/ice", "200 OK", html()), ("/gone", "404 Not Found", html("Gone")))
    for path, status, page in pages:
        headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.0")
        url = f"https://alder.example{path}"
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(page), http_headers=headers
        )
        writer.write_record(record)
    return buffer.getvalue()


def rss(entries: Sequence[tuple[str, str, str]], title: str = "Alder Post") -> bytes:
    """Entries are (address, title, description)."""
    items = "".join(
        f"<item><title>{name}</title><link>{url}</link>"
        f"<pubDate>Fri, 05 Jan 2024 08:00:00 +0100</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
        for url, name, text in entries
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}'
        "</channel></rss>"
    ).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            stored = name == "mimetype"
            archive.writestr(name, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def every_format() -> dict[str, bytes]:
    """File name to bytes."""
    plain = f"{TITLE}\n\n{TEXT}".encode()
    return {
        "ice.txt": plain, "ice.md": b"# " + plain, "ice.html": html(), "ice.pdf": pdf(),
        "ice.docx": docx(), "ice.epub": epub(), "ice.eml": eml(), "ice.mhtml": mhtml(),
        "ice.csv": table(), "ice.tsv": table("\t"), "ice.parquet": parquet(),
        "ice.warc.gz": warc(), "ice.rss": rss([("https://alder.example/ice", TITLE,
        "".join(f"<p>{part}</p>" for part in PARAGRAPHS * 2))]),
        "ice.zip": zipped({"a/ice.txt": plain}), "ice.tar": tarred({"ice.html": html()}),
        "ice.tar.gz": tarred({"ice.docx": docx()}, "w:gz"), "ice.html.gz": gzip.compress(html()),
        "ice.csv.gz": gzip.compress(table()), "ice.txt.bz2": bz2.compress(plain),
        "ice.txt.xz": lzma.compress(plain),
    }  # fmt: skip
