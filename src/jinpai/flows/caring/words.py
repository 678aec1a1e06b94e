"""What a care task says: one of the entry's texts, the same for a task whenever it is looked at."""

from zlib import crc32

from jinpai.care.model import Care
from jinpai.customers.finding import Listed
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.content import ShopContent
from jinpai.flows.filling import Scene, values_of
from jinpai.playbook.variables import fill

GOODS_LENGTH = 20
DEAR = "亲"


def words_of(content: ShopContent, one: Care, who: Listed | None, agent: str) -> tuple[str, str]:
    """The message and the outline of a call; both empty where content has the entry no more."""
    entry = caring_of(content).entry(one.plan)
    if entry is None:
        return "", ""
    shop = values_of(content, Scene()).get("店铺") or "本店"
    values = {"店铺": shop, "买家": _called(who), "商品": _goods(content, one.about), "客服": agent}
    text = entry.texts[crc32(one.id.encode()) % len(entry.texts)]
    return fill(text, values)[0], fill(entry.call, values)[0]


def _called(who: Listed | None) -> str:
    """The name the customer came with; a visitor without one is called as the trade does."""
    return who.name if who is not None and who.external_id else DEAR


def _goods(content: ShopContent, about: str) -> str:
    titles = [title for title in about.split("、") if title]
    if not titles:
        return "宝贝"
    short = next((one.short for one in content.products if one.title == titles[0]), titles[0])
    short = short if len(short) <= GOODS_LENGTH else f"{short[: GOODS_LENGTH - 1]}…"
    return short if len(titles) == 1 else f"{short}等 {len(titles)} 件"
