"""Sentence boundaries with offsets, by sentencex (Wikimedia's splitter, written in Rust)."""

import re

import sentencex

_PARAGRAPH = re.compile(r"[^\n]+")
_CLOSING = "”’\"'»)]"


def split_sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences of `text`, in order, without white space around them.

    A line break always ends a sentence. The spans never overlap, and all that lies between them
    is white space.
    """
    spans: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        spans.extend(_split_paragraph(text, paragraph.start(), paragraph.end(), language))
    return spans


def _split_paragraph(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    cursor = start
    for boundary in sentencex.get_sentence_boundaries(language, text[start:end]):
        stop = start + boundary["end_index"]
        # A closing quotation mark belongs to the sentence it closes.
        while stop < end and text[stop] in _CLOSING and not text[stop - 1].isspace():
            stop += 1
        _append_stripped(spans, text, cursor, stop)
        cursor = max(cursor, stop)
    _append_stripped(spans, text, cursor, end)
    return spans


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
