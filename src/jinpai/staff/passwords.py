"""Passwords: Argon2id, slow on purpose and always outside the writer's transaction."""

from functools import cached_property

from pwdlib import PasswordHash
from pwdlib.hashers import HasherProtocol
from pwdlib.hashers.argon2 import Argon2Hasher

from jinpai.kit.ids import new_secret


class Passwords:
    """Hashes and verifies; without a hasher of its own it takes Argon2id with RFC 9106's low-memory parameters."""

    def __init__(self, hasher: HasherProtocol | None = None) -> None:
        self._hash = PasswordHash((hasher or Argon2Hasher(),))

    def hash(self, password: str) -> str:
        """The password's hash in PHC format, with a salt of its own; takes about 0.2 s of one core."""
        return self._hash.hash(password)

    def verify(self, password: str, known: str | None) -> bool:
        """Whether the password has this hash; without one the same work is done and the answer is no."""
        nobody = self._nobody
        matches = self._hash.verify(password, nobody if known is None else known)
        return matches and known is not None

    @cached_property
    def _nobody(self) -> str:
        return self._hash.hash(new_secret())
