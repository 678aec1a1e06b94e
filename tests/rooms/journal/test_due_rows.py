"""Due rows: what is open is found without looking at what has long been done."""

import sqlalchemy as sa

from jinpai.journal import due as rows
from jinpai.journal.due import Due, cancel, find_ripe, finish_all, schedule
from jinpai.kit.database import Database


def test_open_rows_are_found_by_their_own_indexes_however_many_are_done(database: Database) -> None:
    if not database.is_sqlite:
        return
    asked: list[str] = []
    works = [Due("demo", "try", f"s{n}", f"k{n}", n) for n in range(3)]
    with database.writing.begin() as connection:
        schedule(connection, works, 0)
        finish_all(connection, find_ripe(connection, 1, 10), 1)
        sa.event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert [work.key for work in find_ripe(connection, 9, 10)] == ["k2"]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", (*("waiting", "running"), 9, 9, 10, 0))
        assert any("ix_due_open_due_at" in row[3] for row in plan)
        waiting = rows.WAITING.replace(":values", "('s1', 's2')")
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {waiting}")
        assert any("ix_due_open_subject" in row[3] for row in plan)
        cancel(connection, ["try"], ["s2"], "不用了", 9)
        assert find_ripe(connection, 9, 10) == []
