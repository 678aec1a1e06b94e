"""The quick look before the slow one: it may let too much through, but never holds a promise back."""

import gc
from pathlib import Path
from typing import Any

import pytest
import yaml

from jinpai.flows.content.sections import PROMISES, load_section
from jinpai.kit.memo import remember
from jinpai.kit.phrases import compile_phrases, compile_screen
from jinpai.kit.text import fold_text
from jinpai.promises.content import PromiseWords, unwrap

FOLDER = Path(__file__).parents[2] / "content" / "ledger"
ENTRIES = [unwrap(entry) for entry in load_section(PROMISES)]
KINDS = [entry for entry in ENTRIES if isinstance(entry, PromiseWords)]


def said() -> list[str]:
    """Every line of the labelled talks, folded."""
    talks: list[dict[str, Any]] = [
        talk for file in sorted(FOLDER.glob("*.yaml")) for talk in yaml.safe_load(file.read_text())
    ]
    return [
        fold_text(text)
        for talk in talks
        for line in talk["messages"]
        for text in line.values()
        if isinstance(text, str)
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.promise)
def test_where_a_phrase_is_found_the_quick_look_has_seen_it(kind: PromiseWords) -> None:
    texts = said()
    assert len(texts) > 500
    for phrases in (kind.said, kind.acts, kind.asked):
        slow, quick = compile_phrases(phrases), compile_screen(phrases)
        found = [text for text in texts if slow.search(text)]
        assert [text for text in found if not quick.may_find(text)] == []


def test_the_quick_look_passes_over_what_lacks_a_part() -> None:
    quick = compile_screen(["给您/帮您…备注/发顺丰", "退您…#元"])
    assert quick.may_find("我给您一会儿备注")
    assert quick.may_find("等下退您 15元")
    assert not quick.may_find("给您看看")
    assert not quick.may_find("15元一件")
    assert not compile_screen([]).may_find("给您备注")


def test_what_was_remembered_goes_with_what_it_was_made_of() -> None:
    class Shop:
        pass

    made: list[str] = []

    @remember
    def greet(shop: Shop, name: str) -> str:
        made.append(name)
        return f"您好{name}"

    shop, other = Shop(), Shop()
    assert [greet(shop, "甲"), greet(shop, "甲"), greet(shop, "乙"), greet(other, "甲")] == [
        "您好甲",
        "您好甲",
        "您好乙",
        "您好甲",
    ]
    assert made == ["甲", "乙", "甲"]
    kept = greet.__closure__
    assert kept is not None
    table = next(cell.cell_contents for cell in kept if hasattr(cell.cell_contents, "keyrefs"))
    del shop
    gc.collect()
    assert len(table) == 1
