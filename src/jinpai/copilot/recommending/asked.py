"""Which kind of goods a buyer asks for, or asks for beside the goods looked at."""

import re
from collections.abc import Sequence

from jinpai.catalog.content import Product
from jinpai.catalog.kinds import goods_called, goods_of_kind
from jinpai.copilot.recommending.fitting import room_of
from jinpai.copilot.skills.ground import Ground

_WITH = (
    *("配什么", "搭什么", "配套", "搭配", "一起买", "一起用", "配啥"),
    *("还要买什么", "还需要什么", "另外买", "单独买", "还要买", "还用买"),
)
"""What asks for goods beside others."""
_BESIDE = re.compile(r"[配搭](?:什么|啥|哪个|哪种|哪款|多大的|个)(?:样的)?(?=[\u4e00-\u9fff])")
"""What stands before the kind of goods that is to go with others."""
_ANOTHER = ("有没有", "有吗", "推荐", "换", "别的", "其他", "其它", "还有")
"""What tells that other goods are looked for."""
_FOR = frozenset(("露营", "户外", "推荐", "礼物", "徒步", "爬山", "折叠"))
"""What goods are for or like, told of many kinds."""


def kind_asked(ground: Ground) -> tuple[Product, ...]:
    """The goods of the kind the buyer's words name; none where they name no kind, or ask what goes with one.

    Of what goes with one the kind counts that is named after (`配什么炉子`); who asks for another one with some trait
    (`有轻一点的吗`) means the kind of the goods looked at, and whoever names goods too small for the people told
    (`双人帐够一家三口睡吗`) may want anything of their category.
    """
    text, focus = ground.text, ground.product
    if focus is not None:
        text = text.replace(focus.title, "").replace(focus.short, "")
    if beside := _BESIDE.search(text):
        text = text[beside.end() :]
    elif any(word in text for word in _WITH):
        return ()
    needs = {word for want in ground.wishes.wants for word in (*want.words, want.value)}
    kind = goods_of_kind(text, ground.products, needs | _FOR) or _measured(text, ground.products)
    if focus is not None and not kind and ground.wishes.traits and any(word in text for word in _ANOTHER):
        return tuple(one for one in ground.products if one.category == focus.category)
    kind = _with_room(kind, ground)
    is_told = {"budget", "people"} & set(ground.slots) or ground.wishes.traits
    is_of_focus = focus in kind and not (is_told and not beside)
    return () if is_of_focus else kind


def _with_room(kind: tuple[Product, ...], ground: Ground) -> tuple[Product, ...]:
    """This kind of goods, or all of their category where none of them holds the people told."""
    people, rooms = int(ground.slots.get("people") or 0), [room_of(one) for one in kind]
    if not people or any(room is None or room >= people for room in rooms):
        return kind
    categories = {one.category for one in kind}
    return tuple(one for one in ground.products if one.category in categories)


def _measured(text: str, products: Sequence[Product]) -> tuple[Product, ...]:
    """The one that is called by the number said with what it is (`45L的包`)."""
    called = goods_called(text, products) if any(map(str.isdecimal, text)) else ()
    return called if len(called) == 1 else ()
