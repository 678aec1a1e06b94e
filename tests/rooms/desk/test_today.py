"""The day in numbers, as the wall shows it."""

from jinpai.desk.actions import add_channel, add_shop
from jinpai.desk.projection import conversation_projection
from jinpai.desk.today import Numbers, Tally, Today
from jinpai.desk.visits import open_chat
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx, Writer
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import Database
from jinpai.kit.sealing import make_sealer

SEALER = make_sealer(bytes(32))
MORNING = 1_795_300_000_000


def test_a_reception_counts_once_however_much_is_said() -> None:
    tally = Tally()
    for kind, author, at in (
        ("message_in", "buyer:b", 0),
        ("message_in", "buyer:b", 5),
        ("message_out", "assistant:auto", 6),
        ("message_out", "agent:a", 30),
        ("message_in", "buyer:b", 40),
        ("message_out", "agent:a", 90),
    ):
        tally.add("c", kind, author, at)
    assert (tally.received, tally.answers) == (1, [30])


def test_who_comes_back_after_the_end_is_received_anew() -> None:
    tally = Tally()
    for kind, author, at in (
        ("message_in", "buyer:b", 0),
        ("closed", "agent:a", 5),
        ("message_out", "agent:a", 6),
        ("message_in", "buyer:b", 10),
        ("message_out", "agent:a", 12),
    ):
        tally.add("c", kind, author, at)
    assert (tally.received, tally.answers) == (2, [2])


def test_the_numbers_begin_at_midnight_and_grow_with_the_log(database: Database) -> None:
    clock = FixedClock(MORNING)
    writer = Writer(database, clock)
    writer.start()
    today = Today()

    def say(conversation: str, kind: str, author: str, after: int) -> None:
        clock.advance(after)

        def act(tx: Tx) -> None:
            tx.append(Entry(kind, author, "demo", conversation=conversation, body={"text": "在吗"}))

        writer.run(act)

    def numbers(midnight: int, *shops: str) -> Numbers:
        with database.read() as connection:
            return today.numbers(connection, shops or ("demo",), midnight)

    try:
        for _ in range(5):
            say("old", "message_in", "buyer:old", 1_000)
        midnight = clock.now() + 1
        assert numbers(midnight) == Numbers(0, 0, None)
        say("one", "message_in", "buyer:1", 10)
        say("two", "message_in", "buyer:2", 0)
        say("one", "message_out", "agent:a", 20_000)
        assert numbers(midnight) == Numbers(2, 1, 20_000)
        say("two", "message_out", "agent:a", 10_000)
        assert numbers(midnight) == Numbers(2, 2, 25_000)
        assert numbers(midnight, "other") == Numbers(0, 0, None)
        assert numbers(clock.now() + 1) == Numbers(0, 0, None)
    finally:
        writer.stop()


def test_a_past_told_today_is_not_counted_and_hides_nothing_told_before_it(database: Database) -> None:
    clock = FixedClock(MORNING)
    writer = Writer(database, clock, (conversation_projection(),))
    writer.start()

    def furnish(tx: Tx) -> None:
        add_shop(tx, "demo", "山野集")
        add_channel(tx, SEALER, "demo-web", "demo", "widget", "网页")

    def chat() -> str:
        return writer.run(open_chat(SEALER, "demo-web", None, None)).visitor.conversation

    def say(conversation: str, kind: str, author: str, at: int | None = None) -> None:
        clock.advance(10)
        entry = Entry(kind, author, "demo", conversation=conversation, body={"text": "在吗"}, at=at)
        writer.run(lambda tx: tx.append(entry))

    try:
        writer.run(furnish)
        old, early, late = chat(), chat(), chat()
        say(old, "message_in", "buyer:old")
        midnight = clock.now() + 1
        say(early, "message_in", "buyer:1")
        say(early, "message_out", "agent:a")
        for day in range(40):
            past = chat()
            say(past, "message_in", "buyer:past", midnight - day * 86_400_000 - 1)
            say(past, "message_out", "agent:a", midnight - day * 86_400_000 - 1)
        say(late, "message_in", "buyer:2")
        with database.read() as connection:
            assert Today().numbers(connection, ("demo",), midnight) == Numbers(2, 1, 10)
    finally:
        writer.stop()
