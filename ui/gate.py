"""Who is there: nobody asked, a login with a cookie, or the word of a proxy in front."""

import asyncio
import base64
import binascii
import hashlib
import hmac
import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.attempts import Attempts, TooManyTries
from ui.users import User, Users

COOKIE = "byline_session"
SESSION_SECONDS = 14 * 24 * 3600
OPEN_PATHS = ("/login", "/health", "/favicon.ico")
"""What needs no login."""
CHECKED_AT_ONCE = 2
"""Passwords checked at the same time: each takes 32 MB and a tenth of a second."""
PASSED_KEPT = 100
"""Programs whose password is not checked anew at each request."""


@dataclass(frozen=True, slots=True)
class Person:
    """One who uses the page."""

    name: str
    """Empty where nobody is asked who they are."""
    admin: bool


class Gate(Protocol):
    """Says who a request comes from."""

    def person(self, request: HTTPConnection) -> Person | None:
        """Whose request it is; None for a stranger."""
        ...

    @property
    def login(self) -> bool:
        """Whether strangers can log in here."""
        ...


class Wrapped(Protocol):
    """What gradio hands to an event, around the request that came in."""

    @property
    def request(self) -> Any:
        """The request as it came."""


def person_of(gate: Gate, request: Wrapped) -> Person | None:
    """Whose gradio event it is."""
    return gate.person(request.request)


def name_of(gate: Gate, request: Wrapped) -> str:
    """The same person's name; empty where nobody is asked who they are."""
    person = person_of(gate, request)
    return person.name if person else ""


class OpenGate:
    """Everybody who reaches the server is the same person, and may do everything."""

    login = False

    def person(self, request: HTTPConnection) -> Person | None:
        """See `Gate.person`."""
        return Person("", admin=True)


class HeaderGate:
    """A proxy in front has asked, and says the name in a header.

    Only that proxy may reach the server: whoever else can, can claim any name.
    """

    login = False

    def __init__(self, header: str, admins: Collection[str] = ()) -> None:
        self._header = header
        self._admins = frozenset(admins)

    def person(self, request: HTTPConnection) -> Person | None:
        """See `Gate.person`."""
        name = request.headers.get(self._header, "").strip()
        return Person(name, name in self._admins) if name else None


class PasswordGate:
    """Names and passwords of a file; a signed cookie, or HTTP Basic for programs."""

    login = True

    def __init__(self, users: Users, key: bytes, now: Callable[[], float] = time.time) -> None:
        """`key` signs the cookies; with the same key they outlive a restart."""
        self.users = users
        self._key = key
        self._now = now
        self._attempts = Attempts()
        self._passed: dict[bytes, str] = {}
        """Names by a digest of the header that was checked, and of what it was checked against."""

    def person(self, request: HTTPConnection) -> Person | None:
        """See `Gate.person`."""
        user = self._by_cookie(request.cookies.get(COOKIE, "")) or self._by_header(request)
        return Person(user.name, user.admin) if user else None

    def cookie(self, user: User) -> str:
        """The value of the cookie that lets `user` in for two weeks."""
        expires = str(int(self._now()) + SESSION_SECONDS)
        name = base64.urlsafe_b64encode(user.name.encode()).decode()
        return f"{name}.{expires}.{self._sign(user, expires)}"

    def check(self, request: HTTPConnection, name: str, password: str) -> User | None:
        """The user, where the password is theirs (a tenth of a second). Raises TooManyTries."""
        address = request.client.host if request.client else ""
        self._attempts.check(name, address)
        user = self.users.check(name, password)
        told = self._attempts.failed if user is None else self._attempts.passed
        told(name, address)
        return user

    def _by_cookie(self, value: str) -> User | None:
        try:
            encoded, expires, signature = value.split(".")
            user = self.users.find(base64.urlsafe_b64decode(encoded).decode())
            if user is None or int(expires) < self._now():
                return None
        except (ValueError, binascii.Error):
            return None
        return user if hmac.compare_digest(signature, self._sign(user, expires)) else None

    def _by_header(self, request: HTTPConnection) -> User | None:
        kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(encoded).decode().partition(":")
        except (ValueError, binascii.Error):
            return None
        known = self.users.find(name)
        if known is None:
            return self.check(request, name, password)
        digest = hashlib.sha256(f"{encoded}\n{known.hashed}".encode()).digest()
        if self._passed.get(digest) == name:
            return known
        user = self.check(request, name, password)
        if user is not None:
            self._passed[digest] = name
            for oldest in list(self._passed)[:-PASSED_KEPT]:
                self._passed.pop(oldest, None)
        return user

    def _sign(self, user: User, expires: str) -> str:
        # The hash is signed, too: another password ends every session.
        words = f"{user.name}\n{expires}\n{user.hashed}".encode()
        return hmac.new(self._key, words, hashlib.sha256).hexdigest()


class GateMiddleware:
    """Lets nobody past who is not known."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app = app
        self.gate = gate
        self._checks = asyncio.Semaphore(CHECKED_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say what is missing."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in OPEN_PATHS:
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            known = await self._known(connection)
        except TooManyTries as error:
            await refused(error)(scope, receive, send)
            return
        answer = self.app if known else self._refuse(connection)
        await answer(scope, receive, send)

    async def _known(self, connection: HTTPConnection) -> bool:
        if "Authorization" not in connection.headers:
            return self.gate.person(connection) is not None
        async with self._checks:  # others are answered meanwhile
            return await run_in_threadpool(self.gate.person, connection) is not None

    def _refuse(self, connection: HTTPConnection) -> Response:
        wants_page = "text/html" in connection.headers.get("Accept", "")
        if self.gate.login and wants_page:
            return RedirectResponse("/login", 303)
        # A page's script goes to the login itself; the browser would ask in a window of its own.
        asked_for = self.gate.login and "Sec-Fetch-Mode" not in connection.headers
        headers = {"WWW-Authenticate": 'Basic realm="Byline"'} if asked_for else None
        return JSONResponse({"error": "who are you? Log in first"}, 401, headers)


def refused(error: TooManyTries) -> Response:
    """That somebody has to wait before the next try."""
    return JSONResponse({"error": str(error)}, 429, {"Retry-After": str(error.seconds)})


def session_key(path: Path) -> bytes:
    """The key kept at `path`, made there the first time, for its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(32))
    return path.read_bytes()
