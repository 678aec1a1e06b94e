"""What goods are said to be made of and where, compared with their attributes."""

import re
from collections.abc import Mapping
from typing import Literal

Verdict = Literal["true", "false", "unknown"]

_STUFFS: Mapping[str, tuple[str, ...]] = {
    "棉": ("纯棉", "全棉", "百分百棉", "100棉", "100%棉"),
    "皮": ("真皮", "头层", "牛皮"),
    "羊绒": ("羊绒",),
    "羊毛": ("纯羊毛", "全羊毛", "羊毛的"),
    "丝": ("真丝", "桑蚕丝"),
    "鹅绒": ("鹅绒",),
    "实木": ("实木",),
    "304": ("304",),
}
"""What a claim needs to find among the attributes, and the words that claim it."""

_ALONE = ("纯", "全", "百分百", "100")
_STUFF_KEYS = ("面料", "材质", "成分", "材料", "填充", "里料", "鞋面", "锅身", "杯身", "内胆", "表面")
_PLACE_KEYS = ("产地", "原产", "生产地", "制造")
_ABROAD = re.compile(r"进口|原装|日本|德国|韩国|美国|法国|意大利|英国|澳|新西兰|泰国|越南|西班牙|瑞士|加拿大|丹麦|荷兰")
_HOLLOW = ("仿", "人造", "合成", "超纤", "PU", "pu")
_SHARE_NEEDED = 95


def borne_out(attributes: Mapping[str, str], claim: str) -> Verdict:
    """Whether these attributes bear out that the goods are of this stuff, or from abroad."""
    if "进口" in claim or "原装" in claim:
        places = _values(attributes, _PLACE_KEYS)
        return "unknown" if not places else "true" if _ABROAD.search(places) else "false"
    made = _values(attributes, _STUFF_KEYS)
    stuff = next((stuff for stuff, words in _STUFFS.items() if any(word in claim for word in words)), None)
    if not made or stuff is None:
        return "unknown"
    if stuff not in made or any(word in made for word in _HOLLOW):
        return "false"
    share = re.search(rf"(\d+)\s*%\s*{stuff}|{stuff}\D{{0,2}}(\d+)\s*%", made)
    is_short = share is not None and int(share[1] or share[2]) < _SHARE_NEEDED
    return "false" if is_short and any(word in claim for word in _ALONE) else "true"


def _values(attributes: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return "；".join(value for key, value in attributes.items() if any(name in key for name in keys))
