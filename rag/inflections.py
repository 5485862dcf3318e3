"""Forms of English words, from the tables of `lemminflect`: "sank" is the past of "sink".

It is imported on first use: its tables take half a second, and most questions need none.
"""

from functools import lru_cache


def past(verb: str) -> str:
    """The past of a verb in its base form: "sank" of "sink"; "was" of "be"."""
    return _inflected(verb, "VBD")


def third(verb: str) -> str:
    """The form that "he" takes: "sinks"."""
    return _inflected(verb, "VBZ")


def base(verb: str) -> str:
    """The base form of a verb: "sink" of "sank" and "sinks"; the word itself where it is none."""
    return next(iter(_lemmas(verb).get("VERB", ())), verb)


@lru_cache(maxsize=4096)
def is_base(word: str) -> bool:
    """Whether `word` is a verb as it stands behind "did": "sink", not "sank" or "ferry's"."""
    return word in _lemmas(word).get("VERB", ())


@lru_cache(maxsize=4096)
def is_participle(word: str) -> bool:
    """Whether `word` can stand behind "was" or "has" as a form of a verb: "sunk", "sinking"."""
    verbs = _lemmas(word).get("VERB", ())
    return any(
        word in _forms(verb, tag) and (tag == "VBN" or word != verb)
        for verb in verbs
        for tag in ("VBN", "VBG")
    )


@lru_cache(maxsize=4096)
def is_compared(word: str) -> bool:
    """Whether `word` is the comparative of an adjective: "longer"."""
    return any(
        word != adjective and word in _forms(adjective, "JJR")
        for adjective in _lemmas(word).get("ADJ", ())
    )


@lru_cache(maxsize=4096)
def word_classes(word: str) -> frozenset[str]:
    """Which of NOUN, VERB, ADJ, ADV and AUX it can be; empty for a word that is in no table."""
    return frozenset(_lemmas(word))


@lru_cache(maxsize=4096)
def _lemmas(word: str) -> dict[str, tuple[str, ...]]:
    from lemminflect import getAllLemmas

    found: dict[str, tuple[str, ...]] = getAllLemmas(word)
    return found


def _forms(lemma: str, tag: str) -> tuple[str, ...]:
    from lemminflect import getInflection

    found: tuple[str, ...] = getInflection(lemma, tag, inflect_oov=False)
    return found


def _inflected(verb: str, tag: str) -> str:
    return next(iter(_forms(verb, tag)), verb)
