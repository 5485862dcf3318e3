from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
)
from llama_index.core.llms import CustomLLM, MessageRole

from rag.draft import LLMDrafter, numbered, read_draft, repeats_itself
from rag.prompts import load
from tests.fakes import evidence

FERRY = evidence(
    "The ferry sank on 3 March 2021.", title="Ferry sinks", source="Alder Post",
    published=date(2021, 3, 4),
)  # fmt: skip
MOE = evidence("The doors had been open.", identity="a2", title="Inquiry")


class FakeLLM(CustomLLM):
    """Streams a reply in pieces and keeps what it was asked."""

    reply: str
    window: int = 2048
    asked: list[list[ChatMessage]] = []  # noqa: RUF012 - pydantic copies field defaults
    pieces: int = 0

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=self.window, num_output=100)

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        self.asked.append(list(messages))
        for end in range(10, len(self.reply) + 10, 10):
            self.pieces += 1
            message = ChatMessage(role=MessageRole.ASSISTANT, content=self.reply[:end])
            usage = {"prompt_tokens": 50, "completion_tokens": self.pieces}
            yield ChatResponse(message=message, additional_kwargs=usage)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text=self.reply)

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        yield self.complete(prompt)


def read(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.cites) for sentence in read_draft(text)]


def test_the_model_sees_numbered_evidence_with_its_source() -> None:
    llm = FakeLLM(reply="It sank on 3 March 2021 [1].")
    draft = LLMDrafter(llm).draft("When did it sink?", [FERRY, MOE])
    assert [(s.text, s.cites) for s in draft.sentences] == [("It sank on 3 March 2021.", (1,))]
    assert draft.usage == {"prompt_tokens": 50, "completion_tokens": 3}
    system, user = llm.asked[0]
    assert system.content == load("answer_system")
    assert user.content == load("answer").format(
        evidence="[1] (Ferry sinks, Alder Post, 4 March 2021) The ferry sank on 3 March 2021.\n"
        "[2] (Inquiry) The doors had been open.",
        question="When did it sink?",
    )


def test_what_does_not_fit_the_window_is_left_out() -> None:
    llm = FakeLLM(reply="x", window=520)
    many = [evidence("word " * 60 + ".", identity=f"a{i}") for i in range(6)]
    LLMDrafter(llm).draft("Why?", many)
    prompt = str(llm.asked[0][1].content)
    assert "[1] " in prompt
    assert "[4] " not in prompt


def test_a_model_that_goes_round_is_stopped() -> None:
    llm = FakeLLM(reply="The ferry sank again and again off the cape. " * 100)
    LLMDrafter(llm).draft("When?", [FERRY])
    assert llm.pieces < 30
    assert not repeats_itself("A sentence that is long enough but stands here only once.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sank [1]. All were saved [2].", [("It sank.", (1,)), ("All were saved.", (2,))]),
        ("It sank. [1] All were saved. [2]", [("It sank.", (1,)), ("All were saved.", (2,))]),
        ("It sank.[1][2]", [("It sank.", (1, 2))]),
        ("It sank [1, 3].", [("It sank.", (1, 3))]),
        ("It sank 【2】.", [("It sank.", (2,))]),
        ("It sank (1).", [("It sank.", (1,))]),
        ("[1] It sank.", [("It sank.", (1,))]),
        ("It sank [99].", [("It sank.", (99,))]),
        ("It sank.", [("It sank.", ())]),
        ("Sure, here is the answer: It sank [1].", [("It sank.", (1,))]),
        ("- It sank [1].\n- All were saved [2].", [("It sank.", (1,)), ("All were saved.", (2,))]),
        ("In 2021 (the year of the storm) it sank [1].",
         [("In 2021 (the year of the storm) it sank.", (1,))]),
        ("UNKNOWN", []),
        ("Unknown.", []),
        ("The passages do not mention the ferry.", []),
        ("I'm sorry, but I can't help with that.", []),
        ("", []),
        ("[1]", []),
    ],
)  # fmt: skip
def test_marks_in_every_shape(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert read(text) == expected


def test_an_article_stays_on_its_line() -> None:
    told = evidence("First line\nsecond line of it.", title="T")
    assert numbered(3, told) == "[3] (T) First line second line of it."
