"""What haggling sounds like is learned once, however many ask for it at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jinpai.bargaining.attitudes import find_attitude
from jinpai.flows.content.shop import DEMO_SHOP, load_shop_content
from jinpai.flows.learning import attitudes
from jinpai.flows.learning.attitudes import attitudes_of


def test_who_asks_while_it_is_learned_waits_for_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, learnings, really = load_shop_content(DEMO_SHOP), [], attitudes._learn_apart
    monkeypatch.setattr(attitudes, "_learn_apart", lambda *told: (learnings.append(told), really(*told)))
    with ThreadPoolExecutor(5) as pool:
        heard = list(pool.map(lambda _: find_attitude(attitudes_of(content, tmp_path), "188可以吗"), range(5)))
    assert heard == ["testing"] * 5
    assert len(learnings) == 1
    assert len(list(tmp_path.rglob("attitudes-*.npz"))) == 1
