"""The drafter that asks a language model, and the reading of what it wrote."""

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.errors import TransientError
from ingest.passages import written
from ingest.sentences import split_sentences
from rag.prompts import load
from rag.protocols import Draft, DraftSentence
from rag.types import Evidence
from rag.ways.kind import Kind

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

CHARACTERS_PER_TOKEN = 3.0
"""Fewer than English prose has, so that a prompt fits the window without a tokenizer."""
_NUMBERS = r"(?:\^|source |passage )?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*"
_MARK = re.compile(
    # A round bracket may hold a year or a score: it is a mark only at the edge of a sentence.
    rf"[\[【]\s*{_NUMBERS}\s*[\]】]|^\(\d{{1,2}}\)|\(\d{{1,2}}\)(?=\s*(?:[.!?\[(【]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)|</?(?:passages|sources)>", re.DOTALL)
_LEADING = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_PREAMBLE = re.compile(
    r"^(?:(?:sure|certainly|of course)[,.!:]\s*|(?:here(?:'s| is| are)|answer)\b[^.]{0,60}[:!]\s*"
    r"|(?:based on|according to) the (?:passages?|evidence|sources?)(?: provided)?,\s*)+",
    re.IGNORECASE,
)
_SOURCE = r"(?:passages?|evidence|sources?|articles?|text|context)"
_REFUSAL = re.compile(
    rf"^\W*(?:unknown\b|(?:i'm|i am) sorry|as an ai|i (?:cannot|can't|do not|don't)\b"
    rf"|(?:the |these )?(?:provided |given )?{_SOURCE} (?:provided )?(?:do(?:es)?n't|do(?:es)? not)"
    rf" (?:say|state|mention|provide|contain|specify|answer|include)"
    rf"|there is no (?:information|mention)\b|no information\b"
    rf"|[^.]{{0,80}}\bnot (?:mentioned|stated|specified|given|provided) (?:in|by) the {_SOURCE})",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"[.!?…][”\"’')»]*$")


PROMPTS = {
    Kind.FACT: "answer",
    Kind.YES_NO: "answer_yes_no",
    Kind.COMPARISON: "answer_comparison",
    Kind.LIST: "answer_list",
    Kind.TIMELINE: "answer_timeline",
    Kind.SUMMARY: "answer_summary",
}
EVIDENCE = {Kind.TIMELINE: 12, Kind.SUMMARY: 8, Kind.LIST: 8}
"""How many sentences the model is shown at least, where the answer needs many."""


class LLMDrafter:
    """Lets a model answer from numbered evidence (`rag.protocols.Drafter`)."""

    def __init__(
        self,
        llm: "LLM",
        max_evidence: int = 6,
        on_token: Callable[[str], None] | None = None,
        timeout: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        kind: Kind = Kind.FACT,
    ) -> None:
        """`max_evidence`: how many evidence sentences the model is shown, if its window allows.

        `on_token` hears the text piece by piece, unchecked. After `timeout` seconds the model is
        stopped; the sentences that it has finished still count. `kind` chooses the prompt.
        """
        self._llm = llm
        self._max_evidence = max_evidence
        self._on_token = on_token
        self._timeout = timeout
        self._clock = clock
        self._asks = load(PROMPTS[kind])

    def for_kind(self, kind: Kind) -> "LLMDrafter":
        """The same model, asked for an answer of this kind."""
        return LLMDrafter(
            self._llm,
            max(self._max_evidence, EVIDENCE.get(kind, 0)),
            self._on_token,
            self._timeout,
            self._clock,
            kind,
        )

    def draft(self, question: str, evidence: Sequence[Evidence]) -> Draft:
        """Ask the model once. Empty when it refuses or has nothing to say.

        `usage` holds the tokens that the model reports, and estimates where it reports none.
        Raises TransientError when the model cannot be reached, breaks off or has no sentence
        ready in time, and UserError when its settings are wrong.
        """
        sentences: list[DraftSentence] = []
        stream = self.stream(question, evidence)
        while True:
            try:
                sentences.append(next(stream))
            except StopIteration as end:
                return Draft(tuple(sentences), end.value)

    def stream(
        self, question: str, evidence: Sequence[Evidence]
    ) -> Generator[DraftSentence, None, dict[str, int]]:
        """`draft`, but each sentence as soon as the model has begun the next one.

        Where the model breaks off, the sentences that it has finished come before the error.
        """
        prompt = self._prompt(question, evidence)
        reply = _Reply()
        given = 0
        try:
            for _ in self._pieces(prompt, reply):
                # The last one may still get its mark, or turn out to go on.
                ready = list(read_draft(reply.text, finished=False))[:-1]
                yield from ready[given:]
                given = max(given, len(ready))
        except TransientError:
            yield from list(read_draft(reply.text, finished=False))[given:]
            raise
        rest = list(read_draft(reply.text, finished=not reply.stopped))
        yield from rest[given:]
        if reply.stopped == "late" and not rest:
            raise TransientError(f"the model wrote no sentence within {self._timeout:g} s")
        return reply.usage or _estimated(load("answer_system") + prompt, reply.text)

    def _pieces(self, prompt: str, reply: "_Reply") -> Iterator[None]:
        """Read the model's answer into `reply`, until it ends, goes round or is late."""
        from llama_index.core.llms import ChatMessage, MessageRole

        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=load("answer_system")),
            ChatMessage(role=MessageRole.USER, content=prompt),
        ]
        deadline = self._clock() + self._timeout
        for response in self._llm.stream_chat(messages):
            before, reply.text = reply.text, response.message.content or ""
            if self._on_token and reply.text != before:
                self._on_token(reply.text[len(before) :])
            reply.usage = _counted(response.additional_kwargs) or reply.usage
            if response.additional_kwargs.get("finish_reason") == "length":
                reply.stopped = "length"
            if repeats_itself(reply.text):
                reply.stopped = "repeats"
                return
            if self._clock() > deadline:
                reply.stopped = "late"
                return
            if reply.text != before:
                yield

    def _prompt(self, question: str, evidence: Sequence[Evidence]) -> str:
        metadata = self._llm.metadata
        fixed = len(load("answer_system")) + len(self._asks) + len(question)
        tokens = metadata.context_window - max(metadata.num_output, 0)
        room = tokens * CHARACTERS_PER_TOKEN - fixed
        shown: list[tuple[str, str]] = []
        for number, item in enumerate(evidence[: self._max_evidence], 1):
            source, passage = numbered(number, item)
            room -= len(source) + len(passage) + 2
            if shown and room < 0:
                break
            shown.append((source, passage))
        return self._asks.format(
            sources="\n".join(source for source, _ in shown),
            passages="\n".join(passage for _, passage in shown),
            question=_harmless(question),
        )


