import socket
import time

import pytest

from ingest.errors import TransientError, UserError
from rag.draft import LLMDrafter
from rag.llm import openai_compatible
from rag.prompts import load
from tests.fakes import evidence
from tests.llm_server import serving

FERRY = evidence("The ferry sank on 3 March 2021.", title="Ferry sinks")


def drafter(url: str, model: str = "served-model", **options: object) -> LLMDrafter:
    return LLMDrafter(openai_compatible(url, model, **{"timeout": 1.0, **options}))  # type: ignore[arg-type]


def test_a_draft_from_an_endpoint() -> None:
    with serving("It sank on 3 March 2021 [1].") as server:
        draft = drafter(server.url, api_key="key-1").draft("When did it sink?", [FERRY])
    assert [(s.text, s.cites) for s in draft.sentences] == [("It sank on 3 March 2021.", (1,))]
    assert draft.usage == {"prompt_tokens": 11, "completion_tokens": 4}
    (request,) = server.requests
    assert server.keys == ["Bearer key-1"]
    assert request["model"] == "served-model"
    assert request["temperature"] == 0.0
    assert request["messages"][0] == {"role": "system", "content": load("answer_system")}
    assert "The ferry sank on 3 March 2021. [1]" in request["messages"][1]["content"]


def test_a_key_from_the_environment_is_not_sent_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-private")
    with serving("UNKNOWN") as server:
        assert drafter(server.url).draft("When?", [FERRY]).sentences == ()
    assert "sk-private" not in server.keys[0]


@pytest.mark.parametrize(
    ("step", "error", "says"),
    [
        ("!401", UserError, "llm.api_key"),
        ("!404", UserError, "served-model"),
        ("!html", UserError, "base_url"),
        ("!500", TransientError, "cannot answer now"),
        ("!429", TransientError, "cannot answer now"),
        ("!cut", TransientError, "broke off"),
        ("!garbage", TransientError, "unreadable"),
        ("!stall", TransientError, "silent for 1 s"),
    ],
)
def test_a_misbehaving_server_is_told_in_one_line(
    step: str, error: type[Exception], says: str
) -> None:
    model = "other-model" if step == "!404" else "served-model"
    with serving(step) as server, pytest.raises(error, match=says) as caught:
        drafter(server.url, model).draft("When?", [FERRY])
    assert "\n" not in str(caught.value)


def test_a_passing_fault_is_tried_again() -> None:
    with serving("!500", "It sank [1].") as server:
        assert drafter(server.url).draft("When?", [FERRY]).sentences
    assert len(server.requests) == 2


def test_nobody_listening() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(TransientError, match="is it running"):
        drafter(f"http://127.0.0.1:{port}/v1").draft("When?", [FERRY])


def test_a_model_that_repeats_itself_for_ever_is_stopped() -> None:
    began = time.perf_counter()
    with serving("The ferry sank off the cape and sank again today. " * 4000) as server:
        draft = drafter(server.url, timeout=20.0).draft("When?", [FERRY])
    assert len(draft.sentences) < 20
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(("url", "model"), [("localhost:1", "m"), ("http://127.0.0.1:1/v1", "")])
def test_settings_that_cannot_work_are_refused(url: str, model: str) -> None:
    with pytest.raises(UserError):
        openai_compatible(url, model)
