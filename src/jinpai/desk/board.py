"""What a process remembers of how people are at the desk, for rules that may not ask the database."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.store import presence


class Board:
    """Account → status; read once, then told by hints."""

    def __init__(self) -> None:
        self._statuses: dict[str, str] = {}

    def load(self, connection: Connection) -> None:
        """Read everybody anew."""
        rows = connection.execute(sa.select(presence.c.account, presence.c.status))
        self._statuses = {row.account: row.status for row in rows}

    def hear(self, payload: Mapping[str, Any]) -> None:
        """A hint of somebody's change."""
        if "account" in payload:
            self._statuses[payload["account"]] = payload["status"]

    def status(self, account: str) -> str:
        """How this person is at the desk."""
        return self._statuses.get(account, "off")
