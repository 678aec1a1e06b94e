"""What was kept long enough goes, every night, by what the shop has set: words of model calls, profiles of the past."""

from itertools import islice
from typing import Final

from jinpai.copilot.llm.calls import forget_old
from jinpai.customers.fading import fade, find_faded
from jinpai.customers.nightly import retain
from jinpai.customers.segments import DAY
from jinpai.customers.store import has_profiles
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, is_open, postpone
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx

FADED: Final = "profiles_faded"
AT_ONCE = 200
"""So many profiles go in one transaction; others wait no longer than that."""


def keep_to(house: House, work: Due) -> Action[None]:
    """The action that lets go what is due, and plans the next night as long as something is left that has an end."""
    kept = house.content.shop(work.shop).retention
    now = house.clock.now()
    before = now - kept.profile_days * DAY
    with house.database.read() as connection:
        faded = list(islice(find_faded(connection, work.shop, before), AT_ONCE)) if kept.profile_days else []

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        times = (now - kept.model_words_days * DAY, now - kept.model_calls_days * DAY)
        has_calls = forget_old(tx.connection, work.shop, *times) is not None
        if gone := fade(tx.connection, faded, before):
            tx.append(Entry(FADED, "system", work.shop, data={"customers": gone, "days": kept.profile_days}))
        if len(faded) == AT_ONCE:
            postpone(tx.connection, work, tx.now, "还有更多")
            return
        finish(tx.connection, work, "done", "", tx.now)
        if has_calls or has_profiles(tx.connection, work.shop):
            retain(tx.connection, work.shop, tx.now)

    return act
