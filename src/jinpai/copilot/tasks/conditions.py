"""The conditions buyers set, judged by what is so: the order's state, the price, how the last thing went."""

import re
from collections.abc import Callable, Sequence

from jinpai.copilot.tasks.talk import ARRIVED, ENDED, OPEN, Talk

_IF = r"^(?:如果|若|要是|假如|倘若)"


def holds(talk: Talk, condition: str) -> bool:
    """Whether a condition of the buyer holds; what only the buyer can know holds as it is said."""
    price = _price(talk, condition)
    if price is not None:
        return price
    return next((judge(talk) for pattern, judge in _JUDGED if re.search(pattern, condition)), True)


def _price(talk: Talk, condition: str) -> bool | None:
    found = re.search(r"(低于|不超过|小于|少于|高于|超过|大于)\s*(\d+(?:\.\d+)?)\s*元", condition)
    now = talk.goods(talk.product).get("商品价格") if found and talk.product else None
    if found is None or now is None:
        return None
    if found[1] == "不超过":
        return float(now) <= float(found[2])
    less = float(now) < float(found[2])
    return less if found[1] in ("低于", "小于", "少于") else float(now) > float(found[2])


def _state(talk: Talk) -> str:
    order = talk.read_order(talk.order) if talk.order else {}
    return str(order.get("订单状态", ""))


def _waits(talk: Talk) -> bool:
    return _state(talk) not in (*ARRIVED, *ENDED)


_JUDGED: Sequence[tuple[str, Callable[[Talk], bool]]] = (
    (r"(?:没有?|未|尚未)发货", lambda talk: _state(talk) in ("", *OPEN)),
    (r"已经?发货|发货了", lambda talk: _state(talk) not in OPEN),
    (r"(?:没有?|未|尚未)(?:送达|送到|到|签收|收到)|运输中|在路上|配送中", _waits),
    (r"已经?(?:签收|送达|到货)", lambda talk: _state(talk) in ARRIVED),
    (r"不行|没有?货|缺货|失败|拒绝|(?:无法|不能|不可以|没法|不支持|不允许)(?:换|退|购|买|取消|下单|修改|改)|余额不[够足]",
     lambda talk: bool(talk.failed)),
    (r"(?:可以?|能)(?:下单|购买|买|换|退|取消|修改)", lambda talk: not talk.failed),
    (r"(?:未|没有?|不)(?:能)?通过", lambda talk: talk.passed is False),
    (rf"不(?:包含|含|包括|符合)|{_IF}没有?(?:赠|送)", lambda talk: talk.passed is False),
    (rf"通过|符合|包含|含有|{_IF}(?:有|都有)$", lambda talk: talk.passed is not False),
)  # fmt: skip
"""What conditions are about, and whether it is so; the first that fits judges."""
