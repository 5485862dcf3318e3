"""Summaries of one article, or of a topic that several articles tell of, in their own sentences."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from ingest.lexical import query_words, stems
from ingest.types import Article
from rag.conflict import CORRECTING
from rag.copies import cluster_of, collapse, reprints
from rag.joined import with_neighbours
from rag.orders import without_orders
from rag.question import Question
from rag.scope import Scope
from rag.types import Evidence
from rag.ways.fact import also
from rag.ways.kind import Kind, asks_what_about, is_bare
from rag.ways.topic import articles_about, sentences, told_in, topic_of
from rag.ways.way import Found, Plan, Search

LINES = 8
ALONE = 5
"""Sentences of an article that is summarised alone."""
ARTICLES = 8
CONFIDENT = 0.9
LATER = 0.15
"""How much less each further sentence of an article counts: news tells the most first."""
FIRST_OF_PARAGRAPH = 0.5
"""What the first sentence of a paragraph gains: it says what the paragraph is about."""
SPOKEN = 0.4
"""What somebody's own words count: they comment, and seldom tell."""
RECENT = 7
"""Days before the newest article that are still the latest."""
OPENING = 10.0
"""The first sentence of an article always comes."""


class SummaryWay:
    """Chooses the sentences that tell the most (`rag.ways.way.Way`)."""

    kind = Kind.SUMMARY

    def __init__(self, rarity: Callable[[str], float]) -> None:
        """`rarity` weighs a stem: the rarer in the library, the more."""
        self._rarity = rarity

    def find(self, asked: Question, search: Search) -> Found:
        """See `rag.ways.way.Way.find`: the sentences of the articles about the topic, by weight."""
        topic = topic_of(asked.text)
        # What a follow-up carries along in brackets helps to find the article.
        found = search(topic.words if topic.stems and "(" not in asked.text else asked.text)
        if not topic.stems and len({cluster_of(hit.article) for hit in found.hits}) != 1:
            return found
        # "Summarise the article": there is one, or one was chosen.
        articles = articles_about(topic, found.hits, self._rarity)
        titled = [pair for pair in articles if topic.stems.intersection(stems(pair[0].title))]
        bare = is_bare(asked.text) or asks_what_about(asked.text)
        articles = (articles if bare else titled or articles)[: 1 if topic.single else ARTICLES]
        if len(articles) > 2:
            articles = [pair for pair in articles if not _is_correction(pair[0])]
        evidence = [
            item
            for article, hit in articles
            for item in _weighed(article, without_orders(sentences(article, hit, CONFIDENT)))
        ]
        if bare:
            evidence = [i for i in evidence if _has_word(topic.words, i.text)] or evidence
        confidence = max((told_in(topic, a, self._rarity) for a, _ in articles), default=0.0)
        return Found(found.hits, tuple(evidence), CONFIDENT * confidence, about=found.about)

    def plan(self, asked: Question, found: Found) -> Plan:
        """See `rag.ways.way.Way.plan`: sentences of each article, in the order of events told."""
        copies = collapse(found.evidence)
        by_article: dict[str, list[Evidence]] = {}
        for item, _ in copies:
            by_article.setdefault(item.hit.article.id, []).append(item)
        told = sorted(by_article.values(), key=_published)
        scope = found.about.get("scope")
        if isinstance(scope, Scope) and scope.latest:
            told = _newest(told)
        each = ALONE if len(told) == 1 else LINES // len(told)
        chosen: list[Evidence] = []
        for place, items in enumerate(told):
            best = sorted(items, key=lambda item: -item.probability)
            fresh = [i for i in best if not any(reprints(i.text, o.text) for o in chosen)]
            # What is left over goes to how it began.
            lines = each + (len(told) > 1 and place < LINES % len(told))
            chosen += sorted(fresh[:lines], key=lambda item: item.start)
        evidence = with_neighbours(chosen)
        return Plan(tuple(evidence), tuple(range(len(evidence))), also=also(copies))


def _has_word(words: str, sentence: str) -> bool:
    """Whether one of `words` stands there, once or many: a park is no parking."""
    said = {word.lower() for word in re.findall(r"[\w’'-]+", sentence)}
    forms = {form for w in words.lower().split() for form in (w, f"{w}s", w.removesuffix("s"))}
    return not said.isdisjoint(forms)


def _is_correction(article: Article) -> bool:
    return not CORRECTING.isdisjoint(stems(article.title))


def _newest(told: Sequence[list[Evidence]]) -> list[list[Evidence]]:
    """Where the latest is asked for: the newest article, and what was told within days of it."""
    dated = [items for items in told if items[0].hit.article.published]
    if not dated:
        return list(told)
    last = _published(dated[-1])
    return [items for items in reversed(dated) if (last - _published(items)).days <= RECENT]


def _published(items: Sequence[Evidence]) -> date:
    return items[0].hit.article.published or date.max


def _weighed(article: Article, found: Sequence[Evidence]) -> list[Evidence]:
    """The sentences with their weights as probabilities, in the order of the article.

    A sentence weighs by the words it shares with the article's other sentences and its title, the
    first ones of the article and of paragraphs more.
    """
    words = [{s for w in query_words(item.text) for s in stems(w)} for item in found]
    spread = Counter(stem for each in words for stem in each)
    title = set(stems(article.title))
    weights = []
    for place, (item, each) in enumerate(zip(found, words, strict=True)):
        shared = sum(spread[stem] - 1 + 2 * (stem in title) for stem in each)
        central = shared / (len(each) + 4)
        heads = item.start == 0 or article.text[: item.start].endswith("\n")
        spoken = SPOKEN if item.text.startswith(("“", '"')) else 1.0
        weight = (central + FIRST_OF_PARAGRAPH * heads) / (1 + LATER * place)
        weights.append(spoken * weight + OPENING * (place == 0))
    top = max(weights, default=1.0)
    return [
        Evidence(i.hit, i.text, i.start, i.end, i.probability * (0.1 + 0.9 * w / top))
        for i, w in zip(found, weights, strict=True)
    ]
