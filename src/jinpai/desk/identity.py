"""Who a buyer says they are: a site's signature over its logged-in user, or just an unguessable visitor token."""

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """A site's word about its user; `expires` in seconds since 1970, `signature` as `sign_identity` makes it."""

    id: str
    name: str
    expires: int
    signature: str
    phone: str = ""


def sign_identity(secret: str, id_: str, name: str, phone: str, expires: int) -> str:
    """The hex HMAC-SHA256 of the four fields joined by line feeds; computed by the site's server."""
    message = "\n".join((id_, name, phone, str(expires)))
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


def is_genuine(identity: Identity, secret: str, now: int) -> bool:
    """Whether the site itself signed this and it has not expired; `now` in milliseconds."""
    right = sign_identity(secret, identity.id, identity.name, identity.phone, identity.expires)
    return hmac.compare_digest(right.encode(), identity.signature.encode()) and identity.expires * 1000 > now
