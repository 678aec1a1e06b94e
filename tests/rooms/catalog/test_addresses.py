"""Buyers' addresses in free text."""

import pytest
from disguises import write_addresses

from jinpai.kit.addresses.parsing import Address, parse_address

COUNT = 2_000
AIMS = {"province": 0.995, "city": 0.985, "district": 0.95, "name": 0.98, "phone": 0.999}


def test_disguised_addresses_are_recognised() -> None:
    """Missing 省 and 市, short names, parts left out or turned around, name and phone before or behind."""
    told = dict.fromkeys(AIMS, 0)
    found = dict.fromkeys(AIMS, 0)
    for written in write_addresses(COUNT, seed=20261122):
        address = parse_address(written.text)
        for part in AIMS:
            wanted = getattr(written if part in ("name", "phone") else written.place, part)
            told[part] += bool(wanted)
            found[part] += bool(wanted) and getattr(address, part) == wanted
    recall = {part: found[part] / told[part] for part in AIMS}
    assert all(recall[part] >= least for part, least in AIMS.items()), recall


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("新疆乌鲁木齐", ("新疆维吾尔自治区", "乌鲁木齐市", "", "", "")),
        ("寄到浙江杭州西湖区文三路", ("浙江省", "杭州市", "西湖区", "", "文三路")),
        ("西湖区文三路1号 杭州 浙江", ("浙江省", "杭州市", "西湖区", "", "文三路1号")),
        ("余杭仓前街道五常大道8号", ("浙江省", "杭州市", "余杭区", "仓前街道", "五常大道8号")),
        ("重庆渝北区龙溪街道", ("重庆市", "重庆市", "渝北区", "龙溪街道", "")),
        ("广东省东莞市虎门镇太沙路5号", ("广东省", "东莞市", "", "虎门镇", "太沙路5号")),
        ("湖北省省直辖县级行政区划仙桃市干河街道", ("湖北省", "仙桃市", "", "干河街道", "")),
        ("成都高新区天府大道88号", ("四川省", "成都市", "高新区", "", "天府大道88号")),
        ("福州长乐市吴航街道", ("福建省", "福州市", "长乐区", "吴航街道", "")),
        ("上海市南京东路300号", ("上海市", "上海市", "", "", "南京东路300号")),
        ("北京朝阳路12号", ("北京市", "北京市", "", "", "朝阳路12号")),
        ("吉林吉林市船营区", ("吉林省", "吉林市", "船营区", "", "")),
        ("浙江省杭州市西湖区 浙江省杭州市西湖区文三路2号", ("浙江省", "杭州市", "西湖区", "", "文三路2号")),
        ("臺北市信義區", ("台湾省", "台北市", "信义区", "", "")),
        ("深圳春风路4215号广西外贸大厦10栋", ("广东省", "深圳市", "", "", "春风路4215号广西外贸大厦10栋")),
        ("绍兴安昌镇二号桥门口电联", ("浙江省", "绍兴市", "", "安昌镇", "二号桥门口电联")),
        ("到新疆喀什运费多少", ("新疆维吾尔自治区", "喀什地区", "", "", "")),
    ],
)
def test_short_turned_around_and_borrowed_names(text: str, parts: tuple[str, ...]) -> None:
    address = parse_address(text)
    assert (address.province, address.city, address.district, address.street, address.detail) == parts


@pytest.mark.parametrize("text", ["南京路12号", "万科东区3栋", "你好，在吗", "", " ", "。" * 500, "13800138000"])
def test_what_names_no_place_gives_none(text: str) -> None:
    assert parse_address(text).province == ""


def test_a_district_of_several_cities_is_asked_not_guessed() -> None:
    address = parse_address("鼓楼区中山北路8号")
    assert address.province == ""
    assert {place.city for place in address.others} == {"南京市", "徐州市", "福州市", "开封市"}
    assert parse_address("福建鼓楼区中山北路8号").city == "福州市"


@pytest.mark.parametrize(
    "text",
    [
        "张三 13800138000 浙江省杭州市余杭区文一西路969号",
        "张三13800138000浙江省杭州市余杭区文一西路969号",
        "张三浙江省杭州市余杭区文一西路969号 138-0013-8000",
        "浙江省杭州市余杭区文一西路969号张三，+86 13800138000",
        "收货人：张三 手机号码：138 0013 8000 所在地区：浙江省杭州市余杭区 详细地址：文一西路969号",
    ],
)
def test_receiver_and_phone_wherever_they_stand(text: str) -> None:
    address = parse_address(text)
    assert (address.name, address.phone, address.detail) == ("张三", "13800138000", "文一西路969号")
    assert address.district == "余杭区"


def test_an_extension_belongs_to_the_phone() -> None:
    assert parse_address("收货人：欧阳明日 13800138000-8291 成都市武侯区天府大道88号").phone == "13800138000-8291"


def test_a_hostile_text_is_read_at_once() -> None:
    assert isinstance(parse_address("朝阳区南京路" * 1_000), Address)
