"""Errors planted in true sentences by rule: ten kinds, each with what counts as catching it."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.statements import Statement
from rag.types import Evidence, Verdict
from rag.verify import Checked
from training.reader.mutations import change


@dataclass(frozen=True, slots=True)
class Case:
    """A drafted sentence with its evidence; the first of `spans` is what it should have cited."""

    kind: str
    text: str
    cites: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    needs: tuple[int, ...] = ()
    """Evidence numbers that a sentence shown must cite; empty: it must not be shown."""

    def caught(self, checked: Checked) -> bool:
        """Whether the check dropped it, or mended its citation."""
        if checked.sentence.verdict is Verdict.DROPPED:
            return True
        cited = {(c.article_id, c.start) for c in checked.citations}
        wanted = [self.evidence[n - 1] for n in self.needs]
        return bool(wanted) and {(e.hit.article.id, e.start) for e in wanted} == cited


Planter = Callable[[Statement, Sequence[Statement], random.Random], Case | None]
"""From a true sentence, other sentences of the same half, and dice."""


def case_of(
    kind: str, text: str, statement: Statement, others: Sequence[Statement], rng: random.Random
) -> Case:
    """`text` citing `statement`, with five other sentences around it as evidence."""
    pool = list({o.text: o for o in others if o.text != statement.text}.values())
    near = [o for o in pool if o.article.id == statement.article.id][:2]
    far = rng.sample([o for o in pool if o not in near], 5 - len(near))
    shown = [statement, *near, *far]
    rng.shuffle(shown)
    number = shown.index(statement) + 1
    return Case(kind, text, (number,), tuple(s.evidence() for s in shown))


# --- one changed fact ---------------------------------------------------------------------------


def _mutated(kind: str) -> Planter:
    def plant(statement: Statement, others: Sequence[Statement], rng: random.Random) -> Case | None:
        around = f"{statement.before} {statement.text} {statement.after}"
        made = change(statement.text, around, rng, kind)
        if made is None:
            return None
        return case_of(kind, made.apply(statement.text), statement, others, rng)

    return plant


_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH_DAY = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)})\s(?P<day>\d{{1,2}})\b(?!\d)")
_DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})\s(?P<month>{'|'.join(_MONTHS)})\b")
_IN_MONTH = re.compile(
    rf"\b(?:in|since|until|by|last|early|late)\s(?P<month>{'|'.join(_MONTHS)})\b"
)
_YEAR = re.compile(
    r"\b(?:in|since|of|by|until|from|and|to|,)\s(?P<year>(?:1[5-9]|20)\d\d)\b(?![-–,]\d)"
)
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(_DAYS)})\b")


def _date(statement: Statement, others: Sequence[Statement], rng: random.Random) -> Case | None:
    text = statement.text
    spots = [
        (name, *match.span(name))
        for pattern in (_MONTH_DAY, _DAY_MONTH, _IN_MONTH, _YEAR, _WEEKDAY)
        for match in pattern.finditer(text)
        for name in match.groupdict()
    ]
    if not spots:
        return None
    name, start, end = rng.choice(spots)
    old = text[start:end]
    new = {
        "month": lambda: rng.choice([m for m in _MONTHS if m != old]),
        "weekday": lambda: rng.choice([d for d in _DAYS if d != old]),
        "day": lambda: str(int(old) % 28 + 1),
        "year": lambda: str(int(old) + rng.choice((-10, -2, -1, 1, 2, 10))),
    }[name]()
    return case_of("date", text[:start] + new + text[end:], statement, others, rng)


_UNITS = (
    "thousand million billion trillion",
    "seconds minutes hours days weeks months years decades",
    "minute hour day week month year",
    "km miles kilometres kilometers metres meters feet yards inches mi m ft cm mm",
    "kg kilograms pounds tonnes tons grams ounces",
    "dollars euros pounds yen",
    "acres hectares",
    "percent dollars tonnes",
)
_GROUP = {unit: group.split() for group in _UNITS for unit in group.split()}
_SAME = ({"km", "kilometres", "kilometers"}, {"metres", "meters", "m"}, {"feet", "ft"},
         {"miles", "mi"}, {"tonnes", "tons"}, {"kg", "kilograms"})  # fmt: skip
_UNIT = re.compile(
    r"(?:\d|hundred|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)[\s-]"
    rf"(?P<unit>{'|'.join(sorted(_GROUP, key=len, reverse=True))})\b(?!\w)"
    r"|(?P<sign>[$£€])(?=\d)|\d(?P<part>%)"
)


def _unit(statement: Statement, others: Sequence[Statement], rng: random.Random) -> Case | None:
    text = statement.text
    spots = list(_UNIT.finditer(text))
    if not spots:
        return None
    match = rng.choice(spots)
    name = match.lastgroup or ""
    old = match[name]
    if name == "unit":
        same = next((s for s in _SAME if old in s), {old})
        new = rng.choice([unit for unit in _GROUP[old] if unit not in same])
    else:
        new = rng.choice([s for s in "$£€" if s != old]) if name == "sign" else " million"
    start, end = match.span(name)
    return case_of("unit", text[:start] + new + text[end:], statement, others, rng)


_NAME = r"(?:[A-Z][\w’'-]+)(?:\s[A-Z][\w’'-]+){0,2}"
_SAYS = r"(?:said|says|told|added|wrote|argued|claimed|warned|announced|explained|noted|insisted)"
_SPEAKER = re.compile(
    rf"(?:(?P<subject>{_NAME})\s{_SAYS}\b|{_SAYS}\s(?P<after>{_NAME})"
    rf"|[Aa]ccording to (?P<according>{_NAME}))"
)
_PRONOUN = re.compile(r"(?:He|She|They|It|I|We|You|Who|That|This|Some|Many|One)\b")
_ANY_NAME = re.compile(rf"(?<=[a-z,”] ){_NAME}")


def _speaker(statement: Statement, others: Sequence[Statement], rng: random.Random) -> Case | None:
    """Another name of the same sentence, the sentences in front or the title says it."""
    text = statement.text
    match = _SPEAKER.search(text)
    if match is None or match.lastgroup is None:
        return None
    start, end = match.span(match.lastgroup)
    if _PRONOUN.match(text, start) or text[start:end].split()[0] in (*_MONTHS, *_DAYS):
        return None  # a name in the place of "he" may well be whose it is
    known = set(text[start:end].split())
    rest = f"{text[:start]} — {text[end:]}"
    for around in rng.sample([rest, statement.before, statement.article.title], 3):
        names = [m[0] for m in _ANY_NAME.finditer(around)]
        names = [n for n in names if not known & set(n.split()) and n not in (*_MONTHS, *_DAYS)]
        if names:
            changed = text[:start] + rng.choice(sorted(names)) + text[end:]
            return case_of("speaker", changed, statement, others, rng)
    return None


# --- a citation that does not carry -------------------------------------------------------------


def _wrong_citation(
    statement: Statement, others: Sequence[Statement], rng: random.Random
) -> Case | None:
    made = case_of("wrong_citation", statement.text, statement, others, rng)
    right = made.cites[0]
    wrong = rng.choice([n for n in range(1, len(made.evidence) + 1) if n != right])
    return Case(made.kind, made.text, (wrong,), made.evidence, needs=(right,))


def _no_source(
    statement: Statement, others: Sequence[Statement], rng: random.Random
) -> Case | None:
    made = case_of("no_source", statement.text, statement, others, rng)
    kept = tuple(e for e in made.evidence if e.text != statement.text)
    return Case(made.kind, made.text, (rng.randrange(len(kept)) + 1,), kept)


def _merged(statement: Statement, others: Sequence[Statement], rng: random.Random) -> Case | None:
    """Two sentences in one that cites the first; or a number of the one told of the other."""
    near = [o for o in others if o.article.id == statement.article.id and o.text != statement.text]
    if not near:
        return None
    other = rng.choice(near)
    if rng.random() < 0.5:
        first, second = statement.text.rstrip("."), other.text
        if not second.startswith(("The ", "In ", "A ", "It ", "He ", "She ", "They ")):
            return None
        text = f"{first}, and {second[0].lower()}{second[1:]}"
        made = case_of("merged_facts", text, statement, [other, *others], rng)
        both = tuple(
            n for n, e in enumerate(made.evidence, 1) if e.text in (statement.text, other.text)
        )
        return Case(
            made.kind, text, made.cites, made.evidence, needs=both if len(both) == 2 else ()
        )
    one, two = (
        re.findall(r"(?<![\w.,])\d[\d,.]*\d\b|\b\d\b", t) for t in (statement.text, other.text)
    )
    two = [figure for figure in two if figure not in one]
    if not one or not two:
        return None
    text = statement.text.replace(rng.choice(one), rng.choice(two), 1)
    made = case_of("merged_facts", text, statement, [other, *others], rng)
    both = tuple(
        n for n, e in enumerate(made.evidence, 1) if e.text in (statement.text, other.text)
    )
    return Case(made.kind, text, both, made.evidence)


# --- invented quotations ------------------------------------------------------------------------

_QUOTED = re.compile(r"[“\"]([^“”\"]{12,})[”\"]")
_CHANGED_WORDS = (
    "very always never simply clearly terrible wonderful honestly people absolutely".split()
)


def _quote(statement: Statement, others: Sequence[Statement], rng: random.Random) -> Case | None:
    """Words changed within quotation marks, marks around words never said, or a quote added."""
    text = statement.text
    quoted = _QUOTED.search(text)
    if quoted and rng.random() < 0.7:
        words = quoted[1].split()
        place = rng.randrange(len(words))
        if rng.random() < 0.5:
            words.insert(place, rng.choice(_CHANGED_WORDS))
        else:
            words[place] = rng.choice([w for w in _CHANGED_WORDS if w != words[place]])
        changed = text[: quoted.start(1)] + " ".join(words) + text[quoted.end(1) :]
    elif quoted is None and rng.random() < 0.5:
        words = text.rstrip(".").split()
        place = rng.randrange(2, len(words) - 4)
        said = [
            *words[place : place + 2],
            rng.choice(_CHANGED_WORDS),
            *words[place + 2 : place + 4],
        ]
        open_, close = rng.choice([("“", "”"), ('"', '"'), ("‘", "’")])
        words[place : place + 4] = [open_ + " ".join(said) + close]
        changed = " ".join(words) + "."
    else:
        first = rng.choice(["We never expected that", "This is a turning point", "Nobody was told"])
        changed = f"“{first},” it was said, as {text[0].lower()}{text[1:]}"
    return case_of("invented_quote", changed, statement, others, rng)


PLANTERS: dict[str, Planter] = {
    "number": _mutated("number"),
    "date": _date,
    "name": _mutated("name"),
    "unit": _unit,
    "negation": _mutated("negation"),
    "speaker": _speaker,
    "wrong_citation": _wrong_citation,
    "invented_quote": _quote,
    "merged_facts": _merged,
    "no_source": _no_source,
}
