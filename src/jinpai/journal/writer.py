"""The one writer of a process: a thread that commits what waits, together, and then answers everybody at once.

An action is a function of a `Tx`. Actions of one batch share a transaction; those that touch the connection have a
savepoint of their own, so one that is refused leaves nothing behind and disturbs nobody. On PostgreSQL every batch
first takes the journal's advisory lock: writers of several processes take turns, and ids become visible in order.
"""

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from jinpai.journal.append import append_rows
from jinpai.journal.model import Entry, Pending, Projection, Receipt, Row, pending
from jinpai.kit.bulk import execute, together
from jinpai.kit.clock import Clock
from jinpai.kit.database import TRUSTED_SECONDS, Database, Held
from jinpai.kit.errors import Refusal, Unavailable

T = TypeVar("T")
Action = Callable[["Tx"], T]
Done = Callable[[Any, Exception | None], None]
Hint = tuple[str, Mapping[str, Any]]

MAX_BATCH = 256
LOCK = "SELECT pg_advisory_xact_lock(7202611)"
_log = structlog.get_logger()


@dataclass(slots=True)
class Committed:
    """What one batch brought: its rows and hints, and whom to tell the outcome."""

    rows: list[Row] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    outcomes: list[tuple[Done, Any, Exception | None]] = field(default_factory=list)


class Announcer(Protocol):
    """Tells other processes, inside the transaction, what it will have brought."""

    def announce(self, connection: Connection, rows: Sequence[Row], hints: Sequence[Hint]) -> None:
        """Send the hints with the commit; nothing when it rolls back."""
        ...


@dataclass(slots=True)
class _Job:
    action: Action[Any]
    done: Done
    direct: bool
    """Whether `done` is called in the writer thread rather than by the listeners."""


class Tx:
    """An action's view of the open transaction."""

    def __init__(self, connection: Connection, now: int, projections: Sequence[Projection]) -> None:
        self.now = now
        self.rows: list[Row] = []
        self.hints: list[Hint] = []
        self.is_sound = True
        """Whether the transaction can go on; false when an action could not be undone alone."""
        self._connection = connection
        self._has_turn = connection.dialect.name == "sqlite"
        self._projections = projections
        self._waiting: list[Pending] = []
        self._own: list[Pending] = []
        self._mark = 0
        self._savepoint: sa.NestedTransaction | None = None

    @property
    def connection(self) -> Connection:
        """The connection, up to date with everything appended before."""
        if self._savepoint is None:
            self._take_turn()
            self.flush()
            self._mark = len(self.rows)
            self._savepoint = self._connection.begin_nested()
        self._insert(self._own)
        self._own = []
        return self._connection

    def append(self, entry: Entry) -> Receipt:
        """Add a fact to the log; the receipt is filled when the batch is numbered, at the latest at commit."""
        item = pending(entry)
        self._own.append(item)
        return item.receipt

    def tell(self, topic: str, payload: Mapping[str, Any]) -> None:
        """Send a hint to every process once this is committed."""
        self.hints.append((topic, payload))

    def flush(self) -> None:
        """Number and insert what earlier actions appended."""
        self._insert(self._waiting)
        self._waiting = []

    def perform(self, action: Action[T]) -> T:
        """Run one action; if it raises, whatever it did is undone."""
        hints = len(self.hints)
        try:
            value = action(self)
            if self._savepoint is None:
                self._waiting += self._own
            else:
                self._insert(self._own)
                self._savepoint.commit()
        except Exception:
            del self.hints[hints:]
            if self._savepoint is not None:
                self.is_sound = False
                self._savepoint.rollback()
                self.is_sound = True
                del self.rows[self._mark :]
            raise
        finally:
            self._own = []
            self._savepoint = None
        return value

    def _insert(self, items: Sequence[Pending]) -> None:
        if items:
            with together(self._connection):
                self._take_turn()
                self.rows += append_rows(self._connection, items, self.now, self._projections)

    def _take_turn(self) -> None:
        """Wait for the journal's lock, which ends with the transaction: writers of several processes take turns."""
        if not self._has_turn:
            execute(self._connection, LOCK, ())
            self._has_turn = True


