"""Parsing in a process of its own, which may hang, crash or run out of memory by itself.

One process serves one document after another, so that a document costs what sending it costs; a
new process is started only after one had to be ended.
"""

import contextlib
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from ingest.document import Document
from ingest.errors import PermanentError, UserError
from ingest.formats.protocol import Found
from ingest.worker import send

SECONDS = 25.0
MEMORY = 768 << 20
START = 120.0
"""Seconds for a process to import what it needs, on the busiest machine."""


class IsolatedParser:
    """A `Parser` whose work is bounded in time and memory. Close it, or let it be collected."""

    def __init__(
        self,
        fields: Mapping[str, str] | None = None,
        limits: Mapping[str, int] | None = None,
        *,
        seconds: float = SECONDS,
        memory: int = MEMORY,
    ) -> None:
        """`seconds` are allowed from one article to the next, `memory` in bytes beyond what the
        process needs before it reads anything; `limits` are those of `Limits`."""
        self._fields, self._limits = dict(fields or {}), dict(limits or {})
        self._seconds, self._memory = seconds, memory
        self.share = 0.0
        """How much of the file that is being read has been, in [0, 1]."""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __call__(self, document: Document) -> Found:
        """What the document holds, as `ingest.parse.articles` gives it."""
        with self._lock:
            finished = False
            try:
                self._ask(document)
                while (frame := self._answer(document.name, self._seconds)) is not None:
                    if isinstance(frame, tuple) and frame[0] == "at":
                        self.share = frame[1]
                    elif isinstance(frame, tuple):
                        finished = True
                        kind, reason = frame
                        raise UserError(reason) if kind == "user" else PermanentError(reason)
                    else:
                        yield from frame
                finished = True
            finally:
                self.share = 0.0
                if not finished:  # also when nobody wants the rest
                    self.close()

    def close(self) -> None:
        """End the process; the next document starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):  # what was not yet sent to it
                        stream.close()
            process.wait()

    def __del__(self) -> None:
        self.close()

    def _ask(self, document: Document) -> None:
        frame = (document, self._fields, self._limits, self._seconds)
        for fresh in (False, True):
            try:
                if fresh or self._process is None or self._process.poll() is not None:
                    self._start()
                assert self._process is not None
                assert self._process.stdin is not None
                send(self._process.stdin, frame)  # type: ignore[arg-type]
            except BrokenPipeError:
                if fresh:
                    raise PermanentError(f"{document.name}: no process to read it in") from None
            else:
                return

    def _start(self) -> None:
        self.close()
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "ARROW_DEFAULT_MEMORY_POOL": "system",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ingest.worker", str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the starter
        )
        self._answer("", START)

    def _answer(self, name: str, seconds: float) -> Any:
        """The next frame. Raises PermanentError when it does not come in time, or never will."""
        deadline = time.monotonic() + seconds
        size = self._bytes(4, deadline, name)
        return pickle.loads(self._bytes(int.from_bytes(size, "big"), deadline, name))

    def _bytes(self, size: int, deadline: float, name: str) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        ready = select.poll()
        ready.register(pipe, select.POLLIN | select.POLLHUP)
        parts: list[bytes] = []
        while size:
            left = deadline - time.monotonic()
            if left <= 0 or not ready.poll(left * 1000):
                raise PermanentError(f"{name}: given up: it took too long to read")
            part = os.read(pipe, size)
            if not part:
                raise PermanentError(f"{name}: broke the process that read it{self._why()}")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _why(self) -> str:
        assert self._process is not None
        code = self._process.wait()
        return f" (signal {-code})" if code < 0 else f" (exit code {code})"
