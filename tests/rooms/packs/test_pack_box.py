"""Content is replaced while agents work: nobody waits, nobody sees half of it, a broken one never takes over."""

import threading
from collections.abc import Iterator

import pytest

from jinpai.packs.box import ContentBox


class Shelf:
    """What a loader reads; it can be told to wait or to fail."""

    def __init__(self) -> None:
        self.content = {"demo": "一", "other": "甲"}
        self.broken = False
        self.loads: list[str] = []
        self.open = threading.Event()
        self.open.set()

    def load(self, shop: str) -> str:
        self.loads.append(shop)
        content = self.content[shop]
        assert self.open.wait(10)
        if self.broken:
            raise ValueError("读不懂")
        return content


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def box(shelf: Shelf) -> Iterator[ContentBox[str]]:
    made = ContentBox(shelf.load)
    yield made
    shelf.open.set()
    made.close()


def test_a_shop_is_compiled_once_for_all_who_ask(shelf: Shelf, box: ContentBox[str]) -> None:
    found: list[str] = []
    askers = [threading.Thread(target=lambda: found.append(box.shop("demo"))) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(10)
    assert found == ["一"] * 8
    assert shelf.loads == ["demo"]


def test_a_published_version_takes_over_for_its_shop_alone(shelf: Shelf, box: ContentBox[str]) -> None:
    assert (box.shop("demo"), box.shop("other")) == ("一", "甲")
    shelf.content = {"demo": "二", "other": "乙"}
    assert box.refresh("demo").result(10) is True
    assert (box.shop("demo"), box.shop("other")) == ("二", "甲")
    assert sorted(box.shops()) == ["demo", "other"]


def test_readers_keep_the_old_content_while_the_new_one_compiles(shelf: Shelf, box: ContentBox[str]) -> None:
    assert box.shop("demo") == "一"
    shelf.content["demo"] = "二"
    shelf.open.clear()
    done = box.refresh("demo")
    assert box.shop("demo") == "一"
    shelf.open.set()
    assert done.result(10) is True
    assert box.shop("demo") == "二"


def test_content_that_does_not_compile_leaves_the_old_one_in_force(shelf: Shelf, box: ContentBox[str]) -> None:
    assert box.shop("demo") == "一"
    shelf.content["demo"], shelf.broken = "坏", True
    assert box.refresh("demo").result(10) is False
    assert box.shop("demo") == "一"
    shelf.broken = False
    assert box.refresh("demo").result(10) is True
    assert box.shop("demo") == "坏"


def test_a_shop_whose_first_content_is_broken_raises_until_it_is_mended(shelf: Shelf, box: ContentBox[str]) -> None:
    shelf.broken = True
    with pytest.raises(ValueError, match="读不懂"):
        box.shop("demo")
    shelf.broken = False
    assert box.shop("demo") == "一"


def test_a_storm_of_hints_is_answered_with_the_last_state_in_few_loads(shelf: Shelf, box: ContentBox[str]) -> None:
    shelf.open.clear()
    first = box.refresh("demo")
    while not shelf.loads:
        pass
    shelf.content["demo"] = "最后"
    later = [box.refresh("demo") for _ in range(100)]
    shelf.open.set()
    assert first.result(10)
    assert all(done.result(10) for done in later)
    assert box.shop("demo") == "最后"
    assert len(shelf.loads) == 2
