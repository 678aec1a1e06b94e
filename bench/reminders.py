"""Reminders: a hundred thousand due at the same moment, each said once; and reasons heard in labelled conversations."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa
import yaml

from bench.figures import Figure, at_least, at_most, plain
from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.store import buyer, conversation
from jinpai.flows.due import work_once
from jinpai.flows.ports import House
from jinpai.flows.reminding.content import load_reminding
from jinpai.journal.store import journal
from jinpai.journal.writer import Action, Tx
from jinpai.kit.bulk import insert_many
from jinpai.kit.clock import FixedClock
from jinpai.kit.settings import read_settings
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow
from jinpai.reminders.reasons import Utterance, find_reason

MANY = 100_000
AT_ONCE = 500
MONDAY_10_O_CLOCK = 1_795_399_200_000
IN_THE_AFTERNOON = MONDAY_10_O_CLOCK + 5 * 3_600_000
LABELLED = Path(__file__).parents[1] / "tests" / "content" / "reminders" / "reasons.yaml"


def measure() -> list[Figure]:
    """Orders of buyers with a chat each, all due in the same minute, said by one worker on SQLite; then reasons."""
    with tempfile.TemporaryDirectory(prefix="jinpai-") as home:
        environment = {"JINPAI_HOME": home}
        command = [sys.executable, "-m", "jinpai", "init", "--demo", "--without-history"]
        subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)
        clock = FixedClock(MONDAY_10_O_CLOCK)
        house = build_house(read_settings(environment), clock)
        open_house(house)
        try:
            planning, saying, wrong = _remind(house, clock)
        finally:
            close_house(house)
    return [
        at_least("reminders: due at once, said a second", MANY / saying, 1_000, "/s", f"{MANY:,} in chats, one worker"),
        plain("reminders: planned a second", MANY / planning, "/s", "the time, the means, the buyer's chat"),
        at_most("reminders: lost or said twice", wrong, 0),
        *_reasons(),
    ]


def _remind(house: House, clock: FixedClock) -> tuple[float, float, int]:
    """Seconds for planning and for saying all, and how many buyers did not hear exactly one."""
    for start in range(0, MANY, AT_ONCE):
        house.writer.run(_people(start))
        rows = [
            OrderRow(str(n), buyer=f"b_{n}", buyer_name=f"买家{n}", state="unpaid", total=9_900, title="云朵棉短袖")
            for n in range(start, start + AT_ONCE)
        ]
        house.writer.run(record_orders(house.sealer, "demo", rows))
    planning = _until_done(house)
    clock.advance(IN_THE_AFTERNOON - MONDAY_10_O_CLOCK)
    saying = _until_done(house)
    with house.database.read() as connection:
        heard = sa.select(sa.func.count(), sa.func.count(sa.distinct(journal.c.conversation)))
        said, talks = connection.execute(heard.where(journal.c.kind == "message_out")).one()
    return planning, saying, abs(said - MANY) + abs(talks - MANY)


def _until_done(house: House) -> float:
    started = time.perf_counter()
    while work_once(house):
        pass
    return time.perf_counter() - started


def _people(start: int) -> Action[None]:
    """The action that adds buyers with a conversation each."""
    numbers = range(start, start + AT_ONCE)
    texts = ("id", "shop", "channel", "buyer", "status", "last_from", "last_text", "tags")
    counts = ("seq", "opened_at", "last_at", "unread", "waived", "offline")

    def act(tx: Tx) -> None:
        buyers = [(f"b_{n}", "demo", f"买家{n}", tx.now) for n in numbers]
        insert_many(tx.connection, buyer, ("id", "shop", "name", "created_at"), buyers)
        talks = [
            (f"c_{n}", "demo", "demo-web", f"b_{n}", "open", "buyer", "", "[]", 0, tx.now, tx.now, 0, False, False)
            for n in numbers
        ]
        insert_many(tx.connection, conversation, (*texts, *counts), talks)

    return act


def _reasons() -> list[Figure]:
    """Accuracy on conversations labelled by somebody who had not seen the patterns."""
    talks = yaml.safe_load(LABELLED.read_text())
    words = load_reminding("").words
    started = time.perf_counter()
    found = [find_reason(words, [Utterance(one["from"], one["text"]) for one in talk["messages"]]) for talk in talks]
    seconds = time.perf_counter() - started
    right = sum(reason == talk["reason"] for reason, talk in zip(found, talks, strict=True))
    guesses = sum(talk["reason"] == "unknown" for talk in talks)
    return [
        plain("reasons: accuracy, labelled blind", 100 * right / len(talks), "%", f"{len(talks)} conversations"),
        plain("reasons: the most frequent answer alone", 100 * guesses / len(talks), "%"),
        plain("reasons: conversations a second", len(talks) / seconds, "/s"),
    ]
