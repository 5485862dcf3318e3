"""Who may log in: a file of names and hashed passwords, one a line."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.errors import UserError

COST = 2**15
"""The `n` of scrypt (RFC 7914): about 0.1 s and 32 MB a try; r = 8, p = 1."""
NAME_CHARS = 64


@dataclass(frozen=True, slots=True)
class User:
    """One who may log in."""

    name: str
    admin: bool
    hashed: str
    """`scrypt$n$salt$digest`, salt and digest in base64."""


class Users:
    """The users of a file: lines of `name:role:hash`, the role `admin` or `reader`.

    The file is read again whenever it has changed; it is written for its owner only.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_at: tuple[int, int] | None = None
        self._users: dict[str, User] = {}

    def __iter__(self) -> Iterator[User]:
        """Every user, in the order of the file. Raises UserError for a line that is none."""
        return iter(self._fresh().values())

    def find(self, name: str) -> User | None:
        """The user of this name."""
        return self._fresh().get(name)

    def check(self, name: str, password: str) -> User | None:
        """The user, where the password is theirs. Takes as long for a name that nobody has."""
        user = self.find(name)
        right = _matches(password, user.hashed if user else _nobody())
        return user if user and right else None

    def put(self, name: str, password: str, admin: bool = False) -> User:
        """Add a user, or give them another password and role."""
        if not name.strip() or len(name) > NAME_CHARS or any(c in name for c in ":\n\r"):
            raise UserError(f"{name!r} is no name: up to {NAME_CHARS} characters, without a colon")
        if len(password) < 8:
            raise UserError("a password needs at least 8 characters")
        user = User(name, admin, hash_password(password))
        self._write({**self._fresh(), name: user})
        return user

    def remove(self, name: str) -> bool:
        """Take a user out; whether there was one."""
        users = dict(self._fresh())
        if users.pop(name, None) is None:
            return False
        self._write(users)
        return True

    def _fresh(self) -> dict[str, User]:
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return {}
        read_at = state.st_mtime_ns, state.st_size
        if read_at != self._read_at:
            lines = self.path.read_text(encoding="utf-8").splitlines()
            users = [self._user(n, line) for n, line in enumerate(lines, 1) if line.strip()]
            self._users = {user.name: user for user in users}
            self._read_at = read_at
        return self._users

    def _user(self, number: int, line: str) -> User:
        name, _, rest = line.partition(":")
        role, _, hashed = rest.partition(":")
        if not name or role not in ("admin", "reader") or not hashed.startswith("scrypt$"):
            raise UserError(f"{self.path}:{number}: not name:role:hash; see `byline user add`")
        return User(name, role == "admin", hashed.strip())

    def _write(self, users: dict[str, User]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lines = (
            f"{u.name}:{'admin' if u.admin else 'reader'}:{u.hashed}\n" for u in users.values()
        )
        part = self.path.with_name(self.path.name + ".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.writelines(lines)
        part.replace(self.path)


def hash_password(password: str, salt: bytes | None = None, cost: int = COST) -> str:
    """`scrypt$n$salt$digest` of a password."""
    salt = secrets.token_bytes(16) if salt is None else salt
    digest = hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=8, p=1, maxmem=128 * cost * 8 + 2**20, dklen=32
    )
    return f"scrypt${cost}${_text(salt)}${_text(digest)}"


def _matches(password: str, hashed: str) -> bool:
    _, cost, salt, _ = hashed.split("$")
    return hmac.compare_digest(hash_password(password, base64.b64decode(salt), int(cost)), hashed)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@cache
def _nobody() -> str:
    return hash_password(secrets.token_urlsafe())
