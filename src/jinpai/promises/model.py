"""What was promised in a conversation. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from jinpai.promises.content import Kind

TOPIC: Final = "promises"
"""The hint that the ledger knows more, or otherwise, of what was promised in a conversation."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message: who said it, what, and when (in the shop's time zone)."""

    role: Literal["buyer", "agent", "other"]
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agent promised: the words, by when (None = no time named), and which message (0 = the first)."""

    kind: Kind
    text: str
    due: datetime | None
    message: int
