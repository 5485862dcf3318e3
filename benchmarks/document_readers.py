"""The libraries that `benchmarks.documents` compares: bytes of a file in, its text out."""

import io
from collections.abc import Callable

from ingest.document import Document
from ingest.parse import ParsedArticle, articles

Reader = Callable[[bytes], str]


def _byline(media: str) -> Reader:
    def read(data: bytes) -> str:
        found = articles(Document(f"file:///x.{media}", data, media, f"x.{media}"))
        (article,) = [item for item in found if isinstance(item, ParsedArticle)]
        return f"{article.title}\n\n{article.text}"

    return read


def _pdfium(data: bytes) -> str:
    import pypdfium2

    return "\n\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def _pypdf(data: bytes) -> str:
    import pypdf  # type: ignore[import-not-found]

    return "\n\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def _pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text  # type: ignore[import-not-found]

    return str(extract_text(io.BytesIO(data)))


def _pdfplumber(data: bytes) -> str:
    import pdfplumber  # type: ignore[import-not-found]

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n\n".join(page.extract_text() or "" for page in pdf.pages)


def _python_docx(data: bytes) -> str:
    import docx

    return "\n\n".join(part.text for part in docx.Document(io.BytesIO(data)).paragraphs)


def _mammoth(data: bytes) -> str:
    import mammoth  # type: ignore[import-not-found]

    return str(mammoth.extract_raw_text(io.BytesIO(data)).value)


def _docx2txt(data: bytes) -> str:
    import docx2txt  # type: ignore[import-not-found]

    return str(docx2txt.process(io.BytesIO(data)))


PDF: dict[str, tuple[str, Reader]] = {
    "Byline (PDFium, lines joined)": ("pypdfium2", _byline("pdf")),
    "pypdfium2": ("pypdfium2", _pdfium),
    "pypdf": ("pypdf", _pypdf),
    "pdfminer.six": ("pdfminer", _pdfminer),
    "pdfplumber": ("pdfplumber", _pdfplumber),
}
DOCX: dict[str, tuple[str, Reader]] = {
    "Byline (python-docx, body in order)": ("docx", _byline("docx")),
    "python-docx, paragraphs": ("docx", _python_docx),
    "mammoth": ("mammoth", _mammoth),
    "docx2txt": ("docx2txt", _docx2txt),
}
