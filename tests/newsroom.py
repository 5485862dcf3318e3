"""Three articles, and an assistant that answers from them word by word as a test scripts it."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ingest.errors import TransientError
from ingest.types import Article, Passage
from rag.scope import Scope
from rag.types import Answer, Citation, Hit, Sentence, Verdict

OnSentence = Callable[[Sentence, tuple[Citation, ...]], None]
OnStage = Callable[[str, int], None]

FERRY = Article(
    id="ferry",
    title="Night ferry to Ostrava Island returns after four years",
    source="Harbour Post",
    url="https://harbourpost.example/ferry",
    authors=("Ines Calder", "Tom Brandt"),
    published=date(2022, 11, 5),
    text="\n\n".join(
        [
            "The night ferry between Port Senn and Ostrava Island will sail again from 12 March, "
            "the harbour board said on Saturday. It last ran in the autumn of 2018.",
            "The board bought a second-hand ship, the Marit Lund, for 14.2 million crowns. She "
            "carries 320 passengers and 60 cars, and needs nine hours for the crossing.",
            *(
                f"Berth {n} was rebuilt for the new ramp. Masons worked there through the winter, "
                "between tides, and the work ended ahead of the spring storms."
                for n in range(2, 14)
            ),
            "A single ticket costs 38 crowns, and islanders travel at half price. Bookings open "
            "on 1 February at the harbour office.",
            "The board expects 70,000 passengers in the first year.",
        ]
    ),
)
BRIDGE = Article(
    id="bridge",
    title="Council closes Kell Bridge to lorries",
    source="Meridian Wire",
    url="https://meridian.example/kell-bridge",
    published=date(2023, 1, 17),
    modified=date(2023, 1, 19),
    text="Lorries over 7.5 tonnes may not cross Kell Bridge from Monday, the council decided.\n\n"
    "Engineers found cracks in two of the eleven girders. Repairs will take until June, and the "
    "detour through Senn adds 23 kilometres.",
)
HOSTILE = Article(
    id="hostile",
    title="<img src=x onerror=\"document.title='owned'\"> & <b>bold</b>",
    source="<script>document.title='owned'</script>",
    url="javascript:alert(1)",
    text="The label read <script>document.title='owned'</script> and *nothing* ran. "
    "A template such as ${document.title='owned'} or {{value}} stays as it is.",
)
ARTICLES = (FERRY, BRIDGE, HOSTILE)


def cite(number: int, article: Article, quote: str) -> Citation:
    """The citation of the first place where `article` says `quote`."""
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        support=0.97,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
    )


def hit(article: Article, first: str, last: str, score: float = 0.5) -> Hit:
    """The passage of `article` from the words `first` through the words `last`."""
    start = article.text.index(first)
    end = article.text.index(last, start) + len(last)
    passage = Passage(f"{article.id}-0", article.id, 0, article.text[start:end], start, end)
    return Hit(passage, article, score, {"dense": score})


def answer(
    question: str, *parts: tuple[str, tuple[Citation, ...]], short: str = "", reason: str = ""
) -> Answer:
    """An answer of sentences, each with the citations that carry it."""
    citations = {c.number: c for _, cited in parts for c in cited}
    return Answer(
        question=question,
        sentences=tuple(
            Sentence(text, tuple(c.number for c in cited), Verdict.SUPPORTED)
            for text, cited in parts
        ),
        citations=tuple(citations.values()),
        short=short,
        reason=reason,
        confidence=0.9,
        timings={"total": 0.42},
    )


SAILS = "When does the night ferry sail again?"
SAILS_ANSWER = answer(
    SAILS,
    (
        "The night ferry to Ostrava Island sails again from 12 March.",
        (cite(1, FERRY, "will sail again from 12 March, the harbour board said on Saturday"),),
    ),
    (
        "A single ticket costs 38 crowns, and islanders pay half.",
        (cite(2, FERRY, "A single ticket costs 38 crowns, and islanders travel at half price."),),
    ),
    short="12 March",
    reason="The article gives no year for the first sailing; it was published on 5 November 2022.",
)
BRIDGE_ASKED = "Why was Kell Bridge closed to lorries?"
BRIDGE_ANSWER = answer(
    BRIDGE_ASKED,
    (
        "Engineers found cracks in two of the eleven girders.",
        (cite(1, BRIDGE, "Engineers found cracks in two of the eleven girders."),),
    ),
    ("Repairs will take until June.", (cite(2, BRIDGE, "Repairs will take until June"),)),
)
HOSTILE_ASKED = "What did the <b>label</b> read?"
HOSTILE_ANSWER = answer(HOSTILE_ASKED, (HOSTILE.text, (cite(1, HOSTILE, HOSTILE.text),)))
CAPTAIN = "Who is the captain of the Marit Lund?"
CAPTAIN_ANSWER = Answer(
    question=CAPTAIN,
    abstained=True,
    reason="The articles do not say: the nearest passages do not mention “captain”.",
    confidence=0.06,
    nearest=(
        hit(FERRY, "The board bought", "for the crossing."),
        hit(BRIDGE, "Lorries over", "the council decided."),
    ),
    timings={"total": 0.31},
)
BUSY = "Is the server busy?"
BROKEN = "Does this break?"


@dataclass
class Desk:
    """An assistant that knows the answers above, and says each sentence after `pause` seconds."""

    pause: float = 0.0
    answers: Mapping[str, Answer] = field(
        default_factory=lambda: {
            known.question: known
            for known in (SAILS_ANSWER, BRIDGE_ANSWER, HOSTILE_ANSWER, CAPTAIN_ANSWER)
        }
    )
    asked: list[str] = field(default_factory=list)
    told: list[tuple[tuple[tuple[str, str], ...], Scope | None]] = field(default_factory=list)
    """History and scope of each question."""
    go: threading.Event = field(default_factory=threading.Event)
    """While it is clear, only the first sentence of an answer is said."""
    said: int = 0
    """Sentences that were heard to the end."""
    searched: tuple[date | None, Scope | None] = (None, None)
    """Day and scope of the last search."""

    def __post_init__(self) -> None:
        self.go.set()

    def ask(
        self,
        question: str,
        *,
        as_of: date | None = None,
        history: Sequence[tuple[str, str]] = (),
        scope: Scope | None = None,
        infer_scope: bool = True,
        on_sentence: OnSentence | None = None,
        on_stage: OnStage | None = None,
    ) -> Answer:
        if question not in (*self.answers, BUSY, BROKEN):  # a question that may follow, tried out
            return Answer(question, abstained=True)
        self.asked.append(question)
        self.told.append((tuple(history), scope))
        if question == BUSY:
            raise TransientError("the language model is busy; please ask again in a moment")
        if question == BROKEN:
            raise ZeroDivisionError("secret detail")
        known = self.answers[question]
        by_number = {citation.number: citation for citation in known.citations}
        for stage, count in (("retrieve", 0), ("rank", 6), ("verify", 2)):
            if on_stage:
                on_stage(stage, count)
            time.sleep(self.pause / 2)
        for place, sentence in enumerate(known.shown):
            time.sleep(self.pause)
            if place:
                self.go.wait(60)
            if on_sentence:
                on_sentence(sentence, tuple(by_number[n] for n in sentence.citations))
            self.said += 1
        time.sleep(self.pause)
        return replace(known, as_of=as_of)

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        as_of: date | None = None,
        scope: Scope | None = None,
    ) -> Sequence[Hit]:
        self.searched = (as_of, scope)
        return [hit(FERRY, "The board bought", "for the crossing.", 0.8)][:k]


class Shelf:
    """A library of `ARTICLES`."""

    def __init__(self, articles: Sequence[Article] = ARTICLES) -> None:
        self._articles = {article.id: article for article in articles}
        self.changed: dict[str, Sequence[tuple[int, str]]] = {}
        """The versions of those articles that have changed."""

    def articles(self) -> Iterator[Article]:
        return iter(self._articles.values())

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def count(self) -> int:
        return len(self._articles)

    def outlets(self) -> Sequence[str]:
        return sorted({article.source for article in self._articles.values()})

    def languages(self) -> Sequence[str]:
        return ()

    def collections(self) -> Sequence[str]:
        return ()

    def versions(self, article_id: str) -> Sequence[tuple[int, str]]:
        return self.changed.get(article_id, ())
