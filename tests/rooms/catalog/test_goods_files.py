"""Product exports as sellers have them: read, laid over what the shop has, and every bad line named."""

from typing import Any

import pytest

from jinpai.catalog.content import Product
from jinpai.catalog.importing.form import PRODUCTS
from jinpai.catalog.importing.merging import Merged, merge_goods
from jinpai.catalog.importing.reading import id_of, read_goods
from jinpai.importing.columns import find_layout
from jinpai.importing.tables import read_table
from jinpai.kit.errors import BadInput
from jinpai.packs.editing import write_entries
from jinpai.packs.yaml import Document

HEADER = "宝贝标题 ,商家编码,规格编码,颜色分类,尺码,一口价,库存数量,重量(克),卖点,材质"
TENT = '山野双人帐 防雨,="ZP-01",ZP01-GR,墨绿,大,459,36,2700,轻;好搭,锦纶'


def known(**more: Any) -> Product:
    sku = {"id": "zp01-gr", "name": "墨绿 大", "price": "459.00", "stock": 3}
    return Product.model_validate(
        {"id": "zp-01", "title": "山野双人帐", "short": "双人帐", "category": "帐篷", "skus": [sku]} | more
    )


def merged(*lines: str, header: str = HEADER, products: tuple[Product, ...] = (), encoding: str = "gbk") -> Merged:
    table = read_table("\n".join((header, *lines)).encode(encoding))
    return merge_goods(products, read_goods(table, find_layout(PRODUCTS, table, {})))


def reasons(found: Merged) -> dict[int, str]:
    return {one.line: one.reason for one in found.tally.rejected}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_variants_of_one_code_become_one_product(encoding: str) -> None:
    found = merged(TENT, TENT.replace("ZP01-GR,墨绿", "ZP01-SD,砂岩黄"), encoding=encoding)
    assert (found.tally.rows, found.tally.created, found.tally.rejected) == (2, 2, [])
    product = Product.model_validate(found.entries["zp-01"])
    assert [(sku.id, sku.name, sku.price, sku.stock) for sku in product.skus] == [
        ("zp01-gr", "墨绿 大", "459.00", 36),
        ("zp01-sd", "砂岩黄 大", "459.00", 36),
    ]
    assert product.skus[0].spec == {"颜色": "墨绿", "尺码": "大"}
    assert (product.title, product.short, product.category) == ("山野双人帐 防雨", "山野双人帐", "未分类")
    assert (product.parcel_grams, product.selling_points, product.attributes) == (
        2700,
        ("轻", "好搭"),
        {"材质": "锦纶"},
    )


def test_a_file_of_prices_and_stock_leaves_the_rest_of_the_product_alone() -> None:
    care = {"clean": "擦", "store": "晾干", "avoid": "机洗"}
    found = merged("ZP01-GR,439,12", header="规格编码,售价,库存", products=(known(care=care, box=["帐篷"]),))
    product = Product.model_validate(found.entries["zp-01"])
    assert (product.skus[0].price, product.skus[0].stock, product.skus[0].name) == ("439.00", 12, "墨绿 大")
    assert (product.title, product.box, product.care is not None) == ("山野双人帐", ("帐篷",), True)
    assert found.tally.updated == 1


def test_the_same_again_changes_nothing() -> None:
    first = merged(TENT)
    again = merged(TENT, products=(Product.model_validate(first.entries["zp-01"]),))
    assert (again.tally.unchanged, dict(again.entries)) == (1, {})


def test_every_bad_line_is_named_and_the_others_are_taken() -> None:
    found = merged(
        TENT,
        TENT.replace(",36,", ",35,"),
        TENT.replace("山野双人帐", "别的帐篷").replace("ZP01-GR", "ZP01-X"),
        ",,,,,5,1,,,",
        "没价,N-1,N-1-A,红,,,5,,,",
        "丢了数字,N-2,6.12345E+15,红,,5,5,,,",
        "负数,N-3,N-3-A,红,,-5,5,,,",
        ",N-4,N-4-A,红,,5,5,,,",
        "重量怪,N-5,N-5-A,红,,5,5,很重,,",
        "公式,=1+1,N-6-A,红,,5,5,,,",
    )
    assert (found.tally.rows, found.tally.created, list(found.entries)) == (10, 1, ["zp-01"])
    told = reasons(found)
    assert set(told) == set(range(3, 12))
    words = {3: "第 2 行", 4: "标题却不一样", 5: "没有商品编码", 6: "价格", 7: "科学计数法", 8: "负数", 9: "标题"}
    assert {line: word for line, word in words.items() if word not in told[line]} == {}
    assert "重量" in told[10]
    assert "编码" in told[11]


def test_a_code_that_belongs_to_another_product_is_not_given_away() -> None:
    found = merged("新帐,ZP-02,ZP01-GR,墨绿,大,459,36,,,", products=(known(),))
    assert "已经用在商品“zp-01”" in reasons(found)[2]
    assert found.entries == {}


def test_a_product_content_would_refuse_is_refused_line_by_line() -> None:
    found = merged(f"{'长' * 30},L-1,L-1-A,红,{'名' * 30}", header="标题,商品编码,规格编码,颜色,简称", products=())
    assert "价格和库存" in reasons(found)[2]
    found = merged(f"好袜子,L-1,L-1-A,红,5,1,{'名' * 30}", TENT, header="标题,商品编码,规格编码,颜色,价格,库存,简称")
    assert "最多 20 个字" in reasons(found)[2]


@pytest.mark.parametrize(
    ("header", "cell", "grams"),
    [("重量(kg)", "1.25", 1250), ("重量(克)", "900", 900), ("物流重量", "0.5公斤", 500), ("毛重", "2斤", 1000)],
)
def test_weights_are_read_with_their_unit(header: str, cell: str, grams: int) -> None:
    found = merged(f"好袜子,W-1,红,5,1,{cell}", header=f"标题,货号,颜色,价格,库存,{header}")
    assert found.entries["w-1"]["parcel_grams"] == grams


def test_a_weight_without_a_unit_is_asked_for() -> None:
    assert "没有单位" in reasons(merged("好袜子,W-1,红,5,1,500", header="标题,货号,颜色,价格,库存,重量"))[2]


def test_without_a_column_of_codes_nothing_is_read() -> None:
    with pytest.raises(BadInput, match="商品编码或规格编码"):
        merged("好袜子,5,1", header="标题,价格,库存")


def test_whatever_a_seller_calls_it_becomes_an_id_of_its_own() -> None:
    assert id_of("ZP-01") == "zp-01"
    ids = {id_of(code) for code in ("山野袜子一号", "山野袜子二号", "A/1", "A-1", "A 1")}
    assert len(ids) == 5
    assert Product.model_validate(known().model_dump() | {"id": id_of("山野袜子一号")})


def test_written_entries_read_back_the_same() -> None:
    entries = [
        {"id": "a", "short": "是: “引号”\"'\n二行", "n": 3, "empty": [], "skus": [{"id": "01", "spec": {"a": "no"}}]}
    ]
    assert Document(write_entries(entries)).data == entries


@pytest.mark.parametrize(("told", "kept"), [("2026-11-01 10:30:00", "2026-11-01"), ("2026/11/1", "2026-11-01")])
def test_the_day_it_was_put_on_sale_is_taken_along(told: str, kept: str) -> None:
    found = merged(f"{TENT},{told}", header=f"{HEADER},上架时间")
    assert found.entries["zp-01"]["listed_on"] == kept
    again = merged(f"{TENT},{told}", header=f"{HEADER},上架时间", products=(Product(**found.entries["zp-01"]),))
    assert again.tally.unchanged == 1
