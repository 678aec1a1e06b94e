"""Intents taken for one another: told from examples left out and from corrections; one click puts an example right."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.copilot.actions import undo
from jinpai.copilot.model import Lessons
from jinpai.desk.store import get_conversations
from jinpai.flows.learning.confusions import Confusions, read_confusions
from jinpai.flows.learning.correcting import put_example, put_right
from jinpai.flows.learning.lessons import with_corrections
from jinpai.kit.errors import BadInput


@pytest.fixture(autouse=True)
def unlearned(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nobody learns beside these tests; what was to be learned is noted by the shop's name."""
    wanted: list[str] = []
    monkeypatch.setattr(shop.house.understandings, "prepare", lambda shop, lessons: wanted.append(shop))
    return wanted


def confusions(shop: Shop) -> Confusions:
    found = read_confusions(shop.house, "demo")
    assert found is not None
    return found


def lessons(shop: Shop) -> Lessons:
    with shop.house.database.read() as connection:
        return with_corrections(connection, "demo", shop.house.content.shop("demo").lessons)


def test_examples_the_others_would_mishear_are_told_with_the_intent_they_are_taken_for(shop: Shop) -> None:
    found = confusions(shop)
    assert found.is_current
    assert 0.8 < found.right / found.examples < 1
    labels = dict(lessons(shop).examples())
    told = [(one.meant, one.heard, instance.text) for one in found.items for instance in one.instances]
    assert len(told) == found.examples - found.right
    assert all(meant != heard and labels[text] == meant for meant, heard, text in told)
    weights = [one.weight for one in found.items]
    assert weights == sorted(weights, reverse=True)


def test_what_buyers_meant_and_people_put_right_counts_more_than_an_example(shop: Shop, unlearned: list[str]) -> None:
    assert confusions(shop).is_current
    conversation = shop.chat()
    said = ["帮我查下到哪了呗", "到底走到哪里了嘛", "东西现在在哪个城市呀"]
    for words in said:
        shop.buyer_says(conversation, words)
        with shop.house.database.read() as connection:
            state = get_conversations(connection, [conversation])[conversation]
        put_right(shop.house, state, AGENT, words, "greeting" if words == said[0] else "", "exchange")
    shop.house.content.refresh("demo").result()
    by_pair = {(one.meant, one.heard): one for one in confusions(shop).items}
    unheard = by_pair["exchange", ""]
    assert (unheard.corrections, unheard.weight) == (2, 6)
    assert {one.text for one in unheard.instances} == set(said[1:])
    assert unheard.instances[0].correction is not None
    assert unheard.instances[0].correction.conversation == conversation


def test_a_moved_example_is_learned_where_it_belongs_and_leaves_the_list(shop: Shop, unlearned: list[str]) -> None:
    pair = next(one for one in confusions(shop).items if one.heard)
    text, count = pair.instances[0].text, confusions(shop).examples
    made = put_example(shop.house, "demo", AGENT, text, pair.heard)
    assert (made.heard, made.meant, made.conversation) == (pair.meant, pair.heard, "")
    assert unlearned == ["demo"]
    assert dict(lessons(shop).examples())[text] == pair.heard
    shop.house.content.refresh("demo").result()
    after = confusions(shop)
    assert (after.examples, after.is_current) == (count, False)
    assert text not in [one.text for left in after.items for one in left.instances]
    shop.house.writer.run(undo(made.id, AGENT))
    assert dict(lessons(shop).examples())[text] == pair.meant


def test_a_new_example_is_added_as_it_was_written(shop: Shop) -> None:
    put_example(shop.house, "demo", AGENT, "  超过 7 天了 还能换个码不 ", "exchange")
    assert ("超过 7 天了 还能换个码不", "exchange") in lessons(shop).examples()


@pytest.mark.parametrize(
    ("text", "meant", "why"),
    [
        ("我要退货", "return", "已经是"),
        ("我要退货", "no_such", "没有这种意图"),
        ("？？！", "exchange", "要有字"),
        ("打 13812345678 找我换货", "exchange", "只属于一位买家"),
    ],
)
def test_what_cannot_be_an_example_is_refused_with_the_reason(shop: Shop, text: str, meant: str, why: str) -> None:
    before = lessons(shop).corrections
    with pytest.raises(BadInput, match=why):
        put_example(shop.house, "demo", AGENT, text, meant)
    assert lessons(shop).corrections == before


def test_nothing_is_told_while_the_intents_are_learned_for_the_first_time(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop.house.understandings, "current", lambda shop, lessons: None)
    assert read_confusions(shop.house, "demo") is None
    assert shop.house.understandings.state("demo", lessons(shop)) == "learning"


def test_while_something_changed_is_learned_it_is_understood_as_before(shop: Shop) -> None:
    known = shop.house.understandings
    assert known.state("demo", shop.house.content.shop("demo").lessons) == "current"
    put_example(shop.house, "demo", AGENT, "能不能跟你们换一件厚的", "exchange")
    assert known.state("demo", lessons(shop)) == "before"
