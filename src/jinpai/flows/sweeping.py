"""Pictures that were uploaded and never sent are not kept for ever."""

from jinpai.desk.files import find_file, is_sent, remove_file
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, is_open
from jinpai.journal.writer import Action, Tx


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
