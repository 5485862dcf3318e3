"""Whether the facts of a drafted sentence stand in the words it cites.

These checks are hard: one problem and the sentence is not shown. They look at what can be compared
exactly (numbers, units, dates, names, quotations, negation) and leave the rest to a model of
support. Who did what to whom, a rise told as a fall, a rounded number are not judged here, except
that a number which the cited words do not have is always a problem.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.passages import written
from rag.dates import DateMention, date_stands_in, find_dates, resolve
from rag.names import FUNCTION_WORDS, find_names, name_stands_in
from rag.numbers import Number, find_numbers, same_amount, same_measure
from rag.quotations import find_quotations, quotation_stands_in


@dataclass(frozen=True, slots=True)
class Problem:
    """One fact of a sentence that the cited words do not carry."""

    kind: str
    """`number`, `unit`, `date`, `name`, `quotation` or `negation`."""
    text: str
    """The words of the sentence that state it."""
    message: str
    """One line for the user."""


def check_claims(
    sentence: str, span: str, *, context: str = "", published: date | None = None
) -> list[Problem]:
    """The facts of `sentence` that do not stand in `span`; empty when all do.

    `context` (title, outlet, neighbouring sentences) may give names and dates, nothing else.
    `published` turns "on Saturday" into a day. It is the date of the report: a sentence may give
    it as that ("reported on 6 November 2022"), not as the date of what happened.
    """
    return [
        *_numbers(sentence, span),
        *_dates(sentence, span, context, published),
        *_names(sentence, span, context),
        *_quotations(sentence, span),
        *_negations(sentence, span),
    ]


# --- numbers ------------------------------------------------------------------------------------

_MORE = re.compile(
    r"\b(?:(?:more|greater) than|over|above|at least|exceed\w*|no (?:few|l)\w+ than)\s$", re.I
)
_LESS = re.compile(
    r"\b(?:(?:less|fewer) than|under|below|up to|at most|almost|nearly|no more than)\s$", re.I
)
_MORE_AFTER = re.compile(r"\s(?:or more|and more|or above|or over)\b")
_LESS_AFTER = re.compile(r"\s(?:or less|or fewer|or below|or under)\b")
_ALONE = re.compile(
    r"\s*(?:[.,;:)!?–—]|$|(?:and|or|to|from|in|at|on|by|for|a|an|per|the|last|this)\b)"
)
_COUNTED = re.compile(r"[\s-]((?:[\w'’-]+\s?){1,3})")
_GROUPS = {2: "both|pair|couple|twins?|duo", 3: "trio|triplets"}


def _numbers(sentence: str, span: str) -> Iterator[Problem]:
    numbers = find_numbers(sentence)
    if not numbers:
        return
    found = find_numbers(span, durations=True)
    for number in numbers:
        same = [
            n
            for n in found
            if same_measure(number, n) or _unit_understood(number, n, sentence, span, found)
        ]
        if same:
            yield from _bounds(number, sentence, same, span)
            yield from _counted_otherwise(number, sentence, same, found, span)
        elif not _worded_otherwise(number, sentence, span):
            yield _missing(number, found)


def _missing(number: Number, found: list[Number]) -> Problem:
    others = [n.text for n in found if same_amount(number, n)]
    if others and number.unit != "ordinal":
        message = f"the cited words say “{others[0]}”, not “{number.text}”"
        return Problem("unit", number.text, message)
    return Problem("number", number.text, f"“{number.text}” does not stand in the cited words")


def _unit_understood(
    number: Number, other: Number, sentence: str, span: str, found: list[Number]
) -> bool:
    """Whether two numbers differ only in that one of them leaves its unit unsaid."""
    if number.value != other.value or (number.unit and other.unit):
        return False
    if "ordinal" in (number.unit, other.unit):
        return False
    if not number.unit:
        return _ALONE.match(sentence, number.end) is not None
    stated = any(n.unit == number.unit for n in found)
    return stated and _ALONE.match(span, other.end) is not None


def _bounds(number: Number, sentence: str, same: list[Number], span: str) -> Iterator[Problem]:
    """Whether a bound is turned round: "more than 400" told as "fewer than 400"."""
    claimed = _bound(sentence, number)
    if claimed and all(_bound(span, n) == -claimed for n in same):
        message = f"the cited words bound “{same[0].text}” from the other side"
        yield Problem("number", number.text, message)


def _bound(text: str, number: Number) -> int:
    before = text[max(0, number.start - 24) : number.start]
    more = _MORE.search(before) or _MORE_AFTER.match(text, number.end)
    less = _LESS.search(before) or _LESS_AFTER.match(text, number.end)
    return bool(more) - bool(less)


def _counted_otherwise(
    number: Number, sentence: str, same: list[Number], found: list[Number], span: str
) -> Iterator[Problem]:
    """The cited words count something else with this number, and this with another number."""
    if number.unit:
        return
    nouns = _nouns(sentence, number)
    if not nouns or not all(_nouns(span, n) and not nouns & _nouns(span, n) for n in same):
        return
    places = {n.start for n in same}
    rival = next((n for n in found if n.start not in places and nouns & _nouns(span, n)), None)
    if rival is not None and rival.unit == "":
        message = f"the cited words give “{rival.text}” for what the sentence gives “{number.text}”"
        yield Problem("number", number.text, message)


def _nouns(text: str, number: Number) -> frozenset[str]:
    """Stems of the content words right after a number: what it counts."""
    after = _COUNTED.match(text, number.end)
    if after is None:
        return frozenset()
    words = []
    for word in re.findall(r"[^\W\d_]+", after[1].lower()):
        if word in FUNCTION_WORDS and word not in ("such", "of", "the", "more", "other"):
            break
        words.append(word)
    return frozenset(_stem(word) for word in words if word not in FUNCTION_WORDS)


def _worded_otherwise(number: Number, sentence: str, span: str) -> bool:
    """Whether the span has the number in words or in a name: "both", "a soldier", "Shahed-136"."""
    figure = number.text
    group = _GROUPS.get(int(number.value)) if number.unit == "" else None
    if group and re.search(rf"(?i:\b(?:{group})\b)", span):
        return True
    if number.unit == "" and number.value == 1:
        nouns = _nouns(sentence, number)
        singles = re.findall(r"(?i:\b(?:an?|single|lone|another)\s((?:[\w-]+\s?){1,3}))", span)
        return any(nouns & {_stem(word) for word in words.lower().split()} for words in singles)
    if not figure.isdigit():
        return False
    if 1000 <= number.value <= 2100 and re.search(rf"(?<![\d,.]){figure}(?![\d,])", span):
        return True  # a year here may have been read as an amount there
    before = re.search(r"(\w+)[\s-]$", sentence[max(0, number.start - 40) : number.start])
    return bool(before and re.search(rf"\b{before[1]}[\s-]?{figure}\b", span, re.I))


# --- dates, names, quotations -------------------------------------------------------------------

_REPORTED = re.compile(
    r"\b(?:report(?:ed|s)?|published|article|dated|wrote|as of)\b[^.;]{0,40}$", re.I
)


def _dates(sentence: str, span: str, context: str, published: date | None) -> Iterator[Problem]:
    for mention in find_dates(sentence):
        if date_stands_in(mention, span, context=context, published=published):
            continue
        days = resolve(mention, published)
        is_report = days is not None and days.start == days.end == published
        if is_report and _REPORTED.search(sentence[: mention.start]):
            continue
        yield Problem("date", mention.text, _date_message(mention, is_report, published))


def _date_message(mention: DateMention, is_report: bool, published: date | None) -> str:
    if is_report and published is not None:
        return f"{written(published)} is the date of the report, not of what it reports"
    return f"“{mention.text}” does not stand in the cited words"


def _names(sentence: str, span: str, context: str) -> Iterator[Problem]:
    around = f"{span}\n{context}" if context else span
    quoted = find_quotations(sentence)  # checked word for word already
    for name in find_names(sentence, around):
        if any(q.start <= name.start and name.end <= q.end for q in quoted):
            continue
        if not name_stands_in(name.text, around) and not _spelled_out(name.text, sentence):
            yield Problem("name", name.text, f"“{name.text}” does not stand in the cited words")


def _spelled_out(name: str, sentence: str) -> bool:
    """Whether the sentence itself gives the words that an acronym in brackets stands for."""
    before = sentence.partition(f"({name})")[0] if f"({name})" in sentence else ""
    initials = "".join(word[0] for word in re.findall(r"[^\W_]+", before))
    return bool(before) and initials.lower().endswith(name.lower().removesuffix("s"))


def _quotations(sentence: str, span: str) -> Iterator[Problem]:
    for quotation in find_quotations(sentence):
        if not quotation_stands_in(quotation.text, span):
            message = f"“{quotation.text}” is not in the cited words"
            yield Problem("quotation", quotation.text, message)


# --- negation -----------------------------------------------------------------------------------

_CLAUSE_END = re.compile(
    r"[,;:.!?](?=\s|$)|[—–()\n]|\b(?:but|while|although|though|whereas|and(?=\s(?:\w+\s){0,2}?"
    r"(?:not|never|no|denied|denies|refused|failed|without|says?|said|adds|added|insists?)\b))\b"
)
_NEGATOR = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied|ying)"
    r"|(?:refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|declin(?:e|es|ed|ing)|unable) to|\w+n['’]t)\b",
    re.I,
)
_DENY = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.I)
_WITHOUT = re.compile(r"\bwithout\b(?!\s\w+ing\b)", re.I)
_NO_NEGATION = re.compile(
    r"\b(?:(?:not|\w+n['’]t) (?:only|just|least|necessarily)|not to mention|no (?:doubt|matter)"
    r"|no (?:more|fewer|less|later|earlier) than|No\.? ?\d|whether or not|if not|none other"
    r"|nothing but|without doubt)\b",
    re.I,
)
_UNCERTAIN = re.compile(
    r"\b(?:refus|fail|declin|reject|bann|bans?\b|barred|prohibit|prevent|block|stop|halt|avoid|lack"
    r"|missed|missing|absen|cancel|scrap|rul\w+ out|dismiss|contradict|doubt|hardly|barely|scarcely"
    r"|rarely|seldom|few\b|little\b|too\b|yet to|still to|except|unless|abandon|suspend|withh|forb"
    r"|impossib|unlikely|unable|free of|instead|rather than|alleg|accus|pending|await|oppos"
    r"|against)",
    re.I,
)
"""Words that may deny in their own way: beside them, nothing is said of a contradiction."""
_CONTENT_WORD = re.compile(r"(?<!['’])\b[^\W_]{2,}(?:-[^\W_]+)*")
_ADVERB = re.compile(
    r"(?!supply|apply|reply|comply|imply|multiply|rely|rally|ally|family|italy|july|assembly)\w{3,}ly"
)
_NEGATIVE_PREFIX = re.compile(r"(?:un|in|im|il|ir|dis|non-?)(\w{4,})$")
_IRREGULAR_VERBS = """
begin began begun, break broke broken, bring brought, build built, buy bought, catch caught, choose
chose chosen, come came, draw drew drawn, drive drove driven, fall fell fallen, feed fed, fight
fought, find found, fly flew flown flies, get got, give gave given, go went gone goes, grow grew
grown, hear heard, hold held, keep kept, know knew known, lead led, leave left, lie lay lain, lose
lost, make made, mean meant, meet met, pay paid, rise rose risen, run ran, say said, see saw seen,
sell sold, send sent, shoot shot, show shown, sink sank sunk, sit sat, speak spoke spoken, spend
spent, stand stood, steal stole stolen, strike struck, swear swore sworn, take took taken, teach
taught, tell told, think thought, throw threw thrown, wear wore worn, win won, withdraw withdrew
withdrawn, write wrote written
"""
_IRREGULAR = {
    form: verb
    for verb, *forms in (row.split() for row in _IRREGULAR_VERBS.split(","))
    for form in forms
}


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    stems: frozenset[str]
    """Of its content words, negators left out."""
    denied: tuple[tuple[str, ...], ...]
    """For each negator the stems of the content words after it."""


def _negations(sentence: str, span: str) -> Iterator[Problem]:
    """Clauses of the sentence that the span has with the opposite sign."""
    if not (_NEGATOR.search(sentence) or _NEGATOR.search(span)):
        return
    clauses = _clauses(span)
    for clause in _clauses(sentence):
        opposite = _opposite(clause, clauses) or _denial(clause, clauses)
        if opposite is not None:
            message = f"the cited words say otherwise: “{opposite.text}”"
            yield Problem("negation", clause.text, message)


def _opposite(clause: _Clause, clauses: list[_Clause]) -> _Clause | None:
    """The clause of the span most like `clause`, if just one of the two is negated.

    The words negated must stand on both sides: "who did not want to be named said the bridge
    reopened" does not deny that the bridge reopened.
    """
    likest = max(
        clauses,
        key=lambda other: (len(clause.stems & other.stems), _agree(clause, other)),
        default=None,
    )
    return likest if likest is not None and _contradicts(clause, likest) else None


def _denial(clause: _Clause, clauses: list[_Clause]) -> _Clause | None:
    """A clause that denies what `clause` says, where no other affirms it.

    "Admits sending drones, but denies sending missiles" does not carry "admits sending missiles".
    """
    if clause.denied or _UNCERTAIN.search(clause.text):
        return None
    around = frozenset().union(*(other.stems for other in clauses))
    for other in clauses:
        if len(other.denied) != 1 or _WITHOUT.search(other.text):
            continue
        scope = other.denied[0]
        said = clause.stems.intersection(scope)
        first = scope[:2] if _DENY.search(other.text) else scope[:1]
        whole = len(said) >= 0.75 * len(set(scope)) and not said.isdisjoint(first)
        affirmed = any(said <= c.stems for c in clauses if not c.denied)
        alike = len(clause.stems & around) >= 3
        if whole and alike and not affirmed:
            return other
    return None


def _agree(clause: _Clause, other: _Clause) -> bool:
    return bool(clause.denied) == bool(other.denied)


def _contradicts(clause: _Clause, other: _Clause) -> bool:
    shared = clause.stems & other.stems
    if len(shared) < 2 or len(shared) < 0.6 * min(len(clause.stems), len(other.stems)):
        return False
    if len(clause.denied) + len(other.denied) != 1:
        return False
    negated, plain = (clause, other) if clause.denied else (other, clause)
    if not plain.stems.issuperset(negated.denied[0][:2]):
        return False
    if _is_uncertain(plain.text, negated.text):
        return False
    if _WITHOUT.search(negated.text) and not re.search(r"\bwith\b", plain.text, re.I):
        return False  # "left without power" may well be "lost power"
    prefixed = (_NEGATIVE_PREFIX.match(stem) for stem in plain.stems - shared)
    return not any(match and match[1] in negated.stems for match in prefixed)


def _is_uncertain(plain: str, negated: str) -> bool:
    """Whether `plain` may deny in its own way, with words that `negated` does not have too."""
    said = negated.lower()
    return any(match.group().lower() not in said for match in _UNCERTAIN.finditer(plain))


def _clauses(text: str) -> list[_Clause]:
    kept = _NO_NEGATION.sub(" ", text)
    return [_clause(part.strip()) for part in _CLAUSE_END.split(kept) if part.strip()]


def _clause(text: str) -> _Clause:
    scopes = (_NEGATOR.sub(" ", text[m.end() : m.end() + 200]) for m in _NEGATOR.finditer(text))
    denied = tuple(tuple(stems) for scope in scopes if (stems := _stems(scope)))
    return _Clause(text, frozenset(_stems(_NEGATOR.sub(" ", text))), denied)


def _stems(text: str) -> list[str]:
    """Stems of the content words, in order; adverbs in -ly left out."""
    words = _CONTENT_WORD.findall(text.lower())
    return [_stem(w) for w in words if w not in FUNCTION_WORDS and not _ADVERB.fullmatch(w)]


def _stem(word: str) -> str:
    """Crude on purpose: inflections fall together, and few else."""
    word = _IRREGULAR.get(word, word)
    for ending in ("ies", "ied"):
        if word.endswith(ending) and len(word) > 4:
            return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e")
