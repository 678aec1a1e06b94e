"""Writes that travel together: in the order they were made, seen by whoever reads between, undone as one."""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.store import bookmark, head
from jinpai.kit.bulk import insert_many, select_in, together, update_many, upsert_many
from jinpai.kit.database import Database


def put_head(connection: Connection, conversation: str, seq: int) -> None:
    upsert_many(connection, head, "conversation", ("seq",), [(conversation, seq)])


def put_mark(connection: Connection, reader: str, id_: int) -> None:
    upsert_many(connection, bookmark, "reader", ("id",), [(reader, id_)])


def put_twice(connection: Connection, transaction: sa.RootTransaction) -> None:
    with together(connection, transaction.commit):
        put_mark(connection, "search", 7)
        insert_many(connection, head, ("conversation", "seq"), [("c_1", 1), ("c_1", 2)])


def heads(connection: Connection) -> dict[str, int]:
    found = select_in(connection, "SELECT conversation, seq FROM head WHERE conversation IN :values", ["c_1", "c_2"])
    return {row[0]: row[1] for row in found}


def marks(connection: Connection) -> dict[str, int]:
    found = select_in(connection, "SELECT reader, id FROM bookmark WHERE reader IN :values", ["search"])
    return {row[0]: row[1] for row in found}


def test_writes_to_one_table_keep_their_order_however_many_others_come_between(database: Database) -> None:
    with database.writing.connect() as connection:
        transaction = connection.begin()
        with together(connection, transaction.commit):
            put_head(connection, "c_1", 1)
            put_mark(connection, "search", 7)
            put_head(connection, "c_1", 2)
            update_many(connection, head, "conversation", ("seq",), [("c_1", 5)])
            put_mark(connection, "search", 8)
            insert_many(connection, head, ("conversation", "seq"), [("c_2", 1)])
    with database.read() as connection:
        assert heads(connection) == {"c_1": 5, "c_2": 1}
        assert marks(connection) == {"search": 8}


def test_whoever_reads_between_sees_what_was_written_before(database: Database) -> None:
    with database.writing.connect() as connection, connection.begin(), together(connection):
        put_head(connection, "c_1", 1)
        put_mark(connection, "search", 7)
        assert heads(connection) == {"c_1": 1}
        put_mark(connection, "search", 8)
        put_head(connection, "c_1", 2)
        assert marks(connection) == {"search": 8}
        assert heads(connection) == {"c_1": 2}


def test_a_statement_of_sqlalchemys_own_comes_after_what_was_written_before(database: Database) -> None:
    with database.writing.connect() as connection, connection.begin(), together(connection):
        put_head(connection, "c_1", 1)
        connection.execute(sa.update(head).values(seq=head.c.seq + 1))
        put_head(connection, "c_2", 1)
        assert heads(connection) == {"c_1": 2, "c_2": 1}


def test_what_fails_is_told_and_leaves_nothing(database: Database) -> None:
    with database.writing.connect() as connection:
        transaction = connection.begin()
        with pytest.raises(sa.exc.IntegrityError):
            put_twice(connection, transaction)
        transaction.rollback()
    with database.read() as connection:
        assert (heads(connection), marks(connection)) == ({}, {})
