import io
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ingest.document import Document
from ingest.errors import PermanentError
from ingest.formats.pdf import _glued, _untitled
from ingest.formats.protocol import Limits
from ingest.parse import Parsed, ParsedArticle, articles, parse
from ingest.sources import find_files, read_document
from tests import files


def parsed(folder: Path, name: str, data: bytes) -> Parsed:
    path = folder / name
    path.write_bytes(data)
    return parse(read_document(path))


@pytest.fixture(scope="module")
def everything() -> dict[str, bytes]:
    return files.every_format()


def test_every_format_gives_the_same_article(tmp_path: Path, everything: dict[str, bytes]) -> None:
    for name, data in everything.items():
        found = parsed(tmp_path, name, data)
        assert [article.title for article in found.articles] == [files.TITLE], name
        text = found.articles[0].text
        if name.endswith(".rss"):
            text = text[: len(files.TEXT)]
        assert text == files.TEXT, name
        assert found.problems == [], name


def test_a_file_is_what_its_content_is(tmp_path: Path, everything: dict[str, bytes]) -> None:
    for name in ("ice.pdf", "ice.docx", "ice.epub", "ice.eml", "ice.mhtml", "ice.parquet",
                 "ice.warc.gz", "ice.tar.gz", "ice.html"):  # fmt: skip
        found = parsed(tmp_path, f"{name.replace('.', '-')}.txt", everything[name])
        assert found.articles[0].text == files.TEXT, name


def test_folders_are_searched_for_every_format(
    tmp_path: Path, everything: dict[str, bytes]
) -> None:
    for name in [*everything, "ice.png", "ice.exe"]:
        (tmp_path / name).write_bytes(b"x")
    assert {path.name for path in find_files([tmp_path])} == set(everything)


def test_metadata_of_the_formats(tmp_path: Path, everything: dict[str, bytes]) -> None:
    def first(name: str) -> ParsedArticle:
        return parsed(tmp_path, name, everything[name]).articles[0]

    assert first("ice.docx").authors == ("Ida Moe",)
    assert first("ice.docx").published is None  # the day of the file is not that of publication
    assert first("ice.eml").source == "Alder Post Newsletter"
    assert first("ice.eml").published == date(2024, 1, 5)
    assert first("ice.mhtml").url == first("ice.warc.gz").url == "https://alder.example/ice"
    assert first("ice.mhtml").published is None
    magazine = first("ice.epub")
    assert (magazine.source, magazine.authors) == ("Senn Quarterly", ("Ida Moe",))
    assert (magazine.published, magazine.language) == (date(2024, 1, 5), "en")
    entry = first("ice.rss")
    assert (entry.source, entry.published) == ("Alder Post", date(2024, 1, 5))
    assert first("ice.parquet").published == first("ice.csv").published == date(2024, 1, 5)


def test_a_title_of_several_lines_does_not_begin_the_text() -> None:
    body = "Tehran concedes it sent drones\n\nto Moscow\n\nIt was told on Friday."
    assert _untitled(body, "Tehran concedes it sent drones to Moscow") == "It was told on Friday."
    assert _untitled(body, "Tehran concedes it sent planes") == body
    assert _untitled("Ice", "Ice") == "Ice"


@pytest.mark.parametrize("hyphen", ["-", "\u2010"])
def test_a_word_that_a_line_breaks_is_mended(hyphen: str) -> None:
    assert _glued(f"in the cap{hyphen}", "ital of ice") == "in the capital of ice"
    assert _glued(f"the Anglo{hyphen}", "French line") == f"the Anglo{hyphen} French line"


def test_notes_of_a_word_file_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The ledger tells of forty barrels of tar.")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f"<w:footnotes {space}>"
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>It was copied </w:t></w:r>'
        "<w:r><w:t>by hand.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    place = PackURI("/word/footnotes.xml")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(place, kind, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    buffer = io.BytesIO()
    document.save(buffer)
    (article,) = parsed(tmp_path, "x.docx", buffer.getvalue()).articles
    assert article.text.endswith("tar.\n\nIt was copied by hand.")


