"""Whether a text has a name, in one of its accepted forms."""

from dataclasses import dataclass
from functools import lru_cache

from rag.names.find import find_names
from rag.names.fold import as_phrase, folded_words
from rag.names.lexicon import HONORIFICS, PARTICLES, TITLES
from rag.names.table import GIVEN_BY


@dataclass(frozen=True, slots=True)
class _Index:
    """A text made ready for looking up names."""

    cased: str
    """Its folded words, acronyms in capitals, one space around each."""
    folded: str
    """The same, all folded."""
    runs: tuple[tuple[str, ...], ...]
    """The folded words of each of its capitalised names."""


@lru_cache(maxsize=512)
def _index(text: str) -> _Index:
    cased = f" {as_phrase(folded_words(text))} "
    runs = tuple(
        tuple(word for word in folded_words(name.text) if word not in PARTICLES)
        for name in find_names(text)
    )
    return _Index(cased, cased.casefold(), runs)


def name_stands_in(name: str, text: str) -> bool:
    """Whether `text` has `name` in one of its accepted forms (see the top of this file).

    Of a longer name every part must stand, and a last name must not stand with other first names
    only: "Emma Stone" does not stand in "Emma Watson and Oliver Stone".
    """
    index = _index(text)
    phrase = as_phrase(folded_words(name))
    if not phrase or _stands(phrase, index):
        return True
    words = phrase.split()
    parts: list[str] = []
    while words:
        sizes = range(min(5, len(words)), 0, -1)
        size = next((n for n in sizes if _stands(" ".join(words[:n]), index)), 0)
        if size:
            parts.append(" ".join(words[:size]))
        elif words[0] not in PARTICLES | HONORIFICS:
            return False
        words = words[size or 1 :]
    return not _torn(parts, index)


def _stands(phrase: str, index: _Index) -> bool:
    forms = {phrase, phrase + "s", phrase.removesuffix("s")} | GIVEN_BY.get(phrase, frozenset())
    if any(_has(form, index) for form in forms):
        return True
    if _is_acronym(phrase):
        return any(phrase.lower() in _initials(run) for run in index.runs)
    words = [word for word in phrase.split() if word not in PARTICLES]
    return len(words) >= 3 and f" {_initials(words).upper()} " in index.cased


def _has(form: str, index: _Index) -> bool:
    if len(form) > 3 or not _is_acronym(form):
        return f" {form.casefold()} " in index.folded
    return f" {form} " in index.cased  # "US" is not "us", "WHO" not "who"


def _is_acronym(phrase: str) -> bool:
    return len(phrase) > 1 and phrase.isalpha() and phrase.isupper()


def _initials(words: tuple[str, ...] | list[str]) -> str:
    return "".join(word[:1].lower() for word in words)


def _torn(parts: list[str], index: _Index) -> bool:
    """Whether the text gives the last of `parts` to bearers of other names only."""
    if (
        len(parts) < 2
        or parts[-2].split()[-1] in TITLES
        or {parts[-2], parts[-1]} & GIVEN_BY.keys()
    ):
        return False
    given, last = parts[-2].split()[-1], parts[-1].split()[0]
    bearers = [run for run in index.runs if last in run]
    return bool(bearers) and all(
        given not in run and run.index(last) > 0 and run[run.index(last) - 1] not in TITLES
        for run in bearers
    )
