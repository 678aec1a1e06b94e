"""Whether words written from given facts say nothing else: every number, day, price, promise and name is among them."""

import re
import unicodedata

from jinpai.copilot.hearing.choices import find_colour, find_courier, find_size

LONGEST = 400

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_COUNTED = re.compile(
    r"[零〇一二两三四五六七八九十百千万半]+\s*(?:元|块|毛|分钱|分钟|小时|个小时|天|日|号|月|年|周|件|双|条|套|折|成|倍|米|斤|公斤|克|寸|钟头|点前|点半|点钟|次|张|份)"
)
_DAYS = re.compile(
    r"今天|今晚|今日|明天|明日|明早|后天|大后天|昨天|周[一二三四五六日天末]|星期[一二三四五六日天]|本周|下周|本月|下月|月底|年前|节前|上午|下午|晚上|凌晨|中午"
)
_BINDING = re.compile(
    r"保证|一定|肯定|绝对|承诺|包邮|包退|包换|免费|赠|送您|送你|免运费|退款|退货|换货|补发|赔|补偿|优惠|折扣|打折|减免|返现|红包|优惠券|立减|最低|底价|"
    r"之前|以前|以内|之内|马上|立刻|立即|尽快|保价|质保|保修|正品|官方|国家|最|第一|百分之|%|七天无理由|无理由"
)
_DENIED = re.compile(
    r"没货|无货|缺货|售罄|没有|不能|无法|不支持|不可以|不包|不行|不含|不送|不会|不用|不需要|未|下架|停产"
)
_CONTACT = re.compile(
    r"https?:|www\.|[\w.-]+@|[A-Za-z][A-Za-z0-9_-]{5,}|微信|加我|私下|[Qq]{2}|电话|手机号|支付宝|转账|〔"
)


def find_untrue(reply: str, facts: str, *, is_partial: bool = False) -> str:
    """What in the reply is not among these facts, in words for the log; empty when it says nothing else.

    A `is_partial` reply may leave out what the facts deny.
    """
    said, known = _plain(reply), _plain(facts)
    if not said.strip():
        return "空"
    if len(said) > LONGEST:
        return "太长"
    for name, pattern in _KINDS.items():
        there = {_even(one) for one in pattern.findall(known)}
        for one in pattern.findall(said):
            if _even(one) not in there:
                return f"{name}“{one}”"
    if not is_partial and bool(_DENIED.search(said)) != bool(_DENIED.search(known)):
        return "肯定与否定不一致"
    for find in (find_courier, find_colour, find_size):
        named = find(said)
        if named is not None and named.lower() not in known.lower():
            return f"名称“{named}”"
    return ""


_KINDS = {"数字": _NUMBER, "数量": _COUNTED, "日子": _DAYS, "承诺": _BINDING, "联系方式": _CONTACT, "否定": _DENIED}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _even(token: str) -> str:
    """A number without needless zeros, so that 129 and 129.00 are one."""
    bare = token.replace(",", "").replace(" ", "")
    return bare.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", bare) else bare
