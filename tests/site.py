"""A web site on 127.0.0.1 for tests: pages are functions of the request."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What a page answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stream: Iterator[bytes] | None = None
    """Sent in place of the body, with no length said."""


Pages = dict[str, "Reply | Callable[[Mapping[str, str]], Reply]"]


@dataclass
class Site:
    """A running site."""

    url: str
    pages: Pages
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers (in lower case) of each request, in order."""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def site(pages: Pages) -> Iterator[Site]:
    """Serve `pages` (path to reply) until the end; anything else is a 404."""
    running = Site("", pages)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            running.asked.append((self.path, headers))
            reply = running.pages.get(self.path, Reply(b"nothing here", 404))
            reply = reply if isinstance(reply, Reply) else reply(headers)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.stream is None:
                self.send_header("Content-Length", str(len(reply.body)))
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            try:
                self.wfile.write(reply.body)
                for chunk in reply.stream or ():
                    self.wfile.write(chunk)
            except OSError:  # the reader has had enough
                self.close_connection = True

        def handle(self) -> None:
            with suppress(OSError):  # the reader hung up
                super().handle()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw_site(parts: Callable[[], Iterator[bytes]]) -> Iterator[str]:
    """The address of what sends `parts` to whoever connects, be it HTTP or not."""
    over = threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(4096)
            for part in parts():
                if over.is_set():
                    return
                connection.sendall(part)

    def serve() -> None:
        while not over.is_set():
            with suppress(OSError):
                connection, _ = listening.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        over.set()
        listening.close()


def slowly(parts: Iterator[bytes], seconds: float) -> Iterator[bytes]:
    """`parts` with a pause before each."""
    for part in parts:
        time.sleep(seconds)
        yield part
