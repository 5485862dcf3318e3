"""PDF and Word files of known texts, as several libraries and Byline read them.

`python -m benchmarks.documents [--json]`: the sample articles (61, written for this project) are
laid out as PDFs by Chromium (one column; two and three columns with hyphens and a drop cap; small
pages with running heads and feet) and by ReportLab (two justified columns), and as Word files by
Pandoc (plain; with a list, a table, a link and a footnote). What each library gives is compared
with the text: F1 over runs of four words, as in benchmarks/cleaning.py, so order, broken words and
running heads count; and the share of true paragraphs that come out as one. Libraries and makers
that are not installed are left out and named (pypdf, pdfplumber, pdfminer.six, mammoth, docx2txt,
pypandoc_binary and reportlab are not among Byline's dependencies).
"""

import argparse
import html
import importlib
import io
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.cleaning import scores
from eval.provenance import commit_of, machine
from ingest.document import Document
from ingest.parse import ParsedArticle, articles
from ingest.sources import FileSource, find_files

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
HEAD, FOOT = "The Meridian Gazette — Saturday edition", "All rights reserved. No reprint."
LAYOUTS = {
    "one column": "@page{size:A4;margin:25mm} body{font:11pt/1.4 serif}",
    "two columns": "@page{size:A4;margin:15mm} body{font:9.5pt/1.25 serif;columns:2;"
    "text-align:justify;hyphens:auto} p{margin:0;text-indent:1em} h1{column-span:all}",
    "three columns": "@page{size:A4;margin:12mm} body{font:9pt/1.2 serif;columns:3;hyphens:auto;"
    "text-align:justify} h1{column-span:all;font-size:24pt} "
    "h1+p::first-letter{float:left;font-size:30pt;line-height:26pt}",
    "heads and feet": "@page{size:A6;margin:16mm 12mm} body{font:10pt/1.3 sans-serif} "
    ".head{position:fixed;top:-11mm} .foot{position:fixed;bottom:-11mm}",
}
EXTRAS = {
    "list": "Thirteen lanterns were counted on the quay",
    "table": "Forty barrels of tar",
    "link": "the harbour master's ledger",
    "footnote": "The ledger was copied by hand in winter",
}

_LONG = re.compile(r"[a-z]{7,}")
Reader = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Text:
    """An article whose words are known."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def whole(self) -> str:
        """Everything that should come out."""
        return "\n\n".join((self.title, *self.paragraphs))


def texts() -> Iterator[Text]:
    """The sample articles."""
    folders = [ROOT / "examples" / name for name in
               ("articles", "articles-dates", "articles-several")]  # fmt: skip
    for file in find_files(folders):
        for found in articles(FileSource(file).read()):
            if isinstance(found, ParsedArticle):
                yield Text(found.title, tuple(found.text.split("\n\n")))


def _hyphenable(word: re.Match[str]) -> str:
    """A word that may be broken in its middle: headless Chromium has no dictionary of its own."""
    letters = word[0]
    return f"{letters[: len(letters) // 2]}\u00ad{letters[len(letters) // 2 :]}"


def chromium_pdf(text: Text, style: str, folder: Path) -> bytes:
    """A PDF as a browser prints it."""
    page = folder / "page.html"
    printed = folder / "page.pdf"
    furniture = (
        f"<div class=head>{HEAD}</div><div class=foot>{FOOT}</div>" if "head" in style else ""
    )
    soft = _LONG.sub(_hyphenable, "\n".join(text.paragraphs)) if "hyphens" in style else None
    parts = soft.split("\n") if soft else text.paragraphs
    body = "".join(f"<p>{html.escape(part)}</p>" for part in parts)
    page.write_text(
        f"<html lang=en><meta charset=utf-8><style>{style}</style>{furniture}"
        f"<h1>{html.escape(text.title)}</h1>{body}"
    )
    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={printed}", str(page)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return printed.read_bytes()


def reportlab_pdf(text: Text) -> bytes:
    """Two justified columns."""
    from reportlab.lib.pagesizes import A5  # type: ignore[import-untyped]
    from reportlab.lib.styles import getSampleStyleSheet  # type: ignore[import-untyped]
    from reportlab.platypus import (  # type: ignore[import-untyped]
        BaseDocTemplate,
        Frame,
        PageTemplate,
        Paragraph,
    )  # fmt: skip

    buffer, styles = io.BytesIO(), getSampleStyleSheet()
    document = BaseDocTemplate(buffer, pagesize=A5)
    width = A5[0] / 2 - 36
    frames = [Frame(24 + at * (width + 12), 30, width, A5[1] - 60) for at in range(2)]
    document.addPageTemplates(PageTemplate(frames=frames))
    plain = styles["BodyText"].clone("justified", alignment=4, fontSize=9, leading=11)
    document.build([
        Paragraph(html.escape(text.title), styles["Heading2"]),
        *(Paragraph(html.escape(part), plain) for part in text.paragraphs),
    ])  # fmt: skip
    return buffer.getvalue()


def pandoc_docx(text: Text, rich: bool) -> bytes:
    """A Word file; `rich` adds a list, a table, a link and a footnote."""
    import pypandoc  # type: ignore[import-not-found]

    body = list(map(_escaped, text.paragraphs))
    if rich:
        body[1:1] = [
            f"- {EXTRAS['list']}\n- The others were dark",
            f"| Cargo | Price |\n|---|---|\n| {EXTRAS['table']} | 12 |",
            f"It is told in [{EXTRAS['link']}](https://x.example/ledger).[^1]",
            f"[^1]: {EXTRAS['footnote']}.",
        ]
    source = f"# {_escaped(text.title)}\n\n" + "\n\n".join(body)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "x.docx"
        pypandoc.convert_text(source, "docx", format="markdown-smart", outputfile=str(made))
        return made.read_bytes()


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+.!$~^<>@|-])", r"\\\1", text)


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


def installed(module: str) -> bool:
    """Whether a module is here."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def made(
    count: int,
) -> tuple[dict[str, list[tuple[Text, bytes]]], dict[str, list[tuple[Text, bytes]]]]:
    """PDFs and Word files by layout."""
    known = list(texts())[:count]
    pdfs: dict[str, list[tuple[Text, bytes]]] = {}
    words: dict[str, list[tuple[Text, bytes]]] = {}
    with tempfile.TemporaryDirectory() as name:
        if Path(CHROMIUM).exists():
            for layout, style in LAYOUTS.items():
                pdfs[layout] = [(text, chromium_pdf(text, style, Path(name))) for text in known]
        if installed("reportlab"):
            pdfs["reportlab"] = [(text, reportlab_pdf(text)) for text in known]
        if installed("pypandoc"):
            for layout in ("plain", "rich"):
                words[layout] = [(text, pandoc_docx(text, layout == "rich")) for text in known]
    return pdfs, words


