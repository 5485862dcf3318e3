"""Words that ask and name nothing: "give me a timeline of", "compare"."""

import re

from ingest.lexical import STOP_WORDS, stems

_COURTESY = re.compile(
    r"^(?:hi|hello|hey)?[,!.]?\s*(?:please|(?:(?:could|can|would|will) you )?(?:please |kindly )?"
    r"(?:tell|explain|show)(?: to)?(?: me| us)?|i (?:would like|want) to know"
    r"|i['’]d like to know|do you know)[,:]?\s+"
    r"(?=(?:who|what|when(?! the\b)|where|why|which|how)\b)",
    re.I,
)

ASKING = frozenset(
    stems(
        "timeline time line timelines chronology chronological sequence course events event what"
        " happened happen happening took place went give me make show list write create get tell"
        " us about more please can could you summarise summarize summary sum up overview outline"
        " rundown digest brief briefly short quick describe article articles report reports story"
        " news known reported written said between and from since during until over before after"
        " how did unfold develop evolve come project case affair all everything something say"
        " life history latest"
    )
)
"""Stems of the words that ask for a timeline or a summary."""
_ASKING_OTHERWISE = frozenset(
    stems(
        "compare compared comparing comparison contrast versus vs difference different differ list"
        " name everyone everybody anyone someone people mentioned mention explain sure know want"
        " like need question questions answer answers thing things help find look look hi hello hey"
        " thanks thank ok else really exactly kind sort version"
    )
)


def without_courtesy(question: str) -> str:
    """`question` without what is only polite in front of it.

    >>> without_courtesy("Could you please tell me how many were hurt?")
    'How many were hurt?'
    """
    bare = _COURTESY.sub("", question.strip(), count=1)
    return bare if bare == question.strip() else f"{bare[:1].upper()}{bare[1:]}"


def names_something(word: str) -> bool:
    """Whether a word of a question can stand in an article because of what is asked."""
    found = stems(word)
    asks = all(stem in ASKING or stem in _ASKING_OTHERWISE for stem in found)
    return word.lower() not in STOP_WORDS and not asks
