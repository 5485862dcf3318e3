"""Questions that a sentence of an article answers, made by turning the sentence around.

Only such turns as need no grammar beyond word order: "The library was opened on 5 May" becomes
"When was the library opened?". Whether the library answers them is for others to check.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.sentences import split_sentences
from ingest.types import Article
from rag.attribution import find_attributions
from rag.dates import find_dates
from rag.names import find_names

READ_CHARS = 8_000
"""So much of an article is looked at."""
LONGEST = 14
"""Words of a question; a longer one is no suggestion."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, and the words `article.text[start:end]` that it was made from."""

    question: str
    kind: str
    """The form of the question: when, why, many, much, by, where, who, said, sum."""
    article_id: str
    start: int
    end: int
    about: str
    """The name that it asks about, where it asks about one."""
    value: str
    """The words among which the answer is: those that tell who somebody is, else the sentence."""


_BE = r"(?:was|were|is|are|will be)"
_HAVE = r"(?:has been|have been|had been)"
_SUBJECT = (
    r"(?P<subject>(?!(?:In|On|At|After|Before|For|From|By|With|During|Since|Until|When|While|As|If"
    r"|Of|To|Under|All|No|More|Most|Some|Many|But|And|Although|Though|Because|Even|His|Her|Their|Its"
    r"|Our|My)\b)[A-Z][^,;:“”\"()–—]{2,60}?)"
)
_WHEN = re.compile(rf"{_SUBJECT} (?P<be>{_BE}) (?P<rest>[^,;:“”\"()–—]{{3,70}})")
_WHY = re.compile(
    rf"{_SUBJECT} (?P<be>{_BE}|{_HAVE}) (?P<rest>[^,;:“”\"()–—]{{3,60}}?),? "
    r"(?:because|due to|after (?!\d|last\b|the first\b|\w+ (?:years?|months?|weeks?|days?)\b))"
)
_MANY = re.compile(
    r"(?:(?:About|Around|Nearly|Almost|More than|Over|Some|At least|Up to) )?"
    r"(?:[1-9][\d,.]*|(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Twenty|Thirty"
    r"|Forty|Fifty)(?:-\w+)?)(?: (?:hundred|thousand|million))?"
    r" (?P<what>(?!(?:of|per|years?|days?|hours?|months?|weeks?|minutes?)\b)[a-z][a-z-]+s?"
    r"(?: [a-z-]+){0,2}?) (?P<rest>(?:were|have been|had been|will be|live|slept|took|fled|died"
    r"|worked|signed|voted|lost|joined)\b[^,;:“”\"()–—]{3,70})(?=[.,;]|$)"
)
_MUCH = re.compile(
    rf"{_SUBJECT} (?P<verb>will cost|would cost|costs|cost) "
    r"(?:about |around |nearly |some |up to |at least |more than )?[£€$]?\d"
)
_COST = {"will cost": "will", "would cost": "would", "costs": "does", "cost": "did"}
_BY = re.compile(
    rf"{_SUBJECT} (?:was|were|has been|have been) "
    r"(?P<verb>[a-z]+ed|built|led|found|made|won|held|bought|sold|paid for) by (?=(?:the )?[A-Z])"
)
_WHERE = re.compile(
    rf"{_SUBJECT} (?P<be>was|were|is|are) (?P<rest>(?:held|found|built|born|buried|staged|made"
    r"|based|discovered|kept|assembled|moored)(?: \w+ly)?) (?:in|at|near|on) (?=(?:the )?[A-Z])"
)
_PREPOSITION = re.compile(r"(?:\s(?P<word>on|in|at|by|since|until|from|for|during|early|late))+$")
_BEFORE_WHEN = {"since": "Since when", "until": "Until when", "by": "By when", "from": "From when"}
_HANGING = ("a", "an", "the", "of", "to", "with", "between")
_DETERMINERS = ("The", "A", "An", "His", "Her", "Their", "Its", "Our", "My")
_LOOSE = re.compile(
    r"\b(?:he|she|it|they|this|that|these|those|there|here|who|which|what|and|but|or|not|I|we|you"
    r"|also|then|so|one|another|now|still|already|only|to be)\b",
    re.I,
)
"""Words that lean on what stands elsewhere, or that a plain subject does not have."""
_VERB_WITHIN = re.compile(
    r"\b(?:told|said|says|made|took|gave|came|went|saw|got|held|kept|led|won|lost)\b"
    r"|\b(?!(?:[Tt]he|[Aa]n?|[A-Z]\w*) )\w+ \w{3,}ed\b"
)
_ROLE = re.compile(
    r", (?:(?:the|an?|its|their|chief|head|former) "
    r"(?:(?!(?:in|of|at|for|with|on) )[^\W\d][\w’'-]* ){0,4}?[a-z-]+"
    r"(?=[,.”\"]| (?:of|at|for|in|who|with)\b)|who\b)"
)
"""What says who somebody is: ", the harbour master,", ", who chairs the board"."""
_ROLE_BEFORE = re.compile(
    r"\b((?:the|its|their|his|her) (?:[^\W\d][\w’'-]* ){0,3}?[a-z-]+), (?:the )?$"
)
"""The same before the name: "its harbour master, Ida Moe,"."""


