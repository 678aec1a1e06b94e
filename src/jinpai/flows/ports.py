"""What the flows need from outside, as ports; `bootstrap` puts the adapters in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from jinpai.journal.writer import Writer
from jinpai.kit.clock import Clock
from jinpai.kit.database import Database
from jinpai.kit.sealing import Sealer
from jinpai.kit.settings import Settings
from jinpai.packs.box import ContentBox


class Channel(Protocol):
    """A way out to buyers; it accepts only what `flows.send` made."""

    @property
    def reads_log(self) -> bool:
        """Whether buyers read the conversation log themselves (the widget), so that committing is delivering."""
        ...

    def deliver(self, outgoing: Any) -> None:
        """Hand an `Outgoing` over, exactly once per its idempotency key; raises when the outside did not accept it."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """Everything a running process shares: made once by `bootstrap`, passed explicitly, never imported."""

    settings: Settings
    database: Database
    writer: Writer
    sealer: Sealer
    clock: Clock
    content: ContentBox
    channels: Mapping[str, Channel]
