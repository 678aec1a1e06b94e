"""Which language model a shop has and may use now: its own setting, else the operator's; within its budget."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.engine import Connection

from jinpai.copilot.llm.calls import Spent, spent_since
from jinpai.copilot.llm.model import Endpoint, Setting, Terms, Use
from jinpai.copilot.llm.store import KEY, find_setting
from jinpai.flows.ports import House, LanguageModel
from jinpai.kit.clock import SHOP_TIME


@dataclass(frozen=True, slots=True)
class Usage:
    """What a shop has used today and this month, and of which bound nothing is left ("" = some is)."""

    day: Spent
    month: Spent
    is_over: str


def read_terms(house: House, shop: str) -> Terms | None:
    """What holds for this shop; None where nobody has named a language model."""
    with house.database.read() as connection:
        own = find_setting(connection, shop)
    return operator_terms(house) if own is None else _own_terms(house, own)


def operator_terms(house: House) -> Terms | None:
    """What the operator has set in the environment, for every shop without a setting of its own."""
    told = house.settings
    if told.llm_url is None or told.llm_model is None:
        return None
    endpoint = Endpoint(told.llm_url, told.llm_model, told.llm_key, "any")
    return Terms(endpoint, daily_tokens=told.llm_daily_tokens, price=told.llm_price)


def model_for(house: House, shop: str, use: Use) -> tuple[Terms, LanguageModel] | None:
    """The model this shop may use for this now; None where there is none, it is off, or the budget is used up."""
    terms = read_terms(house, shop) if house.models is not None else None
    if house.models is None or terms is None or not terms.is_on or use not in terms.uses:
        return None
    with house.database.read() as connection:
        if read_usage(connection, shop, terms, house.clock.now()).is_over:
            return None
    return terms, house.models.at(terms.endpoint)


def may_use(house: House, shop: str, use: Use) -> bool:
    """Whether this shop has a model for this now."""
    return model_for(house, shop, use) is not None


def read_usage(connection: Connection, shop: str, terms: Terms | None, now: int) -> Usage:
    """How much of its bounds this shop has used."""
    midnight = datetime.fromtimestamp(now / 1000, SHOP_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight.replace(day=1)
    day, month = (spent_since(connection, shop, round(since.timestamp() * 1000)) for since in (midnight, first))
    bounds = (None, None) if terms is None else (terms.daily_tokens, terms.monthly_tokens)
    reached = [
        name
        for name, bound, spent in zip(("day", "month"), bounds, (day, month), strict=True)
        if bound is not None and spent.tokens >= bound
    ]
    return Usage(day, month, reached[-1] if reached else "")


def _own_terms(house: House, own: Setting) -> Terms:
    key = None if own.key is None else house.sealer.open(KEY, own.key)
    return Terms(
        Endpoint(own.url, own.model, key, "near" if own.is_near else "public"),
        own.is_on,
        own.uses,
        own.daily_tokens,
        own.monthly_tokens,
        own.limit_ms / 1000,
        (Decimal(own.price_read) / 100, Decimal(own.price_written) / 100),
    )
