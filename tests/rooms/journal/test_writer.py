import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from jinpai.journal.append import last_id
from jinpai.journal.model import Entry
from jinpai.journal.reader import get_heads, read_before, read_conversation, read_log
from jinpai.journal.store import body, installation, journal
from jinpai.journal.writer import Committed, Tx, Writer
from jinpai.kit.clock import SystemClock
from jinpai.kit.database import Database, open_database
from jinpai.kit.errors import BadInput, Conflict, Unavailable


def said(text: str, *, conversation: str = "c_1", client_id: str | None = None, author: str = "buyer:b_1") -> Entry:
    return Entry("message_in", author, "demo", conversation=conversation, client_id=client_id, body={"text": text})


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    made = Writer(database, SystemClock())
    made.start()
    yield made
    made.stop()


def counts(database: Database) -> tuple[int, int]:
    with database.read() as connection:
        return last_id(connection), connection.execute(sa.select(sa.func.count()).select_from(body)).scalar_one()


def test_messages_are_numbered_without_gaps_per_conversation(writer: Writer, database: Database) -> None:
    for number in range(6):
        writer.run(lambda tx, n=number: tx.append(said(f"第{n}句", conversation=f"c_{n % 2}")))
    with database.read() as connection:
        assert [row.seq for row in read_conversation(connection, "c_0", 0, 10)] == [1, 2, 3]
        assert [row.seq for row in read_conversation(connection, "c_1", 1, 10)] == [2, 3]
        assert [row.id for row in read_log(connection, 0, 10)] == [1, 2, 3, 4, 5, 6]
        assert [row.entry.body["text"] for row in read_before(connection, "c_0", 3, 1)] == ["第2句"]
        assert get_heads(connection, ["c_0", "c_1", "c_none"]) == {"c_0": 3, "c_1": 3}


def test_a_retried_message_is_written_once_and_gets_its_first_seq(writer: Writer, database: Database) -> None:
    first = writer.run(lambda tx: tx.append(said("在吗", client_id="client-0001")))
    writer.run(lambda tx: tx.append(said("别的话")))
    again = writer.run(lambda tx: tx.append(said("在吗", client_id="client-0001")))
    assert (first.seq, first.again) == (1, False)
    assert (again.seq, again.again, again.at) == (1, True, first.at)
    assert counts(database) == (2, 2)


def test_the_same_id_for_another_text_is_a_conflict(writer: Writer, database: Database) -> None:
    writer.run(lambda tx: tx.append(said("在吗", client_id="client-0001")))
    other = writer.run(lambda tx: tx.append(said("不在", client_id="client-0001")))
    with pytest.raises(Conflict, match="换一个新的编号"):
        other.check()
    assert counts(database) == (1, 1)


def test_two_authors_may_use_the_same_client_id(writer: Writer) -> None:
    writer.run(lambda tx: tx.append(said("在吗", client_id="client-0001")))
    other = writer.run(lambda tx: tx.append(said("在的", client_id="client-0001", author="agent:a_1")))
    assert (other.seq, other.again) == (2, False)


def test_the_same_id_twice_in_one_transaction(writer: Writer, database: Database) -> None:
    def twice(tx: Tx) -> tuple[object, object]:
        return tx.append(said("在吗", client_id="client-0001")), tx.append(said("在吗", client_id="client-0001"))

    first, second = writer.run(twice)
    assert (first.seq, second.seq, second.again) == (1, 1, True)  # type: ignore[attr-defined]
    assert counts(database) == (1, 1)


def test_many_threads_write_at_once_and_nothing_is_lost(writer: Writer, database: Database) -> None:
    def write(name: int) -> None:
        for number in range(50):
            entry = said(f"{name}-{number}", client_id=f"client-{name:02}-{number:03}")
            writer.run(lambda tx, entry=entry: tx.append(entry))

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        rows = read_conversation(connection, "c_1", 0, 1_000)
    assert [row.seq for row in rows] == list(range(1, 401))
    assert len({row.entry.client_id for row in rows}) == 400


