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
import json
import re
import time
from statistics import mean
from typing import Any

from benchmarks.cleaning import scores
from benchmarks.document_files import EXTRAS, ROOT, Files, Text, installed, made, texts
from benchmarks.document_readers import DOCX, PDF, Reader
from eval.provenance import commit_of, machine


def compared(files: Files, readers: dict[str, tuple[str, Reader]]) -> dict[str, dict[str, Any]]:
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
