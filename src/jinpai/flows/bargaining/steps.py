"""What an agent's message means on the bargaining ladder: kept with it in the log, held where it gives too much."""

from decimal import Decimal

from jinpai.bargaining.ladder_rules import DISCOUNT
from jinpai.bargaining.offers import find_offer
from jinpai.desk.model import Draft
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.guarding.situation import Look
from jinpai.guard.context import KnownProduct
from jinpai.guard.model import Cleared, Hit, NeedsApproval, Refused


def take_rung(draft: Draft, content: ShopContent, look: Look | None, now: int) -> Draft:
    """The draft with the rung its script stands on and what its words take off the price of the goods spoken of."""
    if draft.author.role != "agent" or not draft.text:
        return draft
    conceded = offered(draft.text, content, look, now)
    rung = content.rungs.get(draft.source, DISCOUNT if conceded else 0)
    return draft._replace(rung=rung, conceded=conceded) if rung else draft


def offered(text: str, content: ShopContent, look: Look | None, now: int) -> int:
    """What these words take off the price of the goods spoken of, in fen."""

    def price() -> int | None:
        return None if look is None else list_price(look(content, text, now).product)

    return 0 if content.offers is None else find_offer(content.offers, text, price)


def list_price(product: KnownProduct) -> int | None:
    """What the goods spoken of cost, in fen: the cheapest of the variants that may be meant; None where unknown."""
    told = [variant.price for variant in product.variants] or [product.price]
    prices = [int(Decimal(price) * 100) for price in told if price is not None]
    return min(prices, default=None)


def hold_offer(
    answer: Cleared | NeedsApproval | Refused, content: ShopContent, look: Look | None, now: int
) -> Cleared | NeedsApproval | Refused:
    """The guard's answer, held for a supervisor where the words offer more than the agent may give alone."""
    if not isinstance(answer, Cleared) or (answer.draft.may_approve and answer.draft.confirmed):
        return answer
    hits = offer_hits(answer.draft.text, answer.draft.conceded, content, look, now)
    return NeedsApproval(answer.draft, "confirm", (*answer.hits, *hits)) if hits else answer


def offer_hits(text: str, conceded: int, content: ShopContent, look: Look | None, now: int) -> tuple[Hit, ...]:
    """A remark on an offer of so many fen off that is beyond the agent's authority, however it is worded."""
    if not conceded or look is None:
        return ()
    most = look(content, text, now).authority.reduction
    if most is None or conceded <= Decimal(most) * 100:
        return ()
    why = "让价超出了您的权限，请先向主管申请，同意后就能发"
    return (Hit("authority.reduction", "authority", "confirm", 0, len(text), text, why),)
