"""Identifiers: sortable by birth for records, unguessable for secrets."""

import os
import re
import secrets
import time
from itertools import product

_PAIRS = tuple(map("".join, product("0123456789abcdefghijklmnopqrstuv", repeat=2)))
_SHIFTS = range(120, -10, -10)
"""Two letters of base32 at a time: `base64` takes twice as long, and an import needs very many."""

_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def new_id(prefix: str) -> str:
    """A new record id such as `c_01kax5…`: 48 bits of time, 80 bits of chance, lower-case base32."""
    number = (time.time_ns() // 1_000_000) << 82 | int.from_bytes(os.urandom(10)) << 2
    return f"{prefix}_{''.join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])}"


def new_secret() -> str:
    """256 bits of chance as URL-safe text."""
    return secrets.token_urlsafe(32)


def is_client_id(text: str) -> bool:
    """Whether a client's message id has the agreed form (8–64 of A–Z a–z 0–9 _ -)."""
    return _CLIENT_ID.fullmatch(text) is not None
