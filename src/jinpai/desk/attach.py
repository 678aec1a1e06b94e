"""What may hang on a message, and the words a list shows for it where there are no others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

WORDS: Mapping[str, str] = {"image": "[图片]", "product": "[商品]", "order": "[订单]", "step": "[步骤]"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What hangs on a message: `asked` is what its sender named.

    `look` finds, with the connection of the sending transaction, what it shows at that moment; it may refuse.
    """

    asked: Mapping[str, Any]
    look: Callable[[Any], Mapping[str, Any]]


def line_of(body: Mapping[str, Any]) -> str:
    """The message in one line, for lists: its text, else what hangs on it."""
    text = " ".join(body.get("text", "").split())
    attached = body.get("attach")
    if text or attached is None:
        return text
    return f"{WORDS.get(attached['kind'], '')} {attached.get('title', '')}".strip()