@dataclass(slots=True)
class _Reply:
    """What the model has written so far."""

    text: str = ""
    usage: dict[str, int] = field(default_factory=dict)
    stopped: str = ""
    """Why it was stopped: `length`, `repeats`, `late`; empty where it ended by itself."""


def numbered(number: int, evidence: Evidence) -> tuple[str, str]:
    """What the model sees of one evidence sentence: a line about its source, a line of its words.

    They are apart because a small model that copies the words would copy title and date with them.
    """
    article = evidence.hit.article
    about = ", ".join(
        part for part in (article.title, article.source, written(article.published)) if part
    )
    return f"[{number}] {_harmless(about)}", f"{_harmless(evidence.text)} [{number}]"


def read_draft(text: str, *, finished: bool = True) -> Iterator[DraftSentence]:
    """The sentences of what a model printed, without marks and preamble; none for a refusal.

    Marks may stand as [1], [1, 2], [1-3], [1][2], (1) or 【1】, before or behind the full stop, or
    in front of the sentence. A sentence that was said before is left out, and so is a last one
    without its end when the model was stopped (`finished` is False).
    """
    found = [sentence for line in _lines(text) for sentence in _read_line(line)]
    if found and not finished and not _FINISHED.search(found[-1].text):
        found.pop()
    said: set[str] = set()
    for sentence in found:
        if re.match(r"unknown\b", sentence.text, re.IGNORECASE):
            return
        key = " ".join(re.findall(r"\w+", sentence.text.casefold()))
        if key and key not in said and not _REFUSAL.match(sentence.text):
            yield sentence
        said.add(key)


def repeats_itself(text: str, length: int = 40) -> bool:
    """Whether the last `length` characters stand twice before: the model is going round."""
    tail = text[-length:]
    return len(tail) == length and text.count(tail) > 2


def _lines(text: str) -> list[str]:
    lines = _THOUGHTS.sub("", text).replace("**", "").split("\n")
    return [_PREAMBLE.sub("", _LEADING.sub("", line.strip())).strip() for line in lines]


def _read_line(line: str) -> list[DraftSentence]:
    plain, marks = _without_marks(line)
    spans = split_sentences(plain)
    cites: list[list[int]] = [[] for _ in spans]
    leads = bool(marks) and marks[0][0] == 0
    for at, numbers in marks:
        # A mark inside a sentence is its own; one between two belongs to the sentence before,
        # unless the marks of this line stand in front of their sentences.
        owner = sum(start < at for start, _ in spans) - 1
        between = owner < 0 or at >= spans[owner][1]
        if between and leads and owner + 1 < len(spans):
            owner += 1
        if spans:
            cites[max(owner, 0)].extend(numbers)
    return [
        DraftSentence(_capital(plain[start:end]), tuple(dict.fromkeys(numbers)))
        for (start, end), numbers in zip(spans, cites, strict=True)
    ]


def _without_marks(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """`line` without its marks, and where in it each stood, with its numbers."""
    plain, marks, done = "", [], 0
    for match in _MARK.finditer(line):
        plain = (plain + line[done : match.start()]).rstrip()
        marks.append((len(plain), _numbers(match[0])))
        done = match.end()
        rest = line[done:]
        if _FINISHED.search(plain) and rest.startswith("."):
            done += 1
        elif not plain:
            done += len(rest) - len(rest.lstrip(" :.-–"))
        elif rest[:1].isalnum():
            plain += " "
    return (plain + line[done:]).rstrip(), marks


def _numbers(mark: str) -> list[int]:
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", mark):
        end = int(last or first)
        numbers.extend(range(int(first), end + 1) if end - int(first) < 10 else (int(first), end))
    return numbers


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _harmless(text: str) -> str:
    """`text` on one line that can forge neither our marks and tags nor a chat model's turns."""
    one_line = " ".join(text.split())
    return re.sub(r"<(?=[|/｜a-zA-Z])", "‹", one_line).replace("[", "(").replace("]", ")")


def _counted(usage: dict[str, object]) -> dict[str, int]:
    names = ("prompt_tokens", "completion_tokens")
    return {name: int(str(usage[name])) for name in names if usage.get(name) is not None}


def _estimated(prompt: str, text: str) -> dict[str, int]:
    # English has about four bytes a token in the vocabularies of today's models.
    prompt_tokens, completion_tokens = (-(-len(part.encode()) // 4) for part in (prompt, text))
    return {"prompt_tokens": prompt_tokens, "completion_tokens": completion_tokens}
