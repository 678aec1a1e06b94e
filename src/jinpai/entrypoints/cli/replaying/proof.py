"""The proof of a replay: what a fresh client reads must be what was acknowledged, and what both sides saw."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from jinpai.entrypoints.cli.replaying.doors import Badge, Doors
from jinpai.entrypoints.cli.replaying.play import Played
from jinpai.entrypoints.cli.replaying.tally import Tally
from jinpai.kit.errors import Refusal

READERS = 4


def prove(doors: Doors, badge: Badge, played: Sequence[Played], tally: Tally) -> None:
    """Count what was delivered, read every conversation back and add a problem for every difference."""
    for one in played:
        _count_deliveries(one, tally)

    def read(one: Played) -> list[str]:
        try:
            history = doors.read_as_agent(badge, one.window.conversation)
            return differences(one, history, doors.read_as_buyer(one.window), tally)
        except Refusal as refusal:
            return [refusal.message]

    with ThreadPoolExecutor(READERS) as readers:
        for one, found in zip(played, readers.map(read, played), strict=True):
            tally.problems += [f"会话 {one.talk.id}：{what}" for what in found]


def differences(one: Played, history: list[dict[str, Any]], mine: list[dict[str, Any]], tally: Tally) -> list[str]:
    """What is wrong between the acknowledgements, the staff's and the buyer's history, and what each side saw."""
    found: list[str] = []
    seqs = [event["seq"] for event in history]
    if seqs != list(range(1, len(seqs) + 1)):
        found.append(f"历史记录的编号不连续：{seqs}")
    ours = {said.id for said in one.said}
    stored = [_facts(event) for event in history if event.get("id") in ours]
    tally.read_back += len(stored)
    if stored != [(said.seq, said.id, said.side, said.text) for said in one.said]:
        found.append("历史记录与确认过的消息不一致")
    if [_facts(event) for event in mine if event.get("id") in ours] != stored:
        found.append("买家看到的历史与客服看到的不一致")
    for side, read in (("agent", history), ("buyer", mine)):
        view = one.views.get(side)  # type: ignore[call-overload]
        if view is not None and view.events != [event for event in read if event["seq"] <= view.seq]:
            found.append(f"{side} 实时收到的与历史记录不一致")
    return found


def _facts(event: dict[str, Any]) -> tuple[int, str, str, str]:
    return event["seq"], event["id"], event["from"]["role"], event.get("text", "")


def _count_deliveries(one: Played, tally: Tally) -> None:
    for view in one.views.values():
        tally.duplicated += view.duplicated
        tally.out_of_order += view.out_of_order
    for said in one.said:
        other = one.views["agent" if said.side == "buyer" else "buyer"]
        arrived = other.arrived.get(said.id)
        if arrived is None:
            tally.lost += 1
        else:
            tally.delivered += 1
            tally.delivery_ms.append((arrived - said.sent_at) * 1000)
