"""What a timeline or a summary is about, and the articles that are about it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.lexical import query_words, stems
from ingest.sentences import split_sentences
from ingest.types import Article
from rag.copies import cluster_of
from rag.dates import find_dates
from rag.events import event_named
from rag.evidence import is_sentence
from rag.types import Evidence, Hit

_ASKING = frozenset(
    stems(
        "timeline time line timelines chronology chronological sequence course events event what"
        " happened happen happening took place went give me make show list write create get tell"
        " us about more please can could you summarise summarize summary sum up overview outline"
        " rundown digest brief briefly short quick describe article articles report reports story"
        " news known reported written said between and from since during until over before after"
        " how did unfold develop evolve come project case affair all everything something say"
        " life history latest"
    )
)
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
        and not _ASKING.issuperset(found)
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
    found: dict[str, tuple[Article, Hit]] = {}
    for hit in hits:
        if share(topic, hit.article, rarity) < ABOUT:
            continue
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


def sentences(article: Article, hit: Hit, probability: float) -> list[Evidence]:
    """Every sentence of `article` as evidence of its being about the topic."""
    return [
        Evidence(hit, article.text[start:end], start, end, probability)
        for start, end in split_sentences(article.text)
        if is_sentence(article.text[start:end])
    ]
