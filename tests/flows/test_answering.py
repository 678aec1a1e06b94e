"""The copilot answers by itself where it is sure, gives way to people, and leaves nobody in silence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop

from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.model import MESSAGE_OUT, NOTE, Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.answering.answering import answer
from jinpai.flows.answering.planning import ANSWER
from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.due import work_once
from jinpai.journal.due import find_ripe
from jinpai.journal.model import Row
from jinpai.journal.store import due
from jinpai.packs.actions import propose_version, publish_version
from jinpai.packs.files import content_root
from jinpai.packs.store import Version
from jinpai.promises.store import promise

DISPATCH = "今天付款今天能发货吗"
FREE = "包邮吗"
NIGHT = 12 * 3_600_000
SetTo = Callable[[str], None]


@pytest.fixture
def set_to(shop: Shop) -> SetTo:
    """Sets the shop's copilot to a mode, as publishing its content does."""

    def change(mode: str) -> None:
        written = (content_root() / "base/modes/modes.yaml").read_text("utf-8")
        files = {"modes/modes.yaml": written.replace("mode: suggest", f"mode: {mode}")}
        new = shop.house.writer.run(propose_version("demo", "system:", "模式", files, check_shop_files))
        shop.house.writer.run(publish_version(Version(new, files), "system:", check_shop_files))
        shop.house.content.refresh("demo").result()

    return change


def later(shop: Shop, seconds: int = 4) -> None:
    shop.clock.advance(seconds * 1000)
    work_once(shop.house)


def by_itself(shop: Shop, conversation: str) -> list[Row]:
    return [
        row
        for row in shop.rows(conversation)
        if row.entry.kind == MESSAGE_OUT and row.entry.author == "assistant:copilot"
    ]


def notes(shop: Shop, conversation: str) -> list[Row]:
    return [row for row in shop.rows(conversation) if row.entry.kind == NOTE]


def state_of(shop: Shop, conversation: str) -> Conversation:
    with shop.house.database.read() as connection:
        return get_conversations(connection, [conversation])[conversation]


def works(shop: Shop, conversation: str) -> list[tuple[str, str]]:
    query = sa.select(due.c.state, due.c.why).where(due.c.subject == conversation, due.c.kind == ANSWER)
    with shop.house.database.read() as connection:
        return [(state, why) for state, why in connection.execute(query.order_by(due.c.created_at, due.c.id))]


def test_a_shop_that_has_set_nothing_only_gets_suggestions(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, DISPATCH)
    later(shop)
    assert by_itself(shop, conversation) == []
    assert works(shop, conversation) == []


def test_a_sure_question_is_answered_from_the_record_once_and_says_why(shop: Shop, set_to: SetTo) -> None:
    set_to("auto")
    conversation = shop.chat()
    shop.buyer_says(conversation, DISPATCH)
    later(shop)
    later(shop)
    (row,) = by_itself(shop, conversation)
    text, because = row.entry.body["text"], row.entry.data["because"]
    assert "智能客服" in text
    assert "14:00" in text
    assert because["does"] == "answer"
    assert because["sure"] >= because["needed"] == 90
    assert because["source"]
    assert [one["title"] for one in because["intents"]] == ["问发货时间"]
    assert state_of(shop, conversation).waiting_since is None
    shop.buyer_says(conversation, FREE)
    later(shop)
    assert len(by_itself(shop, conversation)) == 2
    assert "智能客服" not in by_itself(shop, conversation)[1].entry.body["text"]


def test_a_person_who_speaks_in_the_last_moment_cancels_it_in_the_same_transaction(shop: Shop, set_to: SetTo) -> None:
    set_to("full")
    conversation = shop.chat()
    shop.buyer_says(conversation, FREE)
    shop.agent_says(conversation, "您好，有的呢，我这就帮您看😊")
    assert works(shop, conversation) == [("cancelled", "客服已经回复，或会话已结束")]
    shop.buyer_says(conversation, DISPATCH)
    later(shop)
    assert by_itself(shop, conversation) == []


def test_two_processes_at_once_answer_once(shop: Shop, set_to: SetTo) -> None:
    set_to("auto")
    conversations = [shop.chat() for _ in range(5)]
    for conversation in conversations:
        shop.buyer_says(conversation, DISPATCH)
    shop.clock.advance(4_000)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: work_once(shop.house), range(8)))
    assert [len(by_itself(shop, conversation)) for conversation in conversations] == [1] * 5


