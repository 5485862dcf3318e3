"""Articles as other outlets would print them, with the truth of what is a copy of what.

Copies are made from real articles by what newsrooms do: words edited, paragraphs cut, paragraphs of
their own added, other typography. At least half of a copy's words, before editing, are the
original's. Beside them stand articles that look alike and are not copies: follow-ups that repeat
the background of a story, and reports filled into one form.
"""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import PermanentError
from ingest.parse import parse
from ingest.sources import find_files, read_document

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
LEAST_WORDS = 80
"""Shorter texts of the data set are stubs."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One text; texts of the same `story` are copies of each other."""

    story: str
    text: str
    kind: str
    """original, exact, typography, edited, cut, added, mixed, follow-up, form."""


def sources(extraction: Path) -> list[str]:
    """Texts to make copies of: the sample articles, and the data set's true texts."""
    texts = []
    for file in find_files([EXAMPLES]):
        try:
            texts += [article.text for article in parse(read_document(file)).articles]
        except PermanentError:
            continue
    truth = json.loads((extraction / "ground-truth.json").read_text("utf-8"))
    texts += [re.sub(r"\s*\n\s*\n\s*", "\n\n", entry["articleBody"]) for entry in truth.values()]
    return [text for text in texts if len(text.split()) >= LEAST_WORDS]


def halves(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The texts to choose the threshold on, and those to report on: every other one."""
    return list(texts[::2]), list(texts[1::2])


def planted(texts: Sequence[str], seed: int) -> list[Planted]:
    """Three fifths of the texts with two to five copies of each, the rest as what is added to them
    and as the news of follow-ups, and as many reports in forms as stories; shuffled."""
    randomness = random.Random(seed)
    vocabulary = sorted({word for text in texts for word in re.findall(r"[a-z]{3,}", text)})
    stories, rest = texts[: len(texts) * 3 // 5], texts[len(texts) * 3 // 5 :]
    news, fillers = rest[::2], rest[1::2]
    made = []
    for number, text in enumerate(stories):
        story = f"story-{number}"
        made.append(Planted(story, text, "original"))
        for _ in range(randomness.randint(2, 5)):
            kind = randomness.choice(list(CHANGES))
            changed = CHANGES[kind](text, randomness.choice(fillers), vocabulary, randomness)
            made.append(Planted(story, changed, kind))
        made.append(Planted(f"form-{number}", _form(number, randomness), "form"))
    for number, text in enumerate(news):
        background = stories[number % len(stories)]
        later = _follow_up(background, text, randomness)
        made.append(Planted(f"later-{number}", later, "follow-up"))
    randomness.shuffle(made)
    return made


def _exact(text: str, other: str, vocabulary: Sequence[str], randomness: random.Random) -> str:
    return text


def _typography(text: str, other: str, vocabulary: Sequence[str], randomness: random.Random) -> str:
    plain = text.translate(str.maketrans("“”‘’—–", "\"\"''--"))
    paragraphs = plain.split("\n\n")
    return "\n\n".join([paragraphs[0].upper(), *paragraphs[1:]])


def _edited(text: str, other: str, vocabulary: Sequence[str], randomness: random.Random) -> str:
    """Words replaced, left out and put in: 2 to 10 in a hundred."""
    rate = randomness.uniform(0.02, 0.10)
    kept = []
    for part in re.split(r"(\s+)", text):
        if not part.strip() or randomness.random() >= rate:
            kept.append(part)
            continue
        kind = randomness.randrange(3)
        word = randomness.choice(vocabulary)
        kept.append("" if kind == 0 else word if kind == 1 else f"{part} {word}")
    return "".join(kept)


def _cut(text: str, other: str, vocabulary: Sequence[str], randomness: random.Random) -> str:
    """The first 40 to 85 of a hundred words, or as many sentences from anywhere, in order."""
    sentences = _sentences(text)
    share = randomness.uniform(0.40, 0.85)
    keep = max(1, round(share * len(sentences)))
    if randomness.random() < 0.6:
        return " ".join(sentences[:keep])
    return " ".join(sentences[i] for i in sorted(randomness.sample(range(len(sentences)), keep)))


def _added(text: str, other: str, vocabulary: Sequence[str], randomness: random.Random) -> str:
    """Own sentences in front, behind or between: 10 to 80 for each hundred of the original."""
    sentences = _sentences(text)
    own = _some(other, randomness.uniform(0.1, 0.8) * len(text.split()), randomness)
    place = randomness.choice([0, len(sentences) // 2, len(sentences)])
    return " ".join([*sentences[:place], *own, *sentences[place:]])


def _mixed(text: str, other: str, vocabulary: Sequence[str], randomness: random.Random) -> str:
    """Cut by up to two fifths, then something added, then edited."""
    sentences = _sentences(text)
    kept = sentences[: max(1, round(randomness.uniform(0.6, 0.9) * len(sentences)))]
    own = _some(other, randomness.uniform(0.1, 0.4) * len(" ".join(kept).split()), randomness)
    return _edited(" ".join([*kept, *own]), other, vocabulary, randomness)


CHANGES = {
    "exact": _exact,
    "typography": _typography,
    "edited": _edited,
    "cut": _cut,
    "added": _added,
    "mixed": _mixed,
}


def _follow_up(text: str, news: str, randomness: random.Random) -> str:
    """A new story, of which 10 to 35 in a hundred words are the background of the old."""
    share = randomness.uniform(0.10, 0.35)
    wanted = len(news.split()) * share / (1 - share)
    background: list[str] = []
    for sentence in reversed(_sentences(text)):
        if sum(len(part.split()) for part in background) >= wanted:
            break
        background.insert(0, sentence)
    return " ".join([news, *background])


def _form(number: int, randomness: random.Random) -> str:
    """A quarterly report as programs write them: the same sentences, other names and numbers."""

    def figure() -> str:
        return f"{randomness.randint(2, 980)}.{randomness.randint(0, 9)}"

    name = f"{randomness.choice(_FIRST)}{randomness.choice(_LAST)}"
    return (
        f"{name} said on Tuesday that its net profit came to {figure()} million crowns in the "
        f"quarter, against {figure()} million a year before. Revenue of {name} was {figure()} "
        f"million, analysts had expected {figure()} million. Earnings a share were {figure()}, "
        f"after {figure()} in the same quarter. {name} expects {figure()} million for the year, up "
        f"from {figure()} million. Shares of {name} stood at {figure()}, {figure()} percent more "
        f"than at the start of the year. Number {number} on the list, {name} employs "
        f"{randomness.randint(100, 9000)} people in {randomness.randint(2, 40)} towns."
    )


_FIRST = ["Alder", "Brand", "Corv", "Delm", "Ek", "Farr", "Gann", "Harl", "Ibs", "Jor", "Kel"]
_LAST = ["mouth", "holm", "in", "ar", "ow", "et", "an", "en", "vik", "by", "stad", "wick"]


def _some(text: str, length: float, randomness: random.Random) -> list[str]:
    """Sentences from somewhere in a text, `length` words or a few more where it has so many."""
    sentences = _sentences(text)
    start = randomness.randrange(max(1, len(sentences) // 2))
    taken: list[str] = []
    for sentence in sentences[start:]:
        if sum(len(part.split()) for part in taken) >= length:
            break
        taken.append(sentence)
    return taken


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]
