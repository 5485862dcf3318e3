"""What a timeline or a summary is about, and the articles that are about it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.lexical import query_words, stems
from ingest.sentences import split_sentences
from ingest.types import Article
from rag.asking import ASKING
from rag.copies import cluster_of
from rag.dates import find_dates
from rag.events import event_named
from rag.evidence import is_sentence
from rag.modifiers import about_another, asked_apart
from rag.types import Evidence, Hit

FEWER = 0.6
"""... or, where no article has so much, this share of its words by count, a name among them."""
_ASIDE = re.compile(r"\s*\([^)]*\)")
"""What a follow-up took from the question before: it is looked for, but not what is asked about."""
ABOUT = 0.75
"""An article is about a topic when it has at least this share of its words, rare ones first."""
SINGLE = re.compile(r"\b(?:this|the|that) (?:\w+ ){0,3}?(?:article|report|piece|post)\b", re.I)


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of a question that say what it is about."""

    words: str
    stems: frozenset[str]
    names: frozenset[str]
    """Stems of its capitalised words."""
    single: bool
    """It asks about one article."""


def topic_of(question: str) -> Topic:
    """The topic of `question`, its dates and the words that ask left out.

    So is the event that it counts time from, where it is about something else besides.
    """
    question = _ASIDE.sub("", question) or question
    if event := event_named(question):
        before = _topic_in(question.replace(event.words, " "))
        if before.stems:
            return before
    return _topic_in(question)


def _topic_in(question: str) -> Topic:
    text = question
    for mention in reversed(find_dates(question)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    words = [
        word
        for word in re.findall(r"[\w’'-]+", text)
        if (found := [s for w in query_words(word) for s in stems(w)])
        and not ASKING.issuperset(found)
        and query_words(f"{word} x") != ["x"]
    ]
    named = [word for word in words if word[:1].isupper()]
    return Topic(
        " ".join(words),
        frozenset(s for word in words for s in stems(word) if s != "s"),
        frozenset(s for word in named for s in stems(word) if s != "s"),
        SINGLE.search(question) is not None,
    )


def articles_about(
    topic: Topic, hits: Sequence[Hit], rarity: Callable[[str], float]
) -> list[tuple[Article, Hit]]:
    """The articles of `hits` that are about `topic`, each once, with its best hit, best first.

    A near copy stands for the report that it copies only where that was not found.
    """
    asked = asked_apart(topic.words)
    about = [
        hit
        for hit in hits
        if share(topic, hit.article, rarity) >= ABOUT and not about_another(asked, hit.article)
    ]
    if not about and topic.names:
        # The rarest word may be another one for what is told: "drone supplies" for drones sent.
        about = [hit for hit in hits if share(topic, hit.article, _alike) >= FEWER]
    found: dict[str, tuple[Article, Hit]] = {}
    for hit in about:
        cluster = cluster_of(hit.article)
        kept = found.get(cluster)
        if kept is None or (kept[0].duplicate_of and not hit.article.duplicate_of):
            found[cluster] = (hit.article, hit)
    return list(found.values())


def share(topic: Topic, article: Article, rarity: Callable[[str], float]) -> float:
    """Share of the topic's words, weighed by rarity, in an article; names that it has not are
    fatal: another flood is another topic."""
    present = set(stems(f"{article.title}\n{article.text}"))
    if topic.names and not topic.names <= present:
        return 0.0
    weights = {stem: rarity(stem) for stem in topic.stems}
    total = sum(weights.values())
    return sum(w for stem, w in weights.items() if stem in present) / total if total else 1.0


def told_in(topic: Topic, article: Article, rarity: Callable[[str], float]) -> float:
    """How surely an article that was taken is about `topic`: its share by weight or by count."""
    return max(share(topic, article, rarity), share(topic, article, _alike))


def _alike(stem: str) -> float:
    return 1.0


def sentences(article: Article, hit: Hit, probability: float) -> list[Evidence]:
    """Every sentence of `article` as evidence of its being about the topic."""
    return [
        Evidence(hit, article.text[start:end], start, end, probability)
        for start, end in split_sentences(article.text)
        if is_sentence(article.text[start:end])
    ]
