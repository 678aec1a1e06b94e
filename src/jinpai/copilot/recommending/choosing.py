"""What to recommend to a buyer: at most three goods, each for a reason, in stock, fitting, new to them, different."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from jinpai.catalog.content import Product
from jinpai.catalog.promotions import Bundle
from jinpai.copilot.recommending.asked import kind_asked
from jinpai.copilot.recommending.fitting import fitting, price_now, room_of
from jinpai.copilot.recommending.model import Recommendation, Source
from jinpai.copilot.recommending.reasons import (
    Reason,
    find_reasons,
    is_made_for,
    point_of,
    season,
    suits_season,
)
from jinpai.copilot.recommending.traits import COMFORT, comfort_of, degrees_in, trait_of
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.boxes import in_box
from jinpai.copilot.skills.ground import Facts, Ground
from jinpai.copilot.skills.questions import about_the_same
from jinpai.kit.money import short_yuan

MOST = 3
PUSH = 0.06
"""What being pushed by the shop adds to another reason."""
FURTHER = 0.03
"""What each further reason for the same goods adds."""
_A_SET = ("哪些", "一套", "全套", "整套", "都要", "一起", "分别")
"""What tells that a budget is for all the goods together."""
_BEGINS = ("新手", "第一次", "头一次", "头一回", "入门", "小白", "没露过", "零基础")
"""What tells of a beginner, in a buyer's words and in those of a set."""
_WHAT = (*_A_SET, "什么", "啥", "推荐", "装备")
CHILDREN = "儿童"
"""What is written on goods made for children."""
_LOOSE: frozenset[Source] = frozenset(("need", "season", "main_push"))
"""Reasons that are not about going with other goods: what the season does not suit is left out."""


def recommend(
    ground: Ground, liked: Callable[[str], float] = lambda wording: 1.0, most: int = MOST
) -> tuple[Recommendation, ...]:
    """The goods to recommend, best first; never what was bought, refused or is sold out, and of each kind one.

    `liked` is the factor by which what came of a wording before moves its reasons.
    """
    kind = frozenset(one.id for one in kind_asked(ground))
    ranked = sorted(_fitting(ground, liked, kind), key=lambda one: (-one.score, one.product.id))
    limit = budget_of(ground)
    within = [priced(one, limit) for one in ranked if limit is None or one.price <= limit]
    if limit is not None and not within and kind and ranked:
        return (_over(min(ranked, key=lambda one: one.price), limit),)
    is_set = limit is not None and any(word in ground.text for word in _A_SET)
    chosen: list[Recommendation] = []
    for one in within:
        if is_set and limit is not None and sum(other.price for other in chosen) + one.price > limit:
            continue
        if len(chosen) < most and (kind or _is_different(one, chosen)):
            chosen.append(one)
    return tuple(chosen)


def recommended(ground: Ground) -> Facts:
    """The goods to recommend as facts to be told.

    A beginner who asks what it takes hears of the set made for them first; who told nothing is asked what for.
    """
    if there := in_box(ground):
        return there
    if missing := _not_made_for(ground):
        return missing
    found = recommend(ground)
    facts = [*_to_begin_with(ground), *map(fact_of, found)]
    is_told = ground.product is not None or any(one.source not in ("season", "main_push") for one in found)
    if is_told or len(facts) > len(found):
        return facts
    return _too_cold(ground) or _none_such(ground) or [Fact("recommend.ask", "应答：先问清用途", asks=True)]


def _not_made_for(ground: Ground) -> Facts:
    """That no goods of the kind asked for are made for children, with what the record tells of them in that."""
    want = next((one for one in ground.wishes.wants if one.is_told and CHILDREN in one.words), None)
    kind = kind_asked(ground) if want is not None else ()
    if want is None or not kind or any(is_made_for(one, want.words) for one in kind):
        return []
    values = {"类目": kind[0].category, "需要": want.value}
    for product in kind:
        for told in about_the_same("、".join(want.words), replace(ground, product=product)):
            values |= {"商品": product.short, "资料": told.text}
            return [Fact("recommend.not_made_for_but", f"商品资料：{product.short}", values, asks=True)]
    return [Fact("recommend.not_made_for", f"商品资料：{kind[0].category}", values, asks=True)]


def _none_such(ground: Ground) -> Facts:
    """That none of the few goods of the kind has what is asked of them, by their records."""
    kind, traits = kind_asked(ground), ground.wishes.traits
    is_named = any(name in ground.text for one in kind for name in (one.category, *one.also_called))
    if not is_named or len(kind) > MOST or len(traits) != 1 or any(True for _ in trait_of(ground, traits[0], kind)):
        return []
    values = {"类目": kind[0].category, "需要": traits[0].name}
    return [Fact("recommend.none_such", f"商品资料：{kind[0].category}", values, asks=True)]


def _too_cold(ground: Ground) -> Facts:
    """That nothing of the kind is made for the temperature told, with the warmest there is."""
    degrees, known = degrees_in(ground.text), [(one, comfort_of(one)) for one in kind_asked(ground)]
    told = [(comfort, product) for product, comfort in known if comfort is not None]
    if degrees is None or not told:
        return []
    comfort, warmest = min(told, key=lambda one: one[0][0])
    values = {"商品": warmest.short, "类目": warmest.category, "依据": comfort[1]}
    return [Fact("recommend.too_cold", f"商品资料：{warmest.short}{COMFORT}", values)] if comfort[0] > degrees else []