def questions_of(article: Article) -> Iterator[Candidate]:
    """The questions that the sentences of `article` answer, in their order."""
    text = article.text[:READ_CHARS]
    for start, end in split_sentences(text, article.language or "en"):
        sentence = text[start:end]
        for kind, question, about, value in _turned(sentence, text):
            if len(question.split()) <= LONGEST:
                yield Candidate(question, kind, article.id, start, end, about, value)
    if 2 <= len(article.title.split()) <= LONGEST:
        whole = f"Summarise “{article.title}”"
        yield Candidate(whole, "sum", article.id, 0, len(article.text), "", article.text)


def _turned(sentence: str, text: str) -> Iterator[tuple[str, str, str, str]]:
    """(kind, question, name, value) of each turn that fits."""
    for kind, turn in _TURNS:
        if question := turn(sentence, text):
            yield kind, question, "", sentence
            break  # one question a sentence
    for name, role in _introduced(sentence):
        called = f"the {name}" if re.search(rf"\b[Tt]he {re.escape(name)},", sentence) else ""
        asked = "Who are" if name.endswith("s") else "What is"
        who = f"{asked} {called}?" if called else f"Who is {name}?"
        yield "who", who, name, role
    for attribution in find_attributions(sentence):
        for name in attribution.names:
            if " " in name:
                called = f"the {name}" if f"the {name}" in text else name
                yield "said", f"What did {called} say?", name, sentence


def _when(sentence: str, text: str) -> str:
    """The sentence up to its first date, asked for that date."""
    dates = find_dates(sentence)
    match = _WHEN.fullmatch(sentence[: dates[0].start].rstrip()) if dates else None
    if match is None or not _plain(match):
        return ""
    preposition = _PREPOSITION.search(match["rest"])
    rest = match["rest"][: preposition.start()].rstrip() if preposition else ""
    if preposition is None or not rest or rest.split()[-1] in _HANGING:
        return ""
    when = _BEFORE_WHEN.get(preposition["word"], "When")
    return _asked(when, match["be"], match["subject"], rest, text)


def _why(sentence: str, text: str) -> str:
    match = _WHY.match(sentence)
    if match is None or not _plain(match):
        return ""
    return _asked("Why", match["be"], match["subject"], match["rest"], text)


def _many(sentence: str, text: str) -> str:
    """The number at the beginning of the sentence, asked for."""
    match = _MANY.match(sentence)
    if match is None or _LOOSE.search(match["what"]):
        return ""
    rest = re.split(r" (?:and|but|while|although) ", match["rest"])[0]
    dates = find_dates(rest)
    rest = _PREPOSITION.sub("", rest[: dates[0].start].rstrip()) if dates else rest
    return f"How many {match['what']} {rest.rstrip(' .')}?"


def _much(sentence: str, text: str) -> str:
    match = _MUCH.match(sentence)
    if match is None or not _plain(match):
        return ""
    return f"How much {_COST[match['verb']]} {_within(match['subject'], text)} cost?"


def _by(sentence: str, text: str) -> str:
    """A passive with its agent: those verbs have one form for both."""
    match = _BY.match(sentence)
    if match is None or not _plain(match):
        return ""
    return f"Who {match['verb']} {_within(match['subject'], text)}?"


def _where(sentence: str, text: str) -> str:
    match = _WHERE.match(sentence)
    if match is None or not _plain(match):
        return ""
    return _asked("Where", match["be"], match["subject"], match["rest"], text)


_TURNS = (
    ("why", _why), ("much", _much), ("by", _by), ("where", _where), ("when", _when),
    ("many", _many),
)  # fmt: skip


def _introduced(sentence: str) -> Iterator[tuple[str, str]]:
    """Full names and what the sentence says of them: "Ida Moe, the harbour master, ..."."""
    for name in find_names(sentence):
        explained = _ROLE.match(sentence, name.end)
        whole = re.fullmatch(r"(?:The )?([^\d\s]+(?: [^\d\s]+)+)", name.text)
        if whole and explained:
            yield whole[1], re.split(r"[,.;:”\"]", sentence[explained.start() + 2 :])[0]
        before = _ROLE_BEFORE.search(sentence, 0, name.start)
        if whole and before and sentence[name.end : name.end + 1] == ",":
            yield whole[1], before[1]


def _plain(match: re.Match[str]) -> bool:
    """Whether the subject stands for itself, and nothing in the rest points elsewhere."""
    said = match.groupdict()
    loose = any(_LOOSE.search(said.get(part) or "") for part in ("subject", "rest"))
    return not (loose or _VERB_WITHIN.search(said["subject"]))


def _asked(word: str, be: str, subject: str, rest: str, text: str) -> str:
    first, _, more = be.partition(" ")
    return f"{word} {first} {_within(subject, text)} {f'{more} {rest}'.strip()}?"


def _within(subject: str, text: str) -> str:
    """The subject as it stands inside a sentence: in small letters, unless it is a name."""
    first, _, others = subject.partition(" ")
    inside = re.search(rf"(?<=[a-z,] ){re.escape(first)}\b", text)
    named = first not in _DETERMINERS and (inside or others[:1].isupper())
    return subject if named else f"{first.lower()} {others}".strip()
