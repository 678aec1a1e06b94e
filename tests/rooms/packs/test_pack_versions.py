"""An operator proposes, publishes and rolls back the shop's own content; what is refused leaves nothing behind."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
import sqlalchemy as sa
from shelf import SECTIONS

from jinpai.journal.store import journal
from jinpai.journal.writer import Committed, Writer
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import Database
from jinpai.kit.errors import BadInput
from jinpai.packs.actions import digest_of, propose_version, publish_version
from jinpai.packs.loader import load_files
from jinpai.packs.model import Problem
from jinpai.packs.store import (
    Version,
    content_current,
    content_version,
    current_versions,
    find_current,
    find_version,
    list_versions,
)

MORNING = 1_795_300_000_000
HELLO = {"cards/a.yaml": "- {id: hello, title: 您好}\n"}
HELLO_YA = {"cards/a.yaml": "- {id: hello, title: 您好呀}\n"}
BROKEN = {"cards/a.yaml": "- {id: hello}\n- {id: hello, title: 您好}\n"}


def check(shop: str, files: Mapping[str, str]) -> Sequence[Problem]:
    return load_files(files, SECTIONS).problems


class Shelf:
    """A running writer over a database, with what each commit told."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FixedClock(MORNING)
        self.writer = Writer(database, self.clock)
        self.commits: list[Committed] = []

    def propose(self, files: Mapping[str, str], shop: str = "demo", note: str = "换季") -> int:
        return self.writer.run(propose_version(shop, "agent:a_1", note, files, check)).id

    def publish(self, id: int, shop: str = "demo") -> None:
        self.writer.run(publish_version(self.version(id, shop), "agent:a_1", check))

    def version(self, id: int, shop: str = "demo") -> Version:
        with self.database.read() as connection:
            found = find_version(connection, shop, id)
        assert found is not None
        return found

    def current(self, shop: str = "demo") -> Version | None:
        with self.database.read() as connection:
            return find_current(connection, shop)

    def counts(self) -> tuple[int, ...]:
        with self.database.read() as connection:
            return tuple(
                connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for table in (content_version, content_current, journal)
            )


@pytest.fixture
def shelf(database: Database) -> Iterator[Shelf]:
    opened = Shelf(database)
    opened.writer.listen(opened.commits.append)
    opened.writer.start()
    yield opened
    opened.writer.stop()


def test_a_proposed_version_is_stored_and_changes_nothing_yet(shelf: Shelf) -> None:
    id = shelf.propose(HELLO)
    version = shelf.version(id)
    assert (id, version.files, version.summary.note) == (1, HELLO, "换季")
    assert (version.summary.created_at, version.summary.author) == (MORNING, "agent:a_1")
    assert shelf.current() is None
    assert shelf.counts() == (1, 0, 0)


def test_a_published_version_is_current_journalled_and_told_to_every_process(shelf: Shelf) -> None:
    shelf.publish(shelf.propose(HELLO))
    current = shelf.current()
    assert current is not None
    assert current.files == HELLO
    (row,) = [row for commit in shelf.commits for row in commit.rows]
    assert (row.entry.kind, row.entry.shop, row.entry.author) == ("content_published", "demo", "agent:a_1")
    assert row.entry.data == {"version": 1, "before": None, "digest": digest_of(HELLO)}
    assert [hint for commit in shelf.commits for hint in commit.hints] == [("content", {"shop": "demo", "version": 1})]


def test_rolling_back_is_publishing_an_earlier_version(shelf: Shelf) -> None:
    first, second = shelf.propose(HELLO), shelf.propose(HELLO_YA)
    shelf.publish(second)
    shelf.clock.advance(60_000)
    shelf.publish(first)
    current = shelf.current()
    assert current is not None
    assert current.files == HELLO
    rows = [row.entry.data for commit in shelf.commits for row in commit.rows]
    assert [(data["before"], data["version"]) for data in rows] == [(None, 2), (2, 1)]
    with shelf.database.read() as connection:
        assert [version.id for version in list_versions(connection, "demo")] == [2, 1]


def test_a_broken_version_is_refused_with_every_problem_and_nothing_is_written(shelf: Shelf) -> None:
    with pytest.raises(BadInput) as caught:
        shelf.propose(BROKEN)
    assert [problem["line"] for problem in caught.value.details["problems"]] == [1]
    assert "没有保存" in caught.value.message
    with pytest.raises(BadInput, match="最多 500"):
        shelf.propose(HELLO, note="长" * 501)
    with pytest.raises(BadInput, match="超过 4 MB"):
        shelf.propose({f"cards/f{number}.yaml": "#" * 900_000 for number in range(5)})
    assert shelf.counts() == (0, 0, 0)
    assert shelf.commits == []


def test_a_version_that_the_packs_below_no_longer_allow_is_not_published(shelf: Shelf) -> None:
    version = shelf.version(shelf.propose(HELLO))
    stricter = [Problem("cards/a.yaml", 1, "“hello”：新的规则会拦下这一条")]
    with pytest.raises(BadInput, match="没有发布"):
        publish_version(version, "agent:a_1", lambda shop, files: stricter)
    assert shelf.counts() == (1, 0, 0)


def test_the_same_files_sent_twice_are_one_version(shelf: Shelf) -> None:
    assert [shelf.propose(HELLO), shelf.propose(dict(reversed(HELLO.items())))] == [1, 1]
    assert [shelf.propose(HELLO_YA), shelf.propose(HELLO)] == [2, 3]


def test_publishing_twice_is_journalled_once_but_told_again(shelf: Shelf) -> None:
    id = shelf.propose(HELLO)
    shelf.publish(id)
    shelf.publish(id)
    assert shelf.counts() == (1, 1, 1)
    assert sum(len(commit.hints) for commit in shelf.commits) == 2


def test_shops_do_not_see_each_other(shelf: Shelf) -> None:
    mine, theirs = shelf.propose(HELLO), shelf.propose(HELLO_YA, shop="other")
    shelf.publish(mine)
    shelf.publish(theirs, shop="other")
    with shelf.database.read() as connection:
        assert current_versions(connection) == {"demo": mine, "other": theirs}
        assert find_version(connection, "demo", theirs) is None
        assert [version.id for version in list_versions(connection, "other")] == [theirs]
        assert list_versions(connection, "demo", before=mine) == []
