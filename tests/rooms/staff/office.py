from dataclasses import dataclass, field
from typing import Any

from jinpai.journal.writer import Committed, Writer
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import Database
from jinpai.staff.actions import check_credentials, create_account, find_session, sign_in
from jinpai.staff.model import Account, Actor, NewAccount, Role, fold_login
from jinpai.staff.passwords import Passwords
from jinpai.staff.store import find_credentials

MORNING = 1_795_300_000_000
PASSWORD = "山野里的风很轻啊真好"


@dataclass
class Office:
    """A staff room with a database, a writer and a clock of its own."""

    database: Database
    writer: Writer
    clock: FixedClock
    passwords: Passwords
    commits: list[Committed] = field(default_factory=list)

    def hire(self, login: str, role: Role, *shops: str, by: Actor | None = None) -> Account:
        new = NewAccount(login, login, role, shops or ("demo",))
        return self.writer.run(create_account(by, new, self.passwords.hash(PASSWORD)))

    def enter(self, login: str, password: str = PASSWORD, secret: str = "") -> Actor:
        with self.database.read() as connection:
            found = find_credentials(connection, fold_login(login))
        check_credentials(self.passwords, found, password)
        assert found is not None
        return self.writer.run(sign_in(found.account, found.password_hash, secret or f"cookie-of-{login}"))

    def who(self, secret: str) -> Actor:
        with self.database.read() as connection:
            return find_session(connection, secret, self.clock.now())[0]

    def proof(self, login: str) -> str:
        with self.database.read() as connection:
            found = find_credentials(connection, login)
        assert found is not None
        return found.password_hash

    def audit(self) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT j.kind, j.author, j.data, b.content FROM journal j LEFT JOIN body b USING (id) ORDER BY j.id"
            ).mappings()
            return [dict(row) for row in rows]

    def hints(self) -> list[tuple[str, Any]]:
        return [hint for commit in self.commits for hint in commit.hints]
