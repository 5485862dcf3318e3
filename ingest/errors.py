"""Errors named for what the caller should do about them."""


class BylineError(Exception):
    """Base of every error that Byline raises on purpose; its message is one line for the user."""


class UserError(BylineError):
    """The request cannot be met as it stands; the message says what to change."""


class PermanentError(BylineError):
    """This input will never work (encrypted, empty, not text): skip it and report it."""


class TransientError(BylineError):
    """This may work later (time-out, busy server): retry with backoff."""

    def __init__(self, message: str, *, wait: float | None = None) -> None:
        """`wait`: seconds to leave the other side alone; None where it says nothing, infinite where
        it is not worth asking again before the next run."""
        super().__init__(message)
        self.wait = wait


class Unchanged(BylineError):
    """The source itself says that it is as it was when it was last read: nothing is to be done."""
