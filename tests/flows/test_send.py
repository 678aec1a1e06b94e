"""The door: what is cleared is logged and goes out once; what is not leaves nothing behind."""

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop

from jinpai.flows.due import work_once
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared, NeedsApproval, Refused
from jinpai.journal.append import last_id
from jinpai.journal.store import due
from jinpai.kit.errors import BadInput

HELLO = "您好，欢迎光临山野集，我是小林😊"
LEAK = "您加我微信 lin88661234，我私下给您便宜"


def deliveries(shop: Shop) -> list[tuple[str, int, str]]:
    with shop.house.database.read() as connection:
        rows = connection.execute(sa.select(due).where(due.c.kind == "deliver").order_by(due.c.due_at)).all()
    return [(row.state, row.attempt, row.why) for row in rows]


def test_a_refused_draft_leaves_nothing_in_the_database(shop: Shop) -> None:
    conversation = shop.chat()
    with shop.house.database.read() as connection:
        before = last_id(connection)
    answer = clear(shop.house, shop.draft(conversation, LEAK), ())
    assert isinstance(answer, Refused)
    assert answer.hits
    with shop.house.database.read() as connection:
        assert last_id(connection) == before


def test_a_warning_passes_with_the_agents_confirming_keystroke(shop: Shop) -> None:
    conversation = shop.chat()
    first = clear(shop.house, shop.draft(conversation, "哦"), ())
    assert isinstance(first, NeedsApproval)
    assert first.verdict == "warn"
    again = clear(shop.house, shop.draft(conversation, "哦", confirmed=True), ())
    assert isinstance(again, Cleared)
    row = shop.rows(conversation)[-1] if shop.house.writer.run(say(again)) else None
    assert row is not None
    assert row.entry.data["confirmed"] is True
    assert row.entry.data["hits"]


def test_a_broken_guard_refuses_everything(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from jinpai.guard.engine import Guard

    conversation = shop.chat()

    def broken(self: Guard, text: str, situation: object = None) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Guard, "check", broken)
    answer = clear(shop.house, shop.draft(conversation, HELLO), ())
    assert isinstance(answer, Refused)
    assert "没有发出" in answer.message


def test_unreadable_content_refuses_everything(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from jinpai.packs.box import ContentBox

    conversation = shop.chat()

    def unreadable(self: object, shop_id: str) -> None:
        raise BadInput("坏了")

    monkeypatch.setattr(ContentBox, "shop", unreadable)
    assert isinstance(clear(shop.house, shop.draft(conversation, HELLO), ()), Refused)


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01", "长" * 5_001])
def test_empty_and_endless_messages_are_told_what_to_do(shop: Shop, text: str) -> None:
    with pytest.raises(BadInput, match=r"空的|太长"):
        clear(shop.house, shop.draft(shop.chat(), text), ())


def test_a_message_to_an_outside_channel_is_delivered_once(shop: Shop) -> None:
    conversation = shop.chat("demo-sim")
    shop.agent_says(conversation, HELLO)
    assert deliveries(shop) == [("waiting", 0, "")]
    work_once(shop.house)
    work_once(shop.house)
    assert [outgoing.text for outgoing in shop.outside.arrived()] == [HELLO]
    assert shop.outside.calls == 1
    assert deliveries(shop) == [("done", 1, "")]


def test_a_channel_that_fails_after_accepting_is_called_again_with_the_same_key(shop: Shop) -> None:
    conversation = shop.chat("demo-sim")
    shop.agent_says(conversation, HELLO)
    shop.outside.fail_next("before", "after")
    for _ in range(3):
        work_once(shop.house)
        shop.clock.advance(60_000)
    assert [outgoing.text for outgoing in shop.outside.arrived()] == [HELLO]
    assert shop.outside.calls == 3
    assert deliveries(shop)[0][:2] == ("done", 3)


def test_a_channel_that_never_answers_is_given_up_with_a_reason(shop: Shop) -> None:
    conversation = shop.chat("demo-sim")
    shop.agent_says(conversation, HELLO)
    shop.outside.fail_next(*["before"] * 20)  # type: ignore[list-item]
    for _ in range(10):
        work_once(shop.house)
        shop.clock.advance(2 * 3_600_000)
    state, _, why = deliveries(shop)[0]
    assert state == "failed"
    assert "没有接收" in why
    assert list(shop.outside.arrived()) == []


def test_a_message_is_judged_again_when_it_goes(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from jinpai.guard.engine import Guard
    from jinpai.guard.model import Hit

    conversation = shop.chat("demo-sim")
    shop.agent_says(conversation, HELLO)
    forbidden = Hit("new.rule", "abuse", "block", 0, 2, "您好", "刚刚发布的规则不允许这样说")
    monkeypatch.setattr(Guard, "check", lambda self, text, situation=None: (forbidden,))
    work_once(shop.house)
    assert list(shop.outside.arrived()) == []
    state, _, why = deliveries(shop)[0]
    assert state == "cancelled"
    assert "刚刚发布的规则" in why


def test_a_worker_that_dies_in_the_call_is_replaced_when_its_claim_runs_out(shop: Shop) -> None:
    from jinpai.journal.due import claim, find_ripe

    conversation = shop.chat("demo-sim")
    shop.agent_says(conversation, HELLO)
    with shop.house.database.read() as connection:
        work = find_ripe(connection, shop.clock.now(), 10)[0]
    shop.house.writer.run(lambda tx: claim(tx.connection, work, tx.now, tx.now + 60_000))
    work_once(shop.house)
    assert shop.outside.calls == 0
    shop.clock.advance(60_001)
    work_once(shop.house)
    assert [outgoing.text for outgoing in shop.outside.arrived()] == [HELLO]
