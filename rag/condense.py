"""A question in a conversation to one that stands by itself, before anything is retrieved.

By rule: a question with names of its own and no word that points back is left alone. Where a
pronoun has one name to stand for, the name takes its place; otherwise the words that carry the
question before are added in brackets, so that a reader sees what was taken over.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.errors import BylineError
from ingest.lexical import STOP_WORDS, query_words, stems
from rag.followups import task_on
from rag.names import find_names
from rag.prompts import load

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

History = Sequence[tuple[str, str]]
"""Earlier (question, answer) turns, oldest first."""
Condense = Callable[[str, History], str]
"""A question and the turns before it to a question that stands by itself."""

TURNS = 4
"""Earlier turns that are read."""
CARRIED = 6
"""Words of the question before that are added at most."""
SHORT_ANSWER = 60
"""Characters; the names of a longer answer are not what the conversation is about."""
LONGEST = 2_000
"""Characters of a resolved question."""

_PERSON = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.I)
_THING = re.compile(r"\b(?:it|its|they|them|their|theirs)\b", re.I)
_NO_REFERENCE = re.compile(
    r"\b(?:did|does|do|will|would|is|was|can)\s(it)\s(?:take|cost|rain|snow|possible|true|like)\b"
    r"|\b(?:is|was|make)\s(it)\b(?=.*\b(?:to|that|worth)\b)",
    re.I,
)
_POINTS = re.compile(
    r"\b(?:this(?!\s(?:year|week|month|morning|season|summer|winter|spring|autumn)\b)|these|those"
    r"|then(?!\b.*,)|else|(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)there(?!\s(?:is|are|was|were|any)\b)"
    r"|that(?!\s(?:the|a|an|he|she|it|they|we|i)\b))\b",
    re.I,
)
_RELATIVE_THAT = re.compile(
    r"\b[\w’'-]+\sthat\s(?:is|are|was|were|has|have|had|can|could|will|do|did)\b"
)
_GOES_ON = re.compile(
    r"^\s*(?:and|but|or|so|also|then|what about|how about|what else)\b[,\s]*", re.I
)
_ABOUT = re.compile(r"^\s*(?:and\s|but\s|so\s)?(?:what|how) about\s(.+?)\??\s*$", re.I)
_ASKS = re.compile(
    r"^\s*(?:who|what|when|where|why|which|how|is|are|was|were|do|does|did|can|could|will|would|has"
    r"|have|had|should|may)\b",
    re.I,
)
_EMPTY = frozenset(
    stems(
        "tell give know want need like get got make made use used please explain describe list "
        "thing things way ways kind type types lot more most best good much many first happen "
        "happened mean means difference example examples reason also just really think help start"
    )
)


def condense(question: str, history: History) -> str:
    """`question` with what it takes from `history`; unchanged where it stands by itself."""
    resolved, answer = "", ""
    for earlier, told in history[-TURNS:]:
        resolved, answer = _resolve(earlier, resolved, answer), told
    return _resolve(question, resolved, answer)[:LONGEST]


def points_back(question: str) -> bool:
    """Whether a question leans on what was said before it."""
    bare = _RELATIVE_THAT.sub(" ", question)
    if _has_own(bare):
        return bool(_ABOUT.match(bare))
    if _GOES_ON.match(bare) or _PERSON.search(bare):
        return True
    if _THING.search(_NO_REFERENCE.sub(" ", bare)) or _POINTS.search(bare):
        return True
    return len(_content(question)) <= 1 and not _names(question)


def _has_own(question: str) -> bool:
    """Whether each word that could point back comes after a name that it can stand for."""
    pointers = [_PERSON.search(question), _THING.search(question), _POINTS.search(question)]
    first = min((match.start() for match in pointers if match), default=len(question))
    named = any(name.end <= first for name in find_names(question))
    return named and len(_content(question)) >= 2 and not _GOES_ON.match(question)


class LLMCondenser:
    """Asks a language model to rewrite; the rule's answer where it does not, or invents."""

    def __init__(self, llm: "LLM") -> None:
        self._llm = llm

    def __call__(self, question: str, history: History) -> str:
        """See `condense`. A question that stands by itself costs no call."""
        if not history or not points_back(question):
            return condense(question, history)
        told = "\n".join(f"Question: {asked}\nAnswer: {said}" for asked, said in history[-TURNS:])
        prompt = load("condense").format(history=told, question=question)
        try:
            lines = self._llm.complete(prompt).text.strip().splitlines()
        except BylineError:
            return condense(question, history)
        rewritten = lines[0].strip().strip('"“”') if lines else ""
        known = set(stems(f"{told}\n{question}"))
        # Words that nobody has said are the model's own.
        invented = {s for word in query_words(rewritten) for s in stems(word)} - known
        good = rewritten and len(rewritten) <= 300 and len(invented) <= 2
        return rewritten if good else condense(question, history)


