"""What is said where the records have no answer: it asks for what is missing, never for what is known, and claims
nothing."""

from collections.abc import Iterable, Mapping

from jinpai.catalog.kinds import goods_called, goods_of_kind
from jinpai.copilot.content import Intent, Skill
from jinpai.copilot.hearing.choices import find_colour, find_size
from jinpai.copilot.skills.answers import SAYING, Fact, Told, Wording, tell
from jinpai.copilot.skills.ground import Facts, Ground
from jinpai.copilot.skills.orders import TAIL

CHECKING = f"{SAYING}unknown"
"""The wording for a question about known goods that no record answers."""
ANY = f"{SAYING}pasted_link"
"""The wording that asks which goods are spoken of."""
OF_GOODS: frozenset[Skill] = frozenset(("stock", "price", "promotion", "size", "attribute", "care", "flaws"))
"""The skills whose answer depends on which goods are meant."""
HAGGLING = "price"
"""The branch of intents that are about the price of something."""
FEW = 4
"""So many goods are named when asking which of them is meant."""
_ASKS = (
    "吗",
    "嘛",
    "么",
    "不",
    "没",
    "呢",
    "吧",
    "?",
    "？",
    "啥",
    "什么",
    "咋",
    "怎么",
    "怎样",
    "几",
    "多",
    "哪",
    "谁",
    "伐",
    "还是",
)
_CHOOSING = (
    *("有没有", "适合", "推荐", "哪款", "哪种", "哪个", "什么样", "想买", "想给"),
    *("买个", "挑个", "选个", "哪个便宜", "想要", "要买", "有什么"),
)
"""What tells that goods are looked for, not spoken of."""
_STATES: Mapping[str, tuple[str, ...]] = {
    "unpaid": ("unsent", "order"),
    "paid": ("unsent", "order"),
    "shipped": ("sent", "order"),
    "delivered": ("sent", "order"),
    "completed": ("sent", "order"),
}


def sayings(intent: Intent, ground: Ground, wordings: Mapping[str, Wording], turn: int) -> Iterable[Told]:
    """The ways of saying it, in the words for what is known: an order not sent yet, one on its way, the goods."""
    name = next((one for one in _names(SAYING + intent.id, ground) if one in wordings), None)
    if name is None:
        return ()
    fact = Fact(name, f"应答：{intent.title}", _values(ground), asks=True)
    return filter(None, (tell(fact, wordings, turn + way) for way in range(len(wordings[name].texts))))


def asks(text: str) -> bool:
    """Whether something is asked here."""
    return any(word in text for word in _ASKS)


def is_choosing(text: str) -> bool:
    """Whether goods are looked for here, not spoken of."""
    return any(word in text for word in _CHOOSING)


def checking(ground: Ground) -> Facts:
    """That it will be looked up, for a question about known goods; nothing where nothing is asked or known."""
    if ground.product is None or not asks(ground.text):
        return []
    return [Fact(CHECKING, "应答：资料里没有写", _values(ground), asks=True)]


def which_goods(intent: Intent, ground: Ground) -> Facts:
    """Which of several goods of a kind is meant, where the answer depends on it and none is known."""
    return which_of(ground) if intent.skill in OF_GOODS or intent.branch == HAGGLING else []


def which_of(ground: Ground) -> Facts:
    """Which of several goods of a kind is meant, where none is known."""
    if ground.product is not None or is_choosing(ground.text):
        return []
    found = goods_of_kind(ground.text, ground.products) or goods_called(ground.text, ground.products)
    if ground.order is not None and {item.product for item in ground.order.items} & {one.id for one in found}:
        return []
    if not 1 < len(found) <= FEW:
        return []
    named = [
        f"{one.short}（{min((sku.price for sku in one.skus), key=float).removesuffix('.00')} 元）" for one in found
    ]
    values = {"候选": "、".join(named[:-1]) + f"还是{named[-1]}"}
    return [Fact("goods.which", "商品资料：同类商品", values, asks=True)]


def which_at_all(ground: Ground) -> Facts:
    """Which goods are meant, where nothing tells; nothing where an order may be what is spoken of."""
    return [] if ground.product is not None or ground.order is not None else [Fact(ANY, "应答：问是哪一款", asks=True)]


def _names(name: str, ground: Ground) -> Iterable[str]:
    if ground.order is not None:
        states = _STATES.get(ground.order.state, ("order",))
        if _wanted(ground) or ground.slots.get("place"):
            yield from (f"{name}.{state}.told" for state in states)
        yield from (f"{name}.{state}" for state in states)
    if ground.product is not None:
        if ground.slots.get("quantity"):
            yield f"{name}.goods.counted"
        if _wanted(ground):
            yield f"{name}.goods.told"
        yield f"{name}.goods"
    yield name


def _wanted(ground: Ground) -> str:
    """The colour and the size these words name."""
    size = find_size(ground.text)
    return " ".join(filter(None, (find_colour(ground.text), f"{size}码" if size else "")))


def _values(ground: Ground) -> Mapping[str, str]:
    shop = ground.shop
    hours = shop.service.hours if shop is not None else None
    values = {
        "营业时间": f"{hours.open}–{hours.close}" if hours else "",
        "店铺": shop.name if shop is not None else "",
        "订单尾号": ground.order.number[-TAIL:] if ground.order is not None else "",
        "想要": _wanted(ground),
        "件数": str(ground.slots.get("quantity") or ""),
        "商品": ground.product.short if ground.product is not None else "",
    }
    return {name: it for name, it in values.items() if it}