def compared(
    files: dict[str, list[tuple[Text, bytes]]], readers: dict[str, tuple[str, Reader]]
) -> dict[str, dict[str, Any]]:
    """Each installed library on each layout."""
    found: dict[str, dict[str, Any]] = {}
    for name, (module, read) in readers.items():
        if not installed(module):
            continue
        rows: dict[str, Any] = {}
        began = time.process_time()
        for layout, pairs in files.items():
            told = [(text, read(data)) for text, data in pairs]
            if layout == "rich":
                joined = [" ".join(given.split()) for _, given in told]
                rows["kept"] = [
                    extra for extra, words in EXTRAS.items() if all(words in one for one in joined)
                ]
                continue
            rows[layout] = {
                "f1": round(scores([(text.whole, given) for text, given in told])["f1"], 4),
                "paragraphs": round(mean(_whole(text, given) for text, given in told), 3),
            }
        count = sum(len(pairs) for pairs in files.values())
        rows["ms_a_file"] = round(1000 * (time.process_time() - began) / max(1, count), 1)
        found[name] = rows
    return found


def _whole(text: Text, given: str) -> float:
    """Share of the paragraphs that come out as one."""
    parts = {" ".join(part.split()) for part in re.split(r"\n\s*\n", given)}
    return mean(" ".join(part.split()) in parts for part in text.paragraphs)


def main() -> None:
    """`python -m benchmarks.documents`."""
    parser = argparse.ArgumentParser(description="PDF and Word files of known texts, read.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, default=1000, help="Use the first so many texts.")
    options = parser.parse_args()
    pdfs, words = made(options.count)
    wanted = [module for module, _ in (*PDF.values(), *DOCX.values())]
    figures: dict[str, Any] = {
        "texts": min(options.count, len(list(texts()))),
        "pdf": compared(pdfs, PDF),
        "docx": compared(words, DOCX),
        "not_installed": [m for m in dict.fromkeys([*wanted, "reportlab", "pypandoc"])
                          if not installed(m)],
        "commit": commit_of(ROOT),
        "machine": machine(),
    }  # fmt: skip
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for kind in ("pdf", "docx"):
        for name, rows in figures[kind].items():
            print(name)
            for layout, row in rows.items():
                print(f"    {layout:16} {row}")
    print("not installed:", ", ".join(figures["not_installed"]) or "nothing")


if __name__ == "__main__":
    main()