@pytest.mark.parametrize(
    ("said", "rule"),
    [("我要找人工客服", "person"), ("申请退款，我要退货", "after_sale"), ("气死我了，骗子，垃圾店！！！", "upset")],
)
def test_what_needs_a_person_is_handed_over_with_a_note(shop: Shop, set_to: SetTo, said: str, rule: str) -> None:
    set_to("full")
    conversation = shop.chat()
    shop.buyer_says(conversation, said)
    later(shop)
    (note,) = notes(shop, conversation)
    assert note.entry.data["handed"] == rule
    assert said[:8] in note.entry.body["text"]
    (row,) = by_itself(shop, conversation)
    assert row.entry.data["because"]["does"] == "hand"
    assert state_of(shop, conversation).waiting_since is not None
    shop.buyer_says(conversation, DISPATCH)
    later(shop)
    assert len(by_itself(shop, conversation)) == 1


def test_what_is_not_understood_twice_goes_to_a_person(shop: Shop, set_to: SetTo) -> None:
    set_to("full")
    conversation = shop.chat()
    shop.buyer_says(conversation, "呜啦啦喏喏唧唧")
    later(shop)
    assert [row.entry.data["because"]["does"] for row in by_itself(shop, conversation)] == ["again"]
    shop.buyer_says(conversation, "唧唧喏喏呀咿呀")
    later(shop)
    assert [row.entry.data["because"]["does"] for row in by_itself(shop, conversation)] == ["again", "hand"]
    assert notes(shop, conversation)[0].entry.data["handed"] == "unsure"


def test_at_night_the_call_back_is_promised_for_the_morning(shop: Shop, set_to: SetTo) -> None:
    shop.clock.advance(NIGHT + 2 * 3_600_000)
    set_to("full")
    conversation = shop.chat()
    shop.buyer_says(conversation, "我要找人工客服")
    later(shop)
    with shop.house.database.read() as connection:
        (row,) = connection.execute(sa.select(promise).where(promise.c.conversation == conversation)).all()
    assert row.kind == "call_back"
    assert row.due_at > shop.clock.now()
    assert by_itself(shop, conversation)[0].seq == row.seq


def test_an_answer_the_guard_refuses_at_the_last_moment_goes_to_a_person(
    shop: Shop, set_to: SetTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinpai.flows.answering import answering
    from jinpai.guard.model import Refused

    set_to("auto")
    monkeypatch.setattr(answering, "clear", lambda house, draft, *_: Refused(draft, (), "刚刚加了规则"))
    conversation = shop.chat()
    shop.buyer_says(conversation, DISPATCH)
    later(shop)
    assert notes(shop, conversation)[0].entry.data["handed"] == "guard"
    assert state_of(shop, conversation).waiting_since is not None


def test_orders_that_changed_meanwhile_are_thought_about_anew(
    shop: Shop, set_to: SetTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinpai.flows.answering import answering

    set_to("auto")
    conversation = shop.chat()
    shop.buyer_says(conversation, DISPATCH)
    monkeypatch.setattr(answering, "find_buyer_orders", lambda *_: ["another"])
    later(shop)
    assert by_itself(shop, conversation) == []
    assert works(shop, conversation)[0][0] == "waiting"
    monkeypatch.undo()
    later(shop)
    assert len(by_itself(shop, conversation)) == 1


def test_an_answer_held_back_on_its_way_outside_calls_a_person_once(
    shop: Shop, set_to: SetTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jinpai.flows import send
    from jinpai.guard.model import Refused

    set_to("auto")
    conversation = shop.chat("demo-sim")
    shop.buyer_says(conversation, DISPATCH)
    later(shop)
    assert len(by_itself(shop, conversation)) == 1
    monkeypatch.setattr(send, "clear", lambda house, draft, *_: Refused(draft, (), "刚刚加了规则"))
    while work_once(shop.house):
        pass
    assert list(shop.outside.arrived()) == []
    (note,) = notes(shop, conversation)
    assert note.entry.data["handed"] == "guard"
    assert "买家没有收到" in note.entry.body["text"]


def test_a_person_at_another_process_comes_before_an_answer_thought_out_here(shop: Shop, set_to: SetTo) -> None:
    set_to("full")
    conversation = shop.chat()
    shop.buyer_says(conversation, FREE)
    shop.clock.advance(4_000)
    with shop.house.database.read() as connection:
        (work,) = [one for one in find_ripe(connection, shop.clock.now(), 50) if one.kind == ANSWER]
    there = build_house(shop.house.settings, shop.clock, shop.house.channels)
    open_house(there)
    try:
        thought_out = answer(there, work)
        shop.agent_says(conversation, "您好，有的呢，我这就帮您看😊")
        there.writer.run(thought_out)
    finally:
        close_house(there)
    assert by_itself(shop, conversation) == []
    assert works(shop, conversation) == [("cancelled", "客服已经回复，或会话已结束")]
