"""What a hasty question means: a slip of the keys mended, names in their capitals.

Only a word that neither the library nor the dictionary knows is mended, by the word most like it in
the passages that the question finds: no question is turned into one about something else. What was
changed is shown with the answer ("Understood as").
"""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from ingest.lexical import LexicalIndex, stems
from rag.inflections import word_classes
from rag.names import find_names
from rag.protocols import Retriever
from rag.types import Hit

LOOKED_AT = 12
"""Passages in which the words are looked for."""
SHORTEST = 5
"""Letters: shorter words have too many neighbours."""
ALIKE = 0.84
"""How alike two words must be, as difflib counts: one letter in six may be another."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASKING = {
    **dict.fromkeys(("wat", "waht", "whta", "wht", "whay"), "what"),
    **dict.fromkeys(("wen", "whne", "wehn", "whn"), "when"),
    **dict.fromkeys(("wich", "whcih", "wihch", "whitch"), "which"),
    **dict.fromkeys(("hwo", "howm"), "how"),
    **dict.fromkeys(("woh", "whoo"), "who"),
    **dict.fromkeys(("wher", "whre", "werhe", "wheer"), "where"),
}
"""Slips in the word that asks."""


class Speller:
    """Mends a question with the words of a library (`rag.assistant.Spell`)."""

    def __init__(self, words: LexicalIndex, retriever: Retriever) -> None:
        """`words` tells which words the library has; `retriever` finds those that were meant."""
        self._words = words
        self._retriever = retriever

    def __call__(self, question: str, as_of: date | None = None) -> str:
        """`question` as it was meant; unchanged where nothing in it is doubtful."""
        first = _WORD.match(question)
        if first and first.group().lower() in _ASKING:
            meant = _ASKING[first.group().lower()]
            if first.group()[0].isupper():
                meant = meant.capitalize()
            question = meant + question[first.end() :]
        doubtful = {m.group() for m in _WORD.finditer(question) if self._is_doubtful(m.group())}
        lazy = question[1:] == question[1:].lower() and _WORD.search(question) is not None
        if not doubtful and not lazy:
            return question
        said = _Said(self._retriever.retrieve(question, LOOKED_AT, as_of))
        return _WORD.sub(
            lambda match: said.meant(match.group(), mend=match.group() in doubtful, name=lazy),
            question,
        )

    def _is_doubtful(self, word: str) -> bool:
        """Whether no article and no dictionary has a word in small letters."""
        if len(word) < SHORTEST or not word.islower():
            return False
        known = any(self._words.frequency(stem) > 0 for stem in stems(word))
        return not known and not word_classes(word)


class _Said:
    """The words of some passages, as they are written there."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        texts = [f"{hit.article.title}.\n{hit.passage.text}" for hit in hits]
        self._spelled = {m.group() for text in texts for m in _WORD.finditer(text)}
        names = (name.text for text in texts for name in find_names(text))
        words = (match.group() for name in names for match in _WORD.finditer(name))
        self._names = {word.lower(): word for word in words}

    def meant(self, word: str, *, mend: bool, name: bool) -> str:
        """`word` as the passages have it: the most like it, where it is to be mended."""
        if mend and word not in self._spelled:
            known = [w for w in self._spelled if w[:1].lower() == word[0] and len(w) >= SHORTEST]
            by_lower = {w.lower(): w for w in known}
            close = get_close_matches(word, by_lower, n=1, cutoff=ALIKE)
            turned = [w for w in by_lower if sorted(w) == sorted(word)]  # "poeple"
            if close or turned:
                return by_lower[(turned or close)[0]]
        if name and word.islower() and word in self._names and word not in self._spelled:
            return self._names[word]
        return word