def _to_begin_with(ground: Ground) -> Facts:
    """The set for beginners that is on offer, where one asks what it takes and every part of it is there."""
    if ground.product is not None or kind_asked(ground):
        return []
    if not (any(word in ground.text for word in _BEGINS) and any(word in ground.text for word in _WHAT)):
        return []
    goods, people = {product.id: product for product in ground.products}, int(ground.slots.get("people") or 0)
    return [
        Fact(f"promotion.{one.id}", f"活动：{one.title}", text=text)
        for one, _ in ground.running
        if isinstance(one.rule, Bundle)
        and all((room_of(goods[id_]) or people) >= people for id_ in one.rule.together if id_ in goods)
        and all(id_ in goods and any(ground.stock.of(sku) > 0 for sku in goods[id_].skus) for id_ in one.rule.together)
        for text in one.wording
        if any(word in one.title + text for word in _BEGINS)
    ][:1]


def fact_of(one: Recommendation) -> Fact:
    """The recommendation as a fact with its card."""
    return Fact(one.wording, one.told_by, one.values, card=(one.product.id, one.sku.id if one.sku else ""))


def find_wanted(ground: Ground) -> Facts:
    """What would do for a buyer who describes goods by their kind; nothing where no kind is named."""
    return recommended(ground) if kind_asked(ground) else []


def budget_of(ground: Ground) -> Decimal | None:
    """The most the buyer wants to pay for one, in yuan; None where they did not say."""
    told = ground.slots.get("budget")
    return None if told is None else Decimal(str(told))


def priced(one: Recommendation, limit: Decimal | None) -> Recommendation:
    """The recommendation told with its price, where the buyer named the most they want to pay."""
    if limit is None:
        return one
    reason = one.values.get("依据") or one.values.get("搭配") or point_of(one.product)
    values = {"商品": one.product.short, "现价": short_yuan(one.price), "预算": short_yuan(limit), "依据": reason}
    return replace(one, wording="recommend.budget", values={name: it for name, it in values.items() if it})


def _over(one: Recommendation, limit: Decimal) -> Recommendation:
    """The cheapest of a kind none of which the budget reaches, said to cost more."""
    values = {
        "商品": one.product.short,
        "类目": one.product.category,
        "现价": short_yuan(one.price),
        "预算": short_yuan(limit),
        "依据": one.values.get("依据") or point_of(one.product),
    }
    return replace(one, wording="recommend.over_budget", values=values)


def _fitting(ground: Ground, liked: Callable[[str], float], kind: frozenset[str]) -> Iterable[Recommendation]:
    limit = budget_of(ground)
    goods = {product.id: product for product in ground.products}
    best: dict[str, tuple[float, Reason]] = {}
    for reason in find_reasons(ground):
        product = goods[reason.product]
        if not _may_be_named(ground, product, reason, kind):
            continue
        score = reason.score * liked(reason.wording) + (
            PUSH if product.main_push and reason.source != "main_push" else 0
        )
        known = best.get(product.id)
        if known is None:
            best[product.id] = (score, reason)
        else:
            best[product.id] = (max(known[0], score) + FURTHER, reason if score > known[0] else known[1])
    running = [one for one, _ in ground.running]
    for score, reason in best.values():
        product = goods[reason.product]
        skus = fitting(product, ground.stock, ground.wishes.facts)
        affordable = tuple(sku for sku in skus if limit is None or price_now(product, sku, running) <= limit)
        skus = affordable or skus
        if skus:
            price = min(price_now(product, sku, running) for sku in skus)
            yield Recommendation(
                product,
                skus,
                reason.source,
                price,
                reason.wording,
                reason.values,
                reason.evidence,
                reason.told_by,
                min(1.0, score),
            )


def _may_be_named(ground: Ground, product: Product, reason: Reason, kind: frozenset[str]) -> bool:
    wishes, focus = ground.wishes, ground.product
    people, room = int(ground.slots.get("people") or 0), room_of(product)
    degrees, comfort = degrees_in(ground.text), comfort_of(product)
    if degrees is not None and comfort is not None and comfort[0] > degrees:
        return False
    if (kind and product.id not in kind) or (room is not None and room < people):
        return False
    if product.id in {*wishes.owned, *wishes.refused, *wishes.seen} or product is focus:
        return False
    if focus is not None and not kind and focus.category == product.category and not _is_about(reason, focus):
        return False
    if reason.source == "season" and focus is not None:
        return False
    return reason.source not in _LOOSE or suits_season(product, season(ground.moment.month))


def _is_about(reason: Reason, focus: Product) -> bool:
    """Whether the reason lies in the goods looked at; for others nobody is shown a second one of their kind."""
    return focus.id in (reason.evidence.get("with"), reason.evidence.get("instead_of"))


def _is_different(one: Recommendation, chosen: Iterable[Recommendation]) -> bool:
    """Of one kind only one, unless it stands in for what is gone; of loose reasons each once."""
    return not any(
        (one.product.category == other.product.category and one.source != "alternative")
        or (one.source == other.source and one.source in ("season", "main_push"))
        for other in chosen
    )
