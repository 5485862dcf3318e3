"""What comes near to saying so, and does not: "nearly sank", "called on her to resign"."""

import re

from rag.names import find_names
from rag.negation import DENIES_IN_ITS_OWN_WAY
from rag.stems import content_stems
from rag.verbs import verb_stems

# In May something happened: the month is no "may".
_MAY = re.compile(
    r"\b(?:(?-i:may)|might|could|would|whether|if|suspected|rumou?r\w*|reportedly|possibl[ey]|perhaps"
    r"|nearly|almost|all but|narrowly|until|used to|formerly|expect(?:s|ed)?|fear(?:s|ed)?"
    r"|want(?:s|ed)?|believ(?:es?|ed)|hop(?:es?|ed)|worr(?:y|ies|ied)|predict(?:s|ed)?|promised?"
    r"|(?:prepar\w+|plan(?:s|ned|ning)?|tr(?:y|ies|ied|ying)|hoping"
    r"|threaten(?:s|ed|ing)?|ready|about) to)\b",
    re.I,
)
_TO = re.compile(r"\bto ([a-z]+)\b")


def is_hedged(claim: str, sentence: str) -> bool:
    """Whether the sentence says only that it may be so, is said to be, or is asked to be.

    Where the claim does not: "was preparing to ship", "is accused of selling", "called on her to
    resign".
    """
    if any(
        pattern.search(sentence) and not pattern.search(claim)
        for pattern in (_MAY, DENIES_IN_ITS_OWN_WAY)
    ):
        return True
    said = set(verb_stems(claim))
    asked = [word for word in _TO.findall(sentence) if verb_stems(word)[0] in said]
    done = set(verb_stems(_TO.sub(" ", sentence)))
    return any(verb_stems(word)[0] not in done for word in asked if f"to {word}" not in claim)


def is_turned_round(claim: str, sentence: str) -> bool:
    """Whether the claim's words stand there in another order: who beat whom is told by nothing
    else. "By" may put them into another order."""
    if re.search(r"\bby\b", sentence, re.I):
        return False
    there = content_stems(sentence)
    places = [there.index(stem) for stem in content_stems(claim) if stem in there]
    return len(find_names(claim)) > 1 and places != sorted(places)
