"""Stems of content words: inflections fall together, and few else."""

import re

from rag.names import FUNCTION_WORDS

_CONTENT_WORD = re.compile(r"(?<!['’])\b[^\W_]{2,}(?:-[^\W_]+)*")
_ADVERB = re.compile(
    r"(?!supply|apply|reply|comply|imply|multiply|rely|rally|ally|family|italy|july|assembly)\w{3,}ly"
)
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


def content_stems(text: str) -> list[str]:
    """Stems of the content words, in order; adverbs in -ly left out."""
    words = _CONTENT_WORD.findall(text.lower())
    return [stem(w) for w in words if w not in FUNCTION_WORDS and not _ADVERB.fullmatch(w)]


def stem(word: str) -> str:
    """Crude on purpose: "admitted" and "admits" are one, "university" and "universe" two."""
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
