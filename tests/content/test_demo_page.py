"""The demo shop's page says what its content says."""

import json
from pathlib import Path
from typing import Any

from jinpai.flows.content.shop import DEMO_SHOP, load_shop_content
from jinpai.kit.clock import SystemClock, local_date

PAGE = Path(__file__).parents[2] / "web" / "demo" / "products.json"


def in_content() -> dict[str, dict[str, Any]]:
    content = load_shop_content(DEMO_SHOP, None, on=local_date(SystemClock().now()))
    return {product.id: product.model_dump(mode="json") for product in content.products}


def test_what_the_shop_page_shows_is_what_agents_read() -> None:
    products = in_content()
    shown = json.loads(PAGE.read_text())
    assert len(shown) > 3
    for product in shown:
        known = products[product["id"]]
        for name in ("title", "short", "category", "attributes", "box", "faq"):
            assert product[name] == known[name], f"{product['id']}: {name}"
        assert product["points"] == known["selling_points"]
        assert product["skus"] == [{name: sku[name] for name in ("id", "name", "price")} for sku in known["skus"]]