def _resolve(question: str, before: str, answer: str) -> str:
    if not before:
        return question
    if task := task_on(question, before):
        return task
    if not points_back(question):
        return question
    if about := _ABOUT.match(question):
        return _in_place(about[1], before)
    replaced = _with_name(question, before, answer)
    if replaced != question and not _POINTS.search(replaced):
        return _lead(replaced)
    carried = _carried(replaced, before, answer)
    bare = _lead(replaced).rstrip()
    if not carried:
        return bare
    end = "?" if bare.endswith("?") else ""
    return f"{bare.rstrip('?')} ({' '.join(carried)}){end}"


def _lead(question: str) -> str:
    """Without "And" and the like in front."""
    bare = _GOES_ON.sub("", question, count=1)
    return bare[:1].upper() + bare[1:] if _ASKS.match(bare) else question


def _in_place(about: str, before: str) -> str:
    """ "What about 2021?" after "How many came in 2020?": the old question, asked of the new."""
    names = _names(before)
    if _names(about) and len(names) == 1:
        return before.replace(names[0], about, 1)
    year = re.search(r"\b(?:1\d|20)\d\d\b", before)
    if year and re.search(r"\b(?:1\d|20)\d\d\b", about):
        return before.replace(year.group(), re.sub(r"^in\s", "", about), 1)
    carried = [word for word in _content(before) if word not in _content(about)][:CARRIED]
    return f"What about {about} ({' '.join(carried)})?" if carried else f"What about {about}?"


def _with_name(question: str, before: str, answer: str) -> str:
    """The one pronoun replaced by the one name it can stand for."""
    person = _PERSON.search(question)
    pronoun = person or _THING.search(_masked(question))
    if pronoun is None:
        return question
    told = _names(answer) if len(answer) <= SHORT_ANSWER or person else []
    asked_who = re.search(r"\bwho\b|\bwhich\b", before, re.I) and person
    candidates = [*told, *_names(before)] if asked_who else [*_names(before), *told]
    own = set(stems(question))
    candidates = [name for name in candidates if not set(stems(name)) <= own]
    plain = pronoun.group().lower()
    if not candidates or plain in ("they", "them", "their", "theirs"):
        return question
    name = candidates[0]
    follows = question[pronoun.end() :].strip(" ?.!,")
    possessive = plain in ("his", "its") or (plain == "her" and _owns(follows))
    return (
        question[: pronoun.start()]
        + (_of(name) if possessive else name)
        + question[pronoun.end() :]
    )


def _owns(follows: str) -> bool:
    """Whether "her" is followed by what is hers: "her ship", not "get her running"."""
    word = follows.split(" ")[0]
    return bool(word) and not word.endswith("ing") and word not in (
        "to", "in", "at", "on", "again", "back", "for", "from", "with", "and", "up", "out",
    )  # fmt: skip


def _of(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _masked(question: str) -> str:
    """With every "it" that stands for nothing blotted out, offsets kept."""
    return _NO_REFERENCE.sub(lambda match: "#" * len(match.group()), question)


def _carried(question: str, before: str, answer: str) -> list[str]:
    """The content words of the question before that the new one lacks."""
    own = set(stems(question))
    words = [word for word in _content(before) if not set(stems(word)) <= own]
    if _PERSON.search(question) and len(answer) <= SHORT_ANSWER:
        words += [w for name in _names(answer)[:1] for w in name.split() if w not in words]
    return words[-CARRIED:] if len(words) > CARRIED else words


def _content(text: str) -> list[str]:
    """The words of a question that carry its subject, in order."""
    kept = re.findall(r"[^\W_](?:[\w’'&.-]*[\w])?", _GOES_ON.sub("", text))
    return [
        word
        for word in dict.fromkeys(kept)
        if word.lower() not in STOP_WORDS and not _EMPTY.issuperset(stems(word))
        and word.lower() not in _QUESTION_WORDS
    ]  # fmt: skip


_QUESTION_WORDS = frozenset("who what when where why which how whose whom that it its".split())


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(text[name.start : name.end] for name in find_names(text)))
