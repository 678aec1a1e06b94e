"""What a care task says: one of the entry's texts, the same for a task whenever it is looked at."""

from collections.abc import Sequence
from zlib import crc32

from jinpai.care.model import Care
from jinpai.customers.finding import Listed
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import Scene, values_of
from jinpai.playbook.variables import fill

GOODS_LENGTH = 20
DEAR = "亲"


def words_of(content: ShopContent, one: Care, who: Listed | None, agent: str) -> tuple[str, str]:
    """The message and the outline of a call; both empty where content has the entry no more."""
    entry = caring_of(content).entry(one.plan)
    if entry is None:
        return "", ""
    values = _values(content, one, who, agent)
    return fill(_turn(one, entry.texts), values)[0], fill(entry.call, values)[0]


def sms_of(content: ShopContent, one: Care, who: Listed | None, agent: str) -> str:
    """What a short message says; empty where content has the entry no more."""
    entry = caring_of(content).entry(one.plan)
    if entry is None:
        return ""
    return as_sms(content, fill(_turn(one, entry.sms or entry.texts), _values(content, one, who, agent))[0])


def as_sms(content: ShopContent, words: str) -> str:
    """These words as a short message: the shop's name before them, and behind them how to have no more."""
    rules = caring_of(content).rules
    end = rules.sms_end if rules is not None and rules.sms_end is not None else ""
    signed = words if words.startswith("【") else f"【{_shop(content)}】{words}"
    return signed if signed.endswith(end) else f"{signed} {end}"


def _turn(one: Care, texts: Sequence[str]) -> str:
    return texts[crc32(one.id.encode()) % len(texts)]


def _values(content: ShopContent, one: Care, who: Listed | None, agent: str) -> dict[str, str]:
    return {"店铺": _shop(content), "买家": _called(who), "商品": _goods(content, one.about), "客服": agent}


def _shop(content: ShopContent) -> str:
    return values_of(content, Scene()).get("店铺") or "本店"


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
