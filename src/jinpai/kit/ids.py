"""Identifiers: sortable by birth for records, unguessable for secrets."""

import base64
import re
import secrets
import time

_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def new_id(prefix: str) -> str:
    """A new record id such as `c_01kax5…`: 48 bits of time, 80 bits of chance, lower-case base32."""
    raw = (time.time_ns() // 1_000_000).to_bytes(6, "big") + secrets.token_bytes(10)
    return f"{prefix}_{base64.b32hexencode(raw).decode().rstrip('=').lower()}"


def new_secret() -> str:
    """256 bits of chance as URL-safe text."""
    return secrets.token_urlsafe(32)


def is_client_id(text: str) -> bool:
    """Whether a client's message id has the agreed form (8–64 of A–Z a–z 0–9 _ -)."""
    return _CLIENT_ID.fullmatch(text) is not None
