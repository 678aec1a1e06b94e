"""The day in numbers, as the wall shows it."""

from jinpai.desk.today import Numbers, Tally, Today
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx, Writer
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import Database

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
