"""The drafter that asks a language model, and the reading of what it wrote."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.passages import written
from ingest.sentences import split_sentences
from rag.prompts import load
from rag.protocols import Draft, DraftSentence
from rag.types import Evidence

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

CHARACTERS_PER_TOKEN = 3.0
"""Fewer than English prose has, so that a prompt fits the window without a tokenizer."""
_MARKS = re.compile(r"[\[\(【]\s*\d+(?:\s*[,;]\s*\d+)*\s*[\]\)】]")
_MARK_AFTER_STOP = re.compile(
    r"([.!?][”\"’']?)((?:\s*[\[\(【]\s*\d+(?:\s*[,;]\s*\d+)*\s*[\]\)】])+)\.?"
)
_LEADING = re.compile(r"^(?:[-*•]|\d+\.)\s+")
_PREAMBLE = re.compile(
    r"^(?:sure|certainly|of course|here(?:'s| is| are)|answer)\b[^.]{0,60}[:!]\s*", re.I
)
_REFUSAL = re.compile(
    r"^\W*unknown\b|\b(?:not mentioned|"
    r"do(?:es)? not (?:say|mention|provide|contain|specify|answer)|"
    r"cannot (?:answer|be determined)|can't answer|no information|i'm sorry|i am sorry|as an ai)\b",
    re.IGNORECASE,
)


class LLMDrafter:
    """Lets a model answer from numbered evidence (`rag.protocols.Drafter`)."""

    def __init__(self, llm: "LLM", max_evidence: int = 6) -> None:
        """`max_evidence`: how many evidence sentences the model is shown, if its window allows."""
        self._llm = llm
        self._max_evidence = max_evidence

    def draft(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        """Ask the model once. Empty when it refuses or has nothing to say.

        Raises TransientError when the model cannot be reached or does not finish, and UserError
        when its settings are wrong.
        """
        from llama_index.core.llms import ChatMessage, MessageRole

        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=load("answer_system")),
            ChatMessage(role=MessageRole.USER, content=self._prompt(question, evidence)),
        ]
        text = ""
        usage: dict[str, int] = {}
        for response in self._llm.stream_chat(messages):
            text = response.message.content or ""
            usage = _counted(response.additional_kwargs) or usage
            if repeats_itself(text):
                break
        return Draft(tuple(read_draft(text)), usage)

    def _prompt(self, question: str, evidence: Sequence[Evidence]) -> str:
        metadata = self._llm.metadata
        fixed = len(load("answer_system")) + len(load("answer")) + len(question)
        tokens = metadata.context_window - max(metadata.num_output, 0)
        room = tokens * CHARACTERS_PER_TOKEN - fixed
        shown: list[str] = []
        for number, item in enumerate(evidence[: self._max_evidence], 1):
            line = numbered(number, item)
            room -= len(line)
            if shown and room < 0:
                break
            shown.append(line)
        return load("answer").format(evidence="\n".join(shown), question=question)


def numbered(number: int, evidence: Evidence) -> str:
    """One evidence sentence as the model sees it: number, title, outlet, date, words."""
    article = evidence.hit.article
    about = ", ".join(
        part for part in (article.title, article.source, written(article.published)) if part
    )
    return f"[{number}] ({about}) {' '.join(evidence.text.split())}"


def read_draft(text: str) -> Iterator[DraftSentence]:
    """The sentences of what a model printed, without marks and preamble; none for a refusal.

    Marks may stand as [1], [1, 2], [1][2], (1) or 【1】, before or behind the full stop. A mark in
    front of the first word belongs to the sentence that follows it.
    """
    for paragraph in text.split("\n"):
        line = _PREAMBLE.sub("", _LEADING.sub("", paragraph.strip()))
        # Moved before the full stop, a mark stays with its sentence when they are split.
        line = _MARK_AFTER_STOP.sub(lambda m: f"{m[2]}{m[1]}", line)
        for start, end in split_sentences(line):
            sentence = _sentence(line[start:end])
            if sentence.text and not _REFUSAL.search(sentence.text):
                yield sentence


def repeats_itself(text: str, length: int = 40) -> bool:
    """Whether the last `length` characters stand twice before: the model is going round."""
    tail = text[-length:]
    return len(tail) == length and text.count(tail) > 2


def _sentence(text: str) -> DraftSentence:
    cites = [int(n) for mark in _MARKS.findall(text) for n in re.findall(r"\d+", mark)]
    plain = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_MARKS.sub("", text).split()))
    return DraftSentence(plain if re.search(r"\w", plain) else "", tuple(dict.fromkeys(cites)))


def _counted(usage: dict[str, object]) -> dict[str, int]:
    names = ("prompt_tokens", "completion_tokens")
    return {name: int(str(usage[name])) for name in names if usage.get(name) is not None}
