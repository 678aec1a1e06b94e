"""How far agents may go alone: the lowest price, reductions, compensation and gifts; the shape of a shop's setting."""

from decimal import ROUND_UP, Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from jinpai.guard.context import Authority, Rate, ShopKind
from jinpai.packs.model import ContentEntry, Money, Shape

Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.@:+-]{2,64}$")]
CENT = Decimal("0.01")


class Allowance(Shape):
    """What somebody may grant without asking; an explicit zero is a zero, what is not written is not limited here."""

    reduction: Annotated[Money | None, Field(description="一单最多便宜多少元")] = None
    discount: Annotated[Rate | None, Field(description="最多可以便宜百分之几")] = None
    compensation: Annotated[Money | None, Field(description="一次最多赔付多少元")] = None
    gift: Annotated[bool | None, Field(description="可以自己送小礼品")] = None
    free_freight: Annotated[bool | None, Field(description="可以自己免运费")] = None


class AuthorityRules(ContentEntry, Allowance):
    """The shop's limits, and those of single agents by login, which go before the shop's.

    `floor_percent` is the lowest percentage of the list price that may be asked for: 70 = at most 30 % off.
    """

    floor_percent: Annotated[Rate | None, Field(description="底价是标价的百分之几")] = None
    agents: dict[Login, Allowance] = Field(default_factory=dict)


def authority_of(rules: AuthorityRules | None, login: str, kind: ShopKind | None) -> Authority:
    """How far this agent may go alone; in a Tmall shop nobody changes prices by hand."""
    if rules is None:
        return Authority(reduction="0", discount=0) if kind == "tmall" else Authority()
    own = rules.agents.get(login)
    names = Authority.model_fields
    values = {name: getattr(rules, name) for name in names}
    if own is not None:
        values |= {name: value for name in names if (value := getattr(own, name)) is not None}
    if kind == "tmall":
        values |= {"reduction": "0", "discount": 0}
    return Authority(**values)


def floor_of(rules: AuthorityRules | None, price: str, kind: ShopKind | None) -> str | None:
    """The lowest price that may be given for something that costs `price`, in yuan; None where none is set."""
    if kind == "tmall":
        return price
    if rules is None or rules.floor_percent is None:
        return None
    return str((Decimal(price) * rules.floor_percent / 100).quantize(CENT, ROUND_UP))
