"""A language model as a shop has set it: where it is, what for, how much of it, and how long it may take."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, get_args

from jinpai.kit.reach import Reach

Use = Literal["phrase_reply", "summary"]
"""What a shop may use it for: an answer that was found, said in the tone of the talk · what is known of a buyer who
changes hands, said in a few sentences."""
USES: tuple[Use, ...] = get_args(Use)
TRY: Final = "try"
"""The purpose of a call that somebody made to see whether it works."""
Purpose = Literal["phrase_reply", "summary", "try"]
"""What a call was made for: a use, or to see whether it works."""

SECONDS = 3.0
"""How long a model may take where nothing else is set."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint (base URL such as `https://example.com/v1`), the model there and its key."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    reach: Reach = "any"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a shop. `price` is in yuan for a million tokens read and written; None = no bound of tokens."""

    endpoint: Endpoint
    is_on: bool = True
    uses: tuple[str, ...] = USES
    daily_tokens: int | None = None
    monthly_tokens: int | None = None
    seconds: float = SECONDS
    price: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))

    def cost(self, tokens_in: int, tokens_out: int) -> int:
        """What so many tokens cost, in millionths of a yuan."""
        return round(tokens_in * self.price[0] + tokens_out * self.price[1])


@dataclass(frozen=True, slots=True)
class Setting:
    """What a shop has set for itself; `key` is sealed, prices are fen for a million tokens, times in ms."""

    shop: str
    is_on: bool
    url: str
    model: str
    key: bytes | None = field(repr=False)
    is_near: bool
    uses: tuple[str, ...]
    daily_tokens: int | None
    monthly_tokens: int | None
    limit_ms: int
    price_read: int
    price_written: int
    changed_by: str = ""
    changed_at: int = 0
