"""Recording the points a platform took, and withdrawing what was wrong; each is one transaction of the writer."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from jinpai.desk.model import Author
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.quality.penalties import MAX_NOTE, MOST, RECORDED, WITHDRAWN, Penalty, PenaltyRules
from jinpai.quality.penalty_store import add_penalty, get_penalty, put_penalty
from jinpai.staff.model import ELSEWHERE


@dataclass(frozen=True, slots=True)
class Told:
    """What the platform's notice says: which violation, how many points, when (ms), who caused it and why."""

    violation: str
    points: int
    day_at: int
    agent: str = ""
    note: str = ""


def record_penalty(shop: str, rules: PenaltyRules, told: Told, by: Author) -> Callable[[Tx], Penalty]:
    """Keep it, its class as the shop's rules have it now; BadInput for what no notice can say."""
    violation = next((one for one in rules.violations if one.id == told.violation), None)
    if violation is None:
        raise BadInput("没有这种违规，请刷新页面再选；要加一种在“管理 → 内容 → 违规记分”里加")
    if not 1 <= told.points <= MOST:
        raise BadInput(f"扣分要在 1 到 {MOST} 之间，请核对平台的通知")
    if len(told.note) > MAX_NOTE:
        raise BadInput(f"说明最多 {MAX_NOTE} 字，请写短一点")

    def act(tx: Tx) -> Penalty:
        if told.day_at > tx.now:
            raise BadInput("扣分日期在将来，请核对平台的通知")
        new = Penalty(
            id=new_id("pn"), shop=shop, violation=violation.id, grade=violation.grade, points=told.points,
            day_at=told.day_at, agent=told.agent, note=told.note, recorded_by=by.key(), recorded_at=tx.now,
        )  # fmt: skip
        add_penalty(tx.connection, new)
        _note(tx, new, RECORDED, by, new.note)
        return new

    return act


def withdraw_penalty(id_: str, by: Author, reason: str) -> Callable[[Tx], Penalty]:
    """It counts no more, for this reason; Conflict when it was withdrawn already."""
    if not reason:
        raise BadInput("请写一句为什么不算，例如“申诉成功，平台已返还”")
    if len(reason) > MAX_NOTE:
        raise BadInput(f"理由最多 {MAX_NOTE} 字，请写短一点")

    def act(tx: Tx) -> Penalty:
        known = get_penalty(tx.connection, id_, lock=True)
        if known is None:
            raise NotFound(ELSEWHERE)
        if known.withdrawn_at is not None:
            raise Conflict("这笔扣分已经不算了，请刷新页面")
        now = replace(known, withdrawn_by=by.key(), withdrawn_at=tx.now, reason=reason)
        put_penalty(tx.connection, now)
        _note(tx, now, WITHDRAWN, by, reason)
        return now

    return act


def _note(tx: Tx, penalty: Penalty, kind: str, by: Author, words: str) -> None:
    told = {"penalty": penalty.id, "violation": penalty.violation, "grade": penalty.grade, "points": penalty.points}
    body = {"name": by.name, **({"reason": words} if words else {})}
    tx.append(Entry(kind, by.key(), penalty.shop, data=told, body=body))
