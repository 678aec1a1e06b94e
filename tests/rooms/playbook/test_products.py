"""Products hold together: what they refer to exists, what they sell is numbered once, amounts are amounts."""

from typing import Any

import pytest
from pydantic import ValidationError

from jinpai.catalog.checks import check_products
from jinpai.catalog.content import Product, ShopEntry


def product(id: str, **fields: Any) -> Product:
    base = {
        "id": id,
        "title": "双人帐篷",
        "short": "帐篷",
        "category": "帐篷",
        "skus": [{"id": f"{id}-green", "name": "绿", "price": "459.00", "stock": 3}],
        "attributes": {"重量": "2 千克"},
        "selling_points": ["好搭"],
        "materials": [{"part": "外帐", "what": "锦纶", "strengths": "轻", "weaknesses": "怕火"}],
        "care": {"clean": "擦", "store": "晾干", "avoid": "机洗"},
        "box": ["帐篷"],
    }
    return Product.model_validate({**base, **fields})


def test_products_that_refer_to_each_other_are_sound() -> None:
    tent = product("tent", goes_with=[{"product": "pad", "effect": "暖和"}])
    assert check_products([tent, product("pad")]) == []


def test_a_reference_that_leads_nowhere_is_told() -> None:
    tent = product("tent", goes_with=[{"product": "pad", "effect": "暖和"}])
    ((id, message),) = check_products([tent])
    assert (id, "“pad”" in message) == ("tent", True)
    assert check_products([product("tent", goes_with=[{"product": "tent", "effect": "自己"}])])


def test_a_variant_number_used_by_two_products_is_told() -> None:
    sku = [{"id": "x", "name": "绿", "price": "1", "stock": 0}]
    assert check_products([product("a", skus=sku), product("b", skus=sku)]) == [
        ("b", "规格编号“x”已经用在“a”，请换一个")
    ]
    with pytest.raises(ValidationError, match="写了两次"):
        product("a", skus=sku * 2)


@pytest.mark.parametrize("price", ["￥1", "1.234", "-1", "01", "1,000", 12, "", "1."])
def test_a_price_that_is_no_amount_is_refused(price: object) -> None:
    with pytest.raises(ValidationError):
        product("a", skus=[{"id": "x", "name": "绿", "price": price, "stock": 0}])


def test_a_ragged_size_table_is_refused() -> None:
    table = {"columns": ["码", "脚长"], "rows": [["38", "24"], ["39"]], "measured": "手量"}
    with pytest.raises(ValidationError, match="每一行都要有 2 格"):
        product("a", size_table=table)


def test_a_shop_that_closes_before_it_opens_is_refused() -> None:
    service = {
        "hours": {"open": "22:00", "close": "09:00"},
        "dispatch_cutoff": "14:00",
        "dispatch_weekend": True,
        "couriers": ["中通快递"],
        "payment_ways": ["huabei"],
        "returns": "七天",
        "invoice": "可以开",
    }
    brand = {"idea": "一", "character": "二", "promise": "三"}
    with pytest.raises(ValidationError, match="打烊时间要晚于开门时间"):
        ShopEntry.model_validate(
            {"id": "s", "name": "店", "kind": "c", "about": "小店", "brand": brand, "service": service}
        )
