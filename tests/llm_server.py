"""A scripted OpenAI-compatible server on this machine, for tests: it answers, or misbehaves."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the server does with each request, in order; the last step repeats."""

    steps: list[str]
    """A text is streamed as the reply, and what begins with `!` misbehaves:

    `!404` (any status), `!stall`, `!html`, `!empty`; and after a text of their own, as in
    `!cut It sank [1]. All`: `!cut` (the connection ends), `!garbage` (a line that is no JSON),
    `!hang` (silence), `!length` (the token budget is spent).
    """
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    def next_step(self) -> str:
        return self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]


@contextmanager
def serving(*steps: str) -> Iterator[Script]:
    """A server that follows `steps` until the end of the `with`."""
    script = Script(list(steps))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            self._json(200, {"object": "list", "data": [{"id": "served-model", "object": "model"}]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.requests.append(json.loads(body))
            script.keys.append(self.headers.get("Authorization", ""))
            self._follow(script.next_step())

        def _follow(self, step: str) -> None:
            how, _, text = step.partition(" ") if step.startswith("!") else ("", "", step)
            said = [_chunk(text[at : at + 8]) for at in range(0, len(text), 8)]
            done = b"data: [DONE]\n\n"
            if how == "!stall":
                time.sleep(3)
            elif how == "!html":
                self._send(200, "text/html", b"<html>a page</html>")
            elif how == "!garbage":
                self._stream([*said, b"data: {not json\n\n"])
            elif how == "!cut":
                self._stream(said or [_chunk("The ferry ")])
            elif how == "!hang":
                self._stream(said, hang=3)
            elif how == "!length":
                self._stream([*said, _chunk("", "length"), done])
            elif how == "!empty":
                self._stream([_chunk("", "stop"), done])
            elif how:
                self._json(int(how[1:]), {"error": {"message": "scripted", "type": "x"}})
            else:
                self._stream([*said, _chunk("", "stop"), done])

        def _stream(self, chunks: list[bytes], hang: float = 0) -> None:
            body = b"".join(chunks)
            # A byte that never comes keeps the caller waiting.
            self._send(200, "text/event-stream", body, length=len(body) + bool(hang))
            time.sleep(hang)

        def _json(self, status: int, value: Any) -> None:
            self._send(status, "application/json", json.dumps(value).encode())

        def _send(self, status: int, kind: str, body: bytes, length: int | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            with suppress(ConnectionError):  # the caller may have heard enough
                self.wfile.write(body)
                self.wfile.flush()

    return Handler


def _chunk(text: str, finish: str | None = None) -> bytes:
    value = {
        "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "served-model",
        "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
    }  # fmt: skip
    if finish:
        value["usage"] = {"prompt_tokens": 11, "completion_tokens": 4, "total_tokens": 15}
    return f"data: {json.dumps(value)}\n\n".encode()
