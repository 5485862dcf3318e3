"""The clauses of a sentence that could each be a sentence of its own."""

import re

_JOINT = re.compile(r"(?:,\s(?:and|but|while|whereas|so)|;(?:\s(?:and|but|however,))?)\s")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|do"
    r"|said|says|\w{2,}(?:ed|s)|became|began|came|fell|found|gave|got|grew|held|kept|knew|led|left"
    r"|lost|made|met|paid|put|ran|rose|sank|saw|sent|set|sold|spent|stood|took|told|went|won|wrote)\b"
)
_SUBJECT = re.compile(
    r"^(?:the|a|an|it|he|she|they|its|his|her|their|this|that|these|those|we|I|there|in|on|by|at"
    r"|no|some|many|most|all|both|[A-Z]\w+|\d[\d,.]*|\w+s)\b",
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
FEWEST_WORDS = 4


def split_clauses(sentence: str) -> list[str]:
    """`sentence` cut where a new clause with a subject and a verb begins; quotations stay whole.

    >>> split_clauses("The ferry sank off the cape, and its captain was saved by a trawler.")
    ['The ferry sank off the cape', 'its captain was saved by a trawler.']
    """
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    clauses, start = [], 0
    for joint in _JOINT.finditer(sentence):
        if any(begin < joint.start() < end for begin, end in quoted):
            continue
        head, tail = sentence[start : joint.start()], sentence[joint.end() :]
        if _is_clause(head) and _is_clause(tail) and _SUBJECT.match(tail):
            clauses.append(head.strip())
            start = joint.end()
    return [*clauses, sentence[start:].strip()]


def _is_clause(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and _VERB.search(text) is not None
