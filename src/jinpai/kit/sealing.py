"""Encrypted columns: phone numbers and addresses are sealed in the database and found by blind index.

One 32-byte master key per installation (`JINPAI_SECRET`, or the file `secret.key` in JINPAI_HOME, mode 0600, made by
`jinpai init`). From it HKDF derives a sealing key (AES-256-GCM, random nonce, the column's name as associated data, so
a value moved to another column does not open) and an index key (HMAC-SHA256, cut to 16 bytes) for equality search.
The tail of a phone has a blind index of its own.
"""

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jinpai.kit.errors import BadInput

KEY_FILE = "secret.key"
_VERSION = b"\x01"


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals and opens column values with the installation's key."""

    _cipher: AESGCM = field(repr=False)
    _index_key: bytes = field(repr=False)
    _signing_key: bytes = field(repr=False)

    def seal(self, column: str, text: str) -> bytes:
        """The text, encrypted for this column: version byte, 12-byte nonce, ciphertext."""
        nonce = os.urandom(12)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), column.encode())

    def open(self, column: str, sealed: bytes) -> str:
        """The text that was sealed for this column; BadInput when the key or column is another."""
        try:
            return self._cipher.decrypt(sealed[1:13], sealed[13:], column.encode()).decode()
        except InvalidTag:
            raise BadInput("密钥不匹配，加密的数据打不开；请使用初始化时的 JINPAI_SECRET 或 secret.key") from None

    def blind(self, column: str, text: str) -> bytes:
        """A 16-byte fingerprint for equality search in this column."""
        return hmac.digest(self._index_key, f"{column}\0{text}".encode(), "sha256")[:16]

    def sign(self, purpose: str, text: str) -> str:
        """A signature of the text for one purpose, as URL-safe text."""
        mac = hmac.digest(self._signing_key, f"{purpose}\0{text}".encode(), "sha256")
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def make_sealer(master: bytes) -> Sealer:
    """A sealer from the 32-byte master key."""
    if len(master) != 32:
        raise BadInput("JINPAI_SECRET 必须是 32 字节的 base64url 文本；可运行 jinpai init 重新生成")
    return Sealer(AESGCM(_derive(master, b"seal")), _derive(master, b"index"), _derive(master, b"sign"))


def load_master_key(home: Path, secret: str | None, *, create: bool = False) -> bytes:
    """The master key from the environment or the key file; with `create` a missing file is made."""
    if secret:
        return decode_key(secret)
    path = home / KEY_FILE
    if not path.exists():
        if not create:
            raise BadInput(f"找不到密钥文件 {path}，请先运行 jinpai init")
        _write_key(path)
    return decode_key(path.read_text().strip())


def fingerprint(secret: str) -> bytes:
    """SHA-256 of a high-entropy secret (session id, visitor token): what the database keeps instead of it."""
    return hashlib.sha256(secret.encode()).digest()


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"jinpai/" + purpose).derive(master)


def encode_key(master: bytes) -> str:
    """The master key as `secret.key` and JINPAI_SECRET have it."""
    return base64.urlsafe_b64encode(master).decode()


def decode_key(text: str) -> bytes:
    """The master key from its text; BadInput when it is none."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise BadInput("密钥不是有效的 base64url 文本，请检查 JINPAI_SECRET 或 secret.key") from None


def _write_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(encode_key(secrets.token_bytes(32)) + "\n")
