"""A product file becomes a version of the shop's content, in force at once, or leaves no trace."""

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop

from jinpai.catalog.content import Product
from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.content.overlays import publish_overlay
from jinpai.flows.importing.jobs import Job
from jinpai.flows.importing.products import PRODUCT_FILES
from jinpai.flows.importing.running import lay_out
from jinpai.importing.model import Tally
from jinpai.kit.errors import BadInput, Conflict
from jinpai.packs.actions import propose_version
from jinpai.packs.store import content_version, find_version

SHORTS = "标题,商品编码,规格编码,颜色,价格,库存\n林间短裤 速干,SH-1,SH-1-M,墨绿,129,30\n,,socks-rongma-s,,45,7\n"


def job_of(shop: Shop, text: str) -> Job:
    return lay_out(shop.house, PRODUCT_FILES, "demo", "system:import", text.encode("gbk"))


def take(shop: Shop, text: str) -> Tally:
    return PRODUCT_FILES.run(shop.house, job_of(shop, text), lambda tally: None)


def versions(shop: Shop) -> int:
    with shop.house.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(content_version)).scalar_one())


def products(shop: Shop) -> dict[str, Product]:
    shop.house.content.refresh("demo").result()
    return {product.id: product for product in shop.house.content.shop("demo").products}


def test_a_file_is_one_version_and_the_same_file_none(shop: Shop) -> None:
    before = len(products(shop))
    told = PRODUCT_FILES.foresee(shop.house, job_of(shop, SHORTS))
    assert versions(shop) == 0
    assert take(shop, SHORTS) == told
    assert (told.rows, told.created, told.updated) == (2, 1, 1)
    now = products(shop)
    assert (len(now), now["sh-1"].skus[0].stock) == (before + 1, 30)
    socks = now["socks-rongma"]
    assert (socks.skus[0].stock, bool(socks.faq), bool(socks.care)) == (7, True, True)
    assert take(shop, SHORTS).unchanged == 2
    assert versions(shop) == 1


def test_a_price_that_breaks_a_promotion_changes_nothing_and_is_named(shop: Shop) -> None:
    text = SHORTS.replace(",,45,7", ",,99,7")
    for attempt in (lambda: PRODUCT_FILES.foresee(shop.house, job_of(shop, text)), lambda: take(shop, text)):
        with pytest.raises(BadInput, match=r"promotions/.*算例"):
            attempt()
    assert versions(shop) == 0
    assert "sh-1" not in products(shop)


def test_what_somebody_publishes_meanwhile_is_not_covered(shop: Shop) -> None:
    def publish(tally: Tally) -> None:
        if versions(shop) == 0:
            summary = shop.house.writer.run(propose_version("demo", "agent:a_2", "", {}, check_shop_files))
            publish_it(summary.id)

    def publish_it(id_: int) -> None:
        with shop.house.database.read() as connection:
            version = find_version(connection, "demo", id_)
        assert version is not None
        shop.house.writer.run(publish_overlay(version, "agent:a_2"))

    with pytest.raises(Conflict):
        PRODUCT_FILES.run(shop.house, job_of(shop, SHORTS), publish)
    assert "sh-1" not in products(shop)
