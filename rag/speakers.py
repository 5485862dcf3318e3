"""Whether the cited words give what is said to the speaker whom the sentence names."""

import re
from collections.abc import Iterator, Sequence

from rag.attribution import Attribution, find_attributions
from rag.names import name_stands_in
from rag.problem import Problem
from rag.stems import content_stems, stem

_SPEECH = re.compile(
    r"[“”\"‘]|\b(?:sa(?:y|id)|t(?:ell|old)|claim|warn|announc|report|accord|statement|accus|den(?:y|i)"
    r"|admi|conce[dg]|acknowledg|confirm|call|describ|argu|insist|suggest|believ|th(?:ink|ought)"
    r"|expect|hop|fear|predict|forecast|estimat|blam|prais|critici|condemn|demand|urg|ask|answer"
    r"|repl|respond|tweet|post|writ|wrote|letter|interview|sp(?:eech|oke|eak)|quot|word|testif"
    r"|plead|promis|pledg|vow|agree|refus|reject|welcom|appeal|complain|explain|stress|emphasi"
    r"|declar|propos|decid|rul|f(?:ind|ound)|show|view|opinion|conclud|note|recall|put)",
    re.I,
)
"""Any sign that somebody speaks, writes or judges."""
_ROLES = frozenset(
    stem(word)
    for word in """
    official authority expert people spokesman spokeswoman spokesperson company firm author report
    government critic analyst researcher scientist study article resident witness observer source
    team group police
    """.split()
)
"""Stems of words that may stand for a speaker whom the cited words name otherwise."""
_DETERMINED = re.compile(
    r"(?:the|a|an|its|his|her|their|our|my|this|that|one|another|both)\b|.*\W", re.I
)
_REPORTS = re.compile(r"\breport(?:ed|s)?\b")


def speakers(sentence: str, span: str, context: str = "") -> Iterator[Problem]:
    """Speakers of `sentence` to whom `span`, read in its `context`, does not give what is said."""
    if sentence in span:
        return
    cited = find_attributions(span)
    for claimed in find_attributions(sentence):
        if claimed.is_pronoun or not claimed.speaker:
            continue
        if _REPORTS.match(sentence[claimed.end :].lstrip()) and any(
            name_stands_in(name, context) for name in claimed.names
        ):
            continue  # "The Alder Post reported that": the outlet of the cited article
        other = _other_speaker(claimed, cited, span, context)
        if other is not None:
            message = f"in the cited words it is {other}, not “{claimed.speaker}”, who says so"
            yield Problem("speaker", claimed.speaker, message)


def _other_speaker(
    claimed: Attribution, cited: Sequence[Attribution], span: str, context: str
) -> str | None:
    """Who says it in the cited words, where that cannot be the claimed speaker; None if it can."""
    if not cited:
        speaks = _SPEECH.search(span) or _SPEECH.search(context)
        return None if speaks or not claimed.names else "nobody"
    best = max(len(claimed.said & one.said) for one in cited)
    likely = [one for one in cited if len(claimed.said & one.said) == best]
    if any(_may_be(claimed, one, cited, span, context) for one in likely):
        return None
    return f"“{likely[0].speaker}”"


def _may_be(
    claimed: Attribution, one: Attribution, cited: Sequence[Attribution], span: str, context: str
) -> bool:
    """Whether both can be the same speaker."""
    if not claimed.names:
        return _role_may_be(claimed, one, cited, f"{span}\n{context}")
    if one.names:
        return _same_name(claimed, one)
    if one.is_pronoun:
        # "She said" goes on with the speaker in front, where one is named.
        before = [a for a in find_attributions(context) if a.names]
        return not before or any(_same_name(claimed, earlier) for earlier in before)
    # "The company said" may be Keltan Rail, "prosecutors said" is not Sweden.
    shared = set(content_stems(claimed.speaker)) & set(content_stems(one.speaker))
    return _DETERMINED.match(one.speaker) is not None or bool(shared)


def _same_name(claimed: Attribution, one: Attribution) -> bool:
    return any(name_stands_in(name, one.speaker) for name in claimed.names) or any(
        name_stands_in(name, claimed.speaker) for name in one.names
    )


def _role_may_be(
    claimed: Attribution, one: Attribution, cited: Sequence[Attribution], around: str
) -> bool:
    """Whether "the minister" can be `one`: a word of both, or a word told in the surroundings."""
    role = set(content_stems(claimed.speaker))
    if not role or role & _ROLES or role & set(content_stems(one.speaker)):
        return True
    if any(role & set(content_stems(other.speaker)) for other in cited):
        return False
    return bool(role & set(content_stems(around)))
