"""The messages on which suggestions are judged speak of goods the demo shop has, and every verdict is one there is."""

import pytest
from bench.suggestions import MESSAGES, VERDICTS, read_messages

from jinpai.flows.content.shop import load_shop_content

FILES = sorted(path.name for path in MESSAGES.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES)
def test_every_message_speaks_of_goods_there_are_and_says_what_would_be_accepted(file: str) -> None:
    messages = read_messages(MESSAGES / file)
    goods = {one.id for one in load_shop_content("demo").products}
    assert len({one["id"] for one in messages}) == len(messages)
    for one in messages:
        assert one["text"]
        assert one["accept"]
        assert one.get("product") is None or one["product"] in goods
        assert set(one.get("judged", {}).values()) <= set(VERDICTS)