def test_a_pdf_loses_running_lines_and_hyphens(tmp_path: Path) -> None:
    pages = [
        ["Ice closes the harbour", "", f"On {day} all the ferries that lay in the har-",
         "bour of Senn had to wait for ice that", f"melted {when}.", "", f"Nobody left {day}."]
        for day, when in (("Friday", "late"), ("Sunday", "at noon"), ("Monday", "at night"))
    ]  # fmt: skip
    (article,) = parsed(tmp_path, "x.pdf", files.pdf(pages, footer="Alder Post, page")).articles
    assert "page 2" not in article.text
    assert "in the harbour of Senn had to wait for ice that melted at noon." in article.text


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("x.pdf", b"%PDF-1.4 broken", "not a PDF that can be opened"),
        ("x.pdf", files.pdf([[""]]), "no text in its pages"),
        ("x.docx", b"PK\3\4 broken", "damaged archive"),
        ("x.docx", b"\xd0\xcf\x11\xe0 an old .doc file", "damaged archive"),
        ("x.epub", files.zipped({"META-INF/container.xml": b"<container/>"}), "no package"),
        ("x.zip", files.zipped({"a.png": b"x"}), "no article"),
        ("x.csv", b"a,b\n1,2\n", "no column is called 'text'"),
        ("x.parquet", b"PAR1 broken", "not a Parquet file"),
        ("x.gz", b"\x1f\x8b broken", "damaged"),
        ("x.warc", b"WARC/1.0\r\nbroken", "WARC|no page"),
        ("x.eml", b"Subject: x\n\n", "without text"),
        ("x.rss", b"<rss></rss>", "no article|not a feed"),
        ("x.txt", b"<urlset><url><loc>https://a.example/x</loc></url></urlset>", "sitemap"),
    ],
)
def test_a_broken_file_says_why(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    with pytest.raises(PermanentError, match=told) as caught:
        parsed(tmp_path, name, data)
    assert str(caught.value).startswith("x.")
    assert "\n" not in str(caught.value)


def test_an_archive_names_its_bad_members_and_keeps_the_others(tmp_path: Path) -> None:
    inner = files.zipped({"deep\nname.txt": b"\x00\x01", "good.txt": b"Ice\n\nIt froze."})
    data = files.zipped({"a.pdf": b"%PDF-broken", "in.zip": inner, "__MACOSX/._a.txt": b"x"})
    found = parsed(tmp_path, "x.zip", data)
    assert [article.text for article in found.articles] == ["It froze."]
    assert found.problems == [
        "x.zip/a.pdf: not a PDF that can be opened", "x.zip/in.zip/deep name.txt: not text",
    ]  # fmt: skip


def test_archives_have_limits(tmp_path: Path) -> None:
    def problems(data: bytes, **limits: int) -> str:
        document = Document("file:///x.zip", data, "zip", "x.zip")
        try:
            found = list(articles(document, limits=lambda: Limits(**limits)))
        except PermanentError as error:
            return str(error)
        return " ".join(item.reason for item in found if not isinstance(item, ParsedArticle))

    bomb = files.zipped({f"{n}.txt": b"a" * 1_000_000 for n in range(9)})
    assert "more than a file may hold" in problems(bomb, inflated=3_000_000)
    assert "larger than" in problems(bomb, member=500_000)
    assert "more than 5 members" in problems(bomb, members=5)
    nested = files.zipped({"x.txt": b"Ice\n\nIt froze."})
    for _ in range(5):
        nested = files.zipped({"in.zip": nested})
    assert "packed too deep" in problems(nested)


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    data = bytearray(files.zipped({"x.txt": b"Ice\n\nIt froze."}))
    data[6] |= 1  # the flag in the member's own header, then in the directory
    data[data.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(PermanentError, match=r"x\.zip/x\.txt: encrypted"):
        parsed(tmp_path, "x.zip", bytes(data))


def test_a_table_may_have_other_separators_and_encodings(tmp_path: Path) -> None:
    for separator, encoding in ((";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig")):
        found = parsed(tmp_path, "x.csv", files.table(separator, encoding))
        assert found.articles[0].text == files.TEXT, (separator, encoding)


def test_jsonl_in_an_archive_is_a_stream(tmp_path: Path) -> None:
    lines = b"\n".join(json.dumps({"id": n, "text": f"Story {n}."}).encode() for n in range(500))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("wire.jsonl", lines)
    assert len(parsed(tmp_path, "x.zip", buffer.getvalue()).articles) == 500
