"""Pictures that were uploaded and never sent are not kept for ever."""

from jinpai.desk.files import find_file, find_unshared, is_sent, remove_file
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, is_open
from jinpai.journal.writer import Action, Tx

DROP = "drop_bytes"
"""The kind of work that lets the bytes of removed files go."""


def drop_bytes(house: House, work: Due) -> Action[None]:
    """The action that lets these bytes go, as far as no file has them again; killed midway, it is done again."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        for digest in find_unshared(tx.connection, work.data["digests"]):
            house.files.remove(digest)
        finish(tx.connection, work, "done", "", tx.now)

    return act


def sweep_file(house: House, work: Due) -> Action[None]:
    """The action that removes a file and its bytes, if no message carries it.

    The bytes go first: a transaction that fails after that leaves a file nobody ever saw, and is done again.
    """

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        file = find_file(tx.connection, work.subject)
        if file is None or is_sent(tx.connection, file):
            finish(tx.connection, work, "cancelled", "图片已经发出", tx.now)
            return
        for digest in remove_file(tx.connection, file):
            house.files.remove(digest)
        finish(tx.connection, work, "done", "", tx.now)

    return act
