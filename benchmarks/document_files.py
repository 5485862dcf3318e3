"""PDF and Word files of known texts, made for `benchmarks.documents`."""

import html
import importlib
import io
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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


Files = dict[str, list[tuple[Text, bytes]]]
"""Files by layout, each with the text that it was made of."""


def made(count: int) -> tuple[Files, Files]:
    """PDFs and Word files by layout."""
    known = list(texts())[:count]
    pdfs: Files = {}
    words: Files = {}
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


def installed(module: str) -> bool:
    """Whether a module is here."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True
