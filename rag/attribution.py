"""Who says what in a text: "Moe said ...", "..., said Moe", "according to Moe"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.names import find_names
from rag.stems import content_stems


@dataclass(frozen=True, slots=True)
class Attribution:
    """One speaker and what is said: `source[start:end]` is the phrase that names the speaker."""

    start: int
    end: int
    speaker: str
    """The whole phrase: "Ida Moe, the harbour master"."""
    names: tuple[str, ...]
    """The proper names in it; empty for "the minister" and "she"."""
    said: frozenset[str]
    """Stems of the words that are put in the speaker's mouth."""

    @property
    def is_pronoun(self) -> bool:
        """Whether a pronoun stands for the speaker."""
        return not self.names and _PRONOUN.fullmatch(self.speaker.strip()) is not None


_VERBS = """
said says say told tells added adds wrote writes argued argues claimed claims warned warns announced
announces explained explains noted notes insisted insists admitted admits stated states declared
declares confirmed confirms suggested suggests denied denies acknowledged acknowledges testified
tweeted replied recalled believed believes thinks alleged alleges concluded concedes conceded
complained continued predicted predicts estimated estimates stressed joked vowed promised pledged
"""
_VERB = re.compile(rf"\b(?:{'|'.join(_VERBS.split())})\b")
_ACCORDING = re.compile(r"\b(?:[Aa]ccording to|in the words of)\s")
_BY_COUNT = re.compile(
    r"\b[Bb]y\s(?P<who>[A-Z][\w-]*(?:\s[A-Z][\w-]*)*)['’]s?\s(?:own\s)?"
    r"(?:count|account|estimate|reckoning|figures|tally)\b"
)
_PRONOUN = re.compile(r"(?:I|we|he|she|they|it|who|you|everyone|one)", re.I)
_EDGE = re.compile(r"[.;:!?“”\"—(]\s?|,?\s(?:that|but|while|although|because|as|when|if|which)\s|^")
_AFTER_EDGE = re.compile(r"[.;:!?“”\"—(]|,\s(?![^,]{3,60},\s)|\s(?:that|in|on|at|to|during|as)\s|$")
_AUXILIARY = re.compile(
    r"(?:\s(?:also|later|has|have|had|then|once|again|further|only|never|not|did|is|was|\w+ly))+\s?$"
)
_QUOTED = re.compile(r"[”\"’]\s?$")
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did)\b"
)
_INVERTED = re.compile(r"[,”\"’?!]\s?$")
_OBJECT = re.compile(
    r"\s?(?:that|it|he|she|they|there|his|her|its|in|on|at|to|the following|\w+day\b(?!\s[A-Z]))\b"
)


@lru_cache(maxsize=256)  # a span is read again for each sentence that cites it
def find_attributions(text: str) -> tuple[Attribution, ...]:
    """The attributions in `text`, in order of their speakers."""
    phrases = sorted({*_subjects(text), *_accordings(text)})
    found = []
    for place, (start, end, verb_end) in enumerate(phrases):
        names = tuple(n.text for n in find_names(text) if n.start < end and start < n.end)
        inverted = verb_end <= start
        if inverted:
            last = max((e for _, e, _ in phrases[:place]), default=0)
            said = text[last:start]
        else:
            following = min((s for s, _, _ in phrases[place + 1 :]), default=len(text))
            said = f"{text[:start] if not place else ''} {text[verb_end:following]}"
        stems = frozenset(content_stems(_VERB.sub(" ", said)))
        found.append(Attribution(start, end, text[start:end].strip(" ,"), names, stems))
    return tuple(found)


def _subjects(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, end of the verb) of what a verb of saying has as its subject."""
    for verb in _VERB.finditer(text):
        before = text[: verb.start()]
        if _INVERTED.search(before) and not _OBJECT.match(text, verb.end()):
            start = verb.end() + 1
            edge = _AFTER_EDGE.search(text, start)
            end = edge.start() if edge else len(text)
            # "Moe, the harbour master, said the doors were open": what follows is said.
            if start < end and (_QUOTED.search(before) or not _CLAUSE.search(text[start:end])):
                yield start, end, verb.end()
                continue
        auxiliary = _AUXILIARY.search(before)
        end = auxiliary.start() if auxiliary else len(before.rstrip(" "))
        start = max((m.end() for m in _EDGE.finditer(text[:end])), default=0)
        start = _after_clause(text, start, end)
        if start < end and end - start < 120:
            yield start, end, verb.end()


def _after_clause(text: str, start: int, end: int) -> int:
    """Where the subject begins: behind "On Monday, " and "The road closed, ", not in "Moe, 43,"."""
    parts = text[start:end].split(", ")
    if len(parts) < 2:
        return start
    if text[start:end].endswith(","):  # "..., Ida Moe, the harbour master,"
        kept = [p for p in parts[-2:] if p.strip(" ,")]
        return end - len(", ".join(kept))
    return end - len(parts[-1])


def _accordings(text: str) -> Iterator[tuple[int, int, int]]:
    for match in _ACCORDING.finditer(text):
        edge = re.compile(r"[.;:!?“”\"—(]|,\s|$").search(text, match.end())
        end = edge.start() if edge else len(text)
        yield match.end(), end, end
    for match in _BY_COUNT.finditer(text):
        yield match.start("who"), match.end("who"), match.end()
