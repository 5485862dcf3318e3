"""What is wrong with a gold set, line by line, and what to mend."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.answers import normalize
from eval.gold import Case, Kind, gold_lines, parse_case
from eval.library import Library
from ingest.sentences import split_sentences


@dataclass(frozen=True)
class Problem:
    """One fault of a gold set."""

    line: int
    """Of the file, from 1."""
    case: str
    """Id of the case; empty where the line has none."""
    message: str

    def __str__(self) -> str:
        place = f"{self.line}: {self.case}" if self.case else str(self.line)
        return f"{place}: {self.message}"


def validate(path: Path, library: Library | None = None) -> list[Problem]:
    """Every fault of the gold set at `path`, in the order of its lines; empty when sound.

    Reports lines that are no case; ids and questions (with the same history, day and filters) that
    occur twice, and what they contradict each other in; answers and quotes given twice. With
    `library` also an article that it does not hold, a quote that no longer stands in its article,
    and filters that leave the gold article out or name an outlet that there is not.

    Raises `UserError` for a file that cannot be read or is empty.
    """
    problems: list[Problem] = []
    ids: dict[str, int] = {}
    asked: dict[tuple[object, ...], tuple[int, Case]] = {}
    for line, text in gold_lines(path):
        try:
            case = parse_case(text)
        except ValueError as error:
            problems.append(Problem(line, "", str(error)))
            continue
        told = [*_twice(line, case, ids, asked), *faults(case, library)]
        problems += [Problem(line, case.id, message) for message in told]
    return problems


def faults(case: Case, library: Library | None = None) -> Iterator[str]:
    """What is wrong with one case by itself and, with `library`, against its articles."""
    yield from _repeats(case)
    if library:
        yield from _against(case, library)
        yield from _filtered(case, library)


def _twice(
    line: int,
    case: Case,
    ids: dict[str, int],
    asked: dict[tuple[object, ...], tuple[int, Case]],
) -> Iterator[str]:
    if case.id in ids:
        yield f"this id stands on line {ids[case.id]} too; give each case its own"
    ids.setdefault(case.id, line)
    key = (normalize(case.question), case.history, case.as_of, case.filters)
    if key in asked:
        first, other = asked[key]
        yield f"asks the same question as {other.id} on line {first}{_contradiction(case, other)}"
    asked.setdefault(key, (line, case))


def _contradiction(case: Case, other: Case) -> str:
    """In what two cases of one question cannot both be right."""
    if case.should_answer != other.should_answer:
        silent = case if not case.should_answer else other
        return f" and contradicts it: {silent.id} says that there is no answer; keep one of them"
    # Two undated or unanswerable cases give no answer to disagree about.
    given = {normalize(answer) for answer in case.answers}
    known = {normalize(answer) for answer in other.answers}
    if given and known and not given & known:
        return f" and contradicts it: {case.answers[0]!r}, not {other.answers[0]!r}; keep one"
    return "; remove one, or tell them apart by `history`, `as_of` or `filters`"


def _repeats(case: Case) -> Iterator[str]:
    for name, values in (("answer", case.answers), ("quote", case.quotes)):
        again = {value for value in values if values.count(value) > 1}
        yield from (f"gives the {name} {value!r} twice; remove one" for value in sorted(again))
    if case.kind is Kind.YES_NO and not {normalize(a) for a in case.answers} <= {"yes", "no"}:
        yield "a yes_no case needs `yes` or `no` as its answer"


def _against(case: Case, library: Library) -> Iterator[str]:
    for source in case.gold:
        article = library.find(source.article)
        if article is None:
            yield (
                f"the library holds no article {source.article}; "
                "ingest it, or write its URL or file name as `byline library list` has it"
            )
            continue
        for quote in source.quotes:
            if quote not in article.text:
                yield (
                    f"this quote does not stand in {source.article}; copy it anew: {quote!r}"
                    f"{_nearest(quote, article.text)}"
                )


def _filtered(case: Case, library: Library) -> Iterator[str]:
    """Filters that name an outlet or collection which is not there, or leave the gold out."""
    if case.filters is None:
        return
    asked = case.filters
    yield from _unknown("sources", "outlet", asked.sources, library.outlets())
    yield from _unknown("collections", "collection", asked.collections, library.collections())
    for gold in case.gold:
        article = library.find(gold.article)
        inside = library.collections_of(article.id) if article and asked.collections else ()
        for why in asked.leaves_out(article, inside) if article else ():
            yield f"the filters leave out the gold article {gold.article}: {why}; change one"


def _unknown(field: str, what: str, names: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """Each of `names` that the library does not have, with the nearest one that it has."""
    for name in names:
        if name.lower() not in {one.lower() for one in known}:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"use {near[0]!r}" if near else f"`byline library list` names the {what}s"
            yield f"`filters.{field}`: the library has no {what} {name!r}; {hint}"


def _nearest(quote: str, text: str) -> str:
    """The sentence of the article that the quote may have become."""
    sentences = [text[start:end] for start, end in split_sentences(text)]
    near = difflib.get_close_matches(quote, sentences, n=1)
    return f"; the nearest sentence there: {near[0]!r}" if near else ""
