"""An article cut into passages: whole sentences, fitted to the embedding model's window."""

from collections.abc import Sequence
from datetime import date

from ingest.fitting import CountTokens, fitting
from ingest.sentences import split_sentences
from ingest.types import Article, Passage

HEADER_TOKENS = 48
SPECIAL_TOKENS = 2


def header(article: Article) -> str:
    """What is embedded in front of each passage: title, outlet and date, as far as known."""
    parts = [article.title, article.source, written(article.published)]
    return " · ".join(part for part in parts if part)


def written(day: date | None) -> str:
    """`date(2022, 11, 5)` as "5 November 2022"; empty for None."""
    return f"{day.day} {day:%B %Y}" if day else ""


def embedded_texts(
    article: Article, passages: Sequence[Passage], count_tokens: CountTokens
) -> list[str]:
    """The texts whose vectors stand for `passages`: the article's header, then the passage."""
    short = _short_header(article, count_tokens)
    return [f"{short}\n{passage.text}" if short else passage.text for passage in passages]


def cut(
    article: Article, build: str, count_tokens: CountTokens, window: int, overlap: int = 1
) -> list[Passage]:
    """Cut `article` into passages of at most `window` tokens, header and special tokens included.

    Passages start and end at sentence ends; the next one begins with the last `overlap` sentences
    of the one before. Only a sentence that is longer than the window is cut, between words.
    `build` becomes part of each passage's id, so a changed article never reuses one.
    """
    room = window - SPECIAL_TOKENS - count_tokens([_short_header(article, count_tokens)])[0]
    sentences = fitting(article.text, split_sentences(article.text), room, count_tokens)
    spans = [span for span, _ in sentences]
    passages: list[Passage] = []
    for first, last in _groups([size for _, size in sentences], room, overlap):
        start, end = spans[first][0], spans[last][1]
        ordinal = len(passages)
        identity = f"{article.id}-{build}-{ordinal:04d}"
        passages.append(Passage(identity, article.id, ordinal, article.text[start:end], start, end))
    return passages


def _short_header(article: Article, count_tokens: CountTokens) -> str:
    """The header, its words cut from the end until it leaves room for the passage."""
    words = header(article).split()
    while words and count_tokens([" ".join(words)])[0] > HEADER_TOKENS:
        words = words[: len(words) * 3 // 4]
    return " ".join(words)


def _groups(sizes: Sequence[int], room: int, overlap: int) -> list[tuple[int, int]]:
    """Runs of sentences `(first, last)` whose sizes sum to at most `room`."""
    groups: list[tuple[int, int]] = []
    first, total = 0, 0
    for index, size in enumerate(sizes):
        if index > first and total + size > room:
            groups.append((first, index - 1))
            first = _overlapped_start(sizes, index, first, room, overlap)
            total = sum(sizes[first:index])
        total += size
    if sizes:
        groups.append((first, len(sizes) - 1))
    return groups


def _overlapped_start(sizes: Sequence[int], index: int, first: int, room: int, overlap: int) -> int:
    """Where the passage that must contain sentence `index` begins: earlier, if that fits."""
    start = index
    while (
        start - 1 > first and index - start < overlap and sum(sizes[start - 1 : index + 1]) <= room
    ):
        start -= 1
    return start
