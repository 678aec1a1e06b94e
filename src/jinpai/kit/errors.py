"""What may go wrong, as one small tree; every message is Chinese and tells the reader what to do.

Refusal                     the request is refused, nothing was written
├─ BadInput        400      the request itself is wrong
├─ NotSignedIn     401      sign in first
├─ NotAllowed      403      signed in, but not for this
├─ NotFound        404      no such thing (or not yours to know of)
├─ Conflict        409      contradicts what is already there
├─ TooMany         429      slow down
└─ Unavailable     503      not now; nothing was stored, try again
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class Refusal(Exception):
    """A request refused with a sentence for people; `code` is for programs, `status` for HTTP."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details: Mapping[str, Any] = details


class BadInput(Refusal):
    """The request itself is wrong."""

    code = "bad_input"
    status = 400


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"
    status = 401


class NotAllowed(Refusal):
    """Signed in, but without the right to do this."""

    code = "not_allowed"
    status = 403


class NotFound(Refusal):
    """There is no such thing, or it belongs to somebody else."""

    code = "not_found"
    status = 404


class Conflict(Refusal):
    """The request contradicts what is already stored."""

    code = "conflict"
    status = 409


class TooMany(Refusal):
    """Too many requests; `retry_after` seconds are in the details."""

    code = "too_many"
    status = 429


class Unavailable(Refusal):
    """Storage or another need is gone for the moment; nothing was stored."""

    code = "unavailable"
    status = 503
