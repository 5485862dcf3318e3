"""A language model behind any OpenAI-compatible endpoint, as llama-index's `LLM`."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, TypeVar

import httpx
import openai
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
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import LLM, CustomLLM

from ingest.errors import TransientError, UserError

T = TypeVar("T")
_PAUSE = 0.5
"""Seconds before the second try."""


def openai_compatible(
    base_url: str,
    model: str,
    api_key: str = "",
    timeout: float = 60.0,
    max_tokens: int = 300,
    context_window: int = 8192,
) -> LLM:
    """A model served at `base_url`: Ollama, llama-server, vLLM, a vendor. Temperature 0.

    `timeout` is the longest silence in seconds, not the length of the whole answer; `max_tokens`
    bounds that. `context_window` counts tokens, prompt and answer together. Nothing is sent here.
    What fails at once (refused connection, busy server) is tried twice; silence is not.

    Every call of the returned model raises `TransientError` when nobody listens, the server is
    silent, busy or breaks off, and `UserError` when the key, the model or the address is wrong.

    >>> llm = openai_compatible("http://127.0.0.1:11434/v1", "qwen2.5:1.5b")
    >>> llm.metadata.model_name
    'qwen2.5:1.5b'
    """
    if not base_url.startswith(("http://", "https://")):
        raise UserError(f"llm.base_url = {base_url!r}: must start with http:// or https://")
    if not model:
        raise UserError("llm.model is empty: name a model that the endpoint serves")
    from llama_index.llms.openai_like import OpenAILike

    client = OpenAILike(
        model=model,
        api_base=base_url,
        # Never empty: the client would then send $OPENAI_API_KEY to whatever `base_url` is.
        api_key=api_key or "none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=max_tokens,
        context_window=context_window,
        timeout=timeout,
        # The client would also retry silence, and so wait for twice the time it was given.
        max_retries=0,
    )
    return Endpoint(client, base_url, api_key or "none", timeout)


class Endpoint(CustomLLM):
    """An OpenAI-compatible client whose errors say what to do; made by `openai_compatible`.

    `additional_kwargs` of a response holds `prompt_tokens` and `completion_tokens` where the server
    counts them, and the last one of a stream `finish_reason`.
    """

    _client: LLM = PrivateAttr()
    _base_url: str = PrivateAttr()
    _api_key: str = PrivateAttr()
    _timeout: float = PrivateAttr()
    _asks_usage: bool = PrivateAttr(default=True)

    def __init__(self, client: LLM, base_url: str, api_key: str, timeout: float) -> None:
        super().__init__()
        self._client = client
        self._base_url = base_url
        self._api_key = api_key
        self._timeout = timeout

    @classmethod
    def class_name(cls) -> str:
        """The name llama-index records."""
        return "byline_endpoint"

    @property
    def metadata(self) -> LLMMetadata:
        """Window, output bound and model name, as configured."""
        return self._client.metadata

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The whole reply at once."""
        with self._errors():
            return self._twice(lambda: self._client.chat(messages, **kwargs))

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The reply to `prompt` sent as one user message."""
        return chat_response_to_completion_response(self.chat([_user(prompt)], **kwargs))

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """The reply piece by piece; a stream that ends without saying so is an error."""
        finish_reason, heard = "", False
        with self._errors():
            for response in self._open(messages, **kwargs):
                heard = True
                finish_reason = _finish_reason(response) or finish_reason
                response.additional_kwargs["finish_reason"] = finish_reason
                yield response
        if not heard:
            raise self._stranger()
        if not finish_reason:
            raise TransientError(f"{self._base_url}: the answer broke off")

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        """`stream_chat` with one user message."""
        return stream_chat_response_to_completion_response(
            self.stream_chat([_user(prompt)], **kwargs)
        )

    def _open(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Iterator[ChatResponse]:
        """The stream, its first piece already here: until then nothing is lost by a second try."""
        if self._asks_usage:
            try:
                usage = {"stream_options": {"include_usage": True}}
                return self._twice(lambda: self._started(messages, **usage, **kwargs))
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                # Some vendors refuse the option that makes others count tokens in a stream.
                if "stream_options" not in str(error):
                    raise
                self._asks_usage = False
        return self._twice(lambda: self._started(messages, **kwargs))

    def _started(self, messages: Sequence[ChatMessage], **kwargs: Any) -> Iterator[ChatResponse]:
        stream = self._client.stream_chat(messages, **kwargs)
        first = list(islice(stream, 1))
        return chain(first, stream)

    def _twice(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except openai.APITimeoutError:
            raise
        except (openai.APIConnectionError, openai.RateLimitError, openai.InternalServerError):
            time.sleep(_PAUSE)
            return call()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        where = self._base_url
        try:
            yield
        except (openai.APITimeoutError, httpx.TimeoutException) as error:
            raise TransientError(f"{where}: silent for {self._timeout:g} s") from error
        except openai.APIStatusError as error:
            raise self._refusal(error) from error
        except (openai.APIConnectionError, httpx.TransportError) as error:
            cause = error.__cause__ or error
            raise TransientError(f"{where}: no connection ({cause}): is it running?") from error
        except (openai.APIError, json.JSONDecodeError) as error:
            raise TransientError(f"{where}: unreadable answer ({_line(str(error))})") from error
        except (AttributeError, IndexError, TypeError) as error:
            # The client hands on a page of HTML, or JSON of another shape, as if it were a reply.
            raise self._stranger() from error

    def _stranger(self) -> UserError:
        return UserError(
            f"{self._base_url} does not answer like an OpenAI endpoint: check llm.base_url,"
            " which usually ends in /v1"
        )

    def _refusal(self, error: openai.APIStatusError) -> TransientError | UserError:
        where, code, said = self._base_url, error.status_code, _line(error.message)
        if code in (401, 403):
            return UserError(f"{where} refused the API key ({code}): set llm.api_key")
        if code == 404:
            return UserError(f"{where}: not found (404): {self._advice()}")
        if code in (408, 409, 425, 429) or code >= 500:
            return TransientError(f"{where} cannot answer now ({code}): {said}")
        return UserError(f"{where} refused the request ({code}): {said}")

    def _advice(self) -> str:
        model = self.metadata.model_name
        try:
            client = openai.OpenAI(
                base_url=self._base_url, api_key=self._api_key, timeout=5.0, max_retries=0
            )
            served = [entry.id for entry in client.models.list().data]
        except (openai.OpenAIError, httpx.HTTPError, ValueError, AttributeError, TypeError):
            served = []
        if served and model not in served:
            return f"llm.model = {model!r} is not served; it has {', '.join(served[:8])}"
        return f"check llm.base_url, which usually ends in /v1, and llm.model = {model!r}"


def _finish_reason(response: ChatResponse) -> str:
    choices = getattr(response.raw, "choices", None) or []
    return str(choices[0].finish_reason or "") if choices else ""


def _user(text: str) -> ChatMessage:
    return ChatMessage(role=MessageRole.USER, content=text)


def _line(message: str) -> str:
    return " ".join(message.split())[:200]
