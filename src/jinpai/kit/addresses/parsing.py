"""Addresses as people write them, taken apart: `parse_address("张三 13800138000 浙江杭州西湖区文三路1号")`.

It stands on the gazetteer and on rules, knows nothing by heart, and leaves empty what the text does not say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from jinpai.kit.addresses.gazetteer import Place, short_name
from jinpai.kit.addresses.people import find_labelled_name, find_name, find_phone, is_name
from jinpai.kit.addresses.regions import Region, find_region

MAX_TEXT = 300
"""Characters that are read; no address is longer."""

_LEAD = re.compile(
    r"(?:收货地址|收件地址|详细地址|所在地区|家庭地址|公司地址|邮寄地址|地址|地区)(?:改成|改为|换成|是|为)?[\s:：]*"
    r"|(?:请|麻烦|帮忙|帮我|给我|可以|能|我要|我想|想)*(?:寄|发|送|邮|快递|配送|邮寄|发货|送货)(?:快递|货)?(?:到|往|去|给|至)"
    r"|(?:我|我们|我家|我这边|这边|人)?(?:是)?(?:住|在|住在)(?=\S{2})|(?:到|往|去)(?=\S{2})|我是(?=\S{2})|收货人|收件人|[\s,，;；:：、。.\-—]+"
)
_TAIL = re.compile(
    r"[\s,，;；。?？!！~～]*(?:(?:的)?(?:运费|邮费|快递费)?(?:要|需要|大概|大约|得)?(?:多少钱|多少|几天(?:能|可以)?(?:到|送达)?|多久(?:能|可以)?到?)"
    r"|(?:运费|邮费|快递费)(?:呢|怎么算)?|能(?:送)?到吗|可以(?:送|寄|发)(?:到)?吗|包邮吗|发什么快递|谢谢|麻烦了?|哦|呢|吗|哈|的)*[\s,，;；。?？!！~～]*$"
)
_STREET = re.compile(
    r"[\u4e00-\u9fff]{1,9}?(?:街道(?:办事处|办)?|镇(?!江|海|宁|平|远|雄|巴|沅|康|安)|乡(?!镇企业)|苏木|团场)"
)
_ZONE = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:新区|开发区|高新区|经开区|工业园区|产业园区|示范区|保税区|管理区|度假区)")
_ASKING = re.compile(r"(?:我们?|人|家|这边|那边|请问|亲|在|住|是|到|往|去|寄|发|送|邮|过来|过去|给|快递|您好|你好|\s)*")
_FILLER = re.compile(r"(?:省|自治区)直辖县级行政(?:区划|单位)|市辖区")
_POSTCODE = re.compile(r"(?:邮编|邮政编码)[\s:：]*\d{6}(?!\d)|(?<![\d-])\d{6}(?=\s*$)")
_EDGES = " \t\r\n,，;；:：、。.-—_/|()（）"


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; each part is empty where the text does not tell it.

    Province, city and district by full name: what is not told but follows is filled in (余杭区 lies in Hangzhou).
    `others` are the places the text may mean as well, all of them, when it is not plain which.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    detail: str = ""
    name: str = ""
    phone: str = ""
    others: tuple[Place, ...] = ()

    @property
    def region(self) -> str:
        """The province by its short name (`浙江`), empty when it is not known."""
        return short_name(self.province) if self.province else ""

    @property
    def place(self) -> Place:
        """Where it is, as far down as it is known."""
        return Place(self.province, self.city, self.district)


def parse_address(text: str) -> Address:
    """The address in a free text of up to 300 characters, with the name and the phone where they are told."""
    plain = _plain(text)
    phone, rest = find_phone(plain)
    name, rest = find_labelled_name(rest)
    rest = _POSTCODE.sub(" ", rest)
    region = find_region(rest)
    if region is None:
        if not name:
            name, rest = find_name(rest)
        return Address(detail=_detail([rest]), name=name, phone=phone)
    if not name:
        name, rest, region = _name_ahead(rest, region)
    return _take_apart(rest, region, name, phone)


def _take_apart(text: str, region: Region, name: str, phone: str) -> Address:
    place = region.place
    pieces = _around(text, region.spans)
    if not name:
        for at, piece in enumerate(pieces):
            name, left = find_name(piece)
            if name:
                pieces[at] = left
                break
    detail = _repeated(_detail(pieces), place)
    if not region.others:
        place, detail = _fill_down(place, detail)
    street = ""
    match = _STREET.match(detail)
    if match is not None:
        street, detail = match[0], detail[match.end() :].lstrip(_EDGES)
    return Address(place.province, place.city, place.district, street, detail, name, phone, region.others)


def _plain(text: str) -> str:
    """The text in normal width, without the words that only statistics put between a province and its places."""
    return _FILLER.sub("", normalize("NFKC", text[:MAX_TEXT])[:MAX_TEXT])


def _name_ahead(text: str, region: Region) -> tuple[str, str, Region]:
    """The name written right before the place (张三浙江省…), with the text and the region without it."""
    first = region.spans[0][0]
    ahead = text[:first]
    word = re.split(r"[\s,，;；:：、]+", ahead)[-1] if ahead else ""
    if not word or _LEAD.match(word) or not is_name(word):
        return "", text, region
    start = first - len(word)
    spans = tuple((begin - len(word), end - len(word)) for begin, end in region.spans)
    return word, text[:start] + text[first:], Region(region.place, spans, region.others)


def _around(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """What stands before, between and behind these stretches."""
    edges = [0, *(place for span in spans for place in span), len(text)]
    return [text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2)]


def _detail(pieces: Sequence[str]) -> str:
    """The pieces joined, without the words of asking around them."""
    kept = (_without_lead(piece).strip(_EDGES) for piece in pieces)
    return _TAIL.sub("", " ".join(piece for piece in kept if piece)).strip(_EDGES)


def _without_lead(piece: str) -> str:
    while (match := _LEAD.match(piece)) and match.end():
        piece = piece[match.end() :]
    return "" if _ASKING.fullmatch(piece) else piece


def _repeated(detail: str, place: Place) -> str:
    """The rest without the same places said again at its beginning."""
    for name in (place.province, place.city, place.district):
        for said in (name, short_name(name)) if name else ():
            if detail.startswith(said) and not _STREET.match(detail) and len(detail) > len(said):
                nearer = detail.removeprefix(said).lstrip(_EDGES + "市")
                detail = nearer if said == name or nearer[:1] not in "路街大东西南北中" else detail
                break
    return detail


def _fill_down(place: Place, detail: str) -> tuple[Place, str]:
    """A municipality is its own city; a zone that stands where the district belongs is one."""
    if place.province.endswith("市") and not place.city:
        place = Place(place.province, place.province)
    match = _ZONE.match(detail) if place.city and not place.district else None
    if match is not None:
        return Place(place.province, place.city, match[0]), detail[match.end() :].lstrip(_EDGES)
    return place, detail