def test_a_refused_action_leaves_nothing_and_its_neighbours_stay(writer: Writer, database: Database) -> None:
    told: list[object] = []

    def refused(tx: Tx) -> None:
        tx.append(said("先写后悔"))
        tx.connection.execute(sa.insert(installation).values(key="half", value=b"x"))
        tx.append(said("再写"))
        tx.tell("topic", {"never": 1})
        raise BadInput("不行")

    writer.listen(lambda batch: told.extend(batch.hints))
    hold = threading.Event()
    waiting = [writer.enqueue(lambda tx: hold.wait(10) or None)]
    waiting += [writer.enqueue(lambda tx: tx.append(said("前")))]
    bad = writer.enqueue(refused)
    waiting += [writer.enqueue(lambda tx: tx.append(said("后")))]
    hold.set()
    with pytest.raises(BadInput):
        bad.result(10)
    assert [future.result(10) and future.result(10).seq for future in waiting[1:]] == [1, 2]
    with database.read() as connection:
        assert [row.entry.body["text"] for row in read_conversation(connection, "c_1", 0, 9)] == ["前", "后"]
        assert connection.execute(sa.select(installation)).all() == []
    assert told == []


def test_a_bug_in_one_action_fails_alone(writer: Writer, database: Database) -> None:
    hold = threading.Event()
    first = writer.enqueue(lambda tx: hold.wait(10) or None)
    good = writer.enqueue(lambda tx: tx.append(said("好的")))
    bad = writer.enqueue(lambda tx: tx.connection.execute(sa.text("SELECT * FROM no_such_table")))
    late = writer.enqueue(lambda tx: tx.append(said("还好")))
    hold.set()
    first.result(10)
    with pytest.raises((sa.exc.DBAPIError, Unavailable)):
        bad.result(10)
    for future in (good, late):
        try:
            future.result(10)
        except Unavailable:
            pytest.fail("one broken action took its neighbours down")
    assert counts(database)[0] == 2


def test_an_action_sees_what_earlier_ones_of_its_batch_wrote(writer: Writer) -> None:
    hold = threading.Event()
    writer.enqueue(lambda tx: hold.wait(10) or None)
    writer.enqueue(lambda tx: tx.append(said("在吗")))
    seen = writer.enqueue(lambda tx: len(read_conversation(tx.connection, "c_1", 0, 9)))
    hold.set()
    assert seen.result(10) == 1


def test_listeners_get_rows_and_outcomes_after_the_commit(writer: Writer, database: Database) -> None:
    batches: list[Committed] = []
    on_disk: list[int] = []
    done = threading.Event()

    def listener(batch: Committed) -> None:
        batches.append(batch)
        on_disk.append(counts(database)[0])
        if batch.outcomes:
            done.set()

    writer.listen(listener)
    writer.submit(lambda tx: tx.append(said("在吗")), lambda value, error: None)
    assert done.wait(10)
    (_, receipt, error) = batches[-1].outcomes[0]
    assert (receipt.seq, error) == (1, None)
    assert [row.seq for batch in batches for row in batch.rows] == [1]
    assert on_disk[-1] == 1


def test_two_processes_take_turns_and_seq_stays_gapless(postgres_url: str) -> None:
    from jinpai.kit.migrate import migrate

    databases = [open_database(postgres_url) for _ in range(2)]
    migrate(databases[0])
    writers = [Writer(each, SystemClock()) for each in databases]
    futures = []
    for each in writers:
        each.start()
    for number in range(200):
        futures += [each.enqueue(lambda tx, n=number: tx.append(said(str(n)))) for each in writers]
    seqs = sorted(future.result(20).seq for future in futures)
    assert seqs == list(range(1, 401))
    with databases[0].read() as connection:
        ids = [row.id for row in connection.execute(sa.select(journal.c.id).order_by(journal.c.id))]
    assert ids == list(range(1, 401))
    for each in writers:
        each.stop()
    for each in databases:
        each.close()