class Writer:
    """Accepts actions from any thread and commits them in order of arrival."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        projections: Sequence[Projection] = (),
        announcer: Announcer | None = None,
    ) -> None:
        self._database = database
        self._held = Held(database.writing)
        self._clock = clock
        self._projections = tuple(projections)
        self._announcer = announcer
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._listeners: list[Callable[[Committed], None]] = []
        self._thread = threading.Thread(target=self._work, name="journal-writer", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Commit what has been accepted so far, then end."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join(30)

    @property
    def is_alive(self) -> bool:
        """Whether the thread is working."""
        return self._thread.is_alive()

    @property
    def depth(self) -> int:
        """How many actions wait."""
        return self._queue.qsize()

    def listen(self, listener: Callable[[Committed], None]) -> None:
        """Call this after every commit, in the writer's thread; it must be quick and must not raise."""
        self._listeners.append(listener)

    def submit(self, action: Action[Any], done: Done) -> None:
        """Queue an action; a listener will find `done` with its outcome in the batch."""
        self._queue.put(_Job(action, done, direct=False))

    def enqueue(self, action: Action[T]) -> Future[T]:
        """Queue an action; the future has its result once it is on disk, or what it raised."""
        future: Future[T] = Future()

        def done(value: Any, error: Exception | None) -> None:
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)

        self._queue.put(_Job(action, done, direct=True))
        return future

    def run(self, action: Action[T], timeout: float = 30.0) -> T:
        """Perform an action and return its result once it is on disk; raises what it raised."""
        try:
            return self.enqueue(action).result(timeout)
        except TimeoutError:
            raise Unavailable("系统正忙，还不知道这次操作是否成功，请稍后刷新查看") from None

    def _work(self) -> None:
        stopping = False
        while not stopping:
            jobs: list[_Job] = []
            job = self._next()
            while job is not None:
                jobs.append(job)
                if len(jobs) == MAX_BATCH or self._queue.empty():
                    break
                job = self._queue.get()
            stopping = job is None
            if jobs:
                self._commit(jobs)
        self._held.let_go()

    def _next(self) -> _Job | None:
        """What to do next; meanwhile the connection rests no longer than it is trusted."""
        try:
            return self._queue.get(timeout=TRUSTED_SECONDS)
        except queue.Empty:
            self._held.let_go()
            return self._queue.get()

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            committed = self._transact(jobs)
        except sa.exc.OperationalError as error:
            _log.error("commit_failed", jobs=len(jobs))
            self._database.writing.dispose()
            self._fail(jobs, _told(error))
        except Exception as error:
            if len(jobs) > 1:
                for job in jobs:
                    self._commit([job])
                return
            _log.exception("action_failed")
            self._fail(jobs, error)
        else:
            self._publish(committed)

    def _transact(self, jobs: list[_Job]) -> Committed:
        outcomes: list[tuple[_Job, Any, Exception | None]] = []
        with self._held.use() as connection:
            transaction = connection.begin()
            tx = Tx(connection, self._clock.now(), self._projections)
            for job in jobs:
                try:
                    outcomes.append((job, tx.perform(job.action), None))
                except Exception as error:
                    if not tx.is_sound:
                        raise
                    outcomes.append((job, None, _told(error)))
            with together(connection, transaction.commit):
                tx.flush()
                if self._announcer is not None and (tx.rows or tx.hints):
                    self._announcer.announce(connection, tx.rows, tx.hints)
        committed = Committed(tx.rows, tx.hints)
        for job, value, raised in outcomes:
            self._settle(committed, job, value, raised)
        return committed

    def _fail(self, jobs: list[_Job], error: Exception) -> None:
        committed = Committed()
        for job in jobs:
            self._settle(committed, job, None, error)
        self._publish(committed)

    def _settle(self, committed: Committed, job: _Job, value: Any, error: Exception | None) -> None:
        if job.direct:
            job.done(value, error)
        else:
            committed.outcomes.append((job.done, value, error))

    def _publish(self, committed: Committed) -> None:
        for listener in self._listeners:
            try:
                listener(committed)
            except Exception:
                _log.exception("listener_failed")


def _told(error: Exception) -> Exception:
    """The error as the one who asked should see it."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, sa.exc.OperationalError):
        _log.error("database_refused", error=type(error.orig).__name__)
        return Unavailable("数据库暂时写不进去，内容没有保存，请稍后重试")
    _log.error("action_failed", exc_info=error)
    return error
